"""The forms with one answer: choice, several, number, date, written."""

from html import escape

import ipywidgets

from kit import data, work
from kit.widgets.controls import entry, radio, ticked_from_json, ticked_to_json, ticks
from kit.widgets.entries import read_date, read_number
from kit.widgets.fields import PAUSE, Form, part
from kit.widgets.page import html


def choice(exercise, _case):
    """One of several options."""
    form = Form(_name(exercise))
    options = [(option.text, option.id) for option in exercise.options]
    return form.lay_out(form.keep(exercise.id, radio("Choose one", options)))


def several(exercise, _case):
    """Any number of options; with rows, any number for each row."""
    form = Form(_name(exercise), lambda: _ticked(exercise))
    options = [(option.text, option.id) for option in exercise.options]
    how = {"encode": ticked_to_json, "decode": ticked_from_json}
    if not exercise.rows:
        return form.lay_out(form.keep(exercise.id, ticks(options), **how))
    body = []
    for row in exercise.rows:
        body.append(html(f"<strong>{escape(row.text)}</strong>", "kit-heading"))
        body.append(form.keep(f"{exercise.id}/{row.id}", ticks(options, row.text), **how))
    return form.lay_out(*body)


def number(exercise, _case):
    """A number, with its unit behind it."""
    form = Form(_name(exercise), lambda: _number_kept(exercise))
    box = entry(f"Your answer ({exercise.unit})" if exercise.unit else "Your answer", "a number")
    form.keep(
        exercise.id, box, encode=lambda text: read_number(text, exercise.unit), decode=str,
        pause=PAUSE,
    )  # fmt: skip
    return form.lay_out(box)


def date(exercise, _case):
    """A date, as exact as the learner can say; the form repeats what it understood."""
    form = Form(_name(exercise), lambda: _date_kept(exercise))
    box = entry("Your date", "1990, 1990-05 or 25 May 1990")
    return form.lay_out(form.keep(exercise.id, box, encode=read_date, pause=PAUSE))


def written(exercise, _case):
    """A text with its word count; nothing is ever cut off."""
    form = Form(_name(exercise))
    box = ipywidgets.Textarea(
        placeholder="Write here", description="Your text", rows=8, style={"description_width": "0"}
    )
    box.add_class("kit-wide")
    form.keep(exercise.id, box, pause=PAUSE)
    count = html(_words(box.value, exercise.limit), "kit-count")
    box.observe(lambda change: _recount(count, change["new"], exercise.limit), "value")
    return form.lay_out(box, count)


def _name(exercise):
    return f"kit.ask({exercise.id!r})"


def _ticked(exercise):
    kept = work.current().answer(exercise.id)
    if not exercise.rows:
        return f"{len(kept)} ticked." if kept else ""
    filled = sum(bool(part(kept).get(row.id)) for row in exercise.rows)
    return f"{filled} of {len(exercise.rows)} have a tick."


def _number_kept(exercise):
    kept = work.current().answer(exercise.id)
    return "" if kept is None else f"Your answer: {kept} {exercise.unit}".strip() + "."


def _date_kept(exercise):
    kept = work.current().answer(exercise.id)
    if not kept:
        return ""
    span = data.span(kept)
    return f"Understood as {span}, exact to the {span.precision}."


def _recount(count, text, limit):
    count.value = _words(text, limit)


def _words(text, limit):
    """The word count in words: "37 of at most 150 words"."""
    words = len(text.split())
    if not limit:
        return f"{words} words"
    over = f" <strong>That is {words - limit} too many.</strong>" if words > limit else ""
    return f"{words} of at most {limit} words.{over}"
