"""A check of an answer in code, when the answer's cell was changed and not run."""

import pytest
from playwright.sync_api import expect

CELLS = ["import kit\nkit.start()", "members = 14", 'kit.check("members_1954", members)']


@pytest.mark.stacks("notebook7", weekly=("lab", "binder"))
def test_a_changed_answer_that_is_not_run_makes_its_check_stale(room):
    room.write("stale.ipynb", CELLS)
    room.open("stale.ipynb")
    room.run_all()
    feedback = room.output(2).locator(".kit-feedback")
    mark = feedback.locator("strong")
    expect(mark).to_be_visible()
    room.page.locator(".jp-Notebook .cm-content").nth(1).click()
    room.page.keyboard.press("End")
    room.page.keyboard.type("5")
    expect(mark).to_be_hidden()
    words = feedback.evaluate("node => getComputedStyle(node, '::before').content")
    assert "Run the cell above" in words
    room.shot("stale")
    room.page.keyboard.press("Backspace")
    room.run_all()
    expect(mark).to_be_visible()
