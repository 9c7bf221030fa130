"""What a case folder holds, in words, and whether its exercises and their key can be used.

The exercises are held to their key too: each answer must be one that can be given, and must agree
with what tables, feedback and record say of the same thing.
"""

from kit.exercises.checks import Checker
from kit.exercises.model import ExerciseError
from kit.exercises.nearest import nearest
from kit.exercises.quiz import statements
from kit.exercises.values import AnswerError
from teach.check_data.consistency import faults


def summary(case):
    """Return in words what a case that holds has: its tables, rows, texts and quotations.

    >>> from kit import data
    >>> summary(data.load()).splitlines()[0]
    'Asked to Join?: the data hold.'
    """
    rows = ", ".join(f"{name} {len(case.rows(name))}" for name in case.table_names)
    names = case.key.table_names if case.key else []
    key = ", ".join(f"{name} {len(case.key.rows(name))}" for name in names)
    return (
        f"{case.title}: the data hold.\nrows: {rows}\nkey: {key or 'none'}\n"
        f"texts: {len(case.texts)}, unchanged\n"
        f"quotations: {len(case.rows('claims'))}, each found in its place"
    )


def asked(case):
    """Return in words how many exercises a case has, and to how many its key has an answer.

    Raises ExerciseError, one sentence, for exercises or a key that cannot be used.

    >>> from kit import data
    >>> asked(data.load())
    'exercises: 25, 100 points; the key answers 18'
    """
    checker = Checker(case)
    for exercise in checker.exercises.values():
        _check_sentences(exercise, case)
    keys = {id: checker.key(id) for id in checker.exercises}
    for id, key in keys.items():
        if key:
            _check_ids(checker.exercises[id], key)
            _check_form(checker, id, key.value)
    if case.key:
        _check_names(checker, case.key.answers)
        _check_quiz(case)
    for fault in faults(case, checker):
        raise ExerciseError(fault)
    points = sum(exercise.points for exercise in checker.exercises.values())
    answered = sum(key is not None for key in keys.values())
    return f"exercises: {len(keys)}, {points} points; the key answers {answered}"


def _check_sentences(exercise, case):
    """See that the texts have the sentences that stand beside the cells of a matrix."""
    for row, cells in exercise.sentences.items():
        for column in cells:
            nearest(exercise, case, row, column)


def _check_ids(exercise, key):
    """See that a key has the rows, columns and options of its exercise, also in what it accepts."""
    if exercise.rows:
        _same(exercise, "rows", key.value, exercise.rows)
    if exercise.columns:
        for cells in key.value.values():
            _same(exercise, "columns", cells, exercise.columns)
    if exercise.options:
        options = [option.id for option in exercise.options]
        chosen = [*_chosen(key.value), *_chosen(key.accept)]
        if unknown := [each for each in chosen if each not in options]:
            raise ExerciseError(
                f"The key's answer to {exercise.id!r} has {unknown[0]!r}, which is none of the "
                f"options {', '.join(options)}; mend the key or exercises.toml."
            )


def _check_form(checker, id, answer):
    """See that a learner could give this answer; of a chart the key has the line alone."""
    try:
        if checker.exercises[id].kind != "chart":
            checker.value(id, answer)
    except AnswerError as error:
        raise ExerciseError(f"The key's answer to {id!r} cannot be given: {error}") from None


def _check_names(checker, answers):
    """See that each part of the key belongs to something that is asked."""
    odd = [id for id in answers if id not in (*checker.exercises, "quiz", "quiz_reasons")]
    if odd:
        raise ExerciseError(
            f"answers.toml: there is no exercise {odd[0]!r} in exercises.toml; mend one of the two."
        )


def _check_quiz(case):
    """See that the key says of each statement of the two short tests whether it is true."""
    asked = [statement.id for statement in statements(case)]
    truth = case.key.answers.get("quiz", {})
    known = isinstance(truth, dict) and truth.keys() == set(asked)
    if not (known and all(isinstance(each, bool) for each in truth.values())):
        raise ExerciseError(
            f"answers.toml, [quiz]: write true or false for each of {', '.join(asked)} and for "
            "nothing else."
        )


def _same(exercise, what, given, choices):
    ids = [choice.id for choice in choices]
    if odd := sorted(set(given) ^ set(ids)):
        raise ExerciseError(
            f"The {what} of {exercise.id!r} are {', '.join(ids)}, but the key's answer has "
            f"{', '.join(given)}; {odd[0]!r} is only in one of the two, so mend that one."
        )


def _chosen(answer):
    """The options in an answer, however deep."""
    if isinstance(answer, dict):
        return [option for each in answer.values() for option in _chosen(each)]
    return answer if isinstance(answer, list | tuple) else [answer]
