"""Who is who: the teacher's own table of learners, and which row of an export is each code's.

The table is only read: nothing of it is copied, and no message shows a cell of it. Nothing is
guessed. The surest column that both tables have decides who is who; the others may not contradict
it. Where two learners share what they are known by, neither gets a mark from it. A code that
stands in several rows is a group's, and each of its learners gets the mark.
"""

import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from teach.lms.export import Export
from teach.lms.sheet import LmsError
from teach.spreadsheet import plain, read_table

Entry = tuple[str, int]  # a code in small letters, and which of its rows: 0, in a group 1, 2 …


class Learners(NamedTuple):
    """The teacher's table.

    heads: its columns, in small letters. rows: {entry: {head: value}}. codes: {code in small
    letters: code as the teacher writes it}. no_code: where a learner stands who has none yet, as
    "learners.csv, line 7".
    """

    name: str
    heads: list[str]
    rows: dict[Entry, dict[str, str]]
    codes: dict[str, str]
    no_code: tuple[str, ...] = ()

    @property
    def groups(self) -> dict[str, int]:
        """The codes that several learners share, and how many they are."""
        shared = Counter(code for code, _ in self.rows)
        return {self.codes[code]: count for code, count in shared.items() if count > 1}


class Match(NamedTuple):
    """The row of a code; None with the reason if there is none to be sure of."""

    row: int | None
    why: str = ""


def read_learners(path: Path) -> Learners:
    """Return the Learners in the teacher's table, any with a column `code`; raise KitError."""
    table = read_table(path, ["code"])
    rows: dict[Entry, dict[str, str]] = {}
    codes: dict[str, str] = {}
    count: Counter[str] = Counter()
    no_code: list[str] = []
    for row in table.rows:
        if not row.cells["code"] and not row.fault:
            no_code.append(row.where)
        else:
            code = codes.setdefault(row.code().lower(), row.code()).lower()
            rows[code, count[code]] = row.cells
            count[code] += 1
    return Learners(path.name, table.heads, rows, codes, tuple(no_code))


def matched(export: Export, learners: Learners, by: str | None = None) -> dict[Entry, Match]:
    """Return {entry: Match} for every entry of the teacher's table.

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
    matches = {entry: _match(keys, entry) for entry in learners.rows}
    claims = Counter(match.row for match in matches.values() if match.row is not None)
    twice = Match(None, f"another code of {learners.name} belongs to the same learner")
    shared = {row for row, count in claims.items() if count > 1}
    return {entry: twice if match.row in shared else match for entry, match in matches.items()}


def _shared(
    export: Export, learners: Learners, by: str | None
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The columns, or pairs of columns, by which both tables know a learner: {heads: places}."""
    top = export.heads
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
        places = export.keys.get(heads) or tuple(map(export.heads.index, heads))
        self.heads, self.rows = heads, defaultdict(set)
        for row in export.learners:
            cells = export.sheet.values(row)
            values = [cells[place] for place in places]
            whole = [[", ".join(values)], [" ".join(reversed(values))]]  # Kim, Jo and Jo Kim
            for texts in [values] if len(values) == len(heads) else whole:
                if value := _same(export, texts):
                    self.rows[value].add(row)
        names = plain(heads)
        self.values = {
            entry: _same(export, [row[name] for name in names])
            for entry, row in learners.rows.items()
        }
        self.shared = Counter(self.values.values())
        self.is_shared = any(value and value in self.rows for value in self.values.values())


def _same(export: Export, values: list[str]) -> tuple[str, ...]:
    """Values in one form for comparing; () if one is blank. Upper case and `#` do not count."""
    texts = plain(unicodedata.normalize("NFC", text) for text in values)
    texts = [text.removeprefix(export.lead) for text in texts]
    return tuple(texts) if all(texts) else ()


def _match(keys: list[_Key], entry: Entry) -> Match:
    held = [key for key in keys if key.values[entry]]
    if not held:
        return Match(None, "the teacher's table does not say who this is")
    first, *others = held
    rows, name = first.rows.get(first.values[entry], set()), "” and “".join(first.heads)
    if first.shared[first.values[entry]] > 1:
        return Match(None, f"another code has the same “{name}”; tell them apart by an id")
    if len(rows) > 1:
        return Match(None, f"{len(rows)} rows have the same “{name}”; tell them apart by an id")
    if not rows:
        return Match(None, f"no row has this “{name}”")
    for key in others:
        if not rows <= key.rows.get(key.values[entry], rows):
            other = "” and “".join(key.heads)
            return Match(None, f"“{name}” and “{other}” lead to different rows")
    return Match(min(rows))
