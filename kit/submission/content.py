"""What a hand-in holds, and reading it: whatever the bytes are, a sound content or one sentence.

A content is a dict: v (1), kit (version), case (title), code, time (UTC), answers (dict from
exercise id to {"answer": JSON, "attempts": how often it was changed}), and hash.

Of a name that stands twice in a file the last value counts, and the hash is of what was read. It
shows that a hand-in arrived as it was packed. It is no signature: whoever changes one on purpose
can compute a new hash.

As one line of text, to be pasted where no file can go, it is `kit-handin`, a colon, the content as
compressed JSON in base64, a colon, eight hex digits that add up the base64, and `:end-of-handin`.
Mail programs and forms break lines, quote them, put in spaces or markup: none of that stands in
base64, so it is taken out before such a line is looked for.
"""

import hashlib
import json
import re
import zlib
from datetime import datetime
from typing import Any

import kit
from kit.errors import KitError
from kit.journal.copies import compressed, decompressed
from kit.journal.lines import ID, TIME, is_plain, now, text, version_of

VERSION = 1
CODE = re.compile(r"[A-Za-z0-9-]{2,20}")
FIELDS = {"v", "kit", "case", "code", "time", "answers", "hash"}
MOST = 5_000_000  # bytes of one hand-in; a whole course has about 50,000
DEEPEST = 30  # levels of lists and dicts: 3 of ours, 7 of an id's parts, 20 of a value
LONGEST = 1_000  # characters of a title
OFTEN = 10**9  # changes of one exercise
NUMBERS = (int, float)

FAULTS = {
    "unreadable": "{} did not arrive whole, or it is no hand-in; ask for it again.",
    "changed": "{} is whole but changed: it is not what was packed; ask for it again.",
    "version": "{} was packed by a newer version of the kit; update the kit to read it.",
    "too big": f"{{}} holds more than {MOST:,} bytes, and no hand-in is that long; "
    "ask for the right one.",
    "broken line": "{} did not arrive whole: copy it once more, from “{}” to “{}”.",
    "newer line": "{} was made by a newer version of the kit: update the kit to read it.",
    "foreign line": "{} is of another case, “{}”, and does not count here.",
    "other layout": "{} is of another version of this course, and does not count here.",
}


class Content(dict):
    """A content that was read; packed: the same without its hash, as JSON in one line."""

    def __init__(self, fields: dict[str, Any], packed: str):
        super().__init__(fields)
        self.packed = packed


class SubmissionError(KitError):
    """A hand-in could not be packed or read; the message is one sentence.

    reason: a key of FAULTS where a hand-in could not be read; "" where it could not be packed.
    """

    def __init__(self, sentence: str, reason: str = ""):
        super().__init__(sentence)
        self.reason = reason


def fault(reason: str, *words: str) -> SubmissionError:
    """Return the SubmissionError of a reason (a key of FAULTS): words say what it is about."""
    return SubmissionError(FAULTS[reason].format(*words), reason)


def read(raw: bytes, what: str = "This file") -> Content:
    """Return the Content of one hand-in, whole and unchanged, from its bytes.

    Bytes may be in any of the encodings of JSON, with or without a byte order mark. Raises
    SubmissionError, and nothing else, whatever the bytes are; `what` begins its sentence.
    """
    if len(raw) > MOST:
        raise fault("too big", what)
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        raise fault("unreadable", what) from None
    if version_of(content) > VERSION:
        raise fault("version", what)
    if not (
        isinstance(content, dict) and set(content) == FIELDS and is_plain(content, DEEPEST, NUMBERS)
    ):
        raise fault("unreadable", what)
    packed, hash = _hashed(content)
    if content["hash"] != hash:
        raise fault("changed", what)
    if not _is_ours(content):
        raise fault("unreadable", what)
    return Content(content, packed)


def sealed(answers: dict[str, dict], title: str, code: str) -> dict[str, Any]:
    """Return the content of a hand-in packed now, under its hash; title: of the case.

    Raises SubmissionError for an answer that no hand-in can hold.
    """
    for id, answer in answers.items():
        if not is_plain(answer, DEEPEST, NUMBERS):
            raise SubmissionError(
                f"Your answer to {id} holds a number too large to hand in; change it first."
            )
    content = {"v": VERSION, "kit": kit.__version__, "case": title, "code": code}
    content |= {"time": now(), "answers": answers}
    return content | {"hash": hash_of(content)}


def checked(code: Any) -> str:
    """Return `code` if a hand-in can bear it; raise SubmissionError if not."""
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        message = "Choose a pen name of 2 to 20 letters (a-z), digits and hyphens, no spaces."
        raise SubmissionError(message)
    return code


def hash_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of `content`, without its hash, as JSON with sorted keys, in hex.

    The order of keys, the spacing and the encoding of a file do not count; 1, 1.0 and true differ.
    """
    return _hashed(content)[1]


def _hashed(content):
    """Return a content without its hash as text, and the hash of this text."""
    packed = text({field: value for field, value in content.items() if field != "hash"})
    return packed, hashlib.sha256(packed.encode("ascii")).hexdigest()


def _is_ours(content):
    """Tell whether every field is of its type; `content` has all fields and is plain."""
    titles = content["kit"], content["case"]
    try:
        datetime.fromisoformat(content["time"])
        return (
            version_of(content) == VERSION
            and all(title.encode() and len(title) <= LONGEST for title in titles)
            and CODE.fullmatch(content["code"]) is not None
            and TIME.fullmatch(content["time"]) is not None
            and all(_is_answer(id, entry) for id, entry in content["answers"].items())
        )
    except (AttributeError, TypeError, ValueError):  # another type, no date, half a character
        return False


def _is_answer(id, entry):
    return (
        ID.fullmatch(id) is not None
        and set(entry) == {"answer", "attempts"}
        and entry["answer"] is not None
        and type(entry["attempts"]) is int
        and 0 <= entry["attempts"] < OFTEN
    )


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
    body = compressed(text(content))
    return f"{START}{body}:{_sum(body)}{END}"


def codes_in(text: str) -> list[Content | SubmissionError]:
    """Return what each hand-in code in `text` holds, in order.

    Raises nothing. A text without any code gives an empty list.

    >>> codes_in("No code here."), codes_in("Sorry: kit-handin:eJw")[0].reason
    ([], 'unreadable')
    """
    if text.count(END) > MANY:
        return [SubmissionError(f"This text has more than {MANY:,} codes; divide it.", "too big")]
    cut_off = SubmissionError(CUT, "unreadable")
    found = pieces(WRAPPING.sub("", text), START, END)
    return [cut_off if body is None else _content(body) for body in found]


def pieces(text: str, start: str, end: str) -> list[str | None]:
    """Return what stands between each pair of marks in a text; None where one of them is alone.

    >>> pieces("of c<a>, <b<c>", "<", ">")
    ['a', None, 'c']
    """
    before, *rest = text.split(start, MANY)
    found: list[str | None] = [None] * before.count(end)
    for piece in rest:
        body, mark, after = piece.partition(end)
        found += [body if mark else None, *[None] * after.count(end)]
    return found


def _content(body):
    """Return what stands between START and END: the content or a SubmissionError."""
    if len(body) > MOST:
        return fault("too big", WHAT)
    parts = BODY.fullmatch(body)
    if not parts or _sum(parts[1]) != parts[2]:
        return fault("unreadable", WHAT)
    raw = decompressed(parts[1], MOST)
    try:
        return read(b"" if raw is None else raw, WHAT)
    except SubmissionError as error:
        return error.with_traceback(None)


def _sum(body):
    return f"{zlib.crc32(body.encode('ascii')):08x}"
