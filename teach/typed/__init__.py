"""Answers given on paper, typed in by code: they become hand-ins like all others.

`sheets` says what can be typed in, a field for each place on a sheet that holds an answer, and what
the letters and numbers there stand for; `handins` reads the file that somebody typed and packs a
hand-in for each code. `editions.paper` prints the sheets from the same fields and signs, so a
letter on a sheet is the letter that is read here.

>>> from kit import data
>>> fields(data.load())["stances/P1"].read("1a 5d")
{'stances/P1/forum': 'asserts', 'stances/P1/factcheck': 'silent'}
"""

from teach.typed.handins import HEADS, PaperError, Typed, hand_in
from teach.typed.sheets import SheetField, Sign, fields, frame, of_options, of_values

__all__ = [
    "HEADS",
    "PaperError",
    "SheetField",
    "Sign",
    "Typed",
    "fields",
    "frame",
    "hand_in",
    "of_options",
    "of_values",
]
