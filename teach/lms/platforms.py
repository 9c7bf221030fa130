"""What stands where in each platform's file: which columns take points, which rows are learners'.

A platform is a row of `PLATFORMS`: does the first line fit, and a function that returns the Export.
What each rests on (the platform's own source, its help pages, or an example only) stands in
docs/platforms.md. Where a file says how many points a column has, that is read.
"""

import re
from collections.abc import Callable
from typing import NoReturn

from teach.lms.export import (
    NO_MARK,
    Columns,
    Export,
    Keys,
    keys_in,
    learner_rows,
    one_maximum,
)
from teach.lms.sheet import LmsError, Sheet
from teach.spreadsheet import number, plain

KNOWN = (
    "Canvas, Moodle (its gradebook in English), Gradescope, Brightspace, Blackboard, Schoology, "
    "Sakai, Google Classroom or Teams"
)
POINTS_PLEASE = "in the platform set it to points, and export again"
ON_A_SCALE = f"is marked on a scale, which takes no points: {POINTS_PLEASE}"

BLACKBOARD_TITLE = re.compile(r".+ \[Total Pts: ([0-9.,]+) (.+)\] \|[0-9]+", re.DOTALL)
BLACKBOARD_KEYS = ("Username", "Student ID")
BLACKBOARD_BUSY = ("In Progress", "Needs Grading(")  # an attempt is open, or was graded before
BRIGHTSPACE_KEYS = ("OrgDefinedId", "Username")
BRIGHTSPACE_MOST = re.compile(r"<[^<>]*\bMaxPoints:([0-9.,]+)")
CANVAS_STUDENT = {
    *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID"),
    *("Integration ID", "Root Account", "Section"),
}
CANVAS_KEYS = ("ID", "SIS User ID", "SIS Login ID", "Student", ("LastName", "FirstName"))
CANVAS_TITLE = re.compile(r".+ \([0-9]+\)", re.DOTALL)
CANVAS_KEPT = {"EX": "excused", "N/A": "not given to this learner"}
READ_ONLY = "(read only)"
GRADESCOPE_KEYS = ("SID", "Email", ("First Name", "Last Name"))
MOODLE_KEYS = ("Identifier", "Email address", "Full name")
MOODLE_BOOK_KEYS = ("ID number", "Email address", "Username", ("First name", "Last name"))
NAME = ("Last Name", "First Name")
MOODLE_SHOWN = re.compile(r" \((Real|Percentage|Letter)\)$")
PARTICIPANT = re.compile(r"(.*\D{2})[0-9]+", re.DOTALL)
MOST, CHANGEABLE = "maximum grade", "grade can be changed"  # Moodles differ in capitals
SAKAI_TITLE = re.compile(r"[^*#].* \[([0-9.,]+)\]", re.DOTALL)
UNSURE = (
    "The worksheet is not in English, so the kit cannot tell which grades Moodle has locked; "
    "look at the column after the maximum."
)
SAKAI_BACK = (
    "To give it back: put it as grades.csv in the place of Sakai's own in the folder you "
    "downloaded, zip that folder, and give the zip to “Upload All”."
)
BY_HAND = "{} takes no file of marks back: type them in from this one, in the order it has them."


def recognised(raw: bytes, name: str, platform: str | None = None) -> Export:
    """Return the Export in the bytes `raw`; raise LmsError if it is none.

    platform: one of `PLATFORMS`, or None to tell it by the first line.

    >>> raw = b"Student,ID,Section,Essay (12)\\n    Points Possible,,,20\\nKim,7,A,\\n"
    >>> export = recognised(raw, "export.csv")
    >>> export.platform, export.columns, export.learners
    ('canvas', {3: Decimal('20')}, [2])
    >>> export.keys
    {('ID',): (1,), ('Student',): (0,)}
    """
    ways = [way for way in PLATFORMS if platform in (None, way[0])]
    last = [] if platform else [lambda top: True]
    sheet = Sheet.read(raw, name, *(fits for _, fits, _ in ways), *last)
    top = sheet.values(0)
    for kind, fits, read in ways:
        if fits(top):
            return read(sheet)._replace(platform=kind)
    _unknown(sheet)


# Each platform: does the first line fit, and what stands where


def _is_blackboard(top: list[str]) -> bool:
    return "Username" in top and any(map(BLACKBOARD_TITLE.fullmatch, top))


