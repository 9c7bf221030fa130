"""The rating form: one text at a time, a value and its sentence for every criterion."""

from html import escape

import ipywidgets

from kit import exercises, journal
from kit.data import Case
from kit.exercises import Exercise
from kit.widgets.base import html, shared
from kit.widgets.controls import Parts, control, dropdown, pair_from_json, pair_to_json
from kit.widgets.fields import PAUSE, Form, part
from kit.widgets.reader import marked

NOT_SET = ("not set", "")  # the slider's first stop: no rating yet
LONGEST = 80  # characters of a sentence shown in the list


def rating(exercise: Exercise, case: Case) -> "_Rating":
    """A form for each row; with several columns one at a time, chosen from a list.

    The journal keeps each cell as {"value": …, "evidence": sentence number or None}.
    """
    return _Rating(exercise, case).lay_out_all()


def table_column(id: str) -> str:
    """The name that a column of the rating has in tables of ratings, as in the key.

    >>> table_column("source"), table_column("dating")
    ('admiralty_source', 'dating_score')
    """
    return f"admiralty_{id}" if id in exercises.AXES else f"{id}_score"


def missing(exercise: Exercise) -> dict[str, int]:
    """{row id: number of ratings not given, or without their sentence}, only where some are."""
    counts = _counted(exercise, journal.current().answer(exercise.id))
    return {
        row: len(exercise.columns) - n for row, n in counts.items() if n < len(exercise.columns)
    }


def _counted(exercise, answer):
    """{row id: number of ratings given, with their sentence where one is asked for}."""
    counts = {}
    for row in exercise.rows:
        cells = part(answer, row.id)
        rated = [exercises.is_rated(cells.get(c.id), exercise) for c in exercise.columns]
        counts[row.id] = sum(rated)
    return counts


class _Rating(Form):
    """The sheets of all rows, each built when it is first shown, and the list to choose from."""

    def __init__(self, exercise, case):
        super().__init__(f"kit.ask({exercise.id!r})", self._progress)
        self.exercise, self.case, self.sheets = exercise, case, {}
        self.answer, self.counts = None, {}  # what is kept of the exercise, and its ratings counted

    def lay_out_all(self) -> "_Rating":
        """Put everything on the page."""
        rows = self.exercise.rows
        self.watch(self._count)
        if len(rows) == 1 or len(self.exercise.columns) == 1:
            return self.lay_out(*(self._sheet(row) for row in rows))
        self.chooser = dropdown("Text to rate", [(row.text, row.id) for row in rows])
        self.chooser.value = rows[0].id
        self.chooser.observe(self._row_chosen, "value")
        self.place = ipywidgets.VBox([self._sheet(rows[0])])
        self.watch(self._name_rows)
        return self.lay_out(self.chooser, self.place)

    def is_begun(self) -> bool:
        """True when any row was rated before, also one whose sheet is not built yet."""
        return bool(part(self.answer))

    def _count(self):
        """Count the ratings, once for a change: for the line below and for the list of texts."""
        self.answer = journal.current().answer(self.exercise.id)
        self.counts = _counted(self.exercise, self.answer)

    def _progress(self):
        """In words: how many ratings are given; with evidence per row that was begun."""
        whole = len(self.exercise.columns)
        if not self.exercise.evidence:
            return f"{sum(self.counts.values())} of {whole * len(self.counts)} given."
        sentences = [
            f"{row.text}: {self.counts[row.id]} of {whole} ratings have their evidence."
            for row in self.exercise.rows
            if part(self.answer, row.id)
        ]
        if any(count < whole for count in self.counts.values()):
            sentences.append("A rating counts only with its sentence.")
        return " ".join(sentences)

    def _row_chosen(self, change):
        row = next(row for row in self.exercise.rows if row.id == change["new"])
        self.place.children = [self._sheet(row)]

    def _name_rows(self):
        """Say behind each text's name how far it is; the text that is shown stays."""
        chosen, whole = self.chooser.value, len(self.exercise.columns)
        named = [
            (f"{row.text} – {self.counts[row.id]} of {whole}", row.id) for row in self.exercise.rows
        ]
        if named != list(self.chooser.options):
            self.chooser.unobserve(self._row_chosen, "value")
            with self.chooser.hold_sync():
                self.chooser.options = named
                self.chooser.value = chosen
            self.chooser.observe(self._row_chosen, "value")

    def _sheet(self, row):
        if row.id not in self.sheets:
            sentences = self.case.sentences(row.id) if self.exercise.evidence else []
            cells = [self._cell(row, column, sentences) for column in self.exercise.columns]
            chosen_by_name = len(cells) > 1 and len(self.exercise.rows) > 1
            heading = [] if chosen_by_name else [html(escape(row.text), "kit-title")]
            self.sheets[row.id] = ipywidgets.VBox(heading + cells, _dom_classes=("kit-sheet",))
        return self.sheets[row.id]

    def _cell(self, row, column, sentences):
        controls = {"value": _value_control(column, row)}
        if self.exercise.evidence:
            options = _options(sentences, marked(row.id))
            controls["evidence"] = dropdown("Sentence", options, f"{row.text}, {column.text}")
        cell = Parts(controls)
        pause = PAUSE if column.range else 0
        id = f"{self.exercise.id}/{row.id}/{column.id}"
        self.keep(id, cell, pause=pause, encode=_to_json, decode=pair_from_json)
        told = [_evidence(cell, sentences)] if self.exercise.evidence else []
        return ipywidgets.VBox(
            [cell, *told], layout=shared(ipywidgets.Layout), _dom_classes=("kit-rated",)
        )


def _evidence(cell, sentences):
    """What stands under a rating: its sentence in full, or the kind word that it wants one."""
    texts = {sentence.number: sentence.text for sentence in sentences}
    told = html("")

    def tell(_change=None):
        number, rated = cell.value["evidence"], cell.value["value"] != ""
        told.value = _quoted(number, texts[number], rated) if number else _wanted(rated)

    cell.observe(tell, "value")
    tell()
    return told


def _wanted(rated):
    kind = "Now choose the sentence that made you decide; then this rating counts."
    return f'<span class="kit-note">{kind}</span>' if rated else ""


def _quoted(number, text, rated):
    plain = escape(" ".join(text.split()))
    rest = "" if rated else '<span class="kit-note">Now choose the rating it supports.</span>'
    quote = f'<span class="kit-n">{number}</span>“{plain}”'
    return f'<blockquote class="kit-quote">{quote}</blockquote>{rest}'


def _to_json(value):
    return {"value": None, "evidence": None} | pair_to_json(value)


def _options(sentences, chosen):
    """The sentences for a list: those the learner has marked come first, and say so."""
    first = [_short(sentence, "you marked ") for sentence in sentences if sentence.number in chosen]
    return first + [_short(sentence) for sentence in sentences if sentence.number not in chosen]


def _short(sentence, before=""):
    text = " ".join(sentence.text.split())
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return (f"{before}{sentence.number} · {cut}", sentence.number)


def _value_control(column, row):
    if column.range:
        low, high = column.range
        stops = [NOT_SET, *((str(value), value) for value in range(low, high + 1))]
        return control(ipywidgets.SelectionSlider, column.text, row.text, options=stops, value="")
    return dropdown(column.text, [(_worded(v, column), v) for v in column.values], row.text)


def _worded(value, column):
    """A value with its words, where the exercise gives them: "B – usually reliable"."""
    words = dict(zip(column.values, column.words, strict=False))
    return f"{value} – {words[value]}" if value in words else str(value)
