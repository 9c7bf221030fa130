"""Reads `exercises.toml` and holds it to its form, the JSON Schema `exercises.schema.json`.

The same file stands in `data/`, where editors complete and underline by it. It is read here without
the library jsonschema, which takes longer to load than all of the kit (a test lets the two agree).
Of each exercise the first thing that is wrong is told, in one sentence.
"""

import functools
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kit.data import Case
from kit.exercises.kinds import KINDS
from kit.exercises.model import Choice, Exercise, ExerciseError, Statement
from kit.words import suggestion

SCHEMA = Path(__file__).with_name("exercises.schema.json")
SHOWN = 60  # characters of what stands there instead
CHOICES = ("options", "rows", "columns")


@functools.cache
def form_of(name: str) -> dict:
    """Return one of the forms that the schema defines, such as "exercise" or "choice"."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"][name]


def fits(value: Any, form: dict) -> bool:
    """Tell whether a value has a form of the schema; of its keywords only those in RULES count.

    >>> whole = form_of("whole")
    >>> fits([9, 10], {"type": "array", "items": whole}), fits(True, whole), fits("two", whole)
    (True, False, False)
    """
    return all(RULES[name](value, wanted) for name, wanted in form.items() if name in RULES)


TYPES = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int}
RULES: dict[str, Callable[[Any, Any], bool]] = {
    "$ref": lambda value, name: fits(value, form_of(name.rpartition("/")[2])),
    "type": lambda value, name: (
        type(value) in (int, float) if name == "number" else type(value) is TYPES[name]
    ),
    "enum": lambda value, allowed: value in allowed,
    "pattern": lambda value, pattern: re.fullmatch(pattern, value) is not None,
    "minimum": lambda value, low: low <= value < float("inf"),
    "minItems": lambda value, least: len(value) >= least,
    "maxItems": lambda value, most: len(value) <= most,
    "items": lambda value, form: all(fits(each, form) for each in value),
    "required": lambda value, names: all(name in value for name in names),
    "properties": lambda value, parts: all(
        fits(value[name], form) for name, form in parts.items() if name in value
    ),
    "additionalProperties": lambda value, form: (  # what is false there has a sentence of its own
        form is False or all(fits(each, form) for each in value.values())
    ),
}


def load(case: Case) -> dict[str, Exercise]:
    """Return all exercises of a case by id, in file order; ExerciseError for a bad file."""
    return _exercises(case.exercises_path, changed(case.exercises_path))


def find(exercise_id: str, case: Case) -> Exercise:
    """Return one exercise of a case; ExerciseError for an unknown one says which may be meant."""
    return pick(exercise_id, load(case))


def pick(exercise_id: str, known: dict[str, Exercise]) -> Exercise:
    """Return one of the exercises that are loaded, as `find` does."""
    if exercise_id not in known:
        raise ExerciseError(
            f"There is no exercise called “{exercise_id}”. {suggestion(exercise_id, known)}"
        )
    return known[exercise_id]


def statements(case: Case) -> list[Statement]:
    """Return the statements of both short tests, in file order; ExerciseError as `load`."""
    path = case.exercises_path
    for fault in _faults_in(path, "quiz"):
        raise ExerciseError(fault)
    return [Statement(s["id"], s["form"], s["text"]) for s in read_tables(path, "quiz")]


def quiz(case: Case, form: str) -> list[Statement]:
    """Return the statements of one short test; form: "A" or "B", ExerciseError otherwise."""
    found = [statement for statement in statements(case) if statement.form == form]
    if not found:
        raise ExerciseError(f"{case.exercises_path.name} has no quiz form {form!r}; use A or B.")
    return found


def faults(path: Path) -> list[str]:
    """Return a sentence for each exercise and each statement of a file in which something is wrong.

    Each names file, id and field and says what to do; [] for a file that can be used.
    """
    try:
        return [*_faults_in(path, "exercise"), *_faults_in(path, "quiz")]
    except ExerciseError as error:
        return [str(error)]


def changed(path: Path) -> int:
    """Return when the file was last changed, in nanoseconds: what was read is good until then."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        raise ExerciseError(
            f"There is no {path.name} in the folder {path.parent.name}; add one."
        ) from None


