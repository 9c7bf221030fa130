"""How each exercise goes with the rest of the course, the hardest first."""

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Row, chart
from kit.words import minus
from teach.charts.intervals import filled, interval

PLAIN = {"facecolor": "white", "edgecolor": "none", "pad": 1}
WIDTH = 4.3  # inches: whole on a telephone
COLUMNS = ("name", "share", "value", "low", "high")
READING = (
    "Dot: how far who does well elsewhere does well here. Line: its 95 % interval. Left of 0: who "
    "does well elsewhere does worse. In percent: the share of the points that was earned; the "
    "hardest exercise comes first.",
)


def _in_words(row):
    return minus(f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})")


def _alt_text(rows):
    if not rows:
        return "Empty chart of exercises: none has a number to be shown."
    parts = "; ".join(f"{row['name']} ({row['share']}): {_in_words(row)}" for row in rows)
    return (
        "Dot chart of the correlation of each exercise with the rest, with 95 % intervals and a "
        "dashed line at 0, the hardest exercise first; in brackets the share of its points that "
        f"was earned. {parts}."
    )


@chart(COLUMNS, alt_text=_alt_text, read=filled("value"))
def discrimination(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw how each exercise goes with the rest, one row an exercise.

    It takes a DataFrame with `name`, `share` (of the points, in words), `value`, `low` and `high`
    (the item-rest correlation and its 95 % interval; all missing where undefined).

    >>> import pandas
    >>> row = ["Two lists", "64 %", 0.3, 0.1, 0.5]
    >>> discrimination(pandas.DataFrame([row], columns=COLUMNS)).get_title()
    'How each exercise goes with the rest'
    """
    ax = style.sheet(ax, 2.2 + 0.42 * max(1, len(rows)), width=WIDTH)
    if not rows:
        why = "No chart: no exercise has a number to be shown."
        return style.empty_chart(ax, "Exercises", why)
    ax.set_xlim(min([-0.2, *(row["low"] - 0.05 for row in rows)]), 1.02)
    style.rows_down(ax, [""] * len(rows), -0.8)
    ax.axvline(0, **style.DASHED)
    ax.set_xlabel("correlation with the share of points in all else")
    for y, row in enumerate(rows):
        interval(ax, y, row["value"], row["low"], row["high"])
        _name(ax, y, row)
    style.frame(ax, "How each exercise goes with the rest", READING, style.FROM_TABLE)
    return ax


def _name(ax, y, row):
    """Write above a row what it is, and its number at the other end."""
    number = minus(f"{row['value']:.2f}")
    room = style.size_of(ax)[0] - style.text_width(f"{row['share']} · {number} ", style.SMALL)
    name = style.shortened(row["name"], room, style.SMALL)
    for x, side, text in ((0, "left", f"{name} · {row['share']}"), (1, "right", number)):
        ax.text(
            x, y - 0.32, text, size=style.SMALL, ha=side, va="center",
            transform=ax.get_yaxis_transform(), bbox=PLAIN,
        )  # fmt: skip
