"""Which texts share long runs of their own words? By shingles (Broder 1997), not pair by pair.

A shingle is a run of five words, without case, signs and digits. Quotations are nobody's own words:
a shingle with a word inside a run that stands in the course does not count.

How unlikely it is: two texts of a class share so many shingles by chance as its other pairs do on
average. Five shingles in a row are at least one run that is shared; their number is taken as
Poisson's. This is rough, as words are not drawn from a hat, and on the side of calling too few
alike.
"""

import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

WORD = re.compile(r"[^\W\d_]+")
RUN = 5  # words of a shingle
LONG = 20  # shingles of its own that a text needs: it is then at least 24 words long
MOST = 50  # texts with one shingle; what more of them share is a common phrase
PART = 1 / 3  # of the shorter text's own shingles
UNLIKELY = 0.05  # pairs as alike that are expected by chance in the whole class
FACTORS = np.array([1_000_003**place % 2**64 for place in range(RUN)], np.uint64)


class AlikeTexts(NamedTuple):
    """Places of the texts that are alike; the shingles they share, of so many of the shortest.

    by_chance: how many pairs as alike a class like this is expected to hold by chance.
    """

    members: tuple[int, ...]
    shared: int
    of: int
    by_chance: float


def shingles(text: str) -> np.ndarray:
    """Return a number for each run of five words, in their order.

    >>> first, second = map(shingles, ("No evidence of it is there", "no EVIDENCE: of it, is here"))
    >>> (first == second).tolist()
    [True, False]
    """
    words = [zlib.crc32(word.encode()) for word in WORD.findall(text.casefold())]
    if len(words) < RUN:
        return np.empty(0, np.uint64)
    return np.lib.stride_tricks.sliding_window_view(np.array(words, np.uint64), RUN) @ FACTORS


def own_shingles(text: str, quoted: np.ndarray) -> np.ndarray:
    """Return the shingles of a text, sorted, each once, that have no word from a quotation.

    quoted: the shingles of all that may be quoted.

    >>> text = "He said that it is so and no more, which I doubt very much"
    >>> len(own_shingles(text, shingles("it is so and no more")))
    1
    """
    every = shingles(text)
    if not len(every):
        return every
    inside = np.convolve(np.isin(every, quoted), np.ones(RUN)) > 0  # of each word
    return np.unique(every[np.convolve(inside, np.ones(RUN), "valid") == 0])


def alike_texts(texts: Sequence[np.ndarray]) -> list[AlikeTexts]:
    """Return the groups of texts that are the same, and pairs much alike, the least likely first.

    texts: own shingles, as `own_shingles` gives them; too short ones are passed over.
    """
    same = defaultdict(list)
    for place, text in enumerate(texts):
        if len(text) >= LONG:
            same[text.tobytes()].append(place)
    first = [members[0] for members in same.values()]
    shared, all_shared = _shared([texts[place] for place in first])
    found = [
        (tuple(members), len(texts[members[0]]), len(texts[members[0]]))
        for members in same.values()
        if len(members) > 1
    ]
    for (one, other), number in shared.items():
        shortest = min(len(texts[first[one]]), len(texts[first[other]]))
        if number >= PART * shortest:
            all_shared -= number
            found.append(((first[one], first[other]), number, shortest))
    long = sum(map(len, same.values()))
    pairs = max(1, long * (long - 1) / 2)
    mean = max(1, all_shared) / pairs
    alike = [AlikeTexts(*each, pairs * _at_least(each[1] // RUN, mean)) for each in found]
    return sorted((a for a in alike if a.by_chance < UNLIKELY), key=lambda a: (a.by_chance, a))


def _shared(texts):
    """{(place, place): shingles that both have}, and the sum of it over all pairs."""
    if not texts:
        return {}, 0
    every = np.concatenate(texts)
    place = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    order = np.argsort(every, kind="stable")
    number = np.unique(every, return_counts=True)[1]
    shared, ends = Counter(), np.cumsum(number)
    for n in np.flatnonzero((number > 1) & (number <= MOST)):
        holders = place[order[ends[n] - number[n] : ends[n]]].tolist()
        shared.update(combinations(holders, 2))
    return shared, int((number * (number - 1) // 2).sum())


def _at_least(number, mean):
    """The chance of `number` or more where `mean` are expected (Poisson's tail, from above)."""
    if mean >= number:
        return 1.0
    return math.exp(number - mean + number * math.log(mean / number))
