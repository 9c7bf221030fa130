"""Puts the browser-only edition together."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_VERSION

from editions.lite import offline, python, tables

NOTEBOOKS = sorted((python.ROOT / "notebooks").glob("*.ipynb"))
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


def build(folder, distribution=None):
    """Write the edition into `folder`, anew.

    distribution: a folder with all of Pyodide; else it is fetched from npm and from its makers.
    Returns the bytes that a browser fetches and keeps (int), and why pandas, numpy and matplotlib
    are not among them ("": they are). Raises SystemExit, one sentence, if something else that it
    needs cannot be had, or if `distribution` lacks it.
    """
    with tempfile.TemporaryDirectory() as place:
        site = Path(place)
        lacking = _fill(site / "static" / "pyodide", site, distribution)
        _lay_out(site, folder)
    for page in (python.HERE / "README.md", python.ROOT / "LICENSE"):
        shutil.copy(page, folder)
    return offline.complete(folder), lacking


def _fill(pyodide, site, distribution):
    """Put all of Python into its folder, and the settings beside; return why no tables are."""
    if distribution:
        theirs = python.copy_pyodide(pyodide, distribution)
    else:
        theirs = python.unpack_pyodide(pyodide, PYODIDE_VERSION)
    version = theirs["info"]["python"].rpartition(".")[0]
    python.add_wheels(pyodide, version)
    shutil.make_archive(pyodide / "data", "zip", python.ROOT, "data")
    shutil.make_archive(pyodide / "start", "zip", python.ROOT / "binder", "kernel_start.py")
    for name in ("micropip", "piplite"):  # the kernel wants both to be there, and here both are one
        shutil.make_archive(pyodide / name, "zip", python.HERE / "no_pip")
    fetched, lacking = {}, ""
    try:
        source = distribution.resolve().as_uri() if distribution else PYODIDE_CDN_URL
        fetched = tables.fetch(theirs["packages"], pyodide, source)
    except tables.NotFetched as error:
        if distribution:
            raise SystemExit(f"The edition was not built: {error}.") from None
        lacking = str(error)
        shutil.make_archive(pyodide / "stand_ins", "zip", python.HERE / "stand_ins")
    _configure(site, python.write_list(pyodide, theirs["info"], fetched), version)
    return lacking


def _configure(site, names, version):
    """Say in JupyterLite's settings what Python loads and begins with; it asks nobody for more."""
    start = f"/lib/python{version}/site-packages/kernel_start.py"
    options = {"packages": names, "env": {"PYTHONSTARTUP": start}}
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": options}
    settings = {"appName": offline.NAME, "litePluginSettings": {KERNEL: kernel}}
    settings["exposeAppInBrowser"] = True  # so that a page can be asked what it has open
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
