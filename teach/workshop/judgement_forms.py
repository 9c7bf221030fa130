"""What the editors judge: the stance of each text on each proposition, a rating of each text."""

from html import escape
from typing import Any

import ipywidgets

from kit.widgets.base import box, button, html, radio
from teach.workshop.answered_form import described
from teach.workshop.desk import Desk
from teach.workshop.rows_form import RowsForm

STANCES = described("stances", "stance")["constraints"]["enum"]
SILENT = "silent"
NO_CLAIM = '<p class="kit-note">No claim of it stands under this proposition.</p>'


class StancesForm(RowsForm):
    """For each proposition what each text does with it; its own claims stand beside the choice."""

    table = "propositions"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list.description = "Propositions"

    def adding(self) -> Any:
        """Nothing is added here; what is not chosen can be set to silent at once."""
        return button("Not chosen yet: all silent", self._rest_is_silent)

    def gaps(self, row: str) -> int:
        """How many texts have no stance yet."""
        return len(self.desk.rows("texts")) - len(self._given(row))

    def _given(self, row: str) -> dict[str, str]:
        stances = self.desk.draft.stances
        return {r["text_id"]: r["stance"] for r in stances if r["proposition_id"] == row}

    def fields_of(self, row: str) -> list[Any]:
        """The proposition, then for each text its claims and the choice."""
        said = html(f"<p>{escape(self.desk.cell(f'propositions/{row}/proposition'))}</p>")
        return [said, *(self._stance(row, text) for text in self.desk.rows("texts"))]

    def _stance(self, row: str, text: str) -> ipywidgets.VBox:
        choice = radio(self.desk.draft.names[text], [(each, each) for each in STANCES])
        self.keep(f"stances/{row}/{text}", choice)
        claims = [
            escape(claim["quote"])
            for claim in self.desk.draft.claims
            if (claim["proposition_id"], claim["text_id"]) == (row, text)
        ]
        quotes = "".join(f'<blockquote class="kit-quote">{words}</blockquote>' for words in claims)
        name = f"<strong>{escape(self.desk.draft.names[text])}</strong>"
        return box("kit-near", html(name + (quotes or NO_CLAIM)), choice)

    def others(self) -> Any:
        """Texts, propositions and claims are shown here."""
        claims = [(c["text_id"], c["proposition_id"], c["quote"]) for c in self.desk.draft.claims]
        said = [(r["proposition_id"], r["proposition"]) for r in self.desk.draft.propositions]
        return list(self.desk.draft.names.items()), said, claims

    def progress(self) -> str:
        """How many stances are given."""
        whole = len(self.rows()) * len(self.desk.rows("texts"))
        return f"{len(self.desk.draft.stances)} of {whole} stances given." if whole else ""

    def _rest_is_silent(self) -> None:
        for text in self.desk.rows("texts") if self.row else ():
            choice = self.fields[f"stances/{self.row}/{text}"].control
            choice.value = choice.value or SILENT


class RatingsForm(RowsForm):
    """The editors' rating of each text."""

    table = "ratings"

    def rows(self) -> list[str]:
        """Every text can be rated."""
        return self.desk.rows("texts")

    def adding(self) -> Any:
        """Nothing is added here."""
        return html("")

    def gaps(self, row: str) -> int:
        """A rating that was not begun lacks nothing: a case can do without."""
        return super().gaps(row) if self._is_begun(row) else 0

    def _is_begun(self, row: str) -> bool:
        return row in self.desk.rows(self.table)

    def in_short(self, table: str, row: str, longest: int = 60) -> str:
        """A rating is called by its text."""
        return self.desk.draft.names.get(row, row)

    def named(self, row: str) -> str:
        """How the list calls a rating."""
        name = super().named(row).removeprefix(f"{row} · ")
        return name if self._is_begun(row) else f"{name} (not rated)"

    def progress(self) -> str:
        """How many ratings hold."""
        whole = [row for row in self.rows() if self._is_begun(row) and not self.gaps(row)]
        return f"{len(whole)} of {len(self.rows())} texts rated." if self.rows() else ""

    def title(self, row: str) -> str:
        """The text's name for learners."""
        return self.desk.draft.names.get(row, row)

    def others(self) -> Any:
        """The names of the texts."""
        return list(self.desk.draft.names.items())
