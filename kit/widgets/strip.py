"""What stands under the form of an exercise: Check, Hint, and what is told of the answer.

All it shows follows from the journal: `checks/<id>` notes the answer judged last and its state,
`hints/<id>` how many hints were taken. An answer that is no longer the one judged makes it stale.
"""

import json
import zlib
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets

from kit import exercises, journal
from kit.data import Case
from kit.exercises import Exercise, Feedback
from kit.widgets.base import button, html, shared

if TYPE_CHECKING:
    from kit.widgets.fields import Form

STALE = '<p class="kit-stale">Changed since you checked: press Check again.</p>'
SIGN = '<span aria-hidden="true">↻</span> <strong>Not yet.</strong> '
FIRST = '<button type="button" class="kit-button" data-kit-first>Go to the first mark</button>'
LONGEST = 24  # characters of a row's name in the list of what is marked


class Strip(ipywidgets.VBox):
    """Check and Hint for one exercise; marks what is wrong where it stands in the form."""

    def __init__(self, exercise: Exercise, case: Case, form: "Form"):
        self.exercise, self.case, self.form = exercise, case, form
        self.feedback: Feedback | None = None  # None while there is none, or a stale one
        self.marks: dict[str, Mark] = {}
        self._judged: Any = None  # the note of the check that is told
        self.told = html("", "kit-told", "kit-live")
        self.taken = html("", "kit-hints", "kit-live")
        self.hint = button("Hint", self._take_hint)
        check, layout = button("Check", self.check, "kit-primary"), shared(ipywidgets.Layout)
        buttons = (check, self.hint) if exercise.hints else (check,)
        parts = (ipywidgets.HBox(buttons, layout=layout), self.told, self.taken)
        super().__init__(parts, layout=layout, _dom_classes=("kit-strip",))
        self._show_hints()

    def look(self) -> None:
        """Show what is kept: the last check if it was of this answer, else that it is stale."""
        kept = journal.current().answer(f"checks/{self.exercise.id}")
        if not isinstance(kept, dict):
            self._clear("")
        elif kept.get("answer") != _fingerprint(self.form.answer):
            self._clear(STALE)
        elif self._judged != kept:
            self._tell(exercises.check(self.exercise.id, self.form.answer, self.case))
            self._judged = kept

    def changed(self) -> None:
        """Say at once that what was told is stale, and take the mark from what has changed."""
        self._clear(self.told.value and STALE)

    def check(self) -> None:
        """Judge what is entered now, and note that it was."""
        if why := self.form.save():
            self._clear(Feedback("not answered", f"Your last entry is not kept. {why}").html())
            return
        self.form.answer = answer = journal.current().answer(self.exercise.id)
        feedback = exercises.check(self.exercise.id, answer, self.case)
        self.told.value = ""  # so that it is told, and heard, once more
        self._tell(feedback)
        self._judged = {"answer": _fingerprint(answer), "state": feedback.state}
        self._write("checks", self._judged)

    def mark(self) -> None:
        """Mark what the last check found, wherever it is on the page now."""
        if not self.feedback or self.feedback.state != "not yet":
            return
        for place, why in (self.feedback.places or {(): ""}).items():
            id = "/".join((self.exercise.id, *place))
            if control := self.form.control_at(id):
                self.marks.setdefault(id, Mark(control)).show(why, self.form)

    def _tell(self, feedback: Feedback) -> None:
        self.feedback = feedback
        for mark in self.marks.values():
            mark.clear()
        self.mark()
        told = feedback.html(_beside_marks(self.exercise, feedback, self.form.answer))
        self.told.value = told + (FIRST if feedback.places else "")

    def _clear(self, told: str) -> None:
        self.feedback = self._judged = None
        self.told.value = told
        for mark in self.marks.values():
            mark.look()

    def _take_hint(self) -> None:
        if self._hints_taken() < len(self.exercise.hints):
            self._write("hints", self._hints_taken() + 1)
        self._show_hints()

    def _hints_taken(self) -> int:
        kept = journal.current().answer(f"hints/{self.exercise.id}")
        return min(kept, len(self.exercise.hints)) if isinstance(kept, int) else 0

    def _show_hints(self) -> None:
        taken, whole = self._hints_taken(), len(self.exercise.hints)
        hints = enumerate(self.exercise.hints[:taken], 1)
        told = [f"Hint {number} of {whole}: {hint}" for number, hint in hints]
        self.taken.value = "".join(f"<p>{escape(hint)}</p>" for hint in told)
        left = f"Hint ({taken + 1} of {whole})"  # never disabled: its keys would reach the notebook
        self.hint.description = left if taken < whole else f"All {whole} hints are shown"

    def _write(self, kind: str, value: Any) -> None:
        try:
            journal.current().write(f"{kind}/{self.exercise.id}", value)
        except journal.JournalError as error:
            self.form.status.failed(str(error))


