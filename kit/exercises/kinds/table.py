"""table: a pandas table, made in code, with the key's columns and rows in any order."""

from typing import Any

from kit.exercises.key import Answer
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all


class TableKind(Kind):
    """The answer is a list of records; wrong answers are called "columns", "rows", "values"."""

    name = "table"
    form = "table"

    def normalise(self, answer: Any) -> list[dict]:
        """Return a DataFrame (or Series) as records; a list stays as it is."""
        if isinstance(answer, list):
            return answer
        if not hasattr(answer, "to_dict"):
            raise AnswerError(
                "This exercise wants a pandas table (DataFrame); "
                f"you gave a {type(answer).__name__}."
            )
        table = answer.to_frame() if not hasattr(answer, "columns") else answer
        if any(table.index.names):
            table = table.reset_index()
        rows = table.to_dict(orient="records")
        return [{str(key): plain(value) for key, value in row.items()} for row in rows]

    def fits(self, exercise: Exercise, value: Any) -> bool:
        return are_all(dict, value)

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        fault = _fault(value, key.value)
        return exercise.not_yet([exercise.reason(fault)]) if fault else exercise.correct()

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        lines = [list(value[0]), *(row.values() for row in value)]
        return [((), ", ".join(map(str, line))) for line in lines]


def plain(value: Any) -> Any:
    """Return a cell of pandas or numpy as JSON has it; missing is None, a date is text."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def _fault(rows: list[dict], expected: list[dict]) -> str:
    """Return the first fault, "columns", "rows" or "values"; further columns do not matter."""
    columns = list(expected[0])
    if any(set(columns) - set(row) for row in rows):
        return "columns"
    if len(rows) != len(expected):
        return "rows"
    cut = [{column: row[column] for column in columns} for row in rows]
    return "" if all(row in cut for row in expected) else "values"
