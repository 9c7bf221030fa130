"""number: a number, right within a tolerance."""

import re
from typing import Any

from kit.exercises.key import Answer
from kit.exercises.model import AnswerError, Exercise, Feedback, Input, Kind, Place

LONGEST = 40  # characters; of a longer entry only these are quoted
_GROUPS = re.compile(r"[-−+]?\d{1,3}(,\d{3})+")


class NumberKind(Kind):
    """The answer is an int or a float; typed, with a decimal point or comma."""

    name = "number"
    rule = "A number within the tolerance earns all points, another one none."

    def input_at(self, place: Place, prompt: str, exercise: Exercise) -> Input:
        unit = f" ({exercise.unit})" if exercise.unit else ""
        asked = super().input_at(place, f"Your answer{unit}", exercise)
        return asked._replace(answer=f"a number{unit}", example="a number")

    def parse(self, exercise: Exercise, text: str) -> int | float:
        return read_number(text, exercise.unit)

    def understood(self, exercise: Exercise, value: Any) -> str:
        return f"Your answer: {value} {exercise.unit}".strip() + "."

    def normalise(self, answer: Any) -> int | float:
        if isinstance(answer, bool):
            raise AnswerError("Give a number here, not True or False.")
        if not isinstance(answer, str) and not hasattr(answer, "__float__"):
            raise AnswerError(f"Give one number here; you gave a {type(answer).__name__}.")
        if isinstance(answer, int) and answer.bit_length() > 1000:
            raise AnswerError("Give an ordinary number, such as 250.")
        text = str(answer).replace(" ", "").replace("\u202f", "").replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            start = str(answer)[:LONGEST]
            raise AnswerError(
                f"{start!r} is not a number; write digits only, such as 250."
            ) from None
        if number != number or number in (float("inf"), float("-inf")):
            raise AnswerError("Give an ordinary number, such as 250.")
        return int(number) if number.is_integer() else number

    def fits(self, exercise: Exercise, value: Any) -> bool:
        return True  # what `normalise` gives is a number

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        near = [key.value, *key.accept]
        if any(abs(value - right) <= exercise.tolerance for right in near):
            return exercise.correct()
        return exercise.not_yet([exercise.reason(value)])


def read_number(text: str, unit: str = "") -> int | float:
    """Read digits with a decimal point or comma, spaces and the unit; raises AnswerError.

    >>> read_number("1 234"), read_number("12,5"), read_number("14 members", "members")
    (1234, 12.5, 14)
    """
    plain = re.sub(r"\s", "", text.strip().removesuffix(unit or " ")).replace("−", "-")
    if _GROUPS.fullmatch(plain):
        joined = plain.replace(",", "")
        raise AnswerError(
            f"“{text.strip()}” can be read in two ways: write {joined}, or use a decimal point."
        )
    if not re.fullmatch(r"[-+]?\d+([.,]\d+)?", plain):
        raise AnswerError(f"“{text.strip()}” is not a number I can read: write it like 14 or 12.5.")
    return NumberKind().normalise(plain)
