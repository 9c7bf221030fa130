"""The grid: a drop-down list for every row and column."""

from html import escape

import ipywidgets

from kit import work
from kit.widgets.controls import dropdown
from kit.widgets.fields import Form, part
from kit.widgets.page import html


def matrix(exercise, _case):
    """Row and column headings with a drop-down list per cell; stacks where it is narrow."""
    form = Form(f"kit.ask({exercise.id!r})", lambda: _filled(exercise))
    rows = [_row(exercise, row, form) for row in exercise.rows]
    return form.lay_out(_line(exercise, _headings(exercise), "kit-headings"), *rows)


def _headings(exercise):
    corner = html("", "kit-corner")
    return [corner, *(html(escape(column.text), "kit-heading") for column in exercise.columns)]


def _row(exercise, row, form):
    options = [(option.text, option.id) for option in exercise.options]
    cells = [
        form.keep(
            f"{exercise.id}/{row.id}/{column.id}",
            dropdown(column.text, options, context=row.text),
        )
        for column in exercise.columns
    ]
    return _line(exercise, [html(escape(row.text), "kit-heading"), *cells], "kit-row")


def _line(exercise, children, kind):
    columns = f"minmax(8em, 2fr) repeat({len(exercise.columns)}, minmax(6em, 1fr))"
    line = ipywidgets.GridBox(children, layout={"grid_template_columns": columns})
    line.add_class(kind)
    return line


def _filled(exercise):
    kept = work.current().answer(exercise.id)
    columns = [column.id for column in exercise.columns]
    filled = sum(bool(part(kept, row.id).get(id)) for row in exercise.rows for id in columns)
    return f"{filled} of {len(exercise.rows) * len(columns)} cells filled."
