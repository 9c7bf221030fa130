"""The small controls the forms are made of; each starts blank and has a name."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

import ipywidgets
import traitlets

from kit.widgets.base import shared

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


def group(
    heading: ipywidgets.Widget, *controls: ipywidgets.Widget, kind: str = "kit-item"
) -> ipywidgets.VBox:
    """A question with the controls that answer it; the guard names the group by its heading."""
    layout = shared(ipywidgets.Layout)
    return ipywidgets.VBox((heading, *controls), layout=layout, _dom_classes=("kit-group", kind))


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
