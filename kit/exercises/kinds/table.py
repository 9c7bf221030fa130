"""table: a pandas table, made in code, with the key's columns and rows in any order."""

from typing import Any

from kit.exercises.key import Answer
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all
from kit.words import plural


class TableKind(Kind):
    """The answer is a list of records; wrong answers are called as in `faults.toml`.

    Capitals in names do not matter, nor further columns, nor how the column with the names of the
    rows is called; an empty cell counts as 0.
    """

    name = "table"
    form = "table"
    rule = (
        "Each right count earns the same, and each wrong one takes as much away. A row too many is "
        "a row of wrong counts. A table that lies on its side earns half."
    )

    def normalise(self, answer: Any) -> list[dict]:
        """Return a DataFrame (or Series) as records; a list stays one."""
        if isinstance(answer, list):
            return [_plain_row(row) if isinstance(row, dict) else row for row in answer]
        if not hasattr(answer, "to_dict"):
            raise AnswerError(
                "This exercise wants a pandas table (DataFrame); "
                f"you gave a {type(answer).__name__}.{_next_step(answer)}"
            )
        table = answer.copy() if hasattr(answer, "columns") else answer.to_frame()
        table.columns = table.columns.get_level_values(-1)
        if any(table.index.names) or table.index.inferred_type != "integer":
            table = table.reset_index()
        return [_plain_row(row) for row in table.to_dict(orient="records")]

    def fits(self, exercise: Exercise, value: Any) -> bool:
        return are_all(dict, value)

    def understood(self, exercise: Exercise, value: Any) -> str:
        columns = ", ".join(value[0]) if value else ""
        return f"Your table: {plural(len(value), 'row')}; columns {columns}."

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        rows, expected = _small(value), _small(key.value)
        first, *others = expected[0]
        names = [str(row[first]).casefold() for row in expected]
        if is_turned := set(names) <= rows[0].keys():
            rows = _turned(rows)
        found = _by_name(rows, names)
        pairs = [
            (row.get(other), wanted[other])
            for row, wanted in zip(found, expected, strict=True)
            for other in others
        ]
        right, whole = sum(given == count for given, count in pairs), len(pairs)
        lacking = sum(given is None for given, _ in pairs)
        extra = len(rows) - len(found) + found.count({})
        in_columns = all(other in row for row in found if row for other in others)
        faults = {
            "sideways": is_turned,
            "columns": not any(found) or not in_columns,
            "rows": extra or {} in found,
            "values": right < whole,
        }
        fault = next((name for name, is_so in faults.items() if is_so), "")
        if not fault:
            return exercise.correct()
        if fault == "columns" and any(set(others) <= _column(rows, name) for name in rows[0]):
            fault = "long"
        share = (2 * right + lacking - whole - extra * len(others)) / whole
        counted = f"{right} of {whole} counts are right." * bool(right)
        return exercise.not_yet([self.why(exercise, fault)], share / (1 + is_turned), counted)

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        lines = [list(value[0]), *(row.values() for row in value)]
        return [((), ", ".join(map(str, line))) for line in lines]


def plain(value: Any) -> Any:
    """Return a cell of pandas or numpy as JSON has it; missing is None, a date is text."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def _plain_row(row: dict) -> dict[str, Any]:
    return {str(key): plain(value) for key, value in row.items()}


def _next_step(answer: Any) -> str:
    if "GroupBy" in type(answer).__name__:
        return " Say what to do with each group: add .size() or .sum() at the end."
    return " It is not called yet: add () at the end." if callable(answer) else ""


def _small(rows: list[dict]) -> list[dict]:
    """Return rows with the names of their columns in small letters, and 0 for what is empty."""
    return [{name.casefold(): value or 0 for name, value in row.items()} for row in rows]


def _column(rows: list[dict], name: str) -> set[str]:
    return {str(row.get(name)).casefold() for row in rows}


def _by_name(rows: list[dict], names: list[str]) -> list[dict]:
    """Return the row of each name, {} for none; the column with most of the names holds them."""
    column = max(rows[0], key=lambda name: len(_column(rows, name).intersection(names)), default="")
    named = {str(row.get(column)).casefold(): row for row in reversed(rows)}
    return [named.get(name, {}) for name in names]


def _turned(rows: list[dict]) -> list[dict]:
    """Return a table with its rows as columns; its first column holds their names."""
    head, *names = rows[0]
    return [
        {head: name} | {str(row.get(head)).casefold(): row.get(name) for row in rows}
        for name in names
    ]
