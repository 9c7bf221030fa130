"""What a notebook calls is flat, and what a learner gets wrong with it is one sentence."""

import ast
import inspect
import json
import re
from pathlib import Path

import pytest

import kit
from kit.errors import KitError
from kit.exercises import ExerciseError
from kit.journal import JournalError
from kit.submission import SubmissionError

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def names_called(path):
    """Yield every dotted name of kit that a notebook's cells use."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("kit."):
                    yield ast.unparse(node)


def test_every_function_of_the_widgets_is_a_name_of_the_kit_too():
    functions = [name for name, value in vars(kit.widgets).items() if inspect.isfunction(value)]
    assert sorted(functions) == sorted(kit.FUNCTIONS["widgets"])
    for name in functions:
        assert getattr(kit, name) is getattr(kit.widgets, name)
    assert kit.show is kit.charts.show and kit.explore is kit.charts.explore
    assert set(dir(kit)) == set(kit.__all__) and len(kit.__all__) == len(set(kit.__all__))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_a_notebook_calls_is_there(path):
    names = {name.split("(")[0] for name in names_called(path)}
    assert names
    for name in names:
        thing = kit
        for part in name.split(".")[1:]:
            thing = getattr(thing, part, None)
            assert thing is not None, name


def test_a_misspelt_name_of_the_kit_says_which_is_meant():
    with pytest.raises(AttributeError, match=r"no part named 'reeder'. Did you mean reader"):
        kit.reeder  # noqa: B018
    assert not hasattr(kit, "nothing_of_ours")


WRONG = {
    "kit.journal.current().write('a b', 1)": JournalError,
    "kit.journal.current().write('a', float('nan'))": JournalError,
    "kit.journal.open(copy_of='none.jsonl')": JournalError,
    "kit.journal.read_copy('hello')": JournalError,
    "kit.submission.checked('a name with spaces')": SubmissionError,
    "kit.submission.load('none.json')": SubmissionError,
}


@pytest.mark.parametrize("code", WRONG)
def test_what_goes_wrong_with_journal_and_hand_in_is_one_sentence(code, journal):
    with pytest.raises(WRONG[code]) as raised:
        exec(code, {"kit": kit})
    assert isinstance(raised.value, KitError)
    assert raised.value._render_traceback_() == [str(raised.value)]  # what a notebook shows
    assert re.fullmatch(r"[^\n]{20,}\.", str(raised.value))


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (kit.my_ratings, "rating"),
        (kit.expert_ratings, "rating"),
        (kit.commit, "rating"),
        (kit.experts, "rating"),
        (kit.weights, "rating"),
        (kit.finder, "atach"),
    ],
)
def test_an_exercise_that_is_not_there_is_a_sentence_with_the_one_that_is_meant(
    call, name, case, journal
):
    meant = {"rating": "ratings", "atach": "attach"}[name]
    expected = f"There is no exercise called “{name}”. Did you mean {meant}?"
    with pytest.raises(ExerciseError, match=re.escape(expected)):
        call(name, case=case)
