"""A hand-in as one line of text, to be pasted where no file can go, and found again in any text.

`kit-handin`, a colon, the content as compressed JSON in base64, a colon, eight hex digits that
add up the base64, and `:end-of-handin`. Mail programs and forms break lines, quote them, put in
spaces or markup: none of that stands in base64, so it is taken out before a code is looked for.
"""

import re
import zlib
from typing import Any

from kit.journal.copies import compressed, decompressed
from kit.journal.lines import text as packed
from kit.submission.content import MOST, Content, SubmissionError, fault, read

START, END = "kit-handin:", ":end-of-handin"
MANY = 100_000  # codes in one text
BODY = re.compile(r"([A-Za-z0-9+/]+={0,2}):([0-9a-f]{8})")
WRAPPING = re.compile(  # short tags of HTML, spaces and line ends, marks of quoted mail, and what
    r"</?[A-Za-z][^<>\n]{0,100}>|[\s>|\u00ad\u200b-\u200f\u2060\ufeff]+"  # has no width on a page
)
WHAT = "This line"
CUT = "This line is cut off: copy all of it, from its first word to its last, “end-of-handin”."


def as_code(content: dict[str, Any]) -> str:
    """Return the content of a hand-in as one line of text."""
    body = compressed(packed(content))
    return f"{START}{body}:{_sum(body)}{END}"


def codes_in(text: str) -> list[Content | SubmissionError]:
    """Return what each hand-in code in `text` holds, in order.

    Raises nothing. A text without any code gives an empty list.

    >>> codes_in("No code here."), codes_in("Sorry: kit-handin:eJw")[0].reason
    ([], 'unreadable')
    """
    if text.count(END) > MANY:
        return [SubmissionError(f"This text has more than {MANY:,} codes; divide it.", "too big")]
    before, *pieces = WRAPPING.sub("", text).split(START, MANY)
    cut_off = SubmissionError(CUT, "unreadable")
    contents: list[Content | SubmissionError] = [cut_off] * before.count(END)
    for piece in pieces:
        body, end, after = piece.partition(END)
        contents.append(_content(body) if end else cut_off)
        contents += [cut_off] * after.count(END)
    return contents


def _content(body):
    """Return what stands between START and END: the content or a SubmissionError."""
    if len(body) > MOST:
        return fault("too big", WHAT)
    parts = BODY.fullmatch(body)
    if not parts or _sum(parts[1]) != parts[2]:
        return fault("changed", WHAT)
    raw = decompressed(parts[1], MOST)
    try:
        return read(b"" if raw is None else raw, WHAT)
    except SubmissionError as error:
        return error.with_traceback(None)


def _sum(body):
    return f"{zlib.crc32(body.encode('ascii')):08x}"
