"""The door to a case folder: `load` reads it, checks it and returns a Case."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.data.tables import DataError, Table, check, read_dictionary, read_table, read_text, shown
from kit.data.texts import Sentence, split
from kit.words import suggestion

if TYPE_CHECKING:
    from pandas import DataFrame

# The tables of a case and the columns the kit relies on; a case may have more columns, and need not
# count anything that grows: it may do without the table `enlargement`.
TABLES = {
    "sources": "text_id file word_count sha256 title_as_printed site_as_printed author_as_printed "
    "date_as_printed",
    "enlargement": "country accession_date",
    "record": "record_id event_date told_date who witness what_happened short_quote kind "
    "source_title source_url verification seen_as notes",
    "propositions": "proposition_id proposition about",
    "claims": "claim_id text_id start end quote about_date proposition_id",
}
KEY_TABLES = {
    "stances": "proposition_id text_id stance",
    "claims": "claim_id verdict record_ids",
    "ratings": "text_id admiralty_source admiralty_information no_earlier_than",
}
_PACKAGE = Path(__file__).resolve().parent.parent


def load(path: str | Path | None = None, key_path: str | Path | None = None) -> "Case":
    """Read and check a case folder.

    path: the folder (default: the `data/` beside the package). The key lies in the folder's own
    `key/`. The data beside the package may have theirs in the package instead, out of learners'
    way; it counts only if it is named after them. key_path: a folder with another key to take.
    Raises DataError, in one sentence that names file, row, column and the remedy.

    >>> load().rows("enlargement")[12]["country"]
    'Greece'
    """
    folder = _PACKAGE.parent / "data" if path is None else Path(path).resolve()
    if not folder.is_dir():
        what = f"There is no folder {folder.name}"
        raise DataError(f"{what}; name one with a datapackage.json in it.")
    dictionary = read_dictionary(folder)
    tables = _tables(folder, dictionary, TABLES)
    check(tables, tables)
    texts = {row["text_id"]: read_text(folder, row["file"]) for row in tables["sources"].rows}
    _check_texts(folder, tables["sources"], texts)
    for fault in quote_faults(tables["claims"], texts):
        raise tables["claims"].fault(*fault)
    key = _load_key(Path(key_path or folder / "key"), tables)
    if key is None and key_path:
        raise DataError(f"There is no key in {key_path}; name a folder with a key's files.")
    if key is None and path is None:
        key = _load_key(_PACKAGE / "key", tables, of=dictionary["name"])
    return Case(folder, tables, dictionary, texts, key)


@dataclass(eq=False, repr=False)
class Tables:
    """Checked tables by name: rows as dicts, or pandas frames."""

    path: Path
    _tables: dict[str, Table]

    @property
    def table_names(self) -> list[str]:
        """The names that `rows` knows."""
        return list(self._tables)

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return a table's rows (column -> text, "" is missing); DataError for an unknown table."""
        return _pick(self._tables, name, "table").rows

    def _frame(self, name: str) -> "DataFrame":
        """A table as a DataFrame: whole numbers as int, all else as text, "" is missing.

        Each row is labelled by its id (a primary key such as record_id), which stays a column too.
        Its attrs are what the dictionary says of the whole table under names with "kit:".
        """
        import pandas

        table = _pick(self._tables, name, "table")
        kinds = {f["name"]: int if f.get("type") == "integer" else str for f in table.fields}
        frame = pandas.DataFrame(table.rows, columns=list(kinds)).astype(kinds)
        key = table.resource["schema"].get("primaryKey")
        if str(key).endswith("_id"):  # without a name, or merge and sort_values could mean both
            frame = frame.set_index(key, drop=False).rename_axis(None)
        frame.attrs = {k: v for k, v in table.resource.items() if k.startswith("kit:")}
        return frame


def _table(name: str) -> "cached_property[DataFrame]":
    return cached_property(lambda tables: tables._frame(name))


