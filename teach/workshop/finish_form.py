"""The end of the workshop: how far the case is for each size, and its folder."""

import re
from html import escape
from pathlib import Path

from kit.errors import KitError
from kit.widgets.base import box, button, html
from kit.widgets.fields import save_waiting
from kit.words import plural
from teach.workshop.answered_form import AnsweredForm, name_of, styled
from teach.workshop.desk import Desk
from teach.workshop.exercises_form import made_of, ready
from teach.workshop.folder import make_folder
from teach.workshop.rules import MOMENTS, RULES, SIZES, TEXTS

FOLDER = {"id": "folder", "label": "Name of the folder", "hint": "my_case if you leave this empty"}
DEFAULT = "my_case"
NAME = re.compile(r"[A-Za-z0-9][\w-]{0,60}", re.ASCII)
ABOVE = 2  # folders from this notebook's to the project's
FIRST = 12  # fields that wait, named one by one
NEXT = (
    "Next, in a terminal in the project's folder: <code>make case CASE={}</code> makes the "
    "notebooks of your case, and <code>python -m teach check-data {}</code> looks at it again."
)


class FinishForm(AnsweredForm):
    """What is missing, and a button that writes the folder."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "No folder written from this page yet.")
        self.sizes, self.waits = html("", "kit-live"), html("")
        self.written = html("", "kit-told", "kit-live")
        folder = self.ask(f"case/-/{FOLDER['id']}", FOLDER)
        self.fields[f"case/-/{FOLDER['id']}"].control.continuous_update = False
        write = button("Write the folder", self._write, "kit-primary")
        self._look()
        parts = (self.sizes, self.waits, folder, write, self.written)
        self.lay_out(styled(box("kit-fields", *parts)))

    def refresh(self) -> None:
        """Count again once nothing has changed for a moment."""
        super().refresh()
        self.soon(self._look)

    def _look(self) -> None:
        said = "".join(f"<li>{escape(each)}</li>" for each in missing(self.desk))
        self.sizes.value = f"<ul>{said}</ul><p>{escape(in_the_way(self.desk))}</p>"
        self.waits.value = waiting(self.desk)

    def _write(self) -> None:
        save_waiting()
        name = self.desk.cell("case/-/folder").strip() or DEFAULT
        if not NAME.fullmatch(name):
            return self.status.failed(
                "Name the folder with letters, digits, _ and -.", "Not written."
            )
        try:
            made = make_folder(self.desk.draft, place() / name)
        except KitError as error:
            self.written.value = ""
            return self.status.failed(str(error), "Not written.")
        lines = "".join(f"<p>{escape(line)}</p>" for line in str(made).splitlines())
        self.written.value = f"{lines}<p>{NEXT.format(name, name)}</p>"
        return self.status.saved(f"The folder {name} is written.", "Written.")


def place() -> Path:
    """Return the folder in which `make` is called, or else the notebook's own."""
    here = Path.cwd()
    above = here.parents[ABOVE - 1] if len(here.parents) > ABOVE else here
    return above if (above / "Makefile").exists() else here


def missing(desk: Desk) -> list[str]:
    """Say of each size what the case lacks for it.

    >>> import tempfile
    >>> desk = Desk(Path(tempfile.mkdtemp(), "my_case.jsonl"))
    >>> missing(desk)[0]
    'Small: 2 texts, 8 moments and 6 exercises are missing.'
    """
    whole = [row["text_id"] for row in desk.draft.texts if row["text"].strip()]
    gaps = {id.rpartition("/")[0] for id in desk.answers}
    moments = [r for r in desk.draft.record if f"record/{r['record_id']}" not in gaps]
    try:
        draft = ready(desk)
        count = sum(bool(rule(draft)) for rule in RULES.values())
    except KitError:  # it is no case yet
        count = 0
    here = {"text": len(whole), "moment": len(moments), "exercise": count}
    return [_lacks(size, here) for size in SIZES]


def _lacks(size: str, here: dict[str, int]) -> str:
    wanted = {"text": TEXTS[size], "moment": MOMENTS[size], "exercise": SIZES[size]}
    counts = {noun: wanted[noun] - here[noun] for noun in here if here[noun] < wanted[noun]}
    if not counts:
        return f"{size.capitalize()}: all there."
    *first, last = (plural(count, noun) for noun, count in counts.items())
    words = f"{', '.join(first)} and {last}" if first else last
    is_one = list(counts.values()) == [1]
    return f"{size.capitalize()}: {words} {'is' if is_one else 'are'} missing."


def in_the_way(desk: Desk) -> str:
    """Say in one sentence why there is no case yet, or that there is."""
    try:
        made_of(desk)
    except KitError as error:
        return str(error)
    if desk.answers:
        return f"The folder can be written; {plural(len(desk.answers), 'field')} to fill or mend."
    return "All holds: the folder can be written."


def waiting(desk: Desk) -> str:
    """Return as HTML, folded, what is still to fill or to mend, field by field."""
    told = list(desk.answers.items())[:FIRST]
    items = [f"<li>{escape(name_of(id))}: {escape(sentence)}</li>" for id, sentence in told]
    rest = len(desk.answers) - FIRST
    more = f"<p>And {plural(rest, 'more', 'more')}.</p>" if rest > 0 else ""
    if not items:
        return ""
    count = plural(len(desk.answers), "field")
    listed = f"<ul>{''.join(items)}</ul>{more}"
    return f"<details><summary>{count} to fill or mend</summary>{listed}</details>"
