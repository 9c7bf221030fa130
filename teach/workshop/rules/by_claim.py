"""Rules that ask about claims and propositions: who says what, and what the record shows of it."""

import re
from collections import Counter
from collections.abc import Iterable
from math import fsum  # whose sum does not hang on the order

from kit.data import drawn_order, span
from kit.data.texts import Sentence, split
from teach.workshop.complete import VERDICTS
from teach.workshop.draft import Draft, Row
from teach.workshop.rules.exercise import (
    Decided,
    Wrong,
    checked,
    choice,
    in_short,
    moment,
    sentence,
    texts_as_choices,
)

STANCES = ("asserts", "denies", "hedges", "silent")
SETTLED = ("supported", "partly", "contradicted")  # verdicts that a record settles
MOST = 8  # propositions, and claims, in one form
ATTACHED = 5  # claims to attach records to
NEAREST = 2  # sentences beside each choice of a stance
SHARED = 2  # rare words of a claim in a record that may have to do with it
OPTIONS = 4  # records to choose from
TYPES = ("fact", "opinion", "hedge")


def stances(draft: Draft) -> Decided | None:
    """Ask what each text does with each proposition, but for the one that is worked through."""
    given = _stances(draft)
    shown = draft.prose.get("02_compare_the_claims", {}).get("example", {}).get("proposition")
    texts = draft.names.keys()
    whole = [id for id, cells in given.items() if id != shown and cells.keys() == texts]
    varied = sorted(whole, key=lambda id: len(set(given[id].values())), reverse=True)[:MOST]
    ids = [id for id in whole if id in varied]
    if not ids:
        return None
    wrong = [
        Wrong(other, other, id, text, {"name": name})
        for id in ids
        for text, name in draft.names.items()
        for other in STANCES
        if other != given[id][text]
    ]
    rows = [r for r in draft.propositions if r["proposition_id"] in ids]
    said = [choice(r["proposition_id"], f"{r['proposition_id']} {r['proposition']}") for r in rows]
    return Decided(
        answer={"computed": "stances", "propositions": ids},
        values={"boxes": len(ids) * len(draft.names)},
        fields={
            "rows": said,
            "columns": texts_as_choices(draft),
            "sentences": {id: _nearest(draft, id) for id in ids},
        },
        wrong=wrong,
    )


def _stances(draft: Draft) -> dict[str, dict[str, str]]:
    given: dict[str, dict[str, str]] = {}
    for row in draft.stances:
        given.setdefault(row["proposition_id"], {})[row["text_id"]] = row["stance"]
    return given


def _nearest(draft: Draft, proposition: str) -> dict[str, list[int]]:
    """As many sentences of each text, silent or not: those with claims, then those nearest."""
    claims = [row for row in draft.claims if row["proposition_id"] == proposition]
    said = [r["proposition"] for r in draft.propositions if r["proposition_id"] == proposition]
    words = _words([*said, *(row["normalised_claim"] for row in claims)])
    return {row["text_id"]: _near(row, claims, words) for row in draft.texts}


def _near(text: Row, claims: list[Row], words: set[str]) -> list[int]:
    sentences = split(text["text"])
    starts = [int(row["start"]) for row in claims if row["text_id"] == text["text_id"]]
    common = Counter(word for each in sentences for word in _words([each.text]))
    holds = {each: any(each.start <= start < each.end for start in starts) for each in sentences}
    shared = {
        each: fsum(1 / common[word] for word in words & _words([each.text])) for each in sentences
    }
    ranked = sorted(sentences, key=lambda each: (holds[each], shared[each]), reverse=True)
    return sorted(each.number for each in ranked[:NEAREST])


