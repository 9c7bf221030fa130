"""How long each grader takes for a hand-in, and how much memory, by the number of hand-ins."""

from typing import NamedTuple

from benchmarks.graders import measured
from benchmarks.graders.assignment import QUESTIONS, answers_of, right_in


class Size(NamedTuple):
    """What marking `hand_ins` of them took: ms for each, MB at most, and a note for the table."""

    hand_ins: int
    each: float
    megabytes: float
    note: str


def size(grader, folder, hand_ins):
    """Have a grader mark hand-ins of that many learners and return its Size.

    The time is that of the whole command, its start included.
    """
    for number in range(hand_ins):
        grader.hand_in(folder, code_of(number), answers_of(number))
    done = measured.all_of(grader.commands(folder), folder)
    same, all_of_them = agreeing(grader.points(folder), hand_ins), hand_ins * len(QUESTIONS)
    note = f"{same:,} of {all_of_them:,} marks as expected; {duration(done.seconds)} in all"
    note += f", {1000 * done.processor / hand_ins:,.1f} ms of processor each"
    note += f"; exit code {done.code}" if done.code else ""
    return Size(hand_ins, 1000 * done.seconds / hand_ins, done.megabytes, note)


def agreeing(points, hand_ins):
    """Count the marks that are full points exactly where the answer is right."""
    same = 0
    for number in range(hand_ins):
        right, earned = right_in(answers_of(number)), points.get(code_of(number), {})
        same += sum(is_full(earned, each) == (each.id in right) for each in QUESTIONS)
    return same


def is_full(earned, question):
    """Tell whether the points (dict) have all that a question can earn."""
    return (earned.get(question.id) or 0) >= question.points


def code_of(number):
    """Return the code under which a learner hands in."""
    return f"learner-{number}"


def rows(name, found):
    """Return the two rows of the table for a Size."""
    many = f"{name}: {found.hand_ins:,} hand-ins"
    each = f"{found.each:,.0f}" if found.each >= 100 else f"{found.each:.2f}"
    memory = {"what": f"{many}, peak memory", "figure": f"{found.megabytes:.0f}", "unit": "MB"}
    return [
        {"what": f"{many}, time of each", "figure": each, "unit": "ms", "note": found.note},
        memory | {"note": "all processes together"},
    ]


def extrapolated(name, found, hand_ins):
    """Return the row for more hand-ins than were measured: the time of each stays as it was."""
    return {
        "what": f"{name}: {hand_ins:,} hand-ins, in all",
        "figure": f"{found.each * hand_ins / 3_600_000:.2f}",
        "unit": "hours",
        "note": f"extrapolated from {found.hand_ins:,}",
    }


def duration(seconds):
    """Say how long something took.

    >>> duration(3.21), duration(90), duration(7200)
    ('3.2 s', '1.5 minutes', '2.0 hours')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.1f} minutes" if seconds < 3600 else f"{seconds / 3600:.1f} hours"
