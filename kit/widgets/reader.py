"""The reader: texts whose sentences can be marked, or tagged with what they do; and their cards.

Every sentence is a `<span class="kit-sentence">` with its number and its words. One that can be
marked carries `data-id`: "forum/9". The reader also shows where the course or the learner comes
back to a sentence: computed from the exercises and the learner's own journal, never from the key.

>>> cross_references(default_case(), "blog")[26]
['Asked about in notebook 2, “Fact claim, opinion or hedge?”.']
"""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import ipywidgets
import traitlets

from kit import data, exercises, journal
from kit.data import Case, Sentence
from kit.exercises import Choice, Exercise
from kit.widgets import base
from kit.widgets.base import AnyWidget, Page, default_case, joined, sentence, style
from kit.widgets.fields import Form, part
from kit.widgets.handin import order
from kit.words import plural

LONGEST_HEADING = 120  # characters
WORDS_A_MINUTE = 238  # of adults who read English non-fiction, as in the lesson plans
PRINTED = {
    "Title": "title_as_printed",
    "Site": "site_as_printed",
    "Byline": "author_as_printed",
    "Date": "date_as_printed",
}
MARKED = "marked"
TAGS = {"fact": "fact claim", "opinion": "opinion", "hedge": "hedge"}
HERE = Path(__file__).parent


class MarkedText(AnyWidget):
    """Sentences on the page and what the learner said of them; several texts stand behind tabs.

    page: the text as HTML; a sentence that can be marked carries `data-id`.
    mode: what a click on a sentence does: "mark" it, open its tags ("tag"), or write its number
    as the evidence for the rating in focus ("pick"), or send {"chosen": id} ("claim"). In "asked"
    the tags show at once.
    tags: dict tag id -> its word; {} where sentences are not tagged.
    value: dict sentence id -> "marked" or a tag id; whatever else arrives is left out.
    wrong: dict sentence id -> why its tag is not right yet.
    shown: id of the text in front. badges: dict text id -> words behind its name on the tab.
    evidence: dict sentence id -> names of the ratings that it is the evidence for.
    """

    _esm = joined("hear.js", "reader.js")
    _css = HERE / "reader.css"
    page = traitlets.Unicode().tag(sync=True)
    mode = traitlets.Enum(["mark", "tag", "asked", "pick", "claim"], "mark").tag(sync=True)
    tags = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    wrong = traitlets.Dict().tag(sync=True)
    shown = traitlets.Unicode().tag(sync=True)
    badges = traitlets.Dict().tag(sync=True)
    evidence = traitlets.Dict().tag(sync=True)

    def __init__(self, ids: Iterable[str], **traits: Any):
        self.ids = tuple(ids)
        super().__init__(**traits)

    @traitlets.validate("value")
    def _known(self, proposal):
        allowed, tags = list(self.tags) or [MARKED], proposal["value"]
        return {id: tags[id] for id in self.ids if tags.get(id) in allowed}

    def plain(self, names: dict[str, str]) -> ipywidgets.VBox:
        """The same without a script: the texts, and boxes for the numbers of their sentences.

        names: how the texts are called, by their ids.
        """
        page = base.html(f'{style("reader.css")}<div class="kit-reading">{self.page}</div>')
        starts = dict.fromkeys(id.rstrip("0123456789") for id in self.ids)
        if self.mode == "pick":
            texts = [(names[start[:-1]], start[:-1]) for start in starts]
            chosen = base.control(ipywidgets.Dropdown, "Text to rate", options=texts)
            traitlets.link((self, "shown"), (chosen, "value"))
            return base.box("kit-plain", chosen, page)
        words = self.tags or {MARKED: "marked"}
        boxes = [
            base.NumberBox(f"{names[start[:-1]]}: {word}", self, start, tag)
            for start in starts
            for tag, word in words.items()
        ]
        reasons = base.html("")
        traitlets.dlink((self, "wrong"), (reasons, "value"), _listed)
        return base.box("kit-plain", page, *boxes, reasons)


class Marks(traitlets.HasTraits):
    """The marks or tags of one text, {number: mark}: one answer among those of a MarkedText."""

    value = traitlets.Dict()

    def __init__(self, text_id: str, text: MarkedText):
        super().__init__()
        self.start, self.text = f"{text_id}/", text
        text.observe(self._from_text, "value")

    def _from_text(self, _change=None):
        marks, start = self.text.value, self.start
        self.value = {id.removeprefix(start): marks[id] for id in marks if id.startswith(start)}

    @traitlets.observe("value")
    def _to_text(self, change):
        others = {k: mark for k, mark in self.text.value.items() if not k.startswith(self.start)}
        self.text.value = others | {self.start + n: mark for n, mark in change["new"].items()}
        self._from_text()  # without what is no sentence


