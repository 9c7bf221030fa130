"""Agreement between raters: Krippendorff's alpha with an interval that says how firm it is.

The interval is a percentile bootstrap over units: whole units are drawn with replacement,
alpha is worked out anew for each draw, and the middle 95 % is kept. Units are drawn because
they are the sample (other claims could have been rated) and because the ratings of one unit
belong together: drawing single ratings or pairs would treat them as independent and make
the interval too narrow. It does not cover the choice of raters. It treats units as
independent, which six criteria of one text are not quite, and with few units it is itself
too narrow. A draw without any variation has no alpha; it is left out and counted.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from teach.measures.distances import LEVELS

FEW_UNITS = 10  # under this many units the number is hardly readable, however many raters
MOST_VALUES = 5000  # different values the ratio level can compare, each with each
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


def alpha(ratings, level="nominal", seed=0, resamples=1000):
    """Krippendorff's alpha: 1 is full agreement, 0 is what chance alone would give.

    ratings
        A table (nested lists, array or DataFrame), one row per rater and one column per
        unit: a claim, or one criterion of one text. None, nan, pandas.NA or "" is missing.
        A unit with fewer than two ratings drops out.
    level
        How far apart two ratings are: "nominal" (labels, same or not), "ordinal" (ranks),
        "interval" (numbers, differences count; need not be whole), "ratio" (numbers from a
        true zero up, proportions count).
    seed, resamples
        For the interval. The same input gives the same output.

    Returns an `Agreement`. By Krippendorff's convention 0.800 is good and 0.667 enough for
    tentative conclusions. Alpha is undefined, so None, where fewer than two units were rated
    twice or every rating is the same. The 95 % interval is a bootstrap over units; this
    file's opening says why, and what it does not cover.

    Raises ValueError for an unknown level, a table that is not two-dimensional, words or
    infinite numbers above the nominal level, and at the ratio level for negative numbers or
    more than 5,000 different ones.

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
    whole = _alphas(counts, values, np.ones((1, len(counts))), level)[0]
    low, high, kept = _interval(counts, values, level, seed, resamples)
    return Agreement(float(whole), low, high, *size, _note(len(counts), kept, resamples))


def _coded(ratings, level):
    """Give every rating the number of its value, -1 if missing; (raters, units) and the values."""
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}.")
    table = _table(ratings)
    column = pd.Series(table.ravel())
    column = column.mask(column == "")
    if level != "nominal":
        column = _numbers(column, level)
    codes, values = pd.factorize(column, sort=level != "nominal")
    if level == "ratio" and len(values) > MOST_VALUES:
        raise ValueError(
            f"the ratio level can compare at most {MOST_VALUES} different numbers, not "
            f"{len(values)}; round the ratings first."
        )
    return codes.reshape(table.shape), np.asarray(values)


def _table(ratings):
    """The ratings as an array of raters by units; (0, 0) if there are none."""
    table = ratings if isinstance(ratings, np.ndarray) else np.asarray(ratings, dtype=object)
    if table.size == 0:
        return np.empty((0, 0))
    if table.ndim != 2:
        raise ValueError(
            "ratings must be a table with one row per rater and one column per unit, "
            "every row of the same length; mark a missing rating None."
        )
    return table


def _numbers(column, level):
    """Turn ratings into numbers, refusing what is not one."""
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    wrong = (numbers.isna() & column.notna()) | np.isinf(numbers)
    if level == "ratio":
        wrong |= numbers < 0
    if wrong.any():
        kind = "numbers of 0 or more" if level == "ratio" else "finite numbers"
        raise ValueError(
            f"ratings at the {level} level must be {kind}, not {column[wrong].iloc[0]!r}; "
            "correct it, mark it missing with None, or use another level."
        )
    return numbers


def _undefined(codes, shared, values):
    """Say in words why alpha is undefined; "" if it is defined."""
    if shared.shape[1] == 0:
        return "no unit was rated by two raters"
    found = np.unique(shared[shared >= 0])
    if len(found) == 1:
        value = values[found[0]]
        value = f"{value:g}" if isinstance(value, float) else value
        same = (codes[codes >= 0] == found[0]).all()
        return f"every rating {'' if same else 'that can be compared '}is {value}"
    return "only one unit was rated by two raters" if shared.shape[1] == 1 else ""


def _counts(shared, n_values):
    """Count how many raters gave each unit each value: (units, values)."""
    n_units = shared.shape[1]
    cell = (shared + np.arange(n_units) * n_values)[shared >= 0]
    return np.bincount(cell, minlength=n_units * n_values).reshape(n_units, n_values).astype(float)


def _alphas(counts, values, weights, level):
    """Alpha of every resample (row of weights) that varies at all."""
    within, total = LEVELS[level](counts, values, weights)
    ratings = counts.sum(axis=1)
    observed = (weights * (within / (ratings - 1))).sum(axis=1)
    return 1 - (weights @ ratings - 1) * observed / total


def _interval(counts, values, level, seed, resamples):
    """Bootstrap over units: low, high and the number of resamples that had an alpha."""
    n_units, n_values = counts.shape
    chance = np.full(n_units, 1 / n_units)
    weights = np.random.default_rng(seed).multinomial(n_units, chance, size=resamples)
    weights = weights[_varied(counts, weights)].astype(float)
    if len(weights) == 0:
        return None, None, 0
    width = n_units if level == "interval" else n_values  # its sums need no count per value
    chunks = np.array_split(weights, -(-len(weights) * width // CELLS_AT_ONCE))
    alphas = np.concatenate([_alphas(counts, values, chunk, level) for chunk in chunks])
    low, high = np.quantile(alphas, [0.025, 0.975])
    return float(low), float(high), len(alphas)


def _varied(counts, weights):
    """Which resamples hold at least two different values."""
    given = counts > 0
    lowest = given.argmax(axis=1)
    highest = given.shape[1] - 1 - given[:, ::-1].argmax(axis=1)
    top = np.where(weights > 0, highest, -1).max(axis=1)
    bottom = np.where(weights > 0, lowest, given.shape[1]).min(axis=1)
    return top > bottom


def _note(n_units, kept, resamples):
    """What a reader must know beside the number."""
    parts = []
    if n_units < FEW_UNITS:
        parts.append(f"only {n_units} units: too few to read much into this number")
    if kept < resamples:
        parts.append(
            f"{resamples - kept} of {resamples} resamples had no variation and were left out"
        )
    return "; ".join(parts)
