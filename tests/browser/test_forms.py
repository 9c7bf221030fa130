"""Every form in a real page, by mouse and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from kit import data
from kit.journal import Journal
from kit.widgets.finder import search

RECORD = data.load().rows("record")
START = "import kit\nkit.start()"
SCORES = ("authorship", "dating", "citation", "verifiability", "balance", "corroboration")


def form(room, *cells, kept=None):
    """Run a small notebook with these cells; return what the last one shows."""
    for id, value in (kept or {}).items():
        Journal(room.lab.journal).write(id, value)
    room.write("forms.ipynb", [START, *cells])
    room.open("forms.ipynb")
    room.run_all()
    return room.output(len(cells))


def rated(*texts):
    """Ratings of these texts, each with its sentence, that differ from text to text."""
    values = {"source": "B", "information": 2} | dict.fromkeys(SCORES, 2)
    return {
        f"ratings/{text}/{column}": {"value": value, "evidence": 1}
        for text in texts
        for column, value in (values | {"dating": len(text) % 5}).items()
    }


def press(room, *keys):
    for key in keys:
        room.page.keyboard.press(key)


def test_headings_stay_while_the_grid_scrolls(room):
    room.page.set_viewport_size({"width": 1280, "height": 400})
    shown = form(room, "kit.ask('printed')")
    shown.locator(".kit-grid").evaluate("grid => grid.scrollIntoView({ block: 'start' })")
    shown.get_by_role("radio").last.focus()
    heading = shown.locator(".kit-headings").get_by_text("Byline")
    expect(heading).to_be_in_viewport()


def test_a_few_options_take_one_press_or_one_key_each(room):
    shown = form(room, "kit.ask('printed')")
    cells = shown.get_by_role("radiogroup")
    expect(cells).to_have_count(20)
    cells.nth(0).get_by_text("not printed").click()
    room.wait_for("printed/forum/byline", "no")
    cells.nth(1).get_by_role("radio").first.focus()
    press(room, "Space", "Tab", "ArrowDown")
    room.wait_for("printed/forum/site", "yes")
    room.wait_for("printed/forum/references", "no")


WHY = """group => document.getElementById(group.getAttribute("aria-describedby")).textContent"""


def test_check_marks_the_wrong_cells_and_a_change_takes_the_mark_away(room):
    kept = {"printed/forum/byline": "no", "printed/blog/byline": "yes"}
    shown = form(room, "kit.ask('printed')", kept=kept)
    told = shown.get_by_role("status").filter(has_text=re.compile("Not yet|Changed"))
    expect(told).to_have_count(0)
    shown.get_by_role("button", name="Check").focus()
    press(room, "Enter")
    expect(told).to_contain_text(
        "Marked above, each with its reason: Forum – Byline, Blog – Byline"
    )
    press(room, "Tab", "Tab", "Enter")
    first = shown.get_by_role("radiogroup", name="Forum: Byline")
    expect(first.get_by_role("radio", name="not printed")).to_be_focused()
    byline = shown.get_by_role("radiogroup", name="Blog: Byline")
    expect(byline).to_have_attribute("aria-invalid", "true")
    expect(shown.get_by_role("radiogroup", name="News: Byline")).not_to_have_attribute(
        "aria-invalid", "true"
    )
    assert "Who is speaking about him?" in byline.evaluate(WHY)
    byline.get_by_role("radio", name="printed", exact=True).focus()
    press(room, "ArrowDown", "Tab")
    expect(told).to_have_text("Changed since you checked: press Check again.")
    expect(byline).not_to_have_attribute("aria-invalid", "true")
    expect(shown.get_by_role("radio", name="printed").nth(10)).to_be_focused()
    expect(shown).to_contain_text("A role tells you little")


@pytest.mark.parametrize("id, answer", [("date_article", "1990"), ("f2_or_e4", "f_worse")])
def test_check_by_keys_keeps_the_focus_where_one_control_is_wrong(room, id, answer):
    shown = form(room, f"kit.ask({id!r})", kept={id: answer})
    check = shown.get_by_role("button", name="Check")
    check.focus()
    press(room, "Enter")
    expect(shown.locator(".kit-mark")).to_contain_text("Not yet")
    expect(check).to_be_focused()


def test_a_wrong_tag_says_why_in_the_text(room):
    kept = {"sentence_types/blog_7/type": "opinion"}
    shown = form(room, "kit.ask('sentence_types')", kept=kept)
    shown.get_by_role("button", name="Check").click()
    tags = shown.get_by_role("group", name="Blog 7.")
    tag = tags.get_by_role("button", name="fact claim")
    expect(tag).to_have_accessible_description(re.compile("^↻? ?Not yet. Blog 7"))
    tag.click()
    room.wait_for("sentence_types/blog_7/type", "fact")
    expect(shown).not_to_contain_text("Not yet. Blog 7")


def test_hints_come_one_by_one_and_focus_stays(room):
    shown = form(room, "kit.ask('date_article')")
    hint = shown.get_by_role("button", name="Hint (1 of 3)")
    hint.focus()
    press(room, "Enter", "Enter", "Enter")
    expect(shown).to_contain_text("Hint 3 of 3")
    expect(shown.get_by_role("button", name="All 3 hints are shown")).to_be_focused()
    room.wait_for("hints/date_article", 3)


def test_search_and_attach_by_mouse(room):
    shown = form(room, "kit.ask('attached_records')")
    expect(shown.get_by_role("button", name="Attach R20")).to_have_count(0)
    shown.get_by_label("Claim").select_option(index=2)
    shown.get_by_label("Words").press_sequentially("primakov")
    shown.get_by_label("Who").select_option("Yevgeny Primakov (3)")
    expect(shown).to_contain_text(f"3 of {len(RECORD)} records.")
    shown.get_by_label("From year").fill("2020")
    expect(shown).to_contain_text("Try fewer or shorter words, or other years or people.")
    shown.get_by_label("From year").fill("")
    shown.get_by_role("button", name="Attach R20").click()
    room.wait_for("attached_records/C20", ["R20"])
    expect(shown).to_contain_text("✓ Attached to this claim.")
    expect(shown).to_contain_text("1 of 5 answered.")


def test_search_attach_remove_and_put_back_by_keys(room):
    shown = form(room, "kit.ask('attached_records')")
    shown.get_by_label("Claim").focus()
    press(room, "ArrowDown", "Tab")
    room.page.keyboard.type("molotov note")
    # The places of the list change one after the other: wait for all, or R03 may stand there twice.
    found = search(RECORD, "molotov note")
    buttons = shown.get_by_role("button", name=re.compile("^Attach R"))
    expect(buttons).to_have_text([f"Attach {row['record_id']}" for row in found])
    expect(shown).to_contain_text(f"{len(found)} of {len(RECORD)} records.")
    attach = shown.get_by_role("button", name="Attach R03")
    for _ in range(20):
        if attach.evaluate("button => button === document.activeElement"):
            break
        press(room, "Tab")
    press(room, "Enter")
    room.wait_for("attached_records/C16", ["R03"])
    removes = shown.get_by_role("button", name="Remove R03")
    expect(removes).to_have_count(2)
    removes.first.focus()
    press(room, "Space")
    room.wait_for("attached_records/C16", None)
    back = shown.get_by_role("button", name="Put R03 back")
    expect(back).to_be_focused()
    press(room, "Enter")
    room.wait_for("attached_records/C16", ["R03"])


def test_write_count_and_insert_by_mouse_and_by_keys(room):
    kept = {"attached_records/C16": ["R03", "R04"]}
    shown = form(room, "kit.ask('final_answer')", kept=kept)
    box = shown.get_by_role("textbox", name="Your text: Your answer")
    box.press_sequentially("A note said so")
    shown.get_by_role("button", name="Insert R03").click()
    expect(box).to_be_focused()
    expect(box).to_have_value("A note said so (R03)")
    shown.get_by_role("button", name="Insert R04").focus()
    press(room, "Enter")
    expect(box).to_have_value("A note said so (R03) (R04)")
    box.press_sequentially(" R99")
    expect(shown).to_contain_text("7 of at most 150 words. 2 records cited: R03, R04.")
    expect(shown).to_contain_text("R99 is not in the record.")
    room.wait_for("final_answer", "A note said so (R03) (R04) R99")


def test_quiz_by_mouse_and_by_keys(room):
    shown = form(room, "kit.widgets.quiz('A')")
    shown.get_by_role("radio", name="true").first.check()
    shown.get_by_label("Statement 1: How sure?").select_option("70 %")
    room.wait_for("quiz_A/a1", {"answer": True, "confidence": 70})
    shown.get_by_label("Statement 1: How sure?").focus()
    press(room, "Tab", "Space", "ArrowRight", "Tab", "ArrowDown")
    room.wait_for("quiz_A/a2", {"answer": False, "confidence": 50})
    expect(shown).to_contain_text("2 of 8 answered. Still open: 3, 4")


def test_weights_redraw_while_the_slider_moves(room):
    shown = form(room, "kit.widgets.weights()", kept=rated("forum", "news"))
    bars = shown.locator(".kit-bar")
    expect(bars.first).to_contain_text("1. News")
    handles = shown.get_by_role("slider")
    place = handles.nth(1).bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    before = bars.first.inner_text()
    room.page.mouse.move(x, y)
    room.page.mouse.down()
    room.page.mouse.move(x + 40, y, steps=4)
    expect(bars.first).not_to_have_text(before, use_inner_text=True)  # the button is still down
    room.page.mouse.up()
    handles.nth(1).focus()
    for _ in range(10):
        press(room, "ArrowLeft")
    room.wait_for("weights/dating", 0)
    shown.get_by_role("button", name="Back to equal weights").focus()
    press(room, "Enter")
    room.wait_for("weights/dating", None)
    expect(shown).to_contain_text("Every text has the rank that equal weights give.")


HEARD = """
import ipywidgets, threading
slider, button, heard = ipywidgets.IntSlider(), ipywidgets.Button(), ipywidgets.Label()

