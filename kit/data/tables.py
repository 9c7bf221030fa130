"""Reading the files of a case, and holding its tables to the dictionary, `datapackage.json`.

Whatever is wrong is one DataError, in one sentence. Beside the Frictionless properties (type,
constraints, primaryKey, foreignKeys) the dictionary may say of a column:
`kit:partialDate` (true: a date as kit.data.spans reads it) · `kit:precisionOf` (the date column
whose precision it names) · `kit:notAfter` (a date column it cannot be later than) ·
`kit:refersTo` (resource, field and, for several ids in one cell, a separator).

Of the members table it may say, for the charts: `kit:membersOf` (whose members they are),
`kit:dateMeans` (a sentence: what a date of accession is the date of) and `kit:howChecked` (how the
dates were checked, to follow a comma).
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kit.data.spans import span
from kit.errors import KitError


class DataError(KitError):
    """Something in a case folder is wrong; the message is one sentence with the remedy."""


class Table(NamedTuple):
    """A table as read: its file as shown to people, its dictionary entry, rows and lines.

    rows: list of dict, column -> str ("" is missing). lines: the line of the file on
    which each row starts, as an editor counts (the header is line 1).
    """

    where: str
    resource: dict
    rows: list[dict[str, str]]
    lines: list[int]

    @property
    def fields(self) -> list[dict]:
        """The dictionary's entry for each column, in order."""
        return self.resource["schema"]["fields"]

    @property
    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line."""
        return zip(self.lines, self.rows, strict=True)

    def fault(self, line: int, column: str, what: str, remedy: str) -> DataError:
        """Return a DataError about one cell."""
        return DataError(f"{self.where}, row {line}, column {column}: {what}; {remedy}.")


def shown(folder: Path, path: str) -> str:
    """Return a file's name for a message: its folder and its path in it, never the whole path."""
    return f"{folder.name}/{path}"


def read_bytes(folder: Path, path: str) -> bytes:
    """Return the bytes of a file of the case, or a DataError that names it."""
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


def read_text(folder: Path, path: str) -> str:
    """Return a UTF-8 text of the case, every character kept, or a DataError with the bad row."""
    content = read_bytes(folder, path)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{shown(folder, path)}, row {row}: the file is not UTF-8 text; "
            "save it again with the encoding UTF-8."
        ) from None


def read_dictionary(folder: Path) -> dict:
    """Return the case's `datapackage.json`; it has a name, every table a path and fields."""
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


def read_table(folder: Path, resource: dict) -> Table:
    """Return one table of the dictionary; its columns and row lengths are checked."""
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


def _numbered(where: str, text: str) -> list[tuple[int, list[str]]]:
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


def _check_header(where: str, header: list[str], names: list[str]) -> None:
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


def check(tables: dict[str, Table], known: dict[str, Table]) -> None:
    """Hold each table, by its name, to its dictionary entry.

    known: the tables that ids may refer to. Raises DataError at the first fault; an entry
    of the dictionary that itself cannot be followed is a fault too.
    """
    for table in tables.values():
        try:
            _check_table(table)
            _check_references(table, known)
        except (KeyError, TypeError, re.error) as error:
            raise DataError(
                f"datapackage.json: the entry for {table.where} cannot be followed ({error}); "
                "compare it with the entry in the course's own data."
            ) from None


def _check_table(table: Table) -> None:
    for field in table.fields:
        for line, row in table.numbered:
            _check_cell(table, field, line, row[field["name"]])
    for line, row in table.numbered:
        _check_dates(table, line, row)
    for columns in _unique(table):
        _check_unique(table, columns)


def _check_references(table: Table, tables: dict[str, Table]) -> None:
    for column, separator, target, key in _references(table):
        if target not in tables:
            raise table.fault(1, column, f"it refers to {target}, which is no table", "mend it")
        known = {row[key] for row in tables[target].rows}
        for line, row in table.numbered:
            for value in row[column].split(separator) if separator else [row[column]]:
                if row[column] and value not in known:
                    raise table.fault(
                        line,
                        column,
                        f'"{value}" is not in {tables[target].where}',
                        f"use a {key} that is there, or add its row there",
                    )


def _check_cell(table, field, line, value):
    limits = field.get("constraints", {})
    fault = None
    if value == "":
        fault = limits.get("required") and ("the cell is empty", "fill it in")
    elif field.get("kit:partialDate") and _date_fault(value):
        fault = _date_fault(value)
    elif "enum" in limits and value not in limits["enum"]:
        fault = (f'"{value}" is not an allowed value', f"use one of {', '.join(limits['enum'])}")
    elif field.get("type") == "integer":
        fault = _integer_fault(value, limits)
    elif "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        fault = (
            f'"{value}" does not have the form asked for',
            f"write it like {field.get('example')}",
        )
    if fault:
        raise table.fault(line, field["name"], *fault)


def _date_fault(value):
    try:
        span(value)
    except KitError as error:
        return str(error).rsplit("; ", 1)
    return None


def _integer_fault(value, limits):
    low, high = limits.get("minimum", 0), limits.get("maximum", float("inf"))
    if re.fullmatch(r"-?\d{1,9}", value) and low <= int(value) <= high:
        return None
    upto = f" to {high}" if "maximum" in limits else " or more"
    return f'"{value}" is not an allowed number', f"write a whole number, {low}{upto}"


def _check_dates(table, line, row):
    for field in table.fields:
        name, value = field["name"], row[field["name"]]
        dated, later = row.get(field.get("kit:precisionOf")), row.get(field.get("kit:notAfter"))
        if dated and value != span(dated).precision:
            raise table.fault(
                line,
                name,
                f'"{value}" is not the precision of {dated}',
                f"write {span(dated).precision}, or give the date as exactly as that",
            )
        if value and later and span(value).start > span(later).end:
            raise table.fault(
                line,
                name,
                f"{value} is later than the {field['kit:notAfter']} {later}",
                "correct one of the two dates",
            )


def _unique(table):
    for field in table.fields:
        if field.get("constraints", {}).get("unique"):
            yield [field["name"]]
    key = table.resource["schema"].get("primaryKey")
    if key:
        yield [key] if isinstance(key, str) else key


def _check_unique(table, columns):
    first = {}
    for line, row in table.numbered:
        value = tuple(row[column] for column in columns)
        if value in first:
            raise table.fault(
                line,
                columns[0],
                f'"{", ".join(value)}" already stands in row {first[value]}',
                "give each row its own",
            )
        first[value] = line


def _references(table):
    """Each reference as (column, separator or None, table referred to, its column)."""
    for link in table.resource["schema"].get("foreignKeys", []):
        yield link["fields"], None, link["reference"]["resource"], link["reference"]["fields"]
    for field in table.fields:
        if "kit:refersTo" in field:
            link = field["kit:refersTo"]
            yield field["name"], link.get("separator"), link["resource"], link["field"]
