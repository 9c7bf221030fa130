"""A case folder as a course of its own: `make case CASE=folder` builds it in `build/case/NAME/`.

The new folder has what this project tracks, but for what is of its own case and its tests; then the
case's data, key and notebooks, and a README, licences and a citation of its own. In it the course
is taught and put online as here: `make lab`, Binder, a hub, `make lite`, `make paper`, `make site`.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from editions import publish
from editions.course.build import JINJA, ROOT, files, write
from editions.course.said import code, spelled
from kit import __version__, charts, data, measures
from kit.data import Case, DataError
from kit.errors import KitError
from teach.check_data import checked

# What is of this course, or tests it: files, and folders with all that is in them.
OF_THIS_COURSE = (
    ".ci", ".github/workflows/check.yml", ".pre-commit-config.yaml", "CHANGELOG.md",
    "CONTRIBUTING.md", "benchmarks", "data", "docs/imports.svg", "kit/key", "notebooks", "tests",
)  # fmt: skip
BUT = (
    "data/exercises.schema.json",
    "notebooks/instructor/class_report.ipynb",
    "notebooks/instructor/marking.ipynb",
    "notebooks/instructor/workshop.ipynb",
)
NOT_OF_A_CASE = shutil.ignore_patterns("key", "*.jsonl", ".*", "__pycache__")
OWN_NAME = (
    "docs/hub.md",
    "docs/hub/jupyter_server_config.py",
    "pyproject.toml",
)  # name the repository, or the package
NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
LINK = re.compile(r"\[([^\]]*)\]\((?!https?:|mailto:|#)([^)\s#]+)[^)\s]*\)")
LISTED = re.compile(r"With them all cells run\. Without .*?\n(?=\n## )", re.DOTALL)
SOME_CELLS = (
    "With them all cells run. Without them those that need tables say so in one sentence, and all "
    "others run.\n"
)
FRAME = "This covers the documentation, and what the notebooks say in every case."
CHART = "notebooks/images/main_chart.svg"


def build(folder: Path, place: Path = ROOT / "build" / "case") -> Path:
    """Build the course of the case in `folder` and return its folder, `place`/NAME.

    What lies there already is built anew, unless somebody has worked in it. Raises DataError or
    ExerciseError as `check-data` does, before anything is written.
    """
    case = data.load(folder)
    checked(case)
    name = case.dictionary["name"]
    if not NAME.fullmatch(name):
        raise DataError(
            f"{folder.name}/datapackage.json: the name {name!r} can be no folder; write it with "
            "small letters, figures and hyphens."
        )
    out, made = place / name, {**files(case), **pages(case)}
    _clear(out)
    _copy_project(out)
    _copy_case(case, out)
    write(out, made)
    for path in out.rglob("*.md"):
        path.write_text(unlinked(path.read_text("utf-8"), path.parent), encoding="utf-8")
    for command in ("editions.points", "teach check-data"):
        _run(out, command)
    return out


def pages(case: Case) -> dict[str, str]:
    """Return the pages that are the case's own, by their paths: README, citation, licences, chart.

    >>> sorted(pages(data.load()))[0]
    'CITATION.cff'
    """
    tellings = measures.tellings(case)
    members = [case.enlargement] if "enlargement" in case.table_names else []
    own = {
        "case": case,
        "chart": CHART if len(tellings) else "",
        "alt": charts.timeline.describe(tellings, *members) if len(tellings) else "",
        "name": case.dictionary["name"],
        "number": spelled(case.texts),
        "version": __version__,
    }
    texts = {
        page: JINJA.get_template(f"{page}.j2").render(own, code=code) + "\n"
        for page in ("README.md", "CITATION.cff")
    }
    texts["LICENSE"] = _licences(case)
    texts["docs/errors_found.md"] = _no_errors()
    texts["editions/lite/README.md"] = _page_for_hosts(case)
    if len(tellings):
        texts[CHART] = charts.svg(charts.timeline, tellings, *members)
    if not (case.path / "README.md").exists():
        about = case.dictionary.get("description", "")
        texts["data/README.md"] = f"# How the data were made\n\n{case.title}. {about}\n"
    return texts


def _licences(case):
    """The licences of the code and of the frame's prose, and what the case says of each file."""
    ours = (ROOT / "LICENSE").read_text("utf-8").partition("\n3. ")[0].rstrip()
    ours = re.sub(r"This covers .*?\n\n", f"{FRAME}\n\n", ours, flags=re.DOTALL)
    resources = case.dictionary["resources"]
    lines = [f"{each['path']}: {_licence(each, case)}" for each in resources]
    head = f"3. The texts and tables of this case ({case.title}), as its dictionary has it"
    return "\n".join([ours, "\n", head, "=" * len(head), "", *lines, ""])


