"""Who handed a file in and when, as its path tells, and what of a path may be shown.

| platform    | names in its download                                            | seen in         |
|-------------|------------------------------------------------------------------|-----------------|
| Moodle      | `NAME_ID_assignsubmission_file/…`, up to 4.0 with a `_` at the   | its source,     |
|             | end; `…_onlinetext/…`; `GROUP_ID_…`; without folders             | mod/assign      |
|             | `NAME_ID_assignsubmission_file_work.json`                        | downloader.php  |
| Canvas      | `NAME_LATE_USER_FILE_work.json`, `NAME_USER_text.html`,          | its source,     |
|             | `anon_ID_FILE_work.json`; NAME may hold `_`, LATE may be absent  | content_zipper  |
| Blackboard  | `TITLE_USER_attempt_2026-03-05-10-30-00_work.json`, `….txt`      | public examples |
| Brightspace | `1-2 - NAME - Mar 5, 2026 1030 AM/…`, or all in the file's name  | public examples |
| Gradescope  | `assignment_1_export/submission_1/…`, `submission_metadata.yml`  | public examples |
| Sakai       | `TITLE/Last, First(user)/Submission attachment(s)/…`, and beside | public examples |
|             | it `timestamp.txt`: 20260305103000…, in UTC                      |                 |

The two numbers of Brightspace are the course's and the folder's: all learners have the same. Of
Canvas, USER is one person everywhere and FILE rises with every upload; of Moodle, ID is one person
in one assignment. Canvas and Moodle write their zips when asked: the times in them say no more.

Teams and Classroom have one folder for each learner, and so has many a teacher. What no platform
names is told apart by its folder, and by the words in its name that could be somebody's:
`smith_handin-owl-3.json` and `jones_handin-owl-3.json` are two learners' until a person says
otherwise, `handin-owl-3.json` and `handin-owl-3 (1).json` in one folder are one learner's.

Names are hashed with a salt or left out. Shown is what cannot be a name; the rest is counted, by
name, among what is left out in the same place: "no. 3 by name".
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from kit.data.spans import MONTHS

LONGEST = 200  # characters of a place, as it is shown

MOODLE = re.compile(
    r"(?P<person>.+?)(?:_(?P<number>\d+))?_assignsubmission_[a-z]+_?(?P<own>.*)", re.DOTALL
)
DATE = (
    r"(?!(?:19|20)\d\d_\d\d?_\d\d?(?!\d)|\d\d?_\d\d?_(?:19|20)\d\d(?!\d))"  # 2026_11_28 is no ids
)
CANVAS = re.compile(
    rf"(?:(?!LATE_)(?P<person>\w+?)_)?(?P<late>LATE_)?{DATE}(?P<user>\d+|anon_[^\W_]+)_"
    r"(?:(?P<file>\d+)_(?P<own>.+)|(?P<text>(?:text|link)\.html))",
    re.DOTALL,
)
BLACKBOARD = re.compile(
    r"(?P<title>.+)_(?P<person>[^_]+)_attempt_(?P<day>\d{4}-\d\d-\d\d)-(?P<time>\d\d-\d\d-\d\d)"
    r"(?:_(?P<own>.+)|(?P<text>\.txt))",
    re.DOTALL,
)
BRIGHTSPACE = re.compile(
    r"\d+-\d+\s*-\s*(?P<person>.+?)\s*-\s*(?P<when>[^-]*\b\d{4}\b[^-]*?)(?:\s+-\s+(?P<own>.+))?",
    re.DOTALL,
)
GRADESCOPE = re.compile(r"submission_(?P<number>\d+)")
SAKAI = re.compile(r"(?P<person>.+\([^()]+\))", re.DOTALL)
WHEN = re.compile(r"([A-Z][a-z]{2})[a-z]*\.? (\d\d?), (\d{4}) (\d\d?)(\d\d) ([AP])M")  # Brightspace
SHORT_MONTHS = [name[:3] for name in MONTHS]

ENDINGS = {
    "json", "jsonl", "ipynb", "txt", "md", "csv", "html", "htm", "zip", "eml", "download", "pdf",
    "docx", "odt", "rtf", "png", "jpg", "jpeg", "py", "pickle", "xlsx", "part", "bak", "gz",
}  # fmt: skip
HANDIN = re.compile(r"handin-([A-Za-z0-9-]{2,20})(?![A-Za-z0-9-])", re.IGNORECASE)
RESUBMITTED = re.compile(r"-(\d+)\.[^.]+$")
NOBODY = """
handin hand in my work journal all week woche section group class late draft final new neu version
mail online onlinetext text link copy kopie copie copia von of submission submissions submitted
files attachment attachments moodle canvas blackboard brightspace gradescope sakai teams classroom
assignment export feedback notebook notebooks download downloads timestamp metadata
meet the sources compare claims rate reliability chart dates check record answer question
"""  # words in the names of files and folders that are nobody's name
WORDS = set(NOBODY.split())
WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]|\d{5,}")
OF_ONE_LEARNER = re.compile(r"(?:version|submission attachment)\W*(?:\d+|s\W*)", re.IGNORECASE)


class Arrival(NamedTuple):
    """From whom and when a file came, as far as a platform's download or a folder tells: no name.

    learner: a salted hash of the person, or of the folder and the words that may be one; it begins
    with "at" if there is only the place of the whole download to tell learners by. number:
    what a platform's download calls them, "" where no platform is seen; download: a hash of where
    that number means one learner. named: 1 if the teacher named this very file. handed_in: the
    platform's time, as ISO text that ends in Z if it is known to be UTC; "" if it says none. late:
    1 if the platform marked it late. again: what the platform raises with each hand-in, as text
    that sorts. zipped: the time its zip says, as ISO text without a zone, or "". dated: 1 if that
    is not only when the zip was written.
    """

    learner: str = ""
    number: str = ""
    download: str = ""
    named: int = 0
    handed_in: str = ""
    late: int = 0
    again: str = ""
    zipped: str = ""
    dated: int = 0


class Seen(NamedTuple):
    """What a platform's name for a folder or a file tells.

    number: the platform's of the learner, "" if it has none that may be shown; file: its number of
    the file; same: tells two of one name apart in one download where there is no number; own: the
    file's own name, "" of a folder.
    """

    platform: str
    person: str
    number: str = ""
    file: str = ""
    same: str = ""
    own: str = ""
    handed_in: str = ""
    late: int = 0
    again: str = ""

    def label(self, rank: int) -> str:
        """Return what is shown of it; rank: its rank by name where it has no number."""
        number = "_".join(filter(None, (self.number, self.file)))
        return f"{self.platform} {number or _ranked(rank)}"


class Told(NamedTuple):
    """What a file of the platform's own tells of a folder. person: "" where it tells none."""

    person: str = ""
    handed_in: str = ""