def hear(_):
    heard.value += threading.current_thread().name + "; "

slider.observe(hear, "value")
button.on_click(hear)
ipywidgets.VBox([slider, button, heard])
"""


def test_one_thread_hears_all_that_the_page_says(room):
    shown = form(room, HEARD)
    for number, role in enumerate(["slider", "button"] * 3, 1):
        shown.get_by_role(role).press({"slider": "ArrowRight", "button": "Enter"}[role])
        expect(shown.locator(".widget-label").last).to_have_text("MainThread; " * number)


WAITS = "import asyncio\nprint('begun')\nawait asyncio.sleep(5)\nprint('ended')"


def test_what_is_typed_while_a_cell_waits_is_kept(room):
    room.write("waits.ipynb", [START, "kit.ask('members_1954')", WAITS])
    room.open("waits.ipynb")
    room.page.get_by_role("menuitem", name="Run", exact=True).click()
    room.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    room.output(2).get_by_text("begun").wait_for()
    box = room.output(1).get_by_role("textbox").first
    for digit in "14":
        box.press_sequentially(digit)
        room.page.wait_for_timeout(700)  # longer than the pause after which typing is kept
    room.output(2).get_by_text("ended").wait_for()
    room.wait_for("members_1954", 14)


@pytest.mark.parametrize("by_keys", [False, True], ids=["mouse", "keys"])
def test_experts_stay_hidden_until_committed(room, by_keys):
    cells = "kit.widgets.commit()", "kit.widgets.experts()"
    shown = form(room, *cells, kept=rated("forum"))
    expect(shown).to_contain_text("First decide on your own ratings.")
    button = room.output(1).get_by_role("button", name="These are my ratings")
    if by_keys:
        button.focus()
        press(room, "Enter")
    else:
        button.click()
    room.wait_for("committed/ratings", True)
    room.run_all()
    expect(room.output(2)).to_contain_text("The editors' reason")


def test_hand_in_by_keys_and_the_receipt_stays(room):
    kept = {"members_1954": 14, "stances/P1/forum": "denies"}
    shown = form(room, "kit.widgets.handin()", kept=kept)
    expect(shown).to_contain_text("1 of 23 answered; 1 begun; 0 of 4 written")
    shown.get_by_label("Your pen name").focus()
    room.page.keyboard.type("blue-tiger-7")
    press(room, "Tab", "Enter")
    expect(shown).to_contain_text("Hand in as blue-tiger-7?")
    press(room, "Tab", "Enter")
    expect(shown).to_contain_text("Receipt")
    expect(shown.get_by_role("button", name="Hand in my work")).to_be_focused()
    expect(shown.get_by_role("link", name="Download handin-blue-tiger-7.json")).to_be_visible()
    room.run_all()
    again = room.output(1)
    expect(again).to_contain_text("Handed in as handin-blue-tiger-7.json. Receipt")
    expect(again).not_to_contain_text("Your answers have changed")


def test_nothing_is_wider_than_a_narrow_page(room):
    kept = rated("forum", "news") | {"committed/ratings": True}
    cells = [
        "kit.ask('stances')",
        "kit.ask('ratings')",
        "kit.ask('prediction')",
        "kit.widgets.weights()",
        "kit.widgets.experts()",
        "kit.ask('attached_records')",
        "kit.ask('final_answer')",
        "kit.widgets.quiz('A')",
        "kit.widgets.handin()",
    ]
    form(room, *cells, kept=kept)
    room.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    room.width(320)
    for number in range(1, len(cells) + 1):
        wide = room.output(number).evaluate_all(WIDER_THAN_ITS_FORM)
        assert wide == [], cells[number - 1]


# The elements of a form that stick out of it to the right. A slider's own invisible parts do, and
# in Firefox the options of a list, which it cuts at its edge.
WIDER_THAN_ITS_FORM = """outputs => outputs.flatMap(output => {
  const form = output.querySelector(".kit"), edge = form.getBoundingClientRect().right + 1;
  return [...form.querySelectorAll("*:not([class*=noUi], option)")]
    .filter(part => !part.closest(".kit-hidden") && part.getBoundingClientRect().right > edge)
    .map(part => part.className + " " + part.textContent.slice(0, 40));
})"""
