"""The hand-in: a pen name, what is answered, two presses, a receipt.

Notebook 1 asks for it, too: from it the order is drawn in which a learner meets the texts.
After handing in, the file and the same as one long line can be taken along, and the line stands in
an output of the cell, beneath the form: widgets are not saved with a notebook, an output is. So a
notebook that was saved after handing in can be marked as well.
"""

import functools
import random
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
import traitlets
from IPython.display import DisplayHandle, display

from kit import data, exercises, journal, submission
from kit.data import Case
from kit.exercises import Exercise
from kit.widgets.base import AnyWidget, button, default_case, entry, html, joined, later, stand_in
from kit.widgets.fields import PAUSE, Form, save_waiting

CODE, ORDER = "handin/code", "handin/order"  # in the journal; both go with the hand-in
ADVICE = (
    "Choose a pen name, no date and no number: 2 to 20 letters, digits or hyphens. "
    "Do not use your own name. Your teacher keeps the list of pen names."
)
COLOURS = "amber blue coral golden green indigo ivory jade lemon mint olive plum ruby silver"
ANIMALS = "badger crane dolphin falcon gecko hare heron ibis koala lynx magpie otter owl seal"
MOMENT = 0.4  # seconds
UNSENT = "Nothing was sent: give the file, or the long line below, to your teacher yourself."
BUTTON_NEXT = "This is about your pen name only. To hand in, press “Hand in my work”."
CHANGED = (
    "Your answers have changed since then. "
    "If the change should count, hand in again and give the new file to your teacher."
)
HERE = Path(__file__).parent
NOTHING = "Nothing is handed in yet. When it is, it stands here and is saved with the notebook."
SAVED = "The same as one long line. Save the notebook, and it can be handed in, too."


def pen_name() -> Form:
    """Asks for the name under which a learner will hand in."""
    next_step = "Run the cells below to meet the texts in your order."
    form = Form(lambda: next_step, empty="No pen name yet.")
    box = _name_box(form)
    return form.lay_out(html(f"<p>{ADVICE}</p>", "kit-note"), box)


def _name_box(form):
    box = entry("Your pen name", f"for example {_suggested()}")
    return form.keep(CODE, box, pause=PAUSE, encode=_checked)


def _checked(entered):
    return submission.checked(entered.strip())


@functools.cache
def _suggested():
    """A pen name drawn anew for each learner, so that hardly two of a class type the same."""
    words = [random.choice(names.split()) for names in (COLOURS, ANIMALS)]
    return f"{'-'.join(words)}-{random.randint(10, 99)}"


def order(case: Case | None = None) -> list[str]:
    """The ids of the texts in the order in which this learner meets them.

    The order is drawn from the pen name and then stays. Without one, and for a learner who rated
    texts before there was one, it is the usual order of the case.
    """
    case = case or default_case()
    known, code = journal.current().answer(ORDER), _code()
    if data.is_order(known, case.texts):
        return known
    if not code or _has_rated(case):
        return list(case.texts)
    drawn = data.drawn_order(case.texts, code)
    with suppress(journal.JournalError):  # the line that says what is saved tells of it
        journal.current().write(ORDER, drawn)
    return drawn


def in_order(exercise: Exercise, case: Case) -> Exercise:
    """The exercise with its rows in the learner's order, if its rows are the texts."""
    rows = {row.id: row for row in exercise.rows}
    if rows.keys() != case.texts.keys():
        return exercise
    return replace(exercise, rows=tuple(rows[id] for id in order(case)))


def _code():
    """The pen name, or "" where none is kept under which one can hand in."""
    try:
        return submission.checked(journal.current().answer(CODE))
    except submission.SubmissionError:
        return ""


def _has_rated(case):
    return any(
        journal.current().answer(exercise.id)
        for exercise in exercises.load(case).values()
        if exercise.kind == "rating" and {row.id for row in exercise.rows} <= set(case.texts)
    )


def handin(case: Case | None = None) -> "_HandIn":
    """Shows what is answered and still open, asks, and writes the hand-in file."""
    return _HandIn(case or default_case())


