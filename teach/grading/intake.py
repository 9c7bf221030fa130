"""What a file holds: hand-ins, whole and unchanged, or what is wrong with it. Nothing is run.

| file                          | looked at                                                     |
|-------------------------------|---------------------------------------------------------------|
| `.ipynb`                      | the text of its outputs, for pasted codes; no cell is run     |
| `.json`                       | the file is a hand-in                                         |
| `.txt` `.md` `.csv` `.html`   | a hand-in under another name, or any number of pasted codes   |
| any other                     | nothing                                                       |
"""

import html
import json
from typing import NamedTuple

from kit import submission
from teach.grading.places import Refused, suffix

TEXTS = {".txt", ".md", ".csv", ".html", ".htm"}
MANY_VALUES = 2_000_000  # of a notebook: more are built to fill the memory
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Found(NamedTuple):
    """What was found: the Content of a hand-in, or what is wrong and one sentence on it."""

    content: submission.Content | None
    what: str = ""
    reason: str = ""


def found(document):
    """Return a list of what a Document holds, never empty.

    One hand-in found twice is there once; of faults of one kind only the first.
    """
    try:
        things = _things(document)
    except Refused as error:
        return [Found(None, error.what, str(error))]
    except submission.SubmissionError as error:
        things = [error]
    sound = {each["hash"]: Found(each) for each in things if isinstance(each, dict)}
    faults = {each.reason: each for each in things if not isinstance(each, dict)}
    wrong = [Found(None, error.reason, str(error)) for error in faults.values()]
    codes = {each.content["code"].casefold() for each in sound.values()}
    if len(codes) > 1 and suffix(document.name) == ".ipynb":
        reason = "This notebook holds hand-ins with different codes."
        wrong.append(Found(None, "two codes, one learner", reason))
    nothing = Found(None, "no hand-in", "There is no hand-in in this file.")
    return [*sound.values(), *wrong] or [nothing]


def _things(document):
    """Return a list of contents and SubmissionErrors; raise SubmissionError or Refused."""
    kind = suffix(document.name)
    if document.refusal:
        raise document.refusal
    if kind not in {".ipynb", ".json", *TEXTS}:
        raise Refused("not a hand-in", "This file is no hand-in and no notebook.")
    raw = document.read()
    if kind == ".ipynb":
        return [thing for text in _outputs(raw) for thing in submission.codes_in(text)]
    if kind == ".json":
        return [submission.read(raw)]
    text = raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8-sig", errors="replace")
    if text.lstrip().startswith("{"):
        return [submission.read(raw)]
    return submission.codes_in(html.unescape(text) if kind in (".html", ".htm") else text)


def _outputs(raw):
    """Yield the texts in the outputs of a notebook; raise Refused if it is none."""
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > MANY_VALUES:
        raise Refused("too big", f"This notebook holds more than {MANY_VALUES:,} values.")
    try:
        notebook = json.loads(raw)
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Refused("unreadable", "This is not a whole notebook: it is cut off or damaged.")
    for cell in _dicts(notebook["cells"]):
        for output in _dicts(cell.get("outputs")):
            data = output.get("data") if isinstance(output.get("data"), dict) else {}
            yield _joined(output.get("text"))
            yield _joined(data.get("text/plain"))
            yield html.unescape(_joined(data.get("text/html")))


def _dicts(values):
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []


def _joined(text):
    """Return the text of an output, which is kept as one text or as a list of lines."""
    lines = text if isinstance(text, list) else [text]
    return "".join(line for line in lines if isinstance(line, str))
