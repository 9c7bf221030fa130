"""A real JupyterHub on 127.0.0.1, its processes by learner, and their memory."""

import asyncio
import contextlib
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil

from benchmarks.hub import environment

CONFIGURATION = Path(__file__).with_name("jupyterhub_config.py")
PORTS = ("HUB_PORT", "HUB_OWN_PORT", "HUB_PROXY_PORT")
LIMIT = 8e9  # bytes
EVERY = 3  # seconds between two looks at the memory
OWNER = "JUPYTERHUB_USER"  # in the environment of a learner's server and of its kernels
HUB = ""  # the owner of the hub itself and of its proxy


class TooMuch(Exception):
    """All processes together need more memory than LIMIT; one sentence says so."""


class Memory(NamedTuple):
    """Bytes that processes hold: pss (shared pages divided among their users) and rss."""

    pss: int
    rss: int


class Hub:
    """The running hub: its address, the learners' homes, and its processes."""

    def __init__(self, process, port, homes):
        self.process, self.homes = psutil.Process(process.pid), homes
        self.address = f"http://127.0.0.1:{port}"
        self.peak, self._owners = 0, {}

    def processes(self):
        """Return a dict from each owner to the processes; the owner HUB has hub and proxy."""
        found = {}
        for process in [self.process, *self.process.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                if process not in self._owners:
                    self._owners[process] = process.environ().get(OWNER, HUB)
                found.setdefault(self._owners[process], []).append(process)
        return found

    def memory(self):
        """Return a dict from each owner to the Memory of the processes, where they hold any."""
        found = {owner: _memory(each) for owner, each in self.processes().items()}
        return {owner: memory for owner, memory in found.items() if memory.rss}  # 0: just killed

    def kill(self, names):
        """End the servers of these learners and all their kernels at once, without a word."""
        mine = self.processes()
        for process in [process for name in names for process in mine[name]]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    async def watch(self):
        """Look at the memory until cancelled; raise TooMuch above LIMIT."""
        while True:
            found = await asyncio.to_thread(self.memory)
            total = sum(each.pss for each in found.values())
            self.peak = max(self.peak, total)
            if total > LIMIT:
                raise TooMuch(
                    f"Stopped: {len(found) - 1} learners' servers, the hub and its proxy need "
                    f"{total / 1e9:.1f} GB together, more than {LIMIT / 1e9:.1f}; ask for fewer "
                    "with --learners."
                )
            await asyncio.sleep(EVERY)

    def end(self):
        """Ask the hub to end, with all it started; end by force what is left."""
        family = [self.process, *self.process.children(recursive=True)]
        self.process.send_signal(signal.SIGTERM)
        _, left = psutil.wait_procs(family, timeout=30)
        for process in {*left, *(each for each in self._owners if each.is_running())}:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


@contextlib.contextmanager
def running(folder):
    """Start a hub whose files are in `folder`, give it as a Hub, and end it afterwards."""
    homes = folder / "homes"
    homes.mkdir()
    ports = dict(zip(PORTS, _free_ports(len(PORTS)), strict=True))
    told = {name: str(port) for name, port in ports.items()} | {"HUB_HOMES": str(homes)}
    with (folder / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            [environment.PROGRAMS / "jupyterhub", "--config", CONFIGURATION],
            cwd=folder,
            env=environment.variables(folder) | told,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl+C reaches this program, which then ends the hub
        )
        hub = Hub(process, ports["HUB_PORT"], homes)
        try:
            _wait_for(hub, process)
            yield hub
        finally:
            hub.end()
            process.wait()


def _wait_for(hub, process, patience=60):
    """Return when the hub answers."""
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{hub.address}/hub/api/", trust_env=False).status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("The hub did not start.")


def _free_ports(number):
    """Return ports of 127.0.0.1 that nobody uses."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _memory(processes):
    pss = rss = 0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            found = process.memory_full_info()
            pss, rss = pss + found.pss, rss + found.rss
    return Memory(pss, rss)
