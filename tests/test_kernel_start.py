"""Every kernel knows the kit: after a restart any cell of a notebook runs, without the first."""

import subprocess
import sys
from base64 import b64decode
from io import BytesIO

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from tests.test_house import ROOT

FILE = ROOT / "binder" / "kernel_start.py"


def test_a_cell_in_the_middle_runs_first_and_nothing_else_is_loaded(monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", str(FILE))
    code = 'import sys\nprint(kit.__name__, "ipywidgets" in sys.modules, "_start" in dir())'
    notebook = new_notebook(cells=[new_code_cell(code)])
    NotebookClient(notebook).execute()
    assert notebook.cells[0].outputs[0].text == "kit False False\n"


def test_the_case_is_read_for_the_cell_that_speaks_of_it_and_never_over_ones_own():
    shell = InteractiveShell()
    shell.safe_execfile(str(FILE), shell.user_ns)
    assert "case" not in shell.user_ns
    shell.run_cell("x = case.question")
    assert shell.user_ns["x"] == "Did Putin, or Russia, ask to join NATO?"
    shell.run_cell("case = 1")
    shell.run_cell("x = case")
    assert shell.user_ns["x"] == 1


def test_tab_offers_what_is_there_without_asking_jedi_which_takes_seconds():
    shell = InteractiveShell()
    shell.Completer.use_jedi = True
    shell.safe_execfile(str(FILE), shell.user_ns)
    shell.run_cell("table = case.sources")
    assert not shell.Completer.use_jedi
    with provisionalcompleter():
        offered = [each.text for each in shell.Completer.completions("table.sort", 10)]
    assert offered == [".sort_index", ".sort_values"]


DRAW = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1999, 2004], [19, 26]);"


ODD = "\nfig.axes[0].get_lines = None"  # then nobody can say what is drawn


@pytest.mark.parametrize("show", ["", "\nplt.show()"])
@pytest.mark.parametrize("earlier", ["", "import matplotlib", "import kit.charts"])
def test_a_figure_says_in_words_what_it_shows_from_the_first_one_on(monkeypatch, earlier, show):
    monkeypatch.setenv("PYTHONSTARTUP", str(FILE))
    cells = [new_code_cell(source) for source in (earlier, DRAW + show, DRAW + ODD + show)]
    NotebookClient(notebook := new_notebook(cells=cells)).execute()
    told = []
    for cell in notebook.cells[1:]:
        [output] = cell.outputs
        with Image.open(BytesIO(b64decode(output["data"]["image/png"]))) as image:
            told.append(image.info.get("Description"))
    words = "Chart without a title. Line from (1999, 19) to (2004, 26), 2 points."
    assert told == [words, None]  # a picture without words is better than none


@pytest.mark.parametrize("place", ["binder/postBuild", "Makefile", "README.md"])
def test_every_way_to_set_up_puts_it_where_ipython_looks(place):
    text = (ROOT / place).read_text(encoding="utf-8").replace("\\", "/")
    assert "binder/kernel_start.py" in text and "etc/ipython/startup" in text


def test_outside_a_notebook_or_without_a_kit_the_file_is_quiet(tmp_path):
    for options in (["-I"], []):
        command = [sys.executable, *options, str(FILE)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
