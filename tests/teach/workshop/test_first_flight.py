"""A case of one's own, whole: from the draft of the first flight to marks and a class report."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from editions.course import folder as course_folder
from kit import data
from kit.journal import Journal
from kit.journal.lines import checked as line
from teach.grading import rubric
from teach.workshop.draft import read_draft
from teach.workshop.folder import make_folder
from tests.teach.workshop import hand_in_a_class
from tests.teach.workshop.hand_in_a_class import SOLVED, WEAK
from tests.teach.workshop.reopen import state_of

CASE = data.load("tests/cases/first_flight")
BY_RULE = ("exercises.toml", "key/answers.toml", "words.toml")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The case folder that the draft of the committed case gives."""
    place = tmp_path_factory.mktemp("draft")
    kept = Journal(place / "my_case.jsonl")
    kept.merge(line(id, value) for id, value in state_of(CASE).items())
    return make_folder(read_draft(kept.path), place / "first_flight")


def test_the_draft_gives_the_case_again_and_what_rules_make_of_it(made):
    again = data.load(made.path)
    for mine, theirs in ((again, CASE), (again.key, CASE.key)):
        assert {name: mine.rows(name) for name in mine.table_names} == {
            name: theirs.rows(name) for name in theirs.table_names
        }
    for name in BY_RULE:
        assert (made.path / name).read_bytes() == (CASE.path / name).read_bytes(), name
    assert (again.texts, again.question) == (CASE.texts, CASE.question)


@pytest.fixture(scope="module")
def course(made, tmp_path_factory):
    return course_folder.build(made.path, tmp_path_factory.mktemp("course"))


def run(course, *command, code=0):
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(course)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout


def marks_of(folder):
    rows = csv.DictReader((folder / "marks.csv").read_text(encoding="utf-8-sig").splitlines())
    return {row["code"]: row for row in rows}


def test_a_class_hands_in_is_marked_and_reported(course, tmp_path):
    received, marks = tmp_path / "received", tmp_path / "marks"
    told = run(course, hand_in_a_class.__file__, tmp_path)
    assert told.count("Handed in as") == 12
    grade = ("-m", "teach", "grade", received, "--out", marks)
    assert "12 learners marked" in run(course, *grade, code=3)
    for code in (*SOLVED, *WEAK):
        sent = json.loads((received / f"handin-{code}.json").read_text(encoding="utf-8"))
        text = rubric.fingerprint(sent["answers"]["final_answer"]["answer"])
        level = {"level": 4 if code in SOLVED else 1, "note": "", "text": text}
        rubric.journal(marks, "ada").write(f"{code}/final_answer", level)
    run(course, *grade)
    found = marks_of(marks)
    assert found.keys() == {*SOLVED, *WEAK}
    for code in SOLVED:
        assert float(found[code]["points"]) == float(found[code]["of"]) == 100, code
    for code in WEAK:
        assert 0 < float(found[code]["points"]) < 50, code
    page = (marks / "feedback" / "weak-1.html").read_text(encoding="utf-8")
    assert "How many witnesses?" in page and CASE.title in page
    run(course, "-m", "teach", "report", marks, "--out", tmp_path / "report.html")
    report = Path(tmp_path / "report.html").read_text(encoding="utf-8")
    assert CASE.title in report and "NATO" not in report and "12 learners" in report
    assert report.count("This course has no t") == 2  # what it has no tests for, it says so
