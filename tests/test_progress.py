"""What a run tells of its progress: each test counts by how long it takes, here or elsewhere."""

import json
from types import SimpleNamespace

import pytest

from tests.progress import USUAL, Progress
from tests.test_house import ROOT

ALL = {"a.py::one", "a.py::two", "b.py::three", "b.py::four"}


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ({"a.py::one": 30, "a.py::two": 10, "b.py::three": 10, "b.py::four": 10}, " 50 %  1 min"),
        ({}, " 25 %  1 min gone, about 3 to go. Now: a.py"),
        ({"a.py::one": 1}, "  3 %  1 min gone, about 33 to go. Now: a.py"),
    ],
    ids=["as in the last run", "as elsewhere", "what is new as elsewhere"],
)
def test_the_time_to_come_weighs_each_test_by_what_it_takes(last, line):
    cache = SimpleNamespace(get=lambda _name, _none: last)
    progress = Progress(SimpleNamespace(cache=cache), print)
    progress.usual = {"a.py": 10, "b.py": 10} if not last else {"a.py": 11, "b.py": 11}
    progress.pytest_xdist_node_collection_finished(None, ALL)
    progress.pytest_runtest_logstart("a.py::two", None)
    progress.done = {"a.py::one": 60}
    assert progress.line(60).startswith(line)


def test_every_file_with_a_time_is_there():
    files = json.loads(USUAL.read_text(encoding="utf-8"))
    assert len(files) > 100 and all((ROOT / file).is_file() for file in files)
