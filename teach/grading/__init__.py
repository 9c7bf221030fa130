"""Grading: from whatever the platform gave to marks, feedback, and a list for a person.

Answers are graded as data. Nothing a learner hands in is run, unpickled, imported or unpacked. One
run reads what is new (`sources`, `extract`, `store`), selects what counts (`selection`), scores
it (`marks`, and `rubric` for what people mark), and writes `marks.csv`, `feedback/<code>.html`
(`feedback`) and `needs_a_person.csv`. The same hand-ins give the same bytes,
in whatever order they were read: rows are sorted, and no time of day and no place on the machine
stands in them. What has to do with one file or one hand-in alone, workers share.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from kit.data import Case
from kit.errors import KitError, cause
from teach.files import replacing
from teach.grading import feedback
from teach.grading.extract import extract
from teach.grading.marks import COLUMNS, MARKS, Scorer, marks_row
from teach.grading.rubric import Marks, rubric_marks, settled
from teach.grading.selection import FAULTS, Selected, SubmissionSelector
from teach.grading.sources import USUAL, Refused, SourceFile, source_files
from teach.grading.store import STORE, Submission, SubmissionStore, row_of
from teach.spreadsheet import csv_writer
from teach.workers import Workers, workers

PERSON = ["what", "where", "reason", "what_to_do"]


class Done(NamedTuple):
    """What a run did: codes graded, files read for the first time, rows for a person."""

    marked: int
    new: int
    persons: int


class Graded(NamedTuple):
    """One hand-in: its page (HTML) and the page's name, its row, ids of strange answers."""

    submission: Submission
    name: str
    page: str
    row: list
    strange: list[str]


def grade(
    paths: Iterable[Path | str],
    out: Path | str,
    case: Case,
    codes: dict[str, str] | None = None,
    with_solutions: bool = False,
    cluster: str | None = None,
) -> Done:
    """Grade the hand-ins in `paths` (files, folders, zips) into the folder `out`.

    codes: {code in small letters: code} of the teacher's table of learners. with_solutions: show
    the key in the feedback. cluster: the address of a Dask scheduler whose workers are to help, in
    place of this machine's processors. Raises KitError.
    """
    paths, out = list(paths), Path(out)
    for path in paths:
        if not os.path.exists(path):
            raise KitError(f"There is no {path}; give a folder, a zip or a file of hand-ins.")
    if not case.key:
        raise KitError(f"{case.title} has no key to mark with; put its key folder back.")
    try:
        (out / "feedback").mkdir(parents=True, exist_ok=True)
        rubric, scorer = rubric_marks(out), Scorer(case)
        with closing(SubmissionStore(out / STORE)) as store, workers(cluster) as helpers:
            _read(paths, out, store, helpers)
            selector = SubmissionSelector(store, case.title, codes)
            for sentence in rubric.problems:
                selector.add_review_item("marker's file", "rubric", sentence)
            work = partial(_grade_one, scorer, with_solutions)
            graded = helpers.share(work, _to_grade(store, selector, settled(rubric.marks)))
            marked = _write(out, store, selector, [*COLUMNS, *scorer.exercises], graded)
            persons = _write_persons(out / "needs_a_person.csv", store)
            return Done(marked, store.new, persons)
    except OSError as error:
        why, remedy = cause(error)
        raise KitError(f"{out} cannot be written because {why}; {remedy}.") from None
    except sqlite3.Error as error:
        raise KitError(
            f"{out / STORE} cannot be used ({error}); end any other marking of this folder, or "
            "delete that file, and mark again."
        ) from None


def _read(paths: list, out: Path, store: SubmissionStore, helpers: Workers) -> None:
    sources = partial(source_files, paths, os.path.realpath(out), store.salt)
    unread = _unread(_shown(sources(), "Reading", lambda: sum(1 for _ in sources())), store)
    for source, rows in helpers.share(_look_into, unread):
        store.add(source, rows)
    if not store.finish_reading():
        raise KitError(
            f"There is no file in {', '.join(map(str, paths))}; give a folder with hand-ins."
        )


def _unread(sources: Iterable[SourceFile], store: SubmissionStore) -> Iterator[SourceFile]:
    """Yield each new file with its bytes; look into a large one here and now."""
    for source in sources:
        if not store.has(source):
            refusal, raw = source.refusal, b""
            try:
                raw = raw if refusal else source.read()
            except Refused as error:
                refusal = error
            source = source._replace(read=partial(bytes, raw), refusal=refusal)
            if len(raw) > USUAL:
                store.add(*_look_into(source))
            else:
                yield source


def _look_into(source: SourceFile) -> tuple[SourceFile, list[tuple]]:
    rows = [row_of(extracted) for extracted in extract(source)]
    return source._replace(read=bytes), rows


def _to_grade(
    store: SubmissionStore, selector: SubmissionSelector, levels: dict[str, Marks]
) -> Iterator[tuple[Selected, str, Marks]]:
    for selected in selector.selected():
        who = selected.submission.who
        yield selected, store.content(selected.submission), levels.get(who, {})


def _grade_one(
    scorer: Scorer, with_solutions: bool, to_grade: tuple[Selected, str, Marks]
) -> Graded:
    selected, content, levels = to_grade
    content = json.loads(content) | {"hash": selected.submission.hash}
    scores = scorer.scores(content, levels)
    return Graded(
        selected.submission,
        f"{selected.code}.html",
        feedback.page(selected, content, scores, scorer, with_solutions),
        marks_row(selected, scores),
        [score.id for score in scores if score.is_strange],
    )


def _write(
    out: Path,
    store: SubmissionStore,
    selector: SubmissionSelector,
    columns: list[str],
    graded: Iterable[Graded],
) -> int:
    marked = 0
    with csv_writer(out / MARKS, columns) as writer:
        for one in _shown(graded, "Marking", store.size):
            for id in one.strange:
                reason = f"The answer to {id} holds what the kit does not write."
                selector.add_review_item("strange answer", one.submission.place, reason)
            if earlier := store.page(one.submission.who, one.name):
                (out / "feedback" / earlier).unlink(missing_ok=True)
            with replacing(out / "feedback" / one.name) as [file]:
                file.write(one.page.encode())
            writer.writerow(one.row)
            marked += 1
    for name in store.old_pages():
        (out / "feedback" / name).unlink(missing_ok=True)
    return marked


def _write_persons(path: Path, store: SubmissionStore) -> int:
    kinds, rows = list(FAULTS.items()), 0
    with csv_writer(path, PERSON) as writer:
        for order, place, reason in store.review_items():
            what, to_do = kinds[order]
            writer.writerow([what, place, reason, to_do])
            rows += 1
    return rows


def _shown(things: Iterable[Any], what: str, number: Callable[[], int]) -> Iterable[Any]:
    """Show on a terminal how many of the things are done; where nobody looks, count nothing."""
    if not sys.stderr.isatty():
        return things
    try:
        from tqdm import tqdm
    except ImportError:  # it is only to be looked at
        return things
    return tqdm(things, what, number(), unit="")
