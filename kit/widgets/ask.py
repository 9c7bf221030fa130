"""`kit.ask` and `kit.check`: the form of an exercise, and what is told of an answer.

The forms are here too, apart from those with a file of their own: `finder`, `rating`, `reader`,
`rows`.
"""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets
from IPython import get_ipython

from kit import exercises
from kit.data import Case
from kit.exercises import KINDS, AnswerError, Choice, Exercise, Feedback, Input
from kit.journal import JournalError, current
from kit.mistakes import left_over
from kit.widgets import base
from kit.widgets.base import Page, default_case, html, sentence, shared
from kit.widgets.fields import PAUSE, Form, part, save_waiting, unreadable
from kit.widgets.finder import finder, search
from kit.widgets.handin import in_order
from kit.widgets.rating import Rating
from kit.widgets.reader import heading, tagging
from kit.widgets.rows import RowByRow
from kit.words import plural

LISTED = 8  # records in the list of those to insert
SHORT = 12  # characters of an option that stands beside others
UNRUN = (
    "The cell that makes `{}` ended with an error, so what it held before is all there is. "
    "Mend that cell and run it, then check again."
)


def ask(exercise_id: str, case: Case | None = None) -> Form | Page:
    """Return the form of an exercise, showing what was answered before.

    case: default this course's own. An exercise answered in code gives a sentence instead of a
    form. Raises ExerciseError for an unknown id.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    form = KINDS[exercise.kind].form
    if exercise.in_reader:
        return tagging(exercise, case)
    if exercise.sentences:
        return RowByRow(exercise, case)
    if form == "scales":
        return Rating(in_order(exercise, case), case)
    if form == "several" and not exercise.options:
        return finder(exercise_id, case)
    if form not in FORMS:
        return sentence(f"“{exercise.title}” is answered in code, in the cell that follows it.")
    return FORMS[form](Form(exercise=exercise, case=case))


def check(exercise_id: str, *answer: Any, case: Case | None = None) -> Feedback:
    """Return feedback on the answer that the journal keeps.

    An answer given in code (number, date, table, chart) is kept there first, then checked; until
    it is right, the feedback brings the hints along. Raises ExerciseError for an unknown id.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    save_waiting()
    if answer:
        if name := left_over(get_ipython()):
            return Feedback("not answered", UNRUN.format(name))
        value = _keep(exercise, answer[0])
        feedback = exercises.check(exercise_id, answer[0], case)
        note = "" if value is None else KINDS[exercise.kind].understood(exercise, value)
        hints = () if feedback.state == "correct" else exercise.hints
        return feedback._replace(hints=hints, note=note)
    if why := unreadable(exercise_id):
        return Feedback("not answered", f"Your last entry is not kept. {why}")
    return exercises.check(exercise_id, current().answer(exercise_id), case)


def _keep(exercise: Exercise, answer: Any) -> Any:
    """Keep an answer given in code; return its value, None for none or one of another kind."""
    try:
        value = exercises.normalise(exercise.kind, answer, exercise.unit)
    except AnswerError:
        return None  # the feedback says what is wrong with it
    journal = current()
    if value is not None and (value != journal.answer(exercise.id) or journal.unsaved):
        _write(exercise.id, value)
    return value


def _write(id: str, value: Any) -> None:
    try:
        current().write(id, value)
    except JournalError as error:
        print(error)


# The small forms, for the inputs that a kind asks for


def _one(form: Form) -> Form:
    options = [(option.text, option.id) for option in form.exercise.options]
    choice = base.radio("Choose one", options, form.exercise.title)
    return form.lay_out(base.box("", form.keep(form.exercise.id, choice)))


def _several(form: Form) -> Form:
    inputs = KINDS[form.exercise.kind].inputs(form.exercise)
    return form.lay_out(*(_ticks(asked, form) for asked in inputs))


def _ticks(asked: Input, form: Form) -> ipywidgets.VBox:
    """A checkbox for each option; the journal keeps a list of the ids ticked."""
    box = ipywidgets.Checkbox
    boxes = {o.id: base.control(box, o.text, value=False, indent=False) for o in asked.options}
    ticks = form.keep(
        asked.id,
        base.Parts(boxes, "kit-ticks"),
        encode=lambda value: [id for id, ticked in value.items() if ticked],
        decode=lambda ids: dict.fromkeys(ids, True),
    )
    prompt = escape(asked.prompt) if asked.place else base.named("Tick all that fit", asked.prompt)
    return base.group(html(prompt, "kit-heading"), ticks)


def _line(form: Form) -> Form:
    """A box for one line, read as the kind reads it; the form repeats what it understood."""
    exercise, kind = form.exercise, KINDS[form.exercise.kind]
    [asked] = kind.inputs(exercise)
    form.summary = lambda: "" if form.answer is None else kind.understood(exercise, form.answer)
    box = form.keep(
        asked.id,
        base.entry(asked.prompt, asked.example),
        encode=lambda text: kind.parse(exercise, text),
        decode=lambda value: kind.as_text(exercise, value),
        pause=PAUSE,
    )
    return form.lay_out(base.box("", box))


# A drop-down list, or buttons, for every row and column


def _grid(form: Form) -> Form:
    """A table of lists, each row with how many of them are set."""
    exercise, case = form.exercise, form.case
    headings = {row.id: html(heading(case, row), "kit-heading") for row in exercise.rows}
    if len(exercise.columns) > 1:
        form.watch(lambda: _count_rows(form, headings))
    columns = [html(heading(case, column), "kit-heading") for column in exercise.columns]
    top = _grid_line("kit-headings", html("", "kit-corner"), *columns)
    rows = [_grid_line("kit-row", headings[row.id], *_cells(row, form)) for row in exercise.rows]
    table = base.box("kit-grid", top, *rows)
    if not exercise.cites:
        return form.lay_out(table)
    return form.lay_out(ipywidgets.Box((finder(case=case), table), _dom_classes=("kit-beside",)))


