"""The earliest date on which each text can have been written, by what it mentions.

Nobody mentions an event before it happens. So the floor of a text is the youngest date that one of
its claims is about; where a record that supports the claim lies inside that date, the record's own.
A record that only speaks against a claim says nothing here: the writer need not have known it.
"""

import re
from typing import NamedTuple

from kit.data import span
from teach.workshop.draft import Draft

SPEAKS_FOR = ("supported", "partly")


class Floor(NamedTuple):
    """date: as exact as the evidence, such as "2009-04". claim_id: of the claim that mentions it.

    record_id: of the record that dates it, "" if none does.
    """

    date: str
    claim_id: str
    record_id: str

    @property
    def reason(self) -> str:
        """Why not earlier, in words."""
        shown = f" ({self.record_id})" if self.record_id else ""
        return f"It speaks of {span(self.date)}{shown}; see {self.claim_id}."


def floors(draft: Draft) -> dict[str, Floor]:
    """Return the floor of each text that has one, by its id; raise DateError for a wrong date.

    >>> from teach.workshop.draft import draft_of
    >>> claim = {"text_id": "blog", "about_date": "1999/2000"}
    >>> floors(draft_of({"claims/C01": claim, "texts/blog/text": "So."}))
    {'blog': Floor(date='1999', claim_id='C01', record_id='')}
    """
    found: dict[str, Floor] = {}
    latest = max((span(r["told_date"]).start for r in draft.record if r["told_date"]), default=None)
    verdicts = {row["claim_id"]: row for row in draft.verdicts}
    for claim in draft.claims:
        behind = verdicts.get(claim["claim_id"], {})
        floor = _mentioned(draft, claim, behind)
        if floor is None or (latest and span(floor.date).start > latest):
            continue
        best = found.setdefault(claim["text_id"], floor)
        if span(floor.date).start > span(best.date).start:
            found[claim["text_id"]] = floor
    return found


def _mentioned(draft: Draft, claim: dict[str, str], behind: dict[str, str]) -> Floor | None:
    """The date that a claim mentions, as a record that speaks for it dates it; None without one."""
    if not claim["about_date"] or behind.get("verdict") == "opinion":
        return None
    about = span(claim["about_date"])
    if about.is_open[0]:
        return None
    if behind.get("verdict") in SPEAKS_FOR:
        ids = behind["record_ids"].split(";")
        rows = [row for row in draft.record if row["record_id"] in ids and row["event_date"]]
        dated = [(span(row["event_date"]), row["record_id"]) for row in rows]
        inside = [
            (day, id) for day, id in dated if about.start <= day.start and day.end <= about.end
        ]
        sure = [(day, id) for day, id in inside if day.is_plain]
        if sure:
            day, id = min(sure)
            return Floor(day.text, claim["claim_id"], id)
    return Floor(_start(about), claim["claim_id"], "")


def _start(about) -> str:
    """The beginning of a date, as exactly as it is given."""
    first = about.text.partition("/")[0].rstrip("~?%")
    return re.sub("X$", "0", first)
