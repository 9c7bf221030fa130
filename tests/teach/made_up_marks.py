"""A folder of marks as `python -m teach grade` leaves it, for texts by invented learners."""

import kit
from kit import submission
from teach import grading
from teach.grading import rubric

TIME = "2026-03-05T09:30:00.000Z"


def marked(folder, case, learners, time=TIME):
    """Mark hand-ins into folder/marks and return that; learners: {code: {exercise id: answer}}."""
    given = folder / "given"
    given.mkdir(exist_ok=True)
    for code, answers in learners.items():
        kept = {id: {"answer": answer, "attempts": 1} for id, answer in answers.items()}
        content = {"v": 1, "kit": kit.__version__, "case": case.title, "code": code}
        content |= {"time": time, "answers": kept}
        content |= {"hash": submission.hash_of(content)}
        again = len(list(given.iterdir()))  # a browser numbers files that have one name
        name = f"handin-{code} ({again}).json"
        (given / name).write_text(submission.as_file(content), encoding="ascii")
    grading.grade([given], folder / "marks", case)
    return folder / "marks"


def agreed(folder):
    """Return {(code, exercise id): level} of what counts of the levels given in a marks' folder."""
    settled = rubric.settled(rubric.rubric_marks(folder).marks)
    return {(code, id): mark.level for code, found in settled.items() for id, mark in found.items()}
