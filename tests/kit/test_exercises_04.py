"""Notebook 04: each exercise unanswered, with every plausible wrong answer, and right."""

import re
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest

from kit import data
from kit.exercises import answer_of, check, load, normalise
from kit.exercises.model import named_faults
from kit.measures import dates

matplotlib.use("Agg")

NOTEBOOK = "04_chart_the_dates"
CASE = data.load()
OURS = {id: one for id, one in load(CASE).items() if one.notebook == NOTEBOOK}
STEPS = dates.steps(CASE.enlargement)
WORDS = {"title": "NATO members", "xlabel": "day of deposit", "ylabel": "members"}
IN_WORDS = ("members_1954", "two_clocks", "recollection_lag")
WRONG = [(id, entry) for id in IN_WORDS for entry in OURS[id].wrong]


def draw(table=STEPS, column="members", words=WORDS, **how):
    """What a learner may have drawn: one line and some of the words."""
    _, ax = plt.subplots()
    ax.plot(table["date"], table[column], **({"drawstyle": "steps-post"} | how))
    ax.set(**words)
    return ax


def told(fault):
    return next(
        entry["reason"] for entry in OURS["enlargement_chart"].wrong if entry["answer"] == fault
    )


def test_six_exercises_make_19_points():
    assert list(OURS) == [
        "members_1954",
        "two_clocks",
        "enlargement_chart",
        "claims_chart",
        "recollection_lag",
        "lag_chart",
    ]
    assert sum(one.points for one in OURS.values()) == 19
    assert all(2 <= len(one.hints) <= 3 for one in OURS.values())


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("members_1954", 14),
        ("two_clocks", "acts"),
        ("recollection_lag", 23),
    ],
)
def test_the_right_answer(id, answer):
    assert check(id, answer, CASE)[:4] == ("correct", OURS[id].right, 1.0, ())
    assert answer_of(OURS[id], CASE).value == answer


@pytest.mark.parametrize(("id", "entry"), WRONG, ids=lambda value: str(value)[:30])
def test_each_wrong_answer_has_its_own_reason_and_hides_the_key(id, entry):
    feedback = check(id, entry["answer"], CASE)
    assert feedback[:4] == ("not yet", entry["reason"], 0.0, (entry["reason"],))
    assert str(answer_of(OURS[id], CASE).value) not in feedback.message


@pytest.mark.parametrize("id", OURS)
def test_no_hint_holds_the_key(id):
    key = answer_of(OURS[id], CASE).value
    hidden = [str(key)] if not isinstance(key, dict) else key["x"][1:]
    assert not any(word in hint for hint in OURS[id].hints for word in hidden)


def test_every_option_is_right_or_has_a_reason():
    clocks = OURS["two_clocks"]
    options = {option.id for option in clocks.options}
    reasons = {entry["answer"] for entry in clocks.wrong}
    key = answer_of(clocks, CASE)
    assert options == reasons | {key.value, *key.accept}


@pytest.mark.parametrize("id", ["members_1954", "recollection_lag"])
@pytest.mark.parametrize("answer", [-1, 0, 1954, 10**9, "about twelve", True, float("nan"), [1]])
def test_an_unlisted_number_gets_a_sentence(id, answer):
    feedback = check(id, answer, CASE)
    assert feedback.state == "not yet"
    assert feedback.message.endswith(".")
    assert not re.search(r"\b(14|23)\b", feedback.message)


def test_the_counts_of_the_wrong_answers_come_from_the_table():
    joined = CASE.enlargement["accession_date"]
    given = {entry["answer"] for entry in OURS["members_1954"].wrong}
    day = "1954-03-31"
    assert {len(joined), sum(joined > day), sum((joined > "1949-04-04") & (joined <= day))} <= given
    assert {int(dates.members_on(CASE.enlargement, when).low) for when in ("1950", "1956")} <= given


def test_the_lag_is_the_same_for_every_day_of_the_month():
    ends = [dates.lag(f"2000-06-{day:02}", "2024-02-08").years for day in range(1, 31)]
    assert set(ends) == {"23 years"}
    assert dates.lag("2000-06", "2017-06-03").years == "16 to 17 years"
    days = set(dates.lag("2000-06", "2024-02-08")[:2])
    assert days <= {entry["answer"] for entry in OURS["recollection_lag"].wrong}


def test_a_whole_chart_is_right():
    assert check("enlargement_chart", draw(), CASE)[:4] == (
        "correct",
        OURS["enlargement_chart"].right,
        1.0,
        (),
    )


