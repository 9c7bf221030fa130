"""What all tests share: a journal of their own, so that nobody's work is touched."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

pytest_plugins = ["tests.made_up_forms"]
settings.register_profile("kit", deadline=None)  # a slow machine is no fault of the kit
settings.load_profile("kit")


def pytest_configure(config):
    """Let every notebook and test of this run write to a journal in a temporary folder."""
    config.kit_folder = tempfile.mkdtemp(prefix="kit-tests-")
    os.environ["KIT_WORK"] = str(Path(config.kit_folder) / "my_work.jsonl")


def pytest_unconfigure(config):
    """Take the temporary folder away."""
    shutil.rmtree(config.kit_folder, ignore_errors=True)
