"""Two charts of bars in percent: common wrong answers, and ranks under other weights."""

from typing import Any

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Row, chart
from kit.measures import percent_words
from teach.charts.intervals import filled

MISTAKE_COLUMNS = ("name", "learners", "of")
RANK_COLUMNS = ("name", "rank", "first_share", "same_rank_share")
BARS: tuple[tuple[float, str, str, dict[str, Any]], ...] = (
    (-0.17, "first_share", "comes first", {"facecolor": style.BLUE}),
    (0.17, "same_rank_share", "keeps its rank", {"facecolor": "white", "hatch": "////"}),
)
READING = (
    "Full bar: the text comes first. Hatched bar: it keeps the rank that it has under equal "
    "weights, which stands before its name."
)


def _set_axes(ax, names, label):
    ax.set_xlim(0, 100)
    style.rows_down(ax, names, -0.6)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f} %")
    ax.set_xlabel(label)


def _mistakes_in_words(rows):
    if not rows:
        return "Empty chart of wrong answers: none was common."
    parts = "; ".join(f"{row['name']}: {row['learners']} of {row['of']}" for row in rows)
    return f"Bar chart of the most common wrong answers, as shares of the class. {parts}."


@chart(MISTAKE_COLUMNS, alt_text=_mistakes_in_words, read=filled("learners"))
def mistakes(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw how many learners gave each wrong answer, one bar a wrong answer.

    It takes a DataFrame with `name` (exercise and answer), `learners` who gave it, `of` how many.

    >>> import pandas
    >>> mistakes(pandas.DataFrame([["1954: 12", 8, 20]], columns=MISTAKE_COLUMNS)).get_title()
    'The most common wrong answers'
    """
    ax = style.sheet(ax, (10, 1.7 + 0.5 * max(1, len(rows))))
    if not rows:
        return style.empty_chart(ax, "Wrong answers", "No chart: no wrong answer was common.")
    shares = [100 * row["learners"] / row["of"] for row in rows]
    ax.barh(range(len(rows)), shares, height=0.55, color=style.BLUE)
    _set_axes(ax, [style.wrapped(row["name"], 300, 9) for row in rows], "of all who handed in")
    for y, (row, share) in enumerate(zip(rows, shares, strict=True)):
        words = f"{row['learners']} of {row['of']}"
        style.beside(ax, words, (share, y), (4, 0), size=style.SMALL)
    style.frame(ax, "The most common wrong answers", (), style.FROM_TABLE)
    return ax


def _ranks_in_words(rows):
    if not rows:
        return "Empty chart of ranks: no text has a rank."
    parts = "; ".join(
        f"{row['rank']}. {row['name']}: comes first in {percent_words(row['first_share'])}, keeps "
        f"its rank in {percent_words(row['same_rank_share'])}"
        for row in rows
    )
    return (
        "Bar chart with two bars a text: in how many of all ways to weight the criteria it comes "
        f"first, and in how many it keeps the rank that it has under equal weights. {parts}."
    )


@chart(RANK_COLUMNS, alt_text=_ranks_in_words, read=filled(*RANK_COLUMNS))
def ranks(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw for each text in how many of all weightings it comes first and keeps its rank.

    It takes a DataFrame, one row a text, with `name`, `rank` (under equal weights, 1 is the best),
    `first_share` and `same_rank_share` (0 to 1, as kit.measures.rank_stability gives them; missing
    where a text takes no part).

    >>> import pandas
    >>> ranks(pandas.DataFrame([["blog", 1, 0.6, 0.6]], columns=RANK_COLUMNS)).get_title()
    'What becomes of the ranks when the weights change'
    """
    ax = style.sheet(ax, (7.5, 1.9 + 0.6 * max(1, len(rows))))
    if not rows:
        return style.empty_chart(ax, "Ranks", "No chart: no text has a rank.")
    names = [style.wrapped(f"{row['rank']}. {row['name']}", 150, 9) for row in rows]
    _set_axes(ax, names, "of all ways to weight the criteria")
    for y, row in enumerate(rows):
        for shift, column, words, looks in BARS:
            end = 100 * row[column]
            ax.barh(y + shift, end, height=0.28, edgecolor=style.BLUE, linewidth=1, **looks)
            text = f"{words}: {percent_words(row[column])}"
            style.beside(ax, text, (end, y + shift), (4, 0), size=style.SMALL)
    title = "What becomes of the ranks when the weights change"
    style.frame(ax, title, (READING,), style.FROM_TABLE)
    return ax
