"""Axe looks at all that the notebooks show: empty and answered, in light and in dark.

What is not in sight axe leaves out without a word, at least for the rules about colours and sizes;
and JupyterLab leaves it out of the page. So these tests switch the latter off in the settings
(`windowingMode`), make the page as tall as the notebook, open all that is folded, and give the
body a height: JupyterLab's has none, and axe then takes the whole page for hidden.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import build_worked
from tests.browser.lab import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OUTPUTS = {"include": [[".jp-OutputArea-output"]]}
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CHANGE_THEME = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
HEIGHT = "() => document.querySelector('.jp-WindowedPanel-viewport').offsetHeight"
IN_SIGHT = """() => {
  const [frame] = document.querySelectorAll(".jp-WindowedPanel-outer");
  frame.scrollTop = 0;
  return frame.scrollTop === 0 && frame.clientHeight > frame.firstElementChild.offsetHeight;
}"""
UNFOLD = """() => {
  const folded = document.querySelectorAll(".jp-OutputArea-output details:not([open])");
  for (const each of folded) each.open = true;
  return folded.length === 0;
}"""


@pytest.fixture
def bare(room):
    """A room in which a page holds all its cells, seen or not."""
    room.lab.set("notebook-extension/tracker", windowingMode="none")
    yield room
    room.spent = True


def found(page):
    """Return what axe has against the outputs on the page: rule, element and what is wrong."""
    page.wait_for_function(UNFOLD)
    page.add_style_tag(content="body { height: 100vh; }")
    while not page.evaluate(IN_SIGHT):  # what is still being drawn makes the notebook longer
        page.set_viewport_size({"width": 1280, "height": page.evaluate(HEIGHT) + 500})
        page.wait_for_timeout(100)
    violations = Axe().run(page, OUTPUTS, OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:300]}\n  {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]


def change_theme(page, theme):
    page.evaluate(CHANGE_THEME, theme)
    page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_axe_has_nothing_against_a_notebook(bare, path):
    """Empty in the dark; with answers and feedback, where there is more to see, in both themes.

    On Binder's versions, where only the frame around the outputs differs, the last of these.
    """
    complaints = {}
    bare.open(path.name, anew=True)
    if bare.lab.name == "lab":
        bare.run_all()
        change_theme(bare.page, "JupyterLab Dark")
        complaints["empty, dark"] = found(bare.page)
    answers = build_worked.given_answers(ROOT / "tests" / "solutions")
    bare.lab.journal.write_text(build_worked.journal(answers), encoding="utf-8")
    bare.run_all()
    for theme in ("Dark", "Light") if bare.lab.name == "lab" else ("Dark",):
        change_theme(bare.page, f"JupyterLab {theme}")
        complaints[f"answered, {theme}"] = found(bare.page)
    told = "\n".join(f"{when}: {what}" for when, all in complaints.items() for what in all)
    assert not told, told


BROKEN = """
from IPython.display import HTML
HTML('<div class="kit"><button></button><p style="color: #ccc; background: #fff">pale</p></div>')
"""


def test_axe_would_find_what_is_broken_from_top_to_bottom(bare):
    bare.write("broken.ipynb", [BROKEN, "print(1000 * '\\n')", BROKEN])
    bare.open("broken.ipynb", anew=True)
    bare.run_all()
    bare.output(2).get_by_text("pale").wait_for()
    rules = sorted(complaint.partition(":")[0] for complaint in found(bare.page))
    assert rules == ["button-name", "button-name", "color-contrast", "color-contrast"]
