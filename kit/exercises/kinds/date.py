"""date: a date as exact as the evidence allows, also with a doubt or an open end."""

import re
from typing import Any

from kit.data import Span, span
from kit.data.spans import MONTHS
from kit.errors import KitError
from kit.exercises.key import Answer
from kit.exercises.model import AnswerError, Exercise, Feedback, Input, Kind, Place

QUOTED = 40  # characters of an entry that are quoted
LONGEST = 80  # characters of a date in words
TOO_CAREFUL = "The date is right, but you write that it is unsure. The evidence is sure."
_SAID = [  # in words, and how EDTF writes it; "before" and "since" can be read in two ways
    (r"no(?:t)? (?:earlier|sooner) than (.+)|not before (.+)|(.+) (?:or|and) later", "{}/.."),
    (r"no(?:t)? later than (.+)|not after (.+)|(.+) (?:or|and) (?:earlier|before)", "../{}"),
    (r"between (.+) and (.+)|(?:from )?(.+) to (.+)|([^-]+)\s?–\s?([^-]+)", "{}/{}"),
    (r"perhaps about (.+)", "{}%"),
    (r"(?:about|around|circa|ca?\.?) (.+)", "{}~"),
    (r"(?:perhaps|maybe|possibly) (.+)", "{}?"),
    (r"(?:the )?(\d{3})0s", "{}X"),
]
_NUMBERED = {name[:length].lower(): n for n, name in enumerate(MONTHS, 1) for length in (3, None)}


class DateKind(Kind):
    """The answer is a date as `kit.data.span` reads it (str); a reason stands under a plain one."""

    name = "date"
    rule = (
        "The date that the evidence allows earns all points. Half is for the right date called "
        "unsure, one less exact than the evidence allows, and one more exact."
    )

    def input_at(self, place: Place, prompt: str, exercise: Exercise) -> Input:
        asked = super().input_at(place, "Your date", exercise)
        return asked._replace(
            answer="a date: a year, a year and month, or a full date; also a floor, "
            "such as 1990/..",
            example="1990, 25 May 1990 or 1990/..",
            typed="a date, such as 1990, 1990-05-25 or 1990/..; in a spreadsheet begin with '",
        )

    def parse(self, exercise: Exercise, text: str) -> str:
        return read_date(text)

    def understood(self, exercise: Exercise, value: Any) -> str:
        when = span(value)
        if when.is_plain:
            return f"Understood as {when}, exact to the {when.precision}."
        return f"Understood as: {when}."

    def normalise(self, answer: Any) -> str:
        try:
            text = str(answer).strip()
            span(text[:QUOTED])
        except KitError as error:
            raise AnswerError(str(error)) from None
        return text

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        feedback = _compare(exercise, span(value), [*map(span, (key.value, *key.accept))])
        if feedback.state == "correct":
            return feedback
        return feedback._replace(message=f"{feedback.message}\n{self.understood(exercise, value)}")

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        return [((), str(span(value)))]


def read_date(text: str) -> str:
    """Return a date in words or numbers as `kit.data.span` reads it; raises AnswerError.

    >>> read_date("4 April 2009"), read_date("2009-4-4"), read_date("between 1991 and 1992")
    ('2009-04-04', '2009-04-04', '1991/1992')
    """
    written = _from_words(text)
    try:
        span(written)
    except KitError:
        raise AnswerError(
            f"“{text.strip()}” is not a date I can read. Write it like 1990, 1990-05, 25 May 1990, "
            "1990/.. (no earlier than 1990), ../1990 (no later), 1990/1991 or 1990~ (about)."
        ) from None
    return written


def _compare(exercise: Exercise, answer: Span, right: list[Span]) -> Feedback:
    """Return what is told of a date by those that are right.

    Where the key has an open end, only the other is asked for; "2009" says it as "2009/.." does.
    """
    if any(right[0].is_open):
        if answer.precision == "interval" and answer.is_open != right[0].is_open:
            side = "earliest" if right[0].is_open[1] else "latest"
            return exercise.not_yet([f"Here only the {side} date is asked for."])
        answer, right = answer.known, [date.known for date in right]
    if same := [date for date in right if date[:2] == answer[:2]]:
        sure = answer.is_sure or not all(date.is_sure for date in same)
        return exercise.correct() if sure else exercise.not_yet([TOO_CAREFUL], 0.5)
    if reason := exercise.reason(answer.text.rstrip("~?%")):
        return exercise.not_yet([reason])
    if answer.start <= right[0].start and right[0].end <= answer.end:
        return exercise.not_yet(["True, but the evidence allows a more exact date."], 0.5)
    if right[0].start <= answer.start and answer.end <= right[0].end:
        return exercise.not_yet(["That is more exact than the evidence allows."], 0.5)
    return exercise.not_yet([])


def _from_words(text: str) -> str:
    """Return the text as EDTF where its words are known; else as it is, without spaces around."""
    plain = re.sub(r"-(\d)\b", r"-0\1", " ".join(text.split()))
    if len(plain) > LONGEST:
        return plain
    if "/" in plain:
        return "/".join(_from_words(end) for end in plain.split("/"))
    for words, edtf in _SAID:
        if found := re.fullmatch(words, plain, re.IGNORECASE):
            return edtf.format(*(_from_words(date) for date in found.groups() if date))
    return _from_month(plain) or plain


def _from_month(text: str) -> str:
    """Return "4 April 2009", "April 4, 2009" and "April 2009" as ISO text; "" for others."""
    words = re.findall(r"[^\s,.]+", text.lower())
    months = [_NUMBERED[word] for word in words if word in _NUMBERED]
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(word) for word in words if re.fullmatch(r"\d{1,2}", word)]
    if len(words) != 2 + len(days) or (len(months), len(years)) != (1, 1) or len(days) > 1:
        return ""
    return "-".join([years[0], f"{months[0]:02}", *(f"{day:02}" for day in days)])
