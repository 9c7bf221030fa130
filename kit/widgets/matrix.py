"""A drop-down list for every row and column: in a grid, or each beside the sentences to judge."""

from html import escape

import ipywidgets

from kit import exercises, journal
from kit.widgets.base import html, shared
from kit.widgets.controls import dropdown
from kit.widgets.fields import Form, part


def matrix(exercise, case):
    """A grid, or where the exercise has sentences a block for each row; tells how far each is."""
    form = Form(f"kit.ask({exercise.id!r})", lambda: _filled(exercise))
    headings = {row.id: html(escape(row.text), "kit-heading") for row in exercise.rows}
    if exercise.sentences:
        body = [_block(exercise, case, row, headings[row.id], form) for row in exercise.rows]
    else:
        body = [_grid(exercise, headings, form)]
    if len(exercise.columns) > 1:
        form.watch(lambda: _count_rows(exercise, headings))
    return form.lay_out(*body)


def _block(exercise, case, row, heading, form):
    """A row's words; then for each column, a text, its nearest sentences and the list."""
    parts = [heading]
    for column, cell in zip(exercise.columns, _cells(exercise, row, form), strict=True):
        sentences = exercises.nearest(exercise, case, row.id, column.id)
        parts += [html(_quoted(column.text, sentences)), cell]
    layout = shared(ipywidgets.Layout)
    return ipywidgets.VBox(parts, layout=layout, _dom_classes=("kit-nearest",))


def _quoted(name, sentences):
    told = "".join(
        f'<p><span class="kit-n">{each.number}</span> {escape(each.text)}</p>' for each in sentences
    )
    return f'<strong>{escape(name)}</strong><blockquote class="kit-quote">{told}</blockquote>'


def _grid(exercise, headings, form):
    """Row and column headings with a list per cell; stacks where it is narrow."""
    columns = [html(escape(column.text), "kit-heading") for column in exercise.columns]
    top = _line(exercise, [html("", "kit-corner"), *columns], "kit-headings")
    rows = [
        _line(exercise, [headings[row.id], *_cells(exercise, row, form)], "kit-row")
        for row in exercise.rows
    ]
    return ipywidgets.VBox((top, *rows), _dom_classes=("kit-grid",))


def _cells(exercise, row, form):
    """The drop-down lists of a row, one for each column."""
    options = [(option.text, option.id) for option in exercise.options]
    return [
        form.keep(
            f"{exercise.id}/{row.id}/{column.id}",
            dropdown(column.text, options, context=row.text),
        )
        for column in exercise.columns
    ]


def _line(exercise, children, kind):
    columns = f"minmax(8em, 2fr) repeat({len(exercise.columns)}, minmax(6em, 1fr))"
    layout = shared(ipywidgets.Layout, grid_template_columns=columns)
    return ipywidgets.GridBox(children, layout=layout, _dom_classes=(kind,))


def _count_rows(exercise, headings):
    """Write behind every row how far it is."""
    kept = journal.current().answer(exercise.id)
    for row in exercise.rows:
        cells = part(kept, row.id)
        done = sum(bool(cells.get(column.id)) for column in exercise.columns)
        count = f'<span class="kit-done">{done} of {len(exercise.columns)}</span>'
        headings[row.id].value = f"{escape(row.text)} {count}"


def _filled(exercise):
    done, asked = exercises.progress(exercise, journal.current().answer(exercise.id))
    return f"{done} of {asked} cells filled."
