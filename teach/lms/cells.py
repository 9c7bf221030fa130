"""A table file, cell by cell as it lies on the disk: what is not filled keeps every byte.

The csv module forgets how a file was written (which cells were quoted, how lines ended). Here
every cell keeps the text it had in the file, and only a cell that is filled gets a new one.

>>> raw = 'name;mark\\r\\n"Müller; Eva";\\n'.encode()
>>> sheet = Sheet.read(raw, "export.csv", lambda heads: "mark" in heads)
>>> sheet.values(1)
['Müller; Eva', '']
>>> sheet.filled({(1, 1): "85,5"}).decode()
'name;mark\\r\\n"Müller; Eva";85,5\\n'
"""

import codecs
import re
from typing import NamedTuple

DELIMITERS = (",", ";", "\t")
MARKS = {  # the bytes a file may begin with, and what they say about the rest
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class LmsError(Exception):
    """A file cannot be filled and nothing was written; the message is one sentence."""


class Row(NamedTuple):
    """A row as it lies in the file: its cells with their quotes, its line end, its first line."""

    cells: list
    end: str
    line: int


class Sheet:
    """A table file.

    rows: list of Row, the blank ones too. mark: the bytes before the text, b"" if there are none.
    name: the file's, for messages.
    """

    def __init__(self, name, mark, encoding, delimiter, rows):
        """Hold what `read` found."""
        self.name, self.mark, self.delimiter, self.rows = name, mark, delimiter, rows
        self._encoding = encoding

    @classmethod
    def read(cls, raw, name, *fits):
        """Return the Sheet in the bytes `raw`.

        fits: each takes the values of the first row and says if they are the heads looked for;
        the first that holds, however the row is cut, tells the delimiter. Raises LmsError if
        none does, or a quote stays open.
        """
        mark, encoding, text = _decoded(raw, name)
        tops = {cut: top for cut in DELIMITERS if (top := _top(text, cut, name)) is not None}
        cuts = [cut for fit in fits for cut, top in tops.items() if fit(top)]
        if not cuts:
            raise LmsError(
                f"The first line of {name} does not hold the column heads looked for, whether cut "
                "at commas, semicolons or tabs; name the file as it was exported."
            )
        return cls(name, mark, encoding, cuts[0], list(_rows(text, cuts[0], name)))

    def values(self, number):
        """The values of row `number` (0 is the first): what the cells say, without their quotes."""
        return [value(cell) for cell in self.rows[number].cells]

    def raw(self):
        """Each row as a list of its cells as they lie in the file, and its line end."""
        return [[*row.cells, row.end] for row in self.rows]

    def is_blank(self, number):
        """Is row `number` an empty line?"""
        return not "".join(self.rows[number].cells).strip()

    def filled(self, values):
        """The file's bytes with new values in some cells: {(row, column): text}.

        A cell that was quoted stays quoted. Without values they are the bytes that were read.
        """
        rows = self.raw()
        for (row, column), text in values.items():
            rows[row][column] = self._written(text, rows[row][column])
        text = "".join(self.delimiter.join(cells) + end for *cells, end in rows)
        return self.mark + text.encode(self._encoding, _errors(self._encoding))

    def _written(self, text, before):
        """`text` as a cell of this file, in quotes if the cell was, or if it needs them."""
        if not before.startswith('"') and not re.search(f'["\r\n{self.delimiter}]', text):
            return text
        return '"' + text.replace('"', '""') + '"'


def value(cell):
    """What a cell says, without its quotes.

    >>> value('"Kim ""Jo"", Eva"')
    'Kim "Jo", Eva'
    """
    if not cell.startswith('"'):
        return cell
    inside, rest = re.fullmatch(r'"((?:[^"]|"")*+)"(.*)', cell, re.DOTALL).groups()
    return inside.replace('""', '"') + rest


def _decoded(raw, name):
    """The byte-order mark of a file, its encoding and its text.

    Without a mark it is UTF-8, or else cp1252: a byte that cp1252 lacks is kept as it is, so a
    file in another one-byte encoding comes back unchanged too (its names then only match names
    of a file in the same encoding). Zero bytes without a mark are UTF-16 of unknown byte order.
    """
    mark = next((mark for mark in MARKS if raw.startswith(mark)), b"")
    if not mark and b"\0" in raw:
        raise LmsError(f"{name} holds zero bytes and no mark of its encoding; save it as UTF-8.")
    encoding = MARKS.get(mark, "utf-8")
    try:
        return mark, encoding, raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        if mark:
            raise LmsError(
                f"{name} begins as {encoding} and goes on as something else; export it again."
            ) from None
    return b"", "cp1252", raw.decode("cp1252", _errors("cp1252"))


def _top(text, delimiter, name):
    """The values of the first row, cut at `delimiter`; None where that cannot be."""
    try:
        return [value(cell) for cell in next(_rows(text, delimiter, name)).cells]
    except (LmsError, StopIteration):
        return None


def _errors(encoding):
    return "surrogateescape" if encoding == "cp1252" else "strict"


def _rows(text, delimiter, name):
    """Yield the rows of a text; raise LmsError at a quote that is never closed."""
    plain = rf"[^{delimiter}\r\n]*+"
    cell = re.compile(rf'("(?:[^"]|"")*+"{plain}|(?!"){plain})({delimiter}|\r\n|\r|\n|\Z)')
    place, line, cells = 0, 1, []
    start = line
    while place < len(text) or cells:
        found = cell.match(text, place)
        if not found:
            raise LmsError(
                f"{name}, line {line}: a quotation mark is opened and never closed; close it."
            )
        cells.append(found[1])
        place, line = found.end(), line + _line_ends(found[0])
        if found[2] != delimiter:
            yield Row(cells, found[2], start)
            cells, start = [], line


def _line_ends(text):
    return text.count("\n") + text.count("\r") - text.count("\r\n")
