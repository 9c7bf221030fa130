"""The kinds of exercises, one file each; a new kind is a new file here and its line in KINDS.

A kind says what it needs in `exercises.toml`, which inputs it asks for, what an answer may be, how
it is compared with the key and why, and how it reads in words. Only a `form` that is not there yet
needs new controls in `kit.widgets` and the editions.
"""

from typing import Any

from kit.exercises.kinds.chart import ChartKind, MarksKind
from kit.exercises.kinds.choice import ChoiceKind
from kit.exercises.kinds.date import DateKind
from kit.exercises.kinds.matrix import MatrixKind
from kit.exercises.kinds.number import NumberKind
from kit.exercises.kinds.rating import RatingKind
from kit.exercises.kinds.several import SeveralKind
from kit.exercises.kinds.table import TableKind
from kit.exercises.kinds.written import WrittenKind
from kit.exercises.model import AnswerError, Exercise, Kind, is_blank

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        ChoiceKind(),
        SeveralKind(),
        NumberKind(),
        DateKind(),
        MatrixKind(),
        TableKind(),
        ChartKind(),
        MarksKind(),
        WrittenKind(),
        RatingKind(),
    )
}
FAULT = "Your answer does not have the form this question asks for; answer it again in its form."


def normalise(kind: str, answer: Any, unit: str = "") -> Any:
    """Return the JSON value that the journal keeps for an answer of this kind; None for a blank.

    table: a pandas DataFrame becomes a list of records; chart and marks: a matplotlib Axes
    becomes a dict of what is drawn. unit: of the number asked for; it may follow a number as text.
    Raises AnswerError with one sentence when the answer is of another kind.

    >>> normalise("number", "1,5"), normalise("number", "23 years", "years")
    (1.5, 23)
    """
    if unit and isinstance(answer, str):
        answer = answer.strip().removesuffix(unit)
    return None if is_blank(answer) else KINDS[kind].normalise(answer)


def validate(exercise: Exercise, value: Any) -> None:
    """Raise AnswerError for a value, as `normalise` gives it, of another form than is asked for."""
    if value is not None and not KINDS[exercise.kind].fits(exercise, value):
        raise AnswerError(FAULT)
