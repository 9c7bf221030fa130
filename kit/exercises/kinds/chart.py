"""chart: what is drawn on a matplotlib Axes; each fault is what a reader would miss."""

from collections.abc import Iterator
from typing import Any

from kit.exercises.key import Answer
from kit.exercises.kinds.table import plain
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all

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

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        """Name the faults, worst first; the line is worth two fifths, each of the words one."""
        faults = [*_faults(value, key.value), *no_words(value)]
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


def no_words(value: dict) -> list[str]:
    """Return which of title and labels are missing."""
    return [label for label in LABELS if not value[label].strip()]


def _faults(value: dict, expected: dict) -> list[str]:
    lines = value["lines"]
    if not lines:
        marks = [("bars", value.get("bars")), ("dots", value.get("points"))]
        return [next((fault for fault, found in marks if found), "empty")]
    good = [line for line in lines if shows(line, expected)]
    if good:
        return [] if any(line["steps"] == "steps-post" for line in good) else ["steps"]
    if any(shows({"x": line["y"], "y": line["x"]}, expected) for line in lines):
        return ["swapped"]
    is_counted = any(line["x"] == list(range(len(line["x"]))) for line in lines if line["x"])
    return ["no_dates" if is_counted else "data"]


def shows(line: dict, expected: dict) -> bool:
    """Tell whether its last value on each expected day is right and nothing else is drawn."""
    if not are_all(str, line["x"]):
        return False  # no axis of dates
    last = dict(zip(line["x"], line["y"], strict=False))
    beyond = [y for x, y in last.items() if x > max(expected["x"])]
    days = {x: y for x, y in last.items() if x <= max(expected["x"])}
    wanted = dict(zip(expected["x"], expected["y"], strict=True))
    return days == wanted and all(y == expected["y"][-1] for y in beyond)
