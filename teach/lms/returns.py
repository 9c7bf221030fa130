"""Give the pages of feedback back, in the form in which each platform takes many at once.

A page goes to the one whose hand-in it marks: whose file in the download holds the very hand-in
that `marks.csv` counts. Whoever is listed for a person to look at gets none yet.

Moodle reads `<name>_<number>_assignfeedback_file_<file>` (assignfeedback_file_zip_importer in its
source); of a group the number is the group's, and each of its learners gets the file. Canvas reads
the numbers of user and file, in this order, out of `<name>_<user>_<file>_<anything>`
(infer_comment_context_from_filename in its source), and shows what it gets under the name of the
learner's own file: so the page begins with a line that says what to do with it. Brightspace goes by
the folders of its own download; that is from its help pages, as its source is not public.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from kit.words import plural
from teach.files import read_bytes
from teach.grading.marks import MARKS, PERSONS, TotalMark, as_text, page_of, read_marks
from teach.grading.sources import source_files
from teach.lms import check_apart, check_filled, possible, write_files
from teach.lms.downloads import HandIn, Person, hand_ins
from teach.lms.export import Export
from teach.lms.matching import matched, read_learners
from teach.lms.platforms import recognised
from teach.lms.sheet import LmsError
from teach.spreadsheet import read_table

COMMENTS = "Feedback comments"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of every member, so that one class gives one zip
INDEX = "index.html"  # of Brightspace's download


class Returned(NamedTuple):
    """What was done. given: how many pages or comments; left: {code: why it gets none}.

    waiting: how many of them are not final yet; notes: for the teacher.
    """

    path: Path
    what: str
    given: int
    left: dict[str, str]
    waiting: int
    notes: tuple[str, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Is anybody left out, or is a mark still to come?"""
        return bool(self.left or self.waiting)

    def __repr__(self) -> str:
        lines = [f"{self.path.name}: {plural(self.given, self.what)}.", *self.notes]
        if self.waiting:
            lines.append(
                f"Not final yet: {self.waiting}, as written answers wait for a marker. "
                "Give back again when they are marked."
            )
        if self.left:
            lines.append(f"Not given back: {len(self.left)}")
        return "\n".join([*lines, *(f"  {code}: {why}" for code, why in self.left.items())])


# Where each platform looks for a learner's file; "" where it takes none


def _moodle(hand_in: HandIn, name: str) -> str:
    who, number = hand_in.person.name, hand_in.person.id
    return f"{who}_{number}_assignfeedback_file_{name}" if number else ""


def _canvas(hand_in: HandIn, name: str) -> str:
    """Return "" for what came through the text box: it has no number of a file."""
    own, seen = hand_in.way.names[hand_in.way.at], hand_in.way.seen
    return own.removesuffix(seen.own) + name if seen and seen.file else ""


def _brightspace(hand_in: HandIn, name: str) -> str:
    folder, *below = hand_in.way.names[hand_in.way.at :]
    return f"{folder}/{name}" if below else ""


PLACES: dict[str, Callable[[HandIn, str], str]] = {
    "moodle": _moodle,
    "canvas": _canvas,
    "brightspace": _brightspace,
}
NO_PLACE = "handed in as text, or without a number: the platform takes no file; send the page"
BEFORE = {  # what stands before a page
    "canvas": b"<!-- This is your feedback. Save it under a name that ends in .html, such as\n"
    b"feedback.html, and open it in your browser. -->\n"
}
NOTES = {
    "moodle": "In Moodle: the assignment, Submissions, “Upload multiple feedback files in a zip”.",
    "canvas": (
        "In Canvas: the gradebook, the assignment's menu, “Re-upload submissions”.\n"
        "Canvas shows the page under the name of the learner's own file. Tell your class: save it, "
        "give it a name that ends in .html, and open it."
    ),
    "brightspace": "In Brightspace: the assignment, “Add Feedback Files”; publish them there.",
}


def give_back(
    marks: Path | str, submissions: Path | str, out: Path | str, platform: str | None = None
) -> Returned:
    """Write the zip that a platform takes back; return what was done.

    marks: the folder that teach grade wrote. submissions: the platform's download it marked.
    platform: one of `PLACES` (default: told by the download). Raises KitError, and writes nothing
    then.
    """
    folder, submissions, out = Path(marks), Path(submissions), Path(out)
    check_apart([submissions], [out])
    counted, found = read_marks(folder / MARKS), list(hand_ins(submissions))
    platform = platform or _platform(found, submissions.name)
    left: dict[str, str] = {}
    pages = {} if platform != "brightspace" else _index(submissions)
    for mark, hand_in, why in _owners(counted, found, _listed(folder)):
        place = hand_in and PLACES[platform](hand_in, f"feedback-{mark.code}.html")
        if place:
            page = read_bytes(page_of(folder, mark.code))
            pages[place] = BEFORE.get(platform, b"") + page
        else:
            left[mark.code] = why or NO_PLACE
    given = [mark for mark in counted.values() if mark.code not in left]
    if not given:
        raise KitError(f"No page in {folder} belongs to a hand-in in {submissions.name}.")
    write_files({out: _zipped(pages)})
    waiting = sum(mark.waiting > 0 for mark in given)
    return Returned(out, "page", len(given), left, waiting, (NOTES[platform],))


