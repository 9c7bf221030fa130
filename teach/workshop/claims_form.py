"""Claims: a click on a sentence makes one, with its offsets and its quote found by themselves.

The texts stand in the course's own reader; beside them the form of the claim chosen last.
"""

from html import escape
from typing import Any

import ipywidgets

from kit.widgets.base import box, button, html, stand_in
from kit.widgets.reader import MARKED, MarkedText, article
from teach.workshop.answered_form import styled
from teach.workshop.desk import Desk
from teach.workshop.rows_form import RowsForm

NO_TEXT = "Add the texts first, in the step above."


class ClaimsForm(RowsForm):
    """The claims, and the sentences that they are made of."""

    table = "claims"
    numbered = False

    def __init__(self, desk: Desk) -> None:
        self.reading = ipywidgets.VBox(_dom_classes=("kit-place",))
        self.text: MarkedText | None = None
        self.chosen = ""  # the sentence chosen last: "forum/3"
        self.more = button("Another claim from this sentence", self._another)
        self._page = ""
        super().__init__(desk)
        self.list.rows = 5
        self.watch(self._place)

    def parts(self) -> list[Any]:
        """The texts on one side, the claims on the other."""
        self._read()
        side = box("kit-sheet", self.side(), self.place)
        return [styled(box("kit-beside kit-claiming", self.reading, side))]

    def adding(self) -> Any:
        """A claim is made by a click; a second one of the same sentence by a button."""
        buttons = (self.more, self.delete, self.undoing)
        return ipywidgets.HBox(buttons, _dom_classes=("kit-buttons",))

    def in_short(self, table: str, row: str, longest: int = 60) -> str:
        """A claim is called by its text and its words."""
        if table != "claims":
            return super().in_short(table, row, longest)
        text, quote = (self.desk.cell(f"claims/{row}/{name}") for name in ("text_id", "quote"))
        words = f"{self.desk.draft.names.get(text, text)}: “{' '.join(quote.split())}”"
        return words if len(words) <= longest else f"{words[: longest - 2]}…”"

    def refresh(self) -> None:
        """Follow the texts as well."""
        super().refresh()
        self._read()

    # The texts

    def _read(self) -> None:
        """Show the texts as they are, and at each sentence its claims."""
        case = self.desk.case
        filled = [id for id, text in case.texts.items() if text.strip()]
        page = "".join(self._section(id, n, len(filled)) for n, id in enumerate(filled, 1))
        if page != self._page or not self.reading.children:
            self._page = page
            ids = [f"{id}/{s.number}" for id in filled for s in case.sentences_of(id)]
            self._show_texts(ids, page)
        if self.text:
            made = self.by_sentence()
            self.text.evidence, self.text.value = made, dict.fromkeys(made, MARKED)

    def _section(self, id: str, number: int, whole: int) -> str:
        name = escape(self.desk.case.names[id])
        heading = (
            f'<p class="kit-title" role="heading" aria-level="3">{name} · {number} of {whole}</p>'
        )
        return (
            f'<section class="kit-page" data-text="{escape(id)}" data-name="{name}">'
            f"<header>{heading}</header>{article(self.desk.case, id, {})}</section>"
        )

    def _show_texts(self, ids: list[str], page: str) -> None:
        shown = self.text.shown if self.text else ""
        if not page:
            self.text, self.reading.children = None, [html(f"<p>{NO_TEXT}</p>", "kit-note")]
            return
        text = self.text = MarkedText(ids, page=page, mode="claim", shown=shown)
        text.on_msg(lambda _, said, __: self.choose(str(said.get("chosen", ""))))
        text.observe(self._ticked, "value")
        self.reading.children = [text]
        stand_in(self.reading, text, lambda: text.plain(self.desk.case.names))

    def _ticked(self, change: dict[str, Any]) -> None:
        """Make a claim of each sentence whose number was typed, where the page runs no script."""
        for sentence in change["new"].keys() - self.by_sentence().keys():
            self.choose(sentence)

    def by_sentence(self) -> dict[str, list[str]]:
        """The claims made of each sentence: {"forum/3": ["C01"]}."""
        made: dict[str, list[str]] = {}
        for claim in self.desk.draft.claims:
            id, text = claim["claim_id"], claim["text_id"]
            clicked = claim["start"] or self.desk.cell(f"claims/{id}/start")
            start = int(clicked) if clicked.isdecimal() else -1
            end = int(claim["end"] or start + 1)
            for one in self.desk.sentences(text) if start >= 0 else ():
                if one.start < end and start < one.end:
                    made.setdefault(f"{text}/{one.number}", []).append(id)
        return made

    # Making claims

    def choose(self, sentence: str) -> None:
        """Take a sentence up: show its first claim, or make one."""
        text, _, number = sentence.partition("/")
        if number not in {str(one.number) for one in self.desk.sentences(text)}:
            return
        self.chosen = sentence
        if made := self.by_sentence().get(sentence):
            self.list.value = made[0]
            self.status.saved(
                f"{', '.join(made)} stands there; “{self.more.description}” adds one.", "Shown."
            )
        else:
            self._another()

    def _another(self) -> None:
        text, _, number = self.chosen.partition("/")
        sentences = self.desk.sentences(text)
        one = next((s for s in sentences if str(s.number) == number), None)
        if one is None:
            return self.status.failed("Click a sentence first.", "Not added.")
        row = self.desk.next_id("claims")
        place = {"start": one.start, "end": one.end}
        self.make(row, text_id=text, quote=one.text, **place)
        name = self.desk.case.names[text]
        return self.status.saved(
            f"{row} is made of sentence {number} of {name}; its form is beside."
        )

    def _place(self) -> None:
        """Find a narrowed quote again in the sentence that it was made of."""
        cells = {
            name: self.desk.cell(f"claims/{self.row}/{name}")
            for name in ("text_id", "start", "end", "quote")
        }
        text, quote = self.desk.case.texts.get(cells["text_id"], ""), cells["quote"].strip()
        if (
            not quote
            or not cells["start"].isdecimal()
            or text.startswith(quote, int(cells["start"]))
        ):
            return
        near = [s for s in self.desk.sentences(cells["text_id"]) if s.end > int(cells["start"])]
        start = text.find(quote, near[0].start if near else 0)
        start = text.find(quote) if start < 0 else start
        if start >= 0:
            ends = {"start": start, "end": start + len(quote)}
            with self.writing():
                self.desk.write({f"claims/{self.row}/{name}": n for name, n in ends.items()})
