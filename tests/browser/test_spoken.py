"""What somebody hears who hears only that: each widget read from top to bottom, then used by keys.

Orca, a real screen reader, says it; `tests/browser/spoken/` keeps it as text, and a difference is a
failure. `python -m tests.browser.spoken` writes it anew: read the diff as one who cannot see.
"""

import os
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from kit.journal import Journal
from tests.browser.asked import FRAME, IDLE
from tests.browser.lab import ROOT
from tests.browser.spoken import ANEW, FOLDER
from tests.browser.test_forms import rated

SCRIPT = ROOT / "build" / "virtual-screen-reader.js"
LOAD = """async source => {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  window.heard = (await import(address)).virtual;
}"""
# Read an output from its top until the next line would be its first again.
READ = """async output => {
  await heard.stop();
  await heard.start({ container: output });
  const [first, words] = [heard.activeNode, await heard.lastSpokenPhrase()];
  do await heard.next();
  while (heard.activeNode !== first || (await heard.lastSpokenPhrase()) !== words);
  const said = await heard.spokenPhraseLog();
  await heard.clearSpokenPhraseLog();
  return said.slice(0, -1);
}"""
SAID = "() => heard.spokenPhraseLog()"
FORGET = "() => heard.clearSpokenPhraseLog()"
# What differs from run to run.
VARIES = {
    r"\b(just now|\d+ (s|min) ago)": "a moment ago",
    r"for example [a-z]+-[a-z]+-\d\d": "for example (a pen name)",
}
ANSWERED = {
    **rated("forum", "news"),
    "printed/forum/byline": "no",
    "sentence_types/blog_7/type": "opinion",
    "attached_records/C16": ["R03"],
}


class Step(NamedTuple):
    """What a learner does, in words; doing it; and the words that are heard last, if known."""

    words: str
    do: Callable
    last: str = ""


def to(role, name, last=""):
    """Come to a control, as with Tab."""
    found = {"role": role, "name": name}
    return Step(f"{role} “{name}”", lambda desk: desk.control(**found).focus(), last)


def keys(*names, last=""):
    """Press keys one after another."""
    return Step(" ".join(names), lambda desk: [desk.press(name) for name in names], last)


def types(text, last=""):
    """Type."""
    return Step(f"types “{text}”", lambda desk: desk.room.page.keyboard.type(text), last)


CHECK = to("button", "Check"), keys("Enter", last=".")
HINT = to("button", "Hint"), keys("Enter", last="Hint 1")
RECORD = "case = kit.data.load()\n"
CHARTS = RECORD + "kit.charts."
TIMELINE = "explore(kit.measures.tellings(case), case.enlargement)"
TO_CONNECTED = "a note of 1954"
# Those that say what is answered come first: nothing is yet.
WIDGETS = {
    "keeper": ("kit.start()",),
    "steps": ("kit.progress()",),
    "hand_in": (
        "kit.widgets.handin()",
        to("textbox", "Your pen name"),
        types("blue-tiger-7", "hand in"),
        to("button", "Hand in my work"),
        keys("Enter", last="Hand in as"),
        to("button", "Yes, hand in"),
        keys("Enter", last="Receipt"),
    ),
    "pen_name": ("kit.pen_name()",),
    "source_card": ("kit.card('blog')",),
    "reader": (
        "kit.reader()",
        to("tab", "Forum"),
        keys("ArrowRight"),
        to("button", "Sentence 2"),
        keys("ArrowDown"),
        keys("Space", last="marked"),
    ),
    "tag_mode": (
        "kit.reader('blog', tag=True)",
        to("button", "Sentence 2"),
        keys("Space"),
        keys("1", last="fact claim 1"),
    ),
    "sentence_types": (
        "kit.ask('sentence_types')",
        to("button", "hedge"),
        keys("Space"),
        *CHECK,
        to("button", "fact claim"),
    ),
    "quiz": (
        "kit.widgets.quiz('A')",
        to("radio", "true"),
        keys("Space", last="answered"),
        to("combobox", "Statement 1"),
        keys("ArrowDown", last="answered"),
    ),
    "matrix": ("kit.ask('printed')", to("radio", "not printed"), *CHECK, *HINT, to("radio", "not printed")),
    "stances": ("kit.ask('stances')", to("radio", "asserts"), keys("Space", last="answered"), *CHECK),
    "verbs": ("kit.ask('four_verbs')", to("combobox", ""), *CHECK),
    "rating": (
        "kit.ask('ratings')",
        to("radio", "B"),
        keys("Space", last="."),
        to("textbox", "Sentence"),
        types("3\n", last="."),
        *CHECK,
    ),
    "sliders": ("kit.ask('prediction')", to("slider", ""), keys("ArrowRight", last="given"), *CHECK),
    "experts": ("kit.widgets.commit_ratings()", to("button", "These"), keys("Enter", last="experts")),
    "weights": ("kit.widgets.weights()", to("slider", "dat"), keys("ArrowRight", last="Saved")),
    "ticks": ("kit.ask('dated_texts')", to("checkbox", "News"), keys("Space", last="answered"), *CHECK),
    "choice": ("kit.ask('f2_or_e4')", to("radio", ""), keys("Space", last="Saved"), *CHECK, *HINT),
    "number": ("kit.ask('witness_count')", to("textbox", ""), types("3\n", last="Saved"), *CHECK),
    "date": ("kit.ask('date_article')", to("textbox", ""), types("April 2009\n", last="Saved"), *CHECK),
    "written": ("kit.ask('final_answer')", to("textbox", "Your text"), types("It was (R03)", last="Saved"), *CHECK),
    "finder": ("kit.widgets.finder()", to("textbox", "Words"), types("Molotov", last="records")),
    "attach": (
        "kit.ask('attached_records')",
        to("combobox", "Claim"),
        keys("ArrowDown", last="records"),
        to("textbox", "Words"),
        types("Molotov note", last="records"),
        to("button", "Attach"),
        keys("Enter", last="Saved"),
    ),
    "verdicts": ("kit.ask('verdicts')", to("combobox", ""), *CHECK),
    "scales": ("kit.ask('verdict_scales')", *CHECK),
    "in_code": ("kit.check('members_1954', 12)",),
    "save_picture": (
        CHARTS + "enlargement(case.enlargement)\nkit.save_picture(kit.charts.enlargement(case.enlargement))",
    ),
    "timeline": (CHARTS + TIMELINE, keys("Tab"), keys("Tab"), keys("Tab")),
}


