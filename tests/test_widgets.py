"""Card and reader, until their own file has them."""

import pytest

from kit import data, widgets
from kit.widgets import fields

pytestmark = pytest.mark.usefixtures("journal")


def test_the_card_says_what_is_not_printed(case):
    page = widgets.card("notice", case)._repr_html_()
    assert "<dd>Did Weirbank ask?</dd>" in page
    assert page.count("not printed") == 3


def test_the_reader_shows_every_sentence_once(case):
    for text_id, text in case.texts.items():
        page = widgets.reader(text_id, case).html
        numbers = [f">{s.number}</sup>" for s in case.sentences(text_id)]
        assert all(page.count(number) == 1 for number in numbers)
        assert page.count("<p") == sum(bool(line.strip()) for line in text.split("\n"))
        assert widgets.reader(text_id, case).html == page


def test_the_reader_keeps_every_word_of_the_course():
    case = data.load()
    for text_id in case.texts:
        page = widgets.reader(text_id).html
        assert all(fields.escape(s.text) in page for s in case.sentences(text_id))
        assert "Where it was found" in page


def test_a_text_cannot_smuggle_a_script(case, monkeypatch):
    text = "A heading\nHe said <script>alert(1)</script> & left. “Why?”"
    monkeypatch.setitem(case.texts, "notice", text)
    row = next(row for row in case.rows("sources") if row["text_id"] == "notice")
    monkeypatch.setitem(row, "author_as_printed", "<script>alert(2)</script>")
    for page in (widgets.reader("notice", case), widgets.card("notice", case)):
        assert "<script" not in page._repr_html_()
        assert "&lt;script&gt;" in page._repr_html_()
