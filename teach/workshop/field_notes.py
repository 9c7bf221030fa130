"""What a field says of what was entered there and holds."""

import re
from collections.abc import Callable

from kit.data.texts import split
from kit.words import plural
from teach.workshop.desk import Desk
from teach.workshop.plain_dates import understood

HOLDS = "Holds."


def note(desk: Desk, id: str) -> str:
    """Return what to say of a cell that holds; "" of an empty one.

    >>> import tempfile, pathlib
    >>> desk = Desk(pathlib.Path(tempfile.mkdtemp(), "my_case.jsonl"))
    >>> desk.add("record", "R01", event_date="1990~", who="Ann")
    >>> note(desk, "record/R01/event_date"), note(desk, "record/R01/who")
    ('Understood as about 1990 (year).', 'Holds.')
    """
    value = desk.cell(id)
    if not value:
        return ""
    table, row, *column = id.split("/")
    say = NOTES.get((table, *column)) or NOTES.get(tuple(column))
    return say(desk, row, value) if say else HOLDS


def _date(_desk: Desk, _row: str, value: str) -> str:
    return understood(value)


def _text(_desk: Desk, _row: str, value: str) -> str:
    words = plural(len(value.split()), "word")
    return f"{words} in {plural(len(split(value)), 'sentence')}."


def _quote(desk: Desk, row: str, _value: str) -> str:
    """Where a quote stands: "Words 234 to 281 of …" would say less than its sentence does."""
    claim = next(each for each in desk.draft.claims if each["claim_id"] == row)
    text, start = claim["text_id"], int(claim["start"] or 0)
    number = next((s.number for s in desk.case.sentences_of(text) if s.end > start), 1)
    place = f"characters {claim['start']} to {claim['end']}"
    return f"Found in {desk.draft.names[text]}, sentence {number} ({place})."


def _short(_desk: Desk, _row: str, value: str) -> str:
    return f"{plural(len(value.split()), 'word')} of at most 25."


def _records(desk: Desk, _row: str, value: str) -> str:
    named = []
    for id in re.findall(r"[^\s;,]+", value):
        when, who = (desk.cell(f"record/{id}/{name}") for name in ("event_date", "who"))
        named.append(f"{id}: {' · '.join(filter(None, (understood(when)[14:-1], who)))}")
    return f"{'; '.join(named)}."


NOTES: dict[tuple[str, ...], Callable[[Desk, str, str], str]] = {
    **dict.fromkeys(
        [(name,) for name in ("event_date", "told_date", "about_date", "no_earlier_than")], _date
    ),
    ("accession_date",): _date,
    ("texts", "text"): _text,
    ("claims", "quote"): _quote,
    ("record", "short_quote"): _short,
    ("claims", "record_ids"): _records,
}
