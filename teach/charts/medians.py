"""The class's scores beside the experts': criteria down, texts across."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.charts.style import shortened, text_width
from kit.words import plural

COLUMNS = ("criterion", "text", "median", "experts")
READING = "Above: the median of the class. Below: the experts. Arrow: 2 steps or more apart."
FAR = 2  # steps between two scores from which a cell is marked
BOLD = 1.12  # bold letters are about as much wider


def _alt_text(cells):
    compared = list(filter(_is_compared, cells))
    if not compared:
        return "Empty grid of class and experts: no median may be shown."
    hidden = len(cells) - len(compared)
    near = sum(abs(cell["median"] - cell["experts"]) <= 1 for cell in compared)
    far = "; ".join(
        f"{c['criterion']}, {c['text']}: class {c['median']:g}, experts {c['experts']:g}"
        for c in filter(_is_far, compared)
    )
    return (
        "Grid with criteria down and texts across; each cell holds the median score of the class "
        f"and the score of the experts. {near} of {plural(len(compared), 'cell')} are within "
        f"one step. {FAR} steps or more apart: {far or 'none'}."
        + (f" {plural(hidden, 'cell')} cannot be compared." if hidden else "")
    )


@chart(COLUMNS, alt_text=_alt_text)
def medians(cells: Rows, ax: Axes | None) -> Axes:
    """Draw the class's median score beside the experts' score, criteria down and texts across.

    It takes a DataFrame, one row a cell, with `criterion`, `text`, `median` of the class (missing
    where it may not be shown) and the score of the `experts` (missing where there is none).
    Cells that differ by 2 steps or more have a heavy edge and say which way.

    >>> import pandas
    >>> medians(pandas.DataFrame([["dating", "blog", 3, 0]], columns=COLUMNS)).get_title()
    'Class and experts: 1 of 1 place 2 steps apart or more'
    """
    rows, columns = (list(dict.fromkeys(c[name] for c in cells)) for name in ("criterion", "text"))
    ax = style.sheet(ax, (7.5, 1.8 + 0.55 * max(1, len(rows))))
    if not any(map(_is_compared, cells)):
        why = "No chart: no median may be shown yet."
        return style.empty_chart(ax, "Class and experts", why)
    _grid(ax, rows, columns)
    far, compared = (sum(map(kind, cells)) for kind in (_is_far, _is_compared))
    title = f"Class and experts: {far} of {plural(compared, 'place')} {FAR} steps apart or more"
    style.frame(ax, title, (READING,), style.FROM_TABLE)
    for cell in cells:
        _cell(ax, columns.index(cell["text"]), rows.index(cell["criterion"]), cell)
    return ax


def _is_compared(cell):
    return "" not in (cell["median"], cell["experts"])


def _is_far(cell):
    return _is_compared(cell) and abs(cell["median"] - cell["experts"]) >= FAR


def _grid(ax, rows, columns):
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(len(rows) - 0.5, -1)
    ax.set_xticks([])
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    wide = style.figure_of(ax).get_figwidth() * 72 - max(text_width(row, 9) for row in rows) - 24
    for x, name in enumerate(columns):
        name = shortened(name, 0.9 * wide / len(columns) / BOLD, 9)
        ax.text(x, -0.55, name, size=9, weight="bold", ha="center", va="bottom")


def _cell(ax, x, y, cell):
    far = _is_far(cell)
    ax.add_patch(
        Rectangle(
            (x - 0.46, y - 0.44), 0.92, 0.88, facecolor="#fdece2" if far else "white",
            edgecolor=style.VERMILLION if far else "#c0c0c0", linewidth=2.4 if far else 0.8,
            linestyle="-" if _is_compared(cell) else (0, (3, 3)),
        )
    )  # fmt: skip
    ax.text(
        x, y, "\n".join(_lines(cell)), size=style.SMALL, ha="center", va="center",
        weight="bold" if far else "normal",
    )  # fmt: skip


def _lines(cell):
    arrow = ("▲ " if cell["median"] > cell["experts"] else "▼ ") if _is_far(cell) else ""
    yield f"{arrow}class {cell['median']:g}" if cell["median"] != "" else "class hidden"
    yield f"experts {cell['experts']:g}" if cell["experts"] != "" else "experts –"
