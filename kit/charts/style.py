"""What all charts share: the look, the title and the source note, labels that cover nothing.

Importing changes nothing: the style file applies only while a chart is being drawn.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from kit import data

STYLE = Path(__file__).with_name("kit.mplstyle")
INK, GREY, PALE = "#1a1a1a", "#595959", "#e0e0e0"
LANE_COLOURS = [text.colour for text in data.LOOKS]
BLUE, VERMILLION, GREEN, PURPLE, BLACK, SKY, ORANGE = LANE_COLOURS
DASHED: dict[str, Any] = {"color": GREY, "linewidth": 1, "linestyle": (0, (4, 3)), "zorder": 0}
FROM_TABLE = "Drawn from the table behind this chart."
SMALL = 9  # points: the smallest text in any chart, 12 px on a page
WIDE, NARROW = 8.2, 3.37  # inches: a chart on a page with room for it, and on any other page
HINTING = 1.04  # letters fitted to screen pixels run up to 4 % wider than their outlines
MARGIN = 1.5  # pixels kept free around every label
AROUND = [
    (far * x, far * y, ("center", "left", "right")[x], ("center", "bottom", "top")[y])
    for far in (8, 14, 22)
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
]  # where a label may stand around a mark, as `place` takes it; the nearest places first


@cache
def _case() -> data.Case:
    return data.load()


def text_name(id: str) -> str:
    """Return how a text of the course is called; what is no text of it stays as it is."""
    return _case().names.get(id, id)


def looks(names: Iterable[str]) -> dict[str, data.Look]:
    """Return {name: its Look}; a text of the course has the same in every chart.

    >>> looks(["news", "article"])["article"].colour == looks(["article"])["article"].colour
    True
    """
    given, texts = list(dict.fromkeys(names)), _case().texts
    order = dict.fromkeys([*texts, *given]) if {*given} & {*texts} else given
    return {name: data.look(name, order) for name in given}


def sign(ax: Axes, x: float, y: float, look: data.Look, **more: Any) -> None:
    """Draw the sign of a text in its colour at a place in data units, also outside the Axes."""
    ax.scatter([x], [y], s=50, c=look.colour, marker=look.marker, zorder=4, clip_on=False, **more)


def look(width: float = WIDE) -> AbstractContextManager[None]:
    """Draw in the kit's style, `width` inches wide, whatever the notebook's own settings."""
    return plt.style.context(["default", STYLE, {"figure.figsize": (width, 6)}])


def sheet(ax: Axes | None, high: float, narrow: float = 0, width: float = WIDE) -> Axes:
    """Return `ax`, or a new Axes on its own figure of this height and width, in inches.

    narrow: the height where `look` asks for a narrow figure; 0 for a chart that has no such form.
    """
    if narrow and plt.rcParams["figure.figsize"][0] == NARROW:
        high, width = narrow, NARROW
    return ax or plt.subplots(figsize=(width, high))[1]


def is_narrow(ax: Axes) -> bool:
    """Whether the figure has no room for words beside what they are about."""
    return figure_of(ax).get_figwidth() < 6


def size_of(ax: Axes) -> tuple[float, float]:
    """Return width and height of the inside of an Axes, in points."""
    box = ax.get_window_extent()
    return box.width * points(ax), box.height * points(ax)


def points(ax: Axes) -> float:
    """Return how many points a pixel is."""
    return 72 / figure_of(ax).dpi


def figure_of(ax: Axes) -> Figure:
    """Return the figure, not a part of one, that an Axes stands on."""
    return cast(Figure, ax.figure.figure)  # in each version: 3.8 knows no root=True


def rows_down(ax: Axes, names: Sequence[str], top: float) -> None:
    """Put names down the left side, one a row, from 0; the picture begins at `top`."""
    ax.set_ylim(len(names) - 0.4, top)
    ax.set_yticks(range(len(names)), names)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def beside(ax: Axes, text: str, xy: tuple, offset: tuple[float, float], **looks: Any) -> Annotation:
    """Write text at an offset in points from a place, level with it, also outside the Axes."""
    looks = {"va": "center", "annotation_clip": False, **looks}
    return ax.annotate(text, xy, xytext=offset, textcoords="offset points", **looks)


def frame(ax: Axes, title: str, lines: Iterable[str], source: str) -> None:
    """Write the title, the reading lines under it and the source note, aligned with the gutter.

    It measures what stands around the axes, so draw that first. Afterwards the layout is settled,
    and labels may be placed inside the axes.
    """
    figure = figure_of(ax)
    _settle(figure)
    pixel = points(ax)
    box, inside = cast(Bbox, ax.get_tightbbox()), ax.get_window_extent()
    left, width = (box.x0 - inside.x0) * pixel, box.width * pixel - 8
    text = "\n".join(wrapped(line, width, 9) for line in lines)
    pad = 8 + 11.5 * len(text.splitlines())
    looks: dict[str, Any] = {"label": wrapped(title, width, 12, "bold"), "ha": "left", "pad": pad}
    ax.set_title(x=left / (inside.width * pixel), **looks)
    notes: dict[str, Any] = {"xycoords": "axes fraction", "ha": "left", "linespacing": 1.15}
    beside(ax, text, (0, 1), (left, 6), va="bottom", size=9, color=INK, **notes)
    below, drop = wrapped(source, width, SMALL), (box.y0 - inside.y0) * pixel - 6
    beside(ax, below, (0, 0), (left, drop), va="top", size=SMALL, color=GREY, **notes)
    _settle(figure)
    ax.set_title(x=left / pixel / ax.get_window_extent().width, **looks)


def _settle(figure):
    """Place the axes as drawing would; drawing itself would do all the rest for nothing."""
    layout = figure.get_layout_engine()
    if layout:
        layout.execute(figure)


def empty_chart(ax: Axes, title: str, sentence: str) -> Axes:
    """Fill an Axes with one sentence that says what is missing, and return it."""
    ax.set_axis_off()
    ax.set_title(title)
    text = wrapped(sentence, 0.8 * size_of(ax)[0], 11)
    ax.text(0.5, 0.5, text, size=11, ha="center", va="center", transform=ax.transAxes)
    return ax


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Break `text` into lines no wider than `width` points at `size` points.

    >>> wrapped("one two three", 60, 9)
    'one two\\nthree'
    """
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def shortened(text: str, width: float, size: float) -> str:
    """Return `text`, cut at a word and ended with "…" if it is wider than `width` points.

    >>> shortened("one two three", 60, 9)
    'one two…'
    """
    if "\n" not in wrapped(text, width, size):
        return text
    first = wrapped(text, width - size, size).split("\n")[0]
    return first.rstrip(" ,;:.(") + "…"


