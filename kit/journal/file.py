"""The journal's file: what is added is on the disk before a function returns; what others add is
taken in at the next look, whichever notebook wrote it.
"""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kit.errors import cause
from kit.journal.lines import DAMAGED, NEWER, Branch, Line, decoded, fold, moment, put
from kit.words import plural

REMEMBERED = 200  # bytes before the offset; if they changed, this is not the same file


class JournalFile:
    """What the file at `path` has said so far, and the way to add to it.

    `lines` as they stand in the file; `newest`: the time of the newest one, "" if there is none;
    `tree`: their fold.
    """

    def __init__(self, path: Path):
        self.path = Path(path)
        self._replaced = False
        self._stamp: tuple[int, ...] = ()
        self.forget()

    def refresh(self) -> None:
        """Read what was added to the file since the last time; never raise for what is in it."""
        try:
            stat = os.stat(self.path)
            stamp = _stamp(stat)
            if stamp != self._stamp:
                self._read(stat.st_size, same_file=stamp[:2] == self._stamp[:2])
                self._stamp, self._unreadable = stamp, ""
        except FileNotFoundError:
            self._start_again()
        except OSError as error:
            self._unreadable = cause(error)[0]

    def add(self, lines: list[Line]) -> None:
        """Add lines in one write and sync it; raise OSError if not all of them fit.

        Other notebooks may add to the file at any time. A line end lost before is made good.
        Where nothing else was added since the last look, the lines need not be read again.
        """
        data = b"".join(line.encoded for line in lines)
        before, after = _append(self.path, data)
        is_read = before == self._stamp and before[2] == self._offset
        if is_read and self._last.endswith(b"\n") and after[2] == before[2] + len(data):
            self._number += len(lines)
            self._take(lines)
            self._go_on(data)
            self._stamp = after

    def empty(self) -> None:
        """Cut the file to nothing and sync it, if it is there; other notebooks may have it open."""
        with contextlib.suppress(FileNotFoundError), self.path.open("r+b") as file:
            file.truncate(0)
            os.fsync(file.fileno())
        self.forget()

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each thing that was skipped or strange, with line numbers."""
        name = self.path.name
        if self._unreadable:
            yield f"{name} cannot be read because {self._unreadable}."
        if count := len(set(self._damaged)):
            first = ", ".join(map(str, [*dict.fromkeys(self._damaged)][:5]))
            more = f" and {count - 5} more" if count > 5 else ""
            lines, were = ("Line", "was") if count == 1 else ("Lines", "were")
            yield f"{lines} {first}{more} of {name} could not be read and {were} skipped."
        if self._unfinished:
            yield f"The last line of {name} is not complete and was skipped."
        if self._newer:
            lines = plural(self._newer, "line was", "lines were")
            yield f"{lines} written by a newer version of the kit; update the kit to see them."
        if self._replaced:
            yield f"{name} was replaced or removed, so it was read again from its first line."

    def forget(self) -> None:
        """Be as before the first line was read: the file is to be read from its start."""
        self.tree: Branch = Branch()
        self.lines: list[Line] = []
        self.newest = ""
        self._damaged: list[int] = []
        self._newer, self._unfinished, self._late = 0, False, False
        self._offset, self._number, self._last = 0, 0, b""
        self._stamp, self._unreadable = (), ""

    def _start_again(self):
        """Forget what was read: this is not the same file any more."""
        self._replaced = self._replaced or self._offset > 0
        self.forget()

    def _read(self, size, same_file):
        """Take in the lines between the last offset and `size`."""
        with self.path.open("rb") as file:
            file.seek(self._offset - len(self._last))
            if not same_file or file.read(len(self._last)) != self._last:
                self._start_again()
            file.seek(self._offset)
            data = file.read(max(size - self._offset, 0))
        *lines, rest = data.split(b"\n")
        for raw in lines:
            self._number += 1
            self._take(decoded(raw))
        parts = list(decoded(rest))
        self._unfinished = DAMAGED in parts  # a last line without its end waits until it is whole
        if not self._unfinished:
            self._take(parts)
            rest = b""
        self._go_on(data.removesuffix(rest))

    def _go_on(self, data):
        """Stand behind `data`, whose lines were taken in."""
        if self._late:  # lines of another copy came in that are older than others
            self.tree, self._late = fold(self.lines), False
        self._offset += len(data)
        self._last = (self._last + data)[-REMEMBERED:]

    def _take(self, parts: Iterable[Line | str]):
        for line in parts:
            if isinstance(line, Line):
                self._late = self._late or moment(line) < self.newest
                self.newest = max(self.newest, moment(line))
                self.lines.append(line)
                put(self.tree, line)
            elif line is NEWER:
                self._newer += 1
            else:
                self._damaged.append(self._number)


def replace(path: Path, data: bytes) -> None:
    """Put `data` in the file as one step: it is there whole, or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _append(path, data):
    """Add bytes to the file in one write, on a line of their own, and sync it.

    Returns the file's stamps before and after; raises OSError if not all of the bytes fit.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o666)
    try:
        before = _stamp(os.fstat(file))
        if before[2]:
            os.lseek(file, -1, os.SEEK_END)
            data = data if os.read(file, 1) == b"\n" else b"\n" + data
        if os.write(file, data) < len(data):
            raise OSError(errno.ENOSPC, "only a part was written")
        os.fsync(file)
        after = _stamp(os.fstat(file))
    finally:
        os.close(file)
    if not before[2]:
        _sync_folder(path.parent)
    return before, after


def _stamp(stat):
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def _sync_folder(folder):
    """Make the name of a new file safe too, where the system can sync a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
