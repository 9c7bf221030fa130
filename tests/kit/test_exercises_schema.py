"""The form of `exercises.toml`: one JSON Schema, for editors, for `check-data` and for the kit."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kit import data, exercises
from kit.exercises import schema
from kit.exercises.model import ExerciseError
from teach.cli import main
from tests.kit.test_exercises import TOML

DATA = Path(__file__).resolve().parents[2] / "data"
CASES = Path(__file__).resolve().parents[1] / "cases"
SCHEMA = json.loads((DATA / "exercises.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
EXERCISE = SCHEMA["$defs"]["exercise"]


def test_it_is_a_schema_and_names_every_kind_with_what_it_needs():
    Draft202012Validator.check_schema(SCHEMA)
    assert EXERCISE["properties"]["kind"]["enum"] == list(exercises.KINDS)
    needs = {
        rule["if"]["properties"]["kind"]["const"]: tuple(rule["then"]["required"])
        for rule in EXERCISE["allOf"]
    }
    assert needs == {name: kind.needs for name, kind in exercises.KINDS.items() if kind.needs}


def test_it_describes_every_field_of_an_exercise():
    assert set(exercises.Exercise.__dataclass_fields__) == set(EXERCISE["properties"])
    assert all(part["description"].endswith(".") for part in EXERCISE["properties"].values())
    assert set(exercises.Choice._fields) == set(SCHEMA["$defs"]["choice"]["properties"])
    assert set(exercises.Statement._fields) == set(SCHEMA["$defs"]["statement"]["properties"])


def test_the_kit_knows_every_keyword_by_which_a_form_is_judged():
    def keywords(form):
        for name, inside in form.items():
            yield name
            if name in ("properties", "$defs"):
                yield from (word for part in inside.values() for word in keywords(part))
            elif name in ("items", "additionalProperties") and inside:
                yield from keywords(inside)

    only_said = {"$schema", "$comment", "$defs", "title", "description"}
    assert set(keywords(SCHEMA)) - only_said - {"allOf"} == set(schema.RULES)


def test_the_file_beside_the_exercises_is_the_one_the_kit_reads_by():
    """When this fails: cp kit/exercises/exercises.schema.json data/"""
    assert (DATA / "exercises.schema.json").read_bytes() == schema.SCHEMA.read_bytes()


def test_an_editor_finds_the_schema_from_the_first_line():
    text = (DATA / "exercises.toml").read_text(encoding="utf-8")
    name = text.partition("\n")[0].removeprefix("#:schema ")
    assert (DATA / name).samefile(DATA / "exercises.schema.json")


@pytest.mark.parametrize(
    "folder", [DATA, CASES / "small", CASES / "biscuits", CASES / "first_flight"]
)
def test_the_courses_keep_to_it(folder):
    path = folder / "exercises.toml"
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(VALIDATOR.iter_errors(stated)) == []
    assert schema.faults(path) == []


WITHOUT_FORM = [
    ("exercise", 0, "points", "two"),
    ("exercise", 0, "points", -1),
    ("exercise", 0, "points", True),
    ("exercise", 0, "id", "pick one"),
    ("exercise", 0, "id", ""),
    ("exercise", 0, "id", "x" * 81),
    ("exercise", 0, "id", None),
    ("exercise", 0, "kind", "guess"),
    ("exercise", 0, "kind", None),
    ("exercise", 0, "kind", "rating"),
    ("exercise", 0, "hints", "Look."),
    ("exercise", 0, "hints", [1]),
    ("exercise", 0, "options", None),
    ("exercise", 0, "options", [{"text": "A"}]),
    ("exercise", 0, "options", [{"id": "a", "text": 3}]),
    ("exercise", 0, "options", [{"id": "b", "text": "B", "txt": "C"}]),
    ("exercise", 0, "wrong", [3]),
    ("exercise", 0, "rihgt", "Yes."),
    ("exercise", 0, "evidence", "yes"),
    ("exercise", 3, "tolerance", "0.5"),
    ("exercise", 3, "tolerance", -0.5),
    ("exercise", 8, "samples", ["a", "b"]),
    ("exercise", 8, "limit", None),
    ("exercise", 9, "columns", [{"id": "n", "text": "N", "range": [0]}]),
    ("exercise", 9, "columns", [{"id": "n", "text": "N", "range": [0, "4"]}]),
    ("exercise", 5, "sentences", {"r1": 1}),
    ("quiz", 0, "form", "C"),
    ("quiz", 0, "text", 1),
    ("quiz", 0, "text", None),
]


@pytest.mark.parametrize(("table", "number", "field", "value"), WITHOUT_FORM)
def test_the_kit_refuses_what_an_editor_underlines(monkeypatch, table, number, field, value):
    """The kit reads the schema itself, as it must start fast; jsonschema is the referee."""
    stated = tomllib.loads(TOML)
    assert list(VALIDATOR.iter_errors(stated)) == []
    entry = stated[table][number]
    entry.pop(field, None)
    if value is not None:
        entry[field] = value
    assert not VALIDATOR.is_valid(stated)
    monkeypatch.setattr(schema, "read_tables", lambda _path, name: stated[name])
    [fault] = schema.faults(Path("exercises.toml"))
    assert fault.startswith("exercises.toml, ") and fault.endswith(".")


def test_all_that_is_wrong_is_told_at_once_exercise_by_exercise(tmp_path):
    path = tmp_path / "exercises.toml"
    text = TOML.replace("points = 2", 'points = "two"', 1).replace('kind = "date"', 'kind = "day"')
    path.write_text(text.replace('form = "A"', 'form = "C"', 1), encoding="utf-8")
    assert [fault.partition(": ")[0] for fault in schema.faults(path)] == [
        "exercises.toml, exercise 'pick'",
        "exercises.toml, exercise 'when'",
        "exercises.toml, statement 'a1'",
    ]
    path.write_text("[[exercise", encoding="utf-8")
    [fault] = schema.faults(path)
    assert "not valid TOML" in fault


def test_check_data_tells_each_of_them(tmp_path, capsys):
    folder = Path(shutil.copytree(data.load().path, tmp_path / "mine"))
    path = folder / "exercises.toml"
    text = path.read_text(encoding="utf-8").replace("points = 2", 'points = "two"')
    path.write_text(text, encoding="utf-8")
    assert main(["check-data", str(folder)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == text.count('points = "two"') > 1
    assert said[0] == (
        "exercises.toml, exercise 'prediction': 'points' must be a whole number, 0 or more, "
        "not 'two'; mend it."
    )
    with pytest.raises(ExerciseError) as caught:
        exercises.load(data.load(folder))
    assert str(caught.value) == said[0]
