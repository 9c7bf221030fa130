"""Stances counted, witnesses counted and weighed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit.data
from kit.errors import KitError
from kit.measures.witnesses import distinct_witnesses, effective_witnesses, stance_counts

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


def test_stance_counts_of_the_key_add_up_to_the_texts():
    case = kit.data.load()
    table = stance_counts(case.key.stances)
    assert list(table) == ["asserts", "denies", "hedges", "silent"]
    assert list(table.index) == list(dict.fromkeys(case.key.stances["proposition_id"]))
    assert (table.sum(axis=1) == len(case.texts)).all()
    pd.testing.assert_frame_equal(table, stance_counts(case.key.rows("stances")))


def test_unanswered_stances_are_not_counted_as_silent():
    rows = [
        {"proposition_id": "P2", "text_id": t, "stance": s}
        for t, s in [("a", ""), ("b", None), ("c", float("nan"))]
    ]
    assert stance_counts(rows).loc["P2"].to_list() == [0, 0, 0, 0]
    assert stance_counts([]).empty


def test_an_unknown_or_double_stance_is_named():
    row = {"proposition_id": "P1", "text_id": "blog", "stance": "maybe"}
    with pytest.raises(KitError, match=r"'blog' on 'P1' \('maybe'\) must be one of asserts"):
        stance_counts([row])
    row["stance"] = "denies"
    with pytest.raises(KitError, match="is given twice"):
        stance_counts([row, row])
