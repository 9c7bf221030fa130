"""What was read so far, in `marking.sqlite`: a stopped run goes on where it was.

A file is known by its place, size and time of change (in a zip also by its sum), and by the kit
that read it, all as a salted hash: no name of a learner stands in the database. It keeps hand-ins
as they came and no marks, so that it never knows better than the key. Whatever is wrong with it,
it can be deleted: all is read again.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import kit
from teach.grading.extract import Extracted
from teach.grading.sources import SourceFile

STORE = "marking.sqlite"  # its name in the folder of marks
FORM = 5  # of the tables
OFTEN = 1_000  # files between two commits: what a kill -9 costs
TABLES = f"""
PRAGMA user_version = {FORM};
CREATE TABLE IF NOT EXISTS found (
    key TEXT, part INTEGER, run INTEGER, place TEXT,
    learner TEXT, number TEXT, download TEXT, named INTEGER,
    handed_in TEXT, late INTEGER, again TEXT, zipped TEXT, dated INTEGER,
    who TEXT, code TEXT, time TEXT, hash TEXT, kit TEXT, course TEXT, content TEXT,
    what TEXT, reason TEXT,
    PRIMARY KEY (key, part)
);
CREATE INDEX IF NOT EXISTS by_code ON found (who, time, hash, place, part);
CREATE TABLE IF NOT EXISTS salt (salt TEXT);
CREATE TABLE IF NOT EXISTS person (what INTEGER, place TEXT, reason TEXT);
CREATE TABLE IF NOT EXISTS pages (who TEXT PRIMARY KEY, name TEXT, run INTEGER);
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


class SubmissionStore:
    """The database at `path`; one run at a time reads into it and grades from it.

    new: how many files this run has put into it. salt: makes the hashes of names in it its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()
        newest = self._one("SELECT max(run) FROM found") or 0
        self._run, self.new = newest + 1, 0
        if not (salt := self._one("SELECT salt FROM salt")):
            salt = secrets.token_hex(16)
            self._db.execute("INSERT INTO salt VALUES (?)", (salt,))
        self.salt: str = salt

    def has(self, source: SourceFile) -> bool:
        """Tell whether a file was read before as it is now; remember that it is still there."""
        seen = "UPDATE found SET run = ?, place = ? WHERE key = ?"
        values = (self._run, source.place, self._key(source))
        return self._db.execute(seen, values).rowcount > 0

    def add(self, source: SourceFile, rows: Iterable[tuple]) -> None:
        """Keep what stood in a file: the `row_of` each Extracted."""
        key, about = self._key(source), (self._run, source.place, *source.arrival)
        whole = [(key, part, *about, *row) for part, row in enumerate(rows)]
        marks = ",".join("?" * len(whole[0]))
        self._db.executemany(f"INSERT OR REPLACE INTO found VALUES ({marks})", whole)
        self.new += 1
        if self.new % OFTEN == 0:
            self._db.commit()

    def finish_reading(self) -> int:
        """Forget the files that are no longer there; return how many things are kept."""
        self._db.execute("DELETE FROM found WHERE run != ?", (self._run,))
        self._db.execute("DELETE FROM person")
        self._db.commit()
        return self._one("SELECT count(*) FROM found")

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

    def page(self, who: str, name: str) -> str | None:
        """Note that this run writes a feedback page; return the name it had if that was another."""
        earlier = self._one("SELECT name FROM pages WHERE who = ?", who)
        self._db.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (who, name, self._run))
        return earlier if earlier != name else None

    def old_pages(self) -> list[str]:
        """Return the names of pages that an earlier run wrote and this one did not; forget them."""
        old = self._db.execute("SELECT name FROM pages WHERE run != ?", (self._run,)).fetchall()
        self._db.execute("DELETE FROM pages WHERE run != ?", (self._run,))
        return [name for (name,) in old]

    def close(self) -> None:
        """Keep what was read and let go of the file."""
        self._db.commit()
        self._db.close()

    def _open(self) -> None:
        """Open the database, or begin a new one if it is damaged or of another form."""
        try:
            self._db = sqlite3.connect(self._path, timeout=1)
            form = self._one("PRAGMA user_version")
        except sqlite3.OperationalError:
            raise  # it is locked, or its folder cannot be written
        except sqlite3.DatabaseError:
            form = None
        if form not in (0, FORM):
            self._db.close()
            os.remove(self._path)
            self._db = sqlite3.connect(self._path, timeout=1)
        self._db.executescript(TABLES)

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


def row_of(extracted: Extracted) -> tuple:
    """Return the columns from `who` to `reason` for one Extracted."""
    content = extracted.content
    if content is None:
        return ("", "", "", "", "", "", None, extracted.what, extracted.reason)
    fields = [content[field] for field in ("code", "time", "hash", "kit", "case")]
    return (content["code"].casefold(), *fields, content.packed, "", "")
