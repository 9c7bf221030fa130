"""A matrix with sentences: one row at a time, for each text its sentences and the choice.

The whole matrix as a table folds out below. It is for looking; the answers are given row by row.
"""

import functools
from html import escape

import ipywidgets

from kit import exercises
from kit.data import Case
from kit.exercises import Choice, Exercise
from kit.widgets.base import box, button, control, html, radio, shared
from kit.widgets.fields import Form, part
from kit.widgets.reader import heading
from kit.words import html_table

SILENT = "silent"  # the option that a text gets which does not bring the row up


class RowByRow(Form):
    """All rows are built, one is on the page: at first the first one that is not filled."""

    def __init__(self, exercise: Exercise, case: Case) -> None:
        super().__init__(exercise=exercise, case=case)
        self.rows = {row.id: self._row(row) for row in exercise.rows}
        options = [row.id for row in exercise.rows]
        self.chosen = control(ipywidgets.Dropdown, "Go to", options=options)
        self.place = ipywidgets.VBox()
        self.table = html("", "kit-scroll")
        auto = shared(ipywidgets.Layout, width="auto")
        self.whole = ipywidgets.ToggleButton(description="The whole as a table", layout=auto)
        self.chosen.observe(self._show, "value")
        self.watch(self._name_rows)
        self.chosen.value = next((id for id in options if "" in self._chosen(id)), options[0])
        self.whole.observe(lambda _: self._draw(), "value")
        self._show()
        back, on, again = (
            button(label, functools.partial(self._go, by))
            for label, by in (("‹ Previous", -1), ("Next ›", 1), ("Next ›", 1))
        )
        silent = [
            button(f"Not answered yet: all {option.text}", self._rest_is_silent)
            for option in exercise.options
            if option.id == SILENT
        ]
        before = box("kit-steps", self.chosen, back, on)
        after = box("kit-steps", *silent, again)
        self.lay_out(before, self.place, after, self.whole, self.table)

    def _chosen(self, row_id: str) -> list[str]:
        """What is chosen for each column, an option's id; "" where nothing is."""
        kept = part(self.answer, row_id)
        return [str(kept.get(column.id) or "") for column in self.exercise.columns]

    def _row(self, row: Choice) -> ipywidgets.VBox:
        """A row's words; then for each column, a text, its nearest sentences and the options."""
        options = [(option.text, option.id) for option in self.exercise.options]
        cells = []
        for column in self.exercise.columns:
            choice = radio(column.text, options, row.text)
            self.keep(f"{self.exercise.id}/{row.id}/{column.id}", choice)
            cells.append(box("kit-near", self._quote(row, column), choice))
        return box("kit-nears", html(escape(row.text), "kit-title"), *cells)

    def _quote(self, row: Choice, column: Choice) -> ipywidgets.HTML:
        lines = "".join(
            f'<p><span class="kit-n">{sentence.number}</span> {escape(sentence.text)}</p>'
            for sentence in exercises.nearest(self.exercise, self.case, row.id, column.id)
        )
        name = heading(self.case, column)
        return html(f'<strong>{name}</strong><blockquote class="kit-quote">{lines}</blockquote>')

    def _name_rows(self) -> None:
        """Say for each row in the list its place and how far it is; and keep the table true."""
        shown, rows, columns = self.chosen.value, self.exercise.rows, self.exercise.columns
        done = [len(columns) - self._chosen(row.id).count("") for row in rows]
        named = [
            (f"{n} of {len(rows)} ({done[n - 1]} of {len(columns)} done) · {row.text}", row.id)
            for n, row in enumerate(rows, 1)
        ]
        if named != list(self.chosen.options):
            self.chosen.unobserve(self._show, "value")
            with self.chosen.hold_sync():
                self.chosen.options, self.chosen.value = named, shown
            self.chosen.observe(self._show, "value")
        self._draw()

    def _show(self, _change: dict | None = None) -> None:
        self.place.children = [self.rows[self.chosen.value]]
        if self.strip:
            self.strip.mark()

    def _go(self, by: int) -> None:
        ids = list(self.rows)
        self.chosen.value = ids[(ids.index(self.chosen.value) + by) % len(ids)]

    def _rest_is_silent(self) -> None:
        for column in self.exercise.columns:
            choice = self.control_at(f"{self.exercise.id}/{self.chosen.value}/{column.id}")
            choice.value = choice.value or SILENT

    def _draw(self) -> None:
        """The whole matrix as a table, or nothing while it is folded in."""
        words = {option.id: escape(option.text) for option in self.exercise.options}
        rows = (
            [escape(row.text), *(words.get(id, "·") for id in self._chosen(row.id))]
            for row in self.exercise.rows
        )
        heads = ["", *(heading(self.case, column) for column in self.exercise.columns)]
        table = html_table(heads, rows, escape(self.exercise.title), True, "kit-whole")
        self.table.value = table if self.whole.value else ""