class Tag(traitlets.HasTraits):
    """The tag of one sentence, "" for none: one answer among those that a MarkedText holds."""

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
    """A form around texts; they can also be read where no widgets run."""

    def __init__(self, name: str, page: str):
        super().__init__(empty="No sentence marked yet.")
        self.name, self.html = name, page

    def __repr__(self):
        return self.name

    def _repr_html_(self):
        return f'{style("reader.css")}<div class="kit">{self.html}</div>'


def reader(text_id: str | None = None, tag: bool = False, case: Case | None = None) -> Form | Page:
    """One text, or by default all behind tabs: as printed, with the sentences numbered.

    Sentences are marked (kept as `marks/<text>`) or, with tag, tagged as fact claim, opinion or
    hedge (kept as `tags/<text>`). An unknown text is a DataError.
    """
    case = case or default_case()
    texts = [text_id] if text_id else order(case)
    ids, page = pages(texts, case)
    form = Reading(f"Reader: {', '.join(texts)}, {len(ids)} sentences", page)
    text = MarkedText(ids, page=page, tags=TAGS if tag else {}, mode="tag" if tag else "mark")
    for id in texts:
        form.keep(f"{'tags' if tag else 'marks'}/{id}", Marks(id, text))
    return base.stand_in(form.lay_out(text), text, lambda: text.plain(case.names))


def tagging(exercise: Exercise, case: Case) -> Form | Page:
    """The sentences of an exercise with `in_reader`, each in its place in the text, to tag."""
    for row in exercise.rows:
        text_id, number = exercises.place(row.id)
        if text_id not in case.texts or not 0 < number <= len(case.sentences_of(text_id)):
            message = f"“{exercise.title}” asks about {row.id}, and no text has that sentence."
            return sentence(message)
    form = Form(empty="No sentence tagged yet.", exercise=exercise, case=case)
    tags = {option.id: option.text for option in exercise.options}
    ids = [row.id for row in exercise.rows]
    text = MarkedText(ids, page=excerpts(exercise, case), tags=tags, mode="asked")
    for id in ids:
        form.keep(f"{exercise.id}/{id}/{exercise.columns[0].id}", Tag(id, text))
    return base.stand_in(form.lay_out(text), text, lambda: text.plain(case.names))


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
            for one in case.sentences_of(text_id):
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
    row, name, entries, printed = _source(case, text_id), case.names[text_id], "", []
    for label, column in PRINTED.items():
        missing = "" if row[column] else ' class="kit-missing"'
        value = row[column] or "not printed"
        entries += f"<dt>{label}</dt><dd{missing}>{escape(value)}</dd>"
        printed.append(f"{label}: {value}")
    heading = f"{sign(case, text_id)}Provenance card: {escape(name)}"
    return Page(
        f'<div class="kit-card"><strong>{heading}</strong><dl>{entries}</dl></div>',
        f"Provenance card: {name}. {'; '.join(printed)}",
    )


def _source(case: Case, text_id: str) -> dict[str, str]:
    return next(row for row in case.rows("sources") if row["text_id"] == text_id)


def sign(case: Case, id: str) -> str:
    """The shape and colour of a text, as HTML before its name; "" for what is no text."""
    if id not in case.texts:
        return ""
    look = data.look(id, case.texts)
    return (  # whole in itself: it also stands in pages without our style sheet
        '<svg class="kit-sign" viewBox="0 0 12 12" width="0.85em" height="0.85em" '
        'style="margin-right: 0.4em; vertical-align: -0.06em; overflow: visible" '
        f'aria-hidden="true"><path d="{look.path}" fill="{look.colour}" '
        'stroke="currentColor" stroke-width="0.8"/></svg>'
    )


def heading(case: Case, choice: Choice) -> str:
    """The words of a row or column, after its sign if it is a text, as HTML."""
    return f"{sign(case, choice.id)}{escape(choice.text)}"


def pages(texts: Iterable[str], case: Case) -> tuple[list[str], str]:
    """The ids of all sentences of some texts; and the texts, each under its heading, as HTML."""
    ids = [f"{text}/{sentence.number}" for text in texts for sentence in case.sentences_of(text)]
    return ids, "".join(_page(case, text) for text in texts)


