"""The class report of a folder of marks, or of the invented class."""

from functools import partial
from pathlib import Path

from kit import exercises
from kit.errors import cause
from teach.grading.outputs import replacing
from teach.grading.rubric import RubricError
from teach.grading.written import hand_ins
from teach.report import (
    agreeing,
    experts,
    halo,
    mistakes,
    named,
    page,
    ranks,
    repeats,
    shown_first,
    two_tests,
    valid,
)
from teach.report.example import INVENTED, example_class
from teach.report.gather import gather

FEWEST = 10  # learners that a shown number may stand for
PANELS = (
    two_tests.sharper,
    two_tests.calibrated,
    mistakes.mistakes,
    agreeing.agreeing,
    valid.valid,
    experts.experts,
    experts.differing,
    halo.halo,
    ranks.ranks,
    shown_first.shown_first,
    repeats.repeats,
)


class ReportError(Exception):
    """There is no report; the message is one sentence: what, where, what to do."""


def panels(found, k=FEWEST):
    """Return the Panels of a Class; none tells of fewer than k learners.

    Raises ReportError for a k under 2.
    """
    _check(k)
    return [panel(found, k) for panel in PANELS]


def _check(k):
    if k < 2:
        raise ReportError(f"k is {k}, and a number for one learner hides nobody; choose 2 or more.")


def drawn(found, hands, k=FEWEST):
    """Return the Panels as `panels` does, their pictures drawn.

    hands: Hands; the processes that were started take their share, as drawing takes longest.
    """
    _check(k)
    return hands.split(partial(_drawn, found, k), PANELS)


def _drawn(found, k, panel):
    return page.drawn(panel(found, k))


def class_of(folder, case, share=map):
    """Return the Class of the hand-ins that count in a marks' folder; raise ReportError.

    share: what does a work on many things, such as the `share` of a teach.grading.cluster.Cluster.
    """
    try:
        return gather((content for _, content in hand_ins(Path(folder))), case, share)
    except (RubricError, exercises.ExerciseError) as error:
        raise ReportError(str(error)) from None


def invented_class(case):
    """Return the Class of the invented learners."""
    return gather((content["answers"] for content in example_class(case)), case)


def write(found, out, k=FEWEST, invented=False, hands=None, marks=None):
    """Write the report of a Class as one HTML file; raise ReportError.

    hands: Hands whose processes are to draw their share, or None. marks: the folder whose codes and
    points are to be shown as well, with a warning; None, as a rule, shows nobody's.
    """
    made = drawn(found, hands, k) if hands else panels(found, k)
    made += [named.named(marks)] if marks else []
    warning = named.WARNING if marks else ""
    about = [
        f"{found.case.title}: {found.case.question}",
        f"{found.learners:,} learners handed in.",
        f"{'Apart from the last table, no' if marks else 'No'} number below stands for fewer than "
        f"{k} of them.",
    ]
    html = page.page("Class report", made, about, INVENTED if invented else "", warning)
    try:
        with replacing(Path(out)) as file:
            file.write(html)
    except OSError as error:
        why, remedy = cause(error)
        raise ReportError(f"{out} cannot be written because {why}; {remedy}.") from None
