"""Witnesses: on how many people's word something rests.

Five texts are not five witnesses if they repeat one person.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kit.measures.ratings import is_missing


def effective_witnesses(accounts: Iterable[Any]) -> float:
    """Effective number of independent witnesses behind n texts or accounts.

    accounts: one label per text or account, the witness it rests on. None, nan or "" means that it
    rests on nobody else's word in the list, so it counts as a witness of its own.

    Returns n squared / (sum of the squared number of accounts per witness): 1.0 for n copies of one
    account, n for n unrelated ones, 0.0 for none. Why: if copies share every error, then a plain
    average over the n accounts is exactly as uncertain as one over this many independent accounts.

    Source: L. Kish, *Survey Sampling* (1965), effective sample size with full correlation inside
    clusters; it is also the inverse Simpson index (Hill number of order 2).

    >>> round(effective_witnesses(["Ada", "Ada", "Ada", "Ada", "Ben"]), 2)
    1.47
    """
    sizes = _accounts_per_witness(accounts)
    return sum(sizes) ** 2 / sum(size**2 for size in sizes) if sizes else 0.0


def distinct_witnesses(accounts: Iterable[Any]) -> int:
    """Count the different witnesses; `accounts` as in `effective_witnesses`.

    >>> distinct_witnesses(["Ada", "Ada", "Ben", ""])
    3
    """
    return len(_accounts_per_witness(accounts))


def _accounts_per_witness(accounts):
    """How many accounts each witness stands behind; an account without a label stands alone."""
    labels = list(accounts)
    repeated = Counter(label for label in labels if not is_missing(label))
    return [*repeated.values(), *[1] * (len(labels) - repeated.total())]
