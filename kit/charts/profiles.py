"""Six scores a text, one row a criterion: of one rater, or of two and where they differ."""

from typing import NamedTuple

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.words import minus, plural

CRITERIA = ("authorship", "dating", "citation", "verifiability", "balance", "corroboration")
COLUMNS = ("text_id", *(f"{name}_score" for name in CRITERIA))
SCORES = ("", "0", "1", "2", "3", "4")
ALLOWED = dict.fromkeys(COLUMNS[1:], SCORES)
TOP, FAR = 4, 2  # highest score; steps from which two scores are far apart
DOWN = 7.7  # rows from a text to the next, where they stand one below another
READING = "Length and number: the score, from 0 (nothing) to 4 (most). A dash: not rated."


class Profiles(NamedTuple):
    """Whose ratings they are, and of each text for each of CRITERIA the score of each rater.

    A score is "" where it is missing.
    """

    whose: list[str]
    texts: dict[str, list[tuple[str, ...]]]

    @property
    def gaps(self) -> list[tuple[str, str, int]]:
        """Text, criterion and first score less second, wherever there are two."""
        return [
            (text_id, criterion, int(scores[0]) - int(scores[1]))
            for text_id, rows in self.texts.items()
            for criterion, scores in zip(CRITERIA, rows, strict=True)
            if len(scores) == 2 and all(scores)
        ]


def profiles_of(*tables: Rows) -> Profiles:
    """Return the Profiles of the tables, one a rater; no texts if the first table has no score.

    The attrs of a table may say whose it is (`kit:whose`). With nothing to compare, a second table
    is left out; with something, the texts that only one rater has scored.
    """
    whose = [table.attrs.get("kit:whose", "Ratings") for table in tables]
    rated = [{row["text_id"]: [row[name] for name in COLUMNS[1:]] for row in t} for t in tables]
    none = [""] * len(CRITERIA)
    both = Profiles(
        whose, {id: list(zip(*(r.get(id, none) for r in rated), strict=True)) for id in rated[0]}
    )
    if len(tables) == 2:
        names = {text_id for text_id, *_ in both.gaps}
        if not names:
            return profiles_of(tables[0])
        return both._replace(texts={id: both.texts[id] for id in both.texts if id in names})
    return both if any(map(any, sum(both.texts.values(), []))) else both._replace(texts={})


def _alt_text(profiles):
    if not profiles.texts:
        return "Empty chart of scores: no text has a score yet."
    parts = []
    for text_id, rows in profiles.texts.items():
        said = (" and ".join(score or "not rated" for score in scores) for scores in rows)
        words = ", ".join(f"{name} {score}" for name, score in zip(CRITERIA, said, strict=True))
        parts += [f"{text_id}: {words}"] if any(map(any, rows)) else []
    what = (
        f"Dot chart of six scores a text, each from 0 (nothing) to 4 (most), for each of "
        f"{plural(len(parts), 'text')}. {_names(profiles.whose)}: {'; '.join(parts)}."
    )
    return what + _differences_in_words(profiles)


def _differences_in_words(profiles):
    if len(profiles.whose) == 1:
        return ""
    far = [
        f"{criterion} of {text_id} {minus(f'{gap:+}')}"
        for text_id, criterion, gap in profiles.gaps
        if abs(gap) >= FAR
    ]
    same = sum(gap == 0 for *_, gap in profiles.gaps)
    return (
        f" The same score in {same} of {plural(len(profiles.gaps), 'place')}. "
        f"{FAR} steps or more apart: {', '.join(far) or 'none'}."
    )


def _names(whose):
    return " and ".join([whose[0], *(name[0].lower() + name[1:] for name in whose[1:])])


@chart(COLUMNS, alt_text=_alt_text, read=profiles_of, allowed=ALLOWED)
def profiles(profiles: Profiles, ax: Axes | None) -> Axes:
    """Draw the six scores of each text, one column a text, one row a criterion.

    It takes a DataFrame, one row a text, with `text_id` and the six `…_score` columns: whole
    numbers 0 to 4, missing allowed. Its attrs may say whose ratings they are (`kit:whose`).

    >>> import pandas
    >>> one = {"text_id": "blog", **{f"{name}_score": 2 for name in CRITERIA}}
    >>> profiles(pandas.DataFrame([one])).get_title()
    'Ratings: six criteria, 1 text'
    """
    title = f"{profiles.whose[0]}: six criteria, {plural(len(profiles.texts), 'text')}"
    return _draw(profiles, ax, title, READING)


