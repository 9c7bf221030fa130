"""One run after another: a run adds, loses nobody's marks, and does again only what is new."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kit import data
from kit.errors import KitError
from teach import grading
from teach.cli import main
from teach.grading import rubric, runs
from teach.grading.marks import NOT_IN_THIS_RUN, written_answers
from teach.lms import fill
from teach.report import build
from tests.teach.handed_in import CASE, EXERCISES, RIGHT, content, raw, some_answers
from tests.teach.test_grading import CHECKED, LATER, ROOT, put, table, zipped

A, B = ("ann-1", "ben-2", "cat-3"), ("dan-4", "eve-5")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Sections A and B of a class, each a folder, where the tests run."""
    monkeypatch.chdir(tmp_path)
    for folder, codes in (("a", A), ("b", B)):
        for n, code in enumerate(codes):
            put(tmp_path, f"{folder}/handin-{code}.json", raw(content(code, some_answers(n))))
    return tmp_path


def grade(*paths, **choices):
    """Grade into m; return Done."""
    return grading.grade(paths, "m", CASE, **choices)


def marks(folder="m"):
    return {row["code"]: row for row in table(Path(folder, "marks.csv"))}


def runs_of(rows):
    return {code: row["run"] for code, row in rows.items()}


def said(done):
    return next(done.sentences())


def state(folder="m"):
    """Return everything a teacher has in a folder of marks, but what the store notes to itself."""
    paths = [path for path in Path(folder).rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in paths
        if path.suffix != ".sqlite"
    }


def without_run(folder="m"):
    return {code: row | {"run": ""} for code, row in marks(folder).items()}


# A run adds


def test_a_second_section_is_added_and_the_first_keeps_marks_pages_and_levels(here):
    grade("a")
    text = next(a for a in written_answers("m", CASE) if a.code == "ann-1")
    level = {"level": 3, "note": "", "text": text.fingerprint}
    rubric.journal("m", "ada").write(text.id, level)
    grade("a")
    before, pages = marks(), state()
    done = grade("b")
    assert said(done) == "5 learners marked: new 2, changed 0, as before 0, not in this run 3."
    assert runs_of(marks()) == dict.fromkeys(A, NOT_IN_THIS_RUN) | dict.fromkeys(B, "")
    assert {code: row | {"run": ""} for code, row in marks().items() if code in A} == before
    assert marks()["ann-1"][text.exercise] != ""
    for code in A:
        assert state()[f"feedback/{code}.html"] == pages[f"feedback/{code}.html"]


def test_one_late_file_is_added_and_a_changed_one_is_said(here):
    grade("a", "b")
    put(here, "late/handin-fox-6.json", raw(content("fox-6")))
    put(here, "late/handin-ann-1.json", raw(content("ann-1", RIGHT, time=LATER)))
    late = ("late/handin-fox-6.json", "late/handin-ann-1.json")
    done = grade(*late)
    assert said(done) == "6 learners marked: new 1, changed 1, as before 0, not in this run 4."
    assert marks()["ann-1"]["hand_ins"] == "2"
    done = grade("a", "b", *late)
    assert said(done) == "6 learners marked: new 0, changed 0, as before 6."


def test_who_is_in_the_input_again_has_the_mark_taken_off(here):
    grade("a")
    grade("b")
    grade("a", "b")
    assert set(runs_of(marks()).values()) == {""}


def test_a_file_of_the_same_name_with_another_code_replaces_nobody(here):
    put(here, "c/handin.json", raw(content("owl")))
    grade("c")
    put(here, "c/handin.json", raw(content("fox")))
    grade("c")
    assert runs_of(marks()) == {"owl": NOT_IN_THIS_RUN, "fox": ""}


def test_who_was_marked_and_is_unclear_now_is_said(here, capsys):
    put(here, "c/1.json", raw(content("owl")))
    main(["grade", "c", "--out", "m"])
    put(here, "c/2.json", raw(content("owl", {})))
    assert main(["grade", "c", "--out", "m"]) == 3
    assert "No longer marked: owl; needs_a_person.csv says why." in capsys.readouterr().out
    assert (marks(), list(Path("m/feedback").iterdir())) == ({}, [])


def test_what_was_wrong_stays_listed_until_something_sound_is_in_its_place(here):
    put(here, "a.zip", zipped([("x.json", raw(content("owl")))])[:-30])
    put(here, "c/bad.json", b"{")
    assert grade("c", "a.zip", "a").persons == 2
    assert grade("b").persons == 2
    put(here, "a.zip", zipped([("x.json", raw(content("owl")))]))
    assert grade("a.zip").persons == 1
    put(here, "c/bad.json", raw(content("fox")))
    assert grade("c").persons == 0


