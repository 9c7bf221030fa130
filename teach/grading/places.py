"""One place where hand-ins may lie, what is shown of it, and whose it is.

File names in the platforms' downloads hold learners' names. They are never kept or shown: of
`Doe Jane_123456_assignsubmission_file_/work.json` only "Moodle 123456/work.json" is left.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

MOST = 20_000_000  # bytes of one file
USUAL = 100_000  # bytes that few files have more of
LONGEST = 200  # characters of a place, as it is shown
LITTER = {".ds_store", "__macosx", "thumbs.db", "desktop.ini", ".ipynb_checkpoints"}

# Moodle's bulk download has one folder for each learner, whose name ends in "file_". For other
# kinds of submission the same form is assumed; what theirs look like is not recorded here.
MOODLE = re.compile(r".*_(?P<number>\d+)_assignsubmission_[a-z]+_(?P<own>.*)", re.DOTALL)
CANVAS = re.compile(
    r"[^_]+_(?:LATE_)?(?P<number>(?P<user>\d+)_\d+)_(?P<own>.+)", re.DOTALL | re.IGNORECASE
)


class Refused(Exception):
    """A file that is not read; the message is one sentence for the teacher."""

    def __init__(self, what, sentence):
        super().__init__(what, sentence)
        self.what, self.sentence = what, sentence

    def __str__(self):
        return self.sentence


class Learner(NamedTuple):
    """Who handed a file in, as far as a platform's download tells: no name.

    download: where the numbers mean one learner each; Canvas numbers mean the same everywhere,
    for Moodle's that is not known.
    """

    number: str = ""
    download: str = ""


class Document(NamedTuple):
    """One file that may hold hand-ins.

    place: where it lies, in the words a person may see; name: its own name; stamp: tells whether
    it is as it was; read: gives its bytes or raises Refused; refusal: why it is not even looked at.
    """

    place: str
    name: str
    learner: Learner
    stamp: str
    read: Callable | None
    refusal: Refused | None = None


def document(parts, stamp, read, refusal=None):
    """Return the Document at `parts`, the names of folders, zips and files on the way to it."""
    place, learner = seen_as(parts)
    return Document(place, parts[-1], learner, "\0".join([*parts, *map(str, stamp)]), read, refusal)


def refused(parts, what, sentence):
    """Return a Document that is not read, and says why."""
    return document(parts, [sentence], None, Refused(what, sentence))


def seen_as(parts):
    """Return what is shown of a place, and the Learner, without a learner's name.

    >>> seen_as(["in.zip", "Doe Jane_123456_assignsubmission_file_", "week", "work.json"])
    ('in.zip/Moodle 123456/work.json', Learner(number='Moodle 123456', download='in.zip'))
    >>> seen_as(["in", "doejane_LATE_4711_8812_work-1.json"])
    ('in/Canvas 4711_8812/work-1.json', Learner(number='Canvas 4711', download=''))
    """
    for n, part in enumerate(parts):
        if found := MOODLE.fullmatch(part) or CANVAS.fullmatch(part):
            own = parts[-1] if n < len(parts) - 1 else found["own"]
            before, is_moodle = _plain("/".join(parts[:n])), found.re is MOODLE
            number = f"{'Moodle' if is_moodle else 'Canvas'} {found['number']}"
            learner = Learner(number, before) if is_moodle else Learner(f"Canvas {found['user']}")
            return _plain("/".join([*parts[:n], number, own])), learner
    return _plain("/".join(parts)), Learner()


def is_litter(name):
    """Tell whether a file or folder is one that a system leaves behind."""
    return name.lower() in LITTER or name.startswith("._")


def suffix(name):
    """Return the end of a file's name in small letters, such as ".json"."""
    return os.path.splitext(name)[1].lower()


def bounded(file):
    """Return the bytes of an open file; raise Refused if there are more than MOST."""
    raw = file.read(USUAL)  # room for MOST at once would take longer to make than to fill
    if len(raw) == USUAL:
        raw += file.read(MOST + 1 - USUAL)
    if len(raw) > MOST:
        raise Refused("too big", f"This file has more than {MOST // 1_000_000} MB.")
    return raw


def _plain(text):
    """Return a place that is safe to show: no control characters, not too long."""
    if len(text) > LONGEST:
        text = f"{text[:90]}…{text[-90:]}"
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(each)[0] == "C" else each for each in text)
