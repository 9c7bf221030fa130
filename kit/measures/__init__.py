"""Measures: pure functions from tables to numbers. No files, no drawing, no network.

| file         | answers                                                              |
|--------------|----------------------------------------------------------------------|
| `dates`      | How many members that day? How long from the event to its telling?   |
| `witnesses`  | What do the texts say? On how many people's word does it rest?       |
| `diagonal`   | Are two axes rated as one (halo)?                                    |
| `ratings`    | What do texts score, weighted? Do ranks hold if weights change?      |
| `judgement`  | Can a learner tell true from false, and how well placed is the trust?|

A measure that cannot be computed is None, with the reason in words where the
result has a `note`. It is never nan, infinite, or a 0 that looks like a finding.
Each part is loaded when it is first named, so `kit.measures.dates` stays light.

>>> import kit.measures
>>> kit.measures.certainty_marks(True, 3)
3
"""

from importlib import import_module

_PARTS = {
    "dates": ("Lag", "Range", "lag", "members_on", "recollections", "steps", "tellings"),
    "witnesses": ("distinct_witnesses", "effective_witnesses", "stance_counts"),
    "diagonal": ("Halo", "halo"),
    "ratings": ("percent_words", "rank_stability", "weighted"),
    "judgement": (
        "Change",
        "Discrimination",
        "brier",
        "calibration",
        "certainty_marks",
        "change",
        "discrimination",
    ),
}
_HOME = {name: part for part, names in _PARTS.items() for name in names}

__all__ = [*_PARTS, *_HOME]


def __getattr__(name):
    """Load a part, or the part that holds a function, when it is first named."""
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"kit.measures has no {name!r}; it has {', '.join(_HOME)}.")


def __dir__():
    return __all__
