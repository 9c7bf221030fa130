"""The keeper in the page: what it says is true, and what a learner saved can always be had."""

import json
import re

import pytest
from playwright.sync_api import expect

from kit import data, journal
from kit.journal import Journal
from kit.journal.lines import Line
from tests.kit.journal_checks import code_of

CELLS = ["import kit\nkit.start()", "kit.ask('members_1954')", "kit.ask('witness_count')"]
BUSY = "import pathlib, time\nwhile not pathlib.Path({!r}).exists():\n    time.sleep(0.05)"
NAME = "small.ipynb"
KEY = f"kit-work {data.load().title}"
NOTHING = re.compile(r"^○ Nothing to save yet\.")
FOLDED = "Download, load or erase my work"
GONE = "This notebook’s kernel is gone. What you saved until"
# Every script of a widget takes this page longer to load than newer versions of anywidget wait.
SLOW = """
const real = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  const url = real(blob), end = Date.now() + 2500;
  while (Date.now() < end) ;
  return url;
};
"""
FORBIDDEN = """
for (const name of ["getItem", "setItem", "removeItem"]) {
  const real = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...more) {
    if (key.startsWith("kit-work")) throw new DOMException("no", "%s");
    return real.call(this, key, ...more);
  };
}
"""


@pytest.fixture
def desk(room):
    """A room with a small notebook that has run."""
    return begun(room)


@pytest.fixture
def alone(room):
    """The same in a page that knows of no other journal: a download holds all it knows of."""
    return begun(room, anew=True)


def begun(room, anew=False):
    room.write(NAME, CELLS)
    room.open(NAME, anew)
    room.run_all()
    return room


def line(room):
    return room.output(0).locator(".kit-keeper-line")


def waits_for(room, text):
    """Wait until the line, or what the keeper told, has this text."""
    room.output(0).locator(".kit-keeper").get_by_text(text).first.wait_for()


def answer(room, number, cell=1, id="members_1954"):
    room.output(cell).get_by_role("textbox").first.fill(str(number))
    room.wait_for(id, number)
    waits_for(room, "a copy is in this browser")


def box(room, cell=1):
    return room.output(cell).get_by_role("textbox").first


def mirror(room):
    return room.page.evaluate("(key) => localStorage.getItem(key)", KEY)


def put_mirror(room, *lines):
    text = "".join(each.encoded.decode() for each in lines)
    room.page.goto(room.lab.address + "api")
    room.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    return text


def unfold(room):
    folded = room.output(0).locator("details").first
    if not folded.evaluate("(element) => element.open"):
        room.output(0).get_by_text(FOLDED).click()


def press(room, name):
    room.output(0).get_by_role("button", name=name).first.click()


def downloaded(room, action):
    name, content = room.downloaded(action)
    assert name == "my_work.jsonl"
    return content.decode()


def copied(room):
    """Press the button that makes a code, and return it; it takes a moment to make."""
    press(room, "Copy as one long line")
    code = room.output(0).get_by_label("Your work as one long line")
    expect(code).not_to_have_value("")
    return code.input_value()


def on_disk(room):
    return room.lab.journal.read_text()


def old(id, value, time="2026-03-05T09:30:00.000Z"):
    return Line(time, id, value)


# -- what the line says ------------------------------------------------------------------------


def test_the_line_tells_what_is_saved_and_the_browser_has_all_of_it(desk):
    expect(line(desk)).to_have_text(NOTHING)
    answer(desk, 14)
    expect(line(desk)).to_have_text(re.compile("✓ Saved.*1 answer ·"))
    answer(desk, 12, 2, "witness_count")
    waits_for(desk, "2 answers")
    assert mirror(desk) == on_disk(desk)


def test_the_line_is_no_chatterbox(desk):
    live = desk.output(0).locator(".kit-keeper > .kit-hidden")
    answer(desk, 14)
    desk.page.wait_for_timeout(2500)
    assert line(desk).get_attribute("aria-live") is None and live.inner_text() == ""


