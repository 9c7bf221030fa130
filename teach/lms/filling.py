"""Fills a teacher's export: reads three files, plans, writes two, and reads them back."""

import contextlib
import csv
import io
import os
from pathlib import Path
from typing import NamedTuple

from kit.errors import cause
from teach.lms.cells import LmsError, Sheet, value
from teach.lms.marks import read_bytes, read_learners, read_marks
from teach.lms.match import matched
from teach.lms.plan import OUT_OF, SAME, planned
from teach.lms.platforms import recognised


class Filled(NamedTuple):
    """What was done. path: the filled file; report: the one beside it; told: list of Told."""

    path: Path
    report: Path
    column: str
    told: list
    notes: list

    @property
    def needs_a_person(self):
        """The lines of the report that a person has to look at."""
        return [each for each in self.told if each.needs]

    def __repr__(self):
        new = sum(bool(each.mark) for each in self.told)
        same = sum(each.what.startswith(SAME) for each in self.told)
        lines = [
            f"{self.path.name}: column “{self.column}”, {_counted(new, 'mark')} written, "
            f"{same} there already; every other byte is as it was.",
            *self.notes,
            f"{self.report.name} says for every code what was done.",
        ]
        if self.needs_a_person:
            lines.append(f"For a person to look at: {len(self.needs_a_person)}")
        return "\n".join([*lines, *(f"  {each.code}: {each.what}" for each in self.needs_a_person)])


def _counted(count, thing):
    return f"{count} {thing}" + ("" if count == 1 else "s")


def fill(export, marks, learners, out, *, platform=None, column=None, by=None, scale=False):
    """Write the teacher's export with our marks to `out`, and a report beside it; return Filled.

    export, marks, learners, out: paths. platform: canvas, moodle, gradescope or brightspace
    (default: told by the file). column: head of the column to fill. by: head of the column that
    says who is who. scale: multiply the points so that the course's 100 are the file's maximum.
    Raises LmsError, in one sentence, and leaves nothing behind.
    """
    paths = [Path(path) for path in (export, marks, learners)]
    out = Path(out)
    report = out.with_name(f"{out.stem}.report.csv")
    _check_apart(paths, (out, report))
    raw = read_bytes(paths[0])
    found = recognised(raw, paths[0].name, platform, column)
    known = read_learners(paths[2])
    plan = planned(found, read_marks(paths[1]), matched(found, known, by), known, scale)
    filled = found.sheet.filled(plan.values)
    check_filled(filled, found, plan.values)
    _write({out: filled, report: _report(plan.told)})
    heads = found.sheet.values(0)
    return Filled(out, report, heads[found.column], plan.told, _notes(found, scale))


def check_filled(after, export, values):
    """Raise LmsError unless the bytes `after` are the export with those values, cell by cell."""
    sheet, heads = export.sheet, export.sheet.values(0)
    again = Sheet.read(after, sheet.name, lambda top: top == heads)
    before, now = sheet.raw(), again.raw()
    filled = {place: value(now[place[0]][place[1]]) for place in values if place[0] < len(now)}
    for row, column in filled:
        now[row][column] = before[row][column]
    if (again.mark, now, filled) != (sheet.mark, before, values):
        raise LmsError(
            f"{sheet.name} would not have come back as it was, so nothing was written; "
            "export it again, and tell us if it happens again."
        )


def _check_apart(sources, targets):
    """No file that is read may be written over."""
    for target in targets:
        for source in sources:
            if target.exists() and source.exists() and target.samefile(source):
                raise LmsError(
                    f"{target.name} is a file to read, and would be written over; "
                    "choose another name for --out."
                )


def _notes(export, scale):
    """What the teacher has to know about the file as a whole."""
    most, name = export.maximum, export.sheet.name
    notes = [export.unsure] if export.unsure else []
    if most is None:
        return [*notes, f"{name} does not say its maximum: points are out of {OUT_OF}."]
    if scale:
        return [*notes, f"Points were scaled from {OUT_OF} to {most:f}."]
    if most != OUT_OF:
        notes.append(
            f"The maximum in {name} is {most:f} and the course has {OUT_OF} points: they were "
            "written as they are; run again with --scale to scale them."
        )
    return notes


def _report(told):
    """The report as bytes: codes and line numbers, no names."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(["code", "line", "mark", "what"])
    rows.writerows([each.code, each.line, each.mark, each.what] for each in told)
    return file.getvalue().encode("utf-8-sig")


def _write(files):
    """Write {path: bytes}, read each back, and only then put them all in their places."""
    drafts, placed = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}, []
    try:
        for path, content in files.items():
            with drafts[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if drafts[path].read_bytes() != content:
                raise LmsError(f"{path.name} does not hold what was written; check the disk.")
        for path, draft in drafts.items():
            os.replace(draft, path)
            placed.append(path)
    except OSError as error:
        for done in placed:
            done.unlink()
        why, remedy = cause(error)
        raise LmsError(f"{path.name} was not written because {why}; {remedy}.") from None
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
