"""The two short tests: statements about the record, as many true ones as false ones in each form.

A true statement is a moment with its own date; a false one has the date of another moment, or says
of a telling that it was on the day of the event. That something happened is said only of what was
written down at the time: of a memory the record knows when it was told, and no more.

Only moments that were verified, and whose dates are sure days, months or years, are taken; a false
date lies a year off at least. Statement n of form A and of form B ask for the same kind.
"""

from typing import NamedTuple

from kit.data import Span, span
from teach.workshop.draft import Draft, Row
from teach.workshop.rules.by_date import AT_THE_TIME
from teach.workshop.rules.exercise import in_short, quiz_words, when

PLANS = (
    ("event_true", "told_false", "event_false", "told_true"),
    ("event_true", "event_false"),
    ("told_true", "told_false"),
)
APART = 366  # days between a false date and the right one


class Said(NamedTuple):
    """A kind of statement, of which moment, with which date, and with which it would be true."""

    kind: str
    row: Row
    date: Span
    right: Span


def statements(draft: Draft) -> tuple[list[dict[str, str]], dict[str, dict]]:
    """Return the statements, as in `exercises.toml`, and their truth and reasons by table.

    Both are empty where the record has too few moments for one true and one false of each form.
    """
    plans = (_said(plan, draft) for plan in PLANS)
    said = next((each for each in plans if each), [])
    entries, truth, reasons = [], {}, {}
    for number, each in enumerate(said):
        id = f"{'ab'[number % 2]}{number // 2 + 1}"
        told, own = quiz_words()[each.kind.partition("_")[0]], draft.words.get(id, {})
        values = {"who": each.row["who"], "what": in_short(each.row["what_happened"])}
        values |= {"when": when(each.date.text), "id": each.row["record_id"]}
        values |= {"right": when(each.right.text)}
        truth[id] = each.kind.endswith("true")
        text = own.get("text", "").strip() or told["text"].format_map(values)
        reason = told["true" if truth[id] else "false"].format_map(values)
        reasons[id] = own.get("reason", "").strip() or reason
        entries.append({"id": id, "form": id[0].upper(), "text": text})
    entries.sort(key=lambda entry: entry["id"])
    return entries, {"quiz": truth, "quiz_reasons": reasons} if entries else {}


def _said(plan: tuple[str, ...], draft: Draft) -> list[Said]:
    """Two statements of each kind of the plan, of a moment each; [] where there are not enough."""
    sure = [row for row in draft.record if _is_sure(row)]
    left = list(sure)
    said: list[Said] = []
    for kind in (kind for kind in plan for _ in range(2)):
        taken = {each.date for each in said}
        found = (each for row in left if (each := _of(kind, row, sure, taken)))
        best = next(found, None)
        if best is None:
            return []
        said.append(best)
        left.remove(best.row)
    return said


def _is_sure(row: Row) -> bool:
    dates = span(row["event_date"]), span(row["told_date"])
    return row["verification"] == "verified" and all(date.is_plain for date in dates)


def _of(kind: str, row: Row, others: list[Row], taken: set[Span]) -> Said | None:
    """The statement of a kind on a moment, with a date that no other one has; None without one."""
    event, told = span(row["event_date"]), span(row["told_date"])
    if kind.startswith("event") and row["kind"] not in AT_THE_TIME:
        return None
    if kind == "event_true":
        return Said(kind, row, event, event)
    if kind == "told_true":
        return Said(kind, row, told, told)
    if any(_is_named(date, row["what_happened"]) for date in (event, told)):
        return None
    if kind == "told_false":
        return Said(kind, row, event, told) if _are_apart(event, told) else None
    dates = [span(other["event_date"]) for other in others]
    far = [date for date in dates if _are_apart(date, event) and _are_apart(date, told)]
    near = sorted(far, key=lambda date: (date in taken, abs((date.start - event.start).days)))
    return Said(kind, row, near[0], event) if near else None


def _is_named(date: Span, text: str) -> bool:
    """Tell whether a text gives a date away: its year, or its day and month."""
    words, _, year = str(date).rpartition(" ")
    return year in text or (date.precision == "day" and words in text)


def _are_apart(one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return (second.start - first.end).days >= APART
