"""Marking written answers: one at a time, nobody's name or code, the rubric and samples beside.

Each marker has a journal of their own, `rubric/<marker>.jsonl` in the marks' folder. A marker who
has given a level is told where another gave a different one, but not which: two opinions are worth
more than one said twice. The marker `agreed` sees only the answers on which levels differ, with
all levels and notes, and what is chosen there counts.
"""

from html import escape
from pathlib import Path

import anywidget
import ipywidgets

from kit import exercises
from kit.journal import JournalError
from kit.widgets.controls import button
from kit.widgets.fields import Form, part
from kit.widgets.page import default_case, html, sentence, shared
from teach.grading import rubric
from teach.grading.written import texts
from teach.marking_form import to_mark
from teach.marking_form.judged import Judged

HERE = Path(__file__).parent
KEYS = "Keys: 0 to 4 choose a level, Enter or → goes on, ← goes back."
LATE = 3  # answers whose controls stay for what comes late from the page
AGAIN = "Look at this again: another marker gave this answer another level."
OTHER_TEXT = "The learner has handed in another text since you marked this answer."
SETTLED = "A level is settled for this answer; a change here does not count."


def marker(folder, name, case=None):
    """The form in which a marker gives levels to the written answers in a folder of marks.

    folder: as given to `python -m teach grade --out`. name: the marker's code, or "agreed" to
    settle what markers differ on. What keeps it from opening is said in a sentence.
    """
    case = case or default_case()
    try:
        found, journal = texts(folder, case), rubric.journal(folder, name)
    except rubric.RubricError as error:
        return sentence(str(error))
    if not found:
        return sentence(f"No hand-in in {folder} has a written answer yet.")
    marking = _Marking(Path(folder), name, found, journal, case)
    if not marking.texts:
        return sentence("No answer has two different levels, so there is nothing to settle.")
    return marking.lay_out_all()


class Keys(anywidget.AnyWidget):
    """Digits and arrows for the form in which it stands, and the form's style."""

    _esm = HERE / "marker.js"
    _css = HERE / "marker.css"


class _Marking(Form):
    """One answer after the other, of one question after the other."""

    def __init__(self, folder, name, found, journal, case):
        super().__init__("teach.marking_form.marker", self._progress, empty="Nothing marked yet.")
        self.marker, self.journal, self.case = name, journal, case
        self._given, self.problems = rubric.given(folder)
        self._mine = journal.state()  # {id: value}, as it is now
        self._done = {text.id for text in found if self._own(text)}  # given a level
        settles = name == rubric.AGREED
        self.texts = [text for text in found if self._differ(text)] if settles else found
        self.verb = "settled" if settles else "marked"
        self.shown = []  # the last few Judged, the one on the page last

    def lay_out_all(self):
        """Put everything on the page; the first answer to look at is shown."""
        known = exercises.load(self.case)
        self.exercises = {text.exercise: known[text.exercise] for text in self.texts}
        self.question = _questions(self.exercises)
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

    def is_begun(self):
        """True when this marker has given a level before."""
        return bool(self._done)

    # Which answer is shown

    def _open(self):
        """Take up a question: what is to be looked at again comes first."""
        exercise = self.exercises[self.question.value]
        of_it = [text for text in self.texts if text.exercise == exercise.id]
        self.pile = sorted(of_it, key=lambda text: not self._is_open(text))
        self.prompt.value = to_mark.question(exercise)
        self.samples.value = to_mark.samples(exercise)
        waiting = [text for text in self.pile if self._is_open(text) or not self._own(text)]
        self._show(self.pile.index(waiting[0]) if waiting else 0)

    def _show(self, place):
        """Show one answer of the pile, with what this marker gave it before."""
        if self.shown:
            self.shown[-1].leave()
        self.at, text = place, self.pile[place]
        exercise, kept = self.exercises[text.exercise], self._kept(text)
        self.shown.append(Judged(text, exercise, kept, self._keep_mark, self.status))
        self.where.value = self._told(text)
        self.answer.value = to_mark.answer(text.text, exercise, self.case)
        self.judged.children = (self.shown[-1].level, self.shown[-1].note)
        while len(self.shown) > LATE:
            self.shown.pop(0).close()

    def _step(self, by):
        place = self.at + by
        if 0 <= place < len(self.pile):
            return self._show(place)
        end = "last" if by > 0 else "first"
        told = f"This is the {end} answer to this question. {self._progress()}"
        return self.status.say("empty", "○", told)

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

    def _kept(self, text):
        """What this marker's journal holds on this very text; {} if there is nothing."""
        value = part(self._mine.get(text.id))
        return value if value.get("text") in (None, "", text.fingerprint) else {}

    def _own(self, text):
        return rubric.mark_of(self._kept(text))

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

    def _told(self, text):
        """Which answer this is, and what there is to know before it is marked."""
        marks, said = self._marks(text), ""
        if self.marker == rubric.AGREED:
            given = {name: marks[name] for name in sorted(marks) if name != rubric.AGREED}
            said = f"Given: {'; '.join(map(_in_words, given, given.values()))}."
        elif self._is_open(text):
            said = AGAIN
        elif self._mine.get(text.id) and not self._kept(text):
            said = OTHER_TEXT
        elif {rubric.AGREED, self.marker} <= marks.keys():
            said = SETTLED
        return f"<strong>Answer {self.at + 1} of {len(self.pile)}.</strong> {escape(said)}"

    def _progress(self):
        """How far this marker is: "12 of 41 marked here, 30 of 164 in all."."""
        here, whole = (sum(text.id in self._done for text in x) for x in (self.pile, self.texts))
        told = f"{here} of {len(self.pile)} {self.verb}"
        return f"{told} in this question, {whole} of {len(self.texts)} in all."


def _questions(found):
    """The list of questions; found: {exercise id: Exercise}, the first one is chosen."""
    return ipywidgets.Dropdown(
        description="Question",
        options=[(exercise.title, id) for id, exercise in found.items()],
        layout=shared(ipywidgets.Layout, width="auto"),
        style=shared(ipywidgets.Dropdown.style.klass, description_width="initial"),
    )


def _in_words(name, mark):
    return f"{name}: level {mark.level}" + (f", “{mark.note}”" if mark.note else "")
