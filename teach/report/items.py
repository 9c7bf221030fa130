"""How did each exercise go: points, how hard, does it go with the rest, what it took to get there.

Points are those of `marks.csv`, so what people marked and decided is in them. What is not answered
earned nothing; what waits for a person, and what somebody is excused from, does not count.

A mean share of points of an exercise that is right or wrong is a count of learners. So it is held
against what `answer_counts` tells of the same exercise: no two numbers leave a third of a few.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit import exercises
from kit.exercises import Checker, Exercise
from kit.measures.suppression import hide_small, safe_count
from kit.words import minus
from teach import charts
from teach.measures.item_rest import ItemRest, item_rest
from teach.report.answer_counts import questions
from teach.report.gather import MISSING, ClassAnswers
from teach.report.page import Finding, panel

ONE_ANSWER = ("choice", "number", "date")  # kinds of which each learner gives one answer, or none
FULL = 1 - 1e-9
MOST_NAMED = 3


class Item(NamedTuple):
    """One exercise: shares of its points, 0 where not answered; who answered, how, after what.

    shares: (those who count,). answered, hinted: learners. changes: of those who answered.
    told_wrong: learners whose wrong answer is told elsewhere on the page.
    """

    exercise: Exercise
    shares: np.ndarray
    answered: int
    hinted: int
    changes: np.ndarray
    rest: ItemRest
    told_wrong: int


@panel
def items(answers: ClassAnswers, k: int) -> Finding | str:
    """Points exercise by exercise, the hardest first."""
    course = _items(answers, k)
    if not course:
        return "There are no points to show: give the folder that teach grade wrote."
    shown = [item for item in course if item.answered >= k and len(item.shares) >= k]
    if not shown:
        return f"Fewer than {k} learners have points in the same exercise, so none is shown."
    shown.sort(key=lambda item: item.shares.mean())
    rows = [_row(item, answers.learners, k) for item in shown]
    drawn = pd.DataFrame([_drawn(item, row) for item, row in zip(shown, rows, strict=True)])
    left = [item.exercise.title for item in course if item not in shown]
    return Finding(
        [*_how_hard(rows, k), *_with_the_rest(shown), *_left_out(left, k)],
        charts.discrimination if any(item.rest.r is not None for item in shown) else None,
        drawn,
        pd.DataFrame(rows),
    )


def _items(answers: ClassAnswers, k: int) -> list[Item]:
    """The exercises in which somebody has points, in the course's order."""
    known = list(exercises.load(answers.case).values())
    excused = answers.points == MISSING
    shares = np.where(excused, np.nan, answers.points) / np.array([each.points for each in known])
    correlated = item_rest(shares, np.array([each.points for each in known]))
    told = _told_wrong(answers, k)
    return [
        Item(
            exercise,
            np.nan_to_num(column[~np.isnan(column) | (changes == MISSING) & ~is_excused]),
            int((~np.isnan(column)).sum()),
            int((hints > 0).sum()),
            changes[changes != MISSING],
            rest,
            told.get(exercise.id, 0),
        )
        for exercise, column, is_excused, changes, hints, rest in zip(
            known, shares.T, excused.T, answers.changes.T, answers.hints.T, correlated, strict=True
        )
        if not np.isnan(column).all()
    ]


def _told_wrong(answers: ClassAnswers, k: int) -> dict[str, int]:
    checker = Checker(answers.case)
    return {
        asked.exercise.id: sum(
            number
            for answer, number in asked.counts.items()
            if checker.check(asked.exercise.id, answer).state == "not yet"
        )
        for asked in questions(answers, k)
        if asked.exercise.kind in ONE_ANSWER
    }


def _row(item: Item, learners: int, k: int) -> dict[str, Any]:
    """A row of the table under the picture."""
    rest, changes = item.rest, item.changes
    took, _ = hide_small([item.hinted, learners - item.hinted], k)
    median = len(changes) >= k and item.exercise.kind != "written"
    return {
        "exercise": item.exercise.title,
        "points": item.exercise.points,
        "with points": _answered(item, learners, k),
        "share of points": _share(item, k),
        "middle half, %": _middle_half(item, k),
        "goes with the rest": _number(rest.r),
        "from": _number(rest.low),
        "to": _number(rest.high),
        "changes": f"{np.median(changes):g}" if median else "–",
        "took a hint": pd.NA if took is None else f"{took:,}",
    }


