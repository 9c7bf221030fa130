"""The lines of the journal and their fold: what one line is, and what many lines say together.

>>> line = checked("stances/P1/forum", "hedges")
>>> dict(leaves(fold(decoded(line.encoded))))
{'stances/P1/forum': 'hedges'}
"""

import copy
import json
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

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
NOTES = {"checks", "committed", "handin", "hints", "marks", "tags", "weights"}


class JournalError(KitError):
    """The journal could not do what was asked; the message is one sentence for the learner."""


class _Fields(NamedTuple):
    time: str
    id: str
    value: Any


class Line(_Fields):
    """One line of the journal: UTC time as ISO text, id, and value (None erases)."""

    @cached_property
    def encoded(self) -> bytes:
        """The line as the file has it, with its end; TypeError or ValueError if it is not JSON."""
        record = {"v": VERSION, **self._asdict()}
        text = json.dumps(record, separators=(",", ":"), allow_nan=False, default=_scalar)
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
    with suppress(TypeError, ValueError, OverflowError, RecursionError):
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


def text(value: Any) -> str:
    """Return `value` as JSON text with sorted keys, so that 1, 1.0 and true stay different."""
    return json.dumps(value, sort_keys=True)


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


def leaves(tree: Branch, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the id and a copy of the value of every answer in the fold."""
    for part, below in tree.items():
        if isinstance(below, Branch):
            yield from leaves(below, f"{above}{part}/")
        elif below is not None:
            yield above + part, copy.deepcopy(below)


def answered(tree: Branch) -> int:
    """Return how many ids of a fold are answers, and no notes of the kit.

    >>> answered(fold([checked("stances/P1", "denies"), checked("hints/stances", 1)]))
    1
    """
    noted = sum(_size(tree[part]) for part in NOTES if isinstance(tree.get(part), Branch))
    return _size(tree) - noted


def _size(tree):
    below = [node for node in tree.values() if isinstance(node, Branch)]
    return len(tree) - len(below) + sum(map(_size, below))


def _scalar(value):
    if not hasattr(value, "item"):
        raise TypeError(type(value).__name__)
    return value.item()


def _record(raw):
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return DAMAGED
    version = record.get("v") if isinstance(record, dict) else None
    if type(version) is int and version > VERSION:
        return NEWER
    sound = type(version) is int and version == VERSION and _fields_are_sound(record, len(raw))
    return Line(record["time"], record["id"], record["value"]) if sound else DAMAGED


def _fields_are_sound(record, size):
    time, id = record.get("time"), record.get("id")
    if not (isinstance(time, str) and isinstance(id, str) and "value" in record):
        return False
    return size <= LONGEST and bool(ID.fullmatch(id)) and _value_is_sound(record["value"], DEEPEST)


def _value_is_sound(value, levels):
    """Tell whether a value read from JSON has only finite numbers and at most `levels` levels."""
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, list | dict):
        return True
    inside = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_value_is_sound(below, levels - 1) for below in inside)
