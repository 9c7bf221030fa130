"""The data hold: tables, texts, quotations, sentences; another case loads, too."""

import itertools
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from frictionless import validate
from hypothesis import given
from hypothesis import strategies as st

import kit.data
from kit.data import DataError, Span, span
from kit.data.texts import split

ROOT = Path(__file__).resolve().parents[2]
CASES = ["tests/cases/small", "tests/cases/biscuits", "tests/cases/first_flight"]
PACKAGES = ["data", "kit/key", *CASES, *(f"{case}/key" for case in CASES)]
ROWS = {"sources": 5, "enlargement": 32, "record": 82, "propositions": 19, "claims": 64}


@pytest.fixture(scope="module")
def case():
    return kit.data.load()


# --- the course's own data ---------------------------------------------------------------


@pytest.mark.parametrize("folder", PACKAGES)
def test_the_dictionary_is_a_valid_data_package(folder):
    report = validate(str(ROOT / folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_tables_have_their_rows(case):
    assert {name: len(case.rows(name)) for name in case.table_names} == ROWS
    assert {name: len(case.key.rows(name)) for name in case.key.table_names} == {
        "stances": 95,
        "claims": 64,
        "ratings": 5,
    }


def test_every_column_of_every_dictionary_says_what_it_means():
    for folder in PACKAGES:
        for table in kit.data.tables.read_dictionary(ROOT / folder)["resources"]:
            assert table["licenses"] and table["encoding"] == "utf-8" and table["description"]
            for field in table.get("schema", {}).get("fields", []):
                assert field["description"].endswith(".") and field["type"], field["name"]


def test_texts_are_named_as_third_party_with_their_addresses(case):
    for resource in kit.data.tables.read_dictionary(case.path)["resources"]:
        if resource["name"] in case.texts:
            assert "Third-party" in resource["licenses"][0]["title"]
            assert resource["sources"][0]["path"] in (case.path / "README.md").read_text("utf-8")


def test_every_quote_is_at_its_offsets_once(case):
    for claim in case.rows("claims"):
        text = case.texts[claim["text_id"]]
        assert text[int(claim["start"]) : int(claim["end"])] == claim["quote"]
        assert text.count(claim["quote"]) == 1, claim["claim_id"]


def test_what_sources_call_printed_is_printed(case):
    for row in case.rows("sources"):
        for column in ("title_as_printed", "site_as_printed", "author_as_printed"):
            for part in row[column].split(" / "):
                assert part in case.texts[row["text_id"]], (row["text_id"], column)


def test_what_could_not_be_checked_says_so_on_its_face(case):
    doubtful = {r["record_id"] for r in case.rows("record") if r["verification"] == "unverified"}
    assert doubtful == {"R08", "R12", "R17"}
    for row in case.rows("record"):
        said = row["what_happened"].startswith("Unverified: ")
        assert said == (row["record_id"] in doubtful)
        assert bool(row["verified_by_url"]) != said


def test_a_witness_is_named_by_the_row_that_rests_on_them(case):
    kinds = {"recollection", "later statement"}
    for row in case.rows("record"):
        assert not row["witness"] or (row["kind"] in kinds and row["witness"] in row["who"])


def test_quotes_of_the_record_have_at_most_25_words(case):
    assert max(len(row["short_quote"].split()) for row in case.rows("record")) <= 25


def test_every_text_has_a_stance_on_every_proposition(case):
    pairs = {(row["proposition_id"], row["text_id"]) for row in case.key.rows("stances")}
    assert len(pairs) == len(case.rows("propositions")) * len(case.texts) == 95
    assert {row["claim_id"] for row in case.key.rows("claims")} == {
        row["claim_id"] for row in case.rows("claims")
    }


def test_tables_end_their_lines_in_one_way_and_name_texts_by_their_ids():
    for path in [*ROOT.glob("data/*.*"), *ROOT.glob("kit/key/*.csv")]:
        text = path.read_text("utf-8")
        assert "\r" not in text and not re.search(r"\b00\d_", text), path


# --- frames, sentences, dates ------------------------------------------------------------


def test_frames_keep_dates_as_text_and_numbers_as_numbers(case):
    assert case.record["event_date"].iloc[6] == "1990-05"
    assert case.record is case.record
    assert case.sources["word_count"].sum() == 460 + 394 + 475 + 1542 + 826
    assert (case.sources["date_as_printed"] == "").all()
    assert case.key.ratings["dating_score"].max() == 1
    assert list(case.claims["claim_id"]) == [row["claim_id"] for row in case.rows("claims")]


def test_a_row_is_found_by_its_id_and_the_id_stays_a_column(case):
    assert list(case.record.loc[["R54", "R25"], "told_date"]) == ["2021-11-04", "2000-03-05"]
    assert case.record.sort_values("record_id")["record_id"].iloc[-1] == "R82"
    claims = case.claims.merge(case.propositions, on="proposition_id")
    assert (len(claims), claims.loc[9, "about"]) == (64, "approach")
    assert list(case.key.stances.index) == list(range(95))  # a key of two columns labels nothing


def test_the_table_of_sentences_holds_each_sentence_of_each_text(case):
    for text_id, rows in case.sentences.groupby("text_id"):
        found = rows[["number", "start", "end", "text"]].itertuples(index=False, name=None)
        assert list(found) == [tuple(each) for each in case.sentences_of(text_id)]
    assert list(case.sentences["text_id"].unique()) == list(case.texts)


@pytest.mark.parametrize(
    ("text_id", "count"),
    [("forum", 30), ("blog", 27), ("article", 25), ("news", 84), ("factcheck", 30)],
)
def test_texts_split_into_their_sentences(case, text_id, count):
    found = case.sentences_of(text_id)
    assert [s.number for s in found] == list(range(1, count + 1))
    for sentence in found:
        assert case.texts[text_id][sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    ("text_id", "number", "start", "end"),
    [
        ("forum", 1, "Did Putin Ask", ".Txt ?"),
        ("blog", 7, "In 2000, he", "join NATO?”"),
        ("blog", 8, "However, he", "don’t matter.”"),
        ("news", 5, "Indep. Analysis", "ivan_8848."),
        ("news", 17, "Putin’s claim", "U.S. President George W. Bush."),
        ("news", 39, "“The tragedy,”", "sought to avoid.”"),
        ("news", 83, "Whether the world", "“what-ifs.”"),
        ("factcheck", 7, "Contemporary accounts", "[1] [2] [3] [4]."),
        ("factcheck", 8, "1. A former", "why it matters"),
        ("factcheck", 9, "George Robertson, ex-NATO", "integration [1]."),
    ],
)
def test_sentences_that_are_easily_cut_are_whole(case, text_id, number, start, end):
    sentence = case.sentences_of(text_id)[number - 1].text
    assert sentence.startswith(start) and sentence.endswith(end)


def test_only_one_claim_runs_over_two_sentences(case):
    def inside(claim):
        start, end = int(claim["start"]), int(claim["end"])
        return any(s.start <= start and end <= s.end for s in case.sentences_of(claim["text_id"]))

    assert [row["claim_id"] for row in case.rows("claims") if not inside(row)] == ["C41"]


@given(st.text(alphabet='aA1.!?“”" \n'))
def test_sentences_cover_every_word_of_any_text(text):
    found = split(text)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_span_is_as_wide_as_its_date():
    assert span("2000-02") == Span(date(2000, 2, 1), date(2000, 2, 29), "month", "2000-02")
    assert span("1996") == Span(date(1996, 1, 1), date(1996, 12, 31), "year", "1996")
    assert span("1954-03-31").start == span("1954-03-31").end
    assert [str(span(d)) for d in ("2001-06-16", "2000-06", "2003")] == [
        "16 June 2001",
        "June 2000",
        "2003",
    ]


@pytest.mark.parametrize(
    "bad", ["", "1990-02-30", "1990-13", "1990-5", "0000", "90", "2000-01-01T00", None, 1990]
)
def test_what_is_not_a_date_is_refused(bad):
    with pytest.raises(ValueError, match="is not a date; write one like"):
        span(bad)


@given(st.dates())
def test_any_day_comes_back_from_its_span(day):
    assert span(day.isoformat()) == Span(day, day, "day", day.isoformat())


def test_a_case_may_hold_open_and_unsure_dates(small):
    """Through the dictionary of the case, as the kit and as frictionless read it."""
    path = small / "record.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("1919-03-01,day,1919-03-01,day", "../1919-03~,interval,1919-03-01/..,interval"),
        ("1921-05,month,1948,year", "192X,decade,1948/1950,interval"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="")
    rows = kit.data.load(small).rows("record")
    assert [row["told_date"] for row in rows[:2]] == ["1919-03-01/..", "1948/1950"]
    assert validate(str(small / "datapackage.json")).valid


# --- another case through the same door --------------------------------------------------


def test_an_invented_case_loads_through_the_same_door(small):
    case = kit.data.load(small)
    assert (case.title, case.question) == (
        "The Bridge League",
        "Did the mill town ask to join the Bridge League?",
    )
    assert list(case.texts) == ["gazette", "notice"]
    assert case.key.answers["members_1921"] == {"answer": 3}
    assert case.exercises_path.exists()


def test_a_case_works_without_its_key(small):
    shutil.rmtree(small / "key")
    assert kit.data.load(small).key is None


def test_a_key_without_answers_has_none(small):
    (small / "key" / "answers.toml").unlink()
    assert kit.data.load(small).key.answers == {}
    (small / "key" / "answers.toml").write_text("a = [", "utf-8")
    with pytest.raises(DataError, match=r"key/answers\.toml is not valid TOML"):
        _ = kit.data.load(small).key.answers


def test_the_case_and_its_key_do_not_print_themselves(case):
    assert repr(case.key) == "<Key>" and str(ROOT) not in repr(case)


@pytest.mark.parametrize(
    ("ask", "kind", "known"),
    [("rows", "table", r"Did you mean record\?"), ("sentences_of", "text", "There are: forum, ")],
)
def test_asking_for_what_is_not_there_lists_what_is(case, ask, kind, known):
    with pytest.raises(DataError, match=rf"There is no {kind} called “recrod”\. {known}"):
        getattr(case, ask)("recrod")


def test_loading_brings_in_no_heavy_library():
    code = "import sys, kit.data; kit.data.load(); print({'pandas','numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
