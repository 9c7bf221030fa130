"""What a learner waits for in a real page: from the act to the change, and for the first widget.

A time runs in the page, from the event until the browser has laid out what the kit changed for it.
In the page alone it should be at most 16 ms (one frame); through the kernel 50 ms. The bare list is
the floor: a list of ipywidgets whose Python sets one line of text, in the same page, in turn.
It needs a Chromium and about six minutes: `python -m benchmarks.browser`.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from kit.journal import Journal
from tests.browser.engine import FLAGS, found
from tests.browser.lab import Lab
from tests.browser.room import Room
from tests.browser.test_forms import rated
from tests.browser.watch import Watch

TIMES = 32
ROUNDS = 5
BINDER_LINE = {"downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8, "latency": 50}
BARE_SLIDER = "import ipywidgets\nipywidgets.IntSlider()"
KEPT = {"quiz_A/a1": {"answer": True, "confidence": 70}} | rated("blog", "news")


class Act(NamedTuple):
    """What `code` shows, what is done there to the first `place`, and what must change for it."""

    name: str
    code: str
    place: str
    act: str
    watched: str


# JavaScript for the n-th time: it changes what is watched every time.
CLICK = "node.click();"
NEXT = "nodes[n % 2].click();"
TOGGLE = "node.selectedIndex = (n + 1) % 2; fire('change');"  # the first option is the blank
PUSH = """node.dispatchEvent(new KeyboardEvent("keydown", {
  key: n % 2 ? "ArrowLeft" : "ArrowRight", bubbles: true }));"""
SEARCH = "node.value = ['putin', 'note', 'molotov'][n % 3]; fire('input');"
WRITE = "node.value = 'word '.repeat(n + 1); fire('input');"
HOVER = """const mark = nodes[n % nodes.length], box = mark.firstChild.getBoundingClientRect();
  mark.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerType: "mouse",
    clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }));"""

BARE = """import ipywidgets
asked = ipywidgets.Dropdown(options=["none", "one"])
told = ipywidgets.HTML("nothing yet")
asked.observe(lambda change: setattr(told, "value", change["new"]), "value")
ipywidgets.VBox([asked, told])"""
FLOOR = Act("bare list of ipywidgets", BARE, "select", TOGGLE, ".widget-html")
# The same exercise twice: what is done in the first form shows in the second, through the kernel.
TWICE = "import ipywidgets\nipywidgets.VBox([kit.ask({0!r}), kit.ask({0!r})])"
SECOND = ".kit + .kit"
TIMELINE = "kit.charts.explore(kit.measures.tellings(kit.data.load()), kit.data.load().enlargement)"
SAVED = ".kit-status-line"
IN_PAGE = (
    Act("reader: mark", "kit.widgets.reader('forum')", ".kit-number", CLICK, ".kit-marks"),
    Act("reader: tag", "kit.ask('sentence_types')", ".kit-tag", NEXT, ".kit-marks"),
    Act("timeline: hover", TIMELINE, ".mark", HOVER, ".panel"),
    Act("timeline: filter", TIMELINE, ".lane", CLICK, "[role=status]"),
)
THROUGH_KERNEL = (
    Act("choice, asked twice", TWICE.format("two_clocks"), "input", NEXT, SECOND),
    Act("several, asked twice", TWICE.format("dated_texts"), "input", CLICK, SECOND),
    Act("matrix, asked twice", TWICE.format("stances"), "input", NEXT, SECOND),
    Act("rating, asked twice", TWICE.format("ratings"), ".kit-rated input", NEXT, SECOND),
    Act("quiz", "kit.widgets.quiz('A')", "select", TOGGLE, SAVED),
    Act("weights", "kit.widgets.weights()", ".noUi-handle", PUSH, ".kit-bars"),
    Act("finder: a word", "kit.widgets.finder()", ".kit-search input", SEARCH, ".kit-note"),
    Act("answer editor", "kit.ask('final_answer')", "textarea", WRITE, ".kit-count"),
)

# Does each act in turn, `times` times; gives a list of ms for each. A change is one of the text
# watched, or of what is chosen there, which is no text.
MEASURE = """async ([acts, times]) => {
  const took = acts.map(() => []);
  const look = (nodes) => nodes.map((node) => node.textContent
    + [...node.querySelectorAll("input")].map((input) => input.checked)).join();
  for (let n = 0; n < times; n++)
    for (const [which, { cell, place, act, watched }] of acts.entries()) {
      const all = (selector) =>
        [...document.querySelector(`[data-cell="${cell}"]`).querySelectorAll(selector)];
      const nodes = all(place), node = nodes[0], seen = all(watched), before = look(seen);
      const fire = (type) => node.dispatchEvent(new Event(type, { bubbles: true }));
      const start = performance.now();
      new Function("node", "nodes", "n", "fire", act)(node, nodes, n, fire);
      const { port1, port2 } = new MessageChannel();
      while (look(all(watched)) === before) {
        if (performance.now() - start > 5000) throw new Error(`nothing changed in ${watched}`);
        await new Promise((next) => { port1.onmessage = next; port2.postMessage(0); });
      }
      seen[0].getBoundingClientRect();
      took[which].push(performance.now() - start);
      await new Promise((next) => setTimeout(next, 150));
    }
  return took;
}"""
# Runs the first cell with code, and says how long it took from `since` to the first control.
FIRST_WIDGET = """async ([since, wanted]) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.activeCellIndex = content.widgets.findIndex(({ model }) => model.type === "code");
  window.jupyterapp.commands.execute("notebook:run-cell");
  while (!document.querySelector(wanted)) await new Promise(requestAnimationFrame);
  return Date.now() - since;
}"""


def run():
    """Return the figures as rows of what, figure, unit and note."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        lab = Lab("lab", Path(folder) / "lab")
        how = {"executable_path": found(), "args": FLAGS, "service_workers": "block"}
        context = playwright.chromium.launch_persistent_context(Path(folder) / "chromium", **how)
        lab.tidy()
        room = Room(lab, context, Watch(context, lab.address), Path(folder))
        try:
            rows = [*changes(room), *first_widgets(room)]
        finally:
            context.close()
            lab.kill()
    return rows