def test_learners_who_are_not_in_the_run_still_count_everywhere(here):
    grade("a")
    grade("b")
    assert build.class_of("m", CASE).learners == 5
    assert {answer.code for answer in written_answers("m", CASE)} <= {*A, *B}
    assert any(answer.code in A for answer in written_answers("m", CASE))
    put(here, "learners.csv", b"code,SIS User ID\r\nann-1,S1\r\ndan-4,S2\r\n")
    export = b"Student,ID,SIS User ID,SIS Login ID,Section,Case (1)\r\n"
    export += b"    Points Possible,,,,,100\r\nX,1,S1,x,S,\r\nY,2,S2,y,S,\r\n"
    put(here, "Gradebook.csv", export)
    filled = fill("Gradebook.csv", "m/marks.csv", "learners.csv", "filled.csv")
    assert sum(bool(line.mark) for line in filled.lines) == 2


# The same bytes


def test_one_run_several_runs_and_any_order_give_the_same(here):
    put(here, "a/bad.json", b"{")
    put(here, "a/handin-ann-1 (1).json", raw(content("ann-1", RIGHT, time=LATER)))
    put(here, "b/handin-strange.json", raw(content("fox", {"members_1954": [1]})))
    names = sorted(str(path) for folder in ("a", "b") for path in Path(folder).iterdir())
    wholes = []
    singly = [[name] for name in names[::-1] if "bad" not in name]
    in_turn = [[names], [names[::-1]], [names[:3], names[3:]], singly]
    for number, several in enumerate(in_turn):
        folder = f"m{number}"
        for paths in several:
            grading.grade(paths, folder, CASE)
        if number == 3:
            grading.grade(names[:2], folder, CASE)
        pages = {path.name: path.read_bytes() for path in Path(folder, "feedback").iterdir()}
        persons = Path(folder, "needs_a_person.csv").read_bytes()
        wholes.append((without_run(folder), pages, persons))
    assert len(wholes[0][0]) == 6
    assert wholes[1:] == wholes[:1] * 3
    assert Path("m0/marks.csv").read_bytes() == Path("m1/marks.csv").read_bytes()


# Nothing new: nothing written again


def test_where_nothing_is_new_no_page_is_written_again(here):
    grade("a")
    before = state()
    done = grade("a")
    assert (done.pages, done.files) == (0, 0)
    after = state()
    assert {k: v for k, v in after.items() if "feedback" in k} == {
        k: v for k, v in before.items() if "feedback" in k
    }
    assert after["marks.csv"][0] == before["marks.csv"][0]


def other_key(here):
    folder = here / "case"
    shutil.copytree(CASE.path, folder)
    shutil.copytree(CASE.key.path, folder / "key", dirs_exist_ok=True)
    path = folder / "key" / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"C31,unsupported", b"C31,supported"))
    return data.load(folder)


@pytest.mark.parametrize("what", ["key", "solutions", "notebooks", "kit", "code", "deleted"])
def test_what_a_page_is_made_from_makes_it_anew(here, monkeypatch, what):
    grade("a")
    case, choices = CASE, {}
    if what == "key":
        case = other_key(here)
        case.title = CASE.title
    elif what == "solutions":
        choices = {"with_solutions": True}
    elif what == "notebooks":
        choices = {"given": {"notebooks": "1,2"}}
    elif what == "kit":
        monkeypatch.setattr("kit.__version__", "0.2.99")
    elif what == "code":
        monkeypatch.setattr(runs, "COURSE", {".py"})
    else:
        Path("m/feedback/ann-1.html").unlink()
    done = grading.grade(["b"], "m", case, **choices)
    assert done.pages == (3 if what == "deleted" else 5)
    assert grading.grade(["b"], "m", case, **choices).pages == 0


def test_levels_and_decisions_make_only_their_learners_page_anew(here):
    grade("a")
    text = next(a for a in written_answers("m", CASE) if a.code == "ben-2")
    rubric.journal("m", "ada").write(text.id, {"level": 1, "note": "", "text": text.fingerprint})
    assert (done := grade("a")).pages == done.changed == 1
    put(here, "m/decisions.csv", b"code,exercise,decision,reason\nann-1,all,extra 1,\n")
    assert (done := grade("a")).pages == done.changed == 1
    assert grade("a").pages == 0


# What may not happen