@pytest.mark.stacks("lab")
def test_a_full_disk_is_told_and_the_answer_is_in_the_browser(desk):
    desk.lab.journal.symlink_to("/dev/full")
    box(desk).fill("14")
    waits_for(desk, "1 answer is not saved yet because the disk is full")
    assert (
        line(desk).inner_text().startswith("! Not saved on the disk · a copy is in this browser.")
    )
    assert json.loads(mirror(desk))["value"] == 14
    desk.lab.journal.unlink()
    box(desk).fill("15")
    desk.wait_for("members_1954", 15)
    waits_for(desk, "✓ Saved")


@pytest.mark.stacks("lab")
def test_a_busy_kernel_is_not_called_saved(desk):
    go = desk.folder / "go"
    desk.write("busy.ipynb", [*CELLS[:2], BUSY.format(str(go))])
    desk.open("busy.ipynb")
    desk.page.get_by_role("menuitem", name="Run", exact=True).click()
    desk.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    box(desk).fill("14")
    waits_for(desk, "… Saving")
    desk.page.wait_for_timeout(2500)
    assert line(desk).inner_text() == "… Saving" and desk.journal() == {}
    go.touch()
    desk.wait_for("members_1954", 14)
    waits_for(desk, "✓ Saved")


@pytest.mark.weekly
def test_a_page_that_is_slow_to_load_scripts_hears_the_kernel_all_the_same(room):
    room.page.add_init_script(SLOW)
    room.spent = True
    room.write(NAME, [*CELLS[:2], *2 * ["kit.reader('forum')"]])
    room.open(NAME, anew=True)
    room.run_all()
    answer(room, 14)
    waits_for(room, "1 answer ·")
    room.output(2).get_by_role("button", name="Sentence 3", exact=True).click()
    expect(room.output(3)).to_contain_text("1 of ")  # what one form keeps, its twin shows


# -- what dies ---------------------------------------------------------------------------------


def test_after_the_kernel_and_after_the_server_died_the_work_can_be_had(alone):
    answer(alone, 14)
    alone.kill_kernel()
    waits_for(alone, GONE)
    alone.restart_kernel()  # the new one knows nothing of this page's widgets
    assert GONE in line(alone).inner_text()
    text = downloaded(alone, lambda: press(alone, "Download my work"))
    assert text == on_disk(alone) and json.loads(text)["value"] == 14
    alone.run_all()
    waits_for(alone, "✓ Saved")
    expect(box(alone)).to_have_value("14")
    alone.kill_server()
    waits_for(alone, "There is no connection to the server. What you saved until")
    unfold(alone)
    assert downloaded(alone, lambda: press(alone, "Download my work")) == text
    code = copied(alone)
    assert [each.value for each in journal.read_copy(code)] == [14]
    ask = "() => { dispatchEvent(new CustomEvent('kit-download', { detail: {} })); }"
    assert downloaded(alone, lambda: alone.page.evaluate(ask)) == text  # so can another form


# -- the offer ---------------------------------------------------------------------------------


def offered(room, *lines):
    text = put_mirror(room, *lines)
    begun(room, anew=True)
    waits_for(room, "This browser holds work that is not on this disk")
    assert mirror(room) == text
    return text


def test_a_new_empty_disk_gets_the_work_back(desk):
    answer(desk, 14)
    answer(desk, 12, 2, "witness_count")
    kept = mirror(desk)
    desk.page.goto("about:blank")
    desk.lab.tidy()
    desk.write(NAME, CELLS)
    desk.open(NAME)
    desk.run_all()
    waits_for(desk, "2 answers, the newest from")
    assert desk.journal() == {} and mirror(desk) == kept
    expect(line(desk)).to_have_text(NOTHING)
    press(desk, "Bring my work back")
    desk.wait_for("members_1954", 14)
    waits_for(desk, "a copy is in this browser")
    expect(box(desk)).to_have_value("14")
    expect(box(desk, 2)).to_have_value("12")
    assert on_disk(desk) == mirror(desk) == kept


def test_doing_nothing_keeps_both(room):
    text = offered(room, old("members_1954", 14))
    box(room, 2).fill("12")
    room.wait_for("witness_count", 12)
    waits_for(room, "not copied to this browser before you decide below")
    assert mirror(room) == text and "members_1954" not in room.journal()


