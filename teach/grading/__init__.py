"""Grading: from whatever the platform gave to marks, feedback, and a list for a person.

Answers are graded as data. Nothing a learner hands in is run, unpickled, imported or unpacked. One
run reads what is new (`sources`, `arrivals` for who and when, `extract` with `mended`, `store`),
refuses what would spoil the marks that are there (`runs`), selects what counts (`selection`),
scores it (`marks`, and `rubric` for what people mark; `decisions`, `late`, `settings` and
`course_mark` for what the teacher decided), and writes `marks.csv`, `feedback/<code>.html`
(`feedback`, `answer_table`) and `needs_a_person.csv`. A run adds to the runs before it, and writes
no page again that would be the same. `regrade` tells what another key would change.

The same hand-ins give the same bytes, in whatever order they were read and in however many runs
(but what counts is not replaced by what another learner hands in later under the same code): rows
are sorted, and no time of day and no place on the machine stands in them. What has to do with
one file or one hand-in alone, workers share. A run that is ended half-way, however hard, leaves
nothing lost: each file is put in place when it is whole, and the store learns of a run only when
all of them are, so that the next one does again what is not certain.
"""

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kit.data import Case
from kit.errors import KitError
from kit.exercises.model import Exercise
from teach.files import replacing, writing
from teach.grading import feedback
from teach.grading.course_mark import course_mark, decided
from teach.grading.decisions import DECISIONS, LATE, Decision, Decisions, of, read_decisions
from teach.grading.extract import extract
from teach.grading.late import lateness
from teach.grading.marks import COLUMNS, MARKS, PERSONS, Scorer, marks_row, not_in_this_run, page_of
from teach.grading.rubric import Marks, disputed, fingerprint, rubric_marks, settled
from teach.grading.runs import Done, check, fingerprint_of, named, take_out
from teach.grading.selection import FAULTS, Selected, SubmissionSelector
from teach.grading.settings import SETTINGS, Settings, remembered, updated
from teach.grading.settings import write as write_settings
from teach.grading.sources import USUAL, Refused, SourceFile, source_files
from teach.grading.store import STORE, Outcome, SubmissionStore, put_aside, row_of
from teach.spreadsheet import csv_writer
from teach.workers import Workers, workers

PERSON = ["what", "where", "reason", "what_to_do"]
STRANGE = "The answer to {} holds what the kit does not write."
UNUSED = "The code {} has no marks, so this decision has nothing to count for."


class ToGrade(NamedTuple):
    """One hand-in to grade: its content as JSON, the levels that people settled, the texts that
    markers differ on {exercise id: fingerprint}, the teacher's decisions. made_from: all of that
    and what is the same for everybody, as a hash.
    """

    selected: Selected
    content: str
    levels: Marks
    disputed: dict[str, str]
    decisions: list[Decision]
    made_from: str


class Graded(NamedTuple):
    """One hand-in that was graded: its page (HTML), and its Outcome for the store."""

    selected: Selected
    made_from: str
    page: str
    outcome: Outcome


class Choices(NamedTuple):
    """What the teacher may choose for a run.

    codes: {code in small letters: code} of the table of learners. no_code: where in it somebody
    stands without a code. given: the settings given anew,
    {name: as typed}. with_solutions: show the key in the feedback. only_these: take out what is
    not in the input. cluster: the address of a Dask scheduler whose workers are to help, in place
    of this machine's processors.
    """

    codes: dict[str, str] | None = None
    no_code: tuple[str, ...] = ()
    given: Mapping[str, str] = MappingProxyType({})
    with_solutions: bool = False
    only_these: bool = False
    cluster: str | None = None