@pytest.mark.parametrize(
    ("bytes_", "told"),
    [
        (zipped([("a/handin.json", raw(content("fox")))])[:-40], "new.zip: This zip cannot be op"),
        (zipped([]), "There is no file in new.zip, so nothing was changed"),
        (zipped([("notes.docx", b"x")]), "There is no hand-in that can be read in new.zip, so no"),
    ],
)
def test_a_cut_off_an_empty_and_a_wrong_zip_change_nothing(here, capsys, bytes_, told):
    grade("a")
    before = state()
    put(here, "new.zip", bytes_)
    for extra in ([], ["--only-these"]):
        assert main(["grade", "new.zip", "--out", "m", *extra]) == 1
        assert told in (err := capsys.readouterr().err)
        assert err.count("\n") == 1
        assert state() == before
    assert said(grade("a")) == "3 learners marked: new 0, changed 0, as before 3."


def another_class(here, number=runs.MANY):
    for n in range(number):
        put(here, f"first/handin-x-{n}.json", raw(content(f"x-{n}", {})))
    for n in range(runs.SEVERAL):
        put(here, f"other/handin-y-{n}.json", raw(content(f"y-{n}", {})))


def test_another_class_changes_nothing_and_both_together_are_one(here, capsys):
    another_class(here)
    grade("first")
    before = state()
    for extra in ([], ["--only-these"]):
        assert main(["grade", "other", "--out", "m", *extra]) == 1
        assert "none of the 5 codes in other is among the 10 in m" in capsys.readouterr().err
        assert state() == before
    assert said(grade("first")) == "10 learners marked: new 0, changed 0, as before 10."
    assert said(grade("first", "other")) == "15 learners marked: new 5, changed 0, as before 10."


def test_a_table_of_learners_that_holds_both_says_it_is_one_class(here):
    another_class(here)
    grade("first")
    codes = {f"{letter}-{n}": f"{letter}-{n}" for letter in "xy" for n in range(10)}
    with pytest.raises(KitError, match="look like two classes"):
        grade("other", codes={code: code for code in codes if code[0] == "y"})
    assert grade("other", codes=codes).new == 5


def test_what_a_refused_or_stopped_run_read_reaches_no_later_run(here, monkeypatch):
    another_class(here)
    grade("first")
    with monkeypatch.context() as patch:
        patch.setattr(grading, "check", stopped)
        with pytest.raises(KeyboardInterrupt):
            grade("other")
    assert grade("first").marked == 10


