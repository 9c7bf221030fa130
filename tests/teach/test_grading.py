"""Marking: what comes in, which hand-in counts, what is written; nothing is run or lost."""

import csv
import html
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kit import exercises, submission
from teach import grading
from teach.cli import main
from teach.grading import arrivals, rubric, selection, sources
from teach.grading.marks import Scorer, total
from tests.teach.handed_in import CASE, EXERCISES, RIGHT, content, notebook, raw, some_answers

ROOT = Path(__file__).resolve().parents[2]
LATER = "2026-03-06T10:00:00.000Z"
CHECKED = {id: answer for id, answer in RIGHT.items() if EXERCISES[id].kind != "written"}


@pytest.fixture
def given(tmp_path):
    """A folder for what the platform gave."""
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def mark(tmp_path, given, monkeypatch):
    """Mark the folder and return (rows of marks.csv by code, rows of needs_a_person.csv)."""
    monkeypatch.chdir(tmp_path)

    def marked(*paths, **options):
        grading.grade(paths or ["in"], "marks", CASE, **options)
        found = {row["code"]: row for row in table(tmp_path / "marks" / "marks.csv")}
        return found, table(tmp_path / "marks" / "needs_a_person.csv")

    return marked


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def put(folder, name, bytes_):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes_)
    return path


