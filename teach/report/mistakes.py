"""Which wrong answers were common, and the reason to teach next."""

import pandas as pd

from kit import exercises
from teach import charts
from teach.report.answered import questions
from teach.report.panel import Panel, empty

MISTAKES = "Which wrong answers were common?"
MOST = 10  # bars
HOW = (
    "Only wrong answers for which the course has a reason. The share is of all who handed in, also "
    "of those who left the question out."
)


def mistakes(found, k):
    """The Panel on wrong answers that at least k learners gave; found: a Class."""
    rows = sorted(_common(found, k), key=lambda row: -row["learners"])[:MOST]
    if not rows:
        why = f"No wrong answer was given by {k} learners or more that could be shown."
        return empty("mistakes", MISTAKES, why)
    table = pd.DataFrame(rows)
    return Panel(
        "mistakes",
        MISTAKES,
        (_next(rows[0], found.learners),),
        lambda: charts.mistakes(table),
        charts.mistakes.describe(table),
        table.rename(columns={"name": "answer", "of": "of all"}),
        "Common wrong answers, and what to say about them",
        (HOW,),
    )


def _next(row, learners):
    share = 100 * row["learners"] / learners
    return f"Teach next: {row['name']} ({share:.0f} %). {row['reason']}"


def _common(found, k):
    """A row for each wrong answer that may be shown."""
    checker = exercises.Checker(found.case)
    for question in questions(found, k):
        key = question.exercise.wrong and checker.key(question.exercise.id)
        for answer, reason in _reasons(question, key).items() if key else ():
            if answer in question.counts:
                told = {"learners": question.counts[answer], "of": found.learners}
                yield {"name": question.name(answer), **told, "reason": reason}


def _reasons(question, key):
    """{wrong answer: its reason} of a question.

    A reason may be listed for a whole row; where the key gives or accepts the answer, it is right.
    """
    place = {"row": question.row, "column": question.column}
    return {
        entry["answer"]: entry["reason"]
        for entry in question.exercise.wrong
        if all(entry.get(part) in (None, id) for part, id in place.items())
        and entry["answer"] not in question.right(key)
    }
