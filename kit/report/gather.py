"""What the hand-ins of a class say, as numbers: one pass, a few hundred bytes for each learner.

Codes, names and texts are not taken in at all, so nothing that is made of a Class can show them.
What does not fit an exercise (another form, no option of it) counts as not answered.
"""

from typing import NamedTuple

import numpy as np

from kit import exercises

MISSING = -1
TESTS = ("A", "B")


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


def gather(everybody, case):
    """Return the Class of the answers of everybody, read one by one.

    everybody: for each learner a dict {exercise id: {"answer": …}}, as a hand-in holds it.
    """
    known = exercises.load(case)
    grids = {id: _places(each) for id, each in known.items() if each.kind in ("matrix", "rating")}
    tests = {letter: statements(case, letter) for letter in TESTS}
    kept = {name: bytearray() for name in [*grids, *tests, *(f"{t} sure" for t in tests)]}
    single = {id: {} for id, each in known.items() if each.kind in SINGLE}
    learners, met = 0, bytearray()
    for answers in everybody:
        learners += 1
        met += _met(_answer(answers, "handin"), case.texts)
        for id, places in grids.items():
            kept[id] += _grid(_answer(answers, id), places)
        for letter, asked in tests.items():
            _take_test(_answer(answers, f"quiz_{letter}"), asked, letter, kept)
        for id, counts in single.items():
            for value in _values(known[id], _answer(answers, id)):
                counts[value] = counts.get(value, 0) + 1
    arrays = {name: _array(raw, learners) for name, raw in kept.items()}
    shapes = {id: (learners, len(known[id].rows), len(known[id].columns)) for id in grids}
    return Class(
        case,
        learners,
        {id: arrays[id].reshape(shape) for id, shape in shapes.items()},
        single,
        {letter: arrays[letter] for letter in tests},
        {letter: arrays[f"{letter} sure"] for letter in tests},
        _array(met, learners).reshape(learners, len(case.texts)),
    )


SINGLE = ("choice", "number", "date", "several")


def _places(exercise):
    """For each cell its row, its column and {answer: its place}, in the order of the array."""
    options = [option.id for option in exercise.options]
    found = {column.id: steps(column) or options for column in exercise.columns}
    places = {id: {value: n for n, value in enumerate(each)} for id, each in found.items()}
    rows, columns = exercise.rows, exercise.columns
    return [(row.id, column.id, places[column.id]) for row in rows for column in columns]


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
    answer = answer if isinstance(answer, dict) else {}
    return bytes(_place(answer.get(row), column, among) & 0xFF for row, column, among in places)


def _place(row, column, among):
    cell = row.get(column) if isinstance(row, dict) else None
    value = cell.get("value") if isinstance(cell, dict) else cell
    return among.get(value, MISSING) if type(value) in (str, int) else MISSING


def _take_test(answer, asked, letter, kept):
    answer = answer if isinstance(answer, dict) else {}
    given = [answer.get(id) if isinstance(answer.get(id), dict) else {} for id in asked]
    called = [each.get("answer") for each in given]
    kept[letter] += bytes(int(each) if type(each) is bool else 0xFF for each in called)
    kept[f"{letter} sure"] += bytes(_sure(each.get("confidence")) for each in given)


def _sure(percent):
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
