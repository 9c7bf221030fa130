"""How every control keeps what a learner enters: the journal first, then the visible status.

A control reads its value from the journal when it is built, writes the journal when
the learner changes it, and does nothing else. Two controls for the same answer follow
each other: the one that was changed last is right.
"""

import asyncio
import atexit
from html import escape
from weakref import WeakSet

import ipywidgets
from traitlets import TraitError

from kit import work
from kit.widgets.guard import guard
from kit.widgets.page import html, style

PAUSE = 0.5  # seconds without a key before typing is saved
CHOOSE = ("– choose –", "")  # first entry of every drop-down list: nothing chosen

_live = WeakSet()


class Field:
    """One control and the one answer it keeps.

    id: the answer's id in the journal. control: built blank; its first value means
    "nothing entered" and is kept as null. encode: the control's value -> JSON, may
    raise ValueError with a sentence; decode: JSON -> the control's value.
    pause: seconds to wait for more changes before saving (typing, dragging).
    """

    def __init__(self, id, control, form, encode=None, decode=None, pause=0):
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

    def kept(self):
        """The answer as the journal holds it; None when there is none."""
        return work.current().answer(self.id)

    @property
    def is_filled(self):
        """True when the control shows more than its blank state."""
        return self.control.value != self.blank

    def show(self):
        """Set the control to what is kept, without writing anything."""
        kept = self.kept()
        self._quiet = True
        try:
            self.control.value = self.blank if kept is None else self.decode(kept)
        except (TraitError, AttributeError, TypeError, ValueError):
            self.control.value = self.blank  # kept under an earlier form of the question
        self._quiet = False
        self.unreadable = ""

    def save(self):
        """Write the answer to the journal, then say so."""
        self._cancel()
        try:
            entered = self.control.value
            value = None if entered == self.blank else self.encode(entered)
        except ValueError as error:
            self.waiting, self.unreadable = False, str(error)
            return self.form.status.refused(str(error))
        try:
            if value != self.kept() or work.current().unsaved:
                work.current().write(self.id, value)
        except work.WorkError as error:
            return self.form.status.failed(str(error))
        self.waiting, self.unreadable = False, ""
        self._tell_twins()
        return self.form.status.saved(self.form.summary())

    def _changed(self, _change):
        if self._quiet:
            return
        self.waiting = True
        if self.pause:
            self.form.status.typing()
            self._save_later()
        else:
            self.save()

    def _save_later(self):
        self._cancel()
        try:
            self._timer = asyncio.get_running_loop().call_later(self.pause, self.save)
        except RuntimeError:  # no event loop to wait in
            self.save()

    def _cancel(self):
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _submitted(self, _widget, content, _buffers):
        if content.get("event") == "submit":
            self.save()

    def _tell_twins(self):
        twins = [f for f in _live if f.id == self.id and f is not self and not f.waiting]
        for field in twins:
            field.show()
            field.form.status.opened(field.form)


def part(kept, *names):
    """A part of a kept answer, {} where there is none or it is of another shape.

    >>> part({"P1": {"forum": {"value": "A"}}}, "P1", "forum")
    {'value': 'A'}
    """
    for name in names:
        kept = kept.get(name) if isinstance(kept, dict) else None
    return kept if isinstance(kept, dict) else {}


def save_waiting():
    """Save at once whatever was typed and still waits for its pause."""
    for field in list(_live):
        if field.waiting:
            field.save()


def show_again():
    """Let every control on the page show what the journal now holds, whatever was typed before."""
    for field in list(_live):
        field._cancel()
        field.waiting = False
        field.show()
        field.form.status.opened(field.form)


def unreadable(id):
    """Why an entry for this answer that is on the page could not be kept; "" if all are kept."""
    return next((f.unreadable for f in _live if f.id == id and f.unreadable), "")


atexit.register(save_waiting)


class Status(ipywidgets.HTML):
    """The line under a form that says, in words, whether the work is kept."""

    def say(self, kind, mark, text):
        """Show a mark and words; `kind` (saved, empty, typing, failed) only sets the colour."""
        self.value = (
            f'<span class="kit-status kit-{kind}" role="status">'
            f'<span aria-hidden="true">{mark}</span> {escape(text.strip())}</span>'
        )

    def opened(self, form):
        """Say what was there when the form was built."""
        if any(field.is_filled for field in form.fields.values()):
            self.say("saved", "✓", f"Kept from before. {form.summary()}")
        else:
            self.say("empty", "○", f"{form.empty} {form.summary()}")

    def typing(self):
        """Say that the last keys are not kept yet."""
        self.say("typing", "…", "Typing. Saved as soon as you pause.")

    def saved(self, summary):
        """Say that the journal holds what the control shows."""
        self.say("saved", "✓", f"Saved. {summary}")

    def refused(self, sentence):
        """Say why an entry cannot be read; nothing was written."""
        self.say("failed", "!", f"Not saved yet. {sentence}")

    def failed(self, sentence):
        """Say why the journal could not be written."""
        self.say("failed", "!", f"Not saved. {sentence}")


class Form(ipywidgets.VBox):
    """All controls of one task, with the line that says what is kept.

    name: how the form introduces itself as plain text. summary: a function without
    arguments that says in words how far the learner is. empty: the sentence shown
    while nothing is entered. fields: dict id -> Field.
    """

    def __init__(self, name, summary=str, empty="Nothing entered yet."):
        super().__init__()
        guard()
        self.add_class("kit")
        self.name = name
        self.summary = summary
        self.empty = empty
        self.fields = {}
        self.status = Status()

    def keep(self, id, control, **how):
        """Bind a blank control to an answer; returns the control."""
        self.fields[id] = Field(id, control, self, **how)
        return control

    def lay_out(self, *body):
        """Put the parts on the page and say what was kept before; returns the form."""
        self.children = (html(style(), "kit-style"), *body, self.status)
        self.status.opened(self)
        return self

    def __repr__(self):
        """Say in one line what the form is, for places that show no widgets."""
        return f"{self.name} (run this cell in Jupyter to answer)"
