"""The two short tests, and what changed between them."""

import re

import pytest

from kit import data, widgets
from tests.made_up_forms import control, lines

pytestmark = pytest.mark.usefixtures("journal")


def fill_quiz(journal, letter, answers, confidence=80):
    for number, answer in enumerate(answers, start=1):
        value = {"answer": answer, "confidence": confidence}
        journal.write(f"quiz_{letter}/{letter.lower()}{number}", value)


def test_the_quiz_keeps_answer_and_confidence_together(case, journal):
    form = widgets.quiz("A", case)
    item = control(form, "quiz_A/a1")
    assert item.value == {"answer": None, "confidence": ""}
    item.parts["answer"].value = False
    assert lines(journal) == [("quiz_A/a1", {"answer": False, "confidence": None})]
    assert "0 of 4 answered." in form.status.value
    assert "Still open: 1 (how sure?), 2, 3, 4." in form.status.value
    item.parts["confidence"].value = 70
    assert journal.answer("quiz_A/a1") == {"answer": False, "confidence": 70}
    assert "1 of 4 answered." in form.status.value
    assert control(widgets.quiz("A", case), "quiz_A/a1").value == item.value


def test_the_result_waits_for_both_tests(case, journal):
    fill_quiz(journal, "A", [True, True, False, False])
    told = repr(widgets.quiz_result(case))
    assert "The second test has 0 of 4 answers." in told
    assert "first" not in told


def test_the_result_keeps_sharpness_apart_from_leaning(case, journal):
    fill_quiz(journal, "A", [True, False, True, False])
    fill_quiz(journal, "B", [False, False, False, False])
    told = repr(widgets.quiz_result(case))
    assert "(d′): 0.00 before, 0.00 after" in told
    assert 'not sharper; leans more to "false"' in told
    assert "Each test has few statements" in told


def test_the_result_begins_with_what_was_sure_and_wrong(journal):
    case = data.load()
    for letter, sure in (("A", 60), ("B", 90)):
        fill_quiz(journal, letter, [True] * 8, sure)
    text = widgets.quiz_result(case).text
    heads = [line for line in text.splitlines() if line.startswith(("✗", "✓"))]
    shown = [
        re.search("(Wrong|Right): you said true, ([69]0) % sure", head).groups() for head in heads
    ]
    wanted = [("Wrong", "90"), ("Wrong", "60"), ("Right", "90"), ("Right", "60")]
    assert shown == [pair for pair in wanted for _ in range(4)]
    for id, reason in case.key.answers["quiz_reasons"].items():
        assert reason in text, id


def test_the_result_without_a_key_says_so(case, journal, monkeypatch):
    for letter in "AB":
        fill_quiz(journal, letter, [True] * 4)
    monkeypatch.setattr(case, "key", None)
    assert "no key" in repr(widgets.quiz_result(case))
