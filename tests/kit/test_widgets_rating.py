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
    control(form, "ratings/gazette/source").value = {"value": "C", "evidence": 1}
    assert "Gazette: 1 of 3 ratings have their evidence." in form.status.value


def test_one_text_is_rated_at_a_time(case):
    form = widgets.ask("ratings", case)
    chooser = inside(form, ipywidgets.Dropdown)[0]
    assert len(inside(form, ipywidgets.Dropdown)) == 1 + 2 * 3
    chooser.value = "notice"
    assert (
        inside(form, ipywidgets.Dropdown)[1]
        is control(form, "ratings/notice/source").parts["value"]
    )


def test_evidence_lists_the_numbered_sentences(case):
    form = widgets.ask("ratings", case)
    listed = control(form, "ratings/gazette/source").parts["evidence"].options
    assert [number for _, number in listed[1:]] == [s.number for s in case.sentences_of("gazette")]
    assert listed[1][0].startswith("1 · ")
    assert max(len(text) for text, _ in listed) <= 86


def test_a_value_is_shown_with_its_words(case):
    options = control(widgets.ask("ratings", case), "ratings/gazette/source").parts["value"].options
    assert options[0] == ("– choose –", "")
    assert options[1:] == (("A – good", "A"), ("C – fair", "C"), ("F – unknown", "F"))
    options = control(widgets.ask("ratings", case), "ratings/gazette/dating").parts["value"].options
    assert options[1] == ("0", 0)


def choose_text(form, text_id):
    form.chooser.value = text_id
    return form.place.children[0]


def notes(sheet):
    """What stands under the ratings of a sheet, where anything does."""
    return [w.value for w in inside(sheet, ipywidgets.HTML) if w.value]


def test_a_text_is_built_when_it_is_chosen_and_comes_back(case, journal):
    form = widgets.ask("ratings", case)
    assert not any(id.startswith("ratings/notice") for id in form.fields)
    sheet = choose_text(form, "notice")
    control(form, "ratings/notice/dating").value = {"value": 0, "evidence": 2}
    assert lines(journal) == [("ratings/notice/dating", {"value": 0, "evidence": 2})]
    assert choose_text(form, "gazette") is not sheet
    assert choose_text(form, "notice") is sheet
    again = widgets.ask("ratings", case)
    assert "Kept from before. Notice: 1 of 3" in again.status.value
    choose_text(again, "notice")
    assert again.fields["ratings/notice/dating"].kept() == {"value": 0, "evidence": 2}


def test_the_list_of_texts_says_how_far_each_is(case, journal):
    form = widgets.ask("ratings", case)
    choose_text(form, "notice")
    control(form, "ratings/notice/dating").value = {"value": 0, "evidence": 2}
    assert form.chooser.options == (("Gazette – 0 of 3", "gazette"), ("Notice – 1 of 3", "notice"))
    assert form.chooser.value == "notice"
    assert "ratings/notice/dating" in form.fields and len(inside(form.place, ipywidgets.HTML)) == 3
    choose_text(form, "gazette")
    assert control(form, "ratings/gazette/source") in inside(form.place, ipywidgets.VBox)
    journal.write("ratings/notice/dating", None)
    fields.show_again()
    assert form.chooser.options[1] == ("Notice – 0 of 3", "notice")


def test_the_sentence_is_shown_in_full_and_the_kind_word_is_near(case):
    form = widgets.ask("ratings", case)
    sheet = form.place.children[0]
    assert notes(sheet) == []
    cell = control(form, "ratings/gazette/source")
    cell.parts["value"].value = "C"
    assert len(notes(sheet)) == 1 and "choose the sentence that made you decide" in notes(sheet)[0]
    cell.parts["evidence"].value = 2
    assert case.sentences_of("gazette")[1].text.split()[-1] in notes(sheet)[0]
    assert '<span class="kit-n">2</span>' in notes(sheet)[0] and "choose" not in notes(sheet)[0]
    cell.parts["value"].value = ""
    assert "Now choose the rating" in notes(sheet)[0]


def test_sentences_the_learner_marked_come_first(case, journal):
    journal.write("marks/gazette", {"3": "marked"})
    listed = control(widgets.ask("ratings", case), "ratings/gazette/source").parts["evidence"]
    assert [number for _, number in listed.options[:3]] == ["", 3, 1]
    assert listed.options[1][0].startswith("you marked 3 · ")
    assert len(listed.options) == 1 + len(case.sentences_of("gazette"))


def test_a_rating_with_one_column_shows_every_text(case):
    form = widgets.ask("trust", case)
    assert "Gazette" in inside(form, ipywidgets.HTML)[1].value
