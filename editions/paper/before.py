"""What stands before a question in its notebook, as far as it makes sense on paper."""

import json
import re
from typing import NamedTuple

from kit.data import texts

# What a sentence says that speaks of the screen or of code; in a question it must be surer still.
SCREEN = re.compile(
    r"`(?!\d)|\b(?:the (?:next |new )?cell|cells? below|new cell|line of code|first line|second "
    r"(?:line|labels|gives|puts|makes)|function|takes a list|1\.0 witness|pandas|these tags|to "
    r"practise on|next task|click|run (?:it|the)|sliders?|finder|top of the form|form below|two "
    r"(?:boxes|buttons)|marked where|as often as you like|row 12|place of 15|kept one by one|it "
    r"prints|under both years|it says so|steps between "
    r"are written|square brackets|lay them side by side)\b|\*\*(?:\+|Check|Hint)",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:answer cell|press the button|press it|keep the name|the one above)\b|"
    r"(?:write|rows of) `(?!\d)",
    re.IGNORECASE,
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
    """Return the Before of an exercise: its section from the last heading on.

    Both parts are empty if the case has no such notebook; the prose also if the section is about
    code from its heading on.

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
        is_answered = {"answer", "check"} & set(tags)
        if is_answered or HEADING.search(source):
            prose, code = [], []
        if is_answered:
            continue
        if cell["cell_type"] == "code":
            code.append(source)
        else:
            *_, heading, rest = ["", "", *re.split(r"^(## )", source, flags=re.MULTILINE)]
            prose.append(heading + rest if heading else source)
    whole = "\n\n".join(prose)
    is_on_code = SCREEN.search(whole.partition("\n")[0])
    return Before("" if is_on_code else on_paper(whole, SCREEN), "\n".join(code))


def on_paper(markdown, screen=ASKED):
    """Return Markdown without the sentences that fit the pattern `screen`.

    >>> on_paper("How many were there? Put the number in the answer cell.")
    'How many were there?'
    """
    for sentence in reversed(texts.split(markdown)):
        if screen.search(sentence.text):
            markdown = markdown[: sentence.start].rstrip(" ") + markdown[sentence.end :]
    return re.sub(r"\n{3,}", "\n\n", markdown).strip()


def notebook(exercise, case):
    """Return the Notebook in which an exercise stands, or None if the case has no such file."""
    cells = ["".join(cell["source"]) for cell in _cells(exercise, case)[:2]]
    if len(cells) < 2:
        return None
    minutes_said, goals = MINUTES.search(cells[1]), GOALS.search(cells[1])
    minutes = int(minutes_said[2] or minutes_said[1]) if minutes_said else 0
    listed = [line[2:].rstrip(";.") for line in goals[1].splitlines()] if goals else []
    listed = [goal for goal in listed if not SCREEN.search(goal)]
    return Notebook(cells[0].splitlines()[0].lstrip("# "), minutes, listed)


def _cells(exercise, case):
    path = case.path.parent / "notebooks" / f"{exercise.notebook}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else []
