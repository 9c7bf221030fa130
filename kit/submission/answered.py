"""What is answered, begun and still open, before it is handed in."""

import html
from typing import NamedTuple

from kit import exercises


class Summary(NamedTuple):
    """What is answered: counts of checked and of written exercises; what is begun, what is open.

    begun: {exercise id: (parts given, parts asked for)}; still_open: titles not answered in whole.
    """

    answered: int
    checked: int
    written_answered: int
    written: int
    still_open: list
    begun: dict

    def __repr__(self):
        titles = ", ".join(f"“{title}”" for title in self.still_open)
        rest = f"still open: {titles}" if titles else "nothing is open"
        return f"{counted(self)}; {rest}."

    def _repr_html_(self):
        return f'<p role="status">{html.escape(repr(self))}</p>'


def counted(summary):
    """Return the counts of a Summary in words.

    >>> counted(Summary(4, 20, 0, 4, ["Grid"], {"grid": (1, 4)}))
    '4 of 20 answered; 1 begun; 0 of 4 written'
    """
    begun = f" {len(summary.begun)} begun;" if summary.begun else ""
    return (
        f"{summary.answered} of {summary.checked} answered;{begun} "
        f"{summary.written_answered} of {summary.written} written"
    )


def summary(journal, case):
    """Return the Summary of `journal` over the exercises of `case`, in the course's order."""
    found = exercises.load(case)
    parts = {id: exercises.progress(each, journal.answer(id)) for id, each in found.items()}
    written = {id for id, exercise in found.items() if exercise.kind == "written"}
    answered = {id for id, (done, asked) in parts.items() if done == asked}
    return Summary(
        len(answered - written),
        len(found) - len(written),
        len(answered & written),
        len(written),
        [exercise.title for id, exercise in found.items() if id not in answered],
        {id: (done, asked) for id, (done, asked) in parts.items() if 0 < done < asked},
    )
