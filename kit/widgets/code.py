"""The learner's own code, and the order in which the texts are met, drawn from it."""

from contextlib import suppress
from dataclasses import replace

from kit import data, exercises, journal, submission
from kit.widgets.controls import entry
from kit.widgets.fields import PAUSE, Form
from kit.widgets.page import default_case, html

CODE, ORDER = "handin/code", "handin/order"  # in the journal; both go with the hand-in
ADVICE = (
    "Choose a code of your own: 2 to 20 letters, digits or hyphens. "
    "Do not use your name. Your teacher keeps the list of codes."
)


def code():
    """Asks for the code under which a learner will hand in."""
    form = Form("kit.widgets.code()", _said, empty="No code yet.")
    box = code_box(form)
    return form.lay_out(html(f"<p>{ADVICE}</p>", "kit-note"), box)


def code_box(form):
    """The box for the code, kept by a form."""
    return form.keep(CODE, entry("Your code", "for example blue-tiger-7"), pause=PAUSE)


def order(case=None):
    """The ids of the texts in the order in which this learner meets them (list of str).

    The order is drawn from the code and then stays. Without a code, and for a learner who rated
    texts before there was one, it is the usual order of the case.
    """
    case = case or default_case()
    kept, code = journal.current().answer(ORDER), _code()
    if data.is_order(kept, case.texts):
        return kept
    if not code or _has_rated(case):
        return list(case.texts)
    drawn = data.drawn_order(case.texts, code)
    with suppress(journal.JournalError):  # the line that says what is saved tells of it
        journal.current().write(ORDER, drawn)
    return drawn


def in_order(exercise, case):
    """The exercise with its rows in the learner's order, if its rows are the texts."""
    rows = {row.id: row for row in exercise.rows}
    if rows.keys() != case.texts.keys():
        return exercise
    return replace(exercise, rows=tuple(rows[id] for id in order(case)))


def _code():
    """The code, or "" where none is kept under which one can hand in."""
    try:
        return submission.checked(journal.current().answer(CODE))
    except submission.SubmissionError:
        return ""


def _said():
    if not _code():
        return "This is not a code yet: it has 2 to 20 letters, digits or hyphens."
    return "Run the cells below to meet the texts in your order."


def _has_rated(case):
    ratings = (each for each in exercises.load(case).values() if each.kind == "rating")
    on_texts = [each.id for each in ratings if {row.id for row in each.rows} <= set(case.texts)]
    return any(journal.current().answer(id) for id in on_texts)
