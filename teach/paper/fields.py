"""What can be typed in from paper: a Field for each place on the sheets that holds an answer.

A field's id is the exercise's, and behind a slash the row and the column where the sheet has a
place for each: `date_article`, `stances/P1`, `ratings/forum/source`, `quiz_A/a1`.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from kit import exercises
from kit.exercises import AnswerError
from kit.exercises.entries import read_date, read_number
from teach.paper import grids
from teach.paper.signs import Sign, of_ids, of_options, of_values, picked, reach, ticked

FORMS = ("A", "B")  # of the short tests
TRUTH = [Sign("t", True, "true"), Sign("f", False, "false")]
PAIR = re.compile(r"(.+?)(?:[\s,;/]+(\d+)\s*%?)?", re.DOTALL)
SURE = range(50, 101)  # percent


class Field(NamedTuple):
    """A place on a sheet. id, sheet: str, sheet is the exercise's id, or quiz_A.

    how: what to type, in words. read: str -> {id of the journal: JSON value}; it raises ValueError
    in one sentence. Of a table or a chart, several fields are parts of one value.
    """

    id: str
    sheet: str
    how: str
    read: Callable


def fields(case):
    """Return every Field of a case by its id, in the order of the course.

    The first test stands before the exercises, the second behind them. An exercise that cannot be
    answered on paper has none.

    >>> from kit import data
    >>> fields(data.load())["quiz_A/a1"].read("t 60")
    {'quiz_A/a1': {'answer': True, 'confidence': 60}}
    """
    found = [*_quiz("A", case)]
    for exercise in exercises.load(case).values():
        found += KINDS[exercise.kind](exercise, case)
    return {field.id: field for field in [*found, *_quiz("B", case)]}


def _quiz(form, case):
    how = "t (true) or f (false), a space, and how sure in percent: t 60"
    for statement in statements(form, case):
        id = f"quiz_{form}/{statement.id}"
        yield Field(id, f"quiz_{form}", how, partial(_truth, id))


def statements(form, case):
    """Return the statements of a short test (list of Statement); [] if the case has none."""
    try:
        return exercises.quiz(case, form)
    except exercises.ExerciseError:
        return []


def _truth(id, text):
    said, sure = PAIR.fullmatch(text.strip()).groups()
    if sure and int(sure) not in SURE:
        raise AnswerError(f"{sure} % is not from 50 to 100; ask what was meant.")
    return {id: {"answer": picked(said, TRUTH), "confidence": int(sure) if sure else None}}


def _choice(exercise, _case):
    signs = of_options(exercise.options)
    how = f"one letter, {reach(signs)}"
    yield _one(exercise, exercise.id, how, partial(picked, signs=signs))


def _several(exercise, case):
    signs = of_options(exercise.options) or of_ids(row["record_id"] for row in case.rows("record"))
    what = "letters" if exercise.options else "ids of records"
    how = f"{what} with spaces between: {signs[0].sign} {signs[min(2, len(signs) - 1)].sign}"
    for id in [f"{exercise.id}/{row.id}" for row in exercise.rows] or [exercise.id]:
        yield _one(exercise, id, how, partial(ticked, signs=signs))


def _number(exercise, _case):
    how = f"a number ({exercise.unit})" if exercise.unit else "a number"
    yield _one(exercise, exercise.id, how, partial(read_number, unit=exercise.unit))


def _date(exercise, _case):
    how = "a date, such as 1990, 1990-05-25 or 1990/..; in a spreadsheet begin with '"
    yield _one(exercise, exercise.id, how, lambda text: read_date(text.removeprefix("'")))


def _written(exercise, _case):
    yield _one(exercise, exercise.id, "the text as it stands", str.strip)


def _one(exercise, id, how, read):
    """Return the Field of an answer that is one value under the field's own id."""
    return Field(id, exercise.id, how, lambda text: {id: read(text)})


def _matrix(exercise, _case):
    """Yield a field for each line of the grid; of a grid with one column, one for all of it."""
    signs = of_options(exercise.options)
    how = f"the number and letter of each: 1{signs[0].sign} 2{signs[-1].sign}"
    if len(exercise.columns) == 1:
        ids = [f"{exercise.id}/{row.id}/{exercise.columns[0].id}" for row in exercise.rows]
        lines = {exercise.id: ids}
    else:
        names = [f"{exercise.id}/{row.id}" for row in exercise.rows]
        lines = {name: [f"{name}/{column.id}" for column in exercise.columns] for name in names}
    for name, ids in lines.items():
        read = partial(grids.numbered, ids=ids, signs=signs)
        yield Field(name, exercise.id, how, read)


def _rating(exercise, case):
    for row in exercise.rows:
        sentences = len(case.sentences(row.id)) if exercise.evidence else 0
        for column in exercise.columns:
            signs, id = of_values(column), f"{exercise.id}/{row.id}/{column.id}"
            how = reach(signs)
            if sentences:
                how += f", a space, and the sentence's number: {signs[-1].sign} 2"
            yield _one(exercise, id, how, partial(_rated, signs=signs, sentences=sentences))


def _rated(text, signs, sentences):
    """Return a rating as the journal keeps it; sentences: how many there are, 0 if not asked."""
    value, sentence = PAIR.fullmatch(text.strip()).groups() if sentences else (text, None)
    if sentence and not 1 <= int(sentence) <= sentences:
        raise AnswerError(f"There is no sentence {sentence}; the last one is {sentences}.")
    return {"value": picked(value, signs), "evidence": int(sentence) if sentence else None}


def _table(exercise, case):
    frame = grids.frame(exercise, case)
    for row in frame.rows if frame else ():
        how = f"{len(frame.columns)} numbers with spaces between, in the order of the columns"
        read = partial(_row, exercise.id, name=row, frame=frame)
        yield Field(f"{exercise.id}/{row}", exercise.id, how, read)


def _row(id, text, name, frame):
    return {id: [grids.row_of_numbers(text, name, frame)]}


def _chart(exercise, _case):
    for part in ("title", "xlabel", "ylabel"):
        read = partial(_words, exercise.id, part)
        yield Field(f"{exercise.id}/{part}", exercise.id, "the words as they stand", read)
    how = "if the line {}: its points, day and number, semicolons between: 1990-05-25 16; …"
    said = {"jumps": "stays level and jumps", "slopes": "slopes from point to point"}
    for way, words in said.items():
        read = partial(_line, exercise.id, way)
        yield Field(f"{exercise.id}/{way}", exercise.id, how.format(words), read)


def _words(id, part, text):
    return {id: grids.NO_CHART | {part: text.strip()}}


def _line(id, way, text):
    return {id: grids.NO_CHART | {"lines": [grids.line(text, way)]}}


KINDS = {
    "choice": _choice,
    "several": _several,
    "number": _number,
    "date": _date,
    "matrix": _matrix,
    "table": _table,
    "chart": _chart,
    "written": _written,
    "rating": _rating,
}
