"""A chart in the page: picture with alt text, and the table behind it, folded."""

import base64
import io
from html import escape

import matplotlib.pyplot as plt
from matplotlib.backends.backend_svg import FigureCanvasSVG

from kit.charts import judged, lanes, matrix, membership, scores
from kit.charts.alt_text import describe
from kit.charts.style import look, read
from kit.data import span

CHARTS = {
    membership.enlargement: (membership.COLUMNS,),
    lanes.timeline: (lanes.COLUMNS, membership.COLUMNS),
    scores.profiles: (scores.PROFILE_COLUMNS,),
    scores.halo: (scores.HALO_COLUMNS,),
    matrix.stances: (matrix.COLUMNS,),
    judged.agreement: (judged.AGREEMENT_COLUMNS,),
    judged.calibration: (judged.CALIBRATION_COLUMNS,),
}
PICTURE = "max-width:100%;min-width:620px;height:auto;background:#fff;border-radius:4px"
# On a narrow page picture and table stay legible and scroll sideways, by touch or arrow keys.
SIDEWAYS = '<div role="group" aria-label="{}" tabindex="0" style="overflow-x:auto">'


def show(chart, *tables):
    """Draw a chart and display it with its alt text and, folded, the table behind it.

    chart: one of the chart functions, such as `timeline`. tables: what the chart takes.
    Returns nothing; the figure is closed. The same tables give the same output, byte for byte.
    Raises ValueError, one sentence, as `describe` and the chart do.
    """
    from IPython.display import HTML, display

    display(HTML(page(chart, *tables)))


def page(chart, *tables):
    """Return the HTML that `show` displays: a `<figure>` with nothing outside itself.

    A chart with nothing to draw is one sentence instead.
    """
    alt = describe(chart, *tables)
    if is_empty(alt):
        return sentence(alt)
    pairs = zip(tables, CHARTS[chart], strict=True)
    return (
        f'<figure style="margin:0">{picture(alt, svg(chart, *tables))}'
        f"{behind(table(frame, columns, chart) for frame, columns in pairs)}</figure>"
    )


def is_empty(alt):
    """Is this the alt text of a chart with nothing to draw?"""
    return alt.startswith("Empty ")


def sentence(text):
    """Return one sentence that stands where a chart would."""
    return f'<p role="status">{escape(text)}</p>'


def picture(alt, drawing):
    """Return the drawing (SVG text) as an image with its alt text."""
    data = base64.b64encode(drawing.encode()).decode()
    return (
        f'{SIDEWAYS.format("Chart")}<img role="img" style="{PICTURE}" alt="{escape(alt)}" '
        f'src="data:image/svg+xml;base64,{data}"></div>'
    )


def behind(parts):
    """Return the tables behind a chart, folded."""
    return f"<details><summary>Table behind this chart</summary>{''.join(parts)}</details>"


def svg(chart, *tables):
    """Return the chart as SVG text, with the letters drawn as shapes and no date inside.

    The same tables give the same text, byte for byte. In `timeline` every mark has its id.

    >>> import kit
    >>> case = kit.data.load()
    >>> 'id="event-blog-2000"' in svg(lanes.timeline, kit.measures.tellings(case), case.enlargement)
    True
    """
    ax = chart(*tables)
    figure, file = ax.get_figure(root=True), io.StringIO()
    figure.set_layout_engine("none")  # the labels were placed for the layout as it is
    with look():  # not savefig: before it writes, it draws all once more to settle a layout
        FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return file.getvalue()


def table(frame, columns, chart):
    """Return the columns a chart draws as an HTML table; a missing value is a dash.

    What is no plain date, such as 2009/.., is said in words too.
    """
    head = "".join(f'<th scope="col">{name.replace("_", " ")}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row[name], name)}</td>" for name in columns) + "</tr>"
        for row in read(frame, columns, chart.__name__)
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f"{SIDEWAYS.format('Table behind this chart')}<table>{inside}</table></div>"


def _cell(value, name):
    if value == "":
        return "–"
    if name.endswith("_date") and not span(value).is_plain:
        value = f"{value} ({span(value)})"
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return escape(text).replace("\n", "<br>")
