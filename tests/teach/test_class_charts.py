"""The charts of a class: what is asked of every chart, and of two of them what they draw."""

import doctest
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kit.charts import Chart, style
from kit.errors import KitError
from teach import charts
from teach.measures.confidence import calibration
from teach.measures.krippendorff import alpha
from tests.kit import chart_checks
from tests.kit.chart_checks import drawn, numbers
from tests.kit.test_charts import BY_CHART, frame

FOUR_RATERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
SURE = [0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1, 1, 0.5, 0.6, 0.9, 0.9, 0.7, 0.8, 1, 0.95]
RIGHT = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1]


def agreements():
    found = {
        "nominal": alpha(FOUR_RATERS),
        "ordinal": alpha(FOUR_RATERS, "ordinal"),
        "five texts": alpha([row[:5] for row in FOUR_RATERS]),
        "no variation": alpha([[3, 3, 3], [3, 3, 3]]),
    }
    return pd.DataFrame([{"name": name, **one._asdict()} for name, one in found.items()])


def of(chart, *rows):
    return frame(chart.columns[0], *rows)


TABLES = {
    charts.agreement: agreements(),
    charts.calibration: calibration(SURE, RIGHT),
    charts.change: of(
        charts.change,
        ["sharpness", 0.4, 0.1, 0.7, "less sharp", "sharper"],
        ["lean", -0.4, -0.7, 0.1, "says true more", "says false more"],
    ),
    charts.discrimination: of(
        charts.discrimination,
        ["Two lists, two sets of years", "64 %", 0.3, 0.1, 0.5],
        ["Find the slips", "over 83 %", -0.1, -0.4, 0.2],
    ),
    charts.mistakes: of(charts.mistakes, ["1954: 12", 8, 20], ["1999: 16", 3, 20]),
    charts.two_axes: of(
        charts.two_axes,
        ["dating", "class", 0.7, -0.5, -0.8, 0.1],
        ["clickbait", "published", 0.2, 0.4, None, None],
    ),
    charts.medians: of(charts.medians, ["dating", "blog", 3, 1], ["dating", "news", None, 1]),
    charts.ranks: of(charts.ranks, ["fact-check", 1, 1, 1], ["blog", 2, 0.996, 0.001]),
    charts.pairs: of(charts.pairs, *([letter, *range(10, 60, 10), None] for letter in "ABCDEF")),
    charts.places: of(charts.places, ["trust", 1, 0.4, 0.1, 0.7], ["trust", 2, -0.4, -0.7, -0.1]),
    charts.repeats: of(
        charts.repeats,
        ["R1", "2017", ""],
        ["R2", "2016-05", "Ann"],
        ["R3", "2019/..", None],
        ["R4", "2018", "Ann"],
    ),
}
EACH = pytest.mark.parametrize("chart", TABLES, ids=lambda chart: chart.__name__)
EVERY = pytest.mark.parametrize("chart", [*BY_CHART, *TABLES], ids=lambda chart: chart.__name__)
SIZES = pytest.mark.parametrize("size", [(10, 6), (7, 4.5)], ids=["10x6", "7x4.5"])


def test_no_chart_is_left_out():
    assert set(TABLES) == {each for each in vars(charts).values() if isinstance(each, Chart)}


@SIZES
@EACH
def test_no_label_stands_on_another_and_none_is_cut(chart, size):
    ax = drawn(chart, TABLES[chart], size=size)
    chart_checks.no_label_stands_on_another_and_none_is_cut(ax)
    chart_checks.it_has_a_title_and_a_source(ax)


@EACH
def test_show_displays_picture_alt_text_and_table(chart, monkeypatch):
    chart_checks.show_displays_picture_alt_text_and_table(chart, [TABLES[chart]], monkeypatch)


@EACH
def test_an_empty_table_is_a_sentence(chart):
    chart_checks.an_empty_table_is_a_sentence(chart, [TABLES[chart]])


