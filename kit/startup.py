"""What every kernel of the course begins with: `kit` is known before a cell has imported it.

IPython runs `binder/kernel_start.py` when a kernel starts, and that calls `begin`. So a cell in the
middle of a notebook works after a restart, too. `python -m kit.startup` puts the file where the
IPython of this environment looks for it.
"""

import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any


def begin(shell: Any) -> None:
    """Give the shell of a kernel the names that all notebooks use: `kit`, and `case` on demand.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> shell = InteractiveShell()
    >>> begin(shell)
    >>> _ = shell.run_cell("asked = kit.data.load().question == case.question")
    >>> shell.user_ns["asked"]
    True
    """
    import kit

    shell.push({"kit": kit}, interactive=False)
    shell.events.register("pre_run_cell", partial(_bring_case, shell))


def _bring_case(shell, info):
    """Read the case when a cell first speaks of it: it takes a moment, and not all need it."""
    if "case" in info.raw_cell and "case" not in shell.user_ns:
        from kit.widgets.base import default_case

        shell.push({"case": default_case()}, interactive=False)


def install() -> Path:
    """Copy the start-up file to where this environment's IPython looks; return its place."""
    folder = Path(sys.prefix) / "etc" / "ipython" / "startup"
    folder.mkdir(parents=True, exist_ok=True)
    source = Path(__file__).parents[1] / "binder" / "kernel_start.py"
    return Path(shutil.copy(source, folder / "asked_to_join.py"))


if __name__ == "__main__":
    install()
