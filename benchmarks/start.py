"""From nothing to the first notebook open, against `pip install jupyterlab` alone; budget 0.5.

Ours runs from `git clone` of what is committed here, kept as one pack as a host keeps it, by
`make lab`, until a browser shows the title of notebook 1. The other is a fresh environment and the
one line of pip, and opens nothing. Each begins in an empty home, so nothing is in a cache. They run
in turn, also with uv on the PATH, which is fetched for that if there is none here. It needs the
network, a Chromium and ten minutes: `python -m benchmarks.start`.
"""

import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.engine import FLAGS, found

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
PATIENCE = 600  # seconds until a server must be there
PYTHON = Path(sys.base_prefix, "bin", "python3")


def run():
    """Return rows of what, figure, unit and note: seconds and their ratio, and what was installed.

    Raises what stopped a step, such as CalledProcessError without a network.
    """
    # Removed at the end, and not between: a newcomer removes nothing just before, and on a machine
    # that gives memory back the next way would wait for it. A kernel may end a moment later.
    kept = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with kept as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=FLAGS)
        place = Path(place)
        ways = ways_to_open(place, browser)
        took = {name: [] for name in ways}
        size = {}
        for number in range(ROUNDS):
            for way, (name, do) in enumerate(ways.items()):
                folder = place / f"{number}-{way}"
                (folder / "home").mkdir(parents=True)
                started = time.perf_counter()
                installed = do(folder)
                took[name].append(time.perf_counter() - started)
                size[name] = megabytes(installed)
        browser.close()
    return rows({name: statistics.median(each) for name, each in took.items()}, size)


def ways_to_open(place, browser):
    """Return a dict from a way's name to a function that goes it in a folder."""
    host = place / "host"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT.as_uri(), host], check=True)

    def course(path):
        return lambda folder: open_first(folder, host, browser, path)

    path = os.environ["PATH"]
    ways = {"pip install jupyterlab": install_jupyterlab}
    if shutil.which("uv"):
        return ways | {"make lab, uv on the PATH": course(path)}
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", place / "uv", "uv"]
    subprocess.run(pip, check=True)
    return ways | {
        "make lab, no uv on the PATH": course(path),
        "make lab, uv on the PATH": course(f"{place / 'uv' / 'bin'}{os.pathsep}{path}"),
    }


def install_jupyterlab(folder):
    """Make an environment with JupyterLab by pip and return its folder."""
    made = folder / ".venv"
    how = {"env": clean(folder, os.environ["PATH"]), "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([PYTHON, "-m", "venv", made], **how)
    subprocess.run([made / "bin" / "pip", "install", "--quiet", "jupyterlab"], **how)
    return made


def open_first(folder, host, browser, path):
    """Clone the course, set it up and see the title of its first notebook; return `.venv`."""
    course, env = folder / "course", clean(folder, path)
    clone = ["git", "clone", "--quiet", "--depth", "1", host.as_uri(), course]  # as the README says
    subprocess.run(clone, env=env, check=True)
    with (folder / "log").open("w") as log:
        lab = subprocess.Popen(
            ["make", "lab", f"PYTHON={PYTHON}"],
            **{"cwd": course, "env": env, "stdout": log, "stderr": log, "start_new_session": True},
        )
    try:
        page = browser.new_page()
        page.goto(address(folder, lab))
        page.locator(".jp-Notebook h1").first.wait_for(timeout=PATIENCE * 1000)
        page.close()
    finally:
        os.killpg(lab.pid, signal.SIGKILL)  # make, and the server and kernel it started
        lab.wait()
    return course / ".venv"


def address(folder, lab):
    """Wait for the server and return the address that `make lab` opens."""
    runtime = folder / "home" / ".local" / "share" / "jupyter" / "runtime"
    for _ in range(PATIENCE * 20):
        assert lab.poll() is None, (folder / "log").read_text()
        for file in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(ValueError):  # half written
                server = json.loads(file.read_text())
                first = f"doc/tree/01_meet_the_sources.ipynb?token={server['token']}"
                return f"http://127.0.0.1:{server['port']}/{first}"
        time.sleep(0.05)
    raise TimeoutError((folder / "log").read_text())


def clean(folder, path):
    """Return an environment with an empty home, in which no browser opens by itself."""
    own = ("CONDA", "IPYTHON", "JUPYTER", "PYTHON", "UV_CACHE", "PIP_CACHE", "VIRTUAL_ENV", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {"HOME": str(folder / "home"), "PATH": path, "BROWSER": "true %s"}


def megabytes(folder):
    """Return how much disk a folder takes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


def rows(seconds, size):
    """Return the table: the time of each way and, from the second on, its ratio to the first."""
    [bare, *ours] = seconds
    for name in seconds:
        note = f"median of {ROUNDS} in turn, nothing cached; {size[name]:.0f} MB"
        yield {"what": name, "figure": f"{seconds[name]:.1f}", "unit": "s", "note": note}
    for name in ours:
        ratio, note = seconds[name] / seconds[bare], "clone to first notebook; budget 0.5"
        yield {"what": f"{name}, over {bare}", "figure": f"{ratio:.2f}", "unit": "times"} | {
            "note": note
        }


if __name__ == "__main__":
    for each in run():
        print(each["what"], each["figure"], each["unit"], each["note"], sep=" | ")
