"""What the hand-ins of a class say, as numbers: one pass, a few hundred bytes for each learner.

Codes, names and texts are not taken in at all, so nothing that is made of ClassAnswers can show
them. What does not fit an exercise (another form, no option of it) counts as not answered.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from kit import data, exercises
from kit.data import Case
from kit.exercises import AXES, Choice, Exercise
from kit.exercises.kinds.rating import values_of
from teach.grading.marks import answers_in

MISSING = -1
NO_BYTE = 0xFF  # MISSING, as a byte
TESTS = ("A", "B")
SINGLE = ("choice", "number", "date", "several")
PLACES, CHANGES, HINTS = "places", "changes", "hints"
OFTEN = 30_000  # changes of an answer; more are as many


class ClassAnswers(NamedTuple):
    """The answers of a class. All arrays are int8, MISSING (-1) is not answered.

    learners: how many handed in. cells: {id of a matrix or rating: (learners, rows, columns)},
    each the place of the answer among the options or values of its column. single: {id of a
    choice, number, date or several: {answer: learners who gave it}}. called, confidence: {"A" or
    "B": (learners, statements)}: 1 for true, 0 for false; percent. places: (learners, texts), for
    each text of case.texts the place at which it was met, 0 is the first, if the order was drawn
    from the learner's code and recorded. same: {exercise id: learners whose answer is the same at
    all its places}, where there are some. points, changes, hints: (learners, exercises of the
    course): points earned (float; nan where there are none, MISSING where one is excused), how
    often the answer was changed (int16), how many hints were taken. again: {id of a matrix or
    rating: (learners, 2, rows, columns)}, the first judgement and the second; as `cells`.
    """

    case: Case
    learners: int
    cells: dict[str, np.ndarray]
    single: dict[str, dict]
    called: dict[str, np.ndarray]
    confidence: dict[str, np.ndarray]
    places: np.ndarray
    same: dict[str, int]
    points: np.ndarray
    changes: np.ndarray
    hints: np.ndarray
    again: dict[str, np.ndarray]


class Scores(NamedTuple):
    """The scores of a rating exercise, by the learners and by the experts.

    columns: those that are scores in order. given: in steps of the scores, (learners, rows,
    columns). experts: (rows, columns). Both are nan where missing.
    """

    exercise: Exercise
    columns: tuple[Choice, ...]
    given: np.ndarray
    experts: np.ndarray


class Asked(NamedTuple):
    """What a course asks, looked up once for any number of hand-ins.

    texts: ids. grids: {id of a matrix or rating: [(row, [(column, {answer: place})])]}.
    tests: {letter: ids of its statements}. exercises: ids of all.
    """

    texts: tuple[str, ...]
    exercises: tuple[str, ...]
    grids: dict[str, list]
    tests: dict[str, list[str]]
    single: dict[str, Exercise]
    many: dict[str, Exercise]


def gather(
    everybody: Iterable[dict | str],
    case: Case,
    share: Callable[..., Iterable] = map,
    points: Iterable[list[float | None]] | None = None,
) -> ClassAnswers:
    """Return the answers of everybody, read one by one.

    everybody: for each learner {exercise id: {"answer": …}}, as a hand-in holds it, or a whole
    hand-in as JSON. share: does a work on many things, in order, as `map` does. points: of each of
    them in every exercise of the course, None for none; it is read after `everybody`.
    """
    known = exercises.load(case)
    grids = {id: _grid(each) for id, each in known.items() if each.kind in ("matrix", "rating")}
    single = {id: each for id, each in known.items() if each.kind in SINGLE}
    tests = {letter: statements(case, letter) for letter in TESTS}
    many = {id: each for id, each in known.items() if len(each.places) > 1}
    asked = Asked(tuple(case.texts), tuple(known), grids, tests, single, many)
    learners = 0
    columns: defaultdict[str, bytearray] = defaultdict(bytearray)
    counted: dict[str, Counter] = {id: Counter() for id in single}
    same: Counter = Counter()
    for rows, values, alike in share(partial(_numbers, asked), everybody):
        learners += 1
        for name, row in rows.items():
            columns[name] += row
        same.update(alike)
        for id, ticked in values.items():
            counted[id].update(ticked)

    def array(name: str, *shape: int, dtype: type = np.int8) -> np.ndarray:
        return np.frombuffer(bytes(columns[name]), dtype).reshape(learners, *shape)

    none = [[np.nan] * len(known)] * learners
    earned = np.array(none if points is None else list(points), float).reshape(-1, len(known))

    return ClassAnswers(
        case,
        learners,
        {id: array(id, len(known[id].rows), len(known[id].columns)) for id in grids},
        {id: dict(counts) for id, counts in counted.items()},
        {letter: array(letter, len(ids)) for letter, ids in tests.items()},
        {letter: array(_sure(letter), len(ids)) for letter, ids in tests.items()},
        array(PLACES, len(case.texts)),
        {id: same[id] for id in many if same[id]},
        earned,
        array(CHANGES, len(known), dtype=np.int16),
        array(HINTS, len(known)),
        {id: array(_twice(id), 2, len(known[id].rows), len(known[id].columns)) for id in grids},
    )


def _numbers(asked, hand_in):
    """One learner's answers: ({name of an array: its row, bytes}, {id: values}, ids of `same`)."""
    answers = answers_in(hand_in) if isinstance(hand_in, str) else hand_in
    order = _answer(answers, "handin")
    order = order.get("order") if isinstance(order, dict) else None
    is_drawn = data.is_order(order, asked.texts)
    rows = {PLACES: bytes(order.index(id) if is_drawn else NO_BYTE for id in asked.texts)}
    hints = _answer(answers, "hints")
    rows[CHANGES] = np.array([_changes(answers, id) for id in asked.exercises], np.int16).tobytes()
    rows[HINTS] = bytes(_hints(hints, id) for id in asked.exercises)
    rows |= {id: _cells(_answer(answers, id), grid) for id, grid in asked.grids.items()}
    together = _answer(answers, "together")
    rows |= {_twice(id): _judged(_part(together, id), grid) for id, grid in asked.grids.items()}
    for letter, statements in asked.tests.items():
        rows[letter], rows[_sure(letter)] = _test(_answer(answers, f"quiz_{letter}"), statements)
    values = {id: _values(each, _answer(answers, id)) for id, each in asked.single.items()}
    return rows, values, [id for id, each in asked.many.items() if _is_same(each, answers)]


