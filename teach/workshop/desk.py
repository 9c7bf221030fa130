"""The desk of an author: the journal of a case, the draft it gives, and the forms that follow it.

Every change is a line of `my_case.jsonl`, written at once. A row is taken away by a line of its
own and brought back by the lines that stood before: nothing is ever lost.
"""

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from kit.data import Case, Sentence
from kit.journal import Journal
from kit.journal.lines import moment
from teach.workshop.draft import Draft, draft_of, next_id
from teach.workshop.draft_case import case_of
from teach.workshop.field_answers import answers

NAME = "my_case.jsonl"
MADE = "made"  # the column that says that a row is there, though nothing else is in it yet
Cells = dict[str, Any]


class Desk:
    """One case in the making. All that is asked of it is as the newest line has it.

    >>> import tempfile
    >>> desk = Desk(Path(tempfile.mkdtemp(), "my_case.jsonl"))
    >>> desk.add("record", "R01", who="A mayor")
    >>> desk.delete("record", "R01")
    >>> desk.rows("record"), desk.bring_back("record"), desk.rows("record")
    ([], 'R01', ['R01'])
    >>> desk.cell("record/R01/who"), desk.answers["record/R01/event_date"]
    ('A mayor', 'The cell is empty; fill it in.')
    """

    def __init__(self, path: Path) -> None:
        self.journal = Journal(path)
        self._forms: list[WeakMethod] = []
        self.journal.on_change(self._changed)

    # What is there

    @cached_property
    def state(self) -> dict[str, Any]:
        """The journal's fold."""
        return self.journal.state()

    @cached_property
    def draft(self) -> Draft:
        """The tables that the journal gives."""
        return draft_of(self.state)

    @cached_property
    def case(self) -> Case:
        """The same as a Case."""
        return case_of(self.draft)

    @cached_property
    def answers(self) -> dict[str, str]:
        """What is wrong, by the journal's ids; what holds is not in it."""
        return answers(self.draft, self.rows("enlargement"))

    @cached_property
    def tables(self) -> dict[str, dict[str, None]]:
        """The ids of all rows, table by table, in the order in which they were made."""
        tables: dict[str, dict[str, None]] = {}
        for id, value in self.state.items():
            if _is_of_a_row(id, value):
                table, row, *_ = id.split("/")
                tables.setdefault(table, {})[row] = None
        return tables

    def cell(self, id: str) -> str:
        """What stands under an id, as text."""
        value = self.state.get(id)
        return "" if value is None else str(value)

    def rows(self, table: str) -> list[str]:
        """The ids of a table's rows, in the order in which they were made."""
        return list(self.tables.get(table, {}))

    def sentences(self, text: str) -> list[Sentence]:
        """The sentences of a text; [] of one that is not there."""
        return self.case.sentences_of(text) if text in self.case.texts else []

    def next_id(self, table: str) -> str:
        """The id for a new row."""
        return next_id(self.state, table)

    def why_not(self, table: str, row: str) -> str:
        """Why a new row of a table cannot have this id; "" if it can."""
        if row in self.rows(table):
            return f"“{row}” is there already; give each its own."
        draft = draft_of({**self.state, f"{table}/{row}/{MADE}": True})
        told = answers(draft, [*self.rows("enlargement"), row])
        key = {"record": "record_id", "claims": "claim_id", "texts": "text_id"}
        return told.get(f"{table}/{row}/{key.get(table, 'proposition_id')}", "")

    # What changes it

    def add(self, table: str, row: str, **cells: Any) -> None:
        """Make a row; raises JournalError, as all that writes does."""
        self.write(
            {f"{table}/{row}/{name}": value for name, value in [(MADE, True), *cells.items()]}
        )

    def write(self, cells: Mapping[str, Any]) -> None:
        """Write each value under its id, but for those that stand there already."""
        for id, value in cells.items():
            if self.state.get(id) != value:
                self.journal.write(id, value)

    def delete(self, table: str, row: str) -> None:
        """Take a row away, until it is brought back."""
        self.journal.write(f"{table}/{row}", None)

    def deleted(self, table: str) -> tuple[str, Cells] | None:
        """The row of a table that was deleted last and is not there now, and what it held."""
        held: dict[str, Cells] = {}
        gone: dict[str, Cells] = {}
        for line in sorted(self.journal.lines(), key=moment):
            name, _, rest = line.id.partition("/")
            row, _, column = rest.partition("/")
            if name == table and column:
                held.setdefault(row, {})[column] = line.value
            elif name == table and row and line.value is None:
                gone.pop(row, None)
                gone[row] = held.pop(row, {})
        here = self.rows(table)
        return next(((row, gone[row]) for row in reversed(gone) if row not in here), None)

    def bring_back(self, table: str) -> str:
        """Bring back the row of a table that was deleted last; returns its id, "" if none was."""
        row, cells = self.deleted(table) or ("", {})
        self.write({f"{table}/{row}/{name}": value for name, value in cells.items()})
        return row

    # Who follows it

    def follow(self, look: Callable[[], None]) -> None:
        """Call a form's method after each change, as long as there is the form."""
        self._forms.append(WeakMethod(look))

    def look_again(self) -> None:
        """Forget what was worked out: the file may be another one."""
        for name in ("state", "tables", "draft", "case", "answers"):
            self.__dict__.pop(name, None)

    def _changed(self) -> None:
        self.look_again()
        self._forms = [form for form in self._forms if form()]
        for form in list(self._forms):
            if look := form():
                look()


def _is_of_a_row(id: str, value: Any) -> bool:
    """Tell whether an id is that of a cell, or of a row given whole."""
    slashes = id.count("/")
    return slashes == 2 or (slashes == 1 and isinstance(value, dict))


@cache
def desk_at(path: Path) -> Desk:
    """The desk of a journal: one, however many cells show its forms."""
    return Desk(path)


def own_desk() -> Desk:
    """The desk of the journal beside the notebook, as the file is now."""
    desk = desk_at(Path.cwd() / NAME)
    desk.look_again()
    return desk
