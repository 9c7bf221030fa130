"""chart, marks: what is drawn on a matplotlib Axes; each fault is what a reader would miss.

Of a chart the line counts. Of marks the points and bars do, each date no more exact than it is.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from kit.data import span
from kit.errors import KitError
from kit.exercises.key import Answer
from kit.exercises.kinds.table import plain
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all
from kit.measures import Range

FAULTS = {
    "empty": "Nothing is drawn yet. Plot the table first.",
    "bars": "Bars show how much there is of separate things. What goes on from day to day is a "
    "line: draw it with `ax.plot`.",
    "dots": "These are points, and a reader cannot see what holds between them. Draw a line with "
    "`ax.plot`.",
    "swapped": "The dates go up and the numbers go across. `ax.plot` takes what goes across first, "
    "and that is the date.",
    "no_dates": "The horizontal axis does not know that these are dates, so it gives every row the "
    "same distance. Plot a column of dates across.",
    "data": "The line does not show the members after each round. Compare it with the table.",
    "steps": "Your line slopes, so a reader sees slow growth between rounds. "
    'Membership jumps on one day: draw it with drawstyle="steps-post".',
    "title": "There is no title, so a reader cannot tell what the chart shows.",
    "xlabel": "The horizontal axis has no label, so a reader must guess what it shows.",
    "ylabel": "The vertical axis has no label, so a reader must guess what is counted.",
}
COSTS = {"swapped": 3, "no_dates": 3, "empty": 5, "bars": 5, "dots": 3, "data": 5}  # else 1 of 5
NEAR = 3  # days by which an end of a bar may be off
MARK_FAULTS = FAULTS | {
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
NOTHING = (None, "None", "", " ")  # no marker, or no line between markers
LABELS = ("title", "xlabel", "ylabel")
NO_AXES = (
    "This exercise wants the chart's Axes (the `ax` you drew on); you gave {}. "
    "Begin with `fig, ax = plt.subplots()` and draw with `ax.plot(…)`."
)


class ChartKind(Kind):
    """The answer is what `drawn` returns; the key's is {"x": days, "y": counts}.

    Wrong answers are called by the FAULTS.
    """

    name = "chart"
    form = "chart"
    not_answered = Feedback(
        "not answered",
        "Nothing is drawn on `ax` yet. Draw in the cell above, run it, and check again. "
        "If you draw with `plt.plot(…)`, write `ax = plt.gca()` on the line after it.",
    )

    def normalise(self, answer: Any) -> dict:
        """Return what is drawn on an Axes, or on that of a Figure, a line or what else is drawn."""
        return answer if isinstance(answer, dict) else drawn(axes_of(answer))

    def fits(self, exercise: Exercise, value: Any) -> bool:
        if not (isinstance(value, dict) and are_all(dict, value.get("lines"))):
            return False
        axes = [line.get(axis) for line in value["lines"] for axis in ("x", "y")]
        marks = {2: value.get("points", []), 3: value.get("bars", [])}
        return (
            are_all(str, [value.get(label) for label in LABELS])
            and are_all(list, axes)
            and all("steps" in line for line in value["lines"])
            and all(are_all(list, found) for found in marks.values())
            and all(len(mark) == size for size, found in marks.items() for mark in found)
            and are_all(str, value.get("texts", []))
        )

    def understood(self, exercise: Exercise, value: Any) -> str:
        named = f"“{value['title']}”" if value["title"] else "without a title"
        return f"Your chart {named}."

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        """Name the faults, worst first; the line is worth two fifths, each of the words one."""
        faults = [*_faults(value, key.value), *_no_words(value)]
        if not faults:
            return exercise.correct()
        reasons = [exercise.reason(fault) or FAULTS[fault] for fault in faults]
        lost = sum(COSTS.get(fault, 1) for fault in faults)
        return exercise.not_yet(reasons, max(0, 1 - lost / 5))

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        return [((), f"{x}: {y}") for x, y in zip(value["x"], value["y"], strict=True)]


def axes_of(answer: Any) -> Any:
    """Return the Axes that a learner means: itself, its Figure's, or that of anything drawn on it.

    Raises AnswerError for what has none.
    """
    axes = next(_axes_of(answer), None)
    if axes is None:
        is_plt = hasattr(answer, "get_fignums")
        kind = "matplotlib itself" if is_plt else f"a {type(answer).__name__}"
        raise AnswerError(NO_AXES.format(kind))
    return axes


def drawn(axes: Any) -> dict[str, Any]:
    """Return as plain JSON what is drawn on an Axes; a day is ISO text.

    title, xlabel, ylabel: str. lines: {"x", "y": lists, "steps": how it goes on}. points: [x, y].
    bars: [x, x, y], level ones. texts: what is written inside, in the legend and at the rows.
    """
    lines = [(line, _line(axes, line)) for line in axes.get_lines()]
    legend = axes.get_legend()
    written = [*axes.texts, *(legend.get_texts() if legend else ())]
    named = [getattr(axis.get_units(), "_mapping", ()) for axis in (axes.xaxis, axes.yaxis)]
    points, bars = _marks(axes, lines)
    return {
        "title": axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right"),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "lines": [made for line, made in lines if line.get_linestyle() not in NOTHING],
        "points": points,
        "bars": bars,
        "texts": [text.get_text() for text in written if text.get_text()]
        + [name for names in named for name in names],
    }


def _axes_of(answer: Any) -> Iterator[Any]:
    """Yield the Axes that may be meant: itself, those of a Figure, that of anything drawn."""
    if hasattr(answer, "get_fignums"):  # plt, while a figure is open
        answer = answer.gca() if answer.get_fignums() else None
    if hasattr(answer, "savefig"):
        yield from sorted(answer.axes, key=lambda axes: not axes.has_data())
    elif isinstance(answer, list | tuple) or hasattr(answer, "flat"):
        for part in getattr(answer, "flat", answer):
            yield from _axes_of(part)
    elif hasattr(getattr(answer, "axes", None), "get_lines"):  # an Axes is its own
        yield answer.axes


def _line(axes: Any, line: Any) -> dict:
    xs, ys = line.get_xdata(orig=False), line.get_ydata(orig=False)
    if hasattr(line, "get_slope"):  # axline: across all there is to see
        to_data = line.get_transform() - axes.transData
        xs, ys = to_data.transform(line.get_xydata()).T
    return {
        "x": _values(axes.xaxis, xs),
        "y": _values(axes.yaxis, ys),
        "steps": line.get_drawstyle(),
    }


def _marks(axes: Any, lines: list[tuple]) -> tuple[list, list]:
    """Return the points [x, y] and the level bars [x, x, y], whatever drew them."""
    from matplotlib.collections import PathCollection

    dotted = [made for line, made in lines if line.get_marker() not in NOTHING]
    points = [xy for made in dotted for xy in zip(made["x"], made["y"], strict=True)]
    level = [made for _, made in lines if len(made["y"]) == 2 and len(set(made["y"])) == 1]
    bars = [[*made["x"], made["y"][0]] for made in level]
    boxes = [patch.get_bbox() for patch in axes.patches if hasattr(patch, "get_bbox")]
    for shape in axes.collections:
        if isinstance(shape, PathCollection):
            xs, ys = shape.get_offsets().T
            points += zip(_values(axes.xaxis, xs), _values(axes.yaxis, ys), strict=True)
        else:
            boxes += [path.get_extents() for path in shape.get_paths()]
    for box in filter(lambda box: box.width, boxes):
        [y] = _values(axes.yaxis, [box.intervaly.mean()])
        bars.append([*_values(axes.xaxis, box.intervalx), y])
    return list(map(list, points)), bars


def _values(axis: Any, values: Any) -> list:
    """Return numbers as they are, and those of an axis of dates as ISO days."""
    from matplotlib.dates import DateConverter, _SwitchableDateConverter
    from numpy import datetime64

    if isinstance(axis.get_converter(), DateConverter | _SwitchableDateConverter):
        days = [None if value != value else int(value // 1) for value in map(float, values)]
        return [None if day is None else str(datetime64(day, "D")) for day in days]
    return [plain(value) for value in values]


def _no_words(value: dict) -> list[str]:
    return [label for label in LABELS if not value[label].strip()]


def _faults(value: dict, expected: dict) -> list[str]:
    lines = value["lines"]
    if not lines:
        marks = [("bars", value.get("bars")), ("dots", value.get("points"))]
        return [next((fault for fault, found in marks if found), "empty")]
    good = [line for line in lines if _shows(line, expected)]
    if good:
        return [] if any(line["steps"] == "steps-post" for line in good) else ["steps"]
    if any(_shows({"x": line["y"], "y": line["x"]}, expected) for line in lines):
        return ["swapped"]
    is_counted = any(line["x"] == list(range(len(line["x"]))) for line in lines if line["x"])
    return ["no_dates" if is_counted else "data"]


def _shows(line: dict, expected: dict) -> bool:
    """Tell whether its last value on each expected day is right and nothing else is drawn."""
    if not are_all(str, line["x"]):
        return False  # no axis of dates
    last = dict(zip(line["x"], line["y"], strict=False))
    beyond = [y for x, y in last.items() if x > max(expected["x"])]
    days = {x: y for x, y in last.items() if x <= max(expected["x"])}
    wanted = dict(zip(expected["x"], expected["y"], strict=True))
    return days == wanted and all(y == expected["y"][-1] for y in beyond)


# marks


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
        reasons = [exercise.reason(fault) or MARK_FAULTS[fault] for fault in faults if fault]
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
    missing = _no_words(value)
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
        return any(_shows(made, line) and made["steps"] == "steps-post" for made in value["lines"])
    equal = [made["x"] for made in value["lines"] if made["x"] == made["y"]]
    return any(are_all(str, days) and len(set(days)) > 1 for days in equal)
