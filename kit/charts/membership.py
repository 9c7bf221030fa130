"""The members over time: a grey step line, each round labelled beside its step."""

from datetime import timedelta

from matplotlib.dates import DateFormatter, YearLocator, date2num

from kit.charts import style
from kit.charts.labels import boxes_of_line, place, wrapped
from kit.charts.style import look, read
from kit.data import span
from kit.measures import steps

COLUMNS = ("country", "accession_date")
YEAR = 365.25


@look()
def enlargement(table, ax=None):
    """Draw the number of members as steps, every round named beside its step.

    table: DataFrame, one row a member, with `country` and `accession_date` (full day); its attrs
    may say whose members they are, what a date means and how it was checked, as kit.data.tables has
    it.
    Returns the Axes. Raises ValueError, one sentence, for a missing column or a bad date.

    >>> import kit
    >>> kit.charts.enlargement(kit.data.load().enlargement).get_title()
    'NATO grew from 12 to 32 members in 10 rounds'
    """
    rounds = rounds_of(table)
    ax = style.sheet(ax)
    if len(rounds) == 0:
        return style.say(ax, members_of(table), "No chart: the table holds no member with a date.")
    xs, ys = corners(rounds, rounds[-1][0] + timedelta(days=2 * YEAR))
    (line,) = ax.plot(xs, ys, color=style.GREY, gid="members")
    _set_axes(ax, rounds, line)
    style.frame(ax, _title(table, rounds), (READING,), _source(table))
    _name_rounds(ax, rounds, boxes_of_line(ax, *line.get_data(orig=False)))
    return ax


READING = "Each label: year of the round, members after it, who joined."


def rounds_of(table):
    """Return the rounds in order: list of (day, members after it, names of who joined).

    Rows without a date are left out; ValueError for a date without its day.
    """
    rows = [row for row in read(table, COLUMNS, "enlargement") if row["accession_date"]]
    table = steps(rows)
    return list(zip(table["date"].dt.date, table["members"], table["joined"], strict=True))


def corners(rounds, until):
    """Return the corners of the step line as two lists: dates and members."""
    xs, ys = [], []
    for (day, members, _), (later, *_) in zip(rounds, [*rounds[1:], (until,)], strict=True):
        xs += [day, later]
        ys += [members, members]
    return xs, ys


def _set_axes(ax, rounds, line):
    first, last = date2num(line.get_xdata()[0]), date2num(line.get_xdata()[-1])
    low, high = rounds[0][1], rounds[-1][1]
    ax.set_xlim(first - 2 * YEAR, last + YEAR)
    ax.set_ylim(low - 0.06 * (high - low) - 1, high + 0.06 * (high - low) + 1)
    ax.set_yticks(sorted({low, *range(5 * (low // 5 + 1), high, 5), high}))
    ax.set_ylabel("members")
    year_axis(ax)


def year_axis(ax):
    """Put plain years on the x axis, ten years apart."""
    ax.xaxis.set_major_locator(YearLocator(10))
    ax.xaxis.set_major_formatter(DateFormatter("%Y"))


def members_of(table):
    """Return whose members a members table holds: "NATO members", or "members" if it doesn't say.

    >>> import kit
    >>> members_of(kit.data.load().enlargement)
    'NATO members'
    """
    return f"{table.attrs.get('kit:membersOf', '')} members".strip()


def _title(table, rounds):
    whole, first, last = table.attrs.get("kit:membersOf", "Membership"), rounds[0][1], rounds[-1][1]
    if len(rounds) == 1:
        return f"{whole} began with {first} members"
    return f"{whole} grew from {first} to {last} members in {len(rounds) - 1} rounds"


def _source(table):
    return f"{table.attrs.get('kit:dateMeans', '')} {style.source(table, 'enlargement')}".strip()


def _name_rounds(ax, rounds, taken):
    for number, (day, members, joined) in enumerate(rounds):
        names = wrapped(joined, 290, style.SMALL)
        text = f"{day.year}: {members}  {names}" if number else _founding(rounds)
        place(
            ax, text, (date2num(day), members), _places(ax, rounds, number), taken, keep=True,
            size=style.SMALL, color=style.INK, gid=f"round-{day.year}",
        )  # fmt: skip


def _founding(rounds):
    day, members, _ = rounds[0]
    return f"{span(day.isoformat())}: {members} {'founders' if members > 1 else 'founder'}"


def _places(ax, rounds, number):
    """Left of the step first (the upper left of a rising line is empty), else below and right."""
    to_right = [(2, 4, "left", "bottom"), (3, -4, "left", "top")]
    if number + 1 < len(rounds):
        here, there = (date2num(rounds[number + n][0]) for n in (0, 1))
        pixels = ax.transData.transform([(here, 0), (there, 0)])[:, 0]
        gap = (pixels[1] - pixels[0]) * 72 / ax.get_figure(root=True).dpi
        to_right.insert(0 if there - here < 5 * YEAR else 2, (gap + 5, 0, "left", "center"))
    lifts = [(-5, dy, "right", "center") for dy in (0, 1.5, 3, 4.5, 6, -3, -6, 8, 10)]
    return [*lifts, *to_right]
