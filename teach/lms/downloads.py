"""A platform's download of hand-ins: which code came from whom, and where it lay.

The names of its folders and files tell whose each hand-in is. They hold learners' names, so what
is read here goes into the teacher's own table of learners and into the zip to give back, and
nowhere else.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from teach.grading.extract import extract
from teach.grading.sources import source_files

# One pattern a platform, for one name on the way to a file. own: the name the learner gave it.
CLUES = {
    "moodle": re.compile(r"(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_(?P<own>.*))?"),
    "canvas": re.compile(
        r"(?P<lead>(?P<name>.*?)_?(?:LATE_)?(?<![^_])(?:anon_(?P<anon>\w+?)|(?P<id>\d+))"
        r"(?:_(?P<file>\d+))?)_(?P<own>.+)"
    ),
    "brightspace": re.compile(r"(?P<id>\d+-\d+) - (?P<name>.+?) - (?P<when>.+)"),
}


class Person(NamedTuple):
    """A learner, or a group, as a download calls them.

    platform: "moodle", "canvas", …, or "" for a folder whose name alone tells them apart. id: the
    platform's number for them; name: as it stands in the path. Either may be "".
    """

    platform: str
    id: str
    name: str

    def __repr__(self) -> str:
        return f"{self.name} ({self.id})" if self.id and self.name else self.name or self.id


class HandIn(NamedTuple):
    """A sound hand-in in a download, or a file without one, whose code and receipt are "".

    code: as its learner wrote it; receipt: as marks.csv has it. place: as `needs_a_person.csv`
    calls it, below the download. path: its names, from the one that tells the person on.
    """

    person: Person
    place: str
    path: tuple[str, ...]
    code: str = ""
    receipt: str = ""


def hand_ins(download: Path | str) -> Iterator[HandIn]:
    """Yield what a zip, a folder or a file holds; raise KitError if there is no such thing."""
    path = Path(download)
    if not path.exists():
        raise KitError(f"There is no {path}; give the zip that the platform gave you.")
    given = path.as_posix()
    for source in source_files([path], ""):
        person, names = person_of(source.parts[len(given.split("/")) :])
        found = HandIn(person, source.place.removeprefix(f"{given}/"), names)
        contents = [each.content for each in extract(source) if each.content is not None]
        for content in contents:
            yield found._replace(code=content["code"], receipt=content["hash"][:10])
        if not contents:
            yield found


def person_of(names: Iterable[str]) -> tuple[Person, tuple[str, ...]]:
    """Return who handed a file in, and its path from the name on that tells so.

    >>> person_of(["Jane Doe_101_assignsubmission_file", "handin-owl-3.json"])[0]
    Jane Doe (101)
    """
    path = tuple(names)
    for start, name in enumerate(path):
        for platform, clue in CLUES.items():
            if match := clue.fullmatch(name):
                found = match.groupdict()
                id = found["id"] or found.get("anon") or ""
                return Person(platform, id, found["name"]), path[start:]
    return Person("", "", path[-2] if len(path) > 1 else ""), path[-2:]
