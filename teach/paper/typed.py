"""The rows of the file that somebody typed: whose answer, to which field, and what it says.

Any table with the columns code, field and answer will do, as a spreadsheet or an editor saves it.
"""

from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from teach.files import read_bytes
from teach.lms.sheet import LmsError, Sheet

HEADS = ("code", "field", "answer")


class PaperError(KitError):
    """Nothing was handed in; the message is one sentence: what, where, what to do."""


class Row(NamedTuple):
    """One typed row: where it stands ("typed.csv, line 3"), and its three cells.

    fault: what is wrong with the row as a whole, "" if nothing is.
    """

    where: str
    code: str
    field: str
    answer: str
    fault: str = ""


def rows(path):
    """Return the Rows of the file at `path` that hold an answer; raise PaperError.

    A row without an answer was prepared and not needed.
    """
    path = Path(path)
    raw = read_bytes(path)
    try:
        sheet = Sheet.read(raw, path.name, lambda top: set(HEADS) <= set(_plain(top)))
    except LmsError as error:
        raise PaperError(f"{error} Its columns must be {', '.join(HEADS)}.") from None
    places = [_plain(sheet.values(0)).index(head) for head in HEADS]
    found = [_row(sheet, number, places) for number in range(1, len(sheet.rows))]
    return [row for row in found if row.answer or row.fault]


def _plain(heads):
    return [head.strip().casefold() for head in heads]


def _row(sheet, number, places):
    values, width = sheet.values(number), len(sheet.rows[0].cells)
    where = f"{sheet.name}, line {sheet.rows[number].line}"
    fault = ""
    if any(value.strip() for value in values[width:]):
        fault = (
            f"{len(values)} cells where the first line has {width}; put an answer that holds the "
            "sign between the cells in quotation marks"
        )
    filled = [*values, *[""] * width]
    return Row(where, *(filled[place].strip() for place in places), fault)
