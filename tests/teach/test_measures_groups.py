"""No small group can be found in a table that `hide_small` has treated: proved by attack."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teach.measures import hide_small


def found_by_subtraction(counts, shown):
    """Cells that all the totals and the shown cells together determine (linear algebra)."""
    unknown = [tuple(place) for place in np.argwhere(shown.isna().to_numpy())]
    lines = [("column", c) for c in range(counts.shape[1])]
    if counts.shape[1] > 1:
        lines += [("row", r) for r in range(counts.shape[0])]
    known = np.array(
        [[float((r if kind == "row" else c) == n) for r, c in unknown] for kind, n in lines]
    ).reshape(len(lines), len(unknown))
    rank = np.linalg.matrix_rank(known) if unknown else 0
    units = np.eye(len(unknown))
    return [
        cell
        for cell, unit in zip(unknown, units, strict=True)
        if np.linalg.matrix_rank(np.vstack([known, unit])) == rank
    ]


tables = (
    st.integers(1, 4)
    .flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 40), min_size=columns, max_size=columns), min_size=1, max_size=5
        )
    )
    .map(pd.DataFrame)
)


@given(tables, st.integers(2, 15))
def test_an_attacker_with_all_totals_finds_no_hidden_cell(counts, k):
    shown = hide_small(counts, k)
    assert (shown.isna() | (shown == counts)).all(axis=None)
    assert not (shown < k).any(axis=None)
    everything = shown.isna().all(axis=None)
    assert everything or found_by_subtraction(counts, shown) == []


@given(tables)
def test_hidden_cells_of_a_line_stand_for_k_or_the_line_is_hidden(counts):
    shown = hide_small(counts)
    for axis in (0, 1) if counts.shape[1] > 1 else (0,):
        hidden = shown.isna()
        together = counts.where(hidden, 0).sum(axis=axis)
        whole = hidden.all(axis=axis)
        assert (~hidden.any(axis=axis) | whole | (together >= 10)).all()


def test_the_attack_finds_a_cell_that_is_hidden_alone():
    counts = pd.DataFrame({"a": [3, 20], "b": [30, 40]})
    alone = counts.astype("Int64").mask(counts < 10)
    assert found_by_subtraction(counts, alone) == [(0, 0)]
    assert found_by_subtraction(counts, hide_small(counts)) == []


def test_two_hidden_squares_joined_by_one_cell_are_not_enough():
    counts = pd.DataFrame(50, index=range(4), columns=range(4))
    for cell in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]:
        counts.iat[cell] = 9
    shown = hide_small(counts)
    assert int(shown.isna().sum().sum()) > 9
    assert found_by_subtraction(counts, shown) == []


def test_one_column_needs_a_second_hidden_cell():
    shown = hide_small(pd.DataFrame({"n": [4, 12, 30, 11]}))
    assert shown["n"].isna().tolist() == [True, False, False, True]


def test_nothing_small_hides_nothing_and_nobody_hides_all():
    full = pd.DataFrame({"a": [10, 20], "b": [30, 40]})
    assert hide_small(full).equals(full.astype("Int64"))
    assert hide_small(full * 0).isna().all(axis=None)
    assert hide_small(full.head(0)).shape == (0, 2)


@pytest.mark.parametrize(("counts", "k", "said"), [([1], 1, "choose 2"), ([-1], 10, "below 0")])
def test_bad_input_is_one_sentence(counts, k, said):
    with pytest.raises(ValueError, match=said):
        hide_small(pd.DataFrame({"n": counts}), k)