@dataclass(eq=False, repr=False)
class Case(Tables):
    """One disputed question with its texts, tables, exercises and, if there is one, its key.

    path: the folder. texts: by their ids. dictionary: the folder's `datapackage.json` as read,
    which describes the tables column by column. By text id too: described, what it says of the
    text's file; names, how pages and charts call the text.
    """

    dictionary: dict
    texts: dict[str, str]
    key: "Key | None"

    def __post_init__(self) -> None:
        self.title = self.dictionary.get("title", self.path.name)
        self.question = self.dictionary.get("kit:question", "")
        self.exercises_path = self.path / "exercises.toml"
        said = {each.get("path"): each for each in self.dictionary["resources"]}
        self.described = {row["text_id"]: said.get(row["file"], {}) for row in self.rows("sources")}
        self.names = {id: of.get("kit:name", id.capitalize()) for id, of in self.described.items()}

    def __repr__(self) -> str:
        """Say what the case holds, without its path."""
        return f"<Case {self.title!r}: {len(self.texts)} texts, {len(self.rows('record'))} records>"

    def text(self, text_id: str) -> str:
        """Return a text; DataError for an unknown one says which may be meant."""
        return _pick(self.texts, text_id, "text")

    def sentences_of(self, text_id: str) -> list[Sentence]:
        """Return the sentences of a text, numbered from 1, headings included.

        >>> load().sentences_of("blog")[2].text[:30]
        'While his current rhetoric str'
        """
        return list(split(self.text(text_id)))

    @cached_property
    def sentences(self) -> "DataFrame":
        """The sentences of all texts: `text_id`, `number`, `start`, `end`, `text`.

        >>> len(load().sentences)
        196
        """
        import pandas

        rows = [(id, *sentence) for id in self.texts for sentence in self.sentences_of(id)]
        return pandas.DataFrame(rows, columns=["text_id", *Sentence._fields])

    @property
    def alike(self) -> list[list[str]]:
        """Groups of words that stand for one another where the record is searched."""
        return self._tables["record"].resource.get("kit:alike", [])

    @cached_property
    def record_ids(self) -> frozenset[str]:
        """The ids of the record's rows."""
        return frozenset(row["record_id"] for row in self.rows("record"))

    sources = _table("sources")  # what each text prints about itself
    enlargement = _table("enlargement")  # the members and their dates of accession, if counted
    record = _table("record")  # the dated moments that bear on the question
    propositions = _table("propositions")  # what the texts argue about
    claims = _table("claims")  # the texts' claims, quoted, with their offsets


class Key(Tables):
    """The editors' own stances, verdicts, ratings and answers; for teachers."""

    def __repr__(self) -> str:
        """Name the key without printing it."""
        return "<Key>"

    stances = _table("stances")  # of each text on each proposition
    claims = _table("claims")  # the verdict on each claim, with records and reason
    ratings = _table("ratings")  # of each text, with reasons

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers to the exercises by id, from answers.toml ({} without the file)."""
        if not (self.path / "answers.toml").exists():
            return {}
        try:
            return tomllib.loads(read_text(self.path, "answers.toml"))
        except tomllib.TOMLDecodeError as error:
            where = shown(self.path, "answers.toml")
            raise DataError(f"{where} is not valid TOML: {error}; mend that line.") from None


def _pick(things: dict[str, Any], name: str, kind: str) -> Any:
    if name not in things:
        raise DataError(f"There is no {kind} called “{name}”. {suggestion(name, things)}")
    return things[name]


def _tables(folder: Path, dictionary: dict, needed: dict) -> dict[str, Table]:
    described = {resource["name"]: resource for resource in dictionary["resources"]}
    needed = {name: needed[name] for name in needed if name in described or name != "enlargement"}
    for name, columns in needed.items():
        fields = described.get(name, {}).get("schema", {}).get("fields", [])
        for column in columns.split():
            if column not in (field["name"] for field in fields):
                where = shown(folder, "datapackage.json")
                raise DataError(f"{where} describes no column {column} of {name}; add it there.")
    return {name: read_table(folder, described[name]) for name in needed}


def _load_key(folder: Path, tables: dict[str, Table], of: str | None = None) -> Key | None:
    """Return the Key in a folder; None if there is none, or not the one of the case named `of`."""
    if not (folder / "datapackage.json").exists():
        return None
    dictionary = read_dictionary(folder)
    if of and dictionary["name"] != f"{of}-key":
        return None
    key = _tables(folder, dictionary, KEY_TABLES)
    check(key, tables)
    return Key(folder, key)


def _check_texts(folder: Path, sources: Table, texts: dict[str, str]) -> None:
    for line, row in sources.numbered:
        text = texts[row["text_id"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            what = f"{shown(folder, row['file'])} is not the text described here"
            remedy = "put the original file back, byte for byte, or give the sum of the new one"
            raise sources.fault(line, "sha256", what, remedy)
        words = len(text.split())
        if words != int(row["word_count"]):
            what = f"{row['file']} has {words} words"
            raise sources.fault(line, "word_count", what, f"write {words}")


def quote_faults(claims: Table, texts: dict[str, str]) -> Iterator[tuple[int, str, str, str]]:
    """Yield a fault, as tables.faults does, for each quote that is not where its row says."""
    for line, row in claims.numbered:
        text, quote, ends = texts.get(row["text_id"], ""), row["quote"], (row["start"], row["end"])
        if not all(map(str.isdecimal, ends)) or text[slice(*map(int, ends))] != quote:
            place = text.find(quote)
            there = f"it starts at {place} and ends at {place + len(quote)}"
            remedy = there if place >= 0 else "copy the quote from the text, letter by letter"
            what = f"the quote is not there in the text {row['text_id']}"
            yield line, "start", what, remedy
