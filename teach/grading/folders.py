"""Every file below what the teacher gave: folders, zips, files. Nothing is run or followed.

A link, a device, a pipe, a file of more than MOST bytes is refused, and the refusal goes to a
person like any other finding. Files come in no order, one at a time: a folder of 100,000 hand-ins
needs no more memory than one of 25.
"""

import os
from pathlib import Path

from kit.errors import cause
from teach.grading import zips
from teach.grading.places import Refused, bounded, document, is_litter, refused, suffix

DEEPEST = 40  # folders in folders


def documents(paths, leave_out):
    """Yield a Document for each file in `paths` (files, folders, zips) and below.

    leave_out: the real path (str) of a folder that is not looked into.
    """
    for path in paths:
        parts, real = Path(path).as_posix().split("/"), os.path.realpath(path)
        if os.path.isdir(real):
            yield from _folder(real, parts, leave_out, DEEPEST)
        elif os.path.isfile(real):
            yield from _file(real, parts)
        else:
            yield refused(parts, "refused", "This is no file and no folder.")


def _folder(folder, parts, leave_out, levels):
    if not levels:
        yield refused(parts, "refused", f"Here are more than {DEEPEST} folders in folders.")
        return
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not is_litter(entry.name):
                    yield from _entry(entry, [*parts, entry.name], leave_out, levels)
    except OSError as error:
        yield refused(parts, "unreadable", f"This folder cannot be read: {cause(error)[0]}.")


def _entry(entry, parts, leave_out, levels):
    if entry.is_symlink():
        yield refused(parts, "refused", "This is a link to another place, and links are not read.")
    elif entry.is_dir():
        if entry.path != leave_out:
            yield from _folder(entry.path, parts, leave_out, levels - 1)
    elif entry.is_file():
        yield from _file(entry.path, parts)
    else:
        yield refused(parts, "refused", "This is a device or a pipe, no file.")


def _file(path, parts):
    """Yield the Document of a file, or those in a zip."""
    try:
        stat = os.stat(path)
        stamp = [path, stat.st_size, stat.st_mtime_ns]
        if suffix(parts[-1]) == ".zip":
            with open(path, "rb") as archive:
                yield from zips.members(archive, parts, stamp)
        else:
            yield document(parts, stamp, lambda: _bytes(path))
    except OSError as error:
        yield refused(parts, "unreadable", f"This file cannot be read: {cause(error)[0]}.")


def _bytes(path):
    try:
        with open(path, "rb") as file:
            return bounded(file)
    except OSError as error:
        raise Refused("unreadable", f"This file cannot be read: {cause(error)[0]}.") from None
