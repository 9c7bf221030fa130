"""Holding tables to the dictionary: each check raises one DataError, in one sentence.

Beside the Frictionless properties (type, constraints, primaryKey, foreignKeys) the
dictionary may say of a column:
`kit:partialDate` (true: a date as kit.data.spans reads it) · `kit:precisionOf` (the date column
whose precision it names) ·
`kit:notAfter` (a date column it cannot be later than) · `kit:refersTo` (resource, field
and, for several ids in one cell, a separator).

Of the members table it may say, for the charts: `kit:membersOf` (whose members they are),
`kit:dateMeans` (a sentence: what a date of accession is the date of) and `kit:howChecked` (how the
dates were checked, to follow a comma).
"""

import re

from kit.data.spans import span
from kit.data.tables import DataError


def check(tables, known):
    """Hold each Table of `tables` (dict name -> Table) to its dictionary entry.

    known: the tables that ids may refer to. Raises DataError at the first fault; an entry
    of the dictionary that itself cannot be followed is a fault too.
    """
    for table in tables.values():
        try:
            check_table(table)
            check_references(table, known)
        except (KeyError, TypeError, re.error) as error:
            raise DataError(
                f"datapackage.json: the entry for {table.where} cannot be followed ({error}); "
                "compare it with the entry in the course's own data."
            ) from None


def check_table(table):
    """Check every cell of a Table on its own, then dates within a row, then repeated ids."""
    for field in table.fields:
        for line, row in zip(table.lines, table.rows, strict=True):
            _check_cell(table, field, line, row[field["name"]])
    for line, row in zip(table.lines, table.rows, strict=True):
        _check_dates(table, line, row)
    for columns in _unique(table):
        _check_unique(table, columns)


def check_references(table, tables):
    """Check that every id a Table refers to stands in the `tables` (dict name -> Table)."""
    for column, separator, target, key in _references(table):
        if target not in tables:
            raise table.fault(1, column, f"it refers to {target}, which is no table", "mend it")
        known = {row[key] for row in tables[target].rows}
        for line, row in zip(table.lines, table.rows, strict=True):
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
    except ValueError as error:
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
    """The groups of columns whose values may stand only once."""
    for field in table.fields:
        if field.get("constraints", {}).get("unique"):
            yield [field["name"]]
    key = table.resource["schema"].get("primaryKey")
    if key:
        yield [key] if isinstance(key, str) else key


def _check_unique(table, columns):
    first = {}
    for line, row in zip(table.lines, table.rows, strict=True):
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
