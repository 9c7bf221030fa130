"""The record takes no side: its verbs, its directions and its pairs are as data/README.md says."""

import re
from pathlib import Path

import pytest

from kit import data

ROOT = Path(__file__).parents[2]
CASE = data.load()
RECORD = {row["record_id"]: row for row in CASE.rows("record")}
README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
BALANCE = README.split("## How balance was checked")[1].split("\n## ")[0]
LOADED = re.compile(  # "the 11 September attacks and" is no verb
    r"\b(condemns|demands|demanding|claims|admits|brushes off|dismisse[sd]|insult\w*"
    r"|attacks (?!and))\b",
    re.IGNORECASE,
)
DIRECTIONS = re.findall(r"^  \| ([^|]+) \| (R\d[^|]*) \| ([\d.]+) \|$", BALANCE, re.MULTILINE)
PROSE = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "data/README.md")),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "notebooks").glob("*.ipynb"),
    ROOT / "notebooks" / "instructor" / "lesson_plans.md",
]


def ids(text):
    return re.findall(r"\bR\d+\b", text)


@pytest.mark.parametrize("id", RECORD)
def test_no_verb_of_ours_takes_a_side(id):
    ours = re.sub(r"“[^”]*”", "", RECORD[id]["what_happened"])
    assert not LOADED.search(ours)


@pytest.mark.parametrize("table", CASE.key.table_names)
def test_no_verb_of_the_key_takes_a_side(table):
    for row in CASE.key.rows(table):
        for column, text in row.items():
            found = LOADED.search(re.sub(r"“[^”]*”", "", text))
            assert not found, (table, column, text)
    reasons = " ".join(CASE.key.answers["quiz_reasons"].values())
    assert not LOADED.search(reasons)


@pytest.mark.parametrize(("shows", "rows", "count"), DIRECTIONS)
def test_the_count_of_a_direction_is_that_of_its_rows(shows, rows, count):
    whole, _, half = rows.partition("half:")
    assert set(ids(rows)) <= set(RECORD)
    assert not set(ids(whole)) & set(ids(half))
    assert len(ids(whole)) + len(ids(half)) / 2 == float(count)


def test_a_row_that_counts_half_shows_two_directions():
    halves = [id for _, rows, _ in DIRECTIONS for id in ids(rows.partition("half:")[2])]
    wholes = [id for _, rows, _ in DIRECTIONS for id in ids(rows.partition("half:")[0])]
    assert len(DIRECTIONS) == 4 and len(set(wholes)) == len(wholes)
    assert {halves.count(id) for id in halves} <= {1, 2} and not set(halves) & set(wholes)


def test_each_row_of_a_pair_is_in_the_record():
    pairs = BALANCE.split("**Pairs.**")[1].split("- **")[0]
    assert len(ids(pairs)) > 20 and set(ids(pairs)) <= set(RECORD)


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_no_prose_holds_the_number_of_rows(path):
    """The next row must break nothing: the number is computed where it is shown."""
    words = r"(?:dated )?(?:moments|records|rows|claims)"
    for count in {len(RECORD), len(CASE.rows("claims"))}:
        assert not re.search(rf"\b{count} {words}\b", path.read_text(encoding="utf-8"))
