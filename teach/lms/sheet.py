"""A table file, cell by cell as it lies on the disk: what is not filled keeps every byte.

Its numbers are read and written as the file writes them: with a point or a comma.

The csv module forgets how a file was written (which cells were quoted, how lines ended). Here
every cell keeps the text it had in the file, and only a cell that is filled gets a new one.

>>> raw = 'name;mark\\r\\n"Müller; Eva";\\n'.encode()
>>> sheet = Sheet.read(raw, "export.csv", lambda heads: "mark" in heads)
>>> sheet.values(1)
['Müller; Eva', '']
>>> sheet.filled({(1, 1): "85,5"}).decode()
'name;mark\\r\\n"Müller; Eva";85,5\\n'
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from kit.errors import KitError
from teach.spreadsheet import DELIMITERS, NUMBER, decoded

CENT = Decimal("0.01")


class LmsError(KitError):
    """A file cannot be filled and nothing was written; the message is one sentence."""


class Row(NamedTuple):
    """A row as it lies in the file: its cells with their quotes, its line end, its first line."""

    cells: list[str]
    end: str
    line: int


class Sheet(NamedTuple):
    """A table file.

    rows: the blank ones too. bom: the bytes before the text, b"" if there are none.
    name: the file's, for messages.
    """

    name: str
    bom: bytes
    encoding: str
    delimiter: str
    rows: list[Row]

    @classmethod
    def read(cls, raw: bytes, name: str, *fits: Callable[[list[str]], bool]) -> "Sheet":
        """Return the Sheet in the bytes `raw`; raise KitError if there is none.

        fits: each takes the values of the first row and says if they are the heads looked for;
        the first that holds, however the row is cut, tells the delimiter.
        """
        bom, encoding, text = decoded(raw, name)
        tops = {cut: top for cut in DELIMITERS if (top := _top(text, cut, name)) is not None}
        cuts = [cut for fit in fits for cut, top in tops.items() if fit(top)]
        if not cuts:
            raise LmsError(
                f"The first line of {name} does not hold the column heads looked for, whether cut "
                "at commas, semicolons or tabs; name the file as it was exported."
            )
        return cls(name, bom, encoding, cuts[0], list(_rows(text, cuts[0], name)))

    def values(self, number: int) -> list[str]:
        """The values of row `number` (0 is the first): what the cells say, without their quotes."""
        return [value(cell) for cell in self.rows[number].cells]

    def raw(self) -> list[list[str]]:
        """Each row as a list of its cells as they lie in the file, and its line end."""
        return [[*row.cells, row.end] for row in self.rows]

    def is_blank(self, number: int) -> bool:
        """Is row `number` an empty line?"""
        return not "".join(self.rows[number].cells).strip()

    def where(self, number: int) -> str:
        """Where row `number` is, for a message."""
        return f"{self.name}, line {self.rows[number].line}"

    def filled(self, values: dict[tuple[int, int], str]) -> bytes:
        """The file's bytes with new values in some cells: {(row, column): text}.

        A cell that was quoted stays quoted. Without values they are the bytes that were read.
        """
        rows = self.raw()
        for (row, column), text in values.items():
            rows[row][column] = self._written(text, rows[row][column])
        text = "".join(self.delimiter.join(cells) + end for *cells, end in rows)
        return self.bom + text.encode(self.encoding, _errors(self.encoding))

    def _written(self, text: str, before: str) -> str:
        """`text` as a cell of this file, in quotes if the cell was, or if it needs them."""
        if not before.startswith('"') and not re.search(f'["\r\n{self.delimiter}]', text):
            return text
        return '"' + text.replace('"', '""') + '"'


def value(cell: str) -> str:
    """What a cell says, without its quotes.

    >>> value('"Kim ""Jo"", Eva"')
    'Kim "Jo", Eva'
    """
    quoted = re.fullmatch(r'"((?:[^"]|"")*+)"(.*)', cell, re.DOTALL)
    return quoted[1].replace('""', '"') + quoted[2] if quoted else cell


def _top(text: str, delimiter: str, name: str) -> list[str] | None:
    try:
        return [value(cell) for cell in next(_rows(text, delimiter, name)).cells]
    except (LmsError, StopIteration):
        return None


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "cp1252" else "strict"


def _rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    plain = rf"[^{delimiter}\r\n]*+"
    cell = re.compile(rf'("(?:[^"]|"")*+"{plain}|(?!"){plain})({delimiter}|\r\n|\r|\n|\Z)')
    place, line, start = 0, 1, 1
    cells: list[str] = []
    while place < len(text) or cells:
        match = cell.match(text, place)
        if not match:
            raise LmsError(
                f"{name}, line {line}: a quotation mark is opened and never closed; close it."
            )
        cells.append(match[1])
        place, line = match.end(), line + len(re.findall("\r\n|\r|\n", match[0]))
        if match[2] != delimiter:
            yield Row(cells, match[2], start)
            cells, start = [], line


# Numbers


def rounded(value: Decimal) -> Decimal:
    """A Decimal at two decimals; a half goes up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def written(value: Decimal, comma: bool) -> str:
    """A Decimal as text with at most two decimals and no zeros at its end.

    >>> written(Decimal("85.50"), comma=True), written(Decimal("100.00"), comma=False)
    ('85,5', '100')
    """
    text = f"{rounded(value):f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def uses_comma(sheet: Sheet, column: int) -> bool:
    """Does the file write decimals with a comma?

    What the column that is filled (with its maximum) shows decides; if it shows no decimals, the
    whole file; if that shows none, or both ways, the delimiter: a semicolon stands where the comma
    is taken. Raises LmsError if the column itself shows both ways.

    >>> sheet = Sheet.read(b'Hours,Grade\\n2.5,"85,5"', "marks.csv", lambda heads: True)
    >>> uses_comma(sheet, 1), uses_comma(sheet, 0)
    (True, False)
    """
    rows = [sheet.values(row) for row in range(1, len(sheet.rows))]
    here = _signs(cells[column] for cells in rows if column < len(cells))
    elsewhere = _signs(cell for cells in rows for cell in cells)
    if len(here) == 2:
        raise LmsError(
            f"The column “{sheet.values(0)[column]}” of {sheet.name} holds numbers with a decimal "
            "point and with a decimal comma; make them alike in the platform and export again."
        )
    signs = here or (elsewhere if len(elsewhere) == 1 else set())
    return signs == {","} if signs else sheet.delimiter == ";"


def _signs(cells: Iterable[str]) -> set[str]:
    matches = (NUMBER.fullmatch(cell.strip()) for cell in cells)
    return {match[1] for match in matches if match and match[1]}
