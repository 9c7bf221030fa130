"""A drop-down list for every row and column: in a grid, or each beside the sentences to judge."""

from html import escape

import ipywidgets

from kit import exercises, journal
from kit.data import Case, Sentence
from kit.exercises import Choice, Exercise
from kit.widgets.base import html, shared
from kit.widgets.controls import dropdown
from kit.widgets.fields import Form, part


def grid(exercise: Exercise, case: Case) -> Form:
    """Return a grid or, where the exercise has sentences, a block for each row; each counted."""
    form = Form(f"kit.ask({exercise.id!r})", lambda: _filled(exercise))
    headings = {row.id: html(escape(row.text), "kit-heading") for row in exercise.rows}
    if exercise.sentences:
        body = [_block(exercise, case, row, headings[row.id], form) for row in exercise.rows]
    else:
        body = [_grid(exercise, headings, form)]
    if len(exercise.columns) > 1:
        form.watch(lambda: _count_rows(exercise, headings))
    return form.lay_out(*body)


def _block(
    exercise: Exercise, case: Case, row: Choice, heading: ipywidgets.HTML, form: Form
) -> ipywidgets.VBox:
    """A row's words; then for each column, a text, its nearest sentences and the list."""
    parts = [heading]
    for column, cell in zip(exercise.columns, _cells(exercise, row, form), strict=True):
        sentences = exercises.nearest(exercise, case, row.id, column.id)
        parts += [html(_quoted(column.text, sentences)), cell]
    layout = shared(ipywidgets.Layout)
    return ipywidgets.VBox(parts, layout=layout, _dom_classes=("kit-nearest",))


def _quoted(name: str, sentences: list[Sentence]) -> str:
    lines = "".join(
        f'<p><span class="kit-n">{s.number}</span> {escape(s.text)}</p>' for s in sentences
    )
    return f'<strong>{escape(name)}</strong><blockquote class="kit-quote">{lines}</blockquote>'


def _grid(exercise: Exercise, headings: dict[str, ipywidgets.HTML], form: Form) -> ipywidgets.VBox:
    """Row and column headings with a list per cell; stacks where it is narrow."""
    columns = [html(escape(column.text), "kit-heading") for column in exercise.columns]
    top = _line(exercise, [html("", "kit-corner"), *columns], "kit-headings")
    rows = [
        _line(exercise, [headings[row.id], *_cells(exercise, row, form)], "kit-row")
        for row in exercise.rows
    ]
    return ipywidgets.VBox((top, *rows), _dom_classes=("kit-grid",))


def _cells(exercise: Exercise, row: Choice, form: Form) -> list[ipywidgets.Dropdown]:
    """The drop-down lists of a row, one for each column."""
    options = [(option.text, option.id) for option in exercise.options]
    return [
        form.keep(
            f"{exercise.id}/{row.id}/{column.id}",
            dropdown(column.text, options, context=row.text),
        )
        for column in exercise.columns
    ]


def _line(exercise: Exercise, children: list, kind: str) -> ipywidgets.GridBox:
    columns = f"minmax(8em, 2fr) repeat({len(exercise.columns)}, minmax(6em, 1fr))"
    layout = shared(ipywidgets.Layout, grid_template_columns=columns)
    return ipywidgets.GridBox(children, layout=layout, _dom_classes=(kind,))


def _count_rows(exercise: Exercise, headings: dict[str, ipywidgets.HTML]) -> None:
    """Write behind every row how far it is."""
    answer = journal.current().answer(exercise.id)
    for row in exercise.rows:
        cells = part(answer, row.id)
        done = sum(bool(cells.get(column.id)) for column in exercise.columns)
        count = f'<span class="kit-done">{done} of {len(exercise.columns)}</span>'
        headings[row.id].value = f"{escape(row.text)} {count}"


def _filled(exercise: Exercise) -> str:
    done, asked = exercises.progress(exercise, journal.current().answer(exercise.id))
    return f"{done} of {asked} cells filled."
