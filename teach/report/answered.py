"""How many learners gave which answer to each question, as far as it may be told.

Every panel that counts answers takes them from here: what one of them hides, none of them shows.
"""

from typing import NamedTuple

import numpy as np

from kit import exercises
from teach import measures

LONGEST = 90  # characters of a row's or an option's text: enough to know it again


class Question(NamedTuple):
    """One place to answer in: a cell of a matrix, a box to tick, or a whole exercise.

    exercise: of kit.exercises. row, column: their ids, None where the exercise has none. counts:
    {answer: learners who gave it}, only of answers whose number may be shown; together with the
    number of learners they tell of no fewer than k learners, by subtraction either.
    """

    exercise: object
    row: str | None
    column: str | None
    counts: dict

    def name(self, answer):
        """Say the exercise, the place in it and an answer in words."""
        parts = self.exercise.rows, self.exercise.columns, self.exercise.options
        words = [{each.id: _cut(each.text) for each in part} for part in parts]
        place = [words[n][id] for n, id in enumerate((self.row, self.column)) if id in words[n]]
        title = " · ".join([self.exercise.title, *place])
        return f"{title}: {words[2].get(answer, answer)}"

    def right(self, key):
        """Return the answers (list) that the exercise's key gives or accepts; [] without a key."""
        right, also = (key.value, key.accept) if key else ((), ())
        for place in (self.row, self.column):
            right = right.get(place) if isinstance(right, dict) else right
            also = also.get(place, ()) if isinstance(also, dict) else also
        return [*(right if isinstance(right, list | tuple) else [right]), *also]


def _cut(text):
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def questions(found, k):
    """Yield the Questions of a Class; k: the fewest learners that a number may stand for.

    Each box to tick is a question of its own, as one learner may tick many.
    """
    known = exercises.load(found.case)
    for id, given in found.single.items():
        parts = [{answer: n} for answer, n in given.items()]
        for counts in parts if known[id].kind == "several" else [given]:
            yield Question(known[id], None, None, measures.safe_counts(counts, found.learners, k))
    for id, cells in found.cells.items():
        if known[id].kind == "matrix":
            yield from _of_matrix(known[id], cells, found.learners, k)


def _of_matrix(exercise, cells, learners, k):
    options = [option.id for option in exercise.options]
    for n, row in enumerate(exercise.rows):
        for m, column in enumerate(exercise.columns):
            places, numbers = np.unique(cells[:, n, m], return_counts=True)
            given = {options[p]: int(c) for p, c in zip(places, numbers, strict=True) if p >= 0}
            yield Question(exercise, row.id, column.id, measures.safe_counts(given, learners, k))
