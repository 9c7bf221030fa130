"""Small pieces of text and HTML that every part writes alike."""

from collections.abc import Iterable
from difflib import get_close_matches


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun; `nouns` is the plural where it does not just end in -s.

    >>> plural(1, "text"), plural(0, "text"), plural(2, "witness", "witnesses")
    ('1 text', '0 texts', '2 witnesses')
    """
    return f"1 {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"


def minus(number: str) -> str:
    """Return a written number with a true minus sign in place of its hyphen.

    >>> minus(f"{-0.5:+.2f}")
    '−0.50'
    """
    return number.replace("-", "−")


def suggestion(word: object, known: Iterable[str]) -> str:
    """Return a sentence with the known words that `word` may stand for, or with all there are.

    >>> suggestion("records", ["record", "claims"]), suggestion("x", ["record", "claims"])
    ('Did you mean record?', 'There are: record, claims.')
    """
    names = list(known)
    close = get_close_matches(str(word), names, n=3)
    return f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(names)}."


def html_table(
    head: Iterable[str],
    rows: Iterable[Iterable[str]],
    caption: str = "",
    named_rows: bool = False,
    css: str = "",
) -> str:
    """Return an HTML table; everything given is HTML already, so escape what comes from outside.

    named_rows: the first cell of each row is its heading. css: the class of the table.

    >>> html_table(["text", "words"], [["blog", "250"]], named_rows=True)[-62:]
    '<tr><th scope="row">blog</th><td>250</td></tr></tbody></table>'
    """
    top = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in head)
    body = "".join(f"<tr>{_cells(list(row), named_rows)}</tr>" for row in rows)
    title = f"<caption>{caption}</caption>" if caption else ""
    start = f'<table class="{css}">' if css else "<table>"
    return f"{start}{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: list[str], named_rows: bool) -> str:
    first = [f'<th scope="row">{row[0]}</th>'] if named_rows else []
    return "".join([*first, *(f"<td>{cell}</td>" for cell in row[len(first) :])])
