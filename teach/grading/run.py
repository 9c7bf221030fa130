"""One run of marking: read what is new, settle what counts, write what came of it.

What has to do with one file or one hand-in alone many hands share (`hands`).
"""

import json
import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kit.errors import cause
from kit.exercises import ExerciseError
from teach.grading import feedback, outputs, rubric
from teach.grading.cluster import ClusterError, helpers
from teach.grading.folders import documents
from teach.grading.hands import HandEnded
from teach.grading.intake import found
from teach.grading.places import USUAL, Refused
from teach.grading.progress import Progress
from teach.grading.score import Scorer
from teach.grading.settle import Settling
from teach.grading.shelf import HandedIn, Shelf, columns

SHELF = "marking.sqlite"


class MarkingError(Exception):
    """Nothing was marked; the message is one sentence: what, where, what to do."""


class Done(NamedTuple):
    """What a run did: codes marked, files read for the first time, rows for a person."""

    marked: int
    new: int
    persons: int


class Marked(NamedTuple):
    """One hand-in: its page (HTML) and the page's name, its row, ids of strange answers."""

    handed_in: HandedIn
    name: str
    page: str
    row: list
    strange: list


def grade(paths, out, case, codes=None, with_solutions=False, cluster=None):
    """Mark the hand-ins in `paths` (files, folders, zips) into the folder `out`; return Done.

    case: a Case with its key. codes: {code in small letters: code} of the teacher's table of
    learners, or None. with_solutions: show the key in the feedback. cluster: the address of a Dask
    scheduler whose workers are to help, in place of this machine's processors. Raises MarkingError.
    """
    out = Path(out)
    for path in paths:
        if not os.path.exists(path):
            raise MarkingError(f"There is no {path}; give a folder, a zip or a file of hand-ins.")
    if not case.key:
        raise MarkingError(f"{case.title} has no key to mark with; put its key folder back.")
    try:
        (out / "feedback").mkdir(parents=True, exist_ok=True)
        given = rubric.given(out)
        scorer, levels = Scorer(case), rubric.settled(given.marks)
        with closing(Shelf(out / SHELF)) as shelf, helpers(cluster) as hands:
            _read(paths, out, shelf, hands)
            settling = Settling(shelf, case.title, codes)
            for sentence in given.problems:
                settling.tell("marker's file", "rubric", sentence)
            marked = _write(out, shelf, hands, scorer, settling, levels, with_solutions)
            persons = outputs.write_persons(out / "needs_a_person.csv", shelf.told())
            return Done(marked, shelf.new, persons)
    except (ExerciseError, ClusterError) as error:
        raise MarkingError(str(error)) from None
    except OSError as error:
        why, remedy = cause(error)
        raise MarkingError(f"{out} cannot be written because {why}; {remedy}.") from None
    except sqlite3.Error as error:
        raise MarkingError(
            f"{out / SHELF} cannot be used ({error}); end any other marking of this folder, or "
            "delete that file, and mark again."
        ) from None
    except HandEnded:
        raise MarkingError(
            "A process that helped to mark was ended from outside, perhaps for want of memory; "
            "run the same command again to go on from here."
        ) from None


def _read(paths, out, shelf, hands):
    """Read every file that was not read before."""
    leave_out = os.path.realpath(out)
    with Progress("Reading", lambda: sum(1 for _ in documents(paths, leave_out))) as progress:
        unread = _unread(progress.steps(documents(paths, leave_out)), shelf)
        for document, rows in hands.share(_look_into, unread):
            shelf.put(document, rows)
    if not shelf.finish_reading():
        raise MarkingError(
            f"There is no file in {', '.join(map(str, paths))}; give a folder with hand-ins."
        )


def _unread(documents, shelf):
    """Yield each new Document with its bytes; look into a large one here and now."""
    for document in documents:
        if not shelf.has(document):
            refusal, raw = document.refusal, b""
            try:
                raw = raw if refusal else document.read()
            except Refused as error:
                refusal = error
            document = document._replace(read=partial(bytes, raw), refusal=refusal)
            if len(raw) > USUAL:
                shelf.put(*_look_into(document))
            else:
                yield document


def _look_into(document):
    """Return (document, rows for the shelf) of one file."""
    rows = [columns(thing) for thing in found(document)]
    return document._replace(read=None), rows


def _write(out, shelf, hands, scorer, settling, levels, with_solutions):
    """Write marks.csv and the feedback of each code; return how many codes there are."""
    marked, columns = 0, [*outputs.MARKS, *scorer.exercises]
    work = partial(_mark_one, scorer, with_solutions)
    with (
        outputs.table(out / "marks.csv", columns) as writer,
        Progress("Marking", shelf.size) as progress,
    ):
        for done in progress.steps(hands.share(work, _to_mark(shelf, settling, levels))):
            for id in done.strange:
                reason = f"The answer to {id} has a form that the kit does not write."
                settling.tell("strange answer", done.handed_in.place, reason)
            _replace_page(out / "feedback", shelf, done)
            writer.writerow(done.row)
            marked += 1
    for name in shelf.old_pages():
        (out / "feedback" / name).unlink(missing_ok=True)
    return marked


def _to_mark(shelf, settling, levels):
    """Yield (Counting, content as JSON, what people gave its written answers) of each code."""
    for counting in settling.counting():
        who = counting.handed_in.who
        yield counting, shelf.content(counting.handed_in), levels.get(who, {})


def _mark_one(scorer, with_solutions, to_mark):
    """Return the Marked of one hand-in."""
    counting, content, given = to_mark
    content = json.loads(content) | {"hash": counting.handed_in.hash}
    marks = scorer.marks(content, given)
    return Marked(
        counting.handed_in,
        f"{counting.code}.html",
        feedback.page(counting, content, marks, scorer, with_solutions),
        outputs.marks_row(counting, marks),
        [mark.id for mark in marks if mark.is_strange],
    )


def _replace_page(folder, shelf, done):
    if earlier := shelf.page(done.handed_in.who, done.name):
        (folder / earlier).unlink(missing_ok=True)
    with outputs.replacing(folder / done.name) as file:
        file.write(done.page)
