"""Two charts of intervals around 0: what changed between two tests, and what the place does."""

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Row, Rows, chart
from kit.words import minus, plural

CHANGE_COLUMNS = ("name", "value", "low", "high", "below", "above")
PLACE_COLUMNS = ("name", "place", "value", "low", "high")
LEAST = 0.25  # points of a rating: what is drawn at least above and below 0
READING = (
    "Dot: how far a text that was met there was rated above (+) or below (−) its own level, in "
    "points of the scale. Line: the 95 % interval. If it crosses 0, it may be chance."
)


def filled(*columns: str) -> Callable[[Rows], list[Row]]:
    """Return a chart's `read` that leaves out the rows in which one of these columns is missing."""
    return lambda rows: [row for row in rows if all(row[name] != "" for name in columns)]


def _in_words(row):
    return minus(f"{row['value']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f})")


def interval(ax: Axes, y: float, value: float, low: Any, high: Any) -> None:
    """Draw a dot at `value` and a line from `low` to `high` where there are such, one row down."""
    if low != "":
        ax.plot([low, high], [y, y], color=style.BLUE, linewidth=2.2)
    ax.plot([value], [y], "o", color=style.BLUE, markersize=8)


def _farthest(rows):
    return max(abs(row[end]) for row in rows for end in ("low", "high"))


def _change_in_words(rows):
    if not rows:
        return "Empty chart of changes: no change could be worked out."
    changes = "; ".join(f"{row['name']}: {_in_words(row)}" for row in rows)
    return (
        "Dot chart of changes from the first test to the second, with 95 % intervals and a dashed "
        f"line at 0, which means no change. {changes}."
    )


@chart(CHANGE_COLUMNS, alt_text=_change_in_words, read=filled("value"))
def change(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw changes with their 95 % intervals around a line at 0, one row a measure.

    It takes a DataFrame with `name`, `value`, `low`, `high` (after minus before; all three missing
    where undefined), and in words what a change `below` and `above` 0 means.

    >>> import pandas
    >>> row = ["sharpness", 0.4, 0.1, 0.7, "less sharp", "sharper"]
    >>> change(pandas.DataFrame([row], columns=CHANGE_COLUMNS)).get_title()
    'What changed from the first test to the second'
    """
    ax = style.sheet(ax, (10, 1.9 + 0.9 * max(1, len(rows))))
    if not rows:
        return style.empty_chart(ax, "Change", "No chart: no change could be worked out.")
    far = max(0.5, _farthest(rows)) * 1.15
    ax.set_xlim(-far, far)
    style.rows_down(ax, [row["name"] for row in rows], -0.7)
    ax.axvline(0, **style.DASHED)
    ax.set_xlabel("after less before")
    for y, row in enumerate(rows):
        interval(ax, y, row["value"], row["low"], row["high"])
        _write(ax, y, row)
    lines = ("Dot: the change. Line: its 95 % interval. If it crosses 0, it may be chance.",)
    style.frame(ax, "What changed from the first test to the second", lines, style.FROM_TABLE)
    return ax


def _write(ax, y, row):
    """Say at both ends what a change there means, and beside the row what it is."""
    ends = (f"← {row['below']}", "left", 0.01), (f"{row['above']} →", "right", 0.99)
    for text, side, x in ends:
        ax.text(
            x, y - 0.28, text, size=style.SMALL, color=style.GREY, ha=side, va="bottom",
            transform=ax.get_yaxis_transform(),
        )  # fmt: skip
    coordinates = ("axes fraction", "data")
    style.beside(ax, _in_words(row), (1, y), (8, 0), xycoords=coordinates, size=style.SMALL)


def _places_in_words(rows):
    if not rows:
        return "Empty chart of ratings by place: no place has enough ratings."
    places = "; ".join(f"place {row['place']} {_in_words(row)}" for row in rows)
    apart = [row for row in rows if not row["low"] <= 0 <= row["high"]]
    return (
        f"Dot chart of {rows[0]['name']}: how far texts were rated above or below their own level, "
        f"by the place at which they were met (1 is the first), with 95 % intervals: {places}. "
        f"The interval leaves out 0 at {len(apart)} of {plural(len(rows), 'place')}."
    )


@chart(PLACE_COLUMNS, alt_text=_places_in_words, read=filled("value"))
def places(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw how far texts were rated above or below their own level, one dot a place.

    It takes a DataFrame, one row a place, with `name` (what was rated, the same in all rows),
    `place` (1 is the first), and `value`, `low`, `high`: the mean deviation in points of the scale
    and its 95 % interval; missing where there is none.

    >>> import pandas
    >>> rows = [["Trust", 1, 0.4, 0.1, 0.7], ["Trust", 2, -0.4, -0.7, -0.1]]
    >>> places(pandas.DataFrame(rows, columns=PLACE_COLUMNS)).get_title()
    'Trust, by the place of the text'
    """
    ax = style.sheet(ax, (7.2, 4.2))
    if not rows:
        return style.empty_chart(ax, "Ratings by place", "No chart: no place has enough ratings.")
    _set_axes(ax, [row["place"] for row in rows], 1.15 * max(LEAST, _farthest(rows)))
    plain = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    for row in rows:
        x, value = row["place"], row["value"]
        ax.plot([x, x], [row["low"], row["high"]], color=style.BLUE, linewidth=2.2)
        ax.plot([x], [value], "o", color=style.BLUE, markersize=8)
        style.beside(ax, minus(f"{value:+.2f}"), (x, value), (8, 0), size=style.SMALL, bbox=plain)
    title = f"{rows[0]['name']}, by the place of the text"
    style.frame(ax, title, (READING,), style.FROM_TABLE)
    return ax


def _set_axes(ax, numbers, far):
    ax.set_xlim(min(numbers) - 0.5, max(numbers) + 0.7)
    ax.set_ylim(-far, far)
    ax.set_xticks(numbers, numbers)
    ax.set_xlabel("place at which the text was met (1 is the first)")
    ax.tick_params(axis="x", length=0)
    ax.yaxis.set_major_formatter(lambda value, _: minus(f"{value:+.2g}") if value else "0")
    ax.axhline(0, **style.DASHED)
    ax.set_ylabel("points above or below")
