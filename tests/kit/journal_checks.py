"""What tests of the journal share: a code as the page makes it, what an id was ever given."""

import base64
import zlib

from kit.journal.lines import moment, text


def code_of(work):
    """The text of a journal as a code, as the page makes it."""
    return f"kit-work:{base64.b64encode(zlib.compress(work.encode())).decode()}:end-of-work"


def attempts(journal, id):
    """The times and values of every change of `id` itself, oldest first; None: it was erased."""
    changes = [("", None)]
    for line in sorted(journal.lines(), key=moment):
        erased = line.value is None and id.startswith(line.id + "/")
        if (line.id == id or erased) and text(line.value) != text(changes[-1][1]):
            changes.append((line.time, line.value))
    return changes[1:]
