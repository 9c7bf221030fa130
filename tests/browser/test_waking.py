"""A notebook opened again, or damaged: it says what to do, and one press puts it right."""

import nbformat
import pytest
from playwright.sync_api import expect

from kit.widgets.fields import ASLEEP
from tests.browser.asked import ASK
from tests.browser.room import PATIENCE

FIRST, SECOND = "01_meet_the_sources.ipynb", "02_compare_the_claims.ipynb"
SAVE = ASK.format("return panel.context.save();")
IN_SIGHT = ASK.format("""
  const cell = panel.content.widgets.find(({ model }) => model.id === wanted);
  const top = ({ node }) => node.getBoundingClientRect().top;
  return Math.abs(top(cell) - top(panel.content)) < 60;
""")
LOSE = """async ([ids, isProtected]) => {
  const { commands, shell } = window.jupyterapp;
  const { content } = shell.currentWidget;
  for (const id of ids) {
    content.activeCellIndex = content.widgets.findIndex(({ model }) => model.id === id);
    if (!isProtected) content.activeCell.model.setMetadata("deletable", true);
    await commands.execute("notebook:cut-cell");
  }
}"""
CELLS = ASK.format("return panel.context.model.sharedModel.cells.map(({ id }) => id);")
SHOWN = """(output) => [...output.querySelectorAll(".jp-OutputArea-output.jupyter-widgets")]
  .map((node) => getComputedStyle(node, "::after").content.replaceAll('"', ""))"""


def next_day(room, change=lambda path: None):
    """Save, end the kernel, and open the notebook in a page that knows nothing of it.

    change: what happens to the file in between.
    """
    room.page.evaluate(SAVE)
    change(room.lab.notebooks / room.notebook)
    for session in room.lab.ask("api/sessions"):
        room.lab.ask(f"api/sessions/{session['id']}", "DELETE")
    room.page.close()
    room.page, room.left = room.context.new_page(), None
    room.width(1280)
    room.watch.deaf = True  # JupyterLab tells the console of every model that it does not find
    room.open(room.notebook)


@pytest.fixture
def asleep(room):
    room.open(FIRST, anew=True)
    room.run_all()
    next_day(room)
    yield room
    room.spent, room.watch.deaf = True, False


def test_a_notebook_opened_again_is_asleep_and_one_press_wakes_it_at_the_first_thing_to_do(asleep):
    button = asleep.output("setup").get_by_role("button", name="Wake the page")
    expect(button).to_be_visible(timeout=PATIENCE)
    for cell in ("quiz-a", "choose-code", "ask-printed"):
        output = asleep.output(cell)
        expect(output).to_contain_text("model not found")  # for JupyterLab; to the eye it is:
        assert output.evaluate(SHOWN) == [ASLEEP]
        assert output.evaluate("(node) => node.querySelector('.jupyter-widgets').clientHeight < 40")
    asleep.output("setup")
    button.click()
    asleep.page.wait_for_function(IN_SIGHT, arg="prompt-prediction", timeout=PATIENCE)
    assert asleep.output("quiz-a").get_by_role("radio").count() == 16
    expect(asleep.output("setup").locator(".kit-asleep")).to_be_hidden()


def from_elsewhere(path):
    """Make it a file that Jupyter has not signed: then it shows no widget, and no style of ours."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["from"] = "another machine"
    nbformat.write(notebook, path)


@pytest.mark.weekly
@pytest.mark.stacks("lab", "binder", "notebook7")
def test_a_notebook_from_another_machine_says_how_it_wakes_in_each_form(room):
    room.open(FIRST, anew=True)
    room.run_all()
    next_day(room, from_elsewhere)
    room.spent, room.watch.deaf = True, False
    expect(room.output("setup")).to_contain_text("Asleep. Your answers are kept.")
    forms = ("quiz-a", "choose-code", "ask-prediction", "ask-printed", "ask-date-article")
    for cell in forms:
        expect(room.output(cell).locator("pre")).to_have_text(ASLEEP)
    expect(room.output("read-texts")).to_contain_text("Forum · 1 of 5")  # read it sleeping, too
    room.run_all()
    for cell in forms:
        expect(room.output(cell).locator(".kit").first).to_be_visible()


def test_lost_cells_are_named_and_put_back_and_ones_own_stay(room):
    room.open(FIRST, anew=True)
    room.run_all()
    before = room.page.evaluate(CELLS)
    room.output("pre-test")  # as a learner would have them in sight
    room.page.evaluate(LOSE, [["pre-test", "quiz-a"], True])
    assert room.page.evaluate(CELLS) == before  # a slip of the keys takes nothing away
    room.page.evaluate(LOSE, [["pre-test", "quiz-a"], False])
    asked = room.output("setup").locator(".kit-keeper-missing")
    expect(asked).to_contain_text("2 cells of the course are missing")
    expect(asked).to_contain_text("“Before you start: what do you think now?”")
    asked.get_by_role("button", name="Put back what is missing").click()
    expect(asked).to_be_hidden()
    assert room.page.evaluate(CELLS) == before
    room.spent = True


def test_the_steps_lead_to_the_next_notebook_and_follow_what_is_answered(room):
    room.open(FIRST, anew=True)
    room.run_all()
    assert room.page.evaluate("window.jupyterapp.shell.leftCollapsed")  # by the form of the address
    steps = room.output("setup").locator(".kit-steps li")
    expect(steps.first).to_have_attribute("aria-current", "step")
    expect(steps.first).to_contain_text("0 of")
    room.output("ask-dated-texts").get_by_role("checkbox", name="None of the five").check()
    room.wait_for("dated_texts", ["none"])
    expect(room.output("progress").locator(".kit-steps li").first).to_contain_text("1 of")
    room.output("progress").get_by_role("link", name="2 Compare the claims").click()
    room.wait_until_idle(SECOND)
    room.spent = True


def test_a_click_beside_a_box_is_for_the_box_and_letters_stay_out_of_the_notebook(room):
    room.write(
        "small.ipynb",
        ["import kit\nkit.start()", "kit.ask('members_1954')", "kit.ask('two_clocks')"],
    )
    room.open("small.ipynb", anew=True)
    room.run_all()
    cells = room.page.evaluate(CELLS)
    for number, box in ((1, "textbox"), (2, None)):
        form = room.output(number).locator(".kit").first
        wide = form.bounding_box()
        form.click(position={"x": wide["width"] - 5, "y": 3})
        if box:
            expect(form.get_by_role(box).first).to_be_focused()
        room.page.keyboard.type("dd x a b 12")
    assert room.page.evaluate(CELLS) == cells
