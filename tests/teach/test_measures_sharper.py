"""The change of a class: known true changes, pure shifts of bias, and what cannot be told."""

import math

import numpy as np
import pytest

from kit import measures
from kit.errors import KitError
from teach.measures.class_effects import POWER_OF_25, VERDICTS, class_change

VARIES_D, VARIES_C = 0.5, 0.4  # how much learners differ: standard deviations of d' and c
# The d' of a class whose learners differ, over that of its typical learner.
SHRINKS = 1 / math.sqrt(1 + VARIES_C**2 + VARIES_D**2 / 4)
SIZES = {25: 1000, 100: 600, 1000: 400}  # learners: classes simulated
CLASSES = [25, 100, pytest.param(1000, marks=pytest.mark.weekly)]


def simulated(rng, learners, d_prime, criterion):
    """Counts of two tests with four true and four false statements.

    d_prime, criterion: of the typical learner, before and after.
    """
    own_d, own_c = rng.normal(0, VARIES_D, learners), rng.normal(0, VARIES_C, learners)
    for typical_d, typical_c in zip(d_prime, criterion, strict=True):
        half, lean = (typical_d + own_d)[:, None] / 2, (typical_c + own_c)[:, None]
        hits = (rng.normal(size=(learners, 4)) + half > lean).sum(axis=1)
        alarms = (rng.normal(size=(learners, 4)) - half > lean).sum(axis=1)
        yield np.column_stack([hits, 4 - hits, alarms, 4 - alarms])


def classes(learners, d_prime, criterion, runs):
    """What is said of `runs` simulated classes."""
    rng = np.random.default_rng(1949)
    return [
        class_change(*simulated(rng, learners, d_prime, criterion), seed=run, resamples=400)
        for run in range(runs)
    ]


def share(verdict, found):
    return sum(each.verdict == verdict for each in found) / len(found)


def covered(true, estimates):
    return sum(each.low <= true <= each.high for each in estimates) / len(estimates)


@pytest.mark.parametrize("learners", CLASSES)
def test_the_interval_covers_a_known_true_change_as_often_as_it_says(learners):
    found = classes(learners, (0.8, 1.4), (0.1, -0.1), SIZES[learners])
    assert 0.93 <= covered(0.6 * SHRINKS, [each.d_prime for each in found]) <= 0.97
    assert 0.93 <= covered(-0.2 * SHRINKS, [each.criterion for each in found]) <= 0.97


@pytest.mark.parametrize(
    ("criterion", "verdict"),
    [((-0.2, 0.3), "only more suspicious"), ((0.2, -0.3), "only more trusting")],
)
@pytest.mark.parametrize("learners", CLASSES)
def test_a_pure_shift_of_bias_is_not_called_sharper(learners, criterion, verdict):
    found = classes(learners, (0.8, 0.8), criterion, SIZES[learners])
    assert share("sharper", found) <= 0.05
    assert share(verdict, found) >= 0.8


@pytest.mark.parametrize("gain", POWER_OF_25)
def test_the_power_stated_for_a_class_of_25_is_the_measured_one(gain):
    found = classes(25, (0.8, 0.8 + gain), (0, 0), 1000)
    assert 100 * share("sharper", found) == pytest.approx(POWER_OF_25[gain], abs=4)


# What can be worked out by hand, and what cannot be told


def test_the_whole_class_counts_as_one_learner_with_all_its_answers():
    before, after = [[9, 1, 2, 7], [0, 0, 0, 1]], [[5, 0, 1, 4], [4, 1, 1, 3]]
    found = class_change(before, after)
    assert found.before == measures.discrimination(9, 1, 2, 8)
    assert found.after == measures.discrimination(9, 1, 2, 7)
    assert found.d_prime.value == pytest.approx(found.after.d_prime - found.before.d_prime)
    assert found.criterion.value == pytest.approx(found.after.criterion - found.before.criterion)


def test_the_same_input_gives_the_same_output():
    tests = list(simulated(np.random.default_rng(5), 30, (0.8, 1.2), (0, 0)))
    assert class_change(*tests) == class_change(*tests)
    assert class_change(*tests).d_prime != class_change(*tests, seed=1).d_prime


def test_less_sharp_is_said_as_well():
    before, after = [[4, 0, 0, 4], [3, 1, 0, 4]] * 15, [[2, 2, 2, 2], [3, 1, 2, 2]] * 15
    assert class_change(before, after).verdict == "less sharp"


def test_learners_who_lack_a_test_drop_out():
    before, after = [[3, 1, 1, 3]] * 3, [[4, 0, 0, 4]] * 2 + [[0, 0, 0, 0]]
    assert class_change(before, after).learners == 2


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        (np.empty((0, 4)), np.empty((0, 4)), "no learners took both tests"),
        ([[1, 3, 2, 2]], [[2, 2, 2, 2]], "1 learner took both tests"),
        ([[1, 3, 2, 2]] * 9, [[0, 0, 0, 0]] * 9, "no learners took both tests"),
        (
            [[3, 1, 1, 3]] * 20,
            [[4, 0, 1, 3]] * 20,
            "undefined: every learner did the same, so nothing says how sure one may be",
        ),
        ([[1, 3, 0, 0]] * 9, [[1, 3, 2, 2]] * 9, "undefined: no false statement was answered"),
    ],
)
def test_what_cannot_be_told_is_none_with_a_note(before, after, note):
    found = class_change(before, after)
    assert found.note == note and found.verdict == ""
    assert found.d_prime == found.criterion == (None, None, None)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([[1, 2, 3]], [[1, 2, 3]], "four counts"),
        ([[1, 2, 3, 4]], [[1, 2, 3, 4]] * 2, "one shape"),
        ([[1, 2, 3, -4]], [[1, 2, 3, 4]], "below 0"),
    ],
)
def test_other_tables_are_refused_in_one_sentence(before, after, told):
    with pytest.raises(KitError, match=told):
        class_change(before, after)


def test_every_verdict_is_one_of_those_listed():
    rng = np.random.default_rng(0)
    said = {
        class_change(*simulated(rng, 12, rng.uniform(0, 2, 2), rng.uniform(-1, 1, 2))).verdict
        for _ in range(60)
    }
    assert said == set(VERDICTS)
