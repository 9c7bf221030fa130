"""The two short tests: balanced, parallel, and settled by verified records alone."""

import re
from collections import Counter

import pytest

import kit
from kit import data, exercises, widgets
from kit.measures import change, discrimination

CASE = data.load()
FORMS = {letter: exercises.quiz(CASE, letter) for letter in "AB"}
TEXTS = {statement.id: statement.text for form in FORMS.values() for statement in form}
TRUTH = CASE.key.answers["quiz"]
REASONS = CASE.key.answers["quiz_reasons"]
RECORD = {row["record_id"]: row for row in CASE.rows("record")}

# What statement n of both forms asks for, which answer to the course's question it would support
# if it were true, and the records that settle a and b.
PLAN = {
    1: ("Putin takes up the subject in public", "yes", "R25", "R36"),
    2: ("talks between presidents: did the subject come up?", "no", "R16", "R58"),
    3: ("an account told long after, or at the time?", "yes", "R54", "R51"),
    4: ("an official plays it down within days", "no", "R26", "R33"),
    5: ("an opening from Moscow before Putin", "yes", "R10", "R19"),
    6: ("how soon: the limit that was set at the time", "yes", "R28", "R14"),
    7: ("Moscow says in public that it does not want in", "no", "R20", "R38"),
    8: ("security in Europe: was membership part of it?", "no", "R35", "R03"),
}


def test_each_form_has_eight_statements_in_the_order_of_the_plan():
    for letter, form in FORMS.items():
        assert [statement.id for statement in form] == [f"{letter.lower()}{n}" for n in PLAN]
    assert len(set(TEXTS.values())) == 16


def test_every_statement_has_a_truth_and_a_reason_and_nothing_else_has():
    assert set(TRUTH) == set(REASONS) == set(TEXTS)
    assert all(isinstance(truth, bool) for truth in TRUTH.values())


@pytest.mark.parametrize("letter", "ab")
def test_truth_and_direction_are_crossed_two_by_two(letter):
    cells = Counter((TRUTH[f"{letter}{n}"], plan[1]) for n, plan in PLAN.items())
    assert cells == {(truth, side): 2 for truth in (True, False) for side in ("yes", "no")}


@pytest.mark.parametrize("letter", "ab")
@pytest.mark.parametrize(
    "attitude",
    [lambda side: True, lambda side: False, lambda side: side == "yes", lambda side: side == "no"],
    ids=["always true", "always false", "Russia asked", "Russia did not"],
)
def test_whoever_answers_by_attitude_does_no_better_than_guessing(letter, attitude):
    given = {
        f"{letter}{n}": {"answer": attitude(side), "confidence": 90}
        for n, (_, side, _, _) in PLAN.items()
    }
    score = exercises.score_quiz(CASE, letter.upper(), given)
    assert score.hits + score.correct_rejections == 4
    assert discrimination(*score[:4]).d_prime == pytest.approx(0)


@pytest.mark.parametrize("n", PLAN)
def test_the_forms_are_parallel_statement_by_statement(n):
    assert TRUTH[f"a{n}"] == TRUTH[f"b{n}"]
    words = [len(TEXTS[f"{letter}{n}"].split()) for letter in "ab"]
    assert max(words) <= 30 and max(words) / min(words) < 1.7


def test_no_record_is_asked_for_twice():
    used = [record for plan in PLAN.values() for record in plan[2:]]
    assert len(set(used)) == 16


@pytest.mark.parametrize("id", TEXTS)
def test_the_reason_cites_the_record_that_settles_it_and_says_what_is_not_verified(id):
    cited = re.findall(r"\bR\d+\b", REASONS[id])
    assert PLAN[int(id[1])][2 if id[0] == "a" else 3] in cited
    doubted = [record for record in cited if RECORD[record]["verification"] != "verified"]
    doubt = {"a5": ("R12", "not confirmed"), "a2": ("R16", "verified in part")}.get(id, ("", ""))
    assert not doubted or (doubted == [doubt[0]] and doubt[1] in REASONS[id])


@pytest.mark.parametrize(
    ("id", "record", "column"),
    [
        ("a1", "R25", "event_date"),
        ("a4", "R26", "event_date"),
        ("a5", "R10", "event_date"),
        ("a7", "R20", "event_date"),
        ("a8", "R35", "event_date"),
        ("b1", "R36", "event_date"),
        ("b4", "R33", "event_date"),
        ("b7", "R38", "event_date"),
        ("b8", "R03", "event_date"),
        ("a2", "R16", "event_date"),
    ],
)
def test_a_date_in_a_statement_is_the_record_s(id, record, column):
    assert str(data.span(RECORD[record][column])) in TEXTS[id]


@pytest.mark.parametrize(
    ("id", "record", "column", "said"),
    [
        ("a6", "R28", "event_date", "March 2000"),
        ("b2", "R58", "told_date", "April 2022"),
        ("b5", "R19", "event_date", "October 1996"),
        ("b6", "R14", "event_date", "January 1994"),
    ],
)
def test_a_date_given_less_exactly_holds_the_record_s(id, record, column, said):
    assert said in TEXTS[id] and str(data.span(RECORD[record][column])).endswith(said)


@pytest.mark.parametrize(("id", "record"), [("a3", "R54"), ("b3", "R51")])
def test_the_late_accounts_were_told_in_another_year(id, record):
    told = data.span(RECORD[record]["told_date"])
    assert TEXTS[id].endswith("was made public in 2000.") and told.start.year > 2000
    assert TRUTH[id] is False and str(told) in REASONS[id]


def test_quotations_are_those_of_the_record():
    said = " ".join(row["short_quote"] for row in RECORD.values())
    quotations = [quote for text in TEXTS.values() for quote in re.findall(r"“([^”]+)”", text)]
    assert quotations and all(quote in said for quote in quotations)


def test_no_word_that_gives_a_statement_away_as_false():
    cues = r"\b(never|always|all|only|every|any|none|nobody)\b"
    assert not [id for id, text in TEXTS.items() if re.search(cues, text, re.IGNORECASE)]


def test_more_doubt_about_everything_is_not_reported_as_sharper():
    before = exercises.score_quiz(CASE, "A", {f"a{n}": {"answer": n != 2} for n in PLAN})
    after = exercises.score_quiz(CASE, "B", {f"b{n}": {"answer": False} for n in PLAN})
    assert change(before[:4], after[:4]).sharper is False


def test_the_result_says_for_each_test_how_well_confidence_fitted(tmp_path):
    """All right and certain before, all wrong and certain after: the best and the worst score."""
    journal = kit.journal.open(tmp_path / "my_work.jsonl")
    for letter, right in (("A", True), ("B", False)):
        for statement in exercises.quiz(CASE, letter):
            said = TRUTH[statement.id] is right
            answer = {"answer": said, "confidence": 100}
            journal.write(f"quiz_{letter}/{statement.id}", answer)
    assert "Brier score): 0.00 before, 1.00 after" in widgets.quiz_result(CASE).text
