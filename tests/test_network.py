"""No network: the kit and every notebook run where a call to elsewhere ends the run at once."""

import nbformat
import pytest

from tests.notebooks.runs import run_notebooks
from tests.test_house import EVERY_DOOR, ROOT, name_of, python

NOTEBOOKS = sorted(
    path for folder in ("", "instructor") for path in (ROOT / "notebooks" / folder).glob("*.ipynb")
)

GUARD = """
import os, sys
def refuse(event, arguments):
    if event.partition(".")[0] in ("ftplib", "http", "smtplib", "urllib") or event in (
        "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
        "socket.sendto", "socket.sendmsg", "webbrowser.open",
    ):
        os.write(1, f"NETWORK {event} {arguments[-1]}".encode())
        os._exit(3)  # an exception could be caught on the way
sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    places = {path: tmp_path_factory.mktemp("run") for path in NOTEBOOKS}
    return run_notebooks(places, before=GUARD)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_runs_without_the_network(path, ran):
    code, output, complaint = ran[path]
    assert (code, output.partition("NETWORK")[2]) == (0, ""), complaint


def test_every_door_of_the_kit_opens_without_the_network(tmp_path):
    done = python(GUARD + EVERY_DOOR, KIT_WORK=str(tmp_path / "my_work.jsonl"))
    assert (done.returncode, done.stdout.partition("NETWORK")[2]) == (0, ""), done.stderr


CALLS = [
    "import socket; socket.create_connection(('127.0.0.1', 9))",
    "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    "import socket; socket.getaddrinfo('localhost', 9)",
]


def hidden(call):
    return f"try:\n    {call}\nexcept BaseException:\n    pass"


@pytest.mark.parametrize("call", CALLS)
def test_the_guard_catches_a_call_even_one_that_is_hidden(call):
    assert python(GUARD + hidden(call)).returncode == 3


def test_the_guard_catches_a_hidden_call_in_a_notebook_and_a_cell_that_fails_is_told(tmp_path):
    places = {}
    for number, source in enumerate([*map(hidden, CALLS), "1 / 0", "one = 1"]):
        path = tmp_path / f"{number}.ipynb"
        cell = nbformat.v4.new_code_cell(source)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
        places[path] = tmp_path / str(number)
        places[path].mkdir()
    *calls, failed, sound = run_notebooks(places, before=GUARD).values()
    assert [(run.code, "NETWORK" in run.stdout) for run in calls] == [(3, True)] * len(CALLS)
    assert failed.code == 1 and "ZeroDivisionError" in failed.stderr
    assert sound == (0, "", "")
