"""Blind, then together: decide alone, give a line, see the own class beside oneself; and the wall.

A wall takes the lines of a class, however they were pasted, and draws the class while they come. It
draws nothing of fewer than k learners. It moves with each line, so whoever watches both sees whose
line moved it; what is given back to the class, and stays, is the class's line, which does not.
"""

import functools
import os
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets

from kit import exercises, journal
from kit.data import Case
from kit.errors import cause
from kit.exercises import AnswerError, Exercise
from kit.exercises.kinds.rating import RATERS, invented_ratings
from kit.journal.file import replace
from kit.submission import class_line, short_line
from kit.submission.class_line import FEWEST, ClassLine, Given, by_learner
from kit.submission.short_line import Judgement, lines_in
from kit.widgets import base, decided
from kit.widgets.base import button, default_case, html
from kit.widgets.fields import PAUSE, Form, save_waiting
from kit.widgets.handin import HandinOutput
from kit.widgets.rating import gaps_in_words, is_committed, missing
from kit.words import plural

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "KIT_SHARED"  # the variable that names a folder which a whole class shares
SURE = {True: "These are my ratings", False: "I have decided"}
BEFORE = {
    True: "Press this when you have decided on your ratings. After that, the cells below show the "
    "editors' ratings beside yours, for every text that you have rated completely. "
    "You can still change yours.",
    False: "Press this when you have decided, before you talk about it. You can still change your "
    "answer above.",
}
LINE = "Your line for the class"
ABOUT = (
    "It holds what you decided here and which text you met first, but no name and no pen name. "
    "Paste it where your class collects the lines. If your name stands beside it there, "
    "people can tell that it is yours."
)
AGAIN = (
    "If talking changes your mind, change your answer above and press the button once more. Your "
    "second judgement then stands beside the first."
)
TWICE = "You have judged twice. What you change from now on is kept, but not in this line."
OTHER = "The class's line is one of another task: look for the one of “{}”."
MOVES = "The picture comes with line {}. Until then nobody's line is shown."


def commit(exercise_id: str = "ratings", case: Case | None = None) -> "DecisionForm":
    """A button that says: I have decided; then a line for the class, and a box for its line back.

    Raises ExerciseError for an unknown exercise.
    """
    case = case or default_case()
    return DecisionForm(exercises.find(exercise_id, case), case)


class DecisionForm(Form):
    """The button, the line of the newest judgement with *Copy*; then the own class beside it."""

    def __init__(self, exercise: Exercise, case: Case) -> None:
        super().__init__(self._summary, "Not decided yet.", case=case)
        self.asked = exercise
        self.output = HandinOutput(label=LINE)
        self.about = html("", "kit-live")
        is_rating = exercise.evidence
        before = html(f"<p>{BEFORE[is_rating]}</p>")
        press = button(SURE[is_rating], self._decide, "kit-primary")
        drop = [button("Put it into the class's folder", self._drop)] if _folder() else []
        box = base.entry("The line that your class got back", "kit-class:…")
        self.keep(f"wall/class/{exercise.id}", box, pause=PAUSE, encode=self._class_line)
        self.picture = html("")
        self.place = ipywidgets.VBox((self.output, self.about, *drop, box, self.picture))
        self.watch(self._draw)
        self.lay_out(before, press, base.stand_in(self.place, self.output, self._plain))
        self._show()

    def _summary(self) -> str:
        return f"{self._open()} {_of_class(self.asked, self.case)}".strip()

    def _class_line(self, text: str) -> str:
        """The class's line alone, whatever stands around it; AnswerError says what is wrong."""
        found = class_line.class_lines_in(text, self.case)
        lines = [each for each in found if isinstance(each, ClassLine)]
        ours = [each for each in lines if each.exercise == self.asked.id]
        if not ours:
            whole = f"There is no class's line here: it begins with “{class_line.CLASS[0]}”."
            fault = next((str(each) for each in found if not isinstance(each, ClassLine)), whole)
            raise AnswerError(OTHER.format(self.asked.title) if lines else fault)
        return class_line.as_class_line(max(ours, key=lambda each: each.number), self.case)

    def _draw(self) -> None:
        """Draw the own class, if its line is there and this learner has decided."""
        if not (decided.class_of(self.asked, self.case) and decided.judged(self.asked, 1)):
            self.picture.value = ""
            return
        self.picture.value = _figure(self.asked, my_class(self.asked.id, self.case))

    def _open(self) -> str:
        if self.asked.evidence:
            return gaps_in_words(self.asked)
        given, all_ = exercises.progress(self.asked, journal.current().answer(self.asked.id))
        return f"{given} of {all_} answered."

    def is_begun(self) -> bool:
        """True after the button was pressed."""
        return is_committed(self.asked)

    def _show(self) -> None:
        try:
            self.output.code = decided.line_of(self.asked, self.case)
        except journal.JournalError as error:
            return self.status.failed(str(error))
        self.place.layout.display = "" if self.output.code else "none"
        twice = TWICE if decided.judged(self.asked, 2) else AGAIN
        self.about.value = f'<p class="kit-note">{ABOUT}</p><p class="kit-note">{twice}</p>'
        self._draw()
        if self.is_begun():
            self.status.saved(self._summary(), "You have decided.")
        return None

    def _plain(self) -> ipywidgets.HTML:
        return html(f"<p>{LINE}: <code>{decided.line_of(self.asked, self.case)}</code></p>")

    def _decide(self) -> None:
        save_waiting()
        answer = journal.current().answer(self.asked.id)
        is_whole = self.asked.evidence and len(missing(self.asked)) < len(self.asked.rows)
        if not (is_whole or short_line.decided(self.asked, answer)):
            whole = "Rate at least one text completely." if self.asked.evidence else "Answer first."
            return self.status.failed(f"{whole} {self._open()}", "Not saved yet.")
        try:
            decided.decide(self.asked)
            if not self.is_begun():
                journal.current().write(f"committed/{self.asked.id}", True)
        except journal.JournalError as error:
            return self.status.failed(str(error))
        self._show()
        more = " Run the next cells to see the editors' ratings." if self.asked.evidence else ""
        return self.status.saved(f"You have decided.{more}")

    def _drop(self) -> None:
        """Put the line into the shared folder, under a name that tells nothing of the learner."""
        fields = self.output.code.partition(":")[2].split("-")
        name = f"kit-line-{'-'.join(fields[2:5])}.txt"
        try:
            replace(Path(_folder()) / name, self.output.code.encode("ascii"))
        except OSError as error:
            why, remedy = cause(error)
            sentence = f"Your line is not in the class's folder because {why}; {remedy}"
            return self.status.failed(f"{sentence}, or copy the line instead.")
        return self.status.saved("Your line is in the class's folder.", "Done.")


