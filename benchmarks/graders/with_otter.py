"""otter-grader: `otter assign` once, then `otter run` on each hand-in.

`otter run` is the way that version 7 offers without Docker; it takes one notebook at a time.
`otter grade`, which takes a folder, needs Docker.
"""

import json

import nbformat

from benchmarks.graders import environment, measured, notebooks
from benchmarks.graders.assignment import QUESTIONS

NAME = f"otter-grader {environment.version_of('otter-grader')}"
COURSE = "course.ipynb"
TROUBLES = notebooks.TROUBLES
RESULTS = "results"


def prepare(folder):
    """Make the assignment in `folder`: what learners get, and the zip with the tests."""
    notebooks.write(folder / COURSE, [*_cells()])
    measured.checked(["otter", "assign", "--no-run-tests", COURSE, "dist"], folder)


def hand_in(folder, code, answers, trouble=""):
    """Put the notebook of one learner into the folder of hand-ins."""
    path = folder / "handed_in" / f"{code}.ipynb"
    path.parent.mkdir(exist_ok=True)
    (folder / RESULTS / code).mkdir(parents=True)
    released = folder / "dist" / "student" / COURSE
    path.write_text(notebooks.handed_in(released, _exercise_of, answers, trouble), "utf-8")


def commands(folder):
    """Return the commands that mark all hand-ins in `folder`, one for each."""
    (tests,) = (folder / "dist" / "autograder").glob("*.zip")
    run = ["otter", "run", "--no-logo", "--autograder", tests, "--output-dir"]
    paths = sorted((folder / "handed_in").iterdir())
    return [[*run, folder / RESULTS / path.stem, path] for path in paths]


def points(folder):
    """Return {code: {exercise id: points}} from the results.json of each hand-in."""
    paths = (folder / RESULTS).glob("*/results.json")
    return {path.parent.name: _points(json.loads(path.read_text("utf-8"))) for path in paths}


def told(folder, said):
    """Return what otter-grader says of a hand-in that went wrong."""
    return measured.faults_in(said)


def _points(results):
    ids = {question.id for question in QUESTIONS}
    return {each["name"]: each["score"] for each in results["tests"] if each["name"] in ids}


def _cells():
    raw = nbformat.v4.new_raw_cell
    yield raw("# ASSIGNMENT CONFIG\nexport_cell: false")
    for question in QUESTIONS:
        yield raw(f"# BEGIN QUESTION\nname: {question.id}\npoints: {question.points}")
        yield nbformat.v4.new_markdown_cell(question.prompt)
        yield raw("# BEGIN SOLUTION")
        yield nbformat.v4.new_code_cell(f"{question.id} = {question.right!r} # SOLUTION")
        yield raw("# END SOLUTION")
        yield raw("# BEGIN TESTS")
        yield nbformat.v4.new_code_cell(question.test)
        yield raw("# END TESTS")
        yield raw("# END QUESTION")


def _exercise_of(cell):
    is_answer = "otter_answer_cell" in cell.metadata.get("tags", [])
    return cell.source.partition(" = ")[0] if is_answer else None
