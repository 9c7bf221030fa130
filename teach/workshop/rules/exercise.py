"""What a rule makes of a draft, and how it becomes an exercise by its words in `words.toml`."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kit.data import span
from teach.workshop.draft import Draft, Row

LONGEST = 230  # characters of a moment or a sentence in a list
WORDS = Path(__file__).with_name("words.toml")
EDITED = ("title", "prompt", "right", "otherwise")  # texts that an author may write anew


class Wrong(NamedTuple):
    """A plausible wrong answer: the name of its reason in `words.toml`, and what that is about."""

    answer: Any
    reason: str
    row: str = ""
    column: str = ""
    values: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Decided:
    """An exercise as the data decide it, without its words.

    answer: its entry in answers.toml, None where none judges. values: what the words speak of.
    fields: the others that `exercises.toml` holds. wrong: of one answer at one place the first
    counts.
    """

    answer: dict[str, Any] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


Rule = Callable[[Draft], Decided | None]


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def words() -> dict[str, dict[str, Any]]:
    """Return the words of each exercise that a rule makes, by its id, in order of importance."""
    return {id: told for id, told in _file().items() if id != "quiz"}


def quiz_words() -> dict[str, dict[str, str]]:
    """Return the words of the statements of the short tests, by kind."""
    return _file()["quiz"]


def written(id: str, made: Decided, points: int, draft: Draft) -> dict[str, Any]:
    """Return an exercise in the form of `exercises.toml`, the author's own words first.

    points: what it is worth. The author's words stand under its id: a title, a prompt, `right`,
    `otherwise`, `hints` (one a line), and reasons as `wrong.row.column.answer`.
    """
    told, own = words()[id], draft.words.get(id, {})
    values = {"question": draft.case["question"], **made.values}
    texts = {name: str(told[name]).format_map(values) for name in EDITED if name in told}
    texts |= {name: own[name] for name in EDITED if own.get(name, "").strip()}
    own_hints = own.get("hints", "").splitlines()
    lines = own_hints or [hint.format_map(values) for hint in told["hints"]]
    entry = {"id": id, "notebook": told["notebook"], "kind": told["kind"], "points": points}
    entry |= {name: texts[name] for name in ("title", "prompt")}
    entry |= {"hints": [line.strip() for line in lines if line.strip()]}
    entry |= {name: texts[name] for name in ("right", "otherwise") if name in texts}
    entry |= {name: _formatted(part, values) for name, part in told.get("fields", {}).items()}
    entry |= made.fields
    reasons = _reasons(made, told.get("reasons", {}), values, own)
    return entry | ({"wrong": reasons} if reasons else {})


def _formatted(part: Any, values: Mapping[str, Any]) -> Any:
    """What stands in a field of the words, with the case's own things put into every text."""
    if isinstance(part, str):
        return part.format_map(values)
    if isinstance(part, list):
        return [_formatted(each, values) for each in part]
    return {k: _formatted(v, values) for k, v in part.items()} if isinstance(part, dict) else part


def _reasons(made: Decided, told: Mapping[str, str], values: dict, own: Mapping[str, str]) -> list:
    found: dict[tuple, dict[str, Any]] = {}
    for wrong in made.wrong:
        place = {k: v for k, v in (("row", wrong.row), ("column", wrong.column)) if v}
        reason = told[wrong.reason].format_map({**values, **place, **wrong.values})
        entry = {**place, "answer": wrong.answer, "reason": reason}
        entry["reason"] = own.get(place_of(entry), "").strip() or reason
        found.setdefault((wrong.row, wrong.column, wrong.answer), entry)
    return list(found.values())


def place_of(wrong: Mapping[str, Any]) -> str:
    """Return the name under which an author writes another reason for a wrong answer.

    >>> place_of({"row": "P1", "column": "blog", "answer": "denies"})
    'wrong.P1.blog.denies'
    """
    place = [str(wrong[name]) for name in ("row", "column", "answer") if name in wrong]
    return ".".join(["wrong", *place])


# What several rules ask of a draft


def choice(id: str, text: str) -> dict[str, str]:
    """Return an option, a row or a column."""
    return {"id": id, "text": text}


def texts_as_choices(draft: Draft) -> list[dict[str, str]]:
    """Return the texts as rows, columns or options, called as pages call them."""
    return [choice(id, name) for id, name in draft.names.items()]


def checked(draft: Draft) -> list[Row]:
    """Return the records on which an answer may rest: all that are not unverified."""
    return [row for row in draft.record if row["verification"] != "unverified"]


def in_short(text: str) -> str:
    """Return a text on one line, cut at a word where it is long.

    >>> in_short("He\\nasked.")
    'He asked.'
    """
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rpartition(" ")[0] + " …"


def moment(row: Row) -> str:
    """Return a record without its dates, as an option shows it."""
    return in_short(f"{row['record_id']}, {row['who']}: {row['what_happened']}")


def sentence(claim: Row, draft: Draft) -> str:
    """Return a claim word for word, with its text."""
    name = draft.names[claim["text_id"]]
    return f"{claim['claim_id']}, {name}: “{' '.join(claim['quote'].split())}”"


def when(date: str) -> str:
    """Return a date in words, as it stands in a sentence: "on 5 March 2000", "in 2000".

    >>> when("2000-03-05"), when("2000-03"), when("1990/..")
    ('on 5 March 2000', 'in March 2000', '(no earlier than 1990)')
    """
    day = span(date)
    if not day.is_plain:
        return f"({day})"
    return f"{'on' if day.precision == 'day' else 'in'} {day}"


def cited(draft: Draft) -> dict[str, int]:
    """Return how many verdicts rest on each record, by its id; all records, 0 among them."""
    ids = [id for row in draft.verdicts for id in row["record_ids"].split(";")]
    return {row["record_id"]: ids.count(row["record_id"]) for row in draft.record}


def wrong_numbers(right: Iterable[int], candidates: Iterable[tuple[Any, str]]) -> list[Wrong]:
    """Return wrong answers to a number: those of the candidates (number, reason) that are none."""
    good = set(right)
    return [Wrong(number, reason) for number, reason in candidates if number not in good]
