"""The rating form: one text at a time, a value and its sentence for every criterion."""

from html import escape

import ipywidgets

from kit import work
from kit.widgets.controls import LINE, Parts, dropdown, named, pair_from_json, pair_to_json
from kit.widgets.fields import PAUSE, Form, part
from kit.widgets.page import html

NOT_SET = ("not set", "")  # the slider's first stop: no rating yet
LONGEST = 80  # characters of a sentence shown in the list
AXES = ("source", "information")  # the Admiralty letter and number; all other columns are scores


def rating(exercise, case):
    """A form for each row; with several columns one at a time, chosen from a list.

    The journal keeps each cell as {"value": …, "evidence": sentence number or None}.
    """
    form = Form(f"kit.ask({exercise.id!r})", lambda: progress(exercise))
    sheets = {row.id: _sheet(exercise, row, case, form) for row in exercise.rows}
    if len(sheets) == 1 or len(exercise.columns) == 1:
        return form.lay_out(*sheets.values())
    chooser = ipywidgets.Dropdown(
        options=[(row.text, row.id) for row in exercise.rows], description="Rate", style=LINE
    )
    place = ipywidgets.VBox([sheets[chooser.value]])
    chooser.observe(lambda change: setattr(place, "children", [sheets[change["new"]]]), "value")
    return form.lay_out(chooser, place)


def table_column(id):
    """The name that a column of the rating has in tables of ratings, as in the key.

    >>> table_column("source"), table_column("dating")
    ('admiralty_source', 'dating_score')
    """
    return f"admiralty_{id}" if id in AXES else f"{id}_score"


def missing(exercise):
    """{row id: number of ratings not given, or without their sentence}, only where some are."""
    kept = work.current().answer(exercise.id)
    counts = {
        row.id: len(exercise.columns) - _complete(exercise, kept, row) for row in exercise.rows
    }
    return {row: count for row, count in counts.items() if count}


def progress(exercise):
    """In words: how many ratings are given; with evidence per row that was begun."""
    kept = work.current().answer(exercise.id)
    done = {row: _complete(exercise, kept, row) for row in exercise.rows}
    whole = len(exercise.columns)
    if not exercise.evidence:
        return f"{sum(done.values())} of {whole * len(done)} given."
    begun = [row for row in exercise.rows if part(kept, row.id)]
    told = [f"{row.text}: {done[row]} of {whole} ratings have their evidence." for row in begun]
    if missing(exercise):
        told.append("A rating counts only with its sentence.")
    return " ".join(told)


def _complete(exercise, kept, row):
    cells = [part(kept, row.id, column.id) for column in exercise.columns]
    return sum(
        cell.get("value") is not None and bool(cell.get("evidence") or not exercise.evidence)
        for cell in cells
    )


def _sheet(exercise, row, case, form):
    parts = [html(escape(row.text), "kit-heading")]
    sentences = [_short(found) for found in case.sentences(row.id)] if exercise.evidence else []
    for column in exercise.columns:
        controls = {"value": _value_control(column, row)}
        if exercise.evidence:
            controls["evidence"] = dropdown("Sentence", sentences, f"{row.text}, {column.text}")
        id = f"{exercise.id}/{row.id}/{column.id}"
        how = {"encode": _to_json, "decode": pair_from_json}
        parts.append(form.keep(id, Parts(controls), pause=PAUSE if column.range else 0, **how))
    return ipywidgets.VBox(parts)


def _to_json(value):
    return {"value": None, "evidence": None} | pair_to_json(value)


def _short(sentence):
    text = " ".join(sentence.text.split())
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return (f"{sentence.number} · {cut}", sentence.number)


def _value_control(column, row):
    if column.range:
        return _slider(column, row)
    return dropdown(column.text, [(_worded(v, column), v) for v in column.values], row.text)


def _slider(column, row):
    low, high = column.range
    stops = [NOT_SET, *((str(value), value) for value in range(low, high + 1))]
    slider = ipywidgets.SelectionSlider(
        options=stops,
        value="",
        description=named(column.text, row.text),
        description_allow_html=True,
        style=LINE,
    )
    slider.layout.width = "auto"
    return slider


def _worded(value, column):
    """A value with its words, where the exercise gives them: "B – usually reliable"."""
    words = dict(zip(column.values, column.words, strict=False))
    return f"{value} – {words[value]}" if value in words else str(value)
