"""Exercises of every kind for the small case, and hands to press buttons."""

import json
import shutil
from pathlib import Path

import ipywidgets

from kit import data

SMALL = Path(__file__).parent / "cases" / "small"
EXERCISES = """
[[exercise]]
id = "tick"
notebook = "01_bridge"
kind = "several"
points = 1
title = "Tick"
prompt = "Which?"
options = [{ id = "a", text = "A <b>" }, { id = "b", text = "B" }, { id = "c", text = "C" }]

[[exercise]]
id = "attach"
notebook = "01_bridge"
kind = "several"
points = 1
title = "Attach"
prompt = "Which records?"
rows = [{ id = "C1", text = "They asked" }, { id = "C2", text = "They were turned away" }]

[[exercise]]
id = "told"
notebook = "01_bridge"
kind = "date"
points = 1
title = "When told"
prompt = "When?"

[[exercise]]
id = "grid"
notebook = "01_bridge"
kind = "matrix"
points = 1
title = "Grid"
prompt = "Fill it."
options = [{ id = "yes", text = "Yes" }, { id = "no", text = "No" }]
rows = [{ id = "P1", text = "Asked & answered" }, { id = "P2", text = "Refused" }]
columns = [{ id = "gazette", text = "Gazette" }, { id = "notice", text = "Notice" }]

[[exercise]]
id = "say"
notebook = "01_bridge"
kind = "written"
points = 4
title = "Say"
prompt = "Say it."
limit = 5
rubric = ["0", "1", "2", "3", "4"]
samples = [["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]

[[exercise]]
id = "counts"
notebook = "01_bridge"
kind = "table"
points = 1
title = "Counts"
prompt = "Make a table."

[[exercise]]
id = "ratings"
notebook = "01_bridge"
kind = "rating"
points = 1
title = "Rate"
prompt = "Rate."
evidence = true
rows = [{ id = "gazette", text = "Gazette" }, { id = "notice", text = "Notice" }]
columns = [
  { id = "source", text = "Source", values = ["A", "C", "F"], words = ["good", "fair", "unknown"] },
  { id = "authorship", text = "Authorship", values = [0, 1, 2, 3, 4] },
  { id = "dating", text = "Dating", values = [0, 1, 2, 3, 4] },
]

[[exercise]]
id = "trust"
notebook = "01_bridge"
kind = "rating"
points = 1
title = "Trust"
prompt = "How far?"
rows = [{ id = "gazette", text = "Gazette" }]
columns = [{ id = "level", text = "Trust", range = [0, 10] }]
"""
QUIZ = "".join(
    f'\n[[quiz]]\nid = "{form.lower()}{n}"\nform = "{form}"\ntext = "Statement {n}"\n'
    for form in "AB"
    for n in (1, 2, 3, 4)
)
TRUTH = "\n[quiz]\n" + "".join(
    f"{form}{n} = {str(n < 3).lower()}\n" for form in "ab" for n in (1, 2, 3, 4)
)


def case_with(folder, more, answers=""):
    """The small case, copied to `folder`, with more exercises and answers (text in TOML)."""
    shutil.copytree(SMALL, folder)
    for name, text in (("exercises.toml", more), ("key/answers.toml", answers)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return data.load(folder)


def lines(journal):
    """What was written, as (id, value) in order."""
    if not journal.path.exists():
        return []
    found = map(json.loads, journal.path.read_text(encoding="utf-8").splitlines())
    return [(line["id"], line["value"]) for line in found]


def control(form, id):
    return form.fields[id].control


def inside(widget, kind):
    """All widgets of a kind in a form, in the order of the page."""
    found = [widget] if isinstance(widget, kind) else []
    return found + [w for child in getattr(widget, "children", ()) for w in inside(child, kind)]


def press(form, label):
    button = next(b for b in inside(form, ipywidgets.Button) if b.description == label)
    assert not button.disabled, label
    button.click()
