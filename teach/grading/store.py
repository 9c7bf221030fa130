"""All hand-ins that a folder of marks was ever given, in `marking.sqlite`.

A file is known by its place, size and time of change (in a zip also by its sum), and by the kit
that read it, all as a salted hash: no name of a learner stands in the database. It keeps hand-ins
as they came, and of each page that was written what it was made from (a hash) and what came of it.

Do not delete it: hand-ins that do not stand in today's input are perhaps nowhere else. One that is
damaged or of another form is put aside under another name, and never written over.

What a run reads is taken in only when the run is done, all at once with its marks. Until then it
is on trial (kept = 0): a stopped run need not read it again, and nobody's marks know of it.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import kit
from teach.grading.extract import Extracted
from teach.grading.sources import SourceFile

STORE = "marking.sqlite"  # its name in the folder of marks
FORM = 7  # of the tables
OFTEN = 1_000  # files between two commits: what a kill -9 costs
TABLES = f"""
BEGIN;
CREATE TABLE IF NOT EXISTS found (
    key TEXT, part INTEGER, run INTEGER, spot TEXT, place TEXT,
    learner TEXT, number TEXT, download TEXT, named INTEGER,
    handed_in TEXT, late INTEGER, again TEXT, zipped TEXT, dated INTEGER,
    who TEXT, code TEXT, time TEXT, hash TEXT, kit TEXT, course TEXT, content TEXT,
    what TEXT, reason TEXT, kept INTEGER,
    PRIMARY KEY (key, part)
);
CREATE INDEX IF NOT EXISTS by_code ON found (who, time, hash, place, part);
CREATE INDEX IF NOT EXISTS by_spot ON found (spot);
CREATE TABLE IF NOT EXISTS salt (salt TEXT);
CREATE TABLE IF NOT EXISTS person (what INTEGER, place TEXT, reason TEXT);
CREATE TABLE IF NOT EXISTS pages (
    who TEXT PRIMARY KEY, code TEXT, run INTEGER, place TEXT, hash TEXT,
    made_from TEXT, outcome TEXT, what TEXT
);
PRAGMA user_version = {FORM};
COMMIT;
"""


class Submission(NamedTuple):
    """One arrival of a hand-in: where, from whom, and what tells it from others.

    who: its code in small letters; learner to dated: of its Arrival; row: where its content is
    kept. handed_in: the platform's time of the hand-in as ISO text, "" where it says none; late: 1
    where the platform marked it late.
    """

    who: str
    code: str
    time: str
    hash: str
    kit: str
    course: str
    place: str
    learner: str
    number: str
    download: str
    named: int
    handed_in: str
    late: int
    again: str
    zipped: str
    dated: int
    row: int


class Counts(NamedTuple):
    """things: what this run found, hand-ins or faults. codes: those of this run; kept: those of
    earlier ones; common: those of both.
    """

    things: int
    codes: int
    kept: int
    common: int


class Outcome(NamedTuple):
    """What came of a code: its row of marks.csv (texts), written answers that wait for a marker
    (unread) or for markers to agree (disputed), and (what, reason) for a person.
    """

    row: list[str]
    unread: int = 0
    disputed: int = 0
    review: Sequence[tuple[str, str]] = ()


class Made(NamedTuple):
    """What there is of a code. what: "new", "changed" or "as before", against the run before;
    place: of the hand-in that counts; is_here: is it in this run's input?
    """

    outcome: Outcome
    what: str
    place: str
    is_here: bool


class SubmissionStore:
    """The database at `path`; one run at a time reads into it and grades from it.

    new: how many files this run has put into it. salt: makes the hashes of names in it its own.
    aside: the name of a database that could not be used and lies beside it now, or "".
    """

    def __init__(self, path: Path) -> None:
        self._path, self.aside = path, ""
        self._open()
        newest = self._one("SELECT max(run) FROM found") or 0
        self._run, self.new = newest + 1, 0
        if not (salt := self._one("SELECT salt FROM salt")):
            salt = secrets.token_hex(16)
            self._db.execute("INSERT INTO salt VALUES (?)", (salt,))
        self.salt: str = salt
        faulty = self._db.execute("SELECT spot FROM found WHERE who = ''")
        self._faulty, self._mended = {spot for (spot,) in faulty}, set[str]()

    def has(self, source: SourceFile) -> bool:
        """Tell whether a file was read before as it is now; remember that it is still there."""
        seen = "UPDATE found SET run = ?, place = ? WHERE key = ?"
        values = (self._run, source.place, self._key(source))
        is_known = self._db.execute(seen, values).rowcount > 0
        return is_known and self._note(source)

    def add(self, source: SourceFile, rows: Iterable[tuple]) -> None:
        """Keep what stood in a file, on trial: the `row_of` each Extracted."""
        self._note(source)
        spot = self._spot(source.way.names)
        key, about = self._key(source), (self._run, spot, source.place, *source.arrival)
        whole = [(key, part, *about, *row, 0) for part, row in enumerate(rows)]
        marks = ",".join("?" * len(whole[0]))
        self._db.executemany(f"INSERT OR REPLACE INTO found VALUES ({marks})", whole)
        self.new += 1
        if self.new % OFTEN == 0:
            self._db.commit()

    def counts(self) -> Counts:
        """Return how this run's files stand to what was kept before."""
        ours = f"FROM found WHERE run = {self._run}"
        kept = "FROM found WHERE kept AND who != ''"
        return Counts(
            self._one(f"SELECT count(*) {ours}"),
            self._one(f"SELECT count(DISTINCT who) {ours} AND who != ''"),
            self._one(f"SELECT count(DISTINCT who) {kept}"),
            self._one(f"SELECT count(DISTINCT who) {ours} AND who IN (SELECT who {kept})"),
        )

    def codes(self, of_this_run: bool) -> set[str]:
        """Return the codes, in small letters, of this run's files, or of those kept before."""
        which = f"run = {self._run}" if of_this_run else "kept"
        return {who for (who,) in self._db.execute(f"SELECT DISTINCT who FROM found WHERE {which}")}

    def first_fault(self) -> tuple[str, str]:
        """Return (place, reason) of one file of this run that cannot be graded; ("", "") if none"""
        query = "SELECT place, reason FROM found WHERE run = ? AND who = '' ORDER BY place, reason"
        return self._db.execute(query, (self._run,)).fetchone() or ("", "")

    def has_code(self, who: str) -> bool:
        """Tell whether there is a hand-in with this code, in small letters, kept or of this run."""
        query = "SELECT 1 FROM found WHERE who = ? AND (kept OR run = ?) LIMIT 1"
        return self._one(query, who, self._run) is not None

    def take_in(self) -> None:
        """Take in what this run read; nothing is on the disk before the next `save`.

        What an earlier run read and did not take in is forgotten. So is what was wrong where there
        is something else now, and a hand-in where there is another of the same code now.
        """
        now = self._run
        self._db.execute("DELETE FROM found WHERE NOT kept AND run != ?", (now,))
        self._db.execute(
            "DELETE FROM found AS old WHERE run != ?1 AND who != '' AND EXISTS (SELECT 1 FROM "
            "found WHERE run = ?1 AND spot = old.spot AND who = old.who)",
            (now,),
        )
        gone = [(now, spot) for spot in self._mended]
        self._db.executemany("DELETE FROM found WHERE run != ? AND who = '' AND spot = ?", gone)
        self._db.execute("UPDATE found SET kept = 1 WHERE NOT kept")
        self._db.execute("DELETE FROM person")

    def not_in_this_run(self) -> tuple[list[str], int]:
        """Return the codes none of whose hand-ins are in this run, and how many things are not."""
        query = "SELECT max(code) FROM found WHERE who != '' GROUP BY who HAVING max(run) < ?"
        codes = [code for (code,) in self._db.execute(query, (self._run,))]
        return codes, self._one("SELECT count(*) FROM found WHERE run != ?", self._run)

    def copy_to(self, path: Path) -> None:
        """Write a copy of the database, with what is on trial, to a new file."""
        with closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)

    def take_out(self) -> None:
        """Forget all that is not in this run."""
        self._db.execute("DELETE FROM found WHERE run != ?", (self._run,))

    def submissions(self) -> Iterator[Submission]:
        """Yield each arrival of a sound hand-in, those with one code together."""
        query = (
            f"SELECT {', '.join(Submission._fields[:-1])}, rowid "
            "FROM found WHERE who != '' ORDER BY who, time, hash, place, part"
        )
        return map(Submission._make, self._db.execute(query))

    def size(self) -> int:
        """Return how many codes there are."""
        return self._one("SELECT count(DISTINCT who) FROM found WHERE who != ''")

    def content(self, submission: Submission) -> str:
        """Return the content of a hand-in, without its hash, as JSON."""
        return self._one("SELECT content FROM found WHERE rowid = ?", submission.row)

    def faults(self) -> Iterable[tuple[str, str, str]]:
        """Yield (what, place, reason) for what cannot be graded.

        Where a platform tells that the same learner's hand-in was found in another file, a file
        with nothing in it needs nobody.
        """
        query = (
            "SELECT what, place, reason FROM found AS this WHERE who = '' AND what != '' AND NOT "
            "(what IN ('no hand-in', 'not a hand-in') AND number != '' AND EXISTS (SELECT 1 FROM "
            "found WHERE learner = this.learner AND number = this.number AND download = "
            "this.download AND who != ''))"
        )
        return self._db.execute(query)

    def with_two_codes(self) -> Iterable[tuple[str, int]]:
        """Yield (place, codes) for each learner of a platform who gave hand-ins with two codes."""
        query = (
            "SELECT min(place), count(DISTINCT who) FROM found WHERE who != '' AND number != '' "
            "GROUP BY learner, number, download HAVING count(DISTINCT who) > 1"
        )
        return self._db.execute(query)

    def shared(self) -> set[str]:
        """Return each `learner` that is several people's: of a folder in which hand-ins of several
        codes lie, and of a name that two learners of one download have.
        """
        query = (
            "SELECT DISTINCT learner FROM found WHERE who != '' GROUP BY learner, download HAVING "
            "count(DISTINCT CASE number WHEN '' THEN who ELSE number END) > 1"
        )
        return {learner for (learner,) in self._db.execute(query)}

    def add_review_item(self, order: int, place: str, reason: str) -> None:
        """Note something for a person; `order`: its place among the kinds of faults."""
        self._db.execute("INSERT INTO person VALUES (?, ?, ?)", (order, place, reason))

    def review_items(self) -> Iterable[tuple[int, str, str]]:
        """Yield (order, place, reason), sorted, each once."""
        return self._db.execute("SELECT DISTINCT * FROM person ORDER BY what, place, reason")

    def is_made(self, submission: Submission, code: str, made_from: str) -> bool:
        """Tell whether the page of a code was made from just this; note that it still counts."""
        query = (
            "UPDATE pages SET run = ?, place = ?, what = 'as before' "
            "WHERE who = ? AND code = ? AND made_from = ?"
        )
        values = (self._run, submission.place, submission.who, code, made_from)
        return self._db.execute(query, values).rowcount > 0

    def add_page(self, submission: Submission, code: str, made_from: str, outcome: Outcome) -> str:
        """Note the page that this run writes for a code; return its code before, "" if it is new.

        code: as the page's name has it.
        """
        query = "SELECT code, outcome FROM pages WHERE who = ?"
        before = self._db.execute(query, (submission.who,)).fetchone() or ("", "[[]]")
        is_same = json.loads(before[1])[0] == outcome.row
        what = "as before" if is_same else "changed" if before[0] else "new"
        about = (submission.who, code, self._run, submission.place, submission.hash)
        row = (*about, made_from, json.dumps(outcome), what)
        self._db.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return before[0]

    def counted(self, who: str) -> str:
        """Return the hash of the hand-in that counts so far for a code in small letters, or ""."""
        return self._one("SELECT hash FROM pages WHERE who = ?", who) or ""

    def made(self) -> Iterator[Made]:
        """Yield what there is of each code that counts, in order of the codes."""
        query = (
            "SELECT outcome, what, place, EXISTS (SELECT 1 FROM found WHERE "
            "found.who = pages.who AND found.run = ?1) FROM pages WHERE run = ?1 ORDER BY who"
        )
        for text, *about in self._db.execute(query, (self._run,)):
            yield Made(Outcome(*json.loads(text)), *about)

    def is_marked(self, who: str) -> bool:
        """Tell whether a code, in small letters, counts in this run."""
        query = "SELECT 1 FROM pages WHERE who = ? AND run = ?"
        return self._one(query, who, self._run) is not None

    def old_pages(self) -> list[str]:
        """Return the codes, as in their pages' names, that do not count any more; forget them."""
        old = self._db.execute("SELECT code FROM pages WHERE run != ?", (self._run,)).fetchall()
        self._db.execute("DELETE FROM pages WHERE run != ?", (self._run,))
        return [code for (code,) in old]

    def save(self) -> None:
        """Write to the disk what was done so far, all at once."""
        self._db.commit()

    def close(self) -> None:
        """Let go of the file; what was not saved is as it was."""
        self._db.close()

    def _open(self) -> None:
        """Open the database; put one that is damaged or of another form aside and begin anew."""
        try:
            self._db = sqlite3.connect(self._path, timeout=1)
            form = self._one("PRAGMA user_version")
        except sqlite3.OperationalError:
            raise  # it is locked, or its folder cannot be written
        except sqlite3.DatabaseError:
            form = None
        if form not in (0, FORM):
            self._db.close()
            self.aside = put_aside(self._path)
            self._db = sqlite3.connect(self._path, timeout=1)
        if form != FORM:
            self._db.executescript(TABLES)

    def _note(self, source: SourceFile) -> bool:
        """Note where something was wrong and a file is now, or one below; return True."""
        if self._faulty:
            ways = (source.way.names[:n] for n in range(1, len(source.way.names) + 1))
            self._mended |= self._faulty.intersection(map(self._spot, ways))
        return True

    def _spot(self, names: tuple[str, ...]) -> str:
        """Return a hash of where a file lies, whatever it holds."""
        text = "\0".join([self.salt, *names])
        return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:24]

    def _key(self, source: SourceFile) -> str:
        stamp = f"{self.salt}\0{kit.__version__}\0{source.stamp}"
        return hashlib.sha256(stamp.encode("utf-8", errors="surrogatepass")).hexdigest()[:32]

    def _one(self, query: str, *values: Any) -> Any:
        row = self._db.execute(query, values).fetchone()
        return row and row[0]


