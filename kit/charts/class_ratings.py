"""Charts of a class's ratings: what hangs on the weights, and which Admiralty pairs were used."""

from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.labels import wrapped
from kit.charts.scores import INFORMATION, SOURCES, grid
from kit.charts.style import look, read
from kit.measures import percent_words

RANK_COLUMNS = ("name", "rank", "first_share", "same_rank_share")
PAIR_COLUMNS = ("source", *INFORMATION)
BARS = (
    (-0.17, "first_share", "comes first", {"facecolor": style.BLUE}),
    (0.17, "same_rank_share", "keeps its rank", {"facecolor": "white", "hatch": "////"}),
)


@look()
def ranks(table, ax=None):
    """Draw for each text in how many of all weightings it comes first and keeps its rank.

    table: DataFrame, one row a text, with `name`, `rank` (under equal weights, 1 is the best),
    `first_share` and `same_rank_share` (0 to 1, as kit.measures.rank_stability gives them).
    Returns the Axes. Raises ValueError, one sentence, for a missing column.

    >>> import pandas
    >>> ranks(pandas.DataFrame([["blog", 1, 0.6, 0.6]], columns=RANK_COLUMNS)).get_title()
    'What becomes of the ranks when the weights change'
    """
    rows = read(table, RANK_COLUMNS, "ranks")
    ax = style.sheet(ax, (7.5, 1.9 + 0.6 * max(1, len(rows))))
    if not rows:
        return style.say(ax, "Ranks", "No chart: no text has a rank.")
    ax.set_xlim(0, 100)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    names = [wrapped(f"{row['rank']}. {row['name']}", 150, 9) for row in rows]
    ax.set_yticks(range(len(rows)), names)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f} %")
    ax.set_xlabel("of all ways to weight the criteria")
    for y, row in enumerate(rows):
        _two_bars(ax, y, row)
    title = "What becomes of the ranks when the weights change"
    style.frame(ax, title, (RANK_READING,), style.FROM_TABLE)
    return ax


RANK_READING = (
    "Full bar: the text comes first. Hatched bar: it keeps the rank that it has under equal "
    "weights, which stands before its name."
)


def _two_bars(ax, y, row):
    for shift, column, words, look_of_bar in BARS:
        end = 100 * row[column]
        ax.barh(y + shift, end, height=0.28, edgecolor=style.BLUE, linewidth=1, **look_of_bar)
        ax.annotate(
            f"{words}: {percent_words(row[column])}", (end, y + shift), xytext=(4, 0),
            size=style.SMALL, textcoords="offset points", va="center", annotation_clip=False,
        )  # fmt: skip


def describe_ranks(table):
    """Return the alt text of `ranks`, from the same table."""
    rows = read(table, RANK_COLUMNS, "ranks")
    if not rows:
        return "Empty chart of ranks: no text has a rank."
    each = "; ".join(
        f"{row['rank']}. {row['name']}: comes first in {percent_words(row['first_share'])}, keeps "
        f"its rank in {percent_words(row['same_rank_share'])}"
        for row in rows
    )
    return (
        "Bar chart with two bars a text: in how many of all ways to weight the criteria it comes "
        f"first, and in how many it keeps the rank that it has under equal weights. {each}."
    )


@look()
def pairs(table, ax=None):
    """Draw how many learners used each pair of letter and number, in the 6 x 6 Admiralty grid.

    table: DataFrame, one row a letter: `source` (A to F) and a column for each number, "1" to
    "6", with the learners who gave that pair to at least one text; missing is hidden. F and 6
    mean "cannot be judged". Returns the Axes. Raises ValueError, one sentence, for a missing
    column or another letter.

    >>> import pandas
    >>> pairs(pandas.DataFrame([["B", 12, 30, *[None] * 4]], columns=PAIR_COLUMNS)).get_title()
    'Letter and number: how many learners used each pair'
    """
    counts = counts_of(table)
    ax = style.sheet(ax, (7.5, 5.4))
    if not any(counts.values()):
        return style.say(ax, "Letter and number", "No chart: no pair has a count to be shown.")
    grid(ax)
    title = "Letter and number: how many learners used each pair"
    style.frame(ax, title, (PAIR_READING,), style.FROM_TABLE)
    for (letter, number), count in counts.items():
        place = list(SOURCES).index(letter), list(INFORMATION).index(number)
        _count(ax, *place, count, max(filter(None, counts.values())))
    return ax


PAIR_READING = (
    "Number: learners who gave that pair to at least one text; the darker, the more. Outlined: "
    "letter and number say the same. Hatched: cannot be judged, which is no low grade."
)


def counts_of(table):
    """Return dict (letter, number) -> learners, None where it is hidden.

    >>> import pandas
    >>> table = pandas.DataFrame([["B", 12, 30, *[None] * 4]], columns=PAIR_COLUMNS)
    >>> counts_of(table)["B", "2"], counts_of(table)["B", "3"]
    (30, None)
    """
    return {
        (style.is_one_of(row["source"], SOURCES, "source", "pairs"), number): (
            None if row[number] == "" else int(row[number])
        )
        for row in read(table, PAIR_COLUMNS, "pairs")
        for number in INFORMATION
    }


def _count(ax, row, column, count, most):
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


def describe_pairs(table):
    """Return the alt text of `pairs`, from the same table."""
    counts = counts_of(table)
    shown = {pair: count for pair, count in counts.items() if count}
    if not shown:
        return "Empty grid of letter and number: no pair has a count to be shown."
    ranked = sorted(shown.items(), key=lambda item: -item[1])
    each = ", ".join(f"{letter}{number} {count:,}" for (letter, number), count in ranked)
    hidden = len(counts) - len(shown)
    return (
        "Grid of the two Admiralty axes, source A to F down and information 1 to 6 across, with "
        f"the number of learners who used each pair at least once. The most used first: {each}. "
        f"{style.many(hidden, 'cell')} of {len(counts)} hidden. "
        "The diagonal A1, B2, C3, D4, E5 is outlined; F and 6, cannot be judged, are hatched."
    )
