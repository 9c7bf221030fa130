"""What the templates of the notebooks say of a case, in `words.toml`, as far as its data know it.

The author's own entries (`notebooks/NOTEBOOK/ENTRY` in the draft, `notebooks/-/ENTRY` for what
stands above all notebooks) come first. What nobody knows is left out, and the notebooks do without.
"""

from typing import Any

from kit.data import span
from teach.workshop.draft import Draft
from teach.workshop.rules import by_date, by_member, by_text
from teach.workshop.rules.exercise import cited

TOP = "-"
NOTEBOOKS = {
    "01": "01_meet_the_sources",
    "02": "02_compare_the_claims",
    "03": "03_rate_reliability",
    "04": "04_chart_the_dates",
    "06": "06_answer_the_question",
}


def notebook_words(draft: Draft, chosen: list[str]) -> dict[str, dict[str, Any]]:
    """Return the entries of `words.toml` by notebook; "" has those that stand above all.

    chosen: the ids of the exercises that the case has.
    """
    found: dict[str, dict[str, Any]] = {
        "": {"body": draft.case["members_of"]},
        NOTEBOOKS["01"]: _floor(draft) if "floor" in chosen else {},
        NOTEBOOKS["02"]: _tellings(draft) if "witness_count" in chosen else {},
        NOTEBOOKS["03"]: {"records": _main_records(draft)},
        NOTEBOOKS["04"]: _counted(draft) if draft.enlargement else {},
        NOTEBOOKS["06"]: {"two_records": [row["record_id"] for row in draft.record[:2]]},
    }
    for notebook, own in draft.prose.items():
        name = "" if notebook == TOP else notebook
        found[name] = found.get(name, {}) | own
    return {name: {k: v for k, v in each.items() if v} for name, each in found.items() if any(each)}


def _floor(draft: Draft) -> dict[str, Any]:
    text = by_text.floor_text(draft)
    return {"floor_text": text, "floor_records": by_text.floor_records(draft, text)}


def _tellings(draft: Draft) -> dict[str, Any]:
    return {"tellings": [row["record_id"] for row in by_date.tellings(draft)]}


def _main_records(draft: Draft) -> list[str]:
    """For each text the record that most verdicts on its claims rest on."""
    counts, texts = cited(draft), {row["claim_id"]: row["text_id"] for row in draft.claims}
    best: dict[str, str] = {}
    for row in draft.verdicts:
        text = texts[row["claim_id"]]
        ids = [id for id in [best.get(text, ""), *row["record_ids"].split(";")] if id]
        best[text] = max(ids, key=lambda id: counts[id], default="")
    return [row["record_id"] for row in draft.record if row["record_id"] in best.values()]


def _counted(draft: Draft) -> dict[str, Any]:
    days = [row["accession_date"] for row in draft.enlargement]
    exact = sorted(day for day in days if span(day).precision == "day")
    dated = [row for row in by_member.dated_claims(draft) if span(row[2]).precision == "day"]
    return {
        "day": exact[len(exact) // 2] if exact else "",
        "practice": dated[0][0] if dated else "",
    }
