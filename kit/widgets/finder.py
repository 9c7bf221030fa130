"""The record finder: search the record, and attach what was found to a claim."""

from html import escape

import ipywidgets

from kit import exercises, journal
from kit.widgets.controls import button, dropdown, entry
from kit.widgets.fields import Form
from kit.widgets.page import default_case, html
from kit.widgets.records import is_year, names, search, told_only, years
from kit.widgets.results import Attached, Slot
from kit.widgets.status import Heard

SHOWN = 6  # records on one page


def finder(exercise_id=None, case=None):
    """Search the record; with an exercise, attach records to its claims.

    exercise_id: a `several` exercise with rows; the journal keeps `<exercise>/<claim>`.
    """
    case = case or default_case()
    if not exercise_id:
        return _Finder("kit.widgets.finder()", case).lay_out_all()
    exercise = exercises.find(exercise_id, case)
    if not exercise.rows:
        raise exercises.ExerciseError(
            f"“{exercise.title}” takes no records; name an exercise with rows."
        )
    return _Finder(f"kit.ask({exercise_id!r})", case, exercise).lay_out_all()


class _Finder(Form):
    """Search boxes, a page of results, and the claims if there are any."""

    def __init__(self, name, case, exercise=None):
        super().__init__(name, self._progress if exercise else str)
        self.rows = case.rows("record")
        self.exercise = exercise
        self.start = 0
        self.is_wanted = False  # nobody has asked for records yet
        self.words = entry("Words", "every word must be in the record")
        people = [(f"{name} ({count})", name) for name, count in names(self.rows)]
        self.who = dropdown("Who", people)
        first, last = years(self.rows)
        self.first, self.last = entry("From year", first), entry("To year", last)
        self.note, self.heard = html("", "kit-note"), Heard()
        self.slots = [Slot(self._pressed if exercise else None) for _ in range(SHOWN)]
        self.all = button(f"Show all {len(self.rows)} records", self._all_wanted)
        self.back = button("Earlier results", lambda: self.turn(-SHOWN))
        self.on = button("More results", lambda: self.turn(SHOWN))
        self.attached = self._attached()
        for box in (self.words, self.who, self.first, self.last):
            box.observe(self._searched, "value")

    def lay_out_all(self):
        """Put everything on the page."""
        boxes = ipywidgets.Box(
            [self.words, self.who, self.first, self.last], _dom_classes=("kit-search",)
        )
        self.turns = ipywidgets.HBox()
        found = [boxes, self.note, self.heard, *(slot.box for slot in self.slots), self.turns]
        self.lay_out(*self._claims(), *found)
        if not self.exercise:
            self.children = self.children[:-1]  # nothing is entered here, so nothing to say
        self.refresh()
        return self

    def refresh(self):
        """Show the page of results that fits the boxes."""
        found = self._found() if self.is_wanted else []
        self.start = max(0, min(self.start, len(found) - 1) // SHOWN * SHOWN)
        page = found[self.start : self.start + SHOWN]
        told = self._told(found, page) if self.is_wanted else self._invitation()
        self.note.value = told
        self.heard.say(told)
        for slot, row in zip(self.slots, page + [None] * (SHOWN - len(page)), strict=True):
            slot.show(row, row and self._is_attached(row), self._notes(row))
        self.back.disabled = self.start == 0
        self.on.disabled = self.start + SHOWN >= len(found)
        paged = [self.back, self.on] if len(found) > SHOWN else []
        self.turns.children = paged if self.is_wanted else [self.all]

    def turn(self, step):
        """Go one page of results on or back."""
        self.start += step
        self.refresh()

    @property
    def chosen(self):
        """The list of the chosen claim, or None."""
        return self.attached.get(self.claim.value) if self.exercise else None

    def _is_attached(self, row):
        return None if self.chosen is None else row["record_id"] in self.chosen.value

    def _years(self):
        return [box.value.strip() if is_year(box.value) else "" for box in (self.first, self.last)]

    def _found(self):
        return search(self.rows, self.words.value, *self._years(), who=self.who.value)

    def _notes(self, row):
        """What is said first about a record of the page."""
        if row is None:
            return
        if self._is_attached(row):
            yield "✓ Attached to this claim."
        if told_only(row, *self._years()):
            yield "Found by the date it was told: the event is of another year."

    def _invitation(self):
        told = f"{len(self.rows)} records. Type a word, choose who, or give years."
        return told + self._claim_wanted()

    def _claim_wanted(self):
        if not self.exercise or self.chosen is not None:
            return ""
        return " Choose a claim above, then you can attach records to it."

    def _told(self, found, page):
        told = f"{len(found)} of {len(self.rows)} records."
        if len(found) > len(page):
            told += f" Shown: {self.start + 1} to {self.start + len(page)}."
        if not all(is_year(box.value) for box in (self.first, self.last) if box.value.strip()):
            told += " A year has four digits, such as 1990; until then it does not count."
        if not found:
            told += self._why_none()
        return told + self._claim_wanted()

    def _why_none(self):
        """What to change when nothing is found."""
        first, last = self._years()
        if first and last and first > last:
            return " The first year is later than the last."
        others = [
            name for name, given in (("years", first or last), ("people", self.who.value)) if given
        ]
        either = f", or other {' or '.join(others)}" if others else ""
        return f" Try fewer or shorter words{either}."

    def _attached(self):
        lists = {}
        for row in self.exercise.rows if self.exercise else ():
            id = f"{self.exercise.id}/{row.id}"
            lists[row.id] = self.keep(id, Attached(), encode=list, decode=tuple)
            lists[row.id].observe(lambda _: self.refresh(), "value")
        return lists

    def _claims(self):
        """The list to choose a claim from, and the place for the one that is chosen."""
        if not self.exercise:
            return []
        self.claim = dropdown("Claim", [(row.text, row.id) for row in self.exercise.rows])
        self.place = ipywidgets.VBox()
        self.claim.observe(self._claim_chosen, "value")
        return [self.claim, self.place]

    def _claim_chosen(self, change):
        text = next((row.text for row in self.exercise.rows if row.id == change["new"]), "")
        self.place.children = [html(escape(text), "kit-heading"), self.chosen] if text else []
        self.refresh()

    def _pressed(self, id):
        if self.chosen is not None:
            self.chosen.toggle(id)

    def _all_wanted(self):
        self.is_wanted = True
        self.refresh()

    def _searched(self, _change):
        self.is_wanted = True
        self.turn(-self.start)

    def _progress(self):
        done, asked = exercises.progress(self.exercise, journal.current().answer(self.exercise.id))
        return f"{done} of {asked} claims have a record."
