"""The dated moments, and the timeline that grows with each of them that holds."""

import warnings
from functools import partial
from html import escape
from typing import Any

from kit.data import span
from kit.errors import KitError
from kit.widgets.base import box, html
from teach.workshop.answered_form import styled
from teach.workshop.desk import Desk
from teach.workshop.field_answers import clipped
from teach.workshop.rows_form import RowsForm

COLUMNS = ("lane", "label", "event_date", "told_date")
AT_THE_TIME = "No single witness"
NONE = "The timeline begins with the first moment that holds."


class MomentsForm(RowsForm):
    """The rows of the record."""

    table = "record"

    def __init__(self, desk: Desk) -> None:
        self.picture = html("", "kit-drawn")
        self._drawn: Any = None
        super().__init__(desk)
        self._draw()

    def parts(self) -> list[Any]:
        """The list and the form of one moment; the timeline beneath the list, beside the form."""
        head = html("<strong>The timeline so far</strong>", "kit-title")
        drawn = box("kit-side", head, self.picture)
        return [styled(box("kit-desk kit-drawing", self.side(), self.place, drawn))]

    def refresh(self) -> None:
        """Follow the desk; the picture follows when nothing has changed for a moment."""
        super().refresh()
        self.soon(self._draw)

    def _draw(self) -> None:
        shown = moments(self.desk)
        if shown != self._drawn:
            self._drawn = shown
            self.picture.value = timeline_of(self.desk)


class MembersForm(RowsForm):
    """The counted thing, which a case may do without."""

    table = "enlargement"
    numbered = False

    def parts(self) -> list[Any]:
        """Whose members they are, then the members."""
        about = (
            {
                "id": "members_of",
                "label": "What they are members of (optional)",
                "hint": "for example NATO",
            },
            {"id": "date_means", "label": "What a date of joining is the date of (optional)"},
        )
        return [*(self.ask(f"case/-/{each['id']}", each) for each in about), *super().parts()]


def moments(desk: Desk) -> list[tuple[str, ...]]:
    """Return (lane, id, event, telling) for each moment whose dates hold, lane by lane in time."""
    wrong = {id.rpartition("/")[0] for id in desk.answers if id.endswith("_date")}
    rows = [row for row in desk.draft.record if f"record/{row['record_id']}" not in wrong]
    shown = [
        (
            clipped(" ".join(row["witness"].split()), 30) or AT_THE_TIME,
            row["record_id"],
            row["event_date"],
            row["told_date"],
        )
        for row in rows
    ]
    return sorted(shown, key=lambda row: (row[0] != AT_THE_TIME, row[0], span(row[2]).known.start))


def timeline_of(desk: Desk) -> str:
    """Return the timeline of a draft as HTML with its alt text, or a sentence in its place."""
    import pandas as pd

    from kit import charts
    from kit.charts.figure import figure

    rows = moments(desk)
    if not rows:
        return f'<p class="kit-note">{NONE}</p>'
    case, tables = desk.case, [pd.DataFrame(rows, columns=COLUMNS)]
    draw = partial(figure, charts.timeline, *tables)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of letters that the charts cannot write
        try:
            return draw(case.enlargement)
        except KitError as error:  # of the members: without them the dates still stand
            return f'{draw(case.enlargement.iloc[:0])}<p class="kit-note">{escape(str(error))}</p>'
