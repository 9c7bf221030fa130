"""Axe looks at every form while it is empty; the walks let it look at every notebook, answered."""

from kit.journal import Journal
from tests.browser.axe import change_theme, found
from tests.browser.test_deaths import CELL
from tests.browser.test_forms import rated

BROKEN = """
from IPython.display import HTML
HTML('<div class="kit"><button></button><p style="color: #ccc; background: #fff">pale</p></div>')
"""


def test_axe_finds_what_is_broken_above_and_below_and_nothing_against_the_empty_forms(room):
    for id, value in rated("forum", "news").items():  # the weights need two texts
        Journal(room.lab.journal).write(id, value)
    room.write("forms.ipynb", [BROKEN, CELL, BROKEN])
    room.open("forms.ipynb")
    room.run_all()
    room.output(2).get_by_text("pale").wait_for()
    room.spent = True
    for theme in ("Light", "Dark"):
        change_theme(room.page, theme)
        rules = sorted(complaint.partition(":")[0] for complaint in found(room.page))
        assert rules == ["button-name", "button-name", "color-contrast", "color-contrast"], theme