def changes(room):
    """Yield a row for each act: in the page, and through the kernel with the floor in turn."""
    for id, value in KEPT.items():
        Journal(room.lab.journal).write(id, value)
    for act in IN_PAGE:
        [took] = measured(room, act)
        yield row(f"{act.name}, in the page", took, "budget 16 ms")
    for act in THROUGH_KERNEL:
        took, floor = measured(room, act, FLOOR)
        bare = statistics.median(floor)
        told = f"budget 50 ms; {statistics.median(took) / bare:.2f} × {FLOOR.name} ({bare:.1f})"
        yield row(f"{act.name}, through the kernel", took, told)


def measured(room, *acts):
    """Return the ms of `TIMES` changes for each act, done in turn; the first two are left out."""
    room.write("measured.ipynb", ["import kit\nkit.journal.open()", *(act.code for act in acts)])
    room.open("measured.ipynb", anew=True)
    room.run_all()
    asked = []
    for cell, act in enumerate(acts, start=1):
        room.output(cell).locator(act.watched).first.wait_for(state="attached")
        asked.append({**act._asdict(), "cell": cell})
    room.page.wait_for_timeout(1000)
    return [took[2:] for took in room.page.evaluate(MEASURE, [asked, TIMES + 2])]


def row(what, took, note):
    """Return a row of the table: the median of the milliseconds that something took."""
    took = sorted(took)
    note = f"median of {len(took)}; nine in ten {took[len(took) * 9 // 10]:.1f}; {note}"
    return {"what": what, "figure": f"{statistics.median(took):.1f}", "unit": "ms", "note": note}


def first_widgets(room):
    """Yield how long 01 takes to its first widget against a bare slider, also on a slow line."""
    session = room.context.new_cdp_session(room.page)
    session.send("Network.enable")
    for line, limits in (("this machine", None), ("10 Mbit/s, 50 ms", BINDER_LINE)):
        ours, bare = [], []
        for _ in range(ROUNDS):
            bare.append(first_widget(room, session, limits, "bare.ipynb", ".widget-slider"))
            ours.append(
                first_widget(room, session, limits, "01_meet_the_sources.ipynb", ".kit button")
            )
        ratio = statistics.median(ours) / statistics.median(bare)
        seconds = " and ".join(f"{statistics.median(each) / 1000:.2f}" for each in (ours, bare))
        yield {
            "what": f"01 to its first widget over a bare slider, {line}",
            "figure": f"{ratio:.2f}",
            "unit": "times",
            "note": f"{seconds} s; medians of {ROUNDS} in turn, cache empty; budget 1.25",
        }


def first_widget(room, session, limits, name, wanted):
    """Return the ms from asking for a notebook's address to its first control in the page."""
    room.lab.tidy()
    room.write("bare.ipynb", [BARE_SLIDER])
    session.send("Network.clearBrowserCache")
    unlimited = {"downloadThroughput": -1, "uploadThroughput": -1, "latency": 0}
    session.send("Network.emulateNetworkConditions", {"offline": False, **(limits or unlimited)})
    since = time.time() * 1000
    room.open(name, anew=True)
    return room.page.evaluate(FIRST_WIDGET, [since, wanted])


if __name__ == "__main__":
    for each in run():
        print(each["what"], each["figure"], each["unit"], each["note"], sep=" | ")
