"""Every chart on the real tables: nothing overlaps, nothing is cut, every number said is true."""

import math
import random
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.dates import date2num

import kit
from kit import charts, measures
from kit.charts import Chart, figure, style
from kit.charts.timeline import UNSURE
from kit.errors import KitError
from kit.submission import class_line
from kit.widgets import decided
from tests.draw_main_chart import PICTURE, main_chart
from tests.kit import chart_checks
from tests.kit.chart_checks import drawn, numbers, texts_of
from tests.kit.test_short_line import judgement

case = kit.data.load()


def gappy(ratings):
    """Return the ratings with some scores missing, as a learner halfway through has them."""
    ratings = ratings.astype(object)
    ratings.loc["blog", "dating_score"] = None
    ratings.loc["article", "balance_score"] = ""
    return ratings


def crowded():
    rows = [(name, "C", 3) for name in case.texts]
    return pd.DataFrame(rows, columns=charts.halo.columns[0])


def theirs(ratings):
    """Return ratings of three of the texts, each score one or two steps up from where it is."""
    other = ratings.copy().head(3)
    scores = list(charts.profiles.columns[0][1:])
    other[scores] = (other[scores].astype(int) + numpy.array([0, 1, 2, 0, 1, 2])) % 5
    other.attrs["kit:whose"] = "The editors' ratings"
    return other


def half_answered(stances):
    return stances.assign(stance=stances["stance"].where(stances["text_id"] != "blog", ""))


def class_of(id, size=25):
    """Return the table of an invented class: half of its marks beside those of one learner."""
    rng, exercise = random.Random(id), kit.exercises.find(id, case)
    judged = [judgement(rng, id, share=0.9) for _ in range(size)]
    told = class_line.told(judged, exercise)
    own = judgement(rng, id, share=1).answer
    editors = {} if exercise.options else decided.editors_of(exercise, case)
    return decided.table_of(exercise, case, told, own, editors, f"Your class, {size} learners")


IN_WORDS = case.key.stances.merge(case.propositions, on="proposition_id")
REAL = {
    "enlargement": (charts.enlargement, case.enlargement),
    "tellings": (charts.timeline, measures.tellings(case), case.enlargement),
    "recollections": (charts.timeline, measures.recollections(case), case.enlargement),
    "two profiles": (charts.profiles, theirs(case.key.ratings), case.key.ratings),
    "profiles": (charts.profiles, case.key.ratings),
    "profiles with gaps": (charts.profiles, gappy(case.key.ratings)),
    "halo": (charts.halo, case.key.ratings),
    "halo in one cell": (charts.halo, crowded()),
    "stances": (charts.stances, IN_WORDS),
    "a class's ratings": (charts.spread, class_of("ratings")),
    "a class's verdicts": (charts.spread, class_of("verdict_scales")),
    "a class's stances": (charts.stances, class_of("stances")),
    "stances half answered": (charts.stances, half_answered(case.key.stances)),
}
ALL = pytest.mark.parametrize("name", REAL)
WIDTHS = pytest.mark.parametrize("width", [style.WIDE, style.NARROW], ids=["wide", "narrow"])


@cache
def real(name, width=style.WIDE):
    """Return a chart of a real table, drawn once for all tests that only look at it."""
    return drawn(*REAL[name], width=width)


# What is drawn


@WIDTHS
@ALL
def test_no_label_stands_on_another_and_none_is_cut(name, width):
    chart_checks.no_label_stands_on_another_and_none_is_cut(real(name, width))
    assert "…" not in chart_checks.words_in(real(name, width))


@WIDTHS
@ALL
def test_no_letter_is_smaller_than_12_pixels_on_the_page(name, width):
    ax = real(name, width)
    assert ax.figure.get_figwidth() == width
    assert min(text.get_size() for text in texts_of(ax)) * 96 / 72 >= 12


@ALL
def test_a_chart_is_as_wide_as_the_page_has_room(name):
    chart, *tables = REAL[name]
    root = charts.svg(chart.draw, chart.read(*chart.rows(*tables)))
    inches = float(re.search(r'<svg[^>]* width="([\d.]+)pt"', root)[1]) / 72
    assert inches == pytest.approx(style.WIDE)


def test_the_page_shows_the_narrow_drawing_where_the_wide_one_has_no_room():
    """The style in the page knows in pixels how wide both are."""
    css = Path(figure.__file__).with_name("figure.css").read_text(encoding="utf-8")
    assert f"@container (max-width: {int(style.WIDE * 96)}px)" in css
    assert f"min-width: {math.ceil(style.NARROW * 96)}px" in css


