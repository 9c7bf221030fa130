"""Work shared among processes: the same results in the same order, and never much in the air."""

import os
import signal
import time
from functools import partial

import pytest

from kit import marking
from kit.marking import hands, run
from tests.handed_in import CASE, content, raw, some_answers

MANY = hands.FEW + 3 * hands.BATCH + 7
LOOK_INTO = run._look_into


def tripled(number):
    return 3 * number


def refuses(number):
    if number == MANY - 1:
        raise ValueError("not this one")
    return number


def process(_):
    time.sleep(0.002)  # else the first could do it all
    return os.getpid()


def test_many_things_come_back_in_order_from_several_processes(monkeypatch):
    monkeypatch.setattr(hands, "cpu_count", lambda: 2)
    assert list(hands.shared(tripled, range(MANY))) == [3 * number for number in range(MANY)]
    places = list(hands.shared(process, range(MANY)))
    assert set(places[: hands.FEW]) == {os.getpid()}
    assert len(set(places[hands.FEW :]) - {os.getpid()}) == 2


@pytest.mark.parametrize(("number", "processors"), [(0, 2), (hands.FEW, 2), (MANY, 1)])
def test_few_things_or_one_processor_need_no_other_process(monkeypatch, number, processors):
    monkeypatch.setattr(hands, "cpu_count", lambda: processors)
    monkeypatch.setattr(hands, "ProcessPoolExecutor", None)
    assert list(hands.shared(tripled, range(number))) == [3 * each for each in range(number)]


def test_only_so_many_things_are_taken_ahead_of_what_is_done(monkeypatch):
    monkeypatch.setattr(hands, "cpu_count", lambda: 2)
    taken = []

    def things():
        for number in range(hands.FEW + 20 * hands.BATCH):
            taken.append(number)
            yield number

    ahead = [len(taken) - done for done, _ in enumerate(hands.shared(tripled, things()))]
    assert max(ahead) <= (2 * hands.AHEAD + 2) * hands.BATCH


def test_what_the_work_raises_is_raised_here(monkeypatch):
    monkeypatch.setattr(hands, "cpu_count", lambda: 2)
    with pytest.raises(ValueError, match="not this one"):
        list(hands.shared(refuses, range(MANY)))


# Marking


@pytest.fixture
def class_of_many(tmp_path, monkeypatch):
    """A folder of more hand-ins than one process marks alone, some of them not sound."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(hands, "cpu_count", lambda: 2)
    monkeypatch.setattr(hands, "FEW", 10)
    monkeypatch.setattr(hands, "BATCH", 5)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n}.json").write_bytes(raw(content(f"owl-{n}", some_answers(n))))
    (folder / "cut.json").write_bytes(raw(content("fox"))[:-9])
    strange = content("cat", {"members_1954": {"a": 1}})
    (folder / "strange.json").write_bytes(raw(strange))
    (folder / "large.json").write_bytes(raw(content("dog")).ljust(run.USUAL + 1))
    return tmp_path


def written(folder):
    """Every file a run wrote but the database, as a dict from its place to its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite"]
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_many_hands_write_the_same_bytes_as_one(class_of_many, monkeypatch):
    several = marking.mark(["in"], "several", CASE)
    monkeypatch.setattr(hands, "cpu_count", lambda: 1)
    assert marking.mark(["in"], "one", CASE) == several
    assert written(class_of_many / "one") == written(class_of_many / "several")
    assert (several.marked, several.new) == (42, 43)


def look_into_only_in(process, document):
    """Look into a document in this process; another is killed by it."""
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return LOOK_INTO(document)


def test_a_killed_process_is_told_and_the_next_run_goes_on(class_of_many, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(run, "_look_into", partial(look_into_only_in, os.getpid()))
        with pytest.raises(marking.MarkingError, match="run the same command again"):
            marking.mark(["in"], "several", CASE)
    marking.mark(["in"], "several", CASE)
    marking.mark(["in"], "one", CASE)
    assert written(class_of_many / "one") == written(class_of_many / "several")
