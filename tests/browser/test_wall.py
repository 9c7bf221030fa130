"""A class in the browser: a learner's line, the wall, one line back, the learner's own class."""

import random

from playwright.sync_api import expect

from kit import data
from kit.submission.class_line import ClassLine, class_lines_in
from kit.submission.short_line import Judgement, as_line, lines_in
from tests.browser.test_forms import form, rated
from tests.browser.test_marker import pasted
from tests.kit.chat import chatted
from tests.kit.test_short_line import judgement

CASE = data.load()


def copied(room, form):
    """Press Copy, or the keys that it names where the page may not; return what is pasted then."""
    form.get_by_role("button", name="Copy the line").click()
    expect(form.locator(".kit-given .kit-live")).to_contain_text("line")
    form.locator(".kit-given textarea").press("Control+c")
    return pasted(room.page)


def test_from_a_learners_line_over_the_wall_to_the_own_class(room):
    wall = form(room, "kit.commit()", "import teach\nteach.wall()", kept=rated("forum", "news"))
    learner = room.output(1)
    learner.get_by_role("button", name="These are my ratings").click()
    room.wait_for("committed/ratings", True)
    line = copied(room, learner)
    [own] = lines_in(line, CASE)
    assert isinstance(own, Judgement) and set(own.answer) == {"forum", "news"}
    rng = random.Random(4)
    others = [as_line(judgement(rng, share=1), CASE) for _ in range(23)]
    chat = "\n".join([*(chatted(rng, each) for each in others), line, line])
    wall.get_by_label("The lines of the class").fill(chat)
    expect(wall).to_contain_text("24 learners decided.")
    expect(wall.locator("figure img").first).to_be_visible()
    wall.get_by_role("button", name="Show the editors' marks").click()
    expect(wall.get_by_role("button", name="Hide the editors' marks")).to_be_visible()
    wall.get_by_role("button", name="Make the line for the class").click()
    expect(wall).to_contain_text("It tells of the first judgement of 24 learners.")
    back = copied(room, wall)
    [told] = class_lines_in(back, CASE)
    assert isinstance(told, ClassLine) and told.learners == 24
    box = learner.get_by_label("The line that your class got back")
    box.fill(f"Our class: {back}")
    expect(learner).to_contain_text("24 learners, first judgement.")
    chart = learner.locator("figure img").first
    expect(chart).to_be_visible()
    assert "Your class, 24 learners" in chart.get_attribute("alt")
    assert "News" in chart.get_attribute("alt") and "Blog" not in chart.get_attribute("alt")
