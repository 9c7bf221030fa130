"""The order of the texts: drawn evenly from a code, and its effect found where it is known."""

import hashlib
import subprocess
import sys
from collections import Counter
from itertools import permutations
from statistics import NormalDist

import numpy as np
import pytest

from kit.data import drawn_order, is_order
from kit.errors import KitError
from teach.measures.class_effects import HARDLY_TWO, NO_CHANCE, ONE_ORDER, order_effect

TEXTS = ["forum", "blog", "article", "news", "factcheck"]
CODES = 20_000
SIZES = {25: 500, 100: 250, 1000: 100}  # learners: classes simulated for each slope


# The draw


@pytest.fixture(scope="module")
def orders():
    return [tuple(drawn_order(TEXTS, f"owl-{n}")) for n in range(CODES)]


def test_the_order_is_that_of_the_hashes_of_code_and_text():
    by_hash = {hashlib.sha256(f"otter-1/{id}".encode()).hexdigest(): id for id in TEXTS}
    assert drawn_order(TEXTS, "otter-1") == [by_hash[each] for each in sorted(by_hash)]


def test_the_order_is_the_same_on_every_machine():
    """Written down once; should it ever change, learners would see another order than they had."""
    assert drawn_order(TEXTS, "otter-1") == ["article", "forum", "blog", "factcheck", "news"]


@pytest.mark.parametrize("texts", [TEXTS[::-1], dict.fromkeys(sorted(TEXTS))], ids=["list", "dict"])
def test_neither_the_texts_own_order_nor_the_case_of_a_code_matters(texts):
    assert drawn_order(texts, "Otter-1") == drawn_order(TEXTS, "oTTER-1")


def test_every_text_stands_at_every_place_about_as_often(orders):
    seen = Counter((place, id) for order in orders for place, id in enumerate(order))
    assert_even([seen[place, id] for place in range(5) for id in TEXTS], freedom=16)


def test_every_order_is_about_as_likely(orders):
    seen = Counter(orders)
    assert_even([seen[order] for order in permutations(TEXTS)], freedom=119)


def assert_even(counts, freedom):
    """Is chi-square neither too large nor too small for chance, one time in 1,000 each?"""
    expected = sum(counts) / len(counts)
    found = sum((count - expected) ** 2 / expected for count in counts)
    assert quantile(0.001, freedom) < found < quantile(0.999, freedom)


def quantile(share, freedom):
    """Of chi-square (Wilson and Hilferty)."""
    part = 2 / (9 * freedom)
    return freedom * (1 - part + NormalDist().inv_cdf(share) * part**0.5) ** 3


