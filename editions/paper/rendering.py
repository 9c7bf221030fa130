"""Fills in the templates of the sheets; whatever is no HTML of ours is escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from editions.paper.hand import in_words
from kit import exercises
from teach.files import templates
from teach.typed.sheets import frame, of_options, of_values

AT_A_COMPUTER = "This one can only be answered at a computer."
STYLE = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")


def render(template: str, **values: Any) -> str:
    """Return a template of this folder, by its name without ending, filled in with `values`."""
    return _templates().get_template(f"{template}.html").render(values)


def forms() -> set[str]:
    """Return the names of the forms of a question that have a place on a sheet."""
    module = _templates().get_template("answering.html").module
    return {name for name, value in vars(module).items() if callable(value)} - {"quiz"}


@cache
def _templates():
    found = templates(Path(__file__).with_name("templates"))
    found.globals.update(style=Markup(STYLE), in_words=in_words, nearest=exercises.nearest)
    found.globals.update(at_a_computer=AT_A_COMPUTER)
    found.globals.update(frame=frame, of_options=of_options, of_values=of_values)
    found.filters["in_css"] = _in_css
    return found


def _in_css(text):
    """Text as the inside of a string of CSS, which a page does not escape."""
    return Markup(text.replace('"', "”").replace("<", "\\3c "))
