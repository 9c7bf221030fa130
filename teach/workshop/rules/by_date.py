"""Rules that ask about dates: when it happened, when it was told, how exactly that is known."""

from itertools import combinations, pairwise, permutations

from kit.data import Span, drawn_order, span
from kit.measures import distinct_witnesses, lag
from teach.workshop.draft import Draft, Row
from teach.workshop.rules.exercise import (
    Decided,
    Wrong,
    checked,
    choice,
    cited,
    moment,
    when,
    wrong_numbers,
)

OPTIONS = 6  # moments to choose from
TELLINGS = 8  # whose witnesses are counted
CANDIDATES = 12  # moments of which three are put in order
LATE, SOON = 10, 1  # years
AT_THE_TIME = ("primary document", "contemporaneous report", "archive")


def witness_count(draft: Draft) -> Decided | None:
    """Ask on how many people's word the tellings rest."""
    rows = tellings(draft)
    if len(rows) < 2:
        return None
    witnesses = [row["witness"] for row in rows]
    right, most = distinct_witnesses(witnesses), max(map(witnesses.count, witnesses))
    others = [(len(rows), "tellings"), (most, "one_of_them"), (right - 1, "too_few")]
    others += [(right + 1, "too_many")]
    ids = [row["record_id"] for row in rows]
    return Decided(
        answer={"computed": "witnesses", "records": ids},
        values={"count": len(rows), "ids": ", ".join(ids), "right": right},
        fields={"unit": "people"},
        wrong=wrong_numbers([right, 0], others),
    )


def tellings(draft: Draft) -> list[Row]:
    """Return the records that rest on one person's word, at most so many."""
    return [row for row in checked(draft) if row["witness"]][:TELLINGS]


def recollection_lag(draft: Draft) -> Decided | None:
    """Ask how many years the latest telling waited; one that rests on a person's word first."""
    lags = {row["record_id"]: lag(row["event_date"], row["told_date"]) for row in checked(draft)}
    whole = {id: each for id, each in lags.items() if each.low_years and each.high_years}
    rows = [row for row in checked(draft) if row["record_id"] in whole]
    if not rows:
        return None
    row = max(rows, key=lambda r: (bool(r["witness"]), whole[r["record_id"]].low_years))
    id = row["record_id"]
    low, high = whole[id].low_years, whole[id].high_years or 0
    told, event = span(row["told_date"]), span(row["event_date"])
    own = [each.low_years for other, each in whole.items() if other != id]
    others = [(told.start.year - event.start.year, "years_only"), (high + 1, "too_many")]
    others += [(low - 1, "too_few"), (0, "too_few"), *((years, "other") for years in own)]
    accepted = {"accept": [*range(low + 1, high + 1)]} if high > low else {}
    return Decided(
        answer={"computed": "lag_years", "record": id, **accepted},
        values={"id": id, "event": str(event), "told": when(told.text), "who": row["who"]},
        fields={"unit": "years"},
        wrong=wrong_numbers(range(low, high + 1), others),
    )


def told_late(draft: Draft) -> Decided | None:
    """Ask how many records were told more than ten years after the event."""
    lags = [lag(row["event_date"], row["told_date"]) for row in draft.record]
    surely = sum(each.low_years >= LATE for each in lags)
    perhaps = sum(each.high_years is None or each.high_years >= LATE for each in lags)
    return _counted(draft, surely, perhaps)


def told_soon(draft: Draft) -> Decided | None:
    """Ask how many records were told within a year of the event."""
    lags = [lag(row["event_date"], row["told_date"]) for row in draft.record]
    surely = sum(each.high_years is not None and each.high_years < SOON for each in lags)
    perhaps = sum(each.low_years < SOON for each in lags)
    return _counted(draft, surely, perhaps)


def _counted(draft: Draft, surely: int, perhaps: int) -> Decided | None:
    """A count of records; where dates are not exact, each number that it can be counts."""
    whole = len(draft.record)
    if not 0 < surely < whole:
        return None
    right = range(surely, perhaps + 1)
    accepted = {"accept": [*right[1:]]} if len(right) > 1 else {}
    others = [(whole, "all"), (whole - surely, "others"), (0, "none")]
    return Decided(
        answer={"answer": surely, **accepted},
        values={"count": whole},
        fields={"unit": "records"},
        wrong=wrong_numbers(right, others),
    )


def known_on(draft: Draft) -> Decided | None:
    """Ask which moments were public on a day on which others had happened, but were not told."""
    rows = checked(draft)
    days = {span(row["told_date"]) for row in rows}
    best: tuple[int, Span | None] = (0, None)
    for day in sorted(day for day in days if day.is_plain and day.precision == "day"):
        public, later, _ = _by_day(rows, day)
        best = max(best, (min(len(public), len(later)), day), key=lambda each: each[0])
    if best[1] is None:
        return None
    public, later, ahead = _by_day(rows, best[1])
    half = OPTIONS // 2
    shown = [*public[-half:], *later[:half], *ahead[:1]][: OPTIONS + 1]
    wrong = [Wrong(row["record_id"], "later") for row in later]
    wrong += [Wrong(row["record_id"], "ahead") for row in ahead]
    return Decided(
        answer={"answer": [row["record_id"] for row in shown if row in public]},
        values={"day": str(best[1])},
        fields={"options": _in_order(shown, draft)},
        wrong=_about(shown, wrong),
    )


