"""WebKit walks through each notebook: every cell runs, every widget shows, axe finds nothing."""

import re

import nbformat
import pytest

from tests.browser.lab import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHOWS = re.compile(r"kit\.(start|ask|check|charts|widgets)\b")
SHOWN = """() => Object.fromEntries(
  jupyterapp.shell.currentWidget.content.widgets.map(({ model, node }) =>
    [model.id, [...node.querySelectorAll(".jp-OutputArea-output")].map((o) => o.innerText).join()])
)"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_every_widget_shows_and_axe_finds_nothing(desk, path):
    desk.open(path.name)
    desk.run_all()
    assert desk.what_axe_finds() == []
    shown = desk.ask(SHOWN)
    for id in cells_of_the_kit(path):
        assert re.search(r"\w{2}", shown[id]) and "model not found" not in shown[id], id


def cells_of_the_kit(path):
    """Return the ids of the cells whose last line shows something of the kit."""
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    return [cell.id for cell in code if SHOWS.match(cell.source.splitlines()[-1])]
