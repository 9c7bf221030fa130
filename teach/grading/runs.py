"""One run beside the runs before it: what it may not do, what it takes out, what it says.

A run adds. What is not in its input stays, and is marked so; `--only-these` takes it out, after a
copy of it was put into `taken_out_1` (2, 3 …) in the folder of marks.
"""

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import kit
from kit.data import Case
from kit.errors import KitError
from kit.words import plural
from teach.grading.decisions import DECISIONS
from teach.grading.marks import MARKS, PERSONS, page_of
from teach.grading.settings import SETTINGS, Settings
from teach.grading.store import STORE, Made, SubmissionStore, unused
from teach.spreadsheet import codes_in

TAKEN_OUT = "taken_out_{}"  # a folder in the folder of marks
MANY, SEVERAL = 10, 5  # codes: a class that is there, and one that nobody expects beside it
SHOWN = 10  # codes in one sentence
COURSE = {".css", ".csv", ".json", ".py", ".toml", ".txt"}  # files that marks and pages depend on


class Done(NamedTuple):
    """What a run did, in numbers of codes.

    marked: all in marks.csv. new, changed: of those, against the run before. absent: not in this
    run's input; absent_changed: of those. pages: written anew. files: read for the first time.
    What waits: unread, disputed: written answers; missing: on the roster without a hand-in;
    persons: things in needs_a_person.csv.
    """

    marked: int = 0
    new: int = 0
    changed: int = 0
    absent: int = 0
    absent_changed: int = 0
    pages: int = 0
    files: int = 0
    unread: int = 0
    disputed: int = 0
    missing: int = 0
    persons: int = 0

    def with_one(self, made: Made) -> "Done":
        """Return it with one more code counted."""
        is_changed = made.what == "changed"
        return self._replace(
            marked=self.marked + 1,
            new=self.new + (made.is_here and made.what == "new"),
            changed=self.changed + (made.is_here and is_changed),
            absent=self.absent + (not made.is_here),
            absent_changed=self.absent_changed + (not made.is_here and is_changed),
            unread=self.unread + made.outcome.unread,
            disputed=self.disputed + made.outcome.disputed,
        )

    @property
    def waits(self) -> bool:
        """Is there something left to do for somebody?"""
        return any((self.unread, self.disputed, self.missing, self.persons))

    def sentences(self) -> Iterator[str]:
        """Yield what a teacher is told at the end.

        >>> print(*Done(30, new=2, changed=1, unread=4).sentences(), sep="\\n")
        30 learners marked: new 2, changed 1, as before 27.
        0 files read for the first time, 0 pages written.
        Still waiting: 4 written answers for a marker.
        """
        before = self.marked - self.new - self.changed - self.absent
        told = f"new {self.new:,}, changed {self.changed:,}, as before {before:,}"
        if self.absent:
            told += f", not in this run {self.absent:,}"
        if self.absent_changed:
            told += f" ({self.absent_changed:,} of them changed)"
        yield f"{_counted(self.marked, 'learner')} marked: {told}."
        pages = _counted(self.pages, "page")
        yield f"{_counted(self.files, 'file')} read for the first time, {pages} written."
        if self.waits:
            yield f"Still waiting: {'; '.join(self._waiting())}."

    def _waiting(self) -> Iterator[str]:
        if self.unread:
            yield f"{_counted(self.unread, 'written answer')} for a marker"
        if self.disputed:
            yield f"{_counted(self.disputed, 'written answer')} on which markers differ"
        if self.missing:
            people = _counted(self.missing, "person", "people")
            yield f"{people} on your roster without a hand-in"
        if self.persons:
            yield f"{_counted(self.persons, 'thing')} for a person to look at"


def _counted(number: int, thing: str, things: str = "") -> str:
    return f"{number:,}" + plural(number, thing, things).removeprefix(str(number))


def named(codes: Iterable[str]) -> str:
    """Return codes as a list in a sentence.

    >>> named(["b", "a"]), named(map(str, range(12)))[-13:]
    ('a, b', '7, and 2 more')
    """
    codes = sorted(codes)
    more = f", and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return ", ".join(codes[:SHOWN]) + more


# What a run may not do


def check(
    store: SubmissionStore,
    out: Path,
    paths: Iterable[Path | str],
    codes: Collection[str] | None,
    only_these: bool,
) -> None:
    """Raise KitError where this run's input would spoil the marks in `out`; nothing is changed.

    codes: those of the teacher's table, in small letters.
    """
    counts, given = store.counts(), ", ".join(map(str, paths))
    if not counts.things:
        raise KitError(
            f"There is no file in {given}, so nothing was changed; give a folder or a zip with "
            "hand-ins."
        )
    if counts.kept and not counts.codes:
        place, reason = store.first_fault()
        raise KitError(
            f"There is no hand-in that can be read in {given}, so nothing was changed in {out}. "
            f"{place}: {reason} Download it again, or choose another file."
        )
    is_stranger = counts.kept >= MANY and counts.codes >= SEVERAL and not counts.common
    if is_stranger and not _is_one_class(store, codes):
        raise KitError(
            f"Nothing was changed: none of the {counts.codes} codes in {given} is among the "
            f"{counts.kept} in {out}, so they look like two classes. Choose another folder as "
            "--out; if it is one class, name what you marked before as well, both in one line."
        )
    if not only_these and (lost := _lost(store, out)):
        raise KitError(
            f"Nothing was changed: {MARKS} has marks whose hand-ins are neither in {given} nor in "
            f"{STORE}: {named(lost)}. Name their files as well, all in one line, or leave these "
            "learners out with --only-these."
        )


def _lost(store: SubmissionStore, out: Path) -> list[str]:
    """Return the codes in marks.csv, as it lies there, of which there is no hand-in."""
    if not (out / MARKS).exists():
        return []
    return [code for code in codes_in(out / MARKS) if not store.has_code(code.lower())]


def _is_one_class(store: SubmissionStore, codes: Collection[str] | None) -> bool:
    """Tell whether the teacher's table holds codes of before and of this run."""
    if not codes:
        return False
    return all(store.codes(of_this_run) & set(codes) for of_this_run in (True, False))


# What it takes out


def take_out(store: SubmissionStore, out: Path, tell: Callable[[str], None]) -> None:
    """Take out of the store what is not in this run; say so first, and keep a copy."""
    codes, things = store.not_in_this_run()
    codes += _lost(store, out)
    if not (codes or things):
        return
    folder = unused(out / TAKEN_OUT)
    (folder / "feedback").mkdir(parents=True)
    store.copy_to(folder / STORE)
    files = map(Path, (MARKS, PERSONS, DECISIONS, SETTINGS))
    pages = [page_of(Path(), code) for code in codes]
    for name in [*files, *pages]:
        if (out / name).exists():
            shutil.copy2(out / name, folder / name)
    whose = f"of these learners: {named(codes)}" if codes else "of nobody else"
    tell(
        f"Taking out {_counted(things, 'file')} not in this run, {whose}. A copy of all as it was "
        f"is in {folder}."
    )
    store.take_out()
    for page in pages:
        (out / page).unlink(missing_ok=True)


# What pages are made from


def fingerprint_of(case: Case, settings: Settings, with_solutions: bool) -> str:
    """Return a hash of what every page is made from: the course, its key, our code, the choices."""
    package = Path(kit.__file__).parent
    folders = [package, Path(__file__).parent, case.path, *([case.key.path] if case.key else [])]
    digest = hashlib.sha256(repr((kit.__version__, settings, with_solutions)).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in COURSE:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
