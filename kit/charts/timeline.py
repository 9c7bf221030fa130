"""The main chart: when each thing is said to have happened, and how long after it was told."""

import re
from collections import Counter
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle
from matplotlib.transforms import offset_copy

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.charts.enlargement import COLUMNS as MEMBER_COLUMNS
from kit.charts.enlargement import YEAR, Members, corners, members_of, year_axis
from kit.data import Look, Span
from kit.measures import Range, lag
from kit.words import plural

COLUMNS = ("lane", "label", "event_date", "told_date")
READING = (
    "Filled mark: the date the account is about. Open mark: when it was told, or could first "
    "have been told. A bar behind a mark covers the possible days; a fading bar has no known end."
)
UNSURE = "A dashed ring: the date is approximate or unsure."
GAP, STRIP = 0.45, 0.36  # space between lanes in rows; share of the axes for the strip on top
SIDE, ROOM = 8, 26  # points beside a mark; points of arrow that stay visible around its label
LEVEL = ("axes fraction", "data")  # a place beside the axes, level with a row
SIGN = 12  # points for the sign of a text before or after its name
RING = 4  # points more beside a mark with a ring around it


class Telling(NamedTuple):
    """One row of the chart.

    is_sure: no date of the row is only about right, or perhaps. lag: the time from event to telling
    in words, or "". quote, source: line by line the words and where they stand, if the table says.
    """

    lane: str
    label: str
    event: Span | None
    told: Span | None
    is_sure: bool
    lag: str
    y: float
    colour: str
    gid: str
    quote: str
    source: str


class Tellings(NamedTuple):
    """What is drawn: the tellings, lane after lane, and the members on top."""

    rows: list[Telling]
    members: Members
    signs: dict[str, Look]  # of each lane that is a text of the course


def tellings_of(tellings: Rows, enlargement: Rows | None = None) -> Tellings:
    """Return what is drawn of the tables; lanes in order of first appearance."""
    lanes = list(looks := style.looks(row["lane"] for row in tellings))
    made, names = [], Counter[str]()
    for number, row in enumerate(sorted(tellings, key=lambda row: lanes.index(row["lane"]))):
        lane, label, place = row["lane"], row["label"], lanes.index(row["lane"])
        name = re.sub(r"\W+", "-", f"{lane} {label}").strip("-")
        names[name] += 1
        gid = f"{name}-{names[name]}" if names[name] > 1 else name
        event, told = row["event_date"] or None, row["told_date"] or None
        is_sure = all(when.is_sure for when in (event, told) if when)
        words = lag(event, told).years if event and told else ""
        if words and not is_sure:
            words = f"perhaps {words}"
        y, colour = number + GAP * place, looks[lane].colour
        quotes = row.get("quote", ""), row.get("source", "")
        dates = event, told, is_sure, words
        made.append(Telling(style.text_name(lane), label, *dates, y, colour, gid, *quotes))
    signs = {name: look for id, look in looks.items() if (name := style.text_name(id)) != id}
    return Tellings(made, members_of(enlargement or Rows([], {})), signs)


def _alt_text(tellings):
    rows, members, _ = tellings
    if not any(row.event or row.told for row in rows):
        return "Empty timeline: the table holds no account with a date."
    counts = Counter(row.lane for row in rows)
    lanes = ", ".join(f"{lane} {count}" for lane, count in counts.items())
    text = (
        f"Timeline with one lane for each of {len(counts)} sources or witnesses, "
        f"{plural(len(rows), 'account')} in all: {lanes}."
    )
    if members.rounds:
        text += f" Grey steps above show {members.name}: {members.ends}."
    return text + _years(rows) + _lags(rows) + _doubts(rows)


def _years(rows):
    parts = []
    for words, dates in (
        ("the events date from", [row.event for row in rows if row.event]),
        ("they were told, or could first have been told, in", [r.told for r in rows if r.told]),
    ):
        years = [when.known.start.year for when in dates]
        if years:
            parts.append(f"{words} {Range(min(years), max(years))}")
    return f" {'; '.join(parts).capitalize()}."


