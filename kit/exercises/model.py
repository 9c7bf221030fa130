"""Reads `exercises.toml` into plain, checked objects."""

import functools
import html
import re
import tomllib
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from kit.data import DataError
from kit.exercises.stated import exercise_fault, missing_fault

KINDS = ("choice", "several", "number", "date", "matrix", "table", "chart", "written", "rating")
PLACE = re.compile(r"(.+)_([1-9]\d*)")  # a row of an exercise with in_reader: text_number
STATES = {"not answered": "○", "not yet": "↻", "correct": "✓", "recorded": "●"}


class ExerciseError(DataError):
    """`exercises.toml` cannot be used as it is; the message says where and what to do."""


class Choice(NamedTuple):
    """One option, row or column: an id and the words shown.

    A column of a rating also has `values` (and `words`, what each value means, or none)
    or a `range` (lowest, highest).
    """

    id: str
    text: str
    values: tuple = ()
    range: tuple = ()
    words: tuple = ()


class Feedback(NamedTuple):
    """What a learner is told.

    state: "not answered", "not yet", "correct" or "recorded" (kept, not judged).
    message: one or more sentences; never the key. Lines that begin with "• " are a list.
    earned: share of the points, 0 to 1; None where a person or nobody judges.
    """

    state: str
    message: str
    earned: float | None = None

    def __repr__(self):
        return f"{STATES[self.state]} {self.state.capitalize()}. {self.message}"

    def _repr_html_(self):
        state, mark = self.state, STATES[self.state]
        return (
            f'<div class="kit-feedback kit-{state.replace(" ", "-")}" role="status" '
            'style="border-left:4px solid currentColor;padding:.4em .8em;max-width:42em">'
            f'<strong><span aria-hidden="true">{mark}</span> {state.capitalize()}.</strong> '
            f"{_listed(self.message)}</div>"
        )


def _listed(message):
    """The message as HTML; its lines that begin with "• " become a list."""
    lines = html.escape(message).split("\n")
    points = "".join(f"<li>{line[2:]}</li>" for line in lines if line.startswith("• "))
    said = " ".join(line for line in lines if not line.startswith("• "))
    return f'{said}<ul style="margin:.3em 0 0;padding-left:1.4em">{points}</ul>' if points else said


NOT_ANSWERED = Feedback("not answered", "Give your answer in the cell above, then check again.")


@dataclass(frozen=True)
class Exercise:
    """One exercise as `exercises.toml` states it; see `data/README.md` for every field."""

    id: str
    notebook: str
    kind: str
    points: int
    title: str
    prompt: str
    hints: tuple[str, ...] = ()
    right: str = ""
    otherwise: str = ""
    options: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    columns: tuple[Choice, ...] = ()
    wrong: tuple[dict, ...] = ()
    unit: str = ""
    tolerance: float = 0
    rubric: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    limit: int = 0
    evidence: bool = False
    in_reader: bool = False
    cites: str = ""
    sentences: dict = field(default_factory=dict)


AXES = ("source", "information")  # columns of a rating with Admiralty letter and number: no scores

NEEDED = {
    "choice": ("options",),
    "several": (),
    "matrix": ("options", "rows", "columns"),
    "rating": ("rows", "columns"),
    "written": ("rubric", "samples", "limit"),
}
KNOWN = {each.name for each in fields(Exercise)}


def load(case):
    """All exercises of a case, in file order: dict id -> Exercise.

    Raises ExerciseError in one sentence for a file that cannot be used.

    >>> from kit import data
    >>> load(data.load())["members_1954"].kind
    'number'
    """
    return _exercises(case.exercises_path, changed(case.exercises_path))


def place(row_id):
    """Where the sentence of a row stands, for an exercise with `in_reader`: (text id, number).

    >>> place("forum_9")
    ('forum', 9)
    """
    found = PLACE.fullmatch(row_id)
    if not found:
        raise ExerciseError(f"{row_id!r} names no sentence; write text_number, such as forum_9.")
    return found[1], int(found[2])


