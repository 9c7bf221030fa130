"""The page of a class report: pictures, what they say, numbers; one file that needs nothing else.

It holds no script and no time of day. What comes from data stands in it as text, whatever it is.
"""

import io
import re
from functools import cache
from html import escape
from numbers import Number
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.backends.backend_svg import FigureCanvasSVG

from kit.charts.style import look
from teach.grading.feedback import PAGE

PANEL_ID = re.compile(r"[a-z][a-z0-9-]*")  # the page's own ids hold a dot, so none is there twice
TAG = re.compile("<[^>]*>")
NAMED = re.compile(r'( id="|href="#|url\(#)')  # where a tag of a drawing gives or uses an id
TEXT_AS_TEXT = {"svg.fonttype": "none"}  # it can be found, copied and made larger
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
SMALLEST = 77  # px for an inch of a picture's 96: a narrower page scrolls, so letters stay legible
MOST_ON_PAPER = 10  # columns; with more, a table is set smaller and its names may break
MOST_OPEN = 10  # rows; a longer table is folded, also where there is no picture
HIDDEN = (
    "A cell that says “hidden” stands for fewer than k learners, or could be used to find such a "
    "cell by subtraction."
)


def page(title, panels, about=(), invented="", warning=""):
    """Return the HTML (str) of the report. The same input gives the same text, byte for byte.

    title: the heading, str. panels: the Panels in their order. about: sentences (str) for the top:
    how many learners, which course, which k. invented: a sentence that says so if the data are
    made up, or ""; it then stands in the page's title, at the top and in every panel, so that a
    panel or picture cut out still says so. warning: a sentence for the top alone, or "".

    Raises ValueError, one sentence, for an id that is no plain word or is there twice, and for a
    picture without its words.

    >>> from teach.report.panel import empty
    >>> html = page("Class report", [empty("sharper", "Did they get sharper?", "Too few.")])
    >>> "<h1>Class report</h1>" in html, "<p>Too few.</p>" in html
    (True, True)
    """
    panels = list(panels)
    _check(panels)
    panels = list(map(drawn, panels))
    body = [f"<h1>{escape(title)}</h1>", *_paragraphs((invented, warning), "banner")]
    body += [*_paragraphs(about), _contents(panels)]
    body += [_section(panel, invented) for panel in panels]
    if any(map(hides, panels)):
        body.append(f'<p class="small" id="page.hidden">{HIDDEN}</p>')
    title = escape(f"{invented} – {title}" if invented else title)
    return PAGE.format(title=title, style=_style(), body="\n".join(filter(None, body)))


def _check(panels):
    seen = set()
    for panel in panels:
        if not PANEL_ID.fullmatch(panel.id):
            raise ValueError(f"{panel.id!r} is no id: use small letters, digits and hyphens.")
        if panel.id in seen:
            raise ValueError(f"Two panels have the id {panel.id!r}; give each its own.")
        if panel.picture and not panel.alt:
            raise ValueError(f"The picture of panel {panel.id!r} needs its words in `alt`.")
        seen.add(panel.id)


def hides(panel):
    """Tell whether a cell of the Panel's table is hidden."""
    return panel.table is not None and bool(panel.table.isna().any(axis=None))


def _paragraphs(texts, kind=""):
    """Yield a paragraph for each text that is not empty; kind: a class of page.css."""
    begin = f'<p class="{kind}">' if kind else "<p>"
    return (f"{begin}{escape(text)}</p>" for text in texts if text)


def _contents(panels):
    links = "".join(f'<li><a href="#{each.id}">{escape(each.title)}</a></li>' for each in panels)
    return links and f'<nav aria-label="Contents"><ol>{links}</ol></nav>'


def _section(panel, invented):
    """Return one panel. What was invented says so inside the card of the picture, if it has one."""
    made_up = [*_paragraphs([invented], "invented")]
    lines = _card(panel, made_up) if panel.picture else made_up
    lines = ['<div class="finding">', *lines, *_paragraphs(panel.sentences), "</div>"]
    if panel.table is not None:
        lines.append(_folded(panel))
    return (
        f'<section id="{panel.id}" aria-labelledby="{panel.id}.title">\n'
        f'<h2 id="{panel.id}.title">{escape(panel.title)}</h2>\n'
        + "\n".join([*lines, *_paragraphs(panel.notes, "small")])
        + "\n</section>"
    )