def _platform(found: list[HandIn], name: str) -> str:
    platforms = sorted({each.person.platform.lower() for each in found if each.code})
    if len(platforms) == 1 and platforms[0] in PLACES:
        return platforms[0]
    raise KitError(
        f"{name} is no download of Canvas, Moodle or Brightspace as it came; give that, or send "
        "the pages in the folder feedback yourself."
    )


def _listed(folder: Path) -> list[str]:
    """Return the places that are listed for a person to look at."""
    return [row.cells["where"] for row in read_table(folder / PERSONS, ["where"]).rows]


def _owners(
    counted: dict[str, TotalMark], found: list[HandIn], listed: list[str]
) -> Iterator[tuple[TotalMark, HandIn | None, str]]:
    """Yield each mark with the hand-in that it counts, or with None and why it is nobody's."""
    people: dict[str, set[Person]] = defaultdict(set)
    theirs: dict[Person, list[HandIn]] = defaultdict(list)
    for each in found:
        people[each.code.casefold()].add(each.person)
        theirs[each.person].append(each)
    for code, mark in counted.items():
        own = [each for person in people[code] for each in theirs[person]]
        same = [each for each in own if each.receipt == mark.receipt]
        if not own:
            yield mark, None, "no hand-in with this code in this download"
        elif len(people[code]) > 1:
            yield mark, None, "more than one learner handed in with this code"
        elif {each.code.casefold() for each in own} - {code, ""}:
            yield mark, None, "its learner handed in with another code as well"
        elif any(f"/{where}".endswith(f"/{each.place}") for each in own for where in listed):
            yield mark, None, f"listed in {PERSONS}"
        elif not same:
            yield mark, None, "what was marked is not in this download; run teach grade with it"
        else:
            yield mark, same[0], ""


def _index(submissions: Path) -> dict[str, bytes]:
    """Return the list that lies beside the folders in a download of Brightspace, if it does."""
    sources = source_files([submissions], "")
    lists = [source.read() for source in sources if source.name == INDEX and not source.refusal]
    return {INDEX: lists[0]} if len(lists) == 1 else {}


def _zipped(pages: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, page in sorted(pages.items()):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), page, zipfile.ZIP_DEFLATED)
    return file.getvalue()


# Moodle's worksheet


def comment(
    marks: Path | str,
    worksheet: Path | str,
    learners: Path | str,
    out: Path | str,
    column: str | None = None,
) -> Returned:
    """Write a line about each mark into a copy of Moodle's grading worksheet; say what was done.

    worksheet: as Moodle gave it or `fill` filled it. learners: the teacher's table. column: the
    head of the column (default: Feedback comments). A comment that stands there stays. Moodle
    takes the line for HTML, and there is nothing in it that HTML would read. Raises KitError.
    """
    marks, worksheet, learners, out = Path(marks), Path(worksheet), Path(learners), Path(out)
    check_apart([worksheet, learners, marks / MARKS], [out])
    export = recognised(read_bytes(worksheet), worksheet.name, "moodle")
    place = _comments(export, column or COMMENTS)
    matches = matched(export, read_learners(learners))
    counted = read_marks(marks / MARKS)
    left = dict.fromkeys(counted, f"not in {learners.name}")
    values: dict[tuple[int, int], str] = {}
    for (code, _), match in matches.items():
        why = match.why
        if code in counted and match.row is not None:
            there, text = export.sheet.values(match.row)[place].strip(), _line(counted[code])
            why = "" if there in (*export.blank, text) else "there is a comment already"
            values |= {} if why else {(match.row, place): text}
        if code in counted:
            left[code] = why
    left = {code: why for code, why in left.items() if why}
    filled = export.sheet.filled(values)
    check_filled(filled, export, values)
    write_files({out: filled})
    waiting = sum(mark.waiting > 0 for code, mark in counted.items() if code not in left)
    return Returned(out, "comment", len(values), left, waiting)


def _comments(export: Export, head: str) -> int:
    if export.heads.count(head) == 1:
        return export.heads.index(head)
    raise LmsError(
        f"{export.sheet.name} has no column “{head}”; tick “Feedback comments” in the settings of "
        "the assignment and download the worksheet again, or name the column with --column."
    )


def _line(mark: TotalMark) -> str:
    if mark.points is None:
        return f"No points: excused, or nothing marked yet. Receipt of the hand-in: {mark.receipt}."
    earned = f"{as_text(mark.points)} of {as_text(possible(mark))} points"
    waits = plural(mark.waiting, "written answer waits", "written answers wait")
    so_far = f" so far ({waits} for a person)" if mark.waiting else ""
    return f"{earned}{so_far}. Receipt of the hand-in: {mark.receipt}."
