"""Certainty-based marks, and confidence against being right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import KitError
from teach.measures.confidence import CERTAINTY_MARKS, calibration
from tests.kit.test_measures_judgement import BAD_PROBABILITIES


@BAD_PROBABILITIES
def test_bad_probabilities_are_one_sentence(p, outcome, words):
    with pytest.raises(KitError, match=words):
        calibration(p, outcome)


def expected_marks(p, level):
    right, wrong = (CERTAINTY_MARKS[is_right][level - 1] for is_right in (True, False))
    return p * right + (1 - p) * wrong


@pytest.mark.parametrize(("p", "lower", "upper"), [(2 / 3, 1, 2), (0.8, 2, 3)])
def test_certainty_levels_break_even_where_published(p, lower, upper):
    assert expected_marks(p, lower) == pytest.approx(expected_marks(p, upper))
    assert expected_marks(p - 0.01, lower) > expected_marks(p - 0.01, upper)
    assert expected_marks(p + 0.01, lower) < expected_marks(p + 0.01, upper)


def test_calibration_bins_keep_their_borders_and_empty_bins_are_missing():
    table = calibration([0.5, 0.6, 0.7, 0.7, 1.0], [0, 1, 1, 0, 1])
    assert list(table) == ["low", "high", "n", "mean_p", "share_right"]
    assert table["low"].to_list() == [0.5, 0.6, 0.7, 0.8, 0.9]
    assert table["n"].to_list() == [1, 1, 2, 0, 1]
    assert table["share_right"].to_list()[:3] == [0, 1, 0.5]
    assert table.loc[3, ["mean_p", "share_right"]].isna().all()


def test_calibration_from_zero_when_a_probability_is_under_a_half():
    table = calibration([0.1, 0.3, 0.9], [0, 1, None])
    assert table["low"].to_list() == [0, 0.2, 0.4, 0.6, 0.8]
    assert table["n"].to_list() == [1, 1, 0, 0, 0]


def test_calibration_of_nothing():
    table = calibration([], [], bins=2)
    assert table["n"].to_list() == [0, 0]
    assert table[["mean_p", "share_right"]].isna().all(axis=None)
    with pytest.raises(KitError, match="at least 1 bin"):
        calibration([0.5], [1], bins=0)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40), st.integers(1, 9))
def test_every_answer_is_in_one_bin(answers, bins):
    p, right = [a for a, _ in answers], [b for _, b in answers]
    table = calibration(p, right, bins)
    assert len(table) == bins
    assert table["n"].sum() == len(answers)
    filled = table[table["n"] > 0]
    assert (filled["mean_p"] >= filled["low"] - 1e-8).all()
    assert (filled["mean_p"] <= filled["high"] + 1e-8).all()
    assert (filled["n"] * filled["share_right"]).sum() == pytest.approx(sum(right))