@WIDTHS
@pytest.mark.parametrize("name", ["tellings", "recollections"])
def test_no_word_covers_a_mark(name, width):
    ax = real(name, width)
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(ax)]
    marks = [line for line in ax.lines if re.match("event-|told-", line.get_gid() or "")]
    assert len(marks) == 2 * len(REAL[name][1])
    for mark in marks:
        middle = ax.transData.transform(mark.get_xydata())[0]
        covering = [text for text, box in boxes if box.padded(2).contains(*middle)]
        assert covering == [], mark.get_gid()


def test_the_steps_are_the_members():
    ax = charts.enlargement(case.enlargement)
    (line,) = ax.lines
    assert line.get_color() == style.GREY
    assert list(line.get_ydata()[::2]) == list(line.get_ydata()[1::2]), "level until the next round"
    for day, members in zip(line.get_xdata()[:-1:2], line.get_ydata()[::2], strict=False):
        assert measures.members_on(case.enlargement, day.isoformat()) == (members, members)
    words = " ".join(text.get_text().replace("\n", " ") for text in ax.texts)
    joined = case.enlargement.loc[case.enlargement["accession_date"] > "1949-04-04", "country"]
    assert [name for name in joined if name not in words] == []
    assert "4 April 1949: 12 founders" in words


def test_a_date_keeps_its_precision():
    """The mark stands in the middle of what the date may mean, and a bar covers all of it."""
    table = pd.DataFrame(
        [["a", "month", "2000-06", "2017-06-03"], ["a", "year", "2001", "2015-09/.."]],
        columns=charts.timeline.columns[0],
    )
    ax = charts.timeline(table, case.enlargement)
    lines = {line.get_gid(): line for line in ax.lines}
    bars = {bar.get_gid(): bar for bar in ax.patches if bar.get_gid()}
    for gid, text in (("event-a-month", "2000-06"), ("event-a-year", "2001")):
        when = kit.data.span(text)
        start, end = date2num(when.start), date2num(when.end) + 1
        bar = bars[f"{gid}-bar"]
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == (start, end)
        assert lines[gid].get_xdata()[0] == (start + end) / 2
    assert "told-a-month-bar" not in bars and "told-a-year-bar" in bars
    words = [text.get_text() for text in ax.texts]
    assert "16 to 17 years" in words or "month · June 2000 · 16 to 17 years" in words
    assert "September 2015 or later" in words
    assert any(word.endswith("13 years or more") for word in words)


DOUBTFUL = [
    ["a", "closed", "1991/1995", "2017-06-03"],
    ["a", "ceiling", "../1955", "2011"],
    ["b", "floor", "1991/..", "2009-04/.."],
    ["b", "about", "1984-05-25~", "2017?"],
]


def fades(ax, left, right):
    """The bars that reach from one day to another, ever paler, as heights on the page."""
    found = []
    for bars in ax.collections:
        xs = [x for path in bars.get_paths() for x in path.vertices[:, 0]]
        if len(bars.get_paths()) == 12 and (min(xs), max(xs)) == pytest.approx((left, right)):
            alphas = list(bars.get_facecolors()[:, 3])
            assert alphas == sorted(alphas, reverse=True) and alphas[0] > alphas[-1]
            paths = [path.vertices[:, 0].mean() for path in bars.get_paths()]
            found.append("right" if paths[0] < paths[-1] else "left")
    return found


def test_an_open_end_fades_to_its_side_and_a_closed_interval_is_a_bar():
    ax = drawn(charts.timeline, frame(charts.timeline.columns[0], *DOUBTFUL), case.enlargement)
    bars = {bar.get_gid(): bar for bar in ax.patches if bar.get_gid()}
    closed = bars["event-a-closed-bar"]
    days = date2num(date(1991, 1, 1)), date2num(date(1995, 12, 31)) + 1
    assert (closed.get_x(), closed.get_x() + closed.get_width()) == days
    edges = ax.get_xlim()
    assert fades(ax, edges[0], date2num(date(1956, 1, 1))) == ["left"]
    assert fades(ax, date2num(date(1991, 1, 1)), edges[1]) == ["right"]
    assert fades(ax, date2num(date(2009, 4, 1)), edges[1]) == ["right"]
    assert edges[0] > date2num(date(1940, 1, 1)) and edges[1] < date2num(date(2040, 1, 1))
    words = " ".join(text.get_text() for text in ax.texts)
    for told in ("55 years or more", "April 2009 or later", "same day or later"):
        assert told in words


