"""The learner's journal: every answer is one line added to `my_work.jsonl`, and none is changed.

A line is `{"v":1,"time":"2026-03-05T09:30:00.000Z","id":"stances/P1/forum","value":"asserts"}`.
What the learner has answered is the *fold* of the lines: the newest line of an id wins, and the
value null erases the id with all its parts. Lines are only ever appended, each in one write and
synced to the disk, so several notebooks share the file without a lock, and a killed kernel
loses nothing that `write` has returned from. Two copies of the work become one by appending to
either what it lacks: the fold goes by time, and the time of a new line is never before the others.

Left to right: `lines` (one line and its place in the fold), `file` (adding to the file and
following it), here the Journal and the one in use; `copies` (a downloaded file, a pasted code).

>>> journal = open(Path(tempfile.mkdtemp()) / "my_work.jsonl")
>>> for stance in ("denies", "hedges"):
...     line = journal.write("stances/P1/forum", stance)
>>> current().answer("stances"), journal.changes()
({'P1': {'forum': 'hedges'}}, {'stances/P1/forum': 2})
>>> journal
Your work is kept in my_work.jsonl. 1 answer so far.
"""

import copy
import html
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kit.errors import CAUSES, READ_ONLY, cause
from kit.journal.copies import read_copy
from kit.journal.file import JournalFile
from kit.journal.lines import (
    JournalError,
    Line,
    answered,
    checked,
    fold,
    leaves,
    moment,
    plain,
    text,
)
from kit.words import plural

NAME = "my_work.jsonl"
BATCH = 200  # lines written and synced together
_journals: dict[Path, "Journal"] = {}  # so that opening one again keeps what it has not saved yet
_current: "Journal | None" = None


def open(path: str | Path | None = None, copy_of: str | None = None) -> "Journal":
    """Open a journal, make it the current one and return it.

    Without a `path` it is the file that the environment variable KIT_WORK names, or else
    `my_work.jsonl` in the kit's folder notebooks (the current folder if there is none). `copy_of`
    names a journal in that folder of which a temporary copy is used, so that nothing touches the
    learner's own work. Raises JournalError if it cannot be copied.
    """
    global _current
    if copy_of is not None:
        _current = _copy(_notebooks() / copy_of)
    else:
        path = Path(path or os.environ.get("KIT_WORK") or _notebooks() / NAME).absolute()
        _current = _journals.setdefault(path, Journal(path))
    return _current


def current() -> "Journal":
    """Return the journal in use; open the default one if there is none."""
    return _current or open()


def _notebooks():
    folder = Path(__file__).resolve().parents[2] / "notebooks"
    return folder if folder.is_dir() else Path.cwd()


def _copy(path):
    """Return a Journal on a copy of `path`, in a folder that goes when the journal goes."""
    folder = tempfile.mkdtemp(prefix="kit-")
    try:
        copied = shutil.copyfile(path, Path(folder) / path.name)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        message = f"There is no {path.name} to copy; check its name and folder."
        raise JournalError(message) from None
    journal = Journal(copied, "You are working on a copy of {}; your own work stays as it is.")
    weakref.finalize(journal, shutil.rmtree, folder, ignore_errors=True)
    return journal


class Report(NamedTuple):
    """How a journal is: what the learner sees of it.

    answers: how many there are, without the kit's own notes. saved: time of the newest line in the
    file, "" if there is none. unsaved: how many lines are not written yet. problems: sentences
    about lines that were skipped or not saved.
    """

    answers: int
    saved: str
    unsaved: int
    problems: list[str]


