"""The hand-in: what is answered, a code of the learner's own, one button, a receipt."""

from html import escape
from pathlib import Path

from kit import exercises, work
from kit import handin as pack_work
from kit.widgets.controls import button, entry
from kit.widgets.fields import PAUSE, Form, save_waiting
from kit.widgets.page import default_case, html, later

ADVICE = (
    "Choose a code of your own: 2 to 20 letters, digits or hyphens. "
    "Do not use your name. Your teacher keeps the list of codes."
)
MOMENT = 0.4  # seconds
UNSENT = "Nothing was sent: give the file to your teacher yourself."
BUTTON_NEXT = "This line is about your code only: the button writes the file."


def handin(case=None):
    """Shows what is answered and still open, and writes the hand-in file."""
    return _HandIn(case or default_case()).lay_out_all()


class _HandIn(Form):
    """The summary, the code, the button, and the receipt of the last hand-in."""

    def __init__(self, case):
        super().__init__("kit.widgets.handin()", lambda: BUTTON_NEXT, empty="No code yet.")
        self.case = case
        self.answered = html("", "kit-summary")
        self.receipt = html("", "kit-receipt", "kit-live")
        self.code = entry("Your code", "for example blue-tiger-7")
        self.keep("handin/code", self.code, pause=PAUSE)

    def lay_out_all(self):
        """Put everything on the page; what was handed in before is shown again."""
        press = button("Write my hand-in file", self._pressed, "kit-primary")
        self.watch(self._say_answered)
        self._show_last()
        advice = html(f"<p>{ADVICE}</p>", "kit-note")
        return self.lay_out(self.answered, advice, self.code, press, self.receipt)

    def _say_answered(self):
        self.answered.value = _answered(self.case)

    def _show_last(self):
        """Show the receipt of the hand-in that lies beside the journal, if there is one."""
        last = pack_work.last(work.current(), self.code.value.strip())
        if last:
            self.receipt.value = _told(last.receipt, "" if last.is_current else CHANGED)

    def _pressed(self):
        """Wait a moment: the last keys of the code may still be on their way from the page."""
        later(MOMENT, self._hand_in)

    def _hand_in(self):
        save_waiting()
        self._say_answered()
        try:
            found = pack_work.pack(work.current(), self.case, self.code.value.strip())
        except work.WorkError as error:
            told = f'<p class="kit-bad">! Not handed in. {escape(str(error))}</p>'
            self.receipt.value = told
            return
        self.receipt.value = _told(found, UNSENT)


CHANGED = (
    "Your answers have changed since then. "
    "If the change should count, write the file again and give it in again."
)


def _told(receipt, then):
    return f"<p>✓ {escape(repr(receipt))}</p><p>{escape(_place(receipt.path))} {then}</p>"


def _place(path):
    """Where the file is, in a sentence."""
    if path.parent == Path.cwd():
        return "The file is beside this notebook."
    return f"The file is in the folder {path.parent}."


def _answered(case):
    """What is answered, and under each notebook what is begun and what is still open."""
    found = pack_work.summary(work.current(), case)
    told = pack_work.counted(found)
    rows = {}
    for exercise in exercises.load(case).values():
        if exercise.id in found.begun:
            done, asked = found.begun[exercise.id]
            rows.setdefault(exercise.notebook, []).append(
                f"“{escape(exercise.title)}” (begun: {done} of {asked})"
            )
        elif exercise.title in found.still_open:
            rows.setdefault(exercise.notebook, []).append(f"“{escape(exercise.title)}”")
    items = [f"<li>{escape(name)}: {', '.join(titles)}</li>" for name, titles in rows.items()]
    still_open = "still open:" if rows else "nothing is open."
    return f"<p>{told}; {still_open}</p><ul>{''.join(items)}</ul>"
