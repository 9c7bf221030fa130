"""Charts of a class beside others: beside published indicators, and beside the experts' scores."""

from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.judged import AROUND, THRESHOLDS
from kit.charts.labels import boxes_of_line, place, shortened, text_width
from kit.charts.style import look, read

AXES_COLUMNS = ("name", "group", "agreement", "correlation", "low", "high")
MEDIAN_COLUMNS = ("criterion", "text", "median", "experts")
GROUPS = ("class", "published")
POINTS = (
    "Large dots: this class; the heavy line is the 95 % interval of the correlation.",
    "Grey diamonds: published indicators, asked of other texts; no benchmark.",
)
CELLS = ("Above: the median of the class. Below: the experts. Arrow: 2 steps or more apart.",)
RIGHT, LOWEST = 1.28, -1.05  # of the axes: a name beside 1 has room, a dot on -1 is whole
LINE, BOLD = 13, 1.12  # points of a line of names; bold letters are about as much wider
FAR = 2  # steps between two scores from which a cell is marked


@look()
def two_axes(table, ax=None):
    """Draw how reliable criteria are (across) and how valid (upwards), beside published ones.

    table: DataFrame with `name`; `group`, "class" or "published"; `agreement` (alpha or another
    measure, up to 1) and `correlation` with experts (-1 to 1), missing where undefined, and its
    95 % interval `low`, `high`, missing where there is none. Dashed: correlation 0, and alpha
    0.667, Krippendorff's customary threshold. Returns the Axes. Raises ValueError, one sentence,
    for a missing column or another group.

    >>> import pandas
    >>> row = ["dating", "class", 0.7, 0.9, 0.8, 1.0]
    >>> two_axes(pandas.DataFrame([row], columns=AXES_COLUMNS)).get_title()
    'Agreeing with each other, agreeing with the experts'
    """
    rows = drawn_of(table)
    ax = style.sheet(ax, (7.5, 6.2))
    if not rows:
        return style.say(ax, "Reliable and valid", "No chart: nothing here has both numbers.")
    _two_axes(ax, rows)
    for row in rows:
        _point(ax, row)
    title = "Agreeing with each other, agreeing with the experts"
    style.frame(ax, title, POINTS, style.FROM_TABLE)
    _name_others(ax, rows, _name_class(ax, rows))
    return ax


def drawn_of(table):
    """Return the rows (list of dict) that have both numbers, those of the class first."""
    rows = read(table, AXES_COLUMNS, "two_axes")
    for row in rows:
        style.is_one_of(row["group"], GROUPS, "group", "two_axes")
    drawn = [row for row in rows if row["agreement"] != "" and row["correlation"] != ""]
    return sorted(drawn, key=lambda row: GROUPS.index(row["group"]))


def _two_axes(ax, rows):
    ax.set_xlim(min([-0.15, *(row["agreement"] - 0.05 for row in rows)]), RIGHT)
    ax.set_ylim(LOWEST, -LOWEST)
    for axis in (ax.xaxis, ax.yaxis):
        least = axis.get_view_interval()[0]
        axis.set_ticks([tick / 4 for tick in range(-4, 5) if tick / 4 >= least])
    ax.set_xlabel("reliable: agreement with each other (1 is full, 0 is chance)")
    ax.set_ylabel("valid: correlation with the experts")
    dashed = {"color": style.GREY, "linewidth": 1, "linestyle": (0, (4, 3)), "zorder": 0}
    ax.plot([ax.get_xlim()[0], 1], [0, 0], **dashed)
    ax.plot([THRESHOLDS[0][0]] * 2, [LOWEST, 1], **dashed)


def _point(ax, row):
    x, y = row["agreement"], row["correlation"]
    if row["group"] == "published":
        ax.plot([x], [y], "D", color="#8c8c8c", markersize=5, gid=f"published-{row['name']}")
        return
    if row["low"] != "":
        ax.plot([x, x], [row["low"], row["high"]], color=style.BLUE, linewidth=2)
    ax.plot([x], [y], "o", color=style.BLUE, markersize=8, gid=f"class-{row['name']}")


def _name_class(ax, rows):
    """Name the class's points above all, each at the top of a thin line; return what that takes.

    The names stand like stairs that rise to the left, so that no line runs through a name.
    """
    mine = sorted((row for row in rows if row["group"] == "class"), key=lambda r: -r["agreement"])
    points = 72 / ax.get_figure(root=True).dpi
    steps = _steps(ax, mine, points)
    high = ax.get_window_extent().height * points
    room = LINE * (max(steps, default=-1) + 1)
    ax.set_ylim(LOWEST, LOWEST - 2 * LOWEST * high / (high - room))
    unit = (ax.get_ylim()[1] - LOWEST) / high
    taken = []
    for row, step in zip(mine, steps, strict=True):
        x, top = row["agreement"], -LOWEST + (step * LINE + 3) * unit
        ax.plot([x, x], [row["correlation"], top], color=style.BLUE, linewidth=0.7)
        taken += boxes_of_line(ax, [x, x], [row["correlation"], top])
        ax.text(x, top, row["name"], size=9, color=style.BLUE, weight="bold", va="bottom")
    return taken


