"""What the page has beside JupyterLite's own: it starts without a network, and can be installed.

`page/page.js` runs before JupyterLab and says what is wrong with the browser's storage;
`page/service-worker.js` keeps every file of the edition in the browser. Both are told by a line at
their head which files there are, each with its sum.
"""

import hashlib
import json
import shutil
from pathlib import Path

PAGE = Path(__file__).with_name("page")
CASE = json.loads((Path(__file__).parents[2] / "data" / "datapackage.json").read_text("utf-8"))
NAME = CASE["title"]
FIRST = "lab/index.html?path=01_meet_the_sources.ipynb"
LOADS = "await import(\n          '../config-utils.js"
BEGINS = f"await (await import('../page.js?' + Date.now())).begin();\n        {LOADS}"
WORKER = "service-worker.js"
NOT_KEPT = (WORKER, "README.md", "LICENSE", "third-party-licenses.json")
ICONS = [
    {"src": f"./icon-{side}.png", "type": "image/png", "sizes": f"{side}x{side}"}
    for side in (192, 512)
]
MANIFEST = {
    "id": "./",
    "name": NAME,
    "short_name": NAME,
    "description": f"A course in six notebooks. {CASE['kit:question']}",
    "icons": ICONS,
    "start_url": f"./{FIRST}",
    "scope": "./",
    "display": "standalone",
    "background_color": "#fff",
    "theme_color": "#0072B2",
}


def complete(folder):
    """Add to the page in `folder` (Path) what this file is about; return the sum of bytes kept."""
    (folder / WORKER).rename(folder / "jupyterlite-worker.js")
    for path in PAGE.glob("*.png"):
        shutil.copy(path, folder)
    manifest = json.dumps(MANIFEST, indent=1)
    (folder / "manifest.webmanifest").write_text(manifest + "\n", encoding="utf-8")
    _begin_with_ours(folder / "lab" / "index.html")
    return list_files(folder)


def list_files(folder):
    """Tell the page's scripts what lies in the folder; return the sum of bytes kept.

    It goes last: whatever is changed later, the browser takes for a file of another edition.
    """
    notebooks = {path.name: _sum(path.read_bytes()) for path in folder.glob("files/*.ipynb")}
    _write_told(folder / "page.js", NOTEBOOKS=notebooks)
    paths = [path for path in sorted(folder.rglob("*")) if _is_kept(path)]
    sums = {path.relative_to(folder).as_posix(): _sum(path.read_bytes()) for path in paths}
    _write_told(folder / WORKER, FILES=sums, EDITION=_sum(json.dumps(sums).encode()))
    return sum(path.stat().st_size for path in paths)


def _begin_with_ours(index):
    """Let the page run page.js first, and bear the course's name."""
    text = index.read_text(encoding="utf-8")
    if text.count(LOADS) != 1:
        raise SystemExit("This JupyterLite has another first page than the one we know.")
    named = text.replace("<title>JupyterLite<", f"<title>{NAME}<").replace(
        "Loading JupyterLite...", f"Loading {NAME} The first time takes longest."
    )
    index.write_text(named.replace(LOADS, BEGINS), encoding="utf-8")


def _is_kept(path):
    return path.is_file() and not any(path.match(pattern) for pattern in NOT_KEPT)


def _write_told(path, **told):
    """Write a script of ours, told by lines at its head what these names are."""
    lines = [f"const {name} = {json.dumps(value)};\n" for name, value in told.items()]
    script = (PAGE / path.name).read_text(encoding="utf-8")
    path.write_text("".join([*lines, script]), encoding="utf-8")


def _sum(content):
    return hashlib.sha256(content).hexdigest()
