"""The teacher's tables, as spreadsheets save them: every command reads what any other reads."""

import codecs
import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import data
from kit.errors import KitError
from teach import spreadsheet
from teach.cli import main
from teach.grading.marks import read_marks
from teach.grading.store import STORE
from teach.lms import read_learners
from teach.report.build import class_of
from teach.spreadsheet import csv_writer, guarded, read_table
from tests.teach.handed_in import RIGHT, content, raw

CODES = ["owl-3", "1-2", "-7", "SEPT2"]
ROSTER = [["code", "ID", "Student"], *([c, str(n), f"Müller, {c}"] for n, c in enumerate(CODES, 7))]
EXPORT = "Student,ID,Section,Essay (12)\n" + "".join(f"x,{n},A,\n" for n in range(7, 11))


def saved(rows, delimiter=",", encoding="utf-8", comma=False, heads=str):
    """Return a table as a spreadsheet saves it."""
    file = io.StringIO(newline="")
    first, *rest = rows
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(heads, first))
    for row in rest:
        cells = [c.replace(".", ",") if comma and c.replace(".", "").isdigit() else c for c in row]
        writer.writerow([*cells, ""])  # of a column that once held something
    return file.getvalue().encode(encoding)


def workbook(rows):
    """Return a table as the bytes of an .xlsx, numbers as numbers."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([float(c) if c.replace(".", "").isdigit() else c for c in row])
    book.save(file)
    return file.getvalue()


def loudly(head):
    return f" {head.upper()} "


SAVES = {
    "as it was written": lambda rows: saved(rows, encoding="utf-8-sig"),
    "without a BOM": saved,
    "in German Excel": lambda rows: saved(rows, ";", "cp1252", comma=True),
    "in German Excel as UTF-8": lambda rows: saved(rows, ";", "utf-8-sig", comma=True),
    "as Unicode text": lambda rows: saved(rows, "\t", "utf-16", comma=True),
    "as big-endian": lambda rows: codecs.BOM_UTF16_BE + saved(rows, "\t", "utf-16-be"),
    "with other heads": lambda rows: saved(rows, heads=loudly),
    "as a workbook": workbook,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with hand-ins, what `teach grade` made of them, and a gradebook."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "in").mkdir()
    for code in CODES:
        (folder / "in" / f"handin-{code}.json").write_bytes(raw(content(code, dict(RIGHT))))
    assert main(["grade", f"{folder}/in", "--out", f"{folder}/marks"]) == 3  # texts wait
    (folder / "export.csv").write_text(EXPORT)
    return folder


def rows_of(path):
    """Return the rows of a table as they stand in the file."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_the_roster_is_read_by_every_command_that_takes_it(desk, tmp_path, save):
    table, plain = tmp_path / "learners.csv", tmp_path / "plain.csv"
    table.write_bytes(save([[guarded(cell) for cell in row] for row in ROSTER]))
    plain.write_bytes(saved(ROSTER))
    assert read_learners(table).rows == read_learners(plain).rows
    out = str(tmp_path / "marks")
    assert main(["grade", f"{desk}/in", "--out", out, "--codes", str(table)]) == 3
    assert filled(desk, tmp_path, f"{desk}/marks/marks.csv", table) == ["80"] * 4


def filled(desk, folder, marks, learners):
    """Return the marks in the gradebook that `teach lms` filled; each waits for a marker."""
    where = ["--marks", str(marks), "--learners", str(learners), "--out", f"{folder}/filled.csv"]
    assert main(["lms", f"{desk}/export.csv", *where]) == 3
    return [row[3] for row in rows_of(folder / "filled.csv")[1:]]


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_marks_are_read_by_every_command_that_takes_them(desk, tmp_path, save):
    rows = rows_of(desk / "marks" / "marks.csv")
    at = rows[0].index("points")
    for row in rows[1:]:
        row[at] = "62.25"
    (tmp_path / "marks.csv").write_bytes(save(rows))
    (tmp_path / "learners.csv").write_bytes(saved(ROSTER))
    marks = read_marks(tmp_path / "marks.csv")
    assert {mark.code: mark.points for mark in marks.values()} == dict.fromkeys(
        CODES, Decimal("62.25")
    )
    columns = filled(desk, tmp_path, tmp_path / "marks.csv", tmp_path / "learners.csv")
    assert columns == ["62.25"] * 4
    shutil.copy(desk / "marks" / STORE, tmp_path)
    assert class_of(tmp_path, data.load()).learners == len(CODES)


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_what_was_typed_in_is_read(tmp_path, save):
    rows = [["code", "field", "answer"], ["owl", "slips", "b"], ["'1-2", "slips", "a"]]
    (tmp_path / "typed.csv").write_bytes(save(rows))
    assert main(["paper", f"{tmp_path}/typed.csv", "--out", f"{tmp_path}/in"]) == 0
    assert {path.name for path in (tmp_path / "in").iterdir()} == {
        "handin-owl.json",
        "handin-1-2.json",
    }