def _steps(ax, rows, points):
    """On which stair each name stands, from 0; rows from right to left."""
    left, steps = [], []  # of each stair, where its leftmost name begins
    for row in rows:
        x = ax.transData.transform((row["agreement"], 0))[0] * points
        end = x + text_width(row["name"], 9) * BOLD + 6
        covered = [step for step, begins in enumerate(left) if begins < end]
        step = covered[-1] + 1 if covered else 0
        left[step : step + 1] = [x]
        steps.append(step)
    return steps


def _name_others(ax, rows, taken):
    """Name the published points where there is room, then the threshold."""
    value, word, _ = THRESHOLDS[0]
    taken += [box for row in rows for box in _marks(ax, row)]
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    quiet = {"size": style.SMALL, "color": style.GREY, "bbox": white}
    for row in rows:
        if row["group"] == "published":
            spot = row["agreement"], row["correlation"]
            place(ax, row["name"], spot, AROUND, taken, keep=True, **quiet)
    sides = ((4, 2, "left", "bottom"), (-4, 2, "right", "bottom"))
    place(ax, f"{value:.3f} {word}", (value, LOWEST), sides, taken, **quiet)


def _marks(ax, row):
    x, y = row["agreement"], row["correlation"]
    boxes = boxes_of_line(ax, [x, x], [y, y], thickness=11, pieces=1)
    if row["low"] != "":
        boxes += boxes_of_line(ax, [x, x], [row["low"], row["high"]])
    return boxes


def describe_two_axes(table):
    """Return the alt text (str) of `two_axes`, computed from the same table."""
    rows = drawn_of(table)
    if not rows:
        return "Empty chart of agreement and correlation: nothing has both numbers."
    mine, others = ([row for row in rows if row["group"] == group] for group in GROUPS)
    text = "Dot chart with agreement with each other across, correlation with experts upwards."
    if mine:
        text += f" This class, agreement and correlation: {'; '.join(map(_words, mine))}."
    if others:
        text += f" Published indicators as a grey backdrop: {'; '.join(map(_words, others))}."
    return text


def _words(row):
    ends = f" ({row['low']:.2f} to {row['high']:.2f})" if row["low"] != "" else ""
    numbers = f"{row['agreement']:.2f} and {row['correlation']:.2f}{ends}"
    return f"{row['name']} {numbers.replace('-', '−')}"


@look()
def medians(table, ax=None):
    """Draw the class's median score beside the experts' score, criteria down and texts across.

    table: DataFrame, one row a cell, with `criterion`, `text`, `median` of the class (missing
    where it may not be shown) and the score of the `experts` (missing where there is none).
    Cells that differ by 2 steps or more have a heavy edge and say which way. Returns the Axes.
    Raises ValueError, one sentence, for a missing column.

    >>> import pandas
    >>> cells = pandas.DataFrame([["dating", "blog", 3, 0]], columns=MEDIAN_COLUMNS)
    >>> medians(cells).get_title()
    'Class and experts: 1 of 1 place 2 steps apart or more'
    """
    cells = read(table, MEDIAN_COLUMNS, "medians")
    rows, columns = (list(dict.fromkeys(c[name] for c in cells)) for name in ("criterion", "text"))
    ax = style.sheet(ax, (7.5, 1.8 + 0.55 * max(1, len(rows))))
    if not any(map(_is_compared, cells)):
        return style.say(ax, "Class and experts", "No chart: no median may be shown yet.")
    _grid(ax, rows, columns)
    style.frame(ax, _title(cells), CELLS, style.FROM_TABLE)
    for cell in cells:
        _cell(ax, columns.index(cell["text"]), rows.index(cell["criterion"]), cell)
    return ax


def _is_compared(cell):
    return cell["median"] != "" and cell["experts"] != ""


def _is_far(cell):
    return _is_compared(cell) and abs(cell["median"] - cell["experts"]) >= FAR


def _title(cells):
    far, of = (sum(map(each, cells)) for each in (_is_far, _is_compared))
    return f"Class and experts: {far} of {style.many(of, 'place')} {FAR} steps apart or more"


def _grid(ax, rows, columns):
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(len(rows) - 0.5, -1)
    ax.set_xticks([])
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    wide = ax.get_figure(root=True).get_figwidth() * 72 - max(text_width(r, 9) for r in rows) - 24
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


def describe_medians(table):
    """Return the alt text (str) of `medians`, computed from the same table."""
    cells = read(table, MEDIAN_COLUMNS, "medians")
    compared = list(filter(_is_compared, cells))
    if not compared:
        return "Empty grid of class and experts: no median may be shown."
    hidden = len(cells) - len(compared)
    near = sum(abs(cell["median"] - cell["experts"]) <= 1 for cell in compared)
    each = "; ".join(
        f"{c['criterion']}, {c['text']}: class {c['median']:g}, experts {c['experts']:g}"
        for c in filter(_is_far, compared)
    )
    return (
        "Grid with criteria down and texts across; each cell holds the median score of the class "
        f"and the score of the experts. {near} of {style.many(len(compared), 'cell')} are within "
        f"one step. {FAR} steps or more apart: {each or 'none'}."
        + (f" {style.many(hidden, 'cell')} cannot be compared." if hidden else "")
    )