@functools.lru_cache(maxsize=8)
def read_toml(path: Path, _changed: int) -> dict:
    """Return the parsed file; ExerciseError names the line when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{path.name} is not valid TOML: {error}. Mend that line.") from None


def read_tables(path: Path, name: str) -> list[dict]:
    """Return what stands in the file under each `[[name]]`, in order."""
    tables = read_toml(path, changed(path)).get(name, [])
    if not fits(tables, {"type": "array", "items": {"type": "object"}}):
        raise ExerciseError(f"{path.name}: write [[{name}]], in two brackets, above each {name}.")
    return tables


@functools.lru_cache(maxsize=8)
def _exercises(path: Path, _changed: int) -> dict[str, Exercise]:
    for fault in _faults_in(path, "exercise"):
        raise ExerciseError(fault)
    return {
        entry["id"]: Exercise(**{field: _frozen(value, field) for field, value in entry.items()})
        for entry in read_tables(path, "exercise")
    }


def _frozen(value: Any, field: str = "") -> Any:
    if not isinstance(value, list):
        return value
    if field in CHOICES:
        return tuple(Choice(**{part: _frozen(v) for part, v in each.items()}) for each in value)
    return tuple(map(_frozen, value))


def _faults_in(path: Path, table: str) -> Iterator[str]:
    """Yield the first fault of each `[[table]]`; table: "exercise" or "quiz"."""
    ids = set()
    for entry in read_tables(path, table):
        called = "statement" if table == "quiz" else table
        where = f"{path.name}, {called} {entry.get('id', entry.get('title', 'without id'))!r}"
        found = _form_faults(entry, form_of(called)) if table == "quiz" else _faults_of(entry)
        if fault := next(found, ""):
            yield f"{where}: {fault}"
        elif entry["id"] in ids:
            yield f"{where}: this id stands twice; rename one."
        else:
            ids.add(entry["id"])


def _faults_of(entry: dict) -> Iterator[str]:
    """Yield what is wrong with one `[[exercise]]`; what follows the first may not make sense."""
    form = form_of("exercise")
    yield from _form_faults(entry, {"required": form["required"]})
    if entry["kind"] not in list(KINDS):
        yield f"kind {entry['kind']!r} is none of {', '.join(KINDS)}."
    for name in KINDS[entry["kind"]].needs:
        if not entry.get(name):
            yield f"a {entry['kind']} exercise needs {name!r}; add it."
    for name in sorted(set(entry) - set(form["properties"])):
        yield f"{name!r} is not a known field; check its spelling."
    parts = {name: part for name, part in form["properties"].items() if name != "kind"}
    yield from _form_faults(entry, {"properties": parts})
    for field in CHOICES:
        yield from _choice_faults(field, entry.get(field, []))
    yield from _wrong_faults(entry)
    for kind in KINDS.values():
        yield from kind.faults(entry)


def _form_faults(entry: dict, form: dict) -> Iterator[str]:
    for name in form.get("required", ()):
        if name not in entry:
            yield f"{name!r} is missing; add it."
    for name, part in form.get("properties", {}).items():
        if name in entry and not fits(entry[name], part):
            wanted = part if "title" in part else form_of(part["$ref"].rpartition("/")[2])
            text = repr(entry[name])
            cut = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
            yield f"{name!r} must be {wanted['title']}, not {cut}; mend it."


def _choice_faults(field: str, choices: list[dict]) -> Iterator[str]:
    ids = [choice["id"] for choice in choices]
    for id in ids:
        if ids.count(id) > 1:
            yield f"the id {id!r} stands twice in {field!r}; rename one."
    known = form_of("choice")["properties"]
    for name in (name for choice in choices for name in choice if name not in known):
        yield f"{name!r} is not a known part of {field!r}; check its spelling."


def _wrong_faults(entry: dict) -> Iterator[str]:
    """Every listed wrong answer must be one a learner can give, and must have a reason."""
    allowed = [option["id"] for option in entry.get("options", [])]
    for wrong in entry.get("wrong", []):
        if not wrong.get("reason") or "answer" not in wrong:
            yield "each wrong answer needs 'answer' and 'reason'."
        elif allowed and wrong["answer"] not in allowed:
            yield f"wrong answer {wrong['answer']!r} is not an option."
