"""Labels that stand beside what they name and never on top of each other."""

from itertools import pairwise

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

HINTING = 1.04  # letters fitted to screen pixels run up to 4 % wider than their outlines
MARGIN = 1.5  # pixels kept free around every label


def wrapped(text, width, size, weight="normal"):
    """Break `text` into lines no wider than `width` points at `size` points.

    >>> wrapped("one two three", 60, 9)
    'one two\\nthree'
    """
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def shortened(text, width, size):
    """Return `text`, cut at a word and ended with "…" if it is wider than `width` points.

    >>> shortened("one two three", 60, 9)
    'one two…'
    """
    first, *rest = wrapped(text, width, size).split("\n")
    if not rest:
        return text
    first = wrapped(text, width - size, size).split("\n")[0]
    return first.rstrip(" ,;:.(") + "…"


def text_width(text, size):
    """Return the width of one line of `text` in points."""
    return _width(text, FontProperties(family="DejaVu Sans", size=size))


def _width(text, font):
    return HINTING * text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]


def boxes_of_line(ax, xs, ys, thickness=3, pieces=40):
    """Return pixel boxes all along a line in data units: places to keep free of labels."""
    corners = ax.transData.transform(list(zip(xs, ys, strict=True)))
    boxes = []
    for a, b in pairwise(corners):
        if (a == b).any():  # a level or upright piece is a box by itself
            boxes.append(Bbox([np.minimum(a, b) - thickness / 2, np.maximum(a, b) + thickness / 2]))
        else:
            spots = [a + (b - a) * step / pieces for step in range(pieces + 1)]
            boxes += [Bbox([spot - thickness / 2, spot + thickness / 2]) for spot in spots]
    return boxes


def place(ax, text, xy, candidates, taken, keep=False, **style):
    """Write `text` near `xy` at the first candidate place that is free; return the text or None.

    `candidates`: (dx, dy, ha, va), offsets in points. `taken`: list of pixel boxes, to which the
    box of the label is added. With `keep`, the last candidate is used even where none is free.
    """
    label = ax.annotate(text, xy, xytext=(0, 0), textcoords="offset points", **style)
    label.set_in_layout(False)
    for dx, dy, ha, va in candidates:
        label.set(position=(dx, dy), ha=ha, va=va)
        box = label.get_window_extent().padded(MARGIN)
        if _is_inside(ax, box) and not any(box.overlaps(other) for other in taken):
            break
    else:
        if not keep:
            label.remove()
            return None
    taken.append(box)
    return label


def _is_inside(ax, box):
    frame = ax.get_window_extent().padded(3)
    return frame.contains(box.x0, box.y0) and frame.contains(box.x1, box.y1)