def _lags(rows):
    both = [row for row in rows if row.event and row.told]
    if not both:
        return ""
    both.sort(key=lambda row: row.told.start - row.event.end)
    text = f" The longest time from event to telling is {both[-1].lag} ({both[-1].lane})"
    return text + (f", the shortest {both[0].lag} ({both[0].lane})." if len(both) > 1 else ".")


def _doubts(rows):
    """The dates that are unsure or open; of tellings "no earlier than", `_years` speaks already."""
    events = [(row.lane, row.event, any(row.event.is_open)) for row in rows if row.event]
    told = [(row.lane, row.told, row.told.is_open[0]) for row in rows if row.told]
    dates = [*events, *told]
    doubts = [f"{when} ({lane})" for lane, when, is_open in dates if is_open or not when.is_sure]
    return f" Dates that are unsure or open: {'; '.join(doubts)}." if doubts else ""


@chart(COLUMNS, MEMBER_COLUMNS, alt_text=_alt_text, read=tellings_of, optional=1)
def timeline(tellings: Tellings, ax: Axes | None) -> Axes:
    """Draw one lane per text or witness: mark at the event, mark at the telling, lag between.

    It takes two DataFrames. The tellings: `lane`, `label`, `event_date` and `told_date` (dates as
    kit.data.span reads them, "" is missing). The members table, if there is one, drawn above as
    grey steps, with a line down at every round. The marks have the gids event-…, told-…, lag-…
    made from lane and label. A telling before its event raises KitError.

    >>> import kit
    >>> case = kit.data.load()
    >>> ax = timeline(kit.measures.recollections(case), case.enlargement)
    >>> ax.get_title()
    'When it happened and when it was told: 12 accounts'
    """
    rows, members, signs = tellings
    lanes = len({row.lane for row in rows})
    ax = style.sheet(ax, max(6, 2.6 + 0.27 * len(rows)), 3.8 + 0.62 * len(rows) + 0.28 * lanes)
    if not any(row.event or row.told for row in rows):
        why = "No chart: the table holds no account with a date."
        return style.empty_chart(ax, "Told when?", why)
    _set_axes(ax, rows, members)
    _name_lanes(ax, rows, signs)
    size = min(6.5, 14.4 * style.figure_of(ax).get_figheight() / len(rows))
    for row in rows:
        _draw(ax, row, size)
    line = _draw_members(ax, rows, members) if members.rounds else None
    title = f"When it happened and when it was told: {plural(len(rows), 'account')}"
    reading = (READING,) if all(row.is_sure for row in rows) else (READING, UNSURE)
    counted = ["enlargement"] if members.rounds else []
    style.frame(ax, title, reading, members.source("claims", "record", *counted))
    if line:
        _count_members(ax, members, line)
    write = _write_above if style.is_narrow(ax) else _write
    for row in rows:
        write(ax, row)
    return ax


def _set_axes(ax, rows, members):
    dates = [when.known for row in rows for when in (row.event, row.told) if when]
    days = [day for when in dates for day in when[:2]] + [day for day, *_ in members.rounds]
    last = rows[-1].y
    ax.set_xlim(date2num(min(days)) - 4 * YEAR, date2num(max(days)) + 4 * YEAR)
    strip = 3 if style.is_narrow(ax) else STRIP / (1 - STRIP) * (last + 2)
    ax.set_ylim(last + 0.7, -1 - strip * bool(members.rounds))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    year_axis(ax)


