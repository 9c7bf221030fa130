"""Searching the record, and how one of its rows looks on the page."""

import functools
import re
from collections import Counter
from html import escape

from kit import data
from kit.widgets.page import in_words

SEARCHED = ("record_id", "who", "witness", "what_happened", "short_quote", "kind", "source_title")
DATES = ("event_date", "told_date")
MARKS = re.compile(r"[^\w'-]+")  # what stands between words: spaces, commas, quotation marks
BETWEEN = re.compile(r" to | and | for |[;()]")  # what stands between the names in `who`
VERIFICATION = {
    "verified": "✓ Verified: we saw a page that says so.",
    "in part": "◐ Verified in part: see how much was seen, and the note.",
    "unverified": "⚠ Unverified: we saw no page that says so and can be linked.",
}


def search(rows, words="", first="", last="", who=""):
    """Rows in which every word occurs, of this person, with an event or telling in the years.

    words: in any order; commas and quotation marks do not count, dates are as shown.
    first, last: years as text, "" for no limit. who: a name as in `names`, "" for all.

    >>> [r["record_id"] for r in search(data.load().rows("record"), "molotov note", "1954", "1954")]
    ['R03']
    """
    wanted = [word.strip("'-") for word in _plain(words).split()]
    return [
        row
        for row in rows
        if (not who or who in _names(row))
        and (not (first or last) or any(_falls(row[date], first, last) for date in DATES))
        and _has(row, wanted)
    ]


def names(rows):
    """Who the records are of, with their number: [("Vladimir Putin", 3), …], the most first.

    >>> names(data.load().rows("record"))[0][0]
    'Vladimir Putin'
    """
    found = Counter(name for row in rows for name in _names(row))
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _names(row):
    """The names in `who` and `witness`; what follows a comma is a place or an office.

    A name has no small word in it: "NATO foreign ministers" is left to the box for words.
    """
    pieces = [*BETWEEN.split(row["who"]), row["witness"]]
    plain = (piece.partition(",")[0].strip().removeprefix("the ") for piece in pieces)
    return {name for name in plain if name and all(word[0].isupper() for word in name.split())}


def told_only(row, first, last):
    """True when a record falls into the years by the date it was told, not by the event's."""
    return bool(first or last) and not _falls(row["event_date"], first, last)


def _has(row, wanted):
    if not wanted:
        return True
    text = _searched(*(row[column] for column in (*DATES, *SEARCHED)))
    return all(word in text for word in wanted)


@functools.lru_cache(maxsize=1024)
def _searched(event_date, told_date, *texts):
    """The text of one row, made ready once: every key typed searches all of them."""
    return _plain(" ".join([*texts, in_words(event_date), in_words(told_date)]))


def _plain(text):
    """Text for searching: small letters, straight apostrophes, no other marks."""
    return MARKS.sub(" ", text.casefold().replace("’", "'"))


def _falls(date, first, last):
    if not date:
        return False
    span = data.span(date)
    return (not first or span.end.year >= int(first)) and (not last or span.start.year <= int(last))


def years(rows):
    """The first and the last year (text) that a date of the rows names; "" where there is none.

    >>> years([{"event_date": "1954-03", "told_date": "2000/.."}])
    ('1954', '2000')
    """
    known = [data.span(row[date]).known for row in rows for date in DATES if row[date]]
    if not known:
        return "", ""
    ends = min(span.start for span in known), max(span.end for span in known)
    return tuple(str(end.year) for end in ends)


def is_year(text):
    """True for four digits."""
    return len(text.strip()) == 4 and text.strip().isdecimal()


def shown(row, *notes):
    """One record as HTML: date with its precision, who, what, quote, and how far it is verified.

    notes: plain sentences that stand first.
    """
    quote = f" “{escape(row['short_quote'])}”" if row["short_quote"] else ""
    told = f" Told: {escape(in_words(row['told_date']))}." if row["told_date"] else ""
    source = escape(row["source_title"])
    if row["source_url"].startswith(("https://", "http://")):
        link = escape(row["source_url"])
        source = f'<a href="{link}" target="_blank" rel="noopener noreferrer">{source}</a>'
    first = f'<p class="kit-saved">{escape(" ".join(notes))}</p>' if notes else ""
    return (
        f"{first}<p><strong>{escape(row['record_id'])} · {escape(in_words(row['event_date']))}"
        f"</strong> · {escape(row['who'])}</p><p>{escape(row['what_happened'])}{quote}</p>"
        f'<p class="kit-note">{_verified(row["verification"])} '
        f"{escape(row['kind'].capitalize())}: {source}.{told}{_seen(row)}{_noted(row)}</p>"
    )


def _verified(word):
    """What a word for verification means; another case may have words of its own."""
    return VERIFICATION.get(word, f"{escape(word.capitalize())}.")


def _seen(row):
    return f" How much was seen: {escape(row['seen_as'])}." if row["seen_as"] else ""


def _noted(row):
    return f" Note: {escape(row['notes'])}" if row["notes"] else ""
