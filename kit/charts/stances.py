"""The stance matrix: what each text does with each proposition, symbol and word in every cell."""

from collections import Counter
from itertools import product
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.words import plural

COLUMNS = ("proposition_id", "text_id", "stance")
STANCES = {"asserts": "✓", "denies": "✗", "hedges": "≈", "silent": "–"}
FACES = {"asserts": "#cfe4f3", "denies": "#f9d9c4", "hedges": "#fbe9bd", "silent": "#f2f2f2"}
EDGES = {"asserts": style.BLUE, "denies": style.VERMILLION, "hedges": style.ORANGE}
CELL = 62  # points: what the widest word of a cell needs


class Stances(NamedTuple):
    """What is drawn."""

    propositions: dict[str, str]  # of each id the words, or ""
    texts: list[str]
    cells: dict[tuple[str, str], str]  # (proposition id, text id): stance, "" where it is missing


def stances_of(rows: Rows) -> Stances:
    """Return the Stances of a table, propositions and texts in order of first appearance."""
    cells = {(row["proposition_id"], row["text_id"]): row["stance"] for row in rows}
    propositions = {row["proposition_id"]: row.get("proposition", "") for row in rows}
    return Stances(propositions, list(dict.fromkeys(text for _, text in cells)), cells)


def _alt_text(stances):
    propositions, texts, cells = stances
    if not any(cells.values()):
        return "Empty stance matrix: no stance has been given yet."
    parts = []
    for text in texts:
        counts = Counter(stance for (_, name), stance in cells.items() if name == text)
        words = [f"{word} {counts[word]}" for word in STANCES if counts[word]]
        words += [f"not answered {counts['']}"] if counts[""] else []
        parts.append(f"{text}: {', '.join(words)}")
    down, across = plural(len(propositions), "proposition"), plural(len(texts), "text")
    what = f"Matrix of {down} down and {across} across, each cell saying what the text does."
    return f"{what} How often: {'; '.join(parts)}."


@chart(COLUMNS, alt_text=_alt_text, read=stances_of, allowed={"stance": ("", *STANCES)})
def stances(stances: Stances, ax: Axes | None) -> Axes:
    """Draw the proposition x text matrix of stances.

    It takes a DataFrame, one row a cell, with `proposition_id`, `text_id` and `stance` (asserts,
    denies, hedges, silent; missing is drawn as "not answered"). A column `proposition`, if there,
    names the rows in words.

    >>> import pandas
    >>> stances(pandas.DataFrame([["P1", "blog", "asserts"]], columns=COLUMNS)).get_title()
    '1 proposition, 1 text: who says what'
    """
    propositions, texts, cells = stances
    ax = style.sheet(ax, (10, max(3, 1.6 + 0.24 * len(propositions))))
    if not any(cells.values()):
        return style.empty_chart(ax, "Stances", "No chart: no stance has been given yet.")
    ax.set_xlim(-0.5, len(texts) - 0.5)
    ax.set_ylim(len(propositions) - 0.5, -0.5)
    ax.set_xticks(range(len(texts)), texts, weight="bold")
    ax.set_yticks([])
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    names = _row_names(ax, propositions)
    ax.set_yticks(range(len(names)), names, size=style.SMALL, ha="left")
    ax.tick_params(axis="y", pad=4 + max(style.text_width(name, style.SMALL) for name in names))
    for (y, proposition), (x, text) in product(enumerate(propositions), enumerate(texts)):
        _cell(ax, x, y, cells.get((proposition, text), ""))
    counts = f"{plural(len(propositions), 'proposition')}, {plural(len(texts), 'text')}"
    style.frame(ax, f"{counts}: who says what", (), style.FROM_TABLE)
    return ax


def _row_names(ax, propositions):
    """Ids, followed by the proposition in words if the table has them."""
    if not any(propositions.values()):
        return list(propositions)
    style.figure_of(ax).draw_without_rendering()
    width, _ = style.size_of(ax)
    room = min(width / 2, width - CELL * (ax.get_xlim()[1] + 0.5))
    names = (f"{id} {words}" for id, words in propositions.items())
    return [style.shortened(name, room, style.SMALL) for name in names]


def _cell(ax, x, y, stance):
    face, edge = FACES.get(stance, "white"), EDGES.get(stance, "#c0c0c0")
    dashes = "-" if stance else (0, (3, 3))
    looks = {"facecolor": face, "edgecolor": edge, "linestyle": dashes, "linewidth": 0.9}
    ax.add_patch(Rectangle((x - 0.47, y - 0.42), 0.94, 0.84, **looks))
    words = f"{STANCES[stance]} {stance}" if stance else "not answered"
    ink = style.GREY if stance in ("", "silent") else style.INK
    slant = "normal" if stance else "italic"
    ax.text(x, y, words, size=style.SMALL, ha="center", va="center", color=ink, style=slant)
