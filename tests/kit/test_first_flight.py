"""The case about the first flight: its pages list what is wrong on purpose, and its balance."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

CASE = Path(__file__).resolve().parents[1] / "cases" / "first_flight"
README = (CASE / "README.md").read_text(encoding="utf-8")
LOADED = re.compile(r"\b(condemn|demand|claim|admit|dismiss|insult|attack)(s|ed|ing)?\b", re.I)


def rows(name):
    with (CASE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RECORD, CLAIMS, VERDICTS = rows("record.csv"), rows("claims.csv"), rows("key/claims.csv")
WRONG = (CASE / "key" / "README.md").read_text(encoding="utf-8")
SLIPS = re.findall(r"^\| (C\d+) \|.*\| (the Wrights|Whitehead|nobody) \|$", WRONG, re.MULTILINE)
DIRECTIONS = re.findall(r"^  \| .+ \| (R\d[^|]*) \| ([\d.]+) \|$", README, re.MULTILINE)


def test_it_has_the_middle_size():
    assert len(rows("sources.csv")) == 3 and len(RECORD) == 15
    for path in sorted((CASE / "texts").iterdir()):
        assert 250 <= len(path.read_text(encoding="utf-8").split()) <= 450


@pytest.mark.parametrize("row", RECORD, ids=lambda row: row["record_id"])
def test_a_record_quotes_little_says_where_and_takes_no_side(row):
    assert 0 < len(row["short_quote"].split()) <= 25
    assert row["source_url"] in README
    assert not LOADED.search(re.sub(r"“[^”]*”", "", row["what_happened"]))


def test_each_text_has_true_and_wrong_statements_and_an_opinion():
    text = {row["claim_id"]: row["text_id"] for row in CLAIMS}
    found = {(text[row["claim_id"]], row["verdict"]) for row in VERDICTS}
    for id in set(text.values()):
        assert {(id, verdict) for verdict in ("supported", "contradicted", "opinion")} <= found


def test_the_keys_page_lists_what_is_wrong_in_the_texts_and_learners_page_does_not():
    assert SLIPS and not re.search(r"^\| C\d", README, re.MULTILINE)
    wrong = {row["claim_id"] for row in VERDICTS if row["verdict"] in ("contradicted", "partly")}
    assert {claim for claim, _ in SLIPS} - {"C16"} == wrong  # C16: nobody can count them
    assert Counter(helped for _, helped in SLIPS) == {"the Wrights": 7, "Whitehead": 7, "nobody": 2}


def test_the_count_of_a_direction_is_that_of_its_rows():
    named = []
    for ids, count in DIRECTIONS:
        whole, _, half = (re.findall(r"R\d+", part) for part in ids.partition("half:"))
        assert len(whole) + len(half) / 2 == float(count)
        named += whole + half
    assert sorted(named) == [row["record_id"] for row in RECORD]
