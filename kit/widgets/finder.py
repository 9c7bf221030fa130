"""The record finder: search the record, and attach what was found to a claim."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable
from html import escape

import ipywidgets
import traitlets

from kit import data, exercises
from kit.widgets import base
from kit.widgets.base import html, in_words
from kit.widgets.fields import Form

Alike = Iterable[Iterable[str]]
SHORT = 3  # letters; so short a word must stand whole
SMALL = {"a", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "was", "with"}
SHOWN = 6  # records on one page
SEARCHED = ("record_id", "who", "witness", "what_happened", "short_quote", "kind", "source_title")
DATES = ("event_date", "told_date")
MARKS = re.compile(r"[^\w'-]+")  # what stands between words: spaces, commas, quotation marks
ENDING = re.compile(r"(?<=\w\w\w)('s|ing|ed|(?<=[sxz])es|s)$")
BETWEEN = re.compile(r" to | and | for |[;()]")  # what stands between the names in `who`
VERIFICATION = {
    "verified": "✓ Verified: we saw a page that says so.",
    "in part": "◐ Verified in part: see how much was seen, and the note.",
    "unverified": "⚠ Unverified: we saw no page that says so and can be linked.",
}


def search(
    rows: list[dict],
    words: str = "",
    first: str = "",
    last: str = "",
    who: str = "",
    alike: Alike = (),
) -> list[dict]:
    """Rows in which every word occurs, of this person, with an event or telling in the years.

    Where no row has every word, those that have the most of them. words: in any order and with any
    ending; commas and quotation marks do not count, dates are as shown. first, last: years as text,
    "" for no limit. who: a name as in `names`, "" for all. alike: groups of words and phrases that
    stand for one another.

    >>> rows = data.load().rows("record")
    >>> [row["record_id"] for row in search(rows, "molotov's notes", "1954", "1954")]
    ['R03']
    """
    wanted = wanted_words(words, alike)
    rows = [
        row
        for row in rows
        if (not who or who in _names(row))
        and (not (first or last) or any(_falls(row[date], first, last) for date in DATES))
    ]
    counts = [count_words(row, wanted) for row in rows]
    most = max(counts, default=0)
    found = [row for row, count in zip(rows, counts, strict=True) if count == most]
    return found if most or not wanted else []


def wanted_words(words: str, alike: Alike = ()) -> list[tuple[str, ...]]:
    """The words to look for, without their endings: for each, what stands for it; no small ones.

    >>> wanted_words("the Soviet dinners", [("USSR", "Soviet")])
    [('ussr', 'soviet'), ('dinner',)]
    """
    text, groups = f" {_plain(words)} ", []
    for group in alike:
        stems = tuple(ENDING.sub("", _plain(phrase)) for phrase in group)
        any_of = "|".join(re.escape(stem) + r"\w{0,3}" * (len(stem) > SHORT) for stem in stems)
        text, count = re.subn(f" ({any_of})(?= )", "", text)
        groups += [stems] if count else []
    others = (word.strip("'-") for word in text.split() if word not in SMALL)
    return [*groups, *((ENDING.sub("", word),) for word in others)]


def count_words(row: dict, wanted: list[tuple[str, ...]]) -> int:
    """How many of the wanted words a row of the record has."""
    text = _searched(*(row[column] for column in (*DATES, *SEARCHED)))
    ends = [[f" {stem}" + " " * (len(stem) <= SHORT) for stem in stems] for stems in wanted]
    return sum(any(stem in text for stem in stems) for stems in ends)


def names(rows: list[dict]) -> list[tuple[str, int]]:
    """Who the records are of, with their number, the most first.

    >>> names([{"who": "Ada Byron, London", "witness": ""}, {"who": "Ada Byron", "witness": ""}])
    [('Ada Byron', 2)]
    """
    counts = Counter(name for row in rows for name in _names(row))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _names(row):
    """The names in `who` and `witness`; what follows a comma is a place or an office.

    A name has no small word in it: "League town clerks" is left to the box for words.
    """
    pieces = [*BETWEEN.split(row["who"]), row["witness"]]
    plain = (piece.partition(",")[0].strip().removeprefix("the ") for piece in pieces)
    return {name for name in plain if name and all(word[0].isupper() for word in name.split())}


@functools.lru_cache(maxsize=1024)
def _searched(event_date, told_date, *texts):
    """The text of one row, made ready once: every key typed searches all of them."""
    return f" {_plain(' '.join([*texts, in_words(event_date), in_words(told_date)]))} "


def _plain(text):
    return MARKS.sub(" ", text.casefold().replace("’", "'"))


def _falls(date, first, last):
    if not date:
        return False
    span = data.span(date)
    return (not first or span.end.year >= int(first)) and (not last or span.start.year <= int(last))


def years(rows: list[dict]) -> tuple[str, str]:
    """The first and the last year (text) that a date of the rows names; "" where there is none.

    >>> years([{"event_date": "1954-03", "told_date": "2000/.."}])
    ('1954', '2000')
    """
    known = [data.span(row[date]).known for row in rows for date in DATES if row[date]]
    if not known:
        return "", ""
    first, last = min(span.start for span in known), max(span.end for span in known)
    return str(first.year), str(last.year)


def _is_year(text):
    return len(text.strip()) == 4 and text.strip().isdecimal()


def record_html(row: dict, *notes: str) -> str:
    """One record as HTML: notes, date with its precision, who, what, quote, how far verified."""
    quote = f" “{escape(row['short_quote'])}”" if row["short_quote"] else ""
    told = f" Told: {escape(in_words(row['told_date']))}." if row["told_date"] else ""
    seen = f" How much was seen: {escape(row['seen_as'])}." if row["seen_as"] else ""
    note = f" Note: {escape(row['notes'])}" if row["notes"] else ""
    word = row["verification"]  # another case may have words of its own
    verified = VERIFICATION.get(word, f"{escape(word.capitalize())}.")
    source = escape(row["source_title"])
    if row["source_url"].startswith(("https://", "http://")):
        link = escape(row["source_url"])
        source = f'<a href="{link}" target="_blank" rel="noopener noreferrer">{source}</a>'
    first = f'<p class="kit-saved">{escape(" ".join(notes))}</p>' if notes else ""
    return (
        f"{first}<p><strong>{escape(row['record_id'])} · {escape(in_words(row['event_date']))}"
        f"</strong> · {escape(row['who'])}</p><p>{escape(row['what_happened'])}{quote}</p>"
        f'<p class="kit-note">{verified} {escape(row["kind"].capitalize())}: '
        f"{source}.{told}{seen}{note}</p>"
    )


class Attached(ipywidgets.HBox):
    """The records attached to one claim: `value` is a tuple of ids.

    Each has a button that removes it; the button stays, and then puts the record back.
    """

    value = traitlets.Tuple()

    def __init__(self):
        super().__init__(layout=base.shared(ipywidgets.Layout), _dom_classes=("kit-attached",))
        self._nothing = html("Nothing attached yet.", "kit-note")
        self._buttons = {}
        self._show({"new": ()})

    @traitlets.observe("value")
    def _show(self, change):
        for id in change["new"]:
            if id not in self._buttons:
                self._buttons[id] = base.button("", lambda id=id: self.toggle(id))
        for id, toggle in self._buttons.items():
            toggle.description = f"Remove {id}" if id in change["new"] else f"Put {id} back"
        self.children = list(self._buttons.values()) or [self._nothing]

    def toggle(self, id: str) -> None:
        """Attach a record, or remove it when it is attached."""
        others = [other for other in self.value if other != id]
        self.value = tuple(others if id in self.value else [*others, id])


class RecordSlot:
    """One place in the list of results; `press` is None where nothing can be attached."""

    def __init__(self, press: Callable[[dict | None], None] | None = None):
        self.row: dict | None = None
        self.text, parts = html(""), []
        if press:
            self.button = base.button("Attach", lambda: press(self.row))
            parts = [self.button]
        self.box = ipywidgets.VBox([self.text, *parts], _dom_classes=("kit-record",))

    def show(self, row: dict | None, attached: bool | None, notes: Iterable[str]) -> None:
        """Show a record, or nothing (row None); attached: True, False, or None for no claim."""
        self.row = row
        self.box.layout.display = "" if row else "none"
        if row:
            self.text.value = record_html(row, *notes)
        if row and self.box.children[1:]:
            self.button.disabled = attached is None
            self.button.description = f"{'Remove' if attached else 'Attach'} {row['record_id']}"


def finder(exercise_id: str | None = None, case: data.Case | None = None) -> ipywidgets.Widget:
    """Search the record; with a `several` exercise, attach records to its rows, the claims."""
    case = case or base.default_case()
    exercise = exercises.find(exercise_id, case) if exercise_id else None
    if exercise and not exercise.rows:
        raise exercises.ExerciseError(
            f"“{exercise.title}” takes no records; name an exercise with rows."
        )
    return _Finder(exercise, case)


class _Finder(Form):
    """Search boxes, a page of results, and the claims if there are any."""

    def __init__(self, exercise, case):
        super().__init__(exercise=exercise, case=case)
        self.rows, self.alike, self.start = case.rows("record"), case.alike, 0
        self.is_wanted = False  # nobody has asked for records yet
        self.words = base.entry("Words", "such as a name, a place or a subject")
        people = [(f"{name} ({count})", name) for name, count in names(self.rows)]
        self.who = base.dropdown("Who", people)
        self.first, self.last = map(base.entry, ("From year", "To year"), years(self.rows))
        self.note, self.live = html("", "kit-note"), base.LiveRegion()
        self.slots = [RecordSlot(self._pressed if exercise else None) for _ in range(SHOWN)]
        self.all = base.button(f"Show all {len(self.rows)} records", self._all_wanted)
        self.back = base.button("Earlier results", lambda: self.turn(-SHOWN))
        self.on = base.button("More results", lambda: self.turn(SHOWN))
        self.claims = {row.id: row.text for row in exercise.rows} if exercise else {}
        self.attached = {id: self._attached(f"{exercise.id}/{id}") for id in self.claims}
        boxes = [self.words, self.who, self.first, self.last]
        for box in boxes:
            box.observe(self._searched, "value")
        search_boxes = ipywidgets.Box(boxes, _dom_classes=("kit-search",))
        self.turns = ipywidgets.HBox()
        slots = [slot.box for slot in self.slots]
        self.lay_out(*self._claim_boxes(), search_boxes, self.note, self.live, *slots, self.turns)
        if not exercise:
            self.children = self.children[:-1]  # nothing is entered here, so nothing to say
        self.refresh()

    def _attached(self, id):
        attached = self.keep(id, Attached(), encode=list, decode=tuple)
        attached.observe(lambda _: self.refresh(), "value")
        return attached

    def _claim_boxes(self):
        if not self.claims:
            self.claim = None
            return []
        self.claim = base.dropdown("Claim", [(text, id) for id, text in self.claims.items()])
        self.place = ipywidgets.VBox()
        self.claim.observe(self._claim_chosen, "value")
        return [self.claim, self.place]

    def refresh(self) -> None:
        """Show the page of results that fits the boxes."""
        rows = self._found() if self.is_wanted else []
        self.start = max(0, min(self.start, len(rows) - 1) // SHOWN * SHOWN)
        page = rows[self.start : self.start + SHOWN]
        invitation = f"{len(self.rows)} records. Type a word, choose who, or give years."
        message = self._message(rows, page) if self.is_wanted else invitation
        if self.exercise and self.chosen is None:
            message += " Choose a claim above, then you can attach records to it."
        self.note.value = f'<span aria-hidden="true">{message}</span>'  # `live` is heard
        self.live.say(message)
        for slot, row in zip(self.slots, page + [None] * (SHOWN - len(page)), strict=True):
            slot.show(row, row and self._is_attached(row), self._notes(row))
        self.back.disabled = self.start == 0
        self.on.disabled = self.start + SHOWN >= len(rows)
        paged = [self.back, self.on] if len(rows) > SHOWN else []
        self.turns.children = paged if self.is_wanted else [self.all]

    def turn(self, step: int) -> None:
        """Go some results on or back."""
        self.start += step
        self.refresh()

    @property
    def chosen(self) -> "Attached | None":
        """The list of the chosen claim, or None."""
        return self.attached.get(self.claim and self.claim.value)

    def _is_attached(self, row):
        return None if self.chosen is None else row["record_id"] in self.chosen.value

    def _years(self):
        return [box.value.strip() if _is_year(box.value) else "" for box in (self.first, self.last)]

    def _found(self):
        boxes = self.words.value, *self._years(), self.who.value
        found = search(self.rows, *boxes, self.alike)
        claim = wanted_words(self.claims.get(self.claim and self.claim.value, ""), self.alike)
        return sorted(found, key=lambda row: -count_words(row, claim))

    def _notes(self, row):
        if self._is_attached(row):
            yield "✓ Attached to this claim."
        first, last = self._years()
        if (first or last) and not _falls(row["event_date"], first, last):
            yield "Found by the date it was told: the event is of another year."

    def _message(self, found, page):
        message = f"{len(found)} of {len(self.rows)} records."
        if len(found) > len(page):
            message += f" Shown: {self.start + 1} to {self.start + len(page)}."
        if not all(_is_year(box.value) for box in (self.first, self.last) if box.value.strip()):
            message += " A year has four digits, such as 1990; until then it does not count."
        wanted = wanted_words(self.words.value, self.alike)
        if found and count_words(found[0], wanted) < len(wanted):
            message += " None has all of your words; these have the most of them."
        if self.chosen is not None and len(found) > 1:
            message += " Those that share most words with the claim come first."
        return message if found else message + self._why_none()

    def _why_none(self):
        first, last = self._years()
        if first and last and first > last:
            return " The first year is later than the last."
        boxes = {"years": first or last, "people": self.who.value}
        others = [name for name, entered in boxes.items() if entered]
        either = f", or other {' or '.join(others)}" if others else ""
        return f" Try fewer or shorter words{either}."

    def _claim_chosen(self, change):
        text = self.claims.get(change["new"])
        self.place.children = [html(escape(text), "kit-heading"), self.chosen] if text else []
        self.strip.mark()
        self.refresh()

    def _pressed(self, row):
        if row and self.chosen is not None:
            self.chosen.toggle(row["record_id"])
            self.live.say(f"Attached to this claim: {', '.join(self.chosen.value) or 'nothing'}.")

    def _all_wanted(self):
        self.is_wanted = True
        self.refresh()

    def _searched(self, _change):
        self.start = 0
        self._all_wanted()
