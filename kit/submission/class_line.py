"""What a class decided, as one short line: its learners paste it, and see their class beside them.

Of each place the line holds what tells of no few learners, and nothing else. On a scale that is the
step in the middle and those between which the middle half lies, among the learners who gave one, if
these are k or more. Of options it is the one chosen most often, and how many of the class chose it
by the rules of `kit.measures.suppression`: a number only if it and the rest are k or more; where
the rest is fewer, the words are the same for every such rest.

*Two lines, one after the other.* A class of 25 gives a line, one more learner comes, and a second
line is given: the difference would be that learner. So `next_line` gives a line only if every set
of learners that this one and those given so far tell apart has k learners or more: the same ones as
before, or k more. Otherwise it repeats the last one. The second line of a class counts the second
judgement of those who gave one and the first of all others. So whatever is made of such lines by
adding and subtracting is a sum of first judgements, which is over sets of k or more, and a sum of
changes, over sets of k or more of those who judged twice (`smallest_apart` has the reason).

What it cannot know is who stands behind a token: somebody who makes nine lines up knows what the
tenth says. A teacher sees that there are more lines than people in the room.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from kit.data import Case
from kit.exercises import AXES, Exercise, find
from kit.exercises.kinds.rating import scale, values_of
from kit.exercises.model import Place, inside
from kit.measures.suppression import safe_counts, smallest_apart
from kit.submission.content import SubmissionError, fault
from kit.submission.short_line import (
    TWICE,
    Judgement,
    heading,
    opened,
    packed,
    scales,
    sealed,
    unpacked,
)

FEWEST = 10  # learners that anything told may stand for
CLASS = "kit-class:", ":end-of-class"


class Middle(NamedTuple):
    """On a scale: the step in the middle, and those between which half of the learners lie."""

    low: Any
    middle: Any
    high: Any


class Most(NamedTuple):
    """Of options: the one chosen most often, by how many; or by more than that; 0 is not told."""

    option: str
    learners: int = 0
    or_more: bool = False


class ClassLine(NamedTuple):
    """What a class decided in an exercise; number: of its first judgements (1) or its second (2).

    cells: {(row, column): Middle or Most}, only where it may be told.
    """

    exercise: str
    number: int
    learners: int
    cells: dict[Place, Middle | Most]


class Given(NamedTuple):
    """A line that was given to a class, and whose (tokens): of all, and of those who judged twice.

    As JSON it is a list, and `Given(*list)` reads it again.
    """

    line: str
    number: int
    learners: list[str]
    again: list[str]


def by_learner(found: Iterable[Any], exercise_id: str, number: int) -> dict[str, Judgement]:
    """Return {token: Judgement}: the first ones, or (number 2) the second where there is one.

    Of two with one token and one number the first in the text counts; a second judgement without
    its first does not. What is no Judgement of this exercise is passed over.

    >>> one = Judgement("stances", "q7m2ht", 1, {})
    >>> by_learner([one, one, one._replace(number=2)], "stances", 2)["q7m2ht"].number
    2
    """
    taken: dict[tuple[int, str], Judgement] = {}
    for each in found:
        if isinstance(each, Judgement) and each.exercise == exercise_id:
            taken.setdefault((each.number, each.token), each)
    tokens = [token for at, token in taken if at == 1]
    return {token: taken.get((number, token), taken[1, token]) for token in tokens}


def next_line(
    found: Iterable[Any],
    exercise: Exercise,
    number: int,
    before: Sequence[Given],
    case: Case,
    k: int = FEWEST,
) -> Given | None:
    """Return the line that may be given now: a new one, or the last one of this number, or None.

    found: what `lines_in` returned. before: all that were given so far, in order.
    """
    now = by_learner(found, exercise.id, number)
    again = [token for token, each in now.items() if each.number > 1]
    last = next((each for each in reversed(before) if each.number == number), None)
    if last and (set(last.learners), set(last.again)) == (set(now), set(again)):
        return last
    of_all = smallest_apart([*(each.learners for each in before), [*now]])
    of_again = smallest_apart([*(each.again for each in before), again])
    if of_all < k or (of_again < k and number > 1):
        return last
    line = as_class_line(told([*now.values()], exercise, number, k), case)
    return Given(line, number, [*now], again)


def told(
    found: Collection[Judgement], exercise: Exercise, number: int = 1, k: int = FEWEST
) -> ClassLine:
    """Return what may be told of a class; found: one Judgement of each learner."""
    cells: dict[Place, Middle | Most | None] = {}
    for place, steps in _places(exercise).items():
        values = [inside(each.answer, place) for each in found]
        cells[place] = _most(values, k) if exercise.options else _middle(values, steps, k)
    return ClassLine(exercise.id, number, len(found), {p: c for p, c in cells.items() if c})


def _middle(values, steps, k):
    """Only of those who judged: F and 6, which say that one cannot, are no steps."""
    places = sorted(steps.index(value) for value in values if value in steps)
    if len(places) < k:
        return None
    last = len(places) - 1
    return Middle(*(steps[places[n]] for n in (last // 4, last // 2, -(-3 * last // 4))))


def _most(values, k):
    counts = Counter(value for value in values if value is not None)
    if counts.total() < k:
        return None
    [(option, count)] = counts.most_common(1)
    if list(counts.values()).count(count) > 1:
        return None
    rest = len(values) - count
    if exact := safe_counts(counts, len(values), k).get(option):
        return Most(option, exact)
    if rest < k <= len(values) - k + 1:  # whatever the rest is, it is under k: all say the same
        return Most(option, len(values) - k, True)
    return Most(option)


def steps_of(column: Any) -> tuple:
    """Return the steps of a scale from least to most, without “cannot be judged”."""
    return scale(column) if column.id in AXES else values_of(column)


def as_class_line(line: ClassLine, case: Case) -> str:
    """Return a ClassLine as one line of text; ExerciseError for an exercise that is not there."""
    exercise = find(line.exercise, case)
    places = _places(exercise).items()
    steps = [step for place, values in places for step in _steps(line.cells.get(place), values)]
    body = packed(steps, _bases(exercise, line.learners))
    return sealed(CLASS, f"{heading(exercise, case)}-{line.number}-{line.learners}-{body}")


def _places(exercise):
    """{place: its options, or the steps of its scale}."""
    if exercise.options:
        return scales(exercise)
    steps = {column.id: steps_of(column) for column in exercise.columns}
    return {place: steps[place[1]] for place in scales(exercise)}


def _steps(cell, steps):
    if cell is None:
        return 0, 0, 0
    if isinstance(cell, Most):
        return steps.index(cell.option) + 1, cell.learners, int(cell.or_more)
    return tuple(steps.index(value) + 1 for value in cell)


def _bases(exercise, learners):
    for steps in _places(exercise).values():
        size = len(steps) + 1
        yield from (size, learners + 1, 2) if exercise.options else (size, size, size)


def class_lines_in(text: str, case: Case) -> list[ClassLine | SubmissionError]:
    """Return what each class's line in a text holds, in order; one that cannot be read is named.

    >>> from kit import data
    >>> class_lines_in("Hello!", data.load())
    []
    """
    return [
        _class_line(*fields) if isinstance(fields, list) else fields
        for fields in opened(text, CLASS, case, 3)
    ]


def _class_line(exercise, number, learners, body):
    damaged = fault("broken line", "The class's line", *CLASS)
    if number not in map(str, TWICE) or not (learners.isdecimal() and len(learners) < 6):
        return damaged
    steps = unpacked(body, list(_bases(exercise, int(learners))))
    if steps is None:
        return damaged
    cells: dict[Place, Middle | Most] = {}
    for n, (place, values) in enumerate(_places(exercise).items()):
        first, second, third = steps[3 * n : 3 * n + 3]
        if first and exercise.options:
            cells[place] = Most(values[first - 1], second, bool(third))
        elif first and second and third:
            cells[place] = Middle(*(values[step - 1] for step in (first, second, third)))
    return ClassLine(exercise.id, int(number), int(learners), cells)
