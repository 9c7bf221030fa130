"""What an exercise is, what a learner is told about an answer, and what every kind of it can do."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import escape
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kit.data import Case, DataError
from kit.errors import KitError

if TYPE_CHECKING:
    from kit.exercises.key import Answer

STATES = {"not answered": "○", "not yet": "↻", "correct": "✓", "recorded": "●"}
AXES = ("source", "information")  # columns of a rating with Admiralty letter and number: no scores
Place = tuple[str, ...]  # where in an answer: () all of it, (row,) or (row, column)


class ExerciseError(DataError):
    """`exercises.toml` or its key cannot be used, or not for this; the message says what to do."""


class AnswerError(KitError):
    """The answer is not of the kind asked for; the message says what is."""


class Choice(NamedTuple):
    """One option, row or column: an id and the words shown.

    A column of a rating has `values` (and `words`, what each means) or a `range` (lowest, highest).
    """

    id: str
    text: str
    values: tuple = ()
    range: tuple = ()
    words: tuple = ()


class Statement(NamedTuple):
    """One statement of the pre-test (form A) or the post-test (form B)."""

    id: str
    form: str
    text: str


class Feedback(NamedTuple):
    """What a learner is told.

    state: "not answered", "not yet", "correct" or "recorded" (kept, not judged).
    message: one or more sentences; never the key. Several reasons are its last lines, as a list.
    earned: share of the points, 0 to 1; None where a person or nobody judges.
    reasons: why it is "not yet", the most important first; at most three.
    places: {place: reason} for each part of the answer that is wrong, however many; a part that is
    not given is none. hints: for an answer in code, which has no form.
    note: what was judged of an answer in code; a question about one that is the same everywhere.
    is_strange: it holds what cannot be given here, which earns nothing; a person should look.
    """

    state: str
    message: str
    earned: float | None = None
    reasons: tuple[str, ...] = ()
    places: Mapping[Place, str] = {}
    hints: tuple[str, ...] = ()
    note: str = ""
    is_strange: bool = False

    def __repr__(self) -> str:
        note = f"\n{self.note}" if self.note else ""
        return f"{STATES[self.state]} {self.state.capitalize()}. {self.message}{note}"

    def _repr_html_(self) -> str:
        return f'<div class="kit" role="status">{self.html()}</div>'

    def html(self, told: str = "") -> str:
        """Return the feedback as HTML; told: other words for the message, without its list."""
        lead, points = (told, ()) if told else lead_and_list(self.message, self.reasons)
        markup = escape(lead).replace("\n", " ")
        if points:
            markup += f"<ul>{''.join(f'<li>{escape(reason)}</li>' for reason in points)}</ul>"
        if self.note:
            markup += f'<p class="kit-note">{escape(self.note)}</p>'
        return (
            f'<div class="kit-feedback kit-{self.state.replace(" ", "-")}">'
            f'<strong><span aria-hidden="true">{STATES[self.state]}</span> '
            f"{self.state.capitalize()}.</strong> {markup}{self._folded()}</div>"
        )

    def _folded(self) -> str:
        """The hints, each inside the one before, so that one press shows one more."""
        folded, whole = "", len(self.hints)
        for number, hint in reversed([*enumerate(self.hints, 1)]):
            name = f"Hint ({number} of {whole})"
            folded = f"<details><summary>{name}</summary>{escape(hint)}{folded}</details>"
        return folded


NOT_ANSWERED = Feedback("not answered", "Give your answer first, then check again.")
LOOK_AGAIN = "Look at this once more."  # at a place for which no reason is listed


def lead_and_list(message: str, reasons: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return a message without its list of reasons, and the reasons that stand in a list.

    >>> lead_and_list("Look here first:\\n• No title.\\n• No label.", ("No title.", "No label."))
    ('Look here first:', ('No title.', 'No label.'))
    """
    return message.removesuffix(_as_lines(reasons)), reasons if len(reasons) > 1 else ()


def _as_lines(reasons: tuple[str, ...]) -> str:
    return "".join(f"\n• {reason}" for reason in reasons) if len(reasons) > 1 else ""


