"""The main chart: when each thing is said to have happened, and how long after it was told."""

import re
from datetime import timedelta
from typing import NamedTuple

from matplotlib.colors import to_rgba
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle

from kit.charts import style
from kit.charts.labels import boxes_of_line, place
from kit.charts.membership import YEAR, corners, members_of, rounds_of, year_axis
from kit.charts.row_text import write_rows
from kit.charts.style import look, read
from kit.data import Span, span
from kit.measures.dates import lag

COLUMNS = ("lane", "label", "event_date", "told_date")
READING = (
    "Filled mark: the date the account is about. Open mark: when it was told, or could first "
    "have been told. A bar behind a mark covers the possible days; a fading bar has no known end."
)
UNSURE = "A dashed ring: the date is approximate or unsure."
GAP, STRIP = 0.45, 0.36  # space between lanes in rows; share of the axes for the strip on top


class Telling(NamedTuple):
    """One row of the chart. event, told: Span or None."""

    lane: str
    label: str
    event: Span | None
    told: Span | None
    y: float
    colour: str
    gid: str

    @property
    def lag(self):
        """The time between event and telling in words, "" if one of them has no date."""
        if not (self.event and self.told):
            return ""
        words = lag(self.event.text, self.told.text).years
        return words if self.is_sure else f"perhaps {words}"

    @property
    def is_sure(self):
        """True where no date of the row is only about right, or perhaps."""
        return all(when.is_sure for when in (self.event, self.told) if when)


@look()
def timeline(tellings, enlargement, ax=None):
    """Draw one lane per text or witness: mark at the event, mark at the telling, lag between.

    tellings: DataFrame with `lane`, `label`, `event_date` and `told_date` (dates as kit.data.span
    reads them, "" is missing). enlargement: the members table, drawn above as grey steps, with a
    line down at every round. Returns the Axes; the marks have the gids event-…, told-…, lag-…
    made from lane and label. Raises ValueError, one sentence, for a missing column, a bad date or
    a telling before its event.

    >>> import kit
    >>> case = kit.data.load()
    >>> ax = timeline(kit.measures.recollections(case), case.enlargement)
    >>> ax.get_title()
    'When it happened and when it was told: 12 accounts'
    """
    rows, rounds = tellings_of(tellings), rounds_of(enlargement)
    ax = style.sheet(ax, (10, max(6, 2.6 + 0.25 * len(rows))))
    if not any(row.event or row.told for row in rows):
        return style.say(ax, "Told when?", "No chart: the table holds no account with a date.")
    _set_axes(ax, rows, rounds)
    _name_lanes(ax, rows)
    size = min(6.5, 14.4 * ax.get_figure(root=True).get_figheight() / len(rows))
    for row in rows:
        _draw(ax, row, size)
    labels, line = _members(ax, rows, rounds, members_of(enlargement))
    title = f"When it happened and when it was told: {style.many(len(rows), 'account')}"
    reading = (READING,) if all(row.is_sure for row in rows) else (READING, UNSURE)
    style.frame(ax, title, reading, style.source(enlargement, "claims", "record", "enlargement"))
    _count_members(ax, labels, line)
    write_rows(ax, rows)
    return ax


def tellings_of(table):
    """Return the rows of the table as Tellings, lane after lane in order of first appearance."""
    rows = lane_after_lane(read(table, COLUMNS, "timeline"))
    lanes = list(dict.fromkeys(row["lane"] for row in rows))
    names = [re.sub(r"\W+", "-", f"{row['lane']} {row['label']}").strip("-") for row in rows]
    tellings = []
    for number, row in enumerate(rows):
        lane = lanes.index(row["lane"])
        again = names[:number].count(names[number])
        tellings.append(
            Telling(
                lane=row["lane"],
                label=row["label"],
                event=span(row["event_date"]) if row["event_date"] else None,
                told=span(row["told_date"]) if row["told_date"] else None,
                y=number + GAP * lane,
                colour=style.LANE_COLOURS[lane % len(style.LANE_COLOURS)],
                gid=names[number] + (f"-{again + 1}" if again else ""),
            )
        )
    return tellings


def lane_after_lane(rows):
    """Return the rows (dicts) lane after lane, lanes in order of first appearance."""
    lanes = list(dict.fromkeys(row["lane"] for row in rows))
    return sorted(rows, key=lambda row: lanes.index(row["lane"]))


def _set_axes(ax, rows, rounds):
    dates = [when.known for row in rows for when in (row.event, row.told) if when]
    days = [day for when in dates for day in when[:2]]
    days += [round_[0] for round_ in rounds]
    last = rows[-1].y
    ax.set_xlim(date2num(min(days)) - 4 * YEAR, date2num(max(days)) + 4 * YEAR)
    ax.set_ylim(last + 0.7, -1 - STRIP / (1 - STRIP) * (last + 2))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    year_axis(ax)


