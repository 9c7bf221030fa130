"""A screen in memory, WebKit on it, and a server, started once; a fresh desk for each test."""

import os
import shutil
import subprocess

import pytest
from selenium import webdriver
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.lab import Lab
from tests.webkit.desk import Desk, forget

# No sandbox, which wants rights that a container has not; and no graphics card.
ALONE = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}


@pytest.fixture(scope="session")
def screen():
    """The name of a display that nobody sees."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as xvfb:
        yield f":{xvfb.stdout.readline().strip()}"
        xvfb.terminate()


@pytest.fixture(scope="session")
def driver(screen, tmp_path_factory):
    """Selenium's door to a WebKit that reads and keeps nothing of the person at this machine."""
    path = shutil.which("WebKitWebDriver")
    assert path, "There is no WebKitWebDriver here (Debian: webkit2gtk-driver)."
    home = str(tmp_path_factory.mktemp("home"))
    service = Service(path, env={**os.environ, **ALONE, "DISPLAY": screen, "HOME": home})
    driver = webdriver.WebKitGTK(service=service)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The server of the versions pinned here."""
    lab = Lab("lab", tmp_path_factory.mktemp("lab"))
    yield lab
    if lab.server:
        lab.kill()


@pytest.fixture
def desk(driver, lab):
    """A journal and notebooks that nobody has touched; at the end no page may have complained."""
    yield from fresh(driver, lab)


@pytest.fixture(scope="module")
def shared(driver, lab):
    """The same for all tests of a file, which go on from one another."""
    yield from fresh(driver, lab)


def fresh(driver, lab):
    lab.tidy()
    forget(driver, lab)
    desk = Desk(driver, lab)
    yield desk
    assert desk.complaints() == []
