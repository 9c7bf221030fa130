"""Our tables opened and saved in a real spreadsheet, LibreOffice, in German and in English."""

import shutil
import subprocess

import pytest

from kit import submission
from teach import typed
from teach.cli import main
from teach.grading.marks import COLUMNS, read_marks
from teach.lms import read_learners
from teach.spreadsheet import csv_writer, read_table
from teach.typed.sheets import fields
from tests.teach.handed_in import CASE, content, raw

# What a spreadsheet takes for a date, a number, a time, a formula, or for true; and a plain code.
CODES = [
    *("1-2", "may-5", "mai-5", "1e5", "007", "true", "wahr", "SEPT2", "MARCH1", "jun-2026"),
    *("2026-03-05", "5am", "7-", "-7", "-abc", "-1-2", "0x10", "123456789012", "owl-3"),
]
RECEIPTS = ["12345e6789", "0123456789", "1234567890", "00000e0000", "e40bf276de"]
POINTS = ["3.5", "12.06", "62.25", "100", "0", ""]
TYPED = {"date_article": "1990-05", "slips": "b", "final_answer": "=No; “he” said\nnothing."}
WAYS = {  # locale: (its number, how a table is saved)
    "de-DE": (1031, "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true,true"),
    "en-US": (1033, "xlsx"),
}
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item></oor:items>"""


def write(path, columns, rows):
    with csv_writer(path, columns) as writer:
        for row in rows:
            writer.writerow(row)


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """A folder with each table of ours: from the commands, with what is hard to keep put in."""
    folder = tmp_path_factory.mktemp("ours")
    (folder / "in").mkdir()
    for code in CODES:
        (folder / "in" / f"handin-{code}.json").write_bytes(raw(content(code, {})))
    (folder / "in" / "=1-2.json").write_bytes(b"nothing")
    assert main(["grade", f"{folder}/in", "--out", f"{folder}/marks"]) == 3
    marks = read_table(folder / "marks" / "marks.csv", COLUMNS)
    rows = [list(row.cells.values()) for row in marks.rows]
    for n, row in enumerate(rows):
        row[2], row[4] = RECEIPTS[n % len(RECEIPTS)], POINTS[n % len(POINTS)]
    write(folder / "marks.csv", marks.heads, rows)
    shutil.copy(folder / "marks" / "needs_a_person.csv", folder)
    roster = [(code, f"{n:04}", f"'t Hooft, {code}") for n, code in enumerate(CODES)]
    write(folder / "learners.csv", ["code", "ID", "Student"], roster)
    answers = [(code, id, TYPED.get(id, "")) for code in CODES[::5] for id in fields(CASE)]
    write(folder / "typed.csv", typed.HEADS, answers)
    assert main(["lms", "--marks", f"{folder}/marks.csv", "--out", f"{folder}/points.csv"]) == 0
    return folder


@pytest.fixture(scope="module")
def back(ours, tmp_path_factory):
    """The same tables, opened and saved by LibreOffice: {locale: folder}."""
    if not shutil.which("soffice"):
        pytest.skip("there is no LibreOffice (soffice): install libreoffice-calc-nogui")
    # One after the other: of two at once, one gave up, once, with no word about it.
    folders = {locale: tmp_path_factory.mktemp(locale) for locale in WAYS}
    for locale, folder in folders.items():
        done = opened_and_saved(ours, folder, locale)
        assert done.returncode == 0, done.stdout + done.stderr
    return folders


def opened_and_saved(ours, folder, locale):
    number, how = WAYS[locale]
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = SETTINGS.format(locale)
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    command += [f"--infilter=CSV:44,34,76,1,,{number},false,true", "--convert-to", how]
    command += ["--outdir", folder, *sorted(ours.glob("*.csv"))]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture(params=WAYS)
def tables(request, back):
    """The tables that came back: {name: path}."""
    return {path.stem: path for path in back[request.param].iterdir() if path.is_file()}


def cells(path, head):
    return [row.cells for row in read_table(path, [head]).rows]


def test_marks_come_back_as_they_went(ours, tables):
    before = read_marks(ours / "marks.csv")
    assert len(before) == len(CODES) and read_marks(tables["marks"]) == before


def test_the_roster_comes_back_as_it_went(ours, tables):
    assert read_learners(tables["learners"]).codes == {code.lower(): code for code in CODES}
    assert cells(tables["learners"], "code") == cells(ours / "learners.csv", "code")


@pytest.mark.parametrize("name", ["points", "points.report", "marks.platform"])
def test_what_is_written_for_a_platform_comes_back_as_it_went(ours, tables, name):
    before = cells(ours / f"{name}.csv", "code")
    assert len(before) > 15 and cells(tables[name], "code") == before


def test_the_list_for_a_person_comes_back_as_it_went(ours, tables):
    before = cells(ours / "needs_a_person.csv", "what")
    assert before and cells(tables["needs_a_person"], "what") == before


def test_what_was_typed_in_is_handed_in_alike(ours, tables, tmp_path):
    answers = []
    for name, path in [("before", ours / "typed.csv"), ("after", tables["typed"])]:
        assert typed.hand_in(path, tmp_path / name, CASE).problems == []
        files = sorted((tmp_path / name).iterdir())
        answers.append({file.name: submission.load(file)["answers"] for file in files})
    assert answers[0] == answers[1] and len(answers[0]) == len(CODES[::5])


def test_the_gradebook_is_filled_alike(ours, tables, tmp_path):
    rows = [f"x,{n:04},A,\n" for n in range(len(CODES))]
    (tmp_path / "export.csv").write_text("".join(["Student,ID,Section,Essay (12)\n", *rows]))
    filled = []
    for name, marks, learners in [
        ("before.csv", ours / "marks.csv", ours / "learners.csv"),
        ("after.csv", tables["marks"], tables["learners"]),
    ]:
        where = ["--marks", str(marks), "--learners", str(learners), "--out", f"{tmp_path}/{name}"]
        assert main(["lms", f"{tmp_path}/export.csv", *where]) == 0
        filled.append((tmp_path / name).read_bytes())
    assert filled[0] == filled[1] and b"62.25" in filled[1]
