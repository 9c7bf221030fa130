"""Which letter and number were given together in a class, and by how many."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.charts.halo import INFORMATION, SOURCES, grid
from kit.words import plural

COLUMNS = ("source", *INFORMATION)
READING = (
    "Number: learners who gave that pair to at least one text; the darker, the more. Outlined: "
    "letter and number say the same. Hatched: cannot be judged, which is no low grade."
)
Counts = dict[tuple[str, str], int | None]  # (letter, number): learners, None where hidden


def counts_of(rows: Rows) -> Counts:
    """Return the Counts of the rows, one a letter."""
    return {
        (row["source"], number): None if row[number] == "" else int(row[number])
        for row in rows
        for number in INFORMATION
    }


def _alt_text(counts):
    known = {pair: count for pair, count in counts.items() if count}
    if not known:
        return "Empty grid of letter and number: no pair has a count to be shown."
    ranked = sorted(known.items(), key=lambda item: -item[1])
    parts = ", ".join(f"{letter}{number} {count:,}" for (letter, number), count in ranked)
    hidden = plural(len(counts) - len(known), "cell")
    return (
        "Grid of the two Admiralty axes, source A to F down and information 1 to 6 across, with "
        f"the number of learners who used each pair at least once. The most used first: {parts}. "
        f"{hidden} of {len(counts)} hidden. "
        "The diagonal A1, B2, C3, D4, E5 is outlined; F and 6, cannot be judged, are hatched."
    )


@chart(COLUMNS, alt_text=_alt_text, read=counts_of, allowed={"source": SOURCES})
def pairs(counts: Counts, ax: Axes | None) -> Axes:
    """Draw how many learners used each pair of letter and number, in the 6 x 6 Admiralty grid.

    It takes a DataFrame, one row a letter: `source` (A to F) and a column for each number, "1" to
    "6", with the learners who gave that pair to at least one text; missing is hidden. F and 6
    mean "cannot be judged".

    >>> import pandas
    >>> pairs(pandas.DataFrame([["B", 12, 30, *[None] * 4]], columns=COLUMNS)).get_title()
    'Letter and number: how many learners used each pair'
    """
    ax = style.sheet(ax, 5.4, width=7.5)
    if not any(counts.values()):
        why = "No chart: no pair has a count to be shown."
        return style.empty_chart(ax, "Letter and number", why)
    grid(ax)
    title = "Letter and number: how many learners used each pair"
    style.frame(ax, title, (READING,), style.FROM_TABLE)
    most = max(filter(None, counts.values()))
    for (letter, number), count in counts.items():
        row, column = list(SOURCES).index(letter), list(INFORMATION).index(number)
        _write(ax, row, column, count, most)
    return ax


def _write(ax, row, column, count, most):
    """Tint the inside of a cell by its count and write the number, or "hidden"."""
    if count is not None:
        corner = column - 0.4, row - 0.37
        tint = {"facecolor": style.BLUE, "alpha": 0.45 * count / most, "linewidth": 0}
        ax.add_patch(Rectangle(corner, 0.8, 0.74, zorder=3, **tint))
    words = {"s": "hidden", "size": style.SMALL, "color": style.GREY, "style": "italic"}
    if count is not None:
        words = {"s": f"{count:,}", "size": 10, "weight": "bold"}
    plain = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    ax.text(column, row, ha="center", va="center", zorder=4, bbox=plain, **words)
