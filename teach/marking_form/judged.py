"""The level and the note that a marker gives one written answer."""

import ipywidgets

from kit.widgets.controls import radio
from kit.widgets.fields import PAUSE
from kit.widgets.page import later, shared
from teach.grading import rubric

LEVELS = range(rubric.HIGHEST + 1)


class Judged:
    """The level and the note of one answer.

    Each answer has controls of its own, so that a key which comes late from the page, after the
    form went on, still counts for the answer it was meant for.
    """

    def __init__(self, text, exercise, kept, keep, status):
        """kept: the value in the journal; keep: called with the text and a value to be kept."""
        self.text, self._keep, self._status, self._timer = text, keep, status, None
        mark = rubric.mark_of(kept)
        self.level = radio("Level", list(zip(exercise.rubric, LEVELS, strict=False)))
        self.level.add_class("kit-level")
        self.level.value = mark.level if mark and mark.level < len(exercise.rubric) else None
        self.note = ipywidgets.Textarea(
            str(kept.get("note", "")),
            description="Note (optional; shown when levels are settled)",
            rows=2,
            layout=shared(ipywidgets.Layout, width="auto"),
            style=shared(ipywidgets.Textarea.style.klass, description_width="initial"),
            _dom_classes=("kit-remark",),
        )
        self.level.observe(lambda _: self.save(), "value")
        self.note.observe(lambda _: self._typed(), "value")

    def save(self):
        """Let what is entered be kept now."""
        self._cancel()
        level, note = self.level.value, self.note.value.strip()
        entered = level is not None or note
        value = {"level": level, "note": note, "text": self.text.fingerprint}
        self._keep(self.text, value if entered else None)

    def leave(self):
        """Keep a note that still waits for its pause."""
        if self._timer:
            self.save()

    def close(self):
        """Take the controls off the page for good."""
        self.level.close()
        self.note.close()

    def _typed(self):
        self._cancel()
        self._status.typing()
        self._timer = later(PAUSE, self.save)

    def _cancel(self):
        if self._timer:
            self._timer.cancel()
        self._timer = None
