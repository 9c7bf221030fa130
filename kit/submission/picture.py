"""The picture of a chart, kept beside the hand-in: PNG and SVG, with a description in words."""

import io
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from kit import journal
from kit.errors import cause
from kit.exercises.kinds.chart import axes_of, drawn
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
    figure, alt = axes.get_figure(), described(drawn(axes))
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
    return " ".join(described(drawn(axes)) for axes in figure.axes)


def described(chart: dict[str, Any]) -> str:
    """Return in sentences what `drawn` found: title, labels, lines, points, bars and words.

    >>> described({"title": "", "xlabel": "", "ylabel": "", "texts": [], "bars": [],
    ...            "lines": [{"x": [1949, 1952], "y": [12, 14], "steps": "default"}], "points": []})
    'Chart without a title. Line from (1949, 12) to (1952, 14), 2 points.'
    """
    return " ".join(_sentences(chart))


def _sentences(chart: dict[str, Any]) -> Iterator[str]:
    yield f"Chart “{chart['title']}”." if chart["title"] else "Chart without a title."
    if chart["xlabel"]:
        yield f"Across: {chart['xlabel']}."
    if chart["ylabel"]:
        yield f"Up: {chart['ylabel']}."
    yield from map(_line, chart["lines"])
    points = (f"({_value(x)}, {_value(y)})" for x, y in chart["points"])
    bars = (f"({_value(x)} to {_value(end)}, {_value(y)})" for x, end, y in chart["bars"])
    for name, marks in (("Points", points), ("Bars", bars)):
        if places := list(dict.fromkeys(marks)):
            rest = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
            yield f"{name} at {', '.join(places[:SHOWN])}{rest}."
    if chart["texts"]:
        yield f"Words in it: {'; '.join(chart['texts'])}."


def _line(line: dict[str, Any]) -> str:
    kind = "Line with steps" if line["steps"].startswith("steps") else "Line"
    if not line["x"]:
        return f"{kind} without points."
    ends = [f"({_value(line['x'][n])}, {_value(line['y'][n])})" for n in (0, -1)]
    return f"{kind} from {' to '.join(ends)}, {len(line['x'])} points."


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
