"""The words of a saved page: scripts and styles go, the words stay as they are printed.

A text file is taken as it is. Its bytes are read as UTF-8, or else as Windows-1252; a page says
itself in which letters it is written. Every line ends in one newline, as in the course's texts.
"""

import re
from collections import Counter
from pathlib import PurePath
from typing import NamedTuple

from kit.errors import KitError
from kit.words import plural

NO_WORDS = {
    "script": "script", "style": "style sheet", "noscript": "note for pages without scripts",
    "template": "template", "iframe": "frame", "svg": "drawing", "img": "picture",
    "object": "object", "video": "video", "audio": "sound",
}  # fmt: skip
LINES = {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
NO_PARSER = (
    "A saved page cannot be read here because beautifulsoup4 is not installed; install it with "
    "pip, or save the page as a .txt file."
)
PAGES = (".html", ".htm", ".xhtml")


class SavedPage(NamedTuple):
    """The words of a saved file, the title it gives, and a sentence on what was taken out."""

    text: str
    title: str
    told: str


def read_page(name: str, content: bytes) -> SavedPage:
    """Return what a saved file holds; name: the file's, which says whether it is a page.
    Raises KitError where the parser for pages is missing.

    >>> read_page("a.html", b"<title>T</title><p>He <b>asked</b>.</p><script>x()</script>")
    SavedPage(text='He asked.\\n', title='T', told='1 script was taken out; 2 words stay.')
    >>> read_page("a.txt", b"He asked.")
    SavedPage(text='He asked.', title='', told='Nothing was taken out; 2 words stay.')
    """
    if PurePath(name).suffix.lower() in PAGES:
        return _words_of(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SavedPage(text, "", _told(Counter(), text))


def _words_of(content: bytes) -> SavedPage:
    try:
        from bs4 import BeautifulSoup
        from bs4.element import PreformattedString  # remarks, and what is said to machines
    except ImportError:
        raise KitError(NO_PARSER) from None

    soup = BeautifulSoup(content, "html.parser")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    out = Counter(tag.name for tag in soup.find_all(list(NO_WORDS)))
    for tag in soup.find_all([*NO_WORDS, "title", "head"]):
        tag.decompose()
    for string in soup.find_all(string=True):
        if isinstance(string, PreformattedString):
            string.extract()
        elif not string.find_parent("pre"):  # elsewhere the end of a line is a space
            string.replace_with(re.sub(r"\s+", " ", string))
    for tag in soup.find_all(list(LINES)):
        tag.insert_before("\n")
        tag.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    text = "".join(f"{line}\n" for line in lines if line)
    return SavedPage(text, title, _told(out, text))


def _told(out: Counter[str], text: str) -> str:
    words = plural(len(text.split()), "word")
    gone = ", ".join(plural(count, NO_WORDS[name]) for name, count in out.items())
    were = "was" if sum(out.values()) == 1 else "were"
    return f"{gone or 'Nothing'} {were if gone else 'was'} taken out; {words} stay."