def _blackboard(sheet: Sheet) -> Export:
    """Return the Export; a total, `[Total Pts: up to 300 Score]`, is none to fill."""
    titles = [(n, BLACKBOARD_TITLE.fullmatch(head)) for n, head in enumerate(sheet.values(0))]
    shown = {n: match for n, match in titles if match}
    columns = {n: number(match[1]) for n, match in shown.items() if match[2] == "Score"}
    why = f"is shown as {{}}, not as Score, and takes no points: {POINTS_PLEASE}"
    refused = {n: why.format(match[2]) for n, match in shown.items() if match[2] != "Score"}
    rows, keys = learner_rows(sheet), keys_in(sheet.values(0), BLACKBOARD_KEYS, NAME)
    cells = [sheet.values(row)[place] for row in rows for place in columns]
    kept = {cell: "as Blackboard says" for cell in cells if cell.startswith(BLACKBOARD_BUSY)}
    blank = NO_MARK | {"Needs Grading"}
    return Export(sheet, columns, rows, keys, refused=refused, blank=blank, kept=kept)


def _is_brightspace(top: list[str]) -> bool:
    return top[-1] == "End-of-Line Indicator" and any(key in top for key in BRIGHTSPACE_KEYS)


def _brightspace(sheet: Sheet) -> Export:
    heads, rows = sheet.values(0), learner_rows(sheet)
    columns, refused = {}, {}
    for place, head in enumerate(heads):
        if " Points Grade" in head:
            most = BRIGHTSPACE_MOST.search(head)
            columns[place] = number(most[1]) if most else None
        elif " Grade Symbol" in head or " Text Grade" in head:
            refused[place] = "holds words, not points: export it again with “Points grade” ticked"
    for row in rows:
        if sheet.values(row)[-1] != "#":
            raise LmsError(f"{sheet.where(row)}: the last cell is not #; export the file again.")
    keys = keys_in(heads, BRIGHTSPACE_KEYS, NAME)
    return Export(sheet, columns, rows, keys, refused=refused, lead="#")


def _is_canvas(top: list[str]) -> bool:
    return top[:2] == ["Student", "ID"] or top[:3] == ["LastName", "FirstName", "ID"]


def _canvas(sheet: Sheet) -> Export:
    """Return the Export; computed columns, marked `(read only)`, are none to fill."""
    rows = [sheet.values(row) for row in range(1, len(sheet.rows))]
    possible = [cells for cells in rows if _is_points_possible(cells)]
    points = dict(enumerate(possible[0] if possible else []))
    columns = {
        place: number(points.get(place, ""))
        for place, head in enumerate(sheet.values(0))
        if CANVAS_TITLE.fullmatch(head) and head not in CANVAS_STUDENT
        if READ_ONLY not in head + points.get(place, "")
    }
    learners, keys = learner_rows(sheet, _canvas_own(sheet)), keys_in(sheet.values(0), CANVAS_KEYS)
    return Export(sheet, columns, learners, keys, kept=CANVAS_KEPT)


def _is_points_possible(cells: list[str]) -> bool:
    return cells[0].strip() == "Points Possible"


def _canvas_own(sheet: Sheet) -> Callable[[list[str]], bool]:
    """Tell which rows are Canvas's own: points possible, manual posting, the test student's."""
    test = ["Student, Test"] if sheet.values(0)[0] == "Student" else ["Student", "Test"]
    return lambda cells: (
        _is_points_possible(cells)
        or "Manual Posting" in map(str.strip, cells)
        or cells[: len(test)] == test
    )


def _is_translated_canvas(top: list[str]) -> bool:
    return "ID" in top[1:3] and any(map(CANVAS_TITLE.fullmatch, top))


def _translated_canvas(sheet: Sheet) -> NoReturn:
    """Refuse it: Canvas writes these heads in English in every language, and asks for them."""
    raise LmsError(
        f"{sheet.name} looks like Canvas's gradebook with its first line translated, which Canvas "
        "does not take back; export it again and keep “Student”, “ID” and “Section” in English."
    )


def _is_classroom(top: list[str]) -> bool:
    return top[:3] == ["Last Name", "First Name", "Email Address"]


def _classroom(sheet: Sheet) -> Export:
    """Return the Export; an assignment without points takes no mark."""
    above = [sheet.values(row) for row in range(1, len(sheet.rows))]
    points = next((cells for cells in above if _is_classroom_own(cells, "Points")), [])
    most = {place: number(cell) for place, cell in enumerate(points) if place > 2}
    rows = learner_rows(sheet, lambda cells: _is_classroom_own(cells, "Date", "Points"))
    keys = keys_in(sheet.values(0), ["Email Address"], NAME)
    notes = (BY_HAND.format("Google Classroom"),)
    columns: Columns = {place: points for place, points in most.items() if points is not None}
    return Export(sheet, columns, rows, keys, by_hand=True, notes=notes)