@pytest.mark.parametrize(
    "made",
    [
        lambda ax: ax.step(STEPS["date"], STEPS["members"], where="post"),
        lambda ax: STEPS.plot(
            x="date", y="members", drawstyle="steps-post", ax=ax, title="Members"
        ),
        lambda ax: STEPS.set_index("date")["members"].plot(drawstyle="steps-post", ax=ax),
    ],
    ids=["step", "frame", "series"],
)
def test_other_ways_to_draw_it_are_right_too(made):
    figure, ax = plt.subplots()
    made(ax)
    ax.set(**WORDS)
    assert check("enlargement_chart", ax, CASE).state == "correct"
    assert check("enlargement_chart", figure, CASE).state == "correct"


def test_text_dates_do_not_make_a_time_axis():
    table = STEPS.assign(date=STEPS["date"].dt.strftime("%Y-%m-%d"))
    assert told("no_dates") in check("enlargement_chart", draw(table), CASE).message


@pytest.mark.parametrize(
    ("ax", "fault"),
    [
        (lambda: plt.subplots()[1], "empty"),
        (lambda: plt.bar(STEPS["date"], STEPS["members"]), "bars"),
        (lambda: plt.scatter(STEPS["date"], STEPS["members"]), "dots"),
        (lambda: plt.plot(STEPS["date"], STEPS["members"], "o"), "dots"),
        (lambda: plt.plot(STEPS["members"], STEPS["date"]), "swapped"),
        (lambda: plt.plot(STEPS["members"]), "no_dates"),
        (lambda: draw(STEPS.head(4)), "data"),
        (lambda: draw(STEPS.head(0)), "data"),
        (lambda: draw(STEPS.assign(new=STEPS["members"].diff().fillna(12)), "new"), "data"),
        (lambda: draw(drawstyle="default"), "steps"),
        (lambda: draw(drawstyle="steps-pre"), "steps"),
        *((lambda gone=gone: draw(words=WORDS | {gone: ""}), gone) for gone in WORDS),
    ],
)
def test_a_chart_says_what_a_reader_would_miss(ax, fault):
    plt.close("all")
    feedback = check("enlargement_chart", ax(), CASE)
    assert (feedback.state, feedback.reasons[0]) == ("not yet", told(fault))
    assert feedback.earned < 1


def test_at_most_three_faults_are_told_at_once():
    feedback = check("enlargement_chart", draw(words={}, drawstyle="default"), CASE)
    assert feedback.message.count("no ") + feedback.message.count("not jump") >= 2
    assert len(feedback.message) < 700


@pytest.mark.parametrize("given", [3, "a chart", pd.DataFrame({"x": [1]})])
def test_what_is_no_chart_gets_a_sentence(given):
    feedback = check("enlargement_chart", given, CASE)
    assert feedback.state == "not yet"
    assert feedback.message.startswith("This exercise wants the chart")


def test_a_chart_kept_in_the_journal_is_checked_like_the_chart_itself():
    kept = normalise("chart", draw())
    assert check("enlargement_chart", kept, CASE).state == "correct"


@pytest.mark.parametrize(
    "meant",
    [
        lambda ax: ax.figure,
        lambda ax: ax.get_lines(),  # of `ax = plt.plot(…)`
        lambda ax: ax.set(title="NATO members"),  # of `ax = ax.set(…)`
        lambda ax: np.array([ax]),  # of `fig, ax = plt.subplots(1, 1, squeeze=False)`
        lambda ax: plt,  # while the figure is open
    ],
    ids=["figure", "line", "words", "array", "plt"],
)
def test_what_is_given_in_place_of_ax_is_understood(meant):
    assert check("enlargement_chart", meant(draw()), CASE).state == "correct"


@pytest.mark.parametrize("given", [plt, plt.gca, STEPS])
def test_what_has_no_axes_is_told_the_next_step(given):
    plt.close("all")
    feedback = check("enlargement_chart", given, CASE)
    assert (feedback.state, feedback.earned) == ("not yet", 0)
    assert "Begin with `fig, ax = plt.subplots()`" in feedback.message


def test_an_answer_left_open_is_told_how_a_chart_is_given():
    feedback = check("enlargement_chart", ..., CASE)
    assert feedback.state == "not answered" and "`ax = plt.gca()`" in feedback.message


# The claims on the enlargement, and event against telling -------------------------------------

