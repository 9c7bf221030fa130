"""Measures of a class: pure functions from tables to numbers. No files, no drawing, no network.

| file            | answers                                                                    |
|-----------------|----------------------------------------------------------------------------|
| `krippendorff`  | Do raters agree beyond chance (alpha)?                                     |
| `class_effects` | Did a class get sharper? Does it matter which text was met first?          |
| `confidence`    | How well is trust in one's own answers placed?                             |
| `bootstrap`     | How sure is a number?                                                      |
| `suppression`   | Which counts of a class may be shown without exposing anyone?              |

As in `kit.measures`, a measure that cannot be computed is None, with the reason in words, and
each file is loaded when one of its names is first used: marking needs no numpy before that.

>>> from teach import measures
>>> measures.safe_count(51, 60)
'more than 50'
"""

from importlib import import_module

_PARTS = {
    "krippendorff": ("Agreement", "alpha"),
    "class_effects": ("ClassChange", "OrderEffect", "class_change", "order_effect"),
    "confidence": ("calibration", "certainty_marks"),
    "bootstrap": ("Estimate", "estimate"),
    "suppression": ("hide_small", "safe_count", "safe_counts"),
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
