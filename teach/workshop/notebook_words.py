"""What the templates of the notebooks say of a case, in `words.toml`, as far as its data know it.

The author's own entries (`notebooks/NOTEBOOK/ENTRY` in the draft, `notebooks/-/ENTRY` for what
stands above all notebooks) come first. What nobody knows is left out, and the notebooks do without.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kit.data import span
from teach.workshop.draft import Draft, Row
from teach.workshop.rules import Exercises, by_date, by_member, by_text
from teach.workshop.rules.by_claim import Evidence, settled
from teach.workshop.rules.exercise import cited, in_short, when

TOP = "-"
FIRST, SECOND = "01_meet_the_sources", "02_compare_the_claims"
THIRD, FOURTH = "03_rate_reliability", "04_chart_the_dates"
FIFTH = "05_check_the_record"


def notebook_words(draft: Draft, made: Exercises) -> dict[str, dict[str, Any]]:
    """Return the entries of `words.toml` by notebook; "" has those that stand above all."""
    ids = [entry["id"] for entry in made.exercises]
    found: dict[str, dict[str, Any]] = {
        "": {},
        FIRST: {"floor": _floor(draft) if "floor" in ids else {}},
        SECOND: {"tellings": _tellings(draft) if "witness_count" in ids else []},
        THIRD: {"records": _main_records(draft)},
        FOURTH: {"practice": _practice(draft)},
        FIFTH: {"example": _example(draft, made)},
    }
    for notebook, own in draft.prose.items():
        name = "" if notebook == TOP else notebook
        found[name] = found.get(name, {}) | own
    said = {name: {k: v for k, v in each.items() if v} for name, each in found.items()}
    return {name: each for name, each in said.items() if each}


def _floor(draft: Draft) -> dict[str, Any]:
    text = by_text.floor_text(draft)
    return {"text": text, "records": by_text.floor_records(draft, text)}


def _tellings(draft: Draft) -> list[str]:
    return [row["record_id"] for row in by_date.tellings(draft)]


def _main_records(draft: Draft) -> list[str]:
    """For each text the record that most verdicts on its claims rest on."""
    counts, texts = cited(draft), {row["claim_id"]: row["text_id"] for row in draft.claims}
    best: dict[str, str] = {}
    for row in draft.verdicts:
        text = texts[row["claim_id"]]
        ids = [id for id in [best.get(text, ""), *row["record_ids"].split(";")] if id]
        best[text] = max(ids, key=lambda id: counts[id], default="")
    return [row["record_id"] for row in draft.record if row["record_id"] in best.values()]


def _practice(draft: Draft) -> str:
    """A text to practise drawing with: one with a claim on a day, where members can be drawn."""
    rows = by_member.dated_claims(draft) if by_member.joined(draft) else []
    return next((text for text, _, date, *_ in rows if span(date).precision == "day"), "")


@cache
def _told() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _example(draft: Draft, made: Exercises) -> dict[str, Any]:
    """A claim that no exercise asks about, worked through; {} where there is none."""
    asked = {row["id"] for entry in made.exercises for row in entry.get("rows", ())}
    asked |= {entry["prompt"][:3] for entry in made.exercises}  # a choice begins with its claim
    evidence, told = Evidence(draft), _told()["example"]
    verdicts = {row["claim_id"]: row for row in draft.verdicts}
    claims = {row["claim_id"]: row for row in draft.claims}
    for id in settled(draft):
        claim, verdict = claims[id], verdicts[id]
        rows = [row for row in draft.record if row["record_id"] in evidence.settling(id)]
        word = _shared_word(claim, rows, draft)
        if id in asked or not word or not verdict["reason"]:
            continue
        values = {"name": draft.names[claim["text_id"]], "word": word, **verdict}
        values |= {"claim": claim["normalised_claim"].rstrip(".")}
        shown = [_shown(row, told["record"]) for row in rows]
        return {
            "claim": id,
            **{name: told[name].format_map(values) for name in ("about", "search")},
            "side": told["side" if len(rows) > 1 else "one"],
            "word": word,
            "records": [row["record_id"] for row in rows],
            "verdict": "\n".join([*shown, "", told["verdict"].format_map(values)]),
        }
    return {}


def _shown(row: Row, told: str) -> str:
    what = in_short(f"{row['who']}. {row['what_happened']}")
    return told.format(id=row["record_id"], told=when(row["told_date"]), moment=what)


def _shared_word(claim: Row, rows: list[Row], draft: Draft) -> str:
    """The word of a claim that is in one of these records, and in the fewest others."""
    records = [_words(row["what_happened"], row["who"], row["short_quote"]) for row in draft.record]
    theirs = [_words(row["what_happened"], row["who"], row["short_quote"]) for row in rows]
    shared = _words(claim["quote"], claim["normalised_claim"]) & set().union(*theirs)
    return min(sorted(shared), key=lambda word: sum(word in each for each in records), default="")


def _words(*texts: str) -> set[str]:
    return set(re.findall(r"\b[a-z]{4,}\b", " ".join(texts).casefold()))
