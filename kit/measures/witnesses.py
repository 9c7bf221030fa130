"""Witnesses: what each text says of a proposition, and on how many people's word it rests.

Five texts are not five witnesses if they repeat one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kit.errors import KitError
from kit.measures.ratings import is_missing

if TYPE_CHECKING:
    import pandas as pd

STANCES = ("asserts", "denies", "hedges", "silent")


def stance_counts(stances: pd.DataFrame | list[dict[str, Any]]) -> pd.DataFrame:
    """Count, for each proposition, how many texts assert, deny, hedge or are silent.

    stances: a DataFrame or list of dicts with `proposition_id`, `text_id` and `stance`, one row per
    proposition and text. `stance` is one of asserts, denies, hedges, silent; None, nan or "" (not
    answered yet) is not counted.

    Returns one row per proposition in the order of the table (index `proposition_id`), one
    whole-number column per stance; zeros where nothing was answered. Raises KitError for any other
    stance and for a pair of proposition and text that occurs twice.

    >>> row = {"proposition_id": "P1", "text_id": "blog", "stance": "asserts"}
    >>> stance_counts([row, row | {"text_id": "news"}]).loc["P1"].to_dict()
    {'asserts': 2, 'denies': 0, 'hedges': 0, 'silent': 0}
    """
    import pandas as pd

    table = pd.DataFrame(stances, columns=["proposition_id", "text_id", "stance"])
    stance = table["stance"].mask(table["stance"] == "")
    _refuse(table[stance.notna() & ~stance.isin(STANCES)], f"must be one of {', '.join(STANCES)}")
    _refuse(table[table.duplicated(["proposition_id", "text_id"])], "is given twice; keep one")
    counts = pd.crosstab(table["proposition_id"], stance).rename_axis(columns=None)
    return counts.reindex(table["proposition_id"].unique(), columns=list(STANCES), fill_value=0)


def _refuse(rows, fault):
    """Raise one sentence about the first faulty row, if there is one."""
    for row in rows.itertuples():
        what = f"the stance of text {row.text_id!r} on {row.proposition_id!r} ({row.stance!r})"
        raise KitError(f"{what} {fault}.")


def effective_witnesses(accounts: Iterable[Any]) -> float:
    """Effective number of independent witnesses behind n texts or accounts.

    accounts: one label per text or account, the witness it rests on. None, nan or "" means that it
    rests on nobody else's word in the list, so it counts as a witness of its own.

    Returns n squared / (sum of the squared number of accounts per witness): 1.0 for n copies of one
    account, n for n unrelated ones. No accounts give 0.0.

    Why this number: if copies share every error, then a plain average over the n accounts
    is exactly as uncertain as one over this many independent accounts. Four texts that
    repeat one witness and one that has another are two witnesses, but the count of five
    weighs no more than 1.5. For the plain count see `distinct_witnesses`.

    Source: L. Kish, *Survey Sampling* (1965), effective sample size with full correlation inside
    clusters; it is also the inverse Simpson index (Hill number of order 2).

    >>> round(effective_witnesses(["Putin", "Putin", "Putin", "Putin", "Robertson"]), 2)
    1.47
    """
    sizes = _accounts_per_witness(accounts)
    return sum(sizes) ** 2 / sum(size**2 for size in sizes) if sizes else 0.0


def distinct_witnesses(accounts: Iterable[Any]) -> int:
    """Count the different witnesses; `accounts` as in `effective_witnesses`.

    >>> distinct_witnesses(["Putin", "Putin", "Robertson", ""])
    3
    """
    return len(_accounts_per_witness(accounts))


def _accounts_per_witness(accounts):
    """How many accounts each witness stands behind; an account without a label stands alone."""
    labels = list(accounts)
    repeated = Counter(label for label in labels if not is_missing(label))
    return [*repeated.values(), *[1] * (len(labels) - repeated.total())]
