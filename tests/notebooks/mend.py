"""Puts into the notebooks what no author should have to remember, and tells the kit what they hold.

    python -m tests.notebooks.mend

Each cell of the course gets the metadata that keeps it from slips of the keys, and a cell that is
only a call of the kit is folded under a label. Then `kit/notebooks.json` is written: from it a
learner sees how far they are, and gets back a cell that was lost.
"""

import json
import re

import nbformat

from tests.notebooks.lint_notebooks import LABELS, is_only_the_kits, protection, read, tagged
from tests.test_house import ROOT

KNOWN = ROOT / "kit" / "notebooks.json"


def paths():
    """Return the paths of the learners' notebooks, in the order of the course."""
    return sorted((ROOT / "notebooks").glob("*.ipynb"))


def mend(nb):
    """Change the notebook's cells: metadata, and a label for those that are folded."""
    for cell in nb.cells:
        cell.metadata.update(protection(cell))
        if is_only_the_kits(cell) and not cell.source.startswith("# "):
            [*_, called] = re.findall(r"(\w+)\(", cell.source)
            cell.source = f"# {LABELS[called]}\n{cell.source}"


def known():
    """Return the text of `kit/notebooks.json`: title, minutes, tasks and cells of each notebook."""
    return json.dumps(
        {path.stem: _known(read(path)) for path in paths()}, indent=0, ensure_ascii=False
    )


def _known(nb):
    kept = ("id", "cell_type", "metadata", "source")
    title, goals = nb.cells[0].source, nb.cells[1].source
    return {
        "title": title.partition("\n")[0].removeprefix("# "),
        "minutes": int(re.search(r"(\d+) minutes", goals)[1]),
        "tasks": {id: nb.cells[places[0]].id for id, places in tagged(nb).items()},
        "cells": [{name: cell[name] for name in kept} for cell in nb.cells],
    }


if __name__ == "__main__":
    for path in paths():
        nb = read(path)
        mend(nb)
        path.write_text(nbformat.v4.writes(nb) + "\n", encoding="utf-8")
    KNOWN.write_text(known(), encoding="utf-8")
