"""Dates that say no more than is known: a month stays a month, "no earlier than" has no end.

They are written in a subset of EDTF, level 1 (Extended Date/Time Format, ISO 8601-2:2019):

| written                               | in words                       |
|---------------------------------------|--------------------------------|
| `1955`, `1955-05`, `1955-05-25`       | 1955, May 1955, 25 May 1955    |
| `199X`                                | the 1990s                      |
| `1955~`, `1955?`, `1955%`             | about, perhaps, perhaps about  |
| `1991/1992`                           | 1991 to 1992                   |
| `1991/..`                             | no earlier than 1991           |
| `../1955`                             | no later than 1955             |

An interval stands for a date somewhere inside it, both ends included; its ends may have any of
the forms above it. "About" and "perhaps" widen nothing: nobody said how far they reach.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kit.errors import KitError

MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]
OPEN = ".."
DOUBTS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_FORM = re.compile(r"(\d{3})(?:X|(\d)(?:-(\d{2})(?:-(\d{2}))?)?)([~?%]?)", re.ASCII)


class DateError(KitError, ValueError):
    """A date that cannot be read, or that cannot be as it stands beside others."""


class Span(NamedTuple):
    """The days a date may mean.

    start, end: first and last possible day (`datetime.date`), both included; the first or the
    last day of the calendar (`date.min`, `date.max`) where that end is open.
    precision: "day", "month", "year", "decade" or "interval". text: the date as it was written.

    >>> str(span("1990-05")), str(span("1990~")), str(span("1990-05-25/.."))
    ('May 1990', 'about 1990', 'no earlier than 25 May 1990')
    """

    start: date
    end: date
    precision: str
    text: str

    def __str__(self) -> str:
        """Write the date in words, no more exact than it is."""
        first, _, last = self.text.partition("/")
        if first == OPEN:
            return f"no later than {_in_words(last)}"
        if last == OPEN:
            return f"no earlier than {_in_words(first)}"
        return " to ".join(_in_words(end) for end in (first, last) if end)

    @property
    def is_open(self) -> tuple[bool, bool]:
        """Whether it has no earliest day, and whether it has no latest one."""
        return self.text.startswith(OPEN), self.text.endswith(OPEN)

    @property
    def is_sure(self) -> bool:
        """True where nothing in it is only about right, or perhaps."""
        return not set(self.text) & set("~?%")

    @property
    def is_plain(self) -> bool:
        """True for a sure day, month or year; all else says what is not known about it."""
        return self.is_sure and self.precision in ("day", "month", "year")

    @property
    def known(self) -> "Span":
        """The Span without its open end: the date that it is no earlier or no later than."""
        return span(self.text.replace(OPEN, "").strip("/"))

    @property
    def full(self) -> str:
        """The date in words, and how exact it is where the words may hide it: May 1990 (month)."""
        return str(self) if self.precision == "interval" else f"{self} ({self.precision})"


def span(text: str | Span) -> Span:
    """Read a date of the forms above, such as "1990-05", "1990~", "1990/1991" or "1990/..".

    A Span is returned as it is. Raises DateError for anything else: a missing date ("") is not a
    span, so ask first.

    >>> span("1990-05")[:3]
    (datetime.date(1990, 5, 1), datetime.date(1990, 5, 31), 'month')
    """
    if isinstance(text, Span):
        return text
    try:
        when = _parsed(text)
    except (AttributeError, TypeError, ValueError):
        like = "2000, 2000-03, 2000-03-05, 2000~, 1999/2000, 2000/.. or ../2000"
        raise DateError(f'"{text}" is not a date; write one like {like}') from None
    if when.start > when.end:
        raise DateError(f'"{text}" is not a date, as it ends before it begins; turn it round')
    return when


@lru_cache(maxsize=1000)
def _parsed(text):
    first, slash, last = text.partition("/")
    if not slash:
        return _plain(text)
    if first == last == OPEN:
        raise ValueError
    start = date.min if first == OPEN else _plain(first).start
    end = date.max if last == OPEN else _plain(last).end
    return Span(start, end, "interval", text)


def _plain(text):
    """One date without a stroke; ValueError if it is none, AttributeError if it has no form."""
    decade, digit, month, day, _ = _FORM.fullmatch(text).groups()
    first = date(int(decade + (digit or "0")), int(month or 1), int(day or 1))
    if day:
        return Span(first, first, "day", text)
    if month:
        days = monthrange(first.year, first.month)[1]
        return Span(first, first.replace(day=days), "month", text)
    last = first.replace(year=first.year + (0 if digit else 9), month=12, day=31)
    return Span(first, last, "year" if digit else "decade", text)


def _in_words(text):
    plain = text.rstrip("~?%")
    year, *rest = (part.lstrip("0") for part in plain.split("-"))
    if year.endswith("X"):
        year = f"the {plain[:3]}0s"
    month = [MONTHS[int(number) - 1] for number in rest[:1]]
    return DOUBTS[text[len(plain) :]] + " ".join([*rest[1:], *month, year])
