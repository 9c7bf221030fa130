"""Dates that keep their precision: a month stays a month, never its first day."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Span(NamedTuple):
    """The days a partial date may mean.

    start, end: first and last possible day (`datetime.date`), both included.
    precision: "day", "month" or "year".

    >>> str(span("1990-05")), str(span("1990")), str(span("1990-05-25"))
    ('May 1990', '1990', '25 May 1990')
    """

    start: date
    end: date
    precision: str

    def __str__(self):
        """Write the date in words, no more exact than it is."""
        year, month, day = self.start.timetuple()[:3]
        words = {"day": f"{day} {MONTHS[month - 1]} {year}", "month": f"{MONTHS[month - 1]} {year}"}
        return words.get(self.precision, f"{year}")


def span(text):
    """Read a partial date: "1990", "1990-05" or "1990-05-25" (ISO 8601, Gregorian).

    Returns a Span. Raises ValueError, in one sentence, for anything else: a missing
    date ("") is not a span, so ask first.

    >>> span("1990-05")
    Span(start=datetime.date(1990, 5, 1), end=datetime.date(1990, 5, 31), precision='month')
    >>> span("1990-02-30")
    Traceback (most recent call last):
    ...
    ValueError: "1990-02-30" is not a date; write one like 2000, 2000-03 or 2000-03-05
    """
    form = _FORM.fullmatch(text) if isinstance(text, str) else None
    try:
        return _widen(*(part and int(part) for part in form.groups()))
    except (AttributeError, ValueError):
        raise ValueError(
            f'"{text}" is not a date; write one like 2000, 2000-03 or 2000-03-05'
        ) from None


def _widen(year, month, day):
    if day:
        only = date(year, month, day)
        return Span(only, only, "day")
    if month:
        first = date(year, month, 1)
        return Span(first, first.replace(day=monthrange(year, month)[1]), "month")
    return Span(date(year, 1, 1), date(year, 12, 31), "year")
