"""What stands where in each platform's file: which column, which rows, by what learners are known.

Brightspace: `OrgDefinedId,Username,<Item> Points Grade,End-of-Line Indicator`. Ids begin with `#`,
and the last cell of every row is `#`. Unknown: how many points an item has; where a head says more
behind `Points Grade`, it is kept and not read.

Canvas: `Student,ID,SIS User ID,SIS Login ID,Section,<title> (<number>),…`. An unknown title would
make a new assignment, so only a title of the file is filled. Canvas knows a learner by ID, else SIS
User ID, SIS Login ID, else name; so do we. A cell that is blank or `-` says "no change"; `EX` is
excused, `N/A` not given to that learner.

Gradescope's marks of one assignment: `First Name,Last Name,SID,Email,…,Total Score,…`. Unknown:
whether Gradescope takes this file back. The autograder is the way in that is documented.

Moodle's offline grading worksheet: `Identifier,Full name,Email address,Status,Grade,Maximum
Grade,…`. Its heads are in the language of the site. In English they are known; else the columns are
found by what they hold and where: first the identifier (one word and a number, `Participant
123456`, in any script), and somewhere a column with one number throughout, the maximum, with the
grades before it. Where that fits twice, or not at all, the teacher says which column it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from teach.lms.sheet import LmsError, Sheet
from teach.spreadsheet import number

Heads = str | tuple[str, ...]  # a head, or heads that only together tell who a learner is

BRIGHTSPACE_KEYS = ("OrgDefinedId", "Username")
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
PARTICIPANT = re.compile(r"(.*\D)\d+", re.DOTALL)
MOST, CHANGEABLE = "Maximum Grade", "Grade can be changed"
UNSURE = (
    "The worksheet is not in English, so the kit cannot tell which grades Moodle has locked; "
    "look at the column after the maximum."
)


class Export(NamedTuple):
    """An export and what stands where in it.

    column: the one to fill. learners: the rows of learners. keys: {heads: columns} by which a
    learner is known, the surest first. maximum: of the column; None if the file does not say.
    kept: {what a cell holds: what it means}, cells that are left as they are. locked: rows the
    platform lets nobody change. lead: what ids begin with here and may lack elsewhere.
    unsure: a sentence about what could not be read from the file.
    """

    sheet: Sheet
    column: int
    learners: list[int]
    keys: dict[tuple[str, ...], tuple[int, ...]]
    maximum: Decimal | None = None
    kept: Mapping[str, str] = MappingProxyType({})
    locked: frozenset[int] = frozenset()
    lead: str = ""
    unsure: str = ""


def recognised(
    raw: bytes, name: str, platform: str | None = None, column: str | None = None
) -> Export:
    """Return the Export in the bytes `raw`; raise LmsError if it is none.

    platform: None to tell it by the first line. column: the head of the column to fill; None if
    the file has only one.

    >>> raw = b"Student,ID,Section,Essay (12)\\nKim,7,A,\\n"
    >>> export = recognised(raw, "export.csv")
    >>> export.column, export.learners
    (3, [1])
    """
    kinds = [platform] if platform else PLATFORMS
    ways = [way for kind in kinds for way in PLATFORMS[kind]]
    sheet = Sheet.read(raw, name, *(fits for fits, _ in ways))
    top = sheet.values(0)
    return next(read for fits, read in ways if fits(top))(sheet, column)


# Each platform: does the first line fit, and what stands where


def _is_brightspace(top: list[str]) -> bool:
    return top[-1] == "End-of-Line Indicator" and any(key in top for key in BRIGHTSPACE_KEYS)


def _brightspace(sheet: Sheet, column: str | None) -> Export:
    heads = sheet.values(0)
    places = [place for place, head in enumerate(heads) if " Points Grade" in head]
    place, rows = _chosen(sheet, column, places), _learner_rows(sheet)
    for row in rows:
        if sheet.values(row)[-1] != "#":
            raise LmsError(f"{sheet.where(row)}: the last cell is not #; export the file again.")
    return Export(sheet, place, rows, _keys(sheet, BRIGHTSPACE_KEYS), lead="#")


def _is_canvas(top: list[str]) -> bool:
    return top[:2] == ["Student", "ID"] or top[:3] == ["LastName", "FirstName", "ID"]


def _canvas(sheet: Sheet, column: str | None) -> Export:
    """Return the Export; computed columns, marked `(read only)`, are none to fill."""
    rows = [sheet.values(row) for row in range(1, len(sheet.rows))]
    possible = [cells for cells in rows if _is_points_possible(cells)]
    points = dict(enumerate(possible[0] if possible else []))
    places = [
        place
        for place, head in enumerate(sheet.values(0))
        if CANVAS_TITLE.fullmatch(head) and head not in CANVAS_STUDENT
        if READ_ONLY not in head + points.get(place, "")
    ]
    place = _chosen(sheet, column, places)
    learners = _learner_rows(sheet, _canvas_own(sheet))
    keys, most = _keys(sheet, CANVAS_KEYS), number(points.get(place, ""))
    return Export(sheet, place, learners, keys, most, CANVAS_KEPT)


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


def _is_gradescope(top: list[str]) -> bool:
    return {"SID", "Email", "Total Score", "Max Points"} <= set(top)


def _gradescope(sheet: Sheet, column: str | None) -> Export:
    heads = sheet.values(0)
    place = _chosen(sheet, column, [heads.index("Total Score")])
    rows = _learner_rows(sheet)
    most = _one_maximum(sheet, rows, heads.index("Max Points"))
    return Export(sheet, place, rows, _keys(sheet, GRADESCOPE_KEYS), most)


def _is_moodle(top: list[str]) -> bool:
    """Tell whether it is an English worksheet's: import demands these three."""
    return {"Identifier", "Grade", "Last modified (grade)"} <= set(top)


