"""choice: one of several options."""

from typing import Any

from kit.exercises.model import Exercise, Kind, Place, texts


class ChoiceKind(Kind):
    """The answer is the id of an option (str)."""

    name = "choice"
    needs = ("options",)
    form = "one"

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        return [((), texts(exercise.options).get(value, value))]
