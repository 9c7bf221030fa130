"""Agreement between raters: Krippendorff's alpha with an interval that says how firm it is.

The interval is a bootstrap over units: they are the sample (other claims could have been rated),
and the ratings of one unit belong together. Drawing single ratings or pairs would treat them as
independent and make the interval too narrow. It does not cover the choice of raters. It treats
units as independent, which six criteria of one text are not quite, and with few units it is itself
too narrow. A draw without any variation has no alpha; it is left out and counted.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kit.errors import KitError
from teach.measures.bootstrap import estimate, times_drawn

FEW_UNITS = 10  # under this many units the number is hardly readable, however many raters
CELLS_AT_ONCE = 4_000_000  # bounds the memory of the bootstrap


class Agreement(NamedTuple):
    """Alpha, its 95 % interval, what it rests on, and what to know when reading it.

    `alpha`, `low` and `high` are None where undefined, and `note` then says why; `note`
    also warns under 10 units and counts the resamples left out.
    `n_units`, `n_raters` and `n_values` count what was used: units with two or more
    ratings, raters with a rating there, and the ratings themselves.
    """

    alpha: float | None
    low: float | None
    high: float | None
    n_units: int
    n_raters: int
    n_values: int
    note: str


def alpha(
    ratings: ArrayLike | pd.DataFrame, level: str = "nominal", seed: int = 0, resamples: int = 1000
) -> Agreement:
    """Krippendorff's alpha: 1 is full agreement, 0 is what chance alone would give.

    ratings
        A table (nested lists, array or DataFrame), one row per rater and one column per
        unit: a claim, or one criterion of one text. None, nan, pandas.NA or "" is missing.
        A unit with fewer than two ratings drops out.
    level
        How far apart two ratings are: "nominal" (labels, same or not) or "ordinal" (numbers, of
        which only the order counts).

    By Krippendorff's convention 0.800 is good and 0.667 enough for tentative conclusions. Alpha is
    undefined, so None, where fewer than two units were rated twice or every rating is the same.

    Raises KitError for an unknown level, a table that is not two-dimensional, and words or
    infinite numbers at the ordinal level.

    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011):
    alpha = 1 - observed disagreement / disagreement expected by chance.

    >>> first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    >>> second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> found = alpha([first, second])
    >>> round(found.alpha, 3), found.n_units, found.n_raters, found.n_values
    (0.095, 10, 2, 20)
    >>> alpha([[3, 3, 3], [3, 3, None]]).note
    'undefined: every rating is 3'
    """
    codes, values = _coded(ratings, level)
    shared = codes[:, (codes >= 0).sum(axis=0) >= 2]
    used = shared >= 0
    size = (shared.shape[1], int(used.any(axis=1).sum()), int(used.sum()))
    reason = _undefined(codes, shared, values)
    if reason:
        return Agreement(None, None, None, *size, f"undefined: {reason}")
    counts = _counts(shared, len(values))
    whole = _alphas(counts, np.ones((1, len(counts))), level)[0]
    draws = _resampled(counts, level, resamples, seed)
    value, low, high = estimate(whole, draws) if len(draws) else (float(whole), None, None)
    return Agreement(value, low, high, *size, _note(len(counts), resamples - len(draws), resamples))


def _coded(ratings, level):
    """Give every rating the number of its value, -1 if missing; (raters, units) and the values."""
    if level not in LEVELS:
        raise KitError(f"level must be one of {', '.join(LEVELS)}, not {level!r}.")
    table = _table(ratings)
    column = pd.Series(table.ravel())
    column = column.mask(column == "")
    if level == "ordinal":
        column = _numbers(column)
    codes, values = pd.factorize(column, sort=level == "ordinal")
    return codes.reshape(table.shape), np.asarray(values)


def _table(ratings):
    """The ratings as an array of raters by units; (0, 0) if there are none."""
    table = ratings if isinstance(ratings, np.ndarray) else np.asarray(ratings, dtype=object)
    if table.size == 0:
        return np.empty((0, 0))
    if table.ndim != 2:
        raise KitError(
            "ratings must be a table with one row per rater and one column per unit, "
            "every row of the same length; mark a missing rating None."
        )
    return table


def _numbers(column):
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    wrong = (numbers.isna() & column.notna()) | np.isinf(numbers)
    if wrong.any():
        raise KitError(
            f"ratings at the ordinal level must be finite numbers, not {column[wrong].iloc[0]!r}; "
            "correct it, mark it missing with None, or use another level."
        )
    return numbers


def _undefined(codes, shared, values):
    """Say in words why alpha is undefined; "" if it is defined."""
    if shared.shape[1] == 0:
        return "no unit was rated by two raters"
    given = np.unique(shared[shared >= 0])
    if len(given) == 1:
        value = values[given[0]]
        value = f"{value:g}" if isinstance(value, float) else value
        same = (codes[codes >= 0] == given[0]).all()
        return f"every rating {'' if same else 'that can be compared '}is {value}"
    return "only one unit was rated by two raters" if shared.shape[1] == 1 else ""


def _counts(shared, n_values):
    """Count how many raters gave each unit each value: (units, values)."""
    n_units = shared.shape[1]
    cell = (shared + np.arange(n_units) * n_values)[shared >= 0]
    return np.bincount(cell, minlength=n_units * n_values).reshape(n_units, n_values).astype(float)


def _alphas(counts, weights, level):
    """Alpha of every resample (row of weights) that varies at all."""
    within, total = LEVELS[level](counts, weights)
    ratings = counts.sum(axis=1)
    observed = (weights * (within / (ratings - 1))).sum(axis=1)
    return 1 - (weights @ ratings - 1) * observed / total


def _resampled(counts, level, resamples, seed):
    """Alpha of each resample of the units that has one."""
    weights = times_drawn(np.ones(len(counts)), resamples, seed)
    weights = weights[_varied(counts, weights)].astype(float)
    chunks = np.array_split(weights, max(1, -(-len(weights) * counts.shape[1] // CELLS_AT_ONCE)))
    return np.concatenate([_alphas(counts, chunk, level) for chunk in chunks])


def _varied(counts, weights):
    """Which resamples hold at least two different values."""
    given = counts > 0
    lowest = given.argmax(axis=1)
    highest = given.shape[1] - 1 - given[:, ::-1].argmax(axis=1)
    top = np.where(weights > 0, highest, -1).max(axis=1)
    bottom = np.where(weights > 0, lowest, given.shape[1]).min(axis=1)
    return top > bottom


def _note(n_units, without, resamples):
    """What a reader must know beside the number."""
    few = f"only {n_units} units: too few to read much into this number"
    lost = f"{without} of {resamples} resamples had no variation and were left out"
    return "; ".join([few] * (n_units < FEW_UNITS) + [lost] * (without > 0))


# Disagreement between pairs of ratings, for many resamples of the units at once. Each function
# takes `counts`, (units, values): how many raters gave each unit each value, in rising order;
# `weights`, (resamples, units): how often each unit was drawn. It returns the squared distances
# summed over all ordered pairs inside each unit, (units,) or (resamples, units), and over all pairs
# of the whole resample, (resamples,). No pair is ever listed: each sum has a closed form in the
# counts, so the cost does not grow with the number of raters.


def _nominal(counts, weights):
    """Sum pairs at distance 0 if the labels are the same and 1 if not."""
    return _unequal_pairs(counts), _unequal_pairs(weights @ counts)


def _ordinal(counts, weights):
    """Sum pairs at distance (ratings between a and b, half of each end's included) squared.

    That distance is the difference of two mid-ranks, and the mid-ranks are those of the
    resample, so they are worked out anew for each one.
    """
    drawn = weights @ counts
    size = drawn.sum(axis=1)
    rank = (np.cumsum(drawn, axis=1) - drawn / 2) / size[:, None] - 0.5
    within = _squared_pairs(counts.sum(axis=1), rank @ counts.T, rank**2 @ counts.T)
    total = _squared_pairs(size, (drawn * rank).sum(axis=1), (drawn * rank**2).sum(axis=1))
    return within, total


LEVELS = {"nominal": _nominal, "ordinal": _ordinal}


def _unequal_pairs(counts):
    """Ordered pairs of unlike labels: all pairs less the like ones."""
    return counts.sum(axis=-1) ** 2 - (counts**2).sum(axis=-1)


def _squared_pairs(n, total, squares):
    """Squared differences over ordered pairs of n numbers, from their sum and sum of squares."""
    return np.maximum(2 * (n * squares - total**2), 0)
