"""Compares an answer with the key and says why, never what the key is; shows both in words."""

from typing import Any, NamedTuple

from kit import data
from kit.data import Case
from kit.exercises.key import Answer, answer_of
from kit.exercises.kinds import KINDS, normalise, validate
from kit.exercises.model import AnswerError, Exercise, Feedback, Statement, inside
from kit.exercises.schema import load, pick, quiz


class Checker:
    """Checks any number of answers of one case; what the key answers is worked out once."""

    def __init__(self, case: Case) -> None:
        self.exercises = load(case)
        self._case = case
        self._keys: dict[str, Answer | None] = {}

    def check(self, exercise_id: str, answer: Any) -> Feedback:
        """Return feedback on one answer, as the function `check` does."""
        try:
            return self.judge(exercise_id, self.value(exercise_id, answer))
        except AnswerError as error:
            return Feedback("not yet", str(error), 0.0)

    def value(self, exercise_id: str, answer: Any) -> Any:
        """Return the answer as plain JSON; AnswerError if it has another form than is asked for."""
        exercise = pick(exercise_id, self.exercises)
        value = normalise(exercise.kind, answer, exercise.unit)
        validate(exercise, value)
        return value

    def key(self, exercise_id: str) -> Answer | None:
        """Return the key's answer to an exercise, or None (see `answer_of`)."""
        if exercise_id not in self._keys:
            self._keys[exercise_id] = answer_of(self.exercises[exercise_id], self._case)
        return self._keys[exercise_id]

    def judge(self, exercise_id: str, value: Any) -> Feedback:
        """Return feedback on an answer that `value` gave."""
        exercise = self.exercises[exercise_id]
        kind = KINDS[exercise.kind]
        if value is None:
            return kind.not_answered
        key = self.key(exercise.id) if kind.has_key else None
        if key:
            feedback = kind.compare(exercise, value, key)
        else:
            feedback = kind.record(exercise, value, self._case)
        if feedback.state == "correct":
            return feedback
        return feedback._replace(note=kind.sameness(exercise, value))


def check(exercise_id: str, answer: Any, case: Case | None = None) -> Feedback:
    """Return feedback on one answer; raise ExerciseError when the exercise does not exist.

    answer: the value kept in the journal, or a table or chart as drawn in a cell.

    >>> check("witness_count", "fourteen").message
    "'fourteen' is not a number; write digits only, such as 250."
    """
    return Checker(case or data.load()).check(exercise_id, answer)


def progress(exercise: Exercise, answer: Any) -> tuple[int, int]:
    """Return how many parts of an answer are given, and how many are asked for.

    A part is a cell (of a rating with its sentence, where the exercise wants one), a row, or all.

    >>> progress(load(data.load())["stances"], {"P1": {"forum": "denies"}})
    (1, 40)
    """
    kind = KINDS[exercise.kind]
    filled = sum(kind.is_given(exercise, inside(answer, place)) for place in exercise.places)
    return filled, len(exercise.places)


class Reviewed(NamedTuple):
    """A statement that was answered: how, how sure (percent), whether rightly, and why.

    reason: the key's, "" where it gives none.
    """

    statement: Statement
    answer: bool
    confidence: int
    is_right: bool
    reason: str


def review_quiz(case: Case, form: str, answers: dict | None) -> list[Reviewed]:
    """Return the answered statements of a short test beside the key; [] where there is none.

    answers: {statement id: {"answer": True or False, "confidence": 50 to 100}}, the
    confidence in percent; a missing confidence counts as 50, which says "a guess".

    >>> from kit import data
    >>> [item] = review_quiz(data.load(), "A", {"a1": {"answer": True, "confidence": 90}})
    >>> item.is_right, item.confidence
    (True, 90)
    """
    key = case.key.answers if case.key else {}
    truth, reasons = key.get("quiz", {}), key.get("quiz_reasons", {})
    reviewed = []
    for statement in quiz(case, form):
        answer = inside(answers, (statement.id, "answer"))
        if statement.id in truth and answer is not None:
            sure = inside(answers, (statement.id, "confidence")) or 50
            is_right, reason = answer == truth[statement.id], reasons.get(statement.id, "")
            reviewed.append(Reviewed(statement, answer, sure, is_right, reason))
    return reviewed


class QuizScore(NamedTuple):
    """Counts for the measures in `kit.measures`, without the statements that are not answered.

    hits: true statements called true; misses: true ones called false;
    false_alarms: false ones called true; correct_rejections: false ones called false.
    p, outcome: of each the stated probability (0 to 1) that it is true, and whether it is (1 or 0).
    """

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int
    p: tuple[float, ...]
    outcome: tuple[int, ...]


def score_quiz(case: Case, form: str, answers: dict | None) -> QuizScore | None:
    """Return counts of right and wrong; None where the case has no key or nothing is answered.

    answers: as in `review_quiz`.
    """
    reviewed = review_quiz(case, form, answers)
    called = [(item.is_right == item.answer, item.answer) for item in reviewed]
    if not called:
        return None
    return QuizScore(
        hits=called.count((True, True)),
        misses=called.count((True, False)),
        false_alarms=called.count((False, True)),
        correct_rejections=called.count((False, False)),
        p=tuple(_probability(item) for item in reviewed),
        outcome=tuple(int(is_true) for is_true, _ in called),
    )


def _probability(item: Reviewed) -> float:
    """Return the confidence in one's own answer as the probability that the statement is true."""
    sure = item.confidence / 100
    return sure if item.answer else round(1 - sure, 4)
