"""How every control keeps what a learner enters: the journal first, then the visible status.

A control reads its value from the journal when it is built, writes the journal when the learner
changes it, and does nothing else. Two controls for one answer follow the one changed last.
"""

import atexit
from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakSet

import ipywidgets
from traitlets import TraitError

from kit import exercises, journal
from kit.data import Case
from kit.errors import KitError
from kit.exercises import Exercise
from kit.widgets.base import Status, default_case, guard, later, style_widget
from kit.widgets.strip import Strip

PAUSE = 0.5  # seconds without a key before typing is saved
ASLEEP = "Asleep. Your answers are kept. Menu Run → Run All Cells wakes the page."

_live: WeakSet = WeakSet()


class Field:
    """One control and the one answer it keeps.

    control: built blank; its first value means "nothing entered" and is kept as null.
    encode: the control's value -> JSON, may raise KitError; decode: JSON -> the control's value.
    pause: seconds to wait for more changes before saving (typing, dragging).
    """

    def __init__(
        self,
        id: str,
        control: Any,
        form: "Form",
        encode: Callable[[Any], Any] | None = None,
        decode: Callable[[Any], Any] | None = None,
        pause: float = 0,
    ) -> None:
        self.id, self.control, self.form, self.pause = id, control, form, pause
        self.encode = encode or (lambda value: value)
        self.decode = decode or (lambda value: value)
        self.blank = control.value
        self.waiting = False
        self.unreadable = ""  # why the entry shown is not kept; "" when it is
        self._timer = None
        self._quiet = False
        self.show()
        control.observe(self._changed, "value")
        if isinstance(control, ipywidgets.Text):
            control.on_msg(self._submitted)
        _live.add(self)

    @property
    def is_filled(self) -> bool:
        """True when the control shows more than its blank state."""
        return self.control.value != self.blank

    def show(self) -> None:
        """Set the control to what is kept, without writing anything."""
        answer = self.form.work.answer(self.id)
        self._quiet = True
        try:
            self.control.value = self.blank if answer is None else self.decode(answer)
        except (KitError, TraitError, AttributeError, TypeError, ValueError):
            self.control.value = self.blank  # kept under an earlier form of the question
        self._quiet = False
        self.unreadable = ""

    def save(self) -> None:
        """Write the answer to the journal, then say so."""
        self._cancel()
        try:
            value = self.encode(self.control.value) if self.is_filled else None
        except KitError as error:
            self.waiting, self.unreadable = False, str(error)
            return self.form.status.failed(str(error), "Not saved yet.")
        work = self.form.work
        try:
            if value != work.answer(self.id) or work.unsaved:
                work.write(self.id, value)
        except journal.JournalError as error:
            return self.form.status.failed(str(error))
        self.waiting, self.unreadable = False, ""
        self.form.look_again()
        show_again(field for field in _live if field.id == self.id and field is not self)
        return self.form.status.saved(self.form.summary())

    def _changed(self, _change: dict) -> None:
        if self._quiet:
            return
        self.waiting = True
        if self.form.strip:
            self.form.strip.changed()
        if self.pause:
            self.form.status.typing()
            self._cancel()
            self._timer = later(self.pause, self.save)
        else:
            self.save()

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _submitted(self, _widget: Any, content: dict, _buffers: Any) -> None:
        if content.get("event") == "submit":
            self.save()


def part(answer: Any, *names: str) -> dict:
    """A part of a kept answer, {} where there is none or it is of another shape.

    >>> part({"P1": {"forum": {"value": "A"}}}, "P1", "forum")
    {'value': 'A'}
    """
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, dict) else {}


def save_waiting() -> None:
    """Save at once whatever was typed and still waits for its pause."""
    for field in list(_live):
        if field.waiting:
            field.save()


def forget_waiting() -> None:
    """Save nothing of what was typed and still waits for its pause."""
    for field in list(_live):
        field._cancel()
        field.waiting = False


def show_again(fields: Iterable[Field] | None = None) -> None:
    """Let these controls, or all, show what the journal now holds, but where somebody types."""
    for field in list(_live if fields is None else fields):
        if not field.waiting:
            field.show()
            field.form.opened()


def unreadable(id: str) -> str:
    """Why an entry for this answer that is on the page could not be kept; "" if all are kept."""
    return next((f.unreadable for f in _live if f.id == id and f.unreadable), "")


atexit.register(save_waiting)


class Form(ipywidgets.VBox):
    """All controls of one task, with the line that says what is kept.

    summary: says in words how far the learner is. empty: the sentence shown while nothing is
    entered. exercise: the one that is answered here; the form then has Check and Hint, and marks
    what is wrong. case: its own.
    `answer` is what the journal holds for that exercise, looked up anew after each change.
    """

    work = property(lambda self: journal.current())  # the journal that is read and written

    def __init__(
        self,
        summary: Callable[[], str] | None = None,
        empty: str = "Nothing entered yet.",
        exercise: Exercise | None = None,
        case: Case | None = None,
    ) -> None:
        super().__init__(_dom_classes=(guard().sign, "kit"))
        self.summary, self.empty = summary or self.progress, empty
        self.exercise: Any = exercise
        self.case = case or default_case()
        self.answer = self.work.answer(exercise.id) if exercise else None
        self.fields: dict[str, Field] = {}
        self.status = Status()
        self.strip = Strip(exercise, self.case, self) if exercise else None
        self._watching: list[Callable[[], None]] = [self.strip.look] if self.strip else []

    def keep(self, id: str, control: Any, *how: Any, **more: Any) -> Any:
        """Bind a blank control to an answer; returns the control. how, more: as Field has them."""
        self.fields[id] = Field(id, control, self, *how, **more)
        return control

    def control_at(self, id: str) -> Any:
        """The control of an answer or of a part of it, None if there is none in this form."""
        if field := self.fields.get(id):
            return field.control
        whole, _, part = id.rpartition("/")
        field = self.fields.get(whole)
        return getattr(field.control, "parts", {}).get(part) if field else None

    def save(self) -> str:
        """Save what is waiting; returns why an entry that is shown is not kept, "" if all are."""
        save_waiting()
        return next(filter(None, map(unreadable, self.fields)), "")

    def watch(self, look: Callable[[], None]) -> None:
        """Call `look` when the form is opened, and whenever what it keeps has changed."""
        self._watching.append(look)

    def look_again(self) -> None:
        """Look up what is kept, and tell all who watch."""
        if self.exercise:
            self.answer = self.work.answer(self.exercise.id)
        for look in self._watching:
            look()

    def progress(self) -> str:
        """How many parts of the answer are given, where there are several: "5 of 20 answered."."""
        parts = exercises.progress(self.exercise, self.answer) if self.exercise else (0, 0)
        return "{} of {} answered.".format(*parts) if parts[1] > 1 else ""

    def is_begun(self) -> bool:
        """True when an answer of this form was kept before."""
        return any(field.is_filled for field in self.fields.values())

    def opened(self) -> None:
        """Say what was kept before, in the status line and wherever else it shows."""
        self.look_again()
        if self.is_begun():
            self.status.saved(self.summary(), "Kept from before.")
        else:
            self.status.say("empty", "○", f"{self.empty} {self.summary()}")

    def lay_out(self, *body: ipywidgets.Widget) -> "Form":
        """Put the parts on the page and say what was kept before; returns the form."""
        strip = [self.strip] if self.strip else []
        self.children = (style_widget(), *body, self.status, *strip)
        self.opened()
        return self

    def __repr__(self) -> str:
        """Say how the form wakes, in a notebook opened again where Jupyter shows no widgets."""
        return ASLEEP
