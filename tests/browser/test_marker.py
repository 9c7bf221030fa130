"""Marking written answers and taking a hand-in along, in a real page."""

import json

import pytest
from playwright.sync_api import expect

from kit import data, submission
from teach.grading import rubric
from teach.grading.marks import written_answers
from tests.browser.axe import THEMES, change_theme, found
from tests.browser.engine import ENGINE
from tests.browser.test_forms import WIDER_THAN_ITS_FORM
from tests.teach.made_up_marks import marked

CASE = data.load()
LEARNERS = {
    code: {id: f"{code} wrote about {id} (R25)." for id in ("slip_report", "final_answer")}
    for code in ("otter-1", "otter-2", "otter-3")
}
IMPORTS = "from teach.marking_form.rubric_form import agreement, marker\nimport kit"


@pytest.fixture
def desk(room):
    """A notebook with the marking of three learners' answers, and the folder of their marks."""
    folder = marked(room.folder, CASE, LEARNERS)
    cells = [IMPORTS, f"marker({str(folder)!r}, 'marker-1')", f"agreement({str(folder)!r})"]
    room.write("marking.ipynb", cells)
    room.open("marking.ipynb")
    room.run_all()
    return room, folder


def levels(folder, marker="marker-1"):
    """What a marker gave, in the order in which the answers are shown."""
    given = rubric.rubric_marks(folder).marks
    marks = [
        given.get((text.code, text.exercise), {}).get(marker)
        for text in written_answers(folder, CASE)
    ]
    return [mark and mark.level for mark in marks]


def wait_for_levels(room, folder, *wanted):
    wanted = list(wanted)
    assert room.wait_until(lambda: levels(folder)[: len(wanted)], wanted) == wanted


def test_mark_by_keys_alone(desk):
    room, folder = desk
    form, keys = room.output(1), room.page.keyboard
    form.get_by_role("radio").first.focus()
    keys.press("3")
    wait_for_levels(room, folder, 3)
    expect(form.get_by_role("button", name="Next →")).to_be_focused()
    keys.press("Enter")
    expect(form).to_contain_text("Answer 2 of 3.")
    keys.press("0")
    wait_for_levels(room, folder, 3, 0)
    keys.press("ArrowRight")
    expect(form).to_contain_text("Answer 3 of 3.")
    keys.press("ArrowLeft")
    expect(form).to_contain_text("Answer 2 of 3.")
    expect(form.get_by_role("radio").first).to_be_checked()
    note = form.get_by_label("Note")
    note.focus()
    keys.type("Cites 4 of 5.")  # a digit in a note chooses no level
    expect(form).to_contain_text("Saved. 2 of 3 marked in this question, 2 of 6 in all.")
    expect(note).to_have_value("Cites 4 of 5.")
    wait_for_levels(room, folder, 3, 0, None)
    cells = room.page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length")
    assert cells == 3


def test_mark_by_mouse_and_be_back_after_a_death(desk):
    room, folder = desk
    form = room.output(1)
    form.get_by_role("radio").nth(2).check()
    wait_for_levels(room, folder, 2)
    form.get_by_role("button", name="Next not marked yet").click()
    expect(form).to_contain_text("Answer 2 of 3.")
    form.get_by_role("radio").nth(4).check()
    wait_for_levels(room, folder, 2, 4)
    room.kill_kernel()
    room.restart_kernel()
    room.run_all()
    again = room.output(1)
    expect(again).to_contain_text("Answer 3 of 3.")
    again.get_by_role("button", name="← Back").click()
    expect(again.get_by_role("radio").nth(4)).to_be_checked()


def test_a_marker_is_asked_once_and_goes_on_after_a_death(room):
    folder = marked(room.folder, CASE, LEARNERS)
    room.write("asking.ipynb", [IMPORTS, f"marker({str(folder)!r})"])
    room.open("asking.ipynb")
    room.run_all()
    form = room.output(1)
    form.get_by_label("Your name as a marker").fill("Ada")
    form.get_by_role("button", name="Begin").click()
    expect(form).to_contain_text("You mark as ada-")
    form.get_by_role("radio").nth(3).check()
    expect(form).to_contain_text("1 of 6 in all.")
    [name] = rubric.markers(folder)
    assert levels(folder, name)[0] == 3
    room.kill_kernel()
    room.restart_kernel()
    room.run_all()
    expect(room.output(1)).to_contain_text(f"You mark as {name}.")
    expect(room.output(1)).to_contain_text("1 of 6 in all.")
    room.output(1).get_by_role("button", name="Somebody else marks now").click()
    expect(room.output(1).get_by_role("button", name=f"I am {name}")).to_be_visible()
    assert found(room.page) == []


def test_the_marking_is_seen_by_all_and_fits_a_narrow_page(desk):
    room, folder = desk
    room.spent = True
    journal = rubric.journal(folder, "marker-2")
    for text in written_answers(folder, CASE):
        journal.write(text.id, {"level": 1, "note": "", "text": text.fingerprint})
    room.output(1).get_by_role("radio").nth(3).check()
    wait_for_levels(room, folder, 3)
    room.run_all()
    expect(room.output(2)).to_contain_text("How the markers agree")
    for theme, rules in THEMES.items():
        change_theme(room.page, theme)
        assert found(room.page, **rules) == [], theme
    room.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    room.width(320)
    assert room.output(1).evaluate_all(WIDER_THAN_ITS_FORM) == []


def test_a_hand_in_is_copied_and_downloaded_also_without_a_kernel(room):
    """The code is one that no other test hands in under: an earlier hand-in would be offered."""
    room.context.grant_permissions(list(ENGINE.grants))
    room.write("handin.ipynb", ["import kit\nkit.start()", "kit.widgets.handin()"])
    room.open("handin.ipynb")
    room.run_all()
    form = room.output(1)
    form.get_by_label("Your pen name").fill("green-otter-3")
    form.get_by_role("button", name="Hand in my work").click()
    form.get_by_role("button", name="Yes, hand in").click()
    form.get_by_text("✓ Handed in as handin-green-otter-3.json").wait_for()
    content = copied(room, form)
    assert content == submission.load(room.lab.journal.parent / "handin-green-otter-3.json")
    room.kill_kernel()
    room.restart_kernel()
    form.get_by_label("Your pen name").press("Control+a")
    form.get_by_label("Your pen name").press("Control+c")
    assert copied(room, form) == content
    link = form.get_by_role("link", name="Download handin-green-otter-3.json")
    name, given = room.downloaded(link.click)
    assert (name, json.loads(given)) == ("handin-green-otter-3.json", content)


def copied(room, form):
    """Press the button that copies the code, and return what is on the clipboard then."""
    form.get_by_role("button", name="Copy the line").click()
    expect(form).to_contain_text("✓ The line is copied.")
    [content] = submission.codes_in(pasted(room.page))
    return content


def pasted(page):
    """What a learner pastes elsewhere."""
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("body > textarea").focus()
    page.keyboard.press("Control+v")
    return page.locator("body > textarea").evaluate("box => (box.remove(), box.value)")
