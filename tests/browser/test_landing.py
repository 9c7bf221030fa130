"""Shift+Enter through a whole notebook: what a cell opens is met at its first line."""

import nbformat
import pytest

from tests.browser.asked import ASK
from tests.browser.lab import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# The first cell becomes the active one, as if it had been clicked.
AT_THE_TOP = ASK.format("""
  panel.content.activeCellIndex = wanted;
  panel.content.mode = "command";
  panel.content.widgets[wanted].node.focus();
""")
# Whether the cell has run and what it shows has grown for the last time: how far its output then
# begins above the part of the notebook that is in sight, in pixels.
ABOVE = ASK.format("""
  const cell = panel.content.widgets[wanted];
  const shown = () => cell.node.querySelector(".jp-OutputArea-output");
  const stand = async () => {
    for (let last, frames = 0; frames < 12; last = cell.node.getBoundingClientRect().height) {
      await new Promise(requestAnimationFrame);
      frames = cell.node.getBoundingClientRect().height === last ? frames + 1 : 0;
    }
    if (!shown()) return 0;
    const seen = panel.content.outerNode ?? panel.content.node;
    return Math.round(seen.getBoundingClientRect().top - shown().getBoundingClientRect().top);
  };
  return stand();
""")
RAN = ASK.format("""
  return panel.content.widgets[wanted].model.executionCount !== null
    && panel.sessionContext.session?.kernel?.status === "idle";
""")


@pytest.mark.weekly
@pytest.mark.stacks("lab", weekly=("binder",))
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_shift_enter_lands_at_the_start_of_what_a_cell_opens(room, path):
    room.open(path.name, anew=True)
    room.page.evaluate(AT_THE_TOP, 0)
    above = {}
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells[:-1]):
        room.page.keyboard.press("Shift+Enter")
        if cell.cell_type == "code":
            room.page.wait_for_function(RAN, arg=number, polling=50)
            above[cell.id] = room.page.evaluate(ABOVE, number)
    assert {id: pixels for id, pixels in above.items() if pixels > 0} == {}
