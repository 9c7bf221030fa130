"""A matrix with sentences: one row at a time, for each text its sentences and the choice.

The whole matrix as a table folds out below. It is for looking; the answers are given row by row.
"""

from collections.abc import Iterator
from html import escape

import ipywidgets

from kit import exercises
from kit.data import Case
from kit.exercises import Choice, Exercise
from kit.journal import current
from kit.widgets.base import html, shared
from kit.widgets.controls import button, control, radio
from kit.widgets.fields import Form, part
from kit.widgets.reader import heading
from kit.words import html_table

SILENT = "silent"  # the option that a text gets which does not bring the row up
LONGEST = 60  # characters of a row in the list to choose from


def row_by_row(exercise: Exercise, case: Case) -> "_Rows":
    """The form of a matrix with sentences; it opens at the first row that is not filled."""
    return _Rows(exercise, case)


class _Rows(Form):
    """All rows are built, one is on the page."""

    def __init__(self, exercise: Exercise, case: Case) -> None:
        name = f"kit.ask({exercise.id!r})"
        super().__init__(name, self._filled, exercise=exercise, case=case)
        self.exercise, self.case = exercise, case
        self.rows = {row.id: self._row(row) for row in exercise.rows}
        options = [row.id for row in exercise.rows]
        self.chosen = control(ipywidgets.Dropdown, "Go to", options=options)
        self.place = ipywidgets.VBox()
        self.table = html("", "kit-scroll")
        self.whole = ipywidgets.ToggleButton(description="The whole as a table")
        self.chosen.observe(self._show, "value")
        self.watch(self._name_rows)
        self.chosen.value = next((id for id in options if self._done(id) < self._asked), options[0])
        self.whole.observe(lambda _: self._draw(), "value")
        self._show()
        before = _box(
            button("‹ Previous", self._back),
            self.chosen,
            button("Next ›", self._go_on),
            kind="kit-steps",
        )
        after = _box(*self._silent_button(), button("Next ›", self._go_on), kind="kit-steps")
        self.lay_out(before, self.place, after, self.whole, self.table)

    @property
    def _asked(self) -> int:
        return len(self.exercise.columns)

    def _filled(self) -> str:
        done, asked = exercises.progress(self.exercise, current().answer(self.exercise.id))
        return f"{done} of {asked} filled."

    def _done(self, row_id: str) -> int:
        return sum(self._choices(row_id)[column.id] != "" for column in self.exercise.columns)

    def _choices(self, row_id: str) -> dict[str, str]:
        """{column id: words of what is chosen there, or ""}."""
        words = {option.id: option.text for option in self.exercise.options}
        kept = part(current().answer(self.exercise.id), row_id)
        return {each.id: words.get(str(kept.get(each.id)), "") for each in self.exercise.columns}

    def _row(self, row: Choice) -> ipywidgets.VBox:
        """A row's words; then for each column, a text, its nearest sentences and the options."""
        options = [(option.text, option.id) for option in self.exercise.options]
        cells = []
        for column in self.exercise.columns:
            choice = radio(column.text, options, row.text)
            self.keep(f"{self.exercise.id}/{row.id}/{column.id}", choice)
            cells.append(_box(self._quote(row, column), choice, kind="kit-near"))
        return _box(html(escape(row.text), "kit-title"), *cells, kind="kit-nears")

    def _quote(self, row: Choice, column: Choice) -> ipywidgets.HTML:
        lines = "".join(
            f'<p><span class="kit-n">{sentence.number}</span> {escape(sentence.text)}</p>'
            for sentence in exercises.nearest(self.exercise, self.case, row.id, column.id)
        )
        name = heading(self.case, column)
        return html(f'<strong>{name}</strong><blockquote class="kit-quote">{lines}</blockquote>')

    def _name_rows(self) -> None:
        """Say for each row in the list its place and how far it is; and keep the table true."""
        chosen, whole = self.chosen.value, len(self.exercise.rows)
        named = [
            (f"{n} of {whole} · {_short(row.text)} – {self._done(row.id)} of {self._asked}", row.id)
            for n, row in enumerate(self.exercise.rows, 1)
        ]
        if named != list(self.chosen.options):
            self.chosen.unobserve(self._show, "value")
            with self.chosen.hold_sync():
                self.chosen.options, self.chosen.value = named, chosen
            self.chosen.observe(self._show, "value")
        self._draw()

    def _show(self, _change: dict | None = None) -> None:
        self.place.children = [self.rows[self.chosen.value]]
        self.strip.mark()

    def _go_on(self, by: int = 1) -> None:
        ids = list(self.rows)
        self.chosen.value = ids[(ids.index(self.chosen.value) + by) % len(ids)]

    def _back(self) -> None:
        self._go_on(-1)

    def _silent_button(self) -> Iterator[ipywidgets.Button]:
        """A button for all texts of the row that have no answer yet, where one can be silent."""
        for option in self.exercise.options:
            if option.id == SILENT:
                yield button(f"Not answered yet: all {option.text}", self._rest_is_silent)

    def _rest_is_silent(self) -> None:
        for column in self.exercise.columns:
            choice = self.control_at(f"{self.exercise.id}/{self.chosen.value}/{column.id}")
            choice.value = choice.value or SILENT

    def _draw(self) -> None:
        """The whole matrix as a table, or nothing while it is folded in."""
        rows = (
            [escape(row.text), *(escape(words or "·") for words in self._choices(row.id).values())]
            for row in self.exercise.rows
        )
        heads = ["", *(heading(self.case, column) for column in self.exercise.columns)]
        table = html_table(heads, rows, escape(self.exercise.title), True, "kit-whole")
        self.table.value = table if self.whole.value else ""


def _box(*parts: ipywidgets.Widget, kind: str) -> ipywidgets.VBox:
    return ipywidgets.VBox(parts, layout=shared(ipywidgets.Layout), _dom_classes=(kind,))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
