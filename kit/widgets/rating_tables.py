"""The ratings after committing: the learner's own and the experts', on the page and as tables."""

from html import escape
from typing import TYPE_CHECKING

from kit import exercises, journal
from kit.data import Case
from kit.exercises.invented import INVENTED, invented_ratings, most_frequent
from kit.widgets.base import Page, default_case, html, sentence
from kit.widgets.controls import button
from kit.widgets.fields import Form, part, save_waiting
from kit.widgets.rating import missing, table_column

if TYPE_CHECKING:
    import pandas as pd

COMMITTED = "committed/{}"


def commit_ratings(exercise_id: str = "ratings", case: Case | None = None) -> Form | Page:
    """A button that says: these are my ratings, show me the experts'."""
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    form = Form("kit.widgets.commit_ratings()")
    commit = button("These are my ratings", lambda: _commit(form, exercise), "kit-primary")
    form.lay_out(html(f"<p>{BEFORE}</p>"), commit)
    if _is_committed(exercise):
        form.status.saved(f"You have decided on your ratings. {_gaps_in_words(exercise)}")
    else:
        form.status.say("empty", "○", f"Not decided yet. {_gaps_in_words(exercise)}")
    return form


def experts(exercise_id: str = "ratings", case: Case | None = None) -> Page:
    """The learner's ratings, the experts' and an invented class's, for texts rated whole."""
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    if not _is_committed(exercise):
        return sentence(f"First decide on your own ratings. {_gaps_in_words(exercise)}")
    if case.key is None:
        return sentence("There is no key here, so there are no expert ratings to show.")
    by_text = {row["text_id"]: row for row in case.key.rows("ratings")}
    answer, gaps = journal.current().answer(exercise.id), missing(exercise)
    shown = [row for row in exercise.rows if row.id in by_text and row.id not in gaps]
    rated = {id: {c.id: _rated(row, c.id) for c in exercise.columns} for id, row in by_text.items()}
    invented = invented_ratings(exercise, rated)
    tables = "".join(
        _table(exercise, row, part(answer, row.id), by_text[row.id], invented[row.id])
        for row in shown
    )
    return Page(
        f'{tables}<p class="kit-note">{WHO} {INVENTED} {escape(_gaps_in_words(exercise))}</p>',
        f"Your ratings beside the experts': {', '.join(row.text for row in shown)}.",
    )


BEFORE = (
    "Press this when you have decided on your ratings. After that, the next cell shows the "
    "experts' ratings beside yours, for every text that you have rated completely. "
    "You can still change yours."
)
WHO = (
    "The experts are the editors of this course. Their ratings are one reasoned reading, "
    "not the right answer: where you differ, compare the reasons."
)


def _is_committed(exercise):
    return bool(journal.current().answer(COMMITTED.format(exercise.id)))


def _gaps_in_words(exercise):
    """What is still missing, per text; the experts' ratings of those texts stay folded."""
    gaps = missing(exercise)
    if not gaps:
        return "Every rating has been given."
    names = {row.id: row.text for row in exercise.rows}
    texts = ", ".join(f"{names[row]} ({count})" for row, count in gaps.items())
    return (
        f"Ratings still missing or without their sentence: {texts}. "
        "You see the experts only on texts that you have rated completely."
    )


def _commit(form, exercise):
    save_waiting()
    if len(missing(exercise)) == len(exercise.rows):
        return form.status.refused(f"Rate at least one text completely. {_gaps_in_words(exercise)}")
    try:
        if not _is_committed(exercise):
            journal.current().write(COMMITTED.format(exercise.id), True)
    except journal.JournalError as error:
        return form.status.failed(str(error))
    return form.status.saved("You have decided: run the next cell to see the experts.")


def _table(exercise, row, own, expert, invented):
    """One text: criterion, your rating, the experts', the invented class's, the experts' reason."""
    rated = [column for column in exercise.columns if _rated(expert, column.id)]
    lines = "".join(
        f"<tr><th scope='row'>{escape(column.text)}</th><td>{_own(own, column)}</td>"
        f"<td>{escape(_rated(expert, column.id))}</td>"
        f"<td>{most_frequent(invented[column.id]) if column.id in invented else '–'}</td>"
        f"<td>{escape(_reason(expert, column.id))}</td></tr>"
        for column in rated
    )
    return (
        f'<div class="kit-scroll"><table class="kit-table"><caption>{escape(row.text)}</caption>'
        "<thead><tr><th scope='col'>Criterion</th><th scope='col'>You</th>"
        "<th scope='col'>Experts</th><th scope='col'>Invented class, most often</th>"
        "<th scope='col'>The experts' reason</th></tr></thead>"
        f"<tbody>{lines}</tbody></table></div>"
    )


def _own(own, column):
    value = part(own, column.id).get("value")
    return "not rated" if value is None else escape(str(value))


def _rated(expert, column_id):
    """The experts' rating; "" if there is none."""
    return expert.get(table_column(column_id), "")


def _reason(expert, column_id):
    """The experts' reason; letter and number share one, given with the letter."""
    if column_id == "information":
        return "The same reason as for the letter."
    return expert.get(f"{column_id}_reason") or expert.get("justification", "")


def my_ratings(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The learner's ratings: a DataFrame with one row a text, in the order of the exercise.

    Columns: `text_id`, `admiralty_source` (A to F), `admiralty_information` (1 to 6) and the
    scores (`authorship_score` and so on, 0 to 4). A rating not given is missing (nan or None).
    An unknown exercise is an ExerciseError.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    answer = journal.current().answer(exercise_id)
    rows = [
        {"text_id": row.id}
        | {table_column(c.id): part(answer, row.id, c.id).get("value") for c in exercise.columns}
        for row in exercise.rows
    ]
    return _frame(exercise, rows)


def expert_ratings(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The experts' ratings, in the same columns: none before the learner has committed.

    Only the texts that the learner has rated whole; no rows without a key.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    key = case.key if journal.current().answer(COMMITTED.format(exercise_id)) else None
    whole = {row.id for row in exercise.rows} - set(missing(exercise))
    rows = key.rows("ratings") if key else []
    return _frame(exercise, [row for row in rows if row["text_id"] in whole])


def _frame(exercise, rows):
    from pandas import DataFrame

    return DataFrame(rows, columns=["text_id", *(table_column(c.id) for c in exercise.columns)])