class Mark:
    """What is told of one control, after it or its row; gone as soon as the control changes.

    The page finds the control by a class that both have. While somebody may be in the control only
    the words change: a class that changes builds radio buttons anew, and the focus is lost. So does
    a mark with all that stands behind it, so a control has a box of its own.
    """

    def __init__(self, control: Any):
        pair = f"kit-pair-{id(self)}"
        self.control, self.judged, self.text = control, None, html("", "kit-mark", pair)
        self.brings_its_own = hasattr(control, "mark")
        if not self.brings_its_own:
            control.add_class(pair)

    def show(self, why: str, form: "Form") -> None:
        """Mark the control, with the reason; one that is not on the page is left alone."""
        self.judged = self.control.value
        self._tell(why)
        box = None if self.brings_its_own else _box_of(self.control, form)
        if box and self.text not in box.children:
            in_a_row = isinstance(box, ipywidgets.GridBox)  # what stands behind is built anew
            at = len(box.children) if in_a_row else box.children.index(self.control) + 1
            box.children = (*box.children[:at], self.text, *box.children[at:])

    def look(self) -> None:
        """Clear the mark if the control has changed."""
        if self.control.value != self.judged:
            self.clear()

    def clear(self) -> None:
        """Take the mark away; its empty place stays, so that nothing beside it is built anew."""
        self._tell(None)

    def _tell(self, why: str | None) -> None:
        if self.brings_its_own:
            self.control.mark(why or "")
        else:
            self.text.value = "" if why is None else f"{SIGN}{escape(why)}"


def _box_of(control: Any, box: Any) -> Any:
    """The box in which a control stands, None if it is not on the page."""
    children = getattr(box, "children", ())
    if control in children:
        return box
    found = (_box_of(control, child) for child in children)
    return next(filter(None, found), None)


def _fingerprint(answer: Any) -> str:
    return f"{zlib.crc32(json.dumps(answer, sort_keys=True).encode()):08x}"


def _beside_marks(exercise: Exercise, feedback: Feedback, answer: Any) -> str:
    """What is told beside marks: how much is right, and the names of all that is marked."""
    if not feedback.places:
        return ""
    given, asked = exercises.progress(exercise, answer)
    words = [f"{given - len(feedback.places)} of {asked} agree with the evidence."] * (asked > 1)
    words += [f"{asked - given} not answered yet."] * (given < asked)
    names = ", ".join(dict.fromkeys(_names(exercise, feedback)))
    return " ".join([*words, f"Marked above, each with its reason: {names}."])


def _names(exercise: Exercise, feedback: Feedback) -> Iterator[str]:
    texts = {each.id: each.text for each in (*exercise.rows, *exercise.columns, *exercise.options)}
    for first, *column in feedback.places:
        name = texts[first].partition(":")[0]
        name = name if len(name) <= LONGEST else name.partition(" ")[0].rstrip(",")
        yield f"{name} – {texts[column[0]]}" if len(exercise.columns) > 1 else name
