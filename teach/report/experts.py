"""The class beside the experts: where they differ, and where experts would differ themselves.

The experts are the editors of the course: one key, of which each answer is one reading.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kit import exercises
from teach import charts
from teach.charts.medians import FAR
from teach.report.agreeing import score_columns
from teach.report.answered import questions
from teach.report.gather import MISSING, steps
from teach.report.panel import Panel, empty

EXPERTS, DIFFERING = "Class and experts", "Where would experts differ?"
NO_SCORES = "This course has no experts' scores to compare ratings with."
ONE_ANSWER = "This course has no key that accepts more than one answer to a question."
TOO_FEW = "Too few learners answered the questions with more than one right answer to show it."
NO_SPLIT = (
    "How the class split between them can be told for none of these questions: a number would "
    "stand for too few learners."
)
KEY = (
    "The experts are the editors of the course, with one key. Other experts could score a text "
    "otherwise, so a difference is a reason to look at the text again, and no proof of a mistake."
)
MEDIANS = (
    "The median is the score in the middle: as many learners gave less as gave more. It does not "
    "show how far they differ among themselves. The two marks for source and information are left "
    "out, as their last step (F, 6) is no score."
)
ACCEPTED = (
    "Only questions answered by choosing one option. The answers are those that the editors of "
    "the course give or accept in their key. The share is of all who handed in."
)
MOST = 3  # places that are named in a sentence


class Criterion(NamedTuple):
    """One score of a rating exercise with several texts, by the learners and by the experts.

    name: in words. texts: in words. cells: as `Class.cells` holds it, (learners, texts, 1).
    given: the same in steps of the score, (learners, texts), nan where missing. experts: their
    score of each text, (texts,), nan where missing.
    """

    name: str
    texts: tuple
    cells: np.ndarray
    given: np.ndarray
    experts: np.ndarray


def criteria(found):
    """Return the Criteria of a Class (list) that the experts scored too; [] without a key.

    >>> import kit
    >>> from teach.report.gather import gather
    >>> criteria(gather([], kit.data.load()))[0].experts.tolist()
    [0.0, 0.0, 1.0, 1.0, 1.0]
    """
    key = found.case.key
    sheets = {row["text_id"]: row for row in key.rows("ratings")} if key else {}
    known = exercises.load(found.case)
    rated = [id for id in found.cells if known[id].kind == "rating" and len(known[id].rows) > 1]
    every = (
        _criterion(known[id], place, found.cells[id], sheets)
        for id in rated
        for place in score_columns(known[id])
    )
    return [each for each in every if not np.isnan(each.experts).all()]


def _criterion(exercise, place, cells, sheets):
    column = exercise.columns[place]
    scores = [sheets.get(row.id, {}).get(f"{column.id}_score") for row in exercise.rows]
    cells = cells[:, :, [place]]
    places = cells[:, :, 0]
    return Criterion(
        column.text,
        tuple(row.text for row in exercise.rows),
        cells,
        np.where(places == MISSING, np.nan, np.array(steps(column), dtype=float)[places]),
        np.array([float(score) if score else np.nan for score in scores]),
    )


def experts(found, k):
    """The Panel on the class's scores beside the experts'; found: a Class; k: the fewest."""
    rated = criteria(found)
    if not rated:
        return empty("experts", EXPERTS, NO_SCORES)
    rows = [row for each in rated for row in _medians(each, k)]
    table = pd.DataFrame(rows, columns=charts.medians.columns[0])
    shown = table.dropna()
    if shown.empty:
        why = f"Fewer than {k} learners scored the same text, so nothing is shown of them."
        return empty("experts", EXPERTS, why)
    return Panel(
        "experts",
        EXPERTS,
        tuple(_compared(shown)),
        lambda: charts.medians(table),
        charts.medians.describe(table),
        _in_words(table),
        "Median score of the class and the experts' score",
        (KEY, MEDIANS),
    )


def _medians(criterion, k):
    """A row of the chart for each text that the experts scored; no median of fewer than k."""
    for n, (text, score) in enumerate(zip(criterion.texts, criterion.experts, strict=True)):
        given = criterion.given[~np.isnan(criterion.given[:, n]), n]
        if not np.isnan(score):
            yield criterion.name, text, np.median(given) if len(given) >= k else None, score


def _compared(shown):
    """The sentences; shown: the rows of the chart that have a median."""
    apart = shown["median"] - shown["experts"]
    near = int((apart.abs() <= 1).sum())
    yield (
        f"In {near} of {len(shown)} places the median score of the class is within one step of the "
        "experts' score."
    )
    far = apart.abs().max()
    if far == 0:
        yield "It is the same in all of them."
        return
    by = "1 step" if far == 1 else f"{far:g} steps"
    yield f"It is farthest off, by {by}, for {_some(_places(shown[apart.abs() == far]))}."
    above, below = int((apart >= FAR).sum()), int((apart <= -FAR).sum())
    if above or below:
        yield f"By {FAR} steps or more it is above the experts in {above}, below in {below}."


def _places(rows):
    return [
        f"{criterion} of {text} (class {median:g}, experts {score:g})"
        for criterion, text, median, score in rows.itertuples(index=False)
    ]


def _some(names):
    """The first names, and how many more there are."""
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    *first, last = [*names[:MOST], *more]
    return f"{', '.join(first)} and {last}" if first else last


def _in_words(table):
    """The table of the page."""
    apart = [
        pd.NA if pd.isna(step) else f"{step:+g}".replace("-", "−").replace("+0", "0")
        for step in table["median"] - table["experts"]
    ]
    return table.assign(difference=apart).rename(columns={"median": "class, median"})


def differing(found, k):
    """The Panel on questions to which the key accepts more than one answer; found: a Class."""
    open_ = list(_open(found, k))
    if not open_:
        return empty("differing", DIFFERING, ONE_ANSWER)
    if not any(question.counts.keys() & set(answers) for question, answers in open_):
        return empty("differing", DIFFERING, TOO_FEW)
    return Panel(
        "differing",
        DIFFERING,
        (_named([question for question, _ in open_]), _divided(open_, found.learners)),
        table=pd.DataFrame([row for each in open_ for row in _answers(*each, found.learners)]),
        table_caption="Answers that the key gives or accepts, and how many learners gave them",
        notes=(KEY, ACCEPTED),
    )


def _open(found, k):
    """Yield (Question, [the key's answer, the others that it accepts])."""
    checker = exercises.Checker(found.case)
    for question in questions(found, k):
        if question.exercise.kind in ("choice", "matrix"):
            answers = _acceptable(question, checker.key(question.exercise.id))
            if len(answers) > 1:
                yield question, answers


def _acceptable(question, key):
    """The options that are right; [] without a key."""
    options = {option.id for option in question.exercise.options}
    return [answer for answer in dict.fromkeys(question.right(key)) if answer in options]


def _named(asked):
    places = {}
    for question in asked:
        places.setdefault(question.exercise.title, []).append(_place(question))
    named = (f"“{title}” {', '.join(filter(None, p))}".strip() for title, p in places.items())
    many = "1 question" if len(asked) == 1 else f"{len(asked)} questions"
    return f"In {many} a good argument for either answer deserves marks: {'; '.join(named)}."


def _place(question):
    """The place of a question in its exercise, short: ids of rows, columns in words."""
    columns = {column.id: column.text for column in question.exercise.columns}
    column = columns[question.column] if len(columns) > 1 else ""
    return f"{question.row or ''} {column}".replace("_", " ").strip()


def _divided(open_, learners):
    """How the class split in the places where it split most, of those that may be told."""
    splits = [
        (min(given), question, answers)
        for question, answers in open_
        if len(given := [question.counts[a] for a in answers if a in question.counts]) > 1
    ]
    if not splits:
        return NO_SPLIT
    splits.sort(key=lambda each: -each[0])
    return f"Most divided: {'; '.join(_split(*each[1:], learners) for each in splits[:MOST])}."


def _split(question, answers, learners):
    words = {option.id: option.text for option in question.exercise.options}
    told = [f"{question.counts[a]} “{words[a]}”" for a in answers if a in question.counts]
    place = " ".join([f"“{question.exercise.title}”", _place(question)]).strip()
    return f"{place} ({', '.join(told)}, of {learners} who handed in)"


def _answers(question, answers, learners):
    """A row of the table for each answer that is right."""
    for answer in answers:
        count = question.counts.get(answer, pd.NA)
        yield {
            "answer": question.name(answer),
            "in the key": "given" if answer == answers[0] else "accepted",
            "learners": count,
            "share, %": pd.NA if count is pd.NA else round(100 * count / learners),
        }
