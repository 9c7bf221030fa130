"""Copies of a learner's work: the text of a downloaded file, or a code made for pasting.

A code is the text of the file, compressed by zlib, in base64 between two marks, so that a paste
that was cut off or changed on the way is told apart from a whole one.

>>> from kit.journal.lines import checked
>>> [line] = read_copy(code(checked("printed", "a").encoded.decode()))
>>> line.id, line.value
('printed', 'a')
>>> read_copy("kit-work:eJyrVsos")  # doctest: +ELLIPSIS
Traceback (most recent call last):
kit.journal.lines.JournalError: The code is cut off: copy all of it, from “kit-work:” to ...
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable
from typing import Any

from kit.journal.lines import (
    NOTES,
    JournalError,
    Line,
    answered,
    decoded,
    fold,
    leaves,
    moment,
    text,
)
from kit.words import plural

NAME = "handin/code"  # under which the code name of a learner is kept
START, END = "kit-work:", ":end-of-work"
MOST = 20_000_000  # bytes of text that one copy may hold; a whole course has about 500,000
CUT = f"The code is cut off: copy all of it, from “{START}” to “{END}”."
CHANGED = "The code was changed on the way, so nothing was taken in: copy it once more."
FOREIGN = "This is no copy of this course's work: choose my_work.jsonl, or paste a whole code."


def read_copy(text: str) -> list[Line]:
    """Return the lines in the text of a journal, or in a code; skip damaged ones.

    Raises JournalError if the code is cut off or was changed, and if there is nothing to take in.
    """
    lines, _ = _taken_apart(text)
    return lines


def damaged(text: str) -> int:
    """Return how many lines of such a text are skipped because they cannot be read.

    >>> damaged(Line("", "printed", "a").encoded.decode() + "torn")
    1
    """
    _, skipped = _taken_apart(text)
    return skipped


def summary(lines: Iterable[Line]) -> tuple[int, str]:
    """Return how many answers a copy holds, and the time of its newest line.

    >>> summary([Line("2026-03-05T09:30:00.000Z", "printed", "a")])
    (1, '2026-03-05T09:30:00.000Z')
    """
    return answered(fold(lines)), max(map(moment, lines), default="")


def changed(state: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what `other` has, or None, for each id whose value in `state` is not the same.

    >>> changed({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 0, "d": 4})
    {'b': 0, 'c': None, 'd': 4}
    """
    ids = dict.fromkeys([*state, *other])
    return {id: other.get(id) for id in ids if text(other.get(id)) != text(state.get(id))}


def doubt(mine: list[Line], theirs: list[Line]) -> str:
    """Return a question if a copy is of another learner and would change answers, else "".

    >>> mine = [Line("2026-03-05T09:30:00.000Z", *each) for each in [(NAME, "red-fox"), ("a", 1)]]
    >>> theirs = [Line("2026-03-06T09:30:00.000Z", *each) for each in [(NAME, "owl"), ("a", 2)]]
    >>> doubt(mine, theirs)[:70]
    'This is the work of owl, and here red-fox is at work. If you take it i'
    """
    before, copy = (dict(leaves(fold(lines))) for lines in (mine, theirs))
    other, own = copy.get(NAME), before.get(NAME)
    after = changed(before, dict(leaves(fold([*mine, *theirs]))))
    answers = [id for id in after if id.partition("/")[0] not in NOTES]
    if not before or not other or other == own or not after:
        return ""
    new = sum(id not in before for id in answers)
    return (
        f"This is the work of {other}, and here {own or 'a learner without a name'} is at work. "
        f"If you take it in, {plural(new, 'answer')} will be new, "
        f"{plural(len(answers) - new, 'answer')} of yours will change, and the code name here will "
        f"be {after.get(NAME) or own}."
    )


def code(text: str) -> str:
    """Return the text of a journal as a code; the page makes the same."""
    return START + base64.b64encode(zlib.compress(text.encode())).decode() + END


def _taken_apart(text):
    """Return the lines in a journal or a code, and how many were skipped; raise JournalError."""
    parts = _read(text)
    squeezed = re.sub(r"\s", "", text)  # mail programs break long lines, and marks too
    if not any(isinstance(part, Line) for part in parts) and (START in squeezed or END in squeezed):
        parts = _read(_unpacked(squeezed))
    lines = [part for part in parts if isinstance(part, Line)]
    if not lines:
        raise JournalError(FOREIGN)
    return lines, len(parts) - len(lines)


def _read(text):
    raw = text.encode("utf-8", "replace")
    return [part for line in raw.split(b"\n") for part in decoded(line)]


def _unpacked(text):
    """Return the text of the journal in a code, whatever stands around it; raise JournalError."""
    whole = re.search(f"{START}(.*?){END}", text)
    if not whole:
        raise JournalError(CUT)
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.b64decode(whole[1], validate=True), MOST)
    except (binascii.Error, ValueError, zlib.error):
        raise JournalError(CHANGED) from None
    if len(data) >= MOST:
        raise JournalError(
            f"This code holds more than {MOST:,} characters: no course is that long."
        )
    if not unpacking.eof or unpacking.unused_data:
        raise JournalError(CHANGED)
    return data.decode("utf-8", "replace")
