"""The hand-in: what is answered, a code of the learner's own, one button, a receipt."""

from html import escape
from pathlib import Path

import ipywidgets

from kit import exercises, work
from kit import handin as pack_work
from kit.widgets.controls import entry
from kit.widgets.fields import PAUSE, Form, save_waiting
from kit.widgets.page import default_case, html

ADVICE = (
    "Choose a code of your own: 2 to 20 letters, digits or hyphens. "
    "Do not use your name. Your teacher keeps the list of codes."
)

UNSENT = "Nothing was sent: give the file to your teacher yourself."
BUTTON_NEXT = "This line is about your code only: the button writes the file."


def handin(case=None):
    """Shows what is answered and still open, and writes the hand-in file."""
    case = case or default_case()
    form = Form("kit.widgets.handin()", lambda: BUTTON_NEXT, empty="No code yet.")
    answered = html(_answered(case), "kit-summary")
    code = form.keep("handin/code", entry("Your code", "for example blue-tiger-7"), pause=PAUSE)
    code.observe(lambda _: _refresh(answered, case), "value")
    receipt = html("", "kit-receipt")
    button = ipywidgets.Button(description="Write my hand-in file")
    button.layout.width = "auto"
    button.on_click(lambda _: _hand_in(case, code.value, answered, receipt))
    advice = html(f"<p>{ADVICE}</p>", "kit-note")
    return form.lay_out(answered, advice, code, button, receipt)


def _answered(case):
    """What is answered, and under each notebook what is still open."""
    found = pack_work.summary(work.current(), case)
    still_open = {}
    for exercise in exercises.load(case).values():
        if exercise.title in found.still_open:
            still_open.setdefault(exercise.notebook, []).append(f"“{escape(exercise.title)}”")
    told = (
        f"{found.answered} of {found.checked} answered; "
        f"{found.written_answered} of {found.written} written; "
        + ("still open:" if still_open else "nothing is open.")
    )
    rows = [f"<li>{escape(name)}: {', '.join(titles)}</li>" for name, titles in still_open.items()]
    return f'<div role="status"><p>{told}</p><ul>{"".join(rows)}</ul></div>'


def _refresh(answered, case):
    answered.value = _answered(case)


def _hand_in(case, code, answered, receipt):
    save_waiting()
    _refresh(answered, case)
    try:
        found = pack_work.pack(work.current(), case, code.strip())
    except work.WorkError as error:
        receipt.value = f'<p role="status">! Not handed in. {escape(str(error))}</p>'
        return
    receipt.value = f"{found._repr_html_()}<p>{escape(_place(found.path))} {UNSENT}</p>"


def _place(path):
    """Where the file is, in a sentence."""
    if path.parent == Path.cwd():
        return "The file is beside this notebook."
    return f"The file is in the folder {path.parent}."
