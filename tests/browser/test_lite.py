"""The browser-only edition with pandas, booted from a plain web server and nothing else to reach.

One learner's page serves the tests of this file, and they go on from one another: run the first
notebook, answer, come back another day to the last one, run the code of all, hand in; then the
course moves, is updated, and the network goes away.
"""

import itertools
import json
import math
import re
import shutil

import pytest
from playwright.sync_api import expect

from editions.lite import offline
from kit import submission
from tests.browser import lite
from tests.browser.asked import ASK, FIND_CELL
from tests.browser.lite import NOTEBOOKS, RUN, boot, visit
from tests.browser.room import PATIENCE
from tests.browser.watch import Watch
from tests.solutions.answers import ANSWERS

FIRST, FOURTH, LAST = (NOTEBOOKS[number].name for number in (0, 3, 5))
NEAR = 9  # points that a mark may stand elsewhere in another version: a line of small letters
SELECT = ASK.format("panel.content.activeCellIndex = wanted;")
SOURCE = ASK.format("""
  return panel.context.model.sharedModel.cells.map((cell) => cell.source).join();
""")
SAVE = ASK.format("return panel.context.save();")
RAN = ASK.format("""
  const code = panel.content.widgets.map((cell) => cell.model).filter((m) => m.type === "code");
  return code.every((model) => model.executionCount !== null)
    && panel.sessionContext.session.kernel.status === "idle";
""")
# A browser in which a site may have no service worker, as in some private windows.
BLOCKED = """navigator.serviceWorker.register = () =>
  Promise.reject(new DOMException("The operation is insecure.", "SecurityError"));"""
FILES = """async () => (await window.jupyterapp.serviceManager.contents.get(""))
  .content.map(({ name }) => name)"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The edition as `make lite` builds it."""
    folder = tmp_path_factory.mktemp("site") / "lite"
    said = lite.build(folder)
    size = int(re.search(r"a browser fetches (\d+) MB", said)[1])
    assert 40 < size < 80 and "lacks" not in said, said
    return folder


@pytest.fixture(scope="module")
def server(folder):
    server = lite.Server(course=folder, moved=folder)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def page(browser, server):
    """The learner's page; at the end it must not have complained or asked outside."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, server.address)
    page = context.new_page()
    page.watch = watch
    yield page
    watch.stop()
    context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


@pytest.fixture
def address(server):
    return f"{server.address}course/"


def cell(page, id):
    """The output of a cell, brought into view."""
    index = page.evaluate(FIND_CELL, id)
    return page.locator(f'[data-cell="{index}"] .jp-Cell-outputArea:visible')


def says(shown, words):
    """Wait until these words are shown; Python in a page is slower than it is elsewhere."""
    expect(shown).to_contain_text(words, timeout=PATIENCE)


def choose(page, item):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile(item)).first.click()


def run(page, id):
    """Run one cell by menu."""
    page.evaluate(SELECT, page.evaluate(FIND_CELL, id))
    choose(page, "^Run Selected Cell(?! and)")


def run_all(page):
    choose(page, "^Run All Cells")
    page.wait_for_function(RAN, polling=50, timeout=2 * PATIENCE)
    page.mouse.wheel(0, 1)  # a learner who moves is not taken to the first open task


def checks(page, id, words):
    cell(page, id).get_by_role("button", name="Check").click()
    says(cell(page, id).locator(".kit-feedback"), words)


def told(page):
    """What the page said of the browser's storage."""
    return page.locator("#course-says")


def test_the_kit_is_there_before_any_cell_and_an_error_is_a_sentence(page, address):
    boot(page, address, FIRST)
    assert page.evaluate(RUN, "print(kit.__name__, len(case.sources))") == "kit 5\n"
    said = page.evaluate(RUN, "members = 12\nprint(membres)")
    assert "Line 2: there is nothing called `membres`. Did you mean members?" in said
    assert page.evaluate(RUN, "%pip install six").startswith("Nothing can be installed here")


@pytest.mark.needs("manifest")
def test_it_can_be_installed_like_an_app(page, address):
    manifest = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert manifest["url"] == f"{address}manifest.webmanifest" and manifest["errors"] == []


def test_the_first_notebook_runs_and_its_forms_answer_back(page):
    run_all(page)
    says(cell(page, "setup"), "Nothing to save yet")
    for slider in cell(page, "ask-prediction").get_by_role("slider").all():
        slider.press("ArrowRight")
    says(cell(page, "ask-prediction"), "Saved. 5 of 5 given.")
    checks(page, "ask-prediction", "5 of 5 ratings are given")
    cell(page, "ask-printed").get_by_role("radio", name="printed").first.click()
    checks(page, "ask-printed", "of")
    cell(page, "ask-dated-texts").get_by_role("checkbox", name="None of the five").check()
    checks(page, "ask-dated-texts", "✓ Correct")
    cell(page, "ask-date-article").get_by_role("textbox").fill(ANSWERS["date_article"])
    checks(page, "ask-date-article", "✓ Correct")
    page.evaluate(SAVE)


def test_the_answers_are_there_when_the_learner_comes_back_to_another_notebook(
    page, address, server
):
    says(told(page), "The whole course is in this browser now")
    before = server.sent
    boot(page, address, LAST)
    assert server.sent == before, "what is kept in the browser was fetched again"
    run(page, "setup")
    says(cell(page, "setup"), "8 answers")


