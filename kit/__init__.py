"""Asked to Join? A kit for teaching people to weigh sources.

`import kit` is cheap on purpose: pandas, matplotlib and ipywidgets are loaded
only when a part that needs them is first used.

>>> import kit
>>> len(kit.data.load().texts)
5
"""

from importlib import import_module

__version__ = "0.2.0"

_PARTS = ("charts", "data", "exercises", "journal", "measures", "submission", "widgets")
_SHORTCUTS = {"ask": "widgets", "check": "widgets", "hint": "widgets", "start": "widgets"}

__all__ = [*_PARTS, *_SHORTCUTS]


def __getattr__(name):
    """Load a part of the kit, or one of its shortcuts, when it is first named."""
    if name in _PARTS:
        return import_module(f"kit.{name}")
    if name in _SHORTCUTS:
        return getattr(import_module(f"kit.{_SHORTCUTS[name]}"), name)
    raise AttributeError(f"kit has no part named {name!r}; its parts are {', '.join(__all__)}.")


def __dir__():
    return __all__
