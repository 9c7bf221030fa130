"""Do the learners agree, and does it mean anything?"""

import numpy as np
import pandas as pd

from kit import exercises
from teach import charts, measures
from teach.charts.agreement import GOOD, TENTATIVE
from teach.report.gather import MISSING
from teach.report.panel import Panel, empty

AGREEMENT = "Do they agree, and does it mean anything?"
METHOD = (
    "Krippendorff's alpha (2011); scores as steps in order, all else as labels. 0.800 and 0.667 "
    "are his customary thresholds. The interval is a bootstrap over what was rated. With few of "
    "them alpha can hardly be read, however many learners rated.",
    "Reliable is not valid: a class can agree and be wrong together.",
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
        charts.agreement.describe(table),
        shown.round(2),
        "Krippendorff's alpha with its 95 % interval",
        METHOD,
    )


NAMES = {"name": "rated", "n_units": "units", "n_raters": "learners"}


def _agreements(found, k):
    """The rows of the chart: all scores together, each matrix, then criterion by criterion."""
    known = exercises.load(found.case)
    scores = {id: score_columns(known[id]) for id in found.cells if known[id].kind == "rating"}
    for id, columns in scores.items():
        if len(columns) > 1:
            name = f"{known[id].title}: all scores"
            yield agreement(name, found.cells[id][:, :, list(columns)], "ordinal", k)
    for id, cells in found.cells.items():
        if known[id].kind == "matrix":
            yield agreement(known[id].title, cells, "nominal", k)
    for id, columns in scores.items():
        for place, column in columns.items() if len(known[id].rows) > 1 else ():
            yield agreement(column.text, found.cells[id][:, :, [place]], "ordinal", k)


def score_columns(exercise):
    """Return {place: column} of a rating's columns that are scores in order."""
    places = enumerate(exercise.columns)
    return {
        n: column for n, column in places if column.id not in exercises.AXES and _is_number(column)
    }


def _is_number(column):
    return bool(column.range) or all(type(value) is int for value in column.values)


def agreement(name, cells, level, k):
    """Return a row of the chart, or None where fewer than k learners rated.

    name: what was rated. cells: as `Class.cells` holds them, all rows and some columns. level:
    nominal or ordinal.
    """
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
