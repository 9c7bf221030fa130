"""The files in a zip, read from where it lies; nothing is unpacked to the disk.

A zip in a zip is read, one in that no more. A zip that would unpack to far more than it is (a
bomb), a member with a path out of the zip, a link, or an encrypted one is refused.
"""

import io
import re
import stat
import zipfile

from teach.grading import places

MANY = 100_000  # members of one zip
LONGEST_LIST = 20_000_000  # bytes of a zip's table of contents, or of any one look into it
FREE = 100_000_000  # bytes that any zip may unpack to
RATIO = 50  # beyond that, how many times its own size; hand-ins pack to about a tenth
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack in pieces without a bound


class _Bounded:
    """An open file that gives at most LONGEST_LIST bytes at once, whatever the zip asks for."""

    def __init__(self, file):
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size=-1):
        raw = self._file.read(min(size, LONGEST_LIST + 1) if size >= 0 else LONGEST_LIST + 1)
        if len(raw) > LONGEST_LIST:
            raise zipfile.BadZipFile("its table of contents is too long")
        return raw


def members(file, parts, stamp, is_inside=False):
    """Yield a Document for each file in a zip (an open file) at `parts`."""
    try:
        archive = zipfile.ZipFile(_Bounded(file))
    except Exception:  # a damaged zip makes zipfile raise errors of a dozen kinds
        why = "This zip cannot be opened: it is damaged or something else."
        yield places.refused(parts, "unreadable", why)
        return
    if why := _bomb(archive):
        yield places.refused(parts, "refused", why)
        return
    for info in archive.infolist():
        if not info.is_dir():
            yield from _member(archive, info, parts, stamp, is_inside)


def _bomb(archive):
    """Return why the whole zip is refused; "" if it is not."""
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    archive.fp.seek(0, io.SEEK_END)
    if len(infos) > MANY:
        return f"This zip holds more than {MANY:,} files; divide it."
    if unpacked > max(FREE, RATIO * min(packed, archive.fp.tell())):
        return "This zip would unpack to far more than hand-ins ever do."
    return ""


def _member(archive, info, parts, stamp, is_inside):
    names = [name for name in re.split(r"[/\\]", info.filename) if name not in ("", ".")]
    if any(places.is_litter(name) for name in names):
        return
    inside = [*parts, *(name for name in names if name != "..")]
    if why := _fault(info, names, is_inside):
        yield places.refused(inside, "refused", why)
        return
    stamp = [*stamp, info.CRC, info.file_size, info.header_offset]
    if not _is_zip(names):
        yield places.document(inside, stamp, lambda: _bytes(archive, info))
        return
    try:
        file = io.BytesIO(_bytes(archive, info))
    except places.Refused as error:
        yield places.refused(inside, error.what, str(error))
    else:
        yield from members(file, inside, stamp, is_inside=True)


def _fault(info, names, is_inside):
    """Return why a member is not read; "" if it is."""
    if not names or ".." in names or re.match(r"[/\\]|[A-Za-z]:", info.filename):
        return "The path of this file leads out of its zip."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "This is a link to another place, and links are not read."
    if info.flag_bits & 1:
        return "This file is encrypted."
    if info.compress_type not in PACKINGS:
        return "This file is packed in a way that is not read here."
    if is_inside and _is_zip(names):
        return "This is a zip in a zip in a zip."
    return ""


def _is_zip(names):
    return places.suffix(names[-1]) == ".zip"


def _bytes(archive, info):
    try:
        with archive.open(info) as file:
            return places.bounded(file)
    except places.Refused:
        raise
    except Exception:  # as when it is opened
        raise places.Refused("unreadable", "This file is damaged inside its zip.") from None
