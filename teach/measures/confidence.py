"""Confidence against being right: how well is a class's trust in its own answers placed?"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import KitError
from kit.measures.judgement import answered

# Marks for a right and a wrong answer given with certainty 1, 2 or 3. It pays to say 2 when the
# answer is right with a probability above 2/3, and 3 when above 0.8.
# Source: A. R. Gardner-Medwin, certainty-based marking, University College London.
CERTAINTY_MARKS = {True: (1, 2, 3), False: (0, -2, -6)}


def calibration(p: Iterable[Any], outcome: Iterable[Any], bins: int = 5) -> pd.DataFrame:
    """Compare how sure the answers were with how often they were right.

    p, outcome
        As in `kit.measures.brier`.
    bins
        How many bins of equal width. They run from 0.5 to 1 if every p is 0.5 or more
        (trust in one's own choice of two), else from 0 to 1. A p on a border goes to the
        upper bin, and 1 to the last.

    Returns one row per bin: `low`, `high` (its borders), `n` (answers in it), `mean_p`,
    `share_right`. An empty bin has n 0 and <NA> in the last two, never 0.

    Raises KitError for values outside those of `brier`, or fewer than one bin.

    >>> calibration([0.55, 0.95, 1.0, 0.95], [0, 1, 1, 0], bins=2)
        low  high  n    mean_p  share_right
    0  0.50  0.75  1      0.55          0.0
    1  0.75  1.00  3  0.966667     0.666667
    """
    if bins < 1:
        raise KitError(f"a calibration table needs at least 1 bin, not {bins}.")
    sure, right = np.array(answered(p, outcome), dtype=float).reshape(-1, 2).T
    borders = np.round(np.linspace(0.5 if (sure >= 0.5).all() else 0.0, 1.0, bins + 1), 9)
    place = np.clip(np.searchsorted(borders, np.round(sure, 9), side="right") - 1, 0, bins - 1)
    answers = pd.DataFrame({"p": sure, "right": right}).groupby(place)
    table = pd.DataFrame({"low": borders[:-1], "high": borders[1:]})
    table["n"] = answers.size().reindex(table.index, fill_value=0)
    table["mean_p"] = answers["p"].mean().astype("Float64").reindex(table.index)
    table["share_right"] = answers["right"].mean().astype("Float64").reindex(table.index)
    return table
