"""The browser that the tests drive: Chromium, or Firefox where $ENGINE says so.

Playwright drives Debian's firefox-esr over WebDriver BiDi. What it cannot do there is said once,
below; a test that needs it has the mark `needs` and is not run in Firefox.
"""

import contextlib
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import sync_playwright


class Engine(NamedTuple):
    """Its usual names on a machine, how it is launched, what its driver is told, and lacks: why."""

    names: tuple
    how: dict
    driver: dict
    lacks: dict
    grants: tuple = ()  # what it allows a page only where somebody is asked, or a test grants it


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
PREFERENCES = {
    "network.dns.disabled": True,  # nothing but this machine is found
    "devtools.jsonview.enabled": False,  # what is JSON is a page of the server's like any other
    "browser.chrome.site_icons": False,  # nor has such a page an icon
    "ui.useOverlayScrollbars": 1,  # a bar to scroll takes no room, as in Chromium's shell
    "browser.download.alwaysOpenPanel": False,  # a list of downloads would take the focus
}
ENGINES = {
    # The headless shell is the same Chromium without the window around the page, and faster.
    "chromium": Engine(
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        {"args": FLAGS},
        {},
        {},
        ("clipboard-write",),
    ),
    "firefox": Engine(
        ("firefox-esr", "firefox"),
        {"channel": "moz-firefox", "firefox_user_prefs": PREFERENCES},
        {"NODE_OPTIONS": f"--require {Path(__file__).with_name('firefox.cjs')}"},
        {
            "touch": "the driver's tap does nothing",
            "double click": "the driver sends two clicks, each for itself",
            "manifest": "the driver does not tell how it reads one",
            "media": "this Firefox knows no override of dark, light or print",
        },
    ),
}
NAME = os.environ.get("ENGINE", "chromium")
ENGINE = ENGINES[NAME]


def found():
    """Return the path of the browser, or None: $CHROMIUM or $FIREFOX, or the first usual name."""
    names = [os.environ.get(NAME.upper()), *ENGINE.names]
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextlib.contextmanager
def door():
    """Playwright's door to the browser, and how to start one that cannot leave the machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENGINE.driver.items():
            patch.setenv(name, value)
        playwright = sync_playwright().start()
    yield getattr(playwright, NAME), {"executable_path": found(), **ENGINE.how}
    playwright.stop()
