"""The lines of the journal and their fold: what one line is, and what many lines say together.

>>> line = checked("stances/P1/forum", "hedges")
>>> leaves(fold(decoded(line.encoded)))
{'stances/P1/forum': 'hedges'}
"""

import copy
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from operator import methodcaller
from typing import Any

from kit.errors import KitError

VERSION = 1
LONGEST = 1_000_000  # bytes of one line; an answer of 150 words has about a thousand
DEEPEST = 20  # levels of lists and dicts in one value
ID = re.compile(r"[\w.:-]{1,80}(/[\w.:-]{1,80}){0,7}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
START = re.compile(rb'(?=\{"v":)')
DAMAGED = "a line that cannot be read"
NEWER = "a line of a newer version"
# Not answers, but notes of the kit:
NOTES = {"checks", "committed", "handin", "hints", "marks", "tags", "together", "wall", "weights"}


class JournalError(KitError):
    """The journal could not do what was asked; the message is one sentence for the learner."""


@dataclass
class Line:
    """One line of the journal: UTC time as ISO text, id, and value (None erases)."""

    time: str
    id: str
    value: Any

    @cached_property
    def encoded(self) -> bytes:
        """The line as the file has it, with its end; an error if the value cannot be JSON."""
        record = {"v": VERSION, "time": self.time, "id": self.id, "value": self.value}
        scalar = methodcaller("item")  # of numpy
        text = json.dumps(record, separators=(",", ":"), allow_nan=False, default=scalar)
        return text.encode("ascii") + b"\n"


class Branch(dict):
    """A node of the fold made by the parts of an id, told apart from an answer that is a dict."""


def now() -> str:
    """Return the time as the journal writes it: UTC, milliseconds, ending in Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def checked(id: str, value: Any, after: str = "") -> Line:
    """Return the Line for an answer given now; raise JournalError if it cannot be kept.

    Its time is never before `after`, the time of the newest line so far: a clock that is set
    back must not make a new answer look older than the one it replaces.
    """
    if not (isinstance(id, str) and ID.fullmatch(id)):
        raise JournalError(f"The id {id!r} cannot be kept; use letters, digits, _ and - between /.")
    entered = Line(max(now(), after), id, value)
    line: Line | str = DAMAGED
    with suppress(AttributeError, TypeError, ValueError, OverflowError, RecursionError):
        [line] = decoded(entered.encoded)
    if not isinstance(line, Line):
        raise JournalError(
            f"Your answer to {id} cannot be kept; use text, finite numbers (no nan or inf), True, "
            f"False, lists and dicts, with at most {LONGEST:,} characters in all."
        )
    if line == entered:  # else JSON changed a key of it: what counts is what is read back
        line.encoded = entered.encoded
    return line


def decoded(raw: bytes) -> Iterator[Line | str]:
    """Yield what one line of the file holds: a Line, NEWER or DAMAGED; nothing if it is blank.

    Where a line end was lost, what follows on the same line is found again.
    """
    whole = _record(raw) if raw.strip() else None
    if whole is DAMAGED:
        yield from (_record(piece) for piece in START.split(raw) if piece.strip())
    elif whole is not None:
        yield whole


def version_of(record: Any) -> int:
    """Return the version of the format in its field "v"; 0 if it has none."""
    version = record.get("v") if isinstance(record, dict) else None
    return version if type(version) is int else 0


def is_plain(value: Any, levels: int = DEEPEST, numbers: tuple[type, ...] = (float,)) -> bool:
    """Tell whether a value read from JSON has at most `levels` levels of lists and dicts.

    A number of the types `numbers` must be finite, too, and no larger than a float can be.

    >>> is_plain(["a", 10**400]), is_plain(float("nan")), is_plain([[1]], levels=1)
    (True, False, False)
    """
    level = [value]
    for _ in range(levels + 1):
        within: list = []
        for node in level:
            kind = type(node)
            if kind is dict:
                within += node.values()
            elif kind is list:
                within += node
            elif kind in numbers and not abs(node) <= sys.float_info.max:  # nan is not either
                return False
        if not within:
            return True
        level = within
    return False


def text(value: Any) -> str:
    """Return `value` as JSON (ASCII) without spaces, in one order of keys; 1, 1.0, true differ."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def moment(line: Line) -> str:
    """Return the time of `line`, by which lines are put in order; "" if that is no time of ours."""
    return line.time if TIME.fullmatch(line.time) else ""


def fold(lines: Iterable[Line]) -> Branch:
    """Return the tree of answers that `lines` give: by time, and for one time as they stand."""
    tree = Branch()
    for line in sorted(lines, key=moment):
        put(tree, line)
    return tree


def put(tree: Branch, line: Line) -> None:
    """Let `line` change the fold: set or erase its id, and open up an answer it is a part of."""
    *above, last = line.id.split("/")
    for part in above:
        below = tree.get(part)
        if not isinstance(below, Branch):
            if line.value is None and not isinstance(below, dict):
                return
            below = tree[part] = Branch(below if isinstance(below, dict) else {})
        tree = below
    if line.value is None:
        tree.pop(last, None)
    else:
        tree[last] = line.value


def plain(node: Any) -> Any:
    """Return a copy of a node of the fold as plain dicts and values; None if nothing is left."""
    if not isinstance(node, Branch):
        return copy.deepcopy(node)
    inside = {part: plain(below) for part, below in node.items()}
    return {part: value for part, value in inside.items() if value is not None} or None


def leaves(tree: Branch, above: str = "") -> dict[str, Any]:
    """Return the value of every answer in the fold by its id."""
    values: dict[str, Any] = {}
    for part, below in tree.items():
        if isinstance(below, Branch):
            values |= leaves(below, f"{above}{part}/")
        elif below is not None:
            values[above + part] = below
    return values


def answered(tree: Branch) -> int:
    """Return how many ids of a fold are answers, and no notes of the kit."""
    return sum(id.split("/")[0] not in NOTES for id in leaves(tree))


def _record(raw):
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return DAMAGED
    if version_of(record) > VERSION:
        return NEWER
    if version_of(record) < VERSION or len(raw) > LONGEST or "value" not in record:
        return DAMAGED
    line = Line(record.get("time"), record.get("id"), record["value"])
    is_ours = isinstance(line.time, str) and isinstance(line.id, str) and ID.fullmatch(line.id)
    return line if is_ours and is_plain(line.value) else DAMAGED
