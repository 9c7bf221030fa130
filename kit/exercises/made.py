"""Reads what a learner made (a table, a chart, a text, a rating) and names what is missing."""

import re
from functools import cache

from kit.exercises.model import NOT_ANSWERED, Feedback

CHART_FAULTS = {
    "empty": "Nothing is drawn yet. Plot the table first.",
    "data": "The line does not show the members after each round. Compare it with the table.",
    "steps": "Your line slopes, so a reader sees slow growth between rounds. "
    'Membership jumps on one day: draw it with drawstyle="steps-post".',
    "title": "There is no title, so a reader cannot tell what the chart shows.",
    "xlabel": "The horizontal axis has no label, so a reader must guess what it shows.",
    "ylabel": "The vertical axis has no label, so a reader must guess what is counted.",
}


def table_fault(rows, expected):
    """The first fault of a table, "columns", "rows" or "values"; "" when it is right.

    rows, expected: lists of records; order of rows and further columns do not matter.
    """
    columns = list(expected[0])
    if any(set(columns) - set(row) for row in rows):
        return "columns"
    if len(rows) != len(expected):
        return "rows"
    cut = [{column: row[column] for column in columns} for row in rows]
    return "" if all(row in cut for row in expected) else "values"


def chart_faults(drawn, expected):
    """What a reader would miss, worst first: {fault: what to tell the learner}.

    drawn: a chart as `as_value("chart", ax)` gives it; expected: {"x": ISO days, "y": members}.
    """
    if not drawn["lines"]:
        return {"empty": CHART_FAULTS["empty"]}
    good = [line for line in drawn["lines"] if _shows(line, expected)]
    faults = [] if good else ["data"]
    if good and not any(line["steps"] == "steps-post" for line in good):
        faults.append("steps")
    faults += [field for field in ("title", "xlabel", "ylabel") if not drawn[field].strip()]
    return {fault: CHART_FAULTS[fault] for fault in faults}


def _shows(line, expected):
    """True when the line's last value on each expected day is right and nothing else is drawn."""
    if not all(isinstance(x, str) for x in line["x"]):
        return False  # no axis of dates
    last = dict(zip(line["x"], line["y"], strict=False))
    beyond = [y for x, y in last.items() if x > max(expected["x"])]
    days = {x: y for x, y in last.items() if x <= max(expected["x"])}
    wanted = dict(zip(expected["x"], expected["y"], strict=True))
    return days == wanted and all(y == expected["y"][-1] for y in beyond)


def read_written(exercise, text, case):
    """What a machine can say of a text: its length and its citations, not its worth."""
    words, limit = len(text.split()), exercise.limit
    found = cited(text, case.record_ids)
    unknown = [id for id, is_known in found.items() if not is_known]
    message = f"Your text is kept: {words} word{'' if words == 1 else 's'}"
    message += f", {words - limit} over the limit of {limit}." if words > limit else f" of {limit}."
    if found:
        message += f" It cites {', '.join(found)}."
    if unknown:
        message += f" Not in the record: {', '.join(unknown)}."
    return Feedback("recorded", message + " A person reads and marks it.")


def cited(text, ids):
    """The record ids in a text, capital letters or not: {id: is it in the record?}, in order.

    ids: frozenset, as `case.record_ids` gives them. What looks like one but is none is unknown.

    >>> cited("See R25 and r36, not (R99).", frozenset({"R25", "R36"}))
    {'R25': True, 'R36': True, 'R99': False}
    """
    return {id: id in ids for id in (_like(ids).findall(text.upper()) if ids else [])}


@cache
def _like(ids):
    """The pattern of all that looks like these ids: a few letters and any number."""
    stems = "|".join(sorted(map(re.escape, {id.rstrip("0123456789") for id in ids})))
    return re.compile(rf"\b(?:{stems})\d+\b")


def read_rating(exercise, value):
    """How much of a rating is given and backed by a sentence."""
    cells = [(row.id, column.id) for row in exercise.rows for column in exercise.columns]
    given = [(value.get(row) or {}).get(column) or {} for row, column in cells]
    rated = [cell for cell in given if cell.get("value") not in (None, "")]
    if not rated:
        return NOT_ANSWERED
    full = [cell for cell in rated if cell.get("evidence") or not exercise.evidence]
    message = f"{len(rated)} of {len(cells)} ratings are given"
    message += f", {len(full)} of them with a sentence as evidence." if exercise.evidence else "."
    if len(full) < len(rated):
        message += " A rating counts only with its sentence: pick the one that made you decide."
    message += " There is no right or wrong here"
    message += "; your reasons count." if exercise.evidence else "."
    return Feedback("recorded", message, round(len(full) / len(cells), 4))
