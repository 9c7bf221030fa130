"""Every file below what the teacher gave: folders, zips, files. Nothing is run, unpacked, followed.

Files come in no order, one at a time: a folder of 100,000 hand-ins needs no more memory than one of
25. What is not read (a link, a device, a pipe, a file that is too big, a zip made to burst) goes to
a person like any other finding. A zip in a zip is read where it lies, one in that no more.

File names in the platforms' downloads hold learners' names. They are never kept or shown: of
`Doe Jane_123456_assignsubmission_file_/work.json` only "Moodle 123456/work.json" is left.
"""

import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from kit.errors import cause

MOST = 20_000_000  # bytes of one file
USUAL = 100_000  # bytes that few files have more of
LONGEST = 200  # characters of a place, as it is shown
DEEPEST = 40  # folders in folders
LITTER = {".ds_store", "__macosx", "thumbs.db", "desktop.ini", ".ipynb_checkpoints"}

MANY = 100_000  # members of one zip
LONGEST_LIST = 20_000_000  # bytes of a zip's table of contents, or of any one look into it
FREE = 100_000_000  # bytes that any zip may unpack to
RATIO = 50  # beyond that, how many times its own size; hand-ins pack to about a tenth
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack in pieces without a bound

# Moodle's bulk download has one folder for each learner, whose name ends in "file_". For other
# kinds of submission the same form is assumed; what theirs look like is not recorded here.
MOODLE = re.compile(r".*_(?P<number>\d+)_assignsubmission_[a-z]+_(?P<own>.*)", re.DOTALL)
CANVAS = re.compile(
    r"[^_]+_(?:LATE_)?(?P<number>(?P<user>\d+)_\d+)_(?P<own>.+)", re.DOTALL | re.IGNORECASE
)


class Refused(Exception):
    """A file that is not read; the message is one sentence for the teacher."""

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(what, sentence)
        self.what, self.sentence = what, sentence

    def __str__(self) -> str:
        return self.sentence


class Arrival(NamedTuple):
    """From whom and when a file came, as far as a platform's download or a folder tells: no name.

    learner: a salted hash of the person; "" where nothing tells. number: what the download calls
    them, such as "Moodle 101"; download: where that number means one learner. named: 1 if the
    teacher named this very file. handed_in: the platform's time, as ISO text without a zone unless
    it says one; "" if it says none. late: 1 if the platform marked it late. again: what the
    platform raises with each hand-in, as text that sorts. zipped: the time its zip says, as ISO
    text without a zone, or "".
    """

    learner: str = ""
    number: str = ""
    download: str = ""
    named: int = 0
    handed_in: str = ""
    late: int = 0
    again: str = ""
    zipped: str = ""


class SourceFile(NamedTuple):
    """One file that may hold hand-ins.

    place: where it lies, in the words a person may see; name: its own name; stamp: tells whether
    it is as it was; read: gives its bytes or raises Refused; refusal: why it is not even looked at;
    parts: the names on the way to it, a learner's among them.
    """

    place: str
    name: str
    arrival: Arrival
    stamp: str
    read: Callable[[], bytes]
    refusal: Refused | None = None
    parts: tuple[str, ...] = ()


def source_files(paths: Iterable[Path | str], leave_out: str) -> Iterator[SourceFile]:
    """Yield each file in `paths` (files, folders, zips) and below.

    leave_out: the real path of a folder that is not looked into.
    """
    for path in paths:
        parts, real = Path(path).as_posix().split("/"), os.path.realpath(path)
        if os.path.isdir(real):
            yield from _in_folder(real, parts, leave_out, DEEPEST)
        elif os.path.isfile(real):
            yield from _in_file(real, parts)
        else:
            yield _refused(parts, "refused", "This is no file and no folder.")


def source_file(
    parts: list[str], stamp: list, read: Callable[[], bytes] = bytes, refusal: Refused | None = None
) -> SourceFile:
    """Return the file at `parts`, the names of folders, zips and files on the way to it."""
    place, arrival = anonymised(parts)
    stamp_text = "\0".join([*parts, *map(str, stamp)])
    return SourceFile(place, parts[-1], arrival, stamp_text, read, refusal, tuple(parts))


def anonymised(parts: list[str]) -> tuple[str, Arrival]:
    """Return what is shown of a place, and the Arrival, without a learner's name.

    >>> anonymised(["in.zip", "Doe Jane_123456_assignsubmission_file_", "week", "work.json"])
    ('in.zip/Moodle 123456/work.json', Arrival(learner='Moodle 123456', ...))
    >>> anonymised(["in", "doejane_LATE_4711_8812_work-1.json"])
    ('in/Canvas 4711_8812/work-1.json', Arrival(learner='Canvas 4711', number='', ...))
    """
    for n, part in enumerate(parts):
        if match := MOODLE.fullmatch(part) or CANVAS.fullmatch(part):
            own = parts[-1] if n < len(parts) - 1 else match["own"]
            before, is_moodle = _plain("/".join(parts[:n])), match.re is MOODLE
            number = f"{'Moodle' if is_moodle else 'Canvas'} {match['number']}"
            if is_moodle:
                arrival = Arrival(number, number, before)
            else:
                arrival = Arrival(f"Canvas {match['user']}")
            return _plain("/".join([*parts[:n], number, own])), arrival
    return _plain("/".join(parts)), Arrival()


def suffix(name: str) -> str:
    """Return the end of a file's name in small letters, such as ".json"."""
    return os.path.splitext(name)[1].lower()


