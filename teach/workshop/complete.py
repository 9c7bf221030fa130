"""What of a draft is complete: the rows a case can have now, and a sentence for each that waits.

A row that lacks something, or that names one which is not there, is left out of the case and kept
in the draft. What is complete but wrong, such as a date, is for check-data to say.
"""

from dataclasses import replace
from typing import NamedTuple

from kit.errors import KitError
from kit.words import plural
from teach.workshop.draft import Draft, Row, columns, dictionary

FEWEST, MOST = 2, 8  # texts of a case
VERDICTS = ("supported", "partly", "unsupported", "contradicted", "opinion", "unresolvable")
OPEN_VERDICTS = ("opinion", "unresolvable", "unsupported")  # that may rest on no record
SCORES = [name for name in columns("key", "ratings") if name.endswith("_score")]
UNRATED = {"admiralty_source": "F", "admiralty_information": "6"}  # cannot be judged: missing


class Complete(NamedTuple):
    """draft: complete rows alone. waits: a sentence for each row that is left out, with what is
    missing; in the order of the tables."""

    draft: Draft
    waits: list[str]


def complete(draft: Draft) -> Complete:
    """Return what of a draft a case can have now; raise KitError where that is no case yet.

    >>> from teach.workshop.draft import draft_of
    >>> complete(draft_of({"case/-/question": "Who built it?"}))
    Traceback (most recent call last):
    kit.errors.KitError: The case has 0 texts; give it 2 to 8, each with its words.
    """
    waits: list[str] = []
    if not draft.case["question"]:
        raise KitError("The case has no question yet; write the one that its texts dispute.")
    texts = _kept(draft.texts, "text", ("text",), waits)
    texts = [row for row in texts if row["text"].strip()]
    if not FEWEST <= len(texts) <= MOST:
        how_many = plural(len(texts), "text")
        raise KitError(f"The case has {how_many}; give it {FEWEST} to {MOST}, each with its words.")
    ids = {row["text_id"] for row in texts}
    record = _kept(draft.record, "record", _needed("case", "record"), waits)
    propositions = _kept(draft.propositions, "proposition", ("proposition", "about"), waits)
    claims = _claims(draft, ids, {row["proposition_id"] for row in propositions}, waits)
    members = _kept(draft.enlargement, "member", ("country", "accession_date"), waits)
    for name, rows in (("moment", record), ("proposition", propositions), ("claim", claims)):
        if not rows:
            raise KitError(f"The case has no complete {name} yet; fill one in.")
    known = {row["proposition_id"] for row in propositions}
    kept = replace(
        draft,
        texts=texts,
        sources=[row for row in draft.sources if row["text_id"] in ids],
        record=record,
        propositions=propositions,
        claims=claims,
        verdicts=_verdicts(draft, claims, {row["record_id"] for row in record}, waits),
        stances=[r for r in draft.stances if r["proposition_id"] in known and r["text_id"] in ids],
        enlargement=members,
        ratings=[row for row in draft.ratings if row["text_id"] in ids],
    )
    return Complete(kept, waits)


def _needed(part: str, table: str) -> tuple[str, ...]:
    fields = dictionary()[part][table]["schema"]["fields"]
    return tuple(f["name"] for f in fields if f.get("constraints", {}).get("required"))


def _kept(rows: list[Row], noun: str, needed: tuple[str, ...], waits: list[str]) -> list[Row]:
    """The rows in which nothing that is needed is missing."""
    kept = []
    for row in rows:
        missing = [name for name in needed if not row[name]]
        if missing:
            waits.append(f"The {noun} {next(iter(row.values()))} waits for {', '.join(missing)}.")
        else:
            kept.append(row)
    return kept


def _claims(draft: Draft, texts: set[str], propositions: set[str], waits: list[str]) -> list[Row]:
    """The claims that have all they need, words that stand in their text among it."""
    needed = ("text_id", "quote", "normalised_claim", "proposition_id")
    kept = []
    for row in _kept(draft.claims, "claim", needed, waits):
        what = ""
        if row["text_id"] not in texts:
            what = f"a text {row['text_id']}"
        elif not row["start"]:
            what = f"words that stand in the text {row['text_id']}, letter by letter"
        elif row["proposition_id"] not in propositions:
            what = f"a complete proposition {row['proposition_id']}"
        if what:
            waits.append(f"The claim {row['claim_id']} waits for {what}.")
        else:
            kept.append(row)
    return kept


def _verdicts(draft: Draft, claims: list[Row], record: set[str], waits: list[str]) -> list[Row]:
    ids = {row["claim_id"] for row in claims}
    kept = []
    for row in draft.verdicts:
        if row["claim_id"] not in ids:
            continue
        behind = [id for id in row["record_ids"].split(";") if id]
        lost = [id for id in behind if id not in record]
        rests = behind or row["verdict"] in OPEN_VERDICTS
        what = f"a complete record {lost[0]}" if lost else "" if rests else "a record behind it"
        if row["verdict"] and what:
            waits.append(f"The verdict on {row['claim_id']} waits for {what}.")
        elif row["verdict"]:
            kept.append(row)
    return kept
