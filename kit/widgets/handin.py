"""The hand-in: what is answered, a code of the learner's own, two presses, a receipt."""

from html import escape
from pathlib import Path

import ipywidgets
from IPython.display import display

from kit import exercises, journal, submission
from kit.widgets.code import ADVICE, code_box
from kit.widgets.controls import button
from kit.widgets.fields import Form, save_waiting
from kit.widgets.given import Given, Trace
from kit.widgets.page import default_case, html, later

MOMENT = 0.4  # seconds
UNSENT = "Nothing was sent: give the file, or the code below, to your teacher yourself."
BUTTON_NEXT = "This line is about your code only. To hand in, press “Hand in my work”."
CHANGED = (
    "Your answers have changed since then. "
    "If the change should count, hand in again and give the new file to your teacher."
)


def handin(case=None):
    """Shows what is answered and still open, asks, and writes the hand-in file."""
    return _HandIn(case or default_case()).lay_out_all()


class _HandIn(Form):
    """The summary, the code, the buttons, and the receipt of the last hand-in."""

    def __init__(self, case):
        super().__init__("kit.widgets.handin()", lambda: BUTTON_NEXT, empty="No code yet.")
        self.case = case
        self.answered = html("", "kit-summary")
        self.start = button("Hand in my work", self._pressed, "kit-primary")
        self.question = html("", "kit-question", "kit-live")
        yes = button("Yes, hand in", self._confirmed, "kit-primary")
        self.choice = ipywidgets.HBox((yes, button("Not yet", self._close)))
        self.receipt = html("", "kit-receipt", "kit-live")
        self.given = Given()
        self.trace = Trace()
        self.code = code_box(self)

    def lay_out_all(self):
        """Put everything on the page; what was handed in before is shown again."""
        self.choice.layout.display = "none"
        self.watch(self._say_answered)
        self._show_last()
        advice = html(f"<p>{ADVICE}</p>", "kit-note")
        return self.lay_out(
            self.answered,
            advice,
            self.code,
            self.start,
            self.question,
            self.choice,
            self.receipt,
            self.given,
        )

    def _ipython_display_(self):
        """Show the form, and beneath it the output that is saved with the notebook."""
        display(self._repr_mimebundle_(), raw=True)
        self.trace.display()

    def _say_answered(self):
        """Say how far the learner is; where the question stands, it must be true as well."""
        self.answered.value = _answered(self.case)
        if self.question.value:
            self.question.value = _question(self.case, self.code.value.strip())

    def _show_last(self):
        """Show the receipt of the hand-in that lies beside the journal, if there is one."""
        last = submission.last(journal.current(), self.code.value.strip())
        if last:
            self._show(last.receipt, UNSENT if last.is_current else CHANGED)

    def _show(self, receipt, then):
        """Show a receipt and give what it stands for."""
        content = submission.load(receipt.path)
        self.receipt.value = _told(receipt, then)
        self.given.show(content)
        self.trace.show(content)

    def _pressed(self):
        """Wait a moment: the last keys of the code may still be on their way from the page."""
        later(MOMENT, self._ask)

    def _ask(self):
        """Say what will be handed in, and let the learner decide."""
        save_waiting()
        try:
            code = submission.checked(self.code.value.strip())
        except submission.SubmissionError as error:
            return self._refuse(error)
        self.receipt.value = ""
        self._show_last()
        self.question.value = _question(self.case, code)
        self.choice.layout.display = ""
        return self._say_answered()

    def _confirmed(self):
        """Take what was handed in before off the page, so that nobody copies it by mistake."""
        self.receipt.value = ""
        self.given.hide()
        later(MOMENT, self._hand_in)

    def _hand_in(self):
        save_waiting()
        self._close()
        self._say_answered()
        try:
            receipt = submission.pack(journal.current(), self.case, self.code.value.strip())
            self._show(receipt, UNSENT)
        except submission.SubmissionError as error:
            self._show_last()
            self._refuse(error)

    def _close(self):
        """Take the question away; the keys go back to the button, which stays."""
        self.start.focus()
        self.question.value = ""
        self.choice.layout.display = "none"

    def _refuse(self, error):
        self.receipt.value = f'<p class="kit-bad">! Not handed in. {escape(str(error))}</p>'


def _told(receipt, then):
    return f"<p>✓ {escape(repr(receipt))}</p><p>{escape(_place(receipt.path))} {then}</p>"


def _place(path):
    """Where the file is, in a sentence."""
    if path.parent == Path.cwd():
        return "The file is beside this notebook."
    return f"The file is in the folder {path.parent}."


def _question(case, code):
    """What will be handed in, under which code, and what is still open."""
    found = submission.summary(journal.current(), case)
    titles = ", ".join(f"“{escape(title)}”" for title in found.still_open)
    rest = f"Still open: {titles}." if titles else "Nothing is open."
    return (
        f"<p><strong>Hand in as {escape(code)}?</strong> {submission.counted(found)}.</p>"
        f"<p>{rest} You can hand in again later: the last one counts.</p>"
    )


def _answered(case):
    """What is answered, and under each notebook what is begun and what is still open."""
    found = submission.summary(journal.current(), case)
    told = submission.counted(found)
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
