"""From the journal to a file and back: `handin-<code>.json`, its receipt, and what came of it."""

import html
import json
from pathlib import Path
from typing import NamedTuple

import kit
from kit.journal import disk
from kit.journal.journal import NOTES
from kit.journal.lines import now
from kit.journal.reading import cause
from kit.submission.content import CODE, MOST, VERSION, SubmissionError, hash_of, is_plain, read


class Receipt(NamedTuple):
    """Proof of a hand-in: its file, ten characters of its hash, and the UTC time it was packed."""

    path: Path
    hash: str
    time: str

    @property
    def when(self):
        """The time without seconds, such as "2026-03-05 09:30 UTC"."""
        return f"{self.time[:16].replace('T', ' ')} UTC"

    def __repr__(self):
        return f"Handed in as {self.path.name}. Receipt {self.hash}, {self.when}."

    def _repr_html_(self):
        return f'<p role="status">{html.escape(repr(self))}</p>'


class Last(NamedTuple):
    """The hand-in that lies beside the journal; is_current: nothing was changed since."""

    receipt: Receipt
    is_current: bool


def pack(journal, case, code, folder=None):
    """Write `handin-<code>.json` beside the journal, or in `folder`, and return its Receipt.

    The file holds every answer with the number of its changes, the code, the title of the case
    and versions: no name, path or machine. An earlier hand-in with this code is replaced, in one
    step. Raises SubmissionError.
    """
    content = _content(journal, case, checked(code))
    text = as_file(content)
    if len(text) > MOST:
        raise SubmissionError(
            f"Your answers have more than {MOST:,} characters, which is more than can be handed "
            f"in; shorten your answer to {_longest(content['answers'])}, then hand in again."
        )
    path = Path(folder or journal.path.parent) / f"handin-{code}.json"
    try:
        disk.replace(path, text.encode("ascii"))
    except OSError as error:
        why, remedy = cause(error)
        raise SubmissionError(
            f"{path.name} was not written because {why}; your answers are safe in "
            f"{journal.path.name}, so {remedy} and hand in again."
        ) from None
    if load(path) != content:
        raise SubmissionError(f"{path.name} does not hold what was handed in; hand in again.")
    return receipt_of(content, path)


def checked(code):
    """Return `code` if a hand-in can bear it; raise SubmissionError if not.

    >>> checked("blue-tiger-7")
    'blue-tiger-7'
    """
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        raise SubmissionError(
            "Choose a code of 2 to 20 letters (a-z), digits and hyphens, no spaces."
        )
    return code


def load(path):
    """Return the content (dict) of the hand-in at `path`; raise SubmissionError if it has none."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST + 1)
    except OSError as error:
        told = f"{path.name} cannot be read because {cause(error)[0]}."
        raise SubmissionError(told, "unreadable") from None
    return read(raw, path.name)


def as_file(content):
    """Return the text of the file that holds a hand-in's content (dict)."""
    return json.dumps(content, indent=1)


def verify(path):
    """Return the Receipt of the hand-in at `path`; raise SubmissionError if it is not as packed."""
    return receipt_of(load(path), Path(path))


def receipt_of(content, path=None):
    """Return the Receipt of a hand-in's content, as the learner got it when it was packed."""
    path = path or Path(f"handin-{content['code']}.json")
    return Receipt(path, content["hash"][:10], content["time"])


def last(journal, code):
    """Return the Last hand-in with this code beside the journal, or None if there is none."""
    path = journal.path.parent / f"handin-{code}.json"
    try:
        content = load(path)
    except SubmissionError:
        return None
    is_current = _given(content["answers"]) == _given(_answers(journal))
    return Last(receipt_of(content, path), is_current)


def _given(answers):
    """The answers without what the kit notes down itself, such as hints seen."""
    return {id: kept for id, kept in answers.items() if f"{id}/" not in NOTES}


def _content(journal, case, code):
    """Return what the file holds, with its hash; raise SubmissionError if a number is too large."""
    answers = _answers(journal)
    for id, kept in answers.items():
        if not is_plain(kept):
            raise SubmissionError(
                f"Your answer to {id} holds a number too large to hand in; change it first."
            )
    content = {"v": VERSION, "kit": kit.__version__, "case": case.title, "code": code}
    content |= {"time": now(), "answers": answers}
    return content | {"hash": hash_of(content)}


def _answers(journal):
    """Return every answer by exercise, each with the number of its changes."""
    attempts, changes = {}, journal.changes()
    for id in journal.state():
        exercise = id.split("/")[0]
        attempts[exercise] = attempts.get(exercise, 0) + changes.get(id, 0)
    return {id: {"answer": journal.answer(id), "attempts": n} for id, n in attempts.items()}


def _longest(answers):
    """Return the id of the exercise whose answer takes most room."""
    return max(answers, key=lambda id: len(json.dumps(answers[id])))
