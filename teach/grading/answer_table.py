"""A learner's matrix as a table: each box, what was chosen there, and what the key answers.

Each box has a line of its own, below the words of its row: the table fits a phone, however many
columns the matrix has. What the key answers stands in it only where the teacher asks for it.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from kit.exercises import KINDS, Checker, Exercise
from kit.exercises.model import Place, inside, texts

RIGHT, WRONG = ("✓", "correct"), ("✗", "not correct")
NOT_JUDGED = ("●", "kept")
NO_OPTION = "something that is none of the options"
TABLE = '<table class="answer">\n<thead><tr>{heads}</tr></thead>\n{groups}\n</table>'
HEADS = ("Where", "Your answer", "The key answers")


@lru_cache(maxsize=200)
def expected(checker: Checker, id: str) -> dict[Place, str]:
    """Return what the key answers at each place, with all that counts as well; {} without a key."""
    exercise, key = checker.exercises[id], checker.key(id)
    if key is None:
        return {}
    kind = KINDS[exercise.kind]
    also = kind.also(exercise, key.value, key)
    return {place: text + also.get(place, "") for place, text in kind.words(exercise, key.value)}


def answer_table(
    exercise: Exercise,
    answer: Any,
    wrong: Collection[Place] | None,
    key: Mapping[Place, str] | None = None,
) -> str:
    """Return the HTML of an answer to a matrix.

    wrong: the places that are not right; None where nothing judges. key: what `expected` gives,
    or None to keep it back.
    """
    heads = HEADS[len(exercise.columns) == 1 : 2 if key is None else 3]
    scoped = "".join(f'<th scope="col">{head}</th>' for head in heads)
    groups = "\n".join(_groups(exercise, answer, wrong, key, len(heads)))
    return TABLE.format(heads=scoped, groups=groups)


def _groups(
    exercise: Exercise,
    answer: Any,
    wrong: Collection[Place] | None,
    key: Mapping[Place, str] | None,
    width: int,
) -> Iterator[str]:
    options, columns = texts(exercise.options), exercise.columns
    for row in exercise.rows:
        lines = []
        for column in columns:
            place = (row.id, column.id)
            chosen = inside(answer, place)
            text = options.get(chosen, NO_OPTION) if chosen else ""
            mark = NOT_JUDGED if wrong is None else WRONG if place in wrong else RIGHT
            label = column.text if len(columns) > 1 else ""
            lines.append(_line(label, text, mark, None if key is None else key.get(place, "")))
        yield f"<tbody>{_heading(row.text, width)}{''.join(lines)}</tbody>"


@lru_cache(maxsize=5_000)
def _heading(text: str, width: int) -> str:
    return f'<tr><th scope="rowgroup" colspan="{width}">{escape(text)}</th></tr>'


@lru_cache(maxsize=5_000)
def _line(label: str, text: str, mark: tuple[str, str], expected: str | None) -> str:
    """Return one box; all its words are the exercise's own, and few, so that it is kept."""
    sign, says = mark
    given = f'<span role="img" aria-label="{says}">{sign}</span> {escape(text)}'
    first = f'<th scope="row">{escape(label)}</th>' if label else ""
    last = "" if expected is None else f"<td>{escape(expected)}</td>"
    return f"<tr>{first}<td>{given if text else 'not answered'}</td>{last}</tr>\n"
