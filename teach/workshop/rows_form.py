"""All rows of one table: a list, and beside it the form of the row chosen there.

Adding asks for nothing but takes a number if one is given; deleting asks, and can be undone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import ipywidgets

from kit.journal import JournalError
from kit.widgets.base import box, button, control, entry, html
from kit.widgets.fields import save_waiting
from teach.workshop.answered_form import AnsweredForm, asked, styled
from teach.workshop.desk import Desk


class RowsForm(AnsweredForm):
    """The rows of `table`, one at a time; rows are built when they are first shown."""

    table = ""
    numbered = True  # a new row may be given its number

    def __init__(self, desk: Desk) -> None:
        self.spec = asked()[self.table]
        self.noun: str = self.spec["noun"]
        super().__init__(desk, empty=f"No {self.noun} yet.")
        self.list = control(ipywidgets.Select, self.spec["label"], options=[], rows=10)
        self.place = ipywidgets.VBox(_dom_classes=("kit-one",))
        self.built: dict[str, Any] = {}
        self._signature = self.others()
        self.number = entry("Its number", "the next one, if you leave this empty")
        self.delete = button("Delete", self._ask)
        self.sure = button("Yes, delete it", self._delete)
        self.question = html("", "kit-question", "kit-live")
        self.choice = ipywidgets.HBox((self.sure, button("Keep it", self._keep)))
        self.choice.layout.display = "none"
        self.undo = button("Bring back", self._bring_back)
        self.undoing = ipywidgets.HBox((self.undo,))
        self.list.observe(self._chosen, "value")
        self._list()
        if self.list.options:
            self.list.value = self.list.options[0][1]
        self.lay_out(*self.parts())
        self.number.continuous_update = False  # so it is here before the button that comes next
        self._offer()

    def parts(self) -> list[Any]:
        """What stands on the page, from top to bottom."""
        return [styled(box("kit-desk", self.side(), self.place))]

    def side(self) -> Any:
        """The list with its buttons."""
        deleting = box("kit-deleting", self.question, self.choice)
        return box("kit-side", self.list, self.adding(), deleting)

    def adding(self) -> Any:
        """The buttons that add, delete and bring back a row."""
        add = button(f"Add a {self.noun}", self._add, "kit-primary")
        buttons = ipywidgets.HBox((add, self.delete, self.undoing), _dom_classes=("kit-buttons",))
        return box("kit-adding", *([self.number] if self.numbered else []), buttons)

    # What is on the page

    @property
    def row(self) -> str:
        """The row that is shown, "" for none."""
        return self.list.value or ""

    def rows(self) -> list[str]:
        """The ids of all rows."""
        return self.desk.rows(self.table)

    def progress(self) -> str:
        """How many rows hold: "3 of 8 moments hold."."""
        rows = self.rows()
        hold = sum(not self.gaps(row) for row in rows)
        return f"{hold} of {len(rows)} {self.noun}s hold." if rows else ""

    def is_begun(self) -> bool:
        """True when there is a row."""
        return bool(self.rows())

    def gaps(self, row: str) -> int:
        """How many cells of a row do not hold."""
        return sum(id.startswith(f"{self.table}/{row}/") for id in self.desk.answers)

    def fields_of(self, row: str) -> list[Any]:
        """The fields of a row."""
        return [
            self.ask(f"{self.table}/{row}/{about['id']}", about) for about in self.spec["fields"]
        ]

    def named(self, row: str) -> str:
        """How the list calls a row."""
        gaps = self.gaps(row)
        rest = f" ({gaps} to fill or mend)" if gaps else ""
        return f"{row} · {self.in_short(self.table, row, 40)}{rest}"

    def title(self, row: str) -> str:
        """What stands above the fields of a row."""
        return row

    def show(self, row: str) -> None:
        """Bring a row to the page, "" for none."""
        if row and row not in self.built:
            self.built[row] = box(
                "kit-fields",
                html(f"<strong>{escape(self.title(row))}</strong>", "kit-title"),
                *self.fields_of(row),
            )
        self.place.children = [self.built[row]] if row else []
        self.delete.description = f"Delete {row}".strip()

    def refresh(self) -> None:
        """Follow the desk: the list, what can be chosen in the fields, what they answer."""
        here = self.rows()
        self._forget([row for row in self.built if row not in here])
        self._list()
        if self._signature != self.others():
            self.build_anew()
        super().refresh()
        self._offer()

    def others(self) -> Any:
        """What of other tables the fields show, so that they are built anew when it changes."""
        fields = self.spec["fields"]
        given = [about.get(name) for about in fields for name in ("options", "adds")]
        tables = dict.fromkeys(table for table in given if isinstance(table, str))
        return [
            (row, self.in_short(table, row)) for table in tables for row in self.desk.rows(table)
        ]

    def build_anew(self) -> None:
        """Build the fields of all rows anew."""
        self._signature = self.others()
        self._forget(list(self.built))
        self.show(self.row)

    def _forget(self, rows: list[str]) -> None:
        """Take rows off the page for good: what comes late for them is not for a row of today."""
        for row in rows:
            self.built.pop(row).close()
            for id in [id for id in self.fields if id.split("/")[1:2] == [row]]:
                self.fields.pop(id).control.close()
                self.told.pop(id, None)

    def _list(self) -> None:
        named = [(self.named(row), row) for row in self.rows()]
        if named == list(self.list.options):
            return
        shown, rows = self.row, [row for _, row in named]
        before = [row for _, row in self.list.options]
        place = min(before.index(shown) if shown else 0, len(rows) - 1)
        self.list.unobserve(self._chosen, "value")
        with self.list.hold_sync():
            self.list.options = named
            self.list.value = shown if shown in rows else rows[place] if rows else None
        self.list.observe(self._chosen, "value")
        if self.row != shown:
            self.show(self.row)

    def _chosen(self, _change: dict[str, Any]) -> None:
        save_waiting()
        self._keep()
        self.show(self.row)

    # Adding, deleting, bringing back

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Say in the status line why nothing could be written."""
        try:
            yield
        except JournalError as error:
            self.status.failed(str(error))

    def _add(self) -> None:
        row = self.number.value.strip() or self.desk.next_id(self.table)
        if wrong := self.desk.why_not(self.table, row):
            return self.status.failed(wrong, "Not added.")
        self.number.value = ""
        return self.make(row)

    def make(self, row: str, **cells: Any) -> None:
        """Add a row and show it."""
        with self.writing():
            self.desk.add(self.table, row, **cells)
            self.list.value = row
            self.status.saved(f"{row} is new; its form is here.")

    def _ask(self) -> None:
        if self.row:
            name = f"{self.row} · {self.in_short(self.table, self.row)}"
            self.question.value = f"<p><strong>Delete {escape(name)}?</strong></p>"
            self.choice.layout.display = ""

    def _keep(self) -> None:
        self.question.value = ""
        self.choice.layout.display = "none"

    def _delete(self) -> None:
        row = self.row
        self._keep()
        self.delete.focus()
        save_waiting()
        with self.writing():
            self.desk.delete(self.table, row)
            self.status.saved(f"{row} is gone; “Bring back {row}” undoes it.", "Deleted.")

    def _bring_back(self) -> None:
        with self.writing():
            row = self.desk.bring_back(self.table)
            if row:
                self.build_anew()
                self.list.value = row
                self.delete.focus()  # the button that was pressed may be gone
                self.status.saved(f"{row} is back.")

    def _offer(self) -> None:
        """Name the row that can be brought back, if there is one."""
        row = (self.desk.deleted(self.table) or ("",))[0]
        self.undo.description = f"Bring back {row}".strip()
        self.undoing.layout.display = "" if row else "none"
