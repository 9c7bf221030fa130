"""The members over time: a grey step line, each round labelled beside its step."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator, date2num

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.data import span
from kit.measures import steps
from kit.words import plural

COLUMNS = ("country", "accession_date")
YEAR = 365.25
READING = "Each label: year of the round, members after it, who joined."
Round = tuple[date, int, str]  # the day, the members after it, the names of who joined


class Members(NamedTuple):
    """The rounds in order, and what the members table says of itself (its attrs)."""

    rounds: list[Round]
    attrs: Mapping[Any, Any]

    @property
    def name(self) -> str:
        """Whose members they are: "League members", or "members" where the table does not say."""
        return f"{self.attrs.get('kit:membersOf', '')} members".strip()

    @property
    def ends(self) -> str:
        """How many they are after the first round and after the last, in words."""
        return ", ".join(f"{n} in {day.year}" for day, n, _ in (self.rounds[0], self.rounds[-1]))

    def source(self, *tables: str) -> str:
        """Return the source note of a chart of dates that rests on these tables of the case."""
        files = " and ".join(f"data/{table}.csv" for table in tables)
        how = f", {self.attrs['kit:howChecked']}" if self.attrs.get("kit:howChecked") else ""
        return f"Dates: see data/README.md; as recorded in {files}{how}."


def members_of(rows: Rows) -> Members:
    """Return the Members of a members table; rows without a date are left out."""
    table = steps([row for row in rows if row["accession_date"]])
    rounds = zip(table["date"].dt.date, table["members"], table["joined"], strict=True)
    return Members(list(rounds), rows.attrs)


def _alt_text(members):
    rounds = members.rounds
    if not rounds:
        return f"Empty chart of {members.name}: the table holds no member with a date."
    text = f"Step chart of the number of {members.name} over the years: {members.ends}."
    if len(rounds) == 1:
        return text
    jumps = [(later - now, day) for (_, now, _), (day, later, _) in pairwise(rounds)]
    most, when = max(jumps, key=lambda jump: jump[0])
    between = ", ".join(f"{count} from {day.year}" for day, count, _ in rounds[1:-1])
    text += f" It only rises, in {len(jumps)} rounds; the largest, in {when.year}, added {most}."
    return text + (f" In between: {between}." if between else "")


@chart(COLUMNS, alt_text=_alt_text, read=members_of)
def enlargement(members: Members, ax: Axes | None) -> Axes:
    """Draw the number of members as steps, every round named beside its step.

    It takes a DataFrame, one row a member, with `country` and `accession_date` (full day); its
    attrs may say whose members they are, what a date means and how it was checked, as
    kit.data.tables has it.

    >>> import kit
    >>> kit.charts.enlargement(kit.data.load().enlargement).get_ylabel()
    'members'
    """
    rounds = members.rounds
    ax = style.sheet(ax, 6, narrow=7)
    if not rounds:
        why = "No chart: the table holds no member with a date."
        return style.empty_chart(ax, members.name, why)
    (line,) = ax.plot(*corners(rounds), color=style.GREY, gid="members")
    _set_axes(ax, rounds, line)
    whole, first = members.attrs.get("kit:membersOf", "Membership"), rounds[0][1]
    title = f"{whole} grew from {first} to {rounds[-1][1]} members in {len(rounds) - 1} rounds"
    if len(rounds) == 1:
        title = f"{whole} began with {first} members"
    source = f"{members.attrs.get('kit:dateMeans', '')} {members.source('enlargement')}".strip()
    style.frame(ax, title, (READING,), source)
    _name_rounds(ax, rounds, style.boxes_of_line(ax, *line.get_data(orig=False)))
    return ax


def corners(rounds: list[Round]) -> tuple[list[date], list[int]]:
    """Return the corners of the step line, dates and members; it ends two years after the last."""
    end = rounds[-1][0] + timedelta(days=2 * YEAR)
    days = [day for day, *_ in rounds for _ in range(2)]
    return [*days[1:], end], [members for _, members, _ in rounds for _ in range(2)]


def _set_axes(ax, rounds, line):
    first, *_, last = date2num(line.get_xdata())
    low, high = rounds[0][1], rounds[-1][1]
    ax.set_xlim(first - 2 * YEAR, last + YEAR)
    ax.set_ylim(low - 0.06 * (high - low) - 1, high + 0.06 * (high - low) + 1)
    ax.set_yticks(sorted({low, *range(5 * (low // 5 + 1), high, 5), high}))
    ax.set_ylabel("members")
    year_axis(ax)


def year_axis(ax: Axes) -> None:
    """Put plain years on the x axis, a few of them, at most twenty years apart."""
    room = ax.viewLim.width / YEAR / (4.5 if style.is_narrow(ax) else 9)
    ax.xaxis.set_major_locator(YearLocator(next((n for n in (1, 2, 5, 10) if n > room), 20)))
    ax.xaxis.set_major_formatter(DateFormatter("%Y"))


def _name_rounds(ax, rounds, taken):
    for number, (day, members, joined) in enumerate(rounds):
        spot = date2num(day), members
        founding = f"{span(day.isoformat())}: {plural(members, 'founder')}"
        text = f"{day.year}: {members} · {joined}" if number else founding
        left = (ax.transData.transform(spot)[0] - ax.get_window_extent().x0) * style.points(ax)
        text = style.wrapped(text, min(320, left - 8) if left > 100 else 150, style.SMALL)
        places = _places(ax, rounds, number)
        looks = {"size": style.SMALL, "color": style.INK, "gid": f"round-{day.year}"}
        style.place(ax, text, spot, places, taken, keep=True, **looks)


def _places(ax, rounds, number):
    """Left of the step first (the upper left of a rising line is empty), else below and right."""
    to_right = [(2, 4, "left", "bottom"), (3, -4, "left", "top")]
    if number + 1 < len(rounds):
        here, there = (date2num(rounds[number + n][0]) for n in (0, 1))
        pixels = ax.transData.transform([(here, 0), (there, 0)])[:, 0]
        gap = (pixels[1] - pixels[0]) * style.points(ax)
        to_right.insert(0 if there - here < 5 * YEAR else 2, (gap + 5, 0, "left", "center"))
    lifts = [(-5, dy, "right", "center") for dy in (0, 1.5, 3, 4.5, 6, -3, -6, 8, 10)]
    return [*lifts, *to_right]
