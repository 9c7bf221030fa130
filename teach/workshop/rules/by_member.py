"""Rules for a case with something that is counted, and for what is drawn."""

import re

from kit.data import span
from kit.measures import members_on
from kit.measures.dates import telling_rows
from teach.workshop.draft import Draft
from teach.workshop.draft_case import case_of
from teach.workshop.rules.exercise import Decided, checked, cited, wrong_numbers

DAYS = 2  # days on which somebody joined: fewer are no growth
ACCOUNTS = 3  # tellings on one person's word: fewer are no chart
SMALL = {"date", "that", "this", "from", "with", "which", "their", "where", "were", "counts"}


def joined(draft: Draft) -> list[str]:
    """Return the days on which somebody joined, in order; [] where one is no sure day."""
    dates = [span(row["accession_date"]) for row in draft.enlargement]
    if not all(date.precision == "day" and date.is_sure for date in dates):
        return []
    days = sorted({date.text for date in dates})
    return days if len(days) >= DAYS else []


def members(draft: Draft) -> Decided | None:
    """Ask how many members there were on the day of a moment."""
    counts, days = cited(draft), joined(draft)
    whole = len(draft.enlargement)
    rows = [row for row in checked(draft) if span(row["event_date"]).precision == "day"]
    on = {r["record_id"]: members_on(draft.enlargement, r["event_date"]).low for r in rows}
    rows = [row for row in rows if 0 < on[row["record_id"]] < whole]
    if not days or not rows:
        return None
    founders = members_on(draft.enlargement, days[0]).low
    row = max(rows, key=lambda r: (on[r["record_id"]] > founders, counts[r["record_id"]]))
    right, day = on[row["record_id"]], row["event_date"]
    steps = [members_on(draft.enlargement, each).low for each in days]
    others = [(founders, "founders"), (whole, "all"), (whole - right, "after")]
    others += [(right - founders, "without_founders")]
    others += [(step, "other_step") for step in steps]
    return Decided(
        answer={"computed": "members", "on": day},
        values={"day": str(span(day)), "id": row["record_id"], **_named(draft)},
        fields={"unit": "members"},
        wrong=wrong_numbers([right], others),
    )


def _named(draft: Draft) -> dict[str, str]:
    """What is counted, as it stands in a sentence."""
    return {"body": draft.prose.get("-", {}).get("body") or draft.case["members_of"] or "the body"}


def enlargement_chart(draft: Draft) -> Decided | None:
    """Ask for a drawing of how the number of members grew."""
    if not joined(draft):
        return None
    return Decided(answer={"computed": "member_steps"}, values=_named(draft))


def claims_chart(draft: Draft) -> Decided | None:
    """Ask for the dated claims about an approach, drawn on the number of members."""
    words = re.findall(r"\w{4,}", draft.case["date_means"].casefold())
    clock = [word for word in dict.fromkeys(words) if word not in SMALL]
    rows = dated_claims(draft)
    if not joined(draft) or not clock or len(rows) < 2:
        return None
    return Decided(
        answer={"computed": "claims_marked", "clock": clock},
        values={"count": len(rows), **_named(draft)},
    )


def dated_claims(draft: Draft) -> list[tuple[str, ...]]:
    """Return the rows that the main chart draws: text, date and the claims on it."""
    return telling_rows(case_of(draft))


def lag_chart(draft: Draft) -> Decided | None:
    """Ask for a drawing of event against telling, of all that rests on one person's word."""
    if sum(bool(row["witness"]) for row in draft.record) < ACCOUNTS:
        return None
    return Decided(answer={"computed": "accounts_marked"})
