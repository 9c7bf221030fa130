"""The class's line: what it tells stands for k learners, and no two lines tell of fewer."""

import json
import random
from itertools import combinations

import pytest

from kit import exercises
from kit.measures.suppression import smallest_apart
from kit.submission import SubmissionError
from kit.submission.class_line import (
    FEWEST,
    Given,
    Middle,
    Most,
    as_class_line,
    by_learner,
    class_lines_in,
    next_line,
    told,
)
from kit.submission.short_line import Judgement, as_line
from tests.kit.chat import HARMFUL, HARMLESS
from tests.kit.test_short_line import CASE, JUDGED, judgement

RATINGS, STANCES = (exercises.find(id, CASE) for id in ("ratings", "stances"))


def stances(values, number=1):
    """Judgements that differ in one cell only; None is not given."""
    cells = [{"P1": {"blog": value}} if value else {} for value in values]
    return [Judgement("stances", f"t{n:05}", number, cell) for n, cell in enumerate(cells)]


def cell(values):
    return told(stances(values), STANCES).cells.get(("P1", "blog"))


def test_a_scale_tells_its_middle_half_of_those_who_judged():
    letters = ["A", "B", "B", "C", "C", "C", "D", "D", "E", "E", "F", "F"]
    found = [
        Judgement("ratings", f"t{n}", 1, {"blog": {"source": letter, "dating": 2}})
        for n, letter in enumerate(letters)
    ]
    cells = told(found, RATINGS).cells
    assert cells["blog", "source"] == Middle("D", "C", "B")  # least first
    assert cells["blog", "dating"] == Middle(2, 2, 2)
    assert ("blog", "source") not in told(found[1:], RATINGS).cells  # of these only 9 judged
    assert ("news", "source") not in cells


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((12, 13, 0), Most("denies", 13)),
        ((15, 5, 5), Most("asserts", 15)),
        ((18, 4, 3), Most("asserts", 15, True)),
        ((25, 0, 0), Most("asserts", 15, True)),
        ((16, 5, 4), Most("asserts", 15, True)),
        ((9, 8, 8), Most("asserts")),
        ((12, 12, 1), None),
        ((12, 0, 0), Most("asserts")),
        ((5, 2, 2), None),
    ],
)
def test_of_options_it_tells_a_number_only_where_number_and_rest_are_no_few(counts, expected):
    words = [
        w for w, n in zip(("asserts", "denies", "hedges"), counts, strict=True) for _ in range(n)
    ]
    assert cell(words) == expected


@pytest.mark.parametrize("size", range(10, 60))
def test_no_number_told_or_its_rest_is_one_of_few(size):
    """Whatever is told of the top answer fits k different classes, or stands for k and k."""
    saying = {}
    for count in range(size + 1):
        rest = ["denies"] * ((size - count) // 2) + ["silent"] * (
            size - count - (size - count) // 2
        )
        found = cell(["asserts"] * count + rest)
        if found and found.option == "asserts" and found.learners:
            saying.setdefault(found, []).append(count)
    for found, fitting in saying.items():
        if found.or_more:
            assert fitting == list(range(size - FEWEST + 1, size + 1))
        else:
            assert fitting == [found.learners] and FEWEST <= found.learners <= size - FEWEST


@pytest.mark.parametrize("id", JUDGED)
@pytest.mark.parametrize("size", [10, 25, 300])
def test_the_line_holds_what_is_told_and_nothing_of_a_learner(id, size):
    rng = random.Random(f"{id}/{size}")
    found = [judgement(rng, id) for _ in range(size)]
    for number in (1, 2):
        whole = told(found, exercises.find(id, CASE), number)
        line = as_class_line(whole, CASE)
        assert class_lines_in(line, CASE) == [whole] and line.isascii()
        assert not any(each.token in line for each in found)
        assert len(line) < 250 and (whole.cells or size == 10)


@pytest.mark.parametrize("way", [*HARMLESS, *HARMFUL], ids=lambda way: way.__name__)
def test_the_class_line_travels_as_a_learners_line_does(way):
    for seed in range(20):
        rng = random.Random(seed)
        whole = told([judgement(rng, "stances") for _ in range(12)], STANCES)
        line = as_class_line(whole, CASE).replace("kit-class:", "kit-line:")
        text = way(rng, line.replace(":end-of-class", ":end-of-line"))
        text = text.replace("kit-line:", "kit-class:").replace(":end-of-line", ":end-of-class")
        found = class_lines_in(text, CASE)
        if way in HARMFUL or "kit-class" not in text or ":end-of-class" not in text:
            assert whole not in found and not any(isinstance(e, tuple) for e in found)
        else:
            assert found in ([whole], [whole, whole])


def test_a_learners_line_is_no_class_line():
    line = as_line(judgement(random.Random(1)), CASE)
    assert class_lines_in(line, CASE) == []


