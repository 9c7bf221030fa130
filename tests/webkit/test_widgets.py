"""Each widget by mouse and then by keys, in one notebook that all tests of this file go on in."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from kit.journal import Journal

SCORES = ("authorship", "dating", "citation", "verifiability", "balance", "corroboration")


class Use(NamedTuple):
    """A control, found by role and name, what is done to it, and what the journal holds then."""

    role: str
    name: str
    act: Callable
    id: str
    value: object


def click(desk, control):
    desk.click(control)


def keys(*pressed):
    """Press keys in the control, brought there without the mouse."""
    return lambda desk, control: (desk.focus(control), desk.press(*pressed))


def typed(text):
    """Click into the box and type."""
    return lambda desk, control: (desk.click(control), desk.press(*text))


def chosen(text):
    return lambda desk, control: Select(control).select_by_visible_text(text)


def dragged(desk, handle):
    desk.in_sight(handle)
    ActionChains(desk.driver).drag_and_drop_by_offset(handle, 450, 0).perform()


def tagged(desk, number):
    desk.click(number)
    desk.click(desk.control(PLACES["reader('blog', tag=True)"], "button", "hedge"))


def attached(desk, claims):
    Select(claims).select_by_index(2)
    place = PLACES["attached_records"]
    desk.click(desk.control(place, "textbox", "Words"))
    desk.press(*"primakov")
    desk.click(desk.control(place, "button", "Attach R20"))


def picked(desk, rating):
    """Give a rating, then click the sentence that made one decide."""
    desk.click(rating)
    desk.click(desk.control(PLACES["ratings"], "button", "Sentence 3"))


def left(value):
    return {"value": value, "evidence": None}


SPACE, END, BACK = Keys.SPACE, Keys.END, Keys.BACKSPACE
LEFT, UP, DOWN = Keys.ARROW_LEFT, Keys.ARROW_UP, Keys.ARROW_DOWN
SURE = "Statement 1: How sure?"
USES = {
    "f2_or_e4": [
        Use("radio", "F2 is not the worse", click, "f2_or_e4", "may_serve"),
        Use("radio", "F2 is not the worse", keys(UP), "f2_or_e4", "e_known"),
    ],
    "dated_texts": [
        Use("checkbox", "News", click, "dated_texts", ["news"]),
        Use("checkbox", "Forum", keys(SPACE), "dated_texts", ["forum", "news"]),
    ],
    "members_1954": [
        Use("textbox", "Your answer (members)", typed("14"), "members_1954", 14),
        Use("textbox", "Your answer (members)", keys(END, BACK, "5"), "members_1954", 15),
    ],
    "date_article": [
        Use("textbox", "Your date", typed("1990"), "date_article", "1990"),
        Use("textbox", "Your date", keys(END, BACK, "1"), "date_article", "1991"),
    ],
    "stances": [
        Use("radio", "denies", click, "stances/P1/forum", "denies"),
        Use("radio", "denies", keys(DOWN), "stances/P1/forum", "hedges"),
    ],
    "prediction": [
        Use("slider", "Forum: Trust", dragged, "prediction/forum/trust", left(10)),
        Use("slider", "Forum: Trust", keys(LEFT), "prediction/forum/trust", left(9)),
    ],
    "ratings": [
        Use("radio", "C", picked, "ratings/forum/source", {"value": "C", "evidence": 3}),
        Use("radio", "C", keys(DOWN), "ratings/forum/source", {"value": "D", "evidence": 3}),
    ],
    "sentence_types": [
        Use("button", "hedge", click, "sentence_types/forum_9/type", "hedge"),
        Use("button", "● hedge", keys("1"), "sentence_types/forum_9/type", "fact"),
    ],
    "attached_records": [
        Use("combobox", "Claim", attached, "attached_records/C20", ["R20"]),
        Use("button", "Remove R20", keys(SPACE), "attached_records/C20", None),
    ],
    "final_answer": [
        Use("textbox", "Your text: Your answer", typed("So"), "final_answer", "So"),
        Use("textbox", "Your text: Your answer", keys(END, "?"), "final_answer", "So?"),
    ],
    "quiz('A')": [
        Use("combobox", SURE, chosen("70 %"), "quiz_A/a1", {"answer": None, "confidence": 70}),
        Use("combobox", SURE, keys("9"), "quiz_A/a1", {"answer": None, "confidence": 90}),
    ],
    "weights()": [
        Use("slider", "Dating", dragged, "weights/dating", 10),
        Use("slider", "Dating", keys(LEFT), "weights/dating", 9),
    ],
    "reader('forum')": [
        Use("button", "Sentence 7", click, "marks/forum", {"7": "marked"}),
        Use("button", "Sentence 7", keys(SPACE, DOWN, SPACE), "marks/forum", {"8": "marked"}),
    ],
    "reader('blog', tag=True)": [
        Use("button", "Sentence 7", tagged, "tags/blog", {"7": "hedge"}),
        Use("button", "Sentence 7", keys("2"), "tags/blog", {"7": "opinion"}),
    ],
    "commit()": [
        Use("button", "These are my ratings", keys(Keys.ENTER), "committed/ratings", True),
    ],
}
PLACES = {widget: place for place, widget in enumerate(USES, 1)}
SHOWN = [f"kit.widgets.{w}" if "(" in w else f"kit.ask({w!r})" for w in USES]


@pytest.fixture(scope="module")
def desk(shared):
    for column in ("source", "information", *SCORES):  # the weights need two texts
        given = {"value": {"source": "B"}.get(column, 2), "evidence": 1}
        for text in ("forum", "news"):
            Journal(shared.lab.journal).write(f"ratings/{text}/{column}", given)
    shared.write("widgets.ipynb", "import kit\nkit.start()", *SHOWN)
    return shared


@pytest.mark.parametrize("widget", USES)
def test_a_widget_takes_answers_by_mouse_and_by_keys(desk, widget):
    for use in USES[widget]:
        use.act(desk, desk.control(PLACES[widget], use.role, use.name))
        desk.wait_for(use.id, use.value)


CELLS = """() => {
  const { activeCellIndex, widgets } = jupyterapp.shell.currentWidget.content;
  return [activeCellIndex, widgets.map((cell) => cell.model.sharedModel.getSource())];
}"""
# What would delete, insert, move or change cells; at last Escape, after which they do.
COMMANDS = [*"ddabxvmyrkj1ii00", Keys.SPACE, DOWN, UP, Keys.HOME, END]


@pytest.mark.parametrize("widget", [w for w in USES if w != "commit()"])
def test_no_key_in_a_widget_changes_the_notebook(desk, widget):
    first, *_ = USES[widget]
    desk.focus(desk.control(PLACES[widget], first.role, first.name))
    before = desk.ask(CELLS)
    desk.press(*COMMANDS)
    assert desk.ask(CELLS) == before


# Safari, unlike WebKitGTK, gives the focus not to a button, box or list that is clicked, but to
# what lies around it and takes the focus.
AS_SAFARI = """addEventListener("mousedown", (event) => {
  const control = event.target.closest("button, [type=checkbox], [type=radio], select");
  if (!control) return;
  event.preventDefault();
  document.activeElement.blur();
  control.parentElement.closest("[tabindex]")?.focus({ preventScroll: true });
}, true);"""


CLICKED = [
    ("f2_or_e4", "radio", "F2 is not the worse"),
    ("f2_or_e4", "button", "Check"),
    ("dated_texts", "checkbox", "News"),
    ("quiz('A')", "combobox", SURE),
]


@pytest.mark.parametrize(("widget", "role", "name"), CLICKED)
def test_no_key_after_a_click_that_gives_no_focus_changes_the_notebook(desk, widget, role, name):
    desk.driver.execute_script(AS_SAFARI)
    control = desk.control(PLACES[widget], role, name)
    desk.click(control)
    assert not desk.ask("(control) => control === document.activeElement", control)
    before = desk.ask(CELLS)
    desk.press(*COMMANDS)
    assert desk.ask(CELLS) == before


def test_out_of_a_widget_the_same_keys_do_change_it(desk):
    desk.focus(desk.control(PLACES["dated_texts"], "checkbox", "News"))
    before = desk.ask(CELLS)
    desk.press(Keys.ESCAPE, "b")
    desk.until(lambda _: desk.ask(CELLS) != before, "Escape did not lead out")