def test_an_uneven_draw_is_found_out():
    some_too_often = [CODES // 120 + 20, CODES // 120 - 20] * 60
    for counts in (some_too_often, [CODES // 120] * 120):
        with pytest.raises(AssertionError):
            assert_even(counts, freedom=119)


@pytest.mark.parametrize(
    "answer",
    [
        *(None, {}, "forum", 7, [], [[]] * 5, dict.fromkeys(TEXTS)),
        *(TEXTS[:4], [*TEXTS, "forum"]),
        *([*TEXTS[:4], each] for each in ("forum", None, 7)),
    ],
    ids=repr,
)
def test_what_does_not_hold_each_text_once_is_no_order(answer):
    assert not is_order(answer, TEXTS)


def test_an_order_is_an_order():
    assert is_order(drawn_order(TEXTS, "otter-1"), dict.fromkeys(TEXTS))


def test_drawing_an_order_loads_nothing_heavy():
    code = "import sys, kit.data.texts; print({'numpy', 'pandas'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "set()\n"


# The effect: slopes known beforehand


def simulated(rng, learners, slope, missing=0.0, texts=4):
    """Ratings and places of learners who differ in level, as texts do; a share is not rated."""
    places = rng.permuted(np.tile(np.arange(texts), (learners, 1)), axis=1)
    ratings = rng.normal(0, 1, (learners, 1)) + rng.normal(0, 2, texts) + slope * places
    ratings += rng.normal(0, 1.5, (learners, texts))
    ratings[rng.random(ratings.shape) < missing] = np.nan
    return ratings, places


@pytest.mark.parametrize("learners", SIZES)
def test_the_interval_covers_a_known_slope_as_often_as_it_says(learners):
    rng, slopes = np.random.default_rng(1999), [0, -0.3] * SIZES[learners]
    found = [
        order_effect(*simulated(rng, learners, slope, -slope), seed=run, resamples=200).slope
        for run, slope in enumerate(slopes)
    ]
    held = [each.low <= slope <= each.high for each, slope in zip(found, slopes, strict=True)]
    assert 0.93 <= np.mean(held) <= 0.97
    errors = np.array([each.value for each in found]) - slopes
    assert abs(errors.mean()) < 4 * errors.std() / len(slopes) ** 0.5


def test_the_intervals_of_the_places_cover_known_deviations():
    rng, slope, runs = np.random.default_rng(1982), -0.3, 300
    true = [slope * (place - 1.5) for place in range(4)]
    held = [
        each.low <= right <= each.high
        for run in range(runs)
        for each, right in zip(
            order_effect(*simulated(rng, 60, slope), seed=run, resamples=300).places,
            true,
            strict=True,
        )
    ]
    assert 0.92 <= np.mean(held) <= 0.97


def test_a_better_text_that_mostly_stood_first_does_no_harm():
    rng = np.random.default_rng(3)
    places = np.where(rng.random((200, 1)) < 0.9, [[0, 1]], [[1, 0]])
    ratings = np.array([6.0, 2.0]) + rng.normal(0, 1, (200, 2))
    slope = order_effect(ratings, places).slope
    assert slope.low < 0 < slope.high
    assert np.corrcoef(ratings.ravel(), places.ravel())[0, 1] < -0.7  # what a naive look finds


@pytest.mark.parametrize("size", [40, 300])
def test_it_is_least_squares_with_a_level_for_each_learner_and_text(size):
    ratings, places = simulated(np.random.default_rng(7), size, -0.5, missing=0.4, texts=5)
    learners, texts = np.nonzero(~np.isnan(ratings))
    design = np.zeros((len(learners), size + 6))
    design[np.arange(len(learners)), learners] = 1
    design[np.arange(len(learners)), size + texts] = 1
    design[:, -1] = places[learners, texts]
    expected = np.linalg.lstsq(design, ratings[learners, texts], rcond=None)[0][-1]
    assert order_effect(ratings, places).slope.value == pytest.approx(expected, abs=1e-9)


# What can be worked out by hand


def test_two_texts_in_two_orders_by_hand():
    """In order (0, 1) the first text is 2 or 4 higher, in order (1, 0) it is 1 lower or level.

    So its lead is 3 when met first and -0.5 when met last: the places make -1.75 a place.
    """
    ratings, places = [[6, 4], [8, 4], [3, 4], [5, 5]] * 5, [[0, 1], [0, 1], [1, 0], [1, 0]] * 5
    found = order_effect(ratings, places)
    assert found.slope.value == pytest.approx(-1.75)
    assert [each.value for each in found.places] == pytest.approx([0.875, -0.875])
    assert (found.learners, found.rated, found.note) == (20, (20, 20), "")


def test_ratings_at_unknown_places_and_learners_with_one_rating_are_left_out():
    ratings = [[6, 4, 9], [8, 4, 0], [3, 4, 5], [5, 5, 5]] * 5
    places = [[0, 1, -1], [0, 1, np.nan], [1, 0, -1], [1, 0, -1]] * 5
    more = [[9, np.nan, np.nan], [1, 2, 3]], [[0, 1, 2], [-1, -1, 0]]
    found = order_effect(ratings + more[0], places + more[1])
    assert found.slope.value == pytest.approx(-1.75)
    assert (found.learners, found.rated) == (20, (20, 20))


def test_neither_the_level_of_a_learner_nor_that_of_a_text_counts():
    ratings, places = simulated(np.random.default_rng(2), 30, -0.3)
    lifted = ratings + np.linspace(-50, 50, 30)[:, None] + [5, 0, -5, 20]
    assert order_effect(lifted, places).slope == pytest.approx(order_effect(ratings, places).slope)


def test_the_same_input_gives_the_same_output_and_another_seed_another():
    given = simulated(np.random.default_rng(2), 30, -0.3)
    assert order_effect(*given) == order_effect(*given) != order_effect(*given, seed=1)


# What cannot be told


def one_order(learners):
    rng = np.random.default_rng(4)
    return rng.normal(size=(learners, 5)), np.tile(np.arange(5), (learners, 1))


def other_orders(learners, others):
    """All but a few of the learners met the texts in one order."""
    ratings, places = one_order(learners)
    places[:others] = places[:others, ::-1]
    return ratings, places


def unmoved():
    places = np.tile([[0, 1, 2], [2, 1, 0], [1, 0, 2]], (8, 1))
    return np.array([5.0, 3.0, 4.0]) - 0.5 * places, places


@pytest.mark.parametrize(
    ("given", "learners", "note"),
    [
        ((np.empty((0, 5)), np.empty((0, 5))), 0, "no learners rated two texts at known places"),
        (([[1, 2]], [[0, 1]]), 1, "1 learner rated two texts at known places"),
        ((np.full((30, 5), np.nan), one_order(30)[1]), 0, "no learners rated two texts"),
        ((one_order(30)[0], np.full((30, 5), -1)), 0, "no learners rated two texts"),
        (([[1, 2]] * 12, [[0, 1]] * 12), 12, ONE_ORDER),
        (one_order(60), 60, ONE_ORDER),
        (([[1, 2], [4, 3]], [[0, 1], [1, 0]]), 2, HARDLY_TWO),
        (other_orders(60, 1), 60, HARDLY_TWO),
        (unmoved(), 24, NO_CHANCE),
        ((np.full((24, 3), 4), unmoved()[1]), 24, NO_CHANCE),
    ],
)
def test_what_cannot_be_told_is_none_with_a_note(given, learners, note):
    found = order_effect(*given)
    assert found.learners == learners and found.note.startswith(note)
    assert all(each == (None, None, None) for each in (found.slope, *found.places))


def test_a_few_in_another_order_are_enough():
    assert order_effect(*other_orders(60, 8)).note == ""


def test_a_place_that_hardly_anybody_rated_has_no_mean():
    ratings, places = simulated(np.random.default_rng(6), 40, 0)
    ratings[1:][places[1:] == 3] = np.nan
    found = order_effect(ratings, places)
    assert found.rated == (40, 40, 40, 1) and found.slope.value is not None
    assert found.places[3] == (None, None, None) != found.places[2]


@pytest.mark.parametrize("places", [[[0, 1, 2]], [0, 1], [[0, 1]] * 2])
def test_other_tables_are_refused_in_one_sentence(places):
    with pytest.raises(KitError, match="one shape"):
        order_effect([[1, 2]], places)
