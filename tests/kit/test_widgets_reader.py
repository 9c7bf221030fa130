"""The card and the reader without a browser: what the page would set, and what is kept of it."""

import re
import shutil

import pytest
import traitlets

import kit
from kit import data, exercises, widgets
from kit.exercises import ExerciseError
from kit.widgets import fields
from kit.widgets.base import escape
from kit.widgets.reader import TAGS, MarkedText, cross_references
from tests.made_up_forms import SMALL, case_with, control, inside, lines

pytestmark = pytest.mark.usefixtures("journal")

TYPES = """
[[exercise]]
id = "types"
notebook = "02_bridge"
kind = "matrix"
in_reader = true
points = 1
title = "What is it?"
prompt = "Say."
options = [{ id = "fact", text = "fact claim" }, { id = "hedge", text = "hedge" }]
rows = [
  { id = "notice_2", text = "Notice 2: “…”" },
  { id = "gazette_1", text = "Gazette 1: “…”" },
  { id = "gazette_3", text = "Gazette 3: “…”" },
]
columns = [{ id = "type", text = "Type" }]

[[exercise]]
id = "verdict"
notebook = "05_bridge"
kind = "several"
points = 1
title = "Is it so?"
prompt = "Look."
rows = [{ id = "C01", text = "…" }]
"""


@pytest.fixture
def asking(tmp_path):
    """The small case with sentences to tag, and a claim asked about."""
    return case_with(tmp_path / "case", TYPES)


def set_by_page(form, text_id, value):
    """Set the marks of a text as a message from the page would, which sends those of all texts."""
    text = inside(form, MarkedText)[0]
    others = {id: mark for id, mark in text.value.items() if not id.startswith(f"{text_id}/")}
    own = {f"{text_id}/{number}": mark for number, mark in value.items()}
    text.set_state({"value": others | own})


def page_of(form):
    return inside(form, MarkedText)[0].page


# the card


def test_the_card_says_what_is_not_printed(case):
    page = widgets.card("notice", case)._repr_html_()
    assert "<dd>Did Weirbank ask?</dd>" in page
    assert page.count("not printed") == 3


# the text


def test_the_reader_shows_every_sentence_once(case):
    for text_id, text in case.texts.items():
        form = widgets.reader(text_id, case=case)
        numbers = [f">{s.number}</sup>" for s in case.sentences_of(text_id)]
        assert all(page_of(form).count(number) == 1 for number in numbers)
        article = page_of(form).partition("<article")[2]
        assert article.count("<p") == sum(bool(line.strip()) for line in text.split("\n"))
        assert page_of(form) in form._repr_html_()
        assert repr(form) == f"Reader: {text_id}, {len(numbers)} sentences"


def test_the_reader_keeps_every_word_of_the_course():
    case = data.load()
    for text_id in case.texts:
        page = widgets.reader(text_id).html
        assert all(escape(s.text) in page for s in case.sentences_of(text_id))
        assert "Where it was found" in page


def test_a_text_cannot_smuggle_a_script(asking, monkeypatch):
    text = "A heading\nHe said <script>alert(1)</script> & left. “Why?”"
    monkeypatch.setitem(asking.texts, "notice", text)
    row = next(row for row in asking.rows("sources") if row["text_id"] == "notice")
    monkeypatch.setitem(row, "author_as_printed", "<script>alert(2)</script>")
    pages = [widgets.reader("notice", case=asking).html, page_of(widgets.ask("types", asking))]
    for page in [*pages, widgets.card("notice", asking)._repr_html_()]:
        assert "<script" not in page
        assert "&lt;script&gt;" in page


# marking


@pytest.mark.parametrize(
    ("tag", "id", "value"),
    [
        (False, "marks/notice", {"1": "marked", "2": "marked"}),
        (True, "tags/notice", {"1": "fact", "2": "hedge"}),
    ],
)
def test_what_the_page_sets_is_kept_and_comes_back(case, journal, tag, id, value):
    form = widgets.reader("notice", tag, case)
    assert lines(journal) == []
    set_by_page(form, "notice", value)
    assert lines(journal) == [(id, value)]
    assert "Saved." in form.status.value
    again = widgets.reader("notice", tag, case)
    assert control(again, id).value == value
    assert "Kept from before." in again.status.value
    set_by_page(again, "notice", {})
    assert lines(journal)[-1] == (id, None)
    assert lines(journal)[:-1] == [(id, value)]


