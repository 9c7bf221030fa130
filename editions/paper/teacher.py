"""For whoever teaches with the sheets: the list of all pages, how to use them, and the hints."""

from html import escape
from typing import NamedTuple

from editions.paper.answering import AT_A_COMPUTER
from editions.paper.sheet import page
from kit import exercises

HOW = """
<h2>How to use them</h2>
<ol>
<li>Print the sheets you need, a set for each learner. None has more than two pages, on A4 or on
Letter, and none needs colour. Only the sheet with sentences beside the choice has four.</li>
<li>Print the materials once for each learner or group. Keep the texts back until the sheet
“{first}” is done: it asks about the cards alone.</li>
<li>Learners choose a code and write it on every sheet. You keep the list of codes, and nobody
else does.</li>
<li>Afterwards fill in <code>typed.csv</code>: in each row the code, the field and the answer. The
rows in it are for one learner; copy them for the next. Leave the answer empty where the sheet is
empty. What to type stands at the foot of each sheet.</li>
<li>Then <code>python -m teach paper typed.csv --out handins/</code> makes a hand-in for each code,
and <code>python -m teach grade handins/ --out marks/</code> marks them like all others.</li>
</ol>
<h2>What is different on paper</h2>
<ul>
<li>Nobody is told at once whether an answer is right. The feedback pages of the marking say it
later. The hints are on a page of their own, for you to read out.</li>
<li>At a computer, the order in which a learner meets the texts is drawn from the code. On paper
it is not. So a hand-in from paper names no order, and the class report leaves it out where it
looks at the order. Each text begins on a new page: shuffle them, so that not everybody begins
with the same one.</li>
<li>Of the hand-ins with one code only the latest counts. So a learner works either on paper or
at a computer. Whoever changes over types the answers from paper into the notebooks.</li>
<li>The minutes are those of the notebook, shared out by points. Nobody has timed them on paper,
and writing by hand takes longer.</li>
<li>A hand-in from paper bears the time at which its answers were taken in, and a note that they
are from paper.</li>
</ul>
"""


class Listed(NamedTuple):
    """A page in the list: its file, its title, and what else there is to say."""

    file: str
    title: str
    note: str = ""


def index(case, sheets, materials, others):
    """Return the list of all pages, with how to use them; each a list of Listed."""
    first = next((e.title for e in exercises.load(case).values() if e.kind == "rating"), "")
    body = [
        f"<h1>{escape(case.title)} On paper</h1>",
        f"<h2>Sheets</h2>{_list(sheets)}",
        f"<h2>Materials</h2>{_list(materials)}",
        f"<h2>For the teacher</h2>{_list(others)}",
        HOW.format(first=escape(first)),
    ]
    return page(f"{case.title} On paper", "\n".join(body))


def hints(case):
    """Return the page with the hints of all exercises, in their steps."""
    parts = ["<h1>Hints, for the teacher</h1>"]
    for each in exercises.load(case).values():
        items = "".join(f"<li>{escape(hint)}</li>" for hint in each.hints)
        parts.append(f"<section><h2>{escape(each.title)}</h2><ol>{items}</ol></section>")
    return page("Hints", "\n".join(parts))


def _list(listed):
    items = "".join(
        f'<li><a href="{each.file}">{escape(each.title)}</a>{escape(each.note)}</li>'
        for each in listed
    )
    return f"<ul>{items}</ul>"


def note(fields):
    """Return what the list says of a sheet that has no field."""
    return "" if fields else f": {AT_A_COMPUTER}"
