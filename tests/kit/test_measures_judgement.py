"""Signal detection, Brier, certainty marks and calibration."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.measures.judgement import brier, calibration, certainty_marks, change, discrimination

COUNTS = st.integers(0, 50)


def test_published_rates():
    found = discrimination(8, 2, 4, 6, correct=False)
    assert (f"{found.d_prime:.5f}", f"{found.criterion:.5f}") == ("1.09497", "-0.29414")


def test_published_counts_with_correction():
    found = discrimination(9, 1, 2, 7)
    assert (f"{found.d_prime:.5f}", f"{found.criterion:.5f}") == ("1.77129", "-0.21116")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((4, 0, 1, 3), "every true statement was called true"),
        ((0, 4, 1, 3), "every true statement was called false"),
        ((3, 1, 4, 0), "every false statement was called true"),
        ((3, 1, 0, 4), "every false statement was called false"),
    ],
)
def test_perfect_rates_need_the_correction(counts, words):
    found = discrimination(*counts, correct=False)
    assert found == (None, None, f"undefined without the correction: {words}")
    assert discrimination(*counts).d_prime is not None


@pytest.mark.parametrize("correct", [True, False])
@pytest.mark.parametrize(
    ("counts", "kind"), [((0, 0, 2, 2), "true"), ((2, 2, 0, 0), "false"), ((0, 0, 0, 0), "true")]
)
def test_nothing_answered_is_undefined(counts, kind, correct):
    found = discrimination(*counts, correct=correct)
    assert found == (None, None, f"undefined: no {kind} statement was answered")


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="cannot be below 0"):
        discrimination(3, -1, 2, 2)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_calling_everything_by_the_other_name_turns_the_signs(hits, misses, alarms, rejections):
    found = discrimination(hits, misses, alarms, rejections)
    turned = discrimination(misses, hits, rejections, alarms)
    if found.d_prime is None:
        assert turned.d_prime is None
        return
    assert turned.d_prime == pytest.approx(-found.d_prime, abs=1e-9)
    assert turned.criterion == pytest.approx(-found.criterion, abs=1e-9)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((3, 1, 2, 2), (2, 2, 1, 3)),
        ((2, 2, 1, 3), (1, 3, 0, 4)),
        ((4, 0, 2, 2), (3, 1, 1, 3)),
        ((60, 40, 50, 50), (30, 70, 20, 80)),
    ],
)
def test_saying_false_to_everything_is_not_sharper(before, after):
    found = change(before, after)
    assert found.sharper is False
    assert found.note == 'not sharper; leans more to "false" than before'
    assert found.criterion > 0


def test_the_same_shift_the_other_way_is_not_sharper_either():
    found = change((2, 2, 1, 3), (3, 1, 2, 2))
    assert found.note == 'not sharper; leans more to "true" than before'
    assert change((3, 1, 2, 2), (4, 0, 3, 1)).sharper is False


def test_real_gain_and_no_change():
    assert change((2, 2, 2, 2), (3, 1, 1, 3))[2:] == (True, "sharper")
    assert change((3, 1, 1, 3), (3, 1, 1, 3)) == (0, 0, False, "not sharper")


def test_change_from_nothing_is_undefined():
    found = change((0, 0, 0, 0), (3, 1, 1, 3))
    assert found == (None, None, None, "undefined: no true statement was answered")


def test_brier():
    assert brier([0.5] * 4, [0, 1, 0, 1]) == 0.25
    assert brier([1, 0], [True, False]) == 0
    assert brier([1, 0], [False, True]) == 1
    assert brier([0.8, None, 0.6, float("nan")], [1, 1, None, 0]) == pytest.approx(0.04)
    assert brier(pd.Series([0.8]), pd.Series([True], dtype="boolean")) == pytest.approx(0.04)
    assert brier([], []) is None
    assert brier([None], [1]) is None


@pytest.mark.parametrize(
    ("p", "outcome", "words"),
    [
        ([80], [1], "from 0 to 1, not 80"),
        ([-0.1], [1], "from 0 to 1"),
        ([0.8], [2], "True, False or missing"),
        ([0.8, 0.9], [1], "2 probabilities for 1 outcomes"),
    ],
)
def test_bad_probabilities_are_one_sentence(p, outcome, words):
    for measure in (brier, calibration):
        with pytest.raises(ValueError, match=words):
            measure(p, outcome)


def test_certainty_marks():
    assert [certainty_marks(True, level) for level in (1, 2, 3)] == [1, 2, 3]
    assert [certainty_marks(False, level) for level in (1, 2, 3)] == [0, -2, -6]
    assert certainty_marks(None, 3) == 0
    with pytest.raises(ValueError, match="certainty must be 1, 2 or 3, not 4"):
        certainty_marks(True, 4)


def expected_marks(p, level):
    return p * certainty_marks(True, level) + (1 - p) * certainty_marks(False, level)


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
    with pytest.raises(ValueError, match="at least 1 bin"):
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
