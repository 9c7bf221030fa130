"""Marking written answers: one at a time, nobody's name or code, the rubric and samples beside.

Each marker has a journal of their own, `rubric/<marker>.jsonl` in the marks' folder. A marker who
has given a level is told where another gave a different one, but not which: two opinions are worth
more than one said twice. The marker `agreed` sees only the answers on which levels differ, with
all levels and notes, and what is chosen there counts.
"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets

from kit import exercises
from kit.data import Case
from kit.exercises import Exercise
from kit.journal import JournalError
from kit.widgets.base import Page, button, default_case, html, later, radio, sentence, shared
from kit.widgets.fields import PAUSE, Form, part
from kit.words import html_table
from teach.grading import rubric
from teach.grading.marks import WrittenAnswer, written_answers
from teach.marking_form import answer_html
from teach.marking_form.marker_name import MarkingDesk

HERE = Path(__file__).parent
KEYS = "Keys: 0 to 4 choose a level, Enter or → goes on, ← goes back."
LATE = 3  # answers whose controls stay for what comes late from the page
AGAIN = "Look at this again: another marker gave this answer another level."
OTHER_TEXT = "The learner has handed in another text since you marked this answer."
SETTLED = "A level is settled for this answer; a change here does not count."
NOTE = "Note to the learner (optional; on their page once this level counts)"
LEVELS = range(rubric.HIGHEST + 1)
HEADINGS = ("Question", "Answers marked by two or more", "Given one level", "Still to settle",
            "Agreement beyond chance, from 95 % of resamples")  # fmt: skip
IN_A_LINE = "{}: {} marked by two or more, {} given one level, {} still to settle; agreement {}."
ABOUT = (
    "Agreement is Krippendorff's alpha for levels in order: 1 is full agreement, 0 is what chance "
    "alone would give. By convention 0.8 is good, and under 0.667 nothing should rest on it. "
    "A unit is an answer, a rater a marker."
)


def marker(
    folder: str | Path, name: str = "", case: Case | None = None
) -> Form | Page | MarkingDesk:
    """The form in which a marker gives levels to the written answers in a folder of marks.

    folder: as given to `python -m teach grade --out`. name: the marker's, or "agreed" to settle
    what markers differ on; without one it is asked for, once on a machine. What keeps the form from
    opening is said in a sentence.
    """
    folder, case = Path(folder), case or default_case()
    try:
        answers = written_answers(folder, case)
    except rubric.RubricError as error:
        return sentence(str(error))
    if not answers:
        return sentence(f"No hand-in in {folder} has a written answer yet.")
    if name == "":
        return MarkingDesk(folder, lambda name: _form(folder, name, answers, case))
    return _form(folder, name, answers, case)


def _form(folder: Path, name: str, answers: list[WrittenAnswer], case: Case) -> Form | Page:
    try:
        journal = rubric.journal(folder, name)
    except rubric.RubricError as error:
        return sentence(str(error))
    form = _RubricForm(folder, name, answers, journal, case)
    if not form.texts:
        return sentence("No answer has two different levels, so there is nothing to settle.")
    return form.lay_out_all()


class Keys(anywidget.AnyWidget):
    """Digits and arrows for the form in which it stands, and the form's style."""

    _esm = HERE / "rubric_form.js"
    _css = HERE / "rubric_form.css"


class MarkForm:
    """The level and the note of one answer.

    Each answer has controls of its own, so that a key which comes late from the page, after the
    form went on, still counts for the answer it was meant for.
    """

    def __init__(
        self,
        text: WrittenAnswer,
        exercise: Exercise,
        stored: dict[str, Any],
        keep: Callable[[WrittenAnswer, dict[str, Any] | None], object],
        status: Any,
    ):
        """stored: the value in the journal; keep: called with the text and a value to be kept."""
        self.text, self._keep, self._status, self._timer = text, keep, status, None
        mark = rubric.mark_of(stored)
        self.level = radio("Level", list(zip(exercise.rubric, LEVELS, strict=False)))
        self.level.add_class("kit-level")
        self.level.value = mark.level if mark and mark.level < len(exercise.rubric) else None
        self.note = ipywidgets.Textarea(
            str(stored.get("note", "")),
            description=NOTE,
            rows=2,
            layout=shared(ipywidgets.Layout, width="auto"),
            style=shared(ipywidgets.Textarea.style.klass, description_width="initial"),
            _dom_classes=("kit-remark",),
        )
        self.level.observe(lambda _: self.save(), "value")
        self.note.observe(lambda _: self._typed(), "value")

    def save(self) -> None:
        """Let what is entered be kept now."""
        self._cancel()
        level, note = self.level.value, self.note.value.strip()
        entered = level is not None or note
        value = {"level": level, "note": note, "text": self.text.fingerprint, "to": "learner"}
        self._keep(self.text, value if entered else None)

    def leave(self) -> None:
        """Keep a note that still waits for its pause."""
        if self._timer:
            self.save()

    def close(self) -> None:
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


