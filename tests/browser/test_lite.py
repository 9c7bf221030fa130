"""The browser-only edition, booted from a plain web server with nothing else to be reached.

One page serves all tests of this file, and they go on from one another as a learner does: run the
first notebook, answer, come back another day to the last one, run all code, hand in.
"""

import base64
import functools
import http.server
import json
import re
import shutil
import subprocess
import threading

import nbformat
import pytest
from playwright.sync_api import expect

from editions.lite import WITHOUT_TABLES
from kit import submission
from tests.browser.asked import ASK, FIND_CELL
from tests.browser.lab import ROOT
from tests.browser.room import PATIENCE
from tests.browser.watch import Watch

PYTHON = ROOT / ".venv-lite" / "bin" / "python"
FIRST = "01_meet_the_sources.ipynb"
LAST = "06_answer_the_question.ipynb"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OPENED = ASK.format("""
  return panel?.context?.path === wanted && panel.context.isReady
    && panel.sessionContext.isReady && panel.sessionContext.session?.kernel != null;
""")
BOOTED = ASK.format("return panel.sessionContext.session.kernel.info;")
SELECT = ASK.format("panel.content.activeCellIndex = wanted;")
# What one piece of code says when it is run: its words, and the error it ends in, if any.
RUN = ASK.format("""
  const said = [];
  const kernel = panel.sessionContext.session.kernel;
  const future = kernel.requestExecute({ code: wanted, stop_on_error: false });
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") said.push(content.text);
    if (header.msg_type === "error") said.push(`ERROR ${content.evalue}`);
  };
  return future.done.then(() => said.join(""));
""")
RAN = ASK.format("""
  const code = panel.content.widgets.map((cell) => cell.model).filter((m) => m.type === "code");
  return code.every((model) => model.executionCount !== null)
    && panel.sessionContext.session.kernel.status === "idle";
""")
FILE = """async (path) => {
  const found = await window.jupyterapp.serviceManager.contents.get(path, { content: true });
  return found.content;  // JupyterLab knows a file that was renamed as bytes, in base64
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The edition as `make lite` builds it, without what only its makers' own server has."""
    assert PYTHON.exists(), "The edition's own packages are missing: make .venv-lite/ready"
    if shutil.which("npm") is None:
        pytest.skip("there is no npm, from which the browser-only edition gets its Python")
    folder = tmp_path_factory.mktemp("site") / "lite"
    command = [PYTHON, "-m", "editions.lite", folder, "--without-tables"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    settings = folder / "jupyter-lite.json"
    content = json.loads(settings.read_text(encoding="utf-8"))
    content["jupyter-config-data"]["exposeAppInBrowser"] = True  # so that a test can ask the page
    settings.write_text(json.dumps(content), encoding="utf-8")
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server as plain as they come, that tells nobody what it was asked."""

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(folder):
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def page(browser, address):
    """The page, for all tests here; at their end it must not have complained or asked outside."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, address)
    page = context.new_page()
    yield page
    watch.stop()
    context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


def boot(page, address, name):
    """Load the page with this notebook, and wait until its Python answers."""
    page.goto(f"{address}lab/index.html?path={name}")
    page.wait_for_function(OPENED, arg=name, polling=50, timeout=2 * PATIENCE)
    page.evaluate(BOOTED)


def cell(page, id):
    """The output of a cell, brought into view."""
    index = page.evaluate(FIND_CELL, id)
    return page.locator(f'[data-cell="{index}"] .jp-Cell-outputArea:visible')


def says(shown, words):
    """Wait until these words are shown; Python in a page is slower than it is elsewhere."""
    expect(shown).to_contain_text(words, timeout=PATIENCE)


def run(page, id):
    """Run one cell by menu."""
    page.evaluate(SELECT, page.evaluate(FIND_CELL, id))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run Selected Cell(?! and)")).first.click()


def test_the_first_notebook_runs_and_its_first_exercise_answers_back(page, address):
    boot(page, address, FIRST)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).first.click()
    page.wait_for_function(RAN, polling=50, timeout=2 * PATIENCE)
    says(cell(page, "setup"), "Nothing to save yet")
    for slider in cell(page, "ask-prediction").get_by_role("slider").all():
        slider.focus()
        page.keyboard.press("ArrowRight")
    says(cell(page, "ask-prediction"), "Saved. 5 of 5 given.")
    cell(page, "ask-prediction").get_by_role("button", name="Check").click()
    says(cell(page, "ask-prediction"), "5 of 5 ratings are given")


def test_the_answers_are_there_when_the_learner_comes_back_to_another_notebook(page, address):
    boot(page, address, LAST)
    run(page, "setup")
    says(cell(page, "setup"), "5 answers")


def test_what_cannot_run_is_what_the_edition_says(page):
    page.evaluate(RUN, "before = set(globals())")
    lacking = {path.stem: sorted(cells_without_tables(page, path)) for path in NOTEBOOKS}
    assert lacking == {name: sorted(ids) for name, ids in WITHOUT_TABLES.items()}


def cells_without_tables(page, path):
    """Run all code of a notebook; yield the ids of cells that say what they lack."""
    page.evaluate(RUN, "for name in set(globals()) - before - {'before'}: del globals()[name]")
    for code in nbformat.read(path, 4).cells:
        if code.cell_type == "code":
            said = page.evaluate(RUN, code.source)
            assert "ERROR" not in said, (path.stem, code.id, said)
            if said.startswith("This cell needs"):
                yield code.id


def test_the_hand_in_is_a_file_in_the_folder(page):
    for id in ("setup", "hand-in-form"):
        run(page, id)
    form = cell(page, "hand-in-form")
    form.get_by_label("Your pen name").fill("blue-tiger-7")
    form.get_by_role("button", name="Hand in my work").click()
    form.get_by_role("button", name="Yes, hand in").click()
    says(form, "Handed in as handin-blue-tiger-7.json")
    content = submission.read(base64.b64decode(page.evaluate(FILE, "handin-blue-tiger-7.json")))
    assert content["answers"]["prediction"]["answer"].keys() == {
        "forum", "blog", "article", "news", "factcheck",
    }  # fmt: skip
