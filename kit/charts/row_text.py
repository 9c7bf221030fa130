"""The words inside a timeline: what an account is about, and the lag, where there is room."""

from matplotlib.dates import date2num

from kit.charts import style
from kit.charts.labels import shortened, text_width

SIDE, ROOM = 8, 26  # points beside a mark; points of arrow that stay visible around its label
RING = 4  # points more beside a mark with a ring around it


def write_rows(ax, rows):
    """Write label and lag of each Telling: beside its marks, or on its arrow."""
    for row in rows:
        _write(ax, row)


def _write(ax, row):
    if not (row.event or row.told):
        return _put(ax, row, f"{row.label} · no date given".strip(" ·"), SIDE, "left")
    left, arrow_start, arrow_end = _free(ax, row)
    about, long = _about(row), arrow_end - arrow_start - ROOM
    on_arrow = row.lag and text_width(row.lag, style.SMALL) <= long
    if on_arrow and text_width(about, style.SMALL) > left - SIDE and long > left:
        words = shortened(f"{row.lag}: {row.label}", long, style.SMALL)
        return _put(ax, row, words, (arrow_start + arrow_end) / 2, "center")
    if on_arrow:
        _put(ax, row, row.lag, (arrow_start + arrow_end) / 2, "center")
    tail = "" if on_arrow or not row.lag else f" · {row.lag}"
    room = left - SIDE - text_width(tail, style.SMALL)
    return _put(ax, row, shortened(about, room, style.SMALL) + tail, left - SIDE, "right")


def _about(row):
    when = str(row.event) if row.event else "no date given"
    return row.label if when in row.label else f"{row.label} · {when}"


def _free(ax, row):
    """Points from the left edge: of the leftmost mark, of the arrow's start and its end."""
    told = row.told and row.told.known.start
    days = list(row.event.known[:2]) if row.event else [told] * 2
    days.append(told or days[1])
    points = 72 / ax.get_figure(root=True).dpi
    edge = ax.get_window_extent().x0
    xs = ax.transData.transform([(date2num(day), row.y) for day in days])[:, 0]
    start, end, told = ((x - edge) * points for x in xs)
    return min(start, told) - (0 if row.is_sure else RING), end, told


def _put(ax, row, text, x, ha):
    ax.annotate(
        text, (0, row.y), xycoords=("axes fraction", "data"), xytext=(x, 0),
        textcoords="offset points", ha=ha, va="center", size=style.SMALL, zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    ).set_in_layout(False)  # fmt: skip
