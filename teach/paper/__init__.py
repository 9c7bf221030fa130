"""Answers given on paper, typed in by code: they become hand-ins like all others.

| file      | holds                                                                         |
|-----------|-------------------------------------------------------------------------------|
| `signs`   | the letters and numbers on a sheet, and what they stand for                   |
| `grids`   | answers with several parts: grids, tables of numbers, charts drawn by hand    |
| `fields`  | what can be typed in: a field for each place on a sheet that holds an answer  |
| `typed`   | the rows of the file that somebody typed                                      |
| `handins` | rows to journal to `handin-<code>.json`, through the functions of a notebook  |
| `command` | the command line                                                              |

`editions.paper` prints the sheets from the same fields and signs, so a letter on a sheet is the
letter that is read here.

>>> from kit import data
>>> fields(data.load())["stances/P1"].read("1a 5d")
{'stances/P1/forum': 'asserts', 'stances/P1/factcheck': 'silent'}
"""

from teach.paper.fields import Field, fields
from teach.paper.grids import frame
from teach.paper.handins import Typed, hand_in
from teach.paper.signs import Sign, of_options, of_values
from teach.paper.typed import HEADS, PaperError

__all__ = [
    "HEADS",
    "Field",
    "PaperError",
    "Sign",
    "Typed",
    "fields",
    "frame",
    "hand_in",
    "of_options",
    "of_values",
]