class _RubricForm(Form):
    """One answer after the other, of one question after the other."""

    def __init__(self, folder, name, answers, journal, case):
        super().__init__(self._progress, empty="Nothing marked yet.")
        self.marker, self.journal, self.case = name, journal, case
        self._given, self.problems = rubric.rubric_marks(folder)
        self._mine = journal.state()  # {id: value}, as it is now
        self._done = {text.id for text in answers if self._own(text)}  # given a level
        settles = name == rubric.AGREED
        self.texts = [text for text in answers if self._differ(text)] if settles else answers
        self.verb = "settled" if settles else "marked"
        self.shown = []  # the last few MarkForms, the one on the page last

    def lay_out_all(self) -> Form:
        """Put everything on the page; the first answer to look at is shown."""
        known = exercises.load(self.case)
        self.exercises = {text.exercise: known[text.exercise] for text in self.texts}
        self.question = ipywidgets.Dropdown(
            description="Question",
            options=[(exercise.title, id) for id, exercise in self.exercises.items()],
            layout=shared(ipywidgets.Layout, width="auto"),
            style=shared(ipywidgets.Dropdown.style.klass, description_width="initial"),
        )
        self.question.observe(lambda _: self._open(), "value")
        self.where = html("", "kit-where", "kit-live")
        self.prompt, self.answer, self.samples = html(""), html(""), html("")
        self.judged = ipywidgets.VBox()
        judge = ipywidgets.Box((self.judged, self.samples), _dom_classes=("kit-judge",))
        steps = (
            button("← Back", lambda: self._step(-1), "kit-back"),
            button("Next →", lambda: self._step(1), "kit-primary", "kit-next"),
            button(f"Next not {self.verb} yet", self._skip),
        )
        buttons = ipywidgets.HBox(steps, _dom_classes=("kit-buttons",))
        note = html(escape(" ".join([KEYS, *self.problems])), "kit-note")
        keys = Keys(_dom_classes=("kit-style",))  # nothing to be seen
        self._open()
        return self.lay_out(
            self.question, self.where, self.prompt, self.answer, judge, buttons, note, keys
        )

    def is_begun(self) -> bool:
        """True when this marker has given a level before."""
        return bool(self._done)

    # Which answer is shown

    def _open(self):
        """Take up a question: what is to be looked at again comes first."""
        exercise = self.exercises[self.question.value]
        of_it = [text for text in self.texts if text.exercise == exercise.id]
        self.pile = sorted(of_it, key=lambda text: not self._is_open(text))
        self.prompt.value = answer_html.question(exercise)
        self.samples.value = answer_html.samples(exercise)
        waiting = [text for text in self.pile if self._is_open(text) or not self._own(text)]
        self._show(self.pile.index(waiting[0]) if waiting else 0)

    def _show(self, place):
        """Show one answer of the pile, with what this marker gave it before."""
        if self.shown:
            self.shown[-1].leave()
        self.at, text = place, self.pile[place]
        exercise, stored = self.exercises[text.exercise], self._stored(text)
        form = MarkForm(text, exercise, stored, self._keep_mark, self.status)
        self.shown.append(form)
        self.judged.children = (form.level, form.note)  # before the words say that they are there
        self.answer.value = answer_html.answer(text.text, exercise, self.case)
        self.where.value = self._where(text)
        while len(self.shown) > LATE:
            self.shown.pop(0).close()

    def _step(self, by):
        place = self.at + by
        if 0 <= place < len(self.pile):
            return self._show(place)
        end = "last" if by > 0 else "first"
        message = f"This is the {end} answer to this question. {self._progress()}"
        return self.status.say("empty", "○", message)

    def _skip(self):
        """Go to the next answer that this marker gave no level, in this question or another."""
        ahead = self.pile[self.at + 1 :] + self.pile[: self.at + 1]
        waiting = [text for text in [*ahead, *self.texts] if text.id not in self._done]
        if not waiting:
            return self.status.say("saved", "✓", f"Every answer is {self.verb}.")
        self.question.value = waiting[0].exercise
        return self._show(self.pile.index(waiting[0]))

    # What is kept, and what is said of it

    def _keep_mark(self, text, value):
        self._mine[text.id] = value
        (self._done.add if self._own(text) else self._done.discard)(text.id)
        try:
            self.journal.write(text.id, value)
        except JournalError as error:
            return self.status.failed(str(error))
        return self.status.saved(self._progress())

    def _stored(self, text):
        """What this marker's journal holds on this very text; {} if there is nothing."""
        value = part(self._mine.get(text.id))
        return value if value.get("text") in (None, "", text.fingerprint) else {}

    def _own(self, text):
        return rubric.mark_of(self._stored(text))

    def _marks(self, text):
        """The marks of this very text, {marker: Mark}; this marker's as it is now."""
        given = self._given.get((text.code, text.exercise), {})
        now = given | {self.marker: self._own(text)}
        return {name: mark for name, mark in now.items() if mark and mark.fits(text.fingerprint)}

    def _differ(self, text):
        marks = self._marks(text)
        return rubric.is_open({name: marks[name] for name in marks if name != rubric.AGREED})

    def _is_open(self, text):
        """True for an answer to look at again: a marker's own level has to be given before."""
        marks = self._marks(text)
        return rubric.is_open(marks) and (self.marker in marks or self.marker == rubric.AGREED)

    def _where(self, text):
        """Which answer this is, and what there is to know before it is marked."""
        marks, message = self._marks(text), ""
        if self.marker == rubric.AGREED:
            given = [
                f"{name}: level {mark.level}" + (f", “{mark.note}”" if mark.note else "")
                for name, mark in sorted(marks.items())
                if name != rubric.AGREED
            ]
            message = f"Given: {'; '.join(given)}."
        elif self._is_open(text):
            message = AGAIN
        elif self._mine.get(text.id) and not self._stored(text):
            message = OTHER_TEXT
        elif {rubric.AGREED, self.marker} <= marks.keys():
            message = SETTLED
        return f"<strong>Answer {self.at + 1} of {len(self.pile)}.</strong> {escape(message)}"

    def _progress(self):
        """How far this marker is: "12 of 41 marked here, 30 of 164 in all."."""
        here, whole = (sum(text.id in self._done for text in x) for x in (self.pile, self.texts))
        marked = f"{here} of {len(self.pile)} {self.verb}"
        return f"{marked} in this question, {whole} of {len(self.texts)} in all."