@EACH
def test_a_table_with_nothing_filled_in_is_drawn_or_says_so(chart):
    chart_checks.a_table_with_nothing_filled_in_is_drawn_or_says_so(chart, [TABLES[chart]])


@EACH
def test_one_row_is_enough(chart):
    chart_checks.one_row_is_enough(chart, [TABLES[chart]])


@EACH
def test_a_missing_column_is_one_sentence(chart):
    chart_checks.each_missing_column_is_one_sentence(chart, [TABLES[chart]])


@pytest.mark.parametrize(
    ("chart", "column", "value"),
    [
        (charts.two_axes, "group", "ours"),
        (charts.pairs, "source", "G"),
        (charts.repeats, "told_date", "last spring"),
    ],
)
def test_a_value_that_cannot_be_is_one_sentence(chart, column, value):
    table = TABLES[chart].astype(object)
    table.loc[0, column] = value
    with pytest.raises(KitError, match=value) as caught:
        chart(table)
    assert "\n" not in str(caught.value)


@EVERY
def test_every_chart_is_called_with_its_tables_and_perhaps_an_axes(chart):
    tables = BY_CHART.get(chart) or [TABLES[chart]]
    with style.look():
        _, ax = plt.subplots()
    assert chart(*tables, ax) is ax and chart(*tables, ax=ax) is ax
    needed = "1 table" if len(tables) == 1 else f"{len(tables)} tables"
    with pytest.raises(KitError, match=f"The {chart.__name__} chart takes {needed}, not 3"):
        chart(*[tables[0]] * 3)


@EVERY
def test_the_example_of_every_chart_is_among_those_that_are_run(chart):
    module = sys.modules[chart.__module__]
    [example] = [
        found
        for found in doctest.DocTestFinder().find(module)
        if found.name == f"{module.__name__}.{chart.__name__}"
    ]
    assert example.examples and chart.__doc__.count("DataFrame")


@pytest.mark.parametrize("chart", BY_CHART, ids=lambda chart: chart.__name__)
def test_a_chart_of_the_course_has_a_file_of_its_name(chart):
    assert chart.__module__ == f"kit.charts.{chart.__name__}"


# What is drawn


def test_dot_and_interval_stand_at_their_numbers():
    table = of(charts.agreement, ["five texts", 0.5, 0.25, 0.75, 60, 4, ""])
    blue = [line for line in drawn(charts.agreement, table).lines if line.get_color() == style.BLUE]
    assert [list(line.get_xdata()) for line in blue] == [[0.25, 0.75], [0.5]]


def test_how_sure_goes_across_and_how_often_right_upwards():
    table = of(charts.calibration, [0.5, 0.75, 4, 0.6, 0.25])
    [dots] = [
        line for line in drawn(charts.calibration, table).lines if line.get_gid() == "answers"
    ]
    assert dots.get_xydata().tolist() == [[0.6, 0.25]]


# What the alt text says


def known_agreement(table):
    values = table[["alpha", "low", "high"]].to_numpy(float).ravel()
    notes = set().union(*(numbers(note) for note in table["note"]))
    rounded = {round(value, 2) for value in values if not np.isnan(value)}
    return rounded | notes | {0, 1, 95, 0.667, 0.8, *table["n_units"], *table["n_raters"]}


def known_calibration(table):
    table = table[table["n"] > 0]
    percents = (100 * table[["mean_p", "share_right"]]).to_numpy(float).round().ravel()
    surer = int((table["mean_p"] > table["share_right"]).sum())
    return {*percents, *table["n"], surer, len(table)}


@pytest.mark.parametrize(
    ("chart", "known"),
    [(charts.agreement, known_agreement), (charts.calibration, known_calibration)],
)
def test_every_number_in_the_alt_text_is_in_the_table(chart, known):
    table = TABLES[chart]
    alt = chart.describe(table)
    chart_checks.every_number_in_the_alt_text_is_known(alt, known(table))
