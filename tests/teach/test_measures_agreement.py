"""Krippendorff's alpha on the published values, on degenerate tables and under its invariants."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kit.errors import KitError
from teach.measures.krippendorff import LEVELS, Agreement, alpha


def read(line):
    return [None if mark == "*" else int(mark) for mark in line.split()]


BINARY = [[int(x) for x in "0100000010"], [int(x) for x in "1110010000"]]
NOMINAL = [list("aabbdcccedda"), list("babbbccceddd")]
GAPS = [
    read("1 2 3 3 2 1 4 1 2 * * *"),
    read("1 2 3 3 2 2 4 1 2 5 * 3"),
    read("* 3 3 3 2 3 4 2 2 5 1 *"),
    read("1 2 3 3 2 4 4 1 2 5 1 *"),
]
TABLES = st.integers(2, 5).flatmap(
    lambda units: st.lists(
        st.lists(st.sampled_from([None, 0, 1, 2, 3.5]), min_size=units, max_size=units),
        min_size=2,
        max_size=5,
    )
)


def by_listing_pairs(ratings, level):
    """Alpha the slow way: list every pair. An independent check of the closed forms."""
    units = [[r for r in unit if r is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    pool = sorted(r for unit in units for r in unit)

    def apart(a, b):
        if level == "nominal":
            return float(a != b)
        low, high = sorted([a, b])
        between = sum(low <= r <= high for r in pool)
        return (between - (pool.count(low) + pool.count(high)) / 2) ** 2 if a != b else 0.0

    observed = sum(
        sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    expected = sum(apart(a, b) for a, b in permutations(pool, 2)) / (len(pool) - 1)
    return 1 - observed / expected


def test_published_binary():
    assert f"{alpha(BINARY).alpha:.10f}" == "0.0952380952"


def test_published_nominal():
    found = alpha(NOMINAL)
    assert f"{found.alpha:.10f}" == "0.6919642857"
    assert found[3:6] == (12, 2, 24)
    assert found.note == ""


@pytest.mark.parametrize(("level", "printed"), [("nominal", "0.743"), ("ordinal", "0.815")])
def test_published_with_gaps(level, printed):
    found = alpha(GAPS, level)
    assert f"{found.alpha:.3f}" == printed
    assert (found.n_units, found.n_raters, found.n_values) == (11, 4, 9 + 13 + 10 + 5 + 3)
    assert found.low < found.alpha < found.high <= 1


@pytest.mark.parametrize("level", LEVELS)
@given(ratings=TABLES)
@settings(max_examples=60)
def test_closed_forms_equal_listing_every_pair(level, ratings):
    found = alpha(ratings, level, resamples=20)
    assume(found.alpha is not None)
    assert found.alpha == pytest.approx(by_listing_pairs(ratings, level), abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
@given(ratings=TABLES, order=st.randoms())
@settings(max_examples=40)
def test_order_of_raters_and_units_does_not_matter(level, ratings, order):
    table = np.array(ratings, dtype=object)
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    order.shuffle(rows)
    order.shuffle(columns)
    one, other = (alpha(t, level, resamples=5) for t in (table, table[rows][:, columns]))
    assert one[3:6] == other[3:6]
    assert one.alpha == (None if other.alpha is None else pytest.approx(other.alpha, abs=1e-9))


@given(ratings=TABLES, names=st.permutations("pqrs"))
@settings(max_examples=40)
def test_nominal_alpha_does_not_depend_on_the_labels(ratings, names):
    label = dict(zip([0, 1, 2, 3.5], names, strict=True))
    renamed = [[None if r is None else label[r] for r in row] for row in ratings]
    one, other = alpha(ratings, resamples=5), alpha(renamed, resamples=5)
    assert one.alpha == (None if other.alpha is None else pytest.approx(other.alpha, abs=1e-9))


@pytest.mark.parametrize("level", LEVELS)
@given(row=st.lists(st.integers(0, 9), min_size=2, max_size=12), raters=st.integers(2, 6))
@settings(max_examples=40)
def test_full_agreement_is_one(level, row, raters):
    assume(len(set(row)) > 1)
    found = alpha([row] * raters, level, resamples=20)
    assert found.alpha == pytest.approx(1, abs=1e-9)
    assert found.low is None or found.low == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("ratings", "note"),
    [
        ([[3, 3, 3], [3, 3, 3]], "undefined: every rating is 3"),
        ([[3.5, 3.5], [3.5, None]], "undefined: every rating is 3.5"),
        ([[3, 3, 5], [3, 3, None]], "undefined: every rating that can be compared is 3"),
        ([[1, 2, 3]], "undefined: no unit was rated by two raters"),
        ([[1, None], [None, 2]], "undefined: no unit was rated by two raters"),
        ([[None, None], [float("nan"), ""]], "undefined: no unit was rated by two raters"),
        ([], "undefined: no unit was rated by two raters"),
        ([[], []], "undefined: no unit was rated by two raters"),
        ([[1], [2], [2]], "undefined: only one unit was rated by two raters"),
        ([[1, 4], [2, None]], "undefined: only one unit was rated by two raters"),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_undefined_is_none_and_says_why(ratings, note, level):
    found = alpha(ratings, level)
    assert found[:3] == (None, None, None)
    assert found.note == note


def test_undefined_names_a_label_too():
    assert alpha([["a", "a"], ["a", "a"]]).note == "undefined: every rating is a"


def test_few_units_warn():
    assert alpha([row[:9] for row in BINARY]).note.startswith("only 9 units: too few")
    assert "units" not in alpha(BINARY).note


def test_resamples_without_variation_are_left_out_and_counted():
    found = alpha([[1] * 11 + [2], [1] * 11 + [2]])
    assert found.alpha == found.low == found.high == 1
    left_out = int(found.note.split()[0])
    assert found.note.endswith("of 1000 resamples had no variation and were left out")
    assert left_out == pytest.approx(1000 * (11 / 12) ** 12, abs=50)


def test_interval_is_the_bootstrap_over_units_done_by_hand():
    found = alpha(GAPS, "ordinal", seed=3, resamples=40)
    units = np.array(GAPS, dtype=object)[:, [i for i in range(12) if i != 11]]
    draws = np.random.default_rng(3).multinomial(11, [1 / 11] * 11, size=40)
    tables = [np.repeat(units, draw, axis=1).tolist() for draw in draws]
    alphas = [by_listing_pairs(table, "ordinal") for table in tables]
    assert (found.low, found.high) == pytest.approx(np.quantile(alphas, [0.025, 0.975]), abs=1e-9)


def test_same_input_same_output_and_another_seed_moves_only_the_interval():
    assert alpha(GAPS, "ordinal") == alpha(GAPS, "ordinal")
    one, other = alpha(GAPS, "ordinal"), alpha(GAPS, "ordinal", seed=1)
    assert one.alpha == other.alpha
    assert one[1:3] != other[1:3]


def test_all_shapes_of_table_and_marks_of_missing_give_the_same():
    floats = np.array([[np.nan if r is None else r for r in row] for row in GAPS])
    frame = pd.DataFrame(GAPS).astype("Int64")
    marks = [["" if r is None else str(r) for r in row] for row in GAPS]
    for table in (floats, frame, pd.DataFrame(floats), marks, np.array(GAPS, dtype=object)):
        assert alpha(table, "ordinal") == alpha(GAPS, "ordinal")


def test_many_raters_in_chunks_agree_with_one_piece(monkeypatch):
    ratings = np.random.default_rng(0).integers(0, 5, (300, 60)).astype(float)
    whole = [alpha(ratings, level) for level in LEVELS]
    monkeypatch.setattr("teach.measures.krippendorff.CELLS_AT_ONCE", 700)
    for one, other in zip(whole, [alpha(ratings, level) for level in LEVELS], strict=True):
        assert one[:3] == pytest.approx(other[:3], abs=1e-12)


@pytest.mark.parametrize(
    ("ratings", "level", "words"),
    [
        (GAPS, "cardinal", "level must be one of nominal, ordinal, not"),
        ([[1, 2], [1]], "nominal", "every row of the same length"),
        ([1, 2, 3], "nominal", "one row per rater"),
        (NOMINAL, "ordinal", "must be finite numbers, not 'a'"),
        ([[1, float("inf")], [1, 2]], "ordinal", "must be finite numbers, not inf"),
    ],
)
def test_bad_input_is_one_sentence(ratings, level, words):
    with pytest.raises(KitError, match=words):
        alpha(ratings, level)


def test_result_is_plain_python():
    found = alpha(BINARY)
    assert isinstance(found, Agreement)
    assert all(type(part) in (float, int, str) for part in found)
