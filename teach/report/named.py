"""What a teacher may ask to see besides: each learner's code and points. It hides nobody."""

import csv
from pathlib import Path

import pandas as pd

from teach.report.panel import Panel

WARNING = (
    "This page shows the codes and points of single learners, because you asked for them. It is "
    "for you alone: do not hand it round."
)
SHOWN = ("code", "points", "waiting", "hand_ins")


def named(folder):
    """Return the Panel of the codes and points in a marks' folder, the fewest points first.

    folder: as `teach grade` wrote it and `teach.grading.written.hand_ins` could read it.
    """
    with Path(folder, "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: row[name] for name in SHOWN} for row in csv.DictReader(file)]
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
