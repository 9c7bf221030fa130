"""Hands in for twelve invented learners, in the folder of a course: `hand_in_a_class.py OUT`.

Ten have all that the key decides; two are weak. Each has a journal of its own, packed by the kit.
"""

import sys
from pathlib import Path

from kit import data, submission
from kit.exercises import Checker
from kit.journal import Journal
from kit.submission.short_line import Judgement, as_line, decided, scales

SOLVED = [f"solved-{n}" for n in range(10)]
WEAK = ["weak-1", "weak-2"]
JUDGED = ("ratings", "stances", "verdict_scales")
WRITTEN = [
    "Not that I can show. A paper of 18 August 1901 tells of half a mile (R01), and so did he "
    "(R02). But one who had worked with him doubted it in 1937 (R05). R03 leaves much open.",
    "I lean to yes. R01, R02 and R06 were told within months. Against me stands R05, told 35 "
    "years later. Of 17 December 1903 the brothers' own words are kept (R07, R09). Open is R03.",
    "It is not settled. Half a mile (R01) and a mile and a half (R04, R06) do not agree. The "
    "telegram is of the day itself (R07). More than thirty historians wrote “not proven” (R14).",
]


def judged(exercise, learner):
    """An answer in which every place has a value, other ones for other learners."""
    answer = {}
    for (row, column), values in scales(exercise).items():
        value = values[(learner + len(row) + len(column)) % len(values)]
        cell = {"value": value, "evidence": 1 + learner % 5 if exercise.evidence else None}
        answer.setdefault(row, {})[column] = cell
    return answer


def answer_of(exercise, checker, learner):
    """What a learner who knows answers; a person marks what is written."""
    if exercise.kind == "written":
        return WRITTEN[learner % len(WRITTEN)]
    return (
        judged(exercise, learner) if exercise.kind == "rating" else checker.key(exercise.id).value
    )


def guessed(exercise, learner):
    """What a weak learner answers; None for what is left out."""
    if exercise.kind == "number":
        return 99
    if exercise.kind == "matrix":
        first = exercise.options[learner % 2].id
        return {row.id: {column.id: first for column in exercise.columns} for row in exercise.rows}
    return "Yes, everybody knows that." if exercise.kind == "written" else None


def main(out):
    """Write the hand-ins of the class into a folder, beside the journals and the short lines."""
    case = data.load()
    checker, lines = Checker(case), []
    (out / "received").mkdir(parents=True)
    for learner, code in enumerate([*SOLVED, *WEAK]):
        journal = Journal(out / f"{code}.jsonl")
        for id, exercise in checker.exercises.items():
            knows = code in SOLVED
            given = answer_of(exercise, checker, learner) if knows else guessed(exercise, learner)
            if given is not None:
                journal.write(id, given)
            if id in JUDGED and knows:
                judgement = Judgement(id, f"{learner:06}", 1, decided(exercise, given))
                lines.append(as_line(judgement, case))
        print(submission.pack(journal, case, code, out / "received"))
    (out / "lines.txt").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