def as_said(lines):
    """Leave out what no screen reader says twice, and what is JupyterLab's."""
    kept = []
    for line in lines:
        if re.fullmatch(r"\[\d+\]:|Collapse Output|(end of )?(strong|emphasis|paragraph|code)", line):
            continue
        if line.startswith("option, "):
            name = line.split(", ")[1]
            if kept[-1].startswith("  "):
                kept[-1] += f" | {name}"
            else:
                kept.append(f"  {name}")
            continue
        if line.startswith("end of button, "):  # its text is its name
            while not kept[-1] == line.removeprefix("end of "):
                kept.pop()
            continue
        if re.match(r"end of (combobox|listitem|link)", line):
            continue
        role, _, name = line.partition(", ")
        if role in ("radio", "checkbox") and kept and name.startswith(f"{kept[-1]}, "):
            kept.pop()  # its label
        kept.append(line)
    return kept


class Desk:
    """A notebook in which every widget stands, and the screen reader in its page."""

    def __init__(self, room):
        self.room, self.page = room, room.page
        for id, value in ANSWERED.items():
            Journal(room.lab.journal).write(id, value)
        room.write("spoken.ipynb", ["import kit", *(cell for cell, *_ in WIDGETS.values())])
        room.open("spoken.ipynb")
        room.run_all()
        self.page.evaluate(LOAD, SCRIPT.read_text(encoding="utf-8"))

    def transcript(self, name):
        """Read a widget from top to bottom, then use it; return what was heard, as text."""
        cell, *steps = WIDGETS[name]
        self.output = self.room.output(list(WIDGETS).index(name) + 1)
        parts = [f"## {cell}", *as_said(self.output.evaluate(READ))]
        for step in steps:
            parts += ["", f"## {step.words}", *as_said(self.heard(step))]
        return "\n".join(parts) + "\n"

    def heard(self, step):
        """Do a step; return what was heard until the last words that are expected."""
        self.page.evaluate(FORGET)
        step.do(self)
        self.room.wait_until(lambda: step.last in " ".join(self.said()), True)
        self.page.wait_for_function(IDLE, arg=self.room.notebook)
        return self.said()

    def said(self):
        self.page.evaluate(FRAME)
        return self.page.evaluate(SAID)

    def control(self, role, name):
        return self.output.get_by_role(role, name=name).first

    def press(self, key):
        self.page.keyboard.press(key)


@pytest.mark.parametrize("name", WIDGETS)
def test_what_is_spoken_of_a_widget_is_what_was_read_and_found_good(desk, name):
    file, text = FOLDER / f"{name}.txt", desk.transcript(name)
    for pattern, same in VARIES.items():
        text = re.sub(pattern, same, text)
    if ANEW in os.environ:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
