"""An export of a platform, and what is asked of every one: its columns, its learners, its keys."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from teach.lms.sheet import LmsError, Sheet
from teach.spreadsheet import number

Heads = str | tuple[str, ...]  # a head, or heads that only together tell who a learner is
Columns = dict[int, Decimal | None]
Keys = dict[tuple[str, ...], tuple[int, ...]]

NO_MARK = frozenset({"", "-"})  # what a cell holds before there is a mark


class Export(NamedTuple):
    """An export and what stands where in it.

    columns: {place: its maximum} of those that take points; None if the file does not say.
    learners: the rows of learners. keys: {heads: columns} by which a learner is known, the surest
    first; one head for two columns is a whole name. top: the row of the heads. platform: its name.
    refused: {place: why that column takes no points}. blank: what a cell holds before there is a
    mark. kept: {what a cell holds: what it means}, cells that are left as they are. locked: rows
    the platform lets nobody change. lead: what ids begin with here and may lack elsewhere. by_hand:
    does the platform take no file back? notes: sentences for the teacher.
    """

    sheet: Sheet
    columns: Columns
    learners: list[int]
    keys: Keys
    top: int = 0
    platform: str = ""
    refused: Mapping[int, str] = MappingProxyType({})
    blank: frozenset[str] = NO_MARK
    kept: Mapping[str, str] = MappingProxyType({})
    locked: frozenset[int] = frozenset()
    lead: str = ""
    by_hand: bool = False
    notes: tuple[str, ...] = ()

    @property
    def heads(self) -> list[str]:
        """The heads of its columns."""
        return self.sheet.values(self.top)

    def chosen(self, named: str | None = None) -> int:
        """Return the place of the column to fill: the one named, or the only one; LmsError."""
        name, heads = self.sheet.name, self.heads
        if named is None and not self.columns and self.refused:
            named = heads[min(self.refused)]
        fitting = [place for place in self.columns if named in (None, heads[place])]
        if len(fitting) == 1:
            return fitting[0]
        can = ", ".join(f"“{heads[place]}”" for place in self.columns)
        if named and fitting:
            raise LmsError(f"The column “{named}” stands twice in {name}; rename one of them.")
        for place, why in self.refused.items():
            if heads[place] == named:
                raise LmsError(f"“{named}” in {name} {why}.")
        if named or not self.columns:
            missing = f"column “{named}”" if named else "column"
            raise LmsError(
                f"There is no {missing} to be filled in {name}; "
                f"there is {can or 'none at all: export it again with the assignment in it'}."
            )
        raise LmsError(f"{name} has several columns; name one with --column: {can}.")


def keys_in(heads: list[str], wanted: Iterable[Heads], name: tuple[str, ...] = ()) -> Keys:
    """{heads: places} of those heads, or pairs of heads, that stand in the file.

    name: the heads of last and first name; together they are also what a table calls `name`.
    """
    pairs = [(head,) if isinstance(head, str) else head for head in wanted]
    pairs += [name] if name else []
    keys = {names: tuple(map(heads.index, names)) for names in pairs if set(names) <= set(heads)}
    return keys | ({("name",): keys[name]} if name in keys else {})


def learner_rows(
    sheet: Sheet, is_other: Callable[[list[str]], bool] = lambda cells: False, top: int = 0
) -> list[int]:
    """The rows below the heads that are neither blank nor other; LmsError if one is not whole.

    An unquoted comma in a name would move every mark to the wrong place.
    """
    rows = [row for row in range(top + 1, len(sheet.rows)) if not sheet.is_blank(row)]
    rows = [row for row in rows if not is_other(sheet.values(row))]
    width = len(sheet.rows[top].cells)
    for row in rows:
        cells = len(sheet.rows[row].cells)
        if cells != width:
            raise LmsError(
                f"{sheet.where(row)}: {cells} cells where the first line has {width}; perhaps a "
                "name with a comma is not in quotes, so export the file again."
            )
    return rows


def one_maximum(sheet: Sheet, rows: list[int], place: int) -> Decimal | None:
    """Return the maximum that a column says in every row; None if it is empty. LmsError."""
    numbers = {number(cell) for row in rows if (cell := sheet.values(row)[place].strip())}
    if len(numbers) > 1:
        raise LmsError(
            f"{sheet.name} names several maximum points in the column “{sheet.values(0)[place]}”; "
            "make them alike in the platform and export again."
        )
    return numbers.pop() if numbers else None