def changed(path):
    """When the file was last changed, in nanoseconds: what is read from it is kept until then."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        raise ExerciseError(
            f"There is no {path.name} in the folder {path.parent.name}; add one."
        ) from None


@functools.lru_cache(maxsize=8)
def read_toml(path, _changed):
    """The parsed file; ExerciseError names the line when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{path.name} is not valid TOML: {error}. Mend that line.") from None


def read_each(path, name):
    """What stands in the file under each `[[name]]`, in order (list of dict)."""
    found = read_toml(path, changed(path)).get(name, [])
    if not (isinstance(found, list) and all(isinstance(each, dict) for each in found)):
        raise ExerciseError(f"{path.name}: write [[{name}]], in two brackets, above each {name}.")
    return found


@functools.lru_cache(maxsize=8)
def _exercises(path, _changed):
    found = {}
    for entry in read_each(path, "exercise"):
        exercise = _exercise(entry, path.name)
        if exercise.id in found:
            raise ExerciseError(f"{path.name}: the id {exercise.id!r} stands twice; rename one.")
        found[exercise.id] = exercise
    return found


def _exercise(entry, file):
    name = entry.get("id", entry.get("title", "without id"))
    where = f"{file}, exercise {name!r}"
    if fault := missing_fault(entry, ("id", "notebook", "kind", "points", "title", "prompt")):
        raise ExerciseError(f"{where}: {fault}")
    if entry["kind"] not in KINDS:
        raise ExerciseError(f"{where}: kind {entry['kind']!r} is none of {', '.join(KINDS)}.")
    for name in NEEDED.get(entry["kind"], ()):
        if not entry.get(name):
            raise ExerciseError(f"{where}: a {entry['kind']} exercise needs {name!r}; add it.")
    if unknown := sorted(set(entry) - KNOWN):
        raise ExerciseError(f"{where}: {unknown[0]!r} is not a known field; check its spelling.")
    if fault := exercise_fault(entry):
        raise ExerciseError(f"{where}: {fault}")
    exercise = Exercise(**{field: _plain(field, value) for field, value in entry.items()})
    _check_wrong(exercise, where)
    _check_scales(exercise, where)
    _check_cites(exercise, where)
    _check_in_reader(exercise, where)
    return exercise


def _plain(field, value):
    if field in ("options", "rows", "columns"):
        lists = ("values", "range", "words")
        return tuple(
            Choice(c["id"], c["text"], *(tuple(c.get(each, ())) for each in lists)) for c in value
        )
    if field == "samples":
        return tuple(tuple(pair) for pair in value)
    return tuple(value) if isinstance(value, list) else value


def _check_wrong(exercise, where):
    """Every listed wrong answer must be one a learner can give, and must have a reason."""
    allowed = [option.id for option in exercise.options]
    for entry in exercise.wrong:
        if not entry.get("reason") or "answer" not in entry:
            raise ExerciseError(f"{where}: each wrong answer needs 'answer' and 'reason'.")
        if allowed and entry["answer"] not in allowed:
            raise ExerciseError(f"{where}: wrong answer {entry['answer']!r} is not an option.")


def _check_scales(exercise, where):
    """What is rated has a scale; words stand beside its values, one each."""
    for column in exercise.columns:
        told = f"{where}, column {column.id!r}"
        if exercise.kind == "rating" and not (column.values or column.range):
            raise ExerciseError(f"{told}: nothing can be given; add 'values' or a 'range'.")
        if column.words and len(column.words) != len(column.values):
            raise ExerciseError(
                f"{told}: {len(column.words)} words for {len(column.values)} values; "
                "give each value its words."
            )


def _check_cites(exercise, where):
    """A written answer may be asked to cite the record; nothing else can be cited."""
    if exercise.cites and (exercise.kind, exercise.cites) != ("written", "record"):
        raise ExerciseError(
            f"{where}: 'cites' is for written exercises, and only \"record\" can be cited."
        )


def _check_in_reader(exercise, where):
    """What is answered in the reader is one tag for each sentence."""
    if not exercise.in_reader:
        return
    if exercise.kind != "matrix" or len(exercise.columns) != 1:
        raise ExerciseError(f"{where}: in_reader needs a matrix with one column.")
    for row in exercise.rows:
        try:
            place(row.id)
        except ExerciseError as error:
            raise ExerciseError(f"{where}: {error}") from None
