"""What the finder shows: a page of records, and the list of those attached to a claim."""

import ipywidgets
import traitlets

from kit.widgets.controls import button
from kit.widgets.page import html, shared
from kit.widgets.records import shown


class Attached(ipywidgets.HBox):
    """The records attached to one claim: `value` is a tuple of ids.

    Each has a button that removes it. After that the button stays and puts the record back:
    nobody loses the place, and a slip of the finger is soon mended.
    """

    value = traitlets.Tuple()

    def __init__(self):
        super().__init__(layout=shared(ipywidgets.Layout), _dom_classes=("kit-attached",))
        self._nothing = html("Nothing attached yet.", "kit-note")
        self._buttons = {}
        self._show({"new": ()})

    @traitlets.observe("value")
    def _show(self, change):
        for id in change["new"]:
            if id not in self._buttons:
                self._buttons[id] = button("", lambda id=id: self.toggle(id))
        for id, each in self._buttons.items():
            each.description = f"Remove {id}" if id in change["new"] else f"Put {id} back"
        self.children = list(self._buttons.values()) or [self._nothing]

    def toggle(self, id):
        """Attach a record, or remove it when it is attached."""
        kept = [each for each in self.value if each != id]
        self.value = tuple(kept if id in self.value else [*kept, id])


class Slot:
    """One place in the list of results, used again for every search.

    press: called with a record's id; None where nothing can be attached.
    """

    def __init__(self, press=None):
        self.row = None
        self.text = html("")
        self.button = button("Attach", lambda: press(self.row["record_id"]))
        parts = [self.text, self.button] if press else [self.text]
        self.box = ipywidgets.VBox(parts, _dom_classes=("kit-record",))

    def show(self, row, attached, notes):
        """Show a record, or nothing (row None); attached: True, False, or None for no claim."""
        self.row = row
        self.box.layout.display = "" if row else "none"
        if row is None:
            return
        self.text.value = shown(row, *notes)
        self.button.disabled = attached is None
        self.button.description = f"{'Remove' if attached else 'Attach'} {row['record_id']}"
