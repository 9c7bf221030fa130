"""What a WebKit test has in its hands: a notebook, its cells and controls, keys, the journal."""

import contextlib

from axe_playwright_python.base import AXE_SCRIPT
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kit.journal import Journal
from tests.browser import axe, watch
from tests.browser.asked import ALL_RUN, FIND_CELL, FORGET_RUNS, IDLE
from tests.browser.lab import TOKEN
from tests.browser.room import PATIENCE

ROLES = {
    "button": "button, [role=button]",
    "checkbox": "[type=checkbox]",
    "combobox": "select",
    "link": "a[href]",
    "radio": "[type=radio]",
    "slider": "[role=slider]",
    "tab": "[role=tab]",
    "textbox": "textarea, [type=text], [type=number], [type=file]",
    "summary": "summary",
}
ASK = "const [f, wanted, done] = arguments; Promise.resolve(eval(f)(wanted)).then(done);"
# Asks again until the answer is true.
WAIT = """const [f, wanted, done] = arguments;
(async () => {
  let found;
  while (!(found = await eval(f)(wanted))) await new Promise((next) => setTimeout(next, 50));
  done(found);
})();"""
# WebKit tells its driver nothing of what a page complains of, so the page writes it down itself.
WRITE_DOWN = """
const said = (window.complaints = []);
addEventListener("error", ({ message }) => said.push(`uncaught: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => said.push(`uncaught: ${reason}`));
const { error } = console;
console.error = (...words) => (said.push(words.join(" ")), error.apply(console, words));
"""
DOWNLOADS = """
window.downloads = [];
HTMLAnchorElement.prototype.click = function () {
  fetch(this.href).then((file) => file.text())
    .then((text) => window.downloads.push([this.download, text]));
};
"""
STAND = """(control) => new Promise((stands) => {
  control.scrollIntoView({ block: "center" });
  const look = (last, frames) => {
    const { top } = control.getBoundingClientRect();
    if (frames > 5) stands();
    else requestAnimationFrame(() => look(top, top === last ? frames + 1 : 0));
  };
  look(null, 0);
})"""
TALLEST = 32_000  # pixels: a screen of X has no more, and notebook 3, all unfolded, is taller
RUN = "jupyterapp.commands.execute('notebook:run-all-cells');"
MOVE = "dispatchEvent(new WheelEvent('wheel'));"  # who moves is not taken to the first open task
STYLE = "document.head.append(Object.assign(document.createElement('style'), { textContent: %r }));"
CHECK = "const [part, how, done] = arguments; axe.run(part, how).then((r) => done(r.violations));"


def forget(driver, lab):
    """Empty what the browser keeps for the server's address."""
    driver.get(lab.address + "api")
    driver.execute_script("localStorage.clear();")


class Desk:
    """One learner's desk: `driver` is Selenium's, `lab` the server."""

    def __init__(self, driver, lab):
        self.driver, self.lab, self.notebook, self.cut_off = driver, lab, None, False
        driver.set_script_timeout(PATIENCE / 500)

    # Notebooks

    def write(self, name, *cells):
        """Make a small notebook of these code cells, open it and run it."""
        self.lab.write(name, cells)
        self.open(name)
        self.run_all()

    def open(self, name):
        """Load the page of a notebook and wait until its kernel is idle."""
        self.driver.set_window_size(1280, 900)
        self.driver.get(f"{self.lab.address}doc/tree/{name}?token={TOKEN}&reset")
        self.driver.execute_script(WRITE_DOWN + DOWNLOADS)
        self.notebook = name
        self.wait(IDLE, name)

    def run_all(self):
        """Run all cells; wait until the last one has run; fail if one failed."""
        self.ask(FORGET_RUNS)
        self.driver.execute_script(RUN)
        result = self.wait(ALL_RUN, self.notebook)
        assert result is True, f"A cell failed: {result}"
        self.driver.execute_script(MOVE)

    def output(self, cell):
        """Scroll to a cell (an id, or its position from 0); return what it has shown."""
        index = self.ask(FIND_CELL, cell)
        assert index is not None, f"{self.notebook} has no cell {cell!r}"
        place = By.CSS_SELECTOR, f'[data-cell="{index}"] .jp-Cell-outputArea'
        self.until(lambda driver: driver.find_elements(*place), f"{cell!r} shows nothing")
        return self.driver.find_element(*place)

    def control(self, cell, role, name):
        """Return the first control of a cell whose role and name, as WebKit tells them, are these.

        It need not be in sight yet; of the name only the beginning counts.
        """
        shown = self.output(cell) if isinstance(cell, str | int) else cell

        def found(_):
            all = shown.find_elements(By.CSS_SELECTOR, ROLES[role])
            return next((c for c in all if named(c).startswith(name) and c.is_displayed()), None)

        return self.until(found, f"{self.notebook} shows no {role} {name!r}")

    # Hands

    def press(self, *keys):
        """Press keys one after the other, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()

    def click(self, control):
        """Click a control, in sight and at rest: what WebKit's driver clicks may still move."""
        self.in_sight(control)
        control.click()

    def in_sight(self, control):
        """Scroll to a control and wait until it stays where it is."""
        self.ask(STAND, control)

    def focus(self, control):
        """Put the focus on a control, as the Tab key would."""
        self.driver.execute_script("arguments[0].focus();", control)

    # States to wait for

    def until(self, question, otherwise):
        """Ask a function of the driver until its answer is true, and return it."""
        waiting = WebDriverWait(self.driver, PATIENCE / 1000, poll_frequency=0.05)
        return waiting.until(question, otherwise)

    def says(self, cell, words):
        """Wait until a cell shows these words."""
        shown = self.output(cell)
        with contextlib.suppress(TimeoutException):
            self.until(lambda _: words in shown.text, words)
        assert words in shown.text

    def wait_for(self, id, value):
        """Wait until the journal on the disk holds `value` under `id`."""
        self.until(
            lambda _: Journal(self.lab.journal).answer(id) == value,
            f"the journal does not hold {value!r} for {id}",
        )

    def ask(self, function, wanted=None):
        """Return what a function of JavaScript answers, or what it promises."""
        return self.driver.execute_async_script(ASK, function, wanted)

    def wait(self, function, wanted=None):
        """The same, once it is true."""
        return self.driver.execute_async_script(WAIT, function, wanted)

    # What the page gives

    def downloaded(self):
        """Return name and text of the next file that the page hands over to the browser."""
        return self.wait("() => downloads.shift()")

    def complaints(self):
        """Return what the page complained of since it was loaded, but for what is known."""
        known = watch.KNOWN + watch.CUT_OFF * self.cut_off
        said = self.driver.execute_script("return window.complaints || [];")
        return [text for text in said if not any(words in text for words in known)]

    def what_axe_finds(self):
        """Return what axe has against the outputs of the notebook, as many in sight as can be."""
        self.ask(axe.SHOW_ALL)
        self.wait(axe.UNFOLD)
        self.driver.execute_script(STYLE % "body { height: 100vh; }")
        while not self.ask(axe.IN_SIGHT) and self.driver.get_window_size()["height"] < TALLEST:
            self.driver.set_window_size(1280, min(self.ask(axe.HEIGHT) + 600, TALLEST))
        self.driver.execute_script(AXE_SCRIPT)
        found = self.driver.execute_async_script(CHECK, axe.OUTPUTS, axe.OPTIONS)
        return [(rule["id"], node["html"][:300]) for rule in found for node in rule["nodes"]]


def named(control):
    """Return the name that WebKit tells those who listen."""
    return control.text if control.tag_name == "summary" else control.accessible_name
