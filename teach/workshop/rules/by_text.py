"""Rules that ask about the texts: what is printed, when they can have been written, how far to
trust them."""

import re
from types import SimpleNamespace

from kit.data import span
from kit.exercises.key import RULES
from teach.workshop.draft import Draft
from teach.workshop.floor import Floor, floors
from teach.workshop.rules.exercise import (
    Decided,
    Wrong,
    checked,
    choice,
    texts_as_choices,
)

PRINTED = {
    "byline": "author_as_printed",
    "site": "site_as_printed",
    "references": "cites_sources",
    "people": "names_people",
}
NO_REFERENCES = r"((no|partly|markers)\b.*)?"  # what counts as none that a reader could follow
SHOWN = 6  # records beside the question for a floor


def prediction(draft: Draft) -> Decided:
    """Ask how far each text is trusted before it is read."""
    return Decided(fields={"rows": texts_as_choices(draft)})


def ratings(draft: Draft) -> Decided:
    """Ask for a letter, a number and six scores for each text, each with its sentence."""
    values = {"count": len(draft.texts) * 8}
    return Decided(values=values, fields={"rows": texts_as_choices(draft), "evidence": True})


def printed(draft: Draft) -> Decided:
    """Ask what is printed with each text."""
    wrong = []
    for row in draft.sources:
        for column, field in PRINTED.items():
            is_none = re.fullmatch(NO_REFERENCES if column == "references" else "", row[field])
            answer = "yes" if is_none else "no"
            name = draft.names[row["text_id"]]
            reason = f"{column}_{answer}"
            wrong.append(Wrong(answer, reason, row["text_id"], column, {"name": name}))
    return Decided(
        answer={
            "computed": "printed",
            "fields": PRINTED,
            "unless": {"references": NO_REFERENCES},
        },
        values={"boxes": len(draft.texts) * len(PRINTED)},
        fields={"rows": texts_as_choices(draft)},
        wrong=wrong,
    )


def dated_texts(draft: Draft) -> Decided:
    """Ask which texts print a day with its month, by the key's own rule."""
    texts = SimpleNamespace(texts={row["text_id"]: row["text"] for row in draft.texts})
    dated = RULES["texts_with_full_date"](texts)
    others = [id for id in draft.names if id not in dated]
    wrong = [Wrong(id, "undated", values={"name": draft.names[id]}) for id in others]
    is_none = dated == ["none"]
    return Decided(
        answer={"computed": "texts_with_full_date"},
        fields={"options": [*texts_as_choices(draft), choice("none", "None of them")]},
        wrong=[*wrong, *([] if is_none else [Wrong("none", "none")])],
    )


def floor_text(draft: Draft) -> str:
    """Return the text whose floor is asked for: undated, and known most exactly; "" for none."""
    known = {id: floor for id, floor in floor_of(draft).items() if draft.names.get(id)}
    printed = {row["text_id"]: row["date_as_printed"] for row in draft.sources}
    undated = {id: span(date) for id, (date, _) in known.items() if not printed[id]}
    exact = ["day", "month", "year"]
    ranked = sorted(undated, key=lambda id: exact.index(undated[id].precision))
    return ranked[0] if ranked else ""


def floor_of(draft: Draft) -> dict[str, tuple[str, Floor | None]]:
    """Return the earliest date of each text: the editors' own, or else by what it mentions."""
    found: dict[str, tuple[str, Floor | None]] = {
        id: (floor.date, floor) for id, floor in floors(draft).items()
    }
    own = {row["text_id"]: row["no_earlier_than"] for row in draft.ratings}
    return found | {id: (date, None) for id, date in own.items() if date}


def floor_records(draft: Draft, text: str) -> list[str]:
    """Return the records shown beside the question for a floor: its own, and those near in time."""
    date, floor = floor_of(draft)[text]
    day = span(date).start
    rows = [row for row in checked(draft) if span(row["event_date"]).is_plain]
    rows.sort(key=lambda row: abs((span(row["event_date"]).start - day).days))
    ids = [floor.record_id] if floor and floor.record_id else []
    near = [*ids, *(row["record_id"] for row in rows if row["record_id"] not in ids)][:SHOWN]
    return [row["record_id"] for row in draft.record if row["record_id"] in near]


def floor(draft: Draft) -> Decided | None:
    """Ask for the earliest date on which a text without a date can have been written."""
    text = floor_text(draft)
    if not text:
        return None
    right = span(floor_of(draft)[text][0])
    name = draft.names[text]
    claims = [row["about_date"] for row in draft.claims if row["text_id"] == text]
    about = {span(date) for date in claims if date}
    rows = [row for row in draft.record if row["record_id"] in floor_records(draft, text)]
    events = {span(row["event_date"]): row["record_id"] for row in rows}
    wrong = [Wrong(day.text, "goes_on") for day in sorted(about) if day.end < right.start]
    for day, id in sorted(events.items()):
        reason = "earlier_record" if day.end < right.start else "later_record"
        if day.is_plain and (day.end < right.start or right.end < day.start):
            wrong.append(Wrong(day.text, reason, values={"id": id}))
    if right.precision == "day":
        wrong.append(Wrong(f"{right.start.year}-01-01", "first_day"))
    return Decided(
        answer={"computed": "not_before", "text": text},
        values={"name": name, "date": str(right)},
        wrong=[each for each in wrong if span(each.answer).is_plain and each.answer != right.text],
    )


def halo_share(draft: Draft) -> Decided:
    """Ask for the share of invented codes on the diagonal: the same in every case."""
    codes = ["A1", "B2", "B3", "C3", "C2", "D4", "E5", "F6", "B6", "A2"]
    shares = [(50, "all"), (60, "gap_of_all"), (66.7, "gap"), (67, "gap"), (55.6, "kept")]
    shares += [(56, "kept"), (37.5, "other"), (38, "other"), (5, "count"), (0.625, "part")]
    return Decided(
        answer={"computed": "halo", "codes": codes},
        values={"codes": " · ".join(codes)},
        fields={"unit": "%", "tolerance": 0.5},
        wrong=[Wrong(*share) for share in shares],
    )


def f2_or_e4(draft: Draft) -> Decided:
    """Ask which of two codes is the better report: the same in every case."""
    wrong = [Wrong(id, id) for id in ("f_worse", "balance", "drop_f", "e_known")]
    return Decided(answer={"answer": "may_serve"}, wrong=wrong)


def explain_rating(draft: Draft) -> Decided:
    """Ask for the reason of one rating, in words that a person marks."""
    names = list(draft.names.values())
    return Decided(values={"first": names[0], "second": names[1]})
