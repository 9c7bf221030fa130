"""Binder's image of this repository, without Docker: repo2docker says what to do, a folder gets it.

| real                                                    | not there                           |
|---------------------------------------------------------|-------------------------------------|
| a clean clone of what is committed; the build pack and  | Ubuntu and its packages             |
| the Python that repo2docker chooses                     |                                     |
| the base image's Python packages, each in the version   | conda, which installs them there;   |
| of repo2docker's lock                                   | Node.js and libraries written in C  |
| the environment, which files are there at which step,   | the limits on memory and time       |
| every script, as the Dockerfile runs it                 |                                     |
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
from functools import cached_property
from pathlib import Path
from string import Template
from typing import NamedTuple

from packaging.utils import canonicalize_name
from repo2docker.app import Repo2Docker

ROOT = Path(__file__).resolve().parents[1]
# Where conda has another name for a Python package than pip has.
RENAMED = {
    "brotli-python": "brotli",
    "jupyterhub-base": "jupyterhub",
    "nbconvert-core": "nbconvert",
    "python-fastjsonschema": "fastjsonschema",
}
# What must not leak from the person at this machine into the image.
THEIRS = ("CONDA", "IPYTHON", "JUPYTER", "KIT_", "PYTHON", "VIRTUAL_ENV", "XDG_")


class NotHere(Exception):
    """The image cannot be built on this machine; the message is one sentence that says why."""


class Badge(NamedTuple):
    """Where the badge in the README leads: whose repository, which tag, which page of Jupyter."""

    account: str
    repository: str
    tag: str
    page: str


def badge(words="badge_logo.svg)"):
    """Return the badge of the README, or the link to Binder with other words."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [link] = re.findall(rf"{re.escape(words)}\]\((https://mybinder\.org/v2/gh/[^)\s]+)\)", text)
    parts = urllib.parse.urlsplit(link)
    [page] = urllib.parse.parse_qs(parts.query)["urlpath"]
    return Badge(*parts.path.removeprefix("/v2/gh/").split("/"), page)


class Pack:
    """What repo2docker makes of the repository in the folder `source`.

    It looks into the working directory whenever it is asked, so `ask` goes there first.
    """

    def __init__(self, source):
        self.source = source
        known = [kind("") for kind in Repo2Docker().buildpacks]
        with contextlib.chdir(source):
            self.chosen = next(pack for pack in known if pack.detect())
            self.python = self.chosen.python_version
        self.chosen.platform = "linux/amd64"  # what the lock is looked up for: mybinder.org's

    def ask(self, question):
        """Return what the chosen build pack answers: a list or a dict."""
        with contextlib.chdir(self.source):
            return getattr(self.chosen, question)()

    @cached_property
    def base(self):
        """A dict from Python package to its version in the base image, by names that pip has."""
        place = dict(self.ask("get_build_env"))["NB_ENVIRONMENT_FILE"]
        [file] = [at for at, to in self.ask("get_build_script_files").items() if to == place]
        lock = Path(self.chosen.generate_build_context_filename(file)[1])
        names = re.findall(r"/([^/]+)-([^-/]+)-py[^-/]*\.(?:conda|tar\.bz2)", lock.read_text())
        return {canonicalize_name(RENAMED.get(name, name)): version for name, version in names}


class Image:
    """The image, built in the empty folder `folder`; `before` and `after` are its packages.

    Raises NotHere where this machine lacks something that Binder has.
    """

    def __init__(self, folder):
        self.folder, self.source, self.repo = folder, folder / "src", folder / "repo"
        for path in (folder / "home", self.repo):
            path.mkdir()
        if not (ROOT / ".git").exists():
            raise NotHere("Binder builds what is committed, and this copy has no git history.")
        run(["git", "clone", "--quiet", ROOT, self.source])
        self.pack = Pack(self.source)
        self.environment = self._environment()
        self.python = Path(self.environment["NB_PYTHON_PREFIX"]) / "bin" / "python"
        self._lay_base()
        self.before = self.packages()
        self._assemble()
        self.after = self.packages()

    def run(self, command):
        """Run a command in the image, as a step of the Dockerfile does; return what it printed."""
        return run(command, cwd=self.repo, env=self.environment)

    def packages(self):
        """Return a dict from package to version."""
        listed = json.loads(self.run([self.python, "-m", "pip", "list", "--format=json"]))
        return {canonicalize_name(each["name"]): each["version"] for each in listed}

    def _environment(self):
        """Return what the Dockerfile sets, with its /srv and its home in our folder."""
        ours = {"HOME": "home", "REPO_DIR": "repo", "APP_BASE": "srv"}
        ours = {name: str(self.folder / place) for name, place in ours.items()}
        made = {k: v for k, v in os.environ.items() if not k.startswith(THEIRS)} | ours
        for name, value in [*self.pack.ask("get_build_env"), *self.pack.ask("get_env")]:
            made[name] = ours.get(name) or Template(value).substitute(made)
        path = ["${HOME}/.local/bin", "${REPO_DIR}/.local/bin", *self.pack.ask("get_path")]
        return made | {"PATH": Template(":".join([*path, "${PATH}"])).substitute(made)}

    def _lay_base(self):
        """Install the base image's packages, all that is in its lock and nothing else."""
        run([python(self.pack.python), "-m", "venv", self.python.parents[1]])
        pins = [f"{name}=={version}" for name, version in self.pack.base.items()]
        how = ["--quiet", "--no-deps", "--no-compile"]
        run([self.python, "-m", "pip", "install", *how, *pins])

    def _assemble(self):
        """Run the scripts, in the order and with the files of repo2docker's Dockerfile."""
        for source, to in self.pack.ask("get_preassemble_script_files").items():
            (self.repo / to).parent.mkdir(exist_ok=True)
            shutil.copy(self.source / source, self.repo / to)
        self._scripts("get_preassemble_scripts")
        shutil.copytree(self.source, self.repo, dirs_exist_ok=True)
        self._scripts("get_assemble_scripts")
        for script in self.pack.ask("get_post_build_scripts"):
            self.run(["sh", "-c", f"chmod +x {script} && ./{script}"])

    def _scripts(self, question):
        for user, script in self.pack.ask(question):
            assert user == "${NB_USER}", f"Only an image can run this, as {user}: {script}"
            self.run(["sh", "-c", script])


def python(version):
    """Return the path of a Python of this version, such as 3.11; raise NotHere if there is none."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    path = sys.executable if here == version else shutil.which(f"python{version}")
    if path is None:
        raise NotHere(
            f"Binder runs the course on Python {version} (binder/runtime.txt), and this machine "
            f"has only {here}: install Python {version}, so that python{version} starts it."
        )
    return path


def run(command, **how):
    """Run a command and return what it printed; fail with the end of that if it failed."""
    how |= {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, check=False, **how)
    told = " ".join(map(str, command))[:300]
    assert done.returncode == 0, f"This failed: {told}\n{done.stdout[-3000:]}"
    return done.stdout
