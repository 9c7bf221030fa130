"""Searching the record, and how one of its rows looks on the page."""

import re
from html import escape

from kit import data
from kit.widgets.page import in_words

SEARCHED = ("record_id", "who", "what_happened", "short_quote", "kind", "source_title")
MARKS = re.compile(r"[^\w'-]+")  # what stands between words: spaces, commas, quotation marks
VERIFICATION = {
    "verified": "✓ Verified: a page stating it was seen.",
    "in part": "◐ Verified in part: see how much was seen, and the note.",
    "unverified": "⚠ Unverified: no page that can be linked was seen to state this.",
}


def search(rows, words="", first="", last=""):
    """Rows in which every word occurs and whose event may fall into the years.

    words: in any order; commas and quotation marks do not count, dates are as shown.
    first, last: years as text, "" for no limit.

    >>> [r["record_id"] for r in search(data.load().rows("record"), "molotov note", "1954", "1954")]
    ['R03']
    """
    wanted = [word.strip("'-") for word in _plain(words).split()]
    return [row for row in rows if _has(row, wanted) and _within(row["event_date"], first, last)]


def _has(row, wanted):
    dates = in_words(row["event_date"]), in_words(row["told_date"])
    text = _plain(" ".join([*(row[column] for column in SEARCHED), *dates]))
    return all(word in text for word in wanted)


def _plain(text):
    """Text for searching: small letters, straight apostrophes, no other marks."""
    return MARKS.sub(" ", text.casefold().replace("’", "'"))


def _within(date, first, last):
    if not date:
        return not (first or last)
    span = data.span(date)
    return (not first or span.end.year >= int(first)) and (not last or span.start.year <= int(last))


def is_year(text):
    """True for four digits."""
    return len(text.strip()) == 4 and text.strip().isdecimal()


def shown(row):
    """One record as HTML: date with its precision, who, what, quote, and how far it is verified."""
    quote = f" “{escape(row['short_quote'])}”" if row["short_quote"] else ""
    told = f" Told: {escape(in_words(row['told_date']))}." if row["told_date"] else ""
    source = escape(row["source_title"])
    if row["source_url"].startswith(("https://", "http://")):
        link = escape(row["source_url"])
        source = f'<a href="{link}" target="_blank" rel="noopener noreferrer">{source}</a>'
    return (
        f"<p><strong>{escape(row['record_id'])} · {escape(in_words(row['event_date']))}</strong> · "
        f"{escape(row['who'])}</p><p>{escape(row['what_happened'])}{quote}</p>"
        f'<p class="kit-note">{VERIFICATION[row["verification"]]} '
        f"{escape(row['kind'].capitalize())}: {source}.{told}{_seen(row)}{_noted(row)}</p>"
    )


def _seen(row):
    return f" How much was seen: {escape(row['seen_as'])}." if row["seen_as"] else ""


def _noted(row):
    return f" Note: {escape(row['notes'])}" if row["notes"] else ""