def test_columns_without_a_head_keep_their_places(tmp_path):
    (tmp_path / "learners.csv").write_text("code,,ID,,Student,,\nowl,a,1,b,Kim,,\n")
    table = read_table(tmp_path / "learners.csv", ["code"])
    assert table.written == ["code", "", "ID", "", "Student"]
    assert list(table.rows[0].cells.values()) == ["owl", "a", "1", "b", "Kim"]


# What a spreadsheet makes of codes

SPOILT = ["1. Feb", "01. Feb", "01.02.2026", "1,00E+05", "7", "März 05", "#NAME?", "1/2/2026"]


@pytest.mark.parametrize("code", SPOILT)
def test_a_spoilt_code_is_named_with_its_line_and_how_to_mend_it(tmp_path, code, capsys):
    message = f"line 3: the column “code” holds “{code}”, which a spreadsheet made of a code; set"
    learners = saved([["code", "ID"], ["owl", "1"], [code, "2"]])
    (tmp_path / "learners.csv").write_bytes(learners)
    with pytest.raises(KitError, match="the format Text there, type the code") as error:
        read_learners(tmp_path / "learners.csv")
    assert str(error.value).startswith(f"learners.csv, {message}")
    typed = [["code", "field", "answer"], ["owl", "slips", "b"], [code, "slips", "b"]]
    (tmp_path / "typed.csv").write_bytes(saved(typed))
    assert main(["paper", f"{tmp_path}/typed.csv", "--out", f"{tmp_path}/in"]) == 3
    assert capsys.readouterr().err.startswith(f"typed.csv, {message}")
    assert (tmp_path / "in" / "handin-owl.json").exists()


def test_points_that_became_a_date_are_named_and_not_guessed(desk, tmp_path):
    rows = rows_of(desk / "marks" / "marks.csv")
    rows[2][rows[0].index("points")] = "03. Mai"
    (tmp_path / "marks.csv").write_bytes(saved(rows))
    with pytest.raises(KitError, match=r"^marks.csv, line 3: points or waiting is no plain number"):
        read_marks(tmp_path / "marks.csv")


def test_a_date_in_a_workbook_is_no_code(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["code"])
    book.active.append([spreadsheet.date(2026, 2, 1)])
    book.save(tmp_path / "learners.xlsx")
    with pytest.raises(KitError, match=r"^learners.xlsx, line 2: .* a spreadsheet made of"):
        read_learners(tmp_path / "learners.xlsx")


# What cannot be read


def test_a_workbook_is_named_by_what_it_is_where_openpyxl_is_not(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "find_spec", lambda name: None)
    (tmp_path / "learners.csv").write_bytes(workbook(ROSTER))
    with pytest.raises(KitError, match=r"^learners.csv is a workbook of a spreadsheet, whatever"):
        read_learners(tmp_path / "learners.csv")


@pytest.mark.parametrize("kind", [b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_another_workbook_is_told_to_save_as_csv(tmp_path, kind):
    (tmp_path / "learners.csv").write_bytes(kind)
    with pytest.raises(KitError, match=r"^learners.csv is a workbook .* as CSV \(UTF-8\)"):
        read_table(tmp_path / "learners.csv", ["code"])


def test_a_workbook_in_place_of_a_gradebook_is_told_to_save_as_csv(tmp_path, capsys):
    (tmp_path / "export.csv").write_bytes(workbook(ROSTER))
    (tmp_path / "learners.csv").write_bytes(saved(ROSTER))
    where = ["--marks", "no.csv", "--learners", "no.csv", "--out", f"{tmp_path}/filled.csv"]
    assert main(["lms", f"{tmp_path}/export.csv", *where]) == 1
    assert "export.csv is a workbook of a spreadsheet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "ID;code\n1;owl;no\n",
            "learners.csv, line 2: 3 cells where the first line has 2; perhaps",
        ),
        ("ID\n1\n", "The first line of learners.csv does not hold the column heads looked for"),
        ("code,Code\n", "learners.csv has two columns “code”; leave one."),
        ('code\n"owl', "learners.csv, line 2: a quotation mark is opened and never closed"),
    ],
)
def test_every_refusal_names_file_and_line(tmp_path, text, message):
    (tmp_path / "learners.csv").write_text(text)
    with pytest.raises(KitError) as error:
        read_learners(tmp_path / "learners.csv")
    assert str(error.value).startswith(message)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")), min_size=1))
def test_what_is_written_is_read_back(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "written.csv"
    with csv_writer(path, ["code", "text"]) as writer:
        for text in texts:
            writer.writerow(["owl", text])
    back = [row.cells["text"] for row in read_table(path, ["code"]).rows]
    assert back == [text.strip() for text in texts]
