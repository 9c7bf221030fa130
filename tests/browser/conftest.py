"""Chromium and one server for each stack, started once; a fresh room for each test."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab import BINDER, Lab, chromium
from tests.browser.room import Room
from tests.browser.watch import Watch

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine is found, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "stacks(*names): the stacks to run on: lab, binder, notebook7"
    )


def pytest_generate_tests(metafunc):
    """Let a test with a room run once for each of its stacks."""
    if "room" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("stacks")
        stacks = marker.args if marker else ("lab", "binder")
        metafunc.parametrize("room", stacks, indirect=True)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium that cannot leave the machine."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium: install it, or name it in $CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def places(browser, tmp_path_factory):
    """A function from the name of a stack to its server and browser context, made when needed."""
    made = {}

    def place(stack):
        if stack not in made:
            assert BINDER.exists(), "Binder's versions are missing: make .venv-binder/ready"
            lab = Lab(stack, tmp_path_factory.mktemp(stack))
            # One context for all tests keeps the browser's cache warm.
            made[stack] = lab, browser.new_context(service_workers="block")
        return made[stack]

    yield place
    for lab, _ in made.values():
        if lab.server:
            lab.kill()


@pytest.fixture
def room(request, places, tmp_path):
    """A page, a journal and notebooks that nobody has touched, on the stack of the parameter.

    At the end the test fails if a page complained, whatever the test was about.
    """
    lab, context = places(request.param)
    lab.tidy()
    watch = Watch(context, lab.address)
    room = Room(lab, context, watch, tmp_path)
    room.forget()
    yield room
    for page in context.pages:
        page.close()
    watch.stop()
    assert not watch.complaints, "\n".join(watch.complaints)
