"""The words of a saved page stay, scripts and styles go."""

import sys

import pytest

from kit.errors import KitError
from teach.workshop.saved_page import read_page

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title> A  page </title>
<style>p { color: red }</style><script>alert("x")</script></head>
<body><!-- a remark --><nav><ul><li>Home<li>News</ul></nav>
<h1>Did she<br>ask?</h1><p>She <b>asked</b>,
they&nbsp;say “twice”.</p><noscript>Switch it on.</noscript>
<table><tr><td>one</td><td>two</td></tr></table><pre>a
  b</pre><img alt="a picture" src="x.png"><svg><text>drawn</text></svg>
</body></html>"""
WORDS = "Home\nNews\nDid she\nask?\nShe asked, they say “twice”.\none\ntwo\na\nb\n"


def test_the_words_of_a_page_stand_line_by_line():
    page = read_page("page.HTML", PAGE.encode())
    assert page.text == WORDS
    assert page.title == "A page"
    assert page.told == (
        "1 style sheet, 1 script, 1 note for pages without scripts, 1 picture, 1 drawing were "
        "taken out; 14 words stay."
    )


def test_a_page_says_itself_in_which_letters_it_is_written():
    page = '<meta charset="iso-8859-1"><p>Café</p>'.encode("latin-1")
    assert read_page("a.htm", page).text == "Café\n"


def test_a_text_stays_byte_for_byte_but_for_the_ends_of_its_lines():
    assert read_page("a.txt", b"\xef\xbb\xbfOne\r\n\r\n two \rthree").text == "One\n\n two \nthree"
    assert read_page("a.txt", "“Café”".encode()).text == "“Café”"
    assert read_page("a.txt", "“Café”".encode("cp1252")).text == "“Café”"


def test_without_the_parser_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "bs4", None)
    with pytest.raises(KitError, match="save the page as"):
        read_page("a.html", b"<p>So.</p>")
    assert read_page("a.txt", b"So.").text == "So."


def test_no_file_is_too_odd():
    for name in ("a.html", "a.txt", "a", ""):
        for content in (b"", b"\x00\xff\xfe", b"<", b"<p", b"<!--", bytes(range(256)), b"<script>"):
            assert "stay." in read_page(name, content).told