class Place(NamedTuple):
    """The way to a folder or file: its names, what is shown of them, and what they tell.

    base: how many of the names are of the download itself; stamp: which of several of that name.
    seen: of the first name that a platform made; at: how many names stand before that one.
    """

    names: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    base: int = 0
    stamp: str = ""
    seen: Seen | None = None
    at: int = 0

    def below(self, name: str, rank: int = 0, as_it_is: bool = False) -> "Place":
        """Return the Place of a folder or file in this one; rank: of `ranks`, if it has one.

        as_it_is: show a name that is no platform's, too: it is the teacher's own.
        """
        names, seen = (*self.names, name), self.seen
        if seen is None and (seen := recognised(name)):
            own = [_shown(seen.own, 0)] if seen.own else []
            here = (*self.shown, seen.label(rank), *own)
            return self._replace(names=names, shown=here, seen=seen, at=len(self.names))
        shown = name if as_it_is else _shown(name, rank)
        return self._replace(names=names, shown=(*self.shown, shown), seen=seen)

    def as_base(self, stamp: str = "") -> "Place":
        """Return the Place as that of a download: what lies below belongs to it."""
        return self._replace(base=len(self.names), stamp=stamp)

    @property
    def own_name(self) -> str:
        """The name of the file as the learner gave it."""
        seen_here = self.seen and self.at == len(self.names) - 1
        return self.seen.own if self.seen and seen_here and self.seen.own else self.names[-1]

    @property
    def text(self) -> str:
        """What is shown of it, without a learner's name."""
        if self.seen and len(self.shown) > self.at + 2:  # folders of a learner's own are left out
            return plain("/".join([*self.shown[: self.at + 1], self.shown[-1]]))
        return plain("/".join(self.shown))

    def arrival(self, salt: str, told: dict[tuple[str, ...], Told]) -> Arrival:
        """Return the Arrival of the file; told: {names of a folder: Told}."""
        seen, facts = self.seen, Told()
        for end in range(self.base, len(self.names)) if told else ():
            facts = told.get(self.names[: end + 1], facts)
        download = _hash(salt, *self.names[: self.at if seen else self.base], self.stamp)
        if not seen:
            return Arrival(self._folder(salt), "", download, handed_in=facts.handed_in)
        learner = _hash(salt, seen.platform, facts.person or seen.person)
        return Arrival(
            learner,
            f"{seen.platform} {seen.number or _hash(salt, seen.same or seen.person)}",
            download,
            handed_in=seen.handed_in or facts.handed_in,
            late=seen.late,
            again=seen.again,
        )

    def _folder(self, salt: str) -> str:
        """Return the hash of the folder, from the download on, and of words in the file's name."""
        folders = list(self.names[self.base : -1])
        while folders and OF_ONE_LEARNER.fullmatch(folders[-1]):
            folders.pop()
        before = HANDIN.split(self.names[-1])[0] if HANDIN.search(self.names[-1]) else ""
        words = [*_words(self.names[-1]), *re.findall(r"\d+", before)]
        if folders or words:
            return _hash(salt, *folders, "", *words)
        return _at(salt, "/".join(self.names[: self.base]))


