"""How long the class report takes, and how much memory, for 100, 1,000 and 10,000 hand-ins.

`python -m benchmarks.report 100000` measures that many instead. The hand-ins are those of
the invented class, marked first; the figures are of `python -m teach report` alone, by the clock.
"""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.marking import alone
from kit import data
from teach import grading
from teach.report.invented_class import example_class

NUMBERS = (100, 1_000, 10_000)


def run(numbers=NUMBERS):
    """Return the figures as a list of dicts: what, figure, unit, note."""
    rows = []
    for number in numbers:
        seconds, megabytes = reported(number)
        rows += [
            {"what": f"report on {number:,} hand-ins", "figure": round(seconds, 2), "unit": "s"}
            | {"note": "the whole command"},
            {"what": f"peak memory, report on {number:,}", "figure": round(megabytes), "unit": "MB"}
            | {"note": "all processes; what they share is counted in each"},
        ]
    return rows


def reported(number):
    """Return the seconds and the megabytes of a report on so many hand-ins."""
    case = data.load()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        for content in example_class(case, number):
            (folder / f"{content['code']}.json").write_text(json.dumps(content))
        grading.grade([folder], Path(place, "marks"), case)
        seconds, _, megabytes = alone(["report", "marks", "--out", "report.html"], place)
    return seconds, megabytes


if __name__ == "__main__":
    for row in run([int(number) for number in sys.argv[1:]] or NUMBERS):
        print(row["what"], row["figure"], row["unit"], row["note"], sep=" | ")
