"""Numbers as the platforms write them: with a point or a comma, compared at two decimals."""

import re
from decimal import ROUND_HALF_UP, Decimal

from teach.lms.cells import LmsError

NUMBER = re.compile(r"[-+]?[0-9]{1,12}(?:([.,])[0-9]{1,12})?")
CENT = Decimal("0.01")


def number(text):
    """The Decimal a cell holds, whether with a point or a comma; None if it is no plain number.

    Neither `1,234.50` nor `12 %` nor `5. Mar` is one: a date that once was a number stays a date.

    >>> number(" 85,50 "), number("EX"), number("1,234.50")
    (Decimal('85.50'), None, None)
    """
    text = text.strip()
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def rounded(value):
    """A Decimal at two decimals; a half goes up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def written(value, comma):
    """A Decimal as text with at most two decimals and no zeros at its end.

    >>> written(Decimal("85.50"), comma=True), written(Decimal("100.00"), comma=False)
    ('85,5', '100')
    """
    text = f"{rounded(value):f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def uses_comma(column, others, delimiter, where):
    """Does the file write decimals with a comma?

    What the column that is filled (with its maximum) shows decides; if it shows no decimals, the
    file's `others`; if these show none, or both ways, the delimiter: a semicolon stands where the
    comma is taken. Raises LmsError if the column itself shows both ways.

    >>> uses_comma(["85,5", ""], ["2.5"], ",", "Grade")
    True
    """
    here, elsewhere = _signs(column), _signs(others)
    if len(here) == 2:
        raise LmsError(
            f"{where} holds numbers with a decimal point and with a decimal comma; "
            "make them alike in the platform and export again."
        )
    signs = here or (elsewhere if len(elsewhere) == 1 else set())
    return signs == {","} if signs else delimiter == ";"


def _signs(cells):
    found = (NUMBER.fullmatch(cell.strip()) for cell in cells)
    return {match[1] for match in found if match and match[1]}
