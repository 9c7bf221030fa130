"""Builds the six notebooks of a case from the templates, and tells the kit what they hold.

python -m editions.course            the notebooks of the course, from templates/ and data/
python -m editions.course --check    only say what is no longer as this would build it
python -m editions.course FOLDER     a case folder as a course of its own, in build/case/
"""

import json
import re
from pathlib import Path

import jinja2
import nbformat
from nbformat import NotebookNode

from editions.course import said
from editions.course.cells import notebook
from editions.course.words import TEMPLATES
from kit import data, exercises
from kit.data import Case, DataError

ROOT = Path(__file__).resolve().parents[2]
DOORS = ("has", "in_code", "minutes", "others", "place", "prompt", "task", "title")  # of Tasks
NOTEBOOKS = sorted(path.stem for path in TEMPLATES.glob("0*.j2"))
JINJA = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    autoescape=False,  # prose and code, not a page
)


def notebooks(case: Case, worked: bool = False) -> dict[str, NotebookNode]:
    """Return the notebooks of a case by name.

    worked: whether worked editions of them stand in `notebooks/instructor`.

    >>> list(notebooks(data.load()))[0]
    '01_meet_the_sources'
    """
    names = {**said.of_case(case), "worked": worked}
    for exercise in exercises.load(case).values():
        if exercise.notebook not in NOTEBOOKS:
            raise DataError(
                f"exercises.toml, exercise {exercise.id!r}: it is for the notebook "
                f"{exercise.notebook!r}, which is none of {', '.join(NOTEBOOKS)}; mend that line."
            )
    return {name: notebook(render(case, name, names)) for name in NOTEBOOKS}


def render(case: Case, name: str, names: dict) -> str:
    """Return one template with the case in it, before it is cut into cells."""
    source = (TEMPLATES / f"{name}.j2").read_text(encoding="utf-8")
    usual = len(re.findall(r"\{\{ (?:task|in_code)\(", source))
    tasks = said.Tasks(case, names["words"], name, usual)
    doors = {door: getattr(tasks, door) for door in DOORS}
    here = names["words"].get(name, {})
    return JINJA.get_template(f"{name}.j2").render(**names, **doors, here=here)


def files(case: Case, worked: bool = False) -> dict[str, str]:
    """Return the text of each file that is made of a case, by its path in a course."""
    made = notebooks(case, worked)
    texts = {f"notebooks/{name}.ipynb": nbformat.v4.writes(nb) + "\n" for name, nb in made.items()}
    known = {name: _known(nb) for name, nb in made.items()}
    return {**texts, "kit/notebooks.json": json.dumps(known, indent=0, ensure_ascii=False)}


def _known(nb):
    """What the kit knows of a notebook: title, minutes, tasks, and its cells to give one back."""
    kept = ("id", "cell_type", "metadata", "source")
    title, goals = nb.cells[0].source, nb.cells[1].source
    prompts = [cell for cell in nb.cells if "prompt" in cell.metadata.get("tags", [])]
    return {
        "title": title.partition("\n")[0].removeprefix("# "),
        "minutes": int(re.search(r"(\d+) minutes", goals)[1]),
        "tasks": {cell.metadata.tags[0].removeprefix("exercise:"): cell.id for cell in prompts},
        "cells": [{name: cell[name] for name in kept} for cell in nb.cells],
    }


def changed() -> list[str]:
    """Return the paths of the course's files that are not as its templates and data make them."""
    made = of_this_course()
    return [path for path, text in made.items() if text != _there(ROOT / path)]


def _there(path):
    return path.read_text("utf-8") if path.exists() else ""


def of_this_course() -> dict[str, str]:
    """Return what `files` makes of the data beside the package."""
    worked = ROOT / "notebooks" / "instructor" / f"{NOTEBOOKS[0]}.ipynb"
    return files(data.load(), worked.exists())


def write(folder: Path, made: dict[str, str]) -> None:
    """Write files by their paths into a folder."""
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
