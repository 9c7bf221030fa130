"""What an invented learner enters in the forms of a notebook, and what the journal must then hold.

The answers are drawn from a learner's own numbers, so that no two learners answer alike: one who
were given another's work would be found out.
"""

import re
from typing import NamedTuple

from kit import exercises
from kit.widgets.base import named
from kit.widgets.handin import CODE
from kit.widgets.quiz import CONFIDENCE

FORM = re.compile(r"""kit\.(?:widgets\.)?(\w+)\("?(\w*)"?\)""")
YOURS = "Your pen name"


class Act(NamedTuple):
    """One change of one control.

    label: the control's, as its model has it. entered: the text of an option, the text typed, or
    whether it is ticked. id, kept: the journal's id, and its value once this is saved.
    """

    label: str
    entered: object
    id: str
    kept: object


def acts(source, case, code, rng):
    """Return the Acts (list) of the learner with this code in the form that a cell shows.

    source: the cell's code; no form to answer gives an empty list. rng: a random.Random.
    """
    call = FORM.fullmatch(source.strip().rpartition("\n")[2])  # without its label
    if call is None:
        return []
    name, about = call.groups()
    if name == "quiz":
        return [*_quiz(about, case, rng)]
    if name == "pen_name":
        return [Act(named(YOURS), code, CODE, code)]
    return [*_exercise(exercises.load(case)[about], code, rng)] if name == "ask" else []


def _quiz(letter, case, rng):
    for number, statement in enumerate(exercises.quiz(case, letter), 1):
        context, id = f"Statement {number}", f"quiz_{letter}/{statement.id}"
        answer, (told, confidence) = rng.random() < 0.5, rng.choice(CONFIDENCE)
        half = {"answer": answer, "confidence": None}
        yield Act(named("This is", context), str(answer).lower(), id, half)
        yield Act(named("How sure?", context), told, id, half | {"confidence": confidence})


def _exercise(exercise, code, rng):
    """Yield the Acts for a form of `kit.ask`, by the kind of the exercise."""
    kinds = {"matrix": _matrix, "rating": _rating, "several": _several, "date": _date}
    return kinds.get(exercise.kind, _written)(exercise, code, rng)


def _matrix(exercise, _code, rng):
    for row in exercise.rows:
        for column in exercise.columns:
            option, id = rng.choice(exercise.options), f"{exercise.id}/{row.id}/{column.id}"
            yield Act(named(column.text, row.text), option.text, id, option.id)


def _rating(exercise, _code, rng):
    for row in exercise.rows:
        for column in exercise.columns:
            value = rng.randint(*column.range) if column.range else rng.choice(column.values)
            id, kept = f"{exercise.id}/{row.id}/{column.id}", {"value": value, "evidence": None}
            yield Act(named(column.text, row.text), str(value), id, kept)


def _several(exercise, _code, rng):
    ticked = []
    for option in exercise.options:
        if rng.random() < 0.5:
            ticked = [*ticked, option.id]
            yield Act(named(option.text), True, exercise.id, ticked)


def _date(exercise, _code, rng):
    date = f"{rng.randint(1949, 2024)}-{rng.randint(1, 12):02}"
    yield Act(named("Your date"), date, exercise.id, date)


def _written(exercise, code, rng):
    text = f"{code} says {rng.randint(1, 10**9)}: see (R{rng.randint(1, 60):02})."
    yield Act(f"Your text: {exercise.title}", text, exercise.id, text)


def same(kept, found, under_way=None):
    """Return the ids (set) of `kept`, a dict from id to value, that `found(id)` still gives.

    Where a change was under way (an Act), its value may be there as well: saved, but not yet told.
    """
    newer = {under_way.id: under_way.kept} if under_way else {}
    return {id for id, value in kept.items() if found(id) in (value, newer.get(id, value))}
