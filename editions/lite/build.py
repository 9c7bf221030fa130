"""Puts the browser-only edition together."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

from editions.lite import python, tables

NOTEBOOKS = sorted((python.ROOT / "notebooks").glob("*.ipynb"))
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


def build(folder, with_tables=True):
    """Write the edition into `folder`, anew.

    with_tables: fetch pandas, numpy and matplotlib. Returns why they are not in it ("": they are).
    Raises SystemExit, one sentence, if something else that it needs cannot be had.
    """
    with tempfile.TemporaryDirectory() as place:
        site = Path(place)
        lacking = _fill(site / "static" / "pyodide", site, with_tables)
        _lay_out(site, folder)
    for page in (python.HERE / "README.md", python.ROOT / "LICENSE"):
        shutil.copy(page, folder)
    return lacking


def _fill(pyodide, site, with_tables):
    """Put all of Python into its folder, and the settings beside; return what `build` does."""
    theirs = python.unpack_pyodide(pyodide)
    python.add_wheels(pyodide)
    shutil.make_archive(pyodide / "data", "zip", python.ROOT, "data")
    fetched, lacking = {}, "they were left out"
    if with_tables:
        fetched, lacking = _fetched(theirs["packages"], pyodide)
    if not fetched:
        shutil.make_archive(pyodide / "stand_ins", "zip", python.HERE / "stand_ins")
    _configure(site, python.write_list(pyodide, theirs["info"], fetched))
    return lacking


def _fetched(known, pyodide):
    """The tables' packages as `tables.fetch` gives them, and why there are none."""
    try:
        return tables.fetch(known, pyodide, PYODIDE_CDN_URL), ""
    except tables.NotFetched as error:
        return {}, str(error)


def _configure(site, names):
    """Say in JupyterLite's settings that Python loads these packages, and asks nobody for more."""
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": names}}
    settings = {"appName": "Asked to Join?", "litePluginSettings": {KERNEL: kernel}}
    content = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
    (site / "jupyter-lite.json").write_text(json.dumps(content), encoding="utf-8")


def _lay_out(site, folder):
    """Let JupyterLite write its page, with the notebooks, into `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    notebooks = site / "notebooks"
    notebooks.mkdir()
    for path in NOTEBOOKS:
        shutil.copy(path, notebooks)
    command = [sys.executable, "-m", "jupyterlite_core", "build", f"--lite-dir={site}"]
    command += [f"--contents={notebooks}", f"--output-dir={folder.resolve()}"]
    command += ["--apps=lab", "--no-sourcemaps", "--no-unused-shared-packages"]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"JupyterLite could not build the page:\n{done.stdout}{done.stderr}")
