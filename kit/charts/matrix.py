"""The stance matrix: what each text does with each proposition, symbol and word in every cell."""

from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.labels import shortened, text_width
from kit.charts.style import look, read

COLUMNS = ("proposition_id", "text_id", "stance")
STANCES = {"asserts": "✓", "denies": "✗", "hedges": "≈", "silent": "–"}
FACES = {"asserts": "#cfe4f3", "denies": "#f9d9c4", "hedges": "#fbe9bd", "silent": "#f2f2f2"}
CELL = 62  # points: what the widest word of a cell needs
EDGES = {"asserts": style.BLUE, "denies": style.VERMILLION, "hedges": style.ORANGE}


@look()
def stances(table, ax=None):
    """Draw the proposition x text matrix of stances.

    table: DataFrame, one row a cell, with `proposition_id`, `text_id` and `stance` (asserts,
    denies, hedges, silent; missing is drawn as "not answered"). A column `proposition`, if
    there, names the rows in words. Returns the Axes. Raises ValueError, one sentence, for a
    missing column or another stance.

    >>> import pandas
    >>> stances(pandas.DataFrame([["P1", "blog", "asserts"]], columns=COLUMNS)).get_title()
    '1 proposition, 1 text: who says what'
    """
    cells = stances_of(table)
    ax = style.sheet(ax, (10, max(3, 1.6 + 0.24 * len({row for row, _ in cells}))))
    if not any(cells.values()):
        return style.say(ax, "Stances", "No chart: no stance has been given yet.")
    rows, columns = (list(dict.fromkeys(pair[side] for pair in cells)) for side in (0, 1))
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xticks(range(len(columns)), columns, weight="bold")
    ax.set_yticks([])
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    names = _row_names(ax, table, rows)
    ax.set_yticks(range(len(rows)), names, size=style.SMALL, ha="left")
    ax.tick_params(axis="y", pad=4 + max(text_width(name, style.SMALL) for name in names))
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            _cell(ax, x, y, cells.get((row, column), ""))
    style.frame(ax, _title(cells), (), style.FROM_TABLE)
    return ax


def stances_of(table):
    """Return dict (proposition id, text id) -> stance, "" where it is missing."""
    return {
        (row["proposition_id"], row["text_id"]): style.is_one_of(
            row["stance"], ("", *STANCES), "stance", "stances"
        )
        for row in read(table, COLUMNS, "stances")
    }


def _title(cells):
    rows, columns = (len({pair[side] for pair in cells}) for side in (0, 1))
    return f"{style.many(rows, 'proposition')}, {style.many(columns, 'text')}: who says what"


def _row_names(ax, table, rows):
    """Ids, followed by the proposition in words if the table has them."""
    if "proposition" not in table.columns:
        return rows
    words = dict(zip(table["proposition_id"], table["proposition"], strict=True))
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()
    width = ax.get_window_extent().width * 72 / figure.dpi
    room = min(width / 2, width - CELL * (ax.get_xlim()[1] + 0.5))
    return [shortened(f"{row} {words[row]}", room, style.SMALL) for row in rows]


def _cell(ax, x, y, stance):
    ax.add_patch(
        Rectangle(
            (x - 0.47, y - 0.42), 0.94, 0.84, linewidth=0.9, facecolor=FACES.get(stance, "white"),
            edgecolor=EDGES.get(stance, "#c0c0c0"), linestyle="-" if stance else (0, (3, 3)),
        )
    )  # fmt: skip
    words = f"{STANCES[stance]} {stance}" if stance else "not answered"
    quiet = stance in ("", "silent")
    ax.text(
        x, y, words, size=style.SMALL, ha="center", va="center",
        color=style.GREY if quiet else style.INK, style="normal" if stance else "italic",
    )  # fmt: skip
