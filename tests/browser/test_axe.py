"""Axe looks at every form while it is empty; the walks let it look at every notebook, answered."""

from kit.journal import Journal
from tests.browser.axe import THEMES, change_theme, found
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
    for theme, rules in THEMES.items():
        change_theme(room.page, theme)
        broken = sorted(complaint.partition(":")[0] for complaint in found(room.page, **rules))
        nameless = ["button-name"] * 2 if theme == "Light" else []
        assert broken == [*nameless, "color-contrast", "color-contrast"], theme


WRONG_RIGHT_AND_RECORDED = {
    "printed/forum/byline": "no",
    "dated_texts": ["news"],
    "sentence_types/blog_7/type": "opinion",
    "date_article": "2009-04",
    "final_answer": "See R25.",
    "witness_count": 3,
}
CHECKED = f"""
import kit
from IPython.display import display
for id in {[id.partition("/")[0] for id in WRONG_RIGHT_AND_RECORDED]} + ["f2_or_e4"]:
    form = kit.ask(id)
    form.strip.check()
    display(form)
kit.journal.current().write("witness_count", 4)  # stale
display(kit.check("members_1954", 12))
"""


def test_axe_finds_nothing_against_what_check_says_and_where_it_marks(room):
    for id, value in WRONG_RIGHT_AND_RECORDED.items():
        Journal(room.lab.journal).write(id, value)
    room.write("checked.ipynb", [CHECKED])
    room.open("checked.ipynb")
    room.run_all()
    room.spent = True
    shown = room.output(0)
    for words in ("Not yet.", "Correct.", "Recorded.", "Not answered.", "Hint (1 of 3)"):
        shown.get_by_text(words).first.wait_for()
    for theme, rules in THEMES.items():
        change_theme(room.page, theme)
        assert found(room.page, **rules) == [], theme
        room.shot(theme)
