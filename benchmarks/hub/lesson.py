"""One lesson: everybody arrives at once, works through 01 and 06, and hands in; a third die in 01.

What is looked at in between: the memory with 01 open, then with 06 open as well; at the end, with
all six notebooks open, that of one learner.
"""

import asyncio
import csv
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.hub.answers import same
from benchmarks.hub.environment import ROOT
from benchmarks.hub.learner import FIRST, LAST, Learner

OTHERS = sorted({path.name for path in ROOT.glob("notebooks/*.ipynb")} - {FIRST, LAST})
EVERY_THIRD = 3
ANSWERS = 15  # how many a learner whose server is killed has given until then, in the mean
MOMENT = 0.1  # seconds between two looks at how many that are
TIME = 900  # seconds a lesson may take


class TooLong(Exception):
    """The lesson did not end within TIME; one sentence says so."""


@dataclass
class Lesson:
    """What was seen: the learners, the memory at two moments, what came of the hand-ins."""

    learners: list
    with_first: Mapping = field(default_factory=dict)
    with_last: Mapping = field(default_factory=dict)
    with_all: Mapping = field(default_factory=dict)
    peak: int = 0
    whole: int = 0
    marked: int = 0
    for_a_person: int = 0


async def hold(hub, number, repository, folder):
    """Let `number` learners take the lesson; return the Lesson. Raises TooMuch, TooLong."""
    lesson = Lesson([Learner(n, hub, repository) for n in range(number)])
    async with asyncio.TaskGroup() as everything:
        watching = everything.create_task(hub.watch())
        try:
            await asyncio.wait_for(_take(lesson, hub, folder), TIME)
        except TimeoutError:
            raise TooLong(f"Stopped: the lesson took longer than {TIME // 60} minutes.") from None
        finally:
            watching.cancel()
            await asyncio.gather(*(learner.leave() for learner in lesson.learners))
    lesson.peak = hub.peak
    return lesson


async def _take(lesson, hub, folder):
    learners = lesson.learners
    await _all(learner.arrive() for learner in learners)
    await _all([_kill(hub, learners[::EVERY_THIRD]), *(each.work(FIRST) for each in learners)])
    lesson.with_first = await asyncio.to_thread(hub.memory)
    await _all(learner.work(LAST) for learner in learners)
    lesson.with_last = await asyncio.to_thread(hub.memory)
    contents = await _all(learner.hand_in() for learner in learners)
    lesson.whole = sum(map(_is_whole, learners, contents))
    _mark(lesson, folder)
    lesson.with_all = await _all_six(hub, *learners)


async def _all_six(hub, one, *others):
    """Return the memory when one learner has all notebooks open, and the others' servers are gone.

    They are ended first, so that this asks for no more memory than the lesson did.
    """
    hub.kill([learner.code for learner in others])
    for name in OTHERS:
        await one.look(name)
    return await asyncio.to_thread(hub.memory)


async def _kill(hub, doomed):
    """End these learners' servers and kernels by force, all at once, amid their answers."""
    for learner in doomed:
        learner.doomed = True
    while sum(len(learner.saved) for learner in doomed) < ANSWERS * len(doomed):
        await asyncio.sleep(MOMENT)
    hub.kill([learner.code for learner in doomed])


async def _all(doings):
    """Do all at once and return what each gives; the first that fails ends the others."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in doings]
    return [task.result() for task in tasks]


def _is_whole(learner, content):
    """Tell whether the content of a hand-in has every acknowledged answer of the learner."""
    return content["code"] == learner.code and len(same(learner.kept, _finder(content))) == len(
        learner.kept
    )


def _finder(content):
    """Return a function from a journal's id to the value that a hand-in has there, or None."""

    def found(id):
        name, *parts = id.split("/")
        value = content["answers"].get(name, {}).get("answer")
        for part in parts:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    return found


def _mark(lesson, folder):
    """Collect the hand-ins in one folder and mark them as a teacher does."""
    collected, marks = folder / "handed_in", folder / "marks"
    collected.mkdir()
    for learner in lesson.learners:
        shutil.copy(learner.folder / f"handin-{learner.code}.json", collected)
    command = [sys.executable, "-m", "teach", "grade", collected, "--out", marks]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    if done.returncode not in (0, 3):  # 3: written answers wait
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    lesson.marked, lesson.for_a_person = (
        _rows(marks / name) for name in ("marks.csv", "needs_a_person.csv")
    )


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as table:
        return sum(1 for _ in csv.DictReader(table))
