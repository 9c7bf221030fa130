"""The hand-in: one file with what a learner answered, under a code of the learner's choosing.

The hash shows that a file arrived as it was packed. It is no signature: whoever changes a file
on purpose can compute a new one.
"""

import hashlib
import html
import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import kit
from kit import exercises
from kit.work.journal import NOTES
from kit.work.lines import WorkError, now
from kit.work.reading import cause

VERSION = 1
CODE = re.compile(r"[A-Za-z0-9-]{2,20}")
FIELDS = {"v", "kit", "case", "code", "time", "answers", "hash"}


class HandinError(WorkError):
    """A hand-in could not be packed or is not as it was packed; the message is one sentence."""


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


class Summary(NamedTuple):
    """What is answered: counts of checked and of written exercises; what is begun, what is open.

    begun: {exercise id: (parts given, parts asked for)}; still_open: titles not answered in whole.
    """

    answered: int
    checked: int
    written_answered: int
    written: int
    still_open: list
    begun: dict

    def __repr__(self):
        titles = ", ".join(f"“{title}”" for title in self.still_open)
        rest = f"still open: {titles}" if titles else "nothing is open"
        return f"{counted(self)}; {rest}."

    def _repr_html_(self):
        return f'<p role="status">{html.escape(repr(self))}</p>'


def counted(summary):
    """The counts of a Summary in words: "4 of 20 answered; 1 begun; 0 of 4 written"."""
    begun = f" {len(summary.begun)} begun;" if summary.begun else ""
    return (
        f"{summary.answered} of {summary.checked} answered;{begun} "
        f"{summary.written_answered} of {summary.written} written"
    )


def summary(journal, case):
    """Return the Summary of `journal` over the exercises of `case`, in the course's order."""
    found = exercises.load(case)
    parts = {id: exercises.progress(each, journal.answer(id)) for id, each in found.items()}
    written = {id for id, exercise in found.items() if exercise.kind == "written"}
    answered = {id for id, (done, asked) in parts.items() if done == asked}
    return Summary(
        len(answered - written),
        len(found) - len(written),
        len(answered & written),
        len(written),
        [exercise.title for id, exercise in found.items() if id not in answered],
        {id: (done, asked) for id, (done, asked) in parts.items() if 0 < done < asked},
    )


def pack(journal, case, code, folder=None):
    """Write `handin-<code>.json` beside the journal, or in `folder`, and return its Receipt.

    `code` is 2 to 20 letters a-z, digits or hyphens. The file holds every answer with the number
    of its changes, the code, the titles of the case and versions: no name, path or machine. An
    earlier hand-in with this code is replaced, in one step. Raises HandinError.
    """
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        raise HandinError("Choose a code of 2 to 20 letters (a-z), digits and hyphens, no spaces.")
    content = _content(journal, case, code)
    path = Path(folder or journal.path.parent) / f"handin-{code}.json"
    try:
        _replace(path, json.dumps(content, indent=1))
    except OSError as error:
        why, remedy = cause(error)
        raise HandinError(
            f"{path.name} was not written because {why}; your answers are safe in "
            f"{journal.path.name}, so {remedy} and hand in again."
        ) from None
    receipt = verify(path)
    if receipt.hash != content["hash"][:10]:
        raise HandinError(f"{path.name} does not hold what was handed in; hand in again.")
    return receipt


def last(journal, code):
    """Return the Last hand-in with this code beside the journal, or None if there is none."""
    path = journal.path.parent / f"handin-{code}.json"
    try:
        content = _read(path)
    except HandinError:
        return None
    is_current = _given(content["answers"]) == _given(_answers(journal))
    return Last(_receipt(path, content), is_current)


def _given(answers):
    """The answers without what the kit notes down itself, such as hints seen."""
    return {id: kept for id, kept in answers.items() if f"{id}/" not in NOTES}


def verify(path):
    """Return the Receipt of the hand-in at `path`; raise HandinError if it is not as packed."""
    path = Path(path)
    return _receipt(path, _read(path))


def _receipt(path, content):
    return Receipt(path, content["hash"][:10], content["time"])


def _read(path):
    """Return what the file holds; raise HandinError if it is not as packed."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        sound = set(content) == FIELDS and content["hash"] == _hash(content)
    except OSError as error:
        raise HandinError(f"{path.name} cannot be read because {cause(error)[0]}.") from None
    except (ValueError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise HandinError(
            f"{path.name} is not a whole, unchanged hand-in; ask for it again, or pack it again."
        )
    return content


def _content(journal, case, code):
    """Return what the file holds, with its hash."""
    content = {"v": VERSION, "kit": kit.__version__, "case": case.title, "code": code}
    content |= {"time": now(), "answers": _answers(journal)}
    return content | {"hash": _hash(content)}


def _answers(journal):
    """Return every answer by exercise, each with the number of its changes."""
    attempts = {}
    for id in journal.state():
        exercise = id.split("/")[0]
        attempts[exercise] = attempts.get(exercise, 0) + len(journal.attempts(id))
    return {id: {"answer": journal.answer(id), "attempts": n} for id, n in attempts.items()}


def _hash(content):
    """Return the SHA-256 of `content`, without its hash, as JSON with sorted keys."""
    kept = {field: value for field, value in content.items() if field != "hash"}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _replace(path, text):
    """Put `text` in the file at `path` as one step: it is there whole, or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="ascii", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