def _words(texts: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w{4,}", " ".join(texts).casefold()))


def silent_texts(draft: Draft) -> Decided | None:
    """Ask which texts say nothing on one proposition, on which others do."""
    for row in reversed(draft.propositions):
        cells = _stances(draft).get(row["proposition_id"], {})
        silent = [id for id, stance in cells.items() if stance == "silent"]
        if cells.keys() == draft.names.keys() and 0 < len(silent) < len(cells):
            others = [id for id in cells if id not in silent]
            return Decided(
                answer={"answer": silent},
                values={"proposition": row["proposition"]},
                fields={"options": texts_as_choices(draft)},
                wrong=[Wrong(id, "speaks", values={"name": draft.names[id]}) for id in others],
            )
    return None


def claims_table(draft: Draft) -> Decided | None:
    """Ask for a table of claims by text and subject."""
    about = {row["proposition_id"]: row["about"] for row in draft.propositions}
    subjects = {about[row["proposition_id"]] for row in draft.claims}
    texts = {row["text_id"] for row in draft.claims}
    if len(subjects) < 2 or len(texts) < 2:
        return None
    return Decided(answer={"computed": "claims_by_subject"}, values={"count": len(texts)})


def sentence_types(draft: Draft) -> Decided | None:
    """Ask what sentences do, where the author has said so: no table can tell."""
    rows: list[dict[str, str]] = []
    answer: dict[str, dict[str, str]] = {}
    wrong: list[Wrong] = []
    for claim in draft.claims:
        kind = draft.types.get(claim["claim_id"])
        number = _sentence_of(draft, claim).number
        id = f"{claim['text_id']}_{number}"
        if kind not in TYPES or id in answer or len(rows) == 10:
            continue
        name = f"{draft.names[claim['text_id']]} {number}"
        rows.append(choice(id, f"{name}: “{_sentence_of(draft, claim).text}”"))
        answer[id] = {"type": kind}
        wrong += [Wrong(o, o, id, values={"name": name}) for o in TYPES if o != kind]
    if len({cells["type"] for cells in answer.values()}) < 2:
        return None
    fields = {"rows": rows, "in_reader": True}
    return Decided({"answer": answer}, {"count": len(rows)}, fields, wrong)


def _sentence_of(draft: Draft, claim: Row) -> Sentence:
    [text] = [row["text"] for row in draft.texts if row["text_id"] == claim["text_id"]]
    start = int(claim["start"])
    return next(each for each in split(text) if each.start <= start < each.end)


def verdicts(draft: Draft) -> Decided | None:
    """Ask for the verdict on claims, of as many kinds as there are."""
    rows = _varied([row for row in draft.verdicts if _holds(row, draft)])
    if len(rows) < 2:
        return None
    wrong = [
        Wrong(other, other, row["claim_id"])
        for row in rows
        for other in VERDICTS
        if other not in (row["verdict"], *row["also_defensible"].split(";"))
    ]
    ids = [row["claim_id"] for row in rows]
    claims = {row["claim_id"]: row for row in draft.claims}
    return Decided(
        answer={"computed": "verdicts", "claims": ids},
        values={"count": len(ids)},
        fields={"rows": [choice(id, sentence(claims[id], draft)) for id in ids]},
        wrong=wrong,
    )


def _holds(row: Row, draft: Draft) -> bool:
    """Tell whether a verdict rests on what somebody has checked, or needs no record."""
    ids = row["record_ids"].split(";") if row["record_ids"] else []
    is_open = row["verdict"] in ("opinion", "unresolvable") or not ids
    return is_open or any(record["record_id"] in ids for record in checked(draft))


def _varied(rows: list[Row]) -> list[Row]:
    """At most so many, of each verdict about as many, in their order."""
    seen: Counter[str] = Counter()
    turns = {}
    for row in rows:
        turns[row["claim_id"]] = seen[row["verdict"]]
        seen[row["verdict"]] += 1
    chosen = sorted(rows, key=lambda row: turns[row["claim_id"]])[:MOST]
    return [row for row in rows if row in chosen]


class Evidence:
    """What bears on each claim: the records that settle it, those behind it, and others."""

    def __init__(self, draft: Draft) -> None:
        self._checked = {row["record_id"] for row in checked(draft)}
        self._record = {row["record_id"]: row for row in draft.record}
        self._behind = {row["claim_id"]: row["record_ids"].split(";") for row in draft.verdicts}
        self._claims = {row["claim_id"]: row for row in draft.claims}
        texts = {id: [row["who"], row["what_happened"]] for id, row in self._record.items()}
        self._words = {id: _words(text) for id, text in texts.items()}
        counts = Counter(word for words in self._words.values() for word in words)
        self._rare = {word for word, count in counts.items() if count <= len(texts) / 4}

    def settling(self, claim: str) -> list[str]:
        """Return the records behind a verdict that somebody has checked."""
        return [id for id in self._behind[claim] if id in self._checked]

    def bearing(self, claim: str) -> list[str]:
        """Return the records that may have to do with a claim: those behind others on the same
        proposition, and those that share two rare words with it."""
        row = self._claims[claim]
        about = row["proposition_id"]
        same = [id for id, other in self._claims.items() if other["proposition_id"] == about]
        behind = {id for other in same for id in self._behind.get(other, [])}
        words = _words([row["quote"], row["normalised_claim"]]) & self._rare
        near = {id for id, theirs in self._words.items() if len(words & theirs) >= SHARED}
        ids = (behind | near) - {*self._behind[claim]}
        return [id for id in self._record if id in ids]

    def astray(self, claim: str) -> list[str]:
        """Return the records that do not bear on a claim, those nearest to it in time first."""
        bears = {*self._behind[claim], *self.bearing(claim)}
        others = [id for id in self._record if id not in bears and id in self._checked]
        date = self._claims[claim]["about_date"]
        if not date:
            return drawn_order(others, claim)
        return sorted(others, key=lambda id: abs(self._days(id) - span(date).start.toordinal()))

    def _days(self, id: str) -> int:
        return span(self._record[id]["event_date"]).start.toordinal()


def settled(draft: Draft) -> list[str]:
    """Return the claims that a checked record settles, no two of them by the same ones."""
    evidence = Evidence(draft)
    ids = [row["claim_id"] for row in draft.verdicts if row["verdict"] in SETTLED]
    by = {tuple(evidence.settling(id)): id for id in reversed(ids) if evidence.settling(id)}
    return [id for id in ids if id in by.values()]


def attached_records(draft: Draft) -> Decided | None:
    """Ask which record settles each claim."""
    ids, evidence = settled(draft)[:ATTACHED], Evidence(draft)
    if len(ids) < 2:
        return None
    behind = {row["claim_id"]: row["record_ids"].split(";") for row in draft.verdicts}
    partly = {id: evidence.settling(id) for id in ids if evidence.settling(id) != behind[id]}
    bearing = {id: evidence.bearing(id) for id in ids if evidence.bearing(id)}
    answer: dict = {"computed": "records", "claims": ids}
    answer |= {name: v for name, v in (("deciding", partly), ("bearing", bearing)) if v}
    claims = {row["claim_id"]: row for row in draft.claims}
    return Decided(
        answer=answer,
        values={"count": len(ids)},
        fields={"rows": [choice(id, sentence(claims[id], draft)) for id in ids]},
        wrong=[
            Wrong(other, "beside", id, values={"id": other})
            for id in ids
            for other in evidence.astray(id)[:2]
        ],
    )


def settling_record(draft: Draft) -> Decided | None:
    """Ask which of four records settles one claim."""
    evidence = Evidence(draft)
    rows = {row["record_id"]: row for row in draft.record}
    for id in reversed(settled(draft)):
        right, others = evidence.settling(id)[0], evidence.astray(id)[: OPTIONS - 1]
        if len(others) < 2:
            continue
        [claim] = [row for row in draft.claims if row["claim_id"] == id]
        options = drawn_order([right, *others], id)
        return Decided(
            answer={"answer": right},
            values={"claim": in_short(sentence(claim, draft))},
            fields={"options": [choice(each, moment(rows[each])) for each in options]},
            wrong=[Wrong(other, "beside", values={"id": other}) for other in others],
        )
    return None
