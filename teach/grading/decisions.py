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

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from kit.exercises.model import Exercise
from kit.words import suggestion
from teach.files import read_bytes

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
    for line, (code, exercise, text, reason) in _rows(path) if path.exists() else ():
        decision = _decision(line, exercise, text, reason, exercises)
        others = decisions.setdefault(code.casefold(), [])
        _check_single(decision, others)
        others.append(decision)
    return decisions


def of(decisions: Iterable[Decision], exercise: str) -> list[Decision]:
    """Return those on one exercise, on ALL or on LATE."""
    return [decision for decision in decisions if decision.exercise == exercise]


def _rows(path: Path) -> Iterable[tuple[int, list[str]]]:
    """Yield (line, the cells under HEADS) of each line that is not empty."""
    text = read_bytes(path).decode("utf-8-sig", errors="replace")
    delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if not set(HEADS) <= set(reader.fieldnames or ()):
        raise KitError(f"{DECISIONS}, line 1: the columns must be {', '.join(HEADS)}; mend that.")
    for row in reader:
        cells = [(row[head] or "").strip() for head in HEADS]
        if any(cells):
            yield reader.line_num, cells


def _decision(
    line: int, exercise: str, text: str, reason: str, exercises: Mapping[str, Exercise]
) -> Decision:
    if exercise not in {*exercises, ALL, LATE}:
        known = suggestion(exercise, [*exercises, ALL, LATE])
        raise _error(line, f"there is no exercise “{exercise}” that counts. {known}")
    match = FORM.fullmatch(text)
    if not match or (exercise == LATE and match["extra"]):
        raise _error(line, f"“{text}” is no decision; write points, excused, or extra and points")
    number = float((match["number"] or "0").replace(",", "."))
    kind = match["extra"] or match["excused"] or "points"
    most = exercises[exercise].points if exercise in exercises else None
    if kind == "points" and most is not None and number > most:
        raise _error(line, f"{exercise} has {most} points and not {text}; write “extra” for more")
    return Decision(exercise, kind, number, reason, line)


def _check_single(decision: Decision, others: list[Decision]) -> None:
    """Refuse a second decision on the same thing; points on top may be given more than once."""
    for other in of(others, decision.exercise):
        if "extra" not in (decision.kind, other.kind):
            what = f"the same code has a decision on {other.exercise} in line {other.line}"
            raise _error(decision.line, f"{what}; leave one")


def _error(line: int, what: str) -> KitError:
    return KitError(f"{DECISIONS}, line {line}: {what}.")