def test_what_is_no_sentence_and_no_mark_is_left_out(case, journal):
    form = widgets.reader("notice", case=case)
    marks, text = control(form, "marks/notice"), inside(form, MarkedText)[0]
    set_by_page(form, "notice", {"2": "marked", "99": "marked", "1": "fact", "x": 3})
    assert marks.value == {"2": "marked"}
    assert lines(journal) == [("marks/notice", {"2": "marked"})]
    marks.value = {"2": "marked", "99": "marked"}  # as a journal of another text would have it
    assert marks.value == {"2": "marked"}
    with pytest.raises(traitlets.TraitError):
        text.set_state({"value": "marked"})
    assert marks.value == {"2": "marked"}


def test_marks_and_tags_of_one_text_are_apart(case, journal):
    set_by_page(widgets.reader("notice", case=case), "notice", {"1": "marked"})
    set_by_page(widgets.reader("notice", True, case), "notice", {"2": "fact"})
    assert journal.answer("marks/notice") == {"1": "marked"}
    assert journal.answer("tags/notice") == {"2": "fact"}


def test_two_readers_follow_each_other_one_of_a_text_and_one_of_all(case, journal):
    first, second = widgets.reader("notice", case=case), widgets.reader(case=case)
    set_by_page(first, "notice", {"2": "marked"})
    assert control(second, "marks/notice").value == {"2": "marked"}
    set_by_page(second, "gazette", {"1": "marked"})
    assert control(first, "marks/notice").value == {"2": "marked"}
    journal.write("marks/notice", {"1": "marked"})
    fields.show_again()
    assert control(first, "marks/notice").value == {"1": "marked"}
    both = {"notice/1": "marked", "gazette/1": "marked"}
    assert inside(second, MarkedText)[0].value == both


# all texts behind tabs, each under its heading


def test_without_an_id_the_reader_has_all_texts_in_the_learners_order(journal):
    course = data.load()
    journal.write("handin/order", ["news", "blog", "factcheck", "forum", "article"])
    page = page_of(widgets.reader())
    assert re.findall(r'data-text="(\w+)"', page) == journal.answer("handin/order")
    headings = re.findall(r"</svg>([^<]+ · [^<]+)</p>", page)
    assert headings[2:4] == ["Fact-check · 3 of 5", "Forum · 4 of 5"]
    assert "460 words, about 2 minutes." in page
    for resource in course.dictionary["resources"]:
        assert escape(resource.get("kit:lookFor", "")) in page
    assert page.count("What to look for:") == 5


def test_a_case_that_names_nothing_and_advises_nothing_has_its_headings(case):
    page = page_of(widgets.reader(case=case))
    assert "Gazette · 1 of 2</p>" in page and "48 words, about 1 minute." in page
    assert "What to look for" not in page


def test_a_text_has_one_sign_wherever_its_name_stands(case, journal):
    colours = [look.colour for look in data.LOOKS[:5]]
    pages = [page_of(widgets.reader()), *(widgets.card(id).html for id in data.load().texts)]
    for page in ("".join(pages[:1]), "".join(pages[1:])):
        assert re.findall(r'fill="(#\w+)"', page) == colours


# tagging the sentences of an exercise


def test_each_sentence_of_an_exercise_stands_between_its_neighbours(asking):
    form = widgets.ask("types", asking)
    page = page_of(form)
    assert re.findall(r'data-id="([^"]+)"', page) == ["notice_2", "gazette_1", "gazette_3"]
    assert re.findall(r'of">.*?</svg>(\w+)</p>', page) == ["Notice", "Gazette"]
    notice = page.partition("Gazette")[0]
    numbers = [s.number for s in asking.sentences_of("notice")][:3]
    assert [int(n) for n in re.findall(r">(\d+)</sup>", notice)] == numbers
    assert inside(form, MarkedText)[0].tags == {"fact": "fact claim", "hedge": "hedge"}


