"""How slow this machine is just now: every limit of a test is stretched by that.

A limit is there so that a run ends when something hangs. It says nothing of how fast anything is,
and no machine should reach it because it is old or busy. So the limits are those of a quiet machine
with two cores, already ten times what is needed there, times `PACE`.
"""

import os
import time

QUIET = 0.25  # seconds of the work below on the machine for which the limits were written
NAME = "KIT_TESTS_PACE"  # the workers of a run are told, so that all of them have the same limits


def _measured() -> float:
    """Return how many times as long as on a quiet machine some work takes now; at least 1."""
    began = time.perf_counter()
    for number in range(25):
        sorted(str(number * each) for each in range(30_000))
    return max(1.0, (time.perf_counter() - began) / QUIET)


PACE = float(os.environ.setdefault(NAME, f"{_measured():.1f}"))
