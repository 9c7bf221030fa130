"""After an event in a widget the kernel dies, then the server; one cell brings all back."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from kit.journal import Journal
from tests.browser.test_forms import rated
from tests.browser.test_walks import fill, has, is_pressed, is_ticked, press, select

NAME = "deaths.ipynb"
FORMS = (
    *("f2_or_e4", "dated_texts", "members_1954", "date_article", "stances", "prediction"),
    *("ratings", "sentence_types", "attached_records", "final_answer"),
)
WIDGETS = (
    *('quiz("A")', "weights()", 'reader("forum")', 'reader("blog", tag=True)'),
    *("commit()", "handin()"),
)
SHOWN = ", ".join([*(f"kit.widgets.{w}" for w in WIDGETS), *(f"kit.ask({id!r})" for id in FORMS)])
CELL = f"import kit, ipywidgets\nkit.start()\nipywidgets.VBox([{SHOWN}])"


class Event(NamedTuple):
    """A control in the cell, what is done to it, how it looks then, and what the journal holds."""

    role: str
    name: str
    act: Callable
    looks: Callable
    id: str
    value: object


def step_right(control):
    control.press("ArrowRight")


def enter(text):
    """Type it, as a learner does: Firefox tells the page of no change that a script has made."""
    keys = ("Control+a", *text, "Enter")
    return lambda control: [control.press(key) for key in keys]


def stands_at(words):
    return lambda control: expect(control).to_have_attribute("aria-valuetext", words)


def form_of(control):
    return control.locator("xpath=ancestor::*[contains(@class, 'kit')][last()]")


def attach(claims):
    """Choose the third claim of the list and attach the record R20 to it."""
    form = form_of(claims)
    form.get_by_role("combobox", name="Claim").select_option(index=2)
    form.get_by_role("textbox", name="Words").fill("primakov")
    form.get_by_role("button", name="Attach R20").click()


def is_attached(claims):
    claims.select_option(index=2)
    form = form_of(claims)
    form.get_by_role("button", name="Remove R20").first.wait_for()


TEXT = "Words that somebody was still typing"
EVENTS = [
    Event("radio", "F2 is not the worse", press, is_ticked, "f2_or_e4", "may_serve"),
    Event("checkbox", "News", press, is_ticked, "dated_texts", ["news"]),
    Event("textbox", "Your answer (members)", fill("14"), has("14"), "members_1954", 14),
    Event("textbox", "Your date", fill("1990"), has("1990"), "date_article", "1990"),
    Event("radio", "denies", press, is_ticked, "stances/P1/forum", "denies"),
    Event(
        *("slider", "Blog: Trust", step_right, stands_at("0")),
        *("prediction/blog/trust", {"value": 0, "evidence": None}),
    ),
    Event(
        *("textbox", "Forum, Dating: Sentence", enter("3"), has("3"), "ratings/forum/dating"),
        {"value": 0, "evidence": 3},
    ),
    Event("button", "hedge", press, is_pressed, "sentence_types/forum_9/type", "hedge"),
    Event("combobox", "Claim", attach, is_attached, "attached_records/C20", ["R20"]),
    Event("textbox", "Your text: Your answer", fill(TEXT), has(TEXT), "final_answer", TEXT),
    Event(
        *("combobox", "Statement 1: How sure?", select("70 %"), has("70 %")),
        *("quiz_A/a1", {"answer": None, "confidence": 70}),
    ),
    Event("slider", "Dating", step_right, stands_at("6"), "weights/dating", 6),
    Event("button", "Sentence 30", press, is_pressed, "marks/forum", {"30": "marked"}),
]


@pytest.fixture
def desk(room):
    """A room with a notebook of one cell, in which every widget stands."""
    for id, value in rated("forum", "news").items():
        Journal(room.lab.journal).write(id, value)
    room.write(NAME, [CELL])
    room.open(NAME)
    room.run_all()
    return room


def control(room, event):
    return room.output(0).get_by_role(event.role, name=event.name).first


@pytest.mark.weekly  # on every change each walk has a death
@pytest.mark.stacks("notebook7")  # the walks kill on JupyterLab
@pytest.mark.parametrize("number", range(len(EVENTS)), ids=[event.id for event in EVENTS])
def test_a_killed_kernel_and_then_a_killed_server_lose_nothing_after_an_event(desk, number):
    *earlier, last = EVENTS[: number + 1]
    for event in earlier:
        Journal(desk.lab.journal).write(event.id, event.value)
    last.act(control(desk, last))
    desk.wait_for(last.id, last.value)
    desk.kill_kernel()
    desk.kill_server()
    desk.start_server()
    desk.open(NAME)
    desk.run_all()
    for event in EVENTS[: number + 1]:
        event.looks(control(desk, event))
