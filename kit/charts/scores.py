"""Charts of ratings: six scores a text, and the grid of the two Admiralty axes."""

from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.labels import wrapped
from kit.charts.style import look, read
from kit.measures import halo as share_on_diagonal

CRITERIA = ("authorship", "dating", "citation", "verifiability", "balance", "corroboration")
PROFILE_COLUMNS = ("text_id", *(f"{name}_score" for name in CRITERIA))
HALO_COLUMNS = ("text_id", "admiralty_source", "admiralty_information")
SOURCES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip
INFORMATION = {
    "1": "confirmed", "2": "probably true", "3": "possibly true",
    "4": "doubtful", "5": "improbable", "6": "cannot be judged",
}  # fmt: skip
TOP, PITCH = 4, 5.6  # highest score; distance between the zero points of two texts


@look()
def profiles(ratings, ax=None):
    """Draw the six scores of each text, one column a text, one row a criterion.

    ratings: DataFrame, one row a text, with `text_id` and the six `…_score` columns: whole
    numbers 0 to 4, missing allowed. Returns the Axes. Raises ValueError, one sentence, for a
    missing column or another score.

    >>> import pandas
    >>> one = {"text_id": "blog", **{f"{name}_score": 2 for name in CRITERIA}}
    >>> profiles(pandas.DataFrame([one])).get_title()
    'Six criteria, 1 text'
    """
    rows = read(ratings, PROFILE_COLUMNS, "profiles")
    ax = style.sheet(ax, (10, 4.5))
    scores = [[score(row[name], name) for name in PROFILE_COLUMNS[1:]] for row in rows]
    if all(value is None for values in scores for value in values):
        return style.say(ax, "Scores", "No chart: no text has a score yet.")
    ax.set_xlim(-0.6, PITCH * len(rows) - (PITCH - TOP) + 0.6)
    ax.set_ylim(len(CRITERIA) - 0.5, -1.2)
    ax.set_yticks(range(len(CRITERIA)), CRITERIA)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    for number, (row, values) in enumerate(zip(rows, scores, strict=True)):
        colour = style.LANE_COLOURS[number % len(style.LANE_COLOURS)]
        _profile(ax, row["text_id"], values, PITCH * number, colour)
    marks = [PITCH * number + mark for number in range(len(rows)) for mark in (0, 2, TOP)]
    ax.set_xticks(marks, ["0", "2", "4"] * len(rows), color=style.GREY)
    lines = ("Length and number: the score, from 0 (nothing) to 4 (most). A dash: not rated.",)
    style.frame(ax, f"Six criteria, {style.many(len(rows), 'text')}", lines, style.FROM_TABLE)
    return ax


def score(value, column):
    """Return a score as int, or None where it is missing; ValueError for another value."""
    if value == "":
        return None
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return int(style.is_one_of(text, ("0", "1", "2", "3", "4"), column, "profiles"))


def _profile(ax, name, values, left, colour):
    ax.text(left, -0.5, name, weight="bold", size=10, va="bottom")
    for y, value in enumerate(values):
        if value is None:
            ax.text(left, y, "– not rated", size=8, va="center", color=style.GREY)
            continue
        ax.plot([left, left + TOP], [y, y], color=style.PALE, linewidth=5, zorder=1)
        ax.plot([left, left + value], [y, y], color=colour, linewidth=2.5, zorder=2)
        ax.plot(
            [left + value], [y], "o", markeredgecolor=colour, markerfacecolor="white",
            markersize=13, markeredgewidth=2.2, zorder=3,
        )  # fmt: skip
        ax.text(
            left + value, y, str(value), size=8.5, weight="bold",
            ha="center", va="center_baseline", zorder=4,
        )  # fmt: skip


