"""One run of marking: read what is new, settle what counts, write what came of it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from kit.exercises import ExerciseError
from kit.marking import feedback, outputs, rubric
from kit.marking.folders import documents
from kit.marking.intake import found
from kit.marking.progress import Progress
from kit.marking.score import Scorer
from kit.marking.settle import Settling
from kit.marking.shelf import Shelf
from kit.work.reading import cause

SHELF = "marking.sqlite"


class MarkingError(Exception):
    """Nothing was marked; the message is one sentence: what, where, what to do."""


class Done(NamedTuple):
    """What a run did: codes marked, files read for the first time, rows for a person."""

    marked: int
    new: int
    persons: int


def mark(paths, out, case, codes=None, with_solutions=False):
    """Mark the hand-ins in `paths` (files, folders, zips) into the folder `out`; return Done.

    case: a Case with its key. codes: {code in small letters: code} of the teacher's table of
    learners, or None. with_solutions: show the key in the feedback. Raises MarkingError.
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
        scorer = Scorer(case, rubric.settled(given.marks))
        with closing(Shelf(out / SHELF)) as shelf:
            new = _read(paths, out, shelf)
            settling = Settling(shelf, case.title, codes)
            for sentence in given.problems:
                settling.tell("marker's file", "rubric", sentence)
            marked = _write(out, shelf, scorer, settling, with_solutions)
            return Done(
                marked, new, outputs.write_persons(out / "needs_a_person.csv", shelf.told())
            )
    except ExerciseError as error:
        raise MarkingError(str(error)) from None
    except OSError as error:
        why, remedy = cause(error)
        raise MarkingError(f"{out} cannot be written because {why}; {remedy}.") from None
    except sqlite3.Error as error:
        raise MarkingError(
            f"{out / SHELF} cannot be used ({error}); end any other marking of this folder, or "
            "delete that file, and mark again."
        ) from None


def _read(paths, out, shelf):
    """Read every file that was not read before; return how many those were."""
    new, leave_out = 0, os.path.realpath(out)
    with Progress("Reading", lambda: sum(1 for _ in documents(paths, leave_out))) as progress:
        for document in documents(paths, leave_out):
            if not shelf.has(document):
                shelf.put(document, found(document))
                new += 1
            progress.step()
    if not shelf.finish_reading():
        raise MarkingError(
            f"There is no file in {', '.join(map(str, paths))}; give a folder with hand-ins."
        )
    return new


def _write(out, shelf, scorer, settling, with_solutions):
    """Write marks.csv and the feedback of each code; return how many codes there are."""
    marked = 0
    columns = [*outputs.MARKS, *scorer.exercises]
    with (
        outputs.table(out / "marks.csv", columns) as writer,
        Progress("Marking", shelf.size) as bar,
    ):
        for counting in settling.counting():
            content = shelf.content(counting.handed_in)
            marks = scorer.marks(content)
            for each in marks:
                if each.is_strange:
                    reason = f"The answer to {each.id} has a form that the kit does not write."
                    settling.tell("strange answer", counting.handed_in.place, reason)
            page = feedback.page(counting, content, marks, scorer, with_solutions)
            _replace_page(out / "feedback", shelf, counting, page)
            writer.writerow(outputs.marks_row(counting, marks))
            marked += 1
            bar.step()
    for name in shelf.old_pages():
        (out / "feedback" / name).unlink(missing_ok=True)
    return marked


def _replace_page(folder, shelf, counting, page):
    name = f"{counting.code}.html"
    if earlier := shelf.page(counting.handed_in.who, name):
        (folder / earlier).unlink(missing_ok=True)
    with outputs.replacing(folder / name) as file:
        file.write(page)
