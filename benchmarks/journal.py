"""How fast the journal is: synced appends against the bare system calls, and reading it all."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from kit.journal import Journal
from kit.journal.lines import checked

APPENDS = 300
LINES = 10_000


def run():
    """Return the figures as a list of dicts: what, figure, unit, note."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = append_times(Path(folder))
        fold = fold_time(Path(folder) / "long.jsonl")
    note = f"median of {APPENDS}, each synced to the disk, in turn with the bare calls"
    return [
        {"what": "journal appends", "figure": round(1 / ours), "unit": "a second", "note": note},
        {
            "what": "journal append over bare os.write + os.fsync",
            "figure": round(ours / bare, 2),
            "unit": "times",
            "note": f"bare: {round(1 / bare)} a second, same lines, file kept open",
        },
        {
            "what": f"reading and folding {LINES:,} lines",
            "figure": round(fold, 3),
            "unit": "s",
            "note": "300 ids; a learner's whole course is a few thousand lines",
        },
    ]


def append_times(folder):
    """Return the median seconds of one append: the journal's, and that of the bare calls."""
    journal, ours, bare = Journal(folder / "my_work.jsonl"), [], []
    file = os.open(folder / "bare.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in range(APPENDS):
        line = checked(f"stances/P{number % 8}", "asserts").encoded
        started = time.perf_counter()
        journal.write(f"stances/P{number % 8}", "asserts")
        between = time.perf_counter()
        os.write(file, line)
        os.fsync(file)
        ours.append(between - started)
        bare.append(time.perf_counter() - between)
    os.close(file)
    return statistics.median(ours), statistics.median(bare)


def fold_time(path):
    """Return the seconds from a new Journal on a long file to its state (best of 3)."""
    lines = [checked(f"matrix/row{n % 60}/column{n % 5}", "asserts") for n in range(LINES)]
    path.write_bytes(b"".join(line.encoded for line in lines))
    times = []
    for _ in range(3):
        started = time.perf_counter()
        Journal(path).state()
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    for row in run():
        print(row["what"], row["figure"], row["unit"], row["note"], sep=" | ")
