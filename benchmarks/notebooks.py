"""Each notebook's time and peak memory, against a kernel that only does the same imports.

Time runs from the start of the kernel to the end of the last cell. Memory is the largest the
kernel's process ever was; the budget is 250 MB. The bare kernel imports those of numpy, pandas,
matplotlib and ipywidgets that the notebook loaded, and nothing else.
"""

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
ROUNDS = 3
LIBRARIES = ("ipywidgets", "matplotlib.pyplot", "numpy", "pandas")
LAST_CELL = f"""
import re, sys
peak = re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read()).group(1)
print(peak, *[name for name in {LIBRARIES} if name in sys.modules])
"""


def run():
    """Return three rows for every notebook, found by glob."""
    rows = []
    for path in sorted(FOLDER.glob("*.ipynb")):
        nb = nbformat.read(path, as_version=4)
        *_, libraries = measure(nb)
        bare = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(f"import {', '.join(libraries) or 'sys'}")]
        )
        rounds = [(measure(bare), measure(nb)) for _ in range(ROUNDS)]
        rows += _rows(path.stem, *(_medians(runs) for runs in zip(*rounds, strict=True)))
    return rows


def measure(nb):
    """Run a notebook in a kernel and a journal of its own; return seconds, MB and libraries."""
    cells = [*nb.cells, nbformat.v4.new_code_cell(LAST_CELL)]
    tried = nbformat.v4.new_notebook(cells=[nbformat.from_dict(cell) for cell in cells])
    place = {"metadata": {"path": str(FOLDER)}}
    client = NotebookClient(tried, timeout=120, kernel_name="python3", resources=place)
    with tempfile.TemporaryDirectory() as folder:
        work = {**os.environ, "KIT_WORK": f"{folder}/my_work.jsonl"}
        start = time.perf_counter()
        with client.setup_kernel(env=work, stderr=subprocess.DEVNULL):
            for number, cell in enumerate(tried.cells):
                client.execute_cell(cell, number)
            seconds = time.perf_counter() - start
    peak, *libraries = tried.cells[-1].outputs[0].text.split()
    return seconds, int(peak) / 1024, libraries


def _medians(runs):
    return [statistics.median(run[part] for run in runs) for part in (0, 1)]


def _rows(name, bare, ours):
    note = f"median of {ROUNDS} in turn; bare kernel with the same imports"
    yield {"what": f"{name}: whole run", "figure": f"{ours[0]:.2f}", "unit": "s", "note": ""}
    yield {
        "what": f"{name}: time over bare",
        "figure": f"{ours[0] / bare[0]:.2f}",
        "unit": "times",
        "note": f"{note}: {bare[0]:.2f} s",
    }
    yield {
        "what": f"{name}: peak memory",
        "figure": f"{ours[1]:.0f}",
        "unit": "MB",
        "note": f"{ours[1] / bare[1]:.2f} times the bare kernel's {bare[1]:.0f} MB; budget 250 MB",
    }
