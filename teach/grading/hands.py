"""Many hands: the same work on many things, in order, on the processors of this machine.

Few things are worked on here and now: another process takes longer to start than they take. With
more the others are started, and while they start, the work goes on here.

Each of the other processes has pipes of its own, so that the end of one is seen at once, also
where it was killed while it wrote; a queue that all of them share would wait for good then.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from contextlib import suppress
from itertools import chain, islice

FEW = 100  # things that are no work for others
MEANWHILE = 200  # things that are worked on here while the others start
BATCH = 50  # things that travel together
MOST = 4  # processes; more would wait for the one that hands out and takes in
SERVE = "from teach.grading.hands import serve; serve()"


class HandEnded(Exception):
    """Another process was ended from outside before its work was done."""


class Hands:
    """Other processes, started when first needed and ended with the `with` block."""

    def __enter__(self):
        self._idle, self._busy = [], deque()
        return self

    def share(self, work, things):
        """Yield work(thing) for each of `things`, in their order, never holding many of them.

        work and what it takes and gives must be picklable: beyond the first few things it runs in
        other processes. Raises what work raises, and HandEnded; then these hands are done with.

        >>> with Hands() as hands:
        ...     list(hands.share(abs, [-1, 2]))
        [1, 2]
        """
        things = iter(things)
        if not self._idle:
            yield from map(work, islice(things, FEW))
            more = list(islice(things, 1))
            self._idle = [_started() for _ in more * min(MOST, os.cpu_count() or 1)]
            yield from map(work, chain(more, islice(things, MEANWHILE)))
        told = pickle.dumps(work) if self._idle else None
        while batch := list(islice(things, BATCH)):
            done = [] if self._idle else self._take()
            self._give(told, batch)
            yield from done
        while self._busy:
            yield from self._take()

    def start(self, module, number=1):
        """Start so many other processes; each loads a module (its name) while work goes on here."""
        self._idle += [_started(f"import {module}") for _ in range(number)]

    def split(self, work, things):
        """Return work(thing) for each of `things` (a list), in their order.

        It is dealt out like cards: to this process and to each that was started. Raises what work
        raises, and HandEnded; then these hands are done with.

        >>> with Hands() as hands:
        ...     hands.start("decimal")
        ...     hands.split(abs, [-1, 2, -3])
        [1, 2, 3]
        """
        done, players, told = [None] * len(things), len(self._idle) + 1, pickle.dumps(work)
        for player in range(1, players):
            self._give(told, things[player::players])
        done[::players] = map(work, things[::players])
        for player in range(1, players):
            done[player::players] = self._take()
        return done

    def __exit__(self, *_):
        for process in [*self._idle, *self._busy]:
            process.kill()
            with suppress(OSError), process:  # closes its pipes, which may hold what it never took
                pass

    def _give(self, told, batch):
        """Send a batch to an idle process."""
        process = self._idle.pop()
        self._busy.append(process)
        try:
            pickle.dump((told, batch), process.stdin)
            process.stdin.flush()
        except OSError:
            raise HandEnded from None

    def _take(self):
        """Return what came of the batch that was sent first; its process is idle then."""
        try:
            done, error = pickle.load(self._busy[0].stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise HandEnded from None
        self._idle.append(self._busy.popleft())
        if error:
            raise error
        return done


def _started(first="pass"):
    """Return a process that does something first and then serves; Ctrl+C is for us, not for it."""
    return subprocess.Popen(
        [sys.executable, "-c", f"{first}; {SERVE}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def serve():
    """Work on one batch after the other, from standard input to standard output, until it ends."""
    known, work = None, None
    with suppress(EOFError, OSError):
        while True:
            told, batch = pickle.load(sys.stdin.buffer)
            if told != known:
                known, work = told, pickle.loads(told)
            pickle.dump(_done(work, batch), sys.stdout.buffer)
            sys.stdout.buffer.flush()


def _done(work, batch):
    """Return what came of a batch (list) and None, or [] and the error it raised."""
    try:
        return [work(thing) for thing in batch], None
    except Exception as error:
        return [], error