def test_newer_work_on_the_disk_is_not_overwritten(room):
    Journal(room.lab.journal).write("members_1954", 15)
    offered(room, old("members_1954", 14), old("witness_count", 12))
    press(room, "Bring my work back")
    room.wait_for("witness_count", 12)
    waits_for(room, "a copy is in this browser")
    assert room.journal() == {"members_1954": 15, "witness_count": 12}
    expect(box(room)).to_have_value("15")
    expect(box(room, 2)).to_have_value("12")
    assert sorted(mirror(room).splitlines()) == sorted(on_disk(room).splitlines())


def test_not_mine_removes_it_from_the_browser_only(room):
    Journal(room.lab.journal).write("members_1954", 15)
    offered(room, old("members_1954", 14))
    press(room, "Not mine")
    waits_for(room, "Removed from this browser.")
    waits_for(room, "a copy is in this browser")
    assert mirror(room) == on_disk(room) and room.journal() == {"members_1954": 15}


# -- on Binder -----------------------------------------------------------------------------------

ON_BINDER = "import os\nos.environ['BINDER_LAUNCH_HOST'] = 'https://binder.example/'\n"
ASKED = "Were you here before? On Binder each session begins with an empty disk."


def binder(room, name):
    """Open a notebook as a session of Binder's would; return the panel that asks for the work.

    The name is new for each test: a kernel that knew of no Binder would still know of none.
    """
    room.write(name, [ON_BINDER + CELLS[0], *CELLS[1:]])
    room.open(name, anew=True)
    room.run_all()
    return room.output(0).get_by_role("region", name="Were you here before?")


def give_file(place, text):
    file = {"name": "my_work.jsonl", "mimeType": "application/json", "buffer": text.encode()}
    place.get_by_label("A file you downloaded").set_input_files(file)


def test_on_binder_an_empty_disk_asks_first_for_the_file_or_the_line(alone):
    answer(alone, 14)
    unfold(alone)
    code = copied(alone)
    text = downloaded(alone, lambda: press(alone, "Download my work"))
    erase(alone)
    panel = binder(alone, "asked_file.ipynb")
    expect(panel).to_contain_text(ASKED)
    alone.shot("asked_first")
    give_file(panel, text)
    alone.wait_for("members_1954", 14)
    waits_for(alone, "Before you stop, download your work: Binder keeps nothing")
    expect(box(alone)).to_have_value("14")
    expect(panel).to_be_hidden()
    alone.page.goto("about:blank")
    alone.lab.tidy()
    alone.forget()
    panel = binder(alone, "asked_line.ipynb")
    panel.get_by_label("Or a long line you copied").fill(code)
    panel.get_by_role("button", name="Load this line").press("Enter")
    alone.wait_for("members_1954", 14)
    expect(panel).to_be_hidden()
    expect(alone.output(0).get_by_text(FOLDED)).to_be_focused()


def test_on_binder_what_the_file_lacks_is_still_offered_from_the_browser(room):
    lines = [old("members_1954", 14), old("witness_count", 12)]
    kept = put_mirror(room, *lines)
    panel = binder(room, "asked_both.ipynb")
    expect(panel).to_contain_text(ASKED)
    waits_for(room, "This browser holds work that is not on this disk: 2 answers")
    room.shot("asked_both")
    panel.get_by_label("Or a long line you copied").fill(code_of(lines[0].encoded.decode()))
    panel.get_by_role("button", name="Load this line").click()
    room.wait_for("members_1954", 14)
    expect(panel).to_be_hidden()
    waits_for(room, "This browser holds work that is not on this disk")
    assert mirror(room) == kept
    press(room, "Bring my work back")
    room.wait_for("witness_count", 12)
    waits_for(room, "a copy is in this browser")


def test_on_binder_who_is_new_is_asked_no_more_and_elsewhere_nobody_is(desk):
    assert desk.output(0).get_by_text("Were you here before?").locator("visible=true").count() == 0
    panel = binder(desk, "asked_new.ipynb")
    panel.get_by_role("button", name="I am new here").press("Enter")
    expect(panel).to_be_hidden()
    expect(desk.output(0).get_by_text(FOLDED)).to_be_focused()
    answer(desk, 14)