def _refused(parts: list[str], what: str, sentence: str) -> SourceFile:
    return source_file(parts, [sentence], refusal=Refused(what, sentence))


def _plain(text: str) -> str:
    """Return a place that is safe to show: no control characters, not too long."""
    if len(text) > LONGEST:
        text = f"{text[:90]}…{text[-90:]}"
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(sign)[0] == "C" else sign for sign in text)


def _is_litter(name: str) -> bool:
    return name.lower() in LITTER or name.startswith("._")


def _bounded(file: IO[bytes]) -> bytes:
    raw = file.read(USUAL)  # room for MOST at once would take longer to make than to fill
    if len(raw) == USUAL:
        raw += file.read(MOST + 1 - USUAL)
    if len(raw) > MOST:
        raise Refused("too big", f"This file has more than {MOST // 1_000_000} MB.")
    return raw


# Folders


def _in_folder(folder: str, parts: list[str], leave_out: str, levels: int) -> Iterator[SourceFile]:
    if not levels:
        yield _refused(parts, "refused", f"Here are more than {DEEPEST} folders in folders.")
        return
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not _is_litter(entry.name):
                    yield from _at_entry(entry, [*parts, entry.name], leave_out, levels)
    except OSError as error:
        yield _refused(parts, "unreadable", f"This folder cannot be read: {cause(error)[0]}.")


def _at_entry(
    entry: os.DirEntry, parts: list[str], leave_out: str, levels: int
) -> Iterator[SourceFile]:
    if entry.is_symlink():
        yield _refused(parts, "refused", "This is a link to another place, and links are not read.")
    elif entry.is_dir():
        if entry.path != leave_out:
            yield from _in_folder(entry.path, parts, leave_out, levels - 1)
    elif entry.is_file():
        yield from _in_file(entry.path, parts)
    else:
        yield _refused(parts, "refused", "This is a device or a pipe, no file.")


def _in_file(path: str, parts: list[str]) -> Iterator[SourceFile]:
    try:
        about = os.stat(path)
        stamp = [path, about.st_size, about.st_mtime_ns]
        if suffix(parts[-1]) == ".zip":
            with open(path, "rb") as archive:
                yield from _in_zip(archive, parts, stamp)
        else:
            yield source_file(parts, stamp, lambda: _bytes_of(path))
    except OSError as error:
        yield _refused(parts, "unreadable", f"This file cannot be read: {cause(error)[0]}.")


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return _bounded(file)
    except OSError as error:
        raise Refused("unreadable", f"This file cannot be read: {cause(error)[0]}.") from None


# Zips


class _BoundedFile:
    """An open file that gives at most LONGEST_LIST bytes at once, whatever the zip asks for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        raw = self._file.read(min(size, LONGEST_LIST + 1) if size >= 0 else LONGEST_LIST + 1)
        if len(raw) > LONGEST_LIST:
            raise zipfile.BadZipFile("its table of contents is too long")
        return raw


def _in_zip(
    file: BinaryIO, parts: list[str], stamp: list, is_inside: bool = False
) -> Iterator[SourceFile]:
    try:
        archive = zipfile.ZipFile(_BoundedFile(file))
    except Exception:  # a damaged zip makes zipfile raise errors of a dozen kinds
        reason = "This zip cannot be opened: it is damaged or something else."
        yield _refused(parts, "unreadable", reason)
        return
    if reason := _bomb(archive, file.seek(0, io.SEEK_END)):
        yield _refused(parts, "refused", reason)
        return
    for info in archive.infolist():
        if not info.is_dir():
            yield from _at_member(archive, info, parts, stamp, is_inside)


def _bomb(archive: zipfile.ZipFile, size: int) -> str:
    """Return why the whole zip, a file of so many bytes, is refused; "" if it is not."""
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MANY:
        return f"This zip holds more than {MANY:,} files; divide it."
    if unpacked > max(FREE, RATIO * min(packed, size)):
        return "This zip would unpack to far more than hand-ins ever do."
    return ""


def _at_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, parts: list[str], stamp: list, is_inside: bool
) -> Iterator[SourceFile]:
    names = [name for name in re.split(r"[/\\]", info.filename) if name not in ("", ".")]
    if any(_is_litter(name) for name in names):
        return
    inside = [*parts, *(name for name in names if name != "..")]
    if reason := _fault(info, names, is_inside):
        yield _refused(inside, "refused", reason)
        return
    stamp = [*stamp, info.CRC, info.file_size, info.header_offset]
    if suffix(names[-1]) != ".zip":
        yield source_file(inside, stamp, lambda: _member_bytes(archive, info))
        return
    try:
        file = io.BytesIO(_member_bytes(archive, info))
    except Refused as error:
        yield _refused(inside, error.what, str(error))
    else:
        yield from _in_zip(file, inside, stamp, is_inside=True)


def _fault(info: zipfile.ZipInfo, names: list[str], is_inside: bool) -> str:
    if not names or ".." in names or re.match(r"[/\\]|[A-Za-z]:", info.filename):
        return "The path of this file leads out of its zip."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "This is a link to another place, and links are not read."
    if info.flag_bits & 1:
        return "This file is encrypted."
    if info.compress_type not in PACKINGS:
        return "This file is packed in a way that is not read here."
    if is_inside and suffix(names[-1]) == ".zip":
        return "This is a zip in a zip in a zip."
    return ""


def _member_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as file:
            return _bounded(file)
    except Refused:
        raise
    except Exception:  # as when it is opened
        raise Refused("unreadable", "This file is damaged inside its zip.") from None
