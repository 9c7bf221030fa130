"""The browser-only edition, as far as it needs no browser: its pins, and what its builder fetches.

Whether it boots and what runs in it is in `tests/browser/test_lite.py`.
"""

import hashlib
import json
import re
import tomllib

import pytest

from editions.lite import WITHOUT_TABLES, python, tables
from tests.test_house import ROOT, pins

EDITION = ROOT / "editions" / "lite"


@pytest.mark.parametrize("name", ["requirements.txt", "wheels.txt"])
def test_the_widgets_have_the_versions_of_the_course(name):
    here, there = pins(ROOT / "requirements.txt"), pins(EDITION / name)
    widgets = ("anywidget", "ipywidgets")
    assert [there[each] for each in widgets] == [here[each] for each in widgets]


def test_the_readme_names_every_cell_that_cannot_run_and_no_other():
    told = re.findall(r"^\| (\w+) \| (.+) \|$", (EDITION / "README.md").read_text("utf-8"), re.M)
    told = {name: tuple(re.findall(r"`([\w-]+)`", cells)) for name, cells in told}
    assert {name: cells for name, cells in told.items() if cells} == WITHOUT_TABLES


def test_the_courses_readme_says_how_many_cells_that_are():
    count = sum(map(len, WITHOUT_TABLES.values()))
    assert f"them {count} of the code cells say" in (ROOT / "README.md").read_text("utf-8")


def test_every_cell_named_is_a_cell_of_that_notebook():
    for name, cells in WITHOUT_TABLES.items():
        content = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        assert set(cells) <= {cell["id"] for cell in content["cells"]}


def test_the_kit_that_is_served_names_no_command_of_the_package_that_is_not():
    whole = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    served = tomllib.loads(python.without_commands(whole))
    there = tomllib.loads(whole)
    assert there["project"].pop("scripts")
    assert served == there


# What is fetched

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
