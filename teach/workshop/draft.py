"""The draft of a case: the plain tables that an author's journal gives, however far it has come.

The journal's ids are `table/row/column`, such as `record/R01/who`; `-` is the row of the case
itself. Whatever follows from what was entered is worked out here and never typed: sums, lengths,
offsets, and the number of the next row.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.journal import Journal

DICTIONARY = Path(__file__).with_name("dictionary.json")
TEXT = ("name", "text", "address", "licence", "look_for")  # of a text, beside what it prints
CASE = ("title", "question", "size", "licence", "by", "members_of", "date_means")
PREFIXES = {"record": "R", "claims": "C", "propositions": "P", "enlargement": ""}
Row = dict[str, str]


@dataclass(frozen=True)
class Draft:
    """A case as it stands: tables of rows (column -> text, "" is missing), none of them checked.

    case: what is said of the whole. texts: id and what the author entered of each, the text itself
    byte for byte. verdicts: the key's table of claims. types: {claim: "fact", "opinion" or
    "hedge"}, where the author says what its sentence does. words: {exercise: {field: other words}}.
    prose: {notebook: {entry: what `words.toml` is to say}}.
    The other tables have the columns of a case's tables, with what follows from others filled in.
    """

    case: Row
    texts: list[Row]
    sources: list[Row]
    propositions: list[Row]
    claims: list[Row]
    verdicts: list[Row]
    stances: list[Row]
    record: list[Row]
    enlargement: list[Row]
    ratings: list[Row]
    types: Row
    words: dict[str, dict[str, str]]
    prose: dict[str, dict[str, Any]]

    @property
    def names(self) -> dict[str, str]:
        """How pages call each text, by its id."""
        return {row["text_id"]: row["name"] or row["text_id"].capitalize() for row in self.texts}


def columns(part: str, table: str) -> list[str]:
    """Return the columns that a table may have; part: "case" or "key".

    >>> columns("key", "stances")
    ['proposition_id', 'text_id', 'stance', 'expert_note']
    """
    return [field["name"] for field in dictionary()[part][table]["schema"]["fields"]]


@cache
def dictionary() -> dict[str, dict[str, dict]]:
    """Return what every case's dictionary says: {"case" or "key": {table: its entry}}."""
    parts = json.loads(DICTIONARY.read_text(encoding="utf-8"))
    return {part: {entry["name"]: entry for entry in tables} for part, tables in parts.items()}


def read_draft(path: Path) -> Draft:
    """Return the draft that a journal holds; raise KitError if there is none."""
    if not path.is_file():
        raise KitError(f"There is no file {path.name} with a draft; look where you saved it.")
    return draft_of(Journal(path).state())


def draft_of(state: Mapping[str, Any]) -> Draft:
    """Return the draft that the state of a journal gives, whatever is missing or odd in it.

    state: {"table/row/column": value}; what has another form or an unknown table is passed over.

    >>> draft = draft_of({"texts/blog/text": "He asked.", "claims/C01/quote": "asked"})
    >>> draft.sources[0]["word_count"], draft.claims[0]["start"]
    ('2', '')
    >>> draft.claims[0]["claim_id"], draft.record
    ('C01', [])
    """
    tree = _tree(state)
    texts = _rows(tree, "texts", "text_id", [*TEXT, *columns("case", "sources")])
    texts = [row | {"text": _text(tree["texts"][row["text_id"]].get("text"))} for row in texts]
    said = _rows(
        tree, "claims", "claim_id", [*columns("case", "claims"), *columns("key", "claims")]
    )
    propositions = _rows(tree, "propositions", "proposition_id", ["proposition", "about"])
    by_id = {row["text_id"]: row["text"] for row in texts}
    return Draft(
        case=_row(tree.get("case", {}).get("-", {}), CASE),
        texts=[_only(row, ["text_id", *TEXT]) for row in texts],
        sources=[_only(row | _measured(row), columns("case", "sources")) for row in texts],
        propositions=propositions,
        claims=[_only(row | _placed(row, by_id), columns("case", "claims")) for row in said],
        verdicts=[_only(row | _listed(row), columns("key", "claims")) for row in said],
        stances=_stances(tree, [row["proposition_id"] for row in propositions], list(by_id)),
        record=_rows(tree, "record", "record_id", columns("case", "record")),
        enlargement=_members(tree),
        ratings=_rows(tree, "ratings", "text_id", columns("key", "ratings")),
        types={id: _text(cells.get("type")) for id, cells in tree.get("claims", {}).items()},
        prose=tree.get("notebooks", {}),
        words={id: _words(fields) for id, fields in tree.get("words", {}).items()},
    )


