"""A form whose fields answer at once: beneath each stands what check-data would say of it.

What is wrong is a mark that describes its control, what holds is a note; the status line says the
same of the field changed last, and is read aloud.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from kit.journal import Journal
from kit.widgets.base import box, control, dropdown, entry, html, later
from kit.widgets.fields import PAUSE, Form
from teach.workshop.desk import Desk
from teach.workshop.draft import dictionary
from teach.workshop.field_answers import clipped
from teach.workshop.field_notes import note
from teach.workshop.plain_dates import as_edtf

HERE = Path(__file__).parent
MOMENT = 0.8  # seconds without a change before what takes long is done again
SIGN = '<span aria-hidden="true">↻</span> <strong>Not yet.</strong> '
Options = list[tuple[str, str]]


@cache
def asked() -> dict[str, dict[str, Any]]:
    """What the workshop asks for: fields.toml as read, {table: its entry}."""
    return tomllib.loads((HERE / "fields.toml").read_text(encoding="utf-8"))


@cache
def described(table: str, column: str) -> dict[str, Any]:
    """The dictionary's entry for a column; {} for one that no table of a case has."""
    names = [("case", "sources" if table == "texts" else table), ("key", table)]
    entries = [dictionary()[part][name] for part, name in names if name in dictionary()[part]]
    fields = (field for entry in entries for field in entry["schema"]["fields"])
    return next((field for field in fields if field["name"] == column), {})


def name_of(id: str) -> str:
    """Return how a field is called, by its id in the journal.

    >>> name_of("record/R07/told_date"), name_of("stances/P1/blog")
    ('R07, When it was told', 'P1, blog')
    """
    table, row, *column = id.split("/")
    fields: list[dict[str, Any]] = asked().get(table, {}).get("fields", [])
    label = next((f["label"] for f in fields if [f["id"]] == column), " ".join(column))
    return f"{row}, {label}"


class AnsweredForm(Form):
    """A form on a desk: its fields are kept in the desk's journal."""

    def __init__(self, desk: Desk, empty: str = "Nothing entered yet.") -> None:
        super().__init__(self.told_last, empty=empty)
        self.desk = desk
        self.told: dict[str, tuple[str, Any, Any]] = {}  # by id: label, mark and note of a field
        self._timer: Any = None
        self._before = len(desk.journal.lines())
        self.watch(self.answer_all)
        desk.follow(self.refresh)

    @property
    def work(self) -> Journal:
        """The journal of the case."""
        return self.desk.journal

    def ask(self, id: str, about: dict[str, Any], context: str = "") -> ipywidgets.VBox:
        """A field with what it answers. id: the journal's; about: its entry in fields.toml."""
        table, *_, column = id.split("/")
        field = described(table, column)
        asked_for = self._control(about, field, context)
        is_typed = isinstance(asked_for, ipywidgets.Text | ipywidgets.Textarea)
        encode = as_edtf if field.get("kit:partialDate") else about.get("encode")
        self.keep(id, asked_for, encode, str, pause=PAUSE * is_typed)
        pair = f"kit-pair-{asked_for.model_id}"
        asked_for.add_class(pair)
        mark, said = html("", "kit-mark", pair), html("", "kit-note")
        self.told[id] = (about["label"], mark, said)
        self._answer(id)
        adder = [self._adder(about["adds"], asked_for)] if "adds" in about else []
        return box("kit-asked", asked_for, mark, said, *adder)

    def _adder(self, table: str, asked_for: Any) -> Any:
        """A list to choose from instead of typing an id."""
        noun = asked()[table]["noun"]
        choice = dropdown(f"Add a {noun} to it", self.options({"options": table}, {}))

        def put(change: dict[str, Any]) -> None:
            if change["new"]:
                held = asked_for.value.strip(" ;,")
                asked_for.value = f"{held}; {change['new']}" if held else change["new"]
                choice.value = ""

        choice.observe(put, "value")
        return choice

    def _control(self, about: dict[str, Any], field: dict[str, Any], context: str) -> Any:
        label, hint = about["label"], about.get("hint", "")
        limits = field.get("constraints", {})
        if options := self.options(about, limits):
            return dropdown(label, options, context)
        made = _typed(about, label, hint, context)
        made.value = about.get("rule", "")  # what stands there while nothing else was entered
        return made

    def options(self, about: dict[str, Any], limits: dict[str, Any]) -> Options:
        """What a field lets choose from, (words, value) each; [] where it is typed."""
        given = about.get("options", [])
        if isinstance(given, str):
            return [(f"{id}: {self.in_short(given, id)}", id) for id in self.desk.rows(given)]
        if limits.get("maximum") and not given:
            given = [str(n) for n in range(limits["minimum"], limits["maximum"] + 1)]
        chosen = given or limits.get("enum", [])
        return [tuple(each) if isinstance(each, list) else (each, each) for each in chosen]

    def in_short(self, table: str, row: str, longest: int = 60) -> str:
        """A row in a few words, as a list shows it."""
        cells = [self.desk.cell(f"{table}/{row}/{name}") for name in asked()[table]["shown"]]
        words = " · ".join(" ".join(cell.split()) for cell in cells if cell) or "new"
        return clipped(words, longest)

    # What the fields answer

    def answer_all(self) -> None:
        """Let every field on the page say what holds now."""
        for id in self.told:
            self._answer(id)

    def _answer(self, id: str) -> None:
        _, mark, said = self.told[id]
        wrong, empty = self.desk.answers.get(id, ""), not self.desk.cell(id)
        mark.value = f"{SIGN}{escape(wrong)}" if wrong and not empty else ""
        said.value = escape(wrong if empty else "" if wrong else note(self.desk, id))

    def told_last(self) -> str:
        """What the field answers that was changed last, and how far the form is."""
        lines = self.desk.journal.lines()[self._before :]
        id = next((line.id for line in reversed(lines) if line.id in self.told), "")
        if not id:
            return self.progress()
        answer = self.desk.answers.get(id) or note(self.desk, id)
        return f"{self.told[id][0]}: {answer} {self.progress()}".strip()

    def refresh(self) -> None:
        """Follow what was changed elsewhere."""
        self.answer_all()

    def soon(self, do: Callable[[], Any]) -> None:
        """Do what takes long, once nothing has changed for a moment."""
        if self._timer:
            self._timer.cancel()
        self._timer = later(MOMENT, do)


def _typed(about: dict[str, Any], label: str, hint: str, context: str) -> Any:
    if about.get("how") != "area":
        return entry(label, hint, context)
    rows = about.get("rows", 3)
    area = control(ipywidgets.Textarea, label, context, placeholder=hint, rows=rows)
    area.add_class("kit-area")
    return area


def styled(*parts: Any, classes: str = "") -> ipywidgets.VBox:
    """Parts one below another, with the workshop's own style."""
    css = (HERE / "workshop.css").read_text(encoding="utf-8")
    return box(
        f"kit-workshop {classes}".strip(), html(f"<style>{css}</style>", "kit-style"), *parts
    )
