"""Notebook 04: each exercise unanswered, with every plausible wrong answer, and right."""

import re
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

from kit import data, exercises
from kit.exercises import answer_of, check, load, normalise
from kit.measures import dates

matplotlib.use("Agg")

NOTEBOOK = "04_chart_the_dates"
CASE = data.load()
OURS = {id: one for id, one in load(CASE).items() if one.notebook == NOTEBOOK}
STEPS = dates.steps(CASE.enlargement)
WORDS = {"title": "NATO members", "xlabel": "day of deposit", "ylabel": "members"}
IN_WORDS = ("members_1954", "two_clocks", "recollection_lag", "letter_cut")
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


def test_five_exercises_make_19_points():
    assert list(OURS) == [
        "members_1954",
        "two_clocks",
        "enlargement_chart",
        "recollection_lag",
        "letter_cut",
    ]
    assert sum(one.points for one in OURS.values()) == 19
    assert all(2 <= len(one.hints) <= 3 for one in OURS.values())


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("members_1954", 14),
        ("two_clocks", "acts"),
        ("recollection_lag", 23),
        ("letter_cut", "cut_b"),
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


@pytest.mark.parametrize("id", ["two_clocks", "letter_cut"])
def test_every_option_is_right_or_has_a_reason(id):
    options = {option.id for option in OURS[id].options}
    reasons = {entry["answer"] for entry in OURS[id].wrong}
    key = answer_of(OURS[id], CASE)
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
    assert told("data") in check("enlargement_chart", draw(table), CASE).message


@pytest.mark.parametrize(
    ("ax", "fault"),
    [
        (lambda: plt.subplots()[1], "empty"),
        (lambda: draw(STEPS.head(4)), "data"),
        (lambda: draw(STEPS.head(0)), "data"),
        (lambda: draw(STEPS.assign(new=STEPS["members"].diff().fillna(12)), "new"), "data"),
        (lambda: draw(drawstyle="default"), "steps"),
        (lambda: draw(drawstyle="steps-pre"), "steps"),
        *((lambda gone=gone: draw(words=WORDS | {gone: ""}), gone) for gone in WORDS),
    ],
)
def test_a_chart_says_what_a_reader_would_miss(ax, fault):
    feedback = check("enlargement_chart", ax(), CASE)
    assert (feedback.state, feedback.message) == ("not yet", told(fault))
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


def prose():
    nb = nbformat.read(Path(__file__).parents[2] / "notebooks" / f"{NOTEBOOK}.ipynb", as_version=4)
    return [cell.source for cell in nb.cells if cell.cell_type == "markdown"]


def test_every_quotation_stands_in_the_record_or_the_texts():
    known = "\n".join([*CASE.texts.values(), *(row["short_quote"] for row in CASE.rows("record"))])
    quotes = [quote for cell in prose() for quote in re.findall(r"“([^”]+)”", cell)]
    assert len(quotes) >= 5
    assert [quote for quote in quotes if quote not in known] == []


def test_every_cut_uses_only_words_of_the_letter_in_their_order():
    row = next(row for row in CASE.rows("record") if row["record_id"] == "R10")
    letter = row["short_quote"]
    assert letter in OURS["letter_cut"].prompt
    cuts = [one.text for one in OURS["letter_cut"].options if one.id.startswith("cut_")]
    for cut in cuts:
        pieces = [piece.strip() for piece in cut.strip("“”").split("…") if piece.strip()]
        assert all(piece in letter for piece in pieces)


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
    told_on = {"R14": 31, "R31": 32, "R51": 28, "R54": 30, "R61": 31, "R63": 32}
    rows = {row["record_id"]: row for row in CASE.rows("record")}
    count = {id: dates.members_on(CASE.enlargement, rows[id]["told_date"]) for id in told_on}
    assert {id: number.low for id, number in count.items()} == told_on
    assert str(dates.members_on(CASE.enlargement, "2004")) == "19 to 26"
    assert exercises.hint("members_1954", 9, CASE).startswith("Hint 2 of 2")


def test_the_words_that_lag_gives_are_a_number_of_years():
    words = dates.lag("2000-06", "2024-02-08").years
    assert words == "23 years"
    assert check("recollection_lag", words).state == "correct"
    assert check("recollection_lag", "23 days").state == "not yet"
