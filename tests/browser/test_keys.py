"""The course by keyboard alone: no hand on the mouse from the first cell to the hand-in."""

import re

import pytest
from playwright.sync_api import expect

from editions.worked import build as build_worked
from tests.browser.asked import ASK
from tests.browser.room import PATIENCE
from tests.browser.test_waking import CELLS
from tests.browser.test_walks import EXERCISES, NOTEBOOKS, TEXT
from tests.solutions.answers import ANSWERS

# The id of the cell that a key would run; null if the focus is elsewhere.
ACTIVE = ASK.format("""
  const { activeCell } = panel.content;
  return activeCell.node.contains(document.activeElement) ? activeCell.model.id : null;
""")
RAN = ASK.format("""
  const cell = panel.content.widgets.find(({ model }) => model.id === wanted);
  return cell.model.executionCount !== null && cell.model.executionState === "idle";
""")
HAS_FOCUS = "document.activeElement !== document.body"
IS_ONE = "all => all.includes(document.activeElement)"
HINT = re.compile(r"^Hint \(1 of")
NAMED = ("Space", "Tab")
FARTHEST = 99  # presses of Tab within one form


class Keys:
    """All that a hand on the keyboard does in a room; the focus may never be lost."""

    def __init__(self, room):
        self.room, self.page = room, room.page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_function(HAS_FOCUS, polling=20, timeout=PATIENCE)

    @property
    def shown(self):
        """What the active cell shows."""
        return self.page.locator(".jp-Notebook:visible > * .jp-Cell.jp-mod-active")

    def run_to(self, cell):
        """Run the cells from the active one on, until this one is active."""
        at = self.page.evaluate(ACTIVE)
        while at != cell:
            self.page.keyboard.press("Shift+Enter")
            before, at = at, self.page.evaluate(ACTIVE)
            assert at not in (before, None), f"Shift+Enter in {before} leads nowhere"

    def open(self, cell):
        """Run the cells as far as this one, and stay with what it shows."""
        self.run_to(cell)
        self.press("Control+Enter")
        self.page.wait_for_function(RAN, arg=cell, polling=20, timeout=PATIENCE)

    def reach(self, role, name, **more):
        """Press Tab until a control of this name in the active cell has the focus."""
        control = self.shown.get_by_role(role, name=name, **more)
        for _ in range(FARTHEST):
            if control.evaluate_all(IS_ONE):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never comes to the {role} {name}")

    def answer(self, cell, id, value, control, *strokes):
        """Open a form, reach a control, press keys or type; ask for a check and a hint; leave."""
        self.open(cell)
        self.reach(*control)
        for stroke in strokes:
            self.press(stroke) if stroke in NAMED else self.page.keyboard.type(stroke)
        self.room.wait_for(id, value)
        self.reach("button", "Check")
        self.press("Enter")
        expect(self.shown.locator(".kit-feedback")).to_be_visible()
        self.reach("button", HINT)
        self.press("Enter")
        expect(self.shown).to_contain_text("Hint 1 of")
        self.press("d", "d", "b")  # to the notebook: cut this cell, add another
        self.press("Escape", "ArrowDown")

    def write(self, exercise):
        """Put the worked answer into its cell, run it and the check beneath."""
        notebook = self.room.notebook.removesuffix(".ipynb")
        name = exercise.replace("_", "-")
        self.run_to(f"ask-{name}")
        self.press("Enter", "Control+a")
        self.page.keyboard.type(SOLUTIONS[notebook][exercise])
        self.press("Shift+Enter")
        self.open(f"check-{name}")
        expect(self.shown).to_contain_text("✓ Correct")
        self.press("ArrowDown")

    def go_on(self):
        """Run what is left of the notebook, and follow the link to the next one."""
        self.open("progress")
        self.press("ArrowUp")
        assert self.page.evaluate(ACTIVE) == "next"
        self.reach("link", re.compile("."))
        self.press("Enter")


FOLDER = build_worked.ROOT / "tests" / "solutions"
SOLUTIONS = {path.stem: build_worked.read_blocks(FOLDER / f"{path.stem}.py") for path in NOTEBOOKS}
PRINTED = ("radio", re.compile("^printed"))


def first(keys):
    keys.answer("ask-printed", "printed/forum/byline", "yes", PRINTED, "Space")
    several = ("checkbox", "None of the five")
    keys.answer("ask-dated-texts", "dated_texts", ["none"], several, "Space")
    date = ANSWERS["date_article"]
    keys.answer("ask-date-article", "date_article", date, ("textbox", ""), date)


def second(keys):
    keys.write("claims_table")


def third(keys):
    one = EXERCISES["f2_or_e4"].options[0]
    keys.answer("ask-f2-or-e4", "f2_or_e4", one.id, ("radio", one.text), "Space")
    value = {"value": "A", "evidence": 12}
    rate = ("radio", re.compile("^A"))
    typed = ("Space", "Tab", "12", "Tab")
    keys.answer("ask-ratings", "ratings/forum/source", value, rate, *typed)
    keys.answer("ask-halo-share", "halo_share", 20, ("textbox", ""), "20", "Tab")


def fourth(keys):
    keys.write("members_1954")
    keys.write("enlargement_chart")


def fifth(keys):
    slip = ("checkbox", "He never mentioned Nato enlargement once")
    keys.answer("ask-slips", "slips", ["never_raised"], slip, "Space")


def sixth(keys):
    box = ("textbox", "Your text: Your answer")
    keys.answer("ask-final-answer", "final_answer", TEXT, box, TEXT)
    keys.open("hand-in-form")
    keys.reach("textbox", "Your pen name")
    keys.page.keyboard.type("blue-tiger-7")
    keys.press("Tab", "Enter")
    expect(keys.shown).to_contain_text("Hand in as blue-tiger-7?")
    keys.press("Tab", "Enter")
    expect(keys.shown).to_contain_text("Receipt")


TASKS = list(zip(NOTEBOOKS, (first, second, third, fourth, fifth, sixth), strict=True))


@pytest.mark.stacks("lab")
@pytest.mark.parametrize(
    "walk",
    [
        pytest.param(TASKS[:2], id="1 and 2"),
        pytest.param(TASKS[2:], id="3 to 6", marks=pytest.mark.weekly),
    ],
)
def test_the_whole_course_by_keyboard_alone(room, walk):
    keys = Keys(room)
    room.open(walk[0][0].name, anew=True)
    for path, task in walk:
        room.wait_until_idle(path.name)
        cells = room.page.evaluate(CELLS)
        task(keys)
        assert room.page.evaluate(CELLS) == cells, path.name
        if path != walk[-1][0]:
            keys.go_on()
    room.spent = True
