"""Asked to Join? A kit for teaching people to weigh sources.

All that a notebook calls is here: `start` opens the learner's journal; `ask` and `check`
are for exercises; `card`, `reader`, `finder`, `quiz`, `weights` … show and ask; `show` and
`explore` draw; `handin` ends the course.

`import kit` is cheap on purpose: pandas, matplotlib and ipywidgets are loaded
only when a part that needs them is first used.

>>> import kit
>>> len(kit.data.load().texts)
5
>>> kit.reader("blog")
Reader: blog, 27 sentences
"""

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

PARTS = ("charts", "data", "exercises", "journal", "measures", "submission", "widgets")
FUNCTIONS = {
    "charts": ("explore", "show"),
    "submission": ("save_picture",),
    "widgets": (
        "ask", "card", "check", "commit", "expert_ratings", "experts", "finder",
        "handin", "my_class", "my_ratings", "my_stances", "my_verdicts", "order", "pen_name",
        "progress", "quiz", "quiz_result", "reader", "start", "wall", "weights",
    ),
}  # fmt: skip
_PART_OF = {name: part for part, names in FUNCTIONS.items() for name in names}

__all__ = [*PARTS, *_PART_OF]


def __getattr__(name: str) -> Any:
    """Load a part of the kit, or the part that has a function, when it is first named."""
    if name in PARTS:
        return import_module(f"kit.{name}")
    if name in _PART_OF:
        return getattr(import_module(f"kit.{_PART_OF[name]}"), name)
    from kit.words import suggestion

    raise AttributeError(f"kit has no part named {name!r}. {suggestion(name, __all__)}")


def __dir__() -> list[str]:
    return __all__
