"""The hand-in form: what is open, one button, a receipt that stays."""

import ipywidgets
import pytest

from kit import exercises, widgets
from tests.made_up_forms import control, inside, press

pytestmark = pytest.mark.usefixtures("journal")


def test_the_hand_in_is_written_with_a_receipt(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    receipt = form.receipt
    press(form, "Write my hand-in file")
    assert "Choose a code" in receipt.value
    control(form, "handin/code").value = "blue-tiger-7"
    press(form, "Write my hand-in file")
    assert "Receipt" in receipt.value
    assert f"in the folder {journal.path.parent}" in receipt.value
    assert (journal.path.parent / "handin-blue-tiger-7.json").exists()
    assert control(widgets.handin(case), "handin/code").value == "blue-tiger-7"


def test_the_hand_in_says_what_is_so_now(case, journal, monkeypatch):
    monkeypatch.chdir(journal.path.parent)
    form = widgets.handin(case)
    told = inside(form, ipywidgets.HTML)[1]
    before = told.value
    journal.write("who_recalls", "mayor")
    control(form, "handin/code").value = "blue-tiger-7"
    assert told.value != before
    assert "the button writes the file" in form.status.value
    press(form, "Write my hand-in file")
    assert "beside this notebook. Nothing was sent" in form.receipt.value


def test_the_hand_in_lists_what_is_open_by_notebook(case, journal):
    told = inside(widgets.handin(case), ipywidgets.HTML)[1].value
    for exercise in exercises.load(case).values():
        assert f"<li>{exercise.notebook}: “" in told


def test_the_receipt_is_there_again_and_says_when_answers_changed(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    assert form.receipt.value == ""
    control(form, "handin/code").value = "blue-tiger-7"
    press(form, "Write my hand-in file")
    again = widgets.handin(case).receipt.value
    assert "Receipt" in again and "changed since then" not in again
    journal.write("who_recalls", "secretary")
    assert "Your answers have changed since then." in widgets.handin(case).receipt.value


def test_what_is_begun_is_not_called_answered(case, journal):
    journal.write("grid/P1/gazette", "yes")
    form = widgets.handin(case)
    assert "0 of " in form.answered.value and " 1 begun;" in form.answered.value
    assert "“Grid” (begun: 1 of 4)" in form.answered.value
