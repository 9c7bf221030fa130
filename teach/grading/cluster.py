"""The workers of a Dask scheduler that runs already, in place of the processors of this machine.

It needs `dask.distributed` here, and the same kit on every worker. Files are read here and their
bytes travel, so that the workers need no folder of ours. What a worker did not finish before its
end another does again. The scheduler is the one place the kit ever connects to, and only if named.
"""

import pickle
from collections import deque
from contextlib import ExitStack
from functools import lru_cache
from itertools import islice

import kit
from teach.grading.hands import BATCH, HandEnded, Hands

PATIENCE = 10  # seconds to wait for the scheduler, and between two looks whether a worker is left
AHEAD = 3  # batches in the air for each thread of a worker: two may be on their way
TO_INSTALL = "pip install distributed"


class ClusterError(Exception):
    """The cluster cannot be used; the message is one sentence: what, where, what to do."""


class Cluster:
    """The workers of the scheduler at `address` (str), for the length of the `with` block.

    It shares work as `Hands` does. Entering raises ClusterError where there is no such scheduler,
    no worker, another version of the kit on one, or no `dask.distributed` here.
    """

    def __init__(self, address):
        self._address = address

    def __enter__(self):
        with ExitStack() as stack:
            self._client = stack.enter_context(_connected(self._address))
            self._ahead = AHEAD * self._threads()
            if not self._ahead:
                raise ClusterError(f"The scheduler at {self._address} has no worker; start one.")
            self._check_versions()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def share(self, work, things):
        """Yield work(thing) for each of `things`, in their order, never holding many of them.

        work and what it takes and gives must be picklable. Raises what work raises, and HandEnded
        where no worker is left.
        """
        things, told, busy = iter(things), pickle.dumps(work), deque()
        while batch := list(islice(things, BATCH)):
            if len(busy) == self._ahead:
                yield from self._take(busy.popleft())
            busy.append(self._client.submit(_done, told, batch, pure=False))
        while busy:
            yield from self._take(busy.popleft())

    def _take(self, future):
        """Return what came of a batch, however long it takes while there are workers."""
        from distributed import CancelledError, KilledWorker

        while True:
            try:
                return future.result(timeout=PATIENCE)
            except TimeoutError:
                if not self._threads():
                    raise HandEnded from None
            except (CancelledError, KilledWorker, OSError):
                raise HandEnded from None

    def _threads(self):
        return sum(self._client.nthreads().values())

    def _check_versions(self):
        for worker, version in self._client.run(_version, on_error="return").items():
            if version != kit.__version__:
                has = f"kit {version}" if isinstance(version, str) else "no kit that can be loaded"
                raise ClusterError(
                    f"The worker {worker} has {has}, and this is kit {kit.__version__}; "
                    "install the same on all."
                )


def helpers(address=None):
    """Return the Cluster at `address`, or this machine's Hands where there is none."""
    return Cluster(address) if address else Hands()


def _connected(address):
    """Return a Client; raise ClusterError."""
    try:
        from distributed import Client
    except ImportError:
        told = f"A cluster needs the package dask.distributed, which is not here: {TO_INSTALL}."
        raise ClusterError(told) from None
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterError(
            f"No Dask scheduler answers at {address}; give the address it told when it started, "
            "such as tcp://10.0.0.5:8786."
        ) from None


def _version():
    import kit

    return kit.__version__


@lru_cache(maxsize=2)
def _work(told):
    return pickle.loads(told)


def _done(told, batch):
    """Return what came of a batch (list); runs on a worker."""
    work = _work(told)
    return [work(thing) for thing in batch]
