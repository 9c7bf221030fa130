"""Do the learners rate two things as one: the source and the information?"""

import numpy as np
import pandas as pd

from kit import exercises, measures
from kit.charts.halo import INFORMATION, SOURCES
from teach import charts
from teach.measures import safe_count
from teach.report.gather import MISSING
from teach.report.panel import Panel, empty

HALO = "Do the two marks always go together?"
SCALES = list(SOURCES), list(INFORMATION)  # of the two axes, the last mark judges nothing
PUBLISHED = (
    "Published for comparison: 87 % of over 1,400 reports were A1, B2 or C3 (Baker 1968), which is "
    "not quite the same measure. By chance 1 in 5 would be on the diagonal of the 5 × 5 marks "
    "that are judged."
)
CAPTION = "How many learners gave at least one text this letter (down) and this number (across)"


def halo(found, k):
    """The Panel on the two Admiralty axes of the ratings; found: a Class; k: the fewest learners.

    A count in its grid may be shown if it and its rest, among all learners and among those who
    judged on both axes, are no few.
    """
    known = exercises.load(found.case)
    both = [id for id in found.cells if _has_both_scales(known[id])]
    pairs = _pairs(found.cells[both[0]], known[both[0]]) if both else np.empty((0, 2), int)
    learners = len(np.unique(pairs[:, 0])) if both else 0
    if learners < k:
        why = f"Fewer than {k} learners judged a text on both axes, so nothing is shown of them."
        return empty("halo", HALO, why)
    letters = ["ABCDE"[place] for place in pairs[:, 1]]
    share = measures.halo(letters, (pairs[:, 2] + 1).tolist()).share
    of = safe_count(learners, found.learners, k)
    said = _halo_words(share, of), PUBLISHED
    grid = _grid(found.cells[both[0]], known[both[0]], learners, k)
    if grid[SCALES[1]].isna().all(axis=None):
        why = f"No pair was used by {k} learners or more whose number could be shown."
        return Panel("halo", HALO, (*said, why))
    return Panel(
        "halo",
        HALO,
        said,
        lambda: charts.pairs(grid),
        charts.pairs.describe(grid),
        grid,
        CAPTION,
    )


def _has_both_scales(exercise):
    steps = {column.id: [str(value) for value in column.values] for column in exercise.columns}
    return all(steps.get(axis) == scale for axis, scale in zip(exercises.AXES, SCALES, strict=True))


def _axes(cells, exercise):
    """The letters and the numbers given, each (learners, texts), as places on their scales."""
    places = {column.id: n for n, column in enumerate(exercise.columns)}
    return (cells[:, :, places[axis]] for axis in exercises.AXES)


def _pairs(cells, exercise):
    """(learner, letter, number) of each text judged on both axes; the last mark judges nothing."""
    letters, numbers = _axes(cells, exercise)
    top = len(SOURCES) - 1
    judged = (letters != MISSING) & (numbers != MISSING) & (letters < top) & (numbers < top)
    learners = np.nonzero(judged)[0]
    return np.column_stack([learners, letters[judged], numbers[judged]])


def _halo_words(share, learners):
    return (
        f"{100 * share:.0f} % of the ratings of {learners} learners say the same with letter and "
        "number (A1, B2, C3, D4, E5)."
    )


def _grid(cells, exercise, judges, k):
    """The table of the chart: how many learners used each pair, <NA> where that is hidden."""
    letters, numbers = _axes(cells, exercise)
    given = (letters != MISSING) & (numbers != MISSING)
    size = len(SOURCES) * len(INFORMATION)
    pair = letters[given] * len(INFORMATION) + numbers[given]
    once = np.unique(np.nonzero(given)[0] * size + pair)  # one learner, one pair
    counts = np.bincount(once % size, minlength=size).reshape(len(SOURCES), -1)
    shown = _may_be_shown(counts, (len(cells), judges), given.size, k)
    table = pd.DataFrame(counts, columns=SCALES[1]).astype("Int64").where(shown)
    table.insert(0, "source", SCALES[0])
    return table


def _may_be_shown(counts, totals, places, k):
    """Tell for each count whether neither it nor a rest tells of fewer than k learners.

    totals: learners in all, and those said to have judged. places: answers there could be; if all
    but a few of them were among the counts, the few would be known, so the smallest count goes.
    """
    shown = counts >= k
    for total in totals:
        shown &= ~((total - k < counts) & (counts < total))
    if 0 < places - counts[shown].sum() < k:
        shown &= counts > counts[shown].min()
    return shown
