"""Gradescope's marks of one assignment: `First Name,Last Name,SID,Email,…,Total Score,…`.

Unknown: whether Gradescope takes this file back. The autograder is the way in that is documented.
"""

from teach.lms.export import Export, chosen, keys, learner_rows, one_maximum

KEYS = ("SID", "Email", ("First Name", "Last Name"))


def fits(top):
    """Is this the first line of such a file?"""
    return {"SID", "Email", "Total Score", "Max Points"} <= set(top)


def read(sheet, column):
    """Return the Export; the points go into `Total Score`."""
    heads = sheet.values(0)
    place = chosen(sheet, column, [heads.index("Total Score")])
    rows = learner_rows(sheet)
    most = one_maximum(sheet, rows, heads.index("Max Points"))
    return Export(sheet, place, rows, keys(sheet, KEYS), most)
