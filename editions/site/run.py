"""Runs a notebook as somebody who has answered nothing yet."""

import os
import subprocess
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NAMING = "from editions.site.pictures import give_names\n\ngive_names()"


def run(path):
    """Return the notebook of the file `path` after a run with a journal of its own, empty.

    path: absolute. Raises nbclient's CellExecutionError, which shows the cell, if one fails.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(NAMING))
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    with tempfile.TemporaryDirectory() as folder:
        client.execute(env=_environment(folder), stderr=subprocess.DEVNULL)
    del notebook.cells[0]
    return notebook


def _environment(folder):
    """The kernel's: this course's own kit and editions, and a journal nobody has written in."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "KIT_WORK": str(Path(folder) / "my_work.jsonl"),
    }
