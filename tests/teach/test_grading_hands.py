"""Work shared among processes: the same results in the same order, and never much in the air."""

import os
import signal
import time
from functools import partial
from itertools import islice

import pytest

from teach import grading
from teach.grading import hands, run
from tests.teach.handed_in import CASE, content, raw, some_answers

ALONE = hands.FEW + 1 + hands.MEANWHILE  # things this process works on before others do
MANY = ALONE + 5 * hands.BATCH + 7
LAST = MANY - 1
LOOK_INTO = run._look_into


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


def shared(work, things):
    with hands.Hands() as several:
        return list(several.share(work, things))


def test_many_things_come_back_in_order_from_several_processes(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert shared(tripled, range(MANY)) == [3 * number for number in range(MANY)]
    places = shared(process, range(MANY))
    assert set(places[:ALONE]) == {os.getpid()}
    assert len(set(places[ALONE:]) - {os.getpid()}) == 3


def test_one_set_of_hands_does_one_work_after_another():
    with hands.Hands() as several:
        first = set(several.share(process, range(MANY)))
        assert list(several.share(tripled, range(MANY)))[-1] == 3 * (MANY - 1)
        assert set(several.share(process, range(MANY))) == first - {os.getpid()}


@pytest.mark.parametrize("number", [0, 1, hands.FEW])
def test_few_things_need_no_other_process(monkeypatch, number):
    monkeypatch.setattr(hands, "subprocess", None)
    assert shared(tripled, range(number)) == [3 * each for each in range(number)]


def test_only_so_many_things_are_taken_ahead_of_what_is_done():
    taken = []

    def things():
        for number in range(ALONE + 20 * hands.BATCH):
            taken.append(number)
            yield number

    with hands.Hands() as several:
        ahead = [len(taken) - done for done, _ in enumerate(several.share(tripled, things()))]
    assert max(ahead) <= (hands.MOST + 2) * hands.BATCH


def test_what_the_work_raises_is_raised_here():
    with hands.Hands() as several, pytest.raises(ValueError, match="not this one"):
        list(several.share(refuses, range(MANY)))


@pytest.mark.parametrize("size", [1, 1_000_000])
def test_a_process_killed_while_it_works_or_writes_is_told(size):
    """The second one is killed while its result, too long for a pipe, waits to be taken."""
    with hands.Hands() as several:
        done = several.share(partial(large, size), range(MANY))
        list(islice(done, ALONE + 1))
        for process in several._busy:
            process.kill()
        with pytest.raises(hands.HandEnded):
            list(done)


@pytest.mark.parametrize("helpers", [0, 1, 3])
@pytest.mark.parametrize("number", [0, 1, 2, 11])
def test_what_is_dealt_out_comes_back_in_order(helpers, number):
    with hands.Hands() as several:
        several.start("decimal", helpers)
        assert several.split(tripled, list(range(number))) == [3 * n for n in range(number)]
        if number > helpers:
            assert len(set(several.split(process, list(range(number))))) == helpers + 1


def test_of_what_is_dealt_out_an_error_and_a_death_are_told():
    with hands.Hands() as several, pytest.raises(ValueError, match="not this one"):
        several.start("decimal", 2)
        several.split(refuses, [0, LAST, 1])
    with hands.Hands() as several, pytest.raises(hands.HandEnded):
        several.start("no_such_module_of_ours")
        several.split(tripled, [1, 2, 3])


# Marking


@pytest.fixture
def class_of_many(tmp_path, monkeypatch):
    """A folder of more hand-ins than one process marks alone, some of them not sound."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(hands, "FEW", 10)
    monkeypatch.setattr(hands, "MEANWHILE", 5)
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
    several = grading.grade(["in"], "several", CASE)
    monkeypatch.setattr(hands, "FEW", 1_000)
    assert grading.grade(["in"], "one", CASE) == several
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
        with pytest.raises(grading.MarkingError, match="run the same command again"):
            grading.grade(["in"], "several", CASE)
    grading.grade(["in"], "several", CASE)
    grading.grade(["in"], "one", CASE)
    assert written(class_of_many / "one") == written(class_of_many / "several")
