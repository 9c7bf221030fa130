"""No small group can be found among counts that `hide_small` has treated: proved by attack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import KitError
from kit.measures.suppression import hide_small


def found_by_subtraction(counts, shown, k):
    """Hidden counts that the total and the shown counts determine, exactly or as fewer than k."""
    hidden = [n for n, count in enumerate(shown) if count is None]
    rest = sum(counts) - sum(count for count in shown if count is not None)
    return hidden if len(hidden) == 1 or rest < k else []


lists = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@given(lists, st.integers(2, 15))
def test_an_attacker_with_the_total_finds_no_hidden_count(counts, k):
    shown = hide_small(counts, k)
    assert all(a is None or a == b >= k for a, b in zip(shown, counts, strict=True))
    everything = all(count is None for count in shown)
    assert everything or found_by_subtraction(counts, shown, k) == []


@given(lists)
def test_no_more_is_hidden_than_need_be(counts):
    """One of those that were hidden to help, shown again, gives the others away."""
    shown = hide_small(counts)
    helpers = [n for n, count in enumerate(counts) if shown[n] is None and count >= 10]
    if helpers and any(count is not None for count in shown):
        largest = max(helpers, key=lambda n: counts[n])
        back = [*shown[:largest], counts[largest], *shown[largest + 1 :]]
        assert found_by_subtraction(counts, back, 10) != []


def test_the_attack_finds_a_count_that_is_hidden_alone():
    assert found_by_subtraction([3, 20, 30], [None, 20, 30], 10) == [0]
    assert found_by_subtraction([3, 4, 30], [None, None, 30], 10) == [0, 1]
    assert found_by_subtraction([3, 20, 30], hide_small([3, 20, 30]), 10) == []


def test_a_count_hidden_alone_needs_a_second_one():
    assert hide_small([4, 12, 30, 11]) == [None, 12, 30, None]


def test_nothing_small_hides_nothing_and_nobody_hides_all():
    assert hide_small([10, 20, 30]) == [10, 20, 30]
    assert hide_small([0, 0]) == [None, None]
    assert hide_small([]) == []


@pytest.mark.parametrize(("counts", "k", "said"), [([1], 1, "choose 2"), ([-1], 10, "below 0")])
def test_bad_input_is_one_sentence(counts, k, said):
    with pytest.raises(KitError, match=said):
        hide_small(counts, k)
