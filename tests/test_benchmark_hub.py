"""The load test on a hub: what it enters is what the kit keeps, and its sums hold.

The hub itself is not run here; it needs an environment of its own and minutes.
"""

import asyncio
import json
import os
import random
import re
import runpy
import subprocess
import sys
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import nbformat
import pytest
from ipywidgets.embed import dependency_state
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

import kit
from benchmarks.hub import environment, figures
from benchmarks.hub.account import ASKED
from benchmarks.hub.answers import Act, acts, same
from benchmarks.hub.learner import CASE, FIRST, HAND_IN, LAST
from benchmarks.hub.lesson import Lesson, _finder
from benchmarks.hub.page import Gone, Page, Refused
from benchmarks.hub.server import HUB, Memory
from benchmarks.hub.widgets import VIEW, Widgets
from tests.test_house import pins


def cells(name):
    path = environment.ROOT / "notebooks" / name
    nb = nbformat.read(path, as_version=4)
    return [cell.source.rpartition("\n")[2] for cell in nb.cells if cell.cell_type == "code"]


def answered_cells():
    found = {source: acts(source, CASE, "owl-1", random.Random(1)) for source in cells(FIRST)}
    found |= {source: acts(source, CASE, "owl-1", random.Random(1)) for source in cells(LAST)}
    return {source: drawn for source, drawn in found.items() if drawn}


def opening(form):
    """Return the messages by which a kernel tells a page of a form (a widget)."""
    states = dependency_state([form], drop_defaults=False)
    for id, told in states.items():
        content = {"comm_id": id, "target_name": "jupyter.widget", "data": {"state": told["state"]}}
        yield message("comm_open", content)


def held_by(form):
    """Return a dict from its id to each widget in a form."""
    inside = [held_by(child) for child in getattr(form, "children", ())]
    return {form.model_id: form} | {id: each for held in inside for id, each in held.items()}


def message(kind, content, asked="asked"):
    return {"header": {"msg_type": kind}, "parent_header": {"msg_id": asked}, "content": content}


def heard(*messages):
    widgets = Widgets()
    for each in messages:
        widgets.hear(each)
    return widgets


@pytest.fixture
def journal(tmp_path):
    return kit.journal.open(tmp_path / "my_work.jsonl")


# What the learners enter


def test_every_form_of_the_two_notebooks_is_answered():
    forms = [source for name in (FIRST, LAST) for source in cells(name) if "kit.ask(" in source]
    others = ['kit.widgets.quiz("A")', "kit.pen_name()", 'kit.widgets.quiz("B")']
    assert set(answered_cells()) == {*forms, *others} and len(forms) == 7
    assert HAND_IN in cells(LAST)


@pytest.mark.parametrize("source", answered_cells())
def test_what_is_entered_is_what_the_journal_keeps(source, journal):
    form = eval(source, {"kit": kit})
    widgets = heard(*opening(form))
    for act in answered_cells()[source]:
        control = widgets.named(form.model_id, act.label)
        assert not widgets.shows(control, act.entered)
        held_by(form)[control].set_state(widgets.change(control, act.entered))
        assert journal.answer(act.id) == act.kept
        again = heard(*opening(form))
        assert again.shows(control, act.entered)
        assert "Saved." in again.status(form.model_id)


def test_learners_answer_differently_and_each_the_same_way_twice():
    one, same_one, other = (
        acts('kit.widgets.quiz("A")', CASE, "owl-1", random.Random(n)) for n in (1, 1, 2)
    )
    assert one == same_one != other


def test_an_answer_counts_as_kept_only_with_its_value():
    kept = {"a": 1, "b": [1, 2], "c": "x"}
    assert same(kept, kept.get) == {"a", "b", "c"}
    assert same(kept, {"a": 2, "b": [1, 2]}.get) == {"b"}


def test_a_change_under_way_may_have_been_kept_or_not():
    act = Act("How sure?", "70 %", "q", {"answer": True, "confidence": 70})
    kept = {"q": {"answer": True, "confidence": None}}
    for there in (kept["q"], act.kept):
        assert same(kept, {"q": there}.get, act) == {"q"}
    assert same(kept, {"q": {"answer": False, "confidence": 70}}.get, act) == set()
    assert same(kept, {}.get, act) == set()


# What the kernel says


