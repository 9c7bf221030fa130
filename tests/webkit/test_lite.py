"""The edition for the browser alone in WebKit: it boots, and an answer is kept after a reload."""

import pytest

from tests.browser import lite
from tests.browser.asked import ASK
from tests.browser.room import PATIENCE
from tests.webkit.desk import Desk

FIRST = lite.NOTEBOOKS[0].name
RUN = "jupyterapp.commands.execute('notebook:run-cell');"
RAN = ASK.format("""
  const cell = panel.content.widgets.find((cell) => cell.model.id === wanted);
  return cell.model.executionCount !== null
    && panel.sessionContext.session.kernel.status === "idle";
""")


@pytest.fixture
def desk(driver):
    return Desk(driver, None)


@pytest.fixture
def address(tmp_path):
    """The built edition, and a plain web server for it."""
    lite.build(tmp_path / "lite")
    server = lite.Server(course=tmp_path / "lite")
    yield f"{server.address}course/"
    server.stop()


def boot(desk, address):
    """Load the page with the first notebook, and wait until its Python answers."""
    desk.driver.set_window_size(1280, 900)
    desk.driver.get(f"{address}lab/index.html?path={FIRST}")
    desk.driver.set_script_timeout(
        PATIENCE / 100
    )  # ten times as much: Python is built up in the page
    desk.notebook = FIRST
    desk.wait(lite.OPENED, FIRST)
    desk.ask(lite.BOOTED)


def run(desk, *cells):
    """Run some cells, by their ids."""
    for cell in cells:
        desk.driver.execute_script(MADE_ACTIVE, cell)
        desk.driver.execute_script(RUN)
        desk.wait(RAN, cell)


MADE_ACTIVE = """
const { content } = jupyterapp.shell.currentWidget;
content.activeCellIndex = content.widgets.findIndex(({ model }) => model.id === arguments[0]);
"""


def test_it_boots_and_the_first_exercise_is_kept_after_a_reload(desk, address):
    boot(desk, address)
    run(desk, "setup", "ask-printed")
    desk.click(desk.control("ask-printed", "radio", "printed"))
    desk.says("ask-printed", "Saved.")
    boot(desk, address)
    run(desk, "setup", "ask-printed")
    assert desk.control("ask-printed", "radio", "printed").is_selected()
