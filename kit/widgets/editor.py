"""The answer editor: a text, its words counted, and the records it cites."""

from html import escape
from typing import Any

import ipywidgets

from kit import exercises, journal
from kit.data import Case
from kit.exercises import KINDS, Exercise
from kit.widgets.base import html, in_words, shared
from kit.widgets.controls import entry, group
from kit.widgets.fields import PAUSE, Form, part
from kit.widgets.finder import search
from kit.words import plural

LISTED = 8  # records in the list of those to insert
LONGEST = 110  # characters of what happened, in that list


def editor(exercise: Exercise, case: Case) -> Form:
    """Return a box for a text with its word count; if it is to cite, with records to insert."""
    [asked] = KINDS[exercise.kind].inputs(exercise)
    form = Form(f"kit.ask({exercise.id!r})")
    box = ipywidgets.Textarea(
        placeholder=asked.example,
        description=f"Your text: {asked.prompt}",
        rows=8,
        style=shared(ipywidgets.Textarea.style.klass, description_width="0"),
        _dom_classes=("kit-wide",),
    )
    form.keep(asked.id, box, pause=PAUSE)
    ids = case.record_ids if exercise.cites else frozenset()
    count = html("", "kit-count")

    def recount(_change: Any = None) -> None:
        count.value = _counted(box.value, exercise.limit, ids)

    box.observe(recount, "value")
    recount()
    return form.lay_out(box, count, *([_citing(case.rows("record"), case)] if ids else []))


def _counted(text: str, limit: int, ids: frozenset[str]) -> str:
    """The number of words and, where it is to cite, the records that it cites."""
    return " ".join(filter(None, [_words(text, limit), _cited(text, ids) if ids else ""]))


def _words(text: str, limit: int) -> str:
    """The word count in words: "37 of at most 150 words"."""
    words = len(text.split())
    if not limit:
        return f"{words} words"
    over = f' <span class="kit-bad">That is {words - limit} too many.</span>'
    return f"{words} of at most {limit} words." + (over if words > limit else "")


def _cited(text: str, ids: frozenset[str]) -> str:
    """Which records a text cites, and which of its ids are none: "2 records cited: R25, R36"."""
    records = exercises.cited(text, ids)
    known = [id for id, is_known in records.items() if is_known]
    unknown = [id for id in records if id not in known]
    cited = f"{plural(len(known), 'record')} cited: {', '.join(known)}."
    message = cited if known else "No record cited yet."
    verb = "is" if len(unknown) == 1 else "are"
    missing = f'<span class="kit-bad">{", ".join(unknown)} {verb} not in the record.</span>'
    return f"{message} {missing}" if unknown else message


def _citing(rows: list[dict], case: Case) -> ipywidgets.VBox:
    """A box to find records, and a list of buttons that put their ids into the text."""
    words = entry("Find a record to cite", "a word, a name or a year")
    listed = html(_list(rows, "", case))
    words.observe(
        lambda change: setattr(listed, "value", _list(rows, change["new"], case)), "value"
    )
    return group(words, listed)


def _list(rows: list[dict], words: str, case: Case) -> str:
    """The records that fit; without a word those the learner attached to claims before."""
    if words.strip():
        records = search(rows, words)
        message = f"{len(records)} found." if records else "No record fits: try another word."
    else:
        records = _attached(rows, case)
        message = (
            "The records that you attached to claims." if records else "Type a word to see records."
        )
    if len(records) > LISTED:
        message += f" The first {LISTED} are shown."
    items = "".join(_item(row) for row in records[:LISTED])
    listed = f'<ul class="kit-cite">{items}</ul>' if items else ""
    return f'<p class="kit-note">{message}</p>{listed}'


def _attached(rows: list[dict], case: Case) -> list[dict]:
    """The records that the learner attached in an exercise that is answered with the finder."""
    known = exercises.load(case).values()
    finders = [e for e in known if KINDS[e.kind].form == "several" and not e.options]
    lists = [ids for e in finders for ids in part(journal.current().answer(e.id)).values()]
    ids = {id for attached in lists if isinstance(attached, list) for id in attached}
    return [row for row in rows if row["record_id"] in ids]


def _item(row: dict) -> str:
    id, what = escape(row["record_id"]), row["what_happened"]
    cut = what if len(what) <= LONGEST else f"{what[: LONGEST - 1]}…"
    return (
        f'<li><button type="button" class="kit-button" data-kit-insert="({id})">'
        f'<span class="kit-hidden">Insert </span>{id}</button>'
        f"<span>{escape(in_words(row['event_date']))} · {escape(row['who'])}: "
        f"{escape(cut)}</span></li>"
    )
