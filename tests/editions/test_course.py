"""The notebooks are made of templates: byte for byte, of any case, and without a word of one."""

import copy
import re
import subprocess
import sys

import nbformat
import pytest

from editions.course import build, said
from editions.course import words as build_words
from kit import data, exercises
from tests.test_house import ROOT

REAL = data.load()
WORDS = build_words.read_words(REAL)
TEMPLATES = {path.name: path.read_text("utf-8") for path in build.TEMPLATES.glob("*.j2")}


made = build.notebooks


def test_templates_and_data_make_the_notebooks_that_are_committed():
    assert build.changed() == [], "run make notebooks"


def test_a_changed_notebook_is_found(monkeypatch, tmp_path):
    build.write(tmp_path, build.files(REAL))
    path = tmp_path / "notebooks" / "03_rate_reliability.ipynb"
    path.write_text(path.read_text("utf-8").replace("Rate", "Date", 1), encoding="utf-8")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    assert build.changed() == ["notebooks/03_rate_reliability.ipynb"]


# No word of a case in a template

# Where the marks of notebook 3 come from, whatever the case is about: a NATO standard, and a study.
STANDARD = (
    "It comes from British naval intelligence of the Second World War",
    "It is also NATO practice. ",
    "These words follow a NATO standard of 2003 (STANAG 2511)",
    "(Baker 1968)",
)


SMALL = set(re.findall(r"\b[a-z]+", " ".join(TEMPLATES.values())))
TEXTS = (
    *(row[column] for row in REAL.rows("record") for column in ("who", "witness")),
    *(row["country"] for row in REAL.rows("enlargement")),
    *(row["proposition"] for row in REAL.rows("propositions")),
    WORDS["01_meet_the_sources"]["one_more"]["word"],
    REAL.question,
)
NAMES = {
    word
    for text in TEXTS
    for word in re.findall(r"\b[A-Z]\w+", text)
    if word.lower() not in SMALL  # "The" at the beginning of a sentence
}
IDS = {
    *REAL.texts,
    *(row["record_id"] for row in REAL.rows("record")),
    *(row["claim_id"] for row in REAL.rows("claims")),
    *(row["proposition_id"] for row in REAL.rows("propositions")),
    *WORDS["exercises"].values(),
}


def test_there_are_names_to_look_for():
    assert {"NATO", "Putin", "Russia", "Robertson", "Clinton", "Crimea", "Poland"} <= NAMES
    assert {"factcheck", "R22", "C10", "P18", "date_article"} <= IDS


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_word_of_the_case(name):
    text = TEMPLATES[name]
    for sentence in STANDARD:
        text = text.replace(sentence, "")
    assert {word for word in NAMES if re.search(rf"\b{word}\b", text)} == set()
    assert {id for id in IDS if re.search(rf"[\"`/(]{id}\b", text)} == set()


def test_the_page_for_authors_names_every_word_and_every_place():
    page = (ROOT / "docs" / "another_question.md").read_text("utf-8").partition("## Rights")[0]
    named = set(re.findall(r"`(\w+)`", page))
    tables = [build_words.asked(name) for name in build.NOTEBOOKS]
    words = {word for table in tables for name, inside in table.items() for word in (name, *inside)}
    placed = re.findall(r'\{\{ (?:task|in_code)\((?:place\()?"(\w+)"', " ".join(TEMPLATES.values()))
    assert len(placed) == len(exercises.load(REAL))
    assert {*words, *placed} - named == set()


# Every word is used, and none has to be there


def leaves(words, *path):
    """Each word, table and list of words.toml, as a path of keys."""
    for name, value in words.items():
        yield (*path, name)
        if isinstance(value, dict) and len(path) < 2:
            yield from leaves(value, *path, name)


def without(path):
    """The words of the course without one of them."""
    words = copy.deepcopy(WORDS)
    *tables, name = path
    table = words
    for each in tables:
        table = table[each]
    del table[name]
    return words


def undefined(nb):
    """What ruff says of names in the code that no cell before has given."""
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821", "-"]
    done = subprocess.run(ruff, input=f"display = print\n{code}", capture_output=True, text=True)
    return done.stdout if done.returncode else ""


ODD = re.compile(r"\n\n\n|\{\{|%\}|  [A-Z]| $| \n|^$")  # what is left where a part was left out


def sound(notebooks):
    """Whether notebooks are valid, each cell has an id of its own, and no name is missing."""
    for nb in notebooks.values():
        nbformat.validate(nb)
        ids = [cell.id for cell in nb.cells]
        assert sorted(set(ids)) == sorted(ids)
        assert undefined(nb) == ""
        prose = [cell.source for cell in nb.cells if cell.cell_type == "markdown"]
        assert [text for text in prose if ODD.search(text)] == []
    return notebooks


@pytest.mark.parametrize("name", ["biscuits", "first_flight"])
def test_the_cases_that_authors_begin_with_have_notebooks_that_are_sound(name):
    case = data.load(ROOT / "tests" / "cases" / name)
    assert case.question in sound(made(case))[build.NOTEBOOKS[0]].cells[0].source


WHOLE = made(REAL)


@pytest.mark.parametrize("path", [*leaves(WORDS)], ids="/".join)
def test_a_word_that_is_left_out_changes_the_notebooks_or_is_asked_for(path, monkeypatch):
    words = without(path)
    monkeypatch.setattr(said, "read_words", lambda case: words)
    faults = list(build_words.faults(REAL, words))
    if faults:
        assert len(path) == 3 and "is missing; add it" in faults[0]
        return
    assert sound(made(REAL)) != WHOLE


@pytest.mark.parametrize("id", exercises.load(REAL))
def test_a_case_without_an_exercise_has_notebooks_that_are_sound(id, monkeypatch):
    known = exercises.load(REAL)
    monkeypatch.setattr(exercises, "load", lambda case: {k: v for k, v in known.items() if k != id})
    notebooks = sound(made(REAL))
    text = "".join(cell.source for nb in notebooks.values() for cell in nb.cells)
    assert f'kit.ask("{id}")' not in text and f'kit.check("{id}"' not in text
