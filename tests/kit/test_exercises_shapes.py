"""Answers of another form: whatever JSON holds is answered with a sentence and never crashes."""

import copy
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import data, exercises
from kit.exercises.kinds import FAULT
from teach.report.invented_class import right_chart
from tests.solutions.answers import ANSWERS

CASE = data.load()
CHECKER = exercises.Checker(CASE)
EXERCISES = CHECKER.exercises
STRANGE = ["", "x" * 5000, 0, -1, 1.5, 1e308, 10**400, True, None, [], {}, [[]], {"": {"": []}}]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def right(exercise):
    """The answer that earns everything, as the journal keeps it."""
    if exercise.kind in ("chart", "marks"):
        return right_chart(CHECKER.key(exercise.id).value)
    return ANSWERS[exercise.id] if exercise.id in ANSWERS else CHECKER.key(exercise.id).value


def places(value, path=()):
    """Every place in a JSON value, the whole of it first."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def changed(value, path, new):
    """A copy of `value` with `new` at one place."""
    if not path:
        return new
    value = copy.deepcopy(value)
    inside = value
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = new
    return value


@pytest.mark.parametrize("id", EXERCISES)
def test_a_right_answer_has_the_right_form(id):
    exercises.validate(EXERCISES[id], right(EXERCISES[id]))
    assert CHECKER.check(id, right(EXERCISES[id])).earned in (1.0, None)


@pytest.mark.parametrize("id", EXERCISES)
def test_no_part_of_an_answer_can_be_so_strange_that_the_check_fails(id):
    answer, rng = right(EXERCISES[id]), random.Random(4)
    found = list(places(answer))
    for path in found[:1] + rng.sample(found, min(40, len(found))):
        for new in STRANGE:
            feedback = CHECKER.check(id, changed(answer, path, new))
            assert feedback.state in ("not answered", "not yet", "correct", "recorded")
            assert feedback.message.strip()
            assert feedback.earned is None or 0 <= feedback.earned <= 1


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(EXERCISES)), JSON)
def test_any_json_gets_an_answer(id, value):
    assert CHECKER.check(id, value).message


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("f2_or_e4", ["may_serve"]),
        ("dated_texts", "none"),
        ("attached_records", ["R03"]),
        ("stances", {"P1": ["denies"]}),
        ("ratings", {"forum": {"source": "F"}}),
        ("final_answer", {"text": "It depends."}),
        ("claims_table", [["forum", 3]]),
        ("enlargement_chart", {"title": "Members", "lines": []}),
    ],
)
def test_another_form_earns_nothing_and_is_named(id, answer):
    assert CHECKER.check(id, answer)[:4] == ("not yet", FAULT, 0.0, ())


def test_a_long_entry_is_quoted_in_short():
    for id, entry in (("members_1954", "9" * 5000), ("date_article", "1" * 5000)):
        assert len(CHECKER.check(id, entry).message) < 150


def test_the_key_is_asked_once_for_many_answers(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "kit.exercises.checker.answer_of",
        lambda exercise, case: asked.append(exercise.id) or exercises.answer_of(exercise, case),
    )
    checker = exercises.Checker(CASE)
    assert [checker.check("members_1954", number).state for number in (14, 15, 14)] == [
        "correct",
        "not yet",
        "correct",
    ]
    assert asked == ["members_1954"]