def test_widgets_follow_the_kernel():
    widgets = heard(
        message("comm_open", {"comm_id": "other", "target_name": "else", "data": {}}),
        message("stream", {"name": "stdout", "text": "comm_open"}),
        *(
            message("comm_open", {**opened, "target_name": "jupyter.widget"})
            for opened in (
                {"comm_id": "in", "data": {"state": {"description": "How sure?", "index": 0}}},
                {"comm_id": "out", "data": {"state": {"children": ["IPY_MODEL_in"]}}},
            )
        ),
        message("comm_msg", {"comm_id": "in", "data": {"method": "update", "state": {"index": 2}}}),
        message("comm_msg", {"comm_id": "in", "data": {"method": "custom", "content": {}}}),
        message("display_data", {"data": {VIEW: {"model_id": "out"}, "text/plain": ""}}, "run"),
        message("execute_result", {"data": {"text/plain": "1"}}, "plain"),
    )
    assert widgets.shown == {"run": "out"}
    assert [*widgets.under("out")] == ["out", "in"]
    assert widgets.named("out", "How sure?") == "in"
    assert widgets.states["in"] == {"description": "How sure?", "index": 2}


class Socket:
    """A socket on which each request is answered with the messages that `answer` gives."""

    def __init__(self, answer):
        self.answer, self.said = answer, asyncio.Queue()

    async def write_message(self, raw, binary):
        _, parts = deserialize_msg_from_ws_v1(raw)
        header, content = json.loads(parts[0]), json.loads(parts[3])
        for each in self.answer(header, content):
            await self.said.put(each)

    async def read_message(self):
        each = await self.said.get()
        packed = each and {"metadata": {}, **each}
        return each and serialize_msg_to_ws_v1(packed, "iopub", lambda p: json.dumps(p).encode())


def idle(header):
    return message("status", {"execution_state": "idle"}, header["msg_id"])


async def run_a_cell(answer):
    page = Page(Socket(answer))
    return await asyncio.wait_for(page.run("kit.start()"), 5)


def test_a_cell_ends_when_the_kernel_is_idle_again():
    def answer(header, content):
        assert (header["msg_type"], content["code"]) == ("execute_request", "kit.start()")
        yield message("status", {"execution_state": "busy"}, header["msg_id"])
        yield message("display_data", {"data": {VIEW: {"model_id": "m"}}}, header["msg_id"])
        yield idle(header)

    seconds, shown = asyncio.run(run_a_cell(answer))
    assert seconds > 0 and shown == "m"


def test_a_cell_that_fails_is_no_cell_time():
    def answer(header, _content):
        yield message("error", {"ename": "NameError"}, header["msg_id"])
        yield idle(header)

    with pytest.raises(Refused, match=r"NameError: kit\.start"):
        asyncio.run(run_a_cell(answer))


def test_a_server_that_dies_is_seen():
    with pytest.raises(Gone):
        asyncio.run(run_a_cell(lambda *_: [None]))


@pytest.mark.parametrize(
    ("status", "is_saved"), [("✓ Saved. 1 of 8", True), ("! Not saved", False)]
)
def test_only_what_the_form_calls_saved_is_acknowledged(status, is_saved):
    async def enter():
        line = {"_dom_classes": ["kit-status-line"], "value": "Nothing entered yet."}
        page = Page(Socket(answer))
        page.widgets.states |= {"form": {"children": ["IPY_MODEL_line", "IPY_MODEL_box"]}}
        page.widgets.states |= {"line": line, "box": {"description": "Your date", "value": ""}}
        await asyncio.wait_for(page.enter("form", Act("Your date", "1999", "d", "1999")), 5)

    def answer(header, content):
        assert content == {
            "comm_id": "box",
            "data": {"method": "update", "state": {"value": "1999"}, "buffer_paths": []},
        }
        for said in ("… Typing. Saved as soon as you pause.", status):
            told = {"method": "update", "state": {"value": said}}
            yield message("comm_msg", {"comm_id": "line", "data": told})
        yield idle(header)

    if is_saved:
        asyncio.run(enter())
    else:
        with pytest.raises(Refused, match="d was not saved; the form says: ! Not saved"):
            asyncio.run(enter())


# What the course needs of a hub


