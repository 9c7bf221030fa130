"""Moodle's offline grading worksheet: `Identifier,Full name,Email address,Status,Grade,…`.

Its heads are in the language of the site. In English they are known; else the columns are found
by what they hold and where: first the identifier (one word and a number, `Participant 123456`,
in any script), and somewhere a column with one number throughout, the maximum, with the grades
before it. Where that fits twice, or not at all, the teacher says which column it is.
"""

import re

from teach.lms.cells import LmsError
from teach.lms.export import Export, chosen, keys, learner_rows, line, one_maximum
from teach.lms.points import number

PARTICIPANT = re.compile(r"(.*\D)\d+", re.DOTALL)
KEYS = ("Identifier", "Email address", "Full name")
MOST, CHANGEABLE = "Maximum Grade", "Grade can be changed"
UNSURE = (
    "The worksheet is not in English, so the kit cannot tell which grades Moodle has locked; "
    "look at the column after the maximum."
)


def fits(top):
    """Is this the first line of an English worksheet? Import demands these three."""
    return {"Identifier", "Grade", "Last modified (grade)"} <= set(top)


def fits_in_any_language(top):
    """May this be the first line of a worksheet? It has at least four columns Moodle demands."""
    return len(top) >= 4


def read(sheet, column):
    """Return the Export of an English worksheet."""
    heads, rows = sheet.values(0), learner_rows(sheet)
    _check_identifiers(sheet, rows, heads.index("Identifier"))
    place = chosen(sheet, column, [n for n, head in enumerate(heads) if head == "Grade"])
    most = one_maximum(sheet, rows, heads.index(MOST)) if MOST in heads else None
    can = heads.index(CHANGEABLE) if CHANGEABLE in heads else None
    locked = {row for row in rows if can is not None and sheet.values(row)[can] == "No"}
    return Export(sheet, place, rows, keys(sheet, KEYS), most, locked=frozenset(locked))


def read_in_any_language(sheet, column):
    """Return the Export of a worksheet whose heads are in another language."""
    heads, rows = sheet.values(0), learner_rows(sheet)
    _check_identifiers(sheet, rows, 0)
    pairs = [place for place in range(1, len(heads) - 1) if _is_grade(sheet, rows, place)]
    if column is None and len(pairs) != 1:
        raise LmsError(
            f"{sheet.name} does not show which of its columns is the grade; "
            'name it by its first line, such as --column "Bewertung".'
        )
    place = chosen(sheet, column, pairs if column is None else range(1, len(heads)))
    most = one_maximum(sheet, rows, place + 1) if place in pairs else None
    known = keys(sheet, [heads[0], *_emails(sheet, rows, place), heads[1]])
    return Export(sheet, place, rows, known, most, unsure=_unsure(sheet, rows, place + 2))


def _check_identifiers(sheet, rows, place):
    """Every identifier is the same word with a number; anything else is no worksheet."""
    words = set()
    for row in rows:
        found = PARTICIPANT.fullmatch(sheet.values(row)[place])
        words.add(found and found[1])
        if len(words) > 1 or not found:
            raise LmsError(
                f"{line(sheet, row)}: “{sheet.values(0)[place]}” does not hold one word and a "
                "number, as Moodle's “Participant 123456”, and the first line is no other "
                "platform's; name the file as it was exported."
            )


def _is_grade(sheet, rows, place):
    """May this column hold the grades? They are numbers or blank; the maximum stands behind."""
    grades = {sheet.values(row)[place].strip() for row in rows}
    most = {sheet.values(row)[place + 1] for row in rows}
    numbers = [number(text) for text in grades - {""} | most]
    return len(most) == 1 and None not in numbers


def _emails(sheet, rows, before):
    """The heads of columns that hold an address in every row."""
    return [
        sheet.values(0)[place]
        for place in range(1, before)
        if all("@" in sheet.values(row)[place] for row in rows)
    ]


def _unsure(sheet, rows, place):
    """Say so where a column of two words may mean that some grades are locked."""
    at = {sheet.values(row)[place] for row in rows if place < len(sheet.values(row))}
    return UNSURE if len(at) > 1 else ""
