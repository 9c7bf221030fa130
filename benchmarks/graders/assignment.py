"""One assignment for three graders: the 20 exercises of the course whose answers are plain values.

Left out are the four written ones, which a person marks, and the drawn chart. Where the course has
no right answer (the ratings), an answer is right when it is complete.
"""

import json
import random
from typing import NamedTuple

from kit.exercises import answer_of
from tests.solutions.answers import ANSWERS, CASE, EXERCISES

LEFT_OUT = ("written", "chart", "marks")
RIGHT, WRONG = 0.80, 0.15  # of the answers; the rest stays open


class Question(NamedTuple):
    """An exercise, one right and one wrong answer to it, and an assert that tells them apart."""

    id: str
    prompt: str
    points: int
    right: object
    wrong: object
    test: str


def questions():
    """Return the 20 Questions in the order of the course."""
    return [_question(each) for each in EXERCISES.values() if each.kind not in LEFT_OUT]


def answers_of(number):
    """Return what learner `number` answers, {exercise id: answer}; what is left open is not there.

    >>> answers_of(1) == answers_of(1), len(answers_of(1)) <= 20
    (True, True)
    """
    chance, given = random.Random(number), {}
    for question in QUESTIONS:
        drawn = chance.random()
        if drawn < RIGHT + WRONG:
            given[question.id] = question.right if drawn < RIGHT else question.wrong
    return given


def right_in(answers):
    """Return the ids of the exercises that `answers` has right: what every grader must find."""
    return {question.id for question in QUESTIONS if answers.get(question.id) == question.right}


def _question(exercise):
    right = ANSWERS.get(exercise.id) or answer_of(exercise, CASE).value
    test = f"assert {exercise.id} == {right!r}"
    if exercise.kind == "rating":
        cells = {row: sorted(columns) for row, columns in right.items()}
        test = (
            f"for row, columns in {cells!r}.items():\n"
            f"    for column in columns:\n"
            f'        assert {exercise.id}[row][column]["value"] is not None'
        )
    wrong = _wrong(exercise, right)
    return Question(exercise.id, exercise.prompt, exercise.points, right, wrong, test)


def _wrong(exercise, right):
    """Return a wrong answer of the shape that the exercise asks for."""
    if exercise.kind == "number":
        return right + 7
    if exercise.kind == "date":
        return "1991"
    if exercise.kind == "table":
        return right[:-1]
    if isinstance(right, dict):  # matrix, rating, several by rows
        return _without_last(right)
    other = exercise.wrong[0]["answer"]
    return other if exercise.kind == "choice" else [other]


def _without_last(rows):
    """Return `rows` without the last one, or, where there is only one, without its last column."""
    if len(rows) == 1:
        return {row: _without_last(columns) for row, columns in rows.items()}
    return dict(list(rows.items())[:-1])


QUESTIONS = questions()


def as_code(question, answers):
    """Return the line of Python that gives `answers`' answer to a question, or None if open."""
    if question.id not in answers:
        return None
    return f"{question.id} = {json.loads(json.dumps(answers[question.id]))!r}"
