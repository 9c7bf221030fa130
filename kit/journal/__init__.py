"""The learner's journal: every answer is one line added to `my_work.jsonl`, and none is changed.

A line is `{"v":1,"time":"2026-03-05T09:30:00.000Z","id":"stances/P1/forum","value":"asserts"}`.
What the learner has answered is the *fold* of the lines: the newest line of an id wins, and the
value null erases the id with all its parts. Lines are only ever appended, each in one write and
synced to the disk, so several notebooks share the file without a lock, and a killed kernel
loses nothing that `write` has returned from. Two copies of the work become one by appending to
either what it lacks: the fold goes by time, and the time of a new line is never before the others.

Left to right: `lines` (one line and its place in the fold), `disk` and `reading` (writing to the
file and following it), `journal` (both in one), `copies` (a downloaded file, a pasted code), and
here the journal in use.

>>> import tempfile
>>> journal = open(Path(tempfile.mkdtemp()) / "my_work.jsonl")
>>> journal.write("members_1954", 14)
>>> current().answer("members_1954")
14
"""

import os
import shutil
import tempfile
import weakref
from pathlib import Path

from kit.journal.copies import read_copy
from kit.journal.journal import Attempt, Journal
from kit.journal.lines import JournalError

__all__ = ["Attempt", "Journal", "JournalError", "current", "open", "read_copy"]

NAME = "my_work.jsonl"
_journals = {}  # by path, so that opening a journal again keeps what it has not saved yet
_current = None


def open(path=None, copy_of=None):
    """Open a journal, make it the current one and return it.

    Without a `path` it is the file named by the environment variable KIT_WORK, or else
    `my_work.jsonl` in the kit's folder notebooks (the current folder if there is none).
    `copy_of` names a journal, relative to that folder, to work on a temporary copy of:
    nothing then touches the learner's own work. Raises JournalError if it cannot be copied.
    """
    global _current
    if copy_of is not None:
        _current = _copy(_notebooks() / copy_of)
    else:
        path = Path(path or os.environ.get("KIT_WORK") or _notebooks() / NAME).absolute()
        _current = _journals.setdefault(path, Journal(path))
    return _current


def current():
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
        raise JournalError(f"There is no {path.name} to copy; check its name and folder.") from None
    journal = Journal(copied, "You are working on a copy of {}; your own work stays as it is.")
    weakref.finalize(journal, shutil.rmtree, folder, ignore_errors=True)
    return journal
