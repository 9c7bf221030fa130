"""The hand-in: what is answered, a code of the learner's own, one button, a receipt."""

from html import escape

import ipywidgets

from kit import handin as pack_work
from kit import work
from kit.widgets.controls import entry
from kit.widgets.fields import PAUSE, Form, save_waiting
from kit.widgets.page import default_case, html

ADVICE = (
    "Choose a code of your own: 2 to 20 letters, digits or hyphens. "
    "Do not use your name. Your teacher keeps the list of codes."
)


def handin(case=None):
    """Shows what is answered and still open, and writes the hand-in file."""
    case = case or default_case()
    form = Form("kit.widgets.handin()", empty="No code yet.")
    answered = html(_answered(case), "kit-summary")
    code = form.keep("handin/code", entry("Your code", "for example blue-tiger-7"), pause=PAUSE)
    receipt = html("", "kit-receipt")
    button = ipywidgets.Button(description="Write my hand-in file")
    button.layout.width = "auto"
    button.on_click(lambda _: _hand_in(case, code.value, answered, receipt))
    advice = html(f"<p>{ADVICE}</p>", "kit-note")
    return form.lay_out(answered, advice, code, button, receipt)


def _answered(case):
    return pack_work.summary(work.current(), case)._repr_html_()


def _hand_in(case, code, answered, receipt):
    save_waiting()
    answered.value = _answered(case)
    try:
        found = pack_work.pack(work.current(), case, code.strip())
    except work.WorkError as error:
        receipt.value = f'<p role="status">! Not handed in. {escape(str(error))}</p>'
        return
    receipt.value = f"{found._repr_html_()}<p>The file is beside this notebook.</p>"