def zipped(members, packing=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, bytes_ in members:
            archive.writestr(name, bytes_)
    return file.getvalue()


def whats(persons):
    return sorted((row["what"], row["where"]) for row in persons)


# Points


def test_right_answers_earn_all_but_what_a_person_marks(given, mark):
    whole = content("owl-1")
    put(given, "handin-owl-1.json", raw(whole))
    [(code, row)], persons = mark()[0].items(), mark()[1]
    written = {id for id, each in EXERCISES.items() if each.kind == "written"}
    assert (code, row["receipt"], row["time"]) == ("owl-1", whole["hash"][:10], whole["time"])
    assert (row["points"], row["waiting"], row["hand_ins"]) == ("80", "4", "1")
    for id, exercise in EXERCISES.items():
        assert row[id] == ("" if id in written else str(exercise.points))
    assert persons == []


def test_every_exercise_gets_what_the_check_in_the_notebook_gives():
    scorer = Scorer(CASE)
    for seed in range(30):
        answers = some_answers(seed)
        marks = scorer.scores(content("owl", answers), {})
        assert [mark.id for mark in marks] == list(EXERCISES)
        for mark in marks:
            told = exercises.check(mark.id, answers.get(mark.id), CASE)
            if told.earned is None:
                assert mark.points is None
            else:
                assert mark.points == round(told.earned * EXERCISES[mark.id].points, 2)
        assert total(marks) == round(sum(mark.points or 0 for mark in marks), 2)


def test_empty_is_not_attempted_and_0_is_wrong(given, mark):
    put(given, "a.json", raw(content("owl", {"members_1954": 999, "final_answer": "  "})))
    row = mark()[0]["owl"]
    assert (row["members_1954"], row["two_clocks"], row["final_answer"]) == ("0", "", "")
    assert (row["points"], row["waiting"]) == ("0", "0")


def test_an_answer_of_another_form_earns_0_and_is_listed(given, mark):
    put(given, "a.json", raw(content("owl", {**RIGHT, "stances": "x", "members_1954": [14]})))
    found, persons = mark()
    assert (found["owl"]["stances"], found["owl"]["members_1954"]) == ("0", "0")
    assert found["owl"]["points"] == "71"
    assert whats(persons) == [("strange answer", "in/a.json")] * 2


def test_a_rating_that_is_not_on_its_scale_is_listed_and_the_others_count(given, mark):
    ratings = {text: {**cells} for text, cells in RIGHT["ratings"].items()}
    ratings["blog"]["dating"] = {"value": -999, "evidence": 1}
    put(given, "a.json", raw(content("owl", {"ratings": ratings})))
    found, persons = mark()
    assert found["owl"]["ratings"] == "4.88"
    assert whats(persons) == [("strange answer", "in/a.json")]
    assert persons[0]["reason"].startswith("The answer to ratings holds what the kit does not")


def test_the_page_asks_about_the_same_answer_everywhere_and_takes_nothing_for_it(given, mark):
    ratings = {
        text: {column: {**cell, "evidence": 2} for column, cell in cells.items()}
        for text, cells in RIGHT["ratings"].items()
    }
    put(given, "a.json", raw(content("owl", {"ratings": ratings})))
    assert mark()[0]["owl"]["ratings"] == "5"
    page = (given.parent / "marks" / "feedback" / "owl.html").read_text(encoding="utf-8")
    assert "All 40 ratings with one sentence of each text?" in page


def test_levels_that_people_settled_become_points_until_the_text_is_another(given, mark, tmp_path):
    put(given, "a.json", raw(content("Owl-1")))
    mark()
    for marker, levels in {"anna": (3, 4), "ben": (3, 1)}.items():
        journal = rubric.journal(tmp_path / "marks", marker)
        for id, level in zip(("final_answer", "slip_report"), levels, strict=True):
            text = rubric.fingerprint(RIGHT[id])
            journal.write(f"owl-1/{id}", {"level": level, "note": "", "text": text})
    row = mark()[0]["Owl-1"]
    assert (row["final_answer"], row["slip_report"]) == ("6", "")
    assert (row["points"], row["waiting"]) == ("86", "3")
    said = "Read by a person: level 3 of 4. " + EXERCISES["final_answer"].rubric[3][2:]
    assert html.escape(said) in page_of(tmp_path, "Owl-1")
    other = content("Owl-1", {**RIGHT, "final_answer": "Another text."}, time=LATER)
    put(given, "b.json", raw(other))
    row = mark()[0]["Owl-1"]
    assert (row["final_answer"], row["points"], row["waiting"]) == ("", "80", "4")


def test_what_is_damaged_in_a_markers_file_is_listed_and_the_rest_counts(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl")))
    mark()
    journal = rubric.journal(tmp_path / "marks", "anna")
    journal.write("owl/final_answer", {"level": 3, "note": ""})
    with journal.path.open("ab") as file:
        file.write(b"torn\n")
    found, persons = mark()
    assert found["owl"]["final_answer"] == "6"
    assert whats(persons) == [("marker's file", "rubric")]
    assert persons[0]["reason"] == "Line 2 of anna.jsonl could not be read and was skipped."


# What comes in


CODE = submission.as_code(content("owl-1"))


@pytest.mark.parametrize(
    ("name", "bytes_"),
    [
        ("handin-owl-1.json", raw(content("owl-1"))),
        ("HANDIN.JSON", b"\xef\xbb\xbf" + raw(content("owl-1")).replace(b"\n", b"\r\n")),
        ("handin.json.txt", raw(content("owl-1"))),
        ("06.ipynb", notebook("nothing", CODE)),
        ("mail.txt", f"Hello!\n> {CODE[:70]}\n> {CODE[70:]}\nBye".encode()),
        ("notepad.txt", f"Hello! {CODE}".encode("utf-16")),
        ("online.html", f"<p>{CODE.replace('+', '&#43;').replace('=', '&#61;')}</p>".encode()),
        ("forum.csv", f'name,text\r\nx,"{CODE}"\r\n'.encode()),
        ("all.zip", zipped([("a/handin.json", raw(content("owl-1")))])),
        ("all.zip", zipped([("b.zip", zipped([("handin.json", raw(content("owl-1")))]))])),
    ],
)
def test_a_hand_in_is_found_wherever_it_stands(given, mark, name, bytes_):
    put(given, name, bytes_)
    found, persons = mark()
    assert (list(found), persons) == (["owl-1"], [])
    assert found["owl-1"]["points"] == "80"


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda path: path.stem)
def test_the_words_of_the_course_are_no_damaged_hand_in(given, mark, path):
    book = json.loads(path.read_text("utf-8"))
    handed_in = {"cell_type": "code", "metadata": {}, "source": "", "execution_count": 1}
    handed_in["outputs"] = [{"output_type": "stream", "name": "stdout", "text": CODE}]
    put(given, path.name, json.dumps(book | {"cells": [*book["cells"], handed_in]}).encode())
    found, persons = mark()
    assert (len(found), persons) == (1, [])


def test_a_code_in_the_source_of_a_cell_is_found_and_the_cell_is_not_run(given, mark):
    put(given, "06.ipynb", notebook("x").replace(b"kit.widgets.handin()", CODE.encode()))
    found, persons = mark()
    assert (list(found), persons) == (["owl-1"], [])


def test_the_file_and_the_notebook_with_the_same_hand_in_are_one(given, mark):
    put(given, "handin-owl-1.json", raw(content("owl-1")))
    put(given, "06.ipynb", notebook(CODE, CODE))
    found, persons = mark()
    assert (found["owl-1"]["hand_ins"], persons) == ("1", [])


def test_what_systems_leave_behind_is_passed_over(given, mark):
    put(given, "a.json", raw(content("owl")))
    litter = (".DS_Store", "__MACOSX/._a.json", "Thumbs.db", ".ipynb_checkpoints/a.ipynb")
    for name in litter:
        put(given, name, b"x")
    put(given, "all.zip", zipped((name, b"x") for name in litter))
    assert mark()[1] == []


def test_other_files_are_listed_and_not_opened(given, mark):
    put(given, "a.json", raw(content("owl")))
    for name in ("picture.png", "run.py", "essay.docx", "no_ending", "data.pickle"):
        put(given, name, b"import os; os.abort()")
    found, persons = mark()
    assert list(found) == ["owl"]
    assert {row["what"] for row in persons} == {"not a hand-in"}
    assert len(persons) == 5


def test_links_devices_and_large_files_are_refused(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl")))
    put(tmp_path, "elsewhere/b.json", raw(content("spy")))
    (given / "l.json").symlink_to(tmp_path / "elsewhere" / "b.json")
    (given / "f").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(given / "p.json")
    with (given / "g.json").open("wb") as file:
        file.truncate(10**9)  # a gigabyte that takes no place
    found, persons = mark()
    assert list(found) == ["owl"]
    assert whats(persons) == [
        ("refused", "in/f"),
        ("refused", "in/l.json"),
        ("refused", "in/p.json"),
        ("too big", "in/g.json"),
    ]


def symlink_member(archive):
    info = zipfile.ZipInfo("link.json")
    info.external_attr = 0o120777 << 16
    archive.writestr(info, "/etc/passwd")


def encrypted_member(archive):
    archive.writestr("secret.json", "x")
    archive.getinfo("secret.json").flag_bits |= 1


@pytest.mark.parametrize(
    ("fill", "what"),
    [
        (lambda archive: archive.writestr("../../evil.json", raw(content("evil"))), "refused"),
        (lambda archive: archive.writestr("/tmp/evil.json", raw(content("evil"))), "refused"),
        (lambda archive: archive.writestr("C:\\evil.json", raw(content("evil"))), "refused"),
        (symlink_member, "refused"),
        (encrypted_member, "refused"),
        (lambda archive: archive.writestr("x.json", b"x", zipfile.ZIP_LZMA), "refused"),
        (lambda archive: archive.writestr("x.json", b" " * 20_000_001), "too big"),
        (lambda archive: archive.writestr("b.zip", zipped([("c.zip", zipped([]))])), "refused"),
        (lambda archive: archive.writestr("b.zip", b"PK but no zip"), "unreadable"),
        (
            lambda archive: [archive.writestr(f"{n}.json", b" " * 19_000_000) for n in range(6)],
            "refused",
        ),
    ],
)
def test_what_is_wrong_in_a_zip_is_listed_and_nothing_is_unpacked(
    given, mark, tmp_path, fill, what
):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    put(given, "sub.zip", file.getvalue())
    put(given, "a.json", raw(content("owl")))
    before = set(tmp_path.rglob("*"))
    found, persons = mark()
    assert list(found) == ["owl"]
    assert {row["what"] for row in persons} == {what}
    new = {path.relative_to(tmp_path).parts[0] for path in set(tmp_path.rglob("*")) - before}
    assert new == {"marks"}


def test_a_zip_with_a_broken_table_of_contents_is_listed(given, mark, monkeypatch):
    whole = zipped([(f"{n}.json", raw(content(f"owl-{n}"))) for n in range(3)])
    for n, bytes_ in enumerate((whole[:-30], b"", whole[:400] + whole[500:], whole * 1)):
        put(given, f"{n}.zip", bytes_)
    found, persons = mark()
    assert set(found) == {"owl-0", "owl-1", "owl-2"}
    assert {row["where"] for row in persons} >= {"in/0.zip", "in/1.zip"}
    monkeypatch.setattr(sources, "LONGEST_LIST", 100)
    put(given, "4.zip", whole)
    put(given, "fox.json", raw(content("fox")))
    assert ("unreadable", "in/4.zip") in whats(mark()[1])


def test_a_damaged_member_of_a_zip_is_listed_and_the_others_are_marked(given, mark):
    whole = bytearray(zipped([("a.json", raw(content("a1"))), ("b.json", raw(content("b1")))]))
    whole[200] ^= 255
    put(given, "all.zip", bytes(whole))
    found, persons = mark()
    assert (list(found), whats(persons)) == (["b1"], [("unreadable", "in/all.zip/a.json")])


@pytest.mark.parametrize("bytes_", [b"[" * 10**6, b'{"cells":' * 10**5, b"[" + b"{}," * 10**6])
@pytest.mark.parametrize("name", ["deep.json", "deep.ipynb", "deep.txt"])
def test_json_made_to_break_a_reader_is_listed(given, mark, name, bytes_):
    put(given, name, bytes_)
    [row] = mark()[1]
    assert row["what"] in ("unreadable", "too big", "no hand-in")


def test_nothing_handed_in_is_run(given, mark, tmp_path):
    evil = f"open({str(tmp_path / 'ran')!r}, 'w')"
    put(given, "06.ipynb", notebook(CODE).replace(b"kit.widgets.handin()", evil.encode()))
    put(given, "sitecustomize.py", evil.encode())
    put(given, "conftest.py", evil.encode())
    assert list(mark()[0]) == ["owl-1"]
    assert not (tmp_path / "ran").exists()


# Names of platforms


def test_moodle_folders_and_canvas_files_are_read_as_they_are_and_no_name_is_kept(
    given, mark, tmp_path
):
    moodle = [
        ("Doe Jane_101_assignsubmission_file_/work/handin.json", raw(content("m-1"))),
        (
            "Öz, Ann_102_assignsubmission_file_/06.ipynb",
            notebook(submission.as_code(content("m-2"))),
        ),
        ("Bad Bob_103_assignsubmission_file_/handin.json", b"{"),
        ("Doe Jane_101_assignsubmission_file_/work/holiday.png", b""),
    ]
    canvas = [
        ("doejane_4711_8812_handin-1.json", raw(content("c-1"))),
        ("poeedgar_LATE_4712_8813_handin.json", raw(content("c-2"))),
        ("badbob_4713_8814_handin.json", b"{"),
    ]
    put(given, "moodle.zip", zipped(moodle))
    for name, bytes_ in canvas:
        put(given, f"canvas/{name}", bytes_)
    found, persons = mark()
    assert list(found) == ["c-1", "c-2", "m-1", "m-2"]
    assert whats(persons) == [
        ("unreadable", "in/canvas/Canvas 4713_8814/handin.json"),
        ("unreadable", "in/moodle.zip/Moodle 103/handin.json"),
    ]
    for path in (tmp_path / "marks").rglob("*"):
        if path.is_file():
            assert not re.search(rb"(?i)jane|edgar|bob|\xc3\x96z", path.read_bytes()), path.name


def test_a_notebook_without_a_hand_in_needs_nobody_if_the_learner_gave_one(given, mark):
    for number, files in (("1", ("handin.json", "01.ipynb")), ("2", ("01.ipynb",))):
        for name in files:
            bytes_ = raw(content("owl")) if name == "handin.json" else notebook("x")
            put(given, f"A_{number}_assignsubmission_file_/{name}", bytes_)
    assert whats(mark()[1]) == [("no hand-in", "in/Moodle 2/01.ipynb")]


def test_a_place_is_safe_to_show(given, mark):
    put(given, "a\n=1\u202eb.txt", b"x")
    put(given, "=c()'.txt", b"x")
    put(given, os.fsdecode(b"\xff.txt"), b"x")
    assert [row["where"] for row in mark()[1]] == [
        "in/=c()'.txt", "in/a\ufffd=1\ufffdb.txt", "in/\ufffd.txt",
    ]  # fmt: skip
    assert ("no hand-in", "in/=c()'.txt") in whats(mark(Path("in") / "=c()'.txt")[1])


def test_a_cell_that_could_be_a_formula_gets_an_apostrophe(given, tmp_path, monkeypatch):
    monkeypatch.chdir(given)
    put(given, "=1+1.txt", b"x")
    grading.grade(["=1+1.txt"], tmp_path / "marks", CASE)
    assert [row["where"] for row in table(tmp_path / "marks" / "needs_a_person.csv")] == [
        "'=1+1.txt"
    ]


# Which hand-in counts


def test_the_latest_counts_and_the_others_are_named_to_the_learner(given, mark, tmp_path):
    times = [f"2026-03-0{day}T09:30:00.000Z" for day in range(1, 8)]
    things = [content("owl", {"members_1954": day}, time=time) for day, time in enumerate(times)]
    for whole in things:
        put(given, f"handin-owl ({whole['time'][9]}).json", raw(whole))
    found, persons = mark()
    assert (found["owl"]["hand_ins"], found["owl"]["time"], persons) == ("7", times[-1], [])
    assert found["owl"]["receipt"] == things[-1]["hash"][:10]
    page = page_of(tmp_path)
    assert repr(submission.receipt_of(things[-1])) in page
    for whole in things[:-1]:
        assert (
            f"<li>Receipt {submission.receipt_of(whole).hash}, {whole['time'][:10]} 09:30" in page
        )


def test_a_file_that_is_too_big_is_not_read_in_part(given, mark):
    put(given, "mail.txt", CODE.encode() + b" " * sources.MOST)
    found, persons = mark()
    assert (found, whats(persons)) == ({}, [("too big", "in/mail.txt")])


def test_the_same_time_and_other_content_is_for_a_person(given, mark):
    put(given, "a.json", raw(content("owl", {"members_1954": 14})))
    put(given, "b.json", raw(content("owl", {"members_1954": 99})))
    put(given, "c.json", raw(content("fox")))
    found, persons = mark()
    assert list(found) == ["fox"]
    assert whats(persons) == [
        ("same time, different content", "in/a.json"),
        ("same time, different content", "in/b.json"),
    ]
    put(given, "d.json", raw(content("owl", {"members_1954": 14}, time=LATER)))
    assert (mark()[0]["owl"]["members_1954"], mark()[1]) == ("3", [])


@pytest.mark.parametrize(
    "names",
    [
        ("A_1_assignsubmission_file_/a.json", "B_2_assignsubmission_file_/a.json"),
        ("a_1_11_a.json", "b_2_12_a.json"),
        ("one/a_1_11_a.json", "two/b_2_12_a.json"),
    ],
)
def test_one_code_of_two_learners_marks_neither_unless_it_is_the_same(given, mark, names):
    put(given, names[0], raw(content("owl", {"members_1954": 14})))
    put(given, names[1], raw(content("OWL", {"members_1954": 14}, time=LATER)))
    found, persons = mark()
    assert found == {}
    assert [row["what"] for row in persons] == ["one code, two learners"] * 2
    put(given, names[1], raw(content("owl", {"members_1954": 14})))
    found, persons = mark()
    assert found["owl"]["points"] == "3"
    assert [row["what"] for row in persons] == ["same hand-in, two learners"] * 2


def test_numbers_of_two_moodle_downloads_are_not_compared(given, mark):
    put(given, "draft/A_1_assignsubmission_file_/a.json", raw(content("owl")))
    put(given, "final/A_9_assignsubmission_file_/a.json", raw(content("owl", {}, time=LATER)))
    assert (mark()[0]["owl"]["points"], mark()[1]) == ("0", [])


def test_a_canvas_learner_who_hands_in_again_is_one_learner(given, mark):
    put(given, "a_1_11_a.json", raw(content("owl")))
    put(given, "a_1_15_a-1.json", raw(content("owl", {}, time=LATER)))
    assert (mark()[0]["owl"]["hand_ins"], mark()[1]) == ("2", [])


def test_two_codes_of_one_learner_are_both_marked_and_listed(given, mark):
    put(given, "A_1_assignsubmission_file_/a.json", raw(content("owl")))
    put(given, "A_1_assignsubmission_file_/b.json", raw(content("fox")))
    put(
        given,
        "06.ipynb",
        notebook(submission.as_code(content("cat")), submission.as_code(content("dog"))),
    )
    found, persons = mark()
    assert list(found) == ["cat", "dog", "fox", "owl"]
    assert whats(persons) == [
        ("two codes, one learner", "in/06.ipynb"),
        ("two codes, one learner", "in/Moodle 1/a.json"),
    ]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"case": "Another course"}, "other case"),
        ({"kit": "0.3.0"}, "version"),
        ({"kit": "9.9"}, "version"),
        ({"v": 2}, "version"),
    ],
)
def test_what_another_course_or_kit_packed_is_listed_and_not_marked(given, mark, fields, what):
    put(given, "a.json", raw(content("owl", **fields)))
    found, persons = mark()
    assert (found, whats(persons)) == ({}, [(what, "in/a.json")])


