"""Disagreement between pairs of ratings, for many resamples of the units at once.

Every function here takes the same three arrays and gives the same two back:

- `counts`: (units, values), how many raters gave each unit each value
- `values`: (values,), the values in rising order (any labels at the nominal level)
- `weights`: (resamples, units), how often each unit was drawn; all ones = the data as they are
- back: `within`, the squared distances summed over all ordered pairs inside each unit,
  shape (units,) or (resamples, units); and `total`, the same sum over all pairs of the
  whole resample, shape (resamples,)

No pair is ever listed: each sum has a closed form in the counts, so the cost does not
grow with the number of raters. The distances are Krippendorff's (2011, "Computing
Krippendorff's Alpha-Reliability").
"""

import numpy as np


def nominal(counts, values, weights):
    """Sum pairs at distance 0 if the labels are the same and 1 if not."""
    return _unequal_pairs(counts), _unequal_pairs(weights @ counts)


def interval(counts, values, weights):
    """Sum pairs at distance (a - b) squared."""
    spread = np.ptp(values) or 1.0
    place = (values - values.mean()) / spread  # alpha does not change, rounding errors do
    moments = np.stack([counts.sum(axis=1), counts @ place, counts @ place**2])
    return _squared_pairs(*moments), _squared_pairs(*(moments @ weights.T))


def ordinal(counts, values, weights):
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


def ratio(counts, values, weights):
    """Sum pairs at distance ((a - b) / (a + b)) squared; two zeros are 0 apart."""
    sums = values[:, None] + values
    gaps = np.abs(values[:, None] - values)
    apart = np.divide(gaps, sums, out=np.zeros_like(sums), where=sums > 0) ** 2
    drawn = weights @ counts
    return ((counts @ apart) * counts).sum(axis=1), ((drawn @ apart) * drawn).sum(axis=1)


LEVELS = {"nominal": nominal, "ordinal": ordinal, "interval": interval, "ratio": ratio}


def _unequal_pairs(counts):
    """Ordered pairs of unlike labels: all pairs less the like ones."""
    return counts.sum(axis=-1) ** 2 - (counts**2).sum(axis=-1)


def _squared_pairs(n, total, squares):
    """Squared differences over ordered pairs of n numbers, from their sum and sum of squares."""
    return np.maximum(2 * (n * squares - total**2), 0)
