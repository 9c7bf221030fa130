"""The marks of one hand-in: each exercise of the course once, from its answer and the key.

An answer of another form than its question asks for (only a changed kit, or `kit.check` called
with something odd, writes one) earns 0 and is named for a person. What the checks cannot judge
waits: written answers until two markers agree, and what the key leaves open for good.
"""

from typing import NamedTuple

from kit.exercises import AnswerError, Checker
from teach.grading.rubric import HIGHEST, fingerprint


class Mark(NamedTuple):
    """What one exercise earned.

    points: rounded to two decimals; None where nothing is answered or nobody has marked it yet.
    state, message: as Feedback gives them. waits: a written answer that nobody has marked.
    is_strange: the answer does not have the form the question asks for.
    """

    id: str
    points: float | None
    state: str
    message: str
    waits: bool = False
    is_strange: bool = False


class Scorer:
    """Marks hand-ins of one case; what the key answers is worked out once."""

    def __init__(self, case):
        self.checker = Checker(case)
        self.exercises = self.checker.exercises

    def marks(self, content, levels):
        """Return the Mark of each exercise, in the course's order.

        levels: {exercise id: Mark of the rubric} of the learner's written answers that people
        marked; one given to an earlier text does not count.
        """
        answers = {id: kept["answer"] for id, kept in content["answers"].items()}
        return [
            self._mark(exercise, answers.get(id), levels.get(id))
            for id, exercise in self.exercises.items()
        ]

    def _mark(self, exercise, answer, given):
        try:
            told = self.checker.judge(exercise.id, self.checker.value(exercise.id, answer))
        except AnswerError as error:
            return Mark(exercise.id, 0.0, "not yet", str(error), is_strange=True)
        if told.state == "not answered":
            return Mark(exercise.id, None, told.state, "")
        if exercise.kind == "written":
            return _written(exercise, told, given, answer)
        return Mark(exercise.id, _points(exercise, told.earned), *told[:2])


def _written(exercise, told, given, answer):
    """Return the Mark of a written answer: what people gave it, or that it waits for them."""
    if given is None or not given.fits(fingerprint(answer)):
        return Mark(exercise.id, None, *told[:2], waits=True)
    words = "".join(exercise.rubric[given.level : given.level + 1]).removeprefix(f"{given.level} ")
    said = f"Read by a person: level {given.level} of {HIGHEST}. {words}".strip()
    return Mark(exercise.id, _points(exercise, given.level / HIGHEST), told.state, said)


def total(marks):
    """Return the sum of the points so far, rounded to two decimals.

    >>> total([Mark("a", 0.33, "", ""), Mark("b", None, "", ""), Mark("c", 2.0, "", "")])
    2.33
    """
    return round(sum(mark.points for mark in marks if mark.points is not None), 2)


def written_out(points):
    """Return points as text: at most two decimals, no zeros behind them, "" for None.

    >>> written_out(2.5), written_out(3.0), written_out(0.0), written_out(None)
    ('2.5', '3', '0', '')
    """
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def _points(exercise, earned):
    return None if earned is None else round(exercise.points * earned, 2)
