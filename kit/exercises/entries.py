"""Reads what a learner types into a number or a date, and says kindly when it cannot."""

import re

from kit import data
from kit.data.spans import MONTHS
from kit.exercises.values import as_value

LONGEST = 80  # characters of a date in words
_GROUPS = re.compile(r"[-−+]?\d{1,3}(,\d{3})+")
_SAID = [  # in words, and how EDTF writes it; "before" and "since" can be read in two ways
    (r"no(?:t)? (?:earlier|sooner) than (.+)|not before (.+)|(.+) (?:or|and) later", "{}/.."),
    (r"no(?:t)? later than (.+)|not after (.+)|(.+) (?:or|and) (?:earlier|before)", "../{}"),
    (r"between (.+) and (.+)|(?:from )?(.+) to (.+)|([^-]+)\s?–\s?([^-]+)", "{}/{}"),
    (r"perhaps about (.+)", "{}%"),
    (r"(?:about|around|circa|ca?\.?) (.+)", "{}~"),
    (r"(?:perhaps|maybe|possibly) (.+)", "{}?"),
    (r"(?:the )?(\d{3})0s", "{}X"),
]
_NUMBERED = {name[:length].lower(): n for n, name in enumerate(MONTHS, 1) for length in (3, None)}


def read_number(text, unit=""):
    """Digits with a decimal point or comma and, if you like, spaces and the unit.

    Returns int or float. Raises ValueError with a sentence for anything else.

    >>> read_number("1 234"), read_number("12,5"), read_number("14 members", "members")
    (1234, 12.5, 14)
    """
    plain = re.sub(r"\s", "", text.strip().removesuffix(unit or " ")).replace("−", "-")
    if _GROUPS.fullmatch(plain):
        joined = plain.replace(",", "")
        raise ValueError(
            f"“{text.strip()}” can be read in two ways: write {joined}, or use a decimal point."
        )
    if not re.fullmatch(r"[-+]?\d+([.,]\d+)?", plain):
        raise ValueError(f"“{text.strip()}” is not a number I can read: write it like 14 or 12,5.")
    return as_value("number", plain)


def read_date(text):
    """A date as exact as you know it: 2009, 2009-04, April 2009, 4 April 2009; or with a doubt.

    Returns it as kit.data.span reads it ("2009-04"). Raises ValueError with a sentence.

    >>> read_date("April 2009"), read_date("4 April 2009"), read_date("2009")
    ('2009-04', '2009-04-04', '2009')
    >>> read_date("no earlier than April 2009"), read_date("between 1991 and 1992")
    ('2009-04/..', '1991/1992')
    """
    written = _from_words(text)
    try:
        data.span(written)
    except ValueError:
        raise ValueError(
            f"“{text.strip()}” is not a date I can read. Write it like 1990, 1990-05, 25 May 1990, "
            "1990/.. (no earlier than 1990), ../1990 (no later), 1990/1991 or 1990~ (about)."
        ) from None
    return written


def understood(text):
    """A date that `read_date` gave, in a sentence.

    >>> understood("2009-04"), understood("2009-04/..")
    ('Understood as April 2009, exact to the month.', 'Understood as: no earlier than April 2009.')
    """
    when = data.span(text)
    if when.is_plain:
        return f"Understood as {when}, exact to the {when.precision}."
    return f"Understood as: {when}."


def _from_words(text):
    """The text as EDTF where its words are known; else as it is, without spaces around it."""
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        return plain
    if "/" in plain:
        return "/".join(_from_words(each) for each in plain.split("/"))
    for words, edtf in _SAID:
        if found := re.fullmatch(words, plain, re.IGNORECASE):
            return edtf.format(*(_from_words(each) for each in found.groups() if each))
    return _from_month(plain) or plain


def _from_month(text):
    """ "4 April 2009", "April 4, 2009" and "April 2009" as ISO text; "" for anything else."""
    words = re.findall(r"[^\s,.]+", text.lower())
    months = [_NUMBERED[word] for word in words if word in _NUMBERED]
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(word) for word in words if re.fullmatch(r"\d{1,2}", word)]
    if len(words) != 2 + len(days) or (len(months), len(years)) != (1, 1) or len(days) > 1:
        return ""
    return "-".join([years[0], f"{months[0]:02}", *(f"{day:02}" for day in days)])
