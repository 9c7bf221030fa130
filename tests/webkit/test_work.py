"""The learner's work in WebKit: a dead server, an empty disk, download, load, erase, hand in."""

import base64

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from kit import submission
from kit.journal import Journal
from tests.webkit.test_widgets import SPACE

CELLS = ["import kit\nkit.start()", "kit.ask('members_1954')", "kit.ask('f2_or_e4')"]
LAST = "06_answer_the_question.ipynb"
HANDIN = "handin-blue-tiger-7.json"
STORED = "() => Object.keys(localStorage).filter((key) => key.startsWith('kit-work')).length"
# As on a school's server without https.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
SELECTED = """() => {
  const { value, selectionStart, selectionEnd } = document.activeElement;
  return value.slice(selectionStart, selectionEnd);
}"""
PRESS = "(button) => button.click()"  # under the dialog in which JupyterLab says that all is lost


def begun(desk):
    """Run a small notebook and answer its two exercises, one by mouse and one by keys."""
    desk.write("small.ipynb", *CELLS)
    desk.click(desk.control(1, "textbox", "Your answer"))
    desk.press("1", "4")
    desk.focus(desk.control(2, "radio", "F2 is not the worse"))
    desk.press(SPACE)
    kept(desk)


def kept(desk):
    desk.wait_for("members_1954", 14)
    desk.wait_for("f2_or_e4", "may_serve")
    desk.says(0, "2 answers · a copy is in this browser")


def looks_answered(desk):
    box, radio = (
        desk.control(1, "textbox", "Your answer"),
        desk.control(2, "radio", "F2 is not the worse"),
    )
    assert (box.get_property("value"), radio.is_selected()) == ("14", True)


def on_disk(desk):
    return desk.lab.journal.read_text(encoding="utf-8")


def press(desk, name):
    desk.click(desk.control(0, "button", name))


def unfold(desk, name):
    desk.click(desk.control(0, "summary", name))


def test_after_the_server_was_killed_the_work_can_be_had_and_everything_comes_back(desk):
    begun(desk)
    desk.cut_off = True
    desk.lab.kill()
    desk.says(1, "the connection to Jupyter is lost")
    desk.ask(PRESS, desk.control(1, "button", "Download my work"))
    assert desk.downloaded() == ["my_work.jsonl", on_disk(desk)]
    desk.lab.start()
    for _ in range(2):  # the second time: loaded anew while all is well
        desk.open("small.ipynb")
        desk.run_all()
        looks_answered(desk)


def test_the_browser_offers_the_work_back_to_an_empty_disk(desk):
    begun(desk)
    text = on_disk(desk)
    desk.lab.tidy()
    desk.write("small.ipynb", *CELLS)
    desk.says(0, "This browser holds work that is not on this disk: 2 answers")
    assert desk.control(1, "textbox", "Your answer").get_property("value") == ""
    press(desk, "Bring my work back")
    kept(desk)
    looks_answered(desk)
    assert on_disk(desk) == text


def test_work_is_downloaded_copied_erased_and_loaded_from_the_file_and_from_the_line(
    desk, tmp_path
):
    begun(desk)
    unfold(desk, "Download, load or erase my work")
    press(desk, "Download my work")
    name, text = desk.downloaded()
    assert (name, text) == ("my_work.jsonl", on_disk(desk))
    press(desk, "Copy as one long line")
    desk.says(0, "The line is copied.")
    erase(desk)
    (tmp_path / name).write_text(text, encoding="utf-8")
    unfold(desk, "Load my work")
    desk.control(0, "textbox", "A file you downloaded").send_keys(str(tmp_path / name))
    kept(desk)
    erase(desk)
    desk.click(desk.control(0, "textbox", "Or a long line you copied"))
    ActionChains(desk.driver).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
    press(desk, "Load this line")
    kept(desk)
    looks_answered(desk)


def erase(desk):
    unfold(desk, "Erase my work")
    press(desk, "Erase everything now")
    desk.says(0, "Nothing to save yet")
    assert (on_disk(desk), desk.ask(STORED)) == ("", 0)


def test_the_hand_in_is_a_file_on_the_disk_and_the_same_in_the_page(desk):
    Journal(desk.lab.journal).write("members_1954", 14)
    desk.open(LAST)
    desk.run_all()
    desk.focus(desk.control("hand-in-form", "textbox", "Your pen name"))
    desk.press(*"blue-tiger-7", Keys.TAB, Keys.ENTER)
    desk.click(desk.control("hand-in-form", "button", "Yes, hand in"))
    desk.says("hand-in-form", f"Handed in as {HANDIN}")
    written = (desk.lab.journal.parent / HANDIN).read_bytes()
    assert submission.read(written)["answers"]["members_1954"]["answer"] == 14
    link = desk.control("hand-in-form", "link", f"Download {HANDIN}")
    assert base64.b64decode(link.get_attribute("href").partition(",")[2]) == written
    desk.driver.execute_script(NO_CLIPBOARD)
    desk.click(desk.control("hand-in-form", "button", "Copy the line"))
    desk.says("hand-in-form", "hold a finger on it")
    assert submission.codes_in(desk.ask(SELECTED)) == [submission.read(written)]
