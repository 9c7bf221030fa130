"""Ratings of texts: two axes rated as one, weighted means, how far ranks hang on the weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from kit.errors import KitError

if TYPE_CHECKING:
    import pandas as pd

TIE = 1e-9  # weighted means closer than this are the same
SAMPLES = 20_000  # weightings drawn to see how ranks depend on them


def is_missing(value: object) -> bool:
    """Is a value None, nan, pandas.NA, NaT or ""? It is asked without loading pandas."""
    if isinstance(value, str):
        return value == ""
    return str(value) in ("None", "nan", "<NA>", "NaT")


class Halo(NamedTuple):
    """Share of ratings on the diagonal, or None if none has both axes judged; and the counts."""

    share: float | None
    on_diagonal: int
    judged: int
    left_out: int
    chance: float = 0.2


def halo(source_letters: Iterable[Any], information_numbers: Iterable[Any]) -> Halo:
    """Share of Admiralty ratings on the diagonal A1, B2, C3, D4, E5.

    The scale asks for two judgements: how reliable is the source (A to E), how credible is the
    information (1 to 5). A high share means that one was read off the other.

    source_letters: one letter per rating, A to F. information_numbers: one number per rating, 1 to
    6, as a number or a digit. F and 6 ("cannot be judged"), None, nan and "" are missing, never a
    midpoint: such a rating is counted in `left_out`.

    Chance gives 1/5, if both axes of the 5 x 5 judged grid are used evenly and independently (1/6
    over the full 6 x 6 grid). The published figure is not quite the same measure: Baker (1968)
    found 87 % of over 1,400 reports rated A1, B2 or C3.

    Raises KitError for other letters or numbers, or lists of unequal length.

    >>> halo(["A", "B", "C", "F"], [1, 2, 4, 3])
    Halo(share=0.6666666666666666, on_diagonal=2, judged=3, left_out=1, chance=0.2)
    """
    letters, numbers = list(source_letters), list(information_numbers)
    if len(letters) != len(numbers):
        counts = f"{len(letters)} letters for {len(numbers)} numbers"
        raise KitError(f"there are {counts}; give one of each.")
    places = [_place(mark, "ABCDEF") for mark in letters], [_place(n, "123456") for n in numbers]
    judged = [(a, b) for a, b in zip(*places, strict=True) if a and b]
    same = sum(a == b for a, b in judged)
    share = same / len(judged) if judged else None
    return Halo(share, same, len(judged), len(letters) - len(judged))


def _place(mark, allowed):
    """Place of a mark on its axis, 1 to 5; None if it is missing or means "cannot be judged"."""
    if is_missing(mark):
        return None
    text = f"{mark:g}" if isinstance(mark, float) else str(mark)
    if len(text) != 1 or text not in allowed:
        raise KitError(f"a mark on this axis is one of {', '.join(allowed)}, not {mark!r}.")
    return allowed.index(text) + 1 if text != allowed[-1] else None


def weighted(
    scores: pd.DataFrame | dict[str, dict[str, Any]], weights: dict[str, float]
) -> pd.Series:
    """Weighted mean score of each text.

    scores: texts (rows, index = text) by criteria (columns), a DataFrame or a dict
    {text: {criterion: score}}. Scores are numbers, here 0 to 4; None or nan is missing.
    weights: {criterion: weight} with exactly those criteria; 0 or more, of any sum.

    Returns one mean a text (index = text), in the unit of the scores. A text that misses any
    score is nan: a mean over other criteria could not be compared. Raises KitError.

    >>> scores = {"blog": {"names": 4, "sources": 1}, "news": {"names": 2, "sources": 2}}
    >>> weighted(scores, {"names": 1, "sources": 3}).to_dict()
    {'blog': 1.75, 'news': 2.0}
    """
    import pandas as pd

    table = _table(scores)
    if set(weights) != set(table.columns):
        raise KitError(f"give one weight for each of {', '.join(map(str, table.columns))}.")
    parts = pd.Series(weights, dtype=float)[table.columns]
    if not (parts >= 0).all() or parts.sum() == 0:
        raise KitError("weights must be 0 or more, and at least one of them above 0.")
    return table @ (parts / parts.sum())


def rank_stability(scores: pd.DataFrame | dict[str, dict[str, Any]]) -> pd.DataFrame:
    """How far the ranking of the texts depends on how the criteria are weighted.

    scores: as in `weighted`. Returns one row per text in the order of the table: `text`;
    `first_share`, the share of all weightings in which the text comes first; `same_rank_share`, the
    share in which it has the rank it has under equal weights. Texts with the same weighted mean
    share the better rank (1, 1, 3), so `first_share` can add up to more than 1. A text that misses
    a score takes no part and is <NA> in both columns.

    The shares are estimated from 20,000 weightings drawn evenly (Dirichlet with all parameters 1;
    standard error at most 0.0036), the same ones each time. Source: SMAA (Lahdelma, Hokkanen and
    Salminen 1998), where `first_share` is the first-rank acceptability.

    >>> scores = {"blog": {"names": 4, "sources": 0}, "news": {"names": 3, "sources": 4}}
    >>> rank_stability(scores).round(1)
       text  first_share  same_rank_share
    0  blog          0.2              0.8
    1  news          0.8              0.8
    """
    import numpy as np
    import pandas as pd

    table = _table(scores)
    whole = table.dropna()
    marks, criteria = whole.to_numpy(), table.shape[1]
    weights = np.random.default_rng(0).dirichlet(np.ones(criteria), size=SAMPLES)
    ranks, usual = _ranks(marks, weights), _ranks(marks, np.full((1, criteria), 1 / criteria))
    shares = {
        "first_share": (ranks == 1).mean(axis=0),
        "same_rank_share": (ranks == usual).mean(axis=0),
    }
    texts = pd.DataFrame(shares, index=whole.index).astype("Float64").reindex(table.index)
    return texts.rename_axis("text").reset_index()


def percent_words(share: float) -> str:
    """Return a share (0 to 1) in percent; no rounded number says "none" or "all".

    >>> [percent_words(share) for share in (0, 0.001, 0.5, 0.999, 1)]
    ['0 %', 'under 1 %', '50 %', 'over 99 %', '100 %']
    """
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def _ranks(marks, weights):
    """Rank of each text (columns) under each weighting (rows): 1 + texts clearly above it."""
    import numpy as np

    means = weights @ marks.T
    above = [(means > means[:, [text]] + TIE).sum(axis=1) for text in range(len(marks))]
    return np.column_stack(above) + 1 if above else np.zeros((len(weights), 0))


def _table(scores):
    import pandas as pd

    if isinstance(scores, dict):
        scores = pd.DataFrame.from_dict(scores, orient="index")
    if scores.shape[1] == 0:
        raise KitError("the table of scores has no criteria; give at least one column.")
    return scores.astype(float)
