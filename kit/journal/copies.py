"""Copies of a learner's work: the text of a downloaded file, or a code made for pasting.

A code is the text of the file, compressed by zlib, in base64 between two marks, so that a paste
that was cut off or changed on the way is told apart from a whole one. The page makes it.

>>> from kit.journal.lines import checked
>>> [line] = read_copy(START + compressed(checked("printed", "a").encoded.decode()) + END)
>>> line.id, line.value
('printed', 'a')
"""

import base64
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

NAME = "handin/code"  # where the learner code is kept
START, END = "kit-work:", ":end-of-work"
MOST = 20_000_000  # bytes of text that one copy may hold; a whole course has about 500,000
CUT = f"The line is cut off: copy all of it, from “{START}” to “{END}”."
CHANGED = "The line was changed on the way, so nothing was taken in: copy it once more."
FOREIGN = "This is no copy of this course's work: choose my_work.jsonl, or paste a whole line."


def read_copy(text: str) -> list[Line]:
    """Return the lines in the text of a journal, or in a code; skip damaged ones.

    Raises JournalError if the code is cut off or was changed, and if there is nothing to take in.
    """
    return [part for part in _parts(text) if isinstance(part, Line)]


def damaged(text: str) -> int:
    """Return how many lines `read_copy` skips because they cannot be read."""
    return sum(not isinstance(part, Line) for part in _parts(text))


def summary(lines: Iterable[Line]) -> tuple[int, str]:
    """Return how many answers a copy holds, and the time of its newest line ("": none)."""
    return answered(fold(lines)), max(map(moment, lines), default="")


def changed(state: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what `other` has, or None, for each id whose value in `state` is not the same.

    >>> changed({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 0, "d": 4})
    {'b': 0, 'c': None, 'd': 4}
    """
    ids = dict.fromkeys([*state, *other])
    return {id: other.get(id) for id in ids if text(other.get(id)) != text(state.get(id))}


def doubt(mine: list[Line], theirs: list[Line]) -> str:
    """Return a question if a copy is another learner's and would change something; else ""."""
    before, copy = (leaves(fold(lines)) for lines in (mine, theirs))
    other, own = copy.get(NAME), before.get(NAME)
    after = changed(before, leaves(fold([*mine, *theirs])))
    if not (before and other and after) or other == own:
        return ""
    answers = [id for id in after if id.partition("/")[0] not in NOTES]
    new = sum(id not in before for id in answers)
    return (
        f"This is the work of {other}, and here {own or 'somebody without a pen name'} is at work. "
        f"If you take it in, {plural(new, 'answer')} will be new, "
        f"{plural(len(answers) - new, 'answer')} will change, and the pen name here will "
        f"be {after.get(NAME) or own}."
    )


def compressed(text: str) -> str:
    """Return a text compressed by zlib, in base64."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def decompressed(code: str, most: int) -> bytes | None:
    """Return what `compressed` packed, at most one byte more than `most`; None if it is damaged."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(base64.b64decode(code, validate=True), most + 1)
    except (ValueError, zlib.error):
        return None
    is_whole = unpacking.eof and not unpacking.unused_data
    return data if is_whole or len(data) > most else None


def _parts(text):
    """Return what each line of a journal or a code holds; raise JournalError if none is a Line."""
    parts = _read(text)
    squeezed = re.sub(r"\s", "", text)  # mail programs break long lines, and marks too
    if not any(isinstance(part, Line) for part in parts) and (START in squeezed or END in squeezed):
        parts = _read(_unpacked(squeezed))
    if not any(isinstance(part, Line) for part in parts):
        raise JournalError(FOREIGN)
    return parts


def _read(text):
    raw = text.encode("utf-8", "replace")
    return [part for line in raw.split(b"\n") for part in decoded(line)]


def _unpacked(text):
    """Return the text of the journal in a code, whatever stands around it; raise JournalError."""
    whole = re.search(f"{START}(.*?){END}", text)
    if not whole:
        raise JournalError(CUT)
    data = decompressed(whole[1], MOST)
    if data is None:
        raise JournalError(CHANGED)
    if len(data) > MOST:
        raise JournalError(
            f"This line holds more than {MOST:,} characters: no course is that long."
        )
    return data.decode("utf-8", "replace")
