"""The marks: of one hand-in each exercise of the course, of all hand-ins the table `marks.csv`.

`marks.csv` says which hand-in of each learner counts, by its receipt; `marking.sqlite` beside it
has what that hand-in holds. Both are read again here, for the report and for those who mark.

An answer of another form than its question asks for (only a changed kit, or `kit.check` called
with something odd, writes one) earns 0 and is named for a person; of ratings with a value that is
not on its scale the others count. What the checks cannot judge
waits: written answers until two markers agree, and what the key leaves open for good. Over
all of it stand the teacher's own decisions.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kit import exercises
from kit.data import Case
from kit.errors import KitError
from kit.exercises import AnswerError, Checker
from kit.exercises.model import Place
from teach.grading.rubric import HIGHEST, RubricError, RubricMark, fingerprint
from teach.grading.selection import Selected
from teach.grading.settings import Settings, remembered, taught
from teach.grading.store import STORE, contents
from teach.spreadsheet import TableRow, number, read_table

MARKS, PERSONS = "marks.csv", "needs_a_person.csv"  # their names in the folder of marks
COLUMNS = ["code", "time", "receipt", "hand_ins", "points", "of", "waiting"]
COLUMNS += ["extra", "late", "run"]  # then each exercise's id
READ = ["code", "receipt", "hand_ins", "points", "waiting"]  # without these it is no table of marks
NOT_IN_THIS_RUN = "not in this run"  # in the column run
MANY, LONG = 500, 5_000  # answers whose scores are kept; characters of the longest of them
AGAIN = "wait for any marking that still runs, then run `python -m teach grade` again"


class ExerciseScore(NamedTuple):
    """What one exercise earned.

    points: rounded to two decimals; None where nothing is answered or nobody has marked it yet.
    state, message, reasons: as Feedback gives them. waits: a written answer that nobody has marked.
    is_strange: the answer, or a part of it, is none that the question lets one give. wrong: the
    places in the answer that are not right. is_excused: by the teacher.
    """

    id: str
    points: float | None
    state: str
    message: str
    waits: bool = False
    is_strange: bool = False
    reasons: tuple[str, ...] = ()
    wrong: frozenset[Place] = frozenset()
    is_excused: bool = False


class CourseMark(NamedTuple):
    """What the whole course earned: points out of `most`; None where somebody is excused from all.

    extra, late: what was added on top and taken off, and stands in the points. told: sentences for
    the learner on what was decided, and on lateness.
    """

    points: float | None
    most: float
    extra: float
    late: float
    told: tuple[str, ...] = ()


class TotalMark(NamedTuple):
    """What `marks.csv` says of a code, as it is written there.

    points: so far; None if there are none. waiting: written answers that nobody marked yet. most:
    how many points could be had; None in a table that does not say. cells: the whole row, {head in
    small letters: text}.
    """

    code: str
    receipt: str
    hand_ins: str
    points: Decimal | None
    waiting: int
    most: Decimal | None = None
    cells: Mapping[str, str] = MappingProxyType({})

    def points_in(self, exercise: str) -> float | None:
        """Return the points in the column of an exercise; None where there are none."""
        points = number(self.cells.get(exercise.lower(), ""))
        return None if points is None else float(points)


class WrittenAnswer(NamedTuple):
    """A learner's answer to a written exercise; code in small letters."""

    code: str
    exercise: str
    text: str

    @property
    def id(self) -> str:
        """Its id in a marker's journal."""
        return f"{self.code}/{self.exercise}"

    @property
    def fingerprint(self) -> str:
        """What tells its text from an earlier one of the same learner."""
        return fingerprint(self.text)


class Scorer:
    """Scores hand-ins of one case; what the key answers is worked out once.

    exercises: {id: Exercise} of those that count.
    """

    def __init__(self, case: Case) -> None:
        self.checker = Checker(case)
        self.exercises, self.settings = self.checker.exercises, Settings()

    def use(self, settings: Settings) -> None:
        """Let only the exercises of the notebooks that were taught count."""
        self.exercises, self.settings = taught(self.checker.exercises, settings), settings

    def scores(self, content: dict, levels: dict[str, RubricMark]) -> list[ExerciseScore]:
        """Return the score of each exercise, in the course's order.

        levels: {exercise id: mark} of the written answers that people marked; one given to an
        earlier text does not count.
        """
        answers = {id: entry["answer"] for id, entry in content["answers"].items()}
        return [self._score(id, answers.get(id), levels.get(id)) for id in self.exercises]

    def _score(self, id: str, answer: Any, mark: RubricMark | None) -> ExerciseScore:
        text = json.dumps(answer)
        # Many learners answer alike, so it is kept, but not what is made to fill the memory.
        checked = _checked if len(text) < LONG else _checked.__wrapped__
        score = checked(self.checker, id, text)
        if mark is None or not score.waits or not mark.fits(fingerprint(answer)):
            return score
        exercise = self.exercises[id]
        words = "".join(exercise.rubric[mark.level : mark.level + 1])
        words = words.removeprefix(f"{mark.level} ")
        message = f"Read by a person: level {mark.level} of {HIGHEST}. {words}".strip()
        message += f" Written for you: {mark.note}" if mark.note else ""
        return ExerciseScore(id, _points(exercise, mark.level / HIGHEST), score.state, message)


