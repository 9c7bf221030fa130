"""What a teacher may ask to see besides: each learner's code and points. It hides nobody."""

from pathlib import Path

import pandas as pd

from teach.grading.marks import MARKS, as_text, read_marks
from teach.report.panel import Panel

WARNING = (
    "This page shows the codes and points of single learners, because you asked for them. It is "
    "for you alone: do not hand it round."
)
SHOWN = ("code", "points", "waiting", "hand_ins")


def named(folder):
    """Return the Panel of the codes and points in a marks' folder, the fewest points first.

    folder: as `teach grade` wrote it and `teach.grading.marks.submissions` could read it.
    """
    marks = read_marks(Path(folder, MARKS)).values()
    rows = [(mark.code, as_text(mark.points), mark.waiting, mark.hand_ins) for mark in marks]
    table = pd.DataFrame(rows, columns=SHOWN)
    numbers = table[list(SHOWN[1:])].apply(pd.to_numeric)
    table = table.assign(**numbers).sort_values("points", kind="stable", ignore_index=True)
    return Panel(
        "named",
        "Whose points are they?",
        (WARNING,),
        table=table.rename(columns={"hand_ins": "hand-ins"}),
        table_caption="Points so far, and written answers that wait for a person",
    )
