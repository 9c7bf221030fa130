"""The command line: every command explains itself; there is one way in, by two names."""

import importlib
import subprocess
import sys

import pytest

from teach import cli
from tests.test_house import project


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_help_of_a_command_has_an_example_of_it_and_its_exit_codes(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([name, "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert f"example:\n  python -m teach {name}" in said
    assert "\nexit codes:\n  0  " in said


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if f"\n    {name} " not in said] == []


def test_an_unknown_command_is_refused_in_words(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["mark"])
    assert stopped.value.code == 2
    assert "invalid choice: 'mark' (choose from" in capsys.readouterr().err


def test_without_jinja_the_report_is_refused_in_words(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "find_spec", lambda name: None)
    assert cli.main(["report", "--invented", "--out", str(tmp_path / "report.html")]) == 1
    assert "needs the package jinja2, which is not here: pip install" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_installed_as_teach_is_the_same_command_line():
    module, _, function = project()["scripts"]["teach"].partition(":")
    assert getattr(importlib.import_module(module), function) is cli.main


def test_the_package_is_run_by_its_name():
    done = subprocess.run(
        [sys.executable, "-m", "teach", "check-data"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Asked to Join?: the data hold.")
