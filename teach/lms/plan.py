"""What is to be written into which cell, and what a person has to look at."""

from decimal import Decimal
from typing import NamedTuple

from teach.lms.cells import LmsError
from teach.lms.points import number, rounded, uses_comma, written

OUT_OF = Decimal(100)  # the points of the whole course
SAME = "the same mark was there already"
NO_MARK = ("", "-")  # what a cell holds before there is a mark


class Told(NamedTuple):
    """A line of the report. mark: as written. needs: does a person have to look at it?"""

    code: str
    line: int | None
    mark: str
    what: str
    needs: bool = False


class Plan(NamedTuple):
    """values: {(row, column): text} for the cells to fill. told: list of Told, by code."""

    values: dict
    told: list


def planned(export, marks, matches, learners, scale):
    """Return the Plan for an Export.

    A learner without a mark keeps the cell as it is: missing is not 0. Neither is a cell
    changed that says the same at two decimals, or holds anything but a number, a dash or nothing.
    """
    factor = _factor(export, scale)
    comma = _comma(export)
    values, told = {}, []
    for code in sorted(marks.keys() | learners.rows.keys()):
        points = marks[code].points if code in marks else None
        if code not in learners.rows:
            told.append(Told(code, None, "", f"no such code in {learners.name}", needs=True))
        elif points is None:
            told.append(Told(code, None, "", "nothing marked: left as it was"))
        elif matches[code].row is None:
            told.append(Told(code, None, "", matches[code].why, needs=True))
        else:
            text = written(points * factor, comma)
            done = _cell(export, matches[code].row, code, text)
            told.append(_with_waiting(done, marks[code].waiting))
            if done.mark:
                values[matches[code].row, export.column] = text
    return Plan(values, told + _strangers(export, matches, learners))


def _factor(export, scale):
    """By what the points are multiplied: 1, or with `scale` so that the maximum is the file's."""
    if not scale:
        return Decimal(1)
    if not export.maximum:
        raise LmsError(
            f"{export.sheet.name} does not say how many points there are; leave out --scale."
        )
    return export.maximum / OUT_OF


def _comma(export):
    sheet, place = export.sheet, export.column
    rows = [sheet.values(row) for row in range(1, len(sheet.rows))]
    column = [cells[place] for cells in rows if place < len(cells)]
    others = [cell for cells in rows for cell in cells]
    where = f"The column “{sheet.values(0)[place]}” of {sheet.name}"
    return uses_comma(column, others, sheet.delimiter, where)


def _cell(export, row, code, text):
    """What becomes of a learner's cell; `mark` is empty where it is left as it was."""
    line, before = export.sheet.rows[row].line, export.sheet.values(row)[export.column].strip()
    if row in export.locked:
        return Told(code, line, "", "the platform has locked this mark: left as it was", True)
    if before in export.kept:
        return Told(code, line, "", f"{before}, {export.kept[before]}: left as it was", True)
    if before in NO_MARK:
        return Told(code, line, text, "filled")
    there = number(before)
    if there is None:
        return Told(code, line, "", "the cell holds something else than a number: left", True)
    if rounded(there) == rounded(number(text)):
        return Told(code, line, "", SAME)
    return Told(code, line, text, "filled in place of another mark")


def _with_waiting(told, waiting):
    """The line with what is still to come: written answers that nobody marked yet."""
    if not waiting:
        return told
    answers = "1 written answer waits" if waiting == 1 else f"{waiting} written answers wait"
    return told._replace(what=f"{told.what}; {answers} for a marker", needs=True)


def _strangers(export, matches, learners):
    """A line for each row that no code belongs to."""
    known = {match.row for match in matches.values()}
    return [
        Told("", export.sheet.rows[row].line, "", f"nobody in {learners.name}: left as it was")
        for row in export.learners
        if row not in known
    ]
