"""A learner walks through each notebook: it opens, runs, answers back, and survives a death.

All cells run by menu; one exercise is answered with the mouse, found by role and name. After the
death all the others are answered as well, and axe looks at what there is to see then, once a week
in the dark theme, too. A room besides fails a test when a request left the machine or a page
complained.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import nbformat
import pytest
from playwright.sync_api import expect

from editions.worked import build as build_worked
from kit import data, exercises
from kit.widgets.quiz import CONFIDENCE
from tests.browser.axe import THEMES, change_theme, found
from tests.browser.lab import ROOT
from tests.conftest import WEEKLY
from tests.solutions.answers import ANSWERS

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIRST, SECOND = NOTEBOOKS[:2]
SHOWS = re.compile(r"kit\.(start|ask|check|charts|widgets)\b")
CASE = data.load()
EXERCISES = exercises.load(CASE)
TEXT = "Putin said “why not?” in public (R25)."


class Step(NamedTuple):
    """One control of a notebook: how it is found, used, looks then, and what the journal holds."""

    cell: str
    role: str
    name: str
    use: Callable
    looks: Callable
    id: str
    value: object


def press(control):
    control.click()


def is_pressed(control):
    expect(control).to_have_attribute("aria-pressed", "true")


def is_ticked(control):
    expect(control).to_be_checked()


def select(text):
    return lambda control: control.select_option(text)


def fill(text):
    return lambda control: control.fill(text)


def has(text):
    return lambda control: expect(control).to_have_value(text)


PRINTED = ("radio", "printed", press, is_ticked)  # of the first cell
HEDGE = ("button", "hedge", press, is_pressed)  # of the first sentence
MAY_SERVE = ("radio", "F2 is not the worse report", press, is_ticked)
ACTS = ("radio", "Nobody: each list counts from a different act", press, is_ticked)
MEMORY = ("checkbox", "He never mentioned Nato enlargement once", press, is_ticked)
WRITTEN = ("textbox", "Your text: Your answer", fill(TEXT), has(TEXT))
STEPS = {
    "01": Step("ask-printed", *PRINTED, "printed/forum/byline", "yes"),
    "02": Step("ask-sentence-types", *HEDGE, "sentence_types/forum_9/type", "hedge"),
    "03": Step("ask-f2-or-e4", *MAY_SERVE, "f2_or_e4", "may_serve"),
    "04": Step("ask-two-clocks", *ACTS, "two_clocks", "acts"),
    "05": Step("ask-slips", *MEMORY, "slips", ["never_raised"]),
    "06": Step("ask-final-answer", *WRITTEN, "final_answer", TEXT),
}


def control(room, step):
    return room.output(step.cell).get_by_role(step.role, name=step.name).first


def answer(room, path):
    step = STEPS[path.stem[:2]]
    step.use(control(room, step))
    room.wait_for(step.id, step.value)


def looks_answered(room, path):
    step = STEPS[path.stem[:2]]
    step.looks(control(room, step))


def shows_everything(room, path):
    """Every cell whose last line is the kit's shows something, and nothing that went wrong."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and SHOWS.match(cell.source.splitlines()[-1]):
            output = room.output(cell.id)
            expect(output).to_contain_text(re.compile(r"\w{2}"))
            expect(output).not_to_contain_text("model not found")
            assert output.locator("[data-mime-type$='stderr']").count() == 0, cell.id


def answer_the_rest(room):
    """Let the journal hold an older answer to everything, which counts where there is no newer."""
    answers = build_worked.given_answers(ROOT / "tests" / "solutions")
    with room.lab.journal.open("a", encoding="utf-8") as file:
        file.write(build_worked.journal(answers))


def what_axe_finds(room):
    told, room.spent = {}, True
    for theme in THEMES if WEEKLY else ("Light",):
        change_theme(room.page, theme)
        told[theme] = found(room.page, **THEMES[theme])
    return "\n".join(f"{theme}: {each}" for theme, all in told.items() for each in all)


@pytest.mark.stacks("lab", weekly=("binder",))
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_all_has_its_answer_after_a_death_and_shuts_nobody_out(room, path):
    room.open(path.name)
    room.run_all()
    shows_everything(room, path)
    answer(room, path)
    looks_answered(room, path)
    room.kill_kernel()
    answer_the_rest(room)
    room.restart_kernel()
    room.run_all()
    looks_answered(room, path)
    assert what_axe_finds(room) == ""


