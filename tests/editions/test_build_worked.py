"""The builder of worked editions, and nbval's comparison with them, on a small made-up course."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from editions.worked import build as build_worked
from editions.worked.answers_in_words import in_words
from kit import data, exercises
from teach.grading import feedback
from tests.notebooks.made_up import made_up

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with one made-up notebook, its solution, and its worked edition."""
    root = tmp_path_factory.mktemp("course")
    (root / "notebooks").mkdir()
    (root / "tests" / "solutions").mkdir(parents=True)
    (root / "tests" / "solutions" / "one.py").write_text("# %% sum\ntotal = 1 + 1\n")
    (root / "tests" / "solutions" / "answers.py").write_text("ANSWERS = {}\n")
    nb, _ = made_up()
    nb.cells[2].source = "import kit  # kit.start()"
    nb.cells[5].source = "total"
    nbformat.write(nb, root / "notebooks" / "one.ipynb")
    build_worked.build(root)
    return root


@pytest.fixture
def course(built, tmp_path):
    """A copy of that folder, to damage."""
    return Path(shutil.copytree(built, tmp_path / "course"))


def test_building_twice_gives_the_same_bytes(course):
    built = course / "notebooks" / "instructor" / "one.ipynb"
    before = built.read_bytes()
    build_worked.build(course)
    assert built.read_bytes() == before
    assert build_worked.check(course) == []
    cells = {cell.id: cell for cell in nbformat.read(built, as_version=4).cells}
    assert cells["answer"].source == "total = 1 + 1"
    assert cells["check"].outputs[0].data["text/plain"] == "2"
    assert "worked edition" in cells["worked-edition"].source


def test_the_answer_given_in_a_widget_is_told_in_words_below_it():
    given = build_worked.given_answers(ROOT / "tests" / "solutions")
    tags = {"tags": ["exercise:two_clocks", "answer"]}
    asked = nbformat.v4.new_code_cell('kit.ask("two_clocks")', metadata=tags)
    cell, answer = build_worked.with_its_answer(asked, given)
    assert cell == asked
    assert answer.cell_type == "markdown"
    assert "each list counts from a different act" in answer.source
    assert list(build_worked.with_its_answer(asked, {})) == [asked]


def test_every_answer_is_told_in_the_words_of_its_exercise():
    given = build_worked.given_answers(ROOT / "tests" / "solutions")
    known = exercises.load(data.load())
    told = {id: in_words(known[id], given[id]) for id in known if id in given}
    assert len(told) > 15
    for id, text in told.items():
        assert text.split("\n\n")[1].strip(), id
        assert not re.search(r"\bNone\b(?! of)|[{}\[\]'](?:value|verdict)", text), id
    lines = told["printed"].splitlines()
    assert lines[2] == "|  | " + " | ".join(c.text for c in known["printed"].columns) + " |"
    assert len(lines) == 4 + len(known["printed"].rows)
    assert "| printed |" in told["printed"]
    assert "R44**" in told["attached_records"]
    assert "(sentence 2)" in told["ratings"]
    assert told["final_answer"].startswith("**One possible answer**\n\n> ")


def made(kind, **fields):
    """An exercise of a kind, with two rows, one column or two options as told."""
    return exercises.Exercise("x", "01", kind, 1, "X", "X?", **fields)


PICK = (exercises.model.Choice("yes", "It is so"), exercises.model.Choice("no", "It is not"))
ROWS = (exercises.model.Choice("C1", "First"), exercises.model.Choice("C2", "Second"))
GRID = {"rows": ROWS, "options": PICK, "columns": (exercises.model.Choice("v", "Verdict"),)}
MATRIX = {"C1": {"v": "yes"}, "C2": {"v": "yes"}}
LIST = {"C1": ["R1", "R2"], "C2": ["R3"]}
ACCEPTED = [  # the exercise; an answer; the key's value; what it accepts; what must be told of it
    (made("choice", options=PICK), "yes", "yes", ["no"], "Also counts: It is not"),
    (made("choice", options=PICK), "no", "yes", ["no"], "Also counts: It is so"),
    (made("number"), 4, 4, [5, 6], "Also counts: 5; 6"),
    (made("date"), "2009-04", "2009-04", ["2009-04-01"], "Also counts: 1 April 2009"),
    (made("several", options=PICK), ["yes"], ["yes"], ["no"], "May be ticked as well: It is not"),
    (made("several", rows=ROWS), LIST, LIST, {"C1": ["R1", "R9"]}, "one of them is enough; may"),
    (made("several", rows=ROWS), LIST, LIST, {"C1": ["R1", "R9"]}, "bear on it: R9"),
    (made("several", rows=ROWS), {"C1": ["R1", "R9"]}, LIST, {}, "one of these settles it: R1, R2"),
    (made("matrix", **GRID), MATRIX, MATRIX, {"C2": ["no"]}, "It is so, or It is not"),
    (made("matrix", **GRID), MATRIX, MATRIX, {"C2": {"v": ["no"]}}, "It is so, or It is not"),
]


