"""What somebody hears who hears only that: each widget read from top to bottom, then used by keys.

`tests/browser/spoken/` keeps it as text, and a difference is a failure. To write it anew:
`.venv/bin/python -m tests.browser.spoken`. Then read the diff as one who cannot see the page.
"""

import os
import re
import shutil

import pytest
from playwright.sync_api import expect

from kit.journal import Journal
from tests.browser.asked import FRAME, WAITS
from tests.browser.lab import ROOT
from tests.browser.room import Room
from tests.browser.spoken import ANEW, FOLDER, as_said
from tests.browser.spoken.scenes import ANSWERED, CHARTS, WIDGETS
from tests.browser.watch import Watch

SCRIPT = ROOT / "build" / "virtual-screen-reader.js"
LOAD = """async source => {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  window.heard = (await import(address)).virtual;
  // It takes for chosen what was so at first; browsers and people take what is so now.
  const tell = () => document.querySelectorAll("input[type=radio], input[type=checkbox]")
    .forEach(input =>
      input.checked ? input.setAttribute("checked", "true") : input.removeAttribute("checked"));
  for (const kind of ["focusin", "change", "read"]) addEventListener(kind, tell, true);
}"""
# Read an output from its top until the next line would be its first again.
READ = """async output => {
  dispatchEvent(new Event("read"));
  await heard.stop();
  await heard.start({ container: output });
  const [first, words] = [heard.activeNode, await heard.lastSpokenPhrase()];
  do await heard.next();
  while (heard.activeNode !== first || (await heard.lastSpokenPhrase()) !== words);
  const said = await heard.spokenPhraseLog();
  await heard.clearSpokenPhraseLog();
  return said.slice(0, -1);
}"""
LISTEN = """async () => {
  await heard.stop();
  await heard.start({ container: document.body });
  await heard.clearSpokenPhraseLog();
}"""
SAID = "() => heard.spokenPhraseLog()"
FORGET = "() => heard.clearSpokenPhraseLog()"


class Desk:
    """A notebook in which every widget stands, and the screen reader in its page."""

    def __init__(self, room):
        self.room, self.page = room, room.page
        for id, value in ANSWERED.items():
            Journal(room.lab.journal).write(id, value)
        room.write("spoken.ipynb", ["import kit", *(cell for cell, *_ in WIDGETS.values())])
        room.open("spoken.ipynb")
        room.run_all()
        self.page.evaluate(LOAD, SCRIPT.read_text(encoding="utf-8"))

    def transcript(self, name):
        """Read a widget from top to bottom, then use it; return what was heard, as text."""
        cell, *steps = WIDGETS[name]
        self.show(name)
        heard = [f"## {cell}\n{as_said(self.read())}"]
        heard += [f"## {step.words}\n{as_said(self.heard(step))}" for step in steps]
        return "\n".join(heard)

    def show(self, name):
        """Turn to a widget."""
        self.announced = set()
        self.cell = self.room.cell(list(WIDGETS).index(name) + 1)
        self.output = self.room.output(list(WIDGETS).index(name) + 1)

    def read(self):
        """Read all of the output, as soon as it shows all that was sent; return the lines."""
        self.page.evaluate(WAITS, self.room.notebook)
        return self.output.evaluate(READ)

    def heard(self, step):
        """Do a step; return the lines heard, to the last that is expected, each once.

        The reader announces a region again for each node that changed in it.
        """
        self.page.evaluate(FORGET)
        if lines := step.do(self):
            return lines
        found = self.room.wait_until(lambda: bool(re.search(step.last, as_said(self.said()))), True)
        assert found is True, f"{step.words}: nothing like {step.last!r} in {self.said()}"
        self.page.evaluate(WAITS, self.room.notebook)
        lines = [line for line in dict.fromkeys(self.said()) if line not in self.announced]
        self.announced |= {line for line in lines if line.startswith("polite: ")}
        return lines

    def said(self):
        """Return the lines heard so far."""
        self.page.evaluate(FRAME)
        return self.page.evaluate(SAID)

    def run(self):
        """Run the cell whose output is read, and hear what the page says of it."""
        self.page.evaluate(LISTEN)
        self.cell.locator(".cm-content").focus()
        self.page.keyboard.press("Control+Enter")

    def control(self, role, name):
        """Return the first such control of the output."""
        return self.output.get_by_role(role, name=name).first


@pytest.fixture(scope="module")
def desk(places, left, tmp_path_factory):
    """One notebook for all tests of this file, on the stack pinned here."""
    if not SCRIPT.exists() and shutil.which("npm") is None:
        pytest.skip("there is no npm, from which the screen reader of the tests comes")
    assert SCRIPT.exists(), f"The screen reader of the tests is missing: make build/{SCRIPT.name}"
    server, context = places("lab")
    left.pop("lab", None)
    server.tidy()
    watch = Watch(context, server.address)
    room = Room(server, context, watch, tmp_path_factory.mktemp("spoken"))
    room.forget()
    yield Desk(room)
    watch.stop()
    room.spent = True
    room.leave()
    assert not watch.complaints, "\n".join(watch.complaints)


@pytest.mark.parametrize("name", WIDGETS)
def test_what_is_spoken_of_a_widget_is_what_was_read_and_found_good(desk, name):
    file, text = FOLDER / f"{name}.txt", desk.transcript(name)
    if ANEW in os.environ:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_every_chart_of_the_notebooks_is_listened_to():
    shown = re.compile(r"kit\.charts\.(?:show\(kit\.charts\.)?(\w+)")
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("0*.ipynb")]
    assert {name for text in texts for name in shown.findall(text)} <= set(CHARTS)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_what_it_shows_and_tab_leads_to_its_table(desk, name):
    desk.show(f"chart_{name}")
    description = re.search(r"^(?:image|group), (\w.{60,})$", as_said(desk.read()), re.MULTILINE)
    assert description and "drawn by code" not in description[1]
    desk.output.locator(".kit-chart").focus()
    while not desk.page.evaluate("document.activeElement.matches('summary')"):
        desk.page.keyboard.press("Tab")
        expect(desk.output.locator(":focus")).to_be_visible()  # it does not leave the chart
    desk.page.keyboard.press("Enter")
    expect(desk.output.get_by_role("table").first).to_be_visible()
    desk.page.keyboard.press("Tab")
    expect(desk.output.get_by_role("group", name="Table behind this chart").first).to_be_focused()