def _sideways(name, inside):
    """Return what may be wider than the page, so that touch and arrow keys move it sideways."""
    region = f'<div class="sideways" role="region" tabindex="0" aria-label="{escape(name)}">'
    return f"{region}{inside}</div>"


# Pictures


class Picture(NamedTuple):
    """A picture that is drawn: an SVG element, and the px it needs at least."""

    drawing: str
    width: int


def _card(panel, made_up):
    """Return the picture on white. Its words are its label, and nowhere else: read once."""
    drawing, width = panel.picture
    figure = (
        f'<figure role="img" aria-label="{escape(panel.alt)}" style="min-width:{width}px">'
        f"{drawing}</figure>"
    )
    return ['<div class="card">', *made_up, _sideways(f"Picture: {panel.title}", figure), "</div>"]


def drawn(panel):
    """Return a Panel with its Picture drawn; as it is without one, or if that is done already."""
    if not callable(panel.picture):
        return panel
    file = io.StringIO()
    with look(), plt.rc_context(TEXT_AS_TEXT):
        figure = panel.picture().get_figure(root=True)
        figure.set_layout_engine("none")  # every label has its place; else all is placed once more
        try:
            FigureCanvasSVG(figure).print_svg(file, metadata=NO_METADATA)
        finally:
            plt.close(figure)
    _, begin, rest = file.getvalue().partition("<svg")
    drawing = TAG.sub(lambda tag: NAMED.sub(rf"\1{panel.id}.", tag[0]), begin + rest)
    hidden = drawing.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1).rstrip()
    return panel._replace(picture=Picture(hidden, round(figure.get_figwidth() * SMALLEST)))


# Tables


def _folded(panel):
    """Return the table, folded or open."""
    opened = " open" if stands_open(panel) else ""
    why = '<p class="small explained"><a href="#page.hidden">What “hidden” means</a></p>'
    return (
        f"<details{opened}><summary>The numbers as a table</summary>\n"
        + _sideways(f"Table: {panel.title}", table(panel))
        + (why if hides(panel) else "")
        + "</details>"
    )


def stands_open(panel):
    """Tell whether the Panel's table is short and there is no picture above it."""
    return panel.picture is None and len(panel.table) <= MOST_OPEN


def table(panel):
    """Return the table of a Panel as an HTML `<table>` (str); hidden cells say so."""
    frame = _with_row_names(panel.table)
    kinds = [_kind(frame.iloc[:, place]) for place in range(frame.shape[1])]
    heads = zip(map(_head, frame.columns), kinds, strict=True)
    head = "".join(f'<th scope="col"{kind}>{text}</th>' for text, kind in heads)
    body = "\n".join(_row(row, kinds) for row in frame.itertuples(index=False, name=None))
    wide = ' class="wide"' if len(kinds) > MOST_ON_PAPER else ""
    return (
        f"<table{wide}>\n<caption>{escape(panel.table_caption or panel.title)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _with_row_names(table):
    """Return the table with the names of its rows as its first column."""
    if isinstance(table.index, pd.RangeIndex) and table.index.name is None:
        return table
    return table.reset_index(names=table.index.name or "row", allow_duplicates=True)


def _kind(column):
    """Return how the cells of a column are set: numbers to the right, all else to the left."""
    shown = column.dropna()
    return ' class="number"' if all(isinstance(value, Number) for value in shown) else ""


def _head(name):
    return escape(str(name).replace("_", " "))


def _row(row, kinds):
    (name, *values), (first, *others) = map(_cell, row), kinds
    cells = zip(values, others, strict=True)
    return (
        f'<tr><th scope="row"{first}>{name}</th>'
        + "".join(f"<td{kind}>{text}</td>" for text, kind in cells)
        + "</tr>"
    )


def _cell(value):
    """Return a cell as HTML.

    >>> [_cell(value) for value in (12, 12.0, 0.12345, 12345.6, "a < b", None)]
    ['12', '12', '0.1235', '12346', 'a &lt; b', '<span class="hidden">hidden</span>']
    """
    if pd.isna(value):
        return '<span class="hidden">hidden</span>'
    if isinstance(value, float):
        value = f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return escape(str(value))


@cache
def _style():
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
