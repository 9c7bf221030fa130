"""The guard, in a page: keys, names, lost forms, old outputs, buttons that insert."""

import contextlib
import re

import pytest
from playwright.sync_api import TimeoutError, expect

from kit import data, exercises
from tests.pace import PACE

ALL_STACKS = pytest.mark.stacks("lab", weekly=("binder", "notebook7"))

# Whatever JupyterLab's command mode knows; each would change, add, move or remove a cell.
COMMANDS = [
    *("z", "Shift+Z"),  # first: later they could undo what another key did
    *"abxvmycrkjh123456",
    *("d d", "i i", "0 0", "Shift+A", "Shift+B", "Shift+M", "Shift+K", "Shift+J"),
    *("Shift+L", "Shift+R", "Control+Backspace", "Control+A", "Control+Shift+M"),
    *("Control+Shift+ArrowUp", "Control+Shift+ArrowDown", "Alt+Enter", "Space", "Shift+Space"),
    *("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter"),
]

CELLS = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  return {
    cells: panel.content.widgets.map(({ model }) => [model.type, model.sharedModel.getSource()]),
    active: panel.content.activeCellIndex,
    selected: panel.content.widgets.filter((cell) => panel.content.isSelected(cell)).length,
    mode: panel.content.mode,
    kernel: panel.sessionContext.session.kernel.id,
    dialogs: document.querySelectorAll(".jp-Dialog").length,
  };
}"""

OTHER = """import ipywidgets
page = ipywidgets.HTML('''<p><a href="#here">A link</a></p>
<details><summary>More</summary><p>Told.</p></details>
<div tabindex="0" aria-label="A wide place">wide</div>
<svg width="40" height="40"><circle tabindex="0" role="button" aria-label="A mark" r="9"/></svg>''')
toggle = ipywidgets.ToggleButtons(options=["left", "right"], description="Side")
button = ipywidgets.Button(description="Press me")
button.on_click(lambda _: setattr(toggle, "value", "right"))
box = ipywidgets.VBox([page, toggle, button, ipywidgets.IntSlider(description="How many")])
box"""

CONTROLS = {
    "slider": (1, lambda output: output.get_by_role("slider").first),
    "list": (2, lambda output: output.get_by_role("combobox").first),
    "box": (3, lambda output: output.get_by_role("checkbox").first),
    "radio": (4, lambda output: output.get_by_role("radio").first),
    "text": (5, lambda output: output.get_by_role("textbox").first),
    "long text": (6, lambda output: output.locator("textarea")),
    "link": (7, lambda output: output.get_by_role("link")),
    "summary": (7, lambda output: output.locator("summary")),
    "place": (7, lambda output: output.get_by_label("A wide place")),
    "mark": (7, lambda output: output.get_by_label("A mark")),
    "toggle": (7, lambda output: output.get_by_role("button", name="left")),
    "button": (7, lambda output: output.get_by_role("button", name="Press me")),
    "bare slider": (7, lambda output: output.get_by_role("slider")),
}

ASKED = ["prediction", "four_verbs", "dated_texts", "f2_or_e4", "date_article", "final_answer"]
SAVED = "!jupyterapp.shell.currentWidget.context.model.dirty"
LOST = "This form takes no more answers"


def small_room(room, cells=None):
    """Open a small notebook with one control of each kind, run."""
    asked = [f"kit.ask({id!r})" for id in ASKED]
    room.write("small.ipynb", cells or ["import kit", *asked, OTHER])
    room.open("small.ipynb")
    room.run_all()


def press(room, *keys):
    for key in keys:
        room.page.keyboard.press(key)


def focus(room, name):
    """Scroll to the control and focus it; again if keys pressed before still scroll the page."""
    cell, find = CONTROLS[name]
    for _ in range(int(50 * PACE)):
        control = find(room.output(cell))
        with contextlib.suppress(TimeoutError):
            control.focus(timeout=500)
            return control
    raise AssertionError(f"there is no {name} in cell {cell}")


# Keys


@ALL_STACKS
def test_no_key_in_a_control_changes_the_notebook(room):
    small_room(room)
    for name in CONTROLS:
        focus(room, name)
        before = room.page.evaluate(CELLS)
        for keys in COMMANDS:
            press(room, *keys.split())
        assert room.page.evaluate(CELLS) == before, name
        assert room.page.evaluate("document.activeElement.closest('.jp-OutputArea-output')"), name


@ALL_STACKS
def test_without_the_guard_the_same_keys_do_harm(room):
    room.write("bare.ipynb", ["import ipywidgets", "ipywidgets.IntSlider()"])
    room.open("bare.ipynb", anew=True)  # no guard came into this page before
    room.run_all()
    before = room.page.evaluate(CELLS)["cells"]
    room.output(1).get_by_role("slider").focus()
    press(room, "b")
    assert room.page.evaluate(CELLS)["cells"] != before


@ALL_STACKS
def test_keys_do_their_work_in_the_control(room):
    small_room(room)
    focus(room, "slider")
    press(room, "ArrowRight", "ArrowRight")
    room.wait_for("prediction", {"forum": {"trust": {"value": 1, "evidence": None}}})
    focus(room, "box")
    press(room, "Space")
    room.wait_for("dated_texts", ["forum"])
    focus(room, "text")
    room.page.keyboard.type("1990x")
    press(room, "Backspace")
    room.wait_for("date_article", "1990")
    focus(room, "button")
    press(room, "Enter")
    pressed = room.output(7).get_by_role("button", name="right", pressed=True)
    pressed.wait_for()


@ALL_STACKS
def test_arrows_in_radio_buttons_move_choose_and_reach_the_journal(room):
    small_room(room)
    group = room.output(4).get_by_role("radiogroup")
    chosen = group.get_by_role("radio", checked=True)
    group.get_by_role("radio").first.focus()
    press(room, "Space")
    first = chosen.get_attribute("value")
    press(room, "ArrowDown")
    assert chosen.count() == 1
    assert chosen.get_attribute("value") != first
    options = group.get_by_role("radio").count()
    room.page.wait_for_timeout(200)
    press(room, "ArrowUp", *["ArrowDown"] * (options - 1))
    assert chosen.get_attribute("value") == str(options - 1)
    room.wait_for("f2_or_e4", last_option("f2_or_e4"))
    press(room, "Tab")
    assert not room.page.evaluate("document.activeElement.matches('input[type=radio]')")


def last_option(id):
    return exercises.load(data.load())[id].options[-1].id


@ALL_STACKS
@pytest.mark.parametrize("name", ["slider", "text"])
def test_saving_running_and_going_back_still_work(room, name):
    small_room(room)
    cell, _ = CONTROLS[name]
    focus(room, name)
    press(room, "ArrowRight", "1", "Control+s")
    room.page.wait_for_function(SAVED)
    ran = f"jupyterapp.shell.currentWidget.content.widgets[{cell}].model.executionCount"
    before = room.page.evaluate(ran)
    press(room, "Shift+Enter")
    room.page.wait_for_function(f"{ran} > {before}")
    focus(room, name)
    cells = len(room.page.evaluate(CELLS)["cells"])
    press(room, "Escape", "b")
    assert len(room.page.evaluate(CELLS)["cells"]) == cells + 1


@ALL_STACKS
def test_undo_in_a_text_box_takes_back_words_not_cells(room):
    small_room(room)
    box = focus(room, "long text")
    cells = room.page.evaluate(CELLS)
    room.page.keyboard.type("One")
    press(room, "Control+a", "x")
    assert box.input_value() == "x"
    press(room, "Control+z")
    assert box.input_value() == "One"
    press(room, "Control+Shift+z")
    assert box.input_value() == "x"
    press(room, "Shift+Enter")
    expect(box).to_have_value("x\n")
    assert room.page.evaluate(CELLS) == cells


# A page so busy that nothing which should come soon comes before the next key.
BUSY = """() => {
  const { setTimeout } = window;
  window.setTimeout = (work, ms, ...more) => setTimeout(work, (ms || 0) + 1000, ...more);
}"""


@ALL_STACKS
def test_in_a_busy_page_a_new_line_after_a_shortcut_is_not_lost(room):
    small_room(room)
    room.spent = True
    box = focus(room, "long text")
    box.fill("")
    room.page.evaluate(BUSY)
    for keys in ("Control+s", "Control+Shift+z", "Control"):
        press(room, keys, "Shift+Enter")
    expect(box).to_have_value("\n\n\n")


# Mending


@ALL_STACKS
def test_every_control_has_a_name_and_tells_its_state(room):
    small_room(room)
    slider = room.output(1).get_by_role("slider", name="Forum").first
    assert slider.get_attribute("aria-valuetext") == "not set"
    slider.focus()
    press(room, "ArrowRight")
    room.page.wait_for_function(
        "handle => handle.getAttribute('aria-valuetext') === '0'", arg=slider.element_handle()
    )
    assert room.output(4).get_by_role("radiogroup").get_attribute("aria-label")
    room.output(7).get_by_role("group", name="Side").wait_for()
    room.output(7).get_by_role("button", name="left", pressed=True).wait_for()
    room.output(7).get_by_role("button", name="right", pressed=False).click()
    room.output(7).get_by_role("button", name="left", pressed=False).wait_for()
    assert room.page.locator(".jp-OutputArea-output [title='null']").count() == 0
    assert room.page.locator(".kit .widget-readout[contenteditable='true']").count() == 0


@ALL_STACKS
def test_pictures_and_tables_of_pandas_are_mended(room):
    plot = "fig, ax = plt.subplots(); ax.plot([1, 2]); ax.set(title='Café – 1');"
    table = "import pandas\npandas.DataFrame({'a': [1]})"
    other = "from PIL import Image\nImage.new('RGB', (9, 9))"
    ready = "import kit\nimport matplotlib.pyplot as plt"
    small_room(room, [ready, "kit.ask('printed')", plot, table, other, plot.replace(" – 1", "")])
    for cell, name in ((2, "Café – 1"), (5, "Café")):  # PNG writes the two in different ways
        said = f"Chart “{name}”. Line from (0, 1) to (1, 2), 2 points."
        expect(room.output(cell).get_by_role("img")).to_have_accessible_name(said)
    expect(room.output(4).get_by_role("img")).to_have_accessible_name(re.compile("drawn by code"))
    room.output(3).locator("th:empty").first.wait_for(state="attached")
    room.output(3).locator("th:empty[role=cell]").first.wait_for(state="attached")


def test_the_guard_comes_to_rest(room):
    """What it mends must not bring it up again; JupyterLab's own changes end sooner or later."""
    small_room(room)
    rests = room.page.evaluate(
        """async () => {
          let seen = 0;
          new MutationObserver((list) => (seen += list.length)).observe(document.querySelector(
            ".jp-Notebook"), { subtree: true, childList: true, attributes: true });
          document.querySelectorAll(".widget-readout").forEach((node) => node.append(" "));
          for (let before = -1, tries = 0; tries < 40; tries++) {
            await new Promise((done) => setTimeout(done, 300));
            if (seen === before) return true;
            before = seen;
          }
          return false;
        }"""
    )
    assert rests