def grade(
    paths: Iterable[Path | str],
    out: Path | str,
    case: Case,
    tell: Callable[[str], None] = lambda sentence: None,
    **choices: Any,
) -> Done:
    """Grade the hand-ins in `paths` (files, folders, zips) into the folder `out`.

    tell: is given each sentence that a teacher should read before the end. choices: those of
    Choices. Raises KitError; then no mark was changed.
    """
    paths, out, chosen = list(paths), Path(out), Choices(**choices)
    for path in paths:
        if not os.path.exists(path):
            raise KitError(f"There is no {path}; give a folder, a zip or a file of hand-ins.")
    if not case.key:
        raise KitError(f"{case.title} has no key to mark with; put its key folder back.")
    try:
        with writing(out):
            (out / "feedback").mkdir(parents=True, exist_ok=True)
            with closing(SubmissionStore(out / STORE)) as store:
                return _run(paths, out, case, store, tell, chosen)
    except sqlite3.OperationalError as error:
        raise KitError(
            f"{out / STORE} cannot be used ({error}); end any other marking of this folder, and "
            "mark again."
        ) from None
    except sqlite3.DatabaseError as error:
        raise KitError(
            f"{out / STORE} is damaged ({error}); it was put aside as {put_aside(out / STORE)}. "
            "Mark again, and name all hand-ins."
        ) from None


def _run(
    paths: list,
    out: Path,
    case: Case,
    store: SubmissionStore,
    tell: Callable[[str], None],
    chosen: Choices,
) -> Done:
    if store.aside:
        tell(f"{STORE} could not be used: it lies aside as {store.aside}, and a new one is begun.")
    scorer = Scorer(case)
    settings = _settings(out, scorer.exercises, chosen.given, tell)
    scorer.use(settings)
    decisions = read_decisions(out, scorer.exercises)
    with workers(chosen.cluster) as helpers:
        _read(paths, out, store, helpers)
        _take_in(paths, out, store, tell, chosen)
        write_settings(settings, out)
        selector = SubmissionSelector(store, case.title, chosen.codes)
        base = fingerprint_of(case, settings, chosen.with_solutions)
        to_grade = _to_grade(out, store, selector, decisions, base)
        graded = helpers.share(partial(_grade_one, scorer, chosen.with_solutions), to_grade)
        pages = _write_pages(out, store, graded)
    _list_unused(store, selector, decisions)
    done = _write_marks(out, store, selector, [*COLUMNS, *scorer.exercises])
    missing = _list_missing(store, selector, chosen)
    persons = _write_persons(out / PERSONS, store) - missing
    _remove_old_pages(out, store, tell)
    store.save()
    return done._replace(pages=pages, files=store.new, missing=missing, persons=persons)


def _settings(
    out: Path,
    exercises: Mapping[str, Exercise],
    given: Mapping[str, str],
    tell: Callable[[str], None],
) -> Settings:
    """Return the settings of this run; tell what they are, and which of them are others now."""
    before = remembered(out)
    settings = updated(before, given, exercises)
    if sentence := settings.sentence():
        tell(f"Marked by {SETTINGS}: {sentence}.")
    if settings != before and (out / MARKS).exists():
        earlier = before.sentence() or "all notebooks, and nothing was taken off"
        tell(f"Changed: before this run, marks were by {earlier}.")
    return settings


def _read(paths: list, out: Path, store: SubmissionStore, helpers: Workers) -> None:
    sources = partial(source_files, paths, os.path.realpath(out), store.salt)
    unread = _unread(_shown(sources(), "Reading", lambda: sum(1 for _ in sources())), store)
    try:
        for source, rows in helpers.share(_look_into, unread):
            store.add(source, rows)
    finally:
        store.save()


def _take_in(
    paths: list, out: Path, store: SubmissionStore, tell: Callable[[str], None], chosen: Choices
) -> None:
    check(store, out, paths, chosen.codes, chosen.only_these)
    if chosen.only_these:
        take_out(store, out, tell)
    store.take_in()


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
    out: Path,
    store: SubmissionStore,
    selector: SubmissionSelector,
    decisions: Decisions,
    base: str,
) -> Iterator[ToGrade]:
    """Yield what counts and is not graded yet as it is now; base: what is the same for all."""
    rubric = rubric_marks(out)
    for sentence in rubric.problems:
        selector.add_review_item("marker's file", "rubric", sentence)
    levels, differing = settled(rubric.marks), disputed(rubric.marks)
    for selected in _shown(selector.selected(), "Marking", store.size):
        submission = selected.submission
        who = submission.who
        about = (levels.get(who, {}), differing.get(who, {}), decisions.get(who, []))
        made_from = _hash(base, selected, about)
        is_made = store.is_made(submission, selected.code, made_from)
        if not (is_made and page_of(out, selected.code).exists()):
            yield ToGrade(selected, store.content(submission), *about, made_from)