@pytest.mark.parametrize(("exercise", "answer", "value", "accept", "told"), ACCEPTED)
def test_all_that_the_key_accepts_is_told_in_words(exercise, answer, value, accept, told):
    key = exercises.Answer(value, accept)
    for shown in (feedback.in_words(exercise, answer, key), in_words(exercise, answer, key)):
        assert shown.count(told) == 1, shown
        assert told not in feedback.in_words(exercise, answer)


@pytest.mark.parametrize("exercise", [made("number"), made("several"), made("matrix")])
def test_nothing_is_said_to_count_as_well_where_nothing_does(exercise):
    value = {"number": 4, "several": ["yes"], "matrix": MATRIX}[exercise.kind]
    assert exercises.KINDS[exercise.kind].also(exercise, value, exercises.Answer(value)) == {}


def test_a_worked_edition_tells_both_verdicts_and_which_records_settle_a_claim():
    given = build_worked.given_answers(ROOT / "tests" / "solutions")
    known, case = exercises.load(data.load()), data.load()
    for id in ("verdicts", "attached_records"):
        tags = {"tags": [f"exercise:{id}", "answer"]}
        asked = nbformat.v4.new_code_cell(f'kit.ask("{id}")', metadata=tags)
        _, answer = build_worked.with_its_answer(asked, given)
        kind, key = exercises.KINDS[known[id].kind], exercises.answer_of(known[id], case)
        told = kind.also(known[id], given[id], key)
        assert told and all(text in answer.source for text in told.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("notebooks/instructor/one.ipynb", '1 + 1"', '2"', "cell answer differs"),
        ("notebooks/one.ipynb", "Read.", "Read on.", "cell prose-0 differs"),
        ("notebooks/one.ipynb", '"title"', '"top"', "cells were added"),
        ("tests/solutions/one.py", "1 + 1", "4 - 2", "cell answer differs"),
        ("tests/solutions/answers.py", "{}", "{'a': 1}", "worked_answers.jsonl differs"),
    ],
)
def test_a_worked_edition_that_drifted_is_named(course, file, old, new, sentence):
    text = (course / file).read_text(encoding="utf-8")
    (course / file).write_text(text.replace(old, new), encoding="utf-8")
    found = build_worked.check(course)
    assert [line for line in found if sentence in line], found


def test_a_missing_worked_edition_and_a_lost_solution_are_named(course):
    (course / "notebooks" / "instructor" / "one.ipynb").unlink()
    assert build_worked.check(course) == ["instructor/one.ipynb is missing; run `make worked`."]
    (course / "tests" / "solutions" / "one.py").write_text("# %% product\n2 * 2\n")
    with pytest.raises(build_worked.BuildError, match="no answer cell for the solution of product"):
        build_worked.build(course)


def test_nbval_sees_a_changed_output_but_not_another_picture(course):
    built = course / "notebooks" / "instructor" / "one.ipynb"
    nb = nbformat.read(built, as_version=4)
    picture = nbformat.v4.new_code_cell(
        "from IPython.display import HTML\nHTML('<img src=\"data:image/png;base64,AAAA\">')"
    )
    html = {"text/html": '<img src="data:image/png;base64,BBBB">'}
    html["text/plain"] = "<IPython.core.display.HTML object>"
    picture.execution_count = 9
    picture.outputs = [nbformat.v4.new_output("execute_result", html, execution_count=9)]
    nb.cells.append(picture)
    nbformat.write(nb, built)
    built.write_text(built.read_text(encoding="utf-8").replace('"2"', '"3"'), encoding="utf-8")
    said = nbval(built)
    assert "one.ipynb::Cell 2" in said
    assert "1 failed, 4 passed" in said


def nbval(path):
    """Run pytest on one notebook with the settings of pyproject.toml; return what it printed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        "pyproject.toml",
        "--rootdir",
        path.parent,
        path,
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
