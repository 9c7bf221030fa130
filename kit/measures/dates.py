"""Dates: members on a day, and the time between an event and its telling.

A date is a Span, or a text that kit.data.span reads: "1952", "1952-02", "1952-02-18", "1952/1955",
"1952/..". What rests on one is a range, from the least to the most it can be (None: no most), never
a false point. Nothing here imports pandas until a table is made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from kit.data import Case, Span, span
from kit.data.spans import DateError

if TYPE_CHECKING:
    import pandas as pd

Table = Any  # a DataFrame, or its rows as a list of dicts
COLUMNS = ["lane", "label", "event_date", "told_date", "quote", "source"]  # of `tellings`
MONTH = 31  # days; up to this a lag is worded in days


class Range(NamedTuple):
    """The lowest and highest value a count can have; high is None where there is no highest.

    >>> str(Range(12, 14)), str(Range(16, 16)), str(Range(16, None))
    ('12 to 14', '16', '16 or more')
    """

    low: int
    high: int | None

    def __str__(self) -> str:
        """Write the range in words."""
        if self.high is None:
            return f"{self.low} or more"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


class Lag(NamedTuple):
    """The least and most time from event to telling, in days and full years; None: no most.

    >>> Lag(5967, 6362, 16, 17).years, Lag(0, 26, 0, 0).years, Lag(5967, None, 16, None).years
    ('16 to 17 years', '0 to 26 days', '16 years or more')
    """

    low: int
    high: int | None
    low_years: int
    high_years: int | None

    @property
    def years(self) -> str:
        """The lag in words: full years, or days up to a month."""
        if self.high is None or self.high_years is None:
            if self.low == 0:
                return "same day or later"
            least, unit = (self.low_years, "year") if self.low_years else (self.low, "day")
            return f"{_counted(least, least, unit)} or more"
        if self.high == 0:
            return "same day"
        if self.high <= MONTH:
            return _counted(self.low, self.high, "day")
        if self.low_years == 0:
            return "under a year" if self.high_years == 0 else f"under {self.high_years + 1} years"
        return _counted(self.low_years, self.high_years, "year")


def members_on(enlargement: Table, when: str | Span) -> Range:
    """Number of members on a date; a member counts from the day of its accession.

    enlargement: a DataFrame or list of dicts with `country` and `accession_date`. Nobody has left,
    so nobody is taken off. low and high differ if somebody may have joined inside the span. Where
    `when` has no end there is no highest number. Raises DateError, also for a missing date.

    >>> members = [
    ...     {"country": "France", "accession_date": "1949-04-04"},
    ...     {"country": "Greece", "accession_date": "1952-02-18"},
    ... ]
    >>> members_on(members, "1952-02-18"), str(members_on(members, "1952"))
    (Range(low=2, high=2), '1 to 2')
    """
    asked = span(when)
    joined = [span(row["accession_date"]) for row in _rows(enlargement)]
    surely = sum(day.end <= asked.start for day in joined)
    perhaps = sum(day.start <= asked.end for day in joined)
    return Range(surely, None if asked.is_open[1] else perhaps)


def lag(event: str | Span, told: str | Span) -> Lag:
    """Days and full years from an event to its telling; in words with `.years`.

    An anniversary completes a year. Where the two spans overlap, the fewest is 0. Where the event
    has no earliest or the telling no latest day, there is no most. Raises DateError, also for a
    telling before its event.

    >>> lag("2000-06", "2017-06-03")
    Lag(low=6182, high=6211, low_years=16, high_years=17)
    """
    first, second = span(event), span(told)
    if second.end < first.start:
        raise DateError(
            f"told {second}, but the event is dated {first}: nothing can be told before it "
            "happens, so one of the two dates is wrong, or they are swapped; check both."
        )
    least = max(0, (second.start - first.end).days)
    low_years = max(0, _full_years(first.end, second.start))
    if first.is_open[0] or second.is_open[1]:
        return Lag(least, None, low_years, None)
    most = (second.end - first.start).days
    return Lag(least, most, low_years, _full_years(first.start, second.end))


def _full_years(start, end):
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def steps(enlargement: Table) -> pd.DataFrame:
    """How the number of members grew, one row per day on which somebody joined, in order.

    `enlargement` as in `members_on`. Columns: `date` (timestamp), `members` (count from that day
    on), `joined` (the countries, comma-separated). A date without its day raises DateError.

    >>> members = [{"country": "France", "accession_date": "1949-04-04"}]
    >>> steps(members)
            date  members  joined
    0 1949-04-04        1  France
    """
    import pandas as pd

    rows = sorted((_day(row), row["country"]) for row in _rows(enlargement))
    days = pd.DataFrame(rows, columns=["date", "joined"]).groupby("date")["joined"]
    table = days.agg([("members", "size"), ("joined", ", ".join)]).reset_index()
    return table.assign(date=pd.to_datetime(table["date"]), members=table["members"].cumsum())


def _day(row):
    day = span(row["accession_date"])
    if day.precision != "day" or not day.is_sure:
        what = f"{row['country']} is dated {day}, which is no sure day, so its step has no place"
        raise DateError(f"{what}; give the day of its accession, or leave the row out.")
    return day.start


def days(dates: pd.Series) -> pd.DataFrame:
    """The first and last day that each date may mean, to calculate and to draw with.

    dates: a column of texts as kit.data.span reads them, "" is missing. Returns two columns of
    timestamps with its index, NaT where there is none. Raises DateError.

    >>> import pandas as pd
    >>> days(pd.Series(["1990-05", "1991/.."]))
           first       last
    0 1990-05-01 1990-05-31
    1 1991-01-01        NaT
    """
    import pandas as pd

    spans = [span(text) if text else None for text in dates]
    first = [None if when is None or when.is_open[0] else when.start for when in spans]
    last = [None if when is None or when.is_open[1] else when.end for when in spans]
    columns = {"first": pd.to_datetime(first), "last": pd.to_datetime(last)}
    return pd.DataFrame(columns, index=dates.index)


def tellings(case: Case) -> pd.DataFrame:
    """The table of the main chart: what each text tells, and the earliest it can have told it.

    One row per text and date of the claims about an approach that have a date, in the order
    of the texts and then of the dates. Columns: `lane` (text id), `label` (the date in words),
    `event_date`, `told_date` ("2009-04/.." where April 2009 is the editors' earliest possible date
    of the text; "" without a key), `quote` (the exact words of each claim, one claim a line) and
    `source` (line by line the text's name and the claim's id).

    >>> from kit.data import load
    >>> tellings(load())[["lane", "label", "source"]].loc[1].to_list()
    ['blog', '2000', 'Blog, C07\\nBlog, C08\\nBlog, C10']
    """
    import pandas as pd

    return pd.DataFrame(telling_rows(case), columns=COLUMNS)


def telling_rows(case: Case) -> list[tuple[str, ...]]:
    """The rows of `tellings`, without pandas."""
    ratings = case.key.rows("ratings") if case.key else []
    earliest = {row["text_id"]: f"{row['no_earlier_than']}/.." for row in ratings}
    about = {row["proposition_id"]: row["about"] for row in case.rows("propositions")}
    claims = defaultdict(list)
    for row in case.rows("claims"):
        if row["about_date"] and about[row["proposition_id"]] == "approach":
            claims[row["text_id"], row["about_date"]].append(row)
    texts = list(case.texts)
    rows: list[tuple[str, ...]] = []
    for text, day in sorted(claims, key=lambda pair: (texts.index(pair[0]), pair[1])):
        quotes = "\n".join(_line(c["quote"]) for c in claims[text, day])
        sources = "\n".join(f"{case.names[text]}, {c['claim_id']}" for c in claims[text, day])
        rows.append((text, str(span(day)), day, earliest.get(text, ""), quotes, sources))
    return rows


def recollections(case: Case) -> pd.DataFrame:
    """The same table for the record: accounts that rest on one person's word, witness by witness.

    `lane` is the witness, `label` the record id, `told_date` the earliest day on which it was seen
    made public, `quote` the record's short quote ("" if it has none), `source` its id and the title
    of its source.

    >>> from kit.data import load
    >>> recollections(load())[["event_date", "told_date"]].loc[0].to_list()
    ['2000-06', '2017-06-03']
    """
    import pandas as pd

    records = [row for row in case.rows("record") if row["witness"]]
    witnesses = list(dict.fromkeys(row["witness"] for row in records))
    rows = []
    for row in sorted(records, key=lambda row: witnesses.index(row["witness"])):
        doubt = " (unverified)" if row["verification"] == "unverified" else ""
        source = _line(f"{row['record_id']}: {row['source_title']}") + doubt
        dates = row["event_date"], row["told_date"]
        rows.append((row["witness"], row["record_id"], *dates, _line(row["short_quote"]), source))
    return pd.DataFrame(rows, columns=COLUMNS)


def _line(text):
    """A quote on one line, all else as it is."""
    return " ".join(text.splitlines())


def _rows(table):
    return table.to_dict("records") if hasattr(table, "to_dict") else table


def _counted(low, high, unit):
    return f"{Range(low, high)} {unit}" + ("" if high == 1 else "s")
