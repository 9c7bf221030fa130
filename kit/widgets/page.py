"""What every widget shares on the page: the style, escaped text, and the case it belongs to."""

import asyncio
import functools
from html import escape
from pathlib import Path

import ipywidgets

from kit import data


class Page:
    """A piece of HTML with a plain-text stand-in for places that show no HTML."""

    def __init__(self, html, text):
        self.html = html
        self.text = text

    def _repr_html_(self):
        return f'{style()}<div class="kit">{self.html}</div>'

    def __repr__(self):
        """Say in one line what the page would show."""
        return self.text


@functools.cache
def style(file="kit.css"):
    """A style sheet of the kit, by default the one for all, as a `<style>` element (str)."""
    return f"<style>{Path(__file__).with_name(file).read_text(encoding='utf-8')}</style>"


def sentence(text):
    """A Page with one plain sentence."""
    return Page(f'<p class="kit-note" role="status">{escape(text)}</p>', text)


@functools.cache
def style_widget():
    """The style sheet as a widget: one for all forms, so that a kernel sends it once."""
    return html(style(), "kit-style")


@functools.cache
def shared(kind, **traits):
    """One layout or style for all controls that look alike: each of its own costs a message."""
    return kind(**traits)


def html(markup, *classes):
    """An ipywidgets HTML widget; `markup` must be escaped where it quotes anything."""
    plain = shared(ipywidgets.Layout)
    look = shared(ipywidgets.HTML.style.klass)
    return ipywidgets.HTML(markup, layout=plain, style=look, _dom_classes=classes)


def later(seconds, do, *given):
    """Do something in a moment, or at once where no event loop runs; returns a timer or None."""
    try:
        return asyncio.get_running_loop().call_later(seconds, do, *given)
    except RuntimeError:  # no event loop to wait in
        return do(*given)


@functools.cache
def default_case():
    """The course's own case, read once."""
    return data.load()


def in_words(date):
    """A date in words with its precision: "5 March 2000 (day)"; "" stays "".

    >>> in_words("2009-04"), in_words("2009-04/..")
    ('April 2009 (month)', 'no earlier than April 2009')
    """
    return data.span(date).full if date else ""
