"""The guard: it keeps a learner's keys away from the notebook, and gives every control a name."""

import functools
import uuid
from pathlib import Path

import anywidget
import traitlets


class Guard(anywidget.AnyWidget):
    """A model without a view: its script works on the page as soon as the kernel names it.

    sign: a class name (str) that all forms of this kernel carry, and those of no other; by it
    the page finds the forms that are lost when the kernel is.
    """

    _esm = Path(__file__).with_name("guard.js")
    _css = Path(__file__).with_name("guard.css")
    sign = traitlets.Unicode().tag(sync=True)

    def __init__(self):
        super().__init__(sign=f"kit-of-{uuid.uuid4().hex}")

    def watch(self, form):
        """Let the page say so in this form (a widget) once its kernel is gone."""
        form.add_class(self.sign)


@functools.cache
def guard():
    """Put the guard on the page; one for each kernel."""
    return Guard()