def _by_day(rows: list[Row], day: Span) -> tuple[list[Row], list[Row], list[Row]]:
    """The moments that were public on a day, those told later, and those not yet happened."""
    public = [row for row in rows if span(row["told_date"]).end <= day.end]
    told_later = [row for row in rows if span(row["told_date"]).start > day.end]
    later = [row for row in told_later if span(row["event_date"]).end < day.start]
    ahead = [row for row in told_later if span(row["event_date"]).start > day.end]
    return public, later, ahead


def only_remembered(draft: Draft) -> Decided | None:
    """Ask which moments are known from somebody's memory alone."""
    remembered = [row for row in checked(draft) if row["kind"] == "recollection"]
    at_the_time = [row for row in checked(draft) if row["kind"] in AT_THE_TIME]
    half = OPTIONS // 2
    shown = [*remembered[:half], *at_the_time[:half]]
    if not remembered or not at_the_time:
        return None
    return Decided(
        answer={"answer": [row["record_id"] for row in remembered[:half]]},
        fields={"options": _in_order(shown, draft)},
        wrong=_about(shown, [Wrong(row["record_id"], "at_the_time") for row in at_the_time]),
    )


def checked_in_part(draft: Draft) -> Decided | None:
    """Ask which records nobody could check in full."""
    half = OPTIONS // 2
    partly = [row for row in draft.record if row["verification"] == "in part"][:half]
    whole = [row for row in draft.record if row["verification"] == "verified"][:half]
    if not partly or not whole:
        return None
    return Decided(
        answer={"answer": [row["record_id"] for row in partly]},
        fields={"options": _in_order([*partly, *whole], draft)},
        wrong=_about(whole, [Wrong(row["record_id"], "verified") for row in whole]),
    )


def date_precision(draft: Draft) -> Decided | None:
    """Ask of which of four moments the day is not known."""
    days = [row for row in checked(draft) if span(row["event_date"]).precision == "day"]
    vague = [row for row in checked(draft) if span(row["event_date"]).precision == "year"]
    if not vague or len(days) < 2:
        return None
    shown = [vague[0], *days[:3]]
    return Decided(
        answer={"answer": vague[0]["record_id"]},
        fields={"options": _in_order(shown, draft)},
        wrong=_about(shown, [Wrong(row["record_id"], "exact") for row in days]),
    )


def _in_order(rows: list[Row], draft: Draft) -> list[dict[str, str]]:
    """Moments as options, in the order of the record."""
    ids = [row["record_id"] for row in rows]
    return [choice(r["record_id"], moment(r)) for r in draft.record if r["record_id"] in ids]


def _about(rows: list[Row], wrong: list[Wrong]) -> list[Wrong]:
    """Those of the wrong answers that can be chosen, each with its id in the reason."""
    ids = [row["record_id"] for row in rows]
    return [each._replace(values={"id": each.answer}) for each in wrong if each.answer in ids]


def order_of_moments(draft: Draft) -> Decided | None:
    """Ask in which order three moments happened; told in another order, where that can be."""
    counts = cited(draft)
    rows = sorted(checked(draft), key=lambda row: counts[row["record_id"]], reverse=True)
    triples = [each for three in combinations(rows[:CANDIDATES], 3) if (each := _by_event(three))]
    if not triples:
        return None
    three = next((each for each in triples if _by_telling(each) not in ([], each)), triples[0])
    ids = [row["record_id"] for row in three]
    told = [row["record_id"] for row in _by_telling(three)]
    others = [list(each) for each in permutations(ids) if list(each) != ids]
    others = sorted(others, key=lambda each: (each != told, each != ids[::-1]))[:3]
    wrong = [
        Wrong("_".join(o), "as_told" if o == told else "other", values=_swapped(ids, o))
        for o in others
    ]
    orders = drawn_order(["_".join(each) for each in (ids, *others)], ids[0])
    return Decided(
        answer={"answer": "_".join(ids)},
        values={"moments": "\n".join(f"- {moment(row)}" for row in three[1:] + three[:1])},
        fields={"options": [choice(each, ", then ".join(each.split("_"))) for each in orders]},
        wrong=wrong,
    )


def _by_event(rows: tuple[Row, ...]) -> list[Row]:
    """The rows by the date of the event, where none may have been at the time of another."""
    return _apart(rows, "event_date")


def _by_telling(rows: list[Row]) -> list[Row]:
    return _apart(rows, "told_date")


def _apart(rows, column: str) -> list[Row]:
    ordered = sorted(rows, key=lambda row: span(row[column]).start)
    dates = [span(row[column]) for row in ordered]
    are_apart = all(a.end < b.start for a, b in pairwise(dates))
    return ordered if are_apart and all(date.is_sure for date in dates) else []


def _swapped(ids: list[str], other: list[str]) -> dict[str, str]:
    """Two moments that stand the wrong way round in another order."""
    for first, second in combinations(other, 2):
        if ids.index(first) > ids.index(second):
            return {"first": first, "second": second}
    return {}
