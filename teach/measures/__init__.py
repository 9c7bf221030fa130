"""Measures of a class: pure functions from tables to numbers. No files, no drawing, no network.

| file        | answers                                                               |
|-------------|-----------------------------------------------------------------------|
| `agreement` | Do raters agree beyond chance (Krippendorff's alpha)?                 |
| `distances` | How far apart are the pairs of ratings that alpha compares?           |
| `sharper`   | Did a class get sharper, or only more suspicious?                     |
| `order`     | Does it matter for its rating which text was met first?               |
| `groups`    | Which counts of a class may be shown without exposing anyone?         |

As in `kit.measures`, a measure that cannot be computed is None, with the reason in words, and
each file is loaded when one of its names is first used: marking needs no numpy before that.

>>> from teach import measures
>>> measures.safe_count(51, 60)
'more than 50'
"""

from importlib import import_module

_PARTS = {
    "agreement": ("Agreement", "alpha"),
    "sharper": ("ClassChange", "Estimate", "class_change"),
    "order": ("OrderEffect", "order_effect"),
    "groups": ("hide_small", "safe_count", "safe_counts"),
}
_HOME = {name: part for part, names in _PARTS.items() for name in names}

__all__ = [*_PARTS, *_HOME]


def __getattr__(name):
    """Load a part, or the part that holds a function, when it is first named."""
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"teach.measures has no {name!r}; it has {', '.join(_HOME)}.")


def __dir__():
    return __all__
