"""The teacher's table of learners, made from the platform's download and its list of learners.

Each hand-in holds a code, and its path in the download tells whose it is; the platform's export
(a gradebook or a worksheet) says by what else that learner is known. A table that is there already
is added to: what it says stays, and what speaks against it is named.
"""

from collections import Counter, defaultdict
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from kit.words import plural
from teach.files import read_bytes
from teach.lms import write_files
from teach.lms.downloads import HandIn, Person, hand_ins
from teach.lms.platforms import recognised
from teach.lms.roster import Roster
from teach.spreadsheet import plain, read_table, table_bytes

CODE = "code"


class Listed(NamedTuple):
    """What was done. missing: who has not handed in; problems: what a person has to look at."""

    path: Path
    new: int
    same: int
    missing: list[str]
    problems: list[str]

    def __repr__(self) -> str:
        kept = f", {self.same} there already" if self.same else ""
        lines = [f"{self.path.name}: {plural(self.new, 'new code')}{kept}."]
        for what, names in [
            ("Not handed in", self.missing),
            ("For a person to look at", self.problems),
        ]:
            if names:
                lines += [f"{what}: {len(names)}", *(f"  {name}" for name in names)]
        return "\n".join(lines)


def list_learners(
    submissions: Path | str, roster: Path | str, out: Path | str, platform: str | None = None
) -> Listed:
    """Write the table of learners to `out`, or add to the one that is there; return what was done.

    submissions: the platform's download of hand-ins. roster: its export. platform: of the export
    (default: told by the file). Raises KitError, and changes nothing then.
    """
    roster, out = Path(roster), Path(out)
    if out.exists() and roster.exists() and out.samefile(roster):
        raise KitError(f"{out.name} is the list to read; choose another name for --out.")
    known = Roster(recognised(read_bytes(roster), roster.name, platform))
    found = list(hand_ins(submissions))
    rows = {each.person: known.rows_of(each.person) for each in found}
    codes, problems = _codes(found, rows, known)
    table = LearnersTable.read(out) if out.exists() else LearnersTable([CODE], [])
    new, same = table.add(known, codes, problems)
    write_files({out: table_bytes(table.heads, table.cells)})
    handed_in = set().union(*rows.values())
    missing = [known.called(row) for row in known.export.learners if row not in handed_in]
    return Listed(out, new, same, missing, problems)


def _codes(
    found: list[HandIn], rows: dict[Person, set[int]], known: Roster
) -> tuple[dict[str, set[int]], list[str]]:
    """Return {code: its rows of the export, several for a group}, and what is not clear."""
    own: dict[Person, dict[str, str]] = {person: {} for person in rows}
    owners: dict[str, set[Person]] = defaultdict(set)
    for each in filter(attrgetter("code"), found):
        own[each.person][each.code.casefold()] = each.code
        owners[each.code.casefold()].add(each.person)
    claims = Counter(row for claimed in rows.values() for row in claimed)
    codes, problems = {}, []
    for person, by_code in sorted(own.items()):
        names = ", ".join(sorted(by_code.values()))
        if not by_code and not any(person):
            continue  # a file of the platform's own, as Brightspace's index.html
        if not by_code:
            problems.append(f"{person}: nothing that can be read; teach grade says why.")
        elif not rows[person]:
            problems.append(f"{person}, code {names}: {known.why_not(person)}.")
        elif max(claims[row] for row in rows[person]) > 1:
            problems.append(f"{person}, code {names}: more than one hand-in leads to this learner.")
        elif len(by_code) > 1:
            problems.append(f"{person}: handed in with the codes {names}; ask which one is theirs.")
        elif len(owners[names.casefold()]) > 1:
            problems.append(f"{person}, code {names}: somebody else handed in with it as well.")
        else:
            codes[names] = rows[person]
    return codes, problems


class LearnersTable:
    """A table of learners. heads: as the teacher writes them; cells: of its rows."""

    def __init__(self, heads: list[str], cells: list[list[str]]) -> None:
        self.heads, self.cells = heads, cells

    @classmethod
    def read(cls, path: Path) -> "LearnersTable":
        """Return the table that is there; raise KitError if it is no table of learners."""
        table = read_table(path, [CODE])
        if broken := [row for row in table.rows if row.fault]:
            raise KitError(f"{broken[0].where}: {broken[0].fault}.")
        return cls(table.written, [list(row.cells.values()) for row in table.rows])

    def add(
        self, known: Roster, codes: dict[str, set[int]], problems: list[str]
    ) -> tuple[int, int]:
        """Add all learners of an export, and their codes; return how many codes are new, and old.

        codes: {code: its rows of the export}. problems: takes a sentence for each code that the
        table speaks against; there it stays as it was.
        """
        own, at, new, same = self._rows(known), self._place(CODE), 0, 0
        holders = defaultdict(list)
        for cells in self.cells:
            holders[cells[at].casefold()].append(cells)
        for code, rows in sorted(codes.items()):
            mine = [own[row] for row in rows]
            theirs = [cells for cells in holders[code.casefold()] if cells not in mine]
            for row in sorted(rows):
                there = own[row][at]
                if there.casefold() == code.casefold():
                    same += 1
                elif there or theirs:
                    problems.append(_conflict(known.called(row), code, there))
                else:
                    own[row][at], new = code, new + 1
        return new, same

    def _rows(self, known: Roster) -> dict[int, list[str]]:
        """Return {row of the export: cells of that learner}: those that are there, or new ones."""
        by_row = {row: known.keys(row) for row in known.export.learners}
        heads = [list(key) for key in next(iter(by_row.values()), [])]
        places = [[self._place(head) for head in key] for key in heads]
        there = [_by_values(self.cells, key) for key in places]
        own = {}
        for row, keys in by_row.items():
            values = [tuple(key.values()) for key in keys]
            cells = _found(values, places, there)
            if cells is None:
                cells = [""] * len(self.heads)
                self.cells.append(cells)
            for place, value in zip(chain(*places), chain(*values), strict=True):
                cells[place] = cells[place] or value
            own[row] = cells
        return own

    def _place(self, head: str) -> int:
        """Return where a column stands; make it if it is not there."""
        heads = plain(self.heads)
        if (name := plain([head])[0]) not in heads:
            self.heads.append(head)
            for cells in self.cells:
                cells.append("")
            return len(heads)
        return heads.index(name)


ByValues = dict[tuple[str, ...], list[list[str]]]


def _by_values(rows: list[list[str]], places: list[int]) -> ByValues:
    """Return {what stands at these places: the rows with it}."""
    found: ByValues = defaultdict(list)
    for cells in rows:
        found[tuple(cells[place] for place in places)].append(cells)
    return found


def _found(
    values: list[tuple[str, ...]], places: list[list[int]], there: list[ByValues]
) -> list[str] | None:
    """Return the cells of the only row that holds one of the keys, and no surer one of another's.

    Of each key, the surest first: its values, the places where they stand, and what is there.
    """
    for number, key in enumerate(values):
        surer = places[:number]
        rows = [
            cells
            for cells in there[number].get(key, [])
            if all(key) and not any(all(cells[n] for n in other) for other in surer)
        ]
        if rows:
            return rows[0] if len(rows) == 1 else None
    return None


def _conflict(learner: str, code: str, there: str) -> str:
    if there:
        return f"{learner} handed in with {code} and has {there} in the table: left as it was."
    return f"{learner} handed in with {code}, another learner's in the table: left as it was."
