"""The exercises that rules make of the case, with their words to edit."""

from dataclasses import replace
from html import escape
from typing import Any

from kit.errors import KitError
from kit.widgets.base import html
from kit.words import plural
from teach.workshop.answered_form import name_of
from teach.workshop.complete import complete
from teach.workshop.desk import Desk
from teach.workshop.draft import Draft
from teach.workshop.field_answers import answers
from teach.workshop.rows_form import RowsForm
from teach.workshop.rules import Exercises, exercises

LABELS = {
    "title": "Title",
    "prompt": "What learners are asked",
    "hints": "Hints, one a line",
    "right": "What is said of a right answer",
    "otherwise": "What is said of any other",
}
UNDO = "Empty a box to have the rule's own words back."


def made_of(desk: Desk) -> Exercises:
    """Return the exercises of a desk in the rules' own words; KitError while it is no case."""
    return exercises(ready(desk))


def ready(desk: Desk) -> Draft:
    """Return the rows that are complete, in the rules' own words; KitError while it is no case.

    What is complete but wrong is told before a rule counts on it.
    """
    draft = complete(replace(desk.draft, words={})).draft
    for id, sentence in answers(draft, desk.rows("enlargement")).items():
        if desk.cell(id):
            raise KitError(f"{name_of(id)}: {sentence}")
    return draft


class ExercisesForm(RowsForm):
    """The exercises; what is changed of one stands under `words/EXERCISE/FIELD`."""

    table = "words"

    def __init__(self, desk: Desk) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self.why = html("", "kit-note", "kit-live")
        self._look(desk)
        super().__init__(desk)

    def parts(self) -> list[Any]:
        """What is in the way first, then the exercises."""
        return [self.why, *super().parts()]

    def _look(self, desk: Desk) -> None:
        try:
            made = made_of(desk)
        except KitError as error:
            self.why.value = f'<p class="kit-bad">{escape(str(error))}</p>'
            return
        self.entries = {entry["id"]: entry for entry in made.exercises}
        count = plural(len(self.entries), "exercise")
        self.why.value = f"<p>{count} made by rule, for the size {made.size}. {UNDO}</p>"

    def refresh(self) -> None:
        """Make the exercises anew when nothing has changed for a moment."""
        self.soon(self._again)

    def _again(self) -> None:
        before = self.rows()
        self._look(self.desk)
        super().refresh()
        if self.rows() != before:
            self.opened()

    def rows(self) -> list[str]:
        """The exercises that are made now."""
        return list(self.entries)

    def adding(self) -> Any:
        """Nothing is added here."""
        return html("")

    def gaps(self, row: str) -> int:
        """A rule leaves nothing open."""
        return 0

    def in_short(self, table: str, row: str, longest: int = 60) -> str:
        """An exercise is called by its title and its points."""
        entry = self.entries[row]
        own = self.desk.cell(f"words/{row}/title") or entry["title"]
        return f"{own} ({plural(entry['points'], 'point')})"

    def title(self, row: str) -> str:
        """Its title and its points."""
        return self.in_short("words", row)

    def named(self, row: str) -> str:
        """How the list calls an exercise: notebook and title."""
        return f"{self.entries[row]['notebook'][:2]} · {self.in_short('words', row)}"

    def fields_of(self, row: str) -> list[Any]:
        """The words of an exercise, as the rule has them or as they were changed."""
        entry = self.entries[row] | {"hints": "\n".join(self.entries[row]["hints"])}
        fields = [_field(name, entry[name]) for name in LABELS if name in entry]
        return [self.ask(f"words/{row}/{field['id']}", field) for field in fields]

    def others(self) -> Any:
        """The rules' words."""
        return self.entries

    def progress(self) -> str:
        """How many there are."""
        return f"{plural(len(self.entries), 'exercise')}." if self.entries else ""


def _field(name: str, words: str) -> dict[str, Any]:
    how = "line" if name == "title" else "area"
    rows = min(12, 2 + len(words) // 70 + words.count("\n"))
    about = {"id": name, "label": LABELS[name], "how": how, "rows": rows}
    return about | {"rule": words.strip(), "encode": lambda text: text.strip() or None}
