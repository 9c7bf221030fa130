"""What each grader does when one of three hand-ins is spoilt, told in figures and its own words."""

import re

from benchmarks.graders import measured
from benchmarks.graders.assignment import QUESTIONS
from benchmarks.graders.sizes import is_full

RIGHT = {question.id: question.right for question in QUESTIONS}
CODES = {"a-before": False, "b-spoilt": True, "c-after": False}
LONGEST = 250  # characters of a program's own words


def accident(grader, folder, trouble, patience):
    """Have a grader mark three learners who have all answers right, one with a trouble.

    Returns a row: the seconds it took, and what came of it. A command is stopped after `patience`
    seconds; all else is as the programs come, without any settings.
    """
    for code, is_spoilt in CODES.items():
        grader.hand_in(folder, code, RIGHT, trouble if is_spoilt else "")
    done = measured.all_of(grader.commands(folder), folder, patience)
    points = grader.points(folder)
    marks = "; ".join(f"{code}: {_marks(points.get(code))}" for code in CODES)
    ending = f"stopped by us after {patience} s" if done.code is None else f"exit code {done.code}"
    words = _table_cell(grader.told(folder, done.said.replace(f"{folder}/", "")))
    return {
        "what": f"{grader.NAME}: {trouble}",
        "figure": f"{done.seconds:.1f}",
        "unit": "s for 3",
        "note": f"{ending}; {marks}; " + (f"says “{words}”" if words else "says nothing of it"),
    }


def _marks(points):
    """Say how many of the exercises have full points, fewer, or none at all because unmarked."""
    if points is None:
        return "no marks"
    unmarked = sum(points.get(question.id) is None for question in QUESTIONS)
    right = sum(is_full(points, question) for question in QUESTIONS)
    told = f"{right} of {len(QUESTIONS)} right"
    return f"{told}, {unmarked} left without a mark" if unmarked else told


def _table_cell(words):
    plain = re.sub(r"\x1b\[[0-9;]*m|\s+|\|", " ", words).strip()
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
