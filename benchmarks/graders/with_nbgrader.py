"""nbgrader: `nbgrader generate_assignment` once, then `nbgrader autograde` on all hand-ins."""

import sqlite3

import nbformat

from benchmarks.graders import environment, measured, notebooks
from benchmarks.graders.assignment import QUESTIONS

NAME = f"nbgrader {environment.version_of('nbgrader')}"
COURSE = "course"
TROUBLES = notebooks.TROUBLES
CONFIGURATION = (
    'c = get_config()\nc.CourseDirectory.course_id = "course"\n'  # all else: as it comes
)
MARKS = """
select student.id, base_cell.name, grade.auto_score
from grade
join base_cell on base_cell.id = grade.cell_id
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join student on student.id = submitted_assignment.student_id
"""


def prepare(folder):
    """Make the course in `folder`, as a teacher does, up to the notebook that learners get."""
    notebooks.write(folder / "source" / COURSE / f"{COURSE}.ipynb", [*_cells()])
    (folder / "nbgrader_config.py").write_text(CONFIGURATION)
    measured.checked(["nbgrader", "generate_assignment", COURSE], folder)


def hand_in(folder, code, answers, trouble=""):
    """Put the notebook of one learner where nbgrader looks for it."""
    released = folder / "release" / COURSE / f"{COURSE}.ipynb"
    path = folder / "submitted" / code / COURSE / f"{COURSE}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(notebooks.handed_in(released, _exercise_of, answers, trouble), "utf-8")


def commands(folder):
    """Return the commands that mark all hand-ins in `folder`."""
    return [["nbgrader", "autograde", COURSE]]


def points(folder):
    """Return {code: {exercise id: points}} from the gradebook."""
    found = {}
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        for code, cell, earned in gradebook.execute(MARKS):
            found.setdefault(code, {})[cell.removeprefix("test_")] = earned
    return found


def told(folder, said):
    """Return what nbgrader says of a hand-in that went wrong."""
    return measured.faults_in(said)


def _cells():
    for question in QUESTIONS:
        yield nbformat.v4.new_markdown_cell(question.prompt)
        answer = f"### BEGIN SOLUTION\n{question.id} = {question.right!r}\n### END SOLUTION"
        yield nbformat.v4.new_code_cell(answer, metadata=_metadata(question.id, solution=True))
        test = {"grade": True, "locked": True, "points": question.points}
        yield nbformat.v4.new_code_cell(
            question.test, metadata=_metadata(f"test_{question.id}", **test)
        )


def _metadata(id, **what):
    plain = {"grade": False, "locked": False, "solution": False, "task": False}
    return {"nbgrader": {"grade_id": id, "schema_version": 3, **plain, **what}}


def _exercise_of(cell):
    told = cell.metadata.get("nbgrader", {})
    return told["grade_id"] if told.get("solution") else None