# How the markers agree


def agreement(folder: str | Path, case: Case | None = None) -> Page:
    """How the markers of a folder of marks agree: n, alpha and its interval for each question."""
    known = exercises.load(case or default_case())
    marks, problems = rubric.rubric_marks(folder)
    twice = rubric.agreement(marks)
    rows = [_row(known[id].title, twice[id]) for id in known if id in twice]
    if not rows:
        none = f"No answer in {folder} was marked by two people yet, so nothing can be compared."
        return sentence(" ".join([none, *problems]))
    cells = [map(escape, row) for row in rows]
    table = html_table(HEADINGS, cells, "How the markers agree", named_rows=True, css="kit-table")
    notes = "".join(f'<p class="kit-note">{escape(text)}</p>' for text in [ABOUT, *problems])
    return Page(
        f'<div class="kit-scroll">{table}</div>{notes}',
        "\n".join([*(IN_A_LINE.format(*row) for row in rows), ABOUT, *problems]),
    )


def _row(title, twice):
    """The cells; alpha with what to know of it: "0.72 (0.45 to 0.90); only 8 units: …"."""
    alpha, low, high, *_, note = twice.alpha
    interval = "" if low is None else f" ({low:.2f} to {high:.2f})"
    words = [] if alpha is None else [f"{alpha:.2f}{interval}"]
    counts = map(str, (twice.answers, twice.same, twice.open))
    return title, *counts, "; ".join(filter(None, [*words, note]))
