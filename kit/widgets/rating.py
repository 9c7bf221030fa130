"""The ratings: one text at a time, a value and its sentence for every criterion.

After committing: the learner's own ratings and the experts', on the page and as tables.
"""

from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from kit import exercises, journal
from kit.data import Case
from kit.exercises import Exercise
from kit.exercises.invented import INVENTED, invented_ratings, most_frequent
from kit.widgets.base import Page, default_case, html, sentence, shared
from kit.widgets.controls import Parts, button, control, dropdown, pair_from_json, pair_to_json
from kit.widgets.fields import PAUSE, Form, part, save_waiting
from kit.widgets.reader import marked
from kit.words import html_table

if TYPE_CHECKING:
    import pandas as pd

COMMITTED = "committed/{}"
NOT_SET = ("not set", "")  # the slider's first stop: no rating yet
LONGEST = 80  # characters of a sentence shown in the list
WANTED = (
    '<span class="kit-note">Now choose the sentence that made you decide; '
    "then this rating counts.</span>"
)
BEFORE = (
    "Press this when you have decided on your ratings. After that, the next cell shows the "
    "experts' ratings beside yours, for every text that you have rated completely. "
    "You can still change yours."
)
WHO = (
    "The experts are the editors of this course. Their ratings are one reasoned reading, "
    "not the right answer: where you differ, compare the reasons."
)


def rating(exercise: Exercise, case: Case) -> "_Rating":
    """A form for each row; with several columns one at a time, chosen from a list.

    The journal keeps each cell as {"value": …, "evidence": sentence number or None}.
    """
    return _Rating(exercise, case)


def _counted(exercise, answer):
    """{row id: number of ratings given, with their sentence where one is asked for}."""
    cells = {row.id: part(answer, row.id) for row in exercise.rows}
    return {
        id: sum(exercises.is_rated(row.get(column.id), exercise) for column in exercise.columns)
        for id, row in cells.items()
    }


class _Rating(Form):
    """The sheets of all rows, each built when it is first shown, and the list to choose from."""

    def __init__(self, exercise, case):
        super().__init__(f"kit.ask({exercise.id!r})", self._progress, exercise=exercise, case=case)
        self.exercise, self.case, self.sheets = exercise, case, {}
        self.answer, self.counts = None, {}  # what is kept of the exercise, and its ratings counted
        self.watch(self._count)
        rows = exercise.rows
        if len(rows) == 1 or len(exercise.columns) == 1:
            self.lay_out(*(self._sheet(row) for row in rows))
            return
        self.chooser = dropdown("Text to rate", [(row.text, row.id) for row in rows])
        self.chooser.value = rows[0].id
        self.chooser.observe(self._row_chosen, "value")
        self.place = ipywidgets.VBox([self._sheet(rows[0])])
        self.watch(self._name_rows)
        self.lay_out(self.chooser, self.place)

    def is_begun(self) -> bool:
        """True when any row was rated before, also one whose sheet is not built yet."""
        return bool(part(self.answer))

    def _count(self):
        """Count the ratings, once for a change: for the line below and for the list of texts."""
        self.answer = journal.current().answer(self.exercise.id)
        self.counts = _counted(self.exercise, self.answer)

    def _progress(self):
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
        below = [_evidence(cell, sentences)] if self.exercise.evidence else []
        layout = shared(ipywidgets.Layout)
        return ipywidgets.VBox([cell, *below], layout=layout, _dom_classes=("kit-rated",))


def _evidence(cell, sentences):
    """What stands under a rating: its sentence in full, or the kind word that it wants one."""
    texts = {sentence.number: sentence.text for sentence in sentences}
    shown = html("")

    def show(_change=None):
        number, rated = cell.value["evidence"], cell.value["value"] != ""
        wanted = WANTED if rated else ""
        shown.value = _quoted(number, texts[number], rated) if number else wanted

    cell.observe(show, "value")
    show()
    return shown


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
    words = dict(zip(column.values, column.words, strict=False))  # none, where a value says it all
    options = [(f"{v} – {words[v]}" if v in words else str(v), v) for v in column.values]
    return dropdown(column.text, options, row.text)


# After committing


def commit_ratings(exercise_id: str = "ratings", case: Case | None = None) -> Form | Page:
    """A button that says: these are my ratings, show me the experts'."""
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    form = Form("kit.widgets.commit_ratings()")
    commit = button("These are my ratings", lambda: _commit(form, exercise), "kit-primary")
    form.lay_out(html(f"<p>{BEFORE}</p>"), commit)
    if _is_committed(exercise):
        form.status.saved(f"You have decided on your ratings. {_gaps_in_words(exercise)}")
    else:
        form.status.say("empty", "○", f"Not decided yet. {_gaps_in_words(exercise)}")
    return form