def test_a_pulled_course_works_and_keeps_its_answers_beside_itself(tmp_path, monkeypatch):
    address = environment.repository(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    clone = ["git", "clone", "--quiet", address, environment.COURSE]
    subprocess.run(clone, cwd=home, check=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONSTARTUP", "elsewhere")
    monkeypatch.delenv("KIT_WORK", raising=False)
    given = SimpleNamespace(
        MappingKernelManager=SimpleNamespace(), ContentsManager=SimpleNamespace()
    )
    runpy.run_path(str(environment.CONFIGURATION), {"get_config": lambda: given})
    assert os.environ["PYTHONPATH"] == f"{home}/{environment.COURSE}{os.pathsep}elsewhere"
    assert os.path.isfile(os.environ["PYTHONSTARTUP"])
    write = "import kit; kit.journal.open().write('a', 1); print(kit.data.load().title)"
    done = subprocess.run([sys.executable, "-c", write], cwd=home, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{CASE.title}\n", "")
    course = home / environment.COURSE
    assert (course / "notebooks" / "my_work.jsonl").read_text().count("\n") == 1
    status = ["git", "status", "--porcelain"]
    assert subprocess.run(status, cwd=course, capture_output=True, check=True).stdout == b""


def test_the_link_on_the_page_for_schools_is_the_one_that_is_followed():
    page = (environment.ROOT / "docs" / "hub.md").read_text(encoding="utf-8")
    link = urlsplit(re.search(r"https://HUB\S+", page)[0])
    assert link.path == "/hub/user-redirect/git-pull"
    asked = dict(parse_qsl(link.query))
    assert re.fullmatch(r"https://github\.com/[\w-]+/asked-to-join", asked.pop("repo"))
    assert asked == ASKED


def test_the_hub_runs_the_jupyterlab_that_is_tested():
    here, there = (
        pins(place / "requirements.txt") for place in (environment.ROOT, environment.HERE)
    )
    assert here["jupyterlab"] == there["jupyterlab"]


# The table


def learner(**more):
    plain = {"starts": [2.0], "cells": [], "saved": [1, 2], "kept": {"a": 1}, "doomed": False}
    plain |= {"answers": [0.1]}
    died = {"before": {}, "given": 0, "in_journal": 0, "in_forms": 0}
    return SimpleNamespace(**plain | died | more)


def lesson(**more):
    killed = {"doomed": True, "before": {"a": 1, "b": 2}, "given": 3, "starts": [3.0, 9.0]}
    learners = [learner(), learner(**killed | {"in_journal": 2, "in_forms": 3})]
    for each in learners:
        each.cells = [SimpleNamespace(place=n, seconds=0.1 * (n + 1)) for n in range(10)]
    memory = {HUB: Memory(100_000_000, 150_000_000)}
    memory |= {"owl-0": Memory(190_000_000, 300_000_000), "owl-1": Memory(210_000_000, 310_000_000)}
    done = {"whole": 2, "marked": 2, "for_a_person": 0, "peak": 600_000_000}
    return Lesson(learners, memory, memory, memory, **done | more)


def test_the_table_says_what_was_seen():
    found = {row["what"]: row for row in figures.rows(lesson())}
    told = {what: row["figure"] for what, row in found.items()}
    assert told["cell, from Run to its end"] == "0.55"
    assert "95th percentile 1.00, most 1.00" in found["cell, from Run to its end"]["note"]
    assert told["of these: import kit, kit.start()"] == "0.10"
    assert told["of these: all others"] == "0.60"
    assert told["start of a server after it was killed"] == "9.00"
    assert told["memory of a learner, 01 and 06 open"] == "200"
    assert told["learners that 8 GB hold"] == "39"
    assert told["answers acknowledged"] == "4"
    assert told["found in the journal after the kill"] == "2"
    assert "of 2 answers acknowledged before, in 1 servers" in str(found)


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [([1], 0.95, 1), ([1, 2], 0.95, 2), (range(1, 21), 0.95, 19), ([3, 1, 2], 0.5, 2)],
)
def test_a_percentile_is_one_of_the_values(values, share, wanted):
    assert figures.percentile(values, share) == wanted


def test_a_loss_is_said():
    assert figures.lost(lesson()) == ""
    worse = lesson(whole=1, for_a_person=1)
    worse.learners[1].in_journal = 1
    said = "Not all was kept. answers in the journal: 1; hand-ins: 1; left for a person: 1."
    assert figures.lost(worse) == said


def test_an_answer_is_found_in_a_hand_in_by_its_id():
    found = _finder({"answers": {"printed": {"answer": {"blog": {"site": "no"}}, "attempts": 1}}})
    assert found("printed/blog/site") == "no"
    assert found("printed/blog/site/x") is found("stances/P1") is found("printed/news/site") is None
