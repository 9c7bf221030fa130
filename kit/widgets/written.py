"""The answer editor: a text, its words counted, and the records it cites."""

from html import escape

import ipywidgets

from kit import exercises, journal
from kit.widgets.base import html, in_words, shared
from kit.widgets.controls import entry, group
from kit.widgets.fields import PAUSE, Form, part
from kit.widgets.finder import search

LISTED = 8  # records in the list of those to insert
LONGEST = 110  # characters of what happened, in that list


def written(exercise, case):
    """A text with its word count; nothing is ever cut off. If it cites, records to insert."""
    form = Form(f"kit.ask({exercise.id!r})")
    box = ipywidgets.Textarea(
        placeholder="Write here",
        description=f"Your text: {exercise.title}",
        rows=8,
        style=shared(ipywidgets.Textarea.style.klass, description_width="0"),
        _dom_classes=("kit-wide",),
    )
    form.keep(exercise.id, box, pause=PAUSE)
    ids = case.record_ids if exercise.cites else frozenset()
    count = html(_told(box.value, exercise.limit, ids), "kit-count")
    box.observe(lambda change: _recount(count, change["new"], exercise.limit, ids), "value")
    return form.lay_out(box, count, *([_citing(case.rows("record"), case)] if ids else []))


def _recount(count, text, limit, ids):
    count.value = _told(text, limit, ids)


def _told(text, limit, ids):
    return " ".join(filter(None, [_words(text, limit), _cited(text, ids) if ids else ""]))


def _words(text, limit):
    """The word count in words: "37 of at most 150 words"."""
    words = len(text.split())
    if not limit:
        return f"{words} words"
    over = f' <span class="kit-bad">That is {words - limit} too many.</span>'
    return f"{words} of at most {limit} words." + (over if words > limit else "")


def _cited(text, ids):
    """Which records a text cites, and which of its ids are none: "2 records cited: R25, R36"."""
    found = exercises.cited(text, ids)
    known = [id for id, is_known in found.items() if is_known]
    unknown = [id for id in found if id not in known]
    cited = f"{len(known)} record{'' if len(known) == 1 else 's'} cited"
    told = f"{cited}: {', '.join(known)}." if known else "No record cited yet."
    verb = "is" if len(unknown) == 1 else "are"
    missing = f'<span class="kit-bad">{", ".join(unknown)} {verb} not in the record.</span>'
    return f"{told} {missing}" if unknown else told


def _citing(rows, case):
    """A box to find records, and a list of buttons that put their ids into the text."""
    words = entry("Find a record to cite", "a word, a name or a year")
    listed = html(_list(rows, "", case))
    words.observe(
        lambda change: setattr(listed, "value", _list(rows, change["new"], case)), "value"
    )
    return group(words, listed)


def _list(rows, words, case):
    """The records that fit; without a word those the learner attached to claims before."""
    if words.strip():
        found = search(rows, words)
        told = f"{len(found)} found." if found else "No record fits: try another word."
    else:
        found = _attached(rows, case)
        told = (
            "The records that you attached to claims." if found else "Type a word to see records."
        )
    if len(found) > LISTED:
        told += f" The first {LISTED} are shown."
    items = "".join(_item(row) for row in found[:LISTED])
    listed = f'<ul class="kit-cite">{items}</ul>' if items else ""
    return f'<p class="kit-note">{told}</p>{listed}'


def _attached(rows, case):
    known = exercises.load(case).values()
    finders = [each for each in known if each.kind == "several" and not each.options]
    lists = [kept for each in finders for kept in part(journal.current().answer(each.id)).values()]
    ids = {id for attached in lists if isinstance(attached, list) for id in attached}
    return [row for row in rows if row["record_id"] in ids]


def _item(row):
    id, what = escape(row["record_id"]), row["what_happened"]
    cut = what if len(what) <= LONGEST else f"{what[: LONGEST - 1]}…"
    return (
        f'<li><button type="button" class="kit-button" data-kit-insert="({id})">'
        f'<span class="kit-hidden">Insert </span>{id}</button>'
        f"<span>{escape(in_words(row['event_date']))} · {escape(row['who'])}: "
        f"{escape(cut)}</span></li>"
    )