def _moodle(sheet: Sheet, column: str | None) -> Export:
    heads, rows = sheet.values(0), _learner_rows(sheet)
    _check_identifiers(sheet, rows, heads.index("Identifier"))
    place = _chosen(sheet, column, [n for n, head in enumerate(heads) if head == "Grade"])
    most = _one_maximum(sheet, rows, heads.index(MOST)) if MOST in heads else None
    can = heads.index(CHANGEABLE) if CHANGEABLE in heads else None
    locked = {row for row in rows if can is not None and sheet.values(row)[can] == "No"}
    keys = _keys(sheet, MOODLE_KEYS)
    return Export(sheet, place, rows, keys, most, locked=frozenset(locked))


def _moodle_in_any_language(sheet: Sheet, column: str | None) -> Export:
    heads, rows = sheet.values(0), _learner_rows(sheet)
    _check_identifiers(sheet, rows, 0)
    pairs = [place for place in range(1, len(heads) - 1) if _is_grade(sheet, rows, place)]
    if column is None and len(pairs) != 1:
        raise LmsError(
            f"{sheet.name} does not show which of its columns is the grade; "
            'name it by its first line, such as --column "Bewertung".'
        )
    place = _chosen(sheet, column, pairs if column is None else range(1, len(heads)))
    most = _one_maximum(sheet, rows, place + 1) if place in pairs else None
    emails = [n for n in range(1, place) if all("@" in sheet.values(row)[n] for row in rows)]
    keys = _keys(sheet, [heads[0], *(heads[n] for n in emails), heads[1]])
    # A column of two words behind the maximum may mean that some grades are locked.
    behind = {sheet.values(row)[place + 2] for row in rows if place + 2 < len(heads)}
    return Export(sheet, place, rows, keys, most, unsure=UNSURE if len(behind) > 1 else "")


def _check_identifiers(sheet: Sheet, rows: list[int], place: int) -> None:
    words = set()
    for row in rows:
        match = PARTICIPANT.fullmatch(sheet.values(row)[place])
        words.add(match and match[1])
        if len(words) > 1 or not match:
            raise LmsError(
                f"{sheet.where(row)}: “{sheet.values(0)[place]}” does not hold one word and a "
                "number, as Moodle's “Participant 123456”, and the first line is no other "
                "platform's; name the file as it was exported."
            )


def _is_grade(sheet: Sheet, rows: list[int], place: int) -> bool:
    """May this column hold the grades? They are numbers or blank; the maximum stands behind."""
    grades = {sheet.values(row)[place].strip() for row in rows}
    most = {sheet.values(row)[place + 1] for row in rows}
    numbers = [number(text) for text in grades - {""} | most]
    return len(most) == 1 and None not in numbers


PLATFORMS = {
    "canvas": [(_is_canvas, _canvas)],
    "gradescope": [(_is_gradescope, _gradescope)],
    "brightspace": [(_is_brightspace, _brightspace)],
    "moodle": [
        (_is_moodle, _moodle),
        # Last, as it asks least: four columns, which a worksheet in any language has.
        (lambda top: len(top) >= 4, _moodle_in_any_language),
    ],
}


# What is asked of every file


def _chosen(sheet: Sheet, named: str | None, places: Iterable[int]) -> int:
    """The place of the column to fill: the one named, or the only one among `places`."""
    heads = sheet.values(0)
    fitting = [place for place in places if named in (None, heads[place])]
    if len(fitting) == 1:
        return fitting[0]
    can = ", ".join(f"“{heads[place]}”" for place in places)
    if named and fitting:
        raise LmsError(f"The column “{named}” stands twice in {sheet.name}; rename one of them.")
    if named or not places:
        missing = f"column “{named}”" if named else "column"
        raise LmsError(
            f"There is no {missing} to be filled in {sheet.name}; "
            f"there is {can or 'none at all: export it again with the assignment in it'}."
        )
    raise LmsError(f"{sheet.name} has several columns; name one with --column: {can}.")


def _keys(sheet: Sheet, heads: Iterable[Heads]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """{heads: places} of those heads, or pairs of heads, that stand in the file."""
    top = sheet.values(0)
    wanted = [(head,) if isinstance(head, str) else head for head in heads]
    return {names: tuple(map(top.index, names)) for names in wanted if set(names) <= set(top)}


def _learner_rows(
    sheet: Sheet, is_other: Callable[[list[str]], bool] = lambda cells: False
) -> list[int]:
    """The rows below the first that are neither blank nor other; LmsError if one is not whole.

    An unquoted comma in a name would move every mark to the wrong place.
    """
    rows = [row for row in range(1, len(sheet.rows)) if not sheet.is_blank(row)]
    rows = [row for row in rows if not is_other(sheet.values(row))]
    width = len(sheet.rows[0].cells)
    for row in rows:
        cells = len(sheet.rows[row].cells)
        if cells != width:
            raise LmsError(
                f"{sheet.where(row)}: {cells} cells where the first line has {width}; perhaps a "
                "name with a comma is not in quotes, so export the file again."
            )
    return rows


def _one_maximum(sheet: Sheet, rows: list[int], place: int) -> Decimal | None:
    numbers = {number(sheet.values(row)[place]) for row in rows}
    if len(numbers) > 1:
        raise LmsError(
            f"{sheet.name} names several maximum points in the column “{sheet.values(0)[place]}”; "
            "make them alike in the platform and export again."
        )
    return numbers.pop() if numbers else None
