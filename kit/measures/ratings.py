"""Ratings of texts: weighted means, and does the ranking hang on the weights?"""

from itertools import combinations

import numpy as np
import pandas as pd

TIE = 1e-9  # weighted means closer than this are the same


def weighted(scores, weights):
    """Weighted mean score of each text.

    scores
        Table of texts (rows, index = text) by criteria (columns), a DataFrame or a dict
        {text: {criterion: score}}. Scores are numbers, here 0 to 4; None or nan is missing.
    weights
        {criterion: weight} with exactly those criteria, or one weight per column in order.
        Weights are 0 or more and need not add up to 1.

    Returns a Series (index = text), in the unit of the scores. A text that misses any
    score is nan: a mean over other criteria could not be compared.

    Raises ValueError for missing, surplus, negative or all-zero weights.

    >>> scores = {"blog": {"names": 4, "sources": 1}, "news": {"names": 2, "sources": 2}}
    >>> weighted(scores, {"names": 1, "sources": 3}).to_dict()
    {'blog': 1.75, 'news': 2.0}
    """
    table = _table(scores)
    if isinstance(weights, dict) and set(weights) != set(table.columns):
        raise ValueError(f"give one weight for each of {', '.join(map(str, table.columns))}.")
    if isinstance(weights, dict):
        weights = [weights[criterion] for criterion in table.columns]
    weights = np.asarray(weights, dtype=float)
    if weights.shape != (table.shape[1],):
        raise ValueError(f"there are {table.shape[1]} criteria for {weights.size} weights.")
    if not (weights >= 0).all() or weights.sum() == 0:
        raise ValueError("weights must be 0 or more, and at least one of them above 0.")
    return pd.Series(table.to_numpy() @ (weights / weights.sum()), index=table.index)


def rank_stability(scores, samples=20_000, seed=0):
    """How far the ranking of the texts depends on how the criteria are weighted.

    All ways to weight the criteria (weights of 0 or more that add up to 1) are taken as
    equally likely. `scores` as in `weighted`.

    Returns a DataFrame, one row per text in the order of the table:

    - `text`
    - `first_share`: share of all weightings in which the text comes first
    - `same_rank_share`: share in which it has the rank it has under equal weights

    Ties: texts with the same weighted mean share the better rank (1, 1, 3), so twins both
    come first and `first_share` can add up to more than 1. A text that misses a score
    takes no part and is <NA> in both columns.

    One criterion leaves nothing to weight. For two the shares are exact: a text's mean is a
    straight line in the weight, so ranks change only where two lines cross. For more they
    are estimated from `samples` weightings drawn evenly (Dirichlet with all parameters 1;
    standard error at most 0.0036 with 20,000); `seed` fixes the draw.

    Source: the criterion-weight analysis of SMAA (Lahdelma, Hokkanen and Salminen 1998),
    where `first_share` is the first-rank acceptability.

    >>> scores = {"blog": {"names": 4, "sources": 0}, "news": {"names": 3, "sources": 3}}
    >>> rank_stability(scores)
       text  first_share  same_rank_share
    0  blog         0.25             0.75
    1  news         0.75             0.75
    """
    table = _table(scores)
    whole = table.dropna()
    marks = whole.to_numpy()
    criteria = marks.shape[1]
    if criteria == 2:
        weights, share = _stretches(marks)
    else:
        weights = np.random.default_rng(seed).dirichlet(np.ones(criteria), size=samples)
        share = np.full(samples, 1 / samples)
    ranks = _ranks(marks, weights)
    usual = _ranks(marks, np.full((1, criteria), 1 / criteria))
    shares = {"first_share": share @ (ranks == 1), "same_rank_share": share @ (ranks == usual)}
    found = pd.DataFrame(shares, index=whole.index).astype("Float64").reindex(table.index)
    return found.rename_axis("text").reset_index()


def percent_words(share):
    """Return a share (0 to 1) in percent; no rounded number says "none" or "all".

    >>> [percent_words(share) for share in (0, 0.001, 0.5, 0.999, 1)]
    ['0 %', 'under 1 %', '50 %', 'over 99 %', '100 %']
    """
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def _stretches(marks):
    """Split the weight of the first of two criteria where ranks change: midpoints and lengths."""
    crossings = {0.0, 1.0}
    for (a1, a2), (b1, b2) in combinations(marks, 2):
        slope = (a1 - a2) - (b1 - b2)
        if slope and 0 < (b2 - a2) / slope < 1:
            crossings.add((b2 - a2) / slope)
    edges = np.array(sorted(crossings))
    middle = (edges[1:] + edges[:-1]) / 2
    return np.column_stack([middle, 1 - middle]), np.diff(edges)


def _ranks(marks, weights):
    """Rank of each text (columns) under each weighting (rows): 1 + texts clearly above it."""
    means = weights @ marks.T
    above = [(means > means[:, [text]] + TIE).sum(axis=1) for text in range(len(marks))]
    return np.column_stack(above) + 1 if above else np.zeros((len(weights), 0))


def _table(scores):
    """The scores as a DataFrame of floats."""
    if isinstance(scores, dict):
        scores = pd.DataFrame.from_dict(scores, orient="index")
    if scores.shape[1] == 0:
        raise ValueError("the table of scores has no criteria; give at least one column.")
    return scores.astype(float)
