"""The guard as Python sees it; tests/browser/test_guard.py shows that it works in a page."""

import subprocess
import sys

from kit.widgets.base import Guard, guard
from kit.widgets.fields import Form


def test_there_is_one_guard_for_all_forms_of_a_kernel():
    first, second = Form(), Form()
    assert guard() is guard()
    assert guard().sign in first._dom_classes
    assert guard().sign in second._dom_classes


def test_each_kernel_has_a_sign_of_its_own():
    assert Guard().sign != Guard().sign


def test_the_page_knows_the_sign_from_the_start():
    state = Guard().get_state()
    assert state["sign"].startswith("kit-of-")
    assert "kit-download" in state["_esm"]
    assert "data-kit-lost" in state["_css"]


def test_importing_the_widgets_puts_no_guard_on_a_page():
    code = (
        "import kit.widgets; from ipywidgets import Widget; from kit.widgets.base import Guard;"
        "from ipywidgets.widgets.widget import _instances;"
        "print([w for w in _instances.values() if isinstance(w, Guard)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
