"""written: a text that a person reads; a machine says how long it is and which records it cites."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kit.data import Case
from kit.exercises.model import Exercise, Feedback, Input, Kind, Place
from kit.words import plural


class WrittenKind(Kind):
    """The answer is a text (str)."""

    name = "written"
    needs = ("rubric", "samples", "limit")
    form = "text"
    has_key = False
    rule = "A person gives level 0 to 4 by the rubric; each level earns a quarter."

    def faults(self, entry: dict) -> Iterator[str]:
        may_cite = entry["kind"] in (self.name, "matrix")
        if entry.get("cites") and not (may_cite and entry["cites"] == "record"):
            yield "'cites' is for written exercises and a matrix; only \"record\" can be cited."

    def input_at(self, place: Place, prompt: str, exercise: Exercise) -> Input:
        how = f"a text of at most {exercise.limit} words"
        asked = super().input_at(place, prompt, exercise)
        return asked._replace(answer=how, example="Write here", typed="the text as it stands")

    def record(self, exercise: Exercise, value: Any, case: Case) -> Feedback:
        """Tell its length and its citations, not its worth."""
        words, limit = len(value.split()), exercise.limit
        records = cited(value, case.record_ids)
        unknown = [id for id, is_known in records.items() if not is_known]
        over = f", {words - limit} over the limit" if words > limit else ""
        message = f"Your text is kept: {plural(words, 'word')}{over} of {limit}."
        if records:
            message += f" It cites {', '.join(records)}."
        if unknown:
            message += f" Not in the record: {', '.join(unknown)}."
        return Feedback("recorded", message + " A person reads and marks it.")


def cited(text: str, ids: frozenset[str]) -> dict[str, bool]:
    """Return the record ids in a text, capital letters or not: {id: is it in the record?}.

    ids: as `case.record_ids` gives them. What looks like one but is none is unknown.

    >>> cited("See R25 and r36, not (R99).", frozenset({"R25", "R36"}))
    {'R25': True, 'R36': True, 'R99': False}
    """
    return {id: id in ids for id in (_like(ids).findall(text.upper()) if ids else [])}


@cache
def _like(ids: frozenset[str]) -> re.Pattern[str]:
    stems = "|".join(sorted(map(re.escape, {id.rstrip("0123456789") for id in ids})))
    return re.compile(rf"\b(?:{stems})\d+\b")
