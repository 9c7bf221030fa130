"""`kit.check` and `kit.hint`: what the learner is told about an answer."""

from kit import exercises
from kit.exercises import AnswerError, as_value
from kit.journal import JournalError, current
from kit.widgets.base import default_case, no_exercise, sentence
from kit.widgets.fields import save_waiting, unreadable


def check(exercise_id, *answer, case=None):
    """Feedback on an exercise.

    Without `answer` the one kept in the journal is checked; an answer given in code
    (number, date, table, chart) is kept in the journal first, then checked.
    """
    case = case or default_case()
    known = exercises.load(case)
    if exercise_id not in known:
        return no_exercise(exercise_id, case)
    save_waiting()
    if not answer and (why := unreadable(exercise_id)):
        return exercises.Feedback("not answered", f"Your last entry is not kept. {why}")
    if not answer:
        return exercises.check(exercise_id, current().answer(exercise_id), case)
    _keep(known[exercise_id], answer[0])
    return exercises.check(exercise_id, answer[0], case)


def hint(exercise_id, case=None):
    """The next hint; each call goes one step further and the last hint stays."""
    case = case or default_case()
    known = exercises.load(case)
    if exercise_id not in known:
        return no_exercise(exercise_id, case)
    shown = current().answer(f"hints/{exercise_id}") or 0
    step = min(shown + 1, max(1, len(known[exercise_id].hints)))
    if step != shown:
        _write(f"hints/{exercise_id}", step)
    return sentence(exercises.hint(exercise_id, step, case))


def _keep(exercise, answer):
    """Record a code answer if it is one and differs from what is kept."""
    try:
        value = as_value(exercise.kind, answer)
    except AnswerError:
        return  # the feedback says what is wrong with it
    journal = current()
    if value is not None and (value != journal.answer(exercise.id) or journal.unsaved):
        _write(exercise.id, value)


def _write(id, value):
    try:
        current().write(id, value)
    except JournalError as error:
        print(error)
