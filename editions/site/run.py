"""Runs the notebooks as somebody who has answered nothing yet."""

import os
import subprocess
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
ANEW = "%reset -f\nfrom editions.site.pictures import give_names\n\ngive_names()"


def run(paths):
    """Return the notebooks of the files `paths` after a run with a journal of its own, empty.

    paths: all in one folder. One kernel runs them, as most of the time goes into starting one;
    before each notebook it forgets every name. (That each runs alone, the tests hold.)
    Raises nbclient's CellExecutionError, which shows the cell, if one fails.
    """
    notebooks = list(map(_read, paths))
    cells = [cell for each in notebooks for cell in (new_code_cell(ANEW), *each.cells)]
    client = NotebookClient(
        new_notebook(cells=cells),
        timeout=60,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # else what a cell prints falls apart where the machine was slow
        resources={"metadata": {"path": str(paths[0].parent)}},
    )
    with tempfile.TemporaryDirectory() as folder:
        client.execute(env=_environment(folder), stderr=subprocess.DEVNULL)
    return notebooks


def _read(path):
    """Return the notebook; its cells are named after it as well, since all are run together."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.id = f"{path.stem}-{cell.id}"[:64]
    return notebook


def _environment(folder):
    """The kernel's: this course's own kit and editions, and a journal nobody has written in."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "KIT_WORK": str(Path(folder) / "my_work.jsonl"),
    }
