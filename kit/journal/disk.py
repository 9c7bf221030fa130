"""Writing so that it lasts: what these functions return from is on the disk, not only on its way.

>>> import tempfile
>>> from pathlib import Path
>>> path = Path(tempfile.mkdtemp()) / "my_work.jsonl"
>>> add(path, b"a line without its end")
>>> add(path, b"another\\n")
>>> path.read_text().splitlines()
['a line without its end', 'another']
"""

import contextlib
import errno
import os


def add(path, data):
    """Add lines to the file in one write and sync it; raise OSError if not all of them fit.

    Other notebooks may add to the file at any time. A line end lost before `data` is made good.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o666)
    try:
        size = os.fstat(file).st_size
        if size and not _ends_a_line(file):
            data = b"\n" + data
        if os.write(file, data) < len(data):
            raise OSError(errno.ENOSPC, "only a part was written")
        os.fsync(file)
    finally:
        os.close(file)
    if not size:
        _sync_folder(path.parent)


def empty(path):
    """Cut the file to nothing and sync it, if it is there; other notebooks may have it open."""
    with contextlib.suppress(FileNotFoundError), path.open("r+b") as file:
        file.truncate(0)
        os.fsync(file.fileno())


def replace(path, data):
    """Put `data` (bytes) in the file as one step: it is there whole, or not at all."""
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


def _ends_a_line(file):
    os.lseek(file, -1, os.SEEK_END)
    return os.read(file, 1) == b"\n"


def _sync_folder(folder):
    """Make the name of a new file safe too, where the system can sync a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