# -- loading and erasing -----------------------------------------------------------------------


def test_a_file_or_a_code_brings_the_work_and_erasing_leaves_nothing(alone):
    answer(alone, 14)
    unfold(alone)
    code = copied(alone)
    text = downloaded(alone, lambda: press(alone, "Download my work"))
    erase(alone)
    alone.output(0).get_by_text("Load my work", exact=True).click()
    give_file(alone.output(0), text)
    alone.wait_for("members_1954", 14)
    waits_for(alone, "Taken in. You now have 1 answer;")
    expect(box(alone)).to_have_value("14")
    erase(alone)
    paste = alone.output(0).get_by_label("Or a long line you copied")
    for wrong, said in ((code[:-20], "cut off"), (code[:40] + code[44:], "changed on the way")):
        paste.fill(wrong)
        press(alone, "Load this line")
        waits_for(alone, said)
        assert alone.journal() == {}
    paste.fill(code)
    press(alone, "Load this line")
    alone.wait_for("members_1954", 14)
    waits_for(alone, "a copy is in this browser")
    assert mirror(alone) == text
    erase(alone)
    waits_for(alone, "Nothing to save yet.")
    expect(box(alone)).to_have_value("")
    assert (on_disk(alone), mirror(alone)) == ("", None)
    alone.run_all()
    expect(box(alone)).to_have_value("")
    assert alone.journal() == {}
    unfold(alone)
    press(alone, "Download my work")
    waits_for(alone, "There is nothing to download yet.")


def erase(room):
    unfold(room)
    erasing = room.output(0).get_by_text("Erase my work", exact=True)
    erasing.click()
    press(room, "Erase everything now")
    waits_for(room, "Erased: every answer of this course")


# -- two notebooks -----------------------------------------------------------------------------


@pytest.mark.stacks("lab")
def test_two_tabs_share_the_copy_and_an_erasure(desk):
    other = desk.beside()
    other.write("other.ipynb", CELLS)
    other.open("other.ipynb")
    other.run_all()
    answer(desk, 14)
    answer(other, 12, 2, "witness_count")
    answer(desk, 15)
    assert mirror(desk) == on_disk(desk) and len(mirror(desk).splitlines()) == 3
    other.page.bring_to_front()
    erase(other)
    desk.page.bring_to_front()
    waits_for(desk, "Nothing to save yet.")
    expect(box(desk)).to_have_value("")
    assert mirror(desk) is None


# -- storage, keys -------------------------------------------------------------------------------


@pytest.mark.stacks("lab")
@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("SecurityError", "it allows no storage"),
        pytest.param("QuotaExceededError", "its storage is full", marks=pytest.mark.weekly),
    ],
)
def test_without_storage_all_else_works_and_it_is_said(room, error, why):
    room.page.add_init_script(FORBIDDEN % error)
    begun(room, anew=True)
    box(room).fill("14")
    room.wait_for("members_1954", 14)
    waits_for(room, f"1 answer · no copy in this browser: {why}")
    unfold(room)
    assert downloaded(room, lambda: press(room, "Download my work")) == on_disk(room)
    box(room, 2).fill("12")
    waits_for(room, f"2 answers · no copy in this browser: {why}")
    room.kill_server()
    waits_for(room, "is safe in this page: download it")
    assert downloaded(room, lambda: press(room, "Download my work")) == on_disk(room)


def test_the_keyboard_alone_is_enough(alone):
    answer(alone, 14)
    keys = alone.page.keyboard
    alone.output(0).get_by_text(FOLDED).focus()
    keys.press("Enter")
    keys.press("Tab")
    assert downloaded(alone, lambda: keys.press("Enter")) == on_disk(alone)
    for _ in range(3):
        keys.press("Tab")
    keys.press("Enter")  # Erase my work
    for _ in range(2):
        keys.press("Tab")
    keys.press("Space")
    waits_for(alone, "Erased: every answer of this course")
    expect(box(alone)).to_have_value("")
    assert alone.journal() == {}
    focused = alone.page.evaluate("document.activeElement.textContent")
    assert focused == "Erase my work"
    assert alone.page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length") == 3
