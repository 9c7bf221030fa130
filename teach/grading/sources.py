"""Every file below what the teacher gave: folders, zips, files. Nothing is run, unpacked, followed.

Files come in no order, one at a time: a folder of 100,000 hand-ins needs no more memory than one of
25. What is not read (a link, a device, a pipe, a file that is too big, a zip made to burst) goes to
a person like any other finding. A zip in a zip is read where it lies, one in that no more.

File names hold learners' names. They are never kept or shown: `arrivals` says what is left.
"""

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from kit.errors import cause
from teach.grading.arrivals import TELLING, Arrival, Place, Told, ranks, told_by

MOST = 20_000_000  # bytes of one file
USUAL = 100_000  # bytes that few files have more of
DEEPEST = 40  # folders in folders
LITTER = {".ds_store", "__macosx", "thumbs.db", "desktop.ini", ".ipynb_checkpoints"}

MANY = 100_000  # members of one zip
LONGEST_LIST = 20_000_000  # bytes of a zip's table of contents, or of any one look into it
FREE = 100_000_000  # bytes that any zip may unpack to
RATIO = 50  # beyond that, how many times its own size; hand-ins pack to about a tenth
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack in pieces without a bound

ONE_GO = timedelta(minutes=15)  # what it may take to write a zip
FIRST = 2026  # no hand-in is older: zips that say so were written without a time


class Refused(Exception):
    """A file that is not read; the message is one sentence for the teacher."""

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(what, sentence)
        self.what, self.sentence = what, sentence

    def __str__(self) -> str:
        return self.sentence


Members = list[tuple[zipfile.ZipInfo, list[str]]]  # of a zip, each with its path in it


class SourceFile(NamedTuple):
    """One file that may hold hand-ins.

    place: where it lies, in the words a person may see; name: its own name; stamp: tells whether
    it is as it was; read: gives its bytes or raises Refused; refusal: why it is not even looked at;
    way: the names on the way to it, a learner's among them.
    """

    place: str
    name: str
    arrival: Arrival
    stamp: str
    read: Callable[[], bytes]
    refusal: Refused | None = None
    way: Place = Place()


def source_files(
    paths: Iterable[Path | str], leave_out: str, salt: str = ""
) -> Iterator[SourceFile]:
    """Yield each file in `paths` (files, folders, zips) and below.

    leave_out: the real path of a folder that is not looked into. salt: goes into every hash.
    """
    places = list(_given([Path(path) for path in paths]))
    named = {os.path.realpath(path) for path, _ in places if not _holds_more(path)}
    for path, place in places:
        walk = _Walk(salt, {leave_out, *named})
        real = os.path.realpath(path)
        if os.path.isdir(real):
            yield from walk.in_folder(real, place.as_base(), DEEPEST)
        elif os.path.isfile(real):
            for source in walk.in_file(real, place):
                yield source if _holds_more(path) else _as_named(source)
        else:
            yield walk.refused(place, "refused", "This is no file and no folder.")


def _given(paths: list[Path]) -> Iterator[tuple[Path, Place]]:
    """Yield each path and its Place. Of the way, what all have in common is shown as it is."""
    ways = [path.as_posix().split("/") for path in paths]
    numbers = _ranks_below(ways)
    common = sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, zip(*ways, strict=False)))
    for path, way in zip(paths, ways, strict=True):
        place = Place()
        for n, name in enumerate(way):
            place = place.as_base() if n == len(way) - 1 else place
            is_known = n < common and (n < len(way) - 1 or _holds_more(path))
            place = place.below(name, numbers[tuple(way[:n])].get(name, 0), is_known)
        yield path, place


def _holds_more(path: Path) -> bool:
    return os.path.isdir(path) or suffix(path.name) == ".zip"


def _as_named(source: SourceFile) -> SourceFile:
    arrival = source.arrival._replace(named=1)
    return source._replace(arrival=arrival, stamp=f"named\0{source.stamp}")


def suffix(name: str) -> str:
    """Return the end of a file's name in small letters, such as ".json"."""
    return os.path.splitext(name)[1].lower()


def _is_litter(name: str) -> bool:
    return name.lower() in LITTER or name.startswith("._")


def _bounded(file: IO[bytes]) -> bytes:
    raw = file.read(USUAL)  # room for MOST at once would take longer to make than to fill
    if len(raw) == USUAL:
        raw += file.read(MOST + 1 - USUAL)
    if len(raw) > MOST:
        raise Refused("too big", f"This file has more than {MOST // 1_000_000} MB.")
    return raw


