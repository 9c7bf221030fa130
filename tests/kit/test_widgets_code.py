"""The learner's code, and the order of the texts that is drawn from it and then stays."""

import pytest

from kit import data, exercises, submission, widgets
from kit.journal import JournalError
from kit.widgets.handin import in_order
from tests.made_up_forms import control
from tests.solutions.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("journal")
CASE = data.load()
USUAL = list(CASE.texts)
DRAWN = data.drawn_order(CASE.texts, "blue-tiger-7")


def choose(code):
    form = widgets.pen_name()
    control(form, "handin/code").value = code
    return form


def kept(journal):
    return journal.answer("handin/order")


def test_another_code_would_give_another_order():
    assert DRAWN != USUAL and sorted(DRAWN) == sorted(USUAL)


def test_without_a_code_it_is_the_usual_order_and_nothing_is_kept(journal):
    assert widgets.order() == USUAL
    assert kept(journal) is None


@pytest.mark.parametrize("code", ["b", "blue tiger", "ö" * 5, "x" * 21])
def test_what_is_no_code_is_said_and_draws_nothing(journal, code):
    assert "Not saved yet. Choose a pen name of" in choose(code).status.value
    assert widgets.order() == USUAL
    assert kept(journal) is None


def test_the_order_is_drawn_from_the_code_and_stays(journal):
    assert "Not saved" not in choose("Blue-Tiger-7").status.value
    assert widgets.order() == DRAWN == kept(journal)
    choose("otter")
    assert widgets.order() == DRAWN
    lines = len(journal.path.read_text().splitlines())
    widgets.order()
    assert len(journal.path.read_text().splitlines()) == lines


def test_who_rated_before_choosing_a_code_keeps_the_order_that_was_seen(journal):
    journal.write("prediction", ANSWERS["prediction"])
    choose("blue-tiger-7")
    assert widgets.order() == USUAL
    assert kept(journal) is None


@pytest.mark.parametrize("odd", [7, [], USUAL[:4], {"a": 1}, [*USUAL, "x"], [None] * 5], ids=repr)
def test_what_is_no_order_in_the_journal_is_drawn_anew(journal, odd):
    choose("blue-tiger-7")
    journal.write("handin/order", odd)
    assert widgets.order() == DRAWN


def test_ratings_come_in_the_same_order_and_all_else_as_it_is(journal):
    choose("blue-tiger-7")
    widgets.order()
    known = exercises.load(CASE)
    for id in ("prediction", "ratings"):
        assert [row.id for row in in_order(known[id], CASE).rows] == DRAWN
    assert in_order(known["verdict_scales"], CASE) is known["verdict_scales"]
    form = widgets.ask("prediction")
    assert [id.split("/")[1] for id in form.fields] == DRAWN


def test_the_order_travels_with_the_hand_in_and_counts_as_no_answer(journal):
    journal.write("prediction", {})
    before = submission.counted(submission.summary(journal, CASE))
    choose("blue-tiger-7")
    widgets.order()
    assert submission.counted(submission.summary(journal, CASE)) == before
    receipt = submission.pack(journal, CASE, "blue-tiger-7")
    content = submission.load(receipt.path)
    assert content["answers"]["handin"]["answer"] == {"code": "blue-tiger-7", "order": DRAWN}


def test_a_full_disk_changes_nothing_of_the_order(journal, monkeypatch):
    choose("blue-tiger-7")
    monkeypatch.setattr(type(journal), "write", refuse)
    assert widgets.order() == DRAWN


def refuse(*_):
    raise JournalError("the disk is full")


def test_the_small_case_has_an_order_of_its_own(case):
    choose("blue-tiger-7")
    assert sorted(widgets.order(case)) == sorted(case.texts)
