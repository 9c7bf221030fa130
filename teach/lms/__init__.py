"""The learning platforms' own files: fill what the teacher exported, and change nothing else.

`fill` reads the export, our `marks.csv` and the teacher's own table of codes and learners, plans
the whole, then writes two files and reads them back. `platforms` knows what stands where in each
platform's file, `sheet` keeps every byte of it that is not filled.

The teacher's table is only read: nothing of it is copied, and no message shows a cell of it.
Nothing is guessed. The surest column that both tables have decides who is who; the others may not
contradict it. Where two learners share what they are known by, neither gets a mark from it.
"""

import os
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError, cause
from kit.words import plural
from teach.files import read_bytes, replacing
from teach.grading.marks import TotalMark, read_marks
from teach.lms.platforms import Export, recognised
from teach.lms.sheet import LmsError, Sheet, rounded, uses_comma, value, written
from teach.spreadsheet import number, plain, read_table, table_bytes

OUT_OF = Decimal(100)  # the points of the whole course
SAME = "the same mark was there already"
REPORT = ("code", "line", "mark", "what")  # the columns of the report
NO_MARK = ("", "-")  # what a cell holds before there is a mark


class Learners(NamedTuple):
    """The teacher's table.

    heads: its columns but the code's, in small letters. rows: {code in small letters: {head:
    value}}. codes: {code in small letters: code as the teacher writes it}.
    """

    name: str
    heads: list[str]
    rows: dict[str, dict[str, str]]
    codes: dict[str, str]


class Match(NamedTuple):
    """The row of a code; None with the reason if there is none to be sure of."""

    row: int | None
    why: str = ""


class ReportLine(NamedTuple):
    """What was done for a code. mark: as written. needs: does a person have to look at it?"""

    code: str
    line: int | None
    mark: str
    what: str
    needs: bool = False


class Plan(NamedTuple):
    """values: {(row, column): text} for the cells to fill. report: by code."""

    values: dict[tuple[int, int], str]
    report: list[ReportLine]


class Filled(NamedTuple):
    """What was done. path: the filled file; report: the one beside it, lines: what stands there."""

    path: Path
    report: Path
    column: str
    lines: list[ReportLine]
    notes: list[str]

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
    export: Path | str,
    marks: Path | str,
    learners: Path | str,
    out: Path | str,
    *,
    platform: str | None = None,
    column: str | None = None,
    by: str | None = None,
    scale: bool = False,
) -> Filled:
    """Write the teacher's export with our marks to `out`, and a report beside it.

    platform: canvas, moodle, gradescope or brightspace (default: told by the file). column: head
    of the column to fill. by: head of the column that says who is who. scale: multiply the points
    so that the course's 100 are the file's maximum. Raises KitError, and leaves nothing behind.
    """
    paths = [Path(path) for path in (export, marks, learners)]
    out = Path(out)
    report = out.with_name(f"{out.stem}.report.csv")
    _check_apart(paths, (out, report))
    raw = read_bytes(paths[0])
    table = recognised(raw, paths[0].name, platform, column)
    known = read_learners(paths[2])
    plan = planned(table, read_marks(paths[1]), matched(table, known, by), known, scale)
    filled = table.sheet.filled(plan.values)
    check_filled(filled, table, plan.values)
    lines = ((line.code, line.line, line.mark, line.what) for line in plan.report)
    _write({out: filled, report: table_bytes(REPORT, lines)})
    head = table.sheet.values(0)[table.column]
    return Filled(out, report, head, plan.report, _notes(table, scale))


def planned(
    export: Export,
    marks: dict[str, TotalMark],
    matches: dict[str, Match],
    learners: Learners,
    scale: bool,
) -> Plan:
    """Return the Plan for an Export.

    A learner without a mark keeps the cell as it is: missing is not 0. Neither is a cell
    changed that says the same at two decimals, or holds anything but a number, a dash or nothing.
    """
    factor, comma = _factor(export, scale), uses_comma(export.sheet, export.column)
    values: dict[tuple[int, int], str] = {}
    report = []
    for code in sorted(marks.keys() | learners.rows.keys()):
        points = marks[code].points if code in marks else None
        if code not in learners.rows:
            what = f"no such code in {learners.name}"
            report.append(ReportLine(code, None, "", what, needs=True))
        elif points is None:
            report.append(ReportLine(code, None, "", "nothing marked: left as it was"))
        elif (row := matches[code].row) is None:
            report.append(ReportLine(code, None, "", matches[code].why, needs=True))
        else:
            text = written(points * factor, comma)
            line = _cell(export, row, code, text)
            if waiting := marks[code].waiting:
                answers = plural(waiting, "written answer waits", "written answers wait")
                what = f"{line.what}; {answers} for a marker"
                line = line._replace(what=what, needs=True)
            report.append(line)
            if line.mark:
                values[row, export.column] = text
    known = {match.row for match in matches.values()}
    what = f"nobody in {learners.name}: left as it was"
    rows = [export.sheet.rows[row] for row in export.learners if row not in known]
    return Plan(values, report + [ReportLine("", row.line, "", what) for row in rows])


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


def _check_apart(sources: list[Path], targets: tuple[Path, Path]) -> None:
    for target in targets:
        for source in sources:
            if target.exists() and source.exists() and target.samefile(source):
                raise LmsError(
                    f"{target.name} is a file to read, and would be written over; "
                    "choose another name for --out."
                )


