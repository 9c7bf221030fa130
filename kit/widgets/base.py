"""What every widget shares: style, escaped text, the case, small controls, the page's guard."""

import asyncio
import functools
import re
import threading
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
import traitlets
from IPython import get_ipython

from kit import data

try:
    from anywidget import AnyWidget
except ImportError:

    class AnyWidget(ipywidgets.VBox):  # type: ignore[no-redef]
        """Where there is no anywidget: shows nothing, and what stands in for it is shown."""


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
    return f"<style>{joined(file)}</style>"


def sentence(text: str) -> Page:
    """A Page with one plain sentence."""
    return Page(f'<p class="kit-note" role="status">{escape(text)}</p>', text)


def joined(*files: str) -> str:
    """The text of files beside this one, one after the other: a widget's script, or its styles."""
    return "\n".join(Path(__file__).with_name(f).read_text(encoding="utf-8") for f in files)


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

    def typing(self) -> None:
        """Say that the last keys are not kept yet; to be seen only, not to be heard."""
        message = "… Typing. Saved as soon as you pause."
        self.value = f'<span class="kit-status" aria-hidden="true">{message}</span>'

    def saved(self, summary: str, what: str = "Saved.") -> None:
        """Say that the journal holds what the control shows."""
        self.say("saved", "", f"{what} {summary}")

    def failed(self, sentence: str, what: str = "Not saved.") -> None:
        """Say why nothing was written: the entry cannot be read, or the journal cannot."""
        self.say("failed", "!", f"{what} {sentence}")


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


class Guard(AnyWidget):
    """A model without a view: its script works on the page as soon as the kernel names it.

    sign: a class of all forms of this kernel; by it the page finds those lost with the kernel.
    runs: the script says that it does. silent: it has not said so for PATIENCE seconds.
    """

    PATIENCE = 20
    _esm = Path(__file__).with_name("guard.js")
    _css = Path(__file__).with_name("guard.css")
    sign = traitlets.Unicode().tag(sync=True)
    runs = traitlets.Bool().tag(sync=True)
    silent = traitlets.Bool()

    def __init__(self):
        super().__init__(sign=f"kit-of-{uuid.uuid4().hex}")
        self.silent = isinstance(self, ipywidgets.VBox)
        with suppress(RuntimeError):  # no event loop, so no page
            asyncio.get_running_loop().call_later(self.PATIENCE, self._listen)

    @traitlets.observe("runs")
    def _listen(self, _change: Any = None) -> None:
        self.silent = not self.runs


@functools.cache
def guard() -> Guard:
    """Put the guard on the page; one for each kernel."""
    hear_in_one_thread(getattr(get_ipython(), "kernel", None))
    return Guard()


def stand_in(parent: Any, scripted: Any, plain: Callable[[], Any]) -> Any:
    """Show in `parent` what `plain` makes for `scripted` while no script runs; returns `parent`."""
    made = functools.cache(plain)

    def look(_change: Any = None) -> None:
        old, new = (scripted, made()) if guard().silent else (made(), scripted)
        parent.children = [new if child is old else child for child in parent.children]

    guard().observe(look, "silent")
    if guard().silent:
        look()
    return parent


class NumberBox(ipywidgets.Text):
    """A box for the numbers of those sentences of a text that have one tag in `marked.value`."""

    def __init__(self, label: str, marked: Any, start: str, tag: str) -> None:
        """start: what stands before the number in the ids of the sentences, such as "forum/"."""
        super().__init__(
            description=label,
            placeholder="numbers of sentences, for example 3, 7",
            continuous_update=False,
            layout=shared(ipywidgets.Layout, width="auto"),
            style=shared(ipywidgets.Text.style.klass, description_width="initial"),
        )
        self.marked, self.start, self.tag = marked, start, tag
        marked.observe(self._show, "value")
        self._show()
        self.observe(self._take, "value")

    def _ids(self) -> list[str]:
        marks = self.marked.value.items()
        return [id for id, tag in marks if tag == self.tag and id.startswith(self.start)]

    def _show(self, _change: Any = None) -> None:
        self.value = ", ".join(id.removeprefix(self.start) for id in self._ids())

    def _take(self, change: dict) -> None:
        marks = {self.start + number: self.tag for number in re.findall(r"\d+", change["new"])}
        others = {id: tag for id, tag in self.marked.value.items() if id not in self._ids()}
        self.marked.value = others | marks
        self._show()  # without what is no sentence


