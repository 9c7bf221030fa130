"""What a teacher may ask for and nobody else may see: points by code, wrong answers, who is alike.

For a class too small for numbers that hide nobody these panels are the whole page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from kit import exercises
from kit.data import Case
from kit.exercises import KINDS, Checker
from kit.exercises.model import Exercise, texts
from kit.words import plural
from teach.grading.marks import TotalMark, answers_in, as_text, submissions
from teach.grading.settings import remembered, taught
from teach.report.alike import COLUMNS, NOTE, REASONS, Alike, wrong_answers
from teach.report.page import Panel

WARNING = (
    "This page shows the codes, points and answers of single learners, because you asked for them. "
    "It is for you alone: do not hand it round."
)
HOW = (
    "Texts: shared runs of five words of their own, of those of the shorter text (shingles, Broder "
    "1997). What the course's texts, record and questions say does not count, nor do texts under "
    "24 words. By chance: as many as the other texts of this class share on average (Poisson).",
    "Wrong answers: the same one where both were wrong (Bellezza and Bellezza 1989), rarer ones "
    "more (van der Linden and Sotaridona 2006), beside what the other pairs of this class share "
    "(exceedances, Davison and Smith 1990). Under 10 learners nothing can be said of them.",
    "Expected by chance: how many pairs as alike a class like this holds though nobody knew of "
    "another. The most that is listed is 0.05, so at most about one class in twenty has a row by "
    "chance alone.",
)
POINTS = ("code", "points", "waiting", "hand-ins")
WAITS = "waits"


def own_eyes(folder: str | Path, case: Case, found: Iterable[Alike], is_small: bool) -> list[Panel]:
    """Return the panels of the hand-ins that count in a marks' folder; they hide nobody.

    found: what is alike. is_small: whether each learner has a column, and each wrong answer a row.
    Raises KitError.
    """
    if not is_small:
        return [_points([mark for mark, _ in submissions(Path(folder))]), _alike(found)]
    marks = list(submissions(Path(folder)))
    answers = {
        mark.code: {id: entry["answer"] for id, entry in answers_in(content).items()}
        for mark, content in marks
    }
    totals = [mark for mark, _ in marks]
    checker, counts = Checker(case), taught(exercises.load(case), remembered(Path(folder)))
    return [_grid(counts, totals, answers), _wrong(checker, answers), _alike(found)]


def _points(marks: list[TotalMark]) -> Panel:
    rows = [(mark.code, as_text(mark.points), mark.waiting, mark.hand_ins) for mark in marks]
    table = pd.DataFrame(rows, columns=POINTS).set_index("code").apply(pd.to_numeric).reset_index()
    table = table.sort_values("points", kind="stable", ignore_index=True)
    caption = "Points so far, and written answers that wait for a person"
    return Panel("named", "Whose points are they?", (WARNING,), table=table, table_caption=caption)


def _grid(counts: dict[str, Exercise], marks: list[TotalMark], answers: dict[str, dict]) -> Panel:
    """Points, one row an exercise and one column a learner."""
    rows = [
        [exercise.title, exercise.points]
        + [_cell(exercise, mark, answers[mark.code].get(id)) for mark in marks]
        for id, exercise in counts.items()
    ]
    most = sum(exercise.points for exercise in counts.values())
    rows.append(["all", most, *(as_text(mark.points) or "–" for mark in marks)])
    table = pd.DataFrame(rows, columns=["exercise", "of", *(mark.code for mark in marks)])
    waiting = [f"{mark.code} ({mark.waiting})" for mark in marks if mark.waiting]
    told = f"Written answers that wait for you to read them: {', '.join(waiting)}."
    nothing = "No written answer waits for you."
    return Panel(
        "named",
        "Who has which points, and what waits?",
        (WARNING, told if waiting else nothing),
        table=table,
        table_caption=f"Points; “{WAITS}”: a text that nobody has read; “–”: not answered",
    )


def _cell(exercise: Exercise, mark: TotalMark, answer: object) -> str:
    text = mark.cells.get(exercise.id.lower(), "")
    if text or answer is None:
        return text or "–"
    return WAITS if exercise.kind == "written" else "no points"


def _wrong(checker: Checker, answers: dict[str, dict]) -> Panel:
    """Wrong answers with those who gave them, those of the most learners first."""
    who = defaultdict(list)
    for code, given in answers.items():
        for name in _in_words(checker, given):
            who[name].append(code)
    rows = [(name, len(codes), ", ".join(codes)) for name, codes in who.items()]
    rows.sort(key=lambda row: -row[1])
    title = "Which wrong answers did they give?"
    if not rows:
        return Panel("wrong", title, (WARNING, "There is no wrong answer."))
    most = plural(rows[0][1], "learner")
    told = f"{plural(len(rows), 'wrong answer')}; the first was given by {most}."
    table = pd.DataFrame(rows, columns=["answer", "learners", "codes"])
    caption = "Wrong answers where one is chosen, ticked or typed, and who gave them"
    return Panel("wrong", title, (WARNING, told), table=table, table_caption=caption)


def _in_words(checker: Checker, answers: dict) -> Iterator[str]:
    for id, place in wrong_answers(checker, answers):
        exercise = checker.exercises[id]
        value = checker.value(id, answers[id])
        names = texts((*exercise.rows, *exercise.columns, *exercise.options))
        where = " · ".join([exercise.title, *(names[part] for part in place)])
        words = KINDS[exercise.kind].words(exercise, value)
        told = ", ".join(text for at, text in words if at == place)
        yield f"{where}: {told or 'ticked'}"


def _alike(found: Iterable[Alike]) -> Panel:
    rows = [each.row()[:-1] for each in found]
    title, heads = "Which hand-ins are alike?", [name.replace("_", " ") for name in COLUMNS[:-1]]
    if not rows:
        nothing = "No two hand-ins share more of their own than chance would have it."
        return Panel("alike", title, (WARNING, nothing), notes=HOW)
    table = pd.DataFrame(rows, columns=heads)
    told = f"{plural(len(rows), 'row')} {NOTE}. {REASONS}"
    return Panel("alike", title, (WARNING, told), table=table, table_caption="Alike", notes=HOW)
