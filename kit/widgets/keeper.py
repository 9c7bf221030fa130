"""The keeper: the line at the top of a notebook that says what is saved, and keeps a copy safe.

The page holds a copy of the journal's lines, in the browser's own storage too, so that work
survives a kernel, a server and a disk. Page and kernel talk in small messages:

| page says                    | kernel answers                                                 |
|------------------------------|----------------------------------------------------------------|
| `hello` count, sum, settled  | `lines` from there on; `show` if the page's copy is another    |
|         and cells, file      | `place` what of the course is lost here, what is to do first   |
| `mirror` text, settled       | `lines` from 0; and an `offer` if the journal lacks some       |
| `load` text, sure; or `undo` | `lines` from 0, `told` a sentence; `doubt` if not yours        |
| `erase`                      | `erased` a sentence, or `told` why not                         |
| `alive`                      | `here`                                                         |

After every change of the journal the kernel sends `lines` by itself. Lines have positions, so
that a message that comes twice, or through a second notebook or tab, changes nothing.
"""

import base64
import contextlib
import functools
import os
import zlib
from html import escape
from importlib.metadata import version
from typing import Any

import ipywidgets
from IPython.display import display
from traitlets import Bool, Unicode

from kit.data import Case
from kit.journal import Journal, JournalError, copies, read_copy
from kit.journal import open as open_journal
from kit.journal.lines import Line, now
from kit.widgets.base import AnyWidget, default_case, guard, html, joined, sentence, stand_in
from kit.widgets.fields import forget_waiting, save_waiting, show_again
from kit.widgets.steps import Progress, lost, progress_of
from kit.words import plural

ERASED = (
    "Erased: every answer of this course, on this disk and in this browser. "
    "Files you downloaded or handed in, and what saved notebooks show, are still there."
)

SILENT = (
    "This page does not run the scripts of the course. Type the numbers of sentences instead of "
    "clicking them. The browser keeps no copy of your work: take one with this link."
)
OLDEST = {"anywidget": (0, 9, 13), "ipykernel": (6, 29)}  # with which the course was tried


def start(case: Case | None = None) -> "Keeper":
    """Open the learner's journal, put the guard on the page, and return the Keeper to show.

    >>> start()  # doctest: +ELLIPSIS
    Your work is kept in my_work.jsonl. ...
    """
    guard()
    return _keeper(open_journal(), case or default_case())


@functools.cache
def _keeper(journal, case):
    """One keeper for a journal, however often its cell is run."""
    return Keeper(journal, case.title, progress_of(journal, case))