@pytest.mark.stacks("binder", weekly=("lab",))
def test_the_whole_of_the_first_notebook_filled_in_and_checked(room):
    room.open("01_meet_the_sources.ipynb")
    room.run_all()
    choose_code(room)
    fill_quiz(room)
    fill_printed(room)
    fill_prediction(room)
    room.output("ask-dated-texts").get_by_role("checkbox", name="None of the five").check()
    room.output("ask-date-article").get_by_role("textbox").fill(ANSWERS["date_article"])
    for id in ("quiz_A", "prediction", "printed", "dated_texts", "date_article"):
        room.wait_for(id, ANSWERS[id])
    for cell in ("ask-printed", "ask-dated-texts", "ask-date-article"):
        assert told_by_check(room, cell).startswith("✓ Correct")
    assert told_by_check(room, "ask-prediction").startswith("● Recorded")


def told_by_check(room, cell):
    form = room.output(cell)
    form.get_by_role("button", name="Check").click()
    expect(form.locator(".kit-feedback")).to_be_visible()
    return form.locator(".kit-feedback").inner_text()


def choose_code(room):
    """Choose a code and run the notebook again: cards, trust and texts come in the order drawn."""
    code = "blue-tiger-7"
    drawn = data.drawn_order(CASE.texts, code)
    room.output("choose-code").get_by_label("Your pen name").fill(code)
    room.wait_for("handin/code", code)
    room.run_all()
    names = {row.id: row.text for row in EXERCISES["prediction"].rows}
    expect(room.output("show-cards").locator("strong")).to_have_text(
        [f"Provenance card: {names[id]}" for id in drawn]
    )
    sliders = room.output("ask-prediction").get_by_role("slider")
    for n, id in enumerate(drawn):
        expect(sliders.nth(n)).to_have_accessible_name(re.compile(f"^{names[id]}: "))
    tabs = room.output("read-texts").get_by_role("tab")
    expect(tabs).to_have_text([names[id] for id in drawn])


def fill_quiz(room):
    quiz, sure = room.output("quiz-a"), {value: words for words, value in CONFIDENCE}
    for number, given in enumerate(ANSWERS["quiz_A"].values(), 1):
        this_is = quiz.get_by_role("radiogroup", name=f"Statement {number}: This is")
        this_is.get_by_role("radio", name="true" if given["answer"] else "false").check()
        how_sure = quiz.get_by_role("combobox", name=f"Statement {number}: How sure?")
        how_sure.select_option(sure[given["confidence"]])


def fill_prediction(room):
    form = room.output("ask-prediction")
    for row in EXERCISES["prediction"].rows:
        slider = form.get_by_role("slider", name=f"{row.text}: Trust before reading")
        for _ in range(1 + ANSWERS["prediction"][row.id]["trust"]["value"]):  # from "not set"
            slider.press("ArrowRight")


def fill_printed(room):
    exercise = EXERCISES["printed"]
    words = {option.id: option.text for option in exercise.options}
    form = room.output("ask-printed")
    for row in exercise.rows:
        for column in exercise.columns:
            cell = form.get_by_role("radiogroup", name=f"{row.text}: {column.text}", exact=True)
            word = words[ANSWERS["printed"][row.id][column.id]]
            cell.get_by_role("radio", name=word, exact=True).check()


@pytest.mark.weekly
@pytest.mark.stacks("lab")
def test_two_notebooks_in_two_tabs_answer_in_turn(room):
    other = room.beside()
    for each, path in ((room, FIRST), (other, SECOND)):
        each.open(path.name)
        each.run_all()
    answer(room, FIRST)
    answer(other, SECOND)
    room.output("ask-dated-texts").get_by_role("checkbox", name="News").check()
    room.wait_for("dated_texts", ["news"])
    both_are_kept(room)


# Notebook 7 gives each notebook a tab; in JupyterLab a page holds several.
@pytest.mark.weekly
@pytest.mark.stacks("binder")
def test_two_notebooks_in_one_page_answer_in_turn(room):
    room.open(FIRST.name)
    room.run_all()
    room.cell("next").get_by_role("link", name=re.compile("^Notebook 2")).click()
    room.wait_until_idle(SECOND.name)
    room.run_all()
    answer(room, SECOND)
    room.choose("Tabs", FIRST.name)
    room.wait_until_idle(FIRST.name)
    answer(room, FIRST)
    both_are_kept(room)


def both_are_kept(room):
    kept = room.journal()
    for path in (FIRST, SECOND):
        step = STEPS[path.stem[:2]]
        assert kept[step.id] == step.value
