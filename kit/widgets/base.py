"""What every widget shares: style, escaped text, the case, the status line, the page's guard."""

import asyncio
import functools
import uuid
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from kit import data


class Page:
    """A piece of HTML with a plain-text stand-in for places that show no HTML."""

    def __init__(self, html: str, text: str):
        self.html = html
        self.text = text

    def _repr_html_(self):
        return f'{style()}<div class="kit">{self.html}</div>'

    def __repr__(self):
        """Say in one line what the page would show."""
        return self.text


@functools.cache
def style(file: str = "kit.css") -> str:
    """A style sheet of the kit, by default the one for all, as a `<style>` element."""
    return f"<style>{Path(__file__).with_name(file).read_text(encoding='utf-8')}</style>"


def sentence(text: str) -> Page:
    """A Page with one plain sentence."""
    return Page(f'<p class="kit-note" role="status">{escape(text)}</p>', text)


@functools.cache
def style_widget() -> ipywidgets.HTML:
    """The style sheet as a widget: one for all forms, so that a kernel sends it once."""
    return html(style(), "kit-style")


@functools.cache
def shared(kind: Callable, **traits: Any) -> Any:
    """One layout or style for all controls that look alike: each of its own costs a message."""
    return kind(**traits)


def html(markup: str, *classes: str) -> ipywidgets.HTML:
    """A piece of HTML as a widget; `markup` must be escaped where it quotes anything."""
    plain = shared(ipywidgets.Layout)
    look = shared(ipywidgets.HTML.style.klass)
    return ipywidgets.HTML(markup, layout=plain, style=look, _dom_classes=classes)


def later(seconds: float, do: Callable, *arguments: Any) -> Any:
    """Do something in a moment, or at once where no event loop runs; returns a timer or None."""
    try:
        return asyncio.get_running_loop().call_later(seconds, do, *arguments)
    except RuntimeError:  # no event loop to wait in
        return do(*arguments)


@functools.cache
def default_case() -> data.Case:
    """The course's own case, read once."""
    return data.load()


def in_words(date: str) -> str:
    """A date in words with its precision: "5 March 2000 (day)"; "" stays "".

    >>> in_words("2009-04"), in_words("2009-04/..")
    ('April 2009 (month)', 'no earlier than April 2009')
    """
    return data.span(date).full if date else ""


class Status(ipywidgets.HTML):
    """One line of words; `kit-live` on it lets the guard make it a status that is read aloud."""

    def __init__(self):
        super().__init__(_dom_classes=("kit-live", "kit-status-line"))

    def say(self, kind: str, mark: str, text: str) -> None:
        """Show a mark and words; `kind` (saved, empty, failed) only sets the colour.

        What is saved has no mark: a tick would be read as "right".
        """
        sign = f'<span aria-hidden="true">{mark}</span> ' if mark else ""
        self.value = f'<span class="kit-status kit-{kind}">{sign}{escape(text.strip())}</span>'

    def opened(self, begun: bool, empty: str, summary: str) -> None:
        """Say what was there when the form was built."""
        if begun:
            self.say("saved", "", f"Kept from before. {summary}")
        else:
            self.say("empty", "○", f"{empty} {summary}")

    def typing(self) -> None:
        """Say that the last keys are not kept yet; to be seen only, not to be heard."""
        message = "… Typing. Saved as soon as you pause."
        self.value = f'<span class="kit-status" aria-hidden="true">{message}</span>'

    def saved(self, summary: str) -> None:
        """Say that the journal holds what the control shows."""
        self.say("saved", "", f"Saved. {summary}")

    def refused(self, sentence: str) -> None:
        """Say why an entry cannot be read; nothing was written."""
        self.say("failed", "!", f"Not saved yet. {sentence}")

    def failed(self, sentence: str) -> None:
        """Say why the journal could not be written."""
        self.say("failed", "!", f"Not saved. {sentence}")


class LiveRegion(ipywidgets.HTML):
    """Words for those who listen: read aloud once nothing has changed for a moment."""

    MOMENT = 0.8  # seconds

    def __init__(self):
        super().__init__(_dom_classes=("kit-live", "kit-hidden"))
        self._timer = None

    def say(self, text: str) -> None:
        """Let this be heard, unless something newer comes within the moment."""
        if self._timer:
            self._timer.cancel()
        self._timer = later(self.MOMENT, self._tell, text)

    def _tell(self, text):
        self.value = escape(text)


class Guard(anywidget.AnyWidget):
    """A model without a view: its script works on the page as soon as the kernel names it.

    sign: a class of all forms of this kernel; by it the page finds those lost with the kernel.
    """

    _esm = Path(__file__).with_name("guard.js")
    _css = Path(__file__).with_name("guard.css")
    sign = traitlets.Unicode().tag(sync=True)

    def __init__(self):
        super().__init__(sign=f"kit-of-{uuid.uuid4().hex}")


@functools.cache
def guard() -> Guard:
    """Put the guard on the page; one for each kernel."""
    return Guard()