def _licence(resource, case):
    licences = resource.get("licenses") or case.dictionary.get("licenses") or []
    names = [" ".join(filter(None, (e.get("title", e["name"]), e.get("path")))) for e in licences]
    places = [source.get("path", "") for source in resource.get("sources", [])]
    whole = "; ".join(names) or "no licence is named, so ask the owner"
    return f"{whole} ({', '.join(places)})" if any(places) else whole


def _no_errors():
    """The page of errors without those of this course."""
    lines = (ROOT / "docs" / "errors_found.md").read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r"\| \d", line))


def _page_for_hosts(case):
    """The page of the edition for the browser alone, without the list of this course's cells."""
    text = (ROOT / "editions" / "lite" / "README.md").read_text("utf-8")
    return LISTED.sub(SOME_CELLS, text).replace("# Asked to Join?", f"# {case.title}", 1)


def unlinked(text: str, folder: Path) -> str:
    """Return a page without links to files that are not there; their words stay.

    >>> unlinked("See [the log](no/such.md) and [Jupyter](https://jupyter.org).", ROOT)
    'See the log and [Jupyter](https://jupyter.org).'
    """
    return LINK.sub(lambda link: link[0] if (folder / link[2]).exists() else link[1], text)


def tracked(root: Path) -> list[str]:
    """Return the paths of the files that belong to the project in `root`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode or not (root / ".git").exists():
        raise KitError("Only git knows which files the project has: clone it, and build there.")
    return [path for path in done.stdout.split("\0") if path and (root / path).is_file()]


def _clear(out):
    for kept in (".git", "notebooks/my_work.jsonl"):
        if (out / kept).exists():
            raise KitError(f"In {out} somebody has worked ({kept}); move that folder away first.")
    shutil.rmtree(out, ignore_errors=True)


def _copy_project(out):
    for path in tracked(ROOT):
        places = {path, *map(str, Path(path).parents)}
        if path in BUT or not places & set(OF_THIS_COURSE):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, out / path)


def _copy_case(case, out):
    shutil.copytree(case.path, out / "data", ignore=NOT_OF_A_CASE, dirs_exist_ok=True)
    name = case.dictionary["name"]
    if case.key:
        shutil.copytree(case.key.path, out / "kit" / "key")
        path = out / "kit" / "key" / "datapackage.json"
        dictionary = json.loads(path.read_text("utf-8")) | {"name": f"{name}-key"}
        path.write_text(json.dumps(dictionary, indent=2, ensure_ascii=False) + "\n", "utf-8")
    about = f"description = {code(case.question)}"
    for page in OWN_NAME:
        text = (out / page).read_text("utf-8").replace(publish.NAME, name)
        text = "\n".join(
            about if re.match("description =", line) else line for line in text.split("\n")
        )
        (out / page).write_text(text, encoding="utf-8")


def _run(out, command):
    """Run a command of the new course with its own kit; it must go well."""
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=out, capture_output=True, text=True
    )
    if done.returncode:
        raise KitError(done.stderr.strip().splitlines()[-1])
