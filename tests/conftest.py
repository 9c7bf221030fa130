"""What all tests share: a journal that is nobody's work, and no figure of an earlier test."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.made_up_forms import EXERCISES, QUIZ, TRUTH, case_with
from tests.pace import PACE

WEEKLY = bool(os.environ.get("WEEKLY"))  # every test runs; else what each change has to pass

pytest_plugins = ["tests.progress"]

settings.register_profile("kit", deadline=None)  # a slow machine is no fault of the kit
settings.load_profile("kit")


def pytest_configure(config):
    """Let every notebook and test of this run write to a journal in a temporary folder.

    Limits are stretched in the process that begins; its workers are told them.
    """
    config.addinivalue_line("markers", "weekly: takes long, and what it tests seldom breaks")
    if not hasattr(config, "workerinput"):
        config.option.timeout = PACE * float(config.getini("timeout"))
        config.option.nbval_cell_timeout = PACE * float(config.option.nbval_cell_timeout)
    config.kit_folder = tempfile.mkdtemp(prefix="kit-tests-")
    os.environ["KIT_WORK"] = str(Path(config.kit_folder) / "my_work.jsonl")


def pytest_unconfigure(config):
    """Take the temporary folder away."""
    shutil.rmtree(config.kit_folder, ignore_errors=True)


def pytest_collection_modifyitems(items):
    """Leave out what is for once a week."""
    items[:] = [item for item in items if WEEKLY or not item.get_closest_marker("weekly")]


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    """Close what a test has drawn."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(scope="session")
def case(tmp_path_factory):
    """The small case, with an exercise of every kind and both short tests."""
    return case_with(tmp_path_factory.mktemp("cases") / "small", EXERCISES + QUIZ, TRUTH)
