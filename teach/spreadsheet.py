"""The tables that teachers hold in their hands: read as any spreadsheet saves them, and written.

One reader for all of them (marks.csv, the roster, typed.csv, decisions.csv), so that each command
takes what another takes: cells cut at commas, semicolons or tabs; numbers with a point or a comma;
UTF-8, UTF-16 or cp1252; heads in any capitals; a workbook (.xlsx) where openpyxl is installed.

A spreadsheet makes dates and numbers of codes: `1-2` comes back as `01. Feb`, `1e5` as `1,00E+05`.
What would be spoilt so is written with an apostrophe before it, which `read_table` takes off
again; what was spoilt elsewhere is named, never guessed.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from kit.errors import KitError
from kit.submission.content import CODE
from teach.files import read_bytes, replacing

DELIMITERS = (",", ";", "\t")
BOMS = {  # the byte-order marks a file may begin with, and what they say about the rest
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WORKBOOK = b"PK\x03\x04"  # an .xlsx is a zip, and so is an .ods
NUMBER = re.compile(r"[-+]?[0-9]{1,12}(?:([.,])[0-9]{1,12})?")

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,10})(\.[0-9]+)?")  # a number that comes back as it went
POWER = re.compile(r"[0-9][0-9.,]*e[-+]?[0-9]+", re.IGNORECASE)
YES_AND_NO = "true false wahr falsch vrai faux verdadero falso vero waar onwaar".split()  # noqa: SIM905
MONTHS = """
january february march april may june july august september october november december januar
februar märz mrz mai juni juli oktober dezember janvier février mars avril juin juillet août
septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre
octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
"""


class TableRow(NamedTuple):
    """A row that is not empty.

    name: the file's. line: where the row begins, as an editor counts. cells: {head in small
    letters: text without blanks around it}. fault: what is wrong with the row as a whole, or "".
    """

    name: str
    line: int
    cells: dict[str, str]
    fault: str = ""

    @property
    def where(self) -> str:
        """Where the row is, for a message: "marks.csv, line 3"."""
        return f"{self.name}, line {self.line}"

    def code(self) -> str:
        """Return the learner code; raise KitError for a row or a code that is none to rely on."""
        if self.fault:
            raise KitError(f"{self.where}: {self.fault}.")
        code = self.cells["code"]
        if CODE.fullmatch(code):
            return code
        if _is_date_or_number(code) or code.startswith("#"):
            raise KitError(
                f"{self.where}: the column “code” holds “{code}”, which a spreadsheet made of a "
                "code; set that column to the format Text there, type the code again and save."
            )
        raise KitError(
            f"{self.where}: the column “code” holds something else than 2 to 20 letters (a-z), "
            "digits and hyphens; look at that line."
        )


class TeacherTable(NamedTuple):
    """A table. name: the file's. heads: in small letters, in order; written: as they stand."""

    name: str
    heads: list[str]
    rows: list[TableRow]
    written: list[str]

    def by_code(self) -> dict[str, TableRow]:
        """Return {code in small letters: row} of the rows with a code; KitError if one is twice."""
        rows: dict[str, TableRow] = {}
        for row in self.rows:
            if row.cells["code"] or row.fault:
                code = row.code()
                if rows.setdefault(code.lower(), row) is not row:
                    raise KitError(f"{row.where}: the code {code} stands there twice; leave one.")
        return rows


def read_table(path: Path, columns: Iterable[str]) -> TeacherTable:
    """Return the TeacherTable in a file; columns: heads, in small letters, that it must have.

    Raises KitError that names file and line where it cannot be read; no message shows more of a
    table than its codes.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "learners.csv")
    >>> _ = path.write_text("Code ;Punkte\\n'1-2;3,5\\n", encoding="utf-16")
    >>> table = read_table(path, ["code"])
    >>> table.heads, table.rows[0].line, table.rows[0].cells
    (['code', 'punkte'], 2, {'code': '1-2', 'punkte': '3,5'})
    """
    heads, written, rows = _opened(path, list(columns))
    return TeacherTable(path.name, heads, list(rows), written)