def recognised(name: str) -> Seen | None:
    """Return what the name of a folder or file tells, if it is one of a platform's.

    >>> recognised("Doe Jane_101_assignsubmission_file")[:3]
    ('Moodle', 'Doe Jane', '101')
    >>> recognised("van_doejane_LATE_4711_880_handin-owl-3-1.json")[1:8]
    ('van_doejane 4711', '4711', '880', '', 'handin-owl-3-1.json', '', 1)
    >>> recognised("Week 1_jdoe_attempt_2026-03-05-10-30-00_handin-owl-3.json")[5:7]
    ('handin-owl-3.json', '2026-03-05T10:30:00')
    >>> recognised("1-2 - Doe, Ann-Jo - Mar 5, 2026 1030 PM").person
    'Doe, Ann-Jo'
    >>> recognised("smith_2026_11_28.json")
    """
    if "_assignsubmission_" in name and (match := MOODLE.fullmatch(name)):
        return Seen("Moodle", match["person"], match["number"] or "", own=match["own"])
    if "_attempt_" in name and (match := BLACKBOARD.fullmatch(name)):
        time = f"{match['day']}T{match['time'].replace('-', ':')}"
        own, same = match["own"] or f"text{match['text']}", f"{match['title']}_{match['person']}"
        return Seen("Blackboard", match["person"], same=same, own=own, handed_in=time)
    if "-" in name and name[:1].isdigit() and (match := BRIGHTSPACE.fullmatch(name)):
        return Seen("Brightspace", match["person"], own=match["own"] or "", handed_in=_when(match))
    if match := GRADESCOPE.fullmatch(name):
        return Seen("Gradescope", name, match["number"])
    if name.endswith(")") and "," in name and (match := SAKAI.fullmatch(name)):
        return Seen("Sakai", match["person"])
    return _of_canvas(name) if "_" in name else None


def _of_canvas(name: str) -> Seen | None:
    match = CANVAS.fullmatch(name)
    if not match or not (match["person"] or match["user"][0] == "a"):
        return None
    if (match["person"] or "").rpartition("_")[2].isdigit():  # Canvas takes such numbers out
        return None
    own, file = match["own"] or match["text"], match["file"] or ""
    if not any(map(str.isalpha, own.rpartition(".")[0])):
        return None
    again = RESUBMITTED.search(own)  # or the end of a code; with a number more it is longer
    order = f"{file:0>20}-{len(own):05}-{again[1] if again else '':0>5}" if file else ""
    person, late = f"{match['person'] or ''} {match['user']}", int(bool(match["late"]))
    return Seen("Canvas", person, match["user"], file, own=own, late=late, again=order)


