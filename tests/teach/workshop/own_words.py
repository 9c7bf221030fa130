"""Finds in a case folder its author's own words: where it differs from what rules make of it."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from kit.data import Case
from kit.data.tables import read_text
from kit.exercises.schema import read_tables
from teach.workshop.complete import complete
from teach.workshop.draft import draft_of
from teach.workshop.folder import HEAD
from teach.workshop.notebook_words import TOP, notebook_words
from teach.workshop.rules import Exercises, exercises
from teach.workshop.rules.exercise import EDITED, place_of


def own_words(case: Case, state: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the lines of a draft, id and value, that hold the author's own words.

    state: the other lines of the same case. Of exercises that were written by hand, in a file that
    no rule made, nothing is taken over.
    """
    draft = complete(draft_of(state)).draft
    by_rule = notebook_words(draft, exercises(draft))
    is_there = (case.path / "words.toml").exists()
    there = tomllib.loads(read_text(case.path, "words.toml")) if is_there else {}
    tables = {name: there.pop(name) for name in list(there) if name[:1] == "0"}
    said = {
        f"notebooks/{notebook or TOP}/{name}": value
        for notebook, entries in {"": there, **tables}.items()
        for name, value in entries.items()
        if by_rule.get(notebook, {}).get(name) != value
    }
    yield from said.items()
    if case.exercises_path.read_text(encoding="utf-8").startswith(HEAD):
        made = exercises(complete(draft_of({**state, **said})).draft)
        yield from _in_exercises(case, made)
        yield from _in_statements(case, made)


def _in_exercises(case: Case, made: Exercises) -> Iterator[tuple[str, str]]:
    there = {entry["id"]: entry for entry in read_tables(case.exercises_path, "exercise")}
    for entry in made.exercises:
        words, by_rule = (_fields(each) for each in (there.get(entry["id"], {}), entry))
        for field, text in words.items():
            if by_rule.get(field) != text:
                yield f"words/{entry['id']}/{field}", text


def _fields(entry: Mapping[str, Any]) -> dict[str, str]:
    """The words of an exercise by the names that they have in a draft."""
    reasons = {place_of(wrong): wrong["reason"] for wrong in entry.get("wrong", [])}
    texts = {name: entry[name] for name in EDITED if name in entry}
    return {**texts, "hints": "\n".join(entry.get("hints", [])), **reasons}


def _in_statements(case: Case, made: Exercises) -> Iterator[tuple[str, str]]:
    there = {each["id"]: each["text"] for each in read_tables(case.exercises_path, "quiz")}
    reasons = case.key.answers.get("quiz_reasons", {}) if case.key else {}
    by_rule = made.answers.get("quiz_reasons", {})
    for each in made.quiz:
        id = each["id"]
        if there.get(id, each["text"]) != each["text"]:
            yield f"words/{id}/text", there[id]
        if reasons.get(id, by_rule[id]) != by_rule[id]:
            yield f"words/{id}/reason", reasons[id]
