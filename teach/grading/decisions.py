"""The teacher's own decisions: `decisions.csv` in the folder of marks, applied on every run.

| column     | holds                                                                           |
|------------|---------------------------------------------------------------------------------|
| `code`     | a learner's code; capitals do not count                                         |
| `exercise` | the id of an exercise; `all` for the whole course; `late` for lateness          |
| `decision` | points (in place of what was earned), `excused`, or `extra` and points on top   |
| `reason`   | your words; the learner reads them on the page                                  |

What somebody is excused from counts neither for nor against: the points to be had are fewer.
`late` takes `excused`, or a number of days. It is a person's file: nothing of ours writes it.
"""

import re
from collections.abc import Iterable, Mapping
from math import inf
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from kit.exercises.model import Exercise
from kit.words import suggestion
from teach.spreadsheet import TableRow, read_table

DECISIONS = "decisions.csv"  # its name in the folder of marks
HEADS = ["code", "exercise", "decision", "reason"]
ALL, LATE = "all", "late"
FORM = re.compile(
    r"(?:(?P<extra>extra) +)?(?P<number>\d{1,4}(?:[.,]\d{1,2})?)|(?P<excused>excused)"
)


class Decision(NamedTuple):
    """One line. exercise: an id, ALL or LATE; kind: "points", "excused" or "extra"; number: of
    points, or of days for LATE. line: where it stands.
    """

    exercise: str
    kind: str
    number: float
    reason: str
    line: int

    @property
    def because(self) -> str:
        """The reason in brackets, with a space before it; "" if there is none."""
        return f" ({self.reason})" if self.reason else ""


Decisions = dict[str, list[Decision]]  # {code in small letters: its decisions, as they stand}


def read_decisions(folder: Path, exercises: Mapping[str, Exercise]) -> Decisions:
    """Return the decisions in a folder of marks; none where there is no such file.

    exercises: those that count, by id. Raises KitError, which names the line, for no decision.
    """
    path, decisions = folder / DECISIONS, Decisions()
    for row in read_table(path, HEADS).rows if path.exists() else ():
        others = decisions.setdefault(row.code().lower(), [])
        decision = _decision(row, exercises)
        _check_single(decision, others, row.where)
        others.append(decision)
    return decisions


def of(decisions: Iterable[Decision], exercise: str) -> list[Decision]:
    """Return those on one exercise, on ALL or on LATE."""
    return [decision for decision in decisions if decision.exercise == exercise]


def _decision(row: TableRow, exercises: Mapping[str, Exercise]) -> Decision:
    exercise, text, reason = (row.cells[head] for head in HEADS[1:])
    if exercise not in {*exercises, ALL, LATE}:
        known = suggestion(exercise, [*exercises, ALL, LATE])
        raise KitError(f"{row.where}: there is no exercise “{exercise}” that counts. {known}")
    match = FORM.fullmatch(text.lower())
    if not match or (exercise == LATE and match["extra"]):
        raise KitError(
            f"{row.where}: “{text}” is no decision on {exercise}; write points, excused, or extra "
            "and points; for late, excused or a number of days."
        )
    given = float((match["number"] or "0").replace(",", "."))
    kind, most = match["extra"] or match["excused"] or "points", _most(exercise, exercises)
    if kind == "points" and given > most:
        raise KitError(
            f"{row.where}: {exercise} has {most:g} points, not {given:g}; write “extra” before "
            "points on top."
        )
    return Decision(exercise, kind, given, reason, row.line)


def _most(exercise: str, exercises: Mapping[str, Exercise]) -> float:
    if exercise == ALL:
        return sum(each.points for each in exercises.values())
    return inf if exercise == LATE else exercises[exercise].points


def _check_single(decision: Decision, others: list[Decision], where: str) -> None:
    """Refuse a second decision on the same thing; points on top may be given more than once."""
    for other in of(others, decision.exercise):
        if "extra" not in (decision.kind, other.kind):
            raise KitError(
                f"{where}: line {other.line} decides on {other.exercise} for the same code; "
                "leave one of the two."
            )
