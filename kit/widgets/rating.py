"""The ratings: one text at a time, beside it a value and a sentence for every criterion.

After committing: the learner's own ratings and the experts', on the page and as tables.
"""

import functools
from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from kit import exercises, journal
from kit.data import Case
from kit.exercises import AnswerError
from kit.exercises.kinds.rating import INVENTED, invented_ratings, most_frequent
from kit.widgets import base, decided
from kit.widgets.base import Page, default_case, html, sentence
from kit.widgets.fields import PAUSE, Field, Form, part
from kit.widgets.reader import MarkedText, Marks, heading, pages
from kit.words import html_table, plural

if TYPE_CHECKING:
    import pandas as pd

NOT_SET = ("not set", "")  # the slider's first stop: no rating yet
WANTED = (
    '<span class="kit-note">Now click the sentence that made you decide, or write its number; '
    "then this rating counts.</span>"
)
UNRATED = '<span class="kit-note">Now choose the rating it supports.</span>'
WHO = (
    "The ratings of the editors of this course are one reasoned reading, "
    "not the right answer: where you differ, compare the reasons."
)


class Rating(Form):
    """A sheet for each row; where evidence is asked for, one at a time beside its text.

    The journal keeps each cell as {"value": …, "evidence": sentence number or None}.
    """

    def __init__(self, exercise, case):
        super().__init__(summary=self._progress, exercise=exercise, case=case)
        self.sheets, self.counts = {}, {}
        self.watch(self._count)
        if not exercise.evidence:
            self.lay_out(*map(self._sheet, exercise.rows))
            return
        ids, page = pages([row.id for row in exercise.rows], case)
        self.text = MarkedText(ids, page=page, mode="pick", shown=exercise.rows[0].id)
        self.text.observe(self._text_chosen, "shown")
        self.marks = [Field(f"marks/{r.id}", Marks(r.id, self.text), self) for r in exercise.rows]
        self.place = ipywidgets.VBox([self._sheet(exercise.rows[0])])
        beside = ipywidgets.Box([self.text, self.place], _dom_classes=("kit-beside",))
        self.lay_out(base.stand_in(beside, self.text, lambda: self.text.plain(case.names)))

    def is_begun(self) -> bool:
        """True when any row was rated before, also one whose sheet is not built yet."""
        return bool(part(self.answer))

    def _count(self):
        """Count the ratings; each tab says how many, each sentence what it is evidence for."""
        self.counts = _counted(self.exercise, self.answer)
        if not self.exercise.evidence:
            return
        evidence = {}
        for row, column, cell in _cells(self.exercise, self.answer):
            if number := part(cell).get("evidence"):
                evidence.setdefault(f"{row}/{number}", []).append(column.text)
        whole = len(self.exercise.columns)
        self.text.badges = {id: f"{count}/{whole}" for id, count in self.counts.items()}
        self.text.evidence = evidence

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

    def _text_chosen(self, change):
        row = next(row for row in self.exercise.rows if row.id == change["new"])
        self.place.children = [self._sheet(row)]

    def _sheet(self, row):
        if row.id not in self.sheets:
            cells = [self._cell(row, column) for column in self.exercise.columns]
            title = html(heading(self.case, row), "kit-title")
            self.sheets[row.id] = base.box("kit-sheet", title, *cells)
        return self.sheets[row.id]

    def _cell(self, row, column):
        sentences = self.case.sentences_of(row.id) if self.exercise.evidence else []
        controls, pause = {"value": _value_control(column, row)}, PAUSE if column.range else 0
        if sentences:
            controls["evidence"] = box = base.entry(
                "Sentence", "number", f"{row.text}, {column.text}"
            )
            box.continuous_update = False
            box.add_class("kit-evidence")
        cell = base.Parts(controls)
        encode = functools.partial(_encode, row.text, len(sentences))
        id = f"{self.exercise.id}/{row.id}/{column.id}"
        self.keep(id, cell, pause=pause, encode=encode, decode=_decode)
        below = [_quote(cell, sentences)] if sentences else []
        return base.box("kit-rated", cell, *below)


def _cells(exercise, answer):
    """Row id, column and cell of every cell that anything is kept for, in order."""
    cells = []
    for row in exercise.rows:
        kept = part(answer, row.id)
        cells += [(row.id, each, kept[each.id]) for each in exercise.columns if each.id in kept]
    return cells


def _counted(exercise, answer):
    """{row id: number of ratings given, with their sentence where one is asked for}."""
    counts = {row.id: 0 for row in exercise.rows}
    for row, _, cell in _cells(exercise, answer):
        counts[row] += exercises.is_rated(cell, exercise)
    return counts