def codes_in(path: Path) -> Iterator[str]:
    """Yield what stands in the column `code` of a table; no more than its text is in memory."""
    yield from (row.cells["code"] for row in _opened(path, ["code"])[-1])


def _opened(path: Path, wanted: list[str]) -> tuple[list[str], list[str], Iterator[TableRow]]:
    """Return the heads of a table, the same as they are written, and its rows one by one."""
    raw, name = read_bytes(path), path.name
    if raw.startswith(WORKBOOK) and find_spec("openpyxl"):
        ways = [_rows_of_workbook(raw, name)]
    else:
        text = decoded(raw, name)[2]
        ways = [_rows_of_text(text, delimiter, name) for delimiter in DELIMITERS]
    for rows in ways:
        written = _heads(rows)
        # A column without a head keeps its place under a name that nobody types.
        heads = [head or f" {place}" for place, head in enumerate(plain(written))]
        if set(wanted) <= set(heads):
            _check_once(heads, name)
            return heads, written, (_row(name, heads, *row) for row in rows)
    raise KitError(
        f"The first line of {name} does not hold the column heads looked for, which are "
        f"{', '.join(wanted)}; give another file, or write them there."
    )


def decoded(raw: bytes, name: str) -> tuple[bytes, str, str]:
    """Return the byte-order mark (BOM) of a file, its encoding and its text; raise KitError.

    Without a BOM it is UTF-8, or else cp1252: a byte that cp1252 lacks is kept as it is, so a
    file in another one-byte encoding comes back unchanged too (its names then only match names
    of a file in the same encoding). Zero bytes without a BOM are UTF-16 of unknown byte order.
    """
    if raw.startswith((WORKBOOK, b"\xd0\xcf\x11\xe0")):
        raise KitError(
            f"{name} is a workbook of a spreadsheet, whatever its name says; open it there and "
            "save it as CSV (UTF-8)."
        )
    bom = next((bom for bom in BOMS if raw.startswith(bom)), b"")
    if not bom and b"\0" in raw:
        raise KitError(f"{name} holds zero bytes and no mark of its encoding; save it as UTF-8.")
    encoding = BOMS.get(bom, "utf-8")
    try:
        return bom, encoding, raw[len(bom) :].decode(encoding)
    except UnicodeDecodeError:
        if bom:
            raise KitError(
                f"{name} begins as {encoding} and goes on as something else; export it again."
            ) from None
    return b"", "cp1252", raw.decode("cp1252", "surrogateescape")


def plain(heads: Iterable[str]) -> list[str]:
    """Heads in the form in which they are compared: no spaces around them, no capital letters."""
    return [head.strip().casefold() for head in heads]


