"""What stands before a question in its notebook, as far as it makes sense on paper."""

import json
import re
from typing import NamedTuple

from kit.data import sentences

# A sentence with one of these speaks of the screen or of code: in the prose, and in a question.
SCREEN = re.compile(
    r"`(?!\d)|\b(?:(?:the|next|new|code|this) cell|cells? below|first line|second (?:line|labels"
    r"|gives|puts|makes)|function|fetches|prints|pandas|these tags|to practise on|next task|click|"
    r"press|run (?:it|the)|sliders?|finder|form (?:at|below)|boxes|two ends|row 12|in place of|"
    r"scroll|kept one by one|put the two|lay them)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:answer cell|press|button|keep the name|the one above)\b|write `(?!\d)", re.I
)
HEADING = re.compile(r"^## ", re.MULTILINE)
MINUTES = re.compile(r"(\d+)(?: to (\d+))? minutes")
GOALS = re.compile(r"will be able to do\s+((?:- .*\n?)+)")


class Before(NamedTuple):
    """prose: Markdown (str) of the section up to the question; code: the code cells in it (str)."""

    prose: str
    code: str


class Notebook(NamedTuple):
    """What a notebook says of itself: its heading, its minutes (0: not said), its goals."""

    title: str
    minutes: int
    goals: list


def before(exercise, case):
    """Return the Before of an exercise: its section from the last heading on, or all since the
    exercise before it. Both are empty if the case has no such notebook.

    >>> from kit import data, exercises
    >>> case = data.load()
    >>> before(exercises.load(case)["four_verbs"], case).prose.splitlines()[0]
    '## Four verbs'
    """
    prose, code = [], []
    for cell in _cells(exercise, case):
        source, tags = "".join(cell["source"]), cell["metadata"].get("tags", ())
        if f"exercise:{exercise.id}" in tags:
            break
        if "check" in tags or HEADING.search(source):
            prose, code = [], []
        if cell["cell_type"] == "code":
            code.append(source)
        else:
            *_, heading, rest = ["", "", *re.split(r"^(## )", source, flags=re.MULTILINE)]
            prose.append(heading + rest if heading else source)
    return Before(on_paper("\n\n".join(prose), SCREEN), "\n".join(code))


def on_paper(markdown, screen=ASKED):
    """Return Markdown without the sentences that fit the pattern `screen`.

    >>> on_paper("How many were there? Put the number in the answer cell.")
    'How many were there?'
    """
    for each in reversed(sentences.split(markdown)):
        if screen.search(each.text):
            markdown = markdown[: each.start].rstrip(" ") + markdown[each.end :]
    return re.sub(r"\n{3,}", "\n\n", markdown).strip()


def notebook(exercise, case):
    """Return the Notebook in which an exercise stands, or None if the case has no such file."""
    cells = ["".join(cell["source"]) for cell in _cells(exercise, case)[:2]]
    if len(cells) < 2:
        return None
    found, goals = MINUTES.search(cells[1]), GOALS.search(cells[1])
    minutes = int(found[2] or found[1]) if found else 0
    listed = [line[2:].rstrip(";.") for line in goals[1].splitlines()] if goals else []
    listed = [goal for goal in listed if not SCREEN.search(goal)]
    return Notebook(cells[0].splitlines()[0].lstrip("# "), minutes, listed)


def _cells(exercise, case):
    path = case.path.parent / "notebooks" / f"{exercise.notebook}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else []