def _notes(export: Export, scale: bool) -> list[str]:
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


def _write(contents: dict[Path, bytes]) -> None:
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


def _factor(export: Export, scale: bool) -> Decimal:
    """By what the points are multiplied: 1, or with `scale` so that the maximum is the file's."""
    if not scale:
        return Decimal(1)
    if not export.maximum:
        raise LmsError(
            f"{export.sheet.name} does not say how many points there are; leave out --scale."
        )
    return export.maximum / OUT_OF


def _cell(export: Export, row: int, code: str, text: str) -> ReportLine:
    """What becomes of a learner's cell; `mark` is empty where it is left as it was."""
    line, before = export.sheet.rows[row].line, export.sheet.values(row)[export.column].strip()
    if row in export.locked:
        return ReportLine(code, line, "", "the platform has locked this mark: left as it was", True)
    if before in export.kept:
        return ReportLine(code, line, "", f"{before}, {export.kept[before]}: left as it was", True)
    if before in NO_MARK:
        return ReportLine(code, line, text, "filled")
    there = number(before)
    if there is None:
        return ReportLine(code, line, "", "the cell holds something else than a number: left", True)
    if rounded(there) == rounded(number(text) or Decimal(0)):
        return ReportLine(code, line, "", SAME)
    return ReportLine(code, line, text, "filled in place of another mark")


# The teacher's own table of learners, and which row of an export belongs to which code


def read_learners(path: Path) -> Learners:
    """Return the Learners in the teacher's table, any with a column `code`; raise KitError."""
    table = read_table(path, ["code"])
    known = table.by_code()
    rows = {code: row.cells for code, row in known.items()}
    codes = {code: row.cells["code"] for code, row in known.items()}
    return Learners(path.name, [head for head in table.heads if head != "code"], rows, codes)


def matched(export: Export, learners: Learners, by: str | None = None) -> dict[str, Match]:
    """Return {code: Match} for every code of the teacher's table.

    by: the head of the only column to go by, or None for the platform's own order.
    Raises LmsError if the tables have no column in common, or no value in it.
    """
    keys = [_Key(export, learners, heads) for heads in _shared(export, learners, by)]
    keys = [key for key in keys if key.is_shared]
    if learners.rows and not keys:
        raise LmsError(
            f"No learner of {learners.name} stands in {export.sheet.name}; "
            "compare the columns and their values in both."
        )
    matches = {code: _match(keys, code) for code in learners.rows}
    claims = Counter(match.row for match in matches.values() if match.row is not None)
    twice = Match(None, f"another code of {learners.name} belongs to the same learner")
    shared = {row for row, count in claims.items() if count > 1}
    return {code: twice if match.row in shared else match for code, match in matches.items()}


def _shared(
    export: Export, learners: Learners, by: str | None
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The columns, or pairs of columns, by which both tables know a learner: {heads: places}."""
    top = export.sheet.values(0)
    if by is not None and (top.count(by) != 1 or plain([by])[0] not in learners.heads):
        raise LmsError(
            f"The column “{by}” does not stand once in {export.sheet.name} and in "
            f"{learners.name}; name one that does."
        )
    known = {(by,): (top.index(by),)} if by is not None else export.keys
    shared = {
        heads: places for heads, places in known.items() if set(plain(heads)) <= set(learners.heads)
    }
    if not shared:
        can = ", ".join("“" + "” and “".join(heads) + "”" for heads in known)
        raise LmsError(
            f"{learners.name} needs, beside “code”, a column as {export.sheet.name} has it: "
            f"one of {can}."
        )
    return shared


class _Key:
    """One way to know a learner: what every code and every row holds there."""

    def __init__(self, export: Export, learners: Learners, heads: tuple[str, ...]) -> None:
        top = export.sheet.values(0)
        places = export.keys.get(heads) or tuple(map(top.index, heads))
        self.heads, self.rows = heads, defaultdict(set)
        for row in export.learners:
            cells = export.sheet.values(row)
            if value := _same(export, [cells[place] for place in places]):
                self.rows[value].add(row)
        names = plain(heads)
        self.values = {
            code: _same(export, [row[name] for name in names])
            for code, row in learners.rows.items()
        }
        self.shared = Counter(self.values.values())
        self.is_shared = any(value and value in self.rows for value in self.values.values())


def _same(export: Export, values: list[str]) -> tuple[str, ...]:
    """Values in one form for comparing; () if one is blank. Upper case and `#` do not count."""
    texts = plain(unicodedata.normalize("NFC", text) for text in values)
    texts = [text.removeprefix(export.lead) for text in texts]
    return tuple(texts) if all(texts) else ()


def _match(keys: list[_Key], code: str) -> Match:
    held = [key for key in keys if key.values[code]]
    if not held:
        return Match(None, "the teacher's table does not say who this is")
    first, *others = held
    rows, name = first.rows.get(first.values[code], set()), "” and “".join(first.heads)
    if first.shared[first.values[code]] > 1:
        return Match(None, f"another code has the same “{name}”; tell them apart by an id")
    if len(rows) > 1:
        return Match(None, f"{len(rows)} rows have the same “{name}”; tell them apart by an id")
    if not rows:
        return Match(None, f"no row has this “{name}”")
    for key in others:
        if not rows <= key.rows.get(key.values[code], rows):
            other = "” and “".join(key.heads)
            return Match(None, f"“{name}” and “{other}” lead to different rows")
    return Match(min(rows))
