"""The reader: a text whose sentences can be marked, or tagged with what they do; and its card.

Every sentence is a `<span class="kit-sentence">` with its number and its words. One that can be
marked carries `data-id`, the name under which its mark is kept. The reader also shows where the
course or the learner comes back to a sentence: computed from the questions of the exercises and
from the learner's own journal, never from the key.

>>> cross_references(default_case(), "blog")[26]
['Asked about in notebook 2, “Fact claim, opinion or hedge?”.']
"""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit import exercises, journal
from kit.data import Case, Sentence
from kit.exercises import Choice, Exercise
from kit.widgets.base import Page, default_case, sentence, style
from kit.widgets.fields import Form, part

LONGEST_HEADING = 120  # characters
PRINTED = {
    "Title": "title_as_printed",
    "Site": "site_as_printed",
    "Byline": "author_as_printed",
    "Date": "date_as_printed",
}
NOT_PRINTED = "not printed"
MARKED = "marked"
TAGS = {"fact": "fact claim", "opinion": "opinion", "hedge": "hedge"}
HERE = Path(__file__).parent


class MarkedText(anywidget.AnyWidget):
    """Sentences on the page and what the learner said of them.

    page: the text as HTML; a sentence that can be marked carries `data-id`.
    tags: dict tag id -> its word; {} where sentences are only marked.
    asked: each sentence shows its tags at once; else they appear when it is chosen.
    value: dict sentence id -> "marked" or a tag id; whatever else arrives is left out.
    wrong: dict sentence id -> why its tag is not right yet.
    """

    _esm = HERE / "reader.js"
    _css = HERE / "reader.css"
    page = traitlets.Unicode().tag(sync=True)
    tags = traitlets.Dict().tag(sync=True)
    asked = traitlets.Bool(False).tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    wrong = traitlets.Dict().tag(sync=True)

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

    def mark(self, why: str) -> None:
        """Show beside the sentence why its tag is not right yet; "" takes that away."""
        others = {id: told for id, told in self.text.wrong.items() if id != self.id}
        self.text.wrong = {**others, self.id: why} if why else others

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

    def __init__(self, name: str, page: str):
        super().__init__(name, empty="No sentence marked yet.")
        self.html = page

    def __repr__(self):
        return self.name

    def _repr_html_(self):
        return f'{style("reader.css")}<div class="kit">{self.html}</div>'


def reader(text_id: str, tag: bool = False, case: Case | None = None) -> Form | Page:
    """The whole text with its sentences numbered, as it was printed.

    Sentences are marked (kept as `marks/<text>`) or, with tag, tagged as fact claim, opinion or
    hedge (kept as `tags/<text>`). An unknown text is a DataError.
    """
    case = case or default_case()
    ids = [str(sentence.number) for sentence in case.sentences(text_id)]
    page = article(case, text_id, cross_references(case, text_id))
    form = Reading(f"Reader: {text_id}, {len(ids)} sentences", page)
    text = MarkedText(ids, page=page, tags=TAGS if tag else {})
    return form.lay_out(form.keep(f"{'tags' if tag else 'marks'}/{text_id}", text))


def marked(text_id: str) -> list[int]:
    """The numbers of the sentences the learner marked in a text, in order."""
    marks = part(journal.current().answer(f"marks/{text_id}"))
    return sorted(int(id) for id, mark in marks.items() if mark == MARKED and id.isdigit())


def tagging(exercise: Exercise, case: Case) -> Form | Page:
    """The sentences of an exercise with `in_reader`, each in its place in the text, to tag."""
    for row in exercise.rows:
        text_id, number = exercises.place(row.id)
        if text_id not in case.texts or not 0 < number <= len(case.sentences(text_id)):
            message = f"“{exercise.title}” asks about {row.id}, and no text has that sentence."
            return sentence(message)
    name, empty = f"kit.ask({exercise.id!r})", "No sentence tagged yet."
    form = Form(name, empty=empty, exercise=exercise, case=case)
    tags = {option.id: option.text for option in exercise.options}
    ids = [row.id for row in exercise.rows]
    text = MarkedText(ids, page=excerpts(exercise, case), tags=tags, asked=True)
    for id in ids:
        form.keep(f"{exercise.id}/{id}/{exercise.columns[0].id}", Tag(id, text))
    return form.lay_out(text)


def cross_references(case: Case, text_id: str) -> dict[int, list[str]]:
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
    numbered = re.match(r"0*(\d+)", exercise.notebook)
    notebook = f"notebook {numbered[1]}" if numbered else exercise.notebook
    note = f"Asked about in {notebook}, “{exercise.title}”."
    for row in exercise.rows:
        if exercise.in_reader:
            text, number = exercises.place(row.id)
            if text == text_id:
                yield number, note
        elif claim := claims.get(row.id):
            start, end = int(claim["start"]), int(claim["end"])
            for one in case.sentences(text_id):
                if one.start < end and start < one.end:
                    yield one.number, note


def _picked(exercise, text_id):
    """Yield the sentences the learner picked as evidence for a rating of this text."""
    cells = part(journal.current().answer(exercise.id), text_id) if exercise.evidence else {}
    for column in exercise.columns:
        number = part(cells, column.id).get("evidence")
        if isinstance(number, int):
            yield number, f"Your evidence in “{exercise.title}”, {column.text}."


# The text as a page: its lines and headings as printed, sentences numbered


