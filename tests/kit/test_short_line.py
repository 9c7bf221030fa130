"""The learner's line: short, nameless, and after any journey right or named."""

import random
import re

import pytest

from kit import data, exercises
from kit.submission import SubmissionError
from kit.submission.short_line import (
    LONGEST,
    Judgement,
    as_line,
    decided,
    lines_in,
    new_token,
    scales,
)
from tests.kit.chat import HARMFUL, HARMLESS, mangled
from tests.made_up_forms import EXERCISES, SMALL, case_with

CASE = data.load()
JUDGED = ("ratings", "stances", "verdict_scales")


def judgement(rng, id="ratings", case=CASE, share=0.8, number=1):
    """A judgement in which a share of the places is given, drawn at random."""
    answer = {}
    for (row, column), values in scales(exercises.find(id, case)).items():
        if rng.random() < share:
            answer.setdefault(row, {})[column] = rng.choice(values)
    first = rng.choice(["", *case.texts])
    return Judgement(id, "".join(rng.choices("0123456789abcdefghjkm", k=6)), number, answer, first)


@pytest.mark.parametrize("id", JUDGED)
@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_line_holds_the_judgement_and_is_short(id, share):
    rng = random.Random(f"{id}/{share}")
    for number in (1, 2):
        whole = judgement(rng, id, share=share, number=number)
        line = as_line(whole, CASE)
        assert lines_in(line, CASE) == [whole]
        assert line.isascii() and len(line) <= LONGEST
        assert line.startswith("kit-line:1-askedtojoin-")


def test_a_line_of_the_largest_case_is_short_enough(tmp_path):
    texts = ", ".join(f'{{ id = "t{n}", text = "T" }}' for n in range(8))
    rows = ", ".join(f'{{ id = "P{n}", text = "P" }}' for n in range(16))
    options = ", ".join(f'{{ id = "{word}", text = "x" }}' for word in ("a", "d", "h", "s"))
    big = f"""
[[exercise]]
id = "big"
notebook = "01_bridge"
kind = "matrix"
points = 1
title = "Big"
prompt = "Fill it."
options = [{options}]
rows = [{rows}]
columns = [{texts}]
"""
    case = case_with(tmp_path / "big", EXERCISES + big)
    line = as_line(judgement(random.Random(1), "big", case, 1), case)
    assert len(line) <= LONGEST


def test_what_is_judged_is_only_what_counts():
    exercise = exercises.find("ratings", CASE)
    whole = {c.id: {"value": (c.values or (2,))[0], "evidence": 3} for c in exercise.columns}
    part = {"source": {"value": "B", "evidence": 1}, "dating": {"value": 2, "evidence": None}}
    strange = {**whole, "source": {"value": "Z", "evidence": 1}}
    answer = {"blog": whole, "forum": part, "news": strange, "article": "?", "nothing": whole}
    assert list(decided(exercise, answer)) == ["blog"]
    stances = exercises.find("stances", CASE)
    given = {"P1": {"blog": "denies", "news": "shouts"}, "P3": {"forum": "silent"}}
    assert decided(stances, given) == {"P1": {"blog": "denies"}, "P3": {"forum": "silent"}}
    assert decided(exercise, None) == decided(exercise, "x") == {}


def test_a_token_is_drawn_by_lot_and_a_line_holds_nothing_else_of_a_learner():
    assert len({new_token() for _ in range(200)}) == 200
    one = Judgement("stances", "q7m2ht", 1, {"P1": {"blog": "denies"}}, "news")
    line = as_line(one, CASE)
    assert line.replace("q7m2ht", "") != as_line(one._replace(token="aaaaaa"), CASE)
    assert re.fullmatch(r"kit-line:1-askedtojoin-\w{5}-q7m2ht-1-\w+-\w{6}:end-of-line", line)