def next_id(state: Mapping[str, Any], table: str) -> str:
    """Return the id for a new row of `record`, `claims`, `propositions` or `enlargement`.

    >>> next_id({"record/R07/who": "a mayor"}, "record"), next_id({}, "propositions")
    ('R08', 'P1')
    """
    prefix = PREFIXES[table]
    ids = _tree(state).get(table, {})
    numbers = [int(id.removeprefix(prefix)) for id in ids if re.fullmatch(rf"{prefix}\d+", id)]
    width = 2 if table in ("record", "claims") else 1
    return f"{prefix}{max(numbers, default=0) + 1:0{width}}"


def _tree(state: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """The state as {table: {row: {column: value}}}; a row may have been given whole, as a dict."""
    tree: dict[str, dict[str, dict[str, Any]]] = {}
    for id, value in state.items():
        table, _, rest = id.partition("/")
        row, _, column = rest.partition("/")
        cells = {column: value} if column else value
        if row and "/" not in column and isinstance(cells, dict):
            tree.setdefault(table, {}).setdefault(row, {}).update(cells)
    return tree


def _rows(tree, table: str, key: str, names: Iterable[str]) -> list[Row]:
    wanted = [name for name in dict.fromkeys(names) if name != key]
    return [{key: id} | _row(cells, wanted) for id, cells in tree.get(table, {}).items()]


def _row(cells: Mapping[str, Any], names: Iterable[str]) -> Row:
    """The cells of a row, each on one line; only quoted words keep the lines of their text."""
    return {
        name: _text(cells.get(name)).strip() if name == "quote" else _line(cells.get(name))
        for name in names
    }


def _only(row: Row, names: Iterable[str]) -> Row:
    return {name: row[name] for name in names}


def _text(value: Any) -> str:
    """A value of the journal as a table has it: text that a file can hold."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(_text, value))
    text = value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    return text.encode("utf-8", "replace").decode("utf-8")


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def _words(fields: Mapping[str, Any]) -> Row:
    """Other words for the fields of an exercise; a list of them as one text, one a line."""
    lines = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    return {name: "\n".join(map(_text, each)) for name, each in lines.items()}


def _measured(row: Row) -> Row:
    text = row["text"]
    return {
        "file": f"texts/{row['text_id']}.txt",
        "word_count": str(len(text.split())),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _placed(row: Row, texts: Mapping[str, str]) -> Row:
    """Where the quote of a claim stands: there, of all its places, that is nearest to the click."""
    text, quote = texts.get(row["text_id"], ""), row["quote"]
    clicked = int(row["start"]) if re.fullmatch(r"\d{1,9}", row["start"], re.ASCII) else 0
    places = [found.start() for found in re.finditer(re.escape(quote), text)] if quote else []
    if not places:
        return {"start": "", "end": ""}
    start = min(places, key=lambda place: abs(place - clicked))
    return {"start": str(start), "end": str(start + len(quote))}


def _listed(row: Row) -> Row:
    ids = dict.fromkeys(re.findall(r"[^\s;,]+", row["record_ids"]))
    return {"record_ids": ";".join(ids)}


def _stances(tree, propositions: list[str], texts: list[str]) -> list[Row]:
    """A row for each stance that was given, proposition by proposition and text by text."""
    given = tree.get("stances", {})
    notes = {
        id: _line(cells.get("expert_note")) for id, cells in tree.get("propositions", {}).items()
    }
    return [
        {"proposition_id": p, "text_id": t, "stance": stance, "expert_note": notes[p]}
        for p in propositions
        for t in texts
        if (stance := _line(given.get(p, {}).get(t)))
    ]


def _members(tree) -> list[Row]:
    rows = tree.get("enlargement", {}).values()
    return [_row(cells, columns("case", "enlargement")) for cells in rows]