def hear_in_one_thread(kernel: Any) -> None:
    """Let the thread that runs the cells handle all that the page says, as before ipykernel 7.

    Since then JupyterLab has a second thread (a subshell) handle it beside the cells, and forms
    change under each other's hands. docs/upstream.md has the smallest cases.
    """
    if getattr(kernel, "shell_channel_thread", None):
        for kind in ("comm_open", "comm_msg", "comm_close"):
            handle = kernel.shell_handlers[kind]
            kernel.shell_handlers[kind] = functools.partial(_in_main_thread, kernel, handle)


def _in_main_thread(kernel: Any, handle: Callable, *message: Any) -> None:
    if threading.current_thread() is threading.main_thread():
        handle(*message)
        # The page sends no more before it hears of this; ipykernel 7.4 does not always tell it.
        for status in ("idle", "busy"):
            kernel._publish_status(status, "shell")
        return
    done = threading.Event()

    def take_up() -> None:
        try:
            handle(*message)
        finally:
            done.set()

    kernel.io_loop.add_callback(take_up)
    done.wait()  # what comes next may build on it


CHOOSE = ("– choose –", "")  # first entry of every drop-down list: nothing chosen


def named(label: str, context: str = "") -> str:
    """A control's visible label; `context` is heard by screen readers but not shown."""
    hidden = f'<span class="kit-hidden">{escape(context)}: </span>' if context else ""
    return hidden + escape(label)


def dropdown(label: str, options: Iterable[tuple], context: str = "") -> ipywidgets.Dropdown:
    """A drop-down list of (text, value) pairs with nothing chosen."""
    return control(ipywidgets.Dropdown, label, context, options=[CHOOSE, *options], value="")


def entry(label: str, placeholder: str = "", context: str = "") -> ipywidgets.Text:
    """A one-line text box."""
    return control(ipywidgets.Text, label, context, placeholder=placeholder)


def radio(label: str, options: Iterable[tuple], context: str = "") -> ipywidgets.RadioButtons:
    """Radio buttons with none chosen."""
    return control(ipywidgets.RadioButtons, label, context, options=options, value=None)


def control(kind: Any, label: str, context: str = "", **traits: Any) -> Any:
    """A control of an ipywidgets kind, as wide as its place, with its whole name beside it."""
    return kind(
        description=named(label, context),
        description_allow_html=True,
        layout=shared(ipywidgets.Layout, width="auto"),
        style=shared(kind.style.klass, description_width="initial"),
        **traits,
    )


def button(label: str, pressed: Callable[[], Any], *classes: str) -> ipywidgets.Button:
    """A button; `pressed` is called without arguments."""
    made = ipywidgets.Button(
        description=label,
        layout=shared(ipywidgets.Layout, width="auto"),
        style=shared(ipywidgets.Button.style.klass),
        _dom_classes=classes,
    )
    made.on_click(lambda _: pressed())
    return made


def box(kind: str, *children: ipywidgets.Widget) -> ipywidgets.VBox:
    """Widgets one below another; kind: the classes by which the style sheet knows them."""
    layout = shared(ipywidgets.Layout)
    return ipywidgets.VBox(children, layout=layout, _dom_classes=kind.split())


def group(heading: ipywidgets.Widget, *controls: ipywidgets.Widget) -> ipywidgets.VBox:
    """A question with the controls that answer it; the guard names the group by its heading."""
    return box("kit-group kit-item", heading, *controls)


class Parts(ipywidgets.VBox):
    """Several controls that make one answer; `value` is a dict name -> control value."""

    value = traitlets.Dict()

    def __init__(self, parts: dict[str, Any], kind: str = "kit-parts") -> None:
        layout = shared(ipywidgets.Layout)
        super().__init__(tuple(parts.values()), layout=layout, _dom_classes=(kind,))
        self.parts = parts
        self._blank = {name: control.value for name, control in parts.items()}
        self._spreading = False
        self.value = dict(self._blank)
        for control in parts.values():
            control.observe(self._gather, "value")

    def _gather(self, _change: dict) -> None:
        if not self._spreading:
            self.value = {name: control.value for name, control in self.parts.items()}

    @traitlets.validate("value")
    def _complete(self, proposal: dict) -> dict:
        return self._blank | proposal["value"]

    @traitlets.observe("value")
    def _spread(self, change: dict) -> None:
        self._spreading = True
        try:
            for name, control in self.parts.items():
                control.value = change["new"][name]
        finally:
            self._spreading = False


def pair_to_json(value: dict) -> dict:
    """{name: control value} -> {name: value or None}; "" and None are nothing entered."""
    return {name: None if part == "" else part for name, part in value.items()}


def pair_from_json(value: dict) -> dict:
    """The way back: only the parts that were entered."""
    return {name: part for name, part in value.items() if part is not None}
