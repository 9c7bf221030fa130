"""The kit: `python -m teach grade` of this checkout on a folder of hand-ins; no notebook is run.

A learner's hand-in is a JSON file. Where something is to be wrong with it, the learner hands in the
saved notebook 06 instead, which shows the hand-in as a code in the output of its last cell. No cell
tests an answer, so instead of a test cell that one is deleted, the only one that marking needs.
"""

import csv
import sys

import nbformat

import kit
from benchmarks.graders import notebooks
from benchmarks.graders.assignment import CASE, QUESTIONS
from benchmarks.graders.environment import ROOT
from kit import submission

NAME = f"kit {kit.__version__}"
LAST = ROOT / "notebooks" / "06_answer_the_question.ipynb"
TROUBLES = ("infinite loop", "answer cell deleted", "hand-in cell deleted", "file cut in half")
TIME = "2026-03-05T09:30:00.000Z"


def prepare(folder):
    """Make the folder of hand-ins; there is nothing else to do before the marking."""
    (folder / "handed_in").mkdir()


def hand_in(folder, code, answers, trouble=""):
    """Write the hand-in of one learner: a file, or, with a trouble, a notebook."""
    content = _content(code, answers)
    path = folder / "handed_in" / f"handin-{code}.json"
    if trouble:
        path.with_suffix(".ipynb").write_text(_notebook(content, trouble), "utf-8")
    else:
        path.write_text(submission.as_file(content), "ascii")


def commands(folder):
    """Return the command that marks all hand-ins in `folder`."""
    mark = [sys.executable, "-m", "teach", "grade", folder / "handed_in"]
    return [[*mark, "--out", folder / "marks"]]


def points(folder):
    """Return {code: {exercise id: points}} from marks.csv; what was not attempted has none."""
    rows = _rows(folder / "marks" / "marks.csv")
    ids = [question.id for question in QUESTIONS]
    return {row["code"]: {id: float(row[id] or 0) for id in ids} for row in rows}


def told(folder, said):
    """Return what the marking says of a hand-in that needs a person."""
    rows = _rows(folder / "marks" / "needs_a_person.csv")
    return "; ".join(f"{row['what']}: {row['reason']}" for row in rows)


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _content(code, answers):
    kept = {id: {"answer": answer, "attempts": 1} for id, answer in answers.items()}
    content = {"v": 1, "kit": kit.__version__, "case": CASE.title, "code": code}
    content |= {"time": TIME, "answers": kept}
    return content | {"hash": submission.hash_of(content)}


def _notebook(content, trouble):
    """Return the text of notebook 06 as saved after handing in, with something wrong with it."""
    notebook = nbformat.read(LAST, as_version=4)
    sources = [cell.source.rpartition("\n")[2] for cell in notebook.cells]
    answer, test = sources.index('kit.ask("verdict_scales")'), sources.index("kit.widgets.handin()")
    code = nbformat.v4.new_output("stream", text=submission.as_code(content))
    notebook.cells[test].outputs = [code]
    notebooks.spoil(notebook, trouble, answer, test)
    return notebooks.text_of(notebook, trouble)
