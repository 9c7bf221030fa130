"""The rating form: a value and its sentence, one text at a time."""

import ipywidgets
import pytest

from kit import widgets
from kit.widgets import fields
from tests.made_up_forms import control, inside, lines

pytestmark = pytest.mark.usefixtures("journal")


def test_a_rating_counts_only_with_its_sentence(case):
    form = widgets.ask("ratings", case)
    control(form, "ratings/gazette/source").value = {"value": "C"}
    assert "Gazette: 0 of 3 ratings have their evidence." in form.status.value
    assert "counts only with its sentence" in form.status.value
    control(form, "ratings/gazette/source").value = {"value": "C", "evidence": "1"}
    assert "Gazette: 1 of 3 ratings have their evidence." in form.status.value


def test_one_text_is_rated_at_a_time(case):
    form = widgets.ask("ratings", case)
    assert len(inside(form, ipywidgets.RadioButtons)) == len(inside(form, ipywidgets.Text)) == 3
    choose_text(form, "notice")
    first = inside(form, ipywidgets.RadioButtons)[0]
    assert first is control(form, "ratings/notice/source").parts["value"]


@pytest.mark.parametrize("entered", ["0", "99", "two", "-1", "²"])
def test_a_number_that_no_sentence_has_is_refused_kindly(case, journal, entered):
    form = widgets.ask("ratings", case)
    control(form, "ratings/gazette/source").parts["evidence"].value = entered
    assert f"Gazette has no sentence “{entered}”; write a number from 1 to" in form.status.value
    assert lines(journal) == []
    control(form, "ratings/gazette/source").parts["evidence"].value = " 2 "
    assert lines(journal) == [("ratings/gazette/source", {"value": None, "evidence": 2})]


def test_a_value_is_shown_with_its_words(case):
    form = widgets.ask("ratings", case)
    options = control(form, "ratings/gazette/source").parts["value"].options
    assert options == (("A – good", "A"), ("C – fair", "C"), ("F – unknown", "F"))
    options = control(form, "ratings/gazette/dating").parts["value"].options
    assert options[0] == ("0", 0)


def choose_text(form, text_id):
    form.text.set_state({"shown": text_id})
    return form.place.children[0]


def notes(sheet):
    """What stands under the ratings of a sheet, where anything does."""
    return [w.value for w in inside(sheet, ipywidgets.HTML)[1:] if w.value]


def test_a_text_is_built_when_it_is_chosen_and_comes_back(case, journal):
    form = widgets.ask("ratings", case)
    assert not any(id.startswith("ratings/notice") for id in form.fields)
    sheet = choose_text(form, "notice")
    control(form, "ratings/notice/dating").value = {"value": 0, "evidence": "2"}
    assert lines(journal) == [("ratings/notice/dating", {"value": 0, "evidence": 2})]
    assert choose_text(form, "gazette") is not sheet
    assert choose_text(form, "notice") is sheet
    again = widgets.ask("ratings", case)
    assert "Kept from before. Notice: 1 of 3" in again.status.value
    choose_text(again, "notice")
    assert journal.answer("ratings/notice/dating") == {"value": 0, "evidence": 2}
    assert control(again, "ratings/notice/dating").value == {"value": 0, "evidence": "2"}


def test_each_tab_says_how_far_its_text_is(case, journal):
    form = widgets.ask("ratings", case)
    choose_text(form, "notice")
    control(form, "ratings/notice/dating").value = {"value": 0, "evidence": "2"}
    assert form.text.badges == {"gazette": "0/3", "notice": "1/3"}
    journal.write("ratings/notice/dating", None)
    fields.show_again()
    assert form.text.badges == {"gazette": "0/3", "notice": "0/3"}


def test_the_sentence_is_shown_in_full_and_the_kind_word_is_near(case):
    form = widgets.ask("ratings", case)
    sheet = form.place.children[0]
    assert notes(sheet) == []
    cell = control(form, "ratings/gazette/source")
    cell.parts["value"].value = "C"
    assert len(notes(sheet)) == 1 and "click the sentence that made you decide" in notes(sheet)[0]
    cell.parts["evidence"].value = "2"
    assert case.sentences_of("gazette")[1].text.split()[-1] in notes(sheet)[0]
    assert '<span class="kit-n">2</span>' in notes(sheet)[0] and "click" not in notes(sheet)[0]
    cell.parts["value"].value = None
    assert "Now choose the rating" in notes(sheet)[0]


def test_the_text_beside_it_shows_what_is_marked_and_what_is_evidence(case, journal):
    journal.write("marks/gazette", {"3": "marked"})
    form = widgets.ask("ratings", case)
    assert form.text.value == {"gazette/3": "marked"}
    control(form, "ratings/gazette/source").value = {"value": "C", "evidence": "2"}
    control(form, "ratings/gazette/dating").value = {"value": 1, "evidence": "2"}
    assert form.text.evidence == {"gazette/2": ["Source", "Dating"]}
    control(widgets.reader("gazette", case=case), "marks/gazette").value = {"1": "marked"}
    assert form.text.value == {"gazette/1": "marked"}
    assert journal.answer("marks") == {"gazette": {"1": "marked"}}


def test_a_rating_with_one_column_shows_every_text(case):
    form = widgets.ask("trust", case)
    assert "Gazette" in inside(form, ipywidgets.HTML)[1].value