def test_a_date_that_is_not_sure_has_a_dashed_ring_and_the_chart_says_so():
    ax = drawn(charts.timeline, frame(charts.timeline.columns[0], *DOUBTFUL), case.enlargement)
    rings = {each.get_gid(): each for each in ax.collections if each.get_gid()}
    assert set(rings) == {"event-b-about-unsure", "told-b-about-unsure"}
    assert all(ring.get_linestyle()[0][1] for ring in rings.values()), "dashes"
    words = " ".join(text.get_text().replace("\n", " ") for text in ax.texts)
    assert UNSURE in words and "perhaps 32 to 33 years" in words
    assert UNSURE not in " ".join(t.get_text() for t in real("tellings").texts)


def test_alt_text_and_table_say_what_is_open_or_not_sure():
    table = frame(charts.timeline.columns[0], *DOUBTFUL)
    assert charts.timeline.describe(table, case.enlargement).endswith(
        "Dates that are unsure or open: no later than 1955 (a); no earlier than 1991 (b); about "
        "25 May 1984 (b); perhaps 2017 (b)."
    )
    html = figure.figure(charts.timeline, table, case.enlargement)
    assert "<td>2009-04/.. (no earlier than April 2009)</td>" in html
    assert "<td>2017-06-03</td>" in html


def test_an_event_is_filled_and_a_telling_is_open():
    tellings = REAL["tellings"][1]
    ax = charts.timeline(tellings, case.enlargement)
    for line in ax.lines:
        if re.match("event-", line.get_gid() or ""):
            assert line.get_markerfacecolor() in style.LANE_COLOURS
        if re.match("told-", line.get_gid() or ""):
            assert line.get_markerfacecolor() == "white"
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert sum("lag-" in arrow.arrow_patch.get_gid() for arrow in arrows) == len(tellings) - 1
    for arrow in arrows:
        assert arrow.xy[0] > arrow.get_position()[0], "an arrow runs from the event to its telling"


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns)


def places(ax):
    return {text.get_text(): text.get_position() for text in ax.texts}


def test_each_lane_of_a_text_has_its_sign_and_no_other_lane_has_one():
    ax = real("tellings")
    level = {words.get_text(): words.xy[1] for words in ax.texts if hasattr(words, "xy")}
    expected = {
        (look.colour, level[case.names[id]]) for id, look in style.looks(case.texts).items()
    }
    assert {(colour, y) for colour, _, y in signs_of(ax)} == expected
    assert signs_of(real("recollections")) == []


def signs_of(ax):
    """The colour and the place of each sign."""
    marks = [each for each in ax.collections if isinstance(each, PathCollection)]
    marks = [each for each in marks if list(each.get_sizes()) == [50]]
    return [(to_hex(each.get_facecolor()[0]).upper(), *each.get_offsets()[0]) for each in marks]


def test_a_sign_stands_in_the_cell_of_its_letter_and_number_and_beside_its_name():
    table = frame(charts.halo.columns[0], ["blog", "B", 4], ["news", "F", 1])
    ax = drawn(charts.halo, table)
    signs = signs_of(ax)
    for text, place in (("blog", (3, 1)), ("news", (0, 5))):
        colour = style.looks([text])[text].colour
        [beside, *inside] = [(round(x), round(y)) for c, x, y in signs if c == colour]
        assert inside == [place]
        assert beside == tuple(map(round, places(ax)[style.text_name(text)]))


def test_a_score_is_as_far_out_as_it_is_high():
    table = frame(charts.profiles.columns[0], ["blog", 0, 4, 1, 3, 2, 0])
    dots = [line for line in drawn(charts.profiles, table).lines if line.get_marker() == "o"]
    assert [tuple(dot.get_xydata()[0]) for dot in dots] == [
        (0, 0),
        (4, 1),
        (1, 2),
        (3, 3),
        (2, 4),
        (0, 5),
    ]


def two_raters():
    columns = charts.profiles.columns[0]
    mine = frame(columns, ["blog", 0, 4, 1, 3, 2, None], ["news", 1, 1, 1, 1, 1, 1])
    theirs = frame(columns, ["blog", 2, 4, 0, 3, "", 0])
    mine.attrs["kit:whose"], theirs.attrs["kit:whose"] = "Your ratings", "The editors' ratings"
    return mine, theirs


