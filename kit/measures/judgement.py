"""Judgement: telling true from false, and how well trust in one's answers is placed."""

from collections.abc import Iterable
from statistics import NormalDist, fmean
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.measures.ratings import is_missing

Counts = tuple[int, int, int, int]  # hits, misses, false alarms, correct rejections


class Discrimination(NamedTuple):
    """How well true is told from false, and the lean; both None where undefined: `note` says why.

    d_prime 0: no better than guessing. criterion above 0: leans to "false"; below 0: to "true".
    """

    d_prime: float | None
    criterion: float | None
    note: str = ""


class Change(NamedTuple):
    """Differences after minus before; `sharper` is True, False, or None if undefined."""

    d_prime: float | None
    criterion: float | None
    sharper: bool | None
    note: str


def discrimination(
    hits: int, misses: int, false_alarms: int, correct_rejections: int
) -> Discrimination:
    """Signal detection: sharpness d' and criterion c from four counts.

    hits, misses: true statements called true, and called false. false_alarms, correct_rejections:
    false statements called true, and called false.

    With H the share of true statements called true and F the share of false statements called
    true: d' = z(H) - z(F), c = -(z(H) + z(F)) / 2. To hits and false alarms 0.5 is added and 1 to
    both totals (log-linear correction), so that a perfect score in a short test stays finite.
    Undefined if no true or no false statement was answered. Raises KitError for a count below 0.

    Source: D. M. Green and J. A. Swets, *Signal Detection Theory and Psychophysics* (1966);
    correction: M. J. Hautus, Behavior Research Methods 27 (1995), 46-51.

    >>> test = discrimination(9, 1, 2, 7)
    >>> round(test.d_prime, 5), round(test.criterion, 5)
    (1.77129, -0.21116)
    """
    counts = (hits, misses, false_alarms, correct_rejections)
    if min(counts) < 0:
        raise KitError(f"counts of answers cannot be below 0, but one of {counts} is.")
    for kind, answered in (("true", hits + misses), ("false", false_alarms + correct_rejections)):
        if not answered:
            return Discrimination(None, None, f"undefined: no {kind} statement was answered")
    z = NormalDist().inv_cdf
    true_called = z((hits + 0.5) / (hits + misses + 1))
    false_called = z((false_alarms + 0.5) / (false_alarms + correct_rejections + 1))
    return Discrimination(true_called - false_called, -(true_called + false_called) / 2)


def change(before: Counts, after: Counts) -> Change:
    """Compare two tests and keep sharpness apart from a mere change of lean.

    It is `sharper` only if d' rose *and* the share of true statements called true grew by more than
    that of false statements called true: whoever only says "false" more often gains neither.

    >>> change((3, 1, 2, 2), (2, 2, 1, 3)).note
    'not sharper; leans more to "false" than before'
    """
    first, second = discrimination(*before), discrimination(*after)
    if first.d_prime is None or second.d_prime is None:
        return Change(None, None, None, first.note or second.note)
    assert first.criterion is not None and second.criterion is not None
    sharpness = second.d_prime - first.d_prime
    lean = second.criterion - first.criterion
    sharper = sharpness > 1e-9 and _advantage(*after) - _advantage(*before) > 1e-9
    words = "sharper" if sharper else "not sharper"
    if abs(lean) > 1e-9:
        words += f'; leans more to "{"false" if lean > 0 else "true"}" than before'
    return Change(sharpness, lean, sharper, words)


def _advantage(hits, misses, false_alarms, correct_rejections):
    return hits / (hits + misses) - false_alarms / (false_alarms + correct_rejections)


def brier(p: Iterable[Any], outcome: Iterable[Any]) -> float | None:
    """Brier score: the mean of (p - outcome) squared. 0 is perfect, 0.25 is always saying 0.5.

    p, outcome: of one length; the probability from 0 to 1 given to an answer, and 1 (or True) if
    it was right, 0 (or False) if not. None or nan in either: not answered, left out. None if
    nothing was answered. Raises KitError for other values.

    Source: G. W. Brier, Monthly Weather Review 78 (1950), 1-3.

    >>> brier([1.0, 0.5, 0.9], [True, False, None])
    0.125
    """
    answers = answered(p, outcome)
    return fmean((sure - right) ** 2 for sure, right in answers) if answers else None


def answered(p: Iterable[Any], outcome: Iterable[Any]) -> list[tuple[float, float]]:
    """Pairs of probability and outcome as floats, as `brier` takes them, without the missing."""
    chances, outcomes = (  # of an array at once, many times faster than one by one
        values.tolist() if hasattr(values, "tolist") else list(values) for values in (p, outcome)
    )
    if len(chances) != len(outcomes):
        counts = f"{len(chances)} probabilities for {len(outcomes)} outcomes"
        raise KitError(f"there are {counts}; give one of each.")
    both = zip(chances, outcomes, strict=True)
    pairs = [(a, b) for a, b in both if not (is_missing(a) or is_missing(b))]
    for sure, right in pairs:
        if not 0 <= sure <= 1:
            raise KitError(f"a probability must be from 0 to 1, not {sure:g}.")
        if right not in (0, 1):
            raise KitError("an outcome must be True, False or missing (None).")
    return [(float(sure), float(right)) for sure, right in pairs]
