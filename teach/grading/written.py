"""The written answers of the hand-ins that count, to be marked by people.

`marks.csv` says which hand-in of each learner counts, by its receipt; `marking.sqlite` beside it
has what that hand-in holds. Both are only read.
"""

import csv
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

from kit import exercises
from teach.grading.rubric import RubricError, fingerprint
from teach.grading.shelf import contents

MARKS, SHELF = "marks.csv", "marking.sqlite"
AGAIN = "wait for any marking that still runs, then run `python -m teach grade` again"


class Text(NamedTuple):
    """A learner's answer to a written exercise; code in small letters."""

    code: str
    exercise: str
    text: str

    @property
    def id(self):
        """Its id in a marker's journal."""
        return f"{self.code}/{self.exercise}"

    @property
    def fingerprint(self):
        """What tells its text from an earlier one of the same learner."""
        return fingerprint(self.text)


def texts(folder, case):
    """Return the Texts of the hand-ins that count, exercise by exercise in the course's order.

    Within an exercise their order is that of a hash, which tells nothing of who wrote them.
    Raises RubricError where nothing was marked yet, or what lies there does not fit together.
    """
    folder = Path(folder)
    known = exercises.load(case)
    order = {id: place for place, id in enumerate(known) if known[id].kind == "written"}
    found = [
        Text(code.casefold(), id, answers[id]["answer"])
        for code, content in hand_ins(folder)
        for answers in [answers_in(content)]
        for id in order.keys() & answers.keys()
        if _is_written(answers[id]["answer"])
    ]
    return sorted(found, key=lambda text: (order[text.exercise], _shuffled(text)))


def _is_written(answer):
    return isinstance(answer, str) and bool(answer.strip())


def _shuffled(text):
    return hashlib.sha256(text.id.encode()).digest()


def hand_ins(folder):
    """Yield (code, content as JSON) of each hand-in that counts, in the order of marks.csv.

    Raises RubricError where nothing was marked yet, or what lies there does not fit together.
    """
    if not (folder / MARKS).is_file() or not (folder / SHELF).is_file():
        raise RubricError(
            f"There are no marks in {folder} yet: run `python -m teach grade IN --out marks` "
            "first, then name that folder here."
        )
    try:
        rows = list(_rows(folder / MARKS))
        found = contents(folder / SHELF, [(code.casefold(), receipt) for code, receipt in rows])
        for (code, _), content in zip(rows, found, strict=True):
            yield code, content
    except (sqlite3.Error, KeyError, TypeError, ValueError):
        raise RubricError(
            f"{MARKS} and {SHELF} in {folder} cannot be read together; {AGAIN}."
        ) from None


def answers_in(content):
    """Return the answers (dict) in a content as `hand_ins` yields it; raise RubricError.

    >>> answers_in("[")
    Traceback (most recent call last):
    teach.grading.rubric.RubricError: marking.sqlite holds a hand-in that cannot be read; delete \
that file, then run `python -m teach grade` again.
    """
    try:
        return json.loads(content)["answers"]
    except (KeyError, TypeError, ValueError):
        raise RubricError(
            f"{SHELF} holds a hand-in that cannot be read; delete that file, then run "
            "`python -m teach grade` again."
        ) from None


def _rows(path):
    """Yield (code, receipt) of each row of marks.csv; raise RubricError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from ((row["code"], row["receipt"]) for row in csv.DictReader(file))
    except (OSError, KeyError, UnicodeDecodeError, csv.Error):
        raise RubricError(f"{path} cannot be read as it is; {AGAIN}.") from None