def _page(case: Case, text_id: str) -> str:
    """A text under its name, its place in the learner's order, its length and what to look for.

    Its heading is no <h3>: JupyterLab would list it in its contents, and 4.4 stumbles over that.
    """
    texts, words = order(case), int(_source(case, text_id)["word_count"])
    name, advice = escape(case.names[text_id]), case.described[text_id].get("kit:lookFor")
    length = f"{words} words, about {plural(max(1, round(words / WORDS_A_MINUTE)), 'minute')}."
    look = f" <strong>What to look for:</strong> {escape(advice)}" if advice else ""
    return (
        f'<section class="kit-page" data-text="{escape(text_id)}" data-name="{name}"><header>'
        f'<p class="kit-title" role="heading" aria-level="3">{sign(case, text_id)}{name} · '
        f"{texts.index(text_id) + 1} of {len(texts)}</p>"
        f'<p class="kit-note">{length}{look}</p></header>'
        f"{article(case, text_id, cross_references(case, text_id))}</section>"
    )


def article(case: Case, text_id: str, quoted: dict[int, list[str]]) -> str:
    """Return the whole text, what is quoted of it elsewhere (notes by sentence), and its origin."""
    text, sentences = case.text(text_id), case.sentences_of(text_id)
    shown = {
        s.number: _sentence(s, f' data-id="{text_id}/{s.number}"', quoted.get(s.number))
        for s in sentences
    }
    name = escape(case.names[text_id])
    return (
        f'<article class="kit-text" lang="en" aria-label="The text “{name}”">'
        f"{_lines(text, sentences, shown)}{_list(quoted)}{_note(case, text_id)}</article>"
    )


def excerpts(exercise: Exercise, case: Case) -> str:
    """Return the sentences of an exercise, each between its neighbours, grouped by text (HTML)."""
    parts = []
    for text_id, group in groupby(exercise.rows, lambda row: exercises.place(row.id)[0]):
        rows = list(group)
        name = _name(rows[0]).rstrip("0123456789 ")
        parts.append(f'<p class="kit-excerpt-of">{sign(case, text_id)}{escape(name)}</p>')
        parts += [_excerpt(row, case, text_id) for row in rows]
    return f'<div class="kit-text" lang="en">{"".join(parts)}</div>'


def _excerpt(row: Choice, case: Case, text_id: str) -> str:
    number = exercises.place(row.id)[1]
    near = case.sentences_of(text_id)[max(number - 2, 0) : number + 1]
    own = f' data-id="{escape(row.id)}" data-name="{escape(_name(row))}"'
    shown = {s.number: _sentence(s, own if s.number == number else "") for s in near}
    return f'<div class="kit-excerpt">{_lines(case.texts[text_id], near, shown)}</div>'


def _listed(reasons):
    return "".join(f"<p>{escape(id)}: {escape(why)}</p>" for id, why in reasons.items())


def _name(row: Choice) -> str:
    return row.text.partition(":")[0]  # as it calls its sentence: “Forum 9”


def _lines(text: str, sentences: list[Sentence], shown: dict[int, str]) -> str:
    """Paragraphs: the sentences, whose HTML is in `shown`, grouped by their printed line."""
    lines = groupby(sentences, lambda one: text.count("\n", 0, one.start))
    return "".join(_line(text, list(line), shown) for _, line in lines)


def _line(text: str, sentences: list[Sentence], shown: dict[int, str]) -> str:
    body = " ".join(shown[sentence.number] for sentence in sentences)
    first = sentences[0]
    alone = text[: first.start].rpartition("\n")[2] == text[first.end :].partition("\n")[0] == ""
    # A short line of its own without a full stop; the files carry no other sign of a heading.
    heading = alone and len(first.text) <= LONGEST_HEADING and first.text[-1] not in ".!…”\"')]"
    return f'<p class="kit-printed-heading">{body}</p>' if heading else f"<p>{body}</p>"


def _sentence(sentence: Sentence, attributes: str, notes: list[str] | None = None) -> str:
    quoted = (
        '<span class="kit-quoted"><span aria-hidden="true">↗</span>'
        f'<span class="kit-quoted-note">{escape(" ".join(notes or ()))}</span></span>'
    )
    return (
        f'<span class="kit-sentence"{attributes}><sup class="kit-number">{sentence.number}</sup>'
        f'<span class="kit-words">{escape(sentence.text)}</span>{quoted if notes else ""}</span>'
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
    told = case.described[text_id]
    found = (escape(each.get("path", "")) for each in told.get("sources", ()))
    addresses = "".join(
        f'<li><a href="{url}" target="_blank" rel="noopener noreferrer">{url}</a></li>'
        for url in found
        if url.startswith(("https://", "http://"))
    )
    folded = f"<details><summary>Where it was found</summary><ul>{addresses}</ul></details>"
    is_open = any(each.get("name", "").startswith("CC") for each in told.get("licenses", ()))
    whose = "The text" if is_open else "A text by a third party, quoted in full for study,"
    return (
        f'<footer class="kit-note">{whose} as it was printed, mistakes included. '
        f"The small numbers are ours.{folded if addresses else ''}</footer>"
    )
