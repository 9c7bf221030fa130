"""Following the journal's file: each look takes in what was added since, by whichever notebook.

>>> import tempfile
>>> from kit.journal.lines import checked, encode
>>> path = Path(tempfile.mkdtemp()) / "my_work.jsonl"
>>> reading = Reading(path)
>>> _ = path.write_bytes(encode(checked("printed", "a")))
>>> reading.refresh()
>>> reading.tree
{'printed': 'a'}
"""

import errno
import os
from pathlib import Path

from kit.journal.lines import DAMAGED, NEWER, Parts, decoded, fold, moment, put

FULL = ("the disk is full", "delete files you do not need")
READ_ONLY = ("the file or its folder is read-only", "copy the whole kit to a folder of your own")
FORBIDDEN = ("you have no permission", READ_ONLY[1])
CAUSES = {
    "ENOSPC": FULL,
    "EDQUOT": FULL,
    "EFBIG": FULL,
    "EROFS": READ_ONLY,
    "EACCES": FORBIDDEN,
    "EPERM": FORBIDDEN,
    "EISDIR": ("a folder has that name", "rename that folder"),
    "ENOENT": ("its folder is not there", "put the folder back"),
}
REMEMBERED = 200  # bytes before the offset; if they changed, this is not the same file


class Reading:
    """What the file at `path` has said so far.

    `lines` as they stand in the file; `by_time` the same in order of time; `tree` their fold.
    """

    def __init__(self, path):
        """Prepare to follow `path`, which need not exist yet."""
        self.path = Path(path)
        self._replaced = False
        self.forget()

    def refresh(self):
        """Read what was added to the file since the last time; never raise for what is in it."""
        try:
            stat = os.stat(self.path)
            stamp = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
            if stamp != self._stamp:
                self._read(stat.st_size, same_file=stamp[:2] == self._stamp[:2])
                self._stamp, self._unreadable = stamp, None
        except FileNotFoundError:
            self._start_again()
        except OSError as error:
            self._unreadable = cause(error)[0]

    def problems(self):
        """Yield a sentence for each thing that was skipped or strange, with line numbers."""
        name = self.path.name
        if self._unreadable:
            yield f"{name} cannot be read because {self._unreadable}."
        if self._damaged:
            yield _skipped(sorted(set(self._damaged)), name)
        if self._unfinished:
            yield f"The last line of {name} is not complete and was skipped."
        if self._newer:
            lines = "1 line was" if self._newer == 1 else f"{self._newer} lines were"
            yield f"{lines} written by a newer version of the kit; update the kit to see them."
        if self._replaced:
            yield f"{name} was replaced or removed, so it was read again from its first line."

    @property
    def newest(self):
        """The time of the newest line; "" if there is none."""
        return moment(self.by_time[-1]) if self.by_time else ""

    def forget(self):
        """Be as before the first line was read: the file is to be read from its start."""
        self.tree, self.lines, self.by_time = Parts(), [], []
        self._damaged, self._newer, self._unfinished = [], 0, False
        self._late = False
        self._offset, self._number, self._last = 0, 0, b""
        self._stamp, self._unreadable = (), None

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
        consumed = len(data) - len(rest) + self._take_unfinished(rest)
        self._put_in_order()
        self._offset += consumed
        self._last = (self._last + data[:consumed])[-REMEMBERED:]

    def _take_unfinished(self, rest):
        """Take in a last line without line end if it is whole, or let it wait; return its bytes."""
        found = list(decoded(rest))
        self._unfinished = DAMAGED in found
        if self._unfinished:
            return 0
        self._take(found)
        return len(rest)

    def _take(self, found):
        """Take in what one line of the file holds."""
        for line in found:
            if line is DAMAGED:
                self._damaged.append(self._number)
            elif line is NEWER:
                self._newer += 1
            else:
                self._late = self._late or moment(line) < self.newest
                self.lines.append(line)
                self.by_time.append(line)
                put(self.tree, line)

    def _put_in_order(self):
        """Fold once more if lines came in that are older than others: those of another copy."""
        if self._late:
            self.by_time.sort(key=moment)
            self.tree, self._late = fold(self.by_time), False


def cause(error):
    """Return why the system refused, in words, and what to do about it, for an OSError.

    >>> cause(OSError(errno.ENOSPC, "No space left on device"))
    ('the disk is full', 'delete files you do not need')
    """
    other = (f"the system says “{error.strerror or error}”", "check the disk")
    return CAUSES.get(errno.errorcode.get(error.errno), other)


def _skipped(numbers, name):
    few = ", ".join(str(number) for number in numbers[:5])
    if len(numbers) == 1:
        return f"Line {few} of {name} could not be read and was skipped."
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"Lines {few}{more} of {name} could not be read and were skipped."
