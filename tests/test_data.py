"""The data hold: tables, texts, quotations, sentences; and bad data are refused in one sentence."""

import csv
import itertools
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
from kit.__main__ import main
from kit.data import DataError, Span, span
from kit.data.sentences import split

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "cases" / "small"
PACKAGES = ["data", "kit/key", "tests/cases/small", "tests/cases/small/key"]
ROWS = {"sources": 5, "enlargement": 32, "record": 66, "propositions": 19, "claims": 60}


@pytest.fixture(scope="module")
def case():
    return kit.data.load()


@pytest.fixture
def small(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


# --- the course's own data ---------------------------------------------------------------


@pytest.mark.parametrize("folder", PACKAGES)
def test_the_dictionary_is_a_valid_data_package(folder):
    report = validate(str(ROOT / folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_tables_have_their_rows(case):
    assert {name: len(case.rows(name)) for name in case.table_names} == ROWS
    assert {name: len(case.key.rows(name)) for name in case.key.table_names} == {
        "stances": 95,
        "claims": 60,
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
        said = row["what_happened"].startswith(kit.data.NOT_VERIFIED)
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


def test_no_name_of_another_house_is_left_in_the_tables():
    for path in [*ROOT.glob("data/*.*"), *ROOT.glob("kit/key/*.csv")]:
        text = path.read_text("utf-8")
        assert "_ab04cb553c9d" not in text and "/work/" not in text and "\r" not in text, path


# --- frames, sentences, dates ------------------------------------------------------------


def test_frames_keep_dates_as_text_and_numbers_as_numbers(case):
    assert case.record["event_date"].iloc[6] == "1990-05"
    assert case.record is case.record
    assert case.sources["word_count"].sum() == 460 + 394 + 475 + 1542 + 826
    assert (case.sources["date_as_printed"] == "").all()
    assert case.key.ratings["dating_score"].max() == 1
    assert list(case.claims["claim_id"]) == [row["claim_id"] for row in case.rows("claims")]


@pytest.mark.parametrize(
    ("text_id", "count"),
    [("forum", 30), ("blog", 27), ("article", 25), ("news", 84), ("factcheck", 30)],
)
def test_texts_split_into_their_sentences(case, text_id, count):
    found = case.sentences(text_id)
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
    sentence = case.sentences(text_id)[number - 1].text
    assert sentence.startswith(start) and sentence.endswith(end)


def test_only_one_claim_runs_over_two_sentences(case):
    def inside(claim):
        start, end = int(claim["start"]), int(claim["end"])
        return any(s.start <= start and end <= s.end for s in case.sentences(claim["text_id"]))

    assert [row["claim_id"] for row in case.rows("claims") if not inside(row)] == ["C41"]


@given(st.text(alphabet='aA1.!?“”" \n'))
def test_sentences_cover_every_word_of_any_text(text):
    found = split(text)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_span_is_as_wide_as_its_date():
    assert span("2000-02") == Span(date(2000, 2, 1), date(2000, 2, 29), "month")
    assert span("1996") == Span(date(1996, 1, 1), date(1996, 12, 31), "year")
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
    assert span(day.isoformat()) == Span(day, day, "day")


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


@pytest.mark.parametrize(("ask", "kind"), [("rows", "table"), ("sentences", "text")])
def test_asking_for_what_is_not_there_lists_what_is(case, ask, kind):
    with pytest.raises(ValueError, match=f'there is no {kind} "recrod"; the {kind}s are '):
        getattr(case, ask)("recrod")


# --- bad data ----------------------------------------------------------------------------


def put(column, value, row=0):
    """A damage to a table: set one cell (row counts from 0)."""

    def damage(rows):
        rows[row][column] = value

    return damage


def drop(column):
    def damage(rows):
        for row in rows:
            del row[column]

    return damage


def both(*damages):
    def damage(rows):
        for one in damages:
            one(rows)

    return damage


CELLS = [
    ("enlargement", put("iso3", "XYZ", 2), 'row 4, column iso3: "XYZ"', "use one of ALD, REE"),
    ("enlargement", put("accession_date", "1990-02-30"), 'accession_date: "1990-02-30"', "write"),
    ("record", put("event_date", "1990-13", 1), 'row 3, column event_date: "1990-13"', "write"),
    ("record", put("event_date", "1950-03-01"), "later than the told_date", "correct one"),
    ("record", put("told_precision", "month", 1), "row 3, column told_precision", "write year"),
    ("record", put("who", ""), "row 2, column who: the cell is empty", "fill it in"),
    ("record", put("kind", "gossip", 3), "row 5, column kind", "use one of primary document"),
    ("record", put("record_id", "R02", 2), 'row 4, column record_id: "R02" already', "its own"),
    ("record", put("source_url", "www"), 'row 2, column source_url: "www"', "write it like"),
    ("record", put("extra", "x"), "row 1, column extra: one column too many", "remove it"),
    ("record", drop("witness"), "row 1, column witness: the column is missing", "must be"),
    ("claims", put("proposition_id", "P9"), 'column proposition_id: "P9" is not in', "add its row"),
    ("claims", put("text_id", "letter", 1), 'row 3, column text_id: "letter"', "use a text_id"),
    ("claims", put("start", "5", 2), "row 4, column start: the quote is not there", "it starts at"),
    ("claims", put("quote", "Never said"), "row 2, column start", "copy the quote"),
    ("claims", put("start", "x", 3), "row 5, column start", "write a whole number, 0 or more"),
    ("sources", put("sha256", "0" * 64, 1), "row 3, column sha256", "byte for byte"),
    ("sources", put("word_count", "7"), "row 2, column word_count", "write "),
    ("sources", put("file", "texts/gone.txt"), "small/texts/gone.txt is missing", "put the file"),
    ("key/claims", put("record_ids", "R02;R99"), 'row 2, column record_ids: "R99"', "record.csv"),
    ("key/claims", put("claim_id", "C88", 3), 'row 5, column claim_id: "C88"', "small/claims.csv"),
    ("key/stances", put("text_id", "notice"), "column proposition_id: ", "already stands in row 2"),
    ("key/ratings", put("dating_score", "5", 1), "row 3, column dating_score", "0 to 4"),
]


def refused(folder):
    """The one sentence with which a folder is refused."""
    with pytest.raises(DataError) as caught:
        kit.data.load(folder)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and str(folder.parent) not in message
    return message


@pytest.mark.parametrize(("table", "damage", "where", "remedy"), CELLS)
def test_a_damaged_table_is_refused_by_file_row_and_column(small, table, damage, where, remedy):
    path = small / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    damage(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    message = refused(small)
    assert where in message and remedy in message, message
    assert f"{path.parent.name}/{path.name}" in message or "missing" in message


def edit(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


FILES = [
    ("texts/notice.txt", b"No application", b"No Application", "row 3, column sha256"),
    ("texts/notice.txt", b"agrees.\n", b"agrees.\r\n", "texts/notice.txt is not the text"),
    ("texts/gazette.txt", b"laughed", b"l\xe4ughed", "gazette.txt, row 5: the file is not UTF-8"),
    ("record.csv", b"Two towns", b"Tw\xf6 towns", "record.csv, row 2: the file is not UTF-8"),
    ("record.csv", b"full text,", b"full text,,", "record.csv, row 2: 17 cells under 16"),
    ("record.csv", b"one page of the book,", b"one page", "record.csv, row 3: 15 cells under 16"),
    ("record.csv", b"\nR02", b"\n\nR02", "record.csv, row 3: 0 cells under 16"),
    ("record.csv", b"T. Pell", b'"T". Pell', "record.csv, row 4: not a row of a CSV table"),
    ("propositions.csv", b"proposition_id,", b"about,", "column proposition_id: the column is"),
    ("datapackage.json", b'"title"', b"title", "small/datapackage.json, row 4: not JSON"),
    ("datapackage.json", b'"schema"', b'"shema"', "small/datapackage.json lacks 'schema'"),
    ("datapackage.json", b'"name": "claims"', b'"name": "klaims"', "describes no table claims"),
    ("datapackage.json", b'"resource": "sources"', b'"resource": "s"', "which is no table"),
]


@pytest.mark.parametrize(("path", "old", "new", "where"), FILES)
def test_a_damaged_file_is_refused_by_name(small, path, old, new, where):
    edit(small / path, old, new)
    assert where in refused(small)


def test_a_row_is_counted_as_an_editor_shows_it(small):
    edit(small / "record.csv", b"Two towns", b'"Two\ntowns"')
    edit(small / "record.csv", b"contemporaneous", b"contemporary")
    assert "record.csv, row 5, column kind" in refused(small)


def test_a_table_saved_with_a_byte_order_mark_and_windows_lines_is_read(small):
    path = small / "enlargement.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(kit.data.load(small).rows("enlargement")) == 4


@pytest.mark.parametrize("name", ["claims.csv", "texts/notice.txt", "datapackage.json"])
def test_a_missing_file_is_named(small, name):
    (small / name).unlink()
    assert f"small/{name} is missing" in refused(small)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert "no folder nowhere" in refused(tmp_path / "nowhere")


# --- the command -------------------------------------------------------------------------


def test_check_data_says_what_holds(capsys):
    assert main(["check-data"]) == 0
    said = capsys.readouterr().out
    assert "record 66" in said and "quotations: 60" in said and "stances 95" in said


def test_check_data_says_what_is_wrong(small, capsys):
    edit(small / "texts/notice.txt", b"Pell", b"Bell")
    assert main(["check-data", str(small)]) == 1
    assert "sources.csv, row 3, column sha256" in capsys.readouterr().err


def test_help_shows_an_example_and_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["check-data", "--help"])
    said = capsys.readouterr().out
    assert caught.value.code == 0 and "python -m kit check-data ../my_case" in said
    assert "exit codes" in said


def test_loading_brings_in_no_heavy_library():
    code = "import sys, kit.data; kit.data.load(); print({'pandas','numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
