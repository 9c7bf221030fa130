"""rating: a value on each scale for each row, with the sentence that made one decide.

Also an invented class, so that somebody who works alone sees a spread of ratings too.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kit.data import Case
from kit.exercises.model import (
    AXES,
    NOT_ANSWERED,
    Choice,
    Exercise,
    Feedback,
    Kind,
    Place,
    inside,
    is_grid,
)

OUTSIDE = " {} with a value or a sentence that is not there to choose: these earn nothing."
ONE_SENTENCE = (
    "All {} ratings with one sentence of each text? Look whether another one says more on some. "
)
SAME_RATINGS = "All texts have the same ratings. Is that what you found?"
PLAIN = {str, int, float, bool, type(None)}  # what a value and its evidence may be


class RatingKind(Kind):
    """The answer is {row: {column: {"value": …, "evidence": number of a sentence or None}}}."""

    name = "rating"
    needs = ("rows", "columns")
    form = "scales"
    has_key = False
    rule = (
        "Each rating on its scale earns the same, whichever it is; where a sentence is wanted, "
        "only with one. What is not on its scale earns nothing, and a person looks at it."
    )

    def faults(self, entry: dict) -> Iterator[str]:
        for column in entry.get("columns", ()):
            where = f"column {column['id']!r}: "
            values, words = column.get("values", ()), column.get("words", ())
            if entry["kind"] == self.name and not (values or column.get("range")):
                yield f"{where}nothing can be given; add 'values' or a 'range'."
            if words and len(words) != len(values):
                yield (
                    f"{where}{len(words)} words for {len(values)} values; "
                    "give each value its words."
                )

    def is_given(self, exercise: Exercise, part: Any) -> bool:
        return is_rated(part, exercise)

    def fits(self, exercise: Exercise, value: Any) -> bool:
        return is_grid(value, _is_cell)

    def record(self, exercise: Exercise, value: Any, case: Case) -> Feedback:
        """Tell how many ratings are given, and how many of them count."""
        scales = {column.id: values_of(column) for column in exercise.columns}
        cells = {place: inside(value, place) or {} for place in exercise.places}
        rated = {p: cell for p, cell in cells.items() if cell.get("value") not in (None, "")}
        if not rated:
            return NOT_ANSWERED
        texts = [row.id for row in exercise.rows if exercise.evidence and row.id in case.texts]
        sentences = {id: range(1, len(case.sentences_of(id)) + 1) for id in texts}
        fitting = [
            cell
            for (row, column), cell in rated.items()
            if _is_on(scales[column], cell["value"])
            and (not cell.get("evidence") or _is_on(sentences.get(row), cell["evidence"]))
        ]
        full = [cell for cell in fitting if cell.get("evidence") or not exercise.evidence]
        outside = len(rated) - len(fitting)
        with_sentence = f", {len(full)} of them with a sentence as evidence"
        message = f"{len(rated)} of {len(cells)} ratings are given"
        message += f"{with_sentence if exercise.evidence else ''}."
        message += OUTSIDE.format(outside) * bool(outside)
        if len(full) < len(fitting):
            message += " A rating counts only with its sentence: pick the one that made you decide."
        message += " There is no right or wrong here"
        message += "; your reasons count." if exercise.evidence else "."
        earned = round(len(full) / len(cells), 4)
        return Feedback("recorded", message, earned, is_strange=bool(outside))

    def sameness(self, exercise: Exercise, value: Any) -> str:
        cells = {place: inside(value, place) for place in exercise.places}
        rated = {place: cell for place, cell in cells.items() if is_rated(cell, exercise)}
        if not exercise.evidence or len(rated) <= len(exercise.columns):  # one text, or less
            return ""
        sentences = {(row, cell["evidence"]) for (row, _), cell in rated.items()}
        values = {(column, cell["value"]) for (_, column), cell in rated.items()}
        one_sentence = len(sentences) == len({row for row, _ in sentences})
        same = len(rated) == len(cells) and len(values) == len(exercise.columns)
        return (ONE_SENTENCE * one_sentence + SAME_RATINGS * same).format(len(rated)).strip()

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        parts = []
        for place in exercise.places:
            if cell := inside(value, place):
                sentence = f" (sentence {cell['evidence']})" if cell.get("evidence") else ""
                parts.append((place, f"{cell['value']}{sentence}"))
        return parts


def is_rated(cell: Any, exercise: Exercise) -> bool:
    """True for a rating given, with its sentence if the exercise wants one."""
    is_given = inside(cell, ("value",)) is not None
    return is_given and bool(inside(cell, ("evidence",)) or not exercise.evidence)


def _is_on(scale: Sequence | None, value: Any) -> bool:
    """Tell whether a value is there to choose; True is 1, but neither a rating nor a sentence."""
    return scale is None or (type(value) in (int, str) and value in scale)


def _is_cell(cell: Any) -> bool:
    return cell is None or (isinstance(cell, dict) and PLAIN.issuperset(map(type, cell.values())))


RATERS = 25
SEED = 1954
LEAN, WAVER = 0.12, 0.2  # standard deviations in scale lengths: 0.5 and 0.8 steps of 0 to 4
FOLLOWS = 0.6  # share who say "cannot be judged" where the experts do
INVENTED = (
    f"The invented class is made up: {RATERS} raters drawn at random around the editors' "
    "ratings. It shows how ratings can differ, not what people think."
)


def invented_ratings(exercise: Exercise, rated: dict[str, dict]) -> dict[str, dict[str, list]]:
    """Return the ratings of the invented class: {row: {column: list of 25 values of the column}}.

    Nobody gave these ratings; a program draws them around the experts'. Each invented rater trusts
    all texts a little more or less than they do and wavers at every rating. "Cannot be judged" (the
    last letter and number) is no step of a scale: where the experts say it, most follow and the
    others judge all the same. The seed is fixed, so the class is the same for everybody.

    rated: {row: {column: the experts' value as text}}; without a value of the column, no entry.
    """
    rng = random.Random(SEED)
    leans = [rng.gauss(0, LEAN) for _ in range(RATERS)]
    return {
        row: {
            column.id: [rating(column, cells[column.id], lean, rng) for lean in leans]
            for column in exercise.columns
            if cells.get(column.id) in [str(value) for value in column.values]
        }
        for row, cells in rated.items()
    }


def most_frequent(ratings: Iterable[Any]) -> str:
    """The rating given most often, the first on the scale if several are, and by how many.

    >>> most_frequent(["C", "B", "B", "F"])
    'B (2 of 4)'
    """
    counts = Counter(ratings)
    rating, count = min(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return f"{rating} ({count} of {counts.total()})"


def rating(
    column: Choice, expert: str | None, lean: float, rng: random.Random, trust: float | None = None
) -> Any:
    """Return the value that an invented rater gives in a column of a rating.

    expert: the experts' value as text. lean: of the rater, in scale lengths. trust: how far the
    experts trust the text, 0 to 1; it stands for their value where the column is a range.
    """
    steps = scale(column)
    marks = list(map(str, steps))
    error = lean + rng.gauss(0, WAVER)
    if column.range and trust is not None:
        return nearest(trust + error, steps)
    if expert in marks:
        return nearest(marks.index(expert) / max(len(marks) - 1, 1) + error, steps)
    if expert in [str(value) for value in column.values]:  # "cannot be judged"
        return column.values[-1] if rng.random() < FOLLOWS else rng.choice(steps)
    return rng.choice(column.values or steps)


def values_of(column: Choice) -> tuple:
    """Return the values that a column of a rating takes, in order; () for one of a matrix."""
    return column.values or (
        tuple(range(column.range[0], column.range[1] + 1) if column.range else ())
    )


def scale(column: Choice) -> tuple:
    """Return the values of a column from least to most trust, without "cannot be judged".

    >>> scale(Choice("source", "Source", values=("A", "B", "F")))
    ('B', 'A')
    """
    values = values_of(column)
    return values[-2::-1] if column.id in AXES else values


def nearest(share: float, steps: tuple) -> Any:
    """Return the value nearest to a share of the way up a scale; 0 and below: the lowest."""
    return steps[round(min(max(share, 0), 1) * (len(steps) - 1))]
