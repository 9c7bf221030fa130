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
from collections.abc import Iterator
from typing import Any, NamedTuple

from kit import submission
from teach.grading.sources import Refused, SourceFile, suffix

TEXTS = {".txt", ".md", ".csv", ".html", ".htm"}
MANY_VALUES = 2_000_000  # of a notebook: more are built to fill the memory
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Extracted(NamedTuple):
    """What stood in a file: the Content of a hand-in, or what is wrong and one sentence on it."""

    content: submission.Content | None
    what: str = ""
    reason: str = ""


def extract(source: SourceFile) -> list[Extracted]:
    """Return what a file holds, never empty.

    One hand-in found twice is there once; of faults of one kind only the first.
    """
    try:
        entries = _entries(source)
    except Refused as error:
        return [Extracted(None, error.what, str(error))]
    except submission.SubmissionError as error:
        entries = [error]
    contents = [entry for entry in entries if isinstance(entry, dict)]
    sound = {content["hash"]: Extracted(content) for content in contents}
    faults = {entry.reason: entry for entry in entries if not isinstance(entry, dict)}
    wrong = [Extracted(None, what, str(error)) for what, error in faults.items()]
    codes = {content["code"].casefold() for content in contents}
    if len(codes) > 1 and suffix(source.name) == ".ipynb":
        reason = "This notebook holds hand-ins with different codes."
        wrong.append(Extracted(None, "two codes, one learner", reason))
    nothing = Extracted(None, "no hand-in", "There is no hand-in in this file.")
    return [*sound.values(), *wrong] or [nothing]


def _entries(source: SourceFile) -> list[submission.Content | submission.SubmissionError]:
    kind = suffix(source.name)
    if source.refusal:
        raise source.refusal
    if kind not in {".ipynb", ".json", *TEXTS}:
        raise Refused("not a hand-in", "This file is no hand-in and no notebook.")
    raw = source.read()
    if kind == ".ipynb":
        return [entry for text in _outputs(raw) for entry in submission.codes_in(text)]
    if kind == ".json":
        return [submission.read(raw)]
    text = raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8-sig", errors="replace")
    if text.lstrip().startswith("{"):
        return [submission.read(raw)]
    return submission.codes_in(html.unescape(text) if kind in (".html", ".htm") else text)


def _outputs(raw: bytes) -> Iterator[str]:
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
            yield _joined(output.get("text"))
            data = output.get("data")
            if isinstance(data, dict):
                yield _joined(data.get("text/plain"))
                yield html.unescape(_joined(data.get("text/html")))


def _dicts(values: Any) -> list[dict]:
    values = values if isinstance(values, list) else []
    return [value for value in values if isinstance(value, dict)]


def _joined(text: Any) -> str:
    lines = text if isinstance(text, list) else [text]
    return "".join(line for line in lines if isinstance(line, str))
