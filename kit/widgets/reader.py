"""The reader: a text whose sentences can be marked, or tagged with what they do."""

from pathlib import Path

import anywidget
import traitlets

from kit import exercises, journal
from kit.widgets.article import article, excerpts
from kit.widgets.fields import Form, part
from kit.widgets.page import default_case, sentence, style
from kit.widgets.quoted import quoted

MARKED = "marked"
TAGS = {"fact": "fact claim", "opinion": "opinion", "hedge": "hedge"}
HERE = Path(__file__).parent


class Text(anywidget.AnyWidget):
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

    def __init__(self, ids, **traits):
        self.ids = tuple(ids)
        super().__init__(**traits)

    @traitlets.validate("value")
    def _known(self, proposal):
        allowed, given = list(self.tags) or [MARKED], proposal["value"]
        return {id: given[id] for id in self.ids if given.get(id) in allowed}


class Tag(traitlets.HasTraits):
    """The tag of one sentence, "" for none: one answer among those that a Text holds."""

    value = traitlets.Unicode("")

    def __init__(self, id, text):
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

    def __init__(self, text_id, count, page):
        tells = "No sentence marked yet."
        super().__init__(f"Reader: {text_id}, {count} sentences", empty=tells)
        self.html = page

    def __repr__(self):
        return self.name

    def _repr_html_(self):
        return f'{style("reader.css")}<div class="kit">{self.html}</div>'


def reader(text_id, tag=False, case=None):
    """The whole text with its sentences numbered, as it was printed.

    tag: False to mark sentences (kept as `marks/<text>`), True to tag each as fact
    claim, opinion or hedge (kept as `tags/<text>`). An unknown text is a DataError.
    """
    case = case or default_case()
    ids = [str(found.number) for found in case.sentences(text_id)]
    page = article(case, text_id, quoted(case, text_id))
    form = Reading(text_id, len(ids), page)
    text = Text(ids, page=page, tags=TAGS if tag else {})
    return form.lay_out(form.keep(f"{'tags' if tag else 'marks'}/{text_id}", text))


def marked(text_id):
    """The numbers of the sentences the learner marked in a text, in order (list of int)."""
    kept = part(journal.current().answer(f"marks/{text_id}"))
    return sorted(int(id) for id, mark in kept.items() if mark == MARKED and id.isdigit())


def tagging(exercise, case):
    """The sentences of an exercise, each in its place in the text, to be tagged.

    For an exercise with `in_reader`; the journal keeps each cell as in any other matrix.
    """
    if lost := [row.id for row in exercise.rows if not _stands(case, *exercises.place(row.id))]:
        return sentence(f"“{exercise.title}” asks about {lost[0]}, and no text has that sentence.")
    form = Form(f"kit.ask({exercise.id!r})", empty="No sentence tagged yet.")
    tags = {option.id: option.text for option in exercise.options}
    ids = [row.id for row in exercise.rows]
    text = Text(ids, page=excerpts(exercise, case), tags=tags, asked=True)
    for id in ids:
        form.keep(f"{exercise.id}/{id}/{exercise.columns[0].id}", Tag(id, text))
    return form.lay_out(text)


def _stands(case, text_id, number):
    return text_id in case.texts and 0 < number <= len(case.sentences(text_id))
