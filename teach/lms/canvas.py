"""Canvas's gradebook: `Student,ID,SIS User ID,SIS Login ID,Section,<title> (<number>),…`.

An unknown title would make a new assignment, so only a title of the file is filled. Canvas
knows a learner by ID, else SIS User ID, SIS Login ID, else name; so do we. A cell that is blank
or `-` says "no change"; `EX` is excused, `N/A` not given to that learner.
"""

import re

from teach.lms.export import Export, chosen, keys, learner_rows
from teach.lms.points import number

STUDENT = {
    *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID"),
    *("Integration ID", "Root Account", "Section"),
}
KEYS = ("ID", "SIS User ID", "SIS Login ID", "Student", ("LastName", "FirstName"))
TITLE = re.compile(r".+ \([0-9]+\)", re.DOTALL)
READ_ONLY = "(read only)"
KEPT = {"EX": "excused", "N/A": "not given to this learner"}


def fits(top):
    """Is this the first line of a gradebook?"""
    return top[:2] == ["Student", "ID"] or top[:3] == ["LastName", "FirstName", "ID"]


def read(sheet, column):
    """Return the Export; computed columns, marked `(read only)`, are none to fill."""
    points = _points_possible(sheet)
    places = [
        place
        for place, head in enumerate(sheet.values(0))
        if TITLE.fullmatch(head) and head not in STUDENT
        if READ_ONLY not in head + points.get(place, "")
    ]
    place = chosen(sheet, column, places)
    most = number(points.get(place, ""))
    return Export(sheet, place, _learners(sheet), keys(sheet, KEYS), most, KEPT)


def _points_possible(sheet):
    """{column: cell} of the row that begins `    Points Possible`; {} without one."""
    rows = (sheet.values(row) for row in range(1, len(sheet.rows)))
    return dict(enumerate(next(filter(_is_points, rows), ())))


def _is_points(cells):
    return cells[0].strip() == "Points Possible"


def _learners(sheet):
    """The rows but Canvas's own: points possible, manual posting, and the test student's."""
    test = ["Student, Test"] if sheet.values(0)[0] == "Student" else ["Student", "Test"]
    return learner_rows(
        sheet,
        lambda cells: (
            _is_points(cells)
            or "Manual Posting" in map(str.strip, cells)
            or cells[: len(test)] == test
        ),
    )