def test_a_changed_hand_in_is_listed_and_not_marked(given, mark):
    put(given, "a.json", raw(content("owl", {"members_1954": 99})).replace(b"99", b"14"))
    found, persons = mark()
    assert (found, whats(persons)) == ({}, [("changed", "in/a.json")])


def test_codes_are_held_against_the_teachers_table(given, mark):
    put(given, "a.json", raw(content("Owl-1")))
    put(given, "b.json", raw(content("oul-1")))
    found, persons = mark(codes={"owl-1": "OWL-1", "fox": "fox"})
    assert list(found) == ["oul-1", "OWL-1"]
    assert whats(persons) == [("not handed in", "fox"), ("unknown code", "in/b.json")]


def test_every_fault_that_is_extracted_has_something_to_do():
    reasons = {"unreadable", "changed", "version", "too big"}
    assert reasons <= set(selection.FAULTS)


# What is written


def test_the_same_hand_ins_give_the_same_bytes_in_whatever_order(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for n in range(12):
        put(
            given,
            f"{n}.json",
            raw(content(f"owl-{n % 5}", some_answers(n), time=LATER.replace("10:", f"{n:02}:"))),
        )
    put(given, "bad.json", b"{")
    grading.grade(["in"], "one", CASE)
    real = os.scandir
    monkeypatch.setattr("os.scandir", lambda path: Reversed(real(path)))
    grading.grade(["in"], "two", CASE)
    grading.grade(["in"], "one", CASE)
    assert written("one") == written("two")
    pages = {f"feedback/owl-{n}.html" for n in range(5)}
    assert set(written("two")) == {"marks.csv", "needs_a_person.csv"} | pages


class Reversed(list):
    def __init__(self, entries):
        super().__init__(sorted(entries, key=lambda each: each.name, reverse=True))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def written(folder):
    paths = [path for path in Path(folder).rglob("*") if path.is_file()]
    assert not [path for path in paths if path.name.endswith(".draft")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if path.suffix != ".sqlite"
    }


def test_marks_csv_has_the_form_that_was_agreed(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl")))
    mark()
    bytes_ = (tmp_path / "marks" / "marks.csv").read_bytes()
    columns = "code,time,receipt,hand_ins,points,of,waiting,extra,late,run," + ",".join(EXERCISES)
    assert bytes_.startswith(f"\ufeff{columns}\r\nowl,".encode())
    assert bytes_.endswith(b"\r\n")
    assert b'"' not in bytes_
    assert (tmp_path / "marks" / "needs_a_person.csv").read_bytes() == (
        b"\xef\xbb\xbfwhat,where,reason,what_to_do\r\n"
    )


def test_a_code_like_a_formula_stays_a_code(given, mark, tmp_path):
    put(given, "a.json", raw(content("-7")))
    assert list(mark()[0]) == ["-7"]
    assert (tmp_path / "marks" / "feedback" / "-7.html").exists()


def page_of(tmp_path, code="owl"):
    return (tmp_path / "marks" / "feedback" / f"{code}.html").read_text(encoding="utf-8")


def test_the_feedback_gives_points_reasons_and_the_receipt_but_not_the_key(given, mark, tmp_path):
    answers = {**RIGHT, "members_1954": 15, "dated_texts": ["forum"]}
    whole = content("owl", answers)
    put(given, "a.json", raw(whole))
    mark()
    page = page_of(tmp_path)
    assert repr(submission.receipt_of(whole)) in page
    for exercise in EXERCISES.values():
        assert page.count(f"<h3>{html.escape(exercise.title)}</h3>") == 1
    assert "Does it name a day?" in page
    assert "The key answers" not in page
    assert "None of the five" not in page
    assert '<html lang="en">' in page
    assert '<th scope="row">' in page
    assert not re.search(r"<script|src=|href=|url\(", page)
    mark(with_solutions=True)
    assert "<p>The key answers:</p>\n<blockquote>None of the five</blockquote>" in page_of(tmp_path)
    verdicts = page_of(tmp_path).split("<h3>Eight verdicts")[1].split("<h3>")[0]
    both = CASE.key.claims.set_index("claim_id").loc["C20"]
    also = both.also_defensible.replace(";", ", or ")
    assert f"<td>{both.verdict}, or {also}</td>" in verdicts


def test_a_page_says_so_far_only_while_an_answer_waits_and_nothing_is_not_yet(
    given, mark, tmp_path
):
    wrong = {**RIGHT, "members_1954": 15, "printed": {"forum": RIGHT["printed"]["forum"]}}
    put(given, "a.json", raw(content("owl", wrong)))
    mark()
    page = page_of(tmp_path)
    assert "</strong> so far." in page
    assert "waits for a person" in page
    for id, exercise in EXERCISES.items():
        if exercise.kind == "written":
            level = {"level": 3, "note": "", "text": rubric.fingerprint(RIGHT[id])}
            rubric.journal("marks", "ada").write(f"owl/{id}", level)
    mark()
    page = page_of(tmp_path)
    assert "of 100 points</strong>.</p>" in page
    assert "read and marked" in page
    assert "not correct" in page
    assert "partly correct" in page
    for unfinished in ("so far", "> not yet", "waits"):
        assert unfinished not in page


def boxes(page, title):
    """Return the boxes of a matrix on a page: (is it right?, answer, what the key answers)."""
    section = page.split(f"<h3>{html.escape(title)}</h3>")[1].split("</section>")[0]
    cell = r'<td>(?:<span role="img" aria-label="(.*?)">.</span> )?(.*?)</td>(?:<td>(.*?)</td>)?'
    return re.findall(cell, section)


def test_the_own_matrix_stands_on_the_page_and_the_key_beside_it_only_if_asked_for(
    given, mark, tmp_path
):
    printed = {row: dict(cells) for row, cells in RIGHT["printed"].items()}
    del printed["forum"]["site"]
    printed["blog"]["byline"] = "yes" if printed["blog"]["byline"] == "no" else "no"
    put(given, "a.json", raw(content("owl", {**RIGHT, "printed": printed})))
    mark()
    title = EXERCISES["printed"].title
    plain = boxes(page_of(tmp_path), title)
    assert len(plain) == 20
    assert [says for says, _, _ in plain].count("correct") == 18
    assert plain[1] == ("", "not answered", "")
    assert plain[4][0] == "not correct"
    assert not any(key for _, _, key in plain)
    mark(with_solutions=True)
    words = {option.id: option.text for option in EXERCISES["printed"].options}
    key = [words[cell] for cells in RIGHT["printed"].values() for cell in cells.values()]
    assert [expected for _, _, expected in boxes(page_of(tmp_path), title)] == key


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</blockquote><h1>x", '=cmd|"/C calc"!A0', "a\x00\u202eb"]
)
def test_what_a_learner_typed_stands_in_the_page_as_text(given, mark, tmp_path, text):
    answers = {
        "final_answer": text,
        "members_1954": text,
        "attached_records": {"C16": [text]},
        "f2_or_e4": text,
        "dated_texts": [text],
        "stances": text,
        "printed": {"forum": {"byline": text}},
        "claims_table": [{text: text}],
    }
    put(given, "a.json", raw(content("owl", answers)))
    mark()
    page = page_of(tmp_path)
    for harmful in ("<script", "</blockquote><h1>", "\x00", "\u202e"):
        assert harmful not in page
    for path in ("marks.csv", "needs_a_person.csv"):
        for row in csv.reader((tmp_path / "marks" / path).open(encoding="utf-8-sig", newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_lone_half_of_a_character_does_not_stop_the_page(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl", {"final_answer": "a\ud800b"})))
    assert list(mark()[0]) == ["owl"]
    assert "a\ufffdb" in page_of(tmp_path)


# Again and again


def test_only_these_drops_a_removed_hand_in_and_its_page_too(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl")))
    path = put(given, "b.json", raw(content("fox")))
    assert set(mark()[0]) == {"owl", "fox"}
    put(tmp_path, "marks/feedback/my own.html", b"x")
    path.unlink()
    assert set(mark()[0]) == {"owl", "fox"}
    assert set(mark(only_these=True)[0]) == {"owl"}
    names = {each.name for each in (tmp_path / "marks" / "feedback").iterdir()}
    assert names == {"owl.html", "my own.html"}


def test_a_page_follows_the_spelling_of_its_code(given, mark, tmp_path):
    put(given, "a.json", raw(content("OWL")))
    mark()
    put(given, "a.json", raw(content("owl", {})))
    mark()
    assert [each.name for each in (tmp_path / "marks" / "feedback").iterdir()] == ["owl.html"]


def count_reads(monkeypatch, stop_at=None):
    """Note the places that are really read; stop the run at one of them as Ctrl+C does."""
    read = []

    def extract(source):
        if len(read) == stop_at:
            raise KeyboardInterrupt
        read.append(source.place)
        return real(source)

    real = grading.extract
    monkeypatch.setattr(grading, "extract", extract)
    return read


def test_only_what_is_new_or_changed_is_read(given, mark, monkeypatch):
    put(given, "a.json", raw(content("owl")))
    put(given, "all.zip", zipped([("b.json", raw(content("fox")))]))
    read = count_reads(monkeypatch)
    mark()
    mark()
    assert sorted(read) == ["in/a.json", "in/all.zip/b.json"]
    put(given, "a.json", raw(content("owl", {}, time=LATER)))
    put(given, "c.json", raw(content("cat")))
    assert set(mark()[0]) == {"owl", "fox", "cat"}
    assert sorted(read[2:]) == ["in/a.json", "in/c.json"]


def test_a_stopped_run_goes_on_where_it_was(given, mark, tmp_path, monkeypatch, capsys):
    for n in range(6):
        put(given, f"{n}.json", raw(content(f"owl-{n}")))
    with monkeypatch.context() as patch:
        count_reads(patch, stop_at=4)
        assert main(["grade", "in", "--out", "marks"]) == 1
    assert "Stopped" in capsys.readouterr().err
    assert not (tmp_path / "marks" / "marks.csv").exists()
    read = count_reads(monkeypatch)
    assert (len(mark()[0]), len(read)) == (6, 2)


def test_a_killed_run_goes_on_where_it_last_noted(given, mark, tmp_path, monkeypatch):
    for n in range(6):
        put(given, f"{n}.json", raw(content(f"owl-{n}")))
    code = """
import os, signal
from kit import data
from teach import grading
from teach.grading import store
store.OFTEN, real, seen = 2, grading.extract, []
def extract(source):
    if len(seen) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    seen.append(source)
    return real(source)
grading.extract = extract
grading.grade(["in"], "marks", data.load())
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=False)
    assert done.returncode == -9
    read = count_reads(monkeypatch)
    assert (len(mark()[0]), len(read)) == (6, 2)


def test_a_damaged_database_is_put_aside_and_begun_again(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl")))
    damaged, said = b"no database at all" * 100, []
    for number in (1, 2):
        put(tmp_path, "marks/marking.sqlite", damaged)
        assert list(mark(tell=said.append)[0]) == ["owl"]
        aside = tmp_path / "marks" / f"marking.unusable-{number}.sqlite"
        assert aside.read_bytes() == damaged
        assert aside.name in said[-1]


def test_two_runs_at_once_are_told_apart(given, mark, tmp_path, capsys):
    import sqlite3

    put(given, "a.json", raw(content("owl")))
    mark()
    other = sqlite3.connect(tmp_path / "marks" / "marking.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    assert main(["grade", "in", "--out", "marks"]) == 1
    assert "end any other marking" in capsys.readouterr().err
    other.close()


# The command


def test_the_command_says_what_it_did(given, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    put(given, "a.json", raw(content("owl", CHECKED)))
    assert main(["grade", "in", "--out", "marks"]) == 0
    assert "1 learner marked: new 1, changed 0, as before 0.\n" in capsys.readouterr().out
    put(given, "bad.json", b"{")
    assert main(["grade", "in", "--out", "marks"]) == 3
    assert "1 thing for a person" in capsys.readouterr().out
    put(tmp_path, "learners.csv", "\ufeffname;code\r\nÖz;owl\r\nPoe;fox\r\n".encode())
    put(given, "bad.json", raw(content("fox", CHECKED)))
    assert main(["grade", "in", "--out", "marks", "--codes", "learners.csv"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--out", "marks"], "There is no nowhere"),
        (["empty", "--out", "marks"], "There is no file in empty"),
        (["in", "--out", "in/a.json"], "cannot be written"),
        (["in", "--out", "marks", "--codes", "none.csv"], "There is no file none.csv in this f"),
        (["in", "--out", "marks", "--codes", "bad.csv"], "The first line of bad.csv does not hold"),
        (["in", "--out", "marks", "--codes", "latin.csv"], "line 2: the column “code” holds"),
    ],
)
def test_what_goes_wrong_is_one_sentence(given, tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    put(given, "a.json", raw(content("owl")))
    (tmp_path / "empty").mkdir()
    put(tmp_path, "bad.csv", b"name,id\r\n")
    put(tmp_path, "latin.csv", "code\r\nÖz\r\n".encode("latin-1"))
    assert main(["grade", *arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert not (tmp_path / "marks" / "marks.csv").exists()


def test_the_marks_folder_inside_what_is_given_is_not_read(given, mark, tmp_path):
    put(given, "a.json", raw(content("owl")))
    for _ in range(2):
        grading.grade(["in"], given / "marks", CASE)
    assert table(given / "marks" / "needs_a_person.csv") == []


def test_grading_loads_no_jupyter_and_nothing_heavy(given, tmp_path):
    put(given, "a.json", raw(content("owl")))
    code = (
        "import sys; from teach.cli import main; main(['grade', 'in', '--out', 'marks']);"
        "names = {name.partition('.')[0] for name in sys.modules};"
        "print(sorted(names & {'IPython', 'ipywidgets', 'anywidget', 'jupyter_core', 'nbformat',"
        "'matplotlib', 'numpy', 'pandas', 'traitlets'}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("\n[]\n")


def test_the_progress_bar_is_shown_on_a_terminal_only(given, mark, capsys, monkeypatch):
    put(given, "a.json", raw(content("owl")))
    mark()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    mark()
    bars = capsys.readouterr().err.split("\r")
    assert any(re.fullmatch(r"Marking: 100%\|█+\| 1/1 .*\n?", bar) for bar in bars)


def test_places_are_bounded():
    place = arrivals.Place().below("1" * 5000).below("2" * 5000)
    assert len(place.text) <= arrivals.LONGEST
