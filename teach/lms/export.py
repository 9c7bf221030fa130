"""What every platform's export is asked: which column, which rows, by what learners are known.

A learner's row must have as many cells as the first line: an unquoted comma in a name would
move every mark to the wrong place.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from teach.lms.cells import LmsError, Sheet
from teach.lms.points import number


class Export(NamedTuple):
    """An export and what stands where in it.

    column: the one to fill. learners: the rows of learners. keys: {heads: columns} by which a
    learner is known, the surest first. maximum: of the column; None if the file does not say.
    kept: {what a cell holds: what it means}, cells that are left as they are. locked: rows the
    platform lets nobody change. lead: what ids begin with here and may lack elsewhere.
    unsure: a sentence about what could not be read from the file.
    """

    sheet: Sheet
    column: int
    learners: list
    keys: dict
    maximum: Decimal | None = None
    kept: Mapping = MappingProxyType({})
    locked: frozenset = frozenset()
    lead: str = ""
    unsure: str = ""


def chosen(sheet, named, places):
    """The place of the column to fill: the one named, or the only one among `places`."""
    heads = sheet.values(0)
    fitting = [place for place in places if named in (None, heads[place])]
    if len(fitting) == 1:
        return fitting[0]
    can = ", ".join(f"“{heads[place]}”" for place in places)
    if named and fitting:
        raise LmsError(f"The column “{named}” stands twice in {sheet.name}; rename one of them.")
    if named or not places:
        missing = f"column “{named}”" if named else "column"
        raise LmsError(
            f"There is no {missing} to be filled in {sheet.name}; "
            f"there is {can or 'none at all: export it again with the assignment in it'}."
        )
    raise LmsError(f"{sheet.name} has several columns; name one with --column: {can}.")


def keys(sheet, heads):
    """{heads: places} of those heads, or pairs of heads, that stand in the file."""
    top = sheet.values(0)
    wanted = [(each,) if isinstance(each, str) else each for each in heads]
    return {each: tuple(map(top.index, each)) for each in wanted if set(each) <= set(top)}


def learner_rows(sheet, is_other=lambda cells: False):
    """The rows below the first that are neither blank nor other; LmsError if one is not whole."""
    rows = [row for row in range(1, len(sheet.rows)) if not sheet.is_blank(row)]
    rows = [row for row in rows if not is_other(sheet.values(row))]
    width = len(sheet.rows[0].cells)
    for row in rows:
        cells = len(sheet.rows[row].cells)
        if cells != width:
            raise LmsError(
                f"{line(sheet, row)}: {cells} cells where the first line has {width}; perhaps a "
                "name with a comma is not in quotes, so export the file again."
            )
    return rows


def one_maximum(sheet, rows, place):
    """The number that every row names as its maximum; None if they name none."""
    found = {number(sheet.values(row)[place]) for row in rows}
    if len(found) > 1:
        raise LmsError(
            f"{sheet.name} names several maximum points in the column “{sheet.values(0)[place]}”; "
            "make them alike in the platform and export again."
        )
    return found.pop() if found else None


def line(sheet, row):
    """Where a row is, for a message."""
    return f"{sheet.name}, line {sheet.rows[row].line}"
