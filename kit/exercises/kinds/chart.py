"""chart: what is drawn on a matplotlib Axes; each fault is what a reader would miss."""

from typing import Any

from kit.exercises.key import Answer
from kit.exercises.kinds.table import plain
from kit.exercises.model import AnswerError, Exercise, Feedback, Kind, Place, are_all

FAULTS = {
    "empty": "Nothing is drawn yet. Plot the table first.",
    "data": "The line does not show the members after each round. Compare it with the table.",
    "steps": "Your line slopes, so a reader sees slow growth between rounds. "
    'Membership jumps on one day: draw it with drawstyle="steps-post".',
    "title": "There is no title, so a reader cannot tell what the chart shows.",
    "xlabel": "The horizontal axis has no label, so a reader must guess what it shows.",
    "ylabel": "The vertical axis has no label, so a reader must guess what is counted.",
}
LABELS = ("title", "xlabel", "ylabel")


class ChartKind(Kind):
    """The answer is {title, xlabel, ylabel, lines, texts}; the key's is {"x": days, "y": counts}.

    Wrong answers are called by the FAULTS.
    """

    name = "chart"
    form = "chart"

    def normalise(self, answer: Any) -> dict:
        """Return what is drawn on an Axes, or on the first one of a Figure."""
        if isinstance(answer, dict):
            return answer
        is_figure = getattr(answer, "axes", None) and hasattr(answer, "savefig")
        axes = answer.axes[0] if is_figure else answer
        if not hasattr(axes, "get_lines"):
            raise AnswerError(
                f"This exercise wants the chart's Axes (the `ax` you drew on); "
                f"you gave a {type(answer).__name__}."
            )
        return {
            "title": axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right"),
            "xlabel": axes.get_xlabel(),
            "ylabel": axes.get_ylabel(),
            "lines": [_line(axes, line) for line in axes.get_lines()],
            "texts": [text.get_text() for text in axes.texts],
        }

    def fits(self, exercise: Exercise, value: Any) -> bool:
        if not (isinstance(value, dict) and are_all(dict, value.get("lines"))):
            return False
        axes = [line.get(axis) for line in value["lines"] for axis in ("x", "y")]
        return (
            are_all(str, [value.get(label) for label in LABELS])
            and are_all(list, axes)
            and all("steps" in line for line in value["lines"])
        )

    def understood(self, exercise: Exercise, value: Any) -> str:
        named = f"“{value['title']}”" if value["title"] else "without a title"
        return f"Your chart {named}."

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        """Name the faults, worst first; each costs a fifth where the line is right."""
        faults = _faults(value, key.value)
        if not faults:
            return exercise.correct()
        reasons = [exercise.reason(fault) or FAULTS[fault] for fault in faults]
        is_drawn = not {"empty", "data"} & set(faults)
        return exercise.not_yet(reasons, 1 - len(faults) / 5 if is_drawn else 0.0)

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        return [((), f"{x}: {y}") for x, y in zip(value["x"], value["y"], strict=True)]


def _line(axes: Any, line: Any) -> dict:
    from matplotlib.dates import DateConverter, _SwitchableDateConverter, num2date

    x, y = line.get_xdata(orig=False), line.get_ydata(orig=False)
    if isinstance(axes.xaxis.get_converter(), DateConverter | _SwitchableDateConverter):
        x = [num2date(value).date().isoformat() for value in x]
    return {
        "x": [plain(value) for value in x],
        "y": [plain(value) for value in y],
        "steps": line.get_drawstyle(),
    }


def _faults(drawn: dict, expected: dict) -> list[str]:
    if not drawn["lines"]:
        return ["empty"]
    good = [line for line in drawn["lines"] if _shows(line, expected)]
    faults = [] if good else ["data"]
    if good and not any(line["steps"] == "steps-post" for line in good):
        faults.append("steps")
    return faults + [label for label in LABELS if not drawn[label].strip()]


def _shows(line: dict, expected: dict) -> bool:
    """Tell whether its last value on each expected day is right and nothing else is drawn."""
    if not all(isinstance(x, str) for x in line["x"]):
        return False  # no axis of dates
    last = dict(zip(line["x"], line["y"], strict=False))
    beyond = [y for x, y in last.items() if x > max(expected["x"])]
    days = {x: y for x, y in last.items() if x <= max(expected["x"])}
    wanted = dict(zip(expected["x"], expected["y"], strict=True))
    return days == wanted and all(y == expected["y"][-1] for y in beyond)
