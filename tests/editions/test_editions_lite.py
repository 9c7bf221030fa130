"""The browser-only edition, as far as it needs no browser: pins, what is fetched, what stands in.

Whether it boots and what runs in it is in `tests/browser/test_lite.py`.
"""

import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from editions.lite import offline, python, tables
from tests.test_house import ROOT, pins

EDITION = ROOT / "editions" / "lite"


@pytest.mark.parametrize("name", ["requirements.txt", "wheels.txt"])
def test_the_widgets_have_the_versions_of_the_course(name):
    here, there = pins(ROOT / "requirements.txt"), pins(EDITION / name)
    widgets = ("anywidget", "ipywidgets")
    assert [there[each] for each in widgets] == [here[each] for each in widgets]


def without_tables():
    """{notebook: the ids of its cells that cannot run without tables}, as the page has it."""
    told = re.findall(r"^\| (\w+) \| (.+) \|$", (EDITION / "README.md").read_text("utf-8"), re.M)
    told = {name: tuple(re.findall(r"`([\w-]+)`", cells)) for name, cells in told}
    return {name: cells for name, cells in told.items() if cells}


def test_the_courses_readme_says_how_many_cells_cannot_run_without_tables():
    count = sum(map(len, without_tables().values()))
    assert f"them {count} of the code cells say" in (ROOT / "README.md").read_text("utf-8")


def test_the_course_can_be_installed_with_icons_of_the_sizes_named():
    assert (ROOT / "notebooks" / offline.FIRST.partition("path=")[2]).exists()
    for icon in offline.ICONS:
        head = (EDITION / "page" / icon["src"]).read_bytes()[:24]
        assert head[1:4] == b"PNG"
        assert icon["sizes"] == "{}x{}".format(*struct.unpack(">II", head[16:]))


# Run with the stand-ins in place of pandas, numpy and matplotlib, as a kernel of the edition does.
WITHOUT = """
import io, json, sys
from contextlib import redirect_stdout
from IPython.core.interactiveshell import InteractiveShell

sys.path.insert(0, sys.argv[1])
InteractiveShell.history_load_length = 0
shell, lacking = InteractiveShell.instance(), {}
for path in sys.argv[3:]:
    shell.reset()
    shell.safe_execfile(sys.argv[2], shell.user_ns)
    for cell in json.load(open(path, encoding="utf-8"))["cells"]:
        with redirect_stdout(io.StringIO()) as said:
            ended = cell["cell_type"] != "code" or shell.run_cell("".join(cell["source"]), True)
        if said.getvalue().startswith("This cell needs"):
            lacking.setdefault(path, []).append(cell["id"])
        elif ended is not True:
            ended.raise_error()
print(json.dumps(lacking))
"""


def test_what_cannot_run_without_tables_is_what_the_edition_says(tmp_path):
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    own = os.environ | {"KIT_WORK": str(tmp_path / "my_work.jsonl"), "IPYTHONDIR": str(tmp_path)}
    places = [EDITION / "stand_ins", ROOT / "binder" / "kernel_start.py", *paths]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *places],
        env=own,
        capture_output=True,
        text=True,
        check=True,
    )
    lacking = {Path(path).stem: tuple(ids) for path, ids in json.loads(done.stdout).items()}
    assert lacking == without_tables()


def test_the_kit_that_is_served_names_no_command_of_the_package_that_is_not():
    whole = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    served = tomllib.loads(python.without_commands(whole))
    there = tomllib.loads(whole)
    assert there["project"].pop("scripts")
    assert served == there


# What is fetched


def test_a_pyodide_without_one_of_the_packages_is_refused_in_a_sentence():
    known = {name: entry for name, entry in KNOWN.items() if name != "six"}
    with pytest.raises(tables.NotFetched, match=r"^this version of Pyodide has no six; take"):
        tables.needed(known)


def test_a_folder_that_holds_no_pyodide_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(SystemExit, match=r"is no Pyodide: it holds no pyodide\.mjs"):
        python.copy_pyodide(tmp_path / "target", tmp_path)


CONTENT = {name: f"the file of {name}".encode() for name in ("six", *tables.WANTED)}
KNOWN = {
    name: {
        "name": name,
        "file_name": f"{name}.whl",
        "sha256": hashlib.sha256(content).hexdigest(),
        "depends": ["six"] if name == "pandas" else [],
    }
    for name, content in CONTENT.items()
} | {"scipy": {"name": "scipy", "file_name": "scipy.whl", "sha256": "", "depends": []}}


def their_server(folder):
    """A folder that stands for the server of Pyodide's makers, and its address."""
    folder.mkdir()
    for name, content in CONTENT.items():
        (folder / f"{name}.whl").write_bytes(content)
    return folder.as_uri()


def test_what_the_tables_need_is_fetched_and_no_more(tmp_path):
    fetched = tables.fetch(KNOWN, tmp_path, their_server(tmp_path / "theirs"))
    assert fetched == {name: KNOWN[name] for name in CONTENT}
    for name, content in CONTENT.items():
        assert (tmp_path / f"{name}.whl").read_bytes() == content


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.write_bytes(b"something else"), "pandas could not be fetched: .* list"),
        (lambda file: file.unlink(), "pandas could not be fetched: .*No such file"),
    ],
)
def test_where_one_file_is_not_to_be_had_there_is_none(tmp_path, spoil, words):
    address = their_server(tmp_path / "theirs")
    spoil(tmp_path / "theirs" / "pandas.whl")
    with pytest.raises(tables.NotFetched, match=words):
        tables.fetch(KNOWN, tmp_path, address)
    assert list(tmp_path.glob("*.whl")) == []
