"""The way back: from a case folder to the lines of a draft, to go on with a case that there is.

Exercises are made anew by rule, with the words that their author changed. Of those that somebody
wrote by hand into another folder nothing is taken over; they stay there.
"""

from collections.abc import Iterator
from contextlib import suppress
from tomllib import TOMLDecodeError
from typing import Any

from kit.data import Case
from kit.errors import KitError
from kit.exercises import load
from teach.workshop.draft import CASE
from teach.workshop.rules import SIZES
from tests.teach.workshop.own_words import own_words

DERIVED = ("file", "word_count", "sha256", "end")  # worked out again from the texts


def state_of(case: Case) -> dict[str, Any]:
    """Return the state of a draft, {"table/row/column": value}, that gives this case again.

    >>> from kit import data
    >>> state_of(data.load())["record/R03/told_date"]
    '1954-04-01'
    """
    state: dict[str, Any] = dict(_cells(case))
    with suppress(KitError, TOMLDecodeError):  # without rules there is nothing to compare with
        state |= dict(own_words(case, state))
    return state


def _cells(case: Case) -> Iterator[tuple[str, str]]:
    yield from _filled("case/-", _said(case))
    for row in case.rows("sources"):
        id = row["text_id"]
        yield from _filled(f"texts/{id}", {"text": case.texts[id], **_of_text(case, id), **row})
    notes, verdicts = {}, {}
    if case.key:
        notes = {row["proposition_id"]: row for row in case.key.rows("stances")}
        verdicts = {row["claim_id"]: row for row in case.key.rows("claims")}
    for row in case.rows("propositions"):
        id = row["proposition_id"]
        note = notes.get(id, {}).get("expert_note", "")
        yield from _filled(f"propositions/{id}", row | {"expert_note": note})
    for row in case.rows("claims"):
        id = row["claim_id"]
        yield from _filled(f"claims/{id}", row | verdicts.get(id, {}))
    for row in case.rows("record"):
        yield from _filled(f"record/{row['record_id']}", row)
    if "enlargement" in case.table_names:
        for number, row in enumerate(case.rows("enlargement"), 1):
            yield from _filled(f"enlargement/{number}", row)
    if case.key:
        for row in case.key.rows("stances"):
            yield f"stances/{row['proposition_id']}/{row['text_id']}", row["stance"]
        for row in case.key.rows("ratings"):
            yield from _filled(f"ratings/{row['text_id']}", row)


def _said(case: Case) -> dict[str, str]:
    """What the dictionary says of the whole case."""
    told = case.dictionary
    members: dict[str, Any] = next(
        (each for each in told["resources"] if each["name"] == "enlargement"), {}
    )
    licences = [each.get("name", "") for each in told.get("licenses", [])]
    authors = [each.get("title", "") for each in told.get("contributors", [])]
    found = {
        "title": case.title,
        "question": case.question,
        "size": {count: size for size, count in SIZES.items()}.get(len(load(case)), ""),
        "licence": "; ".join(licences),
        "by": "; ".join(authors),
        "members_of": members.get("kit:membersOf", ""),
        "date_means": members.get("kit:dateMeans", ""),
    }
    return {name: found.get(name, "") for name in CASE}


def _of_text(case: Case, id: str) -> dict[str, str]:
    told = case.described[id]
    address = [each.get("path", "") for each in told.get("sources", [])]
    licence = [each.get("name", "") for each in told.get("licenses", [])]
    return {
        "name": case.names[id],
        "address": "; ".join(address),
        "licence": "; ".join(licence),
        "look_for": told.get("kit:lookFor", ""),
    }


def _filled(row: str, cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The cells of a row that hold something, but for its id and for what follows from others."""
    id = row.partition("/")[2]
    for column, value in cells.items():
        if value and column not in DERIVED and not (column.endswith("_id") and value == id):
            yield f"{row}/{column}", value