@pytest.mark.parametrize("way", HARMLESS, ids=lambda way: way.__name__)
def test_what_only_changes_the_look_of_a_line_does_no_harm(way):
    for seed in range(40):
        rng = random.Random(seed)
        whole = judgement(rng, rng.choice(JUDGED))
        text = way(rng, as_line(whole, CASE))
        assert set(map(repr, lines_in(text, CASE))) == {repr(whole)}, text


@pytest.mark.parametrize("way", HARMFUL, ids=lambda way: way.__name__)
def test_what_damages_a_line_is_named(way):
    for seed in range(40):
        rng = random.Random(seed)
        text = way(rng, as_line(judgement(rng, rng.choice(JUDGED)), CASE))
        [found] = lines_in(text, CASE)
        assert isinstance(found, SubmissionError) and found.reason == "broken line", text
        assert str(found).startswith("A line did not arrive whole: copy it once more")


def test_of_a_thousand_mangled_pastes_each_line_is_right_or_named(case):
    """Each paste: lines of this case and another one, harmed or not, in one piece of text.

    The beginning of one line and the end of the next are one damaged line: named once.
    """
    wrong, named, right = [], 0, 0
    for seed in range(1000):
        rng = random.Random(seed)
        pasted, expected, foreign = [], [], 0
        for _ in range(rng.randint(1, 8)):
            if rng.random() < 0.1:
                pasted.append(mangled(rng, as_line(judgement(rng, "grid", case), case), False))
                foreign += 1
                continue
            whole, harms = judgement(rng, rng.choice(JUDGED)), rng.random() < 0.3
            text = mangled(rng, as_line(whole, CASE), harms)
            pasted.append(text)
            expected.append(None if harms else repr(whole))
        found = lines_in(rng.choice(["\n", "\n\n", "\r\n", "\n-----\n"]).join(pasted), CASE)
        told = {repr(each) for each in found if isinstance(each, Judgement)}
        faults = [each.reason for each in found if isinstance(each, SubmissionError)]
        harmed = expected.count(None)
        is_right = told == set(filter(None, expected))
        is_named = (harmed > 0, foreign > 0) == ("broken line" in faults, "foreign line" in faults)
        if not (is_right and is_named):
            wrong.append((seed, pasted, faults))
        named, right = named + harmed + foreign, right + len(told)
    assert wrong == []
    assert right > 2500 and named > 1200


def test_lines_of_another_case_or_version_are_named_as_such(case):
    other = as_line(judgement(random.Random(1), "grid", case), case)
    [found] = lines_in(other, CASE)
    assert found.reason == "foreign line" and "another case" in str(found)
    line = as_line(judgement(random.Random(1)), CASE)
    assert lines_in(line.replace(":1-", ":2-"), CASE)[0].reason == "broken line"  # the sum says so


def test_a_line_of_a_newer_version_or_another_layout_says_so(monkeypatch, tmp_path):
    from kit.submission import short_line

    whole = judgement(random.Random(1))
    monkeypatch.setattr(short_line, "VERSION", 2)
    newer = as_line(whole, CASE)
    monkeypatch.undo()
    assert lines_in(newer, CASE)[0].reason == "newer line"
    small = data.load(SMALL)
    one = case_with(tmp_path / "one", EXERCISES)
    two = case_with(tmp_path / "two", EXERCISES.replace('"A", "C", "F"', '"A", "B", "F"'))
    line = as_line(judgement(random.Random(1), "ratings", one), one)
    assert lines_in(line, two)[0].reason == "other layout" and small.title == two.title


@pytest.mark.parametrize("text", ["", "kit", "kit-line", ":end-of-lin", "-" * 999, "🦉" * 99])
def test_a_text_without_a_line_gives_none(text):
    assert lines_in(text, CASE) == []


def test_no_bytes_raise_anything():
    rng = random.Random(7)
    for _ in range(300):
        inside = "".join(rng.choices("abc019-:;&#x<>\u0661\ud800ſßİ", k=rng.randint(0, 60)))
        for text in (f"kit-line:{inside}:end-of-line", f"kit-line:1-askedtojoin-{inside}"):
            assert all(isinstance(each, SubmissionError) for each in lines_in(text, CASE))
