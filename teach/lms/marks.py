"""The two tables beside an export: our `marks.csv`, and the teacher's own of codes and learners.

The teacher's table is only read: nothing of it is copied, and no message shows a cell of it.
"""

import csv
import io
import re
from decimal import Decimal
from typing import NamedTuple

from kit.errors import cause
from teach.lms.cells import LmsError, Sheet

CODE = re.compile(r"[A-Za-z0-9-]{2,20}")  # as a hand-in has it
POINTS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")


class Mark(NamedTuple):
    """What `marks.csv` says of a code.

    points: so far; None if there are none. waiting: written answers that nobody marked yet.
    """

    points: Decimal | None
    waiting: int


class Learners(NamedTuple):
    """The teacher's table. heads: its columns but the code's. rows: {code: {head: value}}."""

    name: str
    heads: list
    rows: dict


def read_bytes(path):
    """The bytes of a file, or an LmsError that says why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise LmsError(f"There is no file {path.name} in {_folder(path)}; look there.") from None
    except OSError as error:
        raise LmsError(f"{path.name} cannot be read because {cause(error)[0]}.") from None


def _folder(path):
    return f"the folder {path.parent.name}" if path.parent.name else "this folder"


def read_marks(path):
    """Return {code: Mark} from the file that `python -m teach grade` wrote."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        heads, rows = set(reader.fieldnames or ()), list(reader)
    except (UnicodeDecodeError, csv.Error):
        heads, rows = set(), []
    if not {"code", "points", "waiting"} <= heads:
        raise LmsError(f"{path.name} is no table of marks; give the one that teach grade wrote.")
    marks = {}
    for number, row in enumerate(rows, start=2):
        code = _code(row["code"], marks, path.name, number)
        marks[code] = _mark(row, path.name, number)
    return marks


def _mark(row, name, number):
    points, waiting = row["points"] or "", row["waiting"] or ""
    if not (POINTS.fullmatch(points or "0") and re.fullmatch("[0-9]{1,4}", waiting)):
        raise LmsError(
            f"{name}, line {number}: points or waiting is no plain number; run teach grade again."
        )
    return Mark(Decimal(points) if points else None, int(waiting))


def read_learners(path):
    """Return the Learners in the teacher's table: any CSV with a column `code`."""
    sheet = Sheet.read(read_bytes(path), path.name, lambda top: "code" in _plain(top))
    heads = _plain(sheet.values(0))
    for head in heads:
        if head and heads.count(head) > 1:
            raise LmsError(f"{path.name} has two columns “{head}”; leave one.")
    at, rows = heads.index("code"), {}
    for number in range(1, len(sheet.rows)):
        values = sheet.values(number)
        if sheet.is_blank(number) or not "".join(values[at : at + 1]).strip():
            continue  # a learner who has no code yet
        line = sheet.rows[number].line
        if len(values) != len(heads):
            raise LmsError(
                f"{path.name}, line {line}: {len(values)} cells where the first line has "
                f"{len(heads)}; perhaps a name with a comma is not in quotes."
            )
        rows[_code(values[at].strip(), rows, path.name, line)] = dict(
            zip(heads, values, strict=True)
        )
    return Learners(path.name, [head for head in heads if head != "code"], rows)


def _plain(heads):
    return [head.strip().casefold() for head in heads]


def _code(code, known, name, line):
    """A code that may stand in a report: one a learner can choose, and once only.

    It comes back in small letters: marking takes codes for the same whatever their capitals.
    """
    if not CODE.fullmatch(code or ""):
        raise LmsError(
            f"{name}, line {line}: the column “code” holds something else than 2 to 20 letters "
            "(a-z), digits and hyphens; look at that line."
        )
    if code.lower() in known:
        raise LmsError(f"{name}, line {line}: the code {code} stands there twice; leave one.")
    return code.lower()
