"""Fair points: what is nearly right earns a part, and no answer without reading earns more for it.

`editions/points.py` writes the rules down; here stand the answers that once earned nothing or all.
"""

import json
from itertools import combinations, product

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kit import data
from kit.data import span
from kit.exercises import Checker
from kit.exercises.kinds.rating import values_of
from teach.report.invented_class import right_chart
from tests.solutions.answers import ANSWERS

CASE = data.load()
CHECKER = Checker(CASE)
EXERCISES = CHECKER.exercises
KEY = {id: CHECKER.key(id) for id in EXERCISES}
CHARTS = {
    id: right_chart(KEY[id].value) for id in EXERCISES if EXERCISES[id].kind in ("chart", "marks")
}
RIGHT = {**ANSWERS, **CHARTS, "claims_table": KEY["claims_table"].value}
RECORDS = [row["record_id"] for row in CASE.rows("record")]
STEPS = KEY["enlargement_chart"].value


def earned(id, answer):
    """The points for an answer, to two decimals less rounding."""
    return round((CHECKER.check(id, answer).earned or 0) * EXERCISES[id].points, 4)


# Records attached to claims


def attached(*stray):
    settling = KEY["attached_records"].value
    return {claim: [ids[0], *stray] for claim, ids in settling.items()}


@pytest.mark.parametrize(("stray", "points"), [((), 4), (("R45",), 2), (("R45", "R22"), 0)])
def test_a_stray_record_takes_half_of_a_claim(stray, points):
    assert earned("attached_records", attached(*stray)) == points


def test_what_a_stray_record_costs_is_told():
    feedback = CHECKER.check("attached_records", attached("R45"))
    assert feedback.message.startswith("0 of 5 are settled, 5 by half.")
    reason = "C16: R45 does not settle this claim. That takes half of its points: without it the"
    assert feedback.message.count("takes half of its points") == 3
    assert feedback.places["C16",].startswith(reason)  # what the form shows at the claim


# The table of claims


def table(change):
    return change(json.loads(json.dumps(RIGHT["claims_table"])))


def one_off(rows):
    rows[3]["context"] += 1
    return rows


def nan_for_zero(rows):
    return [{name: value or float("nan") for name, value in row.items()} for row in rows]


def called(name):
    return lambda rows: [{name: row.pop("text_id"), **row} for row in rows]


def on_its_side(rows):
    return pd.DataFrame(rows).set_index("text_id").T


def with_an_unnamed_index(rows):
    return pd.DataFrame(rows).set_index("text_id").rename_axis(None)


def one_subject_less(rows):
    return [{name: row[name] for name in row if name != "rules"} for row in rows]


@pytest.mark.parametrize(
    ("change", "points"),
    [
        (one_off, 3 * 43 / 45),
        (nan_for_zero, 3),
        (called("text"), 3),
        (with_an_unnamed_index, 3),
        (on_its_side, 1.5),
        (one_subject_less, 3 * 40 / 45),
        (lambda rows: rows[:4], 3 * 36 / 45),
        (lambda rows: [*rows, rows[0]], 3 * 36 / 45),
        (lambda rows: [{**row, "text_id": "x"} for row in rows], 0),
        (lambda rows: [dict.fromkeys(row, 0) | {"text_id": row["text_id"]} for row in rows], 0),
    ],
)
def test_a_table_earns_what_it_counts_rightly_less_what_it_counts_wrongly(change, points):
    assert earned("claims_table", table(change)) == pytest.approx(points, abs=0.001)


def test_how_much_of_a_table_is_right_is_told():
    message = CHECKER.check("claims_table", table(one_off)).message
    assert message.startswith("44 of 45 counts are right. The shape is right, but not every count")
    assert "44 of 45" not in CHECKER.check("claims_table", table(called("text"))).message


# The chart of members


def chart(words=True, beside=(), **line):
    lines = [{**STEPS, "steps": "steps-post"} | line, *beside]
    labels = dict.fromkeys(("title", "xlabel", "ylabel"), "members, day by day" if words else "")
    return {**labels, "lines": lines, "texts": []}


ONE_WRONG = [*STEPS["y"][:5], 99, *STEPS["y"][6:]]
YEARS = [int(day[:4]) for day in STEPS["x"]]
SECOND = {"x": STEPS["x"], "y": [44 - count for count in STEPS["y"]], "steps": "default"}
EARLY = {"x": STEPS["x"][:4], "y": STEPS["y"][:4], "steps": "steps-post"}


