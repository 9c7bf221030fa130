"""What another key would change: said by code and exercise, and nothing is changed."""

import csv
import shutil
from pathlib import Path

import pytest

import kit
from kit import data
from kit.errors import KitError
from teach.cli import main
from teach.grading.regrade import NONE, regrade
from tests.teach.handed_in import CASE, RIGHT, some_answers
from tests.teach.made_up_marks import marked

KEY = Path(kit.__file__).parent / "key"
WITNESSES = 'computed = "witnesses"\nrecords = ["R51", "R54", "R56", "R58", "R61", "R63", "R65"]'


def other_key(folder, *replaced):
    """A copy of the course's key with some words of answers.toml replaced."""
    shutil.copytree(KEY, folder)
    text = (folder / "answers.toml").read_text(encoding="utf-8")
    for old, new in replaced:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "answers.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def marks(tmp_path):
    right = RIGHT["witness_count"]
    learners = {"ann-1": {"witness_count": 7}, "ben-2": {"witness_count": right}}
    learners |= {"cy-3": {"witness_count": 5}, "di-4": {"two_clocks": RIGHT["two_clocks"]}}
    return marked(tmp_path, CASE, learners)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_who_gains_and_who_loses_is_said_and_nothing_is_written(marks, tmp_path, capsys):
    key, before = other_key(tmp_path / "key", (WITNESSES, "answer = 7")), contents(marks)
    assert main(["regrade", "--what-if", str(key), str(marks)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Of 4 learners the points of 2 would change."
    assert told[2] == "  1 learner would gain 3 points each: ann-1"
    assert told[3] == "  1 learner would lose 3 points each: ben-2"
    assert contents(marks) == before


def test_the_changes_are_those_that_marking_with_that_key_makes(tmp_path):
    marks = marked(tmp_path, CASE, {f"owl-{n}": some_answers(n) for n in range(12)})
    key = other_key(
        tmp_path / "key",
        (WITNESSES, "answer = 7"),
        ('forum_30 = { type = "opinion" }', 'forum_30 = { type = "fact" }'),
    )
    case, other = CASE, data.load(key_path=key)
    (tmp_path / "again").mkdir()
    then = marked(tmp_path / "again", other, {f"owl-{n}": some_answers(n) for n in range(12)})
    rows = {}
    for folder in (marks, then):
        text = (folder / "marks.csv").read_text(encoding="utf-8-sig").splitlines()
        rows[folder] = {row["code"]: row for row in csv.DictReader(text)}
    moved = {
        (code, id): float(rows[then][code][id] or 0) - float(cell or 0)
        for code, row in rows[marks].items()
        for id, cell in row.items()
        if id in RIGHT and cell != rows[then][code][id]
    }
    changes = {(c.code, c.exercise): c.difference for c in regrade(marks, case, other).changes}
    assert changes == pytest.approx(moved) and len({id for _, id in changes}) == 2


def test_the_same_key_changes_nobody(marks, capsys):
    assert main(["regrade", "--what-if", str(KEY), str(marks)]) == 0
    assert capsys.readouterr().out == f"{NONE}\n"


def test_what_the_teacher_decided_stays_and_is_counted(marks, tmp_path):
    path = marks / "marks.csv"
    text = path.read_text(encoding="utf-8-sig")
    place = text.splitlines()[0].split(",").index("witness_count")
    rows = [line.split(",") for line in text.splitlines()]
    rows[1][place] = "1.5"
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8-sig")
    key = other_key(tmp_path / "key", (WITNESSES, "answer = 7"))
    done = regrade(marks, CASE, data.load(key_path=key))
    assert [change.code for change in done.changes] == ["ben-2"] and done.left == 1
    assert "Left as it is: 1 mark" in list(done.sentences())[-1]


def test_a_key_that_answers_less_takes_points(marks, tmp_path):
    key = other_key(tmp_path / "key", (f"[witness_count]\n{WITNESSES}\n", ""))
    done = regrade(marks, CASE, data.load(key_path=key))
    assert [(change.code, change.difference) for change in done.changes] == [("ben-2", -3.0)]


def test_the_table_is_written_only_if_asked_for(marks, tmp_path):
    key, out = other_key(tmp_path / "key", (WITNESSES, "answer = 7")), tmp_path / "c.csv"
    assert main(["regrade", "--what-if", str(key), str(marks), "--out", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["code"], row["difference"]) for row in rows] == [("ann-1", "3"), ("ben-2", "-3")]


@pytest.mark.parametrize(
    ("key", "folder", "told"),
    [("nowhere", "marks", "There is no key in"), (str(KEY), "none", "There are no marks in")],
)
def test_what_cannot_be_regraded_is_one_sentence(key, folder, told, marks, tmp_path, capsys):
    key = key if key.startswith("/") else str(tmp_path / key)
    assert main(["regrade", "--what-if", key, str(tmp_path / folder)]) == 1
    error = capsys.readouterr().err
    assert error.startswith(told) and error.count("\n") == 1


def test_a_key_that_is_damaged_is_refused(marks, tmp_path):
    key = other_key(tmp_path / "key", (WITNESSES, 'computed = "guess"'))
    with pytest.raises(KitError, match="there is no rule 'guess'"):
        regrade(marks, CASE, data.load(key_path=key))
