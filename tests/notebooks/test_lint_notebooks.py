"""Every rule for notebooks can fail: a small notebook is whole, then damaged in one way."""

import nbformat
import pytest

from tests.notebooks.lint_notebooks import Page, complaints
from tests.notebooks.made_up import made_up


def lint(nb, exercises, folder):
    (folder / "one.ipynb").write_text(nbformat.v4.writes(nb), encoding="utf-8")
    return complaints(Page(folder / "one.ipynb", nb, exercises, "https://a.example/x"))


def test_the_made_up_notebook_keeps_every_rule(tmp_path):
    assert lint(*made_up(), tmp_path) == []


DAMAGE = {
    "25 to 45": lambda nb: nb.cells.pop(8),
    "the steps of the course": lambda nb: nb.cells.pop(),
    "stands twice": lambda nb: nb.cells[7].update(id="title"),
    "carries outputs": lambda nb: nb.cells[2].update(execution_count=1),
    "not python3": lambda nb: nb.metadata.kernelspec.update(name="julia"),
    "one main heading": lambda nb: nb.cells[8].update(source="# Two"),
    "and the minutes": lambda nb: nb.cells[1].update(source="## What you will be able to do"),
    'no "Three key points"': lambda nb: nb.cells[-2].update(source="[on](one.ipynb)"),
    "fewer than three": lambda nb: nb.cells[-2].update(
        source="## Three key points\n- a\n[on](one.ipynb)"
    ),
    "where the learner goes": lambda nb: nb.cells[-2].update(
        source="## Three key points\n- a\n- b\n- c"
    ),
    "11 lines": lambda nb: nb.cells[4].update(source="x = 1\n" * 10 + "y = 1"),
    "the median": lambda nb: [
        cell.update(source="kit.start()\n" + "x\n" * 5) for cell in nb.cells[2:6]
    ],
    "starting with !": lambda nb: nb.cells[4].update(source="x = 1\n!ls"),
    "semicolon": lambda nb: nb.cells[4].update(source="x = 1;"),
    "does not open the journal": lambda nb: nb.cells[2].update(source="import kit"),
    "a sentence of 26 words": lambda nb: nb.cells[8].update(source="Word" + " word" * 25 + "."),
    "one machine": lambda nb: nb.cells[8].update(source="See /home/me/data."),
    "no network call": lambda nb: nb.cells[4].update(source="from urllib import request"),
    "without alt text": lambda nb: nb.cells[8].update(source="![](one.ipynb)"),
    "picture without alt": lambda nb: nb.cells[8].update(source='<img src="one.ipynb" alt="">'),
    "which is not there": lambda nb: nb.cells[8].update(source="[x](two.ipynb)"),
    "#Two, which is not": lambda nb: nb.cells[8].update(source="[x](#Two)"),
    "in no file of data/": lambda nb: nb.cells[8].update(source="https://b.example."),
    "3 cells in a row": lambda nb: nb.cells.insert(5, nb.cells.pop(9)),
    "differs from title": lambda nb: nb.cells[3].update(source="### Add (3 points)\n\n1 + 1?"),
    "nor kit.check": lambda nb: nb.cells[5].update(source="total"),
    "is not kit.ask": lambda nb: [
        nb.cells.pop(5),
        nb.cells[4].update(source='x = kit.ask("sum")'),
    ],
    "2 cells in a row": lambda nb: nb.cells[4].update(source='kit.ask("sum")'),
    "sum is missing": lambda nb: [nb.cells[number].metadata.pop("tags") for number in (3, 4, 5)],
    "cell open has not deletable": lambda nb: nb.cells[2].metadata.pop("deletable"),
    "cell goals has not editable": lambda nb: nb.cells[1].metadata.pop("editable"),
    "cell open has not jupyter": lambda nb: nb.cells[2].metadata.pop("jupyter"),
    "more than a call of the kit": lambda nb: nb.cells[4].metadata.update(
        jupyter={"source_hidden": True}
    ),
    "which is its label": lambda nb: nb.cells[2].update(source="kit.start()"),
    "not in exercises.toml": lambda nb: [
        nb.cells[n].metadata.tags.__setitem__(0, "exercise:x") for n in (3, 4, 5)
    ],
}


@pytest.mark.parametrize("sentence", DAMAGE)
def test_a_damaged_notebook_is_named(sentence, tmp_path):
    nb, exercises = made_up()
    DAMAGE[sentence](nb)
    assert [found for found in lint(nb, exercises, tmp_path) if sentence in found]
