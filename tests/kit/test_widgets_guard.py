"""The guard as Python sees it; tests/browser/test_guard.py shows that it works in a page."""

import queue
import subprocess
import sys
import threading
from types import SimpleNamespace

import ipywidgets
import pytest

from kit.widgets.base import Guard, guard, hear_in_one_thread, stand_in
from kit.widgets.fields import Form
from kit.widgets.reader import MarkedText


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


# -- a page that runs no scripts -----------------------------------------------------------------


@pytest.fixture
def silence():
    """Call it to let the page be silent; afterwards it runs scripts again."""
    yield lambda: setattr(guard(), "silent", True)
    guard().silent = False


NAMES = {"forum": "Forum", "blog": "Blog"}


def test_a_form_without_a_script_stands_in_while_the_page_is_silent(silence):
    marked = MarkedText(["forum/3", "forum/7", "blog/3"], page="<p>Text</p>")
    parent = stand_in(ipywidgets.VBox([marked]), marked, lambda: marked.plain(NAMES))
    silence()
    [plain] = parent.children
    _, forum, blog, _ = plain.children
    forum.value = "7, 3; 99"
    assert forum.value == "3, 7"
    blog.value = "3"
    assert marked.value == dict.fromkeys(["forum/3", "forum/7", "blog/3"], "marked")
    marked.value = {"forum/7": "marked"}
    assert (forum.value, blog.value) == ("7", "")
    guard().set_state({"runs": True})
    assert parent.children == (marked,)


def test_the_plain_form_tells_why_a_tag_is_not_right_yet_and_chooses_a_text():
    tagged = MarkedText(["forum_9"], page="", tags={"fact": "fact claim"}, mode="asked")
    tagged.wrong = {"forum_9": "It can be <seen>."}
    assert tagged.plain(NAMES).children[-1].value == "<p>forum_9: It can be &lt;seen&gt;.</p>"
    rated = MarkedText(["forum/1", "blog/1"], page="", mode="pick", shown="forum")
    rated.plain(NAMES).children[0].value = "blog"
    assert rated.shown == "blog"


# -- a kernel with subshells ---------------------------------------------------------------------


def test_what_another_thread_hears_is_handled_in_the_main_one():
    waiting, heard, told = queue.Queue(), [], []
    handlers = dict.fromkeys(
        ("comm_open", "comm_msg", "comm_close"),
        lambda *message: heard.append((message, threading.current_thread())),
    )
    kernel = SimpleNamespace(
        shell_channel_thread=object(),
        shell_handlers=handlers,
        io_loop=SimpleNamespace(add_callback=waiting.put),
        _publish_status=lambda *status: told.append(status),
    )
    hear_in_one_thread(kernel)
    subshell = threading.Thread(target=handlers["comm_msg"], args=("one",))
    subshell.start()
    take_up = waiting.get()
    assert subshell.is_alive() and heard == []
    take_up()
    subshell.join()
    handlers["comm_msg"]("two")
    assert heard == [(("one",), threading.main_thread()), (("two",), threading.main_thread())]
    assert told == [("idle", "shell"), ("busy", "shell")]
