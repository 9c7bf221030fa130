"""Work shared among processes: the same results in the same order, and never much in the air."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import active_children, parent_process
from pathlib import Path

import pytest

from kit.errors import KitError
from teach import grading, workers
from teach.grading.sources import USUAL
from teach.workers import processes
from tests.pace import PACE
from tests.teach.handed_in import CASE, content, raw, some_answers

ALONE = workers.FEW + 1 + workers.MEANWHILE  # things this process works on before others do
MANY = ALONE + 5 * workers.BATCH + 7
LAST = MANY - 1
LOOK_INTO = grading._look_into


def tripled(number):
    return 3 * number


def refuses(number):
    if number == LAST:
        raise ValueError("not this one")
    return number


def large(size, number):
    time.sleep(0.002)
    return bytes(size)


def process(_):
    time.sleep(0.002)  # else the first could do it all
    return os.getpid()


def process_when_three_are_there(folder, number):
    """Return the process's id; a worker waits for the others, however slowly they start."""
    if parent_process():
        (folder / str(os.getpid())).touch()
        while len(list(folder.iterdir())) < 3:
            time.sleep(0.01)
    return os.getpid()


def shared(work, things):
    with processes() as several:
        return list(several.share(work, things))


def test_many_things_come_back_in_order_from_several_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert shared(tripled, range(MANY)) == [3 * number for number in range(MANY)]
    places = shared(partial(process_when_three_are_there, tmp_path), range(MANY))
    assert set(places[:ALONE]) == {os.getpid()}
    assert len(set(places[ALONE:]) - {os.getpid()}) == 3


def test_one_set_of_processes_does_one_work_after_another():
    with processes() as several:
        first = set(several.share(process, range(MANY)))
        assert list(several.share(tripled, range(MANY)))[-1] == 3 * (MANY - 1)
        assert set(several.share(process, range(MANY))) >= first - {os.getpid()}
        assert os.getpid() not in set(several.share(process, range(MANY)))


@pytest.mark.parametrize("number", [0, 1, workers.FEW])
def test_few_things_need_no_other_process(monkeypatch, number):
    monkeypatch.setattr(ProcessPoolExecutor, "submit", None)
    assert shared(tripled, range(number)) == [3 * each for each in range(number)]


def test_only_so_many_things_are_taken_ahead_of_what_is_done():
    taken = []

    def things():
        for number in range(ALONE + 20 * workers.BATCH):
            taken.append(number)
            yield number

    with processes() as several:
        ahead = [len(taken) - done for done, _ in enumerate(several.share(tripled, things()))]
    assert max(ahead) <= (workers.MOST + 2) * workers.BATCH


def test_what_the_work_raises_is_raised_here():
    with processes() as several, pytest.raises(ValueError, match="not this one"):
        list(several.share(refuses, range(MANY)))


@pytest.mark.parametrize("size", [1, 1_000_000])
@pytest.mark.parametrize("killed", [slice(None), slice(1)], ids=["all", "one"])
def test_a_process_killed_while_it_works_or_writes_is_told(size, killed):
    """Results of the second size are too long for a pipe, so a kill may come within one."""
    with processes() as several:
        results = several.share(partial(large, size), range(MANY))
        list(islice(results, ALONE + 1))
        for child in active_children()[killed]:
            child.kill()
        with pytest.raises(KitError, match="ended from outside"):
            list(results)
    assert active_children() == []


@pytest.mark.parametrize("number", [0, 1, 2, 11])
def test_heavy_things_go_one_by_one_to_processes_that_started_at_once(number):
    with processes("decimal", 2) as several:
        things = list(range(number))
        assert list(several.share(tripled, things, batch=1)) == [3 * n for n in things]
        assert os.getpid() not in set(several.share(process, things, batch=1))


def test_a_process_that_cannot_start_is_told():
    with processes("no_such_module_of_ours") as several, pytest.raises(KitError):
        list(several.share(tripled, [1, 2, 3]))


def test_processes_end_with_the_one_that_started_them(tmp_path):
    """Also where that one is killed and can tell nobody."""
    code = f"""
import os, signal
from multiprocessing import active_children
from pathlib import Path
from tests.teach.test_workers import MANY, process, processes
with processes() as several:
    list(several.share(process, range(MANY)))
    Path({str(tmp_path / "ids")!r}).write_text(" ".join(str(c.pid) for c in active_children()))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    ids = [int(id) for id in (tmp_path / "ids").read_text().split()]
    assert ids
    deadline = time.monotonic() + 20 * PACE
    while any(map(is_there, ids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_there, ids))


def is_there(process_id):
    """Tell whether a process runs; one that ended and that nobody waited for does not."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# Grading


@pytest.fixture
def class_of_many(tmp_path, monkeypatch):
    """A folder of more hand-ins than one process marks alone, some of them not sound."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "FEW", 10)
    monkeypatch.setattr(workers, "MEANWHILE", 5)
    monkeypatch.setattr(workers, "BATCH", 5)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n}.json").write_bytes(raw(content(f"owl-{n}", some_answers(n))))
    (folder / "cut.json").write_bytes(raw(content("fox"))[:-9])
    strange = content("cat", {"members_1954": {"a": 1}})
    (folder / "strange.json").write_bytes(raw(strange))
    (folder / "large.json").write_bytes(raw(content("dog")).ljust(USUAL + 1))
    return tmp_path


def written(folder):
    """Every file a run wrote but the database, as a dict from its place to its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite"]
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_several_processes_write_the_same_bytes_as_one(class_of_many, monkeypatch):
    several = grading.grade(["in"], "several", CASE)
    monkeypatch.setattr(workers, "FEW", 1_000)
    assert grading.grade(["in"], "one", CASE) == several
    assert written(class_of_many / "one") == written(class_of_many / "several")
    assert (several.marked, several.files) == (42, 43)


def look_into_only_in(process, source):
    """Look into a file in this process; another is killed by it."""
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return LOOK_INTO(source)


def test_a_killed_process_is_told_and_the_next_run_goes_on(class_of_many, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(grading, "_look_into", partial(look_into_only_in, os.getpid()))
        with pytest.raises(KitError, match="run the same command again"):
            grading.grade(["in"], "several", CASE)
    grading.grade(["in"], "several", CASE)
    grading.grade(["in"], "one", CASE)
    assert written(class_of_many / "one") == written(class_of_many / "several")
