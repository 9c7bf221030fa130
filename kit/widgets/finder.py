"""The record finder: search the record, and attach what was found to a claim."""

from html import escape

import ipywidgets
import traitlets

from kit import exercises, work
from kit.widgets.controls import LINE, entry
from kit.widgets.fields import Form, part
from kit.widgets.page import default_case, html, no_exercise
from kit.widgets.records import is_year, search, shown

SHOWN = 6  # records on one page


def finder(exercise_id=None, case=None):
    """Search the record; with an exercise, attach records to its claims.

    exercise_id: a `several` exercise with rows; the journal keeps `<exercise>/<claim>`.
    """
    case = case or default_case()
    if not exercise_id:
        return _Finder("kit.widgets.finder()", case).lay_out_all()
    exercise = exercises.load(case).get(exercise_id)
    if exercise is None or not exercise.rows:
        return no_exercise(exercise_id, case)
    return _Finder(f"kit.ask({exercise_id!r})", case, exercise).lay_out_all()


class _Attached(ipywidgets.HBox):
    """The records attached to one claim: `value` is a tuple of ids, shown as remove buttons."""

    value = traitlets.Tuple()

    def __init__(self):
        super().__init__()
        self.add_class("kit-attached")
        self._rebuild({"new": ()})

    @traitlets.observe("value")
    def _rebuild(self, change):
        buttons = [_button(f"Remove {id}", self._remover(id)) for id in change["new"]]
        self.children = buttons or [html("Nothing attached yet.")]

    def _remover(self, id):
        return lambda _button: self.toggle(id)

    def toggle(self, id):
        """Attach a record, or remove it when it is attached."""
        kept = [each for each in self.value if each != id]
        self.value = tuple(kept if id in self.value else [*kept, id])


class _Finder(Form):
    """Search boxes, a page of results, and the claims if there are any."""

    def __init__(self, name, case, exercise=None):
        super().__init__(name, self._progress if exercise else self._count)
        self.rows = case.rows("record")
        self.exercise = exercise
        self.start = 0
        self.words = entry("Words", "all of them must occur")
        self.first = entry("From year", "1949")
        self.last = entry("To year", "2026")
        self.note = html("", "kit-note")
        self.slots = [_Slot(self) for _ in range(SHOWN)]
        self.back = _button("Earlier results", lambda _: self.turn(-SHOWN))
        self.on = _button("More results", lambda _: self.turn(SHOWN))
        self.attached = self._attached()
        self.claim = self._claims()
        for box in (self.words, self.first, self.last):
            box.observe(self._searched, "value")

    def lay_out_all(self):
        """Put everything on the page."""
        boxes = ipywidgets.HBox([self.words, self.first, self.last])
        boxes.add_class("kit-search")
        self.place = ipywidgets.VBox()
        claims = [self.claim, self.place] if self.exercise else []
        turn = ipywidgets.HBox([self.back, self.on])
        self.lay_out(*claims, boxes, self.note, *(slot.box for slot in self.slots), turn)
        if not self.exercise:
            self.children = self.children[:-1]  # nothing is entered here, so nothing to say
        self.refresh()
        return self

    def refresh(self):
        """Show the page of results that fits the boxes."""
        found = self._found()
        self.start = max(0, min(self.start, len(found) - 1) // SHOWN * SHOWN)
        page = found[self.start : self.start + SHOWN]
        for slot, row in zip(self.slots, page + [None] * (SHOWN - len(page)), strict=True):
            slot.show(row)
        self.back.disabled = self.start == 0
        self.on.disabled = self.start + SHOWN >= len(found)
        self.note.value = self._told(found, page)

    def turn(self, step):
        """Go one page of results on or back."""
        self.start += step
        self.refresh()

    @property
    def chosen(self):
        """The list of the chosen claim, or None."""
        return self.attached.get(self.claim.value) if self.exercise else None

    def _found(self):
        years = [box.value.strip() if is_year(box.value) else "" for box in (self.first, self.last)]
        return search(self.rows, self.words.value, *years)

    def _told(self, found, page):
        told = f"{len(found)} of {len(self.rows)} records."
        if len(found) > len(page):
            told += f" Shown: {self.start + 1} to {self.start + len(page)}."
        if not all(is_year(box.value) for box in (self.first, self.last) if box.value.strip()):
            told += " A year has four digits, such as 1990; until then it does not count."
        if not found:
            told += self._why_none()
        if self.exercise and self.chosen is None:
            told += " Choose a claim above, then you can attach records to it."
        return f'<span role="status">{told}</span>'

    def _why_none(self):
        """What to change when nothing is found."""
        first, last = self.first.value.strip(), self.last.value.strip()
        if is_year(first) and is_year(last) and first > last:
            return " The first year is later than the last."
        limited = is_year(first) or is_year(last)
        return f" Try fewer or shorter words{', or other years' if limited else ''}."

    def _attached(self):
        lists = {}
        for row in self.exercise.rows if self.exercise else ():
            id = f"{self.exercise.id}/{row.id}"
            lists[row.id] = self.keep(id, _Attached(), encode=list, decode=tuple)
            lists[row.id].observe(lambda _: self.refresh(), "value")
        return lists

    def _claims(self):
        rows = self.exercise.rows if self.exercise else ()
        options = [("– choose a claim –", ""), *((row.text, row.id) for row in rows)]
        claim = ipywidgets.Dropdown(options=options, value="", description="Claim", style=LINE)
        claim.layout.width = "auto"
        claim.observe(self._claim_chosen, "value")
        return claim

    def _claim_chosen(self, change):
        text = next((row.text for row in self.exercise.rows if row.id == change["new"]), "")
        chosen = [html(escape(text), "kit-heading"), self.chosen] if self.chosen else []
        self.place.children = chosen
        self.refresh()

    def _searched(self, _change):
        self.start = 0
        self.refresh()

    def _count(self):
        return ""

    def _progress(self):
        kept = part(work.current().answer(self.exercise.id))
        filled = sum(bool(kept.get(row.id)) for row in self.exercise.rows)
        return f"{filled} of {len(self.exercise.rows)} claims have a record."


class _Slot:
    """One place in the list of results, used again for every search."""

    def __init__(self, finder):
        self.finder = finder
        self.row = None
        self.text = html("")
        self.button = _button("Attach", self._pressed)
        parts = [self.text, self.button] if finder.exercise else [self.text]
        self.box = ipywidgets.VBox(parts)
        self.box.add_class("kit-record")

    def show(self, row):
        """Show a record, or nothing."""
        self.row = row
        self.box.layout.display = "" if row else "none"
        if row is None:
            return
        self.text.value = shown(row)
        chosen = self.finder.chosen
        self.button.disabled = chosen is None
        attached = chosen is not None and row["record_id"] in chosen.value
        self.button.description = f"{'Remove' if attached else 'Attach'} {row['record_id']}"

    def _pressed(self, _button):
        if self.finder.chosen is not None:
            self.finder.chosen.toggle(self.row["record_id"])


def _button(label, pressed):
    button = ipywidgets.Button(description=label)
    button.layout.width = "auto"
    button.on_click(pressed)
    return button
