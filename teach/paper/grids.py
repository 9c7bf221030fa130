"""Answers with several parts in one cell: a line of a grid, a row of numbers, a chart by hand."""

import re
from typing import NamedTuple

from kit import exercises
from kit.data import span
from kit.exercises import AnswerError
from kit.exercises.entries import read_date, read_number
from teach.paper.signs import picked

PLACE = re.compile(r"(\d+)[\s.):=]*([^\d\s.,;:)=][^\d,;]*)")
NO_CHART = {"title": "", "xlabel": "", "ylabel": "", "lines": [], "texts": []}
LINES = {"jumps": "steps-post", "slopes": "default"}  # how a line by hand goes, as charts keep it


class Frame(NamedTuple):
    """The heads of a table to fill in: of the column of names, of the rows, of the columns."""

    corner: str
    rows: list
    columns: list


def frame(exercise, case):
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


def numbered(text, ids, signs):
    """Return {id: value} for text such as "1a 2c": the number of a place, then its sign.

    ids: of the places, in their order on the sheet. Raises AnswerError.

    >>> from teach.paper.signs import of_ids
    >>> numbered("1 yes; 3 no", ["P1", "P2", "P3"], of_ids(["yes", "no"]))
    {'P1': 'yes', 'P3': 'no'}
    """
    pairs, found = PLACE.findall(text), {}
    if PLACE.sub("", text).strip(" \t\r\n,;.") or not pairs:
        raise AnswerError(
            f"“{text}” is not read; write the number and the letter of each, such as 1a 2b."
        )
    for number, sign in pairs:
        if not 1 <= int(number) <= len(ids):
            raise AnswerError(f"There is no number {number} here; it goes from 1 to {len(ids)}.")
        id, value = ids[int(number) - 1], picked(sign, signs)
        if found.setdefault(id, value) != value:
            raise AnswerError(f"Number {number} has two answers here; leave one.")
    return found


def row_of_numbers(text, name, frame):
    """Return one row of a table as a dict; text: a number for each column, in their order."""
    numbers = [read_number(piece) for piece in re.split(r"[\s;]+", text.strip())]
    if len(numbers) != len(frame.columns):
        raise AnswerError(
            f"“{text}” has {len(numbers)} numbers and the sheet has {len(frame.columns)} columns; "
            "write one for each, with spaces between."
        )
    return {frame.corner: name, **dict(zip(frame.columns, numbers, strict=True))}


def line(text, way):
    """Return a line that was drawn by hand, as a chart is kept; way: a key of LINES.

    text: its points, a day and a number each, with semicolons between. Raises ValueError.

    >>> line("4 April 1949 12; 1952-02-18 14", "jumps")
    {'x': ['1949-04-04', '1952-02-18'], 'y': [12, 14], 'steps': 'steps-post'}
    """
    points = [_point(piece) for piece in text.split(";") if piece.strip()]
    if not points:
        raise AnswerError("There is no point here; write each as day and number: 1990-05-25 16.")
    return {"x": [day for day, _ in points], "y": [n for _, n in points], "steps": LINES[way]}


def _point(piece):
    day, _, number = piece.strip().rpartition(" ")
    written = read_date(day)
    when = span(written)
    if when.precision != "day" or not when.is_sure:
        raise AnswerError(f"“{day}” is not a day; write a point as day and number: 1990-05-25 16.")
    return written, read_number(number)
