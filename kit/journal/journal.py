"""One journal: its lines are appended and synced, its fold is what the learner has answered.

>>> import tempfile
>>> journal = Journal(Path(tempfile.mkdtemp()) / "my_work.jsonl")
>>> journal.write("stances/P1/forum", "denies")
>>> journal.write("stances/P1/forum", "hedges")
>>> journal.answer("stances")
{'P1': {'forum': 'hedges'}}
>>> [attempt.value for attempt in journal.attempts("stances/P1/forum")]
['denies', 'hedges']
>>> journal
Your work is kept in my_work.jsonl. 1 answer so far.
"""

import copy
import html
import os
import threading
from pathlib import Path
from typing import NamedTuple

from kit.journal import disk
from kit.journal.lines import JournalError, checked, encode, fold, leaves, moment, plain, text
from kit.journal.reading import CAUSES, READ_ONLY, Reading, cause

# What the kit notes down: no answers.
NOTES = ("committed/", "handin/", "hints/", "marks/", "tags/", "weights/")
NOTHING = text(None)
BATCH = 200  # lines written and synced together


class Attempt(NamedTuple):
    """One value an id was given: UTC time as ISO text, and the value (None: it was erased)."""

    time: str
    value: object


class Journal:
    """The lines of one file and their fold; the file is looked at again before every answer.

    `unsaved` lists the lines that could not be written yet: they count as answers, and are
    written, in order, with the next `write` that succeeds.
    """

    def __init__(self, path, kept="Your work is kept in {}."):
        """Prepare to use the file at `path`; nothing is read or created yet."""
        self.path = Path(path).absolute()
        self.unsaved = []
        self._kept = kept.format(self.path.name)
        self._listeners = []
        self._refusal = ""  # why the last attempt to save failed
        self._lock = threading.RLock()  # JupyterLab may run widget callbacks in other threads
        self._reading = Reading(self.path)

    def write(self, id, value):
        """Add one line and sync it to the disk; once this returns, the answer is safe.

        `value` is text, a finite number, true or false, None (erases), or lists and dicts of
        these; numpy scalars become plain numbers. On JournalError the value was either refused
        or, if the disk was at fault, is kept in `unsaved`.
        """
        with self._lock:
            self._reading.refresh()
            newest = max([self._reading.newest, *map(moment, self.unsaved)])
            self.unsaved.append(checked(id, value, after=newest))
        self._keep()

    def merge(self, lines):
        """Take in the lines of another copy of this work; return how many were new.

        All attempts of both copies stay, and of each id the newest answer counts. On JournalError
        the disk was at fault, and the new lines are kept in `unsaved`.
        """
        with self._lock:
            had = set(map(encode, self.lines()))
            new = [line for line in lines if encode(line) not in had]
            self.unsaved += new
        self._keep()
        return len(new)

    def erase(self):
        """Empty the file for good, and forget what is not saved; raise JournalError if it stays."""
        try:
            with self._lock:
                disk.empty(self.path)
                self.unsaved.clear()
                self._reading.forget()
        except OSError as error:
            raise JournalError(
                f"Nothing was erased from {self.path.name} because {cause(error)[0]}."
            ) from None
        self._tell()

    def lines(self):
        """Return every line as a list of Line: those in the file, then those not saved yet."""
        with self._lock:
            self._reading.refresh()
            return self._reading.lines + self.unsaved

    def on_change(self, function):
        """Call `function()` whenever this journal was written, merged or erased, or failed to."""
        self._listeners.append(function)

    def answer(self, id):
        """Return the value of `id`, or a nested dict of its parts; None if there is nothing."""
        with self._lock:
            node = self._fold()
            for part in id.split("/"):
                node = node.get(part) if isinstance(node, dict) else None
            return plain(node)

    def attempts(self, id):
        """Return every change of `id` itself, oldest first, as a list of Attempt."""
        found = [Attempt("", None)]
        with self._lock:
            for line in self._by_time():
                erased = line.value is None and id.startswith(line.id + "/")
                if (line.id == id or erased) and text(line.value) != text(found[-1].value):
                    found.append(Attempt(line.time, copy.deepcopy(line.value)))
        return found[1:]

    def changes(self):
        """Return a dict from each id to how often it was changed, as `attempts` tells it."""
        newest, changes = {}, {}
        with self._lock:
            for line in self._by_time():
                value, ids = text(line.value), [line.id]
                if line.value is None:
                    ids += [id for id in newest if id.startswith(line.id + "/")]
                for id in ids:
                    if value != newest.get(id, NOTHING):
                        newest[id], changes[id] = value, changes.get(id, 0) + 1
        return changes

    def state(self):
        """Return the fold: a dict from each answered id to its value."""
        with self._lock:
            return dict(leaves(self._fold()))

    @property
    def count(self):
        """The number of answers; what the kit notes down for itself is none."""
        with self._lock:
            return answered(self._fold())

    @property
    def newest(self):
        """The time of the newest line in the file, as text; "" if there is none."""
        with self._lock:
            self._reading.refresh()
            return self._reading.newest

    @property
    def problems(self):
        """Sentences about lines that were skipped or not saved; an empty list when all is well."""
        with self._lock:
            self._reading.refresh()
            return list(self._sentences())

    def __repr__(self):
        count = self.count
        answers = f"{count or 'No'} answer{'' if count == 1 else 's'} so far."
        return " ".join([self._kept, answers, *self.problems])

    def _repr_html_(self):
        return f'<p role="status">{html.escape(repr(self))}</p>'

    def _keep(self):
        """Save what is not saved yet and tell the listeners, whether it worked or not."""
        try:
            with self._lock:
                self._save()
        except OSError as error:
            self._refusal = cause(error)[0]
            raise JournalError(self._not_saved(error)) from None
        finally:
            self._tell()

    def _tell(self):
        for function in self._listeners:
            function()

    def _save(self):
        """Write all unsaved lines, in order; raise OSError at the first that fails."""
        while batch := self.unsaved[:BATCH]:
            disk.add(self.path, b"".join(map(encode, batch)))
            del self.unsaved[: len(batch)]

    def _by_time(self):
        """Return every line, oldest first."""
        self._reading.refresh()
        if not self.unsaved:
            return self._reading.by_time
        return sorted(self._reading.lines + self.unsaved, key=moment)

    def _fold(self):
        """Return the tree of answers, in the file or not."""
        self._reading.refresh()
        return fold(self._by_time()) if self.unsaved else self._reading.tree

    def _sentences(self):
        yield from self._reading.problems()
        if obstacle := self._obstacle():
            yield f"{self.path.name} cannot be written because {obstacle[0]}; {obstacle[1]}."
        if count := len(self.unsaved):
            answers = "1 answer is" if count == 1 else f"{count} answers are"
            until = "it is" if count == 1 else "they are"
            yield (
                f"{answers} not saved yet because {self._refusal}; "
                f"keep this notebook open until {until}."
            )

    def _obstacle(self):
        """Return why the file cannot be written and what to do; None if it seems that it can."""
        target = self.path if os.path.exists(self.path) else self.path.parent
        if not os.path.exists(target):
            return CAUSES["ENOENT"]
        return None if os.access(target, os.W_OK) else READ_ONLY

    def _not_saved(self, error):
        why, remedy = cause(error)
        return (
            f"Your answer is not saved in {self.path.name} yet because {why}; it is not lost "
            f"while this notebook runs, so {remedy}, then answer or check once more to save it."
        )


def answered(tree):
    """Return how many ids of a fold are answers, and no notes of the kit."""
    return sum(not id.startswith(NOTES) for id, _ in leaves(tree))