def _quote(cell, sentences):
    """What stands under a rating: its sentence in full, or the kind word that it wants one."""
    texts = {str(each.number): escape(" ".join(each.text.split())) for each in sentences}
    shown = html("")

    def show(_change=None):
        number, rated = cell.value["evidence"].strip(), cell.value["value"] not in (None, "")
        quote = f'<span class="kit-n">{number}</span>“{texts.get(number)}”'
        quote = f'<blockquote class="kit-quote">{quote}</blockquote>{"" if rated else UNRATED}'
        shown.value = quote if number in texts else WANTED if rated else ""

    cell.observe(show, "value")
    show()
    return shown


def _encode(row, last, value):
    number = value.get("evidence", "").strip()
    if number and not (number.isdecimal() and 1 <= int(number) <= last):
        raise AnswerError(f"{row} has no sentence “{number}”; write a number from 1 to {last}.")
    return base.pair_to_json({**value, "evidence": int(number) if number else ""})


def _decode(kept):
    entered = base.pair_from_json(kept)
    return {name: str(n) if name == "evidence" else n for name, n in entered.items()}


def _value_control(column, row):
    if column.range:
        low, high = column.range
        stops = [NOT_SET, *((str(value), value) for value in range(low, high + 1))]
        slider = ipywidgets.SelectionSlider
        return base.control(slider, column.text, row.text, options=stops, value="")
    words = dict(zip(column.values, column.words, strict=False))  # none, where a value says it all
    options = [(f"{v} – {words[v]}" if v in words else str(v), v) for v in column.values]
    return base.radio(column.text, options, row.text)


# After committing


def experts(exercise_id: str = "ratings", case: Case | None = None) -> Page:
    """The learner's ratings, the experts' and a class's, for texts rated whole.

    The class is the learner's own if its line was pasted, else an invented one.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    if not is_committed(exercise):
        return sentence(f"First decide on your own ratings. {gaps_in_words(exercise)}")
    if case.key is None:
        return sentence("There is no key here, so there are no editors' ratings to show.")
    by_text = {row["text_id"]: row for row in case.key.rows("ratings")}
    answer, gaps = journal.current().answer(exercise.id), missing(exercise)
    shown = [row for row in exercise.rows if row.id in by_text and row.id not in gaps]
    rated = {id: {c.id: _rated(row, c.id) for c in exercise.columns} for id, row in by_text.items()}
    told = decided.class_of(exercise, case)
    others = _of_class(told) if told else _invented(invented_ratings(exercise, rated))
    tables = "".join(
        _table(exercise, row, part(answer, row.id), by_text[row.id], others) for row in shown
    )
    about = OF_CLASS.format(plural(told.learners, "learner")) if told else INVENTED
    return Page(
        f'{tables}<p class="kit-note">{WHO} {about} {escape(gaps_in_words(exercise))}</p>',
        f"Your ratings beside the editors': {', '.join(row.text for row in shown)}.",
    )


def missing(exercise: exercises.Exercise) -> dict[str, int]:
    """{row id: number of ratings not given, or without their sentence}, only where some are."""
    counts, whole = _counted(exercise, journal.current().answer(exercise.id)), len(exercise.columns)
    return {row: whole - count for row, count in counts.items() if count < whole}


def is_committed(exercise: exercises.Exercise) -> bool:
    """Whether the learner said: I have decided."""
    return bool(journal.current().answer(f"committed/{exercise.id}"))


def gaps_in_words(exercise: exercises.Exercise) -> str:
    """What is still missing, per text; the experts' ratings of those texts stay folded."""
    gaps = missing(exercise)
    if not gaps:
        return "Every rating has been given."
    names = {row.id: row.text for row in exercise.rows}
    texts = ", ".join(f"{names[row]} ({count})" for row, count in gaps.items())
    return (
        f"Ratings still missing or without their sentence: {texts}. "
        "You see the editors' only on texts that you have rated completely."
    )


HEADINGS = ("Criterion", "You", "Editors", "{}", "The editors' reason")
INVENTED_CLASS, OWN_CLASS = "Invented class, most often", "Your class, its middle"

OF_CLASS = "Your class: {}. In brackets: where the middle half of those who judged lies."


def _invented(ratings):
    """The heading of an invented class, and its most frequent ratings by place."""
    cells = {(row, c): most_frequent(r) for row, each in ratings.items() for c, r in each.items()}
    return INVENTED_CLASS, cells


