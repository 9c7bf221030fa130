"""Reads `words.toml`, what the notebooks say of a case, and holds it to what the templates ask for.

Whatever is wrong is one DataError, in one sentence that names the table and the word.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.data import Case, DataError, span
from kit.data.tables import read_text, shown
from kit.errors import KitError
from kit.words import suggestion

TEMPLATES = Path(__file__).with_name("templates")
OPTIONAL = {"silent"}
TOP = {"approach": str, "body": str, "member": str, "sides": str, "verbs_note": str}
TOP |= {"exercises": dict, "texts": dict, "verbs": list}
ROLES = ("cut", "floor", "members")
# Words that are ids of the case, one or a list of them; every other word is prose.
ONE_OF = {"text": "texts", "practice": "texts", "record": "record", "claim": "claims"}
ONE_OF |= {"proposition": "propositions"}
SOME_OF = {"records": "record", "tellings": "record", "two_records": "record"}


def read_words(case: Case) -> dict[str, Any]:
    """Return the case's `words.toml` as a dict; {} without the file.

    Raises DataError where the file is no TOML, or says what no template asks for.
    """
    if not (case.path / "words.toml").exists():
        return {}
    where = shown(case.path, "words.toml")
    try:
        words = tomllib.loads(read_text(case.path, "words.toml"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where} is not valid TOML: {error}; mend that line.") from None
    for fault in faults(case, words):
        raise DataError(f"{where}, {fault}")
    return words


def asked(notebook: str) -> dict[str, set[str]]:
    """Return the words that a notebook's template asks for; of a table also the words in it.

    >>> asked("03_rate_reliability")
    {'about_records': set(), 'records': set(), 'worked_example': set()}
    """
    source = (TEMPLATES / f"{notebook}.j2").read_text(encoding="utf-8")
    found = sorted(set(re.findall(r"\bhere\.(\w+)(?:\.(\w+))?", source)))
    tables: dict[str, set[str]] = {}
    for word, inside in found:
        tables.setdefault(word, set()).update({inside} - {""})
    return tables


def faults(case: Case, words: dict) -> Iterator[str]:
    """Yield what is wrong with the words of a case, each with the table in which it stands."""
    notebooks = sorted(path.stem for path in TEMPLATES.glob("0*.j2"))
    for name, value in words.items():
        if name in notebooks:
            yield from _in_notebook(case, name, value)
        elif name not in TOP:
            yield f"{name}: no notebook asks for it. {suggestion(name, [*TOP, *notebooks])}"
        elif not isinstance(value, TOP[name]):
            kinds = {str: "a text in quotation marks", dict: "a table", list: "a list of tables"}
            yield f"{name}: must be {kinds[TOP[name]]}; mend it."
    for name in ("texts", "exercises"):
        known = case.texts if name == "texts" else ROLES
        for id in words.get(name, {}):
            if id not in known:
                yield f"[{name}]: there is no {id!r} among {', '.join(known)}; mend that line."
    for row in words.get("verbs", []):
        if not isinstance(row, dict) or row.keys() != {"verb", "means"}:
            yield "[[verbs]]: write `verb` and `means` below each, and nothing else."


def _in_notebook(case: Case, notebook: str, words: Any) -> Iterator[str]:
    known = asked(notebook)
    if not isinstance(words, dict):
        yield f"{notebook}: must be a table; write [{notebook}] above its words."
        return
    for name, value in words.items():
        where = f"[{notebook}]"
        if name not in known:
            yield f"{where}: no template asks for {name!r}. {suggestion(name, list(known))}"
        elif not known[name]:
            yield from _value_faults(case, where, name, value)
        else:
            yield from _table_faults(case, f"[{notebook}.{name}]", known[name], value)


def _table_faults(case: Case, where: str, known: set[str], table: Any) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{where}: must be a table with {', '.join(sorted(known))}; write them below it."
        return
    for name in sorted(known ^ set(table)):
        if name in table:
            yield f"{where}: no template asks for {name!r}. {suggestion(name, list(known))}"
        elif name not in OPTIONAL:
            yield f"{where}: {name!r} is missing; add it, or take the whole table out."
    for name, value in table.items():
        yield from _value_faults(case, where, name, value)


def _value_faults(case: Case, where: str, name: str, value: Any) -> Iterator[str]:
    if name in ONE_OF:
        yield from _unknown(case, f"{where}, {name}", ONE_OF[name], [value])
    elif name in SOME_OF:
        yield from _unknown(case, f"{where}, {name}", SOME_OF[name], value)
    elif name == "nearest":
        yield from _sentences(case, where, value)
    elif name == "note_rows":
        rows = case.rows("enlargement") if "enlargement" in case.table_names else []
        if not (isinstance(value, list) and len(value) == 3 and set(value) <= {*range(len(rows))}):
            yield f"{where}, note_rows: must be three numbers of rows of the members, from 0."
    elif name == "day":
        try:
            span(value)
        except KitError as error:
            yield f"{where}, day: {error}."
    elif not isinstance(value, int if name == "year" else str):
        wanted = "a year such as 2021" if name == "year" else "a text in quotation marks"
        yield f"{where}, {name}: must be {wanted}; mend it."


def _unknown(case: Case, where: str, table: str, ids: Any) -> Iterator[str]:
    rows = [] if table == "texts" else case.rows(table)
    known = list(case.texts) if table == "texts" else [next(iter(row.values())) for row in rows]
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        yield f"{where}: must be ids in quotation marks; mend it."
        return
    for id in ids:
        if id not in known:
            yield f"{where}: there is no {id!r} in the {table}. {suggestion(id, known)}"


def _sentences(case: Case, where: str, nearest: Any) -> Iterator[str]:
    if not isinstance(nearest, dict) or nearest.keys() - case.texts.keys():
        yield f"{where}, nearest: must give the number of a sentence for texts of the case."
        return
    for text, number in nearest.items():
        count = len(case.sentences_of(text))
        if not isinstance(number, int) or not 1 <= number <= count:
            yield f"{where}, nearest: {text} has the sentences 1 to {count}, not {number!r}."
