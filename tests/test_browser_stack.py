"""The second stack of the browser tests: Binder's JupyterLab, and all else as it is pinned here."""

from tests.test_house import ROOT, pins

BINDERS = {"jupyterlab": "4.4.9", "notebook": "7.4.7", "ipywidgets": "8.1.7"}


def test_the_stack_has_binders_own_versions_and_otherwise_ours():
    ours = pins(ROOT / "binder" / "requirements.txt")
    assert pins(ROOT / "tests" / "browser" / "binder-stack.txt") == ours | BINDERS


def test_plain_pytest_leaves_the_browser_to_a_run_of_its_own(pytestconfig):
    assert "browser" in pytestconfig.getini("norecursedirs")