@dataclass(frozen=True)
class Exercise:
    """One exercise as `exercises.toml` states it; see `data/README.md` for every field."""

    id: str
    notebook: str
    kind: str
    points: int
    title: str
    prompt: str
    hints: tuple[str, ...] = ()
    right: str = ""
    otherwise: str = ""
    options: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    columns: tuple[Choice, ...] = ()
    wrong: tuple[dict, ...] = ()
    unit: str = ""
    tolerance: float = 0
    rubric: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    limit: int = 0
    evidence: bool = False
    in_reader: bool = False
    cites: str = ""
    sentences: dict = field(default_factory=dict)

    @cached_property
    def places(self) -> list[Place]:
        """Where an answer has its parts: each cell, each row, or one for all of it."""
        rows, columns = [row.id for row in self.rows], [column.id for column in self.columns]
        if not rows:
            return [()]
        return [*product(rows, columns)] if columns else [(row,) for row in rows]

    def correct(self) -> Feedback:
        """Return what is told of a right answer."""
        return Feedback("correct", self.right, 1.0)

    def not_yet(
        self, reasons: Iterable[str] | Mapping[Place, str], earned: float = 0.0, *counted: str
    ) -> Feedback:
        """Return what is told of another one: at most three reasons, `otherwise` without any.

        reasons: by place, for an answer of several parts; "" where no reason is listed.
        earned: share of the points; below 0 counts as 0. counted: sentences on how much is right.
        """
        places = dict(reasons) if isinstance(reasons, Mapping) else {}
        given = list(places.values() if places else reasons)
        first = tuple(dict.fromkeys(filter(None, given)))[:3]
        lead = "Look here first:" if len(first) > 1 else "".join(first) or self.otherwise
        lead = (lead or "Look at the question once more.") if given or not any(counted) else ""
        message = " ".join(filter(None, [*counted, lead])) + _as_lines(first)
        marked = {place: why or LOOK_AGAIN for place, why in places.items()}
        return Feedback("not yet", message, round(max(0.0, earned), 4), first, marked)

    def reason(self, answer: Any, row: str | None = None, column: str | None = None) -> str:
        """Return the listed reason for a wrong answer, the most exactly placed one; else ""."""
        fitting = [
            entry
            for entry in self.wrong
            if entry["answer"] == answer
            and entry.get("row", row) == row
            and entry.get("column", column) == column
        ]
        fitting.sort(key=lambda entry: ("row" in entry) + ("column" in entry), reverse=True)
        return fitting[0]["reason"] if fitting else ""


class Input(NamedTuple):
    """One place for an answer, whatever it is asked in: a form, a page, a sheet, a typed table.

    id: in the journal, such as "stances/P1/forum"; place: the same inside the answer.
    prompt: its words. options: what can be chosen. answer: what to give, in words, after "The
    answer is". example: what an empty box shows. typed: what to type from paper ("": `answer`).
    """

    id: str
    place: Place
    prompt: str
    options: tuple[Choice, ...] = ()
    answer: str = ""
    example: str = ""
    typed: str = ""


