"""The lesson plans: times that are counted, steps that fill the lesson, names that exist."""

import re

import nbformat
import pytest

from kit import data, exercises
from tests.test_house import ROOT

PLANS = ROOT / "notebooks" / "instructor" / "lesson_plans.md"
TEXT = PLANS.read_text(encoding="utf-8")
CASE = data.load()
SPEEDS = (150, 238)  # words a minute
LESSONS = ["20", "50", "50: blind", "90", "100"]


def sections():
    """Return a dict from each lesson's minutes to its part of the page."""
    parts = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    found = {re.match(r"(?:Jigsaw: )?(\d+) minutes(: blind)?", part): part for part in parts}
    return {match[1] + (match[2] or ""): part for match, part in found.items() if match}


def counted():
    """Return what the table of reading times must say: a dict from its first column to words."""
    words = {f"text `{row['text_id']}`": int(row["word_count"]) for row in CASE.rows("sources")}
    words["all five texts"] = sum(words.values())
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        what = f"prose of notebook {int(path.stem[:2])}"
        words[what] = len(prose.split())
        core, _, rest = prose.partition("## If you have time")
        if rest:
            words[f"{what} up to *If you have time*"] = len(core.split())
    return words


def test_the_reading_times_are_counted_from_texts_and_notebooks():
    printed = re.findall(r"^\| ([^|]+) \| ([\d,]+) \| ([\d.]+) \| ([\d.]+) \|$", TEXT, re.MULTILINE)
    expected = [
        (what, f"{words:,}", *(f"{words / speed:.1f}" for speed in SPEEDS))
        for what, words in counted().items()
    ]
    assert printed == expected


def test_there_are_the_plans_that_were_promised():
    assert list(sections()) == LESSONS


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_steps_of_a_lesson_fill_it_without_gap_or_overlap(lesson):
    steps = re.findall(r"^\| (\d+)–(\d+) \|", sections()[lesson], re.MULTILINE)
    ends = [int(end) for _, end in steps]
    assert [int(start) for start, _ in steps] == [0, *ends[:-1]]
    assert ends[-1] == int(lesson.partition(":")[0])


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_says_what_to_say_where_classes_stumble_and_how_to_mark(lesson):
    for words in (
        "They learn",
        "You need",
        "What to say.",
        "Where classes stumble",
        "How to mark.",
    ):
        assert f"**{words}" in sections()[lesson]


def test_a_lesson_leaves_time_to_read_at_150_words_a_minute():
    words = counted()
    for minutes, texts in {20: ["blog"], 50: ["forum", "blog", "article"]}.items():
        assert reading_step(minutes) * SPEEDS[0] >= sum(words[f"text `{id}`"] for id in texts)
    three = sum(words[f"text `{id}`"] for id in ("blog", "article", "factcheck"))
    assert reading_step(90) * SPEEDS[0] >= three
    assert reading_step(100) * SPEEDS[0] >= words["text `news`"]


def reading_step(minutes):
    """Return how many minutes the lesson gives to its first step that begins with reading."""
    step = re.search(r"^\| (\d+)–(\d+) \| (?:Everyone reads|Read)", sections()[str(minutes)], re.M)
    return int(step[2]) - int(step[1])


def test_every_number_of_words_in_the_plans_is_counted():
    known = counted()
    texts = {id: known[f"text `{id}`"] for id in CASE.texts}
    sums = {
        "394": texts["blog"],
        "1,329": texts["forum"] + texts["blog"] + texts["article"],
        "1,695": texts["blog"] + texts["article"] + texts["factcheck"],
        "548": sum(len(each.text.split()) for each in CASE.sentences_of("news")[:30]),
    }
    printed = set(re.findall(r"\((?:of )?([\d,]+) words", TEXT))
    assert {number: f"{sums[number]:,}" for number in printed} == {n: n for n in printed}


def test_the_first_thirty_sentences_of_the_news_hold_all_it_claims_on_the_question():
    end = CASE.sentences_of("news")[29].end
    about = {row["proposition_id"]: row["about"] for row in CASE.rows("propositions")}
    later = [row for row in CASE.rows("claims") if row["text_id"] == "news"]
    later = {about[row["proposition_id"]] for row in later if int(row["start"]) >= end}
    assert later.isdisjoint({"approach", "answer", "promise", "telling"})


def test_every_name_in_the_plans_exists():
    known = set(exercises.load(CASE)) | set(CASE.texts)
    named = set(re.findall(r"`([a-z_0-9]+)`", TEXT))
    assert named - known == set()
    for table, column, pattern in (
        ("record", "record_id", r"\bR\d\d\b"),
        ("claims", "claim_id", r"\bC\d\d\b"),
        ("propositions", "proposition_id", r"\bP\d+\b"),
    ):
        assert set(re.findall(pattern, TEXT)) <= {row[column] for row in CASE.rows(table)}


def test_words_quoted_from_texts_and_records_stand_there():
    everything = " ".join(
        [*CASE.texts.values(), *(row["short_quote"] for row in CASE.rows("record"))]
    )
    for quote in ("if Russia asked", "a claim about a 1954 Soviet request", "this week"):
        assert f"“{quote}”" in TEXT
        assert quote in everything
