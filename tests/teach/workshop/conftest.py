"""A desk that is nobody's work."""

import pytest

from teach.workshop.desk import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "my_case.jsonl")
