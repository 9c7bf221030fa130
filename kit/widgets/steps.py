"""Where a learner is: the notebooks as steps, what is done of each, what is next, the time left.

The steps are an output and no widget: so they are saved with the notebook, and say in one that is
opened again, whose forms sleep, how they wake. `kit/notebooks.json` holds what the kit knows of the
notebooks and their cells as they were made: by its cells a page's notebook is told, whatever its
file is called, and what a learner lost of them is put back.
"""

import functools
import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from IPython.display import DisplayHandle

from kit import exercises, journal
from kit.data import Case
from kit.widgets.base import default_case, style

ASLEEP = (
    '<div class="kit-asleep"><p><strong>Asleep. Your answers are kept.</strong> '
    "Menu <em>Run → Run All Cells</em> wakes the page.</p>"
    '<button data-commandlinker-command="notebook:run-all-cells">Wake the page</button></div>'
)


class Step(NamedTuple):
    """One notebook: its name, title and minutes by the plan; exercises asked, and those open."""

    name: str
    title: str
    minutes: int
    asked: int
    still_open: list[exercises.Exercise]

    @property
    def done(self) -> int:
        """How many exercises are answered in whole."""
        return self.asked - len(self.still_open)


@functools.cache
def notebooks() -> dict[str, dict[str, Any]]:
    """What is known of each notebook by its name: title, minutes, tasks and cells."""
    path = Path(__file__).parents[1] / "notebooks.json"
    return json.loads(path.read_text(encoding="utf-8"))


def steps(work: journal.Journal, case: Case) -> list[Step]:
    """How far `work` is in each notebook.

    >>> first = steps(journal.open("nowhere.jsonl"), default_case())[0]
    >>> first.title, first.minutes, first.done, first.still_open[0].title
    ('Meet the sources', 20, 0, 'Predict before you read')
    """
    known = exercises.load(case)
    whole = {
        id
        for id, exercise in known.items()
        if len(set(exercises.progress(exercise, work.answer(id)))) == 1
    }
    return [
        Step(
            name,
            each["title"],
            each["minutes"],
            len(ids),
            [known[id] for id in ids if id not in whole],
        )
        for name, each in notebooks().items()
        for ids in [[id for id in each["tasks"] if id in known]]
    ]


def notebook_of(ids: Iterable[str]) -> str:
    """The name of the notebook that has these cells; "" if none has two of them.

    >>> notebook_of(["title", "quiz-a", "my-own"]), notebook_of(["title", "my-own"])
    ('01_meet_the_sources', '')
    """
    shared = {name: len(set(ids) & _ids(name)) for name in notebooks()}
    best = max(shared, key=shared.__getitem__)
    return best if shared[best] > 1 else ""


def _ids(name):
    return {cell["id"] for cell in notebooks()[name]["cells"]}


def lost(name: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The cells of a notebook that are not among `ids`, each with the id of the one before it.

    >>> there = _ids("01_meet_the_sources") - {"quiz-a"}
    >>> [(each["after"], each["cell"]["id"]) for each in lost("01_meet_the_sources", there)]
    [('pre-test', 'quiz-a')]
    """
    cells = notebooks()[name]["cells"]
    before = ["", *(cell["id"] for cell in cells)]
    pairs = zip(before, cells, strict=False)
    return [{"after": id, "cell": cell} for id, cell in pairs if cell["id"] not in set(ids)]


class Progress:
    """The steps, wherever they are shown; they follow the journal.

    notebook: name of the one they stand in, "" until the page tells; file: what it is called there.
    """

    def __init__(self, work: journal.Journal, case: Case):
        self.work, self.case = work, case
        self.notebook = self.file = ""
        self._handle = DisplayHandle()
        self._shown: dict[str, str] = {}
        work.on_change(self._follow)

    def stands_in(self, notebook: str, file: str) -> None:
        """Mark the notebook in which the steps stand, and link to its file."""
        self.notebook, self.file = notebook, file
        self._follow()

    def _follow(self):
        if self._shown and self._shown != self._bundle():
            self._shown = self._bundle()
            self._handle.update(self._shown, raw=True)

    def _ipython_display_(self):
        self._shown = self._bundle()
        self._handle.display(self._shown, raw=True)

    def _bundle(self):
        return {"text/plain": repr(self), "text/html": self._html(steps(self.work, self.case))}

    def __repr__(self):
        """Say in one line what is done."""
        all_steps = steps(self.work, self.case)
        done, asked = sum(step.done for step in all_steps), sum(step.asked for step in all_steps)
        return f"{len(all_steps)} notebooks: {done} of {asked} tasks done."

    def _html(self, all_steps):
        items = "".join(self._item(number, step) for number, step in enumerate(all_steps, 1))
        return (
            f'{style("steps.css")}<div class="kit-steps">{ASLEEP}<nav aria-label="The course">'
            f"<ol>{items}</ol></nav><p>{self._next(all_steps)} {_left(all_steps)}</p></div>"
        )

    def _item(self, number, step):
        mark = "✓" if not step.still_open else "◐" if step.done else "○"
        name, here = f"{number} {step.title}", ' aria-current="step"'
        if step.name != self.notebook:
            name, here = _link(name, f"{step.name}.ipynb"), ""
        counted = f"<small>{step.done} of {step.asked}</small>"
        return f'<li{here}><span aria-hidden="true">{mark}</span> {name} {counted}</li>'

    def _next(self, all_steps):
        """What to go on with: here, then in the notebooks after this one, then in those before."""
        first = next((n for n, step in enumerate(all_steps) if step.name == self.notebook), 0)
        for step in all_steps[first:] + all_steps[:first]:
            if step.still_open:
                task, tasks = step.still_open[0], notebooks()[step.name]["tasks"]
                file = self.file if step.name == self.notebook else f"{step.name}.ipynb"
                link = _link(task.title, f"{file}#cell-id={tasks[task.id]}")
                place = "here" if step.name == self.notebook else "there"
                number = all_steps.index(step) + 1
                return f'Go on with <span class="kit-{place}">{link}</span>, in notebook {number}.'
        return "Every task is answered."


def _link(words, address):
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _left(all_steps):
    """How many minutes are left by the plan, in fives."""
    left = sum(step.minutes * len(step.still_open) / max(step.asked, 1) for step in all_steps)
    return f"By the plan, about {5 * -int(-left // 5)} minutes are left." if left else ""


@functools.cache
def progress_of(work: journal.Journal, case: Case) -> Progress:
    """One Progress for a journal, so that all cells which show it say the same."""
    return Progress(work, case)


def progress(case: Case | None = None) -> Progress:
    """Show the course as steps: what is done, where you are, what is next, and the time left.

    >>> progress()
    6 notebooks: 0 of 25 tasks done.
    """
    return progress_of(journal.current(), case or default_case())
