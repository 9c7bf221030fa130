"""What a file holds: hand-ins, whole and unchanged, or what is wrong with it. Nothing is run.

What a file is called counts little; what stands in it is looked at, in this order:

| what it is                   | looked at                                                      |
|------------------------------|----------------------------------------------------------------|
| a hand-in                    | the file, also in a fence, a mail, a page, with text around it |
| a notebook                   | its outputs and the text of its cells; no cell is run          |
| text with pasted codes       | each code, also as mail and forms break them up                |
| a journal, `my_work.jsonl`   | its answers, if it is whole and says a code                    |
| pictures, PDF, Word and such | nothing: they are not opened                                   |
"""

import html
import json
import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import kit
from kit import submission
from kit.journal import Journal, JournalError, read_copy
from kit.journal.copies import NAME, START, damaged
from kit.journal.lines import moment
from kit.submission.content import MOST, VERSION, fault
from teach.grading.arrivals import HANDIN, PLATFORMS_OWN, RESUBMITTED
from teach.grading.mended import objects_in, parts_of, readings, text_of, with_whole_codes
from teach.grading.sources import Refused, SourceFile, suffix

CLOSED = {
    ".png", ".jpg", ".jpeg", ".gif", ".heic", ".webp", ".svg", ".pdf", ".docx", ".doc", ".odt",
    ".rtf", ".pages", ".xlsx", ".pptx", ".mp3", ".mp4", ".mov", ".m4a", ".exe", ".7z", ".rar",
}  # fmt: skip
OPENED = {".json", ".jsonl", ".ipynb", ".txt", ".md", ".csv", ".html", ".htm", ".eml"}
JOURNAL = "my_work.jsonl"  # in place of the case's title, in what is read from a journal
FIELD = re.compile(r"(?:answers|attempts)[^\w\s]\s*:")  # of a hand-in as a file
MANY_VALUES = 2_000_000  # of a notebook: more are built to fill the memory
WITHOUT_CODE = (
    "This is the journal my_work.jsonl, in which no pen name stands; ask the learner to open "
    "notebook 06, choose one, hand in and send handin-<code>.json."
)
TORN = (
    "This is the journal my_work.jsonl, and it did not arrive whole; ask the learner to hand in "
    "from notebook 06 and to send handin-<code>.json."
)
CUT_NOTEBOOK = "This notebook did not arrive whole: it is cut off or damaged."
Entry = submission.Content | submission.SubmissionError


class Extracted(NamedTuple):
    """What stood in a file: the Content of a hand-in, or what is wrong and one sentence on it.

    what: "" with no content, too, where there is nothing to say of the file.
    """

    content: submission.Content | None
    what: str = ""
    reason: str = ""


