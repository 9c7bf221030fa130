"""How reliable criteria are (across) and how valid (upwards), beside published indicators."""

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Row, chart
from kit.words import minus
from teach.charts.agreement import THRESHOLDS
from teach.charts.intervals import filled

COLUMNS = ("name", "group", "agreement", "correlation", "low", "high")
GROUPS = ("class", "published")
READING = (
    "Large dots: this class; the heavy line is the 95 % interval of the correlation.",
    "Grey diamonds: published indicators, asked of other texts; no benchmark.",
)
RIGHT, LOWEST = 1.28, -1.05  # of the axes: a name beside 1 has room, a dot on -1 is whole
LINE, BOLD = 13, 1.12  # points of a line of names; bold letters are about as much wider


def _points(rows):
    points = filled("agreement", "correlation")(rows)
    return sorted(points, key=lambda row: GROUPS.index(row["group"]))


def _alt_text(rows):
    if not rows:
        return "Empty chart of agreement and correlation: nothing has both numbers."
    mine, others = ([row for row in rows if row["group"] == group] for group in GROUPS)
    text = "Dot chart with agreement with each other across, correlation with experts upwards."
    if mine:
        text += f" This class, agreement and correlation: {'; '.join(map(_in_words, mine))}."
    if others:
        text += f" Published indicators as a grey backdrop: {'; '.join(map(_in_words, others))}."
    return text


def _in_words(row):
    ends = f" ({row['low']:.2f} to {row['high']:.2f})" if row["low"] != "" else ""
    numbers = f"{row['agreement']:.2f} and {row['correlation']:.2f}{ends}"
    return f"{row['name']} {minus(numbers)}"


@chart(COLUMNS, alt_text=_alt_text, read=_points, allowed={"group": GROUPS})
def two_axes(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw how reliable criteria are (across) and how valid (upwards), beside published ones.

    It takes a DataFrame with `name`; `group`, "class" or "published"; `agreement` (alpha or another
    measure, up to 1) and `correlation` with experts (-1 to 1), missing where undefined, and its
    95 % interval `low`, `high`, missing where there is none. Dashed: correlation 0, and alpha
    0.667, Krippendorff's customary threshold.

    >>> import pandas
    >>> row = ["dating", "class", 0.7, 0.9, 0.8, 1.0]
    >>> two_axes(pandas.DataFrame([row], columns=COLUMNS)).get_title()
    'Agreeing with each other, agreeing with the experts'
    """
    ax = style.sheet(ax, (7.5, 6.2))
    if not rows:
        why = "No chart: nothing here has both numbers."
        return style.empty_chart(ax, "Reliable and valid", why)
    _set_axes(ax, rows)
    for row in rows:
        _point(ax, row)
    title = "Agreeing with each other, agreeing with the experts"
    style.frame(ax, title, READING, style.FROM_TABLE)
    _name_others(ax, rows, _name_class(ax, rows))
    return ax


def _set_axes(ax, rows):
    ax.set_xlim(min([-0.15, *(row["agreement"] - 0.05 for row in rows)]), RIGHT)
    ax.set_ylim(LOWEST, -LOWEST)
    for axis in (ax.xaxis, ax.yaxis):
        least = axis.get_view_interval()[0]
        axis.set_ticks([tick / 4 for tick in range(-4, 5) if tick / 4 >= least])
    ax.set_xlabel("reliable: agreement with each other (1 is full, 0 is chance)")
    ax.set_ylabel("valid: correlation with the experts")
    ax.plot([ax.get_xlim()[0], 1], [0, 0], **style.DASHED)
    ax.plot([THRESHOLDS[0][0]] * 2, [LOWEST, 1], **style.DASHED)


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
    mine = sorted(
        (row for row in rows if row["group"] == "class"), key=lambda row: -row["agreement"]
    )
    steps, (_, high) = _steps(ax, mine), style.size_of(ax)
    room = LINE * (max(steps, default=-1) + 1)
    ax.set_ylim(LOWEST, LOWEST - 2 * LOWEST * high / (high - room))
    unit = (ax.get_ylim()[1] - LOWEST) / high
    taken = []
    for row, step in zip(mine, steps, strict=True):
        x, top = row["agreement"], -LOWEST + (step * LINE + 3) * unit
        ax.plot([x, x], [row["correlation"], top], color=style.BLUE, linewidth=0.7)
        taken += style.boxes_of_line(ax, [x, x], [row["correlation"], top])
        ax.text(x, top, row["name"], size=9, color=style.BLUE, weight="bold", va="bottom")
    return taken


def _steps(ax, rows):
    """On which stair each name stands, from 0; rows from right to left."""
    points = 72 / style.figure_of(ax).dpi
    left, steps = [], []  # of each stair, where its leftmost name begins
    for row in rows:
        x = ax.transData.transform((row["agreement"], 0))[0] * points
        end = x + style.text_width(row["name"], 9) * BOLD + 6
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
            style.place(ax, row["name"], spot, style.AROUND, taken, keep=True, **quiet)
    sides = ((4, 2, "left", "bottom"), (-4, 2, "right", "bottom"))
    style.place(ax, f"{value:.3f} {word}", (value, LOWEST), sides, taken, **quiet)


def _marks(ax, row):
    x, y = row["agreement"], row["correlation"]
    boxes = style.boxes_of_line(ax, [x, x], [y, y], thickness=11, pieces=1)
    if row["low"] != "":
        boxes += style.boxes_of_line(ax, [x, x], [row["low"], row["high"]])
    return boxes
