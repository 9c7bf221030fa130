"""chart, marks: what is drawn on a matplotlib Axes; each fault is what a reader would miss.

Of a chart the line counts. Of marks the points and bars do, each date no more exact than it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from math import inf
from typing import Any

from kit.data import span
from kit.errors import KitError
from kit.exercises.key import Answer
from kit.exercises.kinds.table import plain
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all
from kit.measures import Range

COSTS = {"swapped": 3, "no_dates": 3, "dots": 3, "steps": 1, "years": 1, "second": 1}  # of 5
NEAR = 3  # days by which an end of a bar may be off
WEIGHTS = {"marks": 9, "line": 2, "names": 1, "clock": 1, "title": 1, "xlabel": 1, "ylabel": 1}
BOX = 6  # points of a path that is a bar; a longer one goes around an area
NOTHING = (None, "None", "", " ")  # no marker, or no line between markers
LABELS = ("title", "xlabel", "ylabel")
Reading = tuple[int, int, list[str]]  # steps that a line shows rightly, and wrongly; its faults
NO_AXES = (
    "This exercise wants the chart's Axes (the `ax` you drew on); you gave {}. "
    "Begin with `fig, ax = plt.subplots()` and draw with `ax.plot(…)`."
)


class ChartKind(Kind):
    """The answer is what `drawn` returns; the key's is {"x": days, "y": counts}.

    Wrong answers are called as in `faults.toml`.
    """

    name = "chart"
    form = "chart"
    rule = (
        "The line earns two fifths, the title and each label one. Axes that are swapped or know no "
        "dates cost three, and so do points in place of a line. A slope, years in place of days, "
        "and a wrong line beside the right one cost one each. Of what is left you get the share of "
        "the steps that the line shows rightly, less those that it shows wrongly."
    )
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
        """Name the faults, worst first."""
        right, wrong, faults = _best(value, key.value)
        missing, whole = _no_words(value), len(key.value["x"])
        if not faults + missing:
            return exercise.correct()
        fifths = max(0, 5 - len(missing) - sum(COSTS.get(fault, 0) for fault in faults))
        return exercise.not_yet(
            [self.why(exercise, fault) for fault in faults + missing],
            max(0, right - wrong) / whole * fifths / 5,
            f"{right} of {whole} steps of the line are right." * bool(right),
            "Title and labels are worth a fifth each." * bool(right and missing),
        )

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        return [((), f"{x}: {y}") for x, y in zip(value["x"], value["y"], strict=True)]


def axes_of(answer: Any) -> Any:
    """Return the Axes that a learner means: itself, its Figure's, or that of anything drawn on it.

    Raises AnswerError for what has none.
    """
    for axes in _axes_of(answer):
        return axes
    is_plt = hasattr(answer, "get_fignums")
    what = "matplotlib itself" if is_plt else f"a {type(answer).__name__}"
    raise AnswerError(NO_AXES.format(what))


def drawn(axes: Any) -> dict[str, Any]:
    """Return as plain JSON what is drawn on an Axes; a day is ISO text.

    title, xlabel, ylabel: str. lines: {"x", "y": lists, "steps": how it goes on}. points: [x, y].
    bars: [x, x, y], level ones. texts: what is written inside, in the legend and at the rows.
    """
    lines = [(line, _line(axes, line)) for line in axes.get_lines() if _is_of_data(axes, line)]
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


def _is_of_data(axes: Any, shape: Any) -> bool:
    """Tell whether both ends of a shape are data; those of `axhline` and `axvspan` are not."""
    is_across = hasattr(shape, "get_slope")
    return is_across or all(shape.get_transform().contains_branch_seperately(axes.transData))


def _line(axes: Any, line: Any) -> dict:
    xs, ys = line.get_xdata(orig=False), line.get_ydata(orig=False)
    if hasattr(line, "get_slope"):  # axline: across all there is to see
        to_data = line.get_transform() - axes.transData
        xs, ys = to_data.transform(line.get_xydata()).T
    return {
        "x": values_on(axes.xaxis, xs),
        "y": values_on(axes.yaxis, ys),
        "steps": line.get_drawstyle(),
    }


def _marks(axes: Any, lines: list[tuple]) -> tuple[list, list]:
    """Return the points [x, y] and the level bars [x, x, y], whatever drew them."""
    from matplotlib.collections import PathCollection

    dotted = [made for line, made in lines if line.get_marker() not in NOTHING]
    points = [xy for made in dotted for xy in zip(made["x"], made["y"], strict=True)]
    level = [made for _, made in lines if len(made["y"]) == 2 and len(set(made["y"])) == 1]
    bars = [[*made["x"], made["y"][0]] for made in level]
    shapes = [patch for patch in axes.patches if _is_of_data(axes, patch)]
    boxes = [patch.get_bbox() for patch in shapes if hasattr(patch, "get_bbox")]
    for shape in axes.collections:
        if isinstance(shape, PathCollection):
            xs, ys = shape.get_offsets().T
            points += zip(values_on(axes.xaxis, xs), values_on(axes.yaxis, ys), strict=True)
        else:
            paths = [path for path in shape.get_paths() if len(path) <= BOX]  # else an area
            boxes += [path.get_extents() for path in paths]
    for box in filter(lambda box: box.width, boxes):
        [y] = values_on(axes.yaxis, [box.intervaly.mean()])
        bars.append([*values_on(axes.xaxis, box.intervalx), y])
    return list(map(list, points)), bars


def values_on(axis: Any, values: Any) -> list:
    """Return numbers as they are, dates as ISO days; years that pandas drew whole stay years."""
    from matplotlib.dates import DateConverter, _SwitchableDateConverter
    from pandas import Period

    converter = getattr(axis, "get_converter", lambda: axis.converter)()  # matplotlib 3.8 has none
    if not isinstance(converter, DateConverter | _SwitchableDateConverter):
        return [plain(value) for value in values]
    freq = getattr(axis, "freq", None) or "D"
    dates = [None if x != x else Period(ordinal=int(x // 1), freq=freq) for x in map(float, values)]
    return [None if date is None else str(date) for date in dates]


def _no_words(value: dict) -> list[str]:
    return [label for label in LABELS if not value[label].strip()]


def _worth(reading: Reading) -> tuple[int, int]:
    right, wrong, faults = reading
    return max(0, right - wrong), -sum(COSTS[fault] for fault in faults)


def _best(value: dict, expected: dict) -> Reading:
    """Return the line that is worth most, with what is wrong beside it; points, if no line is."""
    points = value.get("points", [])
    dots = {"x": [x for x, _ in points], "y": [y for _, y in points], "steps": "dots"}
    lines = value["lines"] or [dots] * bool(points)
    if not lines:
        return 0, 0, ["bars" if value.get("bars") else "empty"]
    each = [max(_readings(line, expected), key=_worth) for line in lines]
    right, wrong, faults = best = max(each, key=_worth)
    misleading = [reading for reading in each if reading[1] or not reading[0]]
    data = ["data"] * (bool(wrong) or right < len(expected["x"]))
    second = ["second"] * (len(misleading) > (best in misleading))
    return right, wrong, [*data, *faults, *second]


def _readings(line: dict, expected: dict) -> Iterator[Reading]:
    """Yield what a line shows, in each way in which its numbers can be meant."""
    xs, ys, days, counts = line["x"], line["y"], expected["x"], expected["y"]
    style = [] if line["steps"] == "steps-post" else ["steps"]
    style = ["dots"] if line["steps"] == "dots" else style
    yield 0, 0, style
    if xs and are_all(str, xs):
        yield *_compared(xs, ys, days, counts), style
    if ys and are_all(str, ys):
        yield *_compared(ys, xs, days, counts), ["swapped", *style]
    if xs == [*range(len(xs))]:
        yield *_compared(xs, ys, range(len(days)), counts), ["no_dates", *style]
    elif all(isinstance(x, int | float) and 1000 <= x < 3000 for x in xs):
        years = [int(day[:4]) for day in days]
        yield *_compared(map(int, xs), ys, years, counts), ["years", *style]


def _compared(xs: Iterable, ys: list, days: Iterable, counts: list) -> tuple[int, int]:
    """Return how many steps are shown rightly, and how many points of a line say what is not so.

    Of several points on one day the last counts. Before the first step there is nothing.
    """
    drawn, steps = dict(zip(xs, ys, strict=False)), dict(zip(days, counts, strict=True))
    right = sum(drawn.get(day) == count for day, count in steps.items())
    so_far = (next((steps[day] for day in reversed(steps) if day <= x), 0) for x in drawn)
    wrong = sum(y != count for y, count in zip(drawn.values(), so_far, strict=True))
    return right, wrong


# marks


class MarksKind(ChartKind):
    """The answer is that of a chart; the key's says what must be marked, and beside what.

    x: the date of each mark. y: its height, the lowest and highest number, or a date too.
    told: the date with which x may be confused. names: {id: name}, either is to be written. clock:
    words of which one must be. line: the {"x", "y"} of the steps behind, or "equal" where y is x.
    Of these, told, names and clock may be missing; with names, a date that is no day wants a bar.
    """

    name = "marks"
    form = "drawing"
    rule = (
        "Each mark that stands as it should earns the same, and each one that stands for nothing "
        "takes as much away. The marks weigh 9; the line behind them 2; the names, the day that is "
        "counted from, the title and each label 1, where they are asked for."
    )

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        """Name the faults, those of most marks first; the marks count most."""
        parts = _parts(value, key.value)
        faults = [fault for lost in parts.values() for fault, _ in Counter(lost).most_common()]
        if not any(faults):
            return exercise.correct()
        marks, whole = len(key.value["x"]), sum(WEIGHTS[part] for part in parts)
        right = sum(WEIGHTS[part] * _share(lost) for part, lost in parts.items())
        standing = parts["marks"].count("")
        return exercise.not_yet(
            [self.why(exercise, fault) for fault in faults if fault],
            0 if "empty" in faults else right / whole,
            f"{standing} of {marks} marks stand as they should." * bool(standing),
        )

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        heights = [y if isinstance(y, str) else str(Range(*y)) for y in value["y"]]
        return [((), f"{x}: {y}") for x, y in zip(value["x"], heights, strict=True)]


def _parts(value, key):
    """What is right in each part of a chart: for each thing asked for "", or its fault."""
    parts = {
        "marks": _marked(value, key),
        "line": ["" if _has_line(value, key["line"]) else "line"],
    }
    written = " ".join(value.get("texts", [])).lower()
    if "names" in key:
        pairs = key["names"].items()
        parts["names"] = ["" if any(name in written for name in p) else "names" for p in pairs]
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
    heights = [_reach(y if isinstance(y, str) else tuple(y)) for y in key["y"]]
    places = list(zip(key["x"], heights, key.get("told", key["x"]), strict=True))
    dated, turned = _dated(marks), _dated((y, y, x) for x, _, y in marks)
    faults = [_fault_at(*place, dated, "names" in key) for place in places]
    if any(faults) and sum(not _fault_at(*p, turned, False) for p in places) > faults.count(""):
        return ["swapped"]
    line = [] if key["line"] == "equal" else zip(key["line"]["x"], key["line"]["y"], strict=True)
    spots = [(at, y) for x, y, told in places for at in (x, told)]
    spots += [(x, _reach((y, y))) for x, y in line]
    return [*faults, *["stray"] * len(_strays(dated, spots))] if dated else ["no_dates"]


def _strays(dated, spots):
    """The marks that stand for nothing: at none of the spots, nor on the equal line."""
    strays = {mark for mark in dated if mark[2] not in mark[:2]}
    for at, height in spots:
        low, high = _reach(at)
        strays -= {mark for mark in _at(strays, height) if any(low <= x <= high for x in mark[:2])}
    return strays


def _at(dated, reach):
    """Those of the marks whose height is within reach."""
    low, high = reach
    kind = date if isinstance(low, date) else (int, float)
    return [mark for mark in dated if isinstance(mark[2], kind) and low <= mark[2] <= high]


@lru_cache
def _reach(y):
    """From where to where a mark may be that stands at a date, or between two numbers."""
    if not isinstance(y, str):
        return y[0] - 0.6, (y[1] or inf) + 0.6
    days = span(y).known  # an open end is left out
    return days.start - timedelta(NEAR), days.end + timedelta(NEAR)


def _share(lost):
    """The share of a part that is earned: each mark too many takes away what a right one earns."""
    stray = lost.count("stray")
    return max(0, lost.count("") - stray) / (len(lost) - stray)


def _dated(marks):
    return {mark for mark in marks if isinstance(mark[0], date) and isinstance(mark[1], date)}


def _known(value):
    """A day as a date, a number as it is, all else None."""
    if isinstance(value, str):
        try:
            return span(value).start
        except KitError:
            return None
    return value if isinstance(value, int | float) else None


def _fault_at(x, height, told, dated, wants_bars):
    """What is wrong with the marks for one date and height; "" where there is one as it should."""
    when, here = span(x).known, _at(dated, height)
    has_point = any(when.start <= first == last <= when.end for first, last, _ in here)
    is_day = when.precision == "day"
    if wants_bars and not is_day:
        ends = [(first - when.start, last - when.end) for first, last, _ in here]
        if any(abs(end.days) <= NEAR and abs(start.days) <= NEAR for start, end in ends):
            return ""
        if has_point:
            return "point"
    elif has_point:
        return ""
    if any(_near(first, x) for first, *_ in dated - set(here)):
        return "height"
    if told != x and any(_near(first, told) for first, *_ in dated):
        return "telling"
    return "day" if wants_bars and is_day else "missing"


def _near(day, when):
    low, high = _reach(when)
    return low <= day <= high


def _has_line(value, line):
    """Tell whether the line is there against which the marks are read."""
    if line != "equal":
        return not set(_best(value, line)[2]) - {"second"}
    equal = [made["x"] for made in value["lines"] if made["x"] == made["y"]]
    return any(are_all(str, days) and len(set(days)) > 1 for days in equal)