def extract(source: SourceFile) -> list[Extracted]:
    """Return what a file holds, never empty.

    One hand-in found twice is there once; of faults of one kind only the first. What a journal
    holds has JOURNAL in place of the case's title.
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
    codes = {content["code"].casefold(): content["code"] for content in contents}
    if len(codes) > 1 and ".ipynb" in source.name:
        reason = "This notebook holds hand-ins with different codes."
        wrong.append(Extracted(None, "two codes, one learner", reason))
    wrong += _misnamed(source.name, codes)
    return [*sound.values(), *wrong] or [_nothing(source.name)]


def _nothing(name: str) -> Extracted:
    if name.lower() in PLATFORMS_OWN:
        return Extracted(None)
    if suffix(name) not in OPENED:
        return Extracted(None, "not a hand-in", "This file is no hand-in and no notebook.")
    return Extracted(None, "no hand-in", "There is no hand-in in this file.")


def _misnamed(name: str, codes: dict[str, str]) -> Iterator[Extracted]:
    """Yield the fault of a file that is named for one code and holds another.

    codes: {code in small letters: code}, what it holds.
    """
    named = HANDIN.search(name)
    if named and len(codes) == 1:
        [(who, code)] = codes.items()
        counted = RESUBMITTED.sub(".", name)  # -1 may be a platform's
        if who not in {each[1].casefold() for each in (named, HANDIN.search(counted)) if each}:
            reason = f"This file is named for the code {named[1]} and holds a hand-in of {code}."
            yield Extracted(None, "another name", reason)


def _entries(source: SourceFile) -> list[Entry]:
    kind = suffix(source.name)
    if source.refusal:
        raise source.refusal
    if kind in CLOSED:
        return []
    raw = source.read()
    if kind != ".json":
        return _looked_for(raw)
    try:
        return [submission.read(raw)]
    except submission.SubmissionError as error:
        return _looked_for(raw) or [error]


def _looked_for(raw: bytes, is_part: bool = False) -> list[Entry]:
    """Return what hand-ins, whole or not, stand in bytes of any kind."""
    if not is_part:
        parts = (_looked_for(part, is_part=True) for part in parts_of(raw))
        if entries := [entry for found in parts for entry in found]:
            return entries
    text = text_of(raw)
    if text is None:
        return []
    if '"cells"' in text:
        return _in_notebook(text)
    entries = _in_text(text)
    return entries if _worth(entries)[0] else _in_journal(text) or entries


def _in_notebook(text: str) -> list[Entry]:
    """Return the hand-ins in a notebook; in one that is cut off, what is whole, and that it is."""
    if sum(map(text.count, ",[{")) > MANY_VALUES:
        raise Refused("too big", f"This notebook holds more than {MANY_VALUES:,} values.")
    try:
        notebook = json.loads(text)
        cells = _dicts(notebook["cells"])
    except (ValueError, RecursionError, TypeError, KeyError):
        cells = []
    if not cells:
        return [*_in_text(text), submission.SubmissionError(CUT_NOTEBOOK, "unreadable")]
    texts = (text for cell in cells for text in _texts(cell))
    return [entry for text in texts for entry in _in_text(text)]


def _in_text(text: str) -> list[Entry]:
    """Return the hand-ins in a text: pasted codes, or the file itself with things around it."""
    codes = submission.codes_in(text)
    if not codes or _unsound(codes):
        codes = max(codes, submission.codes_in(with_whole_codes(text)), key=_worth)
    if codes or len(text) > MOST or not FIELD.search(html.unescape(text)):
        return codes
    faults: list[Entry] = []
    for reading in readings(text):
        entries = [_read(each) for each in objects_in(reading) if "answers" in each]
        if entries and not _unsound(entries):
            return entries
        faults = faults or entries
    return faults or [fault("unreadable", "This file")]


def _worth(entries: list[Entry]) -> tuple[int, int]:
    return len(entries) - _unsound(entries), len(entries)


def _unsound(entries: list[Entry]) -> int:
    return sum(not isinstance(entry, dict) for entry in entries)


def _read(content: dict[str, Any]) -> Entry:
    try:
        return submission.read(json.dumps(content).encode("ascii"))
    except RecursionError:
        return fault("unreadable", "This file")
    except submission.SubmissionError as error:
        return error.with_traceback(None)


def _in_journal(text: str) -> list[Entry]:
    """Return what a journal holds as a hand-in with the time of its newest line."""
    try:
        lines = read_copy(text)
    except JournalError:
        if START not in text:
            return []
        raise Refused("journal", TORN) from None
    if damaged(text):
        raise Refused("journal", TORN)
    journal = Journal(os.devnull)
    journal.unsaved = lines
    if not (code := journal.answer(NAME)):
        raise Refused("journal", WITHOUT_CODE)
    content = {"v": VERSION, "kit": kit.__version__, "case": JOURNAL, "code": code}
    content |= {"time": max(map(moment, lines)), "answers": submission.answers_of(journal)}
    return [_read(content | {"hash": submission.hash_of(content)})]


def _texts(cell: dict) -> Iterator[str]:
    yield _joined(cell.get("source"))
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