# Lost forms


def assert_lost(room, sentence=LOST):
    """The form with a text box has died: it says so, cannot be used, and keeps what was typed."""
    form = room.output(1)
    form.get_by_role("alert").filter(has_text=sentence).wait_for()
    assert form.get_by_role("alert").count() == 1
    assert not form.locator(".kit-status-line").is_visible()
    assert form.get_by_role("textbox").input_value() == "1990"
    assert form.get_by_role("textbox").get_attribute("readonly") is not None
    assert room.output(2).get_by_role("radio", disabled=True).count() > 1
    room.output(3).get_by_role("slider").first.focus()
    assert room.output(3).locator(".noUi-handle").first.get_attribute("tabindex") == "-1"


def assert_download(room):
    """The button in the notice asks the keeper for a download."""
    room.page.evaluate("addEventListener('kit-download', () => (window.asked = true))")
    room.output(1).get_by_role("button", name="Download my work").click()
    assert room.page.evaluate("window.asked")


@pytest.fixture
def begun(room):
    """Three forms, one of them with a date in it."""
    asked = [f"kit.ask({id!r})" for id in ("date_article", "f2_or_e4", "prediction")]
    small_room(room, ["import kit", *asked])
    room.output(1).get_by_role("textbox").fill("1990")
    room.wait_for("date_article", "1990")
    return room


