"""Where each sentence of a text begins and ends; how texts are told apart, and in which order met.

The rule for sentences is small and always gives the same answer: every line ends a sentence, so a
heading counts as one; inside a line a sentence ends at . ! or ? before a space and a
capital, a figure or an opening mark. It does not end inside a quotation, after an
initial or a short form (U.S., Indep.), or after a number that opens the line (1. …).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

SHORT_FORMS = {"Dr", "Indep", "Jr", "Mr", "Mrs", "Ms", "No", "Prof", "Sr", "St", "vs"}
_LINE = re.compile(r"\S(?:.*\S)?")
_STOP = re.compile(r"([.!?]+[”’\"')\]]*)\s+(?=[“‘\"'(\[]?[A-Z0-9])")
_SHORT = re.compile(r"\b(?:[A-Z]|\w\.\w|" + "|".join(sorted(SHORT_FORMS)) + r")\.$")


class Sentence(NamedTuple):
    """One sentence: number from 1, offsets in characters, `text == whole[start:end]`."""

    number: int
    start: int
    end: int
    text: str


class Look(NamedTuple):
    """How a text is known wherever it stands: its colour, and its marker as Matplotlib names it.

    path: the same shape for a page, an SVG path in a box of 12 by 12.
    """

    colour: str
    marker: str
    path: str


LOOKS = (  # Okabe-Ito, dark ones first
    Look("#0072B2", "o", "M1.5 6a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"),
    Look("#D55E00", "^", "M6 1L11 10.5H1z"),
    Look("#009E73", "s", "M2 2h8v8H2z"),
    Look("#CC79A7", "D", "M6 .8L11.2 6L6 11.2L.8 6z"),
    Look("#000000", "P", "M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z"),
    Look("#56B4E9", "v", "M6 11L1 1.5h10z"),
    Look("#E69F00", "p", "M6 1L11 4.7L9.1 10.7H2.9L1 4.7z"),
)


def look(text_id: str, texts: Iterable[str]) -> Look:
    """Return the Look of a text: the place that its id has among `texts` decides.

    >>> look("blog", ["forum", "blog"]).colour
    '#D55E00'
    """
    return LOOKS[list(texts).index(text_id) % len(LOOKS)]


@cache
def split(text: str) -> tuple[Sentence, ...]:
    """Split a text into its sentences; headings count as sentences.

    >>> [s.text for s in split("A title\\nHe met U.S. President Roe. Nothing came of it [1] [2].")]
    ['A title', 'He met U.S. President Roe.', 'Nothing came of it [1] [2].']
    """
    bounds = [pair for line in _LINE.finditer(text) for pair in _in_line(line)]
    return tuple(Sentence(n, a, b, text[a:b]) for n, (a, b) in enumerate(bounds, start=1))


def _in_line(line: re.Match) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(line[0]):
        if _ends(line[0][start : stop.end(1)], at_line_start=start == 0):
            yield line.start() + start, line.start() + stop.end(1)
            start = stop.end()
    yield line.start() + start, line.end()


def _ends(sentence: str, at_line_start: bool) -> bool:
    in_quotation = sentence.count("“") > sentence.count("”") or sentence.count('"') % 2
    numbered = at_line_start and re.fullmatch(r"\d+\.", sentence)
    return not (in_quotation or numbered or _SHORT.search(sentence))


def drawn_order(texts: Iterable[str], code: str) -> list[str]:
    """Return the ids of the texts in the order drawn from a learner's code.

    Two neighbours see other orders, and each learner the same one again, on any machine: texts are
    sorted by the SHA-256 of code (in small letters) and id, so every order is about as likely.

    >>> drawn_order(["forum", "blog", "news"], "blue-tiger-7")
    ['news', 'forum', 'blog']
    """
    return sorted(texts, key=lambda id: hashlib.sha256(f"{code.casefold()}/{id}".encode()).digest())


def is_order(answer: Any, texts: Iterable[str]) -> bool:
    """Tell whether a JSON value is a list that holds the id of each text once."""
    is_ids = isinstance(answer, list) and all(isinstance(id, str) for id in answer)
    return is_ids and sorted(answer) == sorted(texts)
