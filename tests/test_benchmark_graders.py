"""The benchmark against other graders: the same assignment for all, and sums that hold.

The other graders are not run here; they need an environment of their own and minutes.
"""

import sys

import nbformat
import psutil
import pytest

from benchmarks.graders import measured, notebooks, ours, sizes, with_nbgrader, with_otter
from benchmarks.graders.accidents import RIGHT, accident
from benchmarks.graders.assignment import CASE, QUESTIONS, answers_of, right_in
from benchmarks.graders.notebooks import LOOP, SPOILT, TROUBLES
from kit.exercises import Checker

IDS = [question.id for question in QUESTIONS]


def test_the_assignment_has_20_exercises():
    assert len(QUESTIONS) == 20


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_right_and_wrong_are_so_for_the_kit_and_for_the_test_in_a_notebook(question):
    right, wrong = (Checker(CASE).check(question.id, each) for each in question[3:5])
    assert right.earned == 1 and wrong.earned < 1
    exec(question.test, {question.id: question.right})
    with pytest.raises((AssertionError, KeyError)):
        exec(question.test, {question.id: question.wrong})


def test_learners_differ_and_leave_some_open_and_get_some_wrong():
    learners = [answers_of(number) for number in range(50)]
    given = sum(map(len, learners))
    right = sum(len(right_in(answers)) for answers in learners)
    assert learners == [answers_of(number) for number in range(50)]
    assert 700 < right < 900 and right + 80 < given < 990


def exercise_of(cell):
    return cell.metadata.get("answers")


@pytest.fixture
def released(tmp_path):
    """Return the path of a notebook with an answer cell and a test cell for each exercise."""
    cells = []
    for question in QUESTIONS:
        answer = nbformat.v4.new_code_cell("...", metadata={"answers": question.id})
        cells += [answer, nbformat.v4.new_code_cell(question.test)]
    return notebooks.write(tmp_path / "released.ipynb", cells)


def sources(released, answers, trouble):
    text = notebooks.handed_in(released, exercise_of, answers, trouble)
    return [cell.source for cell in nbformat.reads(text, as_version=4).cells]


def test_a_notebook_handed_in_gives_its_answers_and_leaves_the_rest_open(released):
    answers = {id: answer for id, answer in RIGHT.items() if id != "slips"}
    given = {}
    for source in sources(released, answers, ""):
        if not source.startswith(("assert", "for")):
            exec(source, given)
    assert {id: given.get(id) for id in IDS} == {**RIGHT, "slips": None}


def test_one_thing_is_wrong_with_a_spoilt_notebook(released):
    sound, loop, no_answer, no_test = (
        sources(released, RIGHT, trouble) for trouble in ["", *TROUBLES[:3]]
    )
    at = sound.index(f"{SPOILT} = {RIGHT[SPOILT]}")
    assert loop == [*sound[:at], LOOP, *sound[at + 1 :]]
    assert no_answer == [*sound[:at], *sound[at + 1 :]]
    assert no_test == [*sound[: at + 1], *sound[at + 2 :]]
    with pytest.raises(nbformat.reader.NotJSONError):
        sources(released, RIGHT, TROUBLES[3])


def test_the_kit_marks_every_hand_in_as_expected(tmp_path):
    ours.prepare(tmp_path)
    found = sizes.size(ours, tmp_path, 5)
    assert found.note.startswith("100 of 100 marks as expected; ")
    assert found.each > 0 and found.megabytes > 5 and "ms of processor each" in found.note


def test_a_mark_that_is_not_as_expected_is_counted(tmp_path):
    points = {sizes.code_of(0): {each.id: each.points for each in QUESTIONS}}
    right = len(right_in(answers_of(0)))
    assert sizes.agreeing(points, 1) == right < 20
    assert sizes.agreeing({}, 1) == 20 - right


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        ("infinite loop", "exit code 0; a-before: 20 of 20 right; b-spoilt: 20 of 20 right"),
        ("hand-in cell deleted", "exit code 3; a-before: 20 of 20 right; b-spoilt: no marks"),
        ("file cut in half", "exit code 3; a-before: 20 of 20 right; b-spoilt: no marks"),
    ],
)
def test_what_the_kit_does_with_a_spoilt_hand_in_is_told(tmp_path, trouble, outcome):
    ours.prepare(tmp_path)
    note = accident(ours, tmp_path, trouble, 60)["note"]
    assert note.startswith(f"{outcome}; c-after: 20 of 20 right")
    assert note.endswith("says nothing of it") == (trouble == "infinite loop")


def test_a_command_that_does_not_end_is_stopped_with_all_that_it_started(tmp_path):
    child = "import time; print('began', flush=True); time.sleep(600)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    done = measured.run([sys.executable, "-c", parent], tmp_path, patience=5)
    assert (done.code, done.said) == (None, "began\n") and done.seconds >= 5
    assert [each for each in psutil.process_iter(["cmdline"]) if child in told(each)] == []


def told(process):
    """Return the words a process was started with; none if it is gone."""
    return process.info["cmdline"] or []


def test_memory_is_that_of_all_processes_together(tmp_path):
    hold = "held = b'x' * 100_000_000\nimport subprocess, sys, time\n"
    parent = f"{hold}subprocess.run([sys.executable, '-c', {hold + 'time.sleep(1)'!r}])"
    done = measured.run([sys.executable, "-c", parent], tmp_path)
    assert done.code == 0 and 200 < done.megabytes < 300


def test_the_processor_time_of_commands_is_counted_and_waiting_is_not(tmp_path):
    busy = "import time\nwhile time.process_time() < 1: pass"
    waiting = "import time; time.sleep(3)"
    one, two = ([sys.executable, "-c", code] for code in (busy, waiting))
    done = measured.all_of([one, two], tmp_path)
    assert 1 <= done.processor < 3 and done.seconds > 4


def test_an_extrapolated_row_says_so():
    found = sizes.Size(25, 6000, 200, "")
    row = sizes.extrapolated("grader", found, 1500)
    assert (row["figure"], row["unit"], row["note"]) == ("2.50", "hours", "extrapolated from 25")


@pytest.mark.parametrize("grader", [with_nbgrader, with_otter])
def test_a_teachers_notebook_holds_every_question_with_its_test(grader):
    text = "\n".join(cell.source for cell in grader._cells())
    assert all(each.prompt in text and each.test in text for each in QUESTIONS)