def test_two_ratings_stand_on_one_axis_and_their_distance_is_marked():
    ax = drawn(charts.profiles, *two_raters())
    assert ax.get_title().replace("\n", " ") == (
        "Your ratings and the editors' ratings: 1 of 4 scores 2 steps apart or more"
    )
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    places = {
        is_open: {
            tuple(line.get_xydata()[0]) for line in marks if is_open == (line.get_markersize() > 10)
        }
        for is_open in (False, True)
    }
    assert places[False] == {(0, 0), (4, 1), (1, 2), (3, 3), (2, 4)}, "mine: dots"
    assert places[True] == {(2, 0), (4, 1), (0, 2), (3, 3), (0, 5)}, "theirs: rings"
    [thick] = [line for line in ax.lines if line.get_color() == style.INK]
    assert thick.get_xydata().tolist() == [[0, 0], [2, 0]]
    words = [text.get_text() for text in ax.texts]
    assert [word for word in words if word in ("−2", "+1", "–")] == ["−2", "+1", "–", "–"]
    assert "News" not in words, "rated by one alone"


def test_the_alt_text_says_how_far_two_ratings_are_apart():
    alt = charts.profiles.describe(*two_raters())
    assert "Your ratings and The editors' ratings: Blog: authorship 0 and 2, dating 4 and 4" in alt
    assert "balance 2 and not rated" in alt
    assert alt.endswith(
        "The same score in 2 of 4 places. 2 steps or more apart: authorship of Blog −2."
    )


def test_ratings_that_none_can_be_compared_with_stand_alone():
    mine, theirs = two_raters()
    alone = charts.profiles.describe(mine)
    assert charts.profiles.describe(mine, theirs.head(0)) == alone and "Your ratings: Blog" in alone
    ax = drawn(charts.profiles, mine, theirs.head(0))
    assert ax.get_title() == "Your ratings: six criteria, 2 texts"


def test_a_stance_stands_in_the_row_and_column_it_belongs_to():
    cells = ["P1", "blog", "asserts"], ["P1", "news", "denies"], ["P2", "blog", "hedges"]
    found = places(drawn(charts.stances, frame(charts.stances.columns[0], *cells)))
    assert (found["✓ asserts"], found["✗ denies"], found["≈ hedges"]) == ((0, 0), (1, 0), (0, 1))
    assert found["not answered"] == (1, 1)


@ALL
def test_every_chart_has_a_title_and_a_source(name):
    chart_checks.it_has_a_title_and_a_source(real(name))


# What is missing is said


BY_CHART = {chart: tables for chart, *tables in reversed(REAL.values())}
EACH = pytest.mark.parametrize("chart", BY_CHART, ids=lambda chart: chart.__name__)


def with_first(chart, table):
    """Return the tables of a chart, the first of them exchanged."""
    return [table, *BY_CHART[chart][1:]]


@EACH
def test_an_empty_table_is_a_sentence(chart):
    chart_checks.an_empty_table_is_a_sentence(chart, BY_CHART[chart])


@EACH
def test_a_table_with_nothing_filled_in_is_drawn_or_says_so(chart):
    chart_checks.a_table_with_nothing_filled_in_is_drawn_or_says_so(chart, BY_CHART[chart])


@EACH
def test_one_row_is_enough(chart):
    chart_checks.one_row_is_enough(chart, BY_CHART[chart])


@EACH
def test_a_missing_column_is_one_sentence(chart):
    chart_checks.each_missing_column_is_one_sentence(chart, BY_CHART[chart])


def test_no_chart_is_left_out():
    assert set(BY_CHART) == {each for each in vars(charts).values() if isinstance(each, Chart)}


@pytest.mark.parametrize(
    ("chart", "column", "value"),
    [
        (charts.profiles, "dating_score", 7),
        (charts.halo, "admiralty_source", "G"),
        (charts.halo, "admiralty_information", 7),
        (charts.stances, "stance", "shouts"),
        (charts.timeline, "told_date", "../.."),
        (charts.timeline, "event_date", "spring 1990"),
        (charts.enlargement, "accession_date", "1949-02-30"),
    ],
)
def test_a_value_that_cannot_be_is_one_sentence(chart, column, value):
    table = BY_CHART[chart][0].astype(object)
    table.loc[0, column] = value
    with pytest.raises(KitError, match=re.escape(str(value))) as caught:
        chart(*with_first(chart, table))
    assert "\n" not in str(caught.value)


