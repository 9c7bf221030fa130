"""`kit.ask`: the right form for an exercise."""

from kit import exercises
from kit.widgets.base import default_case, no_exercise, sentence
from kit.widgets.finder import finder
from kit.widgets.forms import choice, date, number, several
from kit.widgets.handin import in_order
from kit.widgets.matrix import matrix
from kit.widgets.rating import rating
from kit.widgets.reader import tagging
from kit.widgets.written import written

FORMS = {
    "choice": choice,
    "several": several,
    "number": number,
    "date": date,
    "matrix": matrix,
    "written": written,
    "rating": rating,
}


def ask(exercise_id, case=None):
    """The form of an exercise, showing what was answered before.

    exercise_id: as in `exercises.toml`; case: default this course's own.
    An unknown id, or an exercise answered in code, gives a sentence instead of a form.
    """
    case = case or default_case()
    known = exercises.load(case)
    if exercise_id not in known:
        return no_exercise(exercise_id, case)
    exercise = known[exercise_id]
    if exercise.kind not in FORMS:
        return sentence(f"“{exercise.title}” is answered in code, in the cell that follows it.")
    if exercise.in_reader:
        return tagging(exercise, case)
    if exercise.kind == "several" and not exercise.options:
        return finder(exercise_id, case)
    if exercise.kind == "rating":
        exercise = in_order(exercise, case)
    return FORMS[exercise.kind](exercise, case)
