"""Writes `kit/notebooks.json`: what the kit knows of the notebooks, and their cells as they are here.

    python -m tests.notebooks.originals

For each notebook its title, its minutes, the exercises with the cell of each prompt, and all cells:
so a learner sees how far they are, and gets back a cell that was lost.
"""

import json
import re

from tests.notebooks.lint_notebooks import read, tagged
from tests.test_house import ROOT

PLACE = ROOT / "kit" / "notebooks.json"


def originals():
    """Return the text of the file."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    known = {path.stem: _known(read(path)) for path in paths}
    return json.dumps(known, indent=0, ensure_ascii=False) + "\n"


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
    PLACE.write_text(originals(), encoding="utf-8")