def _name_lanes(ax, rows):
    for lane in dict.fromkeys(row.lane for row in rows):
        ys = [row.y for row in rows if row.lane == lane]
        ax.axhline(ys[0] - 0.5 - GAP / 2, color=style.PALE, linewidth=0.8, zorder=0)
        _gutter(ax, lane or "no name", 0, ys[0], "right", weight="bold", size=9)
    for row in rows:
        _gutter(ax, _told(row.told), 1, row.y, "left", size=style.SMALL)
    _gutter(ax, "told", 1, -0.95, "left", size=style.SMALL, color=style.GREY)


def _told(when):
    if when is None:
        return "no date told"
    return f"{when.known} or later" if when.is_open[1] else str(when)


def _gutter(ax, text, side, y, ha, **look_of_text):
    ax.annotate(
        text, (side, y), xycoords=("axes fraction", "data"), textcoords="offset points",
        xytext=(6 if side else -6, 0), ha=ha, va="center", annotation_clip=False, **look_of_text,
    )  # fmt: skip


def _draw(ax, row, size):
    if row.event and row.told and row.told.start > row.event.end:
        arrow = {"arrowstyle": "-|>", "color": row.colour, "linewidth": 1.3, "shrinkA": 3,
                 "shrinkB": 5, "gid": f"lag-{row.gid}"}  # fmt: skip
        ends = [(date2num(day), row.y) for day in (row.told.start, row.event.end)]
        ax.annotate("", *ends, arrowprops=arrow, zorder=2)
    if row.told:
        ring = 1.8 if row.event and row.told.start <= row.event.end else 1.3
        _mark(ax, row, row.told, "white", size * ring, f"told-{row.gid}")
    if row.event:
        _mark(ax, row, row.event, row.colour, size, f"event-{row.gid}")


def _mark(ax, row, when, face, size, gid):
    """A circle in the middle of the days that are known; behind it a bar over all it may mean."""
    known = when.known
    start, end = date2num(known.start), date2num(known.end) + 1
    line = "-" if when.is_sure else "--"
    if known.precision != "day":
        ax.add_patch(
            Rectangle(
                (start, row.y - 0.42), end - start, 0.84, facecolor=row.colour, alpha=0.55,
                edgecolor=row.colour, linewidth=0.8, linestyle=line, zorder=2.5, gid=f"{gid}-bar",
            )
        )  # fmt: skip
    for is_open, away, edge in zip(when.is_open, (end, start), ax.get_xlim(), strict=True):
        if is_open:
            _fade(ax, row, away, edge)
    ax.plot(
        [(start + end) / 2], [row.y], "o", markersize=size, markerfacecolor=face,
        markeredgecolor=row.colour, markeredgewidth=1.6 * (face == "white"), zorder=3, gid=gid,
    )  # fmt: skip
    if not when.is_sure:
        ax.scatter(
            [(start + end) / 2], [row.y], s=(size + 6) ** 2, facecolors="none", linestyles="--",
            edgecolors=style.INK, linewidths=1, zorder=3, gid=f"{gid}-unsure",
        )  # fmt: skip


def _fade(ax, row, start, end, pieces=12):
    """A bar from the known end of a date to the edge of the picture, ever paler."""
    wide = (end - start) / pieces
    shades = [to_rgba(row.colour, 0.45 * (1 - piece / pieces)) for piece in range(pieces)]
    bars = [(start + piece * wide, wide) for piece in range(pieces)]
    ax.broken_barh(bars, (row.y - 0.2, 0.4), facecolors=shades, linewidth=0, zorder=1, aa=False)


def _members(ax, rows, rounds, name):
    """Draw the grey steps in the strip on top; returns what _count_members needs."""
    if not rounds:
        return [], []
    top, floor = ax.get_ylim()[1], -2
    low, high = rounds[0][1], rounds[-1][1]
    scale = 0.8 * (top - floor) / max(high - low, 1)
    xs, ys = corners(rounds, rounds[-1][0] + timedelta(days=2 * YEAR))
    heights = [floor + scale * (members - low) for members in ys]
    (line,) = ax.plot(xs, heights, color=style.GREY, linewidth=1.8, gid="members")
    _gutter(ax, name, 0, floor + (top - floor) / 2, "right", size=9, color=style.GREY)
    bottom = rows[-1].y + 0.7
    ax.vlines(xs[::2], heights[::2], bottom, color=style.PALE, linewidth=0.8, zorder=0)
    points = zip(map(date2num, xs[::2]), heights[::2], strict=True)
    names = (f"{day.year}: {members}" for day, members, _ in rounds)
    return list(zip(names, points, strict=True)), line


def _count_members(ax, labels, line):
    """Label the first and the last step, then every other one that has room."""
    if not labels:
        return
    taken = boxes_of_line(ax, *line.get_data(orig=False), thickness=2)
    places = [(-4, 2, "right", "center"), (1, 3, "left", "bottom"), (3, -3, "left", "top"),
              (-4, 6, "right", "center")]  # fmt: skip
    for text, xy in [labels[-1], labels[0], *labels[1:-1]]:
        place(ax, text, xy, places, taken, size=style.SMALL, color=style.GREY)
