"""`kit.ask`, `kit.check` and `kit.hint`: the form of an exercise, and what is told of an answer."""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets

from kit import exercises
from kit.data import Case
from kit.exercises import KINDS, AnswerError, Exercise, Feedback, Input
from kit.journal import JournalError, current
from kit.widgets.base import Page, default_case, html, sentence
from kit.widgets.controls import (
    entry,
    group,
    named,
    radio,
    ticked_from_json,
    ticked_to_json,
    ticks,
)
from kit.widgets.editor import editor
from kit.widgets.fields import PAUSE, Form, save_waiting, unreadable
from kit.widgets.finder import finder
from kit.widgets.grid import grid
from kit.widgets.handin import in_order
from kit.widgets.rating import rating
from kit.widgets.reader import tagging


def ask(exercise_id: str, case: Case | None = None) -> Form | Page:
    """Return the form of an exercise, showing what was answered before.

    exercise_id: as in `exercises.toml`; case: default this course's own. An exercise answered in
    code gives a sentence instead of a form. Raises ExerciseError for an unknown id.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    form = KINDS[exercise.kind].form
    if form not in FORMS:
        return sentence(f"“{exercise.title}” is answered in code, in the cell that follows it.")
    if exercise.in_reader:
        return tagging(exercise, case)
    if form == "several" and not exercise.options:
        return finder(exercise_id, case)
    if form == "scales":
        exercise = in_order(exercise, case)
    return FORMS[form](exercise, case)


def check(exercise_id: str, *answer: Any, case: Case | None = None) -> Feedback:
    """Return feedback on an exercise.

    Without `answer` the one kept in the journal is checked; an answer given in code
    (number, date, table, chart) is kept in the journal first, then checked.
    Raises ExerciseError for an unknown id.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    save_waiting()
    if answer:
        _keep(exercise, answer[0])
        return exercises.check(exercise_id, answer[0], case)
    if why := unreadable(exercise_id):
        return Feedback("not answered", f"Your last entry is not kept. {why}")
    return exercises.check(exercise_id, current().answer(exercise_id), case)


def hint(exercise_id: str, case: Case | None = None) -> Page:
    """Return the next hint; each call goes one step further and the last hint stays.

    Raises ExerciseError for an unknown id.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    shown = current().answer(f"hints/{exercise_id}") or 0
    step = min(shown + 1, max(1, len(exercise.hints)))
    if step != shown:
        _write(f"hints/{exercise_id}", step)
    return sentence(exercises.hint(exercise_id, step, case))


def _keep(exercise: Exercise, answer: Any) -> None:
    """Record a code answer if it is one and differs from what is kept."""
    try:
        value = exercises.normalise(exercise.kind, answer)
    except AnswerError:
        return  # the feedback says what is wrong with it
    journal = current()
    if value is not None and (value != journal.answer(exercise.id) or journal.unsaved):
        _write(exercise.id, value)


def _write(id: str, value: Any) -> None:
    try:
        current().write(id, value)
    except JournalError as error:
        print(error)


# The small forms, for the inputs that a kind asks for


def _one(exercise: Exercise, _case: Case) -> Form:
    """One of several options."""
    form = _form(exercise)
    options = [(option.text, option.id) for option in exercise.options]
    return form.lay_out(form.keep(exercise.id, radio("Choose one", options, exercise.title)))


def _several(exercise: Exercise, _case: Case) -> Form:
    """Any number of options; with rows, any number for each row."""
    form = _form(exercise, lambda: _ticked(exercise))
    inputs = KINDS[exercise.kind].inputs(exercise)
    return form.lay_out(*(_ticks(asked, form) for asked in inputs))


def _ticks(asked: Input, form: Form) -> ipywidgets.VBox:
    boxes = ticks([(option.text, option.id) for option in asked.options])
    form.keep(asked.id, boxes, encode=ticked_to_json, decode=ticked_from_json)
    heading = escape(asked.prompt) if asked.place else named("Tick all that fit", asked.prompt)
    return group(html(heading, "kit-heading"), boxes)


def _line(exercise: Exercise, _case: Case) -> Form:
    """A box for one line, read as the kind reads it; the form repeats what it understood."""
    kind = KINDS[exercise.kind]
    [asked] = kind.inputs(exercise)
    form = _form(exercise, lambda: _understood(exercise))
    box = form.keep(
        asked.id,
        entry(asked.prompt, asked.example),
        encode=lambda text: kind.parse(exercise, text),
        decode=lambda value: kind.as_text(exercise, value),
        pause=PAUSE,
    )
    return form.lay_out(box)


def _form(exercise: Exercise, summary: Callable[[], str] = str) -> Form:
    return Form(f"kit.ask({exercise.id!r})", summary)


def _ticked(exercise: Exercise) -> str:
    answer = current().answer(exercise.id)
    if not exercise.rows:
        return f"{len(answer)} ticked." if answer else ""
    done, asked = exercises.progress(exercise, answer)
    return f"{done} of {asked} have a tick."


def _understood(exercise: Exercise) -> str:
    answer = current().answer(exercise.id)
    return "" if answer is None else KINDS[exercise.kind].understood(exercise, answer)


FORMS: dict[str, Callable[[Exercise, Case], Form]] = {
    "one": _one,
    "several": _several,
    "line": _line,
    "text": editor,
    "grid": grid,
    "scales": rating,
}
