"""Six scores a text, one row a criterion: of one rater, or of two and where they are apart."""

from typing import NamedTuple

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.words import minus, plural

CRITERIA = ("authorship", "dating", "citation", "verifiability", "balance", "corroboration")
COLUMNS = ("text_id", *(f"{name}_score" for name in CRITERIA))
ALLOWED = dict.fromkeys(COLUMNS[1:], ("", "0", "1", "2", "3", "4"))
TOP, FAR = 4, 2  # highest score; steps from which two scores are far apart
DOWN = 7.7  # rows from a text to the next, where they stand one below another
READING = "Length and number: the score, from 0 (nothing) to 4 (most). A dash: not rated."


class Profiles(NamedTuple):
    """Whose ratings, and of each text for each of CRITERIA the score of each rater, "" if none."""

    whose: list[str]
    texts: dict[str, list[tuple[str, ...]]]

    @property
    def gaps(self) -> list[tuple[str, int]]:
        """Where both raters gave a score, and the first score less the second."""
        return [
            (f"{criterion} of {style.text_name(text_id)}", int(scores[0]) - int(scores[1]))
            for text_id, rows in self.texts.items()
            for criterion, scores in zip(CRITERIA, rows, strict=True)
            if all(scores)
        ]


def profiles_of(*tables: Rows) -> Profiles:
    """Return the Profiles of the texts that every rater scored; of the first alone if none is."""
    rated = [{row["text_id"]: [row[name] for name in COLUMNS[1:]] for row in t} for t in tables]
    shared = [id for id in rated[0] if all(any(scores.get(id, ())) for scores in rated)]
    if tables[1:] and not shared:
        return profiles_of(tables[0])
    whose = [table.attrs.get("kit:whose", "Ratings") for table in tables]
    scores = {id: [each[id] for each in rated] for id in shared}
    return Profiles(whose, {id: list(zip(*scores[id], strict=True)) for id in shared})


def _alt_text(profiles):
    whose, texts = profiles
    if not texts:
        return "Empty chart of scores: no text has a score yet."
    parts = []
    for text_id, rows in texts.items():
        said = (" and ".join(score or "not rated" for score in scores) for scores in rows)
        words = ", ".join(f"{name} {score}" for name, score in zip(CRITERIA, said, strict=True))
        parts.append(f"{style.text_name(text_id)}: {words}")
    text = (
        "Dot chart of six scores a text, each from 0 (nothing) to 4 (most), for each of "
        f"{plural(len(parts), 'text')}. {' and '.join(whose)}: {'; '.join(parts)}."
    )
    if len(whose) == 1:
        return text
    far = [f"{where} {minus(f'{gap:+}')}" for where, gap in profiles.gaps if abs(gap) >= FAR]
    same = sum(gap == 0 for _, gap in profiles.gaps)
    return (
        f"{text} The same score in {same} of {plural(len(profiles.gaps), 'place')}. {FAR} steps or "
        f"more apart: {', '.join(far) or 'none'}."
    )


@chart(COLUMNS, COLUMNS, alt_text=_alt_text, read=profiles_of, allowed=ALLOWED, optional=1)
def profiles(profiles: Profiles, ax: Axes | None) -> Axes:
    """Draw the six scores of each text, one column a text, one row a criterion.

    It takes a DataFrame, one row a text, with `text_id` and the six `…_score` columns: whole
    numbers 0 to 4, missing allowed. Its attrs may say whose ratings they are (`kit:whose`). With
    a second such table it shows on one axis how far the two are apart, text by text.

    >>> import pandas
    >>> one = {"text_id": "blog", **{f"{name}_score": 2 for name in CRITERIA}}
    >>> profiles(pandas.DataFrame([one])).get_title()
    'Ratings: six criteria, 1 text'
    """
    whose, texts = profiles
    count = len(texts)
    ax = style.sheet(ax, 4.4, narrow=1.4 + 0.24 * DOWN * max(1, count))
    if not count:
        return style.empty_chart(ax, "Scores", "No chart: no text has a score yet.")
    across, down = (0.0, DOWN) if style.is_narrow(ax) else (TOP + 0.6 + len(whose), 0.0)
    _set_axes(ax, across * (count - 1) + TOP - 0.4 + len(whose), across, down, count)
    looks = style.looks(texts)
    for number, (text_id, rows) in enumerate(texts.items()):
        left, top, name = across * number, down * number, style.text_name(text_id)
        style.sign(ax, left + 0.1, top - 0.85, looks[text_id])
        ax.text(left + 0.5, top - 0.85, name, weight="bold", size=10, va="center_baseline")
        for row, scores in enumerate(rows):
            _draw(ax, left, top + row, scores, looks[text_id].colour)
    title, reading = f"{whose[0]}: six criteria, {plural(count, 'text')}", READING
    if whose[1:]:
        far = sum(abs(gap) >= FAR for _, gap in profiles.gaps)
        apart = f"{far} of {plural(len(profiles.gaps), 'score')} {FAR} steps apart or more"
        title = f"{whose[0]} and {whose[1][0].lower()}{whose[1][1:]}: {apart}"
        reading = (
            f"Filled: {whose[0].lower()}. Open: {whose[1].lower()}. A dot in a ring: the same. "
            f"Number: steps apart, + where the filled mark is higher. Thick line: {FAR} or more."
        )
    style.frame(ax, title, (reading,), style.FROM_TABLE)
    return ax


def _set_axes(ax, right, across, down, count):
    ax.set_xlim(-0.6, right)
    ax.set_ylim(down * (count - 1) + len(CRITERIA) - 0.5, -1.2)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    columns, blocks = (range(count if step else 1) for step in (across, down))
    marks = [across * column + mark for column in columns for mark in (0, 2, TOP)]
    ax.set_xticks(marks, ["0", "2", "4"] * len(columns), color=style.GREY)
    rows = [down * block + row for block in blocks for row in range(len(CRITERIA))]
    ax.set_yticks(rows, CRITERIA * len(blocks))


def _draw(ax, left, y, scores, colour):
    """One score as a ring with its number; of two a dot and a ring, and how far they are apart."""
    if not any(scores):
        ax.text(left, y, "– not rated", va="center", color=style.GREY)
        return
    ax.plot([left, left + TOP], [y, y], color=style.PALE, linewidth=5, zorder=1)
    start, end = scores if scores[1:] else ("0", *scores)
    steps = int(start) - int(end) if all(scores) else 0
    is_far = len(scores) == 2 and abs(steps) >= FAR
    if start and end:
        line = {"color": style.INK, "linewidth": 5} if is_far else {"color": colour}
        ax.plot([left + int(start), left + int(end)], [y, y], zorder=2, **line)
    looks = {"weight": "bold" if is_far or not scores[1:] else "normal", "va": "center_baseline"}
    if end:
        ring = {"markeredgecolor": colour, "markerfacecolor": "white", "markeredgewidth": 2.2}
        ax.plot([left + int(end)], [y], "o", markersize=13, zorder=3, **ring)
    if not scores[1:]:
        ax.text(left + int(end), y, end, ha="center", zorder=4, **looks)
        return
    if start:
        ax.plot([left + int(start)], [y], "o", color=colour, markersize=7.5, zorder=4)
    words = (steps and minus(f"{steps:+}")) or "" if all(scores) else "–"
    ax.text(left + TOP + 0.55, y, words, **looks)