def experts(exercise_id: str = "ratings", case: Case | None = None) -> Page:
    """The learner's ratings, the experts' and an invented class's, for texts rated whole."""
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    if not _is_committed(exercise):
        return sentence(f"First decide on your own ratings. {_gaps_in_words(exercise)}")
    if case.key is None:
        return sentence("There is no key here, so there are no expert ratings to show.")
    by_text = {row["text_id"]: row for row in case.key.rows("ratings")}
    answer, gaps = journal.current().answer(exercise.id), _missing(exercise)
    shown = [row for row in exercise.rows if row.id in by_text and row.id not in gaps]
    rated = {id: {c.id: _rated(row, c.id) for c in exercise.columns} for id, row in by_text.items()}
    invented = invented_ratings(exercise, rated)
    tables = "".join(
        _table(exercise, row, part(answer, row.id), by_text[row.id], invented[row.id])
        for row in shown
    )
    return Page(
        f'{tables}<p class="kit-note">{WHO} {INVENTED} {escape(_gaps_in_words(exercise))}</p>',
        f"Your ratings beside the experts': {', '.join(row.text for row in shown)}.",
    )


def _missing(exercise):
    """{row id: number of ratings not given, or without their sentence}, only where some are."""
    counts, whole = _counted(exercise, journal.current().answer(exercise.id)), len(exercise.columns)
    return {row: whole - count for row, count in counts.items() if count < whole}


def _is_committed(exercise):
    return bool(journal.current().answer(COMMITTED.format(exercise.id)))


def _gaps_in_words(exercise):
    """What is still missing, per text; the experts' ratings of those texts stay folded."""
    gaps = _missing(exercise)
    if not gaps:
        return "Every rating has been given."
    names = {row.id: row.text for row in exercise.rows}
    texts = ", ".join(f"{names[row]} ({count})" for row, count in gaps.items())
    return (
        f"Ratings still missing or without their sentence: {texts}. "
        "You see the experts only on texts that you have rated completely."
    )


def _commit(form, exercise):
    save_waiting()
    if len(_missing(exercise)) == len(exercise.rows):
        return form.status.refused(f"Rate at least one text completely. {_gaps_in_words(exercise)}")
    try:
        if not _is_committed(exercise):
            journal.current().write(COMMITTED.format(exercise.id), True)
    except journal.JournalError as error:
        return form.status.failed(str(error))
    return form.status.saved("You have decided: run the next cell to see the experts.")


HEADINGS = ("Criterion", "You", "Experts", "Invented class, most often", "The experts' reason")


def _table(exercise, row, own, expert, invented):
    """One text: criterion, your rating, the experts', the invented class's, the experts' reason."""
    rated = [column for column in exercise.columns if _rated(expert, column.id)]
    values = {column.id: part(own, column.id).get("value") for column in rated}
    rows = (
        (
            escape(column.text),
            "not rated" if values[column.id] is None else escape(str(values[column.id])),
            escape(_rated(expert, column.id)),
            most_frequent(invented[column.id]) if column.id in invented else "–",
            escape(_reason(expert, column.id)),
        )
        for column in rated
    )
    table = html_table(HEADINGS, rows, escape(row.text), named_rows=True, css="kit-table")
    return f'<div class="kit-scroll">{table}</div>'


def _rated(expert, column_id):
    """The experts' rating; "" if there is none."""
    return expert.get(_table_column(column_id), "")


def _table_column(id):
    """The name that a column of the rating has in tables of ratings, as in the key.

    >>> _table_column("source"), _table_column("dating")
    ('admiralty_source', 'dating_score')
    """
    return f"admiralty_{id}" if id in exercises.AXES else f"{id}_score"


def _reason(expert, column_id):
    """The experts' reason; letter and number share one, given with the letter."""
    if column_id == "information":
        return "The same reason as for the letter."
    return expert.get(f"{column_id}_reason") or expert.get("justification", "")


def my_ratings(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The learner's ratings: a DataFrame with one row a text, in the order of the exercise.

    Columns: `text_id`, `admiralty_source` (A to F), `admiralty_information` (1 to 6) and the
    scores (`authorship_score` and so on, 0 to 4). A rating not given is missing (nan or None).
    An unknown exercise is an ExerciseError.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    answer = journal.current().answer(exercise_id)
    rows = [
        {"text_id": row.id}
        | {_table_column(c.id): part(answer, row.id, c.id).get("value") for c in exercise.columns}
        for row in exercise.rows
    ]
    return _frame(exercise, rows)


def expert_ratings(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The experts' ratings of the texts that the learner has rated whole, in the same columns.

    None before the learner has committed, and none without a key.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    whole = {row.id for row in exercise.rows} - set(_missing(exercise))
    rows = case.key.rows("ratings") if case.key and _is_committed(exercise) else []
    return _frame(exercise, [row for row in rows if row["text_id"] in whole])


def _frame(exercise, rows):
    from pandas import DataFrame

    return DataFrame(rows, columns=["text_id", *(_table_column(c.id) for c in exercise.columns)])
