"""Reads what a learner types into a number or a date, and says kindly when it cannot."""

import re

from kit import data
from kit.data.dates import MONTHS
from kit.exercises.values import as_value

_GROUPS = re.compile(r"[-−+]?\d{1,3}(,\d{3})+")
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
    """A date as exact as you know it: 2009, 2009-04, April 2009, 4 April 2009.

    Returns the partial date as text ("2009-04"). Raises ValueError with a sentence.

    >>> read_date("April 2009"), read_date("4 April 2009"), read_date("2009")
    ('2009-04', '2009-04-04', '2009')
    """
    written = _from_words(text) or text.strip()
    try:
        data.span(written)
    except ValueError:
        raise ValueError(
            f"“{text.strip()}” is not a date I can read: "
            "write it like 1990, 1990-05, 1990-05-25 or 25 May 1990."
        ) from None
    return written


def _from_words(text):
    """ "4 April 2009", "April 4, 2009" and "April 2009" as ISO text; "" for anything else."""
    words = re.findall(r"[^\s,.]+", text.lower())
    months = [_NUMBERED[word] for word in words if word in _NUMBERED]
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(word) for word in words if re.fullmatch(r"\d{1,2}", word)]
    if len(words) != 2 + len(days) or (len(months), len(years)) != (1, 1) or len(days) > 1:
        return ""
    return "-".join([years[0], f"{months[0]:02}", *(f"{day:02}" for day in days)])
