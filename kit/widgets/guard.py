"""The guard: it keeps a learner's keys away from the notebook, and gives every control a name."""

import functools
from pathlib import Path

import anywidget


class Guard(anywidget.AnyWidget):
    """A model without a view: its script works on the page as soon as the kernel names it."""

    _esm = Path(__file__).with_name("guard.js")


@functools.cache
def guard():
    """Put the guard on the page; one for each kernel."""
    return Guard()
