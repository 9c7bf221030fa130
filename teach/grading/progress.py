"""A progress bar on the terminal; silent where nobody looks."""

import sys

WIDTH = 30


class Progress:
    """Shows how much of one kind of work is done: `with Progress("Reading", count) as progress`.

    count: gives the number of steps (int); asked only where there is a terminal to show it on.
    """

    def __init__(self, what, count):
        self._what, self._done, self._shown = what, 0, -1
        self._all = (count() or 1) if sys.stderr.isatty() else 0

    def __enter__(self):
        return self

    def steps(self, things):
        """Yield each of `things`, and count it as one step when the next is asked for."""
        for thing in things:
            yield thing
            self._step()

    def _step(self):
        """Count one step, and show it when that is a percent more."""
        self._done += 1
        percent = 100 * self._done // self._all if self._all else -1
        if percent > self._shown:
            self._shown = percent
            bar = ("█" * (WIDTH * percent // 100)).ljust(WIDTH, "░")
            print(f"\r{self._what} {bar} {percent} %", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_):
        if self._all:
            print(file=sys.stderr)
