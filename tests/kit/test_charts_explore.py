"""The timeline that answers, without a browser: what the page is given, and that it stays data."""

import base64
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit import charts, measures
from kit.charts.explore import COLUMNS, answers, explorer
from kit.charts.figure import escape, figure
from kit.charts.style import text_name
from kit.charts.timeline import timeline
from kit.data import spans
from kit.errors import KitError

case = kit.data.load()
TABLES = {"tellings": measures.tellings(case), "recollections": measures.recollections(case)}
BOTH = pytest.mark.parametrize("name", TABLES)
OURS = [
    Path(charts.__file__).with_name(name) for name in ("timeline.js", "timeline.css", "figure.css")
]
HOSTILE = "</script><script>alert(1)</script><!-- “&amp;\u2028"


@cache
def explored(name):
    """The explorer of a real table, made once for all tests that only read it."""
    return explorer(TABLES[name], case.enlargement)


def of(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def read(table):
    """What the timeline is drawn from."""
    return timeline.read(*timeline.rows(table, case.enlargement))


def data_in(html):
    [data] = re.findall(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)
    return json.loads(data)


class Tags(HTMLParser):
    """Counts the tags of a page as a browser sees them."""

    def __init__(self, html):
        super().__init__()
        self.seen = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)


@BOTH
def test_picture_and_alt_text_are_those_of_show(name):
    shown = figure(timeline, TABLES[name], case.enlargement)
    html = explored(name)
    wide, narrow = re.findall(r"<img [^>]*>", html)
    assert wide in shown and narrow in shown
    assert html.startswith("<figure") and html.endswith("</script></figure>")
    assert html == explorer(TABLES[name], case.enlargement), "the same bytes each time"


@BOTH
def test_the_table_behind_it_has_the_quotes_and_their_sources(name):
    html = explored(name)
    heads = re.findall(r"<th [^>]*>(.*?)</th>", html)
    assert heads[: len(COLUMNS)] == [column.replace("_", " ") for column in COLUMNS]
    for quote in TABLES[name]["quote"]:
        assert all(escape(line) in html for line in quote.split("\n"))


@BOTH
def test_every_account_has_a_mark_and_stands_in_order_of_time(name):
    told = answers(read(TABLES[name]))
    accounts = told["accounts"]
    pictures = re.findall(r"base64,([^\"]+)", explored(name))
    for svg in (base64.b64decode(picture).decode() for picture in pictures):
        assert all(f'id="event-{account["id"]}"' in svg for account in accounts)
    assert len({account["id"] for account in accounts}) == len(TABLES[name])
    assert told["lanes"] == list(dict.fromkeys(map(text_name, TABLES[name]["lane"])))
    days = {row.gid: (row.event.start, row.told.start) for row in read(TABLES[name]).rows}
    order = [days[account["id"]] for account in accounts]
    assert order == sorted(order)


@BOTH
def test_the_page_is_given_what_the_table_says(name):
    given = data_in(explored(name))
    by_id = {account["id"]: account for account in given["accounts"]}
    tellings = read(TABLES[name]).rows
    for row, telling in zip(TABLES[name].itertuples(), tellings, strict=True):
        account = by_id[telling.gid]
        words = zip(row.quote.split("\n"), row.source.split("\n"), strict=True)
        assert account["quotes"] == [list(pair) for pair in words]
        facts = dict(account["facts"])
        assert facts["Event"] == f"{telling.event} ({telling.event.precision})"
        assert facts["Told"].startswith("no earlier than ") == row.told_date.endswith("/..")
        assert facts["Lag"] == telling.lag
        lines = *row.quote.split("\n"), *row.source.split("\n")
        for part in (text_name(row.lane), *facts.values(), *lines):
            assert part in account["name"]


def test_what_is_not_known_is_said():
    rows = ["a", "x", "", "2001", "", "A1"], ["", "y", "2000", "", "so", "A2"]
    first, second = answers(read(of(*rows)))["accounts"]
    assert (first["lane"], second["lane"]) == ("no name", "a")
    assert dict(first["facts"]) == {
        "Event": "2000 (year)",
        "Told": "no date given",
        "Lag": "not known",
    }
    assert dict(second["facts"])["Event"] == "no date given"
    assert second["quotes"] == [("", "A1")]


def test_no_quote_breaks_out_of_the_page():
    table = of([HOSTILE, HOSTILE, "2000", "2001", HOSTILE, HOSTILE])
    harmless = of(["a", "b", "2000", "2001", "c", "d"])
    html = explorer(table, case.enlargement)
    assert Tags(html).seen == Tags(explorer(harmless, case.enlargement)).seen
    [account] = data_in(html)["accounts"]
    assert account["quotes"] == [[HOSTILE, HOSTILE]]
    assert account["lane"] == HOSTILE


def test_an_empty_table_is_one_sentence():
    for table in (of(), of(["a", "b", "", "", "", ""])):
        html = explorer(table, case.enlargement)
        assert html == figure(timeline, table, case.enlargement)
        assert Tags(html).seen == ["p"]


def test_bad_tables_are_refused_in_a_sentence():
    bare = TABLES["tellings"].drop(columns="quote")
    with pytest.raises(KitError, match="this one has no quote"):
        explorer(bare, case.enlargement)
    uneven = of(["a", "b", "2000", "", "one\ntwo", "A1"])
    with pytest.raises(KitError, match="as many lines in quote as in source; a b has 2 and 1"):
        explorer(uneven, case.enlargement)


def test_explore_displays_the_explorer(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    table = TABLES["recollections"]
    assert charts.explore(table, case.enlargement) is None
    assert [thing.data for thing in shown] == [explorer(table, case.enlargement)]


@BOTH
def test_the_table_is_read_once_and_every_date_parsed_once(name, monkeypatch):
    calls, read = [], timeline.read
    monkeypatch.setattr(timeline, "read", lambda *rows: calls.append(rows) or read(*rows))
    table = TABLES[name]
    written = {*table["event_date"], *table["told_date"], *case.enlargement["accession_date"]}
    known = {kit.data.span(text).known.text for text in written if text}
    spans._parsed.cache_clear()
    explorer(table, case.enlargement)
    assert len(calls) == 1
    assert spans._parsed.cache_info().misses == len(written - {""} | known)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_script_and_style_load_nothing_and_cannot_end_early(path):
    text = path.read_text(encoding="utf-8")
    loading = ("http:", "https:", "fetch(", "XMLHttpRequest", "WebSocket", "@import", "url(")
    assert [
        word for word in (*loading, "import(", "</script", "</style", "<!--") if word in text
    ] == []
    assert len(text.splitlines()) <= 335