def test_what_is_no_chart_is_one_sentence():
    with pytest.raises(KitError, match=r"^'timeline' is no chart; give one itself, such as"):
        charts.show("timeline", case.enlargement)
    with pytest.raises(KitError, match="timeline chart takes 2 tables, not 0"):
        charts.timeline.describe()
    with pytest.raises(KitError, match="timeline chart needs a table with the columns lane"):
        charts.timeline.describe(case.enlargement)


def test_a_text_that_cannot_be_dated_still_has_its_row():
    table = measures.tellings(case).assign(told_date="")
    table.loc[0, "event_date"] = ""
    ax = drawn(charts.timeline, table, case.enlargement)
    words = [text.get_text() for text in ax.texts]
    assert words.count("no date told") == len(table)
    assert "2000 · no date given" in words


# What the alt text says


def known_enlargement(table):
    years = [int(day[:4]) for day in table["accession_date"]]
    sizes = pd.Series(years).value_counts().sort_index()
    return {*years, *sizes.cumsum(), sizes.iloc[1:].max(), len(sizes) - 1}


def known_timeline(tellings, members):
    dates = [*tellings["event_date"], *tellings["told_date"]]
    known = {int(day[:4]) for day in dates} | known_enlargement(members)
    known |= {len(tellings), tellings["lane"].nunique(), *tellings["lane"].value_counts()}
    for event, told in zip(tellings["event_date"], tellings["told_date"], strict=True):
        known |= numbers(measures.lag(event, told).years)
    return known


def test_what_is_no_text_of_the_course_keeps_its_id():
    assert list(map(style.text_name, ("factcheck", "R17", "a"))) == ["Fact-check", "R17", "a"]


@pytest.mark.parametrize("width", (style.WIDE, style.NARROW))
def test_beside_each_name_in_the_stances_stands_the_sign_of_that_text(width):
    cells = [["P1", text, "asserts"] for text in ("news", "factcheck", "forum")]
    ax = drawn(charts.stances, frame(charts.stances.columns[0], *cells), width=width)
    labels = [*ax.get_xticklabels(), *ax.texts]
    found = {}
    for name in ("News", "Fact-check", "Forum"):
        [label] = [each for each in labels if each.get_text().replace("\n", "") == name]
        box = label.get_window_extent()
        spots = {each: ax.transData.transform(each.get_offsets()[0]) for each in ax.collections}
        sign = min(spots, key=lambda each: math.dist(spots[each], (box.x0, box.y0)))
        assert 0 < box.x0 - spots[sign][0] < 15 and box.y0 < spots[sign][1] < box.y1
        found[name] = to_hex(sign.get_facecolor()[0]).upper()
    assert found == {"News": style.PURPLE, "Fact-check": style.BLACK, "Forum": style.BLUE}


def test_a_text_has_one_colour_whatever_stands_beside_it():
    rows = [[name, 1, 1, 1, 1, 1, 1] for name in ("forum", "article", "news")]
    ratings = frame(charts.profiles.columns[0], *rows)
    found = set()
    for table in (ratings, ratings.tail(2), ratings.iloc[::-1]):
        signs = drawn(charts.profiles, table).collections
        found |= {
            (name, to_hex(sign.get_facecolor()[0]).upper())
            for name, sign in zip(table["text_id"], signs, strict=True)
        }
    assert found == {("forum", style.BLUE), ("article", style.GREEN), ("news", style.PURPLE)}


def known_profiles(*ratings):
    scores = [table.set_index("text_id").filter(like="_score") for table in ratings]
    values = pd.concat(scores).to_numpy().ravel()
    known = {0, 4, *map(len, ratings), *(int(v) for v in values if v not in ("", None))}
    if len(scores) == 2:
        gaps = (scores[0] - scores[1]).abs().stack()
        known |= {2, len(gaps.dropna()), sum(gaps == 0), *gaps.dropna()}
    return known


def known_halo(ratings):
    found = measures.halo(ratings["admiralty_source"], ratings["admiralty_information"])
    return {1, 6, found.on_diagonal, found.judged, found.left_out}


def known_stances(table):
    counts = table.groupby(["text_id", "stance"]).size()
    shares = numbers(" ".join(table["share"].dropna())) | {25} if "share" in table else ()
    return {table["proposition_id"].nunique(), table["text_id"].nunique(), *counts, *shares}


