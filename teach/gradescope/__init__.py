"""Builds `autograder.zip`: the parts that mark, the data, and Gradescope's two scripts.

`grade` is what runs there, on one submission: it grades a hand-in as data and runs nothing in it.

The same kit gives the same bytes: members in order, without times, stored as they are.
Nothing has to be installed but Python. Which one Gradescope's machines have is not known here,
so `setup.sh` looks for one that will do and asks the system for one only if there is none.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kit import data, exercises
from kit.data import Case
from kit.errors import KitError, cause
from teach.files import replacing

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "kit": ("data", "exercises", "journal", "measures", "submission"),
    "teach": ("files.py", "gradescope", "grading", "measures", "spreadsheet.py", "workers.py"),
}
KINDS = {".py", ".csv", ".json", ".toml", ".txt"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can name

FIND_PYTHON = """\
find_python() {
  for python in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      return 0
    fi
  done
  return 1
}
"""
SETUP = f"""\
#!/usr/bin/env bash
# The kit needs Python 3.11 or newer and no packages.
set -euo pipefail
{FIND_PYTHON}
if ! find_python; then
  apt-get update
  apt-get install -y python3.11
fi
"""
RUN = f"""\
#!/usr/bin/env bash
# Marks the hand-in among the submitted files. None of them is run or imported.
set -euo pipefail
{FIND_PYTHON}
if ! find_python; then
  echo "There is no Python 3.11 or newer here; look at what setup.sh said." >&2
  exit 1
fi
root="${{AUTOGRADER_ROOT:-/autograder}}"
cd "$root/source"
exec "$python" -E -s -B -m teach.gradescope.grade "$root/submission" "$root/results/results.json"
"""
SCRIPTS = {"run_autograder": RUN, "setup.sh": SETUP}


class Built(NamedTuple):
    """The zip that was written. points: what it gives at most; written: what a person gives."""

    path: Path
    points: int
    written: int

    def __repr__(self) -> str:
        return (
            f"{self.path.name}: upload it as the autograder of a Gradescope assignment.\n"
            f"It gives up to {self.points} points; the written answers, {self.written} points, "
            "are for a person to mark."
        )


def build(out: Path | str) -> Built:
    """Write the zip to the path `out`; raise KitError."""
    out, case = Path(out), data.load()
    course = exercises.load(case).values()
    written = sum(exercise.points for exercise in course if exercise.kind == "written")
    try:
        with replacing(out) as [file], zipfile.ZipFile(file, "w") as archive:
            for name, content in _members(case):
                member = zipfile.ZipInfo(name, EPOCH)
                member.create_system = 3  # Unix: only there the mode counts
                member.external_attr = (0o100755 if name in SCRIPTS else 0o100644) << 16
                archive.writestr(member, content)
    except OSError as error:
        why, remedy = cause(error)
        raise KitError(f"{out.name} was not written because {why}; {remedy}.") from None
    return Built(out, sum(exercise.points for exercise in course) - written, written)


def _members(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every member, in order: what marks, the case and its key."""
    yield from ((name, script.encode()) for name, script in SCRIPTS.items())
    parts = [ROOT / package / part for package, names in PARTS.items() for part in names]
    folders = [case.path, *([case.key.path] if case.key else []), *parts]
    paths = {path for folder in folders for path in [folder, *folder.rglob("*")]}
    packages = [*(ROOT / "kit").glob("*.py"), ROOT / "teach" / "__init__.py"]
    files = {path for path in paths if path.suffix in KINDS}
    for path in sorted([ROOT / "LICENSE", *packages, *files]):
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
