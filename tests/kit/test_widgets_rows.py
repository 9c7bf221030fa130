"""The matrix with sentences: one row at a time, the rest silent at one press, the whole a table."""

import html
import re
from dataclasses import replace

import ipywidgets
import pytest

from kit import data, exercises, widgets
from kit.widgets.rows import RowByRow
from tests.made_up_forms import control, inside, lines, press


@pytest.fixture
def form(journal):
    return widgets.ask("stances")


def words_of(widget):
    """The words of an HTML widget, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", widget.value)).split())


def shown(form):
    """The words of the row that is on the page."""
    [block] = form.place.children
    return words_of(block.children[0])


def test_each_row_has_its_sentences_beside_the_choice_they_are_for(form):
    case = data.load()
    stances = exercises.load(case)["stances"]
    for row, block in zip(stances.rows, form.rows.values(), strict=True):
        heading, *cells = block.children
        assert words_of(heading) == row.text
        for column, cell in zip(stances.columns, cells, strict=True):
            quote, choice = cell.children
            sentences = exercises.nearest(stances, case, row.id, column.id)
            told = [f"{each.number} {each.text}" for each in sentences]
            assert words_of(quote) == f"{column.text} {' '.join(told)}"
            assert f'fill="{data.look(column.id, case.texts).colour}"' in quote.value
            assert choice is control(form, f"stances/{row.id}/{column.id}")
            assert row.text in html.unescape(choice.description)


def test_one_row_is_on_the_page_and_next_goes_round(form):
    assert shown(form).startswith("P1 ")
    assert len(inside(form, ipywidgets.RadioButtons)) == 5
    press(form, "Next ›")
    assert shown(form).startswith("P2 ")
    press(form, "‹ Previous")
    press(form, "‹ Previous")
    assert shown(form).startswith("P13 ")
    form.chosen.value = "P6"
    assert shown(form).startswith("P6 ")


def test_an_answer_is_counted_and_leaves_the_row_where_it_is(form, journal):
    press(form, "Next ›")
    control(form, "stances/P2/news").value = "denies"
    assert lines(journal) == [("stances/P2/news", "denies")]
    assert shown(form).startswith("P2 ") and form.chosen.value == "P2"
    assert form.chosen.options[1][0].startswith("2 of 8 (1 of 5 done) · P2 ")
    assert "1 of 40 answered" in form.status.value


def test_one_press_makes_silent_what_has_no_answer_yet(form, journal):
    control(form, "stances/P1/blog").value = "asserts"
    press(form, "Not answered yet: all silent")
    others = dict.fromkeys(["forum", "article", "news", "factcheck"], "silent")
    assert journal.answer("stances") == {"P1": {"blog": "asserts"} | others}
    assert "5 of 40 answered" in form.status.value


def test_a_matrix_that_knows_no_silence_has_no_such_button(journal):
    stances = exercises.load(data.load())["stances"]
    form = RowByRow(replace(stances, options=stances.options[:3]), data.load())
    assert not any("silent" in each.description for each in inside(form, ipywidgets.Button))


def test_it_opens_again_at_the_first_row_that_is_not_filled(form, journal):
    for _ in range(2):
        press(form, "Not answered yet: all silent")
        press(form, "Next ›")
    again = widgets.ask("stances")
    assert shown(again).startswith("P3 ")
    assert "Kept from before. 10 of 40 answered" in again.status.value


def test_the_whole_is_a_table_that_follows(form):
    assert form.table.value == ""
    form.whole.value = True
    assert form.table.value.count("<tr>") == 9
    control(form, "stances/P1/news").value = "hedges"
    assert form.table.value.count("<td>hedges</td>") == 1
    form.whole.value = False
    assert form.table.value == ""


def test_what_is_wrong_is_marked_also_in_a_row_that_was_not_on_the_page(form, journal):
    control(form, "stances/P1/forum").value = "denies"
    control(form, "stances/P4/blog").value = "asserts"
    press(form, "Check")
    assert len(marks(form)) == 1
    form.chosen.value = "P4"
    assert len(marks(form)) == 1
    control(form, "stances/P4/blog").value = "silent"
    assert marks(form) == []


def marks(form):
    """What is told at the choices of the row that is on the page."""
    return [text for text in inside(form.place, ipywidgets.HTML) if "Not yet." in text.value]
