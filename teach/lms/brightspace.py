"""Brightspace's grades: `OrgDefinedId,Username,<Item> Points Grade,End-of-Line Indicator`.

Ids begin with `#`, and the last cell of every row is `#`. Unknown: how many points an item has;
where a head says more behind `Points Grade`, it is kept and not read.
"""

from teach.lms.cells import LmsError
from teach.lms.export import Export, chosen, keys, learner_rows, line

KEYS = ("OrgDefinedId", "Username")


def fits(top):
    """Is this the first line of such a file?"""
    return top[-1] == "End-of-Line Indicator" and any(key in top for key in KEYS)


def read(sheet, column):
    """Return the Export; a row that does not end in `#` is not whole."""
    heads = sheet.values(0)
    places = [place for place, head in enumerate(heads) if " Points Grade" in head]
    place, rows = chosen(sheet, column, places), learner_rows(sheet)
    for row in rows:
        if sheet.values(row)[-1] != "#":
            raise LmsError(f"{line(sheet, row)}: the last cell is not #; export the file again.")
    return Export(sheet, place, rows, keys(sheet, KEYS), lead="#")