def _is_classroom_own(cells: list[str], *names: str) -> bool:
    return cells[0] in names and not "".join(cells[1:3])


def _is_gradescope(top: list[str]) -> bool:
    return {"SID", "Email", "Total Score", "Max Points"} <= set(top)


def _gradescope(sheet: Sheet) -> Export:
    heads, rows = sheet.values(0), learner_rows(sheet)
    columns = {heads.index("Total Score"): one_maximum(sheet, rows, heads.index("Max Points"))}
    return Export(sheet, columns, rows, keys_in(heads, GRADESCOPE_KEYS))


def _is_moodle(top: list[str]) -> bool:
    """Tell whether it is an English worksheet's: import demands these three."""
    return {"Identifier", "Grade", "Last modified (grade)"} <= set(top)


def _moodle(sheet: Sheet) -> Export:
    heads, rows = sheet.values(0), learner_rows(sheet)
    _check_identifiers(sheet, rows, heads.index("Identifier"))
    places = {head: place for place, head in enumerate(plain(heads))}
    place, most, can = heads.index("Grade"), places.get(MOST), places.get(CHANGEABLE)
    columns: Columns = {place: None if most is None else one_maximum(sheet, rows, most)}
    refused = {place: ON_A_SCALE} if "scale" in places else {}
    locked = frozenset(row for row in rows if can is not None and sheet.values(row)[can] == "No")
    keys = keys_in(heads, MOODLE_KEYS)
    return Export(sheet, {} if refused else columns, rows, keys, refused=refused, locked=locked)


def _is_moodle_book(top: list[str]) -> bool:
    return "Email address" in top and any(map(MOODLE_SHOWN.search, top))


def _moodle_book(sheet: Sheet) -> Export:
    """Return the Export of Moodle's gradebook; totals are none to fill."""
    heads = sheet.values(0)
    columns: Columns = {
        n: None
        for n, head in enumerate(heads)
        if head.endswith(" (Real)") and not head.endswith(" total (Real)")
    }
    why = "holds no points: export it again with “Real” as the display type"
    others = (" (Percentage)", " (Letter)")
    refused = {n: why for n, head in enumerate(heads) if head.endswith(others)}
    keys = keys_in(heads, MOODLE_BOOK_KEYS)
    return Export(sheet, columns, learner_rows(sheet), keys, refused=refused)


def _may_be_moodle(top: list[str]) -> bool:
    """Tell whether it has the fewest columns of a worksheet, in whatever language."""
    return len(top) >= 6


def _moodle_in_any_language(sheet: Sheet) -> Export:
    """Return the Export of a worksheet, found by what it holds.

    First the identifiers, one word and a number; somewhere a column with one number throughout,
    the maximum (or one text, the scale), with the grades before it.
    """
    heads, rows = sheet.values(0), learner_rows(sheet)
    _check_identifiers(sheet, rows, 0)
    columns: Columns = {}
    refused: dict[int, str] = {}
    notes: tuple[str, ...] = ()
    for place in range(1, len(heads) - 1):
        grades, behind = _column(sheet, rows, place), _column(sheet, rows, place + 1)
        numbers = [number(text) for text in grades - {""} | behind]
        if len(behind) == 1 and None not in numbers:
            columns[place] = number(*behind)
            # Two words behind the maximum may mean that some grades are locked.
            notes = (UNSURE,) if len(_column(sheet, rows, place + 2)) > 1 else ()
        elif len(behind) == 1 and "," in "".join(behind):
            refused[place] = ON_A_SCALE
    emails = [n for n in range(1, len(heads)) if all("@" in sheet.values(row)[n] for row in rows)]
    keys = keys_in(heads, [heads[0], *(heads[n] for n in emails), heads[1]])
    return Export(sheet, columns, rows, keys, refused=refused, notes=notes)


def _column(sheet: Sheet, rows: list[int], place: int) -> set[str]:
    """What the cells of a column hold, one of each; empty if there is no such column."""
    return {cell.strip() for row in rows for cell in sheet.values(row)[place : place + 1]}


def _check_identifiers(sheet: Sheet, rows: list[int], place: int) -> None:
    matches = [PARTICIPANT.fullmatch(sheet.values(row)[place]) for row in rows]
    if None in matches or len({match[1] for match in matches if match}) > 1:
        _unknown(sheet)


def _is_sakai(top: list[str]) -> bool:
    return len(top) > 1 and top[1].endswith("_GRADE_TYPE")


