"""A browser and one server for each stack, started once; a fresh room for each test.

With $WEEKLY every test runs, on every stack that its marks name; else what each change has to pass.
"""

import pytest
from playwright.sync_api import expect
from xdist.scheduler import LoadScopeScheduling

from tests.browser import engine, lab
from tests.browser.room import PATIENCE, Room
from tests.browser.watch import Watch
from tests.conftest import WEEKLY


def pytest_configure(config):
    config.addinivalue_line(
        "markers",
        "stacks(*names, weekly=()): the stacks to run on in Chromium: lab, binder, notebook7",
    )
    config.addinivalue_line("markers", "needs(what): run where `engine` does not lack this")


def pytest_generate_tests(metafunc):
    """Let a test with a room run once for each of its stacks."""
    if "room" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("stacks")
        stacks = marker.args if marker else ("lab",)
        if WEEKLY:
            stacks += marker.kwargs.get("weekly", ()) if marker else ("binder",)
        if engine.NAME == "firefox":
            stacks = ("firefox",)
        metafunc.parametrize("room", stacks, indirect=True)


# These take longest and begin, so that no worker is left alone with one of them at the end.
FIRST = [f"test_{name}" for name in ("walks", "keeper", "lite", "guard", "deaths", "waking")]


def pytest_collection_modifyitems(items):
    """Leave out what the browser's driver cannot do, and begin with what takes longest."""
    items[:] = [item for item in items if not needed(item) & engine.ENGINE.lacks.keys()]
    items.sort(key=lambda item: [*FIRST, item.path.stem].index(item.path.stem))


def needed(item):
    return {mark.args[0] for mark in item.iter_markers("needs")}


class ByFileAndStack(LoadScopeScheduling):
    """Gives the tests of one file on one stack to one worker: most can go on in the same page."""

    def _split_scope(self, nodeid):
        stack = next((stack for stack in lab.STACKS if f"[{stack}" in nodeid), "")
        return nodeid.partition("::")[0] + stack


def pytest_xdist_make_scheduler(config, log):
    return ByFileAndStack(config, log)


@pytest.fixture(scope="session")
def door():
    """Playwright's door to the browser, and how to start one that cannot leave the machine."""
    if engine.found() is None:
        pytest.skip(f"there is no {engine.NAME}: install it, or name it in ${engine.NAME.upper()}")
    expect.set_options(timeout=PATIENCE)
    with engine.door() as opened:
        yield opened


@pytest.fixture(scope="session")
def browser(door):
    """A browser for pages that need no Jupyter."""
    kind, how = door
    browser = kind.launch(**how)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def places(door, tmp_path_factory):
    """A function from the name of a stack to its server and browser context, made when needed."""
    made = {}
    kind, how = door

    def place(stack):
        if stack not in made:
            assert lab.BINDER.exists(), "Binder's versions are missing: make .venv-binder/ready"
            server = lab.Lab(stack, tmp_path_factory.mktemp(stack))
            # With a cache on the disk, pages load in two thirds of the time.
            cache = tmp_path_factory.mktemp("profile")
            context = kind.launch_persistent_context(cache, service_workers="block", **how)
            context.set_default_timeout(PATIENCE)
            made[stack] = server, context
        return made[stack]

    yield place
    for server, context in made.values():
        context.close()
        if server.server:
            server.kill()


@pytest.fixture(scope="session")
def left():
    """For each stack, the page in which the next test can go on, and the notebook open in it."""
    return {}


@pytest.fixture
def room(request, places, left, tmp_path):
    """A page, a journal and notebooks that nobody has touched, on the stack of the parameter.

    At the end the test fails if a page complained, whatever the test was about.
    """
    stack, session = request.param, request.session
    server, context = places(stack)
    failed = session.testsfailed
    earlier = left.pop(stack, None)
    server.tidy(keep=earlier and earlier[1])
    watch = Watch(context, server.address)
    room = Room(server, context, watch, tmp_path, earlier)
    room.forget()
    yield room
    if session.testsfailed > failed:
        room.spent = True
        print("How the page looked when it failed:", room.shot("failed"))
    watch.stop()
    left[stack] = room.leave()
    assert not watch.complaints, "\n".join(watch.complaints)
