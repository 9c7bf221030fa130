"""What another key would change in the marks, before anybody changes anything.

The hand-ins that count are graded with the course's key and with the other one. Nothing is written.
A mark that is not what the course's key gives today, as it was decided by the teacher or comes from
another key, is left as it is and counted apart.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from kit.data import Case
from kit.words import plural
from teach.files import writing
from teach.grading.marks import Scorer, answers_in, as_text, submissions
from teach.grading.settings import remembered
from teach.spreadsheet import csv_writer

COLUMNS = ("exercise", "code", "points_now", "points_then", "difference")
NONE = "No learner's points would change."


class PointsChange(NamedTuple):
    """One learner's points in one exercise, with the key as it is and with the other one."""

    exercise: str
    title: str
    code: str
    now: float
    then: float

    @property
    def difference(self) -> float:
        """How many points the learner would gain; below 0 how many lose."""
        return round(self.then - self.now, 2)


class Regraded(NamedTuple):
    """What would change, exercise by exercise; of how many learners; marks that are left as is."""

    changes: list[PointsChange]
    learners: int
    left: int

    def sentences(self) -> Iterator[str]:
        """Yield what would change, in words, with codes; the first says it in all."""
        codes = {change.code for change in self.changes}
        of = plural(self.learners, "learner")
        yield f"Of {of} the points of {len(codes)} would change." if codes else NONE
        for _, group in groupby(self.changes, key=attrgetter("exercise")):
            changes = list(group)
            yield f"{changes[0].title} ({changes[0].exercise})"
            for sign, word in ((1, "gain"), (-1, "lose")):
                if some := [c for c in changes if c.difference * sign > 0]:
                    yield f"  {_in_words(some, word)}"
        if self.left:
            yield (
                f"Left as it is: {plural(self.left, 'mark')} that the key of today does not give; "
                "decided by you, or from another key."
            )


def regrade(folder: Path | str, case: Case, other: Case) -> Regraded:
    """Return what the key of `other` would change in a folder of marks; raise KitError.

    case: the course with the key that it has; other: the same course with another key.
    """
    now, then = Scorer(case), Scorer(other)
    now.use(remembered(Path(folder)))
    keys = now.checker.key, then.checker.key
    differ = {id: each for id, each in now.exercises.items() if keys[0](id) != keys[1](id)}
    now.exercises = then.exercises = differ
    changes, learners, left = [], 0, 0
    for mark, content in submissions(Path(folder)):
        learners += 1
        answers = {"answers": answers_in(content)}
        scores = zip(now.scores(answers, {}), then.scores(answers, {}), strict=True)
        for before, after in scores:
            title, points = differ[before.id].title, (before.points or 0.0, after.points or 0.0)
            if mark.points_in(before.id) != before.points:
                left += 1
            elif points[0] != points[1]:
                changes.append(PointsChange(before.id, title, mark.code, *points))
    order = list(differ)
    return Regraded(sorted(changes, key=lambda c: order.index(c.exercise)), learners, left)


def write(changes: Iterable[PointsChange], out: Path | str) -> None:
    """Write the changes as a table, one row a code and exercise; raise KitError."""
    with writing(out), csv_writer(Path(out), COLUMNS) as writer:
        for change in changes:
            points = map(as_text, (change.now, change.then, change.difference))
            writer.writerow([change.exercise, change.code, *points])


def _in_words(changes: list[PointsChange], word: str) -> str:
    by = [abs(change.difference) for change in changes]
    points = f"{min(by):g} to {max(by):g} points, {mean(by):.2g} on average"
    if min(by) == max(by):
        points = f"{plural(1, 'point') if by[0] == 1 else f'{by[0]:g} points'} each"
    who = plural(len(changes), "learner")
    return f"{who} would {word} {points}: {', '.join(change.code for change in changes)}"
