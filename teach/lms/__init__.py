"""The learning platforms' own files: fill what the teacher exported, and change nothing else.

`fill` reads the export, our `marks.csv` and the teacher's own table of codes and learners, plans
the whole, then writes the filled file and a report and reads them back. `platforms` knows what
stands where in each platform's file (an `export`), `matching` whose row is whose, `sheet` keeps
every byte of it that is not filled.

The other way round: `downloads` reads whose each hand-in in a download is, `roster` finds them in
an export, `learners` makes the teacher's table of that, `returns` gives the pages of feedback back.

A mark on the platform that is not ours stays there unless `replace`: somebody changed it. What is
ours, `marks.platform.csv` beside `marks.csv` remembers: the mark last written for each code and
column. Without that memory, every mark on the platform that differs from ours stays.
"""

import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError, cause
from kit.words import plural
from teach.files import read_bytes, replacing
from teach.grading.marks import TotalMark, read_marks
from teach.lms.export import Export
from teach.lms.matching import Entry, Learners, Match, matched, read_learners
from teach.lms.platforms import recognised
from teach.lms.sheet import LmsError, Sheet, rounded, uses_comma, value, written
from teach.spreadsheet import number, read_table, spoilt, table_bytes

OUT_OF = Decimal(100)  # the points of the whole course, where marks.csv does not say
SAME = "the same mark was there already"
REPORT = ["code", "line", "mark", "what"]
MEMORY = ["code", "platform", "column", "mark"]

__all__ = ["Filled", "Learners", "fill", "read_learners"]


class ReportLine(NamedTuple):
    """What was done for a code. mark: as written. needs: does a person have to look at it?"""

    code: str
    line: int | None
    mark: str
    what: str
    needs: bool = False


class Plan(NamedTuple):
    """values: {(row, column): text} for the cells to fill. report: by code.

    ours: {code: mark} of the cells that will hold our mark, filled now or before.
    """

    values: dict[tuple[int, int], str]
    report: list[ReportLine]
    ours: dict[str, str]


class Filling(NamedTuple):
    """How to fill: the column, the maximum to scale to, and the marks that are replaced.

    most: None to write points as they are. ours: {code: mark last written}. replace: every other
    mark as well.
    """

    column: int
    most: Decimal | None
    ours: dict[str, str]
    replace: bool


class Filled(NamedTuple):
    """What was done. path: the filled file; report: the one beside it, lines: what stands there.

    waits: is something left to do: marks to type in by hand, or a maximum that is not ours?
    """

    path: Path
    report: Path
    column: str
    lines: list[ReportLine]
    notes: list[str]
    waits: bool

    @property
    def needs_a_person(self) -> list[ReportLine]:
        """The lines of the report that a person has to look at."""
        return [line for line in self.lines if line.needs]

    def __repr__(self) -> str:
        new = sum(bool(line.mark) for line in self.lines)
        same = sum(line.what.startswith(SAME) for line in self.lines)
        lines = [
            f"{self.path.name}: column “{self.column}”, {plural(new, 'mark')} written, "
            f"{same} there already; every other byte is as it was.",
            *self.notes,
            f"{self.report.name} says for every code what was done.",
        ]
        if self.needs_a_person:
            lines.append(f"For a person to look at: {len(self.needs_a_person)}")
        return "\n".join([*lines, *(f"  {line.code}: {line.what}" for line in self.needs_a_person)])


def fill(
    export: Path | str | None,
    marks: Path | str,
    learners: Path | str | None,
    out: Path | str,
    *,
    platform: str | None = None,
    column: str | None = None,
    by: str | None = None,
    scale: bool = False,
    replace: bool = False,
) -> Filled:
    """Write the teacher's export with our marks to `out`, and a report beside it.

    export: None for a plain table with the columns `code` and `points`; learners: None where the
    export has a column `code`. platform: one of `platforms.PLATFORMS` (default: told by the file).
    column: head of the column to fill. by: head of the column that says who is who. scale: multiply
    the points so that full marks are the file's maximum. replace: write over marks that somebody
    changed on the platform. Raises KitError, and leaves nothing behind.
    """
    out, marks = Path(out), Path(marks)
    report, memory = out.with_name(f"{out.stem}.report.csv"), _memory(marks)
    sources = [Path(path) for path in (export, learners) if path is not None]
    check_apart([*sources, marks, memory], (out, report))
    raw = read_bytes(Path(export)) if export is not None else _plain_table(marks)
    table = recognised(raw, Path(export or out).name, platform)
    known = _known(table, learners, Path(export or marks))
    place, points = table.chosen(column), read_marks(marks)
    most, remembered = _maximum(table, place) if scale else None, _remembered(memory)
    filling = Filling(place, most, _ours(remembered, table, place), replace)
    plan = planned(table, points, matched(table, known, by), known, filling)
    _check_points(table, plan, place, scale)
    filled = table.sheet.filled(plan.values)
    check_filled(filled, table, plan.values)
    write_files({out: filled, report: table_bytes(REPORT, (line[:4] for line in plan.report))})
    notes, differs = _notes(table, place, scale, points)
    here = _here(table, place)
    now = remembered | {(code, *here): mark for code, mark in plan.ours.items()}
    notes += _remember(memory, now)
    notes += [f"{code} stands in {many} rows: a group." for code, many in known.groups.items()]
    return Filled(out, report, table.heads[place], plan.report, notes, differs or table.by_hand)


