"""table: a pandas table, made in code, with the key's columns and rows in any order."""

from typing import Any

from kit.exercises.key import Answer
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all
from kit.words import plural

FAULTS = {
    "sideways": "Your table lies on its side: what should run down runs across. "
    "Swap the two names in the brackets, or add .T at the end.",
    "long": "Your table is one long list, with a row for each count. "
    "Add .unstack(fill_value=0), and the second name runs across.",
}


class TableKind(Kind):
    """The answer is a list of records; wrong answers are called by FAULTS, columns, rows, values.

    Capitals in names do not matter, nor further columns; an empty cell counts as 0.
    """

    name = "table"
    form = "table"

    def normalise(self, answer: Any) -> list[dict]:
        """Return a DataFrame (or Series) as records; a list stays as it is."""
        if isinstance(answer, list):
            return answer
        if not hasattr(answer, "to_dict"):
            raise AnswerError(
                "This exercise wants a pandas table (DataFrame); "
                f"you gave a {type(answer).__name__}.{_next_step(answer)}"
            )
        table = answer.copy() if hasattr(answer, "columns") else answer.to_frame()
        table.columns = table.columns.get_level_values(-1)
        if any(table.index.names):
            table = table.reset_index()
        rows = table.to_dict(orient="records")
        return [{str(key): plain(value) for key, value in row.items()} for row in rows]

    def fits(self, exercise: Exercise, value: Any) -> bool:
        return are_all(dict, value)

    def understood(self, exercise: Exercise, value: Any) -> str:
        columns = ", ".join(value[0]) if value else ""
        return f"Your table: {plural(len(value), 'row')}; columns {columns}."

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        if fault := _fault(value, key.value):
            return exercise.not_yet([FAULTS.get(fault) or exercise.reason(fault)])
        return exercise.correct()

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        lines = [list(value[0]), *(row.values() for row in value)]
        return [((), ", ".join(map(str, line))) for line in lines]


def plain(value: Any) -> Any:
    """Return a cell of pandas or numpy as JSON has it; missing is None, a date is text."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def _next_step(answer: Any) -> str:
    if "GroupBy" in type(answer).__name__:
        return " Say what to do with each group: add .size() or .sum() at the end."
    return " It is not called yet: add () at the end." if callable(answer) else ""


def _fault(rows: list[dict], expected: list[dict]) -> str:
    """Return the name of the first fault, "" for none."""
    rows = [{name.casefold(): value for name, value in row.items()} for row in rows]
    expected = [{name.casefold(): value for name, value in row.items()} for row in expected]
    first, *others = expected[0]
    if any({first, *others} - set(row) for row in rows):
        if {str(row[first]).casefold() for row in expected} <= set(rows[0]):
            return "sideways"
        across = [{str(row.get(name)).casefold() for row in rows} for name in rows[0]]
        return "long" if any(set(others) <= values for values in across) else "columns"
    if len(rows) != len(expected):
        return "rows"
    cut = [{name: row[name] or 0 for name in (first, *others)} for row in rows]
    return "" if all({k: v or 0 for k, v in row.items()} in cut for row in expected) else "values"
