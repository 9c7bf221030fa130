"""The two short tests: eight true/false statements each, with a confidence."""

from typing import NamedTuple

from kit.exercises.model import ExerciseError, read_each
from kit.exercises.stated import statement_fault


class Statement(NamedTuple):
    """One statement of the pre-test (form A) or the post-test (form B)."""

    id: str
    form: str
    text: str


class QuizScore(NamedTuple):
    """Counts for the measures in `kit.measures`.

    hits: true statements called true; misses: true ones called false;
    false_alarms: false ones called true; correct_rejections: false ones called false.
    p, outcome: per answered statement the stated probability (0 to 1) that it is true,
    and whether it is (1 or 0). Unanswered statements are left out of everything.
    """

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int
    p: tuple[float, ...]
    outcome: tuple[int, ...]


def quiz(case, form):
    """The statements of one form, in file order.

    form: "A" or "B"; ExerciseError otherwise.

    >>> from kit import data
    >>> len(quiz(data.load(), "A"))
    8
    """
    found = [statement for statement in statements(case) if statement.form == form]
    if not found:
        raise ExerciseError(f"{case.exercises_path.name} has no quiz form {form!r}; use A or B.")
    return found


def statements(case):
    """The statements of both forms, in file order; ExerciseError for what cannot be used."""
    found = {}
    for entry in read_each(case.exercises_path, "quiz"):
        where = f"{case.exercises_path.name}, statement {entry.get('id', 'without id')!r}"
        if fault := statement_fault(entry):
            raise ExerciseError(f"{where}: {fault}")
        if entry["id"] in found:
            raise ExerciseError(f"{where}: this id stands twice; rename one.")
        found[entry["id"]] = Statement(*(entry[field] for field in Statement._fields))
    return list(found.values())


def score_quiz(case, form, answers):
    """Counts of right and wrong; None where the case has no key or nothing is answered.

    answers: {statement id: {"answer": True or False, "confidence": 50 to 100}}, the
    confidence in percent; a missing confidence counts as 50, which says "a guess".

    >>> from kit import data
    >>> score_quiz(data.load(), "A", {}) is None
    True
    """
    truth = case.key.answers.get("quiz", {}) if case.key else {}
    pairs = [
        (truth[statement.id], answers[statement.id])
        for statement in quiz(case, form)
        if statement.id in truth and (answers or {}).get(statement.id, {}).get("answer") is not None
    ]
    if not pairs:
        return None
    said = [(true, given["answer"]) for true, given in pairs]
    return QuizScore(
        hits=said.count((True, True)),
        misses=said.count((True, False)),
        false_alarms=said.count((False, True)),
        correct_rejections=said.count((False, False)),
        p=tuple(_probability(given) for _, given in pairs),
        outcome=tuple(int(true) for true, _ in pairs),
    )


def _probability(given):
    """Confidence in one's own answer, as the probability that the statement is true."""
    sure = (given.get("confidence") or 50) / 100
    return sure if given["answer"] else round(1 - sure, 4)