def test_a_tag_is_kept_as_any_answer_of_a_matrix(asking, journal):
    form = widgets.ask("types", asking)
    text = inside(form, MarkedText)[0]
    assert list(form.fields) == [f"types/{row}/type" for row in text.ids]
    text.set_state({"value": {"notice_2": "hedge"}})
    text.set_state({"value": {"notice_2": "hedge", "gazette_3": "fact"}})
    text.set_state({"value": {"gazette_3": "fact"}})
    assert lines(journal) == [
        ("types/notice_2/type", "hedge"),
        ("types/gazette_3/type", "fact"),
        ("types/notice_2/type", None),
    ]
    assert "Saved." in form.status.value
    again = inside(widgets.ask("types", asking), MarkedText)[0]
    assert again.value == {"gazette_3": "fact"}
    control(form, "types/gazette_1/type").value = "hedge"
    assert text.value == again.value == {"gazette_1": "hedge", "gazette_3": "fact"}


def test_a_tag_of_long_ago_is_no_tag(asking, journal):
    journal.write("types/gazette_1/type", "lie")
    journal.write("types/gazette_3/type", ["fact"])
    form = widgets.ask("types", asking)
    assert inside(form, MarkedText)[0].value == {}
    assert "No sentence tagged yet." in form.status.value


def test_the_tags_of_the_reader_are_those_of_the_course():
    course = exercises.load(data.load())["sentence_types"]
    assert {option.id: option.text for option in course.options} == TAGS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('"notice_2"|"notice"', "names no sentence"),
        ('"notice_2"|"notice_0"', "names no sentence"),
        ('"Type" }]|"Type" }, { id = "more", text = "More" }]', "one column"),
        ("in_reader = true|in_reader = 'yes'", "true or false"),
    ],
)
def test_an_exercise_that_does_not_fit_the_reader_is_refused(tmp_path, change, said):
    case = case_with(tmp_path / "case", TYPES.replace(*change.split("|")))
    with pytest.raises(ExerciseError, match=said):
        exercises.load(case)


@pytest.mark.parametrize("row", ["notice_99", "nothing_1"])
def test_a_sentence_that_no_text_has_is_said(tmp_path, row):
    case = case_with(tmp_path / "case", TYPES.replace("notice_2", row))
    assert row in repr(widgets.ask("types", case))


# quoted elsewhere


def test_sentences_asked_about_are_named_with_title_and_notebook(asking):
    assert cross_references(asking, "notice")[2] == ["Asked about in notebook 2, “What is it?”."]
    assert cross_references(asking, "gazette")[3] == [
        "Asked about in notebook 2, “What is it?”.",
        "Asked about in notebook 5, “Is it so?”.",
    ]
    page = widgets.reader("notice", case=asking).html
    assert page.count("kit-quoted-note") == len(cross_references(asking, "notice"))


def test_evidence_the_learner_picked_is_named(case, journal):
    journal.write("ratings/notice/dating", {"value": 2, "evidence": 1})
    journal.write("ratings/notice/source", {"value": "A", "evidence": None})
    assert cross_references(case, "notice")[1] == ["Your evidence in “Rate”, Dating."]
    assert "Your evidence in “Rate”" not in widgets.reader("gazette", case=case).html


def test_what_is_quoted_does_not_come_from_the_key(asking, monkeypatch):
    before = {text_id: cross_references(asking, text_id) for text_id in asking.texts}
    monkeypatch.setattr(asking, "key", None)
    assert {text_id: cross_references(asking, text_id) for text_id in asking.texts} == before


def test_a_case_without_exercises_can_be_read(tmp_path):
    shutil.copytree(SMALL, tmp_path / "case")
    (tmp_path / "case" / "exercises.toml").unlink()
    case = data.load(tmp_path / "case")
    assert "Quoted elsewhere" not in widgets.reader("notice", case=case).html
    assert kit.journal.current().state() == {}