def test_double_lines_count_once_and_a_second_judgement_stays_beside_the_first():
    one = Judgement("ratings", "aaaaaa", 1, {"blog": {"dating": 1}})
    two, other = one._replace(number=2, answer={}), one._replace(answer={})
    lonely = two._replace(token="bbbbbb")
    found = [one, SubmissionError("x"), two, one, other, two, lonely, one._replace(exercise="x")]
    assert by_learner(found, "ratings", 1) == {"aaaaaa": one}
    assert by_learner(found, "ratings", 2) == {"aaaaaa": two}


# The attack: two lines, or many, and what their difference would tell


def attacked(rng, steps=60):
    """Ask for a line after every change of a paste; return what was given, in order."""
    pool = [judgement(rng) for _ in range(70)]
    pool += [each._replace(number=2, answer=judgement(rng).answer) for each in pool[:50]]
    pasted, given = [], []
    for _ in range(steps):
        if rng.random() < 0.15 and pasted:  # somebody takes lines out
            pasted = rng.sample(pasted, len(pasted) - 1)
        pasted += rng.sample(pool, rng.choice([1, 1, 1, 2, 5, 12]))
        number = rng.choice([1, 1, 2])
        line = next_line(pasted, RATINGS, number, given, CASE)
        if line and line not in given:
            given.append(line)
    return given


def test_one_learner_more_gives_the_same_line_again():
    rng = random.Random(1)
    pool = [judgement(rng) for _ in range(40)]
    first = next_line(pool[:25], RATINGS, 1, [], CASE)
    for size in range(26, 35):
        assert next_line(pool[:size], RATINGS, 1, [first], CASE) is first
    for size in (16, 20, 24):  # and one fewer
        assert next_line(pool[:size], RATINGS, 1, [first], CASE) is first
    second = next_line(pool[:35], RATINGS, 1, [first], CASE)
    assert len(second.learners) == 35 and second.line != first.line
    assert next_line(pool[:9], RATINGS, 1, [], CASE) is None
    another_class = [judgement(rng) for _ in range(12)]
    assert len(next_line(another_class, RATINGS, 1, [first, second], CASE).learners) == 12


def test_a_second_line_waits_for_ten_who_judged_twice():
    rng = random.Random(2)
    pool = [judgement(rng) for _ in range(25)]
    again = [each._replace(number=2, answer=judgement(rng).answer) for each in pool]
    first = next_line(pool, RATINGS, 1, [], CASE)
    assert next_line([*pool, *again[:9]], RATINGS, 2, [first], CASE) is None
    second = next_line([*pool, *again[:14]], RATINGS, 2, [first], CASE)
    assert (len(second.learners), len(second.again)) == (25, 14)
    for size in range(15, 24):
        assert next_line([*pool, *again[:size]], RATINGS, 2, [first, second], CASE) is second
    assert len(next_line([*pool, *again], RATINGS, 2, [first, second], CASE).again) == 25


@pytest.mark.parametrize("seed", range(25))
def test_no_lines_given_one_after_the_other_tell_fewer_than_ten_apart(seed):
    given = attacked(random.Random(seed))
    assert given
    for one, other in combinations(given, 2):
        for a, b in ((one.learners, other.learners), (one.again, other.again)):
            for apart in (set(a) - set(b), set(b) - set(a)):
                assert not apart or len(apart) >= FEWEST
    for family in ([g.learners for g in given], [g.again for g in given if g.again]):
        sets = {}
        for token in set().union(*map(set, family)):
            sets.setdefault(tuple(token in group for group in family), set()).add(token)
        assert all(len(tokens) >= FEWEST for tokens in sets.values())


def test_the_attack_would_succeed_without_the_rule(monkeypatch):
    """The difference of two lines, one learner apart, tells that learner's stance."""
    monkeypatch.setattr("kit.submission.class_line.smallest_apart", lambda groups: 99)
    class_ = stances(["asserts"] * 15 + ["denies"] * 11)
    lines = [next_line(class_[-n:], STANCES, 1, [], CASE) for n in (25, 26)]
    one, other = (class_lines_in(each.line, CASE)[0].cells["P1", "blog"] for each in lines)
    assert other.learners - one.learners == 1  # so the one who joined asserts it
    monkeypatch.undo()
    first = next_line(class_[-25:], STANCES, 1, [], CASE)
    assert next_line(class_, STANCES, 1, [first], CASE) is first


def test_sets_told_apart_are_found_across_more_than_two_lines():
    """P+Q, Q+R and P+R+x: no two differ by few, and yet 2P+x is a sum of them."""
    p, q, r = (set(range(n, n + 10)) for n in (0, 10, 20))
    assert smallest_apart([p | q, q | r, p | r | {99}]) == 1
    assert smallest_apart([p | q, q | r, p | r]) == 10


def test_what_was_given_survives_json():
    line = next_line([judgement(random.Random(n)) for n in range(12)], RATINGS, 1, [], CASE)
    assert Given(*json.loads(json.dumps(line))) == line