@look()
def halo(ratings, ax=None):
    """Draw which cell of the 6 x 6 Admiralty grid each text was given.

    ratings: DataFrame, one row a text, with `text_id`, `admiralty_source` (A to F) and
    `admiralty_information` (1 to 6); F and 6 mean "cannot be judged", missing allowed.
    Returns the Axes. Raises ValueError, one sentence, for a missing column or another value.

    >>> import pandas
    >>> rated = pandas.DataFrame([["blog", "B", 2], ["news", "F", 3]], columns=HALO_COLUMNS)
    >>> halo(rated).get_title()
    'Two axes, one judgement? 1 of 1 judged on both is on the diagonal'
    """
    cells = cells_of(ratings)
    ax = style.sheet(ax, (10, 6))
    if not cells:
        return style.say(ax, "Two axes", "No chart: no text is rated on both axes yet.")
    grid(ax)
    style.frame(ax, _halo_title(cells), (HALO_READING,), style.FROM_TABLE)
    for (letter, number), names in cells.items():
        _fill(ax, list(SOURCES).index(letter), list(INFORMATION).index(number), names)
    return ax


HALO_READING = (
    "Outlined: the diagonal, where letter and number say the same. Hatched: cannot be judged, "
    "which is a gap and not a low grade. By chance 1 in 5 judged ratings would be outlined."
)


def cells_of(ratings):
    """Return dict (letter, number) -> list of text ids, only texts rated on both axes."""
    cells = {}
    for row in read(ratings, HALO_COLUMNS, "halo"):
        number = row["admiralty_information"]
        number = f"{number:g}" if isinstance(number, float) else str(number)
        letter = style.is_one_of(row["admiralty_source"], ("", *SOURCES), HALO_COLUMNS[1], "halo")
        style.is_one_of(number, ("", *INFORMATION), HALO_COLUMNS[2], "halo")
        if letter and number:
            cells.setdefault((letter, number), []).append(row["text_id"])
    return cells


def halo_of(cells):
    """Return the Halo measure of the cells."""
    pairs = [pair for pair, names in cells.items() for _ in names]
    return share_on_diagonal([letter for letter, _ in pairs], [int(number) for _, number in pairs])


def _halo_title(cells):
    found = halo_of(cells)
    if not found.judged:
        return "Two axes, one judgement? No text is judged on both"
    of = f"{found.on_diagonal} of {found.judged} judged on both"
    return (
        f"Two axes, one judgement? {of} {'is' if found.on_diagonal == 1 else 'are'} on the diagonal"
    )


def grid(ax):
    """Draw the empty 6 x 6 grid of letters and numbers on an Axes."""
    ax.set_xlim(-0.5, 5.5)
    ax.set_ylim(5.5, -0.5)
    width = ax.get_window_extent().width * 72 / ax.get_figure(root=True).dpi / 6
    across = [f"{key}\n{wrapped(words, 0.75 * width, 8)}" for key, words in INFORMATION.items()]
    ax.set_xticks(range(6), across, size=8)
    ax.set_yticks(range(6), [f"{words}  {key}" for key, words in SOURCES.items()], size=8)
    ax.set_xlabel("the information")
    ax.set_ylabel("the source")
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    for row in range(6):
        for column in range(6):
            _cell(ax, row, column)


def _cell(ax, row, column):
    unjudged, diagonal = 5 in (row, column), row == column < 5
    ax.add_patch(
        Rectangle(
            (column - 0.46, row - 0.44), 0.92, 0.88, zorder=2 if diagonal else 1,
            facecolor="#f2f2f2" if unjudged else "white", hatch="////" if unjudged else None,
            edgecolor=style.BLUE if diagonal else "#d0d0d0", linewidth=2.4 if diagonal else 0.8,
        )
    )  # fmt: skip


def _fill(ax, row, column, names):
    """Write the names into the cell, or their number where they do not fit."""
    points = 72 / ax.get_figure(root=True).dpi
    box = ax.get_window_extent()
    high, wide = box.height * points / 6 * 0.8, box.width * points / 6 * 0.8
    lines = wrapped(", ".join(names), wide, 8.5, weight="bold").split("\n")
    if len(lines) * 10.5 > high:
        lines = [f"{len(names)} texts"]
    ax.text(
        column, row, "\n".join(lines), size=8.5,
        weight="bold", ha="center", va="center", linespacing=1.1, zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    ).set_in_layout(False)  # fmt: skip