def contents(path: Path, wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the content, without its hash, as JSON for each of `wanted`, in their order.

    wanted: (code in small letters, receipt). The database at `path` is only read. Raises
    sqlite3.Error, or TypeError for what is not in it.
    """
    query = "SELECT content FROM found WHERE who = ? AND substr(hash, 1, 10) = ? LIMIT 1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        for who, receipt in wanted:
            (content,) = db.execute(query, (who, receipt)).fetchone()
            yield content


def put_aside(path: Path) -> str:
    """Give a database that cannot be used a name of its own beside it; return that name."""
    aside = unused(path.with_name(f"{path.stem}.unusable-{{}}{path.suffix}"))
    path.rename(aside)
    return aside.name


def unused(path: Path) -> Path:
    """Return the path with the first number in place of its {} that no file there has.

    >>> unused(Path("taken_out_{}")).name
    'taken_out_1'
    """
    names = (path.with_name(path.name.format(number)) for number in count(1))
    return next(path for path in names if not path.exists())


def row_of(extracted: Extracted) -> tuple:
    """Return the columns from `who` to `reason` for one Extracted."""
    content = extracted.content
    if content is None:
        return ("", "", "", "", "", "", None, extracted.what, extracted.reason)
    fields = [content[field] for field in ("code", "time", "hash", "kit", "case")]
    return (content["code"].casefold(), *fields, content.packed, "", "")
