"""The grid: a drop-down list for every row and column."""

from html import escape

import ipywidgets

from kit import exercises, work
from kit.widgets.controls import dropdown
from kit.widgets.fields import Form, part
from kit.widgets.page import html, shared


def matrix(exercise, _case):
    """Row and column headings with a drop-down list per cell; stacks where it is narrow."""
    form = Form(f"kit.ask({exercise.id!r})", lambda: _filled(exercise))
    headings = {row.id: html(escape(row.text), "kit-heading") for row in exercise.rows}
    rows = [_row(exercise, row, headings[row.id], form) for row in exercise.rows]
    columns = [html(escape(column.text), "kit-heading") for column in exercise.columns]
    top = _line(exercise, [html("", "kit-corner"), *columns], "kit-headings")
    grid = ipywidgets.VBox((top, *rows), _dom_classes=("kit-grid",))
    if len(exercise.columns) > 1:
        form.watch(lambda: _count_rows(exercise, headings))
    return form.lay_out(grid)


def _row(exercise, row, heading, form):
    options = [(option.text, option.id) for option in exercise.options]
    cells = [
        form.keep(
            f"{exercise.id}/{row.id}/{column.id}",
            dropdown(column.text, options, context=row.text),
        )
        for column in exercise.columns
    ]
    return _line(exercise, [heading, *cells], "kit-row")


def _line(exercise, children, kind):
    columns = f"minmax(8em, 2fr) repeat({len(exercise.columns)}, minmax(6em, 1fr))"
    layout = shared(ipywidgets.Layout, grid_template_columns=columns)
    return ipywidgets.GridBox(children, layout=layout, _dom_classes=(kind,))


def _count_rows(exercise, headings):
    """Write behind every row how far it is."""
    kept = work.current().answer(exercise.id)
    for row in exercise.rows:
        cells = part(kept, row.id)
        done = sum(bool(cells.get(column.id)) for column in exercise.columns)
        count = f'<span class="kit-done">{done} of {len(exercise.columns)}</span>'
        headings[row.id].value = f"{escape(row.text)} {count}"


def _filled(exercise):
    done, asked = exercises.progress(exercise, work.current().answer(exercise.id))
    return f"{done} of {asked} cells filled."
