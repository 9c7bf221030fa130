"""Gives JupyterHub an environment and a proxy of its own, in a folder that git ignores.

It holds what a hub needs for the course: the packages of binder/requirements.txt, and in
`etc/jupyter` the file docs/hub/jupyter_server_config.py. JupyterHub and nbgitpuller are only run
here, as a school runs them. Licences, as the packages state them: JupyterHub, nbgitpuller and
configurable-http-proxy BSD-3-Clause.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PINS = (HERE / "requirements.txt", ROOT / "binder" / "requirements.txt")
PROXY = "configurable-http-proxy@5.3.0"
CONFIGURATION = ROOT / "docs" / "hub" / "jupyter_server_config.py"
FOLDER = ROOT / "build" / "hub"
PROGRAMS = FOLDER / ".venv" / "bin"
COURSE = "asked-to-join"  # the folder in each home into which the link puts the course
SHARED = ("binder", "data", "kit", "notebooks")
PRIVATE = shutil.ignore_patterns(
    "__pycache__", ".ipynb_checkpoints", "my_work.jsonl", "handin-*.json"
)


class Missing(Exception):
    """Something this machine must have is not there; one sentence says what."""


def make():
    """Install what PINS and PROXY name, once; again when they change. Raises Missing."""
    for program in ("git", "node", "npm"):
        if not shutil.which(program):
            raise Missing(f"The load test needs {program}: install it, then run this again.")
    ready, wanted = FOLDER / "ready.txt", PROXY + "".join(pins.read_text() for pins in PINS)
    if not (ready.is_file() and ready.read_text() == wanted):
        print("Installing JupyterHub and its proxy (once; some minutes)", file=sys.stderr)
        venv.create(FOLDER / ".venv", with_pip=True, clear=True)
        install = ["-m", "pip", "install", "--quiet", *(f"--requirement={pins}" for pins in PINS)]
        subprocess.run([PROGRAMS / "python", *install], check=True)
        npm = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", FOLDER, PROXY]
        subprocess.run(npm, check=True)
        ready.write_text(wanted)
    etc = FOLDER / ".venv" / "etc" / "jupyter"
    etc.mkdir(parents=True, exist_ok=True)
    shutil.copy(CONFIGURATION, etc)


def variables(folder):
    """Return the whole environment of a hub whose own files are in `folder`: nothing of this one.

    Only PATH is kept, behind the programs of the environment.
    """
    programs = [PROGRAMS, FOLDER / "node_modules" / ".bin", os.environ["PATH"]]
    return {"PATH": os.pathsep.join(map(str, programs)), "HOME": str(folder), "LANG": "C.UTF-8"}


def repository(folder):
    """Make a git repository of the course as it stands here; return its address."""
    place = folder / "repository"
    for name in SHARED:
        shutil.copytree(ROOT / name, place / name, ignore=PRIVATE)
    shutil.copy(ROOT / ".gitignore", place)
    who = ["-c", "user.name=load test", "-c", "user.email=nobody@example.org"]
    for order in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        [*who, "commit", "-qm", "The course"],
    ):
        subprocess.run(["git", *order], cwd=place, env=variables(folder), check=True)
    return place.as_uri()
