"""What a browser test has in its hands: a page, a fresh journal, kernels and a server to kill."""

import re
import time
import urllib.parse

from playwright.sync_api import TimeoutError

from kit.journal import Journal
from tests.browser.asked import (
    ALL_RUN,
    CLOSE,
    EMPTY,
    FIND_CELL,
    FORGET_RUNS,
    FRAME,
    IDLE,
    NOT_RUN,
    OPEN,
    READ_AGAIN,
    STANDS,
    WAITS,
)
from tests.browser.lab import TOKEN
from tests.pace import PACE

PATIENCE = 60_000 * PACE  # ms for what a machine under load may need; no test waits for it in vain


class Room:
    """One learner's desk. `page` is Playwright's; `theme` (light or dark) counts before `open`.

    `left` is the page that an earlier test left, and the notebook that stands open in it with its
    kernel; a page that is `spent` is not left to the next test.
    """

    def __init__(self, lab, context, watch, folder, left=None):
        self.lab, self.context, self.watch, self.folder = lab, context, watch, folder
        self.theme, self.notebook, self.spent = "light", None, False
        self.page, self.left = left or (self.context.new_page(), None)
        self.width(1280)

    # Notebooks

    def write(self, name, cells):
        """Make a small notebook of these code cells, in the learner's folder; open it next."""
        self.lab.write(name, cells)

    def open(self, name, anew=False):
        """Open a notebook and wait until its kernel is idle.

        A notebook of the same name that was left open is read from the disk again, and keeps its
        kernel. The page is loaded `anew` in any case for a second notebook and for another theme.
        """
        if anew or self.left is None or self.theme != "light":
            self._load(name)
        elif self.left == name:
            self._clear(READ_AGAIN, name)
        elif self.lab.name == "notebook7":  # where a page has one notebook
            self._load(name)
        else:
            self._clear(CLOSE)
            self.page.wait_for_function(EMPTY)
            self.page.evaluate(OPEN, name)
        self.left = None
        self.wait_until_idle(name)
        self.watch.cut_off = False

    def _load(self, name):
        # JupyterLab loads a second tab twice, to give it a workspace of its own, and Firefox tells
        # of each request that is cut off by this.
        self.watch.cut_off |= len(self.context.pages) > 1
        self.lab.set("apputils-extension/themes", theme=f"JupyterLab {self.theme.title()}")
        path = f"{self.lab.stack.notebook}/{urllib.parse.quote(name)}?token={TOKEN}&reset"
        self.page.goto(self.lab.address + path)

    def _clear(self, how, name=None):
        """Clear away what was left open; what JupyterLab complains of then is its own."""
        self.watch.deaf = True
        self.page.evaluate(how, name)
        self.page.evaluate(FRAME)  # what it said has arrived by then
        self.watch.deaf = False

    def wait_until_idle(self, name):
        """Wait until this notebook is the one in front and its kernel has nothing to do."""
        self.page.wait_for_function(IDLE, arg=name, polling=50, timeout=PATIENCE)
        self.notebook = name

    def run_all(self):
        """Choose Run > Run All Cells; wait until the last one has run; fail if one failed."""
        self.page.evaluate(FORGET_RUNS)
        self.choose("Run", "Run All Cells")
        try:
            ran = self.page.wait_for_function(ALL_RUN, polling=50, timeout=2 * PATIENCE)
            told = ran.json_value()
        except TimeoutError:
            told = self.page.evaluate(NOT_RUN)
        assert told is True, f"A cell failed: {told}"
        self.page.mouse.wheel(0, 1)  # a learner who moves is not taken to the first open task

    def choose(self, menu, item):
        """Choose from the menus at the top of the page."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        name = re.compile(rf"{re.escape(item)}($|\s)")  # a shortcut may follow
        self.page.get_by_role("menuitem", name=name).click()

    def cell(self, cell):
        """Scroll to the cell (an id, or its position from 0); return a Locator of it."""
        index = self.page.evaluate(FIND_CELL, cell)
        assert index is not None, f"{self.notebook} has no cell {cell!r}"
        return self.page.locator(f'[data-cell="{index}"]')

    def output(self, cell):
        """Return a Locator of all that the cell (an id, or its position from 0) has shown."""
        return self.cell(cell).locator(".jp-Cell-outputArea:visible")

    # The journal

    def journal(self):
        """Return the fold of the journal on the disk: a dict from id to value."""
        return Journal(self.lab.journal).state()

    def wait_for(self, id, value):
        """Wait until the journal on the disk holds `value` under `id`."""
        found = self.wait_until(lambda: Journal(self.lab.journal).answer(id), value)
        assert found == value, f"The journal holds {found!r} for {id}, not {value!r}"

    def wait_until(self, ask, wanted):
        """Ask until the answer is the wanted one or patience ends; return the last answer."""
        end = time.monotonic() + PATIENCE / 1000
        while (found := ask()) != wanted and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        return found

    # What can go wrong

    def kill_kernel(self):
        """Kill -9 the kernel; return when the page knows. Jupyter then starts another by itself."""
        self.spent = self.watch.died = True
        self.lab.kill_kernel(self.notebook)
        self._dialog("Kernel Restarting").wait_for(timeout=PATIENCE)

    def restart_kernel(self):
        """Restart the kernel by menu, or, after `kill_kernel`, take the one Jupyter started."""
        died = self._dialog("Kernel Restarting")
        if died.count():
            died.get_by_role("button").last.click()
        else:
            self.choose("Kernel", "Restart Kernel…")
            self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        self.wait_until_idle(self.notebook)
        self.spent = self.watch.cut_off

    def kill_server(self):
        """Kill -9 the server and its kernels, as when Binder takes a session away.

        JupyterLab says so in a dialog, sooner or later; whenever it comes, it is closed.
        """
        self.watch.died = self.watch.cut_off = self.spent = True
        lost = self._dialog("Server Connection Error")
        self.page.add_locator_handler(
            lost, lambda dialog: dialog.get_by_role("button").last.click()
        )
        self.lab.kill()

    def start_server(self):
        """Start the server again at the same address; then `open` a notebook once more."""
        self.lab.start()

    # The page

    def width(self, pixels):
        """Make the page so many CSS pixels wide."""
        self.page.set_viewport_size({"width": pixels, "height": 900})

    def shot(self, name):
        """Keep a picture of the page in the test's folder; return its path."""
        path = self.folder / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def downloaded(self, action):
        """Do what brings a file to the learner's downloads; return its name and its bytes.

        It is deleted there: Firefox gives the next of the same name a number.
        """
        with self.page.expect_download() as download:
            action()
        name, content = download.value.suggested_filename, download.value.path().read_bytes()
        download.value.delete()
        return name, content

    def beside(self):
        """Return a room with the same server, journal and browser: a second tab."""
        return Room(self.lab, self.context, self.watch, self.folder)

    def forget(self):
        """Empty what a page can keep in the browser for this address."""
        if not self.page.url.startswith(self.lab.address):
            self.page.goto(self.lab.address + "api")
        self.page.evaluate("localStorage.clear()")

    def leave(self):
        """Close every page but the one in which the next test can go on; return what it is left."""
        goes_on = not self.spent and self.theme == "light" and self.notebook
        goes_on = goes_on and self.page.evaluate(STANDS, self.notebook)
        goes_on = goes_on and not self.page.evaluate(WAITS, self.notebook)
        for page in self.context.pages:
            if page is not self.page or not goes_on:
                page.close()
        return (self.page, self.notebook) if goes_on else None

    def _dialog(self, title):
        return self.page.get_by_role("dialog").filter(has_text=title)
