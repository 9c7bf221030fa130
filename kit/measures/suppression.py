"""Cell suppression: which counts of learners may be shown without exposing anyone."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from kit.errors import KitError


def hide_small(counts: Sequence[int], k: int = 10) -> list[int | None]:
    """Return counts whose total is known, with None for every one that may not be shown.

    counts: learners, each in one of them. k: the fewest that a shown one may stand for, at least 2.

    No shown count is under k (a zero is hidden too: "nobody" can expose everybody), and no hidden
    one follows from the total by subtraction: there is never one alone, and the hidden ones
    together stand for at least k learners, or all are hidden. Of those that would help, the
    smallest goes.

    Raises KitError for a k under 2 or a negative count.

    >>> hide_small([12, 4, 30, 11]), hide_small([12, 30])
    ([12, None, 30, None], [12, 30])
    """
    if k < 2:
        raise KitError(f"k is {k}: a cell for one learner hides nobody; choose 2 or more.")
    if any(count < 0 for count in counts):
        raise KitError("A count is below 0; count the learners again.")
    smallest_first = sorted(range(len(counts)), key=lambda place: counts[place])
    hidden = [place for place in smallest_first if counts[place] < k]
    for place in smallest_first[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(counts[n] for n in hidden) >= k):
            break
        hidden.append(place)
    return [None if place in hidden else count for place, count in enumerate(counts)]


def safe_counts(counts: dict[Any, int], total: int, k: int = 10) -> dict[Any, int]:
    """Return those counts that may be shown beside their total, by the rules of `hide_small`.

    counts: {answer: learners who gave it}, each learner in one of them at most. total: all
    learners; the rest of them counts as one more answer.

    >>> safe_counts({"yes": 30, "no": 12, "perhaps": 3}, 60)
    {'yes': 30, 'no': 12}
    """
    many = {answer: count for answer, count in counts.items() if count >= k}
    shown = hide_small([*many.values(), total - sum(many.values())], k)
    return {answer: count for answer, count in zip(many, shown, strict=False) if count is not None}


def safe_count(count: int, total: int, k: int = 10) -> str:
    """Say how many of `total` learners, in words that tell of no fewer than k others.

    Where the rest is 1 to k - 1 learners, the words are the same for every such count.

    >>> safe_count(40, 60), safe_count(60, 60), safe_count(59, 60), safe_count(51, 60)
    ('40', '60', 'more than 50', 'more than 50')
    """
    return f"more than {total - k:,}" if 0 < total - count < k else f"{count:,}"


def smallest_apart(groups: Sequence[Collection[Any]]) -> int:
    """Return the size of the smallest set of learners that tables of these groups tell apart.

    Where each group of learners has a table of its own, tables can be added and subtracted as one
    likes. Each learner stands in the same ones as all others with the same memberships, and so
    counts with them alike in whatever comes out: no sum and no difference, of two tables or of
    many, tells of a part of such a set. So if the smallest set has k learners or more, nothing that
    was published together tells of fewer than k.

    >>> smallest_apart(["abcdef", "abcdefg"]), smallest_apart(["abc", "abcdef", "xyz"])
    (1, 3)
    """
    everybody = set().union(*groups)
    sets = Counter(tuple(learner in group for group in groups) for learner in everybody)
    return min(sets.values(), default=0)