def _cells(row: Choice, form: Form) -> list[ipywidgets.Widget]:
    """A list for each column; where there are few short options, all of them, to press at once."""
    exercise = form.exercise
    options = [(option.text, option.id) for option in exercise.options]
    is_short = len(options) <= 3 and all(len(text) <= SHORT for text, _ in options)
    choose = base.radio if is_short else base.dropdown
    return [
        form.keep(f"{exercise.id}/{row.id}/{column.id}", choose(column.text, options, row.text))
        for column in exercise.columns
    ]


def _grid_line(kind: str, *children: ipywidgets.Widget) -> ipywidgets.GridBox:
    columns = f"minmax(8em, 2fr) repeat({len(children) - 1}, minmax(6em, 1fr))"
    layout = shared(ipywidgets.Layout, grid_template_columns=columns)
    return ipywidgets.GridBox(children, layout=layout, _dom_classes=(kind,))


def _count_rows(form: Form, headings: dict[str, ipywidgets.HTML]) -> None:
    columns = form.exercise.columns
    for row in form.exercise.rows:
        cells = part(form.answer, row.id)
        done = sum(bool(cells.get(column.id)) for column in columns)
        count = f'<span class="kit-done">{done} of {len(columns)}</span>'
        headings[row.id].value = f"{heading(form.case, row)} {count}"


# A text, its words counted, and the records it cites


def _editor(form: Form) -> Form:
    """A box for a text with its word count; if it is to cite, with records to insert."""
    exercise, case = form.exercise, form.case
    [asked] = KINDS[exercise.kind].inputs(exercise)
    box = ipywidgets.Textarea(
        placeholder=asked.example,
        description=f"Your text: {asked.prompt}",
        rows=8,
        style=shared(ipywidgets.Textarea.style.klass, description_width="0"),
        _dom_classes=("kit-wide",),
    )
    form.keep(asked.id, box, pause=PAUSE)
    ids = case.record_ids if exercise.cites else frozenset()
    count = html("", "kit-count")

    def recount(_change: Any = None) -> None:
        words = _words(box.value, exercise.limit)
        count.value = f"{words} {_cited(box.value, ids)}" if ids else words

    box.observe(recount, "value")
    recount()
    return form.lay_out(box, count, *([_citing(case)] if ids else []))


def _words(text: str, limit: int) -> str:
    words = len(text.split())
    if not limit:
        return f"{words} words"
    over = f' <span class="kit-bad">That is {words - limit} too many.</span>'
    return f"{words} of at most {limit} words.{over if words > limit else ''}"


def _cited(text: str, ids: frozenset[str]) -> str:
    """Which records a text cites, and which of its ids are none: "2 records cited: R25, R36"."""
    records = exercises.cited(text, ids)
    known = [id for id, is_known in records.items() if is_known]
    unknown = [id for id in records if id not in known]
    cited = f"{plural(len(known), 'record')} cited: {', '.join(known)}."
    message = cited if known else "No record cited yet."
    verb = "is" if len(unknown) == 1 else "are"
    missing = f'<span class="kit-bad">{", ".join(unknown)} {verb} not in the record.</span>'
    return f"{message} {missing}" if unknown else message


def _citing(case: Case) -> ipywidgets.VBox:
    """A box to find records, and a list of buttons that put their ids into the text."""
    words = base.entry("Find a record to cite", "a word, a name or a year")
    listed = html(_records("", case))

    def show(change: dict) -> None:
        listed.value = _records(change["new"], case)

    words.observe(show, "value")
    return base.group(words, listed)


def _records(words: str, case: Case) -> str:
    """The records that fit; without a word those the learner attached to claims before."""
    if words.strip():
        records = search(case.rows("record"), words, alike=case.alike)
        message = f"{len(records)} found." if records else "No record fits: try another word."
    else:
        records = _attached(case)
        message = "The records that you attached to claims."
        message = message if records else "Type a word to see records."
    if len(records) > LISTED:
        message += f" The first {LISTED} are shown."
    items = "".join(map(_item, records[:LISTED]))
    listed = f'<ul class="kit-cite">{items}</ul>' if items else ""
    return f'<p class="kit-note">{message}</p>{listed}'


def _attached(case: Case) -> list[dict]:
    """The records that the learner attached in an exercise that is answered with the finder."""
    answers = [
        part(current().answer(exercise.id))
        for exercise in exercises.load(case).values()
        if KINDS[exercise.kind].form == "several" and not exercise.options
    ]
    lists = [ids for answer in answers for ids in answer.values() if isinstance(ids, list)]
    ids = {id for attached in lists for id in attached}
    return [row for row in case.rows("record") if row["record_id"] in ids]


def _item(row: dict) -> str:
    id, date = escape(row["record_id"]), escape(base.in_words(row["event_date"]))
    return (
        f'<li><button type="button" class="kit-button" data-kit-insert="({id})">'
        f'<span class="kit-hidden">Insert </span>{id}</button>'
        f"<span>{date} · {escape(row['who'])}: {escape(row['what_happened'])}</span></li>"
    )


FORMS: dict[str, Callable[[Form], Form]] = {
    "one": _one, "several": _several, "line": _line, "text": _editor, "grid": _grid,
}  # fmt: skip
