"""The Python of the browser-only edition: Pyodide, the wheels, the kit with its data.

Pyodide reads in `pyodide-lock.json` what there is to load. The list written here names only what
lies in the same folder, so a page that loads it asks nobody else for anything.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCK = "pyodide-lock.json"
ITSELF = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide.asm.*js")
NOT_OURS = shutil.ignore_patterns("__pycache__", ".*")


def unpack_pyodide(folder, version):
    """Put Pyodide itself, as its makers publish it on npm, into `folder`; return its own list."""
    with tempfile.TemporaryDirectory() as place:
        _run(["npm", "pack", f"pyodide@{version}", "--pack-destination", place])
        [packed] = Path(place).glob("*.tgz")
        shutil.unpack_archive(packed, place)
        return copy_pyodide(folder, Path(place, "package"))


def copy_pyodide(folder, source):
    """Put Pyodide itself into `folder`, from the folder `source`; return its own list (dict).

    Raises SystemExit, one sentence, if `source` holds no Pyodide.
    """
    folder.mkdir(parents=True)
    try:
        for name in (*ITSELF, LOCK):
            for path in [source / name] if "*" not in name else source.glob(name):
                shutil.copy(path, folder)
        return json.loads((folder / LOCK).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SystemExit(
            f"{source} is no Pyodide: it holds no {Path(error.filename).name}."
        ) from None


def add_wheels(folder, version):
    """Put the wheels that the course needs into `folder`: those pinned, and the kernel's own.

    version: of the Python in the page, such as "3.14".
    """
    any_page = ["--implementation=py", "--abi=none", "--platform=any"]
    for_the_page = [f"--python-version={version}", *any_page]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    pinned = ["--no-deps", "--requirement", HERE / "wheels.txt"]
    _run([*pip, "download", *pinned, "--only-binary=:all:", *for_the_page, "--dest", folder])
    for name in ("ipykernel", "pyodide_kernel"):
        [wheel] = _kernels_own().glob(f"{name}-*.whl")
        shutil.copy(wheel, folder)
    with tempfile.TemporaryDirectory() as place:  # else setuptools leaves its own behind
        source = Path(place, "source")
        shutil.copytree(ROOT / "kit", source / "kit", ignore=NOT_OURS)
        for name in ("README.md", "LICENSE"):
            shutil.copy(ROOT / name, source)
        about = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (source / "pyproject.toml").write_text(without_commands(about), encoding="utf-8")
        _run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, source])


def without_commands(about):
    r"""Return pyproject.toml (str) without its commands: the package behind them is not served.

    >>> without_commands('[project]\nname = "kit"\n\n[project.scripts]\na = "b:c"\n\n[tool]\n')
    '[project]\nname = "kit"\n\n[tool]\n'
    """
    return re.sub(r"^\[project\.scripts\]\n((?!\[).*\n)*", "", about, flags=re.MULTILINE)


def write_list(folder, info, fetched):
    """Write the list of all packages in `folder`; return their names.

    info: what Pyodide's own list says of itself (dict). fetched: entries of Pyodide's list
    (dict name -> entry) whose files were fetched; all others are described by their files.
    """
    known = {entry["file_name"] for entry in fetched.values()}
    files = sorted(path for end in ("whl", "zip") for path in folder.glob(f"*.{end}"))
    own = [_entry(path) for path in files if path.name not in known | {"python_stdlib.zip"}]
    packages = {entry["name"]: entry for entry in own} | fetched
    text = json.dumps({"info": info, "packages": packages}, indent=1, sort_keys=True)
    (folder / LOCK).write_text(text + "\n", encoding="utf-8")
    return sorted(packages)


def _entry(path):
    """What the list says of one file; everything in it is loaded, so it names no needs."""
    name, _, rest = path.stem.partition("-")
    return {
        "name": name.replace("_", "-").lower(),
        "version": rest.partition("-")[0] or "0",
        "file_name": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "install_dir": "site",
        "package_type": "package",
        "imports": [],
        "depends": [],
        "unvendored_tests": False,
    }


def _kernels_own():
    """The folder of the wheels that come with the kernel."""
    share = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
    return share / "static" / "pypi"


def _run(command):
    """Run a program; SystemExit with one sentence if it is not there or fails."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise SystemExit(f"This needs {command[0]}, which is not here; install it.") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{command[0]} failed:\n{error.stderr}") from None
