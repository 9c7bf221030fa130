"""What marking writes: `marks.csv`, `feedback/<code>.html`, `needs_a_person.csv`.

Each file is put in place in one step. The same hand-ins give the same bytes, in whatever order
they were read: rows are sorted, and no time of day and no place on the machine stands in them.

A code is written as it is, also one like "-7": the letters, digits and hyphens of codes can be no
formula that does anything, and a changed code would be nobody's. What a teacher reads in
`needs_a_person.csv` may hold names of files that a learner chose, so a cell there that a
spreadsheet could take for a formula gets an apostrophe in front.
"""

import csv
import os
from contextlib import contextmanager

from teach.grading.score import total, written_out
from teach.grading.settle import FAULTS

MARKS = ["code", "time", "receipt", "hand_ins", "points", "waiting"]
PERSON = ["what", "where", "reason", "what_to_do"]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@contextmanager
def replacing(path):
    """Open a text file for writing that takes the place of the one at `path` when it is whole."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def table(path, columns):
    """Open a CSV file for writing as `replacing` does; give the writer of its rows."""
    with replacing(path) as file:
        file.write("\ufeff")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        yield writer


def marks_row(counting, marks):
    """Return the row of marks.csv for one code (list of str)."""
    latest = counting.handed_in
    hand_ins, waiting = len(counting.others) + 1, sum(mark.waits for mark in marks)
    about = [counting.code, latest.time, latest.hash[:10], hand_ins]
    cells = [written_out(mark.points) for mark in marks]
    return [*about, written_out(total(marks)), waiting, *cells]


def write_persons(path, told):
    """Write needs_a_person.csv; return how many rows it has.

    told: (place in FAULTS, where, reason) for each thing, sorted.
    """
    kinds, rows = list(FAULTS.items()), 0
    with table(path, PERSON) as writer:
        for order, where, reason in told:
            what, to_do = kinds[order]
            writer.writerow([what, harmless(where), harmless(reason), to_do])
            rows += 1
    return rows


def harmless(text):
    """Return a cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("in/=1+1")
    ("'=1+1", 'in/=1+1')
    """
    return f"'{text}" if text.startswith(FORMULA) else text
