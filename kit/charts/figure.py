"""A chart in the page: picture with alt text, and the table behind it, folded."""

import base64
import io
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG

from kit.charts.chart import Chart, Columns, Rows
from kit.charts.style import NARROW, figure_of, look
from kit.data import Span
from kit.errors import KitError
from kit.words import html_table

# What is wider than the page scrolls sideways, by touch or arrow keys.
SIDEWAYS = '<div role="group" aria-label="{}" tabindex="0" style="overflow-x:auto">'


def show(chart: Chart, *tables: pd.DataFrame) -> None:
    """Draw a chart and display it with its alt text and, folded, the table behind it.

    The same tables give the same output, byte for byte. Raises KitError for what is no chart and
    for tables that cannot be drawn.
    """
    from IPython.display import HTML, display

    display(HTML(figure(chart, *tables)))


def figure(chart: Chart, *tables: pd.DataFrame) -> str:
    """Return the HTML that `show` displays: a `<figure>`, or one sentence of an empty chart."""
    if not isinstance(chart, Chart):
        raise KitError(f"{chart!r} is no chart; give one itself, such as kit.charts.timeline.")
    data, html = inside(chart, tables, chart.columns)
    return f'<figure style="margin:0">{html}</figure>' if data is not None else html


def inside(chart: Chart, tables: tuple[pd.DataFrame, ...], columns: Columns) -> tuple[Any, str]:
    """Return what a chart has read, and its picture with its tables; or None and a sentence."""
    rows = chart.rows(*tables, columns=columns)
    data = chart.read(*rows)
    alt = chart.alt_text(data)
    if alt.startswith("Empty "):
        return None, sentence(alt)
    behind = "".join(table(*pair) for pair in zip(rows, columns, strict=False))
    folded = f"<details><summary>Table behind this chart</summary>{behind}</details>"
    wide, narrow = svg(chart.draw, data), svg(chart.draw, data, None, NARROW)
    return data, picture(alt, wide, narrow if narrow != wide else "") + folded


def sentence(text: str) -> str:
    """Return one sentence that stands where a chart would."""
    return f'<p role="status">{escape(text)}</p>'


def picture(alt: str, drawing: str, narrow: str = "") -> str:
    """Return the drawing (SVG text) as an image with its alt text.

    narrow: the same for a narrow page, which shows it instead; never both, even without the style.
    """
    css = Path(__file__).with_name("figure.css").read_text("utf-8")
    small = narrow and _image(alt, narrow, ' class="narrow" style="display:none"')
    inside = f'role="group" aria-label="Chart" tabindex="0">{_image(alt, drawing)}{small}'
    return f'<style>{css}</style><div class="kit-chart" {inside}</div>'


def _image(alt, drawing, attributes=""):
    data = base64.b64encode(drawing.encode()).decode()
    source = f"data:image/svg+xml;base64,{data}"
    return f'<img role="img"{attributes} alt="{escape(alt)}" src="{source}">'


def svg(chart: Callable[..., Axes], *tables: Any) -> str:
    """Return the chart as SVG text, with the letters drawn as shapes and no date inside.

    chart: a Chart, or whatever else draws an Axes on a figure of its own. The same tables give the
    same text, byte for byte. In `timeline` every mark has its id.

    >>> import kit
    >>> case = kit.data.load()
    >>> drawing = svg(kit.charts.timeline, kit.measures.tellings(case), case.enlargement)
    >>> 'id="event-blog-2000"' in drawing
    True
    """
    figure, file = figure_of(chart(*tables)), io.StringIO()
    figure.set_layout_engine("none")  # the labels were placed for the layout as it is
    with look():  # not savefig: before it writes, it draws all once more to settle a layout
        FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return re.sub(r"\n +", "\n", file.getvalue())  # a tenth of it is indentation


def table(rows: Rows, columns: tuple[str, ...]) -> str:
    """Return the columns a chart draws as an HTML table; a missing value is a dash.

    What is no plain date, such as 2009/.., is said in words too.
    """
    head = (name.replace("_", " ") for name in columns)
    cells = html_table(head, ([_cell(row[name]) for name in columns] for row in rows))
    return f"{SIDEWAYS.format('Table behind this chart')}{cells}</div>"


def _cell(value):
    if isinstance(value, Span):
        return value.text if value.is_plain else f"{value.text} ({value})"
    if value == "":
        return "–"
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return escape(text).replace("\n", "<br>")
