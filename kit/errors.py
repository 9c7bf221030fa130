"""The one base of all errors that a person can cause; every message is one sentence."""

import errno

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


class KitError(Exception):
    """Something that was asked for cannot be done; the message says what, where and what to do."""

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the sentence alone."""
        return [str(self)]


def cause(error: OSError) -> tuple[str, str]:
    """Return why the system refused, in words, and what to do about it.

    >>> cause(OSError(errno.ENOSPC, "No space left on device"))
    ('the disk is full', 'delete files you do not need')
    """
    other = (f"the system says “{error.strerror or error}”", "check the disk")
    return CAUSES.get(errno.errorcode.get(error.errno or 0, ""), other)
