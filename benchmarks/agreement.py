"""How long alpha takes for 10,000 raters and 60 units, with its interval.

Run it alone: `python benchmarks/agreement.py`. `run()` gives the same row as data.
"""

import time

import numpy as np

from teach.measures.krippendorff import alpha

RATERS, UNITS, MISSING = 10_000, 60, 0.05


def run():
    """Time one call per level on invented ratings 0 to 4; report the slowest."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, UNITS)
    ratings = np.clip(truth + rng.integers(-1, 2, (RATERS, UNITS)), 0, 4).astype(float)
    ratings[rng.random(ratings.shape) < MISSING] = np.nan
    seconds = {level: _seconds(ratings, level) for level in ("nominal", "ordinal")}
    slowest = max(seconds, key=seconds.get)
    return [
        {
            "what": f"alpha with interval, {RATERS:,} raters x {UNITS} units",
            "figure": round(seconds[slowest], 2),
            "unit": "s",
            "note": f"slowest level ({slowest}), 1,000 resamples of the units",
        }
    ]


def _seconds(ratings, level):
    start = time.perf_counter()
    alpha(ratings, level)
    return time.perf_counter() - start


if __name__ == "__main__":
    for row in run():
        print(row["what"], row["figure"], row["unit"], row["note"], sep=" | ")