class _Walk:
    """A walk below one path. salt: for hashes; leave_out: real paths that are not looked at."""

    def __init__(self, salt: str, leave_out: set[str]) -> None:
        self._salt, self._leave_out = salt, leave_out
        self._told: dict[tuple[str, ...], Told] = {}

    def source(
        self,
        place: Place,
        stamp: list,
        read: Callable[[], bytes] = bytes,
        refusal: Refused | None = None,
    ) -> SourceFile:
        """Return the file at a Place."""
        stamp_text = "\0".join([*place.names, *map(str, stamp)])
        arrival = place.arrival(self._salt, self._told)
        return SourceFile(place.text, place.own_name, arrival, stamp_text, read, refusal, place)

    def refused(self, place: Place, what: str, sentence: str) -> SourceFile:
        """Return a file that is not looked at."""
        return self.source(place, [sentence], refusal=Refused(what, sentence))

    # Folders

    def in_folder(self, folder: str, place: Place, levels: int) -> Iterator[SourceFile]:
        """Yield each file in a folder and below, at most so many levels deep."""
        if not levels:
            yield self.refused(
                place, "refused", f"Here are more than {DEEPEST} folders in folders."
            )
            return
        try:
            with os.scandir(folder) as entries:
                numbers = ranks(self._noted(entry, place) for entry in entries)
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not _is_litter(entry.name):
                        here = place.below(entry.name, numbers.get(entry.name, 0))
                        yield from self._at_entry(entry, here, levels)
        except OSError as error:
            reason = f"This folder cannot be read: {cause(error)[0]}."
            yield self.refused(place, "unreadable", reason)

    def _noted(self, entry: os.DirEntry, place: Place) -> str:
        """Return the name of an entry; note what a platform tells in it."""
        if entry.name in TELLING and entry.is_file(follow_symlinks=False):
            with suppress(Refused):
                self._told |= told_by((*place.names, entry.name), _bytes_of(entry.path))
        return entry.name

    def _at_entry(self, entry: os.DirEntry, place: Place, levels: int) -> Iterator[SourceFile]:
        if entry.is_symlink():
            reason = "This is a link to another place, and links are not read."
            yield self.refused(place, "refused", reason)
        elif entry.is_dir():
            if entry.path not in self._leave_out:
                yield from self.in_folder(entry.path, place, levels - 1)
        elif not entry.is_file():
            yield self.refused(place, "refused", "This is a device or a pipe, no file.")
        elif entry.path not in self._leave_out:
            yield from self.in_file(entry.path, place)

    def in_file(self, path: str, place: Place) -> Iterator[SourceFile]:
        """Yield the file at a path, or each file in it if it is a zip."""
        try:
            about = os.stat(path)
            stamp = [path, about.st_size, about.st_mtime_ns]
            if suffix(place.names[-1]) == ".zip":
                if len(place.names) <= place.base + 1 and not place.seen:
                    place = place.as_base(f"{about.st_size} {about.st_mtime_ns}")
                with open(path, "rb") as archive:
                    yield from self._in_zip(archive, place, stamp)
            else:
                yield self.source(place, stamp, lambda: _bytes_of(path))
        except OSError as error:
            reason = f"This file cannot be read: {cause(error)[0]}."
            yield self.refused(place, "unreadable", reason)

    # Zips

    def _in_zip(
        self, file: BinaryIO, place: Place, stamp: list, is_inside: bool = False
    ) -> Iterator[SourceFile]:
        try:
            archive = zipfile.ZipFile(_BoundedFile(file))
        except Exception:  # a damaged zip makes zipfile raise errors of a dozen kinds
            reason = "This zip cannot be opened: it is cut off, damaged or something else."
            yield self.refused(place, "unreadable", reason)
            return
        if reason := _bomb(archive, file.seek(0, io.SEEK_END)):
            yield self.refused(place, "refused", reason)
            return
        members = [(info, _path_of(info)) for info in archive.infolist() if not info.is_dir()]
        members = [(info, path) for info, path in members if not any(map(_is_litter, path))]
        self._note(archive, place, members)
        numbers, dated = _ranks_below(path for _, path in members), _are_dated(members)
        for info, path in members:
            here = _below(place, path, numbers)
            for source in self._at_member(archive, info, path, here, stamp, is_inside):
                yield source._replace(arrival=_with_time(source.arrival, info, dated))

    def _note(self, archive: zipfile.ZipFile, place: Place, members: Members) -> None:
        for info, path in members:
            if path and path[-1] in TELLING and not _fault(info, path, False):
                with suppress(Refused):
                    raw = _member_bytes(archive, info)
                    self._told |= told_by((*place.names, *path), raw)

    def _at_member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        path: list[str],
        place: Place,
        stamp: list,
        is_inside: bool,
    ) -> Iterator[SourceFile]:
        if reason := _fault(info, path, is_inside):
            yield self.refused(place, "refused", reason)
            return
        stamp = [*stamp, info.CRC, info.file_size, info.header_offset]
        if suffix(path[-1]) != ".zip":
            yield self.source(place, stamp, lambda: _member_bytes(archive, info))
            return
        try:
            file = io.BytesIO(_member_bytes(archive, info))
        except Refused as error:
            yield self.refused(place, error.what, str(error))
        else:
            yield from self._in_zip(file, place, stamp, is_inside=True)


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return _bounded(file)
    except OSError as error:
        raise Refused("unreadable", f"This file cannot be read: {cause(error)[0]}.") from None


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


def _path_of(info: zipfile.ZipInfo) -> list[str]:
    return [name for name in re.split(r"[/\\]", info.filename) if name not in ("", ".")]


def _ranks_below(paths: Iterable[list[str]]) -> dict[tuple[str, ...], dict[str, int]]:
    """Return {folder: ranks of the names in it}."""
    names: dict[tuple[str, ...], set[str]] = {}
    for path in paths:
        for n, name in enumerate(path):
            names.setdefault(tuple(path[:n]), set()).add(name)
    return {folder: ranks(inside) for folder, inside in names.items()}


def _below(place: Place, path: list[str], numbers: dict) -> Place:
    for n, name in enumerate(path):
        if name != "..":
            place = place.below(name, numbers[tuple(path[:n])].get(name, 0))
    return place


def _are_dated(members: Members) -> int:
    """Tell (1 or 0) whether the times in a zip are of its files, not only of its own writing."""
    times = [info.date_time for info, _ in members]
    with suppress(ValueError):
        took = datetime(*times[-1]) - datetime(*times[0]) if times else ONE_GO
        return int(times != sorted(times) or took > ONE_GO)
    return 0


def _with_time(arrival: Arrival, info: zipfile.ZipInfo, dated: int) -> Arrival:
    year, month, day, hour, minute, second = info.date_time
    if arrival.zipped or year < FIRST:  # a zip within has its own
        return arrival
    time = f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    return arrival._replace(zipped=time, dated=dated)


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
