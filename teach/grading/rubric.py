"""The levels that people gave to written answers, and how well those people agree.

Each marker has a file `rubric/<marker>.jsonl` in the marks' folder, a journal like a learner's:
the id is `<code>/<exercise id>`, with the code in small letters, and the value is
`{"level": 0 to 4, "note": "…", "text": fingerprint, "to": "learner"}`; a level of null is a note
alone, and a note without "to" is for markers only. The newest line counts. The file of the marker
`agreed` holds what was settled where markers differed.

A level belongs to the text it was given to, so each mark carries the fingerprint of that text: if
a learner hands in another one, the mark of the earlier text does not count for it.

>>> import tempfile
>>> folder = tempfile.mkdtemp()
>>> level = {"level": 3, "note": "", "text": fingerprint("Yes.")}
>>> _ = journal(folder, "ada").write("blue-tiger-7/final_answer", level)
>>> settled(rubric_marks(folder).marks)["blue-tiger-7"]["final_answer"].level
3
"""

import hashlib
import re
from collections import defaultdict
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from kit.errors import KitError, cause
from kit.journal import Journal
from kit.journal.file import JournalFile
from kit.journal.lines import Line, moment

AGREED = "agreed"  # the marker whose levels settle what others differ on
HIGHEST = 4  # level of a rubric
MARKER = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")
UNREAD = (
    "{} was not read, and no level in it counts: the name of a marker's file is 2 to 20 small "
    "letters, digits and hyphens before .jsonl. If it is one, name it so; else move it away."
)


class RubricError(KitError):
    """The marks' folder cannot be used for this; the message is one sentence."""


class RubricMark(NamedTuple):
    """What one marker gave one answer.

    text: the fingerprint of what was marked, "" where the file does not say; it then fits any.
    time: UTC, as the journal has it. is_for_learner: was the note written for the learner's page?
    """

    level: int
    note: str
    text: str
    time: str
    is_for_learner: bool = False

    def fits(self, fingerprint: str) -> bool:
        """Tell whether it was given to the text with this fingerprint."""
        return self.text in ("", fingerprint)


Marks = dict[str, RubricMark]  # {marker: what that marker gave}, of one answer
AllMarks = dict[tuple[str, str], Marks]  # {(code in small letters, exercise id): Marks}


class RubricMarks(NamedTuple):
    """All marks in a folder, and sentences on damage."""

    marks: AllMarks
    problems: list[str]


class MarkerAgreement(NamedTuple):
    """How the markers of one exercise agree, over the answers that two or more of them marked.

    answers: how many; same: to how many all gave one level; open: how many have different levels
    and none is settled; alpha: Agreement on the ordered levels (teach.measures.krippendorff).
    """

    answers: int
    same: int
    open: int
    alpha: Any


def fingerprint(text: str) -> str:
    """Return ten characters that tell a text from others.

    >>> fingerprint("Yes.")
    '5f9a2b7956'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def rubric_marks(folder: Path | str) -> RubricMarks:
    """Return all marks in the marks' folder; nothing is too damaged to be read."""
    marks: AllMarks = {}
    problems: list[str] = []
    for path in sorted((Path(folder) / "rubric").glob("[!.]*")):
        if _is_markers(path):
            reading = JournalFile(path)
            reading.refresh()
            problems += reading.problems()
            for line in sorted(reading.lines, key=moment):
                _take(marks, path.stem, line)
        else:
            problems.append(UNREAD.format(path.name))
    return RubricMarks(marks, problems)


def markers(folder: Path) -> list[str]:
    """Return the names of those who have a file in the marks' folder, in their order."""
    paths = (folder / "rubric").glob("*.jsonl")
    return sorted(path.stem for path in paths if _is_markers(path) and path.stem != AGREED)


def _is_markers(path: Path) -> bool:
    return path.suffix == ".jsonl" and bool(MARKER.fullmatch(path.stem))


def journal(folder: Path | str, marker: str) -> Journal:
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