@pytest.mark.parametrize(
    ("drawn", "fifths", "told"),
    [
        (chart(), 5, ""),
        (chart(y=ONE_WRONG), 5 * 9 / 11, "10 of 11 steps of the line are right."),
        (chart(words=False), 2, "Title and labels are worth a fifth each."),
        (chart(beside=[SECOND]), 4, "A line beside the right one"),
        (chart(beside=[EARLY]), 5, ""),
        (chart(x=YEARS), 4, "counts whole years"),
        (chart(steps="default"), 4, "does not jump"),
        (chart(x=STEPS["y"], y=STEPS["x"]), 2, "the dates go up"),
        (chart(x=[*range(11)]), 2, "dates"),
        (chart(**EARLY), 5 * 4 / 11, "4 of 11 steps"),
        (chart(y=[19] * 11), 0, "does not show"),
        (chart(x=[0, 1, 2], y=[1, 2, 3]), 0, "does not show"),
    ],
)
def test_a_chart_earns_the_share_of_its_line_that_is_right(drawn, fifths, told):
    feedback = CHECKER.check("enlargement_chart", drawn)
    assert feedback.earned * 5 == pytest.approx(fifths, abs=0.001)
    assert told in feedback.message


def test_what_only_helps_to_read_a_chart_costs_nothing():
    _, ax = plt.subplots()
    days = pd.to_datetime(STEPS["x"])
    ax.plot(days, STEPS["y"], drawstyle="steps-post")
    ax.axvline(days[5])
    ax.axhline(19)
    ax.axvspan(days[5], days[6])
    ax.fill_between(days, STEPS["y"], step="post")
    ax.set(title="Members", xlabel="day of the deposit", ylabel="members")
    assert CHECKER.check("enlargement_chart", ax).state == "correct"
    marks = CHARTS["claims_chart"]
    first, last, heights = zip(*marks["bars"], strict=True)
    ax.hlines(heights, pd.to_datetime(list(first)), pd.to_datetime(list(last)))
    ax.scatter(pd.to_datetime(list(first)), heights)
    ax.text(days[0], 14, " ".join(KEY["claims_chart"].value["names"]))
    assert CHECKER.check("claims_chart", ax).state == "correct"


def test_a_mark_for_nothing_takes_away_what_a_right_one_earns():
    whole = CHARTS["claims_chart"]
    points = [*whole["points"], ["1970-01-01", 19]]
    feedback = CHECKER.check("claims_chart", {**whole, "points": points})
    assert feedback.earned == pytest.approx(1 - 9 / 16 / 13, abs=0.001)
    assert feedback.message.startswith(
        "13 of 13 marks stand as they should. Some marks stand where"
    )


# Ratings


def rated(value=None, evidence=1):
    """The ratings of somebody who gives each the same value (the first, if None), or sentence."""
    rows, columns = EXERCISES["ratings"].rows, EXERCISES["ratings"].columns
    first = {column.id: column.values[0] if value is None else value for column in columns}
    cells = {id: {"value": given, "evidence": evidence} for id, given in first.items()}
    return {row.id: cells for row in rows}


@pytest.mark.parametrize("value", ["banana", -999, 7, 2.5, True, "4"])
def test_a_value_that_is_not_on_its_scale_earns_nothing_and_is_for_a_person(value):
    answer = json.loads(json.dumps(RIGHT["ratings"]))
    answer["blog"]["dating"]["value"] = value
    feedback = CHECKER.check("ratings", answer)
    assert (feedback.state, feedback.earned, feedback.is_strange) == ("recorded", 0.975, True)
    assert "1 with a value or a sentence that is not there to choose" in feedback.message
    assert earned("ratings", rated("banana")) == 0


@pytest.mark.parametrize("evidence", [0.5, 9999, -1, "first", True])
def test_a_sentence_that_the_text_does_not_have_earns_nothing(evidence):
    assert earned("ratings", rated(evidence=evidence)) == 0


# The same everywhere


def same(id, answer):
    return CHECKER.check(id, answer).note


def everywhere(id, option):
    columns = [column.id for column in EXERCISES[id].columns]
    return {row.id: dict.fromkeys(columns, option) for row in EXERCISES[id].rows}


