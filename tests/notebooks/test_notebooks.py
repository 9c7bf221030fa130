"""Every notebook, found by glob: its form, its exercises, its worked edition, and that it runs.

nbval runs the notebooks too: `testpaths` in pyproject.toml names notebooks/, and one strict run
fits both kinds. nbval compares a cell with its stored output only if the cell carries an execution
number: the learners' editions carry none and just have to run; the worked editions are compared.
nbval 0.11 compares text/plain, text/html and printed text to the letter, after the patterns of
nbval_sanitize.cfg; it leaves out image/png, image/jpeg and the views of widgets.
"""

import tomllib
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from editions.worked import build as build_worked
from tests.notebooks.lint_notebooks import (
    MACHINE_PATH,
    Page,
    complaints,
    has_sound_links,
    read,
    role,
    tagged,
)
from tests.notebooks.runs import run_notebooks

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "tests" / "solutions"
LEARNERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WORKED = [path for path in LEARNERS if (path.parent / "instructor" / path.name).exists()]
INSTRUCTORS = sorted((ROOT / "notebooks" / "instructor").glob("*.ipynb"))
TOML = tomllib.loads((ROOT / "data" / "exercises.toml").read_text(encoding="utf-8"))
EXERCISES = {entry["id"]: entry for entry in TOML["exercise"]}
KINDS = {
    "choice", "several", "number", "date", "matrix", "table", "chart", "marks", "written",
    "rating",
}  # fmt: skip
ADDRESSES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "data").rglob("*.*"))
)


def name_of(value):
    return value.stem if isinstance(value, Path) else None


def page_of(path):
    later = [other.name for other in LEARNERS if other.name > path.name]
    following = later[0] if later else ""
    return Page(path, read(path), EXERCISES, ADDRESSES, following)


def test_the_six_notebooks_and_their_worked_editions_are_there():
    expected = [
        "01_meet_the_sources",
        "02_compare_the_claims",
        "03_rate_reliability",
        "04_chart_the_dates",
        "05_check_the_record",
        "06_answer_the_question",
    ]
    assert [path.stem for path in LEARNERS] == expected
    assert [path.stem for path in WORKED] == expected


@pytest.mark.parametrize("path", LEARNERS, ids=name_of)
def test_a_notebook_keeps_every_rule(path):
    found = complaints(page_of(path))
    assert not found, "\n".join(found)


def test_each_exercise_stands_in_one_notebook_and_has_one_solution():
    places = Counter(id for path in LEARNERS for id in tagged(read(path)))
    assert dict(places) == dict.fromkeys(EXERCISES, 1)
    in_code = [id for path in SOLUTIONS.glob("0*.py") for id in build_worked.read_blocks(path)]
    in_widgets = {id.partition("/")[0] for id in build_worked.given_answers(SOLUTIONS)}
    solved = Counter([*in_code, *(in_widgets & set(EXERCISES))])
    assert dict(solved) == dict.fromkeys(EXERCISES, 1)


def test_27_exercises_of_every_kind_make_100_points():
    assert len(EXERCISES) == 27
    assert sum(entry["points"] for entry in EXERCISES.values()) == 100
    kinds = Counter(entry["kind"] for entry in EXERCISES.values())
    assert kinds["written"] == 4
    assert set(kinds) == KINDS


@pytest.fixture(scope="module", params=[False, True], ids=["empty", "answered"])
def ran(request, tmp_path_factory):
    """What comes of running each cell twice, each notebook alone with a journal of its own."""
    places = {path: tmp_path_factory.mktemp("run") for path in LEARNERS}
    if request.param:
        text = build_worked.journal(build_worked.given_answers(SOLUTIONS))
        for folder in places.values():
            (folder / "my_work.jsonl").write_text(text, encoding="utf-8")
    return run_notebooks(places, times=2)


@pytest.mark.parametrize("path", LEARNERS, ids=name_of)
def test_a_notebook_runs_alone_with_each_cell_twice(path, ran):
    assert (ran[path].code, ran[path].stderr) == (0, "")


def test_the_worked_editions_are_as_notebooks_and_solutions_make_them():
    found = build_worked.check()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", INSTRUCTORS, ids=name_of)
def test_a_notebook_for_instructors_ran_from_top_to_bottom_without_complaint(path):
    code = [c for c in read(path).cells if c.cell_type == "code"]
    numbers = [cell.execution_count for cell in code]
    assert numbers in (list(range(1, len(code) + 1)), [None] * len(code))
    outputs = [output for cell in code for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    assert not MACHINE_PATH.search("\n".join(map(str, outputs)))


@pytest.mark.parametrize("path", INSTRUCTORS, ids=name_of)
def test_a_notebook_for_instructors_has_sound_links(path):
    found = list(has_sound_links(page_of(path)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", WORKED, ids=name_of)
def test_every_answer_of_a_worked_edition_passes_its_check(path):
    nb = read(path.parent / "instructor" / path.name)
    said = {cell.id: told(cell) for cell in nb.cells}
    asked = [cell.id for cell in nb.cells if role(cell) == "answer"]
    assert len([text for text in said.values() if text]) == len(asked)
    right = "✓ Correct", "● Recorded"
    assert {id: text for id, text in said.items() if text and not text.startswith(right)} == {}


def told(cell):
    """Return what Check said of an answer, beneath it or in a cell of its own; "" elsewhere."""
    if cell.cell_type == "markdown":
        return cell.source.partition("**Check says:** ")[2]
    if role(cell) != "check":
        return ""
    return "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def test_a_cell_that_runs_only_once_or_complains_is_found(tmp_path):
    once = "assert 'seen' not in globals(); seen = True"
    complains = "import warnings; warnings.warn('Look here')"
    places = {tmp_path / "once.ipynb": once, tmp_path / "complains.ipynb": complains}
    for path, source in places.items():
        cell = nbformat.v4.new_code_cell(source)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
        places[path] = path.with_suffix("")
        places[path].mkdir()
    one, other = run_notebooks(places, times=2).values()
    assert one.code == 1 and "AssertionError" in one.stderr
    assert other.code == 0 and "Look here" in other.stderr
