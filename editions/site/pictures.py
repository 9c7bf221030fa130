"""Words for the pictures that cells draw: a notebook keeps "<Figure size …>" and no description.

Used in the kernel, before a notebook runs.
"""

from IPython import get_ipython

from kit.submission.picture import in_words


def give_names():
    """Let every matplotlib figure that is shown from now on say in plain text what is drawn."""
    shell = get_ipython()
    shell.enable_matplotlib("inline")  # as the first figure would do, and forget what is said here
    shell.display_formatter.formatters["text/plain"].for_type_by_name(
        "matplotlib.figure",
        "Figure",
        lambda figure, printer, _cycle: printer.text(in_words(figure)),
    )
