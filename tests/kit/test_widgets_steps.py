"""The steps of the course: what is done, where one is, what is next, how long it takes."""

from unittest import mock

import pytest
from bs4 import BeautifulSoup

from kit import data, exercises
from kit.widgets import steps as course
from kit.widgets.base import style
from kit.widgets.fields import ASLEEP, Form
from tests.solutions.answers import ANSWERS

CASE = data.load()
FIRST, SECOND, *_, LAST = course.notebooks()


@pytest.fixture
def steps(journal):
    return course.Progress(journal, CASE)


def seen(steps):
    html = BeautifulSoup(steps._bundle()["text/html"], "html.parser")
    html.style.decompose()
    return html


def answer(journal, notebook):
    for id in course.notebooks()[notebook]["tasks"]:
        journal.write(id, ANSWERS[id])


def test_each_task_of_the_course_is_in_one_step():
    tasks = [id for each in course.notebooks().values() for id in each["tasks"]]
    assert sorted(tasks) == sorted(exercises.load(CASE))


def test_the_steps_say_what_is_done_of_each(journal, steps):
    answer(journal, FIRST)
    [first, second] = [item.get_text() for item in seen(steps).select("li")[:2]]
    asked = len(course.notebooks()[FIRST]["tasks"])
    assert first.startswith("✓") and first.endswith(f"{asked} of {asked}")
    assert second.startswith("○") and " 0 of " in second
    assert repr(steps) == f"6 notebooks: {asked} of {len(exercises.load(CASE))} tasks done."


def test_the_one_you_are_in_is_marked_under_whatever_name(steps):
    assert seen(steps).select("[aria-current]") == []
    steps.stands_in(SECOND, "my copy.ipynb")
    [here] = seen(steps).select("[aria-current=step]")
    assert "2 Compare the claims" in here.get_text() and here.a is None
    task = next(iter(course.notebooks()[SECOND]["tasks"].values()))
    assert seen(steps).select_one("p > a")["href"] == f"my copy.ipynb#cell-id={task}"


def test_what_is_next_goes_on_from_here_and_then_from_the_start(journal, steps):
    steps.stands_in(LAST, f"{LAST}.ipynb")
    answer(journal, LAST)
    assert seen(steps).select_one("p > a")["href"].startswith(f"{FIRST}.ipynb#")
    with mock.patch.object(exercises, "progress", return_value=(1, 1)):
        told = seen(steps).get_text()
    assert "Every task is answered." in told and "minutes" not in told


def test_the_time_left_follows_the_minutes_that_the_notebooks_say(journal, steps):
    whole = sum(each["minutes"] for each in course.notebooks().values())
    assert f"about {5 * -(-whole // 5)} minutes are left" in seen(steps).get_text()
    answer(journal, FIRST)
    left = whole - course.notebooks()[FIRST]["minutes"]
    assert f"about {5 * -(-left // 5)} minutes are left" in seen(steps).get_text()


def test_what_is_shown_follows_the_journal_and_only_when_it_changes(journal, steps):
    steps._ipython_display_()
    with mock.patch.object(steps._handle, "update") as update:
        journal.write("weights/own", 1)
        assert not update.called
        answer(journal, FIRST)
    assert "✓" in update.call_args.args[0]["text/html"]


def test_a_saved_page_says_how_it_wakes(steps):
    asleep = seen(steps).select_one(".kit-asleep")
    assert asleep.p.get_text() == repr(Form()) == ASLEEP
    assert ASLEEP in style("steps.css")
    assert asleep.button["data-commandlinker-command"] == "notebook:run-all-cells"