class Keeper(AnyWidget):
    """The kernel's side of the keeper.

    title: under which the browser keeps its copy. file: name of the journal's file.
    opened: what the journal said of itself when the kernel started to use it. binder: whether this
    is a session of Binder's, which ends with its disk.
    """

    _esm = joined("hear.js", "mirror.js", "keeper_view.js", "keeper.js")
    _css = joined("kit.css", "keeper.css")
    title = Unicode().tag(sync=True)
    file = Unicode().tag(sync=True)
    opened = Unicode().tag(sync=True)
    binder = Bool("BINDER_LAUNCH_HOST" in os.environ).tag(sync=True)

    def __init__(self, journal: Journal, title: str, progress: Progress | None = None):
        super().__init__(title=title, file=journal.path.name, opened=repr(journal))
        self.journal, self.progress = journal, progress
        self._replaced: dict[str, Any] = {}  # by the last copy: what was there before
        self._loaded: dict[str, Any] = {}  # and all answers after it
        self._sent: list[Line] = []  # the lines the page knows of
        self.plain = html("", "kit")  # what is shown while the page runs no scripts
        self.on_msg(self._heard)
        journal.on_change(self._changed)

    def _ipython_display_(self):
        """Show the steps of the course, and beneath them the line."""
        if warning := too_old():
            display(sentence(warning))
        if self.progress:
            display(self.progress)
        place = ipywidgets.VBox([self], layout={"overflow": "visible"})
        stand_in(place, self, self._plain)
        display(place._repr_mimebundle_() | {"text/plain": repr(self)}, raw=True)

    def __repr__(self):
        """The journal's own sentence, for places that show no widgets."""
        return repr(self.journal)

    def _heard(self, _widget, message, _buffers):
        message = dict(message)
        kind = message.pop("kind", None)
        if kind in ("hello", "mirror", "load", "undo", "erase", "alive"):
            try:
                getattr(self, f"_{kind}")(**message)
            except JournalError as error:
                self._tell(message["page"], "bad", str(error))

    def _hello(self, page, count, sum, settled, cells=(), file=""):
        self._changed()
        lines = _texts(self._sent)
        if count <= len(lines) and zlib.adler32("".join(lines[:count]).encode()) == sum:
            self._say("lines", page, start=count, lines=lines[count:], settled=True)
        else:
            self._say("show", page)
        notebook, missing = lost(cells)
        if self.progress and notebook:
            first = self.progress.stands_in(notebook, file)
            self._say("place", page, missing=missing, first=first)

    def _mirror(self, page, text, settled):
        """Compare the copy in the browser with the journal: what the journal lacks is offered."""
        theirs = []
        with contextlib.suppress(JournalError):
            theirs = read_copy(text)
        mine = set(_texts(self._sent))
        settled = settled or mine.issuperset(_texts(theirs))
        self._say_all(page, settled)
        if not settled:
            answers, newest = copies.summary(theirs)
            self._say("offer", page, answers=answers, newest=newest)

    def _load(self, page, text, sure=False):
        """Take in a copy: of each answer the newest counts; ask first if it is somebody else's."""
        save_waiting()
        copy = read_copy(text)
        if not sure and (doubt := copies.doubt(self.journal.lines(), copy)):
            return self._say("doubt", page, doubt=doubt)
        before = self.journal.state()
        new = self.journal.merge(copy)
        self._loaded = self.journal.state()
        self._replaced = copies.changed(self._loaded, before)
        return self._tell(page, "good", self._taken_in(new, copies.damaged(text)))

    def _taken_in(self, new, skipped):
        lost = f" {plural(skipped, 'line')} could not be read." if skipped else ""
        if not new:
            return f"All that could be read in this copy is here already.{lost}"
        return (
            f"Taken in. You now have {plural(self.journal.report().answers, 'answer')}; "
            f"where both copies had one, the newer counts.{lost}"
        )

    def _undo(self, page):
        """Write back what the last copy changed and nobody since; what was new is erased first."""
        save_waiting()
        since = copies.changed(self._loaded, self.journal.state())
        replaced, self._replaced = self._replaced, {}
        for id, value in sorted(replaced.items(), key=lambda pair: pair[1] is not None):
            if id not in since:
                self.journal.write(id, value)
        self._tell(page, "good", "Undone. Your answers are as they were before.")

    def _tell(self, page, tone, sentence):
        show_again()
        self._say_all(page, settled=False)
        self._say("told", page, tone=tone, sentence=sentence, may_undo=bool(self._replaced))

    def _erase(self, page):
        self.journal.erase()
        forget_waiting()
        show_again()
        self._say("erased", page, tone="good", sentence=ERASED)

    def _alive(self, page):
        if self.journal.unsaved:
            with contextlib.suppress(JournalError):
                self.journal.merge([])  # there may be room on the disk by now
        self._say("here", page)

    def _changed(self):
        """Tell the page what is new; where another notebook erased, let the forms show that."""
        lines = self.journal.lines()
        start = _in_common(self._sent, lines)
        if guard().silent:
            self._plain()
        gone = any(line not in lines[start:] for line in self._sent[start:])
        if start < len(lines) or gone:
            self._sent = lines
            self._say("lines", start=start, lines=_texts(lines[start:]))
        if gone:
            show_again()

    def _plain(self):
        """Say that the scripts are missing, and offer the file of the journal."""
        content = base64.b64encode("".join(_texts(self.journal.lines())).encode()).decode()
        self.plain.value = (
            f'<p class="kit-note" role="status">{SILENT}</p><p>{escape(repr(self))} '
            f'<a download="{escape(self.file)}" href="data:application/json;base64,{content}">'
            "Download my work</a></p>"
        )
        return self.plain

    def _say_all(self, page, settled):
        self._changed()
        self._say("lines", page, start=0, lines=_texts(self._sent), settled=settled)

    def _say(self, kind, page="", **more):
        """Send a message, to one page or (page "") to all, with what is true of the journal now."""
        truth = {"now": now(), **self.journal.report()._asdict()}
        self.send({"kind": kind, "to": page, **truth, **more})


def too_old() -> str:
    """A sentence if a package is installed that is older than those tried, "" otherwise."""
    for name, oldest in OLDEST.items():
        with contextlib.suppress(ImportError, ValueError):
            if tuple(map(int, version(name).split(".")[:3])) < oldest:
                wanted = ".".join(map(str, oldest))
                return f"{name} {version(name)} may lose answers: install {wanted} or newer first."
    return ""


def _texts(lines):
    return [line.encoded.decode() for line in lines]


def _in_common(one, other):
    """How many lines two lists begin with in common; at once if one goes on where the other ends.

    >>> _in_common("abc", "abxy")
    2
    """
    if other[: len(one)] == one:
        return len(one)
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
