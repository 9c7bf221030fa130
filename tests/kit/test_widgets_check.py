"""Feedback and hints, as a learner asks for them."""

import sys

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from kit import exercises, widgets
from kit.errors import KitError
from kit.mistakes import explain_errors
from tests.made_up_forms import lines

pytestmark = pytest.mark.usefixtures("journal")


def test_check_reads_the_journal(case, journal):
    journal.write("who_recalls", "secretary")
    assert widgets.check("who_recalls", case=case).state == "not yet"
    journal.write("who_recalls", "mayor")
    assert widgets.check("who_recalls", case=case).state == "correct"


def test_check_keeps_a_code_answer_once(case, journal):
    for _ in range(2):
        assert widgets.check("members_1921", 3, case=case).state == "correct"
    assert lines(journal) == [("members_1921", 3)]
    assert widgets.check("members_1921", ..., case=case).state == "not answered"
    assert widgets.check("members_1921", "three", case=case).state == "not yet"
    assert lines(journal) == [("members_1921", 3)]


def test_check_keeps_a_table_as_records(case, journal):
    table = pd.DataFrame({"text": ["gazette"], "n": [2]})
    assert widgets.check("counts", table, case=case).state == "recorded"
    assert lines(journal) == [("counts", [{"text": "gazette", "n": 2}])]


def test_check_answers_even_when_nothing_can_be_written(case, journal, capsys):
    journal.path.mkdir()
    assert widgets.check("members_1921", 3, case=case).state == "correct"
    assert "not saved in my_work.jsonl yet" in capsys.readouterr().out
    journal.path.rmdir()
    widgets.check("members_1921", 3, case=case)
    assert set(lines(journal)) == {("members_1921", 3)}


def test_an_answer_in_code_brings_its_hints_until_it_is_right(case, journal):
    wrong = widgets.check("who_recalls", "secretary", case=case)
    assert wrong.hints == exercises.find("who_recalls", case).hints
    first, second = wrong._repr_html_().split("<details>")[1:]
    assert first.startswith("<summary>Hint (1 of 2)</summary>") and "</details>" not in first
    assert second.startswith("<summary>Hint (2 of 2)</summary>")
    assert widgets.check("who_recalls", "mayor", case=case).hints == ()


def test_what_gives_no_form_is_said_in_a_sentence(case):
    page = widgets.weights("grid", case)
    assert "“grid”" in repr(page) and "“grid”" in page._repr_html_()
    assert "answered in code" in repr(widgets.ask("counts", case))
    with pytest.raises(KitError, match=r"” takes no records; name an exercise with rows\."):
        widgets.finder("who_recalls", case)


def test_what_is_not_there_is_one_sentence(case):
    for door in (
        lambda: widgets.ask("nothing", case),
        lambda: widgets.check("nothing", case=case),
        lambda: widgets.finder("nothing", case),
        lambda: widgets.commit("nothing", case),
        lambda: widgets.experts("nothing", case),
        lambda: widgets.my_ratings("nothing", case),
        lambda: widgets.expert_ratings("nothing", case),
        lambda: widgets.weights("nothing", case),
        lambda: widgets.card("x", case),
        lambda: widgets.reader("x", case=case),
    ):
        with pytest.raises(KitError, match=r"“(nothing|x)”\. There are: "):
            door()
    with pytest.raises(KitError, match=r"use A or B\."):
        widgets.quiz("C", case)
    with pytest.raises(KitError, match=r"no table called “records”\. Did you mean record\?"):
        case.rows("records")
    with pytest.raises(KitError, match=r"no text called “gazete”\. Did you mean gazette\?"):
        case.sentences_of("gazete")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("kit.ask('four_verb')", "no exercise called “four_verb”. Did you mean four_verbs?"),
        ("kit.check('nope')", "There is no exercise called “nope”. There are: prediction, "),
        ("kit.data.load().rows('records')", "no table called “records”. Did you mean record?"),
        ("kit.widgets.card('blogs')", "no text called “blogs”. Did you mean blog?"),
        ("kit.data.load('nowhere')", "There is no folder nowhere; name one with a datapackage"),
    ],
)
def test_a_notebook_shows_the_sentence_alone(line, sentence, capsys):
    shell = InteractiveShell()
    shell.run_cell("import kit")
    assert not shell.run_cell(line).success
    said = capsys.readouterr()
    assert sentence in said.out + said.err
    assert "Traceback" not in said.out + said.err and "File" not in said.out + said.err


@pytest.fixture
def shell(case, monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr(shell, "_showtraceback", lambda *_: None)
    monkeypatch.setattr(sys.modules["kit.widgets.ask"], "get_ipython", lambda: shell)
    explain_errors(shell)
    shell.user_ns.update(widgets=widgets, case=case)
    return shell


def run(shell, cell):
    """What a cell gives, run as a notebook runs it."""
    return shell.run_cell(cell, store_history=True, silent=False).result


CHECK = 'widgets.check("members_1921", members, case=case)'


@pytest.mark.parametrize(
    "slip", ["members = 1 / 0", "members = sum(joined <= 1954-03-31)", "members = ["]
)
def test_after_an_error_the_value_from_before_is_not_judged(shell, slip):
    run(shell, "members = 3")
    assert run(shell, CHECK).state == "correct"
    run(shell, slip)
    feedback = run(shell, CHECK)
    assert feedback.state == "not answered"
    assert "`members` ended with an error" in feedback.message
    run(shell, "other = 1 / 0")
    run(shell, "members = 3")
    assert run(shell, CHECK).state == "correct"


def test_a_check_in_code_says_what_it_judged(case):
    feedback = widgets.check("members_1921", 3, case=case)
    assert "Your answer: 3" in feedback.html() and "Your answer: 3" in repr(feedback)
    feedback = widgets.check("counts", pd.DataFrame({"text": ["gazette"], "n": [2]}), case=case)
    assert feedback.note == "Your table: 1 row; columns text, n."