@ALL_STACKS
def test_forms_of_a_killed_kernel_say_so_until_they_run_again(begun):
    begun.kill_kernel()
    begun.restart_kernel()
    assert_lost(begun)
    assert_download(begun)
    begun.run_all()
    begun.output(1).get_by_role("textbox").wait_for()
    begun.page.wait_for_function("!document.querySelector('[data-kit-lost]')")
    assert begun.output(1).get_by_role("textbox").input_value() == "1990"


@ALL_STACKS
def test_forms_say_so_when_binder_takes_the_kernel_away(begun):
    begun.lab.ask(f"api/kernels/{begun.lab.kernel_of('small.ipynb')}", "DELETE")
    assert_lost(begun)
    assert_download(begun)


@ALL_STACKS
def test_forms_say_so_when_the_server_is_gone(begun):
    begun.kill_server()
    assert_lost(begun, "the connection to Jupyter is lost")
    assert_download(begun)


@ALL_STACKS
def test_forms_open_again_after_a_short_loss_of_the_connection(begun):
    begun.watch.cut_off = True
    connection = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    begun.page.evaluate(f"{connection}._updateConnectionStatus?.('connecting')")
    assert_lost(begun, "the connection to Jupyter is lost")
    begun.page.evaluate(f"{connection}._updateConnectionStatus?.('connected')")
    begun.page.wait_for_function("!document.querySelector('[data-kit-lost]')")
    assert begun.output(1).get_by_role("alert").count() == 0
    begun.output(1).get_by_role("textbox").fill("1991")
    begun.wait_for("date_article", "1991")
    begun.output(2).get_by_role("radio").last.check()
    begun.wait_for("f2_or_e4", last_option("f2_or_e4"))