def _sakai(sheet: Sheet) -> Export:
    """Return the Export of the grades.csv in Sakai's download of an assignment.

    Sakai goes by place, whatever the heads say: they are line 3, the login (ID) is the second
    column, the grade the fifth.
    """
    if len(sheet.rows) < 3 or len(heads := sheet.values(2)) < 5:
        _unknown(sheet)
    shown, login, last, first, _, *_ = heads
    keys: Keys = {("Username",): (1,), (shown,): (0,), (login,): (1,), (last, first): (2, 3)}
    keys |= {("name",): (2, 3)}
    kind, rows = sheet.values(0)[1], learner_rows(sheet, top=2)
    columns: Columns = {4: None} if kind == "SCORE_GRADE_TYPE" else {}
    why = f"is graded as {kind}, which takes no points: {POINTS_PLEASE}"
    refused = {} if columns else {4: why}
    return Export(sheet, columns, rows, keys, top=2, refused=refused, notes=(SAKAI_BACK,))


def _is_sakai_book(top: list[str]) -> bool:
    return top[:2] == ["Student ID", "Student Name"]


def _sakai_book(sheet: Sheet) -> Export:
    """Return the Export of Sakai's gradebook: `Title [100]`, with `* Title` for comments."""
    titles = [(n, SAKAI_TITLE.fullmatch(head)) for n, head in enumerate(sheet.values(0))]
    columns = {n: number(match[1]) for n, match in titles if match}
    keys: Keys = {("Student ID",): (0,), ("Username",): (0,), ("Student Name",): (1,)}
    return Export(sheet, columns, learner_rows(sheet), keys)


def _is_schoology(top: list[str]) -> bool:
    return top[:3] == ["Unique User ID", "First Name", "Last Name"]


def _schoology(sheet: Sheet) -> Export:
    above = [sheet.values(row) for row in range(1, len(sheet.rows)) if not sheet.is_blank(row)]
    most = next((cells for cells in above if not "".join(cells[:3])), [])
    points = dict(enumerate(most))
    columns = {n: number(points.get(n, "")) for n in range(3, len(sheet.values(0)))}
    keys = keys_in(sheet.values(0), ["Unique User ID"], NAME)
    return Export(sheet, columns, learner_rows(sheet, lambda cells: not "".join(cells[:3])), keys)


def _is_teams(top: list[str]) -> bool:
    return top[:3] == ["First Name", "Last Name", "Email Address"] and "Points" in top[3:]


def _teams(sheet: Sheet) -> Export:
    """Return the Export; each assignment has a column, then `Points` and `Feedback`."""
    heads, rows = sheet.values(0), learner_rows(sheet)
    places = [n - 1 for n, head in enumerate(heads) if head == "Points" and n > 3]
    columns = {place: one_maximum(sheet, rows, place + 1) for place in places}
    keys, notes = keys_in(heads, ["Email Address"], NAME), (BY_HAND.format("Teams"),)
    return Export(sheet, columns, rows, keys, by_hand=True, notes=notes)


def _is_plain(top: list[str]) -> bool:
    return {"code", "points"} <= set(plain(top))


def _plain(sheet: Sheet) -> Export:
    heads = plain(sheet.values(0))
    columns: Columns = {heads.index("points"): None}
    keys: Keys = {("code",): (heads.index("code"),)}
    return Export(sheet, columns, learner_rows(sheet), keys, lead="'")  # as a spreadsheet needs it


def _unknown(sheet: Sheet) -> NoReturn:
    raise LmsError(
        f"{sheet.name} is no gradebook as {KNOWN} exports it; export it as CSV and name it as it "
        "came, or name a table with the columns “code” and “points”."
    )


PLATFORMS: list[tuple[str, Callable[[list[str]], bool], Callable[[Sheet], Export]]] = [
    ("canvas", _is_canvas, _canvas),
    ("canvas", _is_translated_canvas, _translated_canvas),
    ("gradescope", _is_gradescope, _gradescope),
    ("brightspace", _is_brightspace, _brightspace),
    ("blackboard", _is_blackboard, _blackboard),
    ("schoology", _is_schoology, _schoology),
    ("sakai", _is_sakai, _sakai),
    ("sakai", _is_sakai_book, _sakai_book),
    ("classroom", _is_classroom, _classroom),
    ("teams", _is_teams, _teams),
    ("moodle", _is_moodle, _moodle),
    ("moodle", _is_moodle_book, _moodle_book),
    ("plain", _is_plain, _plain),
    ("moodle", _may_be_moodle, _moodle_in_any_language),  # last, as it asks least
]