def card(text_id: str, case: Case | None = None) -> Page:
    """What the page prints about a text, and what it leaves out; DataError for an unknown text."""
    case = case or default_case()
    case.text(text_id)
    row = _source(case, text_id)
    printed = {label: row[column] or NOT_PRINTED for label, column in PRINTED.items()}
    missing = {NOT_PRINTED: ' class="kit-missing"'}
    entries = "".join(
        f"<dt>{label}</dt><dd{missing.get(value, '')}>{escape(value)}</dd>"
        for label, value in printed.items()
    )
    text = "; ".join(f"{label}: {value}" for label, value in printed.items())
    return Page(
        f'<div class="kit-card"><strong>Provenance card: {escape(text_id)}</strong>'
        f"<dl>{entries}</dl></div>",
        f"Provenance card: {text_id}. {text}",
    )


def _source(case: Case, text_id: str) -> dict[str, str]:
    return next(row for row in case.rows("sources") if row["text_id"] == text_id)


def article(case: Case, text_id: str, quoted: dict[int, list[str]]) -> str:
    """Return the whole text, what is quoted of it elsewhere (notes by sentence), and its origin."""
    text, sentences = case.text(text_id), case.sentences(text_id)
    shown = {
        s.number: _sentence(s, f' data-id="{s.number}"', quoted.get(s.number)) for s in sentences
    }
    return (
        f'<article class="kit-text" lang="en" aria-label="The text “{escape(text_id)}”">'
        f"{_lines(text, sentences, shown)}{_list(quoted)}{_note(case, text_id)}</article>"
    )


def excerpts(exercise: Exercise, case: Case) -> str:
    """Return the sentences of an exercise, each between its neighbours, grouped by text (HTML)."""
    parts = []
    for text_id, group in groupby(exercise.rows, lambda row: exercises.place(row.id)[0]):
        rows = list(group)
        name = _name(rows[0]).rstrip("0123456789 ")
        parts.append(f'<p class="kit-excerpt-of">{escape(name)}</p>')
        parts += [_excerpt(row, case, text_id) for row in rows]
    return f'<div class="kit-text" lang="en">{"".join(parts)}</div>'


def _excerpt(row: Choice, case: Case, text_id: str) -> str:
    number = exercises.place(row.id)[1]
    near = case.sentences(text_id)[max(number - 2, 0) : number + 1]
    own = f' data-id="{escape(row.id)}" data-name="{escape(_name(row))}"'
    shown = {s.number: _sentence(s, own if s.number == number else "") for s in near}
    return f'<div class="kit-excerpt">{_lines(case.texts[text_id], near, shown)}</div>'


def _name(row: Choice) -> str:
    """How a row calls its sentence: what stands before the colon, “Forum 9”."""
    return row.text.partition(":")[0]


def _lines(text: str, sentences: list[Sentence], shown: dict[int, str]) -> str:
    """Paragraphs: the sentences, whose HTML is in `shown`, grouped by their printed line."""
    lines: list[list[Sentence]] = []
    end = None
    for one in sentences:
        if end is None or "\n" in text[end : one.start]:
            lines.append([])
        lines[-1].append(one)
        end = one.end
    return "".join(_line(text, line, shown) for line in lines)


def _line(text: str, sentences: list[Sentence], shown: dict[int, str]) -> str:
    body = " ".join(shown[sentence.number] for sentence in sentences)
    first = sentences[0]
    alone = text[: first.start].rpartition("\n")[2] == text[first.end :].partition("\n")[0] == ""
    # A short line of its own without a full stop; the files carry no other sign of a heading.
    heading = alone and len(first.text) <= LONGEST_HEADING and first.text[-1] not in ".!…”\"')]"
    return f'<p class="kit-printed-heading">{body}</p>' if heading else f"<p>{body}</p>"


def _sentence(sentence: Sentence, attributes: str, notes: list[str] | None = None) -> str:
    sign = ""
    if notes:
        sign = (
            '<span class="kit-quoted"><span aria-hidden="true">↗</span>'
            f'<span class="kit-quoted-note">{escape(" ".join(notes))}</span></span>'
        )
    return (
        f'<span class="kit-sentence"{attributes}><sup class="kit-number">{sentence.number}</sup>'
        f'<span class="kit-words">{escape(sentence.text)}</span>{sign}</span>'
    )


def _list(quoted: dict[int, list[str]]) -> str:
    if not quoted:
        return ""
    items = "".join(
        f"<li>Sentence {number}. {escape(' '.join(notes))}</li>" for number, notes in quoted.items()
    )
    return (
        f'<details class="kit-quoted-list"><summary>Quoted elsewhere ↗ ({len(quoted)})</summary>'
        f"<ul>{items}</ul></details>"
    )


def _note(case: Case, text_id: str) -> str:
    addresses = "".join(
        f'<li><a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(address)}</a></li>"
        for address in _addresses(case, text_id)
    )
    folded = f"<details><summary>Where it was found</summary><ul>{addresses}</ul></details>"
    return (
        '<footer class="kit-note">A text by a third party, quoted in full for study, '
        "as it was printed, mistakes included. The small numbers are ours."
        f"{folded if addresses else ''}</footer>"
    )


def _addresses(case: Case, text_id: str) -> list[str]:
    file = _source(case, text_id)["file"]
    addresses = [
        origin.get("path", "")
        for resource in case.dictionary["resources"]
        if resource.get("path") == file
        for origin in resource.get("sources", ())
    ]
    return [address for address in addresses if address.startswith(("https://", "http://"))]
