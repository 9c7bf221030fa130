"""Who marks: asked once on a machine, so that two markers never write into one file.

What a marker types gets four characters drawn by chance behind it, such as `ada-3f9c`: two who
choose the same name, each in a copy of their own, still have two files. The name is remembered in
the home folder of whoever is logged in, and not with the notebook or the marks: a copy of those,
given to a colleague, asks again.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path

import ipywidgets

from kit.widgets.base import Page, button, entry, html
from kit.widgets.fields import Form
from teach.grading.rubric import MARKER, markers

REMEMBERED = ".asked-to-join-marker"  # in the home folder; the name and nothing else
ABOUT = (
    "Who marks here? Type a name or initials; learners never see it. Four characters are put "
    "behind it, so that no two markers have one file. You are asked once on this computer."
)
WRONG = "Type 2 to 15 letters (a-z), digits and hyphens."


class MarkingDesk(ipywidgets.VBox):
    """Asks who marks, unless that is remembered, then shows the form of that marker.

    folder: of the marks. build: given a name, makes the form, or a sentence in its place.
    """

    def __init__(self, folder: Path, build: Callable[[str], Form | Page]) -> None:
        super().__init__()
        self._folder, self._build = folder, build
        name = remembered()
        if name:
            self._open(name)
        else:
            self._ask()

    def __repr__(self) -> str:
        return "teach.marking_form.marker (run this cell in Jupyter to mark)"

    def _ask(self) -> None:
        self.form = Form(lambda: "", empty="No name yet.")
        self.name = entry("Your name as a marker", "for example ada")
        names = markers(self._folder)
        known = [button(f"I am {name}", partial(self._begin, name)) for name in names]
        begin = button("Begin", self._typed, "kit-primary")
        buttons = ipywidgets.HBox([begin, *known], _dom_classes=("kit-buttons",))
        self.children = [self.form.lay_out(html(f"<p>{ABOUT}</p>", "kit-note"), self.name, buttons)]

    def _typed(self) -> None:
        typed = self.name.value.strip().lower()
        name = f"{typed}-{secrets.token_hex(2)}"
        if len(typed) > 1 and MARKER.fullmatch(name):
            self._begin(name)
        else:
            self.form.status.failed(WRONG, "Not saved yet.")

    def _begin(self, name: str) -> None:
        with suppress(OSError):  # then it is asked again next time, with a button for this name
            _place().write_text(name, encoding="utf-8")
        self._open(name)

    def _open(self, name: str) -> None:
        who = html(f"You mark as <strong>{escape(name)}</strong>.", "kit-note")
        other = button("Somebody else marks now", self._ask)
        form = self._build(name)
        self.form = form if isinstance(form, Form) else html(form._repr_html_())
        self.children = [ipywidgets.HBox([who, other], _dom_classes=("kit-buttons",)), self.form]


def remembered() -> str:
    """Return the name under which somebody marked on this machine before, "" if nobody did."""
    try:
        name = _place().read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return name if MARKER.fullmatch(name) else ""


def _place() -> Path:
    return Path.home() / REMEMBERED