@ALL_STACKS
def test_the_tab_key_passes_by_what_is_lost(begun):
    begun.kill_kernel()
    begun.restart_kernel()
    assert_lost(begun)
    begun.output(1).get_by_role("textbox").focus()
    reached = []
    for _ in range(6):
        press(begun, "Tab")
        reached.append(begun.page.evaluate("document.activeElement.textContent.slice(0, 16)"))
        if begun.page.evaluate("!document.activeElement.closest('.jp-OutputArea-output')"):
            break
    inside = [name for name in reached if name.startswith("Download")]
    assert len(inside) >= 1
    assert begun.page.evaluate(
        "!document.activeElement.matches('[data-kit-locked]:not([readonly])')"
    )


# Old outputs, inserting


@ALL_STACKS
def test_an_old_output_says_what_to_do(begun):
    press(begun, "Control+s")
    begun.page.wait_for_function(SAVED)
    begun.lab.ask(f"api/kernels/{begun.lab.kernel_of('small.ipynb')}", "DELETE")
    begun.open("small.ipynb")
    begun.page.get_by_text("Error displaying widget").first.wait_for()
    begun.page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    begun.page.locator(".jp-Cell").first.click()
    press(begun, "Shift+Enter", "Shift+Enter")
    begun.output(1).get_by_role("textbox").wait_for()
    begun.output(2).get_by_text("Run this cell to bring it back.").wait_for()


def test_a_button_inserts_at_the_caret(room):
    small_room(room, ["import kit", "kit.ask('final_answer')"])
    box = room.output(1).locator("textarea")
    box.fill("Said in  and denied.")
    box.evaluate("node => node.setSelectionRange(8, 8)")
    room.output(1).get_by_role("textbox", name="Find a record").fill("Robertson")
    button = room.output(1).locator("[data-kit-insert]").first
    text = button.get_attribute("data-kit-insert")
    button.click()
    assert box.input_value() == f"Said in {text} and denied."
    assert box.evaluate("node => node === document.activeElement")
    room.wait_for("final_answer", f"Said in {text} and denied.")
