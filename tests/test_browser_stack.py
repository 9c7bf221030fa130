"""The second stack of the browser tests: Binder's JupyterLab, and all else as it is pinned here."""

from tests.binder_image import Pack
from tests.test_house import ROOT, pins


def test_the_stack_has_binders_own_versions_and_otherwise_ours():
    ours, base = pins(ROOT / "binder" / "requirements.txt"), Pack(ROOT).base
    theirs = {name: base[name] for name in ("jupyterlab", "notebook", "ipywidgets")}
    assert pins(ROOT / "tests" / "browser" / "binder-stack.txt") == ours | theirs


def test_plain_pytest_leaves_the_browser_to_a_run_of_its_own(pytestconfig):
    assert "browser" in pytestconfig.getini("norecursedirs")