@functools.lru_cache(maxsize=2)  # what was pasted, and what is kept of it
def _found(text: str, case: Case) -> list[Any]:
    return lines_in(text, case)


def _figure(exercise: Exercise, table: Any) -> str:
    from kit import charts  # not before something is drawn
    from kit.charts.figure import figure

    return figure(charts.stances if exercise.options else charts.spread, table)


def _folder() -> str:
    return os.environ.get(FOLDER, "")


def _of_class(exercise, case):
    told = decided.class_of(exercise, case)
    if not told:
        return ""
    if not decided.judged(exercise, 1):
        return "Decide on your own first: press the button above. Then your class is shown."
    which = "second judgement" if told.number > 1 else "first judgement"
    return f"{plural(told.learners, 'learner')}, {which}. What you decided is drawn beside it."


def my_class(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The own class beside the learner's judgement, as `kit.charts.spread` or `stances` takes it.

    Only what the learner decided is in it. Ratings have the editors' beside, and the invented
    class where no line of an own one was pasted. An unknown exercise is an ExerciseError.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    told = decided.class_of(exercise, case)
    own, editors = decided.own_of(exercise, told), {}
    if exercise.evidence:
        gaps = missing(exercise)
        editors = {p: v for p, v in decided.editors_of(exercise, case).items() if p[0] not in gaps}
        if not told and own:
            told = _invented(exercise, case, own)
    whose = f"Your class, {plural(told.learners, 'learner')}" if told else "Your class"
    whose = "The invented class" if told and not told.number else whose
    return decided.table_of(exercise, case, told, own, editors, whose)


def _invented(exercise, case, own):
    """The invented class as a ClassLine with the number 0, without a key None."""
    rated: dict[str, dict] = {row.id: {} for row in exercise.rows}
    for (row, column), value in decided.editors_of(exercise, case).items():
        rated[row][column] = value or ""
    drawn = invented_ratings(exercise, rated)
    people = [
        Judgement(exercise.id, "", 1, {r: {c: v[n] for c, v in drawn[r].items()} for r in own})
        for n in range(RATERS)
    ]
    told = class_line.told(people, exercise)
    return told._replace(number=0) if case.key else None


def wall(exercise_id: str = "ratings", case: Case | None = None) -> "Wall":
    """A box for the lines of a class, its picture, and one line back for the class.

    exercise_id: what was judged. Raises ExerciseError for an unknown exercise.
    """
    case = case or default_case()
    return Wall(exercises.find(exercise_id, case), case)


class Wall(Form):
    """The wall; also: what else is drawn of the judgements, first and second, as HTML."""

    def __init__(
        self,
        exercise: Exercise,
        case: Case,
        also: Callable[[list[Judgement]], str] = lambda _found: "",
    ) -> None:
        super().__init__(self._counted, "No line yet.", case=case)
        self.add_class("kit-wall")
        self.asked, self.also = exercise, also
        self.shows_editors, self.wrong = False, ""
        self.box = base.control(
            ipywidgets.Textarea, "The lines of the class", rows=4, placeholder="kit-line:…"
        )
        self.count, self.picture = html("", "kit-wall-count", "kit-live"), html("")
        self.problems, self.told = html(""), html("", "kit-live")
        self.output = HandinOutput(label="The line for your class")
        self.keep("wall/lines", self.box, pause=PAUSE, encode=self._lines)
        self.watch(self._draw)
        read = [button("Take what lies in the class's folder", self._read)] if _folder() else []
        self.press = button("Show the editors' marks", self._editors)
        give = button("Make the line for the class", self._give, "kit-primary")
        buttons = base.box("kit-steps", *read, *([self.press] if case.key else []), give)
        place = base.stand_in(base.box("", self.output), self.output, self._plain)
        shown = self.count, self.box, self.problems, self.picture
        self.lay_out(*shown, buttons, place, self.told)

    @property
    def found(self) -> list[Any]:
        """What every line in the box holds: a Judgement or a SubmissionError."""
        return _found(self.box.value, self.case)

    @property
    def judged(self) -> tuple[dict[str, Judgement], dict[str, Judgement], int]:
        """The first judgements, the newest ones, both by token; how many learners gave two."""
        first, now = (by_learner(self.found, self.asked.id, n) for n in short_line.TWICE)
        return first, now, sum(each.number > 1 for each in now.values())

    def _lines(self, text: str) -> str:
        """The lines alone are kept, and shown: what stands around them in a chat are names."""
        found = _found(text, self.case)
        self.wrong = _problems(found)
        judged = [each for each in found if isinstance(each, Judgement)]
        lines = dict.fromkeys(short_line.as_line(each, self.case) for each in judged)
        if not lines:
            raise AnswerError("There is no whole line in this text.")
        return "\n".join(lines)

    def _counted(self) -> str:
        first, _, again = self.judged
        counted = f"{plural(len(first), 'learner')} decided"
        return f"{counted}, {again} of them twice." if again else f"{counted}."

    def _draw(self) -> None:
        self.fields["wall/lines"].show()
        first, now, again = self.judged
        self.count.value = f"<p>{escape(self.asked.title)}: {self._counted()}</p>"
        self.problems.value = self.wrong
        if len(first) < FEWEST:
            self.picture.value = f"<p>{MOVES.format(FEWEST)}</p>"
            return
        parts = [self._chart(first, 1, "First judgement")]
        parts += [self._chart(now, 2, "Second judgement")] if again >= FEWEST else []
        judged = [each for each in self.found if isinstance(each, Judgement)]
        self.picture.value = "".join(parts) + self.also(judged)

    def _chart(self, judged, number, name):
        told = class_line.told([*judged.values()], self.asked, number)
        editors = decided.editors_of(self.asked, self.case) if self.shows_editors else {}
        whose = f"{name}, {plural(len(judged), 'learner')}"
        table = decided.table_of(self.asked, self.case, told, {}, editors, whose)
        return _figure(self.asked, table)

    def _editors(self) -> None:
        self.shows_editors = not self.shows_editors
        self.press.description = f"{'Hide' if self.shows_editors else 'Show'} the editors' marks"
        self._draw()

    def _read(self) -> None:
        try:
            paths = sorted(Path(_folder()).glob("kit-line-*.txt"))
            texts = [path.read_text("ascii", "replace") for path in paths]
        except OSError as error:
            return self.status.failed(f"The class's folder cannot be read: {cause(error)[0]}.")
        self.box.value = "\n".join([self.box.value, *texts]).strip()
        return None

    def _give(self) -> None:
        """Give the newest line that may be given, and say why it is not a newer one."""
        save_waiting()
        id = f"wall/given/{self.asked.id}"
        before = [Given(*each) for each in journal.current().answer(id) or []]
        first, now, again = self.judged
        number, judged = (2, now) if again >= FEWEST else (1, first)
        line = class_line.next_line(self.found, self.asked, number, before, self.case)
        if not line:
            self.told.value = f"<p>A line is given for {FEWEST} learners or more.</p>"
            return
        if line not in before:
            try:
                journal.current().write(id, [*before, line])
            except journal.JournalError as error:
                return self.status.failed(str(error))
        self.output.code = line.line
        left = judged.keys() - set(line.learners)
        self.told.value = f"<p>{_told_of(line, len(left))}</p>"
        return None

    def _plain(self) -> ipywidgets.HTML:
        shown = html("")
        traits = (self.output, "code"), (shown, "value")
        ipywidgets.dlink(*traits, lambda code: f"<p><code>{code}</code></p>")
        return shown


def _told_of(line, left):
    which = "second" if line.number > 1 else "first"
    told = f"It tells of the {which} judgement of {plural(len(line.learners), 'learner')}."
    if not left:
        return told
    stand = plural(left, "learner stands", "learners stand")
    return (
        f"{told} {stand} outside: a new line comes when {FEWEST} more are in, because the "
        "difference of two lines must not tell of fewer."
    )


def _problems(found):
    """Each thing that is wrong with lines, once, and how often."""
    wrong = Counter(str(each) for each in found if not isinstance(each, Judgement))
    items = "".join(
        f"<li>{escape(sentence)}{f' ({count} times)' if count > 1 else ''}</li>"
        for sentence, count in wrong.items()
    )
    return f'<ul class="kit-bad">{items}</ul>' if items else ""
