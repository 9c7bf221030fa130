"""Which two gave the same wrong answers, rarer ones than chance would have it?

Only questions that both got wrong count, as in the error-similarity analysis of Bellezza and
Bellezza (Teaching of Psychology 16, 1989, 151-155), and each wrong answer has its own chance, as in
the generalized binomial test of van der Linden and Sotaridona (Journal of Educational and
Behavioral Statistics 31, 2006, 283-304). An answer that a share p of those who were wrong gave is
worth -log2 p bits where two share it: what everybody gets wrong is worth little. From the sum goes
what two learners would share by chance if they answered one by one.

How unlikely a sum is comes from the class itself, as learners with one misunderstanding share
several answers: of the tenth of all pairs that share most, how far one lies above the others falls
off exponentially (exceedances over a threshold; Davison and Smith, Journal of the Royal
Statistical Society B 52, 1990, 393-442). Half of these pairs may be alike before it misleads.
"""

import math
from typing import NamedTuple

import numpy as np

FEWEST = 10  # learners with wrong answers; of fewer no chance can be told
TOP = 0.1  # share of the pairs from which the fall is taken
SAMPLE = 1_000  # learners whose pairs tell how fast it falls
BLOCK = 500  # learners compared with all others at once
SLOWEST = 1.0  # bits: it is never taken to fall faster than by e in so many
UNLIKELY = 0.05  # pairs as alike that are expected by chance in the whole class
LEAST = 3  # wrong answers that two share


class AlikePair(NamedTuple):
    """Two learners (rows), the wrong answers they share, of so many questions both got wrong.

    by_chance: how many pairs as alike a class like this is expected to hold by chance.
    """

    first: int
    second: int
    same: int
    both_wrong: int
    by_chance: float


def alike_pairs(wrong: np.ndarray) -> list[AlikePair]:
    """Return the pairs who share more than chance would have it, the least likely first.

    wrong: (learners, questions), which wrong answer was given as a number from 0, -1 for none.

    >>> alike_pairs(np.zeros((30, 4), int))
    []
    """
    learners = len(wrong)
    if (wrong >= 0).any(axis=1).sum() < FEWEST:
        return []
    answers, bits, expected = _answers(wrong)
    missed = (wrong >= 0).astype(np.float32)
    weighed, chance = answers * bits, missed * expected
    sample = slice(0, SAMPLE)
    above = weighed[sample] @ answers[sample].T - chance[sample] @ missed[sample].T
    start, fall = _tail(above[np.triu_indices(len(above), 1)])
    pairs = learners * (learners - 1) / 2
    least = start + fall * math.log(pairs * TOP / UNLIKELY)
    found = []
    for begin in range(0, learners, BLOCK):  # so that memory stays small
        rows = slice(begin, begin + BLOCK)
        above = weighed[rows] @ answers.T - chance[rows] @ missed.T
        for first, second in zip(*np.nonzero(np.triu(above > least, begin + 1)), strict=True):
            pair = begin + int(first), int(second)
            same, both = (int(has[pair[0]] @ has[pair[1]]) for has in (answers, missed))
            if same >= LEAST:
                by_chance = pairs * TOP * math.exp((start - above[first, second]) / fall)
                found.append(AlikePair(*pair, same, both, by_chance))
    return sorted(found, key=lambda pair: (pair.by_chance, pair))


def _answers(wrong):
    """Who gave which wrong answer, (learners, answers); its bits; what a question is worth."""
    columns, bits, expected = [], [], np.zeros(wrong.shape[1], np.float32)
    for question, given in enumerate(wrong.T):
        answers, number = np.unique(given[given >= 0], return_counts=True)
        shares = number / max(1, number.sum())
        expected[question] = -(shares**2 * np.log2(shares)).sum()
        columns += [given == answer for answer in answers]
        bits += (-np.log2(shares)).tolist()
    return np.array(columns, np.float32).T, np.array(bits, np.float32), expected


def _tail(sums):
    """Where the top of all pairs begins, and how far on it has fallen to 1 / e of them."""
    start, middle = np.quantile(sums, (1 - TOP, 1 - TOP / 2))
    return float(start), max(SLOWEST, float(middle - start) / math.log(2))