def _few(number: int, k: int) -> bool:
    return 0 < number < k


def _answered(item: Item, learners: int, k: int) -> Any:
    """How many answered; hidden where that tells how few gave one more wrong answer."""
    one_answer = item.exercise.kind in ONE_ANSWER
    others = item.answered - int((item.shares > FULL).sum()) - item.told_wrong
    return pd.NA if one_answer and _few(others, k) else safe_count(item.answered, learners, k)


def _share(item: Item, k: int) -> Any:
    """The mean share of the points, in percent; in words where it tells of a few.

    A few who did not earn all of them, or a few who earned any, are told by a bound.
    """
    learners, full = len(item.shares), int((item.shares > FULL).sum())
    bound = 100 * k / learners
    if learners - full < k:
        return f"over {np.floor(100 - bound):.0f} %"
    if (item.shares > 0).sum() < k:
        return f"under {np.ceil(bound):.0f} %"
    others = learners - full - item.told_wrong
    if item.exercise.kind in ONE_ANSWER and _few(others, k):
        return pd.NA
    return f"{100 * item.shares.mean():.0f} %"


def _middle_half(item: Item, k: int) -> Any:
    """Between which shares of the points the middle half of the learners is."""
    if pd.isna(share := _share(item, k)) or not share[0].isdigit():
        return "–"
    low, high = (100 * np.quantile(item.shares, (0.25, 0.75))).round()
    return f"{low:.0f} to {high:.0f}"


def _number(value: float | None) -> str:
    return "–" if value is None else minus(f"{value:.2f}")


def _drawn(item: Item, row: dict[str, Any]) -> dict[str, Any]:
    share = row["share of points"]
    numbers = {"value": item.rest.r, "low": item.rest.low, "high": item.rest.high}
    return {"name": row["exercise"], "share": "hidden" if pd.isna(share) else share, **numbers}


def _how_hard(rows: list[dict], k: int) -> Iterator[str]:
    told = [row for row in rows if not pd.isna(row["share of points"])]
    if len(told) > 1:
        hardest, easiest = (f"“{r['exercise']}” ({_in_words(r, k)})" for r in (told[0], told[-1]))
        yield f"The hardest exercise was {hardest}, the easiest {easiest}."


def _in_words(row: dict[str, Any], k: int) -> str:
    """The mean share; of a bound, which beside a mean would mislead, what it stands for."""
    share = row["share of points"]
    did = {"over": "missed", "under": "earned"}.get(share.split()[0])
    return f"fewer than {k} learners {did} any of its points" if did else f"{share} on average"


def _with_the_rest(shown: list[Item]) -> Iterator[str]:
    """Which exercises go with the rest, which against it, of which one cannot tell."""
    known = [
        (item.exercise.title, rest.low, rest.high)
        for item in shown
        for rest in [item.rest]
        if rest.low is not None and rest.high is not None
    ]
    with_it = [title for title, low, _ in known if low > 0]
    against = [title for title, _, high in known if high < 0]
    if known:
        yield (
            f"In {len(with_it)} of {len(known)} exercises who did well elsewhere did better here, "
            "too (the whole interval is above 0)."
        )
    if against:
        yield (
            f"Who did well elsewhere did worse in {_some(against)}. Look at its key and its words "
            "before you look at the learners; `python -m teach regrade` shows what another key "
            "would change."
        )
    for note in dict.fromkeys(item.rest.note for item in shown if item.rest.note):
        titles = [item.exercise.title for item in shown if item.rest.note == note]
        yield f"{_some(titles)}: how it goes with the rest is {note}."


def _left_out(titles: list[str], k: int) -> Iterator[str]:
    if titles:
        yield f"Left out, as fewer than {k} learners have points there: {_some(titles)}."


def _some(titles: list[str]) -> str:
    more = [f"{len(titles) - MOST_NAMED} more"] if len(titles) > MOST_NAMED else []
    return ", ".join([*(f"“{title}”" for title in titles[:MOST_NAMED]), *more])