TELLINGS = dates.tellings(CASE)
TELLINGS[["first", "last"]] = dates.days(TELLINGS["event_date"])
TELLINGS["told"] = dates.days(TELLINGS["told_date"])["first"]
CLAIMS = pd.merge_asof(TELLINGS.sort_values("first"), STEPS, left_on="first", right_on="date")
SURE = CLAIMS[CLAIMS["first"] == CLAIMS["last"]]
ACCOUNTS = dates.recollections(CASE)
ACCOUNTS["first"] = dates.days(ACCOUNTS["event_date"])["first"]
ACCOUNTS["told"] = dates.days(ACCOUNTS["told_date"])["first"]
CLOCK = WORDS | {"xlabel": "day on which the instrument was deposited"}


def claims_on(bars=CLAIMS, points=SURE, words=CLOCK, names=True, line=True, height="members"):
    """The chart that is asked for, or what `bars` and the others leave of it."""
    _, ax = plt.subplots()
    if line:
        ax.plot(STEPS["date"], STEPS["members"], drawstyle="steps-post")
    ax.hlines(bars[height], bars["first"], bars["last"])
    ax.plot(points["first"], points[height], "o")
    for lane in set(CLAIMS["lane"]) if names else ():
        ax.annotate(lane, (STEPS["date"][3], 20))
    ax.set(**words)
    return ax


def event_against_telling(x="first", y="told", line=True, words=WORDS):
    _, ax = plt.subplots()
    ax.scatter(ACCOUNTS[x], ACCOUNTS[y])
    if line:
        ax.axline((0, 0), slope=1)
    ax.set(**words)
    return ax


def reason(id, fault):
    return next(entry["reason"] for entry in OURS[id].wrong if entry["answer"] == fault)


def broken_bars():
    ax = claims_on(bars=CLAIMS[:0])
    for row in CLAIMS.itertuples():
        ax.broken_barh([(row.first, row.last - row.first)], (row.members - 0.2, 0.4))
    return ax


def short_lines():
    ax = claims_on(bars=CLAIMS[:0])
    for row in CLAIMS.itertuples():
        ax.plot([row.first, row.last], [row.members] * 2, linewidth=8)
    return ax


def in_a_legend():
    """The texts under the names that the forms give them."""
    ax = claims_on(names=False)
    for lane, rows in CLAIMS.groupby(CLAIMS["lane"].map(CASE.names)):
        ax.scatter(rows["first"], rows["members"], label=lane)
    ax.legend()
    return ax


def with_tellings():
    ax = claims_on()
    ax.plot(CLAIMS["told"], CLAIMS["members"], "o", markerfacecolor="white")
    return ax


@pytest.mark.parametrize("made", [claims_on, broken_bars, short_lines, in_a_legend, with_tellings])
def test_the_claims_may_be_drawn_in_many_ways(made):
    assert check("claims_chart", made(), CASE)[:3] == ("correct", OURS["claims_chart"].right, 1)


@pytest.mark.parametrize("line", ["axline", "plot"])
def test_the_line_of_the_same_day_may_be_drawn_in_two_ways(line):
    ax = event_against_telling(line=line == "axline")
    if line == "plot":
        ax.plot(ACCOUNTS["told"], ACCOUNTS["told"])
    assert check("lag_chart", ax, CASE).state == "correct"


def as_points(column):
    return CLAIMS.assign(first=CLAIMS[column])


@pytest.mark.parametrize(
    ("id", "made", "fault", "earned"),
    [
        ("claims_chart", lambda: plt.subplots()[1], "empty", 0),
        ("claims_chart", lambda: claims_on(CLAIMS[:0], CLAIMS), "point", 0.48),
        ("claims_chart", lambda: claims_on(points=SURE[:0]), "day", 0.96),
        ("claims_chart", lambda: claims_on(CLAIMS[:0], as_points("told")), "telling", 0.48),
        ("claims_chart", lambda: claims_on(CLAIMS[CLAIMS["lane"] == "news"]), "missing", 0.61),
        ("claims_chart", lambda: claims_on(CLAIMS.assign(members=18)), "height", 0.48),
        ("claims_chart", lambda: claims_on(line=False), "line", 14 / 16),
        ("claims_chart", lambda: claims_on(names=False), "names", 15 / 16),
        ("claims_chart", lambda: claims_on(words=WORDS | {"xlabel": "day"}), "clock", 15 / 16),
        ("lag_chart", lambda: plt.subplots()[1], "empty", 0),
        ("lag_chart", lambda: event_against_telling("told", "first"), "swapped", None),
        ("lag_chart", lambda: event_against_telling("first", "first"), "height", None),
        ("lag_chart", lambda: event_against_telling("told", "told"), "missing", None),
        ("lag_chart", lambda: event_against_telling("event_date", "told_date"), "no_dates", None),
        ("lag_chart", lambda: event_against_telling(line=False), "line", 12 / 14),
        *(
            (id, lambda made=made, gone=gone: made(words=CLOCK | {gone: ""}), gone, None)
            for id, made in (("claims_chart", claims_on), ("lag_chart", event_against_telling))
            for gone in ("title", "ylabel")
        ),
    ],
)
def test_each_plausible_mistake_in_marks_has_its_reason_and_points_for_the_rest(
    id, made, fault, earned
):
    plt.close("all")
    feedback = check(id, made(), CASE)
    assert (feedback.state, feedback.reasons[0]) == ("not yet", reason(id, fault))
    assert feedback.earned < 1
    assert earned is None or feedback.earned == pytest.approx(earned, abs=0.05)


