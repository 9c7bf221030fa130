"""Signal detection and the Brier score."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import KitError
from kit.measures.judgement import brier, change, discrimination

COUNTS = st.integers(0, 50)


def test_published_counts_with_correction():
    found = discrimination(9, 1, 2, 7)
    assert (f"{found.d_prime:.5f}", f"{found.criterion:.5f}") == ("1.77129", "-0.21116")


@pytest.mark.parametrize(
    ("counts", "kind"), [((0, 0, 2, 2), "true"), ((2, 2, 0, 0), "false"), ((0, 0, 0, 0), "true")]
)
def test_nothing_answered_is_undefined(counts, kind):
    found = discrimination(*counts)
    assert found == (None, None, f"undefined: no {kind} statement was answered")


@pytest.mark.parametrize("counts", [(4, 0, 1, 3), (0, 4, 1, 3), (3, 1, 4, 0), (3, 1, 0, 4)])
def test_a_perfect_rate_stays_finite(counts):
    assert -3 < discrimination(*counts).d_prime < 3


def test_counts_below_zero_are_refused():
    with pytest.raises(KitError, match="cannot be below 0"):
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


BAD_PROBABILITIES = pytest.mark.parametrize(
    ("p", "outcome", "words"),
    [
        ([80], [1], "from 0 to 1, not 80"),
        ([-0.1], [1], "from 0 to 1"),
        ([0.8], [2], "True, False or missing"),
        ([0.8, 0.9], [1], "2 probabilities for 1 outcomes"),
    ],
)


@BAD_PROBABILITIES
def test_bad_probabilities_are_one_sentence(p, outcome, words):
    with pytest.raises(KitError, match=words):
        brier(p, outcome)
