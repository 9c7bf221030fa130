"""Do the learners agree, does it mean anything, and do they rate two things as one?"""

import numpy as np
import pandas as pd

from kit import charts, exercises, measures
from kit.report.gather import MISSING
from kit.report.panel import Panel, empty

AGREEMENT, HALO = "Do they agree, and does it mean anything?", "Do two marks move as one?"
AXES = ("source", "information")  # columns of a rating that are no scores
TENTATIVE, GOOD = (value for value, *_ in charts.judged.THRESHOLDS)
METHOD = (
    "Krippendorff's alpha (2011); scores as steps in order, all else as labels. 0.800 and 0.667 "
    "are his customary thresholds. The interval is a bootstrap over what was rated. With few of "
    "them alpha can hardly be read, however many learners rated.",
    "Reliable is not valid: a class can agree and be wrong together.",
)
PUBLISHED = (
    "Published for comparison: 87 % of over 1,400 reports were A1, B2 or C3 (Baker 1968), which is "
    "not quite the same measure. By chance 1 in 5 would be on the diagonal of the 5 × 5 marks "
    "that are judged."
)


def agreeing(found, k):
    """The Panel on agreement; found: a Class; k: the fewest learners."""
    rows = [row for row in _agreements(found, k) if row]
    if not rows:
        why = f"Fewer than {k} learners rated the same things, so nothing is shown of them."
        return empty("agreeing", AGREEMENT, why)
    table = pd.DataFrame(rows)
    shown = table.drop(columns="n_values").rename(columns=NAMES)
    return Panel(
        "agreeing",
        AGREEMENT,
        tuple(map(_read, rows[:3])),
        lambda: charts.agreement(table),
        charts.describe(charts.agreement, table),
        shown.round(2),
        "Krippendorff's alpha with its 95 % interval",
        METHOD,
    )


NAMES = {"name": "rated", "n_units": "units", "n_raters": "learners"}


def _agreements(found, k):
    """The rows of the chart: all scores together, each matrix, then criterion by criterion."""
    known = exercises.load(found.case)
    scores = {id: _score_columns(known[id]) for id in found.cells if known[id].kind == "rating"}
    for id, columns in scores.items():
        if len(columns) > 1:
            name = f"{known[id].title}: all scores"
            yield _agreement(name, found.cells[id][:, :, list(columns)], "ordinal", k)
    for id, cells in found.cells.items():
        if known[id].kind == "matrix":
            yield _agreement(known[id].title, cells, "nominal", k)
    for id, columns in scores.items():
        for place, column in columns.items() if len(known[id].rows) > 1 else ():
            yield _agreement(column.text, found.cells[id][:, :, [place]], "ordinal", k)


def _score_columns(exercise):
    """{place: column} of a rating's columns that are scores in order."""
    places = enumerate(exercise.columns)
    return {n: column for n, column in places if column.id not in AXES and _is_number(column)}


def _is_number(column):
    return bool(column.range) or all(type(value) is int for value in column.values)


def _agreement(name, cells, level, k):
    """A row of the chart, or None where fewer than k learners rated."""
    given = cells[(cells != MISSING).any(axis=(1, 2))]
    if len(given) < k:
        return None
    ratings = given.reshape(len(given), -1)
    ratings = np.where(ratings == MISSING, np.nan, ratings)
    found = measures.alpha(ratings, level)
    raters = measures.safe_count(found.n_raters, len(cells), k)
    return {"name": name, **found._replace(n_raters=raters)._asdict()}


def _read(row):
    """What an alpha says, in words."""
    name, found = row["name"], row["alpha"]
    if found is None:
        return f"{name}: alpha is {row['note']}."
    interval = f"{found:.2f}, from {row['low']:.2f} to {row['high']:.2f}".replace("-", "−")
    if row["low"] >= GOOD:
        said = "they agree well"
    elif row["low"] >= TENTATIVE:
        said = "they agree well enough for tentative conclusions"
    elif row["high"] < TENTATIVE:
        said = "they do not agree enough to conclude from it"
    else:
        said = "one cannot tell whether they agree enough"
    return f"{name}: alpha is {interval}: {said}."


def halo(found, k):
    """The Panel on the two Admiralty axes of the ratings."""
    known = exercises.load(found.case)
    both = [id for id in found.cells if set(AXES) <= {c.id for c in known[id].columns}]
    pairs = _pairs(found.cells[both[0]], known[both[0]]) if both else np.empty((0, 2), int)
    learners = len(np.unique(pairs[:, 0])) if both else 0
    if learners < k:
        why = f"Fewer than {k} learners judged a text on both axes, so nothing is shown of them."
        return empty("halo", HALO, why)
    letters = ["ABCDE"[place] for place in pairs[:, 1]]
    share = measures.halo(letters, (pairs[:, 2] + 1).tolist()).share
    of = measures.safe_count(learners, found.learners, k)
    return Panel("halo", HALO, (_halo_words(share, of), PUBLISHED))


def _pairs(cells, exercise):
    """(learner, letter, number) of each text judged on both axes; the last mark judges nothing."""
    places = {column.id: n for n, column in enumerate(exercise.columns)}
    letters, numbers = (cells[:, :, places[axis]] for axis in AXES)
    top = len(exercise.columns[places[AXES[0]]].values) - 1
    judged = (letters != MISSING) & (numbers != MISSING) & (letters < top) & (numbers < top)
    learners = np.nonzero(judged)[0]
    return np.column_stack([learners, letters[judged], numbers[judged]])


def _halo_words(share, learners):
    return (
        f"{100 * share:.0f} % of the ratings of {learners} learners say the same with letter and "
        "number (A1, B2, C3, D4, E5)."
    )
