"""A platform's download of hand-ins: which code came from whom, and where it lay.

The names of its folders and files tell whose each hand-in is. They hold learners' names, so what
is read here goes into the teacher's own table of learners and into the zip to give back, and
nowhere else.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from teach.grading.arrivals import recognised
from teach.grading.extract import extract
from teach.grading.sources import source_files


class Person(NamedTuple):
    """A learner, or a group, as a download calls them.

    platform: as `recognised` names it, "" for a folder whose name alone tells them apart. id: the
    platform's number or login for them; name: what else stands in the path. Either may be "".
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
    for source in source_files([path], ""):
        names = source.parts[len(path.as_posix().split("/")) :]
        start = next((n for n, name in enumerate(names) if recognised(name)), len(names) - 2)
        person = _person(*names[max(start, 0) : -1], names[-1])
        place = source.place.removeprefix(f"{path.as_posix()}/")
        found = HandIn(person, place, names[max(start, 0) :])
        contents = [each.content for each in extract(source) if each.content is not None]
        for content in contents:
            yield found._replace(code=content["code"], receipt=content["hash"][:10])
        if not contents:
            yield found


def _person(name: str, *below: str) -> Person:
    """Return whom the first of the names on the way to a file tells.

    >>> _person("Jane Doe_101_assignsubmission_file", "handin-owl-3.json")
    Jane Doe (101)
    >>> _person("doejane_LATE_4711_880_handin-owl-3.json"), _person("Doe, Jane(u7)", "a.json")
    (doejane (4711), Doe, Jane (u7))
    """
    seen = recognised(name)
    if seen is None:
        return Person("", "", name if below else "")
    if seen.platform == "Sakai":
        called, _, login = seen.person.removesuffix(")").rpartition("(")
        return Person("Sakai", login, called)
    if seen.platform == "Blackboard":
        return Person("Blackboard", seen.person, "")
    if seen.platform == "Canvas":
        called, _, user = seen.person.rpartition(" ")
        return Person("Canvas", user, called)
    return Person(seen.platform, seen.number, "" if seen.platform == "Gradescope" else seen.person)
