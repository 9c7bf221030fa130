"""What a learner needs stands beside the choice: texts behind tabs, ratings, stances, the grid."""

import re

import pytest
from playwright.sync_api import expect

from kit import data, exercises
from tests.browser.test_forms import form, press
from tests.solutions.answers import ANSWERS

TEXTS = ("Forum", "Blog", "Article", "News", "Fact-check")
COLUMNS = [column.text for column in exercises.load(data.load())["ratings"].columns]
# Counts what a learner does: clicks and keys; to scroll is neither.
COUNT = """() => {
  window.actions = 0;
  window.counting?.abort(); // the page may be that of an earlier test
  window.counting = new AbortController();
  const how = { capture: true, signal: window.counting.signal };
  for (const name of ["pointerdown", "keydown"])
    addEventListener(name, ({ isTrusted }) => (window.actions += isTrusted), how);
}"""
BEFORE = {"ratings": 168, "stances": 80}  # with lists to choose from
COVERED = """form => {
  const [text, ratings] = [".kit-reading", ".kit-sheet"].map((each) =>
    form.querySelector(each).getBoundingClientRect());
  return { beside: text.right <= ratings.left, under: text.bottom <= ratings.top };
}"""


def tab(shown, name):
    return shown.get_by_role("tab", name=name)


def rating(shown, name, text="Forum"):
    return shown.get_by_role("radiogroup", name=f"{text}: {name}")


def number(shown, n):
    return shown.get_by_role("tabpanel").get_by_role("button", name=re.compile(rf"^Sentence {n}\b"))


def words(shown, n):
    return shown.get_by_role("tabpanel").locator(".kit-words").nth(n - 1)


# The texts


def test_five_texts_behind_tabs_by_mouse_and_by_keys(room):
    shown = form(room, "kit.reader()", kept={"marks/news": {"3": "marked"}})
    expect(shown.get_by_role("tab")).to_have_count(5)
    expect(shown.get_by_role("heading")).to_have_text("Forum · 1 of 5")
    words(shown, 2).click(position={"x": 30, "y": 8})
    room.wait_for("marks/forum", {"2": "marked"})
    tab(shown, "News").click()
    expect(shown.get_by_role("heading")).to_have_text("News · 4 of 5")
    expect(shown).to_contain_text("1 of 84 sentences marked: 3.")
    expect(tab(shown, "News")).to_have_attribute("aria-selected", "true")
    press(room, "ArrowRight", "ArrowRight")
    expect(tab(shown, "Forum")).to_be_focused()
    press(room, "End", "Tab")
    panel = shown.get_by_role("tabpanel")
    expect(panel).to_have_accessible_name("Fact-check")
    if panel.evaluate("(panel) => panel === document.activeElement"):  # what scrolls, in Firefox
        press(room, "Tab")
    press(room, "ArrowDown", "Space")
    room.wait_for("marks/factcheck", {"2": "marked"})
    height = panel.evaluate("(panel) => panel.clientHeight / innerHeight")
    assert 0.5 < height <= 0.7


def test_tabs_can_be_read_when_the_kernel_is_gone(room):
    shown = form(room, "kit.reader()")
    room.kill_kernel()
    room.restart_kernel()
    shown.locator("[data-kit-lost]").wait_for()
    tab(shown, "Blog").click()
    expect(shown.get_by_role("heading")).to_have_text("Blog · 2 of 5")


# The ratings


@pytest.fixture
def ratings(room):
    shown = form(room, "kit.ask('ratings')", kept={"marks/forum": {"3": "marked"}})
    room.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    return shown


