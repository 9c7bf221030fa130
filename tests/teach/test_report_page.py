"""The page of a class report: one file, read by ear, eye and on paper; what is typed stays text."""

import re
from html.parser import HTMLParser

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from teach.report.page import HIDDEN, Panel, page

matplotlib.use("Agg")

HOSTILE = (
    """</title></style><script>alert("1")</script> <img src=x onerror='a()'> & id="x" url(//x)"""
)
INVENTED = "These learners are invented."
VOID = {"meta"}


class Element:
    """An element of a page: its tag, attributes, the elements above it, its text so far."""

    def __init__(self, tag, attributes, above):
        self.tag, self.attributes, self.above, self.text = tag, dict(attributes), above, ""

    def is_in(self, other):
        return any(each is other for each in self.above)


class Read(HTMLParser):
    """All elements of a page, in order; it fails where one is not closed."""

    def __init__(self, html):
        super().__init__()
        self.all, self.open = [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.all.append(Element(tag, attributes, tuple(self.open)))
        if tag not in VOID:
            self.open.append(self.all[-1])

    def handle_startendtag(self, tag, attributes):
        self.all.append(Element(tag, attributes, tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        for each in self.open:
            each.text += data

    def tags(self, *names, within=None):
        found = [each for each in self.all if each.tag in names]
        return [each for each in found if within is None or each.is_in(within)]

    def one(self, name, within=None):
        [found] = self.tags(name, within=within)
        return found


def picture():
    """Draw what takes ids: a clip path, a marker, a legend, a label that looks like one."""
    _, ax = plt.subplots(figsize=(5, 3))
    ax.plot([0, 1], [1, 2], marker="o", label=HOSTILE)
    ax.fill_between([0, 1], [1, 2], hatch="/")
    ax.legend()
    return ax


def panels():
    counts = pd.DataFrame({"was_said": [12, None], "not said": [30, 11]}, ["true", "false"])
    return [
        Panel("sharper", "Sharper?", ("18 of 25 rose.", "7 fell."), picture, "Lines rise.", counts),
        Panel("sure", "Sure?", ("They were.",), picture, "Dots on a line.", notes=("Brier.",)),
        Panel("wide", "What was said?", table=counts.astype("Int64"), table_caption="Answers"),
        Panel("markers", "Do the markers agree?", ("Only one person has marked.",)),
    ]


def report(**options):
    return page("Class report", panels(), ("34 learners.", "k is 10."), **options)


def table_of(frame):
    """Return the rows of the page of one table: for each a list of (tag, kind, text)."""
    read = Read(page("T", [Panel("a", "A?", table=frame)]))
    rows = [read.tags("th", "td", within=row) for row in read.tags("tr")]
    return [[(x.tag, x.attributes.get("class", ""), x.text) for x in row] for row in rows]


# One file


def test_the_same_input_gives_the_same_bytes_whatever_the_settings_outside():
    first = report(invented=INVENTED)
    with plt.rc_context({"font.size": 20, "svg.fonttype": "path", "svg.hashsalt": None}):
        assert report(invented=INVENTED) == first
    assert plt.get_fignums() == []


def test_nothing_is_asked_for_from_anywhere_and_nothing_runs():
    html = report()
    assert set(re.findall(r"https?://[^\"'<> ]*", html)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.search("<script|<link|<img|<iframe|<object|<image", html)
    read = Read(html)
    looks = [each.text for each in read.tags("style")] + re.findall("<[^>]*>", html)
    assert not any(re.search(r"@import|url\((?!#)", look) for look in looks)
    assert not any({"src", "srcset", "data"} & set(each.attributes) for each in read.all)
    assert not any(name.startswith("on") for each in read.all for name in each.attributes)
    links = [
        value for each in read.all for name, value in each.attributes.items() if "href" in name
    ]
    assert links and all(link.startswith("#") for link in links)


def test_a_figure_is_closed_even_if_it_cannot_be_drawn():
    def broken():
        ax = picture()
        ax.set_title("$\\nothing$")
        return ax

    with pytest.raises(ValueError, match="nothing"):
        page("T", [Panel("a", "A?", (), broken, "Nothing.")])
    assert plt.get_fignums() == []


# Reading it


def test_every_id_is_there_once_and_whatever_is_pointed_at_is_there():
    html = report()
    ids = [each.attributes["id"] for each in Read(html).all if "id" in each.attributes]
    assert len(ids) == len(set(ids)) > 50
    used = re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)|labelledby="([^"]*)"', html)
    assert len(used) > 10
    assert {name for names in used for name in names if name} <= set(ids)


def test_every_picture_has_its_words_once_and_its_own_text_is_not_read():
    html = report()
    read = Read(html)
    figures = read.tags("figure")
    assert [each.attributes["aria-label"] for each in figures] == ["Lines rise.", "Dots on a line."]
    assert {each.attributes["role"] for each in figures} == {"img"}
    for figure in figures:
        assert read.one("svg", within=figure).attributes["aria-hidden"] == "true"
        assert html.count(figure.attributes["aria-label"]) == 1
    assert read.tags("figcaption", "title", within=read.one("main")) == []


def test_a_label_in_a_picture_is_text_and_stays_as_it_is():
    read = Read(report())
    assert all(HOSTILE in figure.text for figure in read.tags("figure"))


def test_headings_and_sections_follow_each_other_without_a_gap():
    read = Read(report())
    names = [each.tag for each in read.all if re.fullmatch("h[1-6]", each.tag)]
    assert names == ["h1"] + 4 * ["h2"]
    sections = read.tags("section")
    for section, panel in zip(sections, panels(), strict=True):
        head = read.one("h2", within=section)
        assert section.attributes["aria-labelledby"] == head.attributes["id"]
        assert (section.attributes["id"], head.text) == (panel.id, panel.title)
    links = read.tags("a", within=read.one("nav"))
    told = [(each.attributes["href"], each.text) for each in links]
    assert told == [(f"#{panel.id}", panel.title) for panel in panels()]


def test_the_picture_stands_first_then_what_it_says_then_the_table_folded():
    section = report().partition('<section id="sharper"')[2].partition("</section>")[0]
    order = ["<h2", "<figure", "18 of 25 rose.", "7 fell.", "<details><summary", "<table"]
    places = [section.index(each) for each in order]
    assert places == sorted(places)


def test_an_empty_panel_says_its_sentence_and_nothing_else():
    read = Read(report())
    section = read.tags("section")[-1]
    assert [each.text for each in read.tags("p", within=section)] == ["Only one person has marked."]
    assert read.tags("figure", "svg", "table", "details", within=section) == []


def test_a_page_without_panels_is_a_page():
    read = Read(page("Class report", [], about=("Nobody handed in.",)))
    assert "Nobody handed in." in read.one("main").text
    assert read.tags("nav", "section") == []


# Invented, warned


def test_what_is_invented_says_so_in_the_title_at_the_top_and_in_every_panel():
    read = Read(report(invented=INVENTED))
    assert INVENTED in read.one("title").text
    tags = [each.tag for each in read.all if each.is_in(read.one("main"))]
    assert tags[:2] == ["h1", "p"]
    assert read.tags("p")[0].text == INVENTED
    for section in read.tags("section"):
        assert section.text.count(INVENTED) == 1
    cards = [each for each in read.all if each.attributes.get("class") == "card"]
    assert len(cards) == 2 and all(INVENTED in card.text for card in cards)


def test_what_is_not_invented_does_not_say_so_and_a_warning_stands_at_the_top_alone():
    assert "invented" not in re.sub("<style.*?</style>", "", report(), flags=re.S)
    read = Read(report(warning="Two files could not be read."))
    assert read.tags("p")[0].text == "Two files could not be read."
    assert read.one("main").text.count("could not be read") == 1
    assert read.one("title").text == "Class report"


# Tables


def test_every_table_has_a_caption_and_heads_with_their_scope():
    read = Read(report())
    captions = [read.one("caption", within=table).text for table in read.tags("table")]
    assert captions == ["Sharper?", "Answers"]
    for head in read.tags("th"):
        above = {each.tag for each in head.above}
        assert head.attributes["scope"] == ("col" if "thead" in above else "row")


def test_a_table_can_be_moved_sideways_by_keys_and_stands_open_without_a_picture():
    read = Read(report())
    regions = [each for each in read.all if each.attributes.get("class") == "sideways"]
    assert {(each.attributes["role"], each.attributes["tabindex"]) for each in regions} == {
        ("region", "0")
    }
    names = [each.attributes["aria-label"] for each in regions]
    assert names == [
        "Picture: Sharper?", "Table: Sharper?", "Picture: Sure?", "Table: What was said?"
    ]  # fmt: skip
    assert ["open" in each.attributes for each in read.tags("details")] == [False, True]


def test_numbers_stand_to_the_right_and_hidden_cells_say_so():
    frame = pd.DataFrame(
        {"who": ["a", None], "n": [12, pd.NA], "share": [0.12345, 12345.6], "of": ["1 of 2", "<b>"]}
    )
    assert table_of(frame) == [
        [("th", "", "who"), ("th", "number", "n"), ("th", "number", "share"), ("th", "", "of")],
        [("th", "", "a"), ("td", "number", "12"), ("td", "number", "0.1235"), ("td", "", "1 of 2")],
        [
            ("th", "", "hidden"),
            ("td", "number", "hidden"),
            ("td", "number", "12346"),
            ("td", "", "<b>"),
        ],
    ]


@pytest.mark.parametrize(
    "index, head, first",
    [
        (None, "n", "7"),
        (["x"], "row", "x"),
        (pd.Index(["x"], name="said_by"), "said by", "x"),
        (pd.Index(["x"], name="n"), "n", "x"),
        (pd.RangeIndex(3, 4, name="week"), "week", "3"),
    ],
)
def test_rows_are_named_by_the_index_or_else_by_the_first_column(index, head, first):
    heads, row = table_of(pd.DataFrame({"n": [7], "m": [8]}, index))
    assert (heads[0][0], heads[0][2], row[0][0], row[0][2]) == ("th", head, "th", first)
    assert (row[-1][0], row[-1][2]) == ("td", "8")


def test_what_hidden_means_is_said_once_at_the_end_and_only_if_something_is():
    assert Read(report()).tags("p")[-1].text == HIDDEN
    assert report().count(HIDDEN) == 1
    whole = page("T", [Panel("a", "A?", table=pd.DataFrame({"n": [10], "m": [20]}))])
    assert HIDDEN not in whole and "#page.hidden" not in whole


def test_the_frame_that_was_given_is_not_changed():
    frame = pd.DataFrame({"n": [1, None]}, ["x", "y"])
    before = frame.copy()
    table_of(frame)
    pd.testing.assert_frame_equal(frame, before)


# What is typed, what is wrong


def test_what_was_typed_stands_there_as_text_and_makes_no_element():
    def tags(text):
        frame = pd.DataFrame({text: [text, "a"], "n": [text, None]}, [text, "b"])
        words = Panel("a", text, (text,), picture, text, frame, text, (text,))
        html = page(text, [words, Panel("b", text, (text,))], (text,), text, text)
        return html, [(each.tag, *sorted(each.attributes)) for each in Read(html).all]

    (html, hostile), (_, plain) = tags(HOSTILE), tags("plain")
    assert hostile == plain
    assert "<script" not in html and "<img" not in html
    assert Read(html).one("h1").text == HOSTILE
    assert Read(html).one("figure").attributes["aria-label"] == HOSTILE
