"""A panel of the report, and how panels are shown: all on one page, or one by one in a notebook.

The page is one file that needs nothing else; it holds no script and no time of day. What comes from
data stands in it as text, whatever it is: the templates beside this file escape it.
"""

import io
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, partial, wraps
from html import escape
from numbers import Number
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG

from kit.charts import figure
from kit.charts.chart import Chart
from kit.charts.style import figure_of, look
from teach.files import templates
from teach.report.gather import ClassAnswers

TAG = re.compile("<[^>]*>")
NAMED = re.compile(r'( id="|href="#|url\(#)')  # where a tag of a drawing gives or uses an id
TEXT_AS_TEXT: Any = {"svg.fonttype": "none"}  # it can be found, copied and made larger
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
SMALLEST = 77  # px for an inch of a picture's 96: a narrower page scrolls, so letters stay legible
MOST_ON_PAPER = 10  # columns; with more, a table is set smaller and its names may break
MOST_OPEN = 10  # rows; a longer table is folded, also where there is no picture
EYES = "For the teacher alone: do not hand it round"  # on each sheet of paper
HIDDEN = (
    "A cell that says “hidden” stands for fewer than k learners, or could be used to find such a "
    "cell by subtraction."
)


class Picture(NamedTuple):
    """A picture that is drawn: an SVG element, and the px it needs at least."""

    drawing: Markup
    width: int


class Column(NamedTuple):
    """A column of a table as text: its head, its cells (None is hidden), and how they are set."""

    head: str
    cells: list[str | None]
    is_number: bool


class Finding(NamedTuple):
    """What answers the question of a panel.

    chart: draws the table `drawn`, which also gives its alt text. words: what stands in braces in
    the panel's part of panels.toml.
    """

    sentences: Iterable[str]
    chart: Chart | None = None
    drawn: pd.DataFrame | None = None
    table: pd.DataFrame | None = None
    words: dict[str, Any] | None = None


class Panel(NamedTuple):
    """One part of the report, in the order in which a reader meets its parts.

    id: for links; small letters, digits and hyphens, such as "sharper": the page's own ids hold a
        dot, so none is there twice.
    title: a question, such as "Did they get sharper?".
    sentences: they follow from the numbers, and stand under the picture.
    picture: a function that draws an Axes on a figure of its own, or what it drew.
    alt: what the picture shows, in words.
    table: its first column names the rows, or its index if that is more than a count of the rows.
        A cell that is missing (<NA>, None, nan) is a hidden one.
    table_caption: what the table holds; without it the title stands over the table.
    notes: small print: method, source, what it does not cover.
    """

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    picture: Callable[[], Axes] | Picture | None = None
    alt: str = ""
    table: pd.DataFrame | None = None
    table_caption: str = ""
    notes: tuple[str, ...] = ()

    @property
    def hides(self) -> bool:
        """Tell whether a cell of the table is hidden."""
        return self.table is not None and bool(self.table.isna().any(axis=None))

    @property
    def stands_open(self) -> bool:
        """Tell whether the table is short and there is no picture above it."""
        return self.picture is None and self.table is not None and len(self.table) <= MOST_OPEN

    def columns(self) -> list[Column]:
        """Return the columns of the table; the first one names its rows."""
        table: Any = self.table
        if not isinstance(table.index, pd.RangeIndex) or table.index.name is not None:
            table = table.reset_index(names=table.index.name or "row", allow_duplicates=True)
        return [
            Column(
                str(name).replace("_", " "),
                [_cell(value) for value in cells],
                all(isinstance(value, Number) for value in cells.dropna()),
            )
            for name, cells in table.items()
        ]


