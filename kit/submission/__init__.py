"""The hand-in: what a learner answered, under a code of the learner's choosing, as data.

`content` says what a hand-in holds and reads it, also from one line of text, `picture`
keeps a chart beside it. `short_line` and `class_line` are what a class pastes while it is together.
Here a journal becomes the file `handin-<code>.json` with its receipt, and is looked at before: what
is answered, begun and still open.

>>> content = {"v": 1, "kit": "0.1.0", "case": "A case", "code": "blue-tiger-7"}
>>> content |= {"time": "2026-03-05T09:30:00.000Z", "answers": {}}
>>> content |= {"hash": hash_of(content)}
>>> codes_in(f"Dear teacher, {as_code(content)}") == [content]
True
>>> receipt_of(content)
Handed in as handin-blue-tiger-7.json. Receipt 3f6782c923, 2026-03-05 09:30 UTC.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from kit import data, exercises
from kit.data import Case
from kit.errors import cause
from kit.exercises import Exercise
from kit.journal import Journal
from kit.journal.file import replace
from kit.journal.lines import NOTES
from kit.submission.content import (
    MOST,
    Content,
    SubmissionError,
    as_code,
    checked,
    codes_in,
    hash_of,
    read,
    sealed,
)
from kit.submission.picture import save_picture


class Receipt(NamedTuple):
    """Proof of a hand-in: its file, ten characters of its hash, and the UTC time it was packed."""

    path: Path
    hash: str
    time: str

    @property
    def when(self) -> str:
        """The time without seconds, such as "2026-03-05 09:30 UTC"."""
        return f"{self.time[:16].replace('T', ' ')} UTC"

    def __repr__(self):
        return f"Handed in as {self.path.name}. Receipt {self.hash}, {self.when}."


class Part(NamedTuple):
    """How far an exercise is: the number of its parts that are given, and that are asked for."""

    exercise: Exercise
    given: int
    asked: int


def pack(journal: Journal, case: Case, code: str, folder: str | Path | None = None) -> Receipt:
    """Write `handin-<code>.json` beside the journal, or in `folder`, and return its Receipt.

    The file holds every answer with the number of its changes, the code, the title of the case
    and versions: no name, path or machine. An earlier hand-in with this code is replaced, in one
    step. Raises SubmissionError.
    """
    content = sealed(answers_of(journal), case.title, checked(code))
    text = as_file(content)
    if len(text) > MOST:
        answers = content["answers"]
        longest = max(answers, key=lambda id: len(json.dumps(answers[id])))
        raise SubmissionError(
            f"Your answers have more than {MOST:,} characters, which is more than can be handed "
            f"in; shorten your answer to {longest}, then hand in again."
        )
    path = Path(folder or journal.path.parent) / f"handin-{code}.json"
    try:
        replace(path, text.encode("ascii"))
    except OSError as error:
        why, remedy = cause(error)
        raise SubmissionError(
            f"{path.name} was not written because {why}; your answers are safe in "
            f"{journal.path.name}, so {remedy} and hand in again."
        ) from None
    if load(path) != content:
        raise SubmissionError(f"{path.name} does not hold what was handed in; hand in again.")
    return receipt_of(content, path)


def load(path: str | Path) -> Content:
    """Return the content of the hand-in at `path`; raise SubmissionError if it is not sound."""
    name = Path(path).name
    try:
        with open(path, "rb") as file:
            return read(file.read(MOST + 1), name)
    except OSError as error:
        message = f"{name} cannot be read because {cause(error)[0]}."
        raise SubmissionError(message, "unreadable") from None


def as_file(content: dict[str, Any]) -> str:
    """Return the text of the file that holds a hand-in's content."""
    return json.dumps(content, indent=1)


def receipt_of(content: dict[str, Any], path: Path | None = None) -> Receipt:
    """Return the Receipt of a hand-in's content, as the learner got it when it was packed."""
    path = path or Path(f"handin-{content['code']}.json")
    return Receipt(path, content["hash"][:10], content["time"])


def last(journal: Journal, code: str) -> tuple[Receipt, bool] | None:
    """Return of the hand-in with this code beside the journal its Receipt, and if all is as then.

    None if there is no such hand-in.
    """
    path = journal.path.parent / f"handin-{code}.json"
    try:
        content = load(path)
    except SubmissionError:
        return None
    then, today = (
        {id: answer for id, answer in answers.items() if id not in NOTES}
        for answers in (content["answers"], answers_of(journal))
    )
    return receipt_of(content, path), then == today


def summary(journal: Journal, case: Case) -> list[Part]:
    """Return a Part for each exercise of the case, in the course's order."""
    known = exercises.load(case)
    return [Part(known[id], *exercises.progress(known[id], journal.answer(id))) for id in known]


def counted(parts: list[Part]) -> str:
    """Return in words how many exercises are answered whole, begun, and written.

    >>> stances = exercises.find("stances", data.load())
    >>> counted([Part(stances, 40, 40), Part(stances, 1, 40)])
    '1 of 2 answered; 1 begun; 0 of 0 written'
    """
    written = [part.given == part.asked for part in parts if part.exercise.kind == "written"]
    others = [part.given == part.asked for part in parts if part.exercise.kind != "written"]
    begun = sum(0 < part.given < part.asked for part in parts)
    return (
        f"{sum(others)} of {len(others)} answered;{f' {begun} begun;' if begun else ''} "
        f"{sum(written)} of {len(written)} written"
    )


def answers_of(journal: Journal) -> dict[str, dict[str, Any]]:
    """Return every answer by exercise, each with the number of its changes.

    The token of a learner's line stays here: it would tell whose line on the wall was whose.
    """
    changes, attempts = journal.changes(), Counter[str]()
    for id in journal.state():
        attempts[id.split("/")[0]] += changes.get(id, 0)
    attempts.pop("wall", None)
    return {id: {"answer": journal.answer(id), "attempts": n} for id, n in attempts.items()}
