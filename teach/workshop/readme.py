"""The README of a case: what it is, whose the texts are, and what is still open."""

from collections.abc import Iterable

from kit.words import plural
from teach.workshop.draft import Draft, Row
from teach.workshop.rules import MOMENTS, RULES, SIZES, TEXTS, Exercises
from teach.workshop.rules.exercise import words


def readme(draft: Draft, made: Exercises, is_open: list[str]) -> str:
    """Return the page in Markdown; is_open: sentences, as `still_open` gives them."""
    title = draft.case["title"] or draft.case["question"]
    by = f" By {draft.case['by']}." if draft.case["by"] else ""
    counts = [
        plural(len(draft.record), "dated moment"),
        plural(len(draft.propositions), "proposition"),
        plural(len(draft.claims), "claim"),
        plural(len(made.exercises), "exercise"),
    ]
    parts = [
        f"# {title}",
        f"*{draft.case['question']}*{by}",
        f"{plural(len(draft.texts), 'text')} that answer it, and a record to check them against: "
        f"{', '.join(counts)}. `datapackage.json` says what each column means; `key/` has the "
        "answers.",
        "## The texts",
        "They are quoted for study. Their rights stay with whoever wrote them, unless a licence "
        "stands here.",
        "\n".join(["| text | address | licence |", "|---|---|---|", *_texts(draft)]),
        f"The tables and exercises: {draft.case['licence'] or 'no licence given yet'}.",
        "## How far the record is checked",
        _listed(_checked(draft)),
        "## What is open",
        _listed(is_open),
    ]
    return "\n\n".join(parts) + "\n"


def _texts(draft: Draft) -> list[str]:
    names = draft.names
    rows = [(names[r["text_id"]], r["address"], r["licence"] or "none given") for r in draft.texts]
    return [
        f"| {' | '.join(' '.join(cell.split()).replace('|', '/') for cell in r)} |" for r in rows
    ]


def _listed(lines: Iterable[str]) -> str:
    found = [f"- {line}" for line in lines]
    return "\n".join(found) if found else "Nothing that the tables can tell."


def _checked(draft: Draft) -> list[str]:
    states = dict.fromkeys(row["verification"] for row in draft.record)
    ids = {state: _ids(r for r in draft.record if r["verification"] == state) for state in states}
    return [f"{state}: {rows}" for state, rows in ids.items()]


def still_open(draft: Draft, made: Exercises) -> list[str]:
    """Return what a reader of the case should know, and its author may still want to do."""
    lines = []
    for what, there, wanted in (
        ("texts", len(draft.texts), TEXTS[made.size]),
        ("dated moments", len(draft.record), MOMENTS[made.size]),
        ("exercises", len(made.exercises), SIZES[made.size]),
    ):
        if there < wanted:
            lines.append(f"A {made.size} case has {wanted} {what}; here are {there}.")
    if bare := [draft.names[row["text_id"]] for row in draft.texts if not row["licence"]]:
        lines.append(
            f"No licence is given for {', '.join(bare)}: find out whether you may share it."
        )
    judged = {row["claim_id"] for row in draft.verdicts}
    if missing := [row["claim_id"] for row in draft.claims if row["claim_id"] not in judged]:
        lines.append(f"Without a verdict: {', '.join(missing)}.")
    if not draft.ratings:
        lines.append("Nobody has rated the texts yet: the key says F and 6, cannot be judged.")
    if not made.quiz:
        lines.append("The record has too few verified moments for the two short tests.")
    given = {entry["id"] for entry in made.exercises}
    if len(given) < SIZES[made.size] and (left := [id for id in RULES if id not in given]):
        titles = ", ".join(f"“{words()[id]['title']}”" for id in left)
        lines.append(f"The data do not decide these exercises yet: {titles}.")
    return lines


def _ids(rows: Iterable[Row]) -> str:
    return ", ".join(row["record_id"] for row in rows)