class Journal:
    """The lines of one file and their fold; the file is looked at again before every answer.

    `unsaved` lists the lines that could not be written yet: they count as answers, and are
    written, in order, with the next `write` that succeeds.
    """

    def __init__(self, path: str | Path, kept: str = "Your work is kept in {}."):
        self.path = Path(path).absolute()
        self.unsaved: list[Line] = []
        self._kept = kept.format(self.path.name)
        self._listeners: list[Callable[[], Any]] = []
        self._refusal = ""  # why the last attempt to save failed
        self._lock = threading.RLock()  # JupyterLab may run widget callbacks in other threads
        self._file = JournalFile(self.path)

    def write(self, id: str, value: Any) -> Line:
        """Add one line, sync it to the disk and return it; then the answer is safe.

        `value` is text, a finite number, true or false, None (erases), or lists and dicts of
        these; numpy scalars become plain numbers. On JournalError the value was either refused
        or, if the disk was at fault, is kept in `unsaved`.
        """
        with self._lock:
            self._file.refresh()
            newest = max([self._file.newest, *map(moment, self.unsaved)])
            line = checked(id, value, after=newest)
            self.unsaved.append(line)
        self._keep()
        return line

    def merge(self, lines: Iterable[Line]) -> int:
        """Take in the lines of another copy of this work; return how many were new.

        All attempts of both copies stay, and of each id the newest answer counts. On JournalError
        the disk was at fault, and the new lines are kept in `unsaved`.
        """
        with self._lock:
            here = {line.encoded for line in self.lines()}
            new = [line for line in lines if line.encoded not in here]
            self.unsaved += new
        self._keep()
        return len(new)

    def erase(self) -> None:
        """Empty the file for good, and forget what is not saved; raise JournalError if it stays."""
        try:
            with self._lock:
                self._file.empty()
                self.unsaved.clear()
        except OSError as error:
            why = cause(error)[0]
            raise JournalError(f"Nothing was erased from {self.path.name} because {why}.") from None
        self._tell()

    def lines(self) -> list[Line]:
        """Return every line: those in the file, then those not saved yet."""
        with self._lock:
            self._file.refresh()
            return self._file.lines + self.unsaved

    def on_change(self, function: Callable[[], Any]) -> None:
        """Call `function()` whenever this journal was written, merged or erased, or failed to."""
        self._listeners.append(function)

    def answer(self, id: str) -> Any:
        """Return the value of `id`, or a nested dict of its parts; None if there is nothing."""
        with self._lock:
            node = self._fold()
            for part in id.split("/"):
                node = node.get(part) if isinstance(node, dict) else None
            return plain(node)

    def changes(self) -> dict[str, int]:
        """Return a dict from each id to how often its value changed; erasing counts as well."""
        newest: dict[str, str] = {}
        changes: dict[str, int] = {}
        for line in sorted(self.lines(), key=moment):
            value, ids = text(line.value), [line.id]
            if line.value is None:
                ids += [id for id in newest if id.startswith(line.id + "/")]
            for id in ids:
                if value != newest.get(id, text(None)):
                    newest[id], changes[id] = value, changes.get(id, 0) + 1
        return changes

    def state(self) -> dict[str, Any]:
        """Return the fold: a dict from each answered id to its value."""
        with self._lock:
            return copy.deepcopy(leaves(self._fold()))

    def report(self) -> Report:
        """Return how the journal is, from one look at the file."""
        with self._lock:
            answers = answered(self._fold())
            return Report(answers, self._file.newest, len(self.unsaved), list(self._sentences()))

    def __repr__(self):
        report = self.report()
        answers = f"{plural(report.answers, 'answer') if report.answers else 'No answers'} so far."
        return " ".join([self._kept, answers, *report.problems])

    def _repr_html_(self):
        return f'<p role="status">{html.escape(repr(self))}</p>'

    def _keep(self):
        """Save what is not saved yet and tell the listeners, whether it worked or not."""
        try:
            with self._lock:
                while batch := self.unsaved[:BATCH]:
                    self._file.add(batch)
                    del self.unsaved[: len(batch)]
        except OSError as error:
            self._refusal, remedy = cause(error)
            raise JournalError(
                f"Your answer is not saved in {self.path.name} yet because {self._refusal}; it is "
                f"not lost while this notebook runs, so {remedy}, then answer or check once more "
                "to save it."
            ) from None
        finally:
            self._tell()

    def _tell(self):
        for function in self._listeners:
            function()

    def _fold(self):
        self._file.refresh()
        return fold(self._file.lines + self.unsaved) if self.unsaved else self._file.tree

    def _sentences(self):
        yield from self._file.problems()
        target = self.path if os.path.exists(self.path) else self.path.parent
        if not os.access(target, os.W_OK):
            why, remedy = READ_ONLY if os.path.exists(target) else CAUSES["ENOENT"]
            yield f"{self.path.name} cannot be written because {why}; {remedy}."
        if count := len(self.unsaved):
            yield (
                f"{plural(count, 'answer is', 'answers are')} not saved yet because "
                f"{self._refusal}; keep this notebook open until "
                f"{'it is' if count == 1 else 'they are'}."
            )
