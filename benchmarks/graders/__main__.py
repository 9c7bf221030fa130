"""Measure the marking against nbgrader and otter-grader and print one table (in Markdown).

| file            | holds                                                                    |
|-----------------|--------------------------------------------------------------------------|
| `assignment`    | the 20 exercises, and what each invented learner answers                 |
| `notebooks`     | the learners' notebooks, sound or spoilt                                 |
| `with_nbgrader` | `nbgrader generate_assignment` and `autograde`                           |
| `with_otter`    | `otter assign` and `otter run`                                           |
| `ours`          | `python -m teach grade`                                                     |
| `sizes`         | time and memory by the number of hand-ins                                |
| `accidents`     | an infinite loop, a deleted cell, a broken file                          |
| `measured`      | runs a command and looks at the memory of all its processes              |
| `environment`   | installs the other two into build/graders, away from the course          |

All three mark the same answers of the same learners, each with its own commands as it comes; every
mark is compared with what the answer deserves. The tests in the notebooks are one plain comparison
an exercise and import nothing, which is the least a notebook can cost. The other two write no
feedback pages here; the kit does.
"""

import argparse
import contextlib
import math
import shutil
import tempfile
from pathlib import Path

from benchmarks.graders import environment, ours, sizes, with_nbgrader, with_otter
from benchmarks.graders.accidents import accident

GRADERS = (ours, with_nbgrader, with_otter)
EXAMPLE = """\
examples:
  python -m benchmarks.graders --hand-ins 25
  python -m benchmarks.graders --hand-ins 25 300 1500 --measured-up-to 25 --ours 100000
"""


def main():
    """Print the rows as they come."""
    asked = _asked()
    environment.make()
    print("| what | figure | unit | note |\n|---|---:|---|---|", flush=True)
    for grader in GRADERS:
        for row in run(grader, asked):
            cells = (row[key] for key in ("what", "figure", "unit", "note"))
            print("|", " | ".join(cells), "|", flush=True)


def run(grader, asked):
    """Yield the rows of one grader: first by the number of hand-ins, then the accidents."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared"
        prepared.mkdir()
        grader.prepare(prepared)
        for hand_ins in sorted({*asked.hand_ins, *(asked.ours if grader is ours else ())}):
            if grader is ours or hand_ins <= asked.measured_up_to:
                with _copy_of(prepared) as place:
                    found = sizes.size(grader, place, hand_ins)
                yield from sizes.rows(grader.NAME, found)
            else:
                yield sizes.extrapolated(grader.NAME, found, hand_ins)
        for trouble in grader.TROUBLES:
            with _copy_of(prepared) as place:
                yield accident(grader, place, trouble, asked.patience)


@contextlib.contextmanager
def _copy_of(prepared):
    """Give a copy of a prepared folder, and remove it afterwards."""
    place = prepared.with_name("copy")
    shutil.copytree(prepared, place)
    yield place
    shutil.rmtree(place)


def _asked():
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.graders",
        description="Measure the marking against nbgrader and otter-grader.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    number = {"type": int, "metavar": "N"}
    parser.add_argument(
        "--hand-ins", **number, nargs="+", default=[3], help="how many to mark (default: 3)"
    )
    parser.add_argument(
        "--ours", **number, nargs="+", default=[], help="how many the kit marks besides"
    )
    parser.add_argument(
        "--measured-up-to",
        **number,
        default=math.inf,
        help="from here on, extrapolate for the other two (default: measure all)",
    )
    parser.add_argument(
        "--patience",
        **number,
        default=120,
        help="seconds until a command with a spoilt hand-in is stopped (default: 120)",
    )
    asked = parser.parse_args()
    if asked.measured_up_to < min(asked.hand_ins):
        parser.error("--measured-up-to is below the smallest of --hand-ins; measure at least that.")
    return asked


if __name__ == "__main__":
    main()
