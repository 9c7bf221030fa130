"""Many hands: the same work on many things, in order, on all processors of this machine.

Few things are worked on here and now: another process takes longer to start than they take.
"""

import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from os import cpu_count

FEW = 200  # things that are no work for others
BATCH = 100  # things that travel together
AHEAD = 2  # batches that wait for each process


def shared(work, things):
    """Yield work(thing) for each of `things`, in their order, never holding many of them.

    work and what it takes and gives must be picklable: beyond the first few things it runs in
    other processes. Raises what work raises, and BrokenProcessPool if such a process is ended.

    >>> list(shared(abs, [-1, 2]))
    [1, 2]
    """
    things, others, waiting = iter(things), cpu_count() or 1, deque()
    yield from map(work, things if others == 1 else islice(things, FEW))
    batch = list(islice(things, BATCH))
    if not batch:
        return
    # Ctrl+C is for the process that hands out the work, not for these.
    with ProcessPoolExecutor(others, None, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        while batch:
            waiting.append(pool.submit(_all, work, batch))
            if len(waiting) > AHEAD * others:
                yield from waiting.popleft().result()
            batch = list(islice(things, BATCH))
        while waiting:
            yield from waiting.popleft().result()


def _all(work, things):
    return [work(thing) for thing in things]