def test_axes_swapped_are_called_by_that_name():
    _, ax = plt.subplots()
    ax.vlines(CLAIMS["members"], CLAIMS["first"], CLAIMS["last"])
    ax.plot(CLAIMS["members"], CLAIMS["first"], "o")
    assert check("claims_chart", ax, CASE).reasons[0] == reason("claims_chart", "swapped")


@pytest.mark.parametrize("id", ["claims_chart", "lag_chart"])
def test_every_fault_of_marks_that_has_a_reason_can_be_made(id):
    assert {entry["answer"] for entry in OURS[id].wrong} <= set(named_faults()["marks"])


def test_what_the_marks_must_be_is_counted_from_the_tables():
    key = answer_of(OURS["claims_chart"], CASE).value
    assert len(key["x"]) == 13 and len(set(key["x"])) == 9
    assert {*key["names"]} == {*CASE.texts} and key["names"]["factcheck"] == "fact-check"
    assert [x for x in key["x"] if len(x) == 10] == ["1991-12-20"]
    assert "thirteen claims" in OURS["claims_chart"].prompt
    told = answer_of(OURS["lag_chart"], CASE).value
    rows = [row for row in CASE.rows("record") if row["witness"]]
    assert len(told["x"]) == 12 and "twelve accounts" in OURS["lag_chart"].prompt
    same = [row["record_id"] for row in rows if row["event_date"] == row["told_date"]]
    assert same == ["R64"] and "R64" in OURS["lag_chart"].right
    assert "unverified" not in [row["verification"] for row in rows]


def test_the_heights_in_the_hint_are_those_of_the_table():
    said = OURS["claims_chart"].hints[1]
    assert re.findall(r"\b\d\d\b", said) == [str(n) for n in sorted(set(CLAIMS["members"]))]


def prose():
    nb = nbformat.read(Path(__file__).parents[2] / "notebooks" / f"{NOTEBOOK}.ipynb", as_version=4)
    return [cell.source for cell in nb.cells if cell.cell_type == "markdown"]


def test_every_quotation_stands_in_the_record_or_the_texts():
    known = "\n".join([*CASE.texts.values(), *(row["short_quote"] for row in CASE.rows("record"))])
    quotes = [quote for cell in prose() for quote in re.findall(r"“([^”]+)”", cell)]
    assert len(quotes) >= 3
    assert [quote for quote in quotes if quote not in known] == []


def test_every_record_named_is_there_and_unverified_ones_say_so():
    rows = {row["record_id"]: row for row in CASE.rows("record")}
    feedback = [
        text
        for one in OURS.values()
        for text in (one.prompt, one.right, *(w["reason"] for w in one.wrong))
    ]
    for text in [*prose(), *feedback]:
        for record in re.findall(r"\bR\d\d\b", text):
            assert rows[record]["verification"] != "unverified" or "unverified" in text


def test_what_the_prose_says_of_the_charts_is_so():
    table = dates.tellings(CASE)
    last = table.iloc[-1]
    assert (last["lane"], last["event_date"]) == ("factcheck", "2021")
    assert all(table["told_date"] > "2004-03-29")
    assert all(table["event_date"][:-1] < "2004-03-29")
    assert all(CLAIMS["members"][:-1] <= 19) and CLAIMS["members"].iloc[-1] == 30
    said = "\n".join(prose())
    assert f"gives both: `{dates.lag('2000-06', '2017-06-03').years}`" in said
    assert len(load(CASE)["members_1954"].hints) == 2


def test_the_words_that_lag_gives_are_a_number_of_years():
    words = dates.lag("2000-06", "2024-02-08").years
    assert words == "23 years"
    assert check("recollection_lag", words).state == "correct"
    assert check("recollection_lag", "23 days").state == "not yet"