def test_a_click_on_a_sentence_is_the_evidence_for_the_rating_in_focus(room, ratings):
    rating(ratings, "Source").get_by_role("radio", name="D – not usually").check()
    expect(ratings).to_contain_text("Now click the sentence that made you decide")
    words(ratings, 5).click(position={"x": 60, "y": 8})
    room.wait_for("ratings/forum/source", {"value": "D", "evidence": 5})
    expect(ratings.locator("blockquote")).to_contain_text("purported interest in joining NATO")
    expect(number(ratings, 5)).to_have_accessible_name("Sentence 5, for Source")
    expect(number(ratings, 5)).to_have_attribute("aria-pressed", "true")
    expect(number(ratings, 3)).to_have_accessible_name("Sentence 3, marked")
    expect(tab(ratings, "Forum")).to_have_accessible_name("Forum 1/8")
    rating(ratings, "Dating").get_by_role("radio", name="0 – no date").check()
    expect(number(ratings, 5)).to_have_attribute("aria-pressed", "false")
    number(ratings, 7).click()
    room.wait_for("ratings/forum/dating", {"value": 0, "evidence": 7})
    number(ratings, 7).click()
    room.wait_for("ratings/forum/dating", {"value": 0, "evidence": None})


def test_another_text_keeps_what_was_given(room, ratings):
    rating(ratings, "Source").get_by_role("radio", name="A –").check()
    tab(ratings, "Blog").click()
    rating(ratings, "Dating", "Blog").get_by_role("radio", name="0 –").check()
    words(ratings, 1).click(position={"x": 30, "y": 8})
    room.wait_for("ratings/blog/dating", {"value": 0, "evidence": 1})
    tab(ratings, "Forum").click()
    expect(rating(ratings, "Source").get_by_role("radio", name="A –")).to_be_checked()
    number(ratings, 4).click()  # no rating is in focus: the first without a sentence takes it
    room.wait_for("ratings/forum/source", {"value": "A", "evidence": 4})


def test_rate_with_a_sentence_by_keys_alone(room, ratings):
    tab(ratings, "Forum").focus()
    press(room, "ArrowRight")
    source = rating(ratings, "Source", "Blog")
    expect(source).to_be_visible()
    for _ in range(10):  # the text, and what folds out below it
        press(room, "Tab")
        if source.locator(":focus").count():
            break
    press(room, "ArrowDown", "Tab")
    room.page.keyboard.type("12")
    press(room, "Tab", "Space")
    room.wait_for("ratings/blog/source", {"value": "B", "evidence": 12})
    room.wait_for("ratings/blog/information", {"value": 1, "evidence": None})
    number(ratings, 12).focus()
    expect(number(ratings, 12)).to_be_in_viewport()
    press(room, "ArrowDown", "Space")
    room.wait_for("ratings/blog/information", {"value": 1, "evidence": 13})


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (800, False), (390, False)])
def test_text_and_ratings_stand_side_by_side_where_there_is_room(room, ratings, width, is_beside):
    room.width(width)
    place = ratings.locator(".kit").first.evaluate(COVERED)
    assert place == {"beside": is_beside, "under": not is_beside}


@pytest.mark.stacks("lab")
@pytest.mark.weekly
def test_forty_ratings_cost_half_of_what_they_did(room, ratings):
    room.page.evaluate(COUNT)
    for text in TEXTS:
        if text != "Forum":
            tab(ratings, text).click()
        for n, name in enumerate(COLUMNS, 1):
            rating(ratings, name, text).get_by_role("radio").nth(1).click()
            number(ratings, n).click()
        last = f"ratings/{text.lower().replace('-', '')}/{COLUMNS[-1].lower()}"
        room.wait_for(last, {"value": 1, "evidence": len(COLUMNS)})
    expect(ratings).to_contain_text("Fact-check: 8 of 8 ratings have their evidence.")
    cells = [cell for id, cell in room.journal().items() if id.startswith("ratings/")]
    assert len(cells) == 40 and all(cell["evidence"] for cell in cells)
    actions = room.page.evaluate("window.actions")
    print("actions for 40 ratings:", actions)
    assert actions <= BEFORE["ratings"] / 2


# The stances


@pytest.fixture
def stances(room):
    return form(room, "kit.ask('stances')")


def stance(shown, text, word):
    group = shown.get_by_role("radiogroup", name=re.compile(f": {text}$"))
    return group.get_by_role("radio", name=word, exact=True)


