"""A panel: one question about a class, and what answers it: picture, sentences, numbers."""

from typing import NamedTuple


class Panel(NamedTuple):
    """One part of the report, in the order in which a reader meets its parts.

    id: for links; small letters, digits and hyphens, such as "sharper".
    title: a question, such as "Did they get sharper?".
    sentences: plain sentences (str) that follow from the numbers; they stand under the picture.
    picture: a function without arguments that draws and returns a matplotlib Axes on a figure of
        its own, a teach.report.page.Picture, or None.
    alt: what the picture shows, in words; needed where there is a picture.
    table: a pandas DataFrame or None. Its first column names the rows, or its index if that is
        more than a count of the rows. A cell that is missing (<NA>, None, nan) is a hidden one.
    table_caption: what the table holds; without it the title stands over the table.
    notes: small print (str): method, source, what it does not cover.
    """

    id: str
    title: str
    sentences: tuple = ()
    picture: object | None = None
    alt: str = ""
    table: object | None = None
    table_caption: str = ""
    notes: tuple = ()


def empty(id, title, why):
    """Return a Panel that says in one sentence (`why`) that there is nothing to show.

    >>> empty("sharper", "Did they get sharper?", "Nobody answered the post-test.").sentences
    ('Nobody answered the post-test.',)
    """
    return Panel(id, title, (why,))
