"""Where each sentence of a text begins and ends, and in which order a learner meets the texts.

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
