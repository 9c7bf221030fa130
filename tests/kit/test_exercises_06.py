"""The exercises of notebook 06: the four scales, the two written tasks and their samples."""

import json
import re
from pathlib import Path

import pytest

from kit import data, exercises
from tests.solutions.answers import ANSWERS

CASE = data.load()
EXERCISES = exercises.load(CASE)
IDS = ("verdict_scales", "final_answer", "what_would_change")
WRITTEN = IDS[1:]
SCALES = {"three": 3, "four": 4, "six": 6, "hundred": 101}
RECORD = {row["record_id"]: row for row in CASE.rows("record")}
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "06_answer_the_question.ipynb"
SAMPLES = [
    (id, level, lean, text)
    for id in WRITTEN
    for level, pair in enumerate(EXERCISES[id].samples)
    for lean, text in zip(("yes", "no"), pair, strict=True)
]


def check(id, answer):
    return exercises.check(id, answer, CASE)


def ids_in(text):
    return re.findall(r"\bR\d+\b", text)


def test_the_notebook_has_its_three_exercises_and_fifteen_points():
    mine = [e for e in EXERCISES.values() if e.notebook == "06_answer_the_question"]
    assert [(e.id, e.kind, e.points) for e in mine] == [
        ("verdict_scales", "rating", 3),
        ("final_answer", "written", 8),
        ("what_would_change", "written", 4),
    ]


@pytest.mark.parametrize("id", IDS)
def test_hints_come_in_steps_and_name_no_record(id):
    hints = EXERCISES[id].hints
    assert 2 <= len(hints) <= 3
    assert not ids_in(" ".join(hints))


# the four scales ---------------------------------------------------------------------------


def steps_of(column):
    return list(column.values) or list(range(column.range[0], column.range[1] + 1))


def test_the_scales_have_3_4_6_and_101_steps_with_words_at_both_ends():
    columns = {column.id: column for column in EXERCISES["verdict_scales"].columns}
    assert {id: len(steps_of(column)) for id, column in columns.items()} == SCALES
    for column in list(columns.values())[:3]:
        assert len(set(column.values)) == len(column.values) and column.values[-1] == "true"
    assert "wholly false" in columns["hundred"].text and "wholly true" in columns["hundred"].text


def test_any_verdict_is_recorded_and_none_is_called_right():
    for place in (0, -1):
        columns = EXERCISES["verdict_scales"].columns
        cells = {c.id: {"value": steps_of(c)[place], "evidence": None} for c in columns}
        feedback = check("verdict_scales", {"claim": cells})
        assert (feedback.state, feedback.earned) == ("recorded", 1)
        assert "no right or wrong" in feedback.message
    assert "verdict_scales" not in CASE.key.answers


@pytest.mark.parametrize(
    ("cells", "earned"),
    [
        ({"hundred": {"value": 0, "evidence": None}}, 0.25),
        ({"three": {"value": "true"}, "four": {"value": None}}, 0.25),
        ({"unknown": {"value": "true"}}, None),
        ({}, None),
    ],
)
def test_part_of_the_scales_counts_in_part(cells, earned):
    feedback = check("verdict_scales", {"claim": cells})
    assert feedback.earned == earned
    assert feedback.state == ("recorded" if earned else "not answered")


def test_the_worked_answer_moves_with_the_scale():
    cells = ANSWERS["verdict_scales"]["claim"]
    columns = EXERCISES["verdict_scales"].columns
    assert all(cells[column.id]["value"] in steps_of(column) for column in columns)
    assert check("verdict_scales", ANSWERS["verdict_scales"]).earned == 1


# the written tasks -------------------------------------------------------------------------


@pytest.mark.parametrize("id", WRITTEN)
def test_a_rubric_has_five_named_levels_and_two_samples_each(id):
    names = ["No effort", "Reactive", "Inquisitive", "Investigative", "Competent"]
    starts = [f"{level} {name}. " for level, name in enumerate(names)]
    assert all(map(str.startswith, EXERCISES[id].rubric, starts))
    assert [len(pair) for pair in EXERCISES[id].samples] == [2] * 5


@pytest.mark.parametrize(("id", "level", "lean", "text"), SAMPLES)
def test_a_sample_keeps_the_limit_and_cites_what_its_level_says(id, level, lean, text):
    cited = ids_in(text)
    assert len(text.split()) <= EXERCISES[id].limit
    assert set(cited) <= set(RECORD)
    assert not {RECORD[record]["verification"] for record in cited} & {"unverified"}
    assert bool(cited) == (level >= 3)


@pytest.mark.parametrize(("id", "level", "lean", "text"), SAMPLES)
def test_a_quotation_in_a_sample_is_in_a_record_it_cites(id, level, lean, text):
    said = " ".join(RECORD[record]["short_quote"] for record in ids_in(text))
    own = {"ask", "asked", "perhaps asked", "was offered a discussion", "Russia"}
    own |= {"asked, in private, and was told that countries apply"}
    for quotation in re.findall(r"“([^”]+)”", text):
        assert quotation in said or quotation in own


@pytest.mark.parametrize("lean", ["yes", "no"])
def test_the_samples_differ_by_evidence_and_not_by_opinion(lean):
    deciding = ({"R25", "R35", "R36"}, {"R38", "R39", "R46"}, {"R51", "R54"})
    for id, level, side, text in SAMPLES:
        if id == "final_answer" and side == lean and level >= 3:
            groups = sum(bool(group & set(ids_in(text))) for group in deciding)
            assert groups == 3 if level == 4 else groups < 3
            assert text.lower().startswith(lean)


@pytest.mark.parametrize("id", WRITTEN)
def test_written_work_is_recorded_with_a_count_and_never_passed(id):
    feedback = check(id, ANSWERS[id])
    assert feedback.state == "recorded" and feedback.earned is None
    assert "over the limit" not in feedback.message and "A person reads" in feedback.message
    assert set(ids_in(ANSWERS[id])) <= set(RECORD)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("word " * 151, "151 words, 1 over the limit of 150"),
        ("As R25 and R99 show", "Not in the record: R99"),
        ("Yes, raised.", "2 words of 150"),
    ],
)
def test_what_the_check_says_of_a_text(answer, told):
    feedback = check("final_answer", answer)
    assert feedback.state == "recorded" and told in feedback.message


def test_the_worked_tests_hold_an_answer_for_every_statement():
    for letter in "AB":
        given = ANSWERS[f"quiz_{letter}"]
        assert list(given) == [statement.id for statement in exercises.quiz(CASE, letter)]
        assert sum(exercises.score_quiz(CASE, letter, given)[:4]) == 8


# the prose ---------------------------------------------------------------------------------


def prose():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def test_the_example_on_2014_follows_its_records():
    on, again = (data.span(RECORD[record]["event_date"]) for record in ("R49", "R50"))
    assert f"On {on} NATO suspended all practical cooperation" in prose()
    assert f"met again on {again}, for the first time in nearly two years" in prose()
    assert "for the first time in nearly two years" in RECORD["R50"]["what_happened"]
    assert "keeps political channels open" in RECORD["R49"]["what_happened"]


def test_numbers_of_the_prose_are_those_of_the_data():
    assert "The moments in the record are of five kinds." in prose()
    kinds = {row["kind"] for row in RECORD.values()}
    assert len(kinds) == 5 and all(f"| {kind} |" in prose() for kind in kinds)


def test_the_prose_gives_away_no_statement_of_the_test_that_follows():
    settled = {"R36", "R58", "R51", "R33", "R19", "R14", "R38", "R03"}
    assert not settled & set(ids_in(prose()))