@chart(COLUMNS, COLUMNS, alt_text=_alt_text, read=profiles_of, allowed=ALLOWED)
def differences(profiles: Profiles, ax: Axes | None) -> Axes:
    """Draw the scores of two raters on one axis; where they differ, a line and how far.

    It takes two DataFrames as `profiles` does. Texts that only one rater has scored are left out;
    if that is all of them, the first table is drawn alone.
    """
    if len(profiles.whose) == 1:
        title = f"{profiles.whose[0]}: six criteria, {plural(len(profiles.texts), 'text')}"
        return _draw(profiles, ax, title, READING)
    gaps = [abs(gap) for *_, gap in profiles.gaps]
    far = f"{sum(gap >= FAR for gap in gaps)} of {plural(len(gaps), 'score')}"
    first, second = profiles.whose
    reading = (
        f"Filled: {first.lower()}. Open: {second.lower()}. A dot in a ring: the same score. Number: "
        f"how many steps apart; + where the filled mark is higher."
    )
    title = f"{_names(profiles.whose)}: {far} {FAR} steps apart or more"
    return _draw(profiles, ax, title, reading)


def _draw(profiles, ax, title, reading):
    count = len(profiles.texts)
    ax = style.sheet(ax, 4.4, narrow=1.4 + 0.24 * DOWN * max(1, count))
    if not count:
        return style.empty_chart(ax, "Scores", "No chart: no text has a score yet.")
    room = 0.6 if len(profiles.whose) == 1 else 1.5
    across, down = (0, DOWN) if style.is_narrow(ax) else (TOP + room + 1, 0)
    ax.set_xlim(-0.6, across * (count - 1) + TOP + room)
    ax.set_ylim(down * (count - 1) + len(CRITERIA) - 0.5, -1.2)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    columns, blocks = (range(count if step else 1) for step in (across, down))
    marks = [across * column + mark for column in columns for mark in (0, 2, TOP)]
    ax.set_xticks(marks, ["0", "2", "4"] * len(columns), color=style.GREY)
    rows = [down * block + row for block in blocks for row in range(len(CRITERIA))]
    ax.set_yticks(rows, CRITERIA * len(blocks))
    looks = style.looks(profiles.texts)
    for number, (text_id, scores) in enumerate(profiles.texts.items()):
        left, top, look = across * number, down * number, looks[text_id]
        ax.scatter(left + 0.1, top - 0.85, s=55, c=look.colour, marker=look.marker)
        ax.text(left + 0.5, top - 0.85, text_id, weight="bold", size=10, va="center_baseline")
        for row, pair in enumerate(scores):
            _scores(ax, left, top + row, pair, look.colour)
    style.frame(ax, title, (reading,), style.FROM_TABLE)
    return ax


def _scores(ax, left, y, scores, colour):
    """Draw what the raters say of one criterion."""
    if not any(scores):
        ax.text(left, y, "– not rated", size=style.SMALL, va="center", color=style.GREY)
        return
    ax.plot([left, left + TOP], [y, y], color=style.PALE, linewidth=5, zorder=1)
    first, *others = (score and left + int(score) for score in scores)
    for end in others:
        _two(ax, left, y, first, end, colour)
    if not others:
        ax.plot([left, first], [y, y], color=colour, linewidth=2.5, zorder=2)
        _ring(ax, first, y, colour)
        looks = {"ha": "center", "va": "center_baseline", "zorder": 4}
        ax.text(first, y, *scores, size=style.SMALL, weight="bold", **looks)


def _two(ax, left, y, first, second, colour):
    """The first score as a dot, the second as a ring; their distance as a line and a number."""
    words, is_far = "–", False
    if first != "" and second != "":
        is_far = abs(first - second) >= FAR
        words = minus(f"{first - second:+.0f}") if first != second else ""
        line = {"color": style.INK, "linewidth": 5} if is_far else {"color": colour}
        ax.plot([first, second], [y, y], zorder=2, **line)
    if second != "":
        _ring(ax, second, y, colour)
    if first != "":
        ax.plot([first], [y], "o", color=colour, markersize=7.5, zorder=4)
    weight = "bold" if is_far else "normal"
    ax.text(left + TOP + 0.55, y, words, weight=weight, va="center_baseline")


def _ring(ax, x, y, colour):
    looks = {"markeredgecolor": colour, "markerfacecolor": "white", "markeredgewidth": 2.2}
    ax.plot([x], [y], "o", markersize=13, zorder=3, **looks)
