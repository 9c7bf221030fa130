"""What can be typed in from paper: a field for each place on the sheets that holds an answer.

A field's id is the exercise's, and behind a slash the row and the column where the sheet has a
place for each: `date_article`, `stances/P1`, `ratings/forum/source`, `quiz_A/a1`. On the sheet an
option is a letter; what has several parts is one line with a number before each letter.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby, product
from string import ascii_lowercase
from typing import Any, NamedTuple

from kit import exercises
from kit.data import Case, span
from kit.exercises import KINDS, AnswerError, Choice, Exercise, Statement
from kit.exercises.kinds.date import read_date
from kit.exercises.kinds.number import read_number

LETTERS = ["".join(pair) for n in (1, 2) for pair in product(ascii_lowercase, repeat=n)]
AROUND = " \t\r\n.,;:()[]"  # what somebody may write around a letter
PAIR = re.compile(r"(.+?)(?:[\s,;/]+(\d+)\s*%?)?", re.DOTALL)
NUMBERED = re.compile(r"(\d+)[\s.):=]*([^\d\s.,;:)=][^\d,;]*)")
SURE = range(50, 101)  # percent
NO_CHART = {"title": "", "xlabel": "", "ylabel": "", "lines": [], "texts": []}
LINES = {"jumps": "steps-post", "slopes": "default"}  # how a line by hand goes, as charts keep it


class SheetField(NamedTuple):
    """A place on a sheet; `sheet` is the exercise's id, or quiz_A.

    how: what to type, in words. read: text -> {id of the journal: JSON value}; it raises KitError.
    Of a table or a chart, several fields are parts of one value.
    """

    id: str
    sheet: str
    how: str
    read: Callable[[str], dict[str, Any]]


class Sign(NamedTuple):
    """What stands on a sheet for a value, and its words there."""

    sign: str
    value: Any
    words: str


class Frame(NamedTuple):
    """The heads of a table to fill in: of the column of names, of the rows, of the columns."""

    corner: str
    rows: list[str]
    columns: list[str]


TRUTH = [Sign("t", True, "true"), Sign("f", False, "false")]


def fields(case: Case) -> dict[str, SheetField]:
    """Return every SheetField of a case by its id, in the order of the course.

    The first test stands before the exercises, the second behind them. An exercise that cannot be
    answered on paper has none.

    >>> from kit import data
    >>> fields(data.load())["quiz_A/a1"].read("t 60")
    {'quiz_A/a1': {'answer': True, 'confidence': 60}}
    """
    found = [*_quiz("A", case)]
    for exercise in exercises.load(case).values():
        found += FORMS[KINDS[exercise.kind].form](exercise, case)
    return {field.id: field for field in [*found, *_quiz("B", case)]}


def statements(form: str, case: Case) -> list[Statement]:
    """Return the statements of a short test; [] if the case has none."""
    return [statement for statement in exercises.statements(case) if statement.form == form]


def frame(exercise: Exercise, case: Case) -> Frame | None:
    """Return the Frame of an exercise of kind table, or None if it can't be filled in by hand.

    Only the heads are taken from the key's table: its first column, which names the rows, and the
    heads of the others, which must hold numbers.

    >>> from kit import data
    >>> case = data.load()
    >>> frame(exercises.load(case)["claims_table"], case).rows
    ['forum', 'blog', 'article', 'news', 'factcheck']
    """
    key = exercises.answer_of(exercise, case)
    if key is None:
        return None
    corner, *columns = key.value[0]
    cells = [row[column] for row in key.value for column in columns]
    if not all(isinstance(cell, int | float) for cell in cells):
        return None
    return Frame(corner, [str(row[corner]) for row in key.value], columns)


# Signs


def of_options(options: Iterable[Choice]) -> list[Sign]:
    """Return the Signs of options: letters, in the order of the exercises file.

    An option that is added at the end leaves the letters of the others as they are.

    >>> from kit import data
    >>> of_options(exercises.load(data.load())["stances"].options)[1]
    Sign(sign='b', value='denies', words='denies')
    """
    pairs = zip(LETTERS, options, strict=False)
    return [Sign(letter, option.id, option.text) for letter, option in pairs]


def of_values(column: Choice) -> list[Sign]:
    """Return the Signs of the values of a rating's column.

    Numbers and single letters stand for themselves; values that are words get letters.

    >>> from kit import data
    >>> [s.sign for s in of_values(exercises.load(data.load())["ratings"].columns[0])]
    ['A', 'B', 'C', 'D', 'E', 'F']
    """
    low, high = column.range or (0, -1)
    values = column.values or range(low, high + 1)
    are_signs = all(isinstance(value, int) or len(value) == 1 for value in values)
    signs = map(str, values) if are_signs else LETTERS
    words = column.words or map(str, values)
    return [Sign(*three) for three in zip(signs, values, words, strict=False)]


def of_ids(ids: Iterable[str]) -> list[Sign]:
    """Return the Signs of things that are called by their ids, such as records."""
    return [Sign(id, id, id) for id in ids]


def reach(signs: list[Sign]) -> str:
    """Return the first and the last sign in words, such as "a to e".

    >>> reach(of_ids(["R01", "R02", "R03"]))
    'R01 to R03'
    """
    return signs[0].sign if len(signs) == 1 else f"{signs[0].sign} to {signs[-1].sign}"


def picked(text: str, signs: list[Sign]) -> Any:
    """Return the value that `text` names by its sign, its id or its words, in any capitals.

    A sign comes first: where "b" is a letter on the sheet, it is that letter. Raises AnswerError.

    >>> picked("B)", of_ids(["a", "b"]))
    'b'
    """
    wanted = text.strip(AROUND).casefold()
    for names in zip(*signs, strict=True):
        for name, sign in zip(names, signs, strict=True):
            if str(name).strip(AROUND).casefold() == wanted:
                return sign.value
    raise AnswerError(f"“{text.strip()}” is none of {reach(signs)}; look at the sheet again.")


def ticked(text: str, signs: list[Sign]) -> list:
    """Return the values, each once, that `text` names, with spaces or commas between.

    >>> ticked("R03, r01", of_ids(["R01", "R02", "R03"]))
    ['R01', 'R03']
    """
    try:
        values = [picked(text, signs)]  # the words of one option may hold spaces
    except AnswerError:
        values = [picked(piece, signs) for piece in re.split(r"[\s,;]+", text.strip(AROUND))]
    return [sign.value for sign in signs if sign.value in values]


def numbered(text: str, ids: list[str], signs: list[Sign]) -> dict[str, Any]:
    """Return {id: value} for text such as "1a 2c": the number of a place, then its sign.

    ids: of the places, in their order on the sheet. Raises AnswerError.

    >>> numbered("1 yes; 3 no", ["P1", "P2", "P3"], of_ids(["yes", "no"]))
    {'P1': 'yes', 'P3': 'no'}
    """
    pairs = NUMBERED.findall(text)
    values: dict[str, Any] = {}
    if NUMBERED.sub("", text).strip(" \t\r\n,;.") or not pairs:
        raise AnswerError(
            f"“{text}” is not read; write the number and the letter of each, such as 1a 2b."
        )
    for number, sign in pairs:
        if not 1 <= int(number) <= len(ids):
            raise AnswerError(f"There is no number {number} here; it goes from 1 to {len(ids)}.")
        id, value = ids[int(number) - 1], picked(sign, signs)
        if values.setdefault(id, value) != value:
            raise AnswerError(f"Number {number} has two answers here; leave one.")
    return values


# The fields of the short tests, and of each form in which an exercise is asked


def _quiz(form: str, case: Case) -> Iterator[SheetField]:
    how = "t (true) or f (false), a space, and how sure in percent: t 60"
    for statement in statements(form, case):
        id = f"quiz_{form}/{statement.id}"
        yield SheetField(id, f"quiz_{form}", how, partial(_truth, id))


def _truth(id: str, text: str) -> dict:
    answer, sure = _pair(text)
    if sure and int(sure) not in SURE:
        raise AnswerError(f"{sure} % is not from 50 to 100; ask what was meant.")
    return {id: {"answer": picked(answer, TRUTH), "confidence": int(sure) if sure else None}}


def _pair(text: str) -> tuple[str, str | None]:
    """Return what was typed before a last number, and that number, if there are both."""
    parts = PAIR.fullmatch(text.strip())
    return (parts[1], parts[2]) if parts else (text, None)


def _field(exercise: Exercise, id: str, how: str, read: Callable[[str], Any]) -> SheetField:
    return SheetField(id, exercise.id, how, lambda text: {id: read(text)})


def _one(exercise: Exercise, _case: Case) -> Iterator[SheetField]:
    for asked in KINDS[exercise.kind].inputs(exercise):
        signs = of_options(asked.options)
        how = f"one letter, {reach(signs)}"
        yield _field(exercise, asked.id, how, partial(picked, signs=signs))


def _several(exercise: Exercise, case: Case) -> Iterator[SheetField]:
    signs = of_options(exercise.options) or of_ids(row["record_id"] for row in case.rows("record"))
    what = "letters" if exercise.options else "ids of records"
    how = f"{what} with spaces between: {signs[0].sign} {signs[min(2, len(signs) - 1)].sign}"
    for asked in KINDS[exercise.kind].inputs(exercise):
        yield _field(exercise, asked.id, how, partial(ticked, signs=signs))


def _line(exercise: Exercise, _case: Case) -> Iterator[SheetField]:
    """What is typed is read as in a notebook; before a date spreadsheets want an apostrophe."""
    kind = KINDS[exercise.kind]
    for asked in kind.inputs(exercise):
        how = asked.typed or asked.answer
        yield _field(
            exercise, asked.id, how, lambda text: kind.parse(exercise, text.removeprefix("'"))
        )


def _text(exercise: Exercise, _case: Case) -> Iterator[SheetField]:
    for asked in KINDS[exercise.kind].inputs(exercise):
        yield _field(exercise, asked.id, asked.typed, str.strip)


def _grid(exercise: Exercise, _case: Case) -> Iterator[SheetField]:
    """Yield a field for each line of the grid; of a grid with one column, one for all of it."""
    signs = of_options(exercise.options)
    how = f"the number and letter of each: 1{signs[0].sign} 2{signs[-1].sign}"
    is_narrow = len(exercise.columns) == 1
    inputs = KINDS[exercise.kind].inputs(exercise)
    for row, cells in groupby(inputs, lambda asked: "" if is_narrow else f"/{asked.place[0]}"):
        read = partial(numbered, ids=[cell.id for cell in cells], signs=signs)
        yield SheetField(exercise.id + row, exercise.id, how, read)


def _scales(exercise: Exercise, case: Case) -> Iterator[SheetField]:
    for row, column in product(exercise.rows, exercise.columns):
        sentences = len(case.sentences_of(row.id)) if exercise.evidence else 0
        signs, id = of_values(column), f"{exercise.id}/{row.id}/{column.id}"
        how = reach(signs)
        if sentences:
            how += f", a space, and the sentence's number: {signs[-1].sign} 2"
        yield _field(exercise, id, how, partial(_rated, signs=signs, sentences=sentences))


def _rated(text: str, signs: list[Sign], sentences: int) -> dict:
    """Return a rating as the journal keeps it; sentences: how many there are, 0 if not asked."""
    value, sentence = _pair(text) if sentences else (text, None)
    if sentence and not 1 <= int(sentence) <= sentences:
        raise AnswerError(f"There is no sentence {sentence}; the last one is {sentences}.")
    return {"value": picked(value, signs), "evidence": int(sentence) if sentence else None}


def _table(exercise: Exercise, case: Case) -> Iterator[SheetField]:
    heads = frame(exercise, case)
    if heads is None:
        return
    how = f"{len(heads.columns)} numbers with spaces between, in the order of the columns"
    for row in heads.rows:
        read = partial(_row, exercise.id, name=row, heads=heads)
        yield SheetField(f"{exercise.id}/{row}", exercise.id, how, read)


def _row(id: str, text: str, name: str, heads: Frame) -> dict:
    """Return one row of a table; text: a number for each column, in their order."""
    numbers = [read_number(piece) for piece in re.split(r"[\s;]+", text.strip())]
    if len(numbers) != len(heads.columns):
        raise AnswerError(
            f"“{text}” has {len(numbers)} numbers and the sheet has {len(heads.columns)} columns; "
            "write one for each, with spaces between."
        )
    return {id: [{heads.corner: name, **dict(zip(heads.columns, numbers, strict=True))}]}


def _chart(exercise: Exercise, _case: Case) -> Iterator[SheetField]:
    id = exercise.id
    for part in ("title", "xlabel", "ylabel"):
        read = partial(_words, id, part)
        yield SheetField(f"{id}/{part}", id, "the words as they stand", read)
    how = "if the line {}: its points, day and number, semicolons between: 1990-05-25 16; …"
    ways = {"jumps": "stays level and jumps", "slopes": "slopes from point to point"}
    for way, words in ways.items():
        yield SheetField(f"{id}/{way}", id, how.format(words), partial(_drawn, id, way))


def _words(id: str, part: str, text: str) -> dict:
    return {id: NO_CHART | {part: text.strip()}}


def _drawn(id: str, way: str, text: str) -> dict:
    """Return a line that was drawn by hand, as a chart is kept; text: a day and a number each."""
    points = [_point(piece) for piece in text.split(";") if piece.strip()]
    if not points:
        raise AnswerError("There is no point here; write each as day and number: 1990-05-25 16.")
    x, y = map(list, zip(*points, strict=True))
    return {id: NO_CHART | {"lines": [{"x": x, "y": y, "steps": LINES[way]}]}}


def _point(piece: str) -> tuple[str, int | float]:
    day, _, number = piece.strip().rpartition(" ")
    written = read_date(day)
    when = span(written)
    if when.precision != "day" or not when.is_sure:
        raise AnswerError(f"“{day}” is not a day; write a point as day and number: 1990-05-25 16.")
    return written, read_number(number)


FORMS: dict[str, Callable[[Exercise, Case], Iterator[SheetField]]] = {
    "one": _one,
    "several": _several,
    "line": _line,
    "text": _text,
    "grid": _grid,
    "scales": _scales,
    "table": _table,
    "chart": _chart,
    "drawing": lambda _exercise, _case: iter(()),  # at a computer only
}
