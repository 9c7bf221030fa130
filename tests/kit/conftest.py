"""What tests of the kit share: a small case to damage, a journal of one's own."""

import shutil
from pathlib import Path

import pytest

import kit
from kit.widgets import fields
from tests.made_up_forms import SMALL


@pytest.fixture
def small(tmp_path):
    """A copy of the folder of the small case."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def path(tmp_path):
    """Where a journal will lie."""
    return tmp_path / "my_work.jsonl"


@pytest.fixture
def journal(path, monkeypatch):
    """The journal in use, empty, and no form of an earlier test that still listens."""
    monkeypatch.setattr(fields, "_live", fields.WeakSet())
    return kit.journal.open(path)
