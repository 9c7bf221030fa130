"""Did talking change their judgement? The first judgement of a class beside its second."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kit import exercises
from kit.measures.suppression import safe_count
from teach.report.gather import MISSING, ClassAnswers
from teach.report.page import Finding, panel

SAME = 1.0  # percentage points: a smaller change of what is shared is none


@panel
def moved(answers: ClassAnswers, k: int) -> Finding | str:
    """What changed between the two judgements of those who gave both."""
    twice = {id: _both(both) for id, both in answers.again.items()}
    learners = {id: len(both[0]) for id, both in twice.items()}
    if not any(learners.values()):
        return "Nobody gave a second judgement."
    known = exercises.load(answers.case)
    rows = [
        _row(known[id].title, twice[id], safe_count(number, answers.learners, k))
        for id, number in learners.items()
        if number >= k
    ]
    if not rows:
        return f"Fewer than {k} learners judged the same thing twice, so nothing is shown of them."
    table = pd.DataFrame(rows)
    return Finding(_in_words(table), table=table)


def _both(both):
    """First and second judgements, (learners, places), of those who gave some place in both."""
    first, second = both.reshape(*both.shape[:2], both.shape[2] * both.shape[3]).swapaxes(0, 1)
    given = (first != MISSING) & (second != MISSING)
    some = given.any(axis=1)
    return [np.where(given, each, MISSING)[some] for each in (first, second)]


def _row(title, both, learners):
    first, second = both
    given = first != MISSING
    return {
        "judged": title,
        "learners": learners,
        "marks changed, %": round(100 * float((first != second)[given].mean()), 1),
        "shared before, %": round(_shared(first), 1),
        "shared after, %": round(_shared(second), 1),
    }


def _shared(marks: np.ndarray) -> float:
    """Return how many of 100 marks are the one given most often at their place.

    >>> _shared(np.array([[0, 1], [0, 2], [1, -1], [0, 2]])).__round__(1)
    71.4
    """
    counts = [np.bincount(column[column != MISSING]) for column in marks.T]
    most = sum(int(each.max()) for each in counts if len(each))
    return 100 * most / int((marks != MISSING).sum())


def _in_words(table: pd.DataFrame) -> Iterator[str]:
    for title, learners, changed, before, after in table.itertuples(index=False):
        yield (
            f"{title}: {learners} learners judged twice. They changed {changed:.0f} % of their "
            f"marks. Before, {before:.0f} % were the one most often given at their place; after, "
            f"{after:.0f} %: {_verdict(after - before)}."
        )
    yield "Closer together is not closer to what the record shows: ask which reason moved them."


def _verdict(change):
    if abs(change) < SAME:
        return "as far apart as before"
    return "closer together" if change > 0 else "further apart"