def test_one_sentence_for_all_ratings_is_asked_about_and_costs_nothing():
    assert same("ratings", rated()).startswith("All 40 ratings with one sentence of each text?")
    assert "All texts have the same ratings." in same("ratings", rated())
    assert earned("ratings", rated()) == 5
    assert same("ratings", RIGHT["ratings"]) == ""
    one_text = {"blog": rated()["blog"]}
    assert same("ratings", one_text) == ""


@pytest.mark.parametrize("id", [id for id in EXERCISES if EXERCISES[id].kind == "matrix"])
def test_the_same_answer_in_every_box_is_asked_about(id):
    answer = everywhere(id, EXERCISES[id].options[0].id)
    assert same(id, answer).endswith("Did you find the same in each of them?")
    assert same(id, RIGHT[id]) == ""
    first = next(iter(answer))
    assert same(id, {**answer, first: {}}) == ""
    assert "Did you find the same" in CHECKER.check(id, answer)._repr_html_()


def test_the_same_records_at_every_claim_are_asked_about():
    claims = [row.id for row in EXERCISES["attached_records"].rows]
    assert same("attached_records", {claim: ["R45"] for claim in claims})
    assert not same("attached_records", RIGHT["attached_records"])


# What needs no reading


def option(exercise, number):
    """The answer of somebody who takes option `number` everywhere; None where there is none."""

    def pick(values):
        return values[number % len(values)]

    if exercise.kind == "choice":
        return pick(exercise.options).id
    if exercise.kind == "several":
        one = [pick(exercise.options).id] if exercise.options else [pick(RECORDS)]
        return {row.id: one for row in exercise.rows} or one
    if exercise.kind == "matrix":
        return everywhere(exercise.id, pick(exercise.options).id)
    if exercise.kind == "rating":
        cells = {c.id: {"value": pick(values_of(c)), "evidence": 1} for c in exercise.columns}
        return {row.id: cells for row in exercise.rows}
    return None


@pytest.mark.parametrize(
    ("number", "most"), [*enumerate([21.74, 22.79, 23.61, 22.92, 21.49, 25.16])]
)
def test_the_same_option_everywhere_earns_no_more_than_before_there_were_parts(number, most):
    """Of 80 points without the written answers; 10 of them are for ratings, which have no wrong."""
    given = {id: option(exercise, number) for id, exercise in EXERCISES.items()}
    total = sum(earned(id, answer) for id, answer in given.items() if answer is not None)
    assert total <= most + 0.01


def test_everything_ticked_and_attached_earns_nothing():
    for id in ("dated_texts", "slips"):
        assert earned(id, [option.id for option in EXERCISES[id].options]) == 0
    claims = [row.id for row in EXERCISES["attached_records"].rows]
    assert earned("attached_records", dict.fromkeys(claims, RECORDS)) == 0


def test_no_pair_of_records_attached_to_all_claims_settles_more_than_three():
    claims = [row.id for row in EXERCISES["attached_records"].rows]
    pairs = [{claim: list(pair) for claim in claims} for pair in combinations(RECORDS, 2)]
    assert max(earned("attached_records", pair) for pair in pairs) == 2.4


GRID = list(product(range(1950, 2026), range(12, 33)))
POINTS = [[f"{year}-01-01", height] for year, height in GRID]
BARS = [[f"{year}-01-01", f"{year}-12-31", height] for year, height in GRID]


@pytest.mark.parametrize("marks", [{"points": POINTS}, {"points": POINTS, "bars": BARS}])
def test_marks_all_over_a_chart_earn_no_more_than_line_and_words(marks):
    drawn = {**CHARTS["claims_chart"], "points": [], "bars": [], **marks}
    assert earned("claims_chart", drawn) == pytest.approx(5 * 7 / 16, abs=0.001)


def test_every_event_against_every_telling_earns_no_more_than_line_and_words():
    key = KEY["lag_chart"].value
    days = [{str(span(day).known.start) for day in key[axis]} for axis in ("x", "y")]
    drawn = {**CHARTS["lag_chart"], "bars": [], "points": list(map(list, product(*days)))}
    assert earned("lag_chart", drawn) == pytest.approx(3 * 5 / 14, abs=0.001)


def test_many_lines_or_any_points_earn_nothing_on_the_chart_of_members():
    flat = [{"x": STEPS["x"], "y": [count] * 11, "steps": "steps-post"} for count in range(40)]
    assert earned("enlargement_chart", {**chart(), "lines": flat}) == 0
    dots = {**chart(), "lines": [], "points": [["1960-01-01", 3]]}
    assert earned("enlargement_chart", dots) == 0
