"""A platform's download of hand-ins: which code came from whom, and where it lay.

`teach.grading.arrivals` knows what the platforms call their folders and files. Those names are
learners' names: what is read here goes into the teacher's own table of learners and into the zip
to give back, and nowhere else.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from teach.grading.arrivals import Place
from teach.grading.extract import extract
from teach.grading.sources import source_files


class Person(NamedTuple):
    """A learner, or a group, as a download calls them.

    platform: as `arrivals` names it, "" for a folder whose name alone tells them apart. id: the
    platform's number or login for them; name: what else stands in the path. Either may be "".
    """

    platform: str
    id: str
    name: str

    def __repr__(self) -> str:
        both = f"{self.name} ({self.id})" if self.id and self.name else self.name or self.id
        return both or "A file outside any folder"


class HandIn(NamedTuple):
    """A sound hand-in in a download, or a file without one, whose code and receipt are "".

    code: as its learner wrote it; receipt: as marks.csv has it. place: as `needs_a_person.csv`
    calls it, below the download. way: its names and what they tell.
    """

    person: Person
    place: str
    way: Place
    code: str = ""
    receipt: str = ""


def hand_ins(download: Path | str) -> Iterator[HandIn]:
    """Yield what a zip, a folder or a file holds; raise KitError if there is no such thing."""
    path = Path(download)
    if not path.exists():
        raise KitError(f"There is no {path}; give the zip that the platform gave you.")
    for source in source_files([path], ""):
        place = source.place.removeprefix(f"{path.as_posix()}/")
        found = HandIn(person_of(source.way), place, source.way)
        contents = [each.content for each in extract(source) if each.content is not None]
        for content in contents:
            yield found._replace(code=content["code"], receipt=content["hash"][:10])
        if not contents:
            yield found


def person_of(way: Place) -> Person:
    """Return whom the names on the way to a file tell.

    >>> person_of(Place().below("Jane Doe_101_assignsubmission_file").below("handin-owl-3.json"))
    Jane Doe (101)
    >>> person_of(Place().below("doejane_LATE_4711_880_handin-owl-3.json"))
    doejane (4711)
    """
    seen = way.seen
    if seen is None:
        folders = way.names[way.base : -1]
        return Person("", "", folders[-1] if folders else "")
    name, login = seen.person, seen.number
    if seen.platform == "Sakai":
        name, _, login = name.removesuffix(")").rpartition("(")
    elif seen.platform == "Canvas":
        name = name.removesuffix(login).strip()
    elif seen.platform == "Blackboard":
        name, login = "", name
    elif seen.platform == "Gradescope":
        name = ""
    return Person(seen.platform, login, name)
