"""Words for the pictures that cells draw: a notebook keeps "<Figure size …>" and no description.

Used in the kernel, before a notebook runs.
"""

from math import isnan

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
    """Return what a figure shows, in sentences: title, labels, ends of lines, bars that lie down.

    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> _ = figure.subplots().plot([1949, 1952], [12, 14])
    >>> told(figure)
    'Chart without a title. Line from (1949, 12) to (1952, 14), 2 points.'
    """
    return " ".join(sentence for ax in figure.axes for sentence in _of(ax))


def _of(ax):
    """What `described` says; bars that lie beside names are told by their names instead."""
    bars, chart = list(_bars(ax)), normalise("chart", ax)
    return [described(chart | {"bars": []} if bars else chart), *bars]


def _bars(ax):
    names = [label.get_text() for label in ax.get_yticklabels()]
    lying = [bars for bars in ax.containers if getattr(bars, "orientation", "") == "horizontal"]
    for bars in [bars for bars in lying if len(bars) == len(names)]:
        lengths = [bar.get_width() for bar in bars]
        ends = ("none" if isnan(length) else f"{length:.3g}" for length in lengths)
        of = f", {bars.get_label()}" if ax.get_legend() else ""
        yield f"Bars{of}: {', '.join(map(' '.join, zip(names, ends, strict=True)))}."