def stopped(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_whose_hand_ins_are_gone_are_not_lost(here, capsys, encoding):
    grade("a")
    grade("b")
    marks = Path("m/marks.csv")
    saved = marks.read_text(encoding="utf-8-sig").replace(",", ";")
    marks.write_text(saved, encoding=encoding)  # by a spreadsheet
    before = state()
    Path("m/marking.sqlite").unlink()
    assert main(["grade", "b", "--out", "m"]) == 1
    err = capsys.readouterr().err
    assert "neither in b nor in marking.sqlite: ann-1, ben-2, cat-3." in err
    assert state() == before
    assert grade("a", "b").marked == 5


@pytest.mark.parametrize("form", ["PRAGMA user_version = 3", "PRAGMA user_version = 99"])
def test_a_store_of_another_form_is_put_aside_whole(here, capsys, form):
    grade("a")
    with closing(sqlite3.connect("m/marking.sqlite")) as store:
        store.execute(form)
    old, before = Path("m/marking.sqlite").read_bytes(), state()
    assert main(["grade", "b", "--out", "m"]) == 1
    assert "it lies aside as marking.unusable-1.sqlite" in capsys.readouterr().out
    assert Path("m/marking.unusable-1.sqlite").read_bytes() == old
    assert state() == before
    assert grade("a", "b").marked == 5


@pytest.mark.parametrize("sound", [1, 4])
def test_a_store_that_is_damaged_inside_is_put_aside_whole(here, capsys, sound):
    grade("a")
    path, before = Path("m/marking.sqlite"), state()
    whole = path.read_bytes()
    damaged = whole[: 4096 * sound].ljust(len(whole), b"\xff")
    path.write_bytes(damaged)
    assert main(["grade", "a", "--out", "m"]) == 1
    assert "it was put aside as marking.unusable-1.sqlite" in capsys.readouterr().err
    assert Path("m/marking.unusable-1.sqlite").read_bytes()[8192:] == damaged[8192:]
    assert state() == before
    assert grade("a").marked == 3


# Taking out


def test_only_these_says_what_goes_and_keeps_a_copy(here, capsys):
    grade("a")
    grade("b")
    before = state()
    assert main(["grade", "b", "--out", "m", "--only-these"]) == 3
    first = capsys.readouterr().out.splitlines()[0]
    assert first == (
        "Taking out 3 files not in this run, of these learners: ann-1, ben-2, cat-3. A copy of all "
        "as it was is in m/taken_out_1."
    )
    assert set(marks()) == set(B)
    assert {path.stem for path in Path("m/feedback").iterdir()} == set(B)
    copied = state("m/taken_out_1")
    for name in ("marks.csv", *(f"feedback/{code}.html" for code in A)):
        assert copied[name][0] == before[name][0]
    grading.grade(["b"], "m/taken_out_1", CASE)
    assert without_run("m/taken_out_1").keys() == {*A, *B}
    assert main(["grade", "b", "--out", "m", "--only-these"]) == 3
    assert not Path("m/taken_out_2").exists()


def test_only_these_where_no_copy_can_be_made_takes_nothing_out(here, monkeypatch):
    grade("a")
    before = state()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", full_disk)
        with pytest.raises(KitError, match="cannot be written"):
            grade("b", only_these=True)
    shutil.rmtree("m/taken_out_1")
    assert state() == before
    assert grade("a").marked == 3


def full_disk(*_):
    raise OSError(28, "No space left on device")


# A run that is ended half-way


KILLED = """
import os, signal, sys
from kit import data
from teach import grading
from teach.grading import store
stop, real, calls = int(sys.argv[1]), os.replace, []
def replaced(*paths):
    if len(calls) == stop:
        os.kill(os.getpid(), signal.SIGKILL)
    calls.append(paths)
    real(*paths)
    if len(calls) == stop and sys.argv[2] == "after":
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = replaced
grading.grade(["b", "late/handin-ann-1.json"], "m", data.load(), given={"notebooks": "all"})
"""


KILLS = [(0, "before"), (1, "before"), (3, "before"), (5, "after")]


@pytest.mark.parametrize(("stop", "when"), KILLS)
def test_a_kill_at_any_moment_loses_nothing(here, stop, when):
    put(here, "late/handin-ann-1.json", raw(content("ann-1", RIGHT, time=LATER)))
    grade("a")
    before = Path("m/marks.csv").read_bytes()
    shutil.copytree("m", "whole")
    grading.grade(["b", "late/handin-ann-1.json"], "whole", CASE)
    command = [sys.executable, "-c", KILLED, str(stop), when]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    now = Path("m/marks.csv").read_bytes()
    assert now in (before, Path("whole/marks.csv").read_bytes())
    assert {path.stem for path in Path("m/feedback").glob("*.html")} >= set(A)
    grade("b", "late/handin-ann-1.json")
    for name in state("whole"):
        assert Path("m", name).read_bytes() == Path("whole", name).read_bytes()


# What waits


def test_the_exit_code_is_0_only_if_nothing_waits(here, capsys):
    put(here, "c/a.json", raw(content("owl", CHECKED)))
    put(here, "learners.csv", b"code\r\nowl\r\n")
    arguments = ["grade", "c", "--out", "m", "--codes", "learners.csv"]
    assert main(arguments) == 0
    assert "Still waiting" not in capsys.readouterr().out
    put(here, "learners.csv", b"code,ID\r\nowl,1\r\nfox,2\r\ncat,3\r\n,4\r\n")
    assert main(arguments) == 3
    assert "Still waiting: 3 people on your roster without a hand-in.\n" in capsys.readouterr().out
    where = [row["where"] for row in table(Path("m/needs_a_person.csv"))]
    assert where == ["cat", "fox", "learners.csv, line 5"]
    put(here, "c/a.json", raw(content("owl")))
    put(here, "learners.csv", b"code\r\nowl\r\n")
    assert main(arguments) == 3
    assert "Still waiting: 4 written answers for a marker.\n" in capsys.readouterr().out
    for marker, level in (("ada", 3), ("bob", 4)):
        value = {"level": level, "note": "", "text": rubric.fingerprint(RIGHT["final_answer"])}
        rubric.journal("m", marker).write("owl/final_answer", value)
    assert main(arguments) == 3
    told = "Still waiting: 3 written answers for a marker; 1 written answer on which markers differ"
    assert told in capsys.readouterr().out
    for id, exercise in EXERCISES.items():
        if exercise.kind == "written":
            value = {"level": 3, "note": "", "text": rubric.fingerprint(RIGHT[id])}
            rubric.journal("m", "agreed").write(f"owl/{id}", value)
    assert main(arguments) == 0
