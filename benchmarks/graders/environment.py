"""Gives nbgrader and otter-grader an environment of their own, in a folder that git ignores.

Both are only run here, as their users run them. Nothing of the kit imports or brings them, and they
stand in no requirements but the file beside this one. Licences, as the packages state them: both
BSD-3-Clause.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS = Path(__file__).with_name("requirements.txt")
FOLDER = ROOT / "build" / "graders"
PROGRAMS = FOLDER / ".venv" / ("Scripts" if os.name == "nt" else "bin")


def make():
    """Install what PINS names, once; again when PINS changes."""
    ready = FOLDER / "ready.txt"
    if ready.is_file() and ready.read_text() == PINS.read_text():
        return
    print("Installing nbgrader and otter-grader (once; some minutes)", file=sys.stderr)
    venv.create(FOLDER / ".venv", with_pip=True, clear=True)
    install = ["-m", "pip", "install", "--quiet", "--requirement", PINS]
    subprocess.run([PROGRAMS / "python", *install], check=True)
    ready.write_text(PINS.read_text())


def variables():
    """Return the environment variables of a shell in which the environment is active."""
    return {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}


def version_of(package):
    """Return the version of a package that PINS asks for.

    >>> version_of("nbgrader").startswith("0.9.")
    True
    """
    lines = PINS.read_text().split()
    return next(line.split("==")[1] for line in lines if line.startswith(f"{package}=="))
