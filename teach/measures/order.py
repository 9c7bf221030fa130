"""Does it matter for the rating of a text at which place it was met?

A rating is taken as the sum of the learner's own level, the text's own level, the place times a
slope, and chance. So a better text that stood first does no harm, and a learner who trusts
everything more does not count more. The slope is had by least squares (Frisch, Waugh and Lovell:
what learners and texts explain is taken out of places and ratings alike), also where some ratings
are missing. As orders are drawn by lot, the slope is what the place does, not what goes with it.

The interval is a bootstrap over learners, because they are the sample: whole learners are drawn
with replacement. All that is needed are sums over learners, so each learner's part is worked out
once and then added up. Its percentiles are widened as for the mean of a small sample.
"""

from typing import NamedTuple

import numpy as np

from teach.measures.sharper import Estimate, percentiles

NONE = Estimate(None, None, None)
TINY = 1e-9  # of what places or ratings vary: less is rounding
MOST_LOST = 0.01  # share of the resamples that may lack a number
AT_ONCE = 50  # resamples: how many are held in memory
ONE_ORDER = "undefined: all met the texts in one order, so place and text cannot be told apart"
HARDLY_TWO = "undefined: too few met the texts in another order to say how sure one may be"
NO_CHANCE = "undefined: no rating strays from the others, so nothing says how sure one may be"


class OrderEffect(NamedTuple):
    """What the place of a text does to its rating.

    learners: those who rated two texts or more at known places. slope: Estimate of the steps of
    the scale by which a rating is higher for each place later; all None where `note` says why.
    places: for each place, the first first, the Estimate of how many steps a text met there was
    rated above its own level and the learner's; all None where hardly anybody rated a text met
    there, or the slope is None. rated: for each place the learners who rated the text met there.
    """

    learners: int
    slope: Estimate
    places: tuple
    rated: tuple
    note: str = ""


def order_effect(ratings, places, seed=0, resamples=1000):
    """Estimate how a rating depends on the place at which its text was met.

    ratings
        Array, learners by texts, in steps of the scale; nan is not rated.
    places
        Array of the same shape: the place at which the learner met the text, 0 is the first;
        below 0 or nan is not known. Such a rating is left out, and so is a learner of whom
        only one rating is left.
    seed, resamples
        For the intervals (95 %). The same input gives the same output.

    Returns an `OrderEffect`. Raises ValueError for arrays of different shapes.

    Source of the widening: T. Hesterberg, The American Statistician 69 (2015), 371-386.

    >>> ratings, places = [[7, 5], [4, 4], [6, 3]] * 9, [[0, 1], [1, 0], [0, 1]] * 9
    >>> found = order_effect(ratings, places)
    >>> found.learners, round(found.slope.value, 2), found.slope.high < 0
    (27, -1.25, True)
    """
    ratings, places = _compared(ratings, places)
    learners, size = len(ratings), ratings.shape[1] + 2
    if learners < 2:
        few = f"{learners or 'no'} learner{'' if learners == 1 else 's'}"
        return OrderEffect(learners, NONE, (), (), f"{few} rated two texts at known places")
    products = _products(ratings, places)
    at_places = _at_places(ratings, places, products)
    rated = at_places[:, 0].sum(axis=0).astype(int).tolist()
    parts = np.hstack([each.reshape(learners, -1) for each in (products, at_places)])
    sums = np.vstack([parts.sum(axis=0), _resampled(parts, seed, resamples)])
    slopes = _slopes(sums[:, : size**2].reshape(-1, size, size))
    means = _means(sums[:, size**2 :].reshape(-1, 2, len(rated)))
    slope, note = _estimate(slopes, learners), _undefined(slopes)
    found = [NONE if note else _estimate(*each) for each in zip(means.T, rated, strict=True)]
    return OrderEffect(learners, slope, tuple(found), tuple(rated), note)


def _compared(ratings, places):
    """Both as floats, nan where either is missing, of learners with two ratings or more."""
    ratings, places = np.asarray(ratings, dtype=float), np.asarray(places, dtype=float)
    if ratings.shape != places.shape or ratings.ndim != 2:
        raise ValueError(
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


def _means(at_places):
    rated, above = at_places[:, 0], at_places[:, 1]
    return np.divide(above, rated, where=rated > 0, out=np.full(above.shape, np.nan))


def _resampled(parts, seed, resamples):
    """Sums of the parts (learners, n) of classes drawn from this one, (resamples, n)."""
    rng, learners = np.random.default_rng(seed), len(parts)
    found = []
    for start in range(0, resamples, AT_ONCE):
        size = min(AT_ONCE, resamples - start), learners
        drawn = rng.integers(learners, size=size) + learners * np.arange(size[0])[:, None]
        times = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(size)
        found.append(times @ parts)
    return np.concatenate(found)


def _undefined(found):
    """Say in words why a number has no interval; found: itself, then those of the resamples."""
    lost = np.isnan(found)
    if lost[0]:
        return ONE_ORDER
    if lost.mean() > MOST_LOST:
        return HARDLY_TWO
    return NO_CHANCE if np.ptp(found[~lost]) < TINY else ""


def _estimate(found, learners):
    if _undefined(found):
        return NONE
    ends = np.nanquantile(found[1:], percentiles(learners))
    return Estimate(*map(float, (found[0], *ends)))
