"""No network: the kit and every notebook run where a call to elsewhere ends the run at once."""

import nbformat
import pytest

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

RUN_NOTEBOOKS = """
import json, traceback
from pathlib import Path
import matplotlib.pyplot, pandas
from IPython.core.interactiveshell import InteractiveShell
import kit, kit.charts, kit.widgets
InteractiveShell.history_load_length = 0
def run(path, room):
    os.dup2(os.open(room / "output", os.O_CREAT | os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.environ |= {"KIT_WORK": str(room / "my_work.jsonl"), "IPYTHONDIR": str(room)}
    os.chdir(path.parent)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            InteractiveShell.instance().run_cell("".join(cell["source"])).raise_error()
for path, room in zip(sys.argv[1::2], map(Path, sys.argv[2::2])):
    child = os.fork()
    if not child:
        code = 1
        try:
            run(Path(path), room)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    (room / "code").write_text(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))
"""


def run_notebooks(paths, folder):
    """Run notebooks under the guard; return a dict from path to (exit code, output).

    Each runs in a process of its own, which begins as a copy of one that has loaded what all need.
    """
    rooms = {path: folder / str(number) for number, path in enumerate(paths)}
    for room in rooms.values():
        room.mkdir()
    done = python(GUARD + RUN_NOTEBOOKS, *(each for pair in rooms.items() for each in pair))
    assert done.returncode == 0, done.stderr
    return {
        path: (int((room / "code").read_text()), (room / "output").read_text(encoding="utf-8"))
        for path, room in rooms.items()
    }


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    return run_notebooks(NOTEBOOKS, tmp_path_factory.mktemp("rooms"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_runs_without_the_network(path, ran):
    code, output = ran[path]
    assert (code, output.partition("NETWORK")[2]) == (0, ""), output


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
    sources = [*map(hidden, CALLS), "1 / 0", "one = 1"]
    paths = [tmp_path / f"{number}.ipynb" for number in range(len(sources))]
    for path, source in zip(paths, sources, strict=True):
        cell = nbformat.v4.new_code_cell(source)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    *calls, failed, sound = run_notebooks(paths, tmp_path).values()
    assert [(code, "NETWORK" in output) for code, output in calls] == [(3, True)] * len(CALLS)
    assert failed[0] == 1 and "ZeroDivisionError" in failed[1]
    assert sound == (0, "")
