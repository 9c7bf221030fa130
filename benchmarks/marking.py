"""How long marking takes, and how much memory, for 25, 300 and 1,500 hand-ins; then once more.

`python -m benchmarks.marking 100000` measures that many instead. Each number has a process
of its own, from `python -m teach grade` to the last page of feedback, and the processes it starts.
The second time nothing is new.

Nothing is deleted before all is measured: where many files were deleted in the last minute, a new
one took ten times as long to create (ext4). For the same reason run it a minute after any tests.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.teach.handed_in import CASE, content, raw, some_answers, write

ROOT = Path(__file__).resolve().parents[1]
NUMBERS = (25, 300, 1_500)
MARK = ["grade", "in", "--out", "marks"]
CODE = """
import contextlib, io, json, os, resource, sys, time
started = time.perf_counter()
from teach.cli import main
from teach.workers import MOST
with contextlib.redirect_stdout(io.StringIO()):
    if main(sys.argv[1:]) not in (0, 3):
        sys.exit("not all was done")
took = time.perf_counter() - started
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
used = sum(each.ru_utime + each.ru_stime for each in (own, others))
most = own.ru_maxrss + others.ru_maxrss * min(MOST, os.cpu_count())
print(json.dumps([took, used, most / 1024]))
"""


def run(numbers=NUMBERS):
    """Return the figures as a list of dicts: what, figure, unit, note."""
    with tempfile.TemporaryDirectory() as place:
        return [scored(), floor(Path(place)), *_marked(Path(place), numbers)]


def _marked(place, numbers):
    """Return two rows for each number: time and memory."""
    rows = []
    none, bare, _ = marked(place, 1)
    for number in numbers:
        took, used, megabytes = marked(place, number)
        again, worked, _ = alone(MARK, place / str(number))
        each, work = (1000 * each / max(1, number - 1) for each in (took - none, used - bare))
        note = f"{work:.2f} ms of processor; {took:.2f} s in all, {none:.2f} s of it to start"
        rows += [
            {"what": f"marking {number:,} hand-ins", "figure": round(each, 2), "unit": "ms each"}
            | {"note": note},
            {"what": f"peak memory, {number:,} hand-ins", "figure": round(megabytes), "unit": "MB"}
            | {"note": "all processes; what they share is counted in each"},
            {"what": f"nothing new, {number:,} hand-ins", "figure": round(100 * again / took)}
            | {
                "unit": "% of the first run",
                "note": f"{again:.2f} s in all; of the processors' "
                f"time {100 * worked / used:.0f} %",
            },
        ]
    return rows


def scored(number=200):
    """Return the row of scoring alone: answers in the memory to marks, all exercises."""
    from teach.grading.marks import Scorer

    scorer = Scorer(CASE)
    contents = [content(f"owl-{n}", some_answers(n)) for n in range(number)]
    scorer.scores(contents[0], {})
    started = time.process_time()
    for each in contents:
        scorer.scores(each, {})
    took = 1000 * (time.process_time() - started) / number
    note = f"{len(scorer.exercises)} exercises; reading the same file bare: {bare(contents):.2f} ms"
    return {"what": "scoring one hand-in", "figure": round(took, 2), "unit": "ms", "note": note}


def floor(place, number=300):
    """Return the row of what no marking can do without: read a file, write one for the learner."""
    folder = place / "floor"
    folder.mkdir()
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


def marked(place, number):
    """Return the seconds, those of the processors, and the megabytes that marking takes."""
    place = place / str(number)
    (place / "in").mkdir(parents=True)
    write(place / "in", number)
    return alone(MARK, place)


def alone(command, place):
    """Run `python -m teach` with this command (list) in a folder, as a process of its own.

    Returns the seconds by the clock, those of the processors, and the megabytes at most.
    """
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{CODE}"
    whole = [sys.executable, "-c", code, *command]
    done = subprocess.run(whole, cwd=place, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    for row in run([int(number) for number in sys.argv[1:]] or NUMBERS):
        print(row["what"], row["figure"], row["unit"], row["note"], sep=" | ")
