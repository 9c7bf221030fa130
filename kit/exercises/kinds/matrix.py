"""matrix: one option in each cell of a grid; its cells can have sentences of a text beside them.

Somebody chose these sentences by reading. Near does not mean that they bring the matter up, so that
they tell nothing of the key. The exercises file holds their numbers alone, the text has the words.
"""

import re
from collections.abc import Iterator
from typing import Any

from kit.data import Case, Sentence
from kit.exercises.key import Answer
from kit.exercises.model import (
    Exercise,
    ExerciseError,
    Feedback,
    Kind,
    Place,
    inside,
    is_grid,
    texts,
    without,
)

PLACE = re.compile(r"(.+)_([1-9]\d*)")  # a row of an exercise with in_reader: text_number


class MatrixKind(Kind):
    """The answer is {row: {column: id of an option}}."""

    name = "matrix"
    needs = ("options", "rows", "columns")
    form = "grid"
    rule = "Each box that agrees with the key, or that the key accepts, earns the same."

    def faults(self, entry: dict) -> Iterator[str]:
        if "sentences" in entry:
            yield from _sentence_faults(entry)
        if entry.get("in_reader"):
            if entry["kind"] != self.name or len(entry["columns"]) != 1:
                yield "in_reader needs a matrix with one column."
            for id in (row["id"] for row in entry["rows"] if not PLACE.fullmatch(row["id"])):
                yield f"{id!r} names no sentence; write text_number, such as forum_9."

    def fits(self, exercise: Exercise, value: Any) -> bool:
        return is_grid(value, lambda cell: cell is None or isinstance(cell, str))

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        cells = _cells(key)
        given = {cell: answer for cell in cells if (answer := inside(value, cell))}
        wrong = {
            cell: exercise.reason(answer, *cell)
            for cell, answer in given.items()
            if answer not in (inside(key.value, cell), *key.also(*cell))
        }
        whole, right = len(cells), len(given) - len(wrong)
        if right == whole:
            return exercise.correct()
        empty = whole - len(given)
        return exercise.not_yet(
            wrong,
            right / whole,
            f"{empty} of {whole} boxes are still empty." * bool(empty),
            f"{right} of {whole} boxes agree with the evidence." * bool(right or not empty),
        )

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        options = texts(exercise.options)
        return [
            (place, options[inside(value, place)])
            for place in exercise.places
            if inside(value, place) is not None
        ]

    def also(self, exercise: Exercise, value: Any, key: Answer) -> dict[Place, str]:
        options, beside = texts(exercise.options), {}
        for cell in _cells(key):
            others = without([inside(value, cell)], [inside(key.value, cell), *key.also(*cell)])
            beside[cell] = "".join(f", or {options[other]}" for other in others)
        return {cell: text for cell, text in beside.items() if text}


def place(row_id: str) -> tuple[str, int]:
    """Return where the sentence of a row stands, in an exercise with `in_reader`.

    >>> place("forum_9")
    ('forum', 9)
    """
    text_id, _, number = row_id.rpartition("_")
    return text_id, int(number)


def nearest(exercise: Exercise, case: Case, row: str, column: str) -> list[Sentence]:
    """Return the sentences beside one cell; row, column: ids, column a text's.

    Raises ExerciseError in one sentence for a text or a number that is not there.
    """
    where = f"{case.exercises_path.name}, exercise {exercise.id!r}, 'sentences' of {row}, {column}"
    if column not in case.texts:
        known = ", ".join(case.texts)
        raise ExerciseError(f"{where}: the texts are {known}; give the column one of these ids.")
    sentences = {sentence.number: sentence for sentence in case.sentences_of(column)}
    numbers = exercise.sentences[row][column]
    if odd := [number for number in numbers if number not in sentences]:
        raise ExerciseError(
            f"{where}: there is no sentence {odd[0]}, the last one is {max(sentences)}; mend it."
        )
    return [sentences[number] for number in numbers]


def _cells(key: Answer) -> list[Place]:
    return [(row, column) for row, columns in key.value.items() for column in columns]


def _sentence_faults(entry: dict) -> Iterator[str]:
    """Yield what is wrong with the sentences; `nearest` sees whether the texts have them."""
    if entry["kind"] != MatrixKind.name:
        yield "'sentences' stand beside the cells of a matrix; take them out here."
    beside = entry["sentences"]
    rows, columns = ([choice["id"] for choice in entry[field]] for field in ("rows", "columns"))
    if odd := [id for id in beside if id not in rows]:
        yield f"'sentences' has {odd[0]!r}, which is none of the rows {', '.join(rows)}; mend it."
    for row in rows:
        cells = beside.get(row, {})
        if odd := [id for id in cells if id not in columns]:
            known = f"none of the columns {', '.join(columns)}; mend it."
            yield f"'sentences' of {row} has {odd[0]!r}, which is {known}"
        for column in columns:
            if not _are_numbers(cells.get(column)):
                yield f"'sentences' of {row}, {column}: write one to three numbers, as in [9, 10]."


def _are_numbers(value: Any) -> bool:
    """Tell whether this is a list of one to three sentence numbers, each once."""
    if not (isinstance(value, list) and 1 <= len(value) <= 3):
        return False
    return all(type(n) is int and n > 0 for n in value) and len(set(value)) == len(value)