@pytest.fixture(scope="module")
def answered(page):
    """A page in which every exercise is answered and each picture that is drawn is kept."""
    answers = lite.WORKED.read_text(encoding="utf-8")
    page.evaluate(RUN, f"print(open('my_work.jsonl', 'a').write({answers!r}))")
    assert "ERROR" not in page.evaluate(RUN, lite.COLLECT)
    return page


# On every change the notebook with most pictures; once a week all of them.
@pytest.mark.parametrize(
    "notebook",
    [
        pytest.param(path, id=path.stem, marks=() if path.name == FOURTH else pytest.mark.weekly)
        for path in NOTEBOOKS
    ],
)
def test_all_code_runs_and_draws_what_it_draws_elsewhere(answered, notebook, tmp_path):
    cells, pictures = list(lite.worked_cells(notebook)), {}
    for name, source in cells:
        said = answered.evaluate(RUN, source)
        assert "ERROR" not in said, (name, said)
        pictures[name] = json.loads(answered.evaluate(RUN, lite.TAKE))
    work = answered.evaluate(RUN, "print(open('my_work.jsonl').read(), end='')")
    elsewhere = lite.drawn_here(cells, tmp_path, work.encode())
    assert any(elsewhere.values()) and differences(pictures, elsewhere) == []


def differences(pictures, others):
    """What stands in one picture and not, or not near, in its counterpart: list of sentences."""
    return [
        f"{name}: {mark} at {here} and at {there}"
        for name in others
        for one, other in itertools.zip_longest(pictures[name], others[name], fillvalue="")
        for mark, here, there in pairs(lite.marks(one), lite.marks(other))
        if len(here) != len(there)
        or any(math.dist(*places) > NEAR for places in zip(here, there, strict=True))
    ]


def pairs(here, there):
    """Yield each mark with its places in both pictures."""
    for mark in here | there:
        yield mark, here.get(mark, []), there.get(mark, [])


def test_the_hand_in_is_a_file_in_the_folder(page):
    for id in ("setup", "hand-in-form"):
        run(page, id)
    form = cell(page, "hand-in-form")
    form.get_by_label("Your pen name").fill("blue-tiger-7")
    form.get_by_role("button", name="Hand in my work").click()
    form.get_by_role("button", name="Yes, hand in").click()
    says(form, "Handed in as handin-blue-tiger-7.json")
    answers = submission.read(lite.saved(page, "handin-blue-tiger-7.json"))["answers"]
    assert answers["date_article"]["answer"] == ANSWERS["date_article"]
    assert answers["final_answer"]["answer"]


@pytest.mark.weekly
def test_a_course_that_moved_and_a_blocked_worker_are_said_and_the_answers_offered_back(
    page, server
):
    page.watch.deaf = True  # JupyterLite itself complains of it
    other = page.context.new_page()
    other.watch = page.watch
    other.add_init_script(BLOCKED)
    boot(other, f"{server.address}moved/", FIRST)
    says(told(other), "this browser allows no service worker (The operation is insecure.)")
    says(told(other), "You worked on this course before, at /course/ on this server")
    run(other, "setup")
    says(cell(other, "setup"), "This browser holds")
    other.close()
    page.watch.deaf = False


@pytest.mark.weekly
def test_after_an_update_a_changed_notebook_has_another_name_and_no_answer_is_lost(
    page, server, folder, tmp_path
):
    updated = shutil.copytree(folder, tmp_path / "updated")
    notebook = updated / "files" / FIRST
    notebook.write_text(notebook.read_text("utf-8").replace("# Open your work", "# Open it anew"))
    offline.list_files(updated)
    server.folders["course"] = updated
    boot(page, f"{server.address}course/", FIRST)
    says(told(page), f"The course was updated: {FIRST} is the new one")
    assert "# Open it anew" in page.evaluate(SOURCE)
    [aside] = [name for name in page.evaluate(FILES) if "_before_" in name]
    assert b"# Open your work" in lite.saved(page, aside)
    run(page, "setup")
    says(cell(page, "setup"), "answers")
    says(told(page), "The whole course is in this browser now")


@pytest.mark.weekly
def test_without_a_network_a_notebook_runs_draws_and_answers(page, server):
    server.stop()
    page.watch.cut_off = True  # it asks in vain whether the course was updated
    visit(page, f"{server.address}course/{offline.MANIFEST['start_url']}")  # as its icon does
    expect(page.locator(".jp-Notebook")).to_be_visible(timeout=PATIENCE)
    boot(page, f"{server.address}course/", FOURTH)
    run_all(page)
    for id in ("draw-line", "draw-jumps", "draw-news", "draw-day", "draw-telling", "draw-own"):
        picture = cell(page, id).locator("img").first
        expect(picture).to_have_attribute("alt", re.compile(r"\w"), timeout=PATIENCE)
    form = cell(page, "ask-two-clocks")
    form.get_by_role("radio", name="Nobody: each list counts from a different act").check()
    checks(page, "ask-two-clocks", "✓ Correct")


@pytest.mark.weekly
def test_the_edition_as_it_is_built_here_boots_and_says_what_it_lacks(browser, tmp_path):
    said = lite.build(tmp_path / "lite", [])
    server = lite.Server(plain=tmp_path / "lite")
    context = browser.new_context()
    watch = Watch(context, server.address)
    page = context.new_page()
    page.watch = watch
    boot(page, f"{server.address}plain/", FIRST)
    words = page.evaluate(RUN, "import pandas\nprint(len(pandas.DataFrame([kit.__name__])))")
    expected = "This cell needs pandas" if "It lacks pandas" in said else "1"
    assert words.startswith(expected), words
    watch.stop()
    context.close()
    server.stop()
    assert not watch.complaints, "\n".join(watch.complaints)