def _name_lanes(ax, rows, signs):
    above = style.is_narrow(ax)
    for lane in dict.fromkeys(row.lane for row in rows):
        y = min(row.y for row in rows if row.lane == lane)
        ax.axhline(y - 0.5 - GAP / (1 if above else 2), color=style.PALE, linewidth=0.8, zorder=0)
        if above:
            _put(ax, y, lane or "no name", (SIGN * (lane in signs), 38), weight="bold")
        else:
            _gutter(ax, lane or "no name", 0, y, 6 + SIGN * (lane in signs), weight="bold")
        if lane in signs:
            _sign(ax, y, signs[lane], (5, 38) if above else (-10, 0))
    if above:
        return
    for row in rows:
        _gutter(ax, _told(row), 1, row.y)
    _gutter(ax, "told", 1, -0.95, color=style.GREY)


def _told(row):
    if row.told and row.told.is_open[1]:
        return f"{row.told.known} or later"
    return str(row.told) if row.told else "no date told"


def _sign(ax, y, look, offset):
    """Draw the sign of a text at an offset in points from the left edge."""
    place = offset_copy(ax.get_yaxis_transform(), style.figure_of(ax), *offset, units="points")
    style.sign(ax, 0, y, look, transform=place)


def _gutter(ax, text, side, y, away=6, **looks):
    """Write on the left (0) or on the right (1) of the Axes."""
    offset, ha = ((away, 0), "left") if side else ((-away, 0), "right")
    style.beside(ax, text, (side, y), offset, xycoords=LEVEL, ha=ha, **looks)


def _draw(ax, row, size):
    is_later = row.event and row.told and row.told.start > row.event.end
    if is_later:
        arrow = {"arrowstyle": "-|>", "color": row.colour, "linewidth": 1.3, "shrinkA": 3,
                 "shrinkB": 5, "gid": f"lag-{row.gid}"}  # fmt: skip
        ends = [(date2num(day), row.y) for day in (row.told.start, row.event.end)]
        ax.annotate("", *ends, arrowprops=arrow, zorder=2)
    if row.told:
        ring = 1.8 if row.event and not is_later else 1.3
        _mark(ax, row, row.told, "white", size * ring, f"told-{row.gid}")
    if row.event:
        _mark(ax, row, row.event, row.colour, size, f"event-{row.gid}")


def _mark(ax, row, when, face, size, gid):
    """A circle in the middle of the days that are known; behind it a bar over all it may mean."""
    start, end = date2num(when.known.start), date2num(when.known.end) + 1
    half = 0.17 if style.is_narrow(ax) else 0.42
    if when.known.precision != "day":
        bar = Rectangle(
            (start, row.y - half), end - start, 2 * half, color=row.colour,
            alpha=0.55, linewidth=0.8, linestyle="-" if when.is_sure else "--", zorder=2.5,
            gid=f"{gid}-bar",
        )  # fmt: skip
        ax.add_patch(bar)
    for is_open, away, edge in zip(when.is_open, (end, start), ax.get_xlim(), strict=True):
        if is_open:
            _fade(ax, row, away, edge, half / 2)
    ax.plot(
        [(start + end) / 2], [row.y], "o", markersize=size, markerfacecolor=face,
        markeredgecolor=row.colour, markeredgewidth=1.6 * (face == "white"), zorder=3, gid=gid,
    )  # fmt: skip
    if not when.is_sure:
        ax.scatter(
            [(start + end) / 2], [row.y], s=(size + 6) ** 2, facecolors="none", linestyles="--",
            edgecolors=style.INK, linewidths=1, zorder=3, gid=f"{gid}-unsure",
        )  # fmt: skip


def _fade(ax, row, start, end, half, pieces=12):
    """A bar from the known end of a date to the edge of the picture, ever paler."""
    wide = (end - start) / pieces
    shades = [to_rgba(row.colour, 0.45 * (1 - piece / pieces)) for piece in range(pieces)]
    bars = [(start + piece * wide, wide) for piece in range(pieces)]
    ax.broken_barh(
        bars, (row.y - half, 2 * half), facecolors=shades, linewidth=0, zorder=1, aa=False
    )