def mark_of(value: Any, time: str = "") -> RubricMark | None:
    """Return the mark that a value in a journal gives, or None if it gives no level.

    >>> mark_of({"level": 5}) is None, mark_of({"level": 4}).level
    (True, 4)
    """
    value = value if isinstance(value, dict) else {}
    level, note, text = map(value.get, ("level", "note", "text"))
    if type(level) is not int or not 0 <= level <= HIGHEST:
        return None
    note, text = (part if isinstance(part, str) else "" for part in (note, text))
    return RubricMark(level, note, text, time, value.get("to") == "learner")


def settled(marks: AllMarks) -> dict[str, Marks]:
    """Return {code: {exercise id: the mark that counts}} of all answers that are marked.

    What counts is the settled level if there is one, else the one level that all who marked the
    answer gave. Where they differ and nothing is settled, the answer is not in it: it still waits.
    Its note is what those who gave that level wrote for the learner, each in quotation marks.
    """
    standing: dict[str, Marks] = {}
    for (code, exercise), by_marker in marks.items():
        if mark := _counting(by_marker):
            standing.setdefault(code, {})[exercise] = mark
    return standing


def is_open(marks: Marks) -> bool:
    """Tell whether the marks of one text differ and no level is settled."""
    return AGREED not in marks and len({mark.level for mark in marks.values()}) > 1


def disputed(marks: AllMarks) -> dict[str, dict[str, str]]:
    """Return {code: {exercise id: fingerprint of the text}} of answers that wait for agreement."""
    differing: dict[str, dict[str, str]] = {}
    for (code, exercise), by_marker in marks.items():
        last = _of_last_text(by_marker)
        if is_open(last):
            newest = max(last.values(), key=attrgetter("time"))
            differing.setdefault(code, {})[exercise] = newest.text
    return differing


def agreement(marks: AllMarks) -> dict[str, MarkerAgreement]:
    """Return {exercise id: MarkerAgreement} of those with answers marked by two or more."""
    units = defaultdict(list)
    for where in sorted(marks):
        by_marker = _of_last_text(marks[where])
        if len(by_marker.keys() - {AGREED}) > 1:
            units[where[1]].append(by_marker)
    return {exercise: _agreement(answers) for exercise, answers in units.items()}


def _take(marks: AllMarks, marker: str, line: Line) -> None:
    code, slash, exercise = line.id.partition("/")
    mark = mark_of(line.value, moment(line))
    if slash and "/" not in exercise and mark:
        marks.setdefault((code, exercise), {})[marker] = mark
    else:
        marks.get((code, exercise), {}).pop(marker, None)


def _counting(marks: Marks) -> RubricMark | None:
    """Return the mark that counts of those of one answer's last text; None if they differ."""
    marks = _of_last_text(marks)
    if is_open(marks) or not marks:
        return None
    mark = marks.get(AGREED) or max(marks.values(), key=attrgetter("time"))
    own = [marks[name] for name in sorted(marks) if marks[name].level == mark.level]
    notes = [f"“{each.note}”" for each in own if each.is_for_learner and each.note]
    return mark._replace(note=" ".join(notes))


def _of_last_text(marks: Marks) -> Marks:
    last = max(marks.values(), key=attrgetter("time")).text if marks else ""
    return {marker: mark for marker, mark in marks.items() if not last or mark.fits(last)}


def _agreement(answers: list[Marks]) -> MarkerAgreement:
    from teach.measures import krippendorff  # marking needs no numpy before that

    levels = [{m: mark.level for m, mark in marks.items() if m != AGREED} for marks in answers]
    markers = sorted({marker for by_marker in levels for marker in by_marker})
    same = sum(len(set(by_marker.values())) == 1 for by_marker in levels)
    table = [[by_marker.get(marker) for by_marker in levels] for marker in markers]
    alpha = krippendorff.alpha(table, "ordinal")
    return MarkerAgreement(len(answers), same, sum(map(is_open, answers)), alpha)
