"""Bad data are refused in one sentence that names file, row, column and the remedy."""

import contextlib
import csv
import random

import pytest

import kit.data
from kit.data import DataError
from teach.cli import main
from tests.made_up_forms import SMALL


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
    ("record", put("event_date", "1919/.."), "event_precision", "write interval, or give"),
    ("record", put("told_date", "../1918"), "later than the told_date ../1918", "correct one"),
    ("record", put("told_date", "1990/1980"), "as it ends before it begins", "turn it round"),
    ("enlargement", put("accession_date", "1990/.."), "accession_date", "write it like 2000-03"),
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
    (
        "datapackage.json",
        b'"name": "claims"',
        b'"name": "klaims"',
        "describes no column claim_id of claims",
    ),
    ("datapackage.json", b'"resource": "sources"', b'"resource": "s"', "which is no table"),
    ("datapackage.json", b'"primaryKey": "iso3"', b'"primaryKey": "iso"', "cannot be followed"),
    ("datapackage.json", b'"name": "witness"', b'"name": "seer"', "no column witness of record"),
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


def test_no_damage_ends_in_a_traceback(small):
    """A few hundred random bites out of the files: the case loads or is refused in a sentence."""
    rng, files = random.Random(1954), sorted(p for p in SMALL.rglob("*.*") if p.suffix != ".toml")
    for _ in range(300):
        file = rng.choice(files)
        content, target = file.read_bytes(), small / file.relative_to(SMALL)
        place = rng.randrange(len(content))
        bitten = content[place + rng.randrange(9) :]
        target.write_bytes(content[:place] + rng.choice([b"", b'"', b",", b"\n", b"\xff"]) + bitten)
        with contextlib.suppress(DataError):
            kit.data.load(small)
        target.write_bytes(content)


# --- the command -------------------------------------------------------------------------


def test_check_data_says_what_holds(capsys):
    assert main(["check-data"]) == 0
    said = capsys.readouterr().out
    assert "record 82" in said and "quotations: 64" in said and "stances 95" in said


def test_check_data_says_what_is_wrong(small, capsys):
    edit(small / "texts/notice.txt", b"Pell", b"Bell")
    assert main(["check-data", str(small)]) == 1
    assert "sources.csv, row 3, column sha256" in capsys.readouterr().err


def test_help_shows_an_example_and_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["check-data", "--help"])
    said = capsys.readouterr().out
    assert caught.value.code == 0 and "python -m teach check-data ../my_case" in said
    assert "exit codes" in said