def _when(match: re.Match[str]) -> str:
    """Return the time in a name of Brightspace's, "" if it is not in English."""
    parts = WHEN.fullmatch(match["when"])
    if not parts or parts[1] not in SHORT_MONTHS:
        return ""
    hour = int(parts[4]) % 12 + (12 if parts[6] == "P" else 0)
    month, day = SHORT_MONTHS.index(parts[1]) + 1, int(parts[2])
    return f"{parts[3]}-{month:02}-{day:02}T{hour:02}:{parts[5]}:00"


# What a platform's own files tell

GRADESCOPE_FILE, SAKAI_FILE = TELLING = "submission_metadata.yml", "timestamp.txt"
PLATFORMS_OWN = {*TELLING, "grades.csv", "index.html", "feedbacktext.html", "comments.txt"}


def told_by(names: tuple[str, ...], raw: bytes) -> dict[tuple[str, ...], Told]:
    """Return {names of a folder: Told} of the platform's own file at `names`; {} if it is none.

    >>> told_by(("in", "timestamp.txt"), b"20260305103000123")
    {('in',): Told(person='', handed_in='2026-03-05T10:30:00Z')}
    """
    folder, text = names[:-1], raw.decode("utf-8", "replace")
    if names[-1] == SAKAI_FILE:
        digits = text.strip()[:14]
        if len(digits) < 14 or not digits.isdecimal():
            return {}
        return {folder: Told("", datetime.strptime(digits, "%Y%m%d%H%M%S").isoformat() + "Z")}
    blocks = re.split(r"^([^\s#:][^\n:]*):[^\S\n]*$", text, flags=re.MULTILINE)
    pairs = zip(blocks[1::2], blocks[2::2], strict=True)
    return {(*folder, name): _submission(block) for name, block in pairs}


def _submission(block: str) -> Told:
    """Return what stands in Gradescope's file of one submission: who all handed in, and when."""
    people = re.findall(r"^\s+(?:- )?:(?:email|sid):\s*(\S.*?)\s*$", block, re.MULTILINE)
    people = people or re.findall(r"^\s+(?:- )?:name:\s*(\S.*?)\s*$", block, re.MULTILINE)
    time = re.search(r"^  :created_at:\s*(\S{10}) (\S{8})\S*\s*(Z|[+-]\d\d:?\d\d)", block, re.M)
    try:
        when = datetime.fromisoformat("{}T{}{}".format(*time.groups())) if time else None
    except ValueError:
        when = None
    utc = when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else ""
    return Told(" ".join(sorted(people)), utc)


# What may be shown


def ranks(names: Iterable[str]) -> dict[str, int]:
    """Return, for those names in one folder that are not shown, their rank among them by name."""
    hidden = (name for name in names if _is_hidden(name))
    return {name: n for n, name in enumerate(sorted(hidden, key=_by_name), 1)}


def _by_name(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _is_hidden(name: str) -> bool:
    if seen := recognised(name):
        return not seen.number
    return bool(_words(name))


def _words(name: str) -> list[str]:
    """Return the words in the name of a folder or file that may be somebody's name or number.

    >>> _words("smith_handin-owl-3 (1).json"), _words("my_work (2).jsonl"), _words("06.ipynb.txt")
    (['smith'], [], [])
    """
    code = HANDIN.search(name) if name.isascii() else None
    if code and not code.start() and name[code.end() :] == ".json":
        return []
    stem = name
    while (end := stem.rpartition("."))[2].lower() in ENDINGS and end[1]:
        stem = end[0]
    words = [word.casefold() for word in WORD.findall(HANDIN.sub(" ", stem))]
    return [word for word in words if word not in WORDS]


def _shown(name: str, rank: int) -> str:
    """Return a name if it can be nobody's, else its rank and its ending."""
    if not _words(name):
        return name
    stem, _, end = name.rpartition(".")
    ending = f".{end.lower()}" if stem and end.lower() in ENDINGS else ""
    return _ranked(rank) + ending


def _ranked(rank: int) -> str:
    return f"no. {rank} by name" if rank else "…"


def plain(text: str) -> str:
    """Return a place that is safe to show: no control characters, not too long."""
    if len(text) > LONGEST:
        text = f"{text[:90]}…{text[-90:]}"
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(sign)[0] == "C" else sign for sign in text)


@lru_cache
def _at(salt: str, path: str) -> str:
    return f"at {_hash(salt, os.path.realpath(path))}"


def _hash(salt: str, *parts: str) -> str:
    text = "\0".join([salt, *parts])
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:24]
