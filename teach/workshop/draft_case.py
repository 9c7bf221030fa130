"""A draft as a Case in memory, so that the kit's checks, pages and charts take it as it stands."""

from pathlib import Path

from kit.data import Case
from kit.data.case import Key
from kit.data.tables import Table
from teach.workshop.draft import Draft, Row, dictionary

KEY = {"stances": "stances", "claims": "verdicts", "ratings": "ratings"}  # of the key, in a Draft


def case_of(draft: Draft) -> Case:
    """Return the Case that a draft is so far; nothing in it is checked.

    >>> from teach.workshop.draft import draft_of
    >>> case_of(draft_of({"texts/blog/text": "He asked. No."})).sentences_of("blog")[1].text
    'No.'
    """
    title, question = draft.case["title"] or "My case", draft.case["question"]
    about = {"kit:membersOf": draft.case["members_of"], "kit:dateMeans": draft.case["date_means"]}
    tables = {name: _table("case", name, getattr(draft, name)) for name in dictionary()["case"]}
    tables["enlargement"].resource.update({name: said for name, said in about.items() if said})
    key = {name: _table("key", name, getattr(draft, rows)) for name, rows in KEY.items()}
    texts = {row["text_id"]: row["text"] for row in draft.texts}
    resources = [_described(row) for row in draft.texts]
    said = {"title": title, "kit:question": question, "resources": resources}
    return Case(Path("my_case"), tables, said, texts, Key(Path("my_case/key"), key))


def _table(part: str, name: str, rows: list[Row]) -> Table:
    """Rows of a draft as a Table; its lines are counted as in the file that it will be."""
    resource = dict(dictionary()[part][name])
    where = resource["path"] if part == "case" else f"key/{resource['path']}"
    return Table(where, resource, rows, list(range(2, len(rows) + 2)))


def _described(row: Row) -> dict:
    sources = [{"path": row["address"]}] if row["address"] else []
    said = {"path": f"texts/{row['text_id']}.txt", "sources": sources}
    named = {"kit:name": row["name"], "kit:lookFor": row["look_for"]}
    return said | {name: words for name, words in named.items() if words}