def known_spread(table):
    """Also how many own marks lie in the middle half, counted here by places on the scale."""
    inside = both = 0
    for row in table.dropna(subset=["low", "mine"]).itertuples():
        low, _, high = row.scale.partition(" to ")
        steps = [*map(str, range(int(low), int(high) + 1))] if high else row.scale.split(" · ")
        if str(row.mine) in steps:  # F and 6 judge nothing
            low, mine, high = (steps.index(str(mark)) for mark in (row.low, row.mine, row.high))
            inside, both = inside + (low <= mine <= high), both + 1
    words = " ".join(map(str, table.drop(columns="scale").to_numpy().ravel()))
    return numbers(words) | {25, inside, both, *numbers("101 steps")}


@ALL
def test_every_number_in_the_alt_text_is_in_the_table(name):
    chart, *tables = REAL[name]
    known = globals()[f"known_{chart.__name__}"](*tables)
    chart_checks.every_number_in_the_alt_text_is_known(chart.describe(*tables), known)


def test_the_alt_text_follows_the_table():
    """Another table, another text: the last round left out changes the numbers said."""
    shorter = case.enlargement[case.enlargement["accession_date"] < "2024"]
    assert "31 in 2023" in charts.enlargement.describe(shorter)
    assert "32" not in charts.enlargement.describe(shorter)


def test_the_alt_text_says_each_number_of_the_right_thing():
    rated = [["a", "A", 1], ["b", "A", 2], ["c", "B", 3], ["d", "F", 6], ["e", "C", 6]]
    halo = charts.halo.describe(pd.DataFrame(rated, columns=charts.halo.columns[0]))
    assert "the same: 1 of 3;" in halo and halo.endswith("left out: 2.")
    rows = [["a", "x", "2000", "2003-05"], ["b", "y", "1990-01-01", "2017-06-03"]]
    told = frame(charts.timeline.columns[0], *rows)
    assert charts.timeline.describe(told, case.enlargement).endswith(
        "The longest time from event to telling is 27 years (b), the shortest 2 to 3 years (a)."
    )


# The page


@ALL
def test_show_displays_picture_alt_text_and_table(name, monkeypatch):
    chart, *tables = REAL[name]
    chart_checks.show_displays_picture_alt_text_and_table(chart, tables, monkeypatch)


def test_what_a_table_says_is_never_taken_for_html():
    table = pd.DataFrame([["P1", "<b>&\"'", "asserts"]], columns=charts.stances.columns[0])
    html = figure.figure(charts.stances, table)
    assert "<b>" not in html and "&lt;b&gt;&amp;" in html


# The look


def test_importing_and_drawing_change_no_setting():
    code = (
        "import matplotlib; before = dict(matplotlib.rcParams); import kit.charts as c, kit; "
        "c.svg(c.enlargement, kit.data.load().enlargement); "
        "after = dict(matplotlib.rcParams); "
        "print({k for k in after if k != 'backend' and after[k] != before.get(k)})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_notebooks_own_settings_do_not_change_a_chart():
    plain = charts.svg(charts.halo, case.key.ratings)
    loud = {"font.size": 20, "axes.grid": True, "lines.linewidth": 9, "figure.dpi": 50}
    with matplotlib.rc_context(loud):
        assert charts.svg(charts.halo, case.key.ratings) == plain


def words_and_numbers(svg):
    """Split SVG text into what must be the same and numbers, which another processor may round.

    Names that matplotlib makes from the shape of a mark follow its rounding and are left out.
    """
    parts = re.split(r"(-?\b\d+(?:\.\d+)?(?:e-?\d+)?\b)", re.sub(r"\b[a-z][0-9a-f]{10}\b", "", svg))
    return parts[::2], [float(number) for number in parts[1::2]]


def test_the_readme_shows_the_main_chart_as_it_is_now():
    """Drawn here in one process, there in another: also a proof that it is the same each time."""
    again = "run python -m tests.draw_main_chart and commit the picture"
    (words, drawn), (words_now, drawn_now) = map(
        words_and_numbers, (PICTURE.read_text(encoding="utf-8"), main_chart())
    )
    assert words == words_now, again
    assert drawn == pytest.approx(drawn_now, abs=0.01), again
    assert PICTURE.stat().st_size < 250_000


def test_every_mark_of_the_main_chart_has_its_own_id():
    ids = re.findall(r'id="((?:event|told|lag)-[^"]+)"', main_chart())
    marks = [name for name in ids if not name.endswith("-bar")]
    assert len(ids) == len(set(ids))
    rows = len(measures.tellings(case))
    kinds = SimpleNamespace(**{k: sum(m.startswith(k) for m in marks) for k in ("event", "told")})
    assert (kinds.event, kinds.told) == (rows, rows)
