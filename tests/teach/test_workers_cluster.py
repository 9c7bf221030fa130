"""Work shared among the workers of a Dask scheduler: the same bytes, also when a worker dies."""

import os
import re
import signal
import sys

import numpy as np
import pytest
from distributed import LocalCluster

import kit
from kit.errors import KitError
from teach import grading, workers
from teach.cli import main
from teach.grading.store import SubmissionStore
from teach.report import build
from tests.teach.handed_in import CASE, content, raw, write
from tests.teach.test_workers import LAST, refuses, tripled, written

pytestmark = pytest.mark.weekly
MANY = 8 * workers.BATCH + 7
NOBODY = "tcp://127.0.0.1:9"  # a port on which nothing listens


WAYS = {"processes": True, "threads_per_worker": 1, "memory_limit": 0, "dashboard_address": ":0"}


@pytest.fixture(scope="module")
def two():
    """A scheduler with two workers, each a process of its own."""
    with LocalCluster(n_workers=2, **WAYS) as found:
        yield found


@pytest.fixture
def mortal():
    """The same for one test alone, which may kill: a dead worker is not always replaced."""
    with LocalCluster(n_workers=2, **WAYS) as found:
        yield found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Hand-ins of a class, some of them not sound, as `in`."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "in"
    place.mkdir()
    write(place, MANY)
    (place / "cut.json").write_bytes(raw(content("fox"))[:-9])
    (place / "strange.json").write_bytes(raw(content("cat", {"members_1954": {"a": 1}})))
    return tmp_path


def kill_one(found):
    os.kill(next(iter(found.workers.values())).pid, signal.SIGKILL)


def test_things_come_back_in_order_and_few_are_in_the_air(two):
    taken = []

    def things():
        for number in range(MANY):
            taken.append(number)
            yield number

    with workers.cluster(two.scheduler_address) as several:
        done = several.share(tripled, things())
        ahead = [len(taken) - n for n, thing in enumerate(done) if thing == 3 * n]
    assert len(ahead) == MANY
    assert max(ahead) <= (2 * workers.AHEAD + 1) * workers.BATCH < MANY


def test_what_the_work_raises_is_raised_here(two):
    things = [0, LAST]  # the number it refuses
    with (
        workers.cluster(two.scheduler_address) as several,
        pytest.raises(ValueError, match="not this one"),
    ):
        list(several.share(refuses, things))


@pytest.mark.parametrize("stage", ["add", "add_page"])
def test_a_worker_killed_half_way_changes_no_byte(mortal, folder, monkeypatch, stage):
    """Half-way through reading (`add`), and half-way through marking (`add_page`)."""
    calls, real = [], getattr(SubmissionStore, stage)

    def counted(*arguments):
        calls.append(None)
        if len(calls) == MANY // 2:
            kill_one(mortal)
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(SubmissionStore, stage, counted)
        several = grading.grade(["in"], "several", CASE, cluster=mortal.scheduler_address)
    assert len(calls) > MANY
    assert grading.grade(["in"], "one", CASE) == several
    assert written(folder / "one") == written(folder / "several")


def test_the_command_line_names_a_scheduler(two, folder, capsys):
    (folder / "in" / "cut.json").unlink()
    (folder / "in" / "strange.json").unlink()
    assert main(["grade", "in", "--out", "marks", "--cluster", two.scheduler_address]) == 3
    assert f"{MANY} learners marked" in capsys.readouterr().out


# What cannot be used is one sentence


def told_of(address, capsys):
    """Mark with a cluster that cannot be used; return the sentence."""
    assert main(["grade", "in", "--out", "marks", "--cluster", address]) == 1
    told = capsys.readouterr().err.strip().splitlines()[-1]
    assert re.fullmatch(r"[^.].*[a-z0-9\"\])]\.", told)
    return told


@pytest.mark.parametrize("address", [NOBODY, "nonsense", "ftp://127.0.0.1:1"])
def test_no_scheduler(folder, monkeypatch, capsys, address):
    monkeypatch.setattr(workers, "PATIENCE", 1)
    assert told_of(address, capsys).startswith(f"No Dask scheduler answers at {address};")


def test_no_worker(folder, capsys):
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        assert "has no worker" in told_of(empty.scheduler_address, capsys)


def test_another_kit_on_a_worker(two, folder, monkeypatch, capsys):
    monkeypatch.setattr(kit, "__version__", "9.9")
    told = told_of(two.scheduler_address, capsys)
    assert re.search(r"The worker tcp://\S+ has kit [\d.]+, and this is kit 9.9", told)


def test_no_dask(folder, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "dask.distributed, which is not here: pip install" in told_of(NOBODY, capsys)


def test_no_worker_left(folder, monkeypatch):
    with (
        LocalCluster(n_workers=1, **WAYS) as last,
        workers.cluster(last.scheduler_address) as several,
    ):
        done = several.share(tripled, range(MANY))
        next(done)
        monkeypatch.setattr(workers, "PATIENCE", 1)
        last.scale(0)
        with pytest.raises(KitError, match="ended from outside"):
            list(done)


# The class report


def test_a_report_by_two_workers_has_the_same_bytes(two, folder):
    write(folder / "in", 3 * workers.BATCH)
    grading.grade(["in"], "marks", CASE)
    ways = {"alone.html": [], "together.html": ["--cluster", two.scheduler_address]}
    for out, more in ways.items():
        assert main(["report", "marks", "--out", out, *more]) == 0
    assert (folder / "alone.html").read_bytes() == (folder / "together.html").read_bytes()


def test_a_worker_killed_half_way_through_a_report_changes_nothing(mortal, folder, monkeypatch):
    grading.grade(["in"], "marks", CASE)
    alone, real = build.class_of("marks", CASE), workers.Workers._results
    taken = []

    def counted(several, future):
        taken.append(future)
        if len(taken) == 2:
            kill_one(mortal)
        return real(several, future)

    monkeypatch.setattr(workers.Workers, "_results", counted)
    with workers.cluster(mortal.scheduler_address) as several:
        together = build.class_of("marks", CASE, several.share)
    assert len(taken) > 4
    for one, other in zip(alone[1:], together[1:], strict=True):
        np.testing.assert_equal(one, other)


def test_a_report_says_what_is_wrong_with_a_cluster(folder, monkeypatch, capsys):
    monkeypatch.setattr(workers, "PATIENCE", 1)
    grading.grade(["in"], "marks", CASE)
    assert main(["report", "marks", "--out", "report.html", "--cluster", NOBODY]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("No Dask scheduler answers")
    assert not (folder / "report.html").exists()
