"""A chart of ratings by the place at which the text was met."""

from kit.charts import style
from kit.charts.style import look, read
from kit.charts.whole_class import interval_words

COLUMNS = ("name", "place", "value", "low", "high")
FAR = 0.25  # points of a rating: the least that is drawn above and below 0
READING = (
    "Dot: how far a text that was met there was rated above (+) or below (−) its own level, in "
    "points of the scale. Line: the 95 % interval. If it crosses 0, it may be chance."
)


@look()
def places(table, ax=None):
    """Draw how far texts were rated above or below their own level, one dot a place.

    table: DataFrame, one row a place, with `name` (what was rated, the same in all rows), `place`
    (1 is the first), and `value`, `low`, `high`: the mean deviation in points of the scale and its
    95 % interval; missing where there is none. Returns the Axes. Raises ValueError, one sentence,
    for a missing column.

    >>> import pandas
    >>> rows = [["Trust", 1, 0.4, 0.1, 0.7], ["Trust", 2, -0.4, -0.7, -0.1]]
    >>> places(pandas.DataFrame(rows, columns=COLUMNS)).get_title()
    'Trust, by the place of the text'
    """
    rows = places_of(table)
    ax = style.sheet(ax, (7.2, 4.2))
    if not rows:
        return style.say(ax, "Ratings by place", "No chart: no place has enough ratings.")
    _axes(ax, rows)
    for row in rows:
        _dot(ax, row)
    title = f"{rows[0]['name']}, by the place of the text"
    style.frame(ax, title, (READING,), style.FROM_TABLE)
    return ax


def places_of(table):
    """Return the rows that have a deviation (list of dict)."""
    return [row for row in read(table, COLUMNS, "places") if row["value"] != ""]


def describe_places(table):
    """Return the alt text of the chart of places, computed from its table."""
    rows = places_of(table)
    if not rows:
        return "Empty chart of ratings by place: no place has enough ratings."
    each = "; ".join(f"place {row['place']} {interval_words(row)}" for row in rows)
    apart = [row for row in rows if not row["low"] <= 0 <= row["high"]]
    return (
        f"Dot chart of {rows[0]['name']}: how far texts were rated above or below their own level, "
        f"by the place at which they were met (1 is the first), with 95 % intervals: {each}. "
        f"The interval leaves out 0 at {len(apart)} of {style.many(len(rows), 'place')}."
    )


def _axes(ax, rows):
    numbers = [row["place"] for row in rows]
    far = 1.15 * max(FAR, *(abs(row[end]) for row in rows for end in ("low", "high")))
    ax.set_xlim(min(numbers) - 0.5, max(numbers) + 0.7)
    ax.set_ylim(-far, far)
    ax.set_xticks(numbers, numbers)
    ax.set_xlabel("place at which the text was met (1 is the first)")
    ax.tick_params(axis="x", length=0)
    ax.yaxis.set_major_formatter(_signed)
    ax.axhline(0, color=style.GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    ax.set_ylabel("points above or below")


def _signed(value, _):
    return f"{value:+.2g}".replace("-", "−") if value else "0"


def _dot(ax, row):
    """A dot with its interval, and beside it the number."""
    x = row["place"]
    ax.plot([x, x], [row["low"], row["high"]], color=style.BLUE, linewidth=2.2)
    ax.plot([x], [row["value"]], "o", color=style.BLUE, markersize=8)
    ax.annotate(
        f"{row['value']:+.2f}".replace("-", "−"), (x, row["value"]), xytext=(8, 0), va="center",
        size=style.SMALL, textcoords="offset points", annotation_clip=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip
