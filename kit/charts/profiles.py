"""Six scores a text: one column a text, one row a criterion."""

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.words import plural

CRITERIA = ("authorship", "dating", "citation", "verifiability", "balance", "corroboration")
COLUMNS = ("text_id", *(f"{name}_score" for name in CRITERIA))
SCORES = ("", "0", "1", "2", "3", "4")
TOP, PITCH = 4, 5.6  # highest score; distance between the zero points of two texts
Profile = tuple[str, list[str]]  # a text id, and its scores in the order of CRITERIA, "" is missing


def profiles_of(ratings: Rows) -> list[Profile]:
    """Return the Profile of each text; none at all if no text has a score."""
    texts = [(row["text_id"], [row[name] for name in COLUMNS[1:]]) for row in ratings]
    return texts if any(any(scores) for _, scores in texts) else []


def _alt_text(texts):
    parts = []
    for text_id, scores in texts:
        pairs = zip(CRITERIA, scores, strict=True)
        words = ", ".join(f"{name} {score or 'not rated'}" for name, score in pairs)
        parts += [f"{text_id}: {words}"] if any(scores) else []
    if not parts:
        return "Empty chart of scores: no text has a score yet."
    return (
        "Dot chart of six scores a text, each from 0 (nothing) to 4 (most), one column for each of "
        f"{plural(len(parts), 'text')}. {'; '.join(parts)}."
    )


@chart(COLUMNS, alt_text=_alt_text, read=profiles_of, allowed=dict.fromkeys(COLUMNS[1:], SCORES))
def profiles(texts: list[Profile], ax: Axes | None) -> Axes:
    """Draw the six scores of each text, one column a text, one row a criterion.

    It takes a DataFrame, one row a text, with `text_id` and the six `…_score` columns: whole
    numbers 0 to 4, missing allowed.

    >>> import pandas
    >>> one = {"text_id": "blog", **{f"{name}_score": 2 for name in CRITERIA}}
    >>> profiles(pandas.DataFrame([one])).get_title()
    'Six criteria, 1 text'
    """
    ax = style.sheet(ax, (10, 4.5))
    if not texts:
        return style.empty_chart(ax, "Scores", "No chart: no text has a score yet.")
    ax.set_xlim(-0.6, PITCH * len(texts) - (PITCH - TOP) + 0.6)
    ax.set_ylim(len(CRITERIA) - 0.5, -1.2)
    ax.set_yticks(range(len(CRITERIA)), CRITERIA)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    looks = style.looks(text_id for text_id, _ in texts)
    for number, (text_id, scores) in enumerate(texts):
        look = looks[text_id]
        ax.scatter(PITCH * number + 0.1, -0.69, s=55, c=look.colour, marker=look.marker)
        ax.text(PITCH * number + 0.4, -0.5, text_id, weight="bold", size=10, va="bottom")
        _draw(ax, scores, PITCH * number, look.colour)
    marks = [PITCH * number + mark for number in range(len(texts)) for mark in (0, 2, TOP)]
    ax.set_xticks(marks, ["0", "2", "4"] * len(texts), color=style.GREY)
    lines = ("Length and number: the score, from 0 (nothing) to 4 (most). A dash: not rated.",)
    style.frame(ax, f"Six criteria, {plural(len(texts), 'text')}", lines, style.FROM_TABLE)
    return ax


def _draw(ax, scores, left, colour):
    for y, score in enumerate(scores):
        if not score:
            ax.text(left, y, "– not rated", size=8, va="center", color=style.GREY)
            continue
        end = left + int(score)
        ax.plot([left, left + TOP], [y, y], color=style.PALE, linewidth=5, zorder=1)
        ax.plot([left, end], [y, y], color=colour, linewidth=2.5, zorder=2)
        ax.plot(
            [end], [y], "o", markeredgecolor=colour, markerfacecolor="white",
            markersize=13, markeredgewidth=2.2, zorder=3,
        )  # fmt: skip
        ax.text(
            end, y, score, size=8.5, weight="bold",
            ha="center", va="center_baseline", zorder=4,
        )  # fmt: skip
