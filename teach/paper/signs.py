"""What stands on a sheet for a value: a letter for an option, the number itself for a number."""

import re
from itertools import product
from string import ascii_lowercase
from typing import NamedTuple

from kit.exercises import AnswerError

LETTERS = ["".join(pair) for n in (1, 2) for pair in product(ascii_lowercase, repeat=n)]
AROUND = " \t\r\n.,;:()[]"  # what somebody may write around a letter


class Sign(NamedTuple):
    """A sign on a sheet (str), the value it stands for, and its words on the sheet."""

    sign: str
    value: object
    words: str


def of_options(options):
    """Return the Signs of options (Choices): letters, in the order of the exercises file.

    An option that is added at the end leaves the letters of the others as they are.

    >>> from kit import data, exercises
    >>> of_options(exercises.load(data.load())["stances"].options)[1]
    Sign(sign='b', value='denies', words='denies')
    """
    return [Sign(sign, each.id, each.text) for sign, each in zip(LETTERS, options, strict=False)]


def of_values(column):
    """Return the Signs of the values of a rating's column (Choice).

    Numbers and single letters stand for themselves; values that are words get letters.

    >>> from kit import data, exercises
    >>> [each.sign for each in of_values(exercises.load(data.load())["ratings"].columns[0])]
    ['A', 'B', 'C', 'D', 'E', 'F']
    """
    low, high = column.range or (0, -1)
    values = column.values or range(low, high + 1)
    are_signs = all(isinstance(each, int) or len(each) == 1 for each in values)
    signs = map(str, values) if are_signs else LETTERS
    words = column.words or map(str, values)
    return [Sign(*three) for three in zip(signs, values, words, strict=False)]


def of_ids(ids):
    """Return the Signs of things that are called by their ids, such as records."""
    return [Sign(id, id, id) for id in ids]


def reach(signs):
    """Return the first and the last sign in words, such as "a to e".

    >>> reach(of_ids(["R01", "R02", "R03"]))
    'R01 to R03'
    """
    return signs[0].sign if len(signs) == 1 else f"{signs[0].sign} to {signs[-1].sign}"


def picked(text, signs):
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


def ticked(text, signs):
    """Return the values (list, each once) that `text` names, with spaces or commas between.

    >>> ticked("R03, r01", of_ids(["R01", "R02", "R03"]))
    ['R01', 'R03']
    """
    try:
        values = [picked(text, signs)]  # the words of one option may hold spaces
    except AnswerError:
        values = [picked(piece, signs) for piece in re.split(r"[\s,;]+", text.strip(AROUND))]
    return [sign.value for sign in signs if sign.value in values]
