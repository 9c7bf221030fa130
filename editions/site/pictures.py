"""Words for the pictures that cells draw: a notebook keeps "<Figure size …>" and no description.

Used in the kernel, before a notebook runs.
"""

from IPython import get_ipython

from kit.exercises import normalise
from kit.submission.picture import described


def give_names():
    """Let every matplotlib figure that is shown from now on say in plain text what is drawn."""
    shell = get_ipython()
    shell.enable_matplotlib("inline")  # as the first figure would do, and forget what is said here
    shell.display_formatter.formatters["text/plain"].for_type_by_name(
        "matplotlib.figure", "Figure", lambda figure, printer, _cycle: printer.text(told(figure))
    )


def told(figure):
    """Return what a figure shows, in sentences: title, labels, and where each line begins and ends.

    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> _ = figure.subplots().plot([1949, 1952], [12, 14])
    >>> told(figure)
    'Chart without a title. Line from (1949, 12) to (1952, 14), 2 points.'
    """
    return " ".join(described(normalise("chart", ax)) for ax in figure.axes)
