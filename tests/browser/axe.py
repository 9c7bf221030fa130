"""Axe, and what it has against the outputs of the notebook that is open.

What is not in sight axe leaves out without a word, at least for the rules about colours and sizes;
and JupyterLab leaves it out of the page. So `found` switches the latter off (`windowingMode`),
makes the page as tall as the notebook, opens all that is folded, and gives the body a height:
JupyterLab's has none, and axe then takes the whole page for hidden.
"""

from axe_playwright_python.sync_playwright import Axe

OUTPUTS = {"include": [[".jp-OutputArea-output"]]}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that a theme changes
THEMES = {"Light": {}, "Dark": COLOURS}  # and what axe is asked in it
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CHANGE_THEME = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
SHOW_ALL = """() => {
  const { content } = jupyterapp.shell.currentWidget;
  content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
}"""
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


def found(page, **options):
    """Return what axe has against the outputs of the notebook: rule, element, what is wrong.

    The options are axe's own.
    The page is not as it was afterwards; no other test should go on in it.
    """
    page.evaluate(SHOW_ALL)
    page.wait_for_function(UNFOLD)
    page.add_style_tag(content="body { height: 100vh; }")
    while not page.evaluate(IN_SIGHT):  # what is still being drawn makes the notebook longer
        page.set_viewport_size({"width": 1280, "height": page.evaluate(HEIGHT) + 500})
        page.wait_for_timeout(100)
    return against(page, OUTPUTS, **options)


def against(page, part=None, **options):
    """Return what axe has against the page as it is, or a part of it; options: axe's own."""
    violations = Axe().run(page, part, OPTIONS | options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:300]}\n  {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]


def change_theme(page, theme):
    """Choose JupyterLab's own Light or Dark, as by its menu.

    JupyterLab lays a splash over the page meanwhile, and axe judges no colours under it.
    """
    page.evaluate(CHANGE_THEME, f"JupyterLab {theme}")
    page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").wait_for(state="attached")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
