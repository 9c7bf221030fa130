"""The pages: the first one, one for each notebook, one for the record; all in one frame."""

import re
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat.v4 import new_markdown_cell

from editions.course.said import spelled
from editions.site.words import headings, in_html
from kit import data
from kit.charts.figure import SIDEWAYS
from kit.widgets.finder import record_html

TEMPLATES = Path(__file__).with_name("templates")


class Leaf(NamedTuple):
    """One notebook as the other pages see it."""

    number: int
    name: str
    title: str
    goals: str
    time: str

    @property
    def file(self):
        """The name of its page."""
        return f"{self.name}.html"


def leaf(number, name, notebook):
    """Return the Leaf of a notebook: the title and goals it opens with, the time it says it takes.

    number: from 1. name: its file's name without the ending.
    """
    opening, goals, *_ = (cell.source for cell in notebook.cells)
    time = re.search(r"\*\*Time:\*\* (.*?)(?:\.\s|\.$|$)", goals, flags=re.MULTILINE)
    points = "\n".join(line for line in goals.splitlines() if line.startswith("- "))
    title = opening.partition("\n")[0].removeprefix("# ")
    return Leaf(number, name, title, in_html(points), time[1])


def notebook_page(place, leaves, notebook, course):
    """Return the page (str) of the notebook at `place` in the list of leaves.

    notebook: run, and made still. course: its title (str).
    """
    own = leaves[place]
    notebook.cells.insert(1, new_markdown_cell(_opening(own, leaves, notebook)))
    around = {
        "before": leaves[place - 1] if place else None,
        "after": leaves[place + 1] if place + 1 < len(leaves) else None,
    }
    return _framed(own.title, own.file, _cells(notebook), leaves, course, **around)


def record_page(rows, leaves, course):
    """Return the page with all records, in the order of their events.

    rows: list of dict, as `case.rows("record")`.
    """
    in_order = sorted(rows, key=_when)
    decades = groupby(in_order, key=lambda row: f"{_when(row).year // 10}0s")
    body = _template("record.html").render(count=len(rows), decades=decades, shown=record_html)
    return _framed("The record", "record.html", body, leaves, course)


def first_page(about, leaves, course):
    """Return the first page: what the course is, its notebooks, how to start.

    about: Markdown, the course in a few sentences.
    """
    start = in_html(_template("start.md").render(leaves=leaves))
    body = _template("first.html").render(about=in_html(about), leaves=leaves, start=start)
    return _framed(course, "index.html", body, leaves, course)


def _when(row):
    return data.span(row["event_date"]).known.start


def _opening(leaf, leaves, notebook):
    """Return what a reader is told under the title, and the list of what stands on the page."""
    markdown = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    found = [pair for source in markdown for pair in headings(source)]
    return _template("opening.html").render(leaf=leaf, leaves=leaves, headings=found)


def _cells(notebook):
    layout = (TEMPLATES / "cells.html").read_text(encoding="utf-8")
    exporter = TemplateExporter(raw_template=layout, template_name="base", file_extension=".html")
    exporter.register_filter("in_html", in_html)
    exporter.register_filter("escaped", escape)
    exporter.register_filter("sideways", SIDEWAYS.format)
    return exporter.from_notebook_node(notebook)[0]


def _framed(title, file, body, leaves, course, **around):
    frame = _template("frame.html")
    own = {"course": course, "rights": _rights(), **around}
    return frame.render(title=title, file=file, body=body, leaves=leaves, **own)


@cache
def _rights():
    """What the foot of each page says of the texts, where the dictionary says they are others'."""
    licences = [each.get("licenses", []) for each in data.load().described.values()]
    if not all(named and named[0]["name"].startswith("other") for named in licences):
        return ""
    whose = f" The {spelled(licences)} texts belong to others."
    return f"{whose} They are quoted for study, each with the address of its page."


@cache
def _environment():
    return Environment(
        loader=FileSystemLoader(TEMPLATES), trim_blocks=True, lstrip_blocks=True, autoescape=False
    )


def _template(name):
    return _environment().get_template(name)
