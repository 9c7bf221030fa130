"""The reader: a text whose sentences can be marked, or tagged with what they do.

It also shows where the course or the learner comes back to a sentence: computed from the questions
of the exercises and from the learner's own journal, never from the key.

>>> cross_references(data.load(), "blog")[26]
['Asked about in notebook 2, “Fact claim, opinion or hedge?”.']
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit import data, exercises, journal
from kit.exercises import Exercise
from kit.widgets.article import article, excerpts
from kit.widgets.base import Page, default_case, sentence, style
from kit.widgets.fields import Form, part

MARKED = "marked"
TAGS = {"fact": "fact claim", "opinion": "opinion", "hedge": "hedge"}
HERE = Path(__file__).parent


class MarkedText(anywidget.AnyWidget):
    """Sentences on the page and what the learner said of them.

    page: the text as HTML; a sentence that can be marked carries `data-id`.
    tags: dict tag id -> its word; {} where sentences are only marked.
    asked: each sentence shows its tags at once; else they appear when it is chosen.
    value: dict sentence id -> "marked" or a tag id; whatever else arrives is left out.
    """

    _esm = HERE / "reader.js"
    _css = HERE / "reader.css"
    page = traitlets.Unicode().tag(sync=True)
    tags = traitlets.Dict().tag(sync=True)
    asked = traitlets.Bool(False).tag(sync=True)
    value = traitlets.Dict().tag(sync=True)

    def __init__(self, ids: Iterable[str], **traits: Any):
        self.ids = tuple(ids)
        super().__init__(**traits)

    @traitlets.validate("value")
    def _known(self, proposal):
        allowed, tags = list(self.tags) or [MARKED], proposal["value"]
        return {id: tags[id] for id in self.ids if tags.get(id) in allowed}


class Tag(traitlets.HasTraits):
    """The tag of one sentence, "" for none: one answer among those that a Text holds."""

    value = traitlets.Unicode("")

    def __init__(self, id: str, text: MarkedText):
        super().__init__()
        self.id, self.text = id, text
        text.observe(self._from_text, "value")

    def _from_text(self, change):
        self.value = change["new"].get(self.id, "")

    @traitlets.validate("value")
    def _known(self, proposal):
        if proposal["value"] not in ("", *self.text.tags):
            raise traitlets.TraitError("no such tag")
        return proposal["value"]

    @traitlets.observe("value")
    def _to_text(self, change):
        self.text.value = {**self.text.value, self.id: change["new"]}


class Reading(Form):
    """A form around a text; it can also be read where no widgets run."""

    def __init__(self, text_id: str, count: int, page: str):
        name = f"Reader: {text_id}, {count} sentences"
        super().__init__(name, empty="No sentence marked yet.")
        self.html = page

    def __repr__(self):
        return self.name

    def _repr_html_(self):
        return f'{style("reader.css")}<div class="kit">{self.html}</div>'


def reader(text_id: str, tag: bool = False, case: data.Case | None = None) -> Form | Page:
    """The whole text with its sentences numbered, as it was printed.

    tag: False to mark sentences (kept as `marks/<text>`), True to tag each as fact
    claim, opinion or hedge (kept as `tags/<text>`). An unknown text is a DataError.
    """
    case = case or default_case()
    ids = [str(sentence.number) for sentence in case.sentences(text_id)]
    page = article(case, text_id, cross_references(case, text_id))
    form = Reading(text_id, len(ids), page)
    text = MarkedText(ids, page=page, tags=TAGS if tag else {})
    return form.lay_out(form.keep(f"{'tags' if tag else 'marks'}/{text_id}", text))


def marked(text_id: str) -> list[int]:
    """The numbers of the sentences the learner marked in a text, in order."""
    marks = part(journal.current().answer(f"marks/{text_id}"))
    return sorted(int(id) for id, mark in marks.items() if mark == MARKED and id.isdigit())


def tagging(exercise: Exercise, case: data.Case) -> Form | Page:
    """The sentences of an exercise, each in its place in the text, to be tagged.

    For an exercise with `in_reader`; the journal keeps each cell as in any other matrix.
    """
    if lost := [row.id for row in exercise.rows if not _stands(case, *exercises.place(row.id))]:
        return sentence(f"“{exercise.title}” asks about {lost[0]}, and no text has that sentence.")
    form = Form(f"kit.ask({exercise.id!r})", empty="No sentence tagged yet.")
    tags = {option.id: option.text for option in exercise.options}
    ids = [row.id for row in exercise.rows]
    text = MarkedText(ids, page=excerpts(exercise, case), tags=tags, asked=True)
    for id in ids:
        form.keep(f"{exercise.id}/{id}/{exercise.columns[0].id}", Tag(id, text))
    return form.lay_out(text)


def _stands(case, text_id, number):
    return text_id in case.texts and 0 < number <= len(case.sentences(text_id))


def cross_references(case: data.Case, text_id: str) -> dict[int, list[str]]:
    """The sentences of a text that are quoted elsewhere: number -> notes in words."""
    try:
        known = exercises.load(case).values()
    except exercises.ExerciseError:
        return {}
    notes: dict[int, list[str]] = {}
    for exercise in known:
        for number, note in [*_asked(exercise, case, text_id), *_picked(exercise, text_id)]:
            if note not in notes.setdefault(number, []):
                notes[number].append(note)
    return dict(sorted(notes.items()))


def _asked(exercise, case, text_id):
    """Yield the sentences an exercise asks about: its rows name them, or a claim they make."""
    claims = {row["claim_id"]: row for row in case.rows("claims") if row["text_id"] == text_id}
    note = f"Asked about in {_notebook(exercise)}, “{exercise.title}”."
    for row in exercise.rows:
        if exercise.in_reader:
            text, number = exercises.place(row.id)
            numbers = [number] if text == text_id else []
        else:
            numbers = _sentences_of(claims.get(row.id), case)
        yield from ((number, note) for number in numbers)


def _sentences_of(claim, case):
    """The numbers of the sentences that a claim is taken from; [] for None."""
    if claim is None:
        return []
    start, end = int(claim["start"]), int(claim["end"])
    sentences = case.sentences(claim["text_id"])
    return [one.number for one in sentences if one.start < end and start < one.end]


def _picked(exercise, text_id):
    """Yield the sentences the learner picked as evidence for a rating of this text."""
    cells = part(journal.current().answer(exercise.id), text_id) if exercise.evidence else {}
    for column in exercise.columns:
        number = part(cells, column.id).get("evidence")
        if isinstance(number, int):
            yield number, f"Your evidence in “{exercise.title}”, {column.text}."


def _notebook(exercise):
    number = re.match(r"0*(\d+)", exercise.notebook)
    return f"notebook {number[1]}" if number else exercise.notebook
