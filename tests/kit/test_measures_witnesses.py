"""Witnesses counted and weighed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit.data
from kit.measures.witnesses import distinct_witnesses, effective_witnesses

LABELS = st.lists(st.sampled_from(["a", "b", "c", "", None]), max_size=30)


@pytest.mark.parametrize("n", [1, 2, 5, 100])
def test_copies_are_one_witness_and_strangers_are_n(n):
    assert effective_witnesses(["Putin"] * n) == 1
    assert effective_witnesses(range(n)) == n
    assert effective_witnesses([None] * n) == effective_witnesses([""] * n) == n


def test_missing_labels_stand_alone_whatever_the_mark():
    accounts = ["Putin", "Putin", None, float("nan"), "", pd.NA]
    assert distinct_witnesses(accounts) == 5
    assert effective_witnesses(accounts) == pytest.approx(36 / 8)


def test_no_accounts():
    assert effective_witnesses([]) == distinct_witnesses([]) == 0


def test_tellings_of_one_person_in_the_record_are_one_witness_each():
    rows = [row["witness"] for row in kit.data.load().rows("record") if row["witness"]]
    for name in ("Vladimir Putin", "George Robertson"):
        assert effective_witnesses([w for w in rows if w == name]) == 1
    assert distinct_witnesses(rows) == 4
    assert 1 < effective_witnesses(rows) < 4


@given(LABELS)
def test_effective_number_lies_between_one_and_the_distinct(accounts):
    effective, distinct = effective_witnesses(accounts), distinct_witnesses(accounts)
    assert min(1, len(accounts)) <= effective <= distinct + 1e-9
    assert effective_witnesses(accounts[::-1]) == pytest.approx(effective)


def test_effective_number_is_the_variance_of_an_average_with_shared_errors():
    rng = np.random.default_rng(0)
    accounts = ["a", "a", "a", "b", "c"]
    errors = rng.normal(size=(100_000, 3))[:, [0, 0, 0, 1, 2]]
    assert 1 / errors.mean(axis=1).var() == pytest.approx(effective_witnesses(accounts), rel=0.02)
