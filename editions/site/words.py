"""Markdown as HTML: headings that can be linked to, links between pages instead of notebooks."""

import re
from html import escape

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from kit.charts.figure import SIDEWAYS

NOTEBOOK = re.compile(r"([^/:]+)\.ipynb(#.*)?")
STAYS = re.compile(r"https?://.*|#.*|[^/:]+\.html(#.*)?")  # a link to any other file becomes words


class Words(IPythonRenderer):
    """Turns Markdown into the HTML of a page that stands beside others."""

    def heading(self, text, level, **_attributes):
        """Return a heading with an id made of its words."""
        return f'<h{level} id="{named(text)}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        """Return a link to another page, or only its words where the site has no such page."""
        url = NOTEBOOK.sub(r"\1.html\2", url)
        return super().link(text, url, title) if STAYS.fullmatch(url) else text

    def table(self, text):
        """Return a table that scrolls by itself where the page is narrow."""
        return f"{SIDEWAYS.format('Table')}<table>\n{text}</table></div>\n"


def in_html(markdown):
    r"""Return Markdown as HTML (str).

    >>> in_html("See [the next](02_b.ipynb) and [how](../data/README.md).")
    '<p>See <a href="02_b.html">the next</a> and how.</p>\n'
    """
    return MarkdownWithMath(renderer=Words(escape=False)).render(markdown)


def named(heading):
    """Return the id of a heading.

    >>> named("Predict <em>before</em> you read (2 points)")
    'predict-before-you-read-2-points'
    """
    return re.sub(r"\W+", "-", re.sub("<[^>]*>", "", heading).casefold()).strip("-")


def headings(markdown):
    """Return (id, words) of each heading of the second level."""
    found = re.findall(r"^## (.*)$", markdown, flags=re.MULTILINE)
    return [(named(text), escape(text)) for text in found]