def _is_same(exercise, answers):
    answer = _answer(answers, exercise.id)
    kind = exercises.KINDS[exercise.kind]
    return kind.fits(exercise, answer) and bool(kind.sameness(exercise, answer))


def _grid(exercise):
    """For each row its cells: columns with {answer: its place}, in the order of the array."""
    options = [option.id for option in exercise.options]
    cells = [
        (column.id, {value: n for n, value in enumerate(values_of(column) or options)})
        for column in exercise.columns
    ]
    return [(row.id, cells) for row in exercise.rows]


def statements(case: Case, letter: str) -> list[str]:
    """Return the ids of the statements of a test; [] if the course has no such test."""
    return [each.id for each in exercises.statements(case) if each.form == letter]


def scores_of(answers: ClassAnswers) -> list[Scores]:
    """Return the Scores of each rating exercise that asks for some.

    >>> from kit import data
    >>> scores_of(gather([], data.load()))[-2].experts[:, 0].tolist()
    [0.0, 0.0, 1.0, 1.0, 1.0]
    """
    known, key = exercises.load(answers.case), answers.case.key
    sheets = {row["text_id"]: row for row in key.rows("ratings")} if key else {}
    rated = [id for id in answers.cells if known[id].kind == "rating"]
    every = [scores(known[id], answers.cells[id], sheets) for id in rated]
    return [each for each in every if each.columns]


def scores(exercise: Exercise, cells: np.ndarray, sheets: dict[str, dict]) -> Scores:
    """Return the Scores of one rating; sheets: {text id: its row in the experts' ratings}."""
    scales = list(map(values_of, exercise.columns))
    places = [
        n
        for n, (column, values) in enumerate(zip(exercise.columns, scales, strict=True))
        if values and column.id not in AXES and all(type(value) is int for value in values)
    ]
    columns = tuple(exercise.columns[n] for n in places)
    given = [np.array([*scales[n], np.nan])[cells[..., n]] for n in places]
    marks = [
        [sheets.get(row.id, {}).get(f"{column.id}_score") or np.nan for column in columns]
        for row in exercise.rows
    ]
    stacked = np.stack(given, axis=-1) if places else np.empty((*cells.shape[:2], 0))
    return Scores(exercise, columns, stacked, np.array(marks, dtype=float))


def _answer(answers, id):
    return (answers.get(id) or {}).get("answer")


def _changes(answers, id):
    number = (answers.get(id) or {}).get("attempts")
    return min(number, OFTEN) if type(number) is int and number >= 0 else MISSING


def _hints(taken, id):
    number = taken.get(id) if isinstance(taken, dict) else 0
    return min(number, 100) if type(number) is int and number > 0 else 0


def _part(answer: Any, id: str) -> dict:
    """What an answer holds of a part, if both have the form of one; else {}."""
    part = answer.get(id) if isinstance(answer, dict) else None
    return part if isinstance(part, dict) else {}


def _cells(answer, grid):
    """The bytes of one learner's grid."""
    row_of = {row: _part(answer, row) for row, _ in grid}
    return bytes(
        _place(row_of[row].get(column), places) for row, cells in grid for column, places in cells
    )


def _twice(id):
    return f"{id} twice"


def _judged(twice, grid):
    """The bytes of one learner's first and second judgement."""
    if not twice:
        return bytes([NO_BYTE]) * (2 * sum(len(cells) for _, cells in grid))
    return b"".join(_cells(twice.get(number), grid) for number in ("1", "2"))


def _place(cell, places):
    value = cell.get("value") if isinstance(cell, dict) else cell
    return places.get(value, NO_BYTE) if type(value) in (str, int) else NO_BYTE


def _sure(letter):
    return f"{letter} sure"


def _test(answer, statements):
    """The bytes of what a learner called the statements, and of how sure."""
    answered = [_part(answer, id) for id in statements]
    called = [each.get("answer") for each in answered]
    return (
        bytes(int(is_true) if type(is_true) is bool else NO_BYTE for is_true in called),
        bytes(
            sure if type(sure) is int and 50 <= sure <= 100 else NO_BYTE
            for sure in (each.get("confidence") for each in answered)
        ),
    )


def _values(exercise, answer):
    """What a learner answered, one value or those ticked; [] for none or another form."""
    try:
        value = exercises.normalise(exercise.kind, answer)
    except exercises.AnswerError:
        return []
    if exercise.kind == "date" and value:  # as reasons are listed: 2004/.. with 2004
        value = data.span(value).known.text.rstrip("~?%")
    if exercise.kind in ("number", "date"):
        return [] if value is None else [value]
    options = {option.id for option in exercise.options}
    ticked = value if isinstance(value, list) else [value]
    return options.intersection(each for each in ticked if isinstance(each, str))
