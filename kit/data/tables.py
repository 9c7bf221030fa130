"""Reading the files of a case, and holding its tables to the dictionary, `datapackage.json`.

Whatever is wrong is one DataError, in one sentence. Beside the Frictionless properties (type,
constraints, primaryKey, foreignKeys) the dictionary may say of a column:
`kit:partialDate` (true: a date as kit.data.spans reads it) · `kit:precisionOf` (the date column
whose precision it names) · `kit:notAfter` (a date column it cannot be later than) ·
`kit:refersTo` (resource, field and, for several ids in one cell, a separator) ·
`kit:mostWords` (how many words it may have).

Of the members table it may say, for the charts: `kit:membersOf` (whose members they are),
`kit:dateMeans` (a sentence: what a date of accession is the date of) and `kit:howChecked` (how the
dates were checked, to follow a comma).
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kit.data.spans import span
from kit.errors import KitError

Fault = tuple[int, str, str, str]  # line and column of a cell, what is wrong there, the remedy


class DataError(KitError):
    """Something in a case folder is wrong; the message is one sentence with the remedy."""


class Table(NamedTuple):
    """A table as read.

    where: its file as shown to people. resource: its dictionary entry. rows: column -> text ("" is
    missing). lines: where each row starts, as an editor counts (the header is line 1).
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


def read_text(folder: Path, path: str) -> str:
    """Return a UTF-8 text of the case, every character kept, or a DataError that names the file."""
    try:
        return (folder / path).read_bytes().decode("utf-8")
    except FileNotFoundError:
        fault = " is missing; put the file back or remove it from the data."
    except OSError as error:
        fault = f" cannot be read ({error.strerror}); check the file."
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        fault = f", row {row}: the file is not UTF-8 text; save it again with the encoding UTF-8."
    raise DataError(shown(folder, path) + fault)


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
        remedy = "describe each file there with name, path and fields"
        raise DataError(f"{where} lacks {error}; {remedy}.") from None
    return dictionary


def read_table(folder: Path, resource: dict) -> Table:
    """Return one table of the dictionary; its columns and row lengths are checked."""
    table = Table(shown(folder, resource["path"]), resource, [], [])
    text = read_text(folder, resource["path"]).removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        _check_header(table, header)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                raise DataError(
                    f"{table.where}, row {line}: {len(cells)} cells under {len(header)} columns; "
                    "give each column one cell, and put quotation marks around a cell with a comma "
                    "in it."
                )
            table.rows.append(dict(zip(header, cells, strict=True)))
            table.lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        fault = f"not a row of a CSV table ({error}); mend its quotation marks."
        raise DataError(f"{table.where}, row {line}: {fault}") from None
    return table


def _check_header(table: Table, header: list[str]) -> None:
    names = [field["name"] for field in table.fields]
    for name in names:
        if name not in header:
            remedy = f"the columns must be {', '.join(names)}"
            raise table.fault(1, name, "the column is missing", remedy)
    for name in header:
        if name not in names or header.count(name) > 1:
            remedy = "remove it, or describe it in datapackage.json"
            raise table.fault(1, name or "(no name)", "one column too many", remedy)


def check(tables: dict[str, Table], known: dict[str, Table]) -> None:
    """Hold each table, by its name, to its dictionary entry.

    known: the tables that ids may refer to. Raises DataError at the first fault; an entry
    of the dictionary that itself cannot be followed is a fault too.
    """
    for table in tables.values():
        try:
            for fault in faults(table, known):
                raise table.fault(*fault)
        except (KeyError, TypeError, re.error) as error:
            raise DataError(
                f"datapackage.json: the entry for {table.where} cannot be followed ({error}); "
                "compare it with the entry in the course's own data."
            ) from None


def faults(table: Table, known: dict[str, Table]) -> Iterator[Fault]:
    """Yield each fault of a table by its dictionary entry; known: as for `check`."""
    for field in table.fields:
        for line, row in table.numbered:
            if fault := _cell_fault(field, row[field["name"]]):
                yield line, field["name"], *fault
    for line, row in table.numbered:
        yield from _date_faults(table, line, row)
    unique = [f["name"] for f in table.fields if f.get("constraints", {}).get("unique")]
    for columns in [*unique, table.resource["schema"].get("primaryKey")]:
        if columns:
            yield from _twice(table, [columns] if isinstance(columns, str) else columns)
    yield from _reference_faults(table, known)


def _reference_faults(table, tables):
    links = {f["name"]: f["kit:refersTo"] for f in table.fields if "kit:refersTo" in f}
    for link in table.resource["schema"].get("foreignKeys", []):
        links[link["fields"]] = link["reference"] | {"field": link["reference"]["fields"]}
    for column, link in links.items():
        target, key, separator = link["resource"], link["field"], link.get("separator")
        if target not in tables:
            yield 1, column, f"it refers to {target}, which is no table", "mend it"
            continue
        known = {row[key] for row in tables[target].rows}
        for line, row in table.numbered:
            for value in row[column].split(separator) if separator else [row[column]]:
                if row[column] and value not in known:
                    what = f'"{value}" is not in {tables[target].where}'
                    remedy = f"use a {key} that is there, or add its row there"
                    yield line, column, what, remedy


def _cell_fault(field, value):
    """What is wrong with a cell, and the remedy; None if nothing is."""
    limits = field.get("constraints", {})
    if value == "":
        return ("the cell is empty", "fill it in") if limits.get("required") else None
    most = field.get("kit:mostWords")
    if most and len(value.split()) > most:
        return f"{len(value.split())} words are too many here", f"keep {most} at most"
    if field.get("kit:partialDate"):
        try:
            span(value)
        except KitError as error:
            return str(error).rsplit("; ", 1)
    if "enum" in limits and value not in limits["enum"]:
        return f'"{value}" is not an allowed value', f"use one of {', '.join(limits['enum'])}"
    if field.get("type") == "integer":
        low, high = limits.get("minimum", 0), limits.get("maximum", float("inf"))
        if not re.fullmatch(r"-?\d{1,9}", value) or not low <= int(value) <= high:
            numbers = f"{low} to {high}" if "maximum" in limits else f"{low} or more"
            return f'"{value}" is not an allowed number', f"write a whole number, {numbers}"
    elif "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        remedy = f"write it like {field.get('example')}"
        return f'"{value}" does not have the form asked for', remedy
    return None


def _date_faults(table, line, row):
    for field in table.fields:
        name, value = field["name"], row[field["name"]]
        dated = _date(row.get(field.get("kit:precisionOf")))
        when, later = _date(value), _date(row.get(field.get("kit:notAfter")))
        if dated and value != dated.precision:
            what = f'"{value}" is not the precision of {dated.text}'
            remedy = f"write {dated.precision}, or give the date as exactly as that"
            yield line, name, what, remedy
        if when and later and when.start > later.end:
            what = f"{value} is later than the {field['kit:notAfter']} {later.text}"
            yield line, name, what, "correct one of the two dates"


def _date(text):
    """The Span of a cell; None for what is none, of which `_cell_fault` speaks."""
    with suppress(KitError):
        return span(text) if text else None


def _twice(table, columns):
    first = {}
    for line, row in table.numbered:
        value = tuple(row[column] for column in columns)
        if first.setdefault(value, line) != line:
            what = f'"{", ".join(value)}" already stands in row {first[value]}'
            yield line, columns[0], what, "give each row its own"
