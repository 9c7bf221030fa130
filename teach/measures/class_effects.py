"""Two effects on a class: did it get sharper, or only more suspicious; does a text's place matter?

*From one test to the other.* All answers of the class are put together: H is the share of true
statements that it called true, F the share of false ones, d' = z(H) - z(F) and
c = -(z(H) + z(F)) / 2, with the log-linear correction. The mean of the learners' own d' would not
do: with four statements of a kind each of them is pulled towards 0, and so is a mean of any number
of them. Where learners differ, the d' of the class is a little smaller than that of its typical
learner, before and after alike. A mere shift of everybody's lean leaves it where it was. The
interval does not cover the choice of statements: another form B would give another change.

*From one place to the next.* A rating is taken as the sum of the learner's own level, the text's
own level, the place times a slope, and chance. So a better text that stood first does no harm, and
a learner who trusts everything more does not count more. The slope is had by least squares (Frisch,
Waugh and Lovell: what learners and texts explain is taken out of places and ratings alike), also
where some ratings are missing. As orders are drawn by lot, the slope is what the place does, not
what goes with it.

Both intervals are bootstraps over learners, because they are the sample: whole learners are drawn.
Their percentiles are widened as for the mean of a small sample.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kit.errors import KitError
from kit.measures.judgement import Discrimination, discrimination
from kit.words import plural
from teach.measures.bootstrap import UNDEFINED, Estimate, estimate, resampled_sums, times_drawn

Z = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
VERDICTS = ("sharper", "less sharp", "only more suspicious", "only more trusting", "cannot tell")
# How many of 100 classes of 25, whose typical learner's d' really grew by so much, are called
# "sharper" with eight statements a test: simulated in tests/teach/test_measures_sharper.py.
POWER_OF_25 = {0.3: 19, 0.6: 56, 0.9: 88}
TINY = 1e-9  # of what places or ratings vary: less is rounding
MOST_LOST = 0.01  # share of the resamples that may lack a number
ONE_ORDER = "undefined: all met the texts in one order, so place and text cannot be told apart"
HARDLY_TWO = "undefined: too few met the texts in another order to say how sure one may be"
NO_CHANCE = "undefined: no rating strays from the others, so nothing says how sure one may be"


class ClassChange(NamedTuple):
    """How a class changed from one test to the other.

    learners: those with answers in both tests. before, after: of all their answers together.
    d_prime, criterion: after minus before. verdict: one of VERDICTS, or "" where `note` says why
    there is none.
    """

    learners: int
    before: Discrimination
    after: Discrimination
    d_prime: Estimate
    criterion: Estimate
    verdict: str
    note: str = ""


def class_change(
    before: ArrayLike, after: ArrayLike, seed: int = 0, resamples: int = 2000
) -> ClassChange:
    """Compare two tests of a class, sharpness (d') and lean (criterion c) apart.

    before, after
        Whole numbers, learners by four: hits, misses, false alarms, correct rejections. Each row
        is the same learner in both; one with no answer in one of them drops out.

    The verdict is "sharper" or "less sharp" if the interval of the change in d' does not hold 0.
    Else it is "only more suspicious" (says "false" more readily) or "only more trusting" if that
    of the criterion does not hold 0. Else "cannot tell". All is undefined where fewer than two
    learners took both tests, or all did the same.

    Raises KitError.

    >>> was, now = [[3, 1, 1, 3], [4, 0, 2, 2]] * 20, [[2, 2, 0, 4], [3, 1, 1, 3]] * 20
    >>> class_change(was, now).verdict
    'only more suspicious'
    """
    tests = _tests(before, after)
    learners = len(tests)
    sums = tests.sum(axis=0)
    first, second = (discrimination(*counts.tolist()) for counts in np.split(sums, 2))
    reason = first.note or second.note
    if learners < 2:
        reason = f"{_few(learners)} took both tests"
    elif not reason and (tests == tests[0]).all():
        reason = "undefined: every learner did the same, so nothing says how sure one may be"
    if reason:
        return ClassChange(learners, first, second, UNDEFINED, UNDEFINED, "", reason)
    kinds, number = np.unique(tests, axis=0, return_counts=True)
    draws = _changes(times_drawn(number, resamples, seed) @ kinds)
    d_prime, criterion = (
        estimate(value, drawn, learners)
        for value, drawn in zip(_changes(sums[None])[0], draws.T, strict=True)
    )
    return ClassChange(learners, first, second, d_prime, criterion, _verdict(d_prime, criterion))


def _tests(before, after):
    """Both tests side by side, (learners, 8), without learners who lack one."""
    before, after = np.asarray(before), np.asarray(after)
    if before.shape != after.shape or before.ndim != 2 or before.shape[1] != 4:
        raise KitError(
            "give two tables of one shape, a row for each learner and four counts in it, "
            f"not {before.shape} and {after.shape}."
        )
    tests = np.hstack([before, after]).astype(int)
    if (tests < 0).any():
        raise KitError("counts of answers cannot be below 0; count the answers again.")
    return tests[(before.sum(axis=1) > 0) & (after.sum(axis=1) > 0)]


def _changes(sums):
    """Changes in d' and criterion, (n, 2), of sums of counts, (n, 8)."""
    hits, misses, alarms, rejections = sums.reshape(-1, 2, 4).transpose(2, 0, 1)
    true_called = Z((hits + 0.5) / (hits + misses + 1)).astype(float)
    false_called = Z((alarms + 0.5) / (alarms + rejections + 1)).astype(float)
    both = np.stack([true_called - false_called, -(true_called + false_called) / 2], axis=-1)
    return both[:, 1] - both[:, 0]


def _verdict(d_prime, criterion):
    if d_prime.low > 0 or d_prime.high < 0:
        return "sharper" if d_prime.low > 0 else "less sharp"
    if criterion.low > 0 or criterion.high < 0:
        return "only more suspicious" if criterion.low > 0 else "only more trusting"
    return "cannot tell"


class OrderEffect(NamedTuple):
    """What the place of a text does to its rating.

    learners: those who rated two texts or more at known places. slope: the steps of the scale by
    which a rating is higher for each place later; all None where `note` says why.
    places: for each place, the first first, the Estimate of how many steps a text met there was
    rated above its own level and the learner's; all None where hardly anybody rated a text met
    there, or the slope is None. rated: for each place the learners who rated the text met there.
    """

    learners: int
    slope: Estimate
    places: tuple[Estimate, ...]
    rated: tuple[int, ...]
    note: str = ""


def order_effect(
    ratings: ArrayLike, places: ArrayLike, seed: int = 0, resamples: int = 1000
) -> OrderEffect:
    """Estimate how a rating depends on the place at which its text was met.

    ratings
        Learners by texts, in steps of the scale; nan is not rated.
    places
        The same shape: the place at which the learner met the text, 0 is the first; below 0 or
        nan is not known. Such a rating is left out, and so is a learner of whom only one is left.

    Raises KitError.

    >>> ratings, places = [[7, 5], [4, 4], [6, 3]] * 9, [[0, 1], [1, 0], [0, 1]] * 9
    >>> found = order_effect(ratings, places)
    >>> found.learners, round(found.slope.value, 2), found.slope.high < 0
    (27, -1.25, True)
    """
    rated_as, met_at = _compared(ratings, places)
    learners, size = len(rated_as), rated_as.shape[1] + 2
    if learners < 2:
        note = f"{_few(learners)} rated two texts at known places"
        return OrderEffect(learners, UNDEFINED, (), (), note)
    products = _products(rated_as, met_at)
    at_places = _at_places(rated_as, met_at, products)
    rated = at_places[:, 0].sum(axis=0).astype(int).tolist()
    parts = np.hstack([each.reshape(learners, -1) for each in (products, at_places)])
    sums = np.vstack([parts.sum(axis=0), resampled_sums(parts, resamples, seed)])
    slopes = _slopes(sums[:, : size**2].reshape(-1, size, size))
    there, above = sums[:, size**2 :].reshape(-1, 2, len(rated)).transpose(1, 0, 2)
    means = np.divide(above, there, where=there > 0, out=np.full(above.shape, np.nan))
    slope, note = _estimate(slopes, learners), _undefined(slopes)
    of_places = [
        UNDEFINED if note else _estimate(*each) for each in zip(means.T, rated, strict=True)
    ]
    return OrderEffect(learners, slope, tuple(of_places), tuple(rated), note)


def _compared(ratings, places):
    """Both as floats, nan where either is missing, of learners with two ratings or more."""
    ratings, places = np.asarray(ratings, dtype=float), np.asarray(places, dtype=float)
    if ratings.shape != places.shape or ratings.ndim != 2:
        raise KitError(
            "give two tables of one shape, a row for each learner and a column for each text, "
            f"not {ratings.shape} and {places.shape}."
        )
    given = ~np.isnan(ratings) & (places >= 0)
    some = given.sum(axis=1) >= 2
    return [np.where(given, each, np.nan)[some] for each in (ratings, places)]


def _products(ratings, places):
    """For each learner, (learners, texts + 2, texts + 2), sums of products of all pairs of columns.

    The columns are one for each text (1 or 0), place and rating, each less the learner's mean.
    """
    given = ~np.isnan(ratings)[..., None]
    texts = np.broadcast_to(np.eye(ratings.shape[1]), (*ratings.shape, ratings.shape[1]))
    columns = np.concatenate([texts, places[..., None], ratings[..., None]], axis=2)
    columns = np.where(given, columns, 0)
    less = columns - columns.sum(axis=1, keepdims=True) / given.sum(axis=1, keepdims=True)
    less = np.where(given, less, 0)
    return less.transpose(0, 2, 1) @ less


def _slopes(products):
    """The slope from each sum of products, (n, texts + 2, texts + 2); nan where there is none."""
    of_texts, with_texts = products[:, :-2, :-2], products[:, :-2, -2:]
    by_texts = with_texts.transpose(0, 2, 1) @ _inverse(of_texts)
    left = products[:, -2:, -2:] - by_texts @ with_texts
    varies = left[:, 0, 0] > TINY * products[:, -2, -2]
    return np.divide(left[:, 0, 1], left[:, 0, 0], where=varies, out=np.full(len(left), np.nan))


def _inverse(of_texts):
    """What undoes the sums of the texts; adding to all texts the same changes nothing in them."""
    return np.linalg.pinv(of_texts, rcond=TINY, hermitian=True)


def _at_places(ratings, places, products):
    """For each learner and place whether a text there was rated, and how far above its level.

    Levels are of texts and learners alone, so nothing of a place is in them. (learners, 2, places).
    """
    whole = products.sum(axis=0)
    above = ratings - _inverse(whole[:-2, :-2]) @ whole[:-2, -1]
    above = np.nan_to_num(above - np.nanmean(above, axis=1, keepdims=True))
    there = places[..., None] == np.arange(np.nanmax(places) + 1)
    return np.stack([there.sum(axis=1), (there * above[..., None]).sum(axis=1)], axis=1)


def _undefined(numbers):
    """Say in words why a number has no interval; numbers: itself, then those of the resamples."""
    lost = np.isnan(numbers)
    if lost[0]:
        return ONE_ORDER
    if lost.mean() > MOST_LOST:
        return HARDLY_TWO
    return NO_CHANCE if np.ptp(numbers[~lost]) < TINY else ""


def _estimate(numbers, learners):
    return UNDEFINED if _undefined(numbers) else estimate(numbers[0], numbers[1:], learners)


def _few(learners):
    return plural(learners, "learner") if learners else "no learners"