class Kind:
    """A kind of exercise: each is a subclass in a file of its own in `kinds`, and has one instance.

    name: as `kind` in exercises.toml. needs: the fields it cannot do without.
    form: how it is asked, in a notebook, on the site and on paper: "one" or "several" options, a
    "line" to type, a "text", a "grid" of options, "scales", a "table", a "chart" or a "drawing".
    has_key: the key answers it; else its answers are recorded. not_answered: told without one.
    rule: how an answer earns its points, in a sentence or two that a learner is told as well.
    """

    name = ""
    needs: tuple[str, ...] = ()
    form = "line"
    has_key = True
    not_answered = NOT_ANSWERED
    rule = "A right answer earns all points, another one none."

    def faults(self, entry: dict) -> Iterator[str]:
        """Yield what is wrong with the fields that only this kind has, in an entry of any kind."""
        yield from ()

    def inputs(self, exercise: Exercise) -> list[Input]:
        """Return what is asked for at each place of an answer."""
        words = texts(exercise.columns or exercise.rows)
        return [
            self.input_at(place, words[place[-1]] if place else exercise.title, exercise)
            for place in exercise.places
        ]

    def input_at(self, place: Place, prompt: str, exercise: Exercise) -> Input:
        """Return the Input at one place."""
        id = "/".join((exercise.id, *place))
        return Input(id, place, prompt, exercise.options, "a few words")

    def is_given(self, exercise: Exercise, part: Any) -> bool:
        """Tell whether the answer at one place is given."""
        return not is_blank(part)

    def parse(self, exercise: Exercise, text: str) -> Any:
        """Return the JSON value of what was typed into a line; raises AnswerError."""
        return self.normalise(text.strip())

    def as_text(self, exercise: Exercise, value: Any) -> str:
        """Return the text that `parse` reads as this value."""
        return str(value)

    def understood(self, exercise: Exercise, value: Any) -> str:
        """Return in a sentence how a typed answer was understood."""
        return f"Your answer: {value}."

    def normalise(self, answer: Any) -> Any:
        """Return the JSON value that the journal keeps for an answer; raises AnswerError."""
        return answer

    def fits(self, exercise: Exercise, value: Any) -> bool:
        """Tell whether a value has the form asked for; it may still be wrong, or no option."""
        return isinstance(value, str)

    def sameness(self, exercise: Exercise, value: Any) -> str:
        """Return a question about an answer that is the same at all of many places; else ""."""
        parts = [inside(value, place) for place in exercise.places]
        is_same = len(parts) >= MANY and parts[0] and parts.count(parts[0]) == len(parts)
        return SAME_ANSWER.format(len(parts)) if is_same else ""

    def compare(self, exercise: Exercise, value: Any, key: "Answer") -> Feedback:
        """Return what is told of a value that has the right form, beside the key's."""
        if value == key.value or value in key.accept:
            return exercise.correct()
        return exercise.not_yet([exercise.reason(value)])

    def why(self, exercise: Exercise, fault: str) -> str:
        """Return the reason for a fault with a name: the exercise's own, else of `faults.toml`."""
        return exercise.reason(fault) or named_faults()[self.name][fault]

    def record(self, exercise: Exercise, value: Any, case: Case) -> Feedback:
        """Return what is told of a value where no key judges."""
        return Feedback("recorded", NO_KEY)

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        """Return the parts of an answer, each with its place, in words instead of ids."""
        return [((), str(value))]

    def also(self, exercise: Exercise, value: Any, key: "Answer") -> dict[Place, str]:
        """Return by place, in words, what the key accepts beside an answer; no place without."""
        others = without([value], [key.value, *key.accept]) if key.accept else []
        words = "; ".join(text for other in others for _, text in self.words(exercise, other))
        return {(): f"Also counts: {words}"} if words else {}


MANY = 5  # parts of an answer: from here on, the same one everywhere is asked about
SAME_ANSWER = "All {} places have the same answer. Did you find the same in each of them?"
NO_KEY = "Your answer is kept. There is no key here to check it with."


@cache
def named_faults() -> dict[str, dict[str, str]]:
    """Return {kind: {name of a fault: its reason}}."""
    file = Path(__file__).parent / "kinds" / "faults.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def is_blank(answer: Any) -> bool:
    """True for an answer not given yet: None, `...`, empty list or dict, text without a word."""
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or answer is ... or (isinstance(answer, list | dict) and not answer)


def inside(answer: Any, place: Place) -> Any:
    """Return the part of an answer at a place, None where there is none.

    >>> inside({"P1": {"forum": "denies"}}, ("P1", "forum")), inside(["a"], ("P1",))
    ('denies', None)
    """
    for id in place:
        answer = answer.get(id) if isinstance(answer, dict) else None
    return answer


def are_all(kind: type, values: Any) -> bool:
    """True for a list, tuple or set in which everything is of one type."""
    is_list = isinstance(values, list | tuple | set)
    return is_list and all(isinstance(value, kind) for value in values)


def is_grid(value: Any, cell_fits: Any) -> bool:
    """True for {row: {column: cell}} where every cell fits; a row may be None."""
    if not isinstance(value, dict):
        return False
    rows = [row for row in value.values() if row is not None]
    return are_all(dict, rows) and all(all(map(cell_fits, row.values())) for row in rows)


def texts(choices: Iterable[Choice]) -> dict[str, str]:
    """Return the words of options, rows or columns by their ids."""
    return {choice.id: choice.text for choice in choices}


def without(values: Iterable, others: Iterable) -> list:
    """Return the `others` that are not among the values, each once."""
    return [other for other in dict.fromkeys(others) if other not in values]