def test_a_proposition_at_a_time_by_mouse(room, stances):
    expect(stances.get_by_role("radiogroup")).to_have_count(5)
    stance(stances, "Blog", "denies").check()
    room.wait_for("stances/P1/blog", "denies")
    stances.get_by_role("button", name="Next ›").last.click()
    expect(stances.get_by_role("radiogroup", name=re.compile("^P2 ")).first).to_be_visible()
    stance(stances, "News", "asserts").check()
    room.wait_for("stances/P2/news", "asserts")
    expect(stances.get_by_label("Go to")).to_contain_text("2 of 8 (1 of 5 done) · P2")
    stances.get_by_role("button", name="The whole as a table").click()
    expect(stances.get_by_role("table").get_by_role("row")).to_have_count(9)
    expect(stances.get_by_role("table").get_by_role("cell", name="denies")).to_have_count(1)
    stances.get_by_role("button", name="‹ Previous").click()
    expect(stance(stances, "Blog", "denies")).to_be_checked()


def test_every_proposition_is_in_reach_of_the_keys(room, stances):
    stances.get_by_role("button", name="‹ Previous").focus()
    press(room, "Tab", "Enter")
    expect(stances.get_by_role("radiogroup", name=re.compile("^P2 .*: Forum$"))).to_be_visible()
    press(room, "Tab", "Space", "ArrowDown", "Tab", "Space")
    room.wait_for("stances/P2", {"forum": "denies", "blog": "asserts"})
    press(room, "Tab", "Tab", "Tab", "Tab", "Enter", "Tab", "Enter")
    room.wait_for(
        "stances/P2",
        {"forum": "denies", "blog": "asserts"}
        | dict.fromkeys(("article", "news", "factcheck"), "silent"),
    )
    expect(stances.get_by_role("radiogroup", name=re.compile("^P3 .*: Forum$"))).to_be_visible()
    expect(stances.get_by_role("button", name="Next ›").last).to_be_focused()


@pytest.mark.stacks("lab")
@pytest.mark.weekly
def test_forty_stances_cost_half_of_what_they_did(room, stances):
    room.page.evaluate(COUNT)
    names = dict(zip(ANSWERS["stances"]["P1"], TEXTS, strict=True))
    for n, (row, chosen) in enumerate(ANSWERS["stances"].items()):
        if n:
            stances.get_by_role("button", name="Next ›").last.click()
        expect(stances.get_by_role("radiogroup").first).to_have_accessible_name(
            re.compile(f"^{row} ")
        )
        for text, word in chosen.items():
            if word != "silent":
                stance(stances, names[text], word).click()
        stances.get_by_role("button", name="Not answered yet: all silent").click()
        room.wait_for(f"stances/{row}", chosen)
    actions = room.page.evaluate("window.actions")
    print("actions for 40 stances:", actions)
    assert actions <= BEFORE["stances"] / 2


# The grid


# Where its headings show, each stands above its column; and nothing in it moves sideways alone.
GRID = """([grid, width]) => {
  grid.closest(".kit").style.width = `${width}px`;
  const rows = [...grid.querySelectorAll(".kit-row")];
  const [heads, ...lines] = [grid.querySelector(".kit-headings"), ...rows].map((row) =>
    [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left)));
  const isShown = heads[1] > 0;
  const wide = (node) => node.scrollWidth > node.clientWidth + 1;
  return {
    under: !isShown || lines.every((line) => heads.every((left, at) => left === line[at])),
    wide: [grid, ...grid.querySelectorAll(".kit-row, .kit-headings, label")].filter(wide).length,
    scrolls: [...grid.querySelectorAll(".kit-row, .kit-headings")].filter(
      (row) => getComputedStyle(row).overflowX !== "visible").length,
  };
}"""


@pytest.mark.parametrize("width", [320, 560, 600, 610, 720, 768])
def test_no_answer_ever_stands_under_another_heading(room, width):
    shown = form(room, "kit.ask('printed')")
    found = shown.locator(".kit-grid").evaluate(f"grid => ({GRID})([grid, {width}])")
    assert found == {"under": True, "wide": 0, "scrolls": 0}
