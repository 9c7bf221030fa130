"""The learners of a platform's export, found by what its download of hand-ins calls them.

A learner is known by the platform's number where the export has it, else by a name that only one
learner has. Nothing is guessed.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from teach.lms.downloads import Person
from teach.lms.export import Export

NUMBERS = {  # the column of an export in which a platform's number for a learner stands
    "canvas": "ID",
    "gradescope": "Submission ID",
    "blackboard": "Username",
    "sakai": "Display ID",
}
PARTICIPANT = re.compile(r"(?P<word>\D*)(?P<number>\d+)")  # in Moodle's first column
GROUP = "Group"  # the column of Moodle's worksheet where groups hand in


class Roster:
    """Who stands in an export."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self._numbers: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._groups: dict[str, set[int]] = defaultdict(set)
        for row in export.learners:
            self._add(row, export.sheet.values(row))

    def rows_of(self, person: Person) -> set[int]:
        """Return the row of a person, or the rows of a group; none where that is not sure."""
        named = self._names.get(_letters(person.name), set())
        numbered = self._numbered(person)
        if person.platform == "Moodle" and (group := self._groups.get(_letters(person.name))):
            return group
        if numbered is None:
            return named if len(named) == 1 else set()
        # Another assignment of Moodle's has other numbers: there the name has to agree.
        return numbered & named if person.platform == "Moodle" else numbered

    def why_not(self, person: Person) -> str:
        """Return why `rows_of` gives no row."""
        name = self.export.sheet.name
        if self._numbered(person):
            return f"in {name} this number is somebody else's; is it of the same assignment?"
        if len(self._names.get(_letters(person.name), ())) > 1:
            return f"in {name} this name is there more than once"
        return f"in {name} is no such learner"

    def called(self, row: int) -> str:
        """Return what a person calls the learner of a row: the last, least sure, of its keys."""
        *_, places = self.export.keys.values()
        cells = self.export.sheet.values(row)
        return ", ".join(cells[place] for place in places)

    def keys(self, row: int) -> list[dict[str, str]]:
        """Return by what the learner of a row is known, the surest first: {head: value} of each."""
        lead = self.export.lead
        values = [cell.removeprefix(lead) for cell in self.export.sheet.values(row)]
        return [
            {head: values[place] for head, place in zip(heads, places, strict=True)}
            for heads, places in self.export.keys.items()
            if len(heads) == len(places)
        ]

    def _numbered(self, person: Person) -> set[int] | None:
        """Return the rows with the number of a person; None if the export has no such numbers."""
        if person.platform.lower() != self.export.platform or not self._numbers:
            return None
        return self._numbers.get(person.id.casefold(), set())

    def _add(self, row: int, cells: list[str]) -> None:
        head = NUMBERS.get(self.export.platform)
        if head in self.export.heads:
            self._numbers[cells[self.export.heads.index(head)].casefold()].add(row)
        if self.export.platform == "moodle":
            (first, *_), *_ = self.export.keys.values()
            if match := PARTICIPANT.fullmatch(cells[first]):
                self._numbers[match["number"]].add(row)
                self._names[_letters(match["word"])].add(row)  # where marking is blind
            if GROUP in self.export.heads:
                self._groups[_letters(cells[self.export.heads.index(GROUP)])].add(row)
        for name in self._names_in(cells):
            self._names[name].add(row)

    def _names_in(self, cells: list[str]) -> Iterator[str]:
        """Yield what a learner may be called: each key, with its parts in both orders."""
        for places in self.export.keys.values():
            parts = [part for place in places for part in cells[place].split(",", 1)]
            yield from {_letters("".join(parts)), _letters("".join(reversed(parts)))} - {""}


def _letters(text: str) -> str:
    """Return what every platform leaves of a name in a path: letters and digits, none a capital.

    >>> _letters("O'Brien, Zoë"), _letters("obrienzoë")
    ('obrienzoë', 'obrienzoë')
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).casefold()))
