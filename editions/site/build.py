"""Puts the whole site into one folder."""

import re
import shutil
from pathlib import Path

from editions.paper.build import build as paper
from editions.site.pages import first_page, leaf, notebook_page, record_page
from editions.site.run import ROOT, run
from editions.site.still import still
from kit import charts, data, widgets

STYLES = (
    Path(widgets.__file__).with_name("kit.css"),
    Path(widgets.__file__).with_name("reader.css"),
    *(Path(charts.__file__).with_name(f"{name}.css") for name in ("figure", "timeline")),
    Path(__file__).with_name("site.css"),
)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def build(out):
    """Write the site into the folder `out`; what was in it is gone. The same course, same bytes.

    out: Path; made if it is not there. The course on paper goes into its folder `paper`.
    Raises CellExecutionError for a cell that fails, SiteError for one that cannot be shown.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    case = data.load()
    for name, text in _pages(case).items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    paper(case, out / "paper")


def _pages(case):
    """Return a dict from the name of each file of text to what it holds."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    notebooks = run(paths)
    leaves = [
        leaf(number, path.stem, notebook)
        for number, (path, notebook) in enumerate(zip(paths, notebooks, strict=True), 1)
    ]
    pages = {"site.css": "".join(path.read_text(encoding="utf-8") for path in STYLES)}
    for place, notebook in enumerate(notebooks):
        still(notebook, case)
        pages[leaves[place].file] = notebook_page(place, leaves, notebook, case.title)
    pages["record.html"] = record_page(case.rows("record"), leaves, case.title)
    pages["index.html"] = first_page(_about(), leaves, case.title)
    return pages


def _about():
    """Return what the README says before it comes to the start, but for its picture.

    It shows dates that the first notebook asks for.
    """
    about = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    return IMAGE.sub("", about)
