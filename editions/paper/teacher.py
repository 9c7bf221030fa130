"""For whoever teaches with the sheets: the list of all pages, how to use them, and the hints."""

from typing import NamedTuple

from editions.paper.rendering import AT_A_COMPUTER, render
from kit import exercises
from kit.data import Case
from teach.typed.sheets import SheetField


class Listed(NamedTuple):
    """A page in the list: its file, its title, and what else there is to say."""

    file: str
    title: str
    note: str = ""


def index(case: Case, sheets: list[Listed], materials: list[Listed], others: list[Listed]) -> str:
    """Return the list of all pages, with how to use them."""
    first = next((e.title for e in exercises.load(case).values() if e.kind == "rating"), "")
    lists = [("Sheets", sheets), ("Materials", materials), ("For the teacher", others)]
    return render("index", title=f"{case.title} On paper", lists=lists, first=first)


def hints(case: Case) -> str:
    """Return the page with the hints of all exercises, in their steps."""
    return render("hints", title="Hints", exercises=exercises.load(case).values())


def note(fields: list[SheetField]) -> str:
    """Return what the list says of a sheet that has no field."""
    return "" if fields else f": {AT_A_COMPUTER}"
