"""What one learner does: opens 01, runs and answers it, the same with 06, and hands in."""

import asyncio
import random
import time
from typing import NamedTuple

from benchmarks.hub.account import Account
from benchmarks.hub.answers import YOURS, acts, same
from benchmarks.hub.environment import COURSE
from benchmarks.hub.page import Gone, Refused
from kit import data, submission
from kit.journal import Journal
from kit.widgets.base import named

FIRST, LAST = "01_meet_the_sources.ipynb", "06_answer_the_question.ipynb"
CASE = data.load()
HAND_IN = "kit.widgets.handin()"
PAUSE = (0.2, 1.0)  # seconds before each change; people take longer


class Cell(NamedTuple):
    """A cell that was run: notebook, its place among the cells with code, and the seconds."""

    notebook: str
    place: int
    seconds: float


class Learner:
    """A learner of the class, and what was seen.

    saved: the Acts of which a form said that they are saved; kept: {id: value} after them.
    under_way: the Act begun last. starts, answers: the seconds that each start of the server and
    each answer took. cells: what was run.
    before, given: `kept` and the number of `saved` when the server died; in_journal, in_forms: how
    many of each were there afterwards.
    """

    def __init__(self, number, hub, repository):
        self.code, self._rng = f"owl-{number}", random.Random(number)
        self._account = Account(hub.address, self.code)
        self.folder = hub.homes / self.code / COURSE / "notebooks"
        self._repository = repository
        self.doomed = False  # whether the server will be ended by force
        self.saved, self.kept, self.under_way = [], {}, None
        self.starts, self.cells, self.answers = [], [], []
        self.before, self.given, self.in_journal, self.in_forms = {}, 0, 0, 0
        self._pages, self._acts, self._last = [], {}, None

    async def arrive(self):
        """Log in, start the server, follow the link."""
        await self._account.log_in()
        await self._start()

    async def work(self, name):
        """Open a notebook, run its cells and answer; where the server dies, start again."""
        try:
            await self._through(name)
        except Gone:
            if not self.doomed:
                raise
            self.before, self.given = dict(self.kept), len(self.saved)
            await self._start()
            journal = Journal(self.folder / "my_work.jsonl")
            self.in_journal = len(same(self.before, journal.answer, self.under_way))
            await self._through(name)

    async def look(self, name):
        """Open a notebook and run its cells, without an answer."""
        page, cells = await self._account.open(name)
        self._pages.append(page)
        for source in cells:
            await page.run(source)

    async def hand_in(self):
        """Press the two buttons of the last form in 06; return the content of the file."""
        page, root = self._last
        widgets = page.widgets
        if not widgets.shows(widgets.named(root, named(YOURS)), self.code):
            raise Refused("The form to hand in does not show the code.")
        await page.press(root, "Hand in my work")
        await page.until(lambda: widgets.states[widgets.classed(root, "kit-question")]["value"])
        await page.press(root, "Yes, hand in")
        receipt = widgets.classed(root, "kit-receipt")
        await page.until(lambda: widgets.states[receipt]["value"])
        return submission.load(self.folder / f"handin-{self.code}.json")

    async def leave(self):
        """Close every page and the browser."""
        for page in self._pages:
            page.close()
        await self._account.close()

    async def _start(self):
        self.starts.append(await self._account.start())
        await self._account.follow_link(self._repository)

    async def _through(self, name):
        page, cells = await self._account.open(name)
        self._pages.append(page)
        for place, source in enumerate(cells):
            seconds, root = await page.run(source)
            self.cells.append(Cell(name, place, seconds))
            drawn = self._acts.setdefault((name, place), acts(source, CASE, self.code, self._rng))
            for act in drawn:
                await self._give(page, root, act)
            if source.endswith(HAND_IN):
                self._last = page, root

    async def _give(self, page, root, act):
        """Enter an answer; one that was given before must be shown, and is not given again."""
        shown = page.widgets.shows(page.widgets.named(root, act.label), act.entered)
        if act in self.saved:
            self.in_forms += shown
        elif not shown:
            await asyncio.sleep(self._rng.uniform(*PAUSE))
            self.under_way, begun = act, time.perf_counter()
            await page.enter(root, act)
            self.answers.append(time.perf_counter() - begun)
        elif act != self.under_way:
            raise Refused(f"{act.id} is shown as answered, but never was.")
        if act not in self.saved:
            self.saved.append(act)
            self.kept[act.id] = act.kept
