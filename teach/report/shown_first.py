"""Does it matter for the rating of a text which one was met first?"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kit import exercises
from teach import charts, measures
from teach.report.agreeing import score_columns
from teach.report.gather import MISSING, steps
from teach.report.panel import Panel, empty

TITLE = "Does it matter which text they met first?"
NONE_SCORED = "This course has no exercise in which its texts are scored."
TOO_FEW = (
    "Fewer than {} learners rated texts that they met in an order drawn from their code, which is "
    "recorded only where the code was chosen before the texts were met."
)
METHOD = (
    "The order is drawn from the learner's code, and recorded only where the code was chosen "
    "before the texts were met. So a better text stood first no more often than another, and what "
    "shows here is the work of the place.",
    "Each rating is compared with those of the same text and of the same learner (least squares "
    "with a level for each text and each learner). The intervals are bootstraps over learners. "
    "That no effect can be told is no proof that there is none.",
)
NAMES = {"name": "rated", "value": "points above or below", "low": "from", "high": "to"}


class _Rated(NamedTuple):
    """What was rated, by how many learners in words, and the OrderEffect."""

    name: str
    learners: str
    effect: object


def shown_first(found, k):
    """The Panel on what the place of a text does to its rating; found: a Class; k: the fewest."""
    asked = _asked(found.case)
    if not asked:
        return empty("order", TITLE, NONE_SCORED)
    rated = [_rated(found, exercise, columns, k) for exercise, columns in asked]
    rated = [each for each in rated if each.effect.learners >= k]
    if not rated:
        return empty("order", TITLE, TOO_FEW.format(k))
    rows = [row for each in rated for row in _rows(each, k)]
    table = pd.DataFrame(rows, columns=charts.places.columns[0])
    first = table[table["name"] == rows[0][0]] if rows else table
    return Panel(
        "order",
        TITLE,
        tuple(map(_said, rated)),
        (lambda: charts.places(first)) if rows else None,
        charts.places.describe(first),
        table.rename(columns=NAMES) if rows else None,
        "How far texts were rated above or below their own level, by the place at which they were "
        "met (1 is the first), with the 95 % interval",
        METHOD,
    )


def _asked(case):
    """(exercise, its columns with scores, {place: steps}) of each rating of texts."""
    for_texts = [
        each
        for each in exercises.load(case).values()
        if each.kind == "rating" and {row.id for row in each.rows} <= case.texts.keys()
    ]
    pairs = [(each, _scores(each)) for each in for_texts]
    return [(each, columns) for each, columns in pairs if columns]


def _scores(exercise):
    """{place: steps} of the columns that are scores in order."""
    return {n: steps(each) for n, each in score_columns(exercise).items() if steps(each)}


def _rated(found, exercise, columns, k):
    """Measure the mean score of each text, where all its scores are given, by its place."""
    cells = found.cells[exercise.id][:, :, list(columns)]
    scores = [np.array([*each, np.nan])[cells[..., n]] for n, each in enumerate(columns.values())]
    texts = list(found.case.texts)
    places = found.places[:, [texts.index(row.id) for row in exercise.rows]]
    effect = measures.order_effect(np.mean(scores, axis=0), places)
    everybody = int((cells != MISSING).any(axis=(1, 2)).sum())
    steps_of_first = next(iter(columns.values()))
    name = f"{exercise.title} ({steps_of_first[0]} to {steps_of_first[-1]})"
    return _Rated(name, _number(effect.learners, everybody, found.learners, k), effect)


def _number(learners, everybody, class_, k):
    """Say how many learners are meant, so that neither class nor all raters give the rest away."""
    known = measures.safe_count(everybody, class_, k) == f"{everybody:,}"
    return measures.safe_count(learners, everybody if known else class_, k)


def _rows(rated, k):
    """The rows of the chart: places at which enough learners rated a text."""
    places = zip(rated.effect.places, rated.effect.rated, strict=True)
    for place, (mean, number) in enumerate(places, start=1):
        if number >= k and mean.value is not None:
            yield (rated.name, place, *(round(value, 2) + 0.0 for value in mean))  # never -0.0


def _said(rated):
    """What the slope says, in words."""
    name, slope, effect = rated.name, rated.effect.slope, rated.effect
    if effect.note:
        return f"{name}: the effect of the order is {effect.note}."
    what = "no effect of the order can be told"
    if slope.low > 0 or slope.high < 0:
        what = f"texts met earlier were rated {'lower' if slope.low > 0 else 'higher'}"
    each, low, high = (f"{value:+.2f}".replace("-", "−") for value in slope)
    return (
        f"{name}: {what}. For each place later the rating changes by {each} points (95 % interval "
        f"from {low} to {high}). It rests on {rated.learners} learners."
    )
