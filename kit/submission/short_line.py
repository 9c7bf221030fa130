"""A judgement as one short line of text, to be pasted where a class talks: a chat, a pad, a form.

Such as `kit-line:1-askedtojoin-9k2df-q7m2ht-1-…-3v0w8s:end-of-line`: the version of the form, the
case, which exercise in which layout, a token, the number of the judgement, the judgement itself,
six letters that add up all before. The token is drawn by lot once. It says which lines are of one
learner, so that a line pasted twice counts once, and nothing of who that is; no pen name is in it.

All is in small letters and digits without i, l, o and u (Crockford's base 32), so a line outlives
capitals and can be typed from paper. What chats, mail and pages put around it or between its
letters is taken out before a line is looked for. What is damaged is named, and never taken for
another one.
"""

import functools
import hashlib
import html
import re
import secrets
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kit.data import Case
from kit.exercises import Exercise, find, is_rated, load
from kit.exercises.kinds.rating import values_of
from kit.exercises.model import Place, inside
from kit.submission.content import WRAPPING, SubmissionError, fault, pieces

VERSION = 1
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
TYPED = str.maketrans("ilou", "110v")  # what is read on paper, and cannot be meant
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"), "-")
OTHER = re.compile("[^0-9a-z:-]")
LINE = "kit-line:", ":end-of-line"
MOST = 1_000_000  # characters of one paste: the lines of 10,000 learners
LONGEST = 200  # characters of a learner's line
TWICE = (1, 2)  # the first judgement and the second
TOKEN = 6  # letters; that two of 1,000 learners draw the same has a chance of 1 in 2,000


class Judgement(NamedTuple):
    """What a learner decided in an exercise: {row: {column: value}}, only what was given.

    number: 1 the first judgement, 2 the second. first: the text that was met first, "" if unknown.
    """

    exercise: str
    token: str
    number: int
    answer: dict[str, dict[str, Any]]
    first: str = ""


def new_token() -> str:
    """Return a token drawn by lot."""
    return "".join(secrets.choice(DIGITS) for _ in range(TOKEN))


def decided(exercise: Exercise, answer: Any) -> dict[str, dict[str, Any]]:
    """Return what of an answer makes a judgement: {row: {column: value}}.

    Where each rating wants a sentence, only rows that are whole; else every cell that is given.
    """
    steps = scales(exercise)
    cells = {place: inside(answer, place) for place in steps}
    if exercise.kind == "rating":
        cells = {p: cell["value"] for p, cell in cells.items() if is_rated(cell, exercise)}
    taken: dict[str, dict[str, Any]] = {}
    for (row, column), value in cells.items():
        if value in steps[row, column]:
            taken.setdefault(row, {})[column] = value
    whole = len(exercise.columns) if exercise.evidence else 1
    return {row: given for row, given in taken.items() if len(given) >= whole}


def scales(exercise: Exercise) -> dict[Place, tuple]:
    """Return for each place of a matrix or rating the values that can be given there."""
    options = tuple(option.id for option in exercise.options)
    columns = {column.id: values_of(column) or options for column in exercise.columns}
    return {place: columns[place[1]] for place in exercise.places if place[1:]}


def as_line(judgement: Judgement, case: Case) -> str:
    """Return a Judgement as one line of text; ExerciseError for an exercise that is not there."""
    exercise = find(judgement.exercise, case)
    steps = [
        (steps.index(value) + 1 if (value := inside(judgement.answer, place)) is not None else 0)
        for place, steps in scales(exercise).items()
    ]
    texts = ["", *case.texts]
    body = packed([*steps, texts.index(judgement.first)], _bases(exercise, case))
    head = heading(exercise, case)
    return sealed(LINE, f"{head}-{judgement.token}-{judgement.number}-{body}")


def lines_in(text: str, case: Case) -> list[Judgement | SubmissionError]:
    """Return what each learner's line in a text holds, in order; one that cannot be read is named.

    Raises nothing. A text without any line gives an empty list.

    >>> from kit import data
    >>> lines_in("Hello!", data.load()), lines_in("kit-line:1-as", data.load())[0].reason
    ([], 'broken line')
    """
    return [
        _judgement(fields, case) if isinstance(fields, list) else fields
        for fields in opened(text, LINE, case, 3)
    ]


