"""Text as it was before mail, a form or a page changed it: readings to try, one after the other.

A reading is only tried. What is read from one is a hand-in only if its own sum or hash says so, so
that no guess made here can become an answer that nobody gave.

Seen in mail and on pages: soft line ends and `=3D` (quoted-printable, RFC 2045), lines broken and
quoted with `>`, letters as `&#43;` or `%2B`, tags of any length around parts of a word, hyphens
turned into dashes, straight quotation marks into curly ones, spaces that do not break or have no
width, a capital at the start of a line, Markdown's marks and fences.
"""

import base64
import gzip
import html
import io
import json
import quopri
import re
import zlib
from collections.abc import Iterator
from typing import Any

from kit.submission.content import END, MOST, START, WRAPPING

MAIL = re.compile(rb"\s*(?:From|Received|Return-Path|Delivered-To|MIME-Version|Subject|Date): \S")
TAG = re.compile(r"</?[A-Za-z][^<>]{0,5000}>")
WIDTHLESS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"') | {0xA0: " "}
PERCENT = re.compile(r"%([2-7][0-9A-Fa-f])")
QUOTED = re.compile(r"^[>|][> |]*", re.MULTILINE)
BASE64 = re.compile(rb"[A-Za-z0-9+/\s]{60,}={0,2}")
BODY = re.compile(r"[^A-Za-z0-9+/=:]+")
TRIES = 10  # places in a text where an object may begin


def parts_of(raw: bytes) -> Iterator[bytes]:
    """Yield what is in a mail, a gzip or base64 that holds something else; nothing of other bytes.

    >>> list(parts_of(base64.b64encode(b'{"v": 1}' * 20)))[0][:8]
    b'{"v": 1}'
    """
    if raw.startswith(b"\x1f\x8b"):
        try:
            yield gzip.GzipFile(fileobj=io.BytesIO(raw)).read(MOST + 1)
        except (EOFError, OSError, zlib.error):
            return
    elif len(raw) > 2 * MOST:
        return
    elif MAIL.match(raw):
        from email import message_from_bytes  # takes a while to load, and few hand in a mail

        message = message_from_bytes(raw)
        for part in message.walk():
            payload = None if part.is_multipart() else part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield _unpacked(payload) if BASE64.fullmatch(payload.strip()) else payload
    elif BASE64.fullmatch(raw.strip()):
        yield _unpacked(raw)


def _unpacked(text: bytes) -> bytes:
    """Return what is packed in base64, as far as it goes if that is cut off."""
    signs = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    return base64.b64decode(signs[: len(signs) - (len(signs) % 4 == 1)] + b"==")


def text_of(raw: bytes) -> str | None:
    """Return the text that bytes hold, in any encoding of JSON; None if they are no text.

    >>> text_of("é".encode("utf-16")), text_of(b"\\x89PNG\\x00\\x01")
    ('é', None)
    """
    encoding = json.detect_encoding(raw)
    if encoding == "utf-8" and b"\0" in raw[:4000]:
        return None
    text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
    return None if "\0" in text[:4000] else text


def with_whole_codes(text: str) -> str:
    """Return a text in which the lines made for pasting are as they were packed.

    >>> with_whole_codes("Kit\u2011handin:ab=\\n<b>c</b>d=3D:0f:end\u2013of-handin!")
    'kit-handin:abcd=:0f:end-of-handin!'
    """
    text = html.unescape(TAG.sub("", without_soft_ends(text)))
    text = PERCENT.sub(lambda found: chr(int(found[1], 16)), text)
    text = WRAPPING.sub("", text.translate(DASHES))
    for word in (START, END):
        text = re.sub(re.escape(word), word, text, flags=re.IGNORECASE)
    before, *pieces = text.split(START)
    bodies = (piece.partition(END) for piece in pieces)
    return before + "".join(
        f"{START}{BODY.sub('', body)}{end}{after}" for body, end, after in bodies
    )


def readings(text: str) -> Iterator[str]:
    """Yield a text and what it may have been, the least changed first; each is another one."""
    plain = html.unescape(TAG.sub("", text))
    soft = without_soft_ends(text)
    straight = WIDTHLESS.sub("", html.unescape(TAG.sub("", soft))).translate(QUOTES)
    unquoted = QUOTED.sub("", straight)
    joined = (re.sub(r"\r?\n", with_, unquoted) for with_ in ("", " "))
    yield from dict.fromkeys([text, soft, plain, straight, unquoted, *joined])


def without_soft_ends(text: str) -> str:
    """Return a text as it was before quoted-printable, if it looks like that."""
    if not re.search(r"=\r?\n|=3D", text):
        return text
    raw = text.encode("utf-8", "surrogatepass")
    return quopri.decodestring(raw).decode("utf-8", "replace")


def objects_in(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects that stand in a text, whatever is around them.

    >>> list(objects_in('Hello {you}: ```json\\n{"v": 1}\\n``` Bye'))
    [{'v': 1}]
    """
    place, decoder = text.find("{"), json.JSONDecoder()
    for _ in range(TRIES):
        if place < 0:
            return
        try:
            found, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            yield found
        place = text.find("{", end)
