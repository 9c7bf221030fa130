"""Halo, weighted means and rank stability."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import KitError
from kit.measures.ratings import Halo, halo, rank_stability, weighted

TWO = pd.DataFrame({"a": [4, 3, 0, 1], "b": [0, 3, 4, 1]}, index=["forum", "blog", "news", "x"])
MARKS = st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=1, max_size=6)


def test_halo_counts_the_diagonal_of_the_judged_grid():
    assert halo("ABCDE", [1, 2, 3, 4, 5]) == Halo(1.0, 5, 5, 0, 0.2)
    assert halo("ABCDE", "23451").share == 0
    assert halo(["A", "B", "C", "C"], [1, 2, 3, 2]).share == 0.75


def test_f_and_6_are_missing_never_a_midpoint():
    found = halo(["F", "A", "F", None, "", "C"], [6, 6, 1, 2, 3, 3])
    assert found == Halo(1.0, 1, 1, 5, 0.2)


def test_halo_of_nothing_judged():
    assert halo([], []) == Halo(None, 0, 0, 0, 0.2)
    assert halo(["F"], [6]).share is None


def test_halo_reads_columns_with_gaps():
    table = pd.DataFrame({"letter": ["A", None, "C"], "number": [1, 2, np.nan]})
    assert halo(table["letter"], table["number"]) == Halo(1.0, 1, 1, 2, 0.2)
    assert halo(["A"], pd.array([pd.NA], dtype="Int64")).left_out == 1


def test_chance_is_a_fifth_on_the_judged_grid_and_a_sixth_on_the_full_one():
    grid = list(product("ABCDEF", "123456"))
    found = halo(*zip(*grid, strict=True))
    assert found.share == found.chance == 0.2
    on_diagonal = {("A", "1"), ("B", "2"), ("C", "3"), ("D", "4"), ("E", "5"), ("F", "6")}
    assert len(on_diagonal & set(grid)) / len(grid) == 1 / 6


@pytest.mark.parametrize(
    ("letters", "numbers", "words"),
    [
        (["G"], [1], "one of A, B, C, D, E, F, not 'G'"),
        (["A"], [7], "one of 1, 2, 3, 4, 5, 6, not 7"),
        (["A"], [1.5], "not 1.5"),
        (["AB"], [1], "not 'AB'"),
        (["A", "B"], [1], "2 letters for 1 numbers"),
    ],
)
def test_halo_refuses_other_marks(letters, numbers, words):
    with pytest.raises(KitError, match=words):
        halo(letters, numbers)


def test_weighted_means():
    assert weighted(TWO, {"a": 1, "b": 1}).to_list() == [2, 3, 2, 1]
    assert weighted(TWO, {"b": 3, "a": 1}).to_list() == [1, 3, 3, 1]
    assert weighted(TWO, {"a": 0, "b": 2}).to_list() == TWO["b"].to_list()
    rows = TWO.to_dict("index")
    pd.testing.assert_series_equal(
        weighted(rows, {"a": 2, "b": 5}), weighted(TWO, {"a": 20, "b": 50})
    )


def test_a_missing_score_leaves_the_text_without_a_mean():
    scores = {"forum": {"a": 1, "b": None}, "blog": {"a": 2, "b": 3}}
    assert weighted(scores, {"a": 1, "b": 0}).isna().to_list() == [True, False]


@pytest.mark.parametrize(
    "weights",
    [
        {"a": 1},
        {"a": 1, "b": 1, "c": 1},
        {},
        {"a": -1, "b": 2},
        {"a": 0, "b": 0},
        {"a": float("nan"), "b": 1},
    ],
)
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(KitError, match="weight"):
        weighted(TWO, weights)


def test_closed_form_for_two_criteria():
    """forum leads above weight 3/4 of a, news below 1/4, blog between; x crosses at 1/4 and 3/4."""
    table = rank_stability(TWO).set_index("text")
    assert table["first_share"].to_list() == pytest.approx([0.25, 0.5, 0.25, 0], abs=0.012)
    usual = {"forum": 0.25, "blog": 0.5, "news": 0.25, "x": 0.5}
    means = weighted(TWO, {"a": 1, "b": 1})
    assert means["forum"] == means["news"]  # tied second
    assert table["same_rank_share"].to_dict() == pytest.approx(usual, abs=0.012)


@given(MARKS)
@settings(max_examples=25)
def test_first_shares_add_up_to_one_without_twins(marks):
    different = [list(m) for m in dict.fromkeys(map(tuple, marks))]
    table = rank_stability(pd.DataFrame(different, columns=["a", "b"]))
    assert table["first_share"].sum() == pytest.approx(1)


def test_twins_share_the_better_rank():
    table = rank_stability({"a": {"x": 3, "y": 3}, "b": {"x": 3, "y": 3}, "c": {"x": 1, "y": 1}})
    assert table["first_share"].to_list() == [1, 1, 0]
    assert table["same_rank_share"].to_list() == [1, 1, 1]


def test_no_text_dominates_three_mirror_images():
    table = rank_stability(pd.DataFrame(np.eye(3), index=list("abc")))
    assert table["first_share"].to_list() == pytest.approx([1 / 3] * 3, abs=0.015)


def test_best_on_everything_stays_first_whatever_the_weights():
    scores = pd.DataFrame([[4, 4, 4, 4], [3, 1, 2, 3]], index=["best", "other"])
    assert rank_stability(scores)["first_share"].to_list() == pytest.approx([1, 0])


def test_one_criterion_leaves_nothing_to_weight():
    table = rank_stability(pd.DataFrame({"a": [1, 3]}, index=["p", "q"]))
    assert table["first_share"].to_list() == pytest.approx([0, 1])
    assert table["same_rank_share"].to_list() == pytest.approx([1, 1])


def test_a_missing_score_leaves_a_text_out():
    table = rank_stability({"p": {"a": 1, "b": None}, "q": {"a": 0, "b": 1}}).set_index("text")
    assert table.loc["p"].isna().all()
    assert table.loc["q"].to_list() == [1, 1]
    empty = rank_stability({"p": {"a": None, "b": None}})
    assert empty["first_share"].isna().all()


def test_same_seed_same_shares():
    scores = pd.DataFrame(np.random.default_rng(0).integers(0, 5, (5, 6)))
    pd.testing.assert_frame_equal(rank_stability(scores), rank_stability(scores))


def test_no_criteria_is_refused():
    with pytest.raises(KitError, match="no criteria"):
        rank_stability(pd.DataFrame(index=["p"]))
