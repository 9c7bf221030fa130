"""How a folder's marks are made, in `settings.json`: what was taught, what being late costs.

A setting that is not given again is as it was: marks never change because an option was forgotten.
One that is given again, and differs, is said.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.exercises.model import Exercise
from kit.words import plural
from teach.files import read_bytes, replacing

SETTINGS = "settings.json"  # its name in the folder of marks
EVERY = "all"  # notebooks


class Settings(NamedTuple):
    """notebooks: the numbers of those taught, () for all. due: ISO text with its zone, or "".
    late: per cent of the points to be had that each day begun costs. grace: minutes after `due`
    within which nothing is late.
    """

    notebooks: tuple[int, ...] = ()
    due: str = ""
    late: float = 0.0
    grace: int = 0

    @property
    def taught(self) -> str:
        """The notebooks in words; "" for all."""
        numbers = ", ".join(map(str, self.notebooks))
        return f"notebook{'s' * (len(self.notebooks) > 1)} {numbers}" if numbers else ""

    def sentence(self) -> str:
        """Return what is said of those that are not as usual, or "".

        >>> Settings((1, 3), "2026-03-10T18:00:00+01:00", 10).sentence()
        'notebooks 1, 3; due 2026-03-10 18:00+01:00, each day late costs 10 %'
        """
        parts = []
        if self.taught:
            parts.append(self.taught)
        if self.late:
            grace = f", {plural(self.grace, 'minute')} of grace" if self.grace else ""
            due = datetime.fromisoformat(self.due).isoformat(" ", "minutes")
            parts.append(f"due {due}, each day late costs {self.late:g} %{grace}")
        return "; ".join(parts)


def remembered(folder: Path) -> Settings:
    """Return the Settings of a folder of marks; raise KitError if its file is damaged."""
    path = folder / SETTINGS
    if not path.exists():
        return Settings()
    try:
        fields = json.loads(read_bytes(path))
        due = fields["due"] and _due(fields["due"])
        late, grace = float(fields["late"]), int(fields["grace"])
        return Settings(tuple(map(int, fields["notebooks"])), due, late, grace)
    except (KeyError, TypeError, ValueError, KitError):
        raise KitError(
            f"{SETTINGS} is damaged, and without it the marks could change; remove it and give "
            "--notebooks, --due, --late and --grace again, where you used them."
        ) from None


def updated(
    settings: Settings, given: Mapping[str, str], exercises: Mapping[str, Exercise]
) -> Settings:
    """Return the Settings with those that are given anew, {name: as typed}; raise KitError.

    exercises: those of the course. A time without a zone is one of this machine; a day alone lasts
    until its end.

    >>> updated(Settings((1,)), {"due": "2026-03-10 18:00+01:00", "late": "10"}, {})
    Settings(notebooks=(1,), due='2026-03-10T18:00:00+01:00', late=10.0, grace=0)
    """
    readers: dict[str, Callable[[str], Any]] = {
        "notebooks": lambda text: _notebooks(text, exercises),
        "due": _due,
        "late": lambda text: _number(text, "--late", "per cent, such as 10", 100),
        "grace": lambda text: int(_number(text, "--grace", "minutes, such as 60", 100_000)),
    }
    settings = settings._replace(**{name: readers[name](text) for name, text in given.items()})
    if settings.late and not settings.due:
        raise KitError("--late needs --due: say when the work was due, such as 2026-03-10T18:00.")
    if "due" in given and not settings.late:
        raise KitError("--due needs --late: say what a day costs, such as 10 per cent.")
    return settings


def write(settings: Settings, folder: Path) -> None:
    """Keep the Settings in a folder of marks; where all is as usual, there need be no file."""
    if settings == Settings() and not (folder / SETTINGS).exists():
        return
    with replacing(folder / SETTINGS) as [file]:
        file.write(json.dumps(settings._asdict(), indent=1).encode("ascii") + b"\n")


def taught(exercises: Mapping[str, Exercise], settings: Settings) -> dict[str, Exercise]:
    """Return the exercises that count: those of the notebooks that were taught."""
    return {
        id: exercise
        for id, exercise in exercises.items()
        if not settings.notebooks or _number_of(exercise) in settings.notebooks
    }


def _number_of(exercise: Exercise) -> int:
    """Return the number that the name of its notebook begins with, or 0."""
    number = re.match(r"\d+", exercise.notebook)
    return int(number[0]) if number else 0


def _notebooks(text: str, exercises: Mapping[str, Exercise]) -> tuple[int, ...]:
    if text == EVERY:
        return ()
    there = sorted({_number_of(exercise) for exercise in exercises.values()})
    numbers = [int(part) if part.strip().isdecimal() else -1 for part in text.split(",")]
    if not set(numbers) <= set(there):
        raise KitError(
            f"--notebooks {text} is not understood; give “{EVERY}”, or numbers of notebooks with "
            f"a comma between them, out of {', '.join(map(str, there))}."
        )
    return tuple(sorted(set(numbers)))


def _due(text: str) -> str:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise KitError(
            f"--due {text} is no time; write it as 2026-03-10T18:00, or with its zone as "
            "2026-03-10T18:00+01:00."
        ) from None
    if len(text) == len("2026-03-10"):
        time += timedelta(hours=23, minutes=59, seconds=59)
    return (time if time.tzinfo else time.astimezone()).isoformat()


def _number(text: str, option: str, what: str, most: float) -> float:
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text) or float(text) > most:
        raise KitError(f"{option} {text} is not understood; give a number of {what}.")
    return float(text)
