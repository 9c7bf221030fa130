"""Did a class get sharper, or only more suspicious? Two tests, and how sure one may be.

All answers of the class are put together: H is the share of true statements that it called true,
F the share of false ones, d' = z(H) - z(F) and c = -(z(H) + z(F)) / 2, with the log-linear
correction. The mean of the learners' own d' would not do: with four statements of a kind each of
them is pulled towards 0, and so is a mean of any number of them. Where learners differ, the d' of
the class is a little smaller than that of its typical learner, before and after alike. A mere
shift of everybody's lean leaves it where it was.

The interval is a bootstrap over learners, because they are the sample: whole learners are drawn
with replacement, both tests of each together. Its percentiles are widened as for the mean of a
small sample. It does not cover the choice of statements: another form B would give another change.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from kit.measures.judgement import discrimination

LEVEL = 0.95
Z = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
VERDICTS = ("sharper", "less sharp", "only more suspicious", "only more trusting", "cannot tell")
# How many of 100 classes of 25, whose typical learner's d' really grew by so much, are called
# "sharper" with eight statements a test: simulated in tests/teach/test_measures_sharper.py.
POWER_OF_25 = {0.3: 19, 0.6: 56, 0.9: 88}


class Estimate(NamedTuple):
    """A number and its 95 % interval; all None where it is undefined."""

    value: float | None
    low: float | None
    high: float | None


class ClassChange(NamedTuple):
    """How a class changed from one test to the other.

    learners: those with answers in both tests. before, after: Discrimination of all their answers
    together. d_prime, criterion: Estimate of after minus before. verdict: one of VERDICTS, or ""
    where `note` says why there is none.
    """

    learners: int
    before: object
    after: object
    d_prime: Estimate
    criterion: Estimate
    verdict: str
    note: str = ""


def class_change(before, after, seed=0, resamples=2000):
    """Compare two tests of a class, sharpness (d') and lean (criterion c) apart.

    before, after
        Arrays of whole numbers, learners by four: hits, misses, false alarms, correct
        rejections. One row a learner, the same in both; a learner with no answer in one of
        them drops out.
    seed, resamples
        For the interval. The same input gives the same output.

    Returns a `ClassChange`. The verdict is "sharper" or "less sharp" if the interval of the
    change in d' does not hold 0. Else it is "only more suspicious" (says "false" more readily)
    or "only more trusting" if that of the criterion does not hold 0. Else "cannot tell". All is
    undefined where fewer than two learners took both tests, or all did the same.

    Raises ValueError for arrays of other shapes or counts below 0.

    Source of the widening: T. Hesterberg, The American Statistician 69 (2015), 371-386.

    >>> was, now = [[3, 1, 1, 3], [4, 0, 2, 2]] * 20, [[2, 2, 0, 4], [3, 1, 1, 3]] * 20
    >>> class_change(was, now).verdict
    'only more suspicious'
    """
    tests = _tests(before, after)
    learners = len(tests)
    sums = tests.sum(axis=0)
    whole = [discrimination(*map(int, sums[:4])), discrimination(*map(int, sums[4:]))]
    reason = _undefined(tests, whole)
    if reason:
        none = Estimate(None, None, None)
        return ClassChange(learners, *whole, none, none, "", reason)
    draws = _changes(_resampled(tests, seed, resamples))
    ends = np.quantile(draws, percentiles(learners), axis=0)
    found = [Estimate(*each) for each in np.vstack([_changes(sums[None]), ends]).T.tolist()]
    return ClassChange(learners, *whole, *found, _verdict(*found))


def _tests(before, after):
    """Both tests side by side, (learners, 8), without learners who lack one."""
    before, after = np.asarray(before), np.asarray(after)
    if before.shape != after.shape or before.ndim != 2 or before.shape[1] != 4:
        raise ValueError(
            "give two tables of one shape, a row for each learner and four counts in it, "
            f"not {before.shape} and {after.shape}."
        )
    tests = np.hstack([before, after]).astype(int)
    if (tests < 0).any():
        raise ValueError("counts of answers cannot be below 0; count the answers again.")
    return tests[(before.sum(axis=1) > 0) & (after.sum(axis=1) > 0)]


def _undefined(tests, whole):
    """Say in words why there is no change with an interval; "" if there is one."""
    learners = len(tests)
    if learners < 2:
        return f"{learners or 'no'} learner{'' if learners == 1 else 's'} took both tests"
    if note := whole[0].note or whole[1].note:
        return note
    if (tests == tests[0]).all():
        return "undefined: every learner did the same, so nothing says how sure one may be"
    return ""


def _resampled(tests, seed, resamples):
    """Sums of counts, (resamples, 8), of classes drawn from this one.

    Learners with the same eight counts are drawn together: there are few such kinds however
    many learners there are, and the result is the same.
    """
    kinds, number = np.unique(tests, axis=0, return_counts=True)
    rng = np.random.default_rng(seed)
    return rng.multinomial(len(tests), number / len(tests), size=resamples) @ kinds


def _changes(sums):
    """Changes in d' and criterion, (n, 2), of sums of counts, (n, 8)."""
    hits, misses, alarms, rejections = sums.reshape(-1, 2, 4).transpose(2, 0, 1)
    true_called = Z((hits + 0.5) / (hits + misses + 1)).astype(float)
    false_called = Z((alarms + 0.5) / (alarms + rejections + 1)).astype(float)
    both = np.stack([true_called - false_called, -(true_called + false_called) / 2], axis=-1)
    return both[:, 1] - both[:, 0]


def percentiles(learners):
    """Return the two percentiles of a bootstrap that widen its interval as for a small sample.

    learners: how many were drawn from, at least 2. Source: T. Hesterberg, The American
    Statistician 69 (2015), 371-386.

    >>> [round(share, 4) for share in percentiles(25)]
    [0.0176, 0.9824]
    """
    wide = _t(learners - 1) * math.sqrt(learners / (learners - 1))
    return NormalDist().cdf(-wide), NormalDist().cdf(wide)


def _t(freedom):
    """Student's t for LEVEL, from the normal (Abramowitz and Stegun 26.7.5)."""
    x = NormalDist().inv_cdf((1 + LEVEL) / 2)
    terms = (x**3 + x) / 4, (5 * x**5 + 16 * x**3 + 3 * x) / 96
    return x + terms[0] / freedom + terms[1] / freedom**2


def _verdict(d_prime, criterion):
    if d_prime.low > 0 or d_prime.high < 0:
        return "sharper" if d_prime.low > 0 else "less sharp"
    if criterion.low > 0 or criterion.high < 0:
        return "only more suspicious" if criterion.low > 0 else "only more trusting"
    return "cannot tell"
