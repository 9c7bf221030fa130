"""The texts of a case: typed or pasted into a box, or taken from saved files."""

import re
from html import escape
from pathlib import PurePath
from typing import Any

import ipywidgets

from kit.errors import KitError
from kit.widgets.base import box, button, entry, html
from teach.workshop.complete import MOST
from teach.workshop.desk import Desk
from teach.workshop.rows_form import RowsForm
from teach.workshop.saved_page import PAGES, read_page

FULL = f"A case has at most {MOST} texts; delete one first."


class TextsForm(RowsForm):
    """The texts; a text's id is made of its name, or of its file's."""

    table = "texts"

    def __init__(self, desk: Desk) -> None:
        self.load = ipywidgets.FileUpload(
            description="Load saved files",
            accept=",".join((".txt", *PAGES)),
            multiple=True,
            tooltip="Load saved files: .txt or .html",
        )
        self.load.observe(self._loaded, "value")
        self.loaded = html("", "kit-told", "kit-live")
        super().__init__(desk)

    def adding(self) -> Any:
        """A box for the name of a new text, and a button that loads files."""
        self.number = entry("What you call it", "for example Forum")
        add = button("Add a text", self._add, "kit-primary")
        buttons = (add, self.load, self.delete, self.undoing)
        row = ipywidgets.HBox(buttons, _dom_classes=("kit-buttons",))
        return box("kit-adding", self.number, row, self.loaded)

    def named(self, row: str) -> str:
        """How the list calls a text: its name comes first."""
        return super().named(row).removeprefix(f"{row} · ")

    def title(self, row: str) -> str:
        """Its name for learners."""
        return self.desk.draft.names[row]

    def _add(self) -> None:
        name = self.number.value.strip()
        if not name:
            return self.status.failed("Type what you call the text, such as Forum.", "Not added.")
        self.number.value = ""
        return self.put(name)

    def put(self, name: str, **cells: Any) -> None:
        """Add a text under a name."""
        if len(self.rows()) >= MOST:
            return self.status.failed(FULL, "Not added.")
        return self.make(self.id_for(name), name=name, **cells)

    def id_for(self, name: str) -> str:
        """An id for a text of this name, that no other has."""
        letters = re.sub(r"[^a-z0-9]", "", name.lower()).lstrip("0123456789")[:20] or "text"
        taken, number = self.rows(), 2
        if letters not in taken:
            return letters
        while f"{letters}{number}" in taken:
            number += 1
        return f"{letters}{number}"

    def _loaded(self, change: dict[str, Any]) -> None:
        told = [f"{file['name']}: {self._take(file)}" for file in change["new"]]
        if told:
            self.loaded.value = "".join(f"<p>{escape(each)}</p>" for each in told)
            self.load.value = ()

    def _take(self, file: dict[str, Any]) -> str:
        """Make a text of a file; return what was taken out of it, or why it was not taken."""
        try:
            page = read_page(file["name"], bytes(file["content"]))
        except KitError as error:
            return str(error)
        if len(self.rows()) >= MOST:
            return FULL
        name = PurePath(file["name"]).stem.replace("_", " ").strip() or "Text"
        title = {"title_as_printed": page.title} if page.title else {}
        self.put(f"{name[:1].upper()}{name[1:]}", text=page.text, **title)
        return page.told
