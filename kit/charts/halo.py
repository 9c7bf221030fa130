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
        f"the texts in its cells. {parts}. {found if both.judged else none}"
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
    verb = "is" if both.on_diagonal == 1 else "are"
    found = f"{both.on_diagonal} of {both.judged} judged on both {verb} on the diagonal"
    title = f"Two axes, one judgement? {found if both.judged else 'No text is judged on both'}"
    _key(ax, looks := style.looks(id for texts in cells.values() for id in texts))
    style.frame(ax, title, (READING, *(KEYS if style.is_narrow(ax) else ())), style.FROM_TABLE)
    for (letter, number), texts in cells.items():
        place = list(INFORMATION).index(number), list(SOURCES).index(letter)
        _fill(ax, place, [looks[text_id] for text_id in texts])
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


def _key(ax, looks):
    """The sign of each text and its name, above the grid."""
    across = 3 if style.is_narrow(ax) else 5
    top = -0.6 - 0.6 * -(-len(looks) // across)
    ax.set_ylim(5.5, top)
    for number, (text_id, look) in enumerate(looks.items()):
        x, y = 6 / across * (number % across) - 0.3, top + 0.3 + 0.6 * (number // across)
        style.sign(ax, x, y, look)
        ax.text(x + 0.5 / across, y, style.text_name(text_id), weight="bold", va="center_baseline")


def _fill(ax, place, looks):
    """Draw the sign of each text in a cell, three in a line."""
    column, row = place
    down = 0.8 / -(-len(looks) // 3)
    for number, look in enumerate(looks):
        x = column + 0.29 * (number % 3 - min(2, len(looks) - 1) / 2)
        style.sign(ax, x, row - 0.4 + down / 2 + down * (number // 3), look)
