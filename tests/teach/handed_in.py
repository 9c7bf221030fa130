"""Sound hand-ins of invented learners, to mark, to damage and to measure with."""

import json
import random

import kit
from kit import data, submission
from kit.exercises import Checker
from teach.report.invented_class import right_chart
from tests.solutions.answers import ANSWERS

CASE = data.load()
CHECKER = Checker(CASE)
EXERCISES = CHECKER.exercises
TIME = "2026-03-05T09:30:00.000Z"


def _right(exercise):
    if exercise.id in ANSWERS:
        return ANSWERS[exercise.id]
    key = CHECKER.key(exercise.id).value
    return right_chart(key) if exercise.kind in ("chart", "marks") else key


RIGHT = {id: _right(exercise) for id, exercise in EXERCISES.items()}


def content(code, answers=RIGHT, **fields):
    """Return the content of a hand-in, with its hash; `fields` replace others of it."""
    kept = {id: {"answer": answer, "attempts": 1} for id, answer in answers.items()}
    whole = {"v": 1, "kit": kit.__version__, "case": CASE.title, "code": code, "time": TIME}
    whole |= {"answers": kept, **fields}
    return whole | {"hash": submission.hash_of(whole)}


def some_answers(seed):
    """Return answers of a learner who left some out and got some wrong."""
    rng = random.Random(seed)
    answers = {id: RIGHT[id] for id in EXERCISES if rng.random() < 0.8}
    for id in answers:
        if EXERCISES[id].kind == "number" and rng.random() < 0.5:
            answers[id] = rng.randint(1, 99)
        if EXERCISES[id].kind == "choice" and rng.random() < 0.5:
            answers[id] = rng.choice(EXERCISES[id].options).id
    return answers


def raw(whole):
    """Return the bytes of the file that holds a content."""
    return json.dumps(whole, indent=1).encode("ascii")


def notebook(*texts):
    """Return the bytes of a notebook in whose outputs the texts stand."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Hand in"]}]
    cells += [
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": ["kit.widgets.handin()"],
            "outputs": [
                {"output_type": "display_data", "metadata": {}, "data": {"text/plain": [text]}}
            ],
        }
        for text in texts
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    ).encode("ascii")


def write(folder, number):
    """Write the hand-ins of `number` learners into a folder."""
    for n in range(number):
        name = f"handin-owl-{n}.json"
        (folder / name).write_bytes(raw(content(f"owl-{n}", some_answers(n))))
