"""Runs notebooks quickly: each in a process of its own, a copy of one that has loaded everything.

Most of the time of a run goes into starting Python and loading pandas and matplotlib. There is no
kernel here, as nbval has one for every notebook (`test_notebooks.py`).
"""

import subprocess
import sys
from typing import NamedTuple

from tests.draw_imports import ROOT

INLINE = "module://matplotlib_inline.backend_inline"  # as a kernel has it
RUN = """
import json, os, sys, traceback
from pathlib import Path
import matplotlib.pyplot, pandas
from IPython.core.interactiveshell import InteractiveShell
import kit, kit.charts, kit.widgets

InteractiveShell.history_load_length = 0
times, *places = sys.argv[1:]

def run(path, folder):
    for name, number in (("stdout", 1), ("stderr", 2)):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY), number)
    os.environ |= {"KIT_WORK": str(folder / "my_work.jsonl"), "IPYTHONDIR": str(folder)}
    os.chdir(path.parent)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            for _ in range(int(times)):
                InteractiveShell.instance().run_cell("".join(cell["source"])).raise_error()

for path, folder in zip(map(Path, places[::2]), map(Path, places[1::2])):
    copy = os.fork()
    if not copy:
        code = 1
        try:
            run(path, folder)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    (folder / "code").write_text(str(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])))
"""


class Run(NamedTuple):
    """How a notebook ended, and what it printed."""

    code: int
    stdout: str
    stderr: str


def run_notebooks(places, times=1, before=""):
    """Run notebooks; return a dict from each path to its Run.

    places: a dict from each path to an empty folder, in which its `my_work.jsonl` may lie.
    times: how often each cell is run. before: Python code to run before anything is loaded.
    """
    arguments = [str(place) for pair in places.items() for place in pair]
    subprocess.run(
        [sys.executable, "-c", before + RUN, str(times), *arguments], cwd=ROOT, check=True
    )
    return {path: _run_in(folder) for path, folder in places.items()}


def _run_in(folder):
    code, *printed = ((folder / name).read_text("utf-8") for name in ("code", "stdout", "stderr"))
    return Run(int(code), *printed)
