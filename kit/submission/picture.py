"""The picture of a chart, kept beside the hand-in: PNG and SVG, with a description in words."""

import io
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from kit import journal
from kit.errors import cause
from kit.exercises.kinds.chart import axes_of, drawn, values_on
from kit.journal.file import replace
from kit.submission.content import SubmissionError

SHOWN = 12  # points or bars that are named one by one


class SavedPicture(NamedTuple):
    """What was kept: the path of the SVG, beside which the PNG lies, and the description."""

    path: Path
    alt: str

    def __repr__(self) -> str:
        name = self.path.stem
        return f"Kept as {name}.svg and {name}.png, beside your work. In words: {self.alt}"

    def _repr_html_(self) -> str:
        return f'<p role="status">{escape(repr(self))}</p>'


def save_picture(ax: Any) -> SavedPicture:
    """Keep the picture of a chart beside the learner's work, and return the SavedPicture.

    ax: the Axes, or anything drawn on it. The files are picture-1, picture-2 and so on, never one
    that is there; the same picture is kept once. Title and description stand in both files.
    Raises AnswerError for what is no chart, SubmissionError if the files cannot be written.
    """
    axes = axes_of(ax)
    figure, alt = axes.get_figure(), described(axes)
    title = axes.get_title() or "Chart without a title"
    image = _svg(figure, title, alt)
    folder, number = journal.current().path.parent, 1
    while (path := folder / f"picture-{number}.svg").exists() or path.with_suffix(".png").exists():
        if path.exists() and path.read_bytes() == image:
            return SavedPicture(path, alt)
        number += 1
    dots = io.BytesIO()
    about = {"Title": title, "Description": alt, "Software": None}
    figure.savefig(dots, format="png", dpi=200, bbox_inches="tight", metadata=about)
    try:
        replace(path, image)
        replace(path.with_suffix(".png"), dots.getvalue())
    except OSError as error:
        why, remedy = cause(error)
        raise SubmissionError(
            f"{path.name} was not written because {why}; {remedy} and run the cell again."
        ) from None
    return SavedPicture(path, alt)


def _svg(figure, title, alt):
    """The figure as SVG that says what it shows; the same picture gives the same bytes."""
    import matplotlib

    file = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "asked-to-join"}):
        about = {"Title": title, "Date": None, "Creator": None}
        figure.savefig(file, format="svg", bbox_inches="tight", metadata=about)
    says = f"</title>\n <desc>{escape(alt)}</desc>"
    return file.getvalue().replace("</title>", says, 1).encode("utf-8")


def in_words(figure: Any) -> str:
    """Return the description of all charts of a matplotlib Figure; "" if it holds none."""
    return " ".join(map(described, figure.axes))


def described(axes: Any) -> str:
    """Return in sentences what is drawn on an Axes: title, labels, lines, points, bars and words.

    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> _ = axes.barh(["Forum", "Blog"], [3, 0.25])
    >>> described(axes)
    'Chart without a title. Bars: Forum 3, Blog 0.25. Words in it: Forum; Blog.'
    """
    return " ".join(_sentences(drawn(axes), _bars(axes)))


def _sentences(chart: dict[str, Any], bars: list[str]) -> Iterator[str]:
    yield f"Chart “{chart['title']}”." if chart["title"] else "Chart without a title."
    if chart["xlabel"]:
        yield f"Across: {chart['xlabel']}."
    if chart["ylabel"]:
        yield f"Up: {chart['ylabel']}."
    yield from map(_line, chart["lines"])
    yield from _listed("Points at", (f"({_value(x)}, {_value(y)})" for x, y in chart["points"]))
    spans = (f"({_value(x)} to {_value(end)}, {_value(y)})" for x, end, y in chart["bars"])
    yield from bars or _listed("Bars at", spans)
    if chart["texts"]:
        yield f"Words in it: {'; '.join(chart['texts'])}."


def _line(line: dict[str, Any]) -> str:
    kind = "Line with steps" if line["steps"].startswith("steps") else "Line"
    if not line["x"]:
        return f"{kind} without points."
    ends = [f"({_value(line['x'][n])}, {_value(line['y'][n])})" for n in (0, -1)]
    return f"{kind} from {' to '.join(ends)}, {len(line['x'])} points."


def _listed(name: str, marks: Iterable[str]) -> Iterator[str]:
    if places := list(dict.fromkeys(marks)):
        rest = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
        yield f"{name} {', '.join(places[:SHOWN])}{rest}."


def _bars(axes: Any) -> list[str]:
    """Tell of each series of bars what they stand for, and their lengths; nothing if one floats."""
    told: list[str] = []
    ends = {0.0}
    for bars in [bars for bars in axes.containers if getattr(bars, "orientation", "")]:
        lies = bars.orientation == "horizontal"
        along, across = (axes.xaxis, axes.yaxis) if lies else (axes.yaxis, axes.xaxis)
        corners = [bar.get_bbox().get_points()[:, :: 1 if lies else -1] for bar in bars]
        if values_on(along, [0]) != [0] or any(box[0, 0] not in ends for box in corners):
            return []
        ends |= {box[1, 0] for box in corners}  # where a series stacked on this one begins
        names = _names(across, [box[:, 1].mean() for box in corners])
        lengths = (_value(round(float(length), 2)) for length in bars.datavalues)
        of = f", {bars.get_label()}" if axes.get_legend() else ""
        told += _listed(f"Bars{of}:", map(" ".join, zip(names, lengths, strict=True)))
    return told


def _names(axis: Any, places: list[float]) -> list[str]:
    """The names that an axis of names has at these places, or else the values there."""
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import FixedLocator

    names = list(map(_value, values_on(axis, places)))
    if isinstance(axis.get_major_locator(), StrCategoryLocator | FixedLocator):
        for tick, label in zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True):
            for number in [n for n, place in enumerate(places) if abs(place - tick) < 0.5]:
                names[number] = label.get_text()
    return names


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
