"""How long marking takes, and how much memory, for 25, 300 and 1,500 hand-ins.

`python -m tests.benchmarks.marking 100000` measures that many instead. Each number has a process
of its own, from `python -m kit mark` to the last page of feedback; the time is that of the
processor, so that other work on the machine counts less.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.handed_in import CASE, content, raw, some_answers, write

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = (25, 300, 1_500)
CODE = """
import contextlib, io, json, resource, sys, time
from kit.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    if main(["mark", "in", "--out", "marks"]):
        sys.exit("not all was marked")
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def run(numbers=NUMBERS):
    """Return the figures as a list of dicts: what, figure, unit, note."""
    none, _ = marked(1)
    rows = [scored(), floor()]
    for number in numbers:
        seconds, megabytes = marked(number)
        each = 1000 * (seconds - none) / max(1, number - 1)
        note = f"{seconds:.2f} s in all, {none:.2f} s of it to start"
        rows += [
            {"what": f"marking {number:,} hand-ins", "figure": round(each, 2), "unit": "ms each"}
            | {"note": note},
            {"what": f"peak memory, {number:,} hand-ins", "figure": round(megabytes), "unit": "MB"}
            | {"note": "the whole process"},
        ]
    return rows


def scored(number=200):
    """Return the row of scoring alone: answers in the memory to marks, all exercises."""
    from kit.marking.score import Scorer

    scorer = Scorer(CASE, {})
    contents = [content(f"owl-{n}", some_answers(n)) for n in range(number)]
    scorer.marks(contents[0])
    started = time.process_time()
    for each in contents:
        scorer.marks(each)
    took = 1000 * (time.process_time() - started) / number
    note = f"{len(scorer.exercises)} exercises; reading the same file bare: {bare(contents):.2f} ms"
    return {"what": "scoring one hand-in", "figure": round(took, 2), "unit": "ms", "note": note}


def floor(number=300):
    """Return the row of what no marking can do without: read a file, write one for the learner."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, number)
        started = time.process_time()
        for file in sorted(folder.iterdir()):
            text = file.read_bytes().decode("ascii")
            json.loads(text)
            draft = file.with_suffix(".draft")
            draft.write_text(text, encoding="ascii")
            draft.replace(file.with_suffix(".html"))
        took = 1000 * (time.process_time() - started) / number
    note = "read a file as JSON and put one of its length in place, and nothing else"
    return {"what": "the floor", "figure": round(took, 2), "unit": "ms each", "note": note}


def bare(contents):
    """Return the milliseconds that Python's own json needs to read one of the files."""
    files = [raw(each) for each in contents]
    started = time.process_time()
    for each in files:
        json.loads(each)
    return 1000 * (time.process_time() - started) / len(files)


def marked(number):
    """Return the seconds of processor and the megabytes that marking this many takes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        write(folder, number)
        command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{CODE}"]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    for row in run([int(number) for number in sys.argv[1:]] or NUMBERS):
        print(row["what"], row["figure"], row["unit"], row["note"], sep=" | ")
