"""What a learner takes along after handing in: the file, the same as a code, and its trace.

The trace is an output of the cell, beneath the form: widgets are not saved with a notebook, an
output is. So a notebook that was saved after handing in can be marked, too.
"""

from html import escape
from pathlib import Path

import anywidget
import traitlets
from IPython.display import DisplayHandle

from kit import submission

HERE = Path(__file__).parent
NOTHING = (
    "Nothing is handed in yet. When it is, its code stands here and is saved with the notebook."
)
SAVED = "The same as a code. Save the notebook, and it can be handed in and marked, too."


class Given(anywidget.AnyWidget):
    """A link that downloads the hand-in and the code to copy; both work without the kernel.

    name: the file's name. file: what it holds, as text. code: the same to paste; "" shows nothing.
    """

    _esm = HERE / "given.js"
    _css = HERE / "given.css"
    name = traitlets.Unicode().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)

    def show(self, content):
        """Offer the hand-in that has this content (dict)."""
        with self.hold_sync():
            self.name = submission.receipt_of(content).path.name
            self.file = submission.as_file(content)
            self.code = submission.as_code(content)

    def hide(self):
        """Offer nothing."""
        self.code = ""


class Trace:
    """The hand-in as an output of the cell that shows the form, to be saved with the notebook."""

    def __init__(self):
        self._handle = DisplayHandle()
        self._is_shown = False
        self._said = {"text/plain": NOTHING, "text/html": f"<p>{NOTHING}</p>"}

    def display(self):
        """Put it on the page, as an output of the cell that is being run."""
        self._is_shown = True
        self._handle.display(self._said, raw=True)

    def show(self, content):
        """Let the output, also of a cell that ran before, hold the hand-in with this content."""
        receipt, code = repr(submission.receipt_of(content)), submission.as_code(content)
        wrapped = "white-space: pre-wrap; overflow-wrap: anywhere"
        markup = (
            f"<details><summary>{escape(receipt)} {SAVED}</summary>"
            f'<pre style="{wrapped}">{code}</pre></details>'
        )
        self._said = {"text/plain": f"{receipt}\n{code}", "text/html": markup}
        if self._is_shown:
            self._handle.update(self._said, raw=True)
