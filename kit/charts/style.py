"""What all charts share: the look, reading a table, the title, the source note, the empty chart.

Importing changes nothing: the style file applies only while a chart is being drawn.
"""

from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt

from kit.charts.labels import wrapped

STYLE = Path(__file__).with_name("kit.mplstyle")
INK, GREY, PALE = "#1a1a1a", "#595959", "#e0e0e0"
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, BLACK = "#E69F00", "#56B4E9", "#000000"
LANE_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, BLACK, SKY, ORANGE)  # Okabe-Ito, dark ones first
FROM_TABLE = "Drawn from the table behind this chart."
SMALL = 8  # points: the smallest text in any chart


def source(members, *tables):
    """Return the source note for charts of dates, naming the tables of the case they rest on.

    members: the members table, whose attrs may say how the dates were checked.
    """
    files = " and ".join(f"data/{table}.csv" for table in tables)
    checked = members.attrs.get("kit:howChecked")
    return f"Dates: see data/README.md; as recorded in {files}{f', {checked}' if checked else ''}."


@contextmanager
def look():
    """Draw in the kit's style, whatever the notebook's own settings; usable as a decorator."""
    with plt.style.context(["default", STYLE]):
        yield


def sheet(ax, size=None):
    """Return `ax`, or a new Axes on its own figure of `size` inches (width, height)."""
    if ax is None:
        _, ax = plt.subplots(figsize=size)
    return ax


def read(table, columns, chart):
    """Return the rows of a DataFrame as dicts of `columns`; missing values become "".

    Raises ValueError, one sentence, if the table has not all the columns the chart needs.
    """
    missing = [name for name in columns if name not in getattr(table, "columns", ())]
    if missing:
        raise ValueError(
            f"The {chart} chart needs a table with the columns {', '.join(columns)}; "
            f"this one has no {', '.join(missing)}."
        )
    rows = table[list(columns)].astype(object)
    return rows.where(rows.notna(), "").to_dict("records")


def many(count, thing):
    """Return a count with its noun.

    >>> many(1, "text"), many(0, "text")
    ('1 text', '0 texts')
    """
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def is_one_of(value, allowed, column, chart):
    """Return `value` if it is allowed; otherwise raise ValueError, one sentence."""
    if value not in allowed:
        words = ", ".join(str(item) for item in allowed if item != "")
        raise ValueError(
            f"The {chart} chart cannot draw {value!r} in column {column}; allowed are {words}, "
            "or nothing for a missing value."
        )
    return value


def frame(ax, title, lines, source):
    """Write the title, the reading lines under it and the source note, aligned with the gutter.

    It measures what stands around the axes, so draw that first. Afterwards the layout is settled,
    and labels may be placed inside the axes.
    """
    figure = ax.get_figure(root=True)
    _settle(figure)
    points = 72 / figure.dpi
    box, inside = ax.get_tightbbox(), ax.get_window_extent()
    left, width = (box.x0 - inside.x0) * points, box.width * points - 8
    text = "\n".join(wrapped(line, width, 9) for line in lines)
    pad = 8 + 11.5 * len(text.splitlines())
    ax.set_title(
        wrapped(title, width, 12, weight="bold"),
        ha="left",
        x=left / (inside.width * points),
        pad=pad,
    )
    _beside(ax, text, (0, 1), (left, 6), "bottom", 9, INK)
    drop = (box.y0 - inside.y0) * points - 6
    _beside(ax, wrapped(source, width, SMALL), (0, 0), (left, drop), "top", SMALL, GREY)
    _settle(figure)
    ax.set_title(ax.get_title(), x=left / points / ax.get_window_extent().width, ha="left", pad=pad)


def _settle(figure):
    """Place the axes as drawing would; drawing itself would do all the rest for nothing."""
    layout = figure.get_layout_engine()
    if layout:
        layout.execute(figure)


def _beside(ax, text, corner, offset, va, size, colour):
    ax.annotate(
        text, corner, xycoords="axes fraction", xytext=offset, textcoords="offset points",
        va=va, ha="left", size=size, color=colour, annotation_clip=False, linespacing=1.15,
    )  # fmt: skip


def say(ax, title, sentence):
    """Fill an empty chart with one sentence that says what is missing; returns `ax`."""
    ax.set_axis_off()
    ax.set_title(title)
    width = ax.get_window_extent().width * 72 / ax.get_figure(root=True).dpi
    ax.text(
        0.5, 0.5, wrapped(sentence, 0.8 * width, 11), size=11, ha="center", va="center",
        transform=ax.transAxes,
    )  # fmt: skip
    return ax
