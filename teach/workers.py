"""The same work on many things, in order, by other processes or by the workers of a Dask scheduler.

Both are used as executors of `concurrent.futures` are. Things travel in batches, and only so many
batches are in the air that memory stays constant however many things there are.
"""

import atexit
import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import import_module
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import kit
from kit.errors import KitError

FEW = 100  # things that are no work for others: a process takes longer to start
MEANWHILE = 200  # things that are worked on here while the processes start
BATCH = 50  # things that travel together
MOST = 4  # processes; more would wait for the one that hands out and takes in
AHEAD = 3  # batches in the air for each thread of a cluster's worker: two may be on their way
PATIENCE = 10  # seconds to wait for a scheduler, and between two looks whether a worker is left
ENDED = (
    "A process that helped was ended from outside, perhaps for want of memory; run the same "
    "command again."
)


@dataclass
class Workers:
    """How to share work among the workers of an executor; submit: the executor's.

    ahead: how many batches may be in the air. ends: what a future raises where a worker ended.
    number: tells how many workers there are. folder: where what comes of a batch lies until it is
    taken, "" to let it come by the executor itself. is_started: whether the workers are there.
    """

    submit: Callable[..., Any]
    ahead: int
    ends: tuple[type[BaseException], ...]
    number: Callable[[], int]
    folder: str = ""
    is_started: bool = True

    def share(
        self, work: Callable[[Any], Any], things: Iterable[Any], batch: int = BATCH
    ) -> Iterator[Any]:
        """Yield work(thing) for each of `things`, in their order, never holding many of them.

        work and what it takes and gives must be picklable; batch: how many things travel together.
        Raises what work raises, and KitError where a worker ended.

        >>> with processes() as workers:
        ...     list(workers.share(abs, [-1, 2]))
        [1, 2]
        """
        things = iter(things)
        if not self.is_started:
            yield from map(work, islice(things, FEW))
            more = list(islice(things, 1))
            if more:
                self._start()
            yield from map(work, chain(more, islice(things, MEANWHILE)))
        pickled, pending = pickle.dumps(work), deque[Any]()
        while several := list(islice(things, batch)):
            if len(pending) == self.ahead:
                yield from self._results(pending.popleft())
            pending.append(self._submitted(_done, pickled, several, self.folder))
        while pending:
            yield from self._results(pending.popleft())

    def _start(self) -> None:
        """Let an executor that starts its workers one task at a time start them all."""
        for _ in range(self.number()):
            self._submitted(int)
        self.is_started = True

    def _submitted(self, *task: Any) -> Any:
        try:
            return self.submit(*task)
        except self.ends:
            raise KitError(ENDED) from None

    def _results(self, future: Any) -> list:
        """Return what came of a batch, however long it takes while there are workers."""
        while True:
            try:
                return _taken(future.result(timeout=PATIENCE))
            except TimeoutError:
                if not self.number():
                    raise KitError(ENDED) from None
            except self.ends:
                raise KitError(ENDED) from None


@contextmanager
def processes(module: str = "", most: int = MOST) -> Iterator[Workers]:
    """Give other processes of this machine, started when there is enough for them to do.

    module: where it is given, they start at once and import it. most: how many, at most.

    Python loads the script that was run again in each of them, so a script does its own work under
    `if __name__ == "__main__":`. What comes of a batch lies in a file until it is taken: all
    processes share one pipe, and one killed while it wrote much into it would leave us waiting.
    """
    number = min(most, os.cpu_count() or 1)
    executor = ProcessPoolExecutor(number, get_context("spawn"), _begin, (module,))
    with tempfile.TemporaryDirectory() as folder:
        workers = Workers(
            executor.submit, number + 1, (BrokenExecutor,), lambda: number, folder, is_started=False
        )
        try:
            if module:
                workers._start()
            yield workers
        finally:
            executor.shutdown(cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Give the workers of the Dask scheduler at `address`, which runs already.

    It needs `dask.distributed` here, and the same kit on every worker. Files are read here and
    their bytes travel, so that the workers need no folder of ours. What a worker did not finish
    before its end another does again. The scheduler is the one place the kit ever connects to, and
    only if named. Raises KitError where there is no such scheduler, no worker, another version of
    the kit on one, or no `dask.distributed` here.

    It submits to the Client itself: the executor that `get_executor` gives (distributed 2026.8)
    takes a result that was lost with its worker for an error, and lets nobody compute it again.
    """
    with _connected(address) as client:
        from distributed import CancelledError, KilledWorker

        def number() -> int:
            return sum(client.nthreads().values())

        ahead = AHEAD * number()
        if not ahead:
            raise KitError(f"The scheduler at {address} has no worker; start one.")
        _check_versions(client.run(_version, on_error="return"))
        submit = partial(client.submit, pure=False)
        yield Workers(submit, ahead, (CancelledError, KilledWorker, OSError), number)


def workers(address: str | None = None) -> AbstractContextManager[Workers]:
    """Give those of the cluster at an address, or processes of this machine where there is none."""
    return cluster(address) if address else processes()


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise KitError(
            "A cluster needs the package dask.distributed, which is not here: "
            "pip install distributed."
        ) from None
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise KitError(
            f"No Dask scheduler answers at {address}; give the address it told when it started, "
            "such as tcp://10.0.0.5:8786."
        ) from None


def _check_versions(versions: dict) -> None:
    for worker, version in versions.items():
        if version != kit.__version__:
            has = f"kit {version}" if isinstance(version, str) else "no kit that can be loaded"
            raise KitError(
                f"The worker {worker} has {has}, and this is kit {kit.__version__}; "
                "install the same on all."
            )


def _taken(result: list | Path) -> list:
    if isinstance(result, list):
        return result
    results = pickle.loads(result.read_bytes())
    result.unlink()
    return results


# What runs in a worker


def _begin(module: str) -> None:
    """Prepare a process: Ctrl+C is for the one that started it, and with that one it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()  # what else is meant for a terminal's programs is not for it either
    atexit.register(os._exit, 0)  # nothing is left to do, and taking modules apart takes long
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if module:
        import_module(module)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


_work = lru_cache(maxsize=2)(pickle.loads)


def _done(pickled: bytes, batch: list, folder: str) -> list | Path:
    """Return what came of a batch, or the file it lies in."""
    work = _work(pickled)
    results = [work(thing) for thing in batch]
    if not folder:
        return results
    handle, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        pickle.dump(results, file)
    return Path(path)


def _version() -> str:
    return kit.__version__