def _of_class(told):
    """The heading of the own class, and by place what its line tells."""
    return OWN_CLASS, {place: _half_in_words(*cell) for place, cell in told.cells.items()}


def _half_in_words(low, middle, high):
    return str(middle) if low == high else f"{middle} ({low} to {high})"


def _table(exercise, row, own, expert, others):
    """One text that the learner has rated whole: a row for each criterion that the experts rate."""
    rows = []
    for column in exercise.columns:
        if rated := _rated(expert, column.id):
            mine = str(part(own, column.id)["value"])
            drawn = others[1].get((row.id, column.id), "–")
            cells = column.text, mine, rated, drawn, _reason(expert, column.id)
            rows.append(map(escape, cells))
    head = [name.format(others[0]) for name in HEADINGS]
    table = html_table(head, rows, escape(row.text), named_rows=True, css="kit-table")
    return f'<div class="kit-scroll">{table}</div>'


def _rated(expert, column_id):
    """The experts' rating; "" if there is none."""
    return expert.get(decided.table_column(column_id), "")


def _reason(expert, column_id):
    """The experts' reason; letter and number share one, given with the letter."""
    if column_id == "information":
        return "The same reason as for the letter."
    return expert.get(f"{column_id}_reason") or expert.get("justification", "")


def my_ratings(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The learner's ratings: a DataFrame with one row a text, in the order of the exercise.

    Columns: `text_id`, `admiralty_source` (A to F), `admiralty_information` (1 to 6) and the
    scores (`authorship_score` and so on, 0 to 4). A rating not given is missing.
    An unknown exercise is an ExerciseError.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    answer = journal.current().answer(exercise_id)
    rows = [
        [row.id, *(part(answer, row.id, column.id).get("value") for column in exercise.columns)]
        for row in exercise.rows
    ]
    return _frame(exercise, rows, "Your ratings")


def expert_ratings(exercise_id: str = "ratings", case: Case | None = None) -> "pd.DataFrame":
    """The experts' ratings of the texts that the learner has rated whole, in the same columns.

    None before the learner has committed, and none without a key.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    whole = {row.id for row in exercise.rows} - set(missing(exercise))
    rated = case.key.rows("ratings") if case.key and is_committed(exercise) else []
    rows = [row for row in rated if row["text_id"] in whole]
    return _frame(exercise, rows, "The editors' ratings")


def _frame(exercise, rows, whose):
    """Ratings as a table; letters stay text, everything else is a number or missing."""
    import pandas

    names = ["text_id", *(decided.table_column(column.id) for column in exercise.columns)]
    frame = pandas.DataFrame(rows, columns=names)
    numbers = [name for name in names if name not in ("text_id", "admiralty_source")]
    frame[numbers] = frame[numbers].apply(pandas.to_numeric, errors="coerce")
    frame.attrs["kit:whose"] = whose
    return frame


def my_stances(exercise_id: str = "stances", case: Case | None = None) -> "pd.DataFrame":
    """The learner's stances as `kit.charts.stances` takes them, with `case.propositions`.

    One row for each `proposition_id` and `text_id`; a `stance` not given is missing. An unknown
    exercise is an ExerciseError.
    """
    from pandas import DataFrame

    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    answer = journal.current().answer(exercise_id)
    pairs = [(row.id, text.id) for row in exercise.rows for text in exercise.columns]
    cells = [(row, text, part(answer, row).get(text)) for row, text in pairs]
    frame = DataFrame(cells, columns=["proposition_id", "text_id", "stance"])
    return frame.merge(case.propositions, how="left")


def my_verdicts(exercise_id: str = "verdict_scales", case: Case | None = None) -> "pd.DataFrame":
    """The steps of the scales of a rating with one row, each scale laid out from 0 to 100.

    Columns: `scale` (its words before a bracket), `step`, `place` (0 to 100; the steps of a scale
    stand at equal distances) and `mine` (True for the step that the learner chose). A scale in
    numbers has both ends, and the number chosen.
    """
    from pandas import DataFrame

    exercise = exercises.find(exercise_id, case or default_case())
    answer = part(journal.current().answer(exercise_id), exercise.rows[0].id)
    rows = []
    for scale in exercise.columns:
        mine = part(answer, scale.id).get("value")
        steps = list(scale.values) or sorted({*scale.range, *([] if mine is None else [mine])})
        places = steps if scale.range else range(len(steps))
        for step, place in zip(steps, places, strict=True):
            share = (place - places[0]) / (places[-1] - places[0])
            rows.append((scale.text.partition(" (")[0], step, round(100 * share), step == mine))
    return DataFrame(rows, columns=["scale", "step", "place", "mine"])
