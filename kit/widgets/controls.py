"""The small controls the forms are made of; each starts blank and has a name."""

from html import escape

import ipywidgets
import traitlets

from kit.widgets.fields import CHOOSE

LINE = {"description_width": "initial"}


def named(label, context=""):
    """A control's visible label; `context` is heard by screen readers but not shown."""
    hidden = f'<span class="kit-hidden">{escape(context)}: </span>' if context else ""
    return hidden + escape(label)


def dropdown(label, options, context=""):
    """A drop-down list with nothing chosen.

    options: (text, value) pairs.
    """
    return _line(ipywidgets.Dropdown, label, context, options=[CHOOSE, *options], value="")


def entry(label, placeholder="", context=""):
    """A one-line text box."""
    return _line(ipywidgets.Text, label, context, placeholder=placeholder)


def radio(label, options, context=""):
    """Radio buttons with none chosen."""
    return _line(ipywidgets.RadioButtons, label, context, options=options, value=None)


def _line(kind, label, context, **traits):
    control = kind(
        description=named(label, context), description_allow_html=True, style=LINE, **traits
    )
    control.layout.width = "auto"
    return control


class Parts(ipywidgets.VBox):
    """Several controls that make one answer; `value` is a dict name -> control value."""

    value = traitlets.Dict()

    def __init__(self, parts):
        super().__init__(tuple(parts.values()))
        self.add_class("kit-parts")
        self.parts = parts
        self._blank = {name: control.value for name, control in parts.items()}
        self._spreading = False
        self.value = dict(self._blank)
        for control in parts.values():
            control.observe(self._gather, "value")

    def _gather(self, _change):
        if not self._spreading:
            self.value = {name: control.value for name, control in self.parts.items()}

    @traitlets.validate("value")
    def _complete(self, proposal):
        return self._blank | proposal["value"]

    @traitlets.observe("value")
    def _spread(self, change):
        self._spreading = True
        try:
            for name, control in self.parts.items():
                control.value = change["new"][name]
        finally:
            self._spreading = False


def pair_to_json(value):
    """{name: control value} -> {name: value or None}; "" and None are nothing entered."""
    return {name: None if part == "" else part for name, part in value.items()}


def pair_from_json(value):
    """The way back: only the parts that were entered."""
    return {name: part for name, part in value.items() if part is not None}


def ticks(options, context=""):
    """Checkboxes; `value` is {id: ticked}.

    options: (text, id) pairs.
    """
    boxes = {
        id: ipywidgets.Checkbox(
            False, description=named(text, context), description_allow_html=True, indent=False
        )
        for text, id in options
    }
    for box in boxes.values():
        box.layout.width = "auto"
    return Parts(boxes)


def ticked_to_json(value):
    """{id: ticked} -> [ids ticked]."""
    return [id for id, ticked in value.items() if ticked]


def ticked_from_json(ids):
    """[ids] -> {id: True}."""
    return dict.fromkeys(ids, True)
