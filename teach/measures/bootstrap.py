"""How sure is a number? Its 95 % interval, by drawing the sample anew, whole and with replacement.

What is drawn is what was sampled: the learners of a class, with all that each of them did, or the
units that raters rated. The same input and seed give the same interval.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

LEVEL = 0.95
MIDDLE = (0.025, 0.975)  # percentiles
AT_ONCE = 50  # resamples of single rows: how many are held in memory


class Estimate(NamedTuple):
    """A number and its 95 % interval; all None where it is undefined."""

    value: float | None
    low: float | None
    high: float | None


UNDEFINED = Estimate(None, None, None)


def estimate(value: float, draws: np.ndarray, learners: int | None = None) -> Estimate:
    """Return a number with the interval that its resamples give.

    draws: the number in each resample, nan where it had none. learners: how many were drawn from,
    to widen the percentiles as for the mean of a small sample.
    """
    ends = percentiles(learners) if learners else MIDDLE
    return Estimate(float(value), *np.quantile(draws[~np.isnan(draws)], ends).tolist())


def times_drawn(number: np.ndarray, resamples: int, seed: int = 0) -> np.ndarray:
    """Return how often each kind of row is drawn in each resample: (resamples, kinds).

    number: how many rows there are of each kind. Rows that are alike are drawn together, as there
    are few kinds however many rows there are.
    """
    size = number.sum()
    return np.random.default_rng(seed).multinomial(size, number / size, size=resamples)


def resampled_sums(
    rows: np.ndarray, resamples: int, seed: int = 0, most: int | None = None
) -> np.ndarray:
    """Return the sums of the columns over as many rows, drawn anew: (resamples, columns).

    most: more rows than this are dealt into so many groups that are drawn as one: the interval
    stays as wide, and takes no more time.

    >>> resampled_sums(np.ones((3, 1)), 2).tolist()
    [[3.0], [3.0]]
    """
    if most and len(rows) > most:  # dealt like cards
        rows = np.stack([rows[group::most].sum(axis=0) for group in range(most)])
    rng, size = np.random.default_rng(seed), len(rows)
    sums = []
    for start in range(0, resamples, AT_ONCE):
        number = min(AT_ONCE, resamples - start)
        drawn = rng.integers(size, size=(number, size)) + size * np.arange(number)[:, None]
        times = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(number, size)
        sums.append(times @ rows)
    return np.concatenate(sums)


def percentiles(learners: int) -> tuple[float, float]:
    """Return the two percentiles of a bootstrap that widen its interval as for a small sample.

    learners: how many were drawn from, at least 2. Source: T. Hesterberg, The American
    Statistician 69 (2015), 371-386.

    >>> [round(share, 4) for share in percentiles(25)]
    [0.0176, 0.9824]
    """
    x, freedom = NormalDist().inv_cdf((1 + LEVEL) / 2), learners - 1
    terms = (x**3 + x) / 4, (5 * x**5 + 16 * x**3 + 3 * x) / 96
    t = x + terms[0] / freedom + terms[1] / freedom**2  # Abramowitz and Stegun 26.7.5
    wide = t * math.sqrt(learners / freedom)
    return NormalDist().cdf(-wide), NormalDist().cdf(wide)