def planned(
    export: Export,
    marks: dict[str, TotalMark],
    matches: dict[Entry, Match],
    learners: Learners,
    filling: Filling,
) -> Plan:
    """Return the Plan for an Export.

    A learner without a mark keeps the cell as it is: missing is not 0. Neither is a cell
    changed that says the same at two decimals, or holds anything but a number, a dash or nothing.
    """
    comma = uses_comma(export.sheet, filling.column)
    plan = Plan({}, [], {})
    for entry in sorted({(code, 0) for code in marks} | learners.rows.keys()):
        code, _ = entry
        points = marks[code].points if code in marks else None
        if entry not in learners.rows:
            what = f"no such code in {learners.name}{spoilt(code)}"
            plan.report.append(ReportLine(code, None, "", what, needs=True))
        elif points is None:
            plan.report.append(ReportLine(code, None, "", "nothing marked: left as it was"))
        elif (row := matches[entry].row) is None:
            plan.report.append(ReportLine(code, None, "", matches[entry].why, needs=True))
        else:
            text = written(_scaled(marks[code], filling.most), comma)
            line = _cell(export, row, code, text, filling)
            if line.mark:
                plan.values[row, filling.column] = text
            if line.mark or line.what == SAME:
                plan.ours[code] = text
            plan.report.append(_waiting(line, marks[code].waiting))
    known = {match.row for match in matches.values()}
    what = f"nobody in {learners.name}: left as it was"
    rows = [export.sheet.rows[row] for row in export.learners if row not in known]
    plan.report.extend(ReportLine("", row.line, "", what) for row in rows)
    return plan


def check_filled(after: bytes, export: Export, values: dict[tuple[int, int], str]) -> None:
    """Raise LmsError unless the bytes `after` are the export with those values, cell by cell."""
    sheet, heads = export.sheet, export.sheet.values(0)
    again = Sheet.read(after, sheet.name, lambda top: top == heads)
    before, now = sheet.raw(), again.raw()
    filled = {place: value(now[place[0]][place[1]]) for place in values if place[0] < len(now)}
    for row, column in filled:
        now[row][column] = before[row][column]
    if (again.bom, now, filled) != (sheet.bom, before, values):
        raise LmsError(
            f"{sheet.name} would not have come back as it was, so nothing was written; "
            "export it again, and tell us if it happens again."
        )


def check_apart(sources: Iterable[Path], targets: Iterable[Path]) -> None:
    """Raise LmsError if a file to write is one of those to read."""
    for target in targets:
        for source in sources:
            if target.exists() and source.exists() and target.samefile(source):
                raise LmsError(
                    f"{target.name} is a file to read, and would be written over; "
                    "choose another name for --out."
                )


def _check_points(export: Export, plan: Plan, place: int, scaled: bool) -> None:
    """Refuse a column that is marked in words, and marks above the maximum of their column."""
    head, most = export.heads[place], export.columns[place]
    if words := _words(export, place):
        raise LmsError(
            f"{export.sheet.where(words[0])}: “{head}” is marked in words or letters, which take "
            "no points; in the platform set it to points, and export again."
        )
    if most is None:
        return
    above = [mark for text in plan.values.values() if (mark := number(text) or 0) > most]
    if above:
        scaling = f"add --scale to make full marks {_as_text(most)}, or "
        raise LmsError(
            f"“{head}” in {export.sheet.name} takes at most {_as_text(most)} points, and "
            f"{plural(len(above), 'mark is', 'marks are')} higher (up to {max(above)}): "
            f"{scaling if most and not scaled else ''}set a higher maximum in the platform and "
            "export again."
        )


def _words(export: Export, place: int) -> list[int]:
    """The rows whose cell begins with a letter, if no cell of the column is a number."""
    cells = {row: export.sheet.values(row)[place].strip() for row in export.learners}
    if any(number(cell) is not None for cell in cells.values()):
        return []
    known = {*export.kept, *export.blank}
    return [row for row, cell in cells.items() if cell[:1].isalpha() and cell not in known]


def _notes(
    export: Export, place: int, scale: bool, marks: dict[str, TotalMark]
) -> tuple[list[str], bool]:
    """Return sentences for the teacher, and whether the file's maximum is another than ours."""
    most, name = export.columns[place], export.sheet.name
    totals = sorted({possible(mark) for mark in marks.values()} or {OUT_OF})
    points = " and ".join(map(_as_text, totals))
    if most is None:
        said = f"{name} does not say its maximum: see that it is {points} on the platform as well."
    elif scale:
        said = f"Points were scaled from {points} to {_as_text(most)}."
    elif totals != [most]:
        said = (
            f"The maximum in {name} is {_as_text(most)} and points are out of {points}: they were "
            "written as they are; run again with --scale to scale them."
        )
    else:
        return list(export.notes), False
    return [*export.notes, said], not scale and most is not None


