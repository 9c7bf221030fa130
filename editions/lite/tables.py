"""pandas, numpy and matplotlib for the browser-only edition: built by Pyodide's makers, not on npm.

They are copied once, while the folder is built, and each file is held to the sum that Pyodide's
own list gives. So a learner's browser never asks anybody but the server that hosts the folder.
"""

import hashlib
import urllib.request

WANTED = ("matplotlib", "numpy", "pandas")
PATIENCE = 30  # seconds without an answer


class NotFetched(Exception):
    """The packages could not be had; the message is one sentence that says why."""


def fetch(known, folder, source):
    """Fetch what the course needs of Pyodide's own packages into `folder`.

    known: Pyodide's list (dict name -> entry). source: the address that its file names follow.
    Returns the entries fetched (dict name -> entry). Raises NotFetched, and then leaves no file.
    """
    entries = {name: known[name] for name in needed(known)}
    for entry in entries.values():
        try:
            (folder / entry["file_name"]).write_bytes(_whole(entry, source))
        except (OSError, NotFetched) as error:
            for one in entries.values():
                (folder / one["file_name"]).unlink(missing_ok=True)
            raise NotFetched(f"{entry['name']} could not be fetched: {error}") from None
    return entries


def needed(known):
    """Return the names of WANTED and of all they depend on, in order (list of str).

    Raises NotFetched if Pyodide's list does not know one of them.
    """
    names = list(WANTED)
    for name in names:  # grows on the way
        if name not in known:
            raise NotFetched(f"this version of Pyodide has no {name}; take another version of it")
        names += [below for below in known[name]["depends"] if below not in names]
    return sorted(names)


def _whole(entry, source):
    """Return the bytes of one file; NotFetched if they are not those that the list describes."""
    address = f"{source}/{entry['file_name']}"
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise NotFetched("the file is not the one that Pyodide's list describes")
    return content
