"""Hand-ins that are alike: the same long text, or the same rare wrong answers. For a conversation.

A list like this decides nothing. It says what two hand-ins share and how many such pairs a class
like this is expected to hold by chance, and it names innocent reasons first. What the course itself
says (texts, record, claims, questions, reasons) may be quoted and is nobody's own text. One code is
one hand-in, so a group that hands in under one code is never alike with itself.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kit.data import Case
from kit.exercises import AnswerError, Checker
from kit.exercises.model import inside
from teach.files import writing
from teach.grading.marks import answers_in, submissions
from teach.measures.shared_text import alike_texts, own_shingles, shingles
from teach.measures.similarity import alike_pairs
from teach.spreadsheet import csv_writer

ALIKE = "alike.csv"  # its name in the folder of marks
# Kinds of which a wrong answer can be rare.
CLOSED = ("choice", "several", "number", "date", "matrix")
ONE_FOR_ALL = 4  # parts of an exercise; the same wrong answer in all of them is no choice
REASONS = (
    "Alike is not copied. Think of the innocent reasons first: they worked together, they had the "
    "same help, they quoted the same page, one of them handed in under two codes, or a group was "
    "asked to hand in one text. Talk to them. This list decides nothing."
)
NOTE = "for a conversation, no verdict"
COLUMNS = ("codes", "alike_in", "exercises", "shared", "of", "expected_by_chance", "note")
Question = tuple[str, tuple[str, ...]]  # exercise id, place in its answer


class Alike(NamedTuple):
    """One row: who; "text" or "wrong answers"; where; how much is shared, of how much.

    shared, of: runs of five words of their own, or wrong answers. by_chance: how many pairs as
    alike a class like this is expected to hold by chance.
    """

    codes: list[str]
    what: str
    exercises: list[str]
    shared: int
    of: int
    by_chance: float

    def row(self) -> list[str]:
        """Return it as a row of `alike.csv`."""
        chance = f"{self.by_chance:.2g}" if self.by_chance >= 1e-6 else "less than 0.000001"
        who, where = " ".join(self.codes), " ".join(self.exercises)
        return [who, self.what, where, f"{self.shared}", f"{self.of}", chance, NOTE]


class OwnWork(NamedTuple):
    """What of a hand-in is its learner's own: shingles of the texts, by exercise; wrong answers."""

    texts: dict[str, np.ndarray]
    wrong: dict[Question, str]


def alike(folder: Path, case: Case, share: Callable[..., Iterable] = map) -> list[Alike]:
    """Return what is alike among the hand-ins that count, the least likely first; raise KitError.

    share: does a work on many things, in order, as `map` does.
    """
    codes: list[str] = []

    def contents() -> Iterator[str]:
        for mark, content in submissions(folder):
            codes.append(mark.code)
            yield content

    work = list(share(partial(_own_work, Checker(case), _quotable(case)), contents()))
    found = [*_same_texts(codes, work), *_same_wrong_answers(codes, work)]
    return sorted(found, key=lambda each: (each.by_chance, each.codes))


def write_alike(folder: Path, rows: Iterable[Alike]) -> None:
    """Write `alike.csv` into a folder of marks; raise KitError."""
    path = folder / ALIKE
    with writing(path), csv_writer(path, COLUMNS) as writer:
        for each in rows:
            writer.writerow(each.row())


def _quotable(case: Case) -> np.ndarray:
    """The shingles of all that the course itself says."""
    tables = [case, case.key] if case.key else [case]
    rows = [row for each in tables for name in each.table_names for row in each.rows(name)]
    files = [case.exercises_path, *(case.key.path.glob("*.toml") if case.key else ())]
    parts = [*case.texts.values(), *(path.read_text(encoding="utf-8") for path in files)]
    parts += [cell for row in rows for cell in row.values()]
    return np.unique(np.concatenate(list(map(shingles, parts))))


def _own_work(checker: Checker, quotable: np.ndarray, content: str) -> OwnWork:
    answers = {id: entry["answer"] for id, entry in answers_in(content).items()}
    texts = {
        id: own_shingles(answers[id], quotable)
        for id, exercise in checker.exercises.items()
        if exercise.kind == "written" and isinstance(answers.get(id), str)
    }
    return OwnWork(texts, wrong_answers(checker, answers))


def wrong_answers(checker: Checker, answers: dict[str, Any]) -> dict[Question, str]:
    """Return {(exercise id, place): answer as JSON} of what is wrong where answers can be counted.

    answers: {exercise id: answer}. Where all of a grid has the same one answer, it tells nothing.
    """
    wrong: dict[Question, str] = {}
    for id, exercise in checker.exercises.items():
        if exercise.kind in CLOSED and answers.get(id) is not None:
            try:
                value = checker.value(id, answers[id])
            except AnswerError:
                continue
            feedback = checker.judge(id, value)
            whole = feedback.state == "not yet" and not exercise.rows
            places = feedback.places or ({(): ""} if whole else {})
            here = {(id, place): json.dumps(inside(value, place)) for place in places}
            if len(here) < ONE_FOR_ALL or len(set(here.values())) > 1:
                wrong |= here
    return wrong


def _same_texts(codes: list[str], work: list[OwnWork]) -> Iterator[Alike]:
    for id in {id: None for own in work for id in own.texts}:
        holders = [n for n, own in enumerate(work) if id in own.texts]
        for found in alike_texts([work[n].texts[id] for n in holders]):
            who = [codes[holders[place]] for place in found.members]
            yield Alike(who, "text", [id], found.shared, found.of, found.by_chance)


def _same_wrong_answers(codes: list[str], work: list[OwnWork]) -> Iterator[Alike]:
    questions = list({question: None for own in work for question in own.wrong})
    numbers: dict[tuple[Question, str], int] = {}
    given = np.full((len(work), len(questions)), -1)
    column = {question: n for n, question in enumerate(questions)}
    for row, own in zip(given, work, strict=True):
        for question, answer in own.wrong.items():
            row[column[question]] = numbers.setdefault((question, answer), len(numbers))
    for pair in alike_pairs(given):
        one, other = given[pair.first], given[pair.second]
        places = np.flatnonzero((one == other) & (one >= 0))
        where = list(dict.fromkeys(questions[place][0] for place in places))
        who = [codes[pair.first], codes[pair.second]]
        yield Alike(who, "wrong answers", where, pair.same, pair.both_wrong, pair.by_chance)
