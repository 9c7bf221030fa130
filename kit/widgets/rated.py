"""The ratings as tables for charts and measures: the learner's own, and the experts' when open."""

from kit import exercises, journal
from kit.widgets.experts import COMMITTED
from kit.widgets.fields import part
from kit.widgets.page import default_case
from kit.widgets.rating import missing, table_column


def own_ratings(exercise_id="ratings", case=None):
    """The learner's ratings: a DataFrame with one row a text, in the order of the exercise.

    Columns: `text_id`, `admiralty_source` (A to F), `admiralty_information` (1 to 6) and the
    scores (`authorship_score` and so on, 0 to 4). A rating not given is missing (nan or None).
    An unknown exercise is an ExerciseError.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    kept = journal.current().answer(exercise_id)
    rows = [
        {"text_id": row.id}
        | {table_column(c.id): part(kept, row.id, c.id).get("value") for c in exercise.columns}
        for row in exercise.rows
    ]
    return _table(exercise, rows)


def expert_ratings(exercise_id="ratings", case=None):
    """The experts' ratings, in the same columns: none before the learner has committed.

    Only the texts that the learner has rated whole; no rows without a key.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    is_open = case.key and journal.current().answer(COMMITTED.format(exercise_id))
    whole = {row.id for row in exercise.rows} - set(missing(exercise))
    rows = case.key.rows("ratings") if is_open else []
    return _table(exercise, [row for row in rows if row["text_id"] in whole])


def _table(exercise, rows):
    from pandas import DataFrame

    return DataFrame(rows, columns=["text_id", *(table_column(c.id) for c in exercise.columns)])
