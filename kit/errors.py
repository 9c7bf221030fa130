"""The one base of all errors that a person can cause; every message is one sentence.

>>> try:
...     raise KitError("The file a.csv is empty; put it back as it was.")
... except KitError as error:
...     print(error)
The file a.csv is empty; put it back as it was.
"""


class KitError(Exception):
    """Something that was asked for cannot be done; the message says what, where and what to do."""

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the sentence alone."""
        return [str(self)]