def number(text: str) -> Decimal | None:
    """The Decimal a cell holds, whether with a point or a comma; None if it is no plain number.

    Neither `1,234.50` nor `12 %` nor `5. Mar` is one: a date that once was a number stays a date.

    >>> number(" 85,50 "), number("EX"), number("1,234.50")
    (Decimal('85.50'), None, None)
    """
    text = text.strip()
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def _rows_of_text(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    line = 1
    try:
        for row in reader:
            cells = [(_unguarded(cell) if cell[:1] == "'" else cell).strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise KitError(
            f"{name}, line {line}: a quotation mark is opened and never closed, or stands inside "
            "a cell; close it, or write it twice."
        ) from None


def _rows_of_workbook(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Return what `_rows_of_text` yields, of the sheet that lies open."""
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(raw), read_only=True, data_only=True).active
        rows = [[_unguarded(_as_shown(cell)).strip() for cell in row] for row in sheet.values]
    except Exception:  # openpyxl raises whatever a damaged file happens to cause
        raise KitError(
            f"{name} is a workbook that cannot be read; save it as CSV (UTF-8) in the spreadsheet."
        ) from None
    return ((line, cells) for line, cells in enumerate(rows, 1) if any(cells))


def _as_shown(value: Any) -> str:
    """Return a workbook's value as text; a date as no code, and no date of ours, is written."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return f"{value:.15g}" if isinstance(value, float) else str("" if value is None else value)


def _heads(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    """Return the heads, without the empty ones that a spreadsheet leaves behind them."""
    try:
        _, cells = next(rows, (0, []))
    except KitError:
        return []  # cut at a sign that does not stand between its cells
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _check_once(heads: list[str], name: str) -> None:
    for head in heads:
        if heads.count(head) > 1:
            raise KitError(f"{name} has two columns “{head}”; leave one.")


def _row(name: str, heads: list[str], line: int, cells: list[str]) -> TableRow:
    fault = ""
    if any(cells[len(heads) :]):
        fault = (
            f"{len(cells)} cells where the first line has {len(heads)}; perhaps one that holds "
            "the sign between cells is not in quotation marks"
        )
    filled = cells + [""] * (len(heads) - len(cells))
    return TableRow(name, line, dict(zip(heads, filled, strict=False)), fault)


# What a spreadsheet would spoil, and how it is written so that it comes back


@contextmanager
def csv_writer(path: Path, columns: Iterable[str]) -> Iterator["TableWriter"]:
    """Write a CSV file that spreadsheets read, as `replacing` does; give the writer of its rows."""
    with replacing(path) as [file], io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
        yield TableWriter(text, columns)


def table_bytes(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as the bytes of the file that `csv_writer` writes."""
    file = io.StringIO(newline="")
    writer = TableWriter(file, columns)
    for row in rows:
        writer.writerow(row)
    return file.getvalue().encode("utf-8-sig")


class TableWriter:
    """Writes a table into a text file; what a spreadsheet would spoil is guarded."""

    def __init__(self, file: TextIO, columns: Iterable[str]) -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        self.writerow(columns)

    def writerow(self, cells: Iterable[object]) -> None:
        """Write a row."""
        self._writer.writerow([guarded(c) if isinstance(c, str) else c for c in cells])


def guarded(text: str) -> str:
    """Return a cell that a spreadsheet neither runs as a formula nor turns into something else.

    >>> guarded("=1+1"), guarded("1-2"), guarded("SEPT2"), guarded("owl-3"), guarded("3.5")
    ("'=1+1", "'1-2", "'SEPT2", 'owl-3', '3.5')
    """
    return f"'{text}" if _is_spoilt(text) else text


def spoilt(code: str) -> str:
    """Return how a code that is not in a table may stand there, if a spreadsheet spoils such ones.

    >>> spoilt("owl-3"), spoilt("may-5")
    ('', ' (a spreadsheet may have made a date or a number of it there)')
    """
    return (
        " (a spreadsheet may have made a date or a number of it there)" if _is_spoilt(code) else ""
    )


def _unguarded(text: str) -> str:
    """Take the apostrophe off that `guarded` puts on, and no other: there are names with one."""
    return text[1:] if text.startswith("'") and _is_spoilt(text[1:]) else text


@lru_cache(2_000)  # the same points stand in most cells
def _is_spoilt(text: str) -> bool:
    """Would a spreadsheet make something else of this?"""
    if text.startswith("'"):
        return _is_spoilt(text[1:])
    return not WHOLE.fullmatch(text) and (
        text.startswith(FORMULA) or text.casefold() in YES_AND_NO or _is_date_or_number(text)
    )


def _is_date_or_number(text: str) -> bool:
    """Tell whether a text is numbers alone, a power of ten, or a month or am with numbers about.

    >>> [_is_date_or_number(text) for text in ("01. Feb", "1,00E+05", "7", "MARCH1", "5am")]
    [True, True, True, True, True]
    >>> [_is_date_or_number(text) for text in ("marble-3", "march", "ma-3", "e5", "may-be-3")]
    [False, False, False, False, False]
    """
    words, numbers = re.findall(r"[^\W\d_]+", text.casefold()), re.findall(r"\d+", text)
    is_month = len(words) == 1 and len(words[0]) > 2 and re.search(rf"\b{words[0]}", MONTHS)
    is_time = words in (["am"], ["pm"])
    return bool(numbers and (not words or is_month or is_time or POWER.fullmatch(text)))
