"""The levels that people gave to written answers, and how well those people agree.

Each marker has a file `rubric/<marker>.jsonl` in the marks' folder, a journal like a learner's:
the id is `<code>/<exercise id>`, with the code in small letters, and the value is
`{"level": 0 to 4, "note": "…", "text": fingerprint}`; a level of null is a note alone. The newest
line counts. The file of the marker `agreed` holds what was settled where markers differed.

A level belongs to the text it was given to, so each mark carries the fingerprint of that text: if
a learner hands in another one, the mark of the earlier text does not count for it.

>>> import tempfile
>>> folder = tempfile.mkdtemp()
>>> ada, ben = (journal(folder, marker) for marker in ("ada", "ben"))
>>> three, two = ({"level": n, "note": "", "text": fingerprint("Yes.")} for n in (3, 2))
>>> _ = ada.write("blue-tiger-7/final_answer", three)
>>> settled(given(folder).marks)["blue-tiger-7"]["final_answer"].level
3
>>> _ = ben.write("blue-tiger-7/final_answer", two)
>>> settled(given(folder).marks)
{}
"""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

from kit.errors import cause
from kit.journal import Journal
from kit.journal.file import JournalFile
from kit.journal.lines import moment
from teach import measures

AGREED = "agreed"  # the marker whose levels settle what others differ on
HIGHEST = 4  # level of a rubric
MARKER = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")


class RubricError(Exception):
    """The marks' folder cannot be used for this; the message is one sentence."""


class Mark(NamedTuple):
    """What one marker gave one answer.

    text: the fingerprint of what was marked, "" where the file does not say; it then fits any.
    time: UTC, as the journal has it.
    """

    level: int
    note: str
    text: str
    time: str

    def fits(self, fingerprint):
        """Tell whether it was given to the text with this fingerprint."""
        return self.text in ("", fingerprint)


class Given(NamedTuple):
    """All marks in a folder, {(code, exercise id): {marker: Mark}}, and sentences on damage."""

    marks: dict
    problems: list


class Twice(NamedTuple):
    """How the markers of one exercise agree, over the answers that two or more of them marked.

    answers: how many those are; same: to how many all gave one level; open: how many have
    different levels and none is settled; alpha: Agreement on the ordered levels (teach.measures).
    """

    answers: int
    same: int
    open: int
    alpha: object


def fingerprint(text):
    """Return ten characters that tell a text from others.

    >>> fingerprint("Yes.")
    '5f9a2b7956'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def settled(marks):
    """Return {code: {exercise id: the Mark that counts}} of all answers that are marked.

    marks: {(code, exercise id): {marker: Mark}}, as Given has them, with codes in small letters.
    What counts is the settled level if there is one, else the one level that all who marked the
    answer gave. Where they differ and nothing is settled, the answer is not in it: it still waits.
    """
    standing = {}
    for (code, exercise), found in marks.items():
        if mark := counting(found):
            standing.setdefault(code, {})[exercise] = mark
    return standing


def mark_of(value, time=""):
    """Return the Mark that a value in a journal gives, or None if it gives no level.

    >>> mark_of({"level": 5}) is None, mark_of({"level": 4}).level
    (True, 4)
    """
    value = value if isinstance(value, dict) else {}
    level, note, text = (value.get(name) for name in ("level", "note", "text"))
    if type(level) is not int or not 0 <= level <= HIGHEST:
        return None
    note, text = (each if isinstance(each, str) else "" for each in (note, text))
    return Mark(level, note, text, time)


def counting(marks):
    """Return the Mark that counts of those of one text ({marker: Mark}), or None if they differ.

    Marks of an earlier text than the one marked last are passed over.
    """
    marks = _of_last_text(marks)
    if AGREED in marks:
        return marks[AGREED]
    return None if is_open(marks) or not marks else max(marks.values(), key=_time)


def is_open(marks):
    """Tell whether the marks of one text ({marker: Mark}) differ and no level is settled."""
    return AGREED not in marks and len({mark.level for mark in marks.values()}) > 1


def given(folder):
    """Return everything that was Given in the marks' folder; nothing is too damaged to be read."""
    marks, problems = {}, []
    for path in sorted((Path(folder) / "rubric").glob("*.jsonl")):
        if MARKER.fullmatch(path.stem):
            reading = JournalFile(path)
            reading.refresh()
            problems += reading.problems()
            for line in reading.by_time:
                _take(marks, path.stem, line)
    return Given(marks, problems)


def agreement(marks):
    """Return {exercise id: Twice} of the exercises that have answers marked by two or more.

    marks: {(code, exercise id): {marker: Mark}}, as Given has them.
    """
    units = {}
    for where in sorted(marks):
        found = _of_last_text(marks[where])
        if len(found.keys() - {AGREED}) > 1:
            units.setdefault(where[1], []).append(found)
    return {exercise: _twice(found) for exercise, found in units.items()}


def journal(folder, marker):
    """Return the Journal of a marker; make its folder if need be; raise RubricError."""
    if not (isinstance(marker, str) and MARKER.fullmatch(marker)):
        raise RubricError(
            "Choose a marker code of 2 to 20 small letters, digits and hyphens, such as marker-1."
        )
    path = Path(folder) / "rubric" / f"{marker}.jsonl"
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        why, remedy = cause(error)
        raise RubricError(
            f"Marks cannot be kept in {path.parent} because {why}; {remedy}."
        ) from None
    return Journal(path, "Your marks are kept in {}.")


def _take(marks, marker, line):
    """Let a line of a marker's journal change the marks."""
    where, mark = tuple(line.id.split("/")), mark_of(line.value, moment(line))
    if len(where) == 2 and mark:
        marks.setdefault(where, {})[marker] = mark
    else:
        marks.get(where, {}).pop(marker, None)


def _of_last_text(marks):
    """Return those of the marks ({marker: Mark}) that fit the text marked last."""
    last = max(marks.values(), key=_time).text if marks else ""
    return {marker: mark for marker, mark in marks.items() if not last or mark.fits(last)}


def _time(mark):
    return mark.time


def _twice(units):
    """Return the Twice of an exercise; units: for each answer marked twice its {marker: Mark}."""
    levels = [{m: mark.level for m, mark in marks.items() if m != AGREED} for marks in units]
    markers = sorted({marker for each in levels for marker in each})
    same = sum(len(set(each.values())) == 1 for each in levels)
    table = [[each.get(marker) for each in levels] for marker in markers]
    return Twice(len(units), same, sum(map(is_open, units)), measures.alpha(table, "ordinal"))
