"""The grid of the two Admiralty axes: do letter and number go together?"""

from itertools import product

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kit import measures
from kit.charts import style
from kit.charts.chart import Rows, chart

COLUMNS = ("text_id", "admiralty_source", "admiralty_information")
SOURCES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip
INFORMATION = {
    "1": "confirmed", "2": "probably true", "3": "possibly true",
    "4": "doubtful", "5": "improbable", "6": "cannot be judged",
}  # fmt: skip
ALLOWED = {COLUMNS[1]: ("", *SOURCES), COLUMNS[2]: ("", *INFORMATION)}
READING = (
    "Outlined: the diagonal, where letter and number say the same. Hatched: cannot be judged, "
    "which is a gap and not a low grade. By chance 1 in 5 judged ratings would be outlined."
)
KEYS = [
    f"{axis}: {', '.join(f'{key} {words}' for key, words in scale.items())}."
    for axis, scale in (("The source", SOURCES), ("The information", INFORMATION))
]  # the words of both axes, where no room is beside them
Cells = dict[tuple[str, str], list[str]]  # (letter, number): the ids of the texts rated so


def cells_of(ratings: Rows) -> Cells:
    """Return the Cells that hold a text; only texts rated on both axes."""
    cells: Cells = {}
    for row in ratings:
        text_id, *pair = (row[name] for name in COLUMNS)
        if all(pair):
            cells.setdefault(tuple(pair), []).append(text_id)
    return cells


def _on_diagonal(cells):
    pairs = [pair for pair, names in cells.items() for _ in names]
    return measures.halo(*zip(*pairs, strict=True))


def _alt_text(cells):
    if not cells:
        return "Empty grid of the two Admiralty axes: no text is rated on both yet."
    named = {pair: ", ".join(map(style.text_name, ids)) for pair, ids in sorted(cells.items())}
    parts = "; ".join(f"{a}{n}: {names}" for (a, n), names in named.items())
    both = _on_diagonal(cells)
    found = (
        f"On the diagonal, where letter and number say the same: {both.on_diagonal} of "
        f"{both.judged}; F and 6, which mean cannot be judged, left out: {both.left_out}."
    )
    none = "No text is judged on both axes; F and 6 mean cannot be judged."
    return (
        "Grid of the two Admiralty axes, source A to F down and information 1 to 6 across, with "
        f"the text names in the cells. {parts}. {found if both.judged else none}"
    )


@chart(COLUMNS, alt_text=_alt_text, read=cells_of, allowed=ALLOWED)
def halo(cells: Cells, ax: Axes | None) -> Axes:
    """Draw which cell of the 6 x 6 Admiralty grid each text was given.

    It takes a DataFrame, one row a text, with `text_id`, `admiralty_source` (A to F) and
    `admiralty_information` (1 to 6); F and 6 mean "cannot be judged", missing allowed.

    >>> import pandas
    >>> rated = pandas.DataFrame([["blog", "B", 2], ["news", "F", 3]], columns=COLUMNS)
    >>> halo(rated).get_title()
    'Two axes, one judgement? 1 of 1 judged on both is on the diagonal'
    """
    ax = style.sheet(ax, 5.6, narrow=6.2)
    if not cells:
        return style.empty_chart(ax, "Two axes", "No chart: no text is rated on both axes yet.")
    grid(ax)
    both = _on_diagonal(cells)
    share = f"{both.on_diagonal} of {both.judged} judged on both"
    found = f"{share} {'is' if both.on_diagonal == 1 else 'are'} on the diagonal"
    title = f"Two axes, one judgement? {found if both.judged else 'No text is judged on both'}"
    if style.is_narrow(ax):
        _signs(ax, cells)
        style.frame(ax, title, (READING, *KEYS), style.FROM_TABLE)
        return ax
    style.frame(ax, title, (READING,), style.FROM_TABLE)
    for (letter, number), texts in cells.items():
        row, column = list(SOURCES).index(letter), list(INFORMATION).index(number)
        _fill(ax, row, column, list(map(style.text_name, texts)))
    return ax


def grid(ax: Axes) -> None:
    """Draw the empty 6 x 6 grid of letters and numbers on an Axes; if narrow, without words."""
    ax.set_xlim(-0.5, 5.5)
    ax.set_ylim(5.5, -0.5)
    across, down = list(INFORMATION), list(SOURCES)
    if not style.is_narrow(ax):
        wide = 0.75 * style.size_of(ax)[0] / 6
        words = (style.wrapped(words, wide, style.SMALL) for words in INFORMATION.values())
        across = list(map("\n".join, zip(INFORMATION, words, strict=True)))
        down = [f"{words}  {key}" for key, words in SOURCES.items()]
    ax.set_xticks(range(6), across)
    ax.set_yticks(range(6), down)
    ax.set_xlabel("the information")
    ax.set_ylabel("the source")
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    for row, column in product(range(6), repeat=2):
        unjudged, diagonal = 5 in (row, column), row == column < 5
        cell = Rectangle(
            (column - 0.46, row - 0.44), 0.92, 0.88, zorder=2 if diagonal else 1,
            facecolor="#f2f2f2" if unjudged else "white", hatch="////" if unjudged else None,
            edgecolor=style.BLUE if diagonal else "#d0d0d0", linewidth=2.4 if diagonal else 0.8,
        )  # fmt: skip
        ax.add_patch(cell)


def _fill(ax, row, column, names):
    """Write the names into the cell, or their number where they do not fit."""
    wide, high = (0.8 * points / 6 for points in style.size_of(ax))
    lines = style.wrapped(", ".join(names), wide, style.SMALL, weight="bold").split("\n")
    if len(lines) * 11 > high:
        lines = [f"{len(names)} texts"]
    ax.text(
        column, row, "\n".join(lines), size=style.SMALL,
        weight="bold", ha="center", va="center", linespacing=1.1, zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    ).set_in_layout(False)  # fmt: skip


def _signs(ax, cells):
    """Where cells have no room for names: the sign of each text in its cell, and its name above."""
    looks = style.looks(text_id for texts in cells.values() for text_id in texts)
    lines = -(-len(looks) // 3)
    ax.set_ylim(5.5, -0.6 - 0.6 * lines)
    for place, text_id in enumerate(looks):
        x, y = 2 * (place % 3) - 0.3, 0.6 * (place // 3 - lines) - 0.3
        style.sign(ax, x, y, looks[text_id])
        ax.text(x + 0.25, y, style.text_name(text_id), weight="bold", va="center_baseline")
    for (letter, number), texts in cells.items():
        row, column = list(SOURCES).index(letter), list(INFORMATION).index(number)
        for place, text_id in enumerate(texts):
            down = 0.8 / -(-len(texts) // 3)
            x, y = column + 0.29 * (place % 3 - min(2, len(texts) - 1) / 2), row - 0.4 + down / 2
            style.sign(ax, x, y + down * (place // 3), looks[text_id])