def _plain_table(marks: Path) -> bytes:
    return table_bytes(["code", "points"], ((mark.code, "") for mark in read_marks(marks).values()))


def _known(export: Export, learners: Path | str | None, own: Path) -> Learners:
    """Return the Learners; own: the table whose codes are those of an export with a column code."""
    if learners is not None:
        return read_learners(Path(learners))
    if ("code",) in export.keys:
        return read_learners(own)
    raise LmsError(
        f"{export.sheet.name} has no column “code”; name your own table of codes with --learners."
    )


# What is ours on the platform

Remembered = dict[tuple[str, str, str], str]  # {(code, platform, column): the mark last written}


def _memory(marks: Path) -> Path:
    return marks.with_name(f"{marks.stem}.platform.csv")


def _remembered(path: Path) -> Remembered:
    if not path.exists():
        return {}
    rows = [row.cells for row in read_table(path, MEMORY).rows]
    return {(row["code"], row["platform"], row["column"]): row["mark"] for row in rows}


def _here(export: Export, place: int) -> tuple[str, str]:
    """How a column is called in the memory."""
    return export.platform, export.heads[place].strip()


def _ours(remembered: Remembered, export: Export, place: int) -> dict[str, str]:
    """Return {code: the mark that was last written into this column}."""
    here = _here(export, place)
    return {key[0]: mark for key, mark in remembered.items() if key[1:] == here}


def _remember(memory: Path, marks: Remembered) -> list[str]:
    """Write the memory anew; return a note if that cannot be done."""
    try:
        write_files(
            {memory: table_bytes(MEMORY, ((*key, mark) for key, mark in sorted(marks.items())))}
        )
    except KitError as error:
        return [f"{error} Next time, marks on the platform that differ will be kept."]
    return []


# What becomes of a cell, and how files are written


def _waiting(line: ReportLine, waiting: int) -> ReportLine:
    """The line, with the written answers that wait for a marker."""
    if not waiting:
        return line
    answers = plural(waiting, "written answer waits", "written answers wait")
    return line._replace(what=f"{line.what}; {answers} for a marker", needs=True)


def _cell(export: Export, row: int, code: str, text: str, filling: Filling) -> ReportLine:
    """What becomes of a learner's cell; `mark` is empty where it is left as it was."""
    line, before = export.sheet.rows[row].line, export.sheet.values(row)[filling.column].strip()
    left = ReportLine(code, line, "", "", needs=True)
    if row in export.locked:
        return left._replace(what="the platform has locked this mark: left as it was")
    if before in export.kept:
        return left._replace(what=f"{before}, {export.kept[before]}: left as it was")
    if before in export.blank:
        return ReportLine(code, line, text, "filled")
    if number(before) is None:
        return left._replace(what="the cell holds something else than a number: left")
    if _is_same(before, text):
        return ReportLine(code, line, "", SAME)
    if filling.replace or _is_same(before, filling.ours.get(code, "")):
        return ReportLine(code, line, text, f"filled in place of {before}")
    return left._replace(
        what=f"{before} on the platform was kept, ours is {text}: add --replace to write ours"
    )


def _as_text(points: Decimal) -> str:
    return written(points, comma=False)


def _is_same(one: str, other: str) -> bool:
    """Are these the same number, at two decimals?"""
    numbers = [number(text) for text in (one, other)]
    return len({rounded(each) if each is not None else None for each in numbers}) == 1


def possible(mark: TotalMark) -> Decimal:
    """How many points could be had: fewer where not all was taught, or somebody was excused."""
    return mark.most or OUT_OF


def _scaled(mark: TotalMark, most: Decimal | None) -> Decimal:
    """The points of a mark; most: what all points that could be had are to become, if anything."""
    points = mark.points or Decimal(0)
    return points if most is None else points * most / possible(mark)


def _maximum(export: Export, place: int) -> Decimal:
    if most := export.columns[place]:
        return most
    raise LmsError(
        f"{export.sheet.name} does not say how many points there are; leave out --scale."
    )


def write_files(contents: dict[Path, bytes]) -> None:
    """Write {path: bytes}, read each back, and only then put them all in their places."""
    try:
        with replacing(*contents) as files:
            for file, (path, content) in zip(files, contents.items(), strict=True):
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                if Path(file.name).read_bytes() != content:
                    raise LmsError(f"{path.name} does not hold what was written; check the disk.")
    except OSError as error:
        why, remedy = cause(error)
        name = Path(error.filename2 or next(iter(contents))).name
        raise KitError(f"{name} was not written because {why}; {remedy}.") from None