def _hash(base: str, selected: Selected, about: tuple) -> str:
    """Return a hash of all that the page of one code is made from."""
    latest, others = selected.submission, [(each.hash, each.time) for each in selected.others]
    whole = (selected.code, latest.hash, latest.handed_in, latest.late, others, about)
    return hashlib.sha256((base + repr(whole)).encode("utf-8", "surrogatepass")).hexdigest()


def _grade_one(scorer: Scorer, with_solutions: bool, to_grade: ToGrade) -> Graded:
    selected, decisions = to_grade.selected, to_grade.decisions
    content = json.loads(to_grade.content) | {"hash": selected.submission.hash}
    scores = decided(scorer.scores(content, to_grade.levels), decisions)
    late = lateness(scorer.settings, selected.submission, of(decisions, LATE))
    mark = course_mark(scores, scorer.exercises, decisions, scorer.settings, late)
    page = feedback.page(selected, content, scores, mark, scorer, with_solutions)
    waiting = [score.id for score in scores if score.waits]
    differing = sum(_is_disputed(id, content, to_grade.disputed) for id in waiting)
    review = [("strange answer", STRANGE.format(each.id)) for each in scores if each.is_strange]
    review += [("late", late.problem)] if late.problem else []
    row = marks_row(selected, scores, mark)
    outcome = Outcome(row, len(waiting) - differing, differing, review)
    return Graded(selected, to_grade.made_from, page, outcome)


def _is_disputed(id: str, content: dict, disputed: dict[str, str]) -> bool:
    text = content["answers"][id]["answer"]
    return id in disputed and disputed[id] in ("", fingerprint(text))


def _write_pages(out: Path, store: SubmissionStore, graded: Iterable[Graded]) -> int:
    pages = 0
    for one in graded:
        code = one.selected.code
        before = store.add_page(one.selected.submission, code, one.made_from, one.outcome)
        if before not in ("", code):
            page_of(out, before).unlink(missing_ok=True)
        with replacing(page_of(out, code)) as [file]:
            file.write(one.page.encode())
        pages += 1
    return pages


def _write_marks(
    out: Path, store: SubmissionStore, selector: SubmissionSelector, columns: list[str]
) -> Done:
    done = Done()
    with csv_writer(out / MARKS, columns) as writer:
        for made in store.made():
            outcome = made.outcome
            writer.writerow(outcome.row if made.is_here else not_in_this_run(outcome.row))
            for what, reason in outcome.review:
                selector.add_review_item(what, made.place, reason)
            done = done.with_one(made)
    return done


def _list_unused(store: SubmissionStore, selector: SubmissionSelector, all: Decisions) -> None:
    """List the decisions on a code that has no marks."""
    for who, decisions in all.items():
        if not store.is_marked(who):
            for decision in decisions:
                place, reason = f"{DECISIONS}, line {decision.line}", UNUSED.format(who)
                selector.add_review_item("decision", place, reason)


def _list_missing(store: SubmissionStore, selector: SubmissionSelector, chosen: Choices) -> int:
    """List who stands on the teacher's roster without a hand-in; return how many there are."""
    codes = chosen.codes or {}
    missing = [code for who, code in codes.items() if not store.has_code(who)]
    for code in missing:
        selector.add_review_item("not handed in", code, "There is no hand-in with this code.")
    for place in chosen.no_code:
        selector.add_review_item("not handed in", place, "No code is known of this learner.")
    return len(missing) + len(chosen.no_code)


def _remove_old_pages(out: Path, store: SubmissionStore, tell: Callable[[str], None]) -> None:
    """Remove the pages of codes that do not count any more, and tell whose that is to clear up."""
    old = store.old_pages()
    for code in old:
        page_of(out, code).unlink(missing_ok=True)
    if unclear := [code for code in old if store.has_code(code.casefold())]:
        tell(f"No longer marked: {named(unclear)}; {PERSONS} says why.")


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
