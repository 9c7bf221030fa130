"""Reading the files of a case: UTF-8 texts, the dictionary and its tables."""

import csv
import io
import json
from typing import NamedTuple


class DataError(ValueError):
    """Something in a case folder is wrong; the message is one sentence with the remedy."""

    def _render_traceback_(self):
        """Let a notebook show the sentence alone."""
        return [str(self)]


class Table(NamedTuple):
    """A table as read: its file as shown to people, its dictionary entry, rows and lines.

    rows: list of dict, column -> str ("" is missing). lines: the line of the file on
    which each row starts, as an editor counts (the header is line 1).
    """

    where: str
    resource: dict
    rows: list
    lines: list

    @property
    def fields(self):
        """The dictionary's entry for each column, in order."""
        return self.resource["schema"]["fields"]

    def fault(self, line, column, what, remedy):
        """A DataError about one cell."""
        return DataError(f"{self.where}, row {line}, column {column}: {what}; {remedy}.")


def shown(folder, path):
    """A file's name for a message: its folder and its path in it, never the whole path."""
    return f"{folder.name}/{path}"


def read_bytes(folder, path):
    """The bytes of a file of the case, or a DataError that names it."""
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        raise DataError(
            f"{shown(folder, path)} is missing; put the file back or remove it from the data."
        ) from None
    except OSError as error:
        raise DataError(
            f"{shown(folder, path)} cannot be read ({error.strerror}); check the file."
        ) from None


def read_text(folder, path):
    """A UTF-8 text of the case, every character kept, or a DataError with the bad row."""
    content = read_bytes(folder, path)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{shown(folder, path)}, row {row}: the file is not UTF-8 text; "
            "save it again with the encoding UTF-8."
        ) from None


def read_dictionary(folder):
    """The case's `datapackage.json` as a dict; it has a name, every table a path and fields."""
    where = shown(folder, "datapackage.json")
    try:
        dictionary = json.loads(read_text(folder, "datapackage.json"))
        dictionary["name"]
        for resource in dictionary["resources"]:
            resource["name"], resource["path"]
            if resource["path"].endswith(".csv"):
                [field["name"] for field in resource["schema"]["fields"]]
    except json.JSONDecodeError as error:
        raise DataError(f"{where}, row {error.lineno}: not JSON ({error.msg}); mend it.") from None
    except (KeyError, TypeError) as error:
        raise DataError(
            f"{where} lacks {error}; describe each file there with name, path and fields."
        ) from None
    return dictionary


def read_table(folder, resource):
    """One table of the dictionary as a Table; its columns and row lengths are checked."""
    where = shown(folder, resource["path"])
    text = read_text(folder, resource["path"]).removeprefix("\ufeff")
    (_, header), *body = _numbered(where, text) or [(1, [])]
    _check_header(where, header, [field["name"] for field in resource["schema"]["fields"]])
    for line, cells in body:
        if len(cells) != len(header):
            raise DataError(
                f"{where}, row {line}: {len(cells)} cells under {len(header)} columns; give each "
                "column one cell, and put quotation marks around a cell with a comma in it."
            )
    rows = [dict(zip(header, cells, strict=True)) for _, cells in body]
    return Table(where, resource, rows, [line for line, _ in body])


def _numbered(where, text):
    """Pair each row of CSV text with the line on which it starts."""
    reader, rows, line = csv.reader(io.StringIO(text, newline=""), strict=True), [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"{where}, row {line}: not a row of a CSV table ({error}); mend its quotation marks."
        ) from None
    return rows


def _check_header(where, header, names):
    for name in names:
        if name not in header:
            raise DataError(
                f"{where}, row 1, column {name}: the column is missing; "
                f"the columns must be {', '.join(names)}."
            )
    for name in header:
        if name not in names or header.count(name) > 1:
            raise DataError(
                f"{where}, row 1, column {name or '(no name)'}: one column too many; "
                "remove it, or describe it in datapackage.json."
            )