def _judgement(fields, case):
    exercise, token, number, body = fields
    steps = unpacked(body, _bases(exercise, case))
    if steps is None or number not in map(str, TWICE) or len(token) != TOKEN:
        return fault("broken line", "A line", *LINE)
    answer: dict[str, dict[str, Any]] = {}
    for ((row, column), values), step in zip(scales(exercise).items(), steps, strict=False):
        if step:
            answer.setdefault(row, {})[column] = values[step - 1]
    return Judgement(exercise.id, token, int(number), answer, ["", *case.texts][steps[-1]])


def _bases(exercise, case):
    return [*(len(values) + 1 for values in scales(exercise).values()), len(case.texts) + 1]


# What all short lines have in common


def heading(exercise: Exercise, case: Case) -> str:
    """Return what a short line begins with: version, case, exercise and its layout."""
    layout = [case.title, exercise.id, list(case.texts), [*scales(exercise).items()]]
    digest = hashlib.sha256(repr(layout).encode()).digest()
    return f"{VERSION}-{_slug(case)}-{digits(int.from_bytes(digest[:4]) >> 7, 5)}"


def sealed(marks: tuple[str, str], body: str) -> str:
    """Return a short line: its body between two marks, with its sum."""
    return f"{marks[0]}{body}-{_sum(body)}{marks[1]}"


def opened(text: str, marks: tuple[str, str], case: Case, count: int) -> Iterator[Any]:
    """Yield for each short line with these marks [Exercise, and `count` more fields], or its error.

    The fields are text in DIGITS. Raises nothing.
    """
    what = "A line" if marks == LINE else "The class's line"
    for piece in pieces(_plain(text), *marks):
        said = piece.split("-") if piece else []
        *parts, sum = (part.translate(TYPED) for part in said or [""])
        if len(parts) != count + 3 or sum != _sum("-".join(parts)):
            yield fault("broken line", what, *marks)
        elif parts[0] != str(VERSION):
            yield fault("newer line", what)
        elif parts[1] != _slug(case).translate(TYPED):
            yield fault("foreign line", what, said[1])
        else:
            exercise = _asked(case).get("-".join(parts[:3]))
            yield [exercise, *parts[3:]] if exercise else fault("other layout", what)


@functools.cache
def _asked(case):
    """The exercises of a case that can be judged, by their headings."""
    asked = [each for each in load(case).values() if scales(each)]
    return {heading(each, case).translate(TYPED): each for each in asked}


def packed(steps: Sequence[int], bases: Sequence[int]) -> str:
    """Return steps as letters; each is 0 to its base - 1.

    >>> packed([2, 0, 5], [4, 4, 6]), unpacked("zz", [4, 4, 6])
    ('1n', None)
    """
    number, most = 0, 1
    for step, base in zip(steps, bases, strict=True):
        number, most = number * base + step, most * base
    return digits(number, -(-(most - 1).bit_length() // 5))


def unpacked(text: str, bases: Sequence[int]) -> list[int] | None:
    """Return the steps that `packed` made letters of; None if it made other letters."""
    number, steps = 0, []
    for letter in text:
        number = number * 32 + DIGITS.index(letter) if letter in DIGITS else -1
    for base in reversed(bases):
        number, step = divmod(number, base)
        steps.append(step)
    steps.reverse()
    return steps if packed(steps, bases) == text else None


def digits(number: int, length: int) -> str:
    """Return a number as so many letters of DIGITS."""
    return "".join(DIGITS[number >> 5 * place & 31] for place in reversed(range(length)))


def _sum(body):
    return digits(zlib.crc32(body.translate(TYPED).encode()) >> 2, 6)


def _slug(case):
    return re.sub("[^a-z0-9]", "", case.title.lower())[:12]


def _plain(text):
    """Return a text with what a short line is made of, and nothing else."""
    for _ in range(2):
        text = html.unescape(text)
    text = unicodedata.normalize("NFKC", text[:MOST]).lower().translate(DASHES)
    return OTHER.sub("", WRAPPING.sub("", text))