@lru_cache(MANY)
def _checked(checker: Checker, id: str, text: str) -> ExerciseScore:
    """Return the score of an answer, given as JSON, before any person reads it."""
    try:
        feedback = checker.judge(id, checker.value(id, json.loads(text)))
    except AnswerError as error:
        return ExerciseScore(id, 0.0, "not yet", str(error), is_strange=True)
    if feedback.state == "not answered":
        return ExerciseScore(id, None, feedback.state, "")
    exercise = checker.exercises[id]
    message, waits = f"{feedback.note} {feedback.message}".strip(), exercise.kind == "written"
    told = (message, waits, feedback.is_strange, feedback.reasons, frozenset(feedback.places))
    return ExerciseScore(id, _points(exercise, feedback.earned), feedback.state, *told)


def total(scores: Iterable[ExerciseScore]) -> float:
    """Return the sum of the points so far, rounded to two decimals."""
    return round(sum(score.points for score in scores if score.points is not None), 2)


def as_text(points: float | Decimal | None) -> str:
    """Return points as text: at most two decimals, no zeros behind them, "" for None.

    >>> as_text(2.5), as_text(3.0), as_text(0.0), as_text(None)
    ('2.5', '3', '0', '')
    """
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def marks_row(selected: Selected, scores: list[ExerciseScore], mark: CourseMark) -> list[str]:
    """Return the row of marks.csv for one code, as of this run."""
    latest, hand_ins = selected.submission, str(len(selected.others) + 1)
    waiting = str(sum(score.waits for score in scores))
    about = [selected.code, latest.time, latest.hash[:10], hand_ins]
    about += [as_text(mark.points), as_text(mark.most), waiting]
    about += [as_text(mark.extra or None), as_text(mark.late or None), ""]
    return about + ["excused" if each.is_excused else as_text(each.points) for each in scores]


def not_in_this_run(row: list[str]) -> list[str]:
    """Return a row that says that its hand-in was not in the run's input."""
    return [*row[: COLUMNS.index("run")], NOT_IN_THIS_RUN, *row[len(COLUMNS) :]]


def read_marks(path: Path) -> dict[str, TotalMark]:
    """Return {code in small letters: TotalMark} from the file that `python -m teach grade` wrote.

    Raises KitError where it is another table, or was changed by hand into what is no mark.
    """
    return {code: _total_mark(row) for code, row in read_table(path, READ).by_code().items()}


def _total_mark(row: TableRow) -> TotalMark:
    cells = row.cells
    earned, waiting = number(cells["points"]), number(cells["waiting"])
    if (earned is None and cells["points"]) or waiting is None or min(earned or 0, waiting) < 0:
        raise KitError(
            f"{row.where}: points or waiting is no plain number, or a spreadsheet made a date of "
            "it; run teach grade again, which writes the table anew."
        )
    most, receipt = number(cells.get("of", "")), cells["receipt"]
    return TotalMark(row.code(), receipt, cells["hand_ins"], earned, int(waiting), most, cells)


def _points(exercise: Any, earned: float | None) -> float | None:
    return None if earned is None else round(exercise.points * earned, 2)


# What was graded, read again


def page_of(folder: Path, code: str) -> Path:
    """Return where the page of a code lies in a folder of marks."""
    return folder / "feedback" / f"{code}.html"


def written_answers(folder: Path | str, case: Case) -> list[WrittenAnswer]:
    """Return those of the hand-ins that count, exercise by exercise in the course's order.

    Within an exercise their order is that of a hash, which tells nothing of who wrote them.
    Raises RubricError as `submissions` does.
    """
    course = taught(exercises.load(case), remembered(Path(folder)))
    order = {id: place for place, id in enumerate(course) if course[id].kind == "written"}
    answers = [
        WrittenAnswer(mark.code.casefold(), id, text)
        for mark, content in submissions(Path(folder))
        for id, entry in answers_in(content).items()
        if id in order and isinstance(text := entry["answer"], str) and text.strip()
    ]
    hashed = {answer.id: hashlib.sha256(answer.id.encode()).digest() for answer in answers}
    return sorted(answers, key=lambda answer: (order[answer.exercise], hashed[answer.id]))


def submissions(folder: Path) -> Iterator[tuple[TotalMark, str]]:
    """Yield (mark, content as JSON) of each hand-in that counts, in the order of marks.csv.

    Raises RubricError where nothing was graded yet, or what lies there does not fit together.
    """
    if not (folder / MARKS).is_file() or not (folder / STORE).is_file():
        raise RubricError(
            f"There are no marks in {folder} yet: run `python -m teach grade IN --out marks` "
            "first, then name that folder here."
        )
    try:
        marks = read_marks(folder / MARKS)
    except KitError:
        raise RubricError(f"{folder / MARKS} cannot be read as it is; {AGAIN}.") from None
    wanted = [(code, mark.receipt) for code, mark in marks.items()]
    try:
        yield from zip(marks.values(), contents(folder / STORE, wanted), strict=True)
    except (sqlite3.Error, TypeError, ValueError):
        raise RubricError(
            f"{MARKS} and {STORE} in {folder} cannot be read together; {AGAIN}."
        ) from None


def answers_in(content: str) -> dict:
    """Return the answers in a content as `submissions` yields it; raise RubricError."""
    try:
        return json.loads(content)["answers"]
    except (KeyError, TypeError, ValueError):
        raise RubricError(
            f"{STORE} holds a hand-in that cannot be read; move that file away, and keep it, then "
            "run `python -m teach grade` again with all hand-ins."
        ) from None
