"""The wall of a class for its teacher: the kit's own, and beneath it what the report says of it.

`teach.wall()` in a notebook shows it. Nothing is drawn of fewer than ten learners.
"""

from collections.abc import Iterable
from functools import partial

import numpy as np

from kit import data, exercises
from kit.data import Case
from kit.exercises import AXES, Exercise
from kit.submission.class_line import FEWEST, by_learner
from kit.submission.short_line import TWICE, Judgement
from kit.widgets.together import Wall
from kit.words import minus
from teach.measures.class_effects import order_effect
from teach.report.gather import ClassAnswers, gather, scores_of
from teach.report.judged_again import moved
from teach.report.page import Panel, in_notebook
from teach.report.sensitivity import halo

FIRST = "Does it matter which text they met first?"


def wall(exercise_id: str = "ratings", case: Case | None = None) -> Wall:
    """A box for the lines of a class, its picture live, and one line back; ExerciseError.

    exercise_id: what was judged. Beside the kit's wall it has, of ratings, the two axes and what
    the text met first does; and of any, what changed between the judgements.
    """
    case = case or data.load()
    exercise = exercises.find(exercise_id, case)
    return Wall(exercise, case, partial(beneath, exercise, case))


def beneath(exercise: Exercise, case: Case, found: Iterable[Judgement]) -> str:
    """Return as HTML what the report says of the judgements of ten learners or more."""
    answers = answers_of(exercise, case, list(found))
    parts = []
    if {column.id for column in exercise.columns} >= set(AXES):
        parts += [_shown(halo(answers, FEWEST)), f"<h3>{FIRST}</h3><p>{first_text(answers)}</p>"]
    if (answers.again[exercise.id][:, 1] >= 0).any():
        parts.append(_shown(moved(answers, FEWEST)))
    return "".join(parts)


def _shown(panel: Panel) -> str:
    return f"<h3>{panel.title}</h3>{in_notebook(panel)}"


def answers_of(exercise: Exercise, case: Case, found: list[Judgement]) -> ClassAnswers:
    """Return the judgements of a class as the report takes answers; first judgements in `cells`.

    places: 0 for the text met first, 1 for the others.
    """
    first, now = (by_learner(found, exercise.id, number) for number in TWICE)
    everybody = [
        {
            exercise.id: {"answer": each.answer},
            "together": {"answer": {exercise.id: _both(each, now[token])}},
        }
        for token, each in first.items()
    ]
    places = [
        [int(text != each.first) if each.first else -1 for text in case.texts]
        for each in first.values()
    ]
    return gather(everybody, case)._replace(places=np.array(places, dtype=np.int8))


def _both(first, now):
    return {"1": first.answer} | ({"2": now.answer} if now.number > 1 else {})


def first_text(answers: ClassAnswers, k: int = FEWEST) -> str:
    """Say what it does to the scores of a text that it was met first."""
    for scores in scores_of(answers):
        texts = [row.id for row in scores.exercise.rows]
        if scores.exercise.evidence and set(texts) <= answers.case.texts.keys():
            order = [list(answers.case.texts).index(text) for text in texts]
            effect = order_effect(scores.given.mean(axis=2), answers.places[:, order])
            if effect.learners < k:
                break
            if effect.note:
                return f"The effect is {effect.note}."
            later, low, high = (value or 0.0 for value in effect.slope)
            higher = "higher" if later < 0 else "lower"
            told = f"A text met first was rated {abs(later):.2f} points {higher} than one met later"
            sure = f"95 % interval {minus(f'{-high:+.2f}')} to {minus(f'{-low:+.2f}')}"
            none = " So no effect can be told." if low <= 0 <= high else ""
            return f"{told} ({sure}).{none}"
    return f"Fewer than {k} learners rated two texts and had an order drawn, so nothing is said."
