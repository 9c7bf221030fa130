"""A learner's picture: kept beside the work, described in words, and never written over."""

import re
import xml.etree.ElementTree as ET
from math import nan

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from PIL import Image

import kit
from kit import journal
from kit.exercises import AnswerError
from kit.submission import SubmissionError
from kit.submission.picture import described

matplotlib.use("Agg")
SVG = "{http://www.w3.org/2000/svg}"
DAYS = pd.to_datetime(["1999-03-12", "2004-03-29"])


@pytest.fixture
def folder(tmp_path):
    journal.open(tmp_path / "my_work.jsonl")
    return tmp_path


def draw(title="Mine & <yours>"):
    _, ax = plt.subplots()
    ax.plot(DAYS, [19, 26], drawstyle="steps-post")
    ax.hlines([19], DAYS[0], DAYS[1])
    ax.plot(DAYS[:1], [19], "o")
    ax.annotate("three states", (DAYS[0], 19))
    ax.set(title=title, ylabel="members")
    return ax


WORDS = (
    "Chart “Mine & <yours>”. Up: members. Line with steps from (1999-03-12, 19) to "
    "(2004-03-29, 26), 2 points. Points at (1999-03-12, 19). "
    "Bars at (1999-03-12 to 2004-03-29, 19). Words in it: three states."
)


def test_both_files_lie_beside_the_work_and_say_what_they_show(folder):
    kept = kit.save_picture(draw())
    assert {path.name for path in folder.iterdir()} == {"picture-1.svg", "picture-1.png"}
    assert kept.alt == WORDS and WORDS in repr(kept)
    root = ET.fromstring((folder / "picture-1.svg").read_text(encoding="utf-8"))
    assert root.find(f"{SVG}title").text == "Mine & <yours>"
    assert root.find(f"{SVG}desc").text == WORDS
    with Image.open(folder / "picture-1.png") as image:
        assert image.info["Title"] == "Mine & <yours>" and image.info["Description"] == WORDS
        assert image.width > 1000


def test_the_same_picture_is_kept_once_and_another_gets_a_name_of_its_own(folder):
    first = [kit.save_picture(draw()).path.name for _ in range(2)]
    assert first == ["picture-1.svg"] * 2
    before = (folder / "picture-1.svg").read_bytes()
    assert kit.save_picture(draw("Another").figure).path.name == "picture-2.svg"
    assert (folder / "picture-1.svg").read_bytes() == before


def test_a_picture_of_that_name_that_is_not_ours_stays(folder):
    (folder / "picture-1.png").write_bytes(b"mine")
    assert kit.save_picture(draw()).path.name == "picture-2.svg"
    assert (folder / "picture-1.png").read_bytes() == b"mine"


def test_nothing_in_the_files_names_the_machine_or_the_time(folder):
    kit.save_picture(draw())
    text = (folder / "picture-1.svg").read_text(encoding="utf-8")
    assert str(folder) not in text and not re.search(r"<dc:(date|creator)>", text)


def test_what_is_no_chart_and_a_folder_that_is_gone_are_one_sentence_each(folder):
    with pytest.raises(AnswerError, match=r"Begin with `fig, ax = plt.subplots\(\)`"):
        kit.save_picture(DAYS)
    folder.rmdir()
    with pytest.raises(SubmissionError, match=r"picture-1.svg was not written because its folder"):
        kit.save_picture(draw())


def test_many_marks_are_named_up_to_twelve():
    _, ax = plt.subplots()
    ax.scatter(range(20), range(20))
    told = described(ax)
    assert "(11, 11) and 8 more." in told and "(12, 12)" not in told


def test_the_names_of_rows_are_told():
    _, ax = plt.subplots()
    ax.scatter(DAYS, ["Putin", "Robertson"])
    assert described(ax).endswith("Words in it: Putin; Robertson.")


HEDGES = pd.Series({"Forum": 0.2137, "Blog": 3, "News": 0})
TWO = pd.DataFrame({"sure": [2, 1], "no": [3, 0]}, index=["Forum", "Blog"])


@pytest.mark.parametrize(
    "draw, words",
    [
        (lambda ax: HEDGES.plot.barh(ax=ax), "Bars: Forum 0.21, Blog 3, News 0."),
        (lambda ax: HEDGES.plot.bar(ax=ax), "Bars: Forum 0.21, Blog 3, News 0."),
        (lambda ax: ax.barh([1, 2], [3, nan]), "Bars: 1 3, 2 nan."),
        (lambda ax: ax.barh(["Forum"], [1994]), "Bars: Forum 1994. Words in it: Forum."),
        (lambda ax: ax.bar([1999, 2004], [3, 7]), "Bars: 1999 3, 2004 7."),
        (lambda ax: ax.bar(DAYS, [3, 7]), "Bars: 1999-03-12 3, 2004-03-29 7."),
        (
            lambda ax: TWO.plot.barh(ax=ax, stacked=True),
            "Bars, sure: Forum 2, Blog 1. Bars, no: Forum 3, Blog 0. Words in it: sure; no.",
        ),
        (lambda ax: TWO.plot.bar(ax=ax), "Bars, no: Forum 3, Blog 0. Words in it: sure; no."),
        (lambda ax: ax.barh([1], [5], left=[1999]), "Bars at (1999 to 2004, 1)."),
        (
            lambda ax: ax.barh([1], DAYS[1:] - DAYS[:1], left=DAYS[:1]),
            "Bars at (1999-03-12 to 2004-03-29, 1).",
        ),
        (lambda ax: ax.barh(range(14), [1] * 14), "11 1 and 2 more."),
    ],
)
def test_bars_are_told_by_what_they_stand_for_and_their_length(draw, words):
    _, ax = plt.subplots()
    draw(ax)
    assert described(ax).endswith(words)


@pytest.mark.parametrize(
    "freq, words", [("YE", "(2000, 1) to (2002, 3)"), ("MS", "(2000-01, 1) to (2000-03, 3)")]
)
def test_what_pandas_draws_as_whole_years_or_months_is_no_day(folder, freq, words):
    _, ax = plt.subplots()
    pd.Series([1, 2, 3], index=pd.date_range("2000", periods=3, freq=freq)).plot(ax=ax)
    assert f"Line from {words}, 3 points." in kit.save_picture(ax).alt


def test_a_line_without_points_is_no_fault(folder):
    _, ax = plt.subplots()
    ax.plot([], [])
    assert kit.save_picture(ax).alt == "Chart without a title. Line without points."
