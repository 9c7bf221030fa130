"""A page that runs no script of ours: texts are read, questions answered, work is taken along."""

import base64

import pytest
from playwright.sync_api import expect

SOON = "import kit.widgets.base as base\nbase.Guard.PATIENCE = 1\n"
HIDDEN = "import sys\nsys.modules['anywidget'] = None\n"
CELLS = (
    "import kit\nkit.start()",
    "kit.reader('forum')",
    "kit.ask('sentence_types')",
    "kit.ask('ratings')",
    "kit.ask('members_1954')",
)
EXPLORED = "kit.explore(kit.measures.tellings(case), case.enlargement)"


@pytest.fixture(
    params=[
        "no anywidget in the page",
        pytest.param("no anywidget in Python", marks=pytest.mark.weekly),
    ]
)
def plain(request, room):
    """A notebook with the forms that have scripts, where none runs."""
    in_page = request.param.endswith("page")
    room.spent = room.watch.deaf = True
    if in_page:
        room.page.route("**/extensions/anywidget/**", lambda route: route.abort())
    cells = [(SOON if in_page else HIDDEN) + CELLS[0], *CELLS[1:]]
    room.write("plain.ipynb", [*cells, f"case = kit.data.load()\n{EXPLORED}"])
    room.open("plain.ipynb", anew=True)
    room.run_all()
    return room


def entered(form, name, text):
    box = form.get_by_role("textbox", name=name)
    box.press_sequentially(text)  # Enter sends nothing in Firefox after fill
    box.press("Enter")
    return box


def test_all_is_answered_without_scripts_and_it_is_said(plain):
    expect(plain.output(0)).to_contain_text("This page does not run the scripts of the course")
    expect(plain.output(1)).to_contain_text("A text by a third party, quoted in full for study")
    box = entered(plain.output(1), "Forum: marked", "3, 7, 999")
    plain.wait_for("marks/forum", {"3": "marked", "7": "marked"})
    expect(box).to_have_value("3, 7")
    entered(plain.output(2), "Forum: fact claim", "9")
    plain.wait_for("sentence_types/forum_9/type", "fact")
    rates_a_text(plain)
    plain.output(4).get_by_role("textbox").first.fill("14")
    plain.wait_for("members_1954", 14)
    keeper = plain.output(0)  # found again: some JupyterLabs take out what is far above
    expect(keeper).to_contain_text("3 answers so far")
    link = keeper.get_by_role("link", name="Download my work")
    assert link.get_attribute("download") == "my_work.jsonl"
    held = base64.b64decode(link.get_attribute("href").partition(",")[2])
    assert held == plain.lab.journal.read_bytes()
    expect(plain.output(5).locator("table").first).to_be_attached()
    assert plain.output(5).locator("svg").first.bounding_box()["height"] > 100
    print("How it looks:", plain.shot("plain"))


def rates_a_text(room):
    form = room.output(3)
    form.get_by_role("combobox", name="Text to rate").select_option("Blog")
    rating = form.locator(".kit-rated").first
    expect(form.locator(".kit-sheet")).to_contain_text("Blog")
    rating.get_by_role("radio").nth(1).check()
    entered(rating, "Sentence", "4")
    room.wait_for("ratings/blog/source", {"value": "B", "evidence": 4})


@pytest.mark.stacks("lab")
def test_scripts_that_run_after_all_take_the_place_of_the_boxes(room):
    room.write("late.ipynb", [SOON + "base.Guard.PATIENCE = 0\n" + CELLS[0], CELLS[1]])
    room.open("late.ipynb", anew=True)
    room.run_all()
    expect(room.output(1).get_by_role("button", name="Sentence 3", exact=True)).to_be_visible()
    expect(room.output(1).get_by_role("textbox")).to_have_count(0)
