"""The forms with one answer: choice, several, number, date."""

from html import escape

from kit import exercises, journal
from kit.exercises.entries import read_date, read_number, understood
from kit.widgets.base import html
from kit.widgets.controls import (
    entry,
    group,
    named,
    radio,
    ticked_from_json,
    ticked_to_json,
    ticks,
)
from kit.widgets.fields import PAUSE, Form


def choice(exercise, _case):
    """One of several options."""
    form = Form(_name(exercise))
    options = [(option.text, option.id) for option in exercise.options]
    return form.lay_out(form.keep(exercise.id, radio("Choose one", options, exercise.title)))


def several(exercise, _case):
    """Any number of options; with rows, any number for each row."""
    form = Form(_name(exercise), lambda: _ticked(exercise))
    if not exercise.rows:
        heading = named("Tick all that fit", exercise.title)
        return form.lay_out(_ticks(exercise, exercise.id, heading, form))
    return form.lay_out(
        *(_ticks(exercise, f"{exercise.id}/{row.id}", escape(row.text), form)
          for row in exercise.rows)
    )  # fmt: skip


def _ticks(exercise, id, heading, form):
    boxes = ticks([(option.text, option.id) for option in exercise.options])
    form.keep(id, boxes, encode=ticked_to_json, decode=ticked_from_json)
    return group(html(heading, "kit-heading"), boxes)


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
    box = entry("Your date", "1990, 25 May 1990 or 1990/..")
    return form.lay_out(form.keep(exercise.id, box, encode=read_date, pause=PAUSE))


def _name(exercise):
    return f"kit.ask({exercise.id!r})"


def _ticked(exercise):
    kept = journal.current().answer(exercise.id)
    if not exercise.rows:
        return f"{len(kept)} ticked." if kept else ""
    done, asked = exercises.progress(exercise, kept)
    return f"{done} of {asked} have a tick."


def _number_kept(exercise):
    kept = journal.current().answer(exercise.id)
    return "" if kept is None else f"Your answer: {kept} {exercise.unit}".strip() + "."


def _date_kept(exercise):
    kept = journal.current().answer(exercise.id)
    return understood(kept) if kept else ""
