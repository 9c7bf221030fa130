"""rating: a value on each scale for each row, with the sentence that made one decide."""

from collections.abc import Iterator
from typing import Any

from kit.data import Case
from kit.exercises.model import NOT_ANSWERED, Exercise, Feedback, Kind, Place, inside, is_grid

PLAIN = {str, int, float, bool, type(None)}  # what a value and its evidence may be


class RatingKind(Kind):
    """The answer is {row: {column: {"value": …, "evidence": number of a sentence or None}}}."""

    name = "rating"
    needs = ("rows", "columns")
    form = "scales"
    has_key = False

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
        cells = [inside(value, place) or {} for place in exercise.places]
        rated = [cell for cell in cells if cell.get("value") not in (None, "")]
        if not rated:
            return NOT_ANSWERED
        full = [cell for cell in rated if cell.get("evidence") or not exercise.evidence]
        with_sentence = f", {len(full)} of them with a sentence as evidence"
        message = f"{len(rated)} of {len(cells)} ratings are given"
        message += f"{with_sentence if exercise.evidence else ''}."
        if len(full) < len(rated):
            message += " A rating counts only with its sentence: pick the one that made you decide."
        message += " There is no right or wrong here"
        message += "; your reasons count." if exercise.evidence else "."
        return Feedback("recorded", message, round(len(full) / len(cells), 4))

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


def _is_cell(cell: Any) -> bool:
    return cell is None or (isinstance(cell, dict) and PLAIN.issuperset(map(type, cell.values())))
