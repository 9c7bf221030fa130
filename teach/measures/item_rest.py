"""Does who does well elsewhere do well here, too? The item-rest correlation of each exercise.

It is Pearson's correlation of the points in an exercise with the share of points in all else that
a learner did (the *corrected item-total correlation*: the exercise itself is not part of the rest).
"""

from typing import NamedTuple

import numpy as np

from teach.measures.bootstrap import estimate, resampled_sums

RESAMPLES, GROUPS = 1000, 1000
FEWEST = 3  # learners; two points are always on a line
SAME = 1e-9  # sums of squares smaller than this are none


class ItemRest(NamedTuple):
    """A correlation with its 95 % interval over learners.

    learners: those with points here and elsewhere. All three numbers are None where undefined, and
    `note` then says why; else it is "".
    """

    r: float | None
    low: float | None
    high: float | None
    learners: int
    note: str


def item_rest(shares: np.ndarray, points: np.ndarray) -> list[ItemRest]:
    """Return the ItemRest of each exercise.

    shares: of its points that each learner earned, (learners, exercises), nan where there are none.
    points: how many each exercise has. Where nobody left anything out this is the usual
    correlation with the sum of the other points.

    >>> found = item_rest(np.array([[1, 1, 1], [1, 0, 1], [0, 0, 1], [0, 1, 1.0]]), np.ones(3))
    >>> found[0].r, found[2].note
    (0.0, 'undefined: all with points here earned the same')
    """
    given = ~np.isnan(shares)
    earned, possible = np.where(given, shares * points, 0.0), given * points
    others = possible.sum(axis=1, keepdims=True) - possible
    used = given & (others > 0)
    rest = np.divide(earned.sum(axis=1, keepdims=True) - earned, others, where=used, out=earned * 0)
    x, y = _centred(np.where(given, shares, 0.0), used), _centred(rest, used)
    parts = np.hstack([used, x, y, x * x, y * y, x * y])
    whole = parts.sum(axis=0)
    drawn = _pearson(resampled_sums(parts, RESAMPLES, most=GROUPS) if len(parts) else whole[None])
    spread = np.split(whole, 6)[3:5]
    return [
        _estimated(*each)
        for each in zip(_pearson(whole[None])[0], drawn.T, used.sum(axis=0), *spread, strict=True)
    ]


def _centred(values, used):
    means = np.where(used, values, 0).sum(axis=0) / used.sum(axis=0).clip(1)
    return np.where(used, values - means, 0)


def _pearson(sums):
    """Pearson's r, (n, exercises), of sums of (1, x, y, x², y², xy); nan where nothing varies."""
    number, x, y, xx, yy, xy = np.split(sums, 6, axis=1)
    number = number.clip(1)
    product = (xx - x * x / number).clip(0) * (yy - y * y / number).clip(0)
    covered = xy - x * y / number
    return np.divide(covered, np.sqrt(product), where=product > SAME**2, out=covered * np.nan)


def _estimated(r, draws, learners, spread, spread_of_rest):
    learners = int(learners)
    if learners < FEWEST:
        return ItemRest(None, None, None, learners, "undefined: too few have points here")
    if spread < SAME or spread_of_rest < SAME:
        where = "" if spread < SAME else " elsewhere"
        why = f"undefined: all with points here earned the same{where}"
        return ItemRest(None, None, None, learners, why)
    return ItemRest(*estimate(r, draws, learners), learners, "")
