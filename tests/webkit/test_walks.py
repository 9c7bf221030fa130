"""WebKit walks through each notebook: every cell runs, every widget shows, axe finds nothing."""

import re

import nbformat
import pytest

from tests.browser.lab import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHOWS = re.compile(r"kit\.(start|ask|check|charts|widgets)\b")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_every_widget_shows_and_axe_finds_nothing(desk, path):
    desk.open(path.name)
    desk.run_all()
    for id in cells_of_the_kit(path):
        desk.until(
            lambda _, id=id: re.search(r"\w{2}", desk.output(id).text), f"{id} shows nothing"
        )
        assert "model not found" not in desk.output(id).text, id
    assert desk.what_axe_finds() == []


def cells_of_the_kit(path):
    """Return the ids of the cells whose last line shows something of the kit."""
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    return [cell.id for cell in code if SHOWS.match(cell.source.splitlines()[-1])]
