"""The timeline of notebook 4 in WebKit: by mouse, by keys, and its filter."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

CELLS = [
    "import kit\ncase = kit.data.load()",
    "kit.charts.explore(kit.measures.tellings(case), case.enlargement)",
]


@pytest.fixture(scope="module")
def desk(shared):
    shared.write("timeline.ipynb", *CELLS)
    return shared


def mark(desk, name):
    return desk.control(1, "button", name)


def dot(desk, name):
    """Return what of a mark answers to the pointer; a group of shapes has no place for WebKit."""
    shape = mark(desk, name).find_element(By.CSS_SELECTOR, ".reach")
    desk.in_sight(shape)
    return shape


def hover(desk, name):
    ActionChains(desk.driver).move_to_element(dot(desk, name)).perform()


def tells(desk, title):
    """Wait until the panel beside the mark has this title; without one it is closed."""
    shown = desk.output(1).find_element(By.CSS_SELECTOR, ".panel")
    desk.until(
        lambda _: shown.text.startswith(title) and shown.is_displayed() == bool(title),
        f"the panel does not tell of {title!r}",
    )


def test_a_mark_answers_to_the_pointer_and_stays_when_clicked(desk):
    hover(desk, "Blog, 2000. Event")
    tells(desk, "Blog, 2000")
    dot(desk, "Article, 1954").click()
    tells(desk, "Article, 1954")
    hover(desk, "Forum, 2000")
    tells(desk, "Article, 1954")
    desk.click(mark(desk, "Later"))
    tells(desk, "Fact-check, 1954")
    desk.click(mark(desk, "Close"))
    tells(desk, "")


def test_the_arrow_keys_go_in_time_and_between_lanes(desk):
    desk.focus(mark(desk, "Article, 1954"))
    right, down, up = Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_UP
    for key, title in [
        (right, "Fact-check, 1954"),
        (right, "Article, 1990"),
        (down, "News, 1991"),
        (up, "Article, 1991"),
        (Keys.END, "Fact-check, 2021"),
        (Keys.HOME, "Article, 1954"),
    ]:
        desk.press(key)
        tells(desk, title)
    desk.press(Keys.ESCAPE)
    tells(desk, "")


def test_the_filter_takes_accounts_away_and_brings_them_back(desk):
    for name, count in [("None", 0), ("Blog", 1), ("All", 13)]:
        desk.click(mark(desk, name))
        desk.says(1, f"Shown: {count} of 13 accounts")
