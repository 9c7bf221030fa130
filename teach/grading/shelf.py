"""What was read so far, in `marking.sqlite`: a stopped run goes on where it was.

A file is known by its place, size and time of change (in a zip also by its sum), and by the kit
that read it, all as a hash: no name of a learner stands in the database. It keeps hand-ins as
they came and no marks, so that it never knows better than the key. Whatever is wrong with it, it
can be deleted: all is read again.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from typing import NamedTuple

import kit

FORM = 3  # of the tables
OFTEN = 1_000  # documents between two commits: what a kill -9 costs
TABLES = f"""
PRAGMA user_version = {FORM};
CREATE TABLE IF NOT EXISTS found (
    key TEXT, part INTEGER, run INTEGER, place TEXT, learner TEXT, download TEXT,
    who TEXT, code TEXT, time TEXT, hash TEXT, kit TEXT, course TEXT, content TEXT,
    what TEXT, reason TEXT,
    PRIMARY KEY (key, part)
);
CREATE INDEX IF NOT EXISTS by_code ON found (who, time, hash, place, part);
CREATE TABLE IF NOT EXISTS person (what INTEGER, place TEXT, reason TEXT);
CREATE TABLE IF NOT EXISTS pages (who TEXT PRIMARY KEY, name TEXT, run INTEGER);
"""


class HandedIn(NamedTuple):
    """One arrival of a hand-in: where, from whom, and what tells it from others.

    who: its code in small letters; row: where its content is kept.
    """

    who: str
    code: str
    time: str
    hash: str
    kit: str
    course: str
    place: str
    learner: str
    download: str
    row: int


class Shelf:
    """The database at `path`; one run at a time reads into it and marks from it.

    new: how many documents this run has put into it.
    """

    def __init__(self, path):
        self._path = path
        self._open()
        newest = self._one("SELECT max(run) FROM found") or 0
        self._run, self.new = newest + 1, 0

    def has(self, document):
        """Tell whether a document was read before as it is now; remember that it is still there."""
        seen = "UPDATE found SET run = ? WHERE key = ?"
        return self._db.execute(seen, (self._run, _key(document))).rowcount > 0

    def put(self, document, found):
        """Keep what was found in a document: the `columns` of each Found."""
        about = (self._run, document.place, *document.learner)
        rows = [(_key(document), part, *about, *each) for part, each in enumerate(found)]
        marks = ",".join("?" * len(rows[0]))
        self._db.executemany(f"INSERT OR REPLACE INTO found VALUES ({marks})", rows)
        self.new += 1
        if self.new % OFTEN == 0:
            self._db.commit()

    def finish_reading(self):
        """Forget the documents that are no longer there; return how many things are kept."""
        self._db.execute("DELETE FROM found WHERE run != ?", (self._run,))
        self._db.execute("DELETE FROM person")
        self._db.commit()
        return self._one("SELECT count(*) FROM found")

    def hand_ins(self):
        """Yield each arrival of a sound hand-in (HandedIn), those with one code together."""
        query = (
            "SELECT who, code, time, hash, kit, course, place, learner, download, rowid "
            "FROM found WHERE who != '' ORDER BY who, time, hash, place, part"
        )
        return map(HandedIn._make, self._db.execute(query))

    def size(self):
        """Return how many codes there are (int)."""
        return self._one("SELECT count(DISTINCT who) FROM found WHERE who != ''")

    def content(self, handed_in):
        """Return the content of a hand-in, without its hash, as JSON (str)."""
        return self._one("SELECT content FROM found WHERE rowid = ?", handed_in.row)

    def faults(self):
        """Yield (what, place, reason) for what cannot be marked.

        Where a platform tells that the same learner's hand-in was found in another file, a file
        with nothing in it needs nobody.
        """
        query = (
            "SELECT what, place, reason FROM found AS this WHERE who = '' AND NOT "
            "(what IN ('no hand-in', 'not a hand-in') AND learner != '' AND EXISTS (SELECT 1 FROM "
            "found WHERE learner = this.learner AND download = this.download AND who != ''))"
        )
        return self._db.execute(query)

    def with_two_codes(self):
        """Yield (place, codes) for each learner of a platform who gave hand-ins with two codes."""
        query = (
            "SELECT min(place), count(DISTINCT who) FROM found WHERE who != '' AND learner != '' "
            "GROUP BY learner, download HAVING count(DISTINCT who) > 1"
        )
        return self._db.execute(query)

    def tell(self, order, place, reason):
        """Note something for a person; `order`: its place among the kinds of faults."""
        self._db.execute("INSERT INTO person VALUES (?, ?, ?)", (order, place, reason))

    def told(self):
        """Yield (order, place, reason), sorted, each once."""
        return self._db.execute("SELECT DISTINCT * FROM person ORDER BY what, place, reason")

    def page(self, who, name):
        """Note that this run writes a feedback page; return the name it had if that was another."""
        earlier = self._one("SELECT name FROM pages WHERE who = ?", who)
        self._db.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (who, name, self._run))
        return earlier if earlier != name else None

    def old_pages(self):
        """Return the names of pages that an earlier run wrote and this one did not; forget them."""
        old = self._db.execute("SELECT name FROM pages WHERE run != ?", (self._run,)).fetchall()
        self._db.execute("DELETE FROM pages WHERE run != ?", (self._run,))
        return [name for (name,) in old]

    def close(self):
        """Keep what was read and let go of the file."""
        self._db.commit()
        self._db.close()

    def _open(self):
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

    def _one(self, query, *values):
        row = self._db.execute(query, values).fetchone()
        return row and row[0]


def contents(path, wanted):
    """Yield the content, without its hash, as JSON (str) for each of `wanted`, in their order.

    wanted: pairs of a code in small letters and a receipt.

    The database at `path` is only read. Raises sqlite3.Error, or TypeError for what is not in it.
    """
    query = "SELECT content FROM found WHERE who = ? AND substr(hash, 1, 10) = ? LIMIT 1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        for who, receipt in wanted:
            (kept,) = db.execute(query, (who, receipt)).fetchone()
            yield kept


def columns(found):
    """Return the columns from `who` to `reason` (tuple) for one Found."""
    content = found.content
    if content is None:
        return ("", "", "", "", "", "", None, found.what, found.reason)
    fields = [content[field] for field in ("code", "time", "hash", "kit", "case")]
    return (content["code"].casefold(), *fields, content.packed, "", "")


def _key(document):
    stamp = f"{kit.__version__}\0{document.stamp}".encode("utf-8", errors="surrogatepass")
    return hashlib.sha256(stamp).hexdigest()[:32]
