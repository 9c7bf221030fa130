"""For whoever carries the kit on: one number of a release, commands and links that lead on."""

import ast
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec

import nbformat
import pytest
import yaml

import kit
from teach.cli import COMMANDS
from tests.test_house import ROOT, project

FOLDERS = ("data", "docs", "kit", "teach", "notebooks", "editions", "tests", "benchmarks", "binder")
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob(".github/**/*.md")]
    + [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md")]
)
NAMING_PATHS = [
    *PAGES,
    *(ROOT / name for name in ("Makefile", "pyproject.toml", "requirements.txt", ".ci/run")),
    *(path for name in ("kit", "teach", "editions") for path in (ROOT / name).rglob("*.py")),
]
PARTS = sorted(
    path
    for folder in ("kit", "teach", "editions", "tests")
    for path in (ROOT / folder).glob("*/__init__.py")
    if path.read_text(encoding="utf-8")
)
PATH = re.compile(rf"(?<![\w/.<-])(?:{'|'.join(FOLDERS)})/[\w./*<>-]*[\w/>]")
MADE_BY_LEARNERS = {"notebooks/my_work.jsonl", "notebooks/handin-<code>.json"}


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_a_release_has_one_number():
    citation = yaml.safe_load(text("CITATION.cff"))
    newest = re.search(r"^## (\d+\.\d+\.\d+)", text("CHANGELOG.md"), re.MULTILINE)[1]
    assert {project()["version"], str(citation["version"]), newest} == {kit.__version__}


def test_the_citation_has_what_its_format_asks_for():
    citation = yaml.safe_load(text("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert " AND ".join(citation["license"]) == project()["license"]


def commands():
    """Return the commands of the table in CONTRIBUTING.md."""
    cells = re.findall(r"^\| [^|]+ \| `([^`]+)` \|$", text("CONTRIBUTING.md"), re.MULTILINE)
    return [part.strip() for cell in cells for part in cell.split("&&")]


@pytest.mark.parametrize("command", commands())
def test_every_command_for_a_task_leads_somewhere(command):
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", text("Makefile"), re.MULTILINE)
    elif words[1:2] == ["-m"]:
        assert find_spec(words[2])
        assert all((ROOT / word).exists() for word in words if word.startswith("tests/"))
    else:
        assert words[0] in {".venv/bin/ruff", ".venv/bin/pip", ".venv/bin/pre-commit"}


def test_every_command_of_the_makefile_is_told():
    targets = re.search(r"^\.PHONY: (.+)$", text("Makefile"), re.MULTILINE)[1].split()
    told = re.findall(r"^#   make (\w+)", text("Makefile"), re.MULTILINE)
    assert sorted(targets) == sorted(told)
    assert set(targets) <= {command.split()[1] for command in commands()}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(path):
    links = re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", path.read_text(encoding="utf-8"))
    for link in links:
        target, _, anchor = link.partition("#")
        page = (path.parent / target).resolve() if target else path
        assert page.exists(), link
        assert not anchor or anchor in anchors(page), link


def test_every_path_that_is_named_is_there():
    named = {
        (page, path)
        for page in NAMING_PATHS
        for path in PATH.findall(page.read_text(encoding="utf-8"))
    }
    assert len(named) > 60
    gone = {
        f"{page.relative_to(ROOT)}: {path}"
        for page, path in named
        if path not in MADE_BY_LEARNERS
        and not any(folder.glob(re.sub(r"<\w+>", "*", path)) for folder in (ROOT, page.parent))
    }
    assert gone == set()


def test_every_module_that_a_page_runs_or_names_is_there():
    texts = {page: page.read_text(encoding="utf-8") for page in PAGES}
    run = {(page, name) for page in PAGES for name in re.findall(r"-m ([\w.]+)", texts[page])}
    assert len(run) > 10
    assert [(page.name, name) for page, name in run if not find_spec(name)] == []
    asked = {name for page in PAGES for name in re.findall(r"-m teach ([\w-]+)", texts[page])}
    assert asked and asked <= set(COMMANDS)


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_a_part_says_what_is_in_each_of_its_files(path):
    page = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    files = {
        file.stem for file in path.parent.glob("*.py") if not file.stem.startswith(("__", "test_"))
    }
    assert files - set(re.findall(r"`(\w+)`", page)) == set()


def anchors(page):
    """Return the anchors that a public host gives to the headings of a Markdown page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in headings}


def test_the_public_check_runs_what_every_change_runs_and_once_a_week_all():
    check = yaml.safe_load(text(".github/workflows/check.yml"))
    [job] = check["jobs"].values()
    which = "${{ github.event_name == 'schedule' && 'weekly' || 'test' }}"
    assert f"bash .ci/run {which}" in [step.get("run") for step in job["steps"]]
    assert "schedule" in check[True]  # YAML reads the word "on" as true


def hooks():
    [repository] = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    return {hook["id"]: hook for hook in repository["hooks"]}


def test_the_hook_takes_outputs_out_of_a_learners_notebook_and_changes_nothing_else(tmp_path):
    hook = hooks()["no-outputs"]
    original = next((ROOT / "notebooks").glob("01_*.ipynb"))
    assert re.search(hook["files"], original.relative_to(ROOT).as_posix())
    assert not re.search(hook["files"], "notebooks/instructor/01_meet_the_sources.ipynb")
    notebook = nbformat.read(original, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.execution_count, cell.outputs = 7, [nbformat.v4.new_output("stream", text="left")]
    run = tmp_path / original.name
    nbformat.write(notebook, run)
    entry = [sys.executable, *shlex.split(hook["entry"])[1:], str(run)]
    subprocess.run(entry, check=True)
    assert run.read_bytes() == original.read_bytes()


def test_every_hook_uses_what_is_installed_already():
    for hook in hooks().values():
        assert hook["language"] == "system"
        assert shlex.split(hook["entry"])[:2] == [".venv/bin/python", "-m"]
        assert find_spec(shlex.split(hook["entry"])[2])