def _draw_members(ax, rows, members):
    """Draw the grey steps in the strip on top, with a line down at each."""
    top, floor = ax.get_ylim()[1], -2
    low, high = members.rounds[0][1], members.rounds[-1][1]
    scale = 0.8 * (top - floor) / max(high - low, 1)
    xs, ys = corners(members.rounds)
    heights = [floor + scale * (count - low) for count in ys]
    (line,) = ax.plot(xs, heights, color=style.GREY, linewidth=1.8, gid="members")
    if style.is_narrow(ax):
        _put(ax, top, members.name, (0, -8), color=style.GREY)
    else:
        _gutter(ax, members.name, 0, floor + (top - floor) / 2, color=style.GREY)
    bottom = rows[-1].y + 0.7
    ax.vlines(xs[::2], heights[::2], bottom, color=style.PALE, linewidth=0.8, zorder=0)
    return line


def _count_members(ax, members, line):
    """Label the first and the last step, then every other one that has room."""
    xs, ys = line.get_data(orig=False)
    taken = style.boxes_of_line(ax, xs, ys, thickness=2)
    labels = list(zip(members.rounds, xs[::2], ys[::2], strict=True))
    to_left = [(-4, dy, "right", "center") for dy in (2, 6)]
    places = [to_left[0], (1, 3, "left", "bottom"), (3, -3, "left", "top"), to_left[1]]
    for (day, count, _), x, y in [labels[-1], labels[0], *labels[1:-1]]:
        text = f"{day.year}: {count}"
        style.place(ax, text, (x, y), places, taken, size=style.SMALL, color=style.GREY)


def _write(ax, row):
    """Write label and lag of a Telling, where there is room: beside its marks, or on its arrow."""
    if not (row.event or row.told):
        return _put(ax, row.y, f"{row.label} · no date given".strip(" ·"), (SIDE, 0))
    left, arrow_start, arrow_end = _free(ax, row)
    long = arrow_end - arrow_start - ROOM
    about = _about(row)
    on_arrow = row.lag and style.text_width(row.lag, style.SMALL) <= long
    if on_arrow and style.text_width(about, style.SMALL) > left - SIDE and long > left:
        words = style.shortened(f"{row.lag}: {row.label}", long, style.SMALL)
        return _put(ax, row.y, words, ((arrow_start + arrow_end) / 2, 0), ha="center")
    if on_arrow:
        _put(ax, row.y, row.lag, ((arrow_start + arrow_end) / 2, 0), ha="center")
    tail = "" if on_arrow or not row.lag else f" · {row.lag}"
    room = left - SIDE - style.text_width(tail, style.SMALL)
    words = style.shortened(about, room, style.SMALL) + tail
    return _put(ax, row.y, words, (left - SIDE, 0), ha="right")


def _write_above(ax, row):
    """Write all that is known of a Telling in the two lines above its marks."""
    told = f"told {_told(row)}" if row.told else _told(row)
    words = " · ".join(filter(None, (_about(row), row.lag, told)))
    words = style.wrapped(words, style.size_of(ax)[0], style.SMALL)
    _put(ax, row.y, words, (0, 9), va="bottom", linespacing=1.1)


def _about(row):
    when = str(row.event or "no date given")
    return row.label if when in row.label else f"{row.label} · {when}".strip(" ·")


def _free(ax, row):
    """Points from the left edge: of the leftmost mark, of the arrow's start and its end."""
    told = row.told and row.told.known.start
    days = list(row.event.known[:2]) if row.event else [told] * 2
    days.append(told or days[1])
    edge = ax.get_window_extent().x0
    xs = ax.transData.transform([(date2num(day), row.y) for day in days])[:, 0]
    start, end, told = ((x - edge) * style.points(ax) for x in xs)
    return min(start, told) - (0 if row.is_sure else RING), end, told


def _put(ax, y, text, offset, **looks):
    """Write at an offset in points from the left edge, over whatever stands there."""
    looks = {"zorder": 4, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8}, **looks}
    style.beside(ax, text, (0, y), offset, xycoords=LEVEL, **looks).set_in_layout(False)
