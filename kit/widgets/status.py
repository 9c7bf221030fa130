"""The line under a form that says, in words, whether the work is kept."""

from html import escape

import ipywidgets

from kit.widgets.page import later


class Status(ipywidgets.HTML):
    """One line of words; `kit-live` on it lets the guard make it a status that is read aloud."""

    def __init__(self):
        super().__init__()
        self.add_class("kit-live")
        self.add_class("kit-status-line")

    def say(self, kind, mark, text):
        """Show a mark and words; `kind` (saved, empty, failed) only sets the colour."""
        self.value = (
            f'<span class="kit-status kit-{kind}">'
            f'<span aria-hidden="true">{mark}</span> {escape(text.strip())}</span>'
        )

    def opened(self, begun, empty, summary):
        """Say what was there when the form was built."""
        if begun:
            self.say("saved", "✓", f"Kept from before. {summary}")
        else:
            self.say("empty", "○", f"{empty} {summary}")

    def typing(self):
        """Say that the last keys are not kept yet; to be seen only, not to be heard."""
        told = "… Typing. Saved as soon as you pause."
        self.value = f'<span class="kit-status" aria-hidden="true">{told}</span>'

    def saved(self, summary):
        """Say that the journal holds what the control shows."""
        self.say("saved", "✓", f"Saved. {summary}")

    def refused(self, sentence):
        """Say why an entry cannot be read; nothing was written."""
        self.say("failed", "!", f"Not saved yet. {sentence}")

    def failed(self, sentence):
        """Say why the journal could not be written."""
        self.say("failed", "!", f"Not saved. {sentence}")


class Heard(ipywidgets.HTML):
    """Words for those who listen: read aloud once nothing has changed for a moment."""

    MOMENT = 0.8  # seconds

    def __init__(self):
        super().__init__()
        self.add_class("kit-live")
        self.add_class("kit-hidden")
        self._timer = None

    def say(self, text):
        """Let this be heard, unless something newer comes within the moment."""
        if self._timer:
            self._timer.cancel()
        self._timer = later(self.MOMENT, self._tell, text)

    def _tell(self, text):
        self.value = escape(text)