@lru_cache(maxsize=4096)  # the same labels and titles are measured again and again
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of `text` in points."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return HINTING * text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]


def boxes_of_line(
    ax: Axes, xs: Iterable, ys: Iterable, thickness: float = 3, pieces: int = 40
) -> list[Bbox]:
    """Return pixel boxes all along a line in data units: places to keep free of labels."""
    corners = ax.transData.transform(list(zip(xs, ys, strict=True)))
    boxes, half = [], thickness / 2
    for a, b in pairwise(corners):
        spots = [(a + (b - a) * step / pieces,) * 2 for step in range(pieces + 1)]
        if (a == b).any():  # a level or upright piece is a box by itself
            spots = [(np.minimum(a, b), np.maximum(a, b))]
        boxes += [Bbox([low - half, high + half]) for low, high in spots]
    return boxes


def place(
    ax: Axes, text: str, xy: tuple, candidates: list, taken: list, keep: bool = False, **looks: Any
) -> Annotation | None:
    """Write `text` near `xy` at the first candidate place that is free; return the text or None.

    `candidates`: (dx, dy, ha, va), offsets in points. `taken`: list of pixel boxes, to which the
    box of the label is added. With `keep`, the last candidate is used even where none is free.
    """
    label = ax.annotate(text, xy, xytext=(0, 0), textcoords="offset points", **looks)
    label.set_in_layout(False)
    inside = ax.get_window_extent().padded(3)
    for dx, dy, ha, va in candidates:
        label.set(position=(dx, dy), ha=ha, va=va)
        box = label.get_window_extent().padded(MARGIN)
        fits = inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)
        if fits and not any(box.overlaps(other) for other in taken):
            break
    else:
        if not keep:
            label.remove()
            return None
    taken.append(box)
    return label
