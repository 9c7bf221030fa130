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
SIGNS = "✓ asserts, ✗ denies, ≈ hedges, – silent. The share is of all whose lines count."
EDGES = {"asserts": style.BLUE, "denies": style.VERMILLION, "hedges": style.ORANGE}
CELL = 65  # points: what the widest word of a cell needs


class Stances(NamedTuple):
    """What is drawn."""

    propositions: dict[str, str]  # of each id the words, or ""
    texts: list[str]
    cells: dict[tuple[str, str], str]  # (proposition id, text id): stance, "" where it is missing
    words: dict[tuple[str, str], str]  # of a class: its share there, and the own stance if another
    whose: str = ""


def stances_of(rows: Rows) -> Stances:
    """Return the Stances of a table, propositions and texts in order of first appearance."""
    cells = {(row["proposition_id"], row["text_id"]): row["stance"] for row in rows}
    propositions = {row["proposition_id"]: row.get("proposition", "") for row in rows}
    words = {
        (row["proposition_id"], row["text_id"]): _beside(row) for row in rows if "share" in row
    }
    texts = list(dict.fromkeys(text for _, text in cells))
    return Stances(propositions, texts, cells, words, rows.attrs.get("kit:whose", ""))


def _beside(row):
    """What stands in a cell of a class: its share, and the own or the editors' other stance."""
    others = [
        f"{who} {STANCES[row[name]]}"
        for name, who in (("mine", "you"), ("editors", "editors"))
        if row.get(name) and row[name] != row["stance"]
    ]
    return "\n".join([f"{STANCES.get(row['stance'], '')} {row['share']}".strip(), *others])


def _alt_text(stances):
    propositions, texts, cells = stances[:3]
    if not any(cells.values()):
        missing = (
            "there is no line of your class here" if stances.words else "no stance has been given"
        )
        return f"Empty stance matrix: {missing} yet."
    parts = []
    for text in texts:
        counts = Counter(stance for (_, name), stance in cells.items() if name == text)
        words = [f"{word} {counts[word]}" for word in STANCES if counts[word]]
        words += [f"not answered {counts['']}"] if counts[""] else []
        parts.append(f"{style.text_name(text)}: {', '.join(words)}")
    down, across = plural(len(propositions), "proposition"), plural(len(texts), "text")
    what = f"Matrix of {down} down and {across} across, each cell saying what the text does."
    told = f"{what} How often: {'; '.join(parts)}."
    if not stances.words:
        return told
    each = [
        f"{id} {style.text_name(text)} {cells[id, text]} {' '.join(words.split()[1:])}"
        for (id, text), words in stances.words.items()
        if cells[id, text]
    ]
    return f"{stances.whose}, the stance taken most. {told} In each: {'; '.join(each)}."


@chart(COLUMNS, alt_text=_alt_text, read=stances_of, allowed={"stance": ("", *STANCES)})
def stances(stances: Stances, ax: Axes | None) -> Axes:
    """Draw the proposition x text matrix of stances.

    It takes a DataFrame, one row a cell, with `proposition_id`, `text_id` and `stance` (asserts,
    denies, hedges, silent; missing is drawn as "not answered"). A column `proposition`, if there,
    names the rows in words. Of a class, `stance` is the one taken most, `share` says by how many in
    words, and `mine` and `editors`, where there, are shown if they are another.

    >>> import pandas
    >>> stances(pandas.DataFrame([["P1", "blog", "asserts"]], columns=COLUMNS)).get_title()
    '1 proposition, 1 text: who says what'
    """
    propositions, texts, cells, shares, whose = stances
    count, looks = len(propositions), style.looks(texts)
    row = 0.5 if shares else 0.4
    ax = style.sheet(ax, max(3, 1.6 + row * count), narrow=max(3, 1.6 + (2 * row + 0.3) * count))
    if not any(cells.values()):
        return style.empty_chart(ax, "Stances", "No chart: there is no stance here yet.")
    ax.set_xlim(-0.5, len(texts) - 0.5)
    ax.set_ylim(count - (0.36 if shares and style.is_narrow(ax) else 0.5), -0.5)
    ax.set_xticks(range(len(texts)), map(style.text_name, texts), weight="bold")
    ax.set_yticks([])
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    names = [f"{id} {words}".strip() for id, words in propositions.items()]
    write = _names_above if style.is_narrow(ax) else _names_beside
    write(ax, names)
    for (y, proposition), (x, text) in product(enumerate(propositions), enumerate(texts)):
        place = proposition, text
        _cell(ax, x, y, text, looks[text], cells.get(place, ""), shares.get(place))
    counts = f"{plural(len(propositions), 'proposition')}, {plural(len(texts), 'text')}"
    title = f"{whose}: the stance taken most" if whose else f"{counts}: who says what"
    style.frame(ax, title, (), f"{SIGNS if shares else ''} {style.FROM_TABLE}".strip())
    for label, look in zip(ax.get_xticklabels(), looks.values(), strict=False):
        box = label.get_window_extent().padded(8 / style.points(ax))  # narrow: no label is here
        box = box.transformed(ax.transData.inverted())
        style.sign(ax, box.x0, (box.y0 + box.y1) / 2, look)
    return ax


def _names_beside(ax, names):
    width = style.figure_of(ax).get_figwidth() * 72
    room = max(width / 4, width - 28 - CELL * (ax.get_xlim()[1] + 0.5))
    names = [style.wrapped(name, room, style.SMALL) for name in names]
    ax.set_yticks(range(len(names)), names, size=style.SMALL, ha="left")
    lines = "\n".join(names).split("\n")
    ax.tick_params(axis="y", pad=4 + max(style.text_width(line, style.SMALL) for line in lines))


def _names_above(ax, names):
    """Each name over its cells, which then say themselves of which text they are."""
    ax.set_xticks([])
    width = style.figure_of(ax).get_figwidth() * 72 - 22
    for y, name in enumerate(names):
        name = style.wrapped(name, width, style.SMALL)
        looks = {"size": style.SMALL, "va": "bottom", "linespacing": 1.1}
        ax.text(-0.47, y + 0.02, name, **looks).set_in_layout(False)


def _name_in_cell(ax, x, y, text, look):
    name = style.wrapped(style.text_name(text).replace("-", "- "), 32, style.SMALL)
    style.sign(ax, x - 0.35, y + 0.2, look)
    ax.text(x - 0.24, y + 0.2, name.replace("- ", "-"), va="center", linespacing=1)


def _cell(ax, x, y, text, look, stance, share=None):
    face, edge = FACES.get(stance, "white"), EDGES.get(stance, "#c0c0c0")
    dashes = "-" if stance else (0, (3, 3))
    looks = {"facecolor": face, "edgecolor": edge, "linestyle": dashes, "linewidth": 0.9}
    words = f"{STANCES[stance]} {stance}" if stance else "not answered"
    words = words if share is None else share or "hidden"
    top, high, middle = -0.42, 0.84, 0.0
    if style.is_narrow(ax):
        words, top, high, middle = words.removesuffix(" answered"), 0.04, 0.46, 0.42
        if share is not None:
            words, high, middle = words.replace("over ", ">"), 0.58, 0.45
        _name_in_cell(ax, x, y, text, look)
    ax.add_patch(Rectangle((x - 0.47, y + top), 0.94, high, **looks))
    ink = style.GREY if stance in ("", "silent") else style.INK
    looks = {"size": style.SMALL, "style": "normal" if stance else "italic", "color": ink}
    ax.text(x, y + middle, words, ha="center", va="center", **looks)
