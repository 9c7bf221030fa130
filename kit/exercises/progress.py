"""How far an answer is: how many of its parts are given."""

from kit.exercises.values import is_blank


def progress(exercise, answer):
    """(parts given, parts asked for) of the answer kept for an exercise.

    A matrix has a part for each cell, a rating too (given with its sentence, where the exercise
    wants one), an exercise of several with rows one for each row; all others are one part.

    >>> from kit import data, exercises
    >>> progress(exercises.load(data.load())["stances"], {"P1": {"forum": "denies"}})
    (1, 40)
    """
    if not exercise.rows:
        return int(not is_blank(answer)), 1
    cells = [_within(answer, row.id) for row in exercise.rows]
    if exercise.columns:
        cells = [_within(row, column.id) for row in cells for column in exercise.columns]
    given = is_rated if exercise.kind == "rating" else _is_given
    return sum(given(cell, exercise) for cell in cells), len(cells)


def is_rated(cell, exercise):
    """True for a rating given, with its sentence if the exercise wants one."""
    rated = _within(cell, "value") is not None
    return rated and bool(_within(cell, "evidence") or not exercise.evidence)


def _is_given(cell, _exercise):
    return not is_blank(cell)


def _within(answer, id):
    return answer.get(id) if isinstance(answer, dict) else None
