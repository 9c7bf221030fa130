"""Where a learner is: the notebooks as steps, what is done of each, what is next, the time left.

The steps are an output and no widget: so they are saved with the notebook, and say in one that is
opened again, whose forms sleep, how they wake. `kit/notebooks.json` has title, minutes, tasks and
cells of each notebook as it was made: by its cells a page's notebook is told, whatever its file is
called, and what a learner lost of them is put back.
"""

import functools
import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from IPython.display import DisplayHandle

from kit import exercises, journal, submission
from kit.data import Case
from kit.exercises import Exercise
from kit.widgets.base import default_case, style

ASLEEP = (
    '<div class="kit-asleep"><p><strong>Asleep. Your answers are kept.</strong> '
    "Menu <em>Run → Run All Cells</em> wakes the page.</p>"
    '<button data-commandlinker-command="notebook:run-all-cells">Wake the page</button></div>'
)


@functools.cache
def notebooks() -> dict[str, dict[str, Any]]:
    """What is known of each notebook by its name: title, minutes, tasks and cells."""
    path = Path(__file__).parents[1] / "notebooks.json"
    return json.loads(path.read_text(encoding="utf-8"))


def lost(ids: Iterable[str]) -> tuple[str, list[dict[str, Any]]]:
    """The notebook with these cells, and those of its cells that are missing, each with its place.

    >>> name, missing = lost(cell["id"] for cell in notebooks()["05_check_the_record"]["cells"][1:])
    >>> name, missing[0]["after"], missing[0]["cell"]["id"]
    ('05_check_the_record', '', 'title')
    """
    there = set(ids)
    here = {name: [c["id"] for c in each["cells"]] for name, each in notebooks().items()}
    name = max(here, key=lambda name: len(there.intersection(here[name])))
    if len(there.intersection(here[name])) < 2:
        return "", []
    places = zip(["", *here[name]], notebooks()[name]["cells"], strict=False)
    return name, [{"after": id, "cell": c} for id, c in places if c["id"] not in there]


class Progress:
    """The steps, wherever they are shown; they follow the journal.

    notebook: name of the one they stand in, "" until the page tells; file: what it is called there.
    """

    def __init__(self, work: journal.Journal, case: Case):
        self.work, self.case, self.known = work, case, exercises.load(case)
        self.notebook = self.file = ""
        self._handle = DisplayHandle()
        self._shown: dict[str, str] = {}
        work.on_change(self._follow)

    def still_open(self) -> dict[str, list[Exercise]]:
        """The exercises of each notebook, by its name, that are not answered in whole."""
        parts = submission.summary(self.work, self.case)
        still_open = {e.id: e for e, given, asked in parts if given < asked}
        return {
            name: [still_open[id] for id in notebooks()[name]["tasks"] if id in still_open]
            for name in notebooks()
        }

    def stands_in(self, notebook: str, file: str) -> str:
        """Mark the notebook in which the steps stand; return the cell of its first open task."""
        self.notebook, self.file = notebook, file
        self._follow()
        tasks = notebooks()[notebook]["tasks"]
        return next((tasks[task.id] for task in self.still_open()[notebook]), "")

    def _asked(self, name):
        return [id for id in notebooks()[name]["tasks"] if id in self.known]

    def _follow(self):
        if self._shown and self._shown != (bundle := self._bundle()):
            self._shown = bundle
            self._handle.update(bundle, raw=True)

    def _ipython_display_(self):
        self._shown = self._bundle()
        self._handle.display(self._shown, raw=True)

    def __repr__(self):
        """Say in one line what is done."""
        return self._bundle()["text/plain"]

    def _bundle(self):
        still_open = self.still_open()
        items = "".join(
            self._item(number, *each) for number, each in enumerate(still_open.items(), 1)
        )
        asked = sum(len(self._asked(name)) for name in notebooks())
        done = asked - sum(map(len, still_open.values()))
        return {
            "text/plain": f"{len(notebooks())} notebooks: {done} of {asked} tasks done.",
            "text/html": f'{style("steps.css")}<div class="kit-steps">{ASLEEP}<ol '
            f'aria-label="The course">{items}</ol><p>{self._next(still_open)}</p></div>',
        }

    def _item(self, number, name, still_open):
        asked = len(self._asked(name))
        mark = "○" if len(still_open) == asked else "◐" if still_open else "✓"
        title, here = f"{number} {notebooks()[name]['title']}", ' aria-current="step"'
        if name != self.notebook:
            title, here = _link(title, f"{name}.ipynb"), ""
        counted = f"<small>{asked - len(still_open)} of {asked}</small>"
        return f'<li{here}><span aria-hidden="true">{mark}</span> {title} {counted}</li>'

    def _next(self, still_open):
        """What to go on with, from this notebook on and then from the first; the time left."""
        names = list(still_open)
        first = names.index(self.notebook) if self.notebook else 0
        name = next((name for name in names[first:] + names if still_open[name]), "")
        if not name:
            return "Every task is answered."
        file = self.file if name == self.notebook else f"{name}.ipynb"
        task = still_open[name][0]
        link = _link(task.title, f"{file}#cell-id={notebooks()[name]['tasks'][task.id]}")
        left = sum(
            notebooks()[name]["minutes"] * len(tasks) / len(self._asked(name))
            for name, tasks in still_open.items()
            if tasks
        )
        return (
            f"Go on with {link}, in notebook {names.index(name) + 1}. "
            f"By the plan, about {5 * -int(-left // 5)} minutes are left."
        )


def _link(words, address):
    return f'<a href="{escape(address)}">{escape(words)}</a>'


@functools.cache
def progress_of(work: journal.Journal, case: Case) -> Progress:
    """One Progress for a journal, so that all cells which show it say the same."""
    return Progress(work, case)


def progress(case: Case | None = None) -> Progress:
    """Show the course as steps: what is done, where you are, what is next, and the time left."""
    return progress_of(journal.current(), case or default_case())
