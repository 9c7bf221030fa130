"""Dates as an author types them, read as EDTF: “May 1990” is 1990-05, “about 1990” is 1990~.

Only what can be read in one way is read. 3/5/1990 is the third of May to some and the fifth of
March to others; “before 1990” may or may not leave 1990 out. Such a date is left as it was typed,
and the form says how to write one.
"""

import re

from kit.data import span
from kit.data.spans import DOUBTS, MONTHS, DateError

_SHORT = {name[:3].lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_PLAIN = [
    re.compile(form)
    for form in (
        _YEAR,
        rf"{_MONTH},? {_YEAR}",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
    )
]
_DECADE = re.compile(r"(?:the )?(\d{3})0s")
_DOUBT = re.compile(
    r"(?P<both>perhaps about |about\? )|(?P<about>about |around |circa |ca?\.? ?|roughly )"
    r"|(?P<perhaps>perhaps |possibly |probably |maybe )"
)
_RANGE = re.compile(
    r"(?:between |from )?(.+?)(?: and | to | until |\s*[–—]\s*| - |(?<=^\d{4})-(?=\d{4}$))(.+)"
)
_OPEN = {
    r"(?:no earlier than|not before|since|from) (.+)|(.+) or later": "{}/..",
    r"(?:no later than|not after|until|by) (.+)|(.+) or earlier": "../{}",
}


def as_edtf(text: str) -> str:
    """Return a date in the form that the tables have; what cannot be read stays as it is.

    >>> [as_edtf(t) for t in ("May 1990", "about 1990", "25 May 1990", "the 1990s", "1990-05")]
    ['1990-05', '1990~', '1990-05-25', '199X', '1990-05']
    >>> [as_edtf(t) for t in ("between May 1990 and 1992", "since 1990", "by 1955", "3/5/1990")]
    ['1990-05/1992', '1990/..', '../1955', '3/5/1990']
    """
    typed = " ".join(text.split())
    found = _read(typed.lower())
    return found if found and _is_date(found) else typed


def understood(text: str) -> str:
    """Return in a sentence how a date is understood; "" for what is no date.

    >>> understood("1990-05"), understood("1990~"), understood("May 199")
    ('Understood as May 1990 (month).', 'Understood as about 1990 (year).', '')
    """
    return f"Understood as {span(text).full}." if _is_date(text) else ""


def _is_date(text):
    try:
        return bool(span(text))
    except DateError:
        return False


def _read(text):
    """The EDTF of a date in small letters; None if it is none."""
    if _is_date(text.upper()):
        return text.upper()
    if found := _one(text):
        return found
    for form, edtf in _OPEN.items():
        if (match := re.fullmatch(form, text)) and (date := _one(match[1] or match[2])):
            return edtf.format(date)
    if match := _RANGE.fullmatch(text):
        ends = [_one(end) for end in match.groups()]
        return "/".join(end for end in ends if end) if all(ends) else None
    return None


def _one(text):
    """A date that is no interval, with its doubt."""
    doubt = _DOUBT.match(text)
    words = {"both": "%", "about": "~", "perhaps": "?"}
    sign = words[str(doubt.lastgroup)] if doubt else ""
    text = text[doubt.end() :] if doubt else text
    if decade := _DECADE.fullmatch(text):
        return f"{decade[1]}X{sign}"
    date = _plain(text) or (text if text[-1:] not in DOUBTS and _is_date(text) else "")
    return date + sign if date else None


def _plain(text):
    for form in _PLAIN:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            month = parts.get("month") and _number(parts["month"])
            if month == "":
                return None
            day = parts.get("day") and f"{int(parts['day']):02}"
            return "-".join(filter(None, (parts["year"], month, day)))
    return None


def _number(month):
    """ "05" for May, whole or short; "" for what is no month."""
    names = [name.lower() for name in MONTHS]
    is_month = month in names or month in (*_SHORT, "sept")
    return _SHORT[month[:3]] if is_month else ""
