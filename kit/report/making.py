"""The class report of a folder of marks, or of the invented class."""

from pathlib import Path

from kit import exercises
from kit.marking.cluster import ClusterError, helpers
from kit.marking.hands import HandEnded
from kit.marking.outputs import replacing
from kit.marking.rubric import RubricError
from kit.marking.written import hand_ins
from kit.report import (
    agreeing,
    experts,
    halo,
    mistakes,
    ranks,
    repeats,
    shown_first,
    two_tests,
    valid,
)
from kit.report.example import INVENTED, example_class
from kit.report.gather import gather
from kit.report.page import page
from kit.work.reading import cause

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
    if k < 2:
        raise ReportError(f"k is {k}, and a number for one learner hides nobody; choose 2 or more.")
    return [panel(found, k) for panel in PANELS]


def class_of(folder, case, cluster=None):
    """Return the Class of the hand-ins that count in a marks' folder; raise ReportError.

    cluster: the address of a Dask scheduler whose workers are to help, in place of this machine's
    processors.
    """
    try:
        with helpers(cluster) as hands:
            return gather((content for _, content in hand_ins(Path(folder))), case, hands.share)
    except (RubricError, ClusterError, exercises.ExerciseError) as error:
        raise ReportError(str(error)) from None
    except HandEnded:
        raise ReportError(
            "A process that helped was ended from outside, perhaps for want of memory; run the "
            "same command again."
        ) from None


def invented_class(case):
    """Return the Class of the invented learners."""
    return gather((content["answers"] for content in example_class(case)), case)


def write(found, out, k=FEWEST, invented=False):
    """Write the report of a Class as one HTML file; raise ReportError."""
    about = [
        f"{found.case.title}: {found.case.question}",
        f"{found.learners:,} learners handed in.",
        f"No number below stands for fewer than {k} of them.",
    ]
    html = page("Class report", panels(found, k), about, INVENTED if invented else "")
    try:
        with replacing(Path(out)) as file:
            file.write(html)
    except OSError as error:
        why, remedy = cause(error)
        raise ReportError(f"{out} cannot be written because {why}; {remedy}.") from None
