"""One Jupyter server for the tests: started once, tidied between tests, killed when a test says so.

A stack is a set of versions that a learner may meet: the ones pinned here, Binder's JupyterLab,
and Notebook 7 as it stands beside Binder's JupyterLab.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil

from tests.pace import PACE

ROOT = Path(__file__).resolve().parents[2]
BINDER = ROOT / ".venv-binder" / "bin" / "python"
TOKEN = "learner"


class Stack(NamedTuple):
    """Which Python runs which program, and the address under which it opens a notebook."""

    python: Path
    program: str
    notebook: str


STACKS = {
    "lab": Stack(Path(sys.executable), "jupyterlab", "doc/tree"),
    "binder": Stack(BINDER, "jupyterlab", "doc/tree"),
    "notebook7": Stack(BINDER, "notebook", "notebooks"),
    "firefox": Stack(Path(sys.executable), "jupyterlab", "doc/tree"),
}

SETTINGS = {
    # Nobody is asked about news, and nothing looks for a newer version.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # No page saves by itself while the next test gets its notebooks.
    "docmanager-extension/plugin": {"autosave": False},
}

OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.port_retries=0",
    f"--IdentityProvider.token={TOKEN}",
    "--LabApp.extension_manager=readonly",  # the other kind asks the network
    "--LabApp.expose_app_in_browser=True",  # so that a test can ask the page if the kernel is idle
    "--JupyterNotebookApp.expose_app_in_browser=True",
    # A kernel that was killed is noticed in half a second instead of three.
    "--KernelRestarter.time_to_dead=0.5",
    "--KernelRestarter.stable_start_time=1",
)


class Lab:
    """A server of one stack on a free port, with a folder for all it reads and writes."""

    def __init__(self, stack, folder):
        self.stack, self.folder = STACKS[stack], folder
        self.name = stack
        self.notebooks, self.journal = folder / "notebooks", folder / "work" / "my_work.jsonl"
        self.root = self.notebooks  # what the server shows
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.server = None
        for name in ("notebooks", "work", "home", "config/labconfig", "settings"):
            (folder / name).mkdir(parents=True)
        # JupyterLab need not look, for each page, whether it should be built again.
        (folder / "config/labconfig/page_config.json").write_text('{"buildCheck": false}')

    def start(self):
        """Start the server, on the same port as before, and wait until it answers."""
        command = [self.stack.python, "-m", self.stack.program, *OPTIONS]
        command += [f"--port={self.port}", f"--ServerApp.root_dir={self.root}"]
        with (self.folder / "server.log").open("a") as log:
            self.server = subprocess.Popen(
                command, env=self._environment(), cwd=self.folder, stdout=log, stderr=log
            )
        self._wait()

    def _wait(self):
        """Wait until the server answers."""
        for _ in range(int(600 * PACE)):
            with contextlib.suppress(OSError):
                return self.ask("api")
            assert self.server.poll() is None, self._log()
            time.sleep(0.1)
        raise AssertionError(self._log())

    def kill(self):
        """Kill the server and its kernels, as by kill -9; return when they are gone."""
        processes = [*self._children(), psutil.Process(self.server.pid)]
        for process in processes[::-1]:  # the server first: it would start a kernel again
            process.kill()
        self.server.wait()
        psutil.wait_procs(processes)
        self.server = None

    def kill_kernel(self, name):
        """Kill the kernel of the open notebook `name`, as by kill -9; return when it is gone."""
        kernel = self.kernel_of(name)
        [process] = [p for p in self._children() if kernel in " ".join(p.cmdline())]
        process.kill()
        psutil.wait_procs([process])

    def kernel_of(self, name):
        """Return the id of the kernel that the notebook `name` has on the server."""
        [kernel] = [s["kernel"]["id"] for s in self.ask("api/sessions") if s["path"] == name]
        return kernel

    def tidy(self, keep=None):
        """Make all fresh for the next test, journal, notebooks, settings; end the kernels.

        The kernel of the notebook `keep`, if any, goes on. Its page lists the folder now and then,
        and says "Directory not found" if a file vanishes just then: so none goes while it is there.
        """
        if self.server is None or self.server.poll() is not None:
            self.start()
        self._wait()  # a test may have been stopped while the server started
        stays = keep and self.kernel_of(keep)
        for kernel in self.ask("api/kernels"):
            if kernel["id"] != stays:
                self.ask(f"api/kernels/{kernel['id']}", "DELETE")
        _empty(self.journal.parent)  # the journal, and what was handed in beside it
        if not keep:
            _empty(self.notebooks)  # the folder stays: a kernel may work in it
        shutil.copytree(
            ROOT / "notebooks", self.notebooks, ignore=_a_learners_own, dirs_exist_ok=True
        )
        shutil.rmtree(self.folder / "settings")
        for name, values in SETTINGS.items():
            self.set(name, **values)

    def write(self, name, cells):
        """Make a small notebook of these code cells, in the learner's folder."""
        cells = [nbformat.v4.new_code_cell(text, id=f"cell-{n}") for n, text in enumerate(cells)]
        spec = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
        made = nbformat.v4.new_notebook(cells=cells, metadata=spec)
        nbformat.write(made, self.notebooks / name)

    def set(self, name, **values):
        """Write one settings file (extension/part), as if the learner had chosen so by menu."""
        path = self.folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")

    def ask(self, path, method="GET"):
        """Send the server a request and return what it answers, read as JSON."""
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(self.address + path, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30 * PACE) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def _children(self):
        return psutil.Process(self.server.pid).children(recursive=True)

    def _environment(self):
        """Return an environment in which nothing of the person at this machine is read or kept."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON"))}
        places = {"HOME": "home", "JUPYTER_CONFIG_DIR": "config"}
        places |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "home"}
        ours = {name: str(self.folder / place) for name, place in places.items()}
        start = {"PYTHONSTARTUP": str(ROOT / "binder" / "kernel_start.py")}
        return {**kept, **ours, **start, "KIT_WORK": str(self.journal)}

    def _log(self):
        text = (self.folder / "server.log").read_text(encoding="utf-8")
        return f"The {self.name} server did not start:\n{text[-3000:]}"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _empty(folder):
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _a_learners_own(folder, names):
    return {name for name in names if name.startswith((".", "my_work", "my_case", "handin-"))}