class _HandIn(Form):
    """The summary, the pen name, the buttons, and the receipt of the last hand-in."""

    def __init__(self, case):
        super().__init__(lambda: BUTTON_NEXT, empty="No pen name yet.")
        self.case = case
        self.answered = html("", "kit-summary")
        self.start = button("Hand in my work", self._pressed, "kit-primary")
        self.question = html("", "kit-question", "kit-live")
        yes = button("Yes, hand in", self._confirmed, "kit-primary")
        self.choice = ipywidgets.HBox((yes, button("Not yet", self._close)))
        self.receipt = html("", "kit-receipt", "kit-live")
        self.output = HandinOutput()
        self.saved = SavedOutput()
        self.code = _name_box(self)
        self.choice.layout.display = "none"
        self.watch(self._say_answered)
        self._show_last()
        advice = html(f"<p>{ADVICE}</p>", "kit-note")
        asked = [self.answered, advice, self.code, self.start, self.question, self.choice]
        self.lay_out(*asked, self.receipt, self.output)
        stand_in(self, self.output, lambda: html(""))  # the line stands beneath the form, too

    def _ipython_display_(self):
        """Show the form, and beneath it the output that is saved with the notebook."""
        display(self._repr_mimebundle_(), raw=True)
        self.saved.display()

    def _say_answered(self):
        """Where the question stands, it must be true as well."""
        self.answered.value = _answered(self.case)
        if self.question.value:
            self.question.value = _question(self.case, self.code.value.strip())

    def _show_last(self):
        if last := submission.last(journal.current(), self.code.value.strip()):
            receipt, is_current = last
            self._show(receipt, UNSENT if is_current else CHANGED)

    def _show(self, receipt, then):
        content = submission.load(receipt.path)
        folder = receipt.path.parent
        place = "beside this notebook" if folder == Path.cwd() else f"in the folder {folder}"
        words = f"✓ {escape(repr(receipt))}</p><p>The file is {escape(place)}. {then}"
        self.receipt.value = f"<p>{words}</p>"
        self.output.show(content)
        self.saved.show(content)

    def _pressed(self):
        """Wait a moment: the last keys of the name may still be on their way from the page."""
        later(MOMENT, self._ask)

    def _ask(self):
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
        self.output.code = ""
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


def _question(case, code):
    parts = submission.summary(journal.current(), case)
    titles = ", ".join(f"“{escape(e.title)}”" for e, given, asked in parts if given < asked)
    rest = f"Still open: {titles}." if titles else "Nothing is open."
    return (
        f"<p><strong>Hand in as {escape(code)}?</strong> {submission.counted(parts)}.</p>"
        f"<p>{rest} You can hand in again later: the last one counts.</p>"
    )


def _answered(case):
    """What is answered, and under each notebook what is begun and what is still open."""
    parts, rows = submission.summary(journal.current(), case), defaultdict(list)
    for exercise, given, asked in parts:
        if given < asked:
            begun = f" (begun: {given} of {asked})" if given else ""
            name = "Notebook " + exercise.notebook.lstrip("0").replace("_", " ")
            rows[name].append(f"“{escape(exercise.title)}”{begun}")
    items = [f"<li>{escape(name)}: {', '.join(titles)}</li>" for name, titles in rows.items()]
    still_open = "still open:" if rows else "nothing is open."
    return f"<p>{submission.counted(parts)}; {still_open}</p><ul>{''.join(items)}</ul>"


class HandinOutput(AnyWidget):
    """A link that downloads the hand-in and a long line to copy; both work without the kernel.

    file: what it holds, as text, "" for none. code: a line to paste; "" shows nothing. label: what
    is said of the line.
    """

    _esm = joined("hear.js", "handin_output.js")
    _css = HERE / "handin_output.css"
    name = traitlets.Unicode().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode("Or paste this long line where you cannot give a file").tag(sync=True)

    def show(self, content: dict[str, Any]) -> None:
        """Offer the hand-in that has this content."""
        with self.hold_sync():
            self.name = submission.receipt_of(content).path.name
            self.file = submission.as_file(content)
            self.code = submission.as_code(content)


class SavedOutput:
    """The hand-in as an output of the cell that shows the form, to be saved with the notebook."""

    def __init__(self):
        self._handle = DisplayHandle()
        self._is_shown = False
        self._bundle = {"text/plain": NOTHING, "text/html": f"<p>{NOTHING}</p>"}

    def display(self) -> None:
        """Put it on the page, as an output of the cell that is being run."""
        self._is_shown = True
        self._handle.display(self._bundle, raw=True)

    def show(self, content: dict[str, Any]) -> None:
        """Let the output, also of a cell that ran before, hold the hand-in with this content."""
        receipt, code = repr(submission.receipt_of(content)), submission.as_code(content)
        markup = (
            f"<details><summary>{escape(receipt)} {SAVED}</summary>"
            f'<pre style="white-space: pre-wrap; overflow-wrap: anywhere">{code}</pre></details>'
        )
        self._bundle = {"text/plain": f"{receipt}\n{code}", "text/html": markup}
        if self._is_shown:
            self._handle.update(self._bundle, raw=True)