def panel(
    find: Callable[[ClassAnswers, int], Finding | str],
) -> Callable[[ClassAnswers, int], Panel]:
    """Let a function that answers the question of a panel return that panel.

    find: takes the answers of a class and k, the fewest learners that a number may stand for. It
    has the name that its panel has in panels.toml. Where there is nothing to show it returns one
    sentence that says why.

    >>> @panel
    ... def sharper(answers, k):
    ...     return "Nobody answered the post-test."
    >>> sharper(None, 10)[:3]
    ('sharper', 'Did they get sharper?', ('Nobody answered the post-test.',))
    """

    @wraps(find)
    def made(answers: ClassAnswers, k: int) -> Panel:
        finding, texts, id = find(answers, k), _texts(), find.__name__
        title = texts[id]["title"]
        if isinstance(finding, str):
            return Panel(id, title, (finding,))
        sentences, chart, drawn, table, words = finding
        words = {"k": k, "about_the_key": texts["about_the_key"], **(words or {})}
        return Panel(
            id,
            title,
            tuple(sentences),
            partial(chart, drawn) if chart else None,
            chart.describe(drawn) if chart else "",
            table,
            texts[id]["caption"].format(**words),
            tuple(note.format(**words) for note in texts[id].get("notes", ())),
        )

    return made


def page(
    title: str,
    panels: Iterable[Panel],
    about: Iterable[str] = (),
    invented: str = "",
    warning: str = "",
) -> str:
    """Return the HTML of the report. The same input gives the same text, byte for byte.

    about: sentences for the top: how many learners, which course, which k. invented: a sentence
    that says so if the data are made up, or ""; it then stands in the page's title, at the top and
    in every panel, so that a panel or picture cut out still says so. warning: a sentence for the
    top, or ""; with it each sheet of paper says whom it is for.

    >>> html = page("Class report", [Panel("sharper", "Did they get sharper?", ("Too few.",))])
    >>> "<h1>Class report</h1>" in html, "<p>Too few.</p>" in html
    (True, True)
    """
    return _render(
        "page", title=title, panels=list(map(drawn, panels)), about=about, invented=invented,
        warning=warning,
    )  # fmt: skip


def in_notebook(panel: Panel, invented: str = "") -> str:
    """Return the HTML of one Panel for a notebook.

    The picture is an image, so that it is still there when the notebook is opened again.
    """
    draw: Any = panel.picture
    picture = draw and figure.picture(panel.alt, figure.svg(draw))
    sideways = figure.SIDEWAYS.format(f"Table: {escape(panel.title)}")
    return _render(
        "notebook", panel=panel, invented=invented, picture=Markup(picture or ""),
        sideways=Markup(sideways),
    ).rstrip("\n")  # fmt: skip


def drawn(panel: Panel) -> Panel:
    """Return a Panel with its Picture drawn; as it is without one, or if that is done already."""
    if not callable(panel.picture):
        return panel
    file = io.StringIO()
    with look(), plt.rc_context(TEXT_AS_TEXT):
        drawing = figure_of(panel.picture())
        drawing.set_layout_engine("none")  # every label has its place; else all is placed once more
        try:
            FigureCanvasSVG(drawing).print_svg(file, metadata=NO_METADATA)
        finally:
            plt.close(drawing)
    _, begin, rest = file.getvalue().partition("<svg")
    svg = TAG.sub(lambda tag: NAMED.sub(rf"\1{panel.id}.", tag[0]), begin + rest)
    hidden = svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1).rstrip()
    return panel._replace(picture=Picture(Markup(hidden), round(drawing.get_figwidth() * SMALLEST)))


def _cell(value):
    """Return a cell as text, None if it is hidden.

    >>> [_cell(value) for value in (12, 12.0, 0.12345, 12345.6, "a < b", None)]
    ['12', '12', '0.1235', '12346', 'a < b', None]
    """
    if pd.isna(value):
        return None
    if isinstance(value, float):
        value = f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)


def _render(name: str, **values: Any) -> str:
    return _templates().get_template(f"{name}.html.j2").render(values)


@cache
def _texts():
    return tomllib.loads(Path(__file__).with_name("panels.toml").read_text(encoding="utf-8"))


@cache
def _templates():
    found = templates(Path(__file__).parent, keep_trailing_newline=True)
    found.globals.update(EYES=EYES, HIDDEN=HIDDEN, MOST_ON_PAPER=MOST_ON_PAPER)
    return found
