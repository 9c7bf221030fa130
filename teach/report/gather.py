"""What the hand-ins of a class say, as numbers: one pass, a few hundred bytes for each learner.

Codes, names and texts are not taken in at all, so nothing that is made of a Class can show them.
What does not fit an exercise (another form, no option of it) counts as not answered.
"""

from collections import Counter, defaultdict
from functools import partial
from typing import NamedTuple

import numpy as np

from kit import exercises
from teach.grading.written import answers_in

MISSING = -1
TESTS = ("A", "B")
SINGLE = ("choice", "number", "date", "several")
PLACES = "places"


class Class(NamedTuple):
    """The answers of a class. All arrays are int8, MISSING (-1) is not answered.

    learners: how many handed in. cells: {id of a matrix or rating: (learners, rows, columns)},
    each the place of the answer among the options or values of its column. single: {id of a
    choice, number, date or several: {answer: learners who gave it}}. called, sure: {"A" or "B":
    (learners, statements)}: 1 for true, 0 for false; confidence in percent. places: (learners,
    texts), for each text of case.texts the place at which it was met, 0 is the first, if the order
    was drawn from the learner's code and recorded.
    """

    case: object
    learners: int
    cells: dict
    single: dict
    called: dict
    sure: dict
    places: object


class Asked(NamedTuple):
    """What a course asks, looked up once for any number of hand-ins.

    texts: ids. grids: {id of a matrix or rating: [(row, [(column, {answer: place})])]}.
    tests: {letter: ids of its statements}. single: {id: Exercise} of those with one answer.
    """

    texts: tuple
    grids: dict
    tests: dict
    single: dict


def gather(everybody, case, share=map):
    """Return the Class of the answers of everybody, read one by one.

    everybody: for each learner a dict {exercise id: {"answer": …}}, as a hand-in holds it, or a
    whole hand-in as JSON (str). share: what does a work on many things, in order, such as
    teach.grading.hands.Hands().share.
    """
    known = exercises.load(case)
    grids = {id: _places(each) for id, each in known.items() if each.kind in ("matrix", "rating")}
    single = {id: each for id, each in known.items() if each.kind in SINGLE}
    tests = {letter: statements(case, letter) for letter in TESTS}
    asked = Asked(tuple(case.texts), grids, tests, single)
    learners, kept, counted = 0, defaultdict(bytearray), {id: Counter() for id in single}
    for rows, values in share(partial(numbers, asked), everybody):
        learners += 1
        for name, row in rows.items():
            kept[name] += row
        for id, each in values.items():
            counted[id].update(each)
    arrays = {
        name: _array(kept[name], learners) for name in (PLACES, *grids, *tests, *map(_sure, tests))
    }
    shapes = {id: (learners, len(known[id].rows), len(known[id].columns)) for id in grids}
    return Class(
        case,
        learners,
        {id: arrays[id].reshape(shape) for id, shape in shapes.items()},
        {id: dict(counts) for id, counts in counted.items()},
        {letter: arrays[letter] for letter in tests},
        {letter: arrays[_sure(letter)] for letter in tests},
        arrays[PLACES].reshape(learners, len(case.texts)),
    )


def numbers(asked, hand_in):
    """Return one learner's answers as numbers: ({name of an array: its row, bytes}, {id: values}).

    asked: Asked. hand_in: as `gather` takes it.
    """
    answers = answers_in(hand_in) if isinstance(hand_in, str) else hand_in
    rows = {PLACES: _met(_answer(answers, "handin"), asked.texts)}
    rows |= {id: _grid(_answer(answers, id), cells) for id, cells in asked.grids.items()}
    for letter, statements in asked.tests.items():
        rows[letter], rows[_sure(letter)] = _test(_answer(answers, f"quiz_{letter}"), statements)
    values = {id: _values(each, _answer(answers, id)) for id, each in asked.single.items()}
    return rows, values


def _places(exercise):
    """For each row its cells: columns with {answer: its place}, in the order of the array."""
    options = [option.id for option in exercise.options]
    found = {column.id: steps(column) or options for column in exercise.columns}
    places = {id: {value: n for n, value in enumerate(each)} for id, each in found.items()}
    rows, columns = exercise.rows, exercise.columns
    cells = [(column.id, places[column.id]) for column in columns]
    return [(row.id, cells) for row in rows]


def steps(column):
    """Return the values that a column of a rating takes, in order; () for one of a matrix."""
    return column.values or (
        tuple(range(column.range[0], column.range[1] + 1) if column.range else ())
    )


def statements(case, letter):
    """Return the ids of the statements of a test; [] if the course has no such test."""
    try:
        return [statement.id for statement in exercises.quiz(case, letter)]
    except exercises.ExerciseError:
        return []


def _answer(answers, id):
    return (answers.get(id) or {}).get("answer")


def _met(noted, texts):
    """The bytes of the place at which a learner met each text, of what the hand-in notes."""
    order = noted.get("order") if isinstance(noted, dict) else None
    if not exercises.is_order(order, texts):
        return bytes([0xFF] * len(texts))
    return bytes(order.index(id) for id in texts)


def _grid(answer, places):
    """The bytes of one learner's grid."""
    rows, found = answer if isinstance(answer, dict) else {}, bytearray()
    for row, cells in places:
        given = rows.get(row)
        given = given if isinstance(given, dict) else {}
        found += bytes(_place(given.get(column), among) for column, among in cells)
    return found


def _place(cell, among):
    value = cell.get("value") if isinstance(cell, dict) else cell
    return among.get(value, 0xFF) if type(value) in (str, int) else 0xFF


def _sure(letter):
    return f"{letter} sure"


def _test(answer, statements):
    """The bytes of what a learner called the statements, and of how sure."""
    answer = answer if isinstance(answer, dict) else {}
    given = [answer.get(id) if isinstance(answer.get(id), dict) else {} for id in statements]
    called = [each.get("answer") for each in given]
    return (
        bytes(int(each) if type(each) is bool else 0xFF for each in called),
        bytes(_percent(each.get("confidence")) for each in given),
    )


def _percent(percent):
    return percent if type(percent) is int and 50 <= percent <= 100 else 0xFF


def _values(exercise, answer):
    """What a learner answered, one value or those ticked; [] for none or another form."""
    try:
        value = exercises.as_value(exercise.kind, answer)
    except exercises.AnswerError:
        return []
    if exercise.kind in ("number", "date"):
        return [] if value is None else [value]
    options = {option.id for option in exercise.options}
    ticked = value if isinstance(value, list) else [value]
    return options.intersection(each for each in ticked if isinstance(each, str))


def _array(raw, learners):
    """The bytes as int8, a row for each learner."""
    found = np.frombuffer(bytes(raw), dtype=np.int8)
    return found.reshape(learners, -1) if learners else found.reshape(0, 0)
