"""The Gradescope autograder, unpacked and run as Gradescope lays it out; learners are invented."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

import kit
from kit import exercises, submission
from teach import gradescope
from teach.cli import main
from teach.gradescope import SCRIPTS
from tests.solutions.answers import ANSWERS

CASE = kit.data.load()
EXERCISES = exercises.load(CASE)
TIME = "2026-05-01T09:00:00.000Z"


def content(answers, time=TIME, **other):
    kept = {id: {"answer": answer, "attempts": 1} for id, answer in answers.items()}
    packed = {"v": 1, "kit": kit.__version__, "case": CASE.title, "code": "otter"}
    packed |= {"time": time, "answers": kept, **other}
    return packed | {"hash": submission.hash_of(packed)}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "autograder.zip"
    gradescope.build(path)
    return path


@pytest.fixture
def room(archive, tmp_path):
    """Gradescope's folders, with the zip unpacked into `source`."""
    for name in ("source", "submission", "results"):
        (tmp_path / name).mkdir()
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(tmp_path / "source")
    return tmp_path


def run(room, python=sys.executable):
    """Run the script with a Python that has no packages; return the tests it reports."""
    (room / "bin").mkdir(exist_ok=True)
    alone = room / "bin" / "python3"
    alone.write_text(f'#!/bin/sh\nexec "{python}" -S "$@"\n', encoding="ascii")
    alone.chmod(0o755)
    done = subprocess.run(
        ["bash", room / "source" / "run_autograder"],
        cwd=room / "submission",
        env={"AUTOGRADER_ROOT": str(room), "PATH": f"{room / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads((room / "results" / "results.json").read_text())["tests"]


def submit(room, name, given):
    text = given if isinstance(given, str) else json.dumps(given)
    (room / "submission" / name).write_text(text, encoding="utf-8")


def by_name(tests):
    return {test["name"]: (test["score"], test["max_score"], test["output"]) for test in tests}


def test_the_zip_is_the_same_bytes_every_time(archive, tmp_path):
    gradescope.build(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.zip"]


def test_the_zip_holds_the_two_scripts_and_nothing_that_does_not_mark(archive):
    with zipfile.ZipFile(archive) as zipped:
        members = {member.filename: member for member in zipped.infolist()}
    for name in ("setup.sh", "run_autograder"):
        assert members[name].external_attr >> 16 == 0o100755
    assert members["LICENSE"].external_attr >> 16 == 0o100644
    parts = {"/".join(name.split("/")[:2]) for name in members}
    assert {"kit/exercises", "teach/grading"} <= parts
    unneeded = {"kit/widgets", "kit/charts", "teach/lms", "teach/cli.py", "teach/__main__.py"}
    assert not unneeded & parts
    assert not [name for name in members if "__pycache__" in name]
    assert not [name for name in members if ".pyc" in name or ".." in name or name[0] == "/"]


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_the_scripts_are_sound_and_stop_at_the_first_error(script):
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in script
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0


def test_setup_asks_the_system_for_python_only_where_there_is_none(room):
    tools = room / "tools"
    tools.mkdir()
    (tools / "apt-get").write_text(f'#!/bin/bash\necho "$@" >> {room}/asked\n')
    (tools / "python3").write_text("#!/bin/bash\nexit 1\n")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    bash = shutil.which("bash")
    for path, asked in (
        (os.path.dirname(sys.executable), None),
        ("", "update\ninstall -y python3.11\n"),
    ):
        done = subprocess.run(
            [bash, room / "source" / "setup.sh"], env={"PATH": f"{path}:{tools}"}, check=False
        )
        assert done.returncode == 0
        said = room / "asked"
        assert (said.read_text() if said.exists() else None) == asked


def test_a_sound_hand_in_gets_its_points_exercise_by_exercise(room):
    given = content(ANSWERS)
    submit(room, "handin-otter.json", given)
    first, *tests = run(room)
    assert first["output"].startswith(f"Receipt {given['hash'][:10]}, 2026-05-01 09:00 UTC, code ")
    assert [test["name"] for test in tests] == [each.title for each in EXERCISES.values()]
    for test, exercise in zip(tests, EXERCISES.values(), strict=True):
        most = 0 if exercise.kind == "written" else exercise.points
        assert test["max_score"] == most
        if exercise.id in ANSWERS:
            assert test["score"] == most, exercise.id
        assert set(test) == {"name", "score", "max_score", "output", "visibility"}
        assert test["visibility"] == "visible"
    assert sum(test["max_score"] for test in tests) == 80
    assert by_name(tests)["Your answer"][2].endswith("A person reads and marks it.")


def test_wrong_and_not_attempted_are_told_apart_and_the_key_is_not_told(room):
    submit(room, "work.json", content({"members_1954": 12}))
    tests = by_name(run(room))
    score, most, said = tests["Members on the day of the note"]
    assert (score, most) == (0, 3)
    assert said and "14" not in said
    assert tests["Who says what?"] == (0, 6, "Not attempted.")
    assert tests["Your answer"] == (0, 0, "Not attempted.")


def test_a_pasted_code_and_a_notebook_do_as_well(room):
    given = content({"members_1954": 14})
    submit(room, "mail.txt", f"Dear all,\n> {submission.as_code(given)}\n")
    output = {"output_type": "stream", "name": "stdout", "text": submission.as_code(given)}
    cell = {"cell_type": "code", "source": "raise SystemExit", "outputs": [output]}
    submit(room, "06.ipynb", {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assert by_name(run(room))["Members on the day of the note"][:2] == (3, 3)


def test_the_latest_of_several_counts(room):
    submit(room, "a.json", content({"members_1954": 14}, time="2026-05-02T09:00:00.000Z"))
    submit(room, "b.json", content({"members_1954": 12}))
    assert by_name(run(room))["Members on the day of the note"][:2] == (3, 3)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no whole hand-in here. Submit handin-"),
        ({"a.json": "{"}, "no whole hand-in here. "),
        ({"notes.docx": "x"}, "This file is no hand-in and no notebook. Submit handin-"),
        ({"a.json": content({"members_1954": 14}) | {"time": "2026-05-01T09:00:00.001Z"}},
         "no whole hand-in here. "),
        ({"a.json": content({"members_1954": 14}), "b.json": content({"members_1954": 12})},
         "two different hand-ins have the same time"),
        ({"a.json": content({}, case="Another")}, "A hand-in is from another course, or another"),
        ({"a.json": content({}, kit="9.0.0")}, "A hand-in is from another course, or another"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_is_said_and_gives_no_points_at_all(room, files, said):
    for name, given in files.items():
        submit(room, name, given)
    [test] = run(room)
    assert (test["name"], test["score"], test["max_score"]) == ("Hand-in", 0, 0)
    assert said in test["output"]


def test_nothing_handed_in_is_run_or_imported(room):
    for name in ("kit.py", "teach.py", "json.py", "sitecustomize.py", "run_autograder", "setup.sh"):
        submit(room, name, "open('was_run', 'w')\n")
    for package in ("kit", "teach"):
        (room / "submission" / package).mkdir()
        submit(room, f"{package}/__init__.py", "open('was_run', 'w')\n")
    submit(room, "handin.json", content({"members_1954": 14}))
    assert by_name(run(room))["Members on the day of the note"][:2] == (3, 3)
    assert list(room.rglob("was_run")) == []
    assert list((room / "source").rglob("__pycache__")) == []


def test_the_command_builds_it(tmp_path, capsys):
    assert main(["autograder", "--out", str(tmp_path / "autograder.zip")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("autograder.zip: upload it as the autograder of a Gradescope assignment")
    assert "up to 80 points; the written answers, 20 points," in said
    assert main(["autograder", "--out", str(tmp_path / "none" / "autograder.zip")]) == 1
    assert capsys.readouterr().err.startswith("autograder.zip was not written because its folder")
