"""marks: what is marked on a matplotlib Axes, each date no more exact than it is."""

from collections import Counter
from datetime import date
from typing import Any

from kit.data import span
from kit.errors import KitError
from kit.exercises.key import Answer
from kit.exercises.kinds.chart import FAULTS, LABELS, ChartKind, no_words, shows
from kit.exercises.model import Exercise, Feedback, Place, are_all
from kit.measures import Range

NEAR = 3  # days by which an end of a bar may be off
FAULTS = FAULTS | {
    "empty": "No point and no bar is drawn yet.",
    "missing": "Some marks are missing, or do not stand at their date. Compare with the table.",
    "point": "A point says that the day is known. Where only the month or the year is known, "
    "draw a bar over all of it.",
    "height": "Some marks stand at their date, but at the height of another one.",
    "day": "A bar over a single day has no width, so nobody sees it. Draw a point there.",
    "telling": "Some marks stand at the date of the telling. Here the date of the event counts.",
    "line": "The line that the marks are read against is not there.",
    "names": "A reader cannot tell which mark belongs to whom: a name is missing.",
    "clock": "The chart does not say which day it counts from.",
}
WEIGHTS = {"marks": 9, "line": 2, "names": 1, "clock": 1, "title": 1, "xlabel": 1, "ylabel": 1}


class MarksKind(ChartKind):
    """The answer is that of a chart; the key's says what must be marked, and beside what.

    x: the date of each mark. y: its height, the lowest and highest number, or a date too.
    told: the date with which x may be confused. names: what must be written. clock: words of which
    one must be. line: the {"x", "y"} of the steps behind, or "equal" for the line where y is x.
    Of these, told, names and clock may be missing; with names, a date that is no day wants a bar.
    """

    name = "marks"
    form = "drawing"

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        """Name the faults, those of most marks first; the marks count most."""
        parts = _parts(value, key.value)
        faults = [fault for lost in parts.values() for fault, _ in Counter(lost).most_common()]
        if not any(faults):
            return exercise.correct()
        reasons = [exercise.reason(fault) or FAULTS[fault] for fault in faults if fault]
        right = sum(WEIGHTS[part] * lost.count("") / len(lost) for part, lost in parts.items())
        whole = sum(WEIGHTS[part] for part in parts)
        return exercise.not_yet(reasons, 0 if "empty" in faults else right / whole)

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        heights = [y if isinstance(y, str) else str(Range(*y)) for y in value["y"]]
        return [((), f"{x}: {y}") for x, y in zip(value["x"], heights, strict=True)]


def _parts(value, key):
    """What is right in each part of a chart: for each thing asked for "", or its fault."""
    parts = {
        "marks": _marked(value, key),
        "line": ["" if _has_line(value, key["line"]) else "line"],
    }
    written = " ".join(value.get("texts", [])).lower().replace("-", "")
    if "names" in key:
        parts["names"] = ["" if name in written else "names" for name in set(key["names"])]
    if "clock" in key:
        said = " ".join([*(value[label] for label in LABELS), written]).lower()
        parts["clock"] = ["" if any(word in said for word in key["clock"]) else "clock"]
    missing = no_words(value)
    return parts | {label: [label if label in missing else ""] for label in LABELS}


def _marked(value, key):
    """For each mark of the key "" or what is wrong with it."""
    points = [(x, x, y) for x, y in value.get("points", [])]
    bars = [tuple(bar) for bar in value.get("bars", [])]
    if not points + bars:
        return ["empty"]
    marks = [tuple(map(_known, mark)) for mark in points + bars]
    places = list(zip(key["x"], key["y"], key.get("told", key["x"]), strict=True))
    faults = [_fault_at(*place, marks, "names" in key) for place in places]
    turned = [_fault_at(*place, [(y, y, x) for x, _, y in marks], False) for place in places]
    if turned.count("") > faults.count(""):
        return ["swapped"]
    return faults if any(isinstance(x, date) for x, *_ in marks) else ["no_dates"]


def _known(value):
    """A day as a date, a number as it is, all else None."""
    if isinstance(value, str):
        try:
            return span(value).start
        except KitError:
            return None
    return value if isinstance(value, int | float) else None


def _fault_at(x, y, told, marks, wants_bars):
    """What is wrong with the marks for one date and height; "" where there is one as it should."""
    when, later = span(x).known, span(told).known
    dated = [mark for mark in marks if isinstance(mark[0], date) and isinstance(mark[1], date)]
    here = [(first, last) for first, last, height in dated if _is_at(height, y)]
    has_point = any(when.start <= first == last <= when.end for first, last in here)
    is_day = when.precision == "day"
    if wants_bars and not is_day:
        ends = [(first - when.start, last - when.end) for first, last in here]
        if any(abs(end.days) <= NEAR and abs(start.days) <= NEAR for start, end in ends):
            return ""
        if has_point:
            return "point"
    elif has_point:
        return ""
    if any(_near(first, when) for first, _, height in dated if not _is_at(height, y)):
        return "height"
    if told != x and any(_near(first, later) for first, *_ in dated):
        return "telling"
    return "day" if wants_bars and is_day else "missing"


def _near(day, when):
    return (day - when.start).days >= -NEAR and (day - when.end).days <= NEAR


def _is_at(height, y):
    if isinstance(y, str):
        return isinstance(height, date) and _near(height, span(y).known)
    low, high = y
    return isinstance(height, int | float) and low - 0.6 <= height <= (high or height) + 0.6


def _has_line(value, line):
    """Tell whether the line is there against which the marks are read."""
    if line != "equal":
        return any(shows(made, line) and made["steps"] == "steps-post" for made in value["lines"])
    equal = [made["x"] for made in value["lines"] if made["x"] == made["y"]]
    return any(are_all(str, days) and len(set(days)) > 1 for days in equal)
