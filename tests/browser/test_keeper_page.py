"""The keeper's script on a bare page: what is hard to bring about in Jupyter, and takes no second.

The kernel's side is real; the messages between them are carried by hand, so their order is known.
"""

import pytest

from kit.journal import Journal
from kit.journal.lines import Line, now
from kit.widgets import keeper

ADDRESS = "http://keeper.example/"
PAGE = """
const address = URL.createObjectURL(new Blob([document.script], { type: "text/javascript" }));
const { default: widget } = await import(address);
globalThis.sent = [];
globalThis.models = [];
globalThis.add = (traits) => {
  const number = models.length;
  const heard = {};
  const model = {
    get: (name) => traits[name],
    set: () => {},
    on: (name, action) => (heard[name] = action),
    send: (message) => sent.push([number, message]),
  };
  models.push(heard);
  const { initialize, render } = widget();
  const el = document.createElement("div");
  el.className = "jp-Notebook";
  el.innerHTML = '<div class="kit"><input type="text"><button>Press</button></div>';
  document.body.append(el);
  initialize({ model });
  render({ el });
};
"""


class Desk:
    """A bare page with the keepers of some notebooks, and the journals behind them."""

    def __init__(self, page, path):
        self.page, self.path = page, path
        self.kernels = []
        page.goto(ADDRESS)
        page.evaluate("(script) => { document.script = script; }", keeper.Keeper._esm)
        page.evaluate(f"async () => {{ {PAGE} }}")

    def open(self):
        """Put one more notebook on the page, with a kernel of its own; give its journal."""
        number = len(self.kernels)
        kernel = keeper.Keeper(Journal(self.path), "A course")
        kernel.send = lambda message: self.deliver(number, message)
        self.kernels.append(kernel)
        traits = {name: getattr(kernel, name) for name in ("title", "file", "opened")}
        self.page.evaluate("(traits) => add(traits)", traits)
        return kernel.journal

    def deliver(self, number, message):
        told = "([number, message]) => models[number]['msg:custom'](message)"
        self.page.evaluate(told, [number, message])

    def talk(self):
        """Carry messages to the kernels until nobody has anything to say."""
        for _ in range(20):
            messages = self.page.evaluate("() => sent.splice(0)")
            for number, message in messages:
                self.kernels[number]._handle_custom_msg(message, [])
            if not messages:
                return
        raise AssertionError("page and kernels do not come to an end")

    def settle(self):
        """Let timers run out, and all that follows from them."""
        self.page.clock.run_for(1500)
        self.talk()

    def line(self, number=0):
        return self.page.locator(".kit-keeper-line").nth(number).inner_text()

    def told(self, number=0):
        return self.page.locator(".kit-keeper-told").nth(number).text_content()

    def mirror(self):
        return self.page.evaluate("localStorage.getItem('kit-work A course')")

    def press(self, name, number=0):
        pressed = f"(name) => [...document.querySelectorAll('.kit-keeper')][{number}]"
        pressed += ".querySelectorAll('button').forEach((b) => b.textContent === name && b.click())"
        self.page.evaluate(pressed, name)
        self.talk()


@pytest.fixture
def desk(browser, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.route(ADDRESS, lambda route: route.fulfill(body="<p>", content_type="text/html"))
    yield Desk(page, tmp_path / "my_work.jsonl")
    context.close()


def keep(desk, *lines):
    text = "".join(Line(*line).encoded.decode() for line in lines)
    desk.page.evaluate("(text) => localStorage.setItem('kit-work A course', text)", text)
    return text


OLD = ("2026-03-05T09:30:00.000Z", "a", "old")


def test_two_notebooks_on_one_page_keep_one_copy(desk):
    one, two = desk.open(), desk.open()
    desk.talk()
    one.write("a", 1)
    two.write("b", 2)
    one.write("a", 3)
    desk.settle()
    assert desk.mirror() == desk.path.read_text()
    assert "2 answers · a copy is in this browser" in desk.line(0)
    assert "2 answers · a copy is in this browser" in desk.line(1)
    assert desk.page.evaluate("sent") == []  # they do not go on talking


def test_messages_in_any_order_make_the_same_copy(desk):
    journal = desk.open()
    desk.talk()
    held = []
    desk.kernels[0].send = held.append
    for number in range(4):
        journal.write("a", number)
    for message in [held[2], held[0], held[3], held[1], held[1]]:
        desk.deliver(0, message)
    desk.kernels[0].send = lambda message: desk.deliver(0, message)
    desk.settle()
    assert desk.mirror() == desk.path.read_text()


def test_the_offer_is_settled_in_all_notebooks_at_once(desk):
    text = keep(desk, OLD)
    desk.open(), desk.open()
    desk.talk()
    offers = desk.page.locator(".kit-keeper-offer")
    assert [offers.nth(n).is_visible() for n in (0, 1)] == [True, True]
    assert "1 answer, the newest from 5 March" in offers.nth(1).inner_text()
    desk.kernels[0].journal.write("b", 1)
    desk.settle()
    assert desk.mirror() == text  # nothing is written before the question is settled
    desk.press("Bring my work back", 1)
    desk.settle()
    assert [offers.nth(n).is_visible() for n in (0, 1)] == [False, False]
    assert desk.kernels[0].journal.state() == {"a": "old", "b": 1}
    assert desk.mirror() == desk.path.read_text()


def test_a_copy_that_somebody_removed_is_made_again(desk):
    journal = desk.open()
    journal.write("a", 1)
    desk.talk()
    desk.page.evaluate("localStorage.clear()")
    journal.write("b", 2)
    desk.talk()
    assert desk.mirror() == desk.path.read_text()


def test_what_one_notebook_cannot_save_is_not_dropped_by_another(desk):
    one, two = desk.open(), desk.open()
    desk.talk()
    one.unsaved.append(Line(now(), "a", "not on the disk"))
    desk.kernels[0]._changed()
    two.write("b", 2)
    desk.settle()
    assert "not on the disk" in desk.mirror() and '"b"' in desk.mirror()
    assert "Not saved on the disk" in desk.line(0) and "Saved" in desk.line(1)


def test_erasing_in_one_notebook_empties_what_the_others_hold(desk):
    one, _, _ = desk.open(), desk.open(), desk.open()
    desk.talk()
    one.write("a", "a secret")
    desk.settle()
    desk.page.evaluate("models[2]['comm_live_update']()")
    desk.press("Erase everything now", 1)
    desk.settle()
    assert desk.mirror() is None and desk.path.read_bytes() == b""
    assert "Nothing to save yet" in desk.line(0) and "Nothing to save yet" in desk.line(1)
    desk.press("Download my work", 0)
    desk.settle()
    assert desk.told(0) == "There is nothing to download yet."


def test_nothing_is_called_saved_before_the_kernel_said_so(desk):
    journal = desk.open()
    desk.talk()
    journal.write("a", 1)
    desk.page.locator(".kit input").first.fill("x")
    assert desk.line() == "… Saving"
    desk.page.clock.run_for(1500)  # the page asks, and nobody answers
    assert desk.line() == "… Saving"
    desk.page.clock.run_for(12_000)
    assert desk.line().startswith("! The kernel does not answer. What you enter now may not be")
    desk.talk()
    assert desk.line().startswith("✓ Saved")


def test_a_search_or_a_button_that_saves_nothing_ends_as_it_was(desk):
    journal = desk.open()
    desk.talk()
    journal.write("a", 1)
    desk.page.locator(".kit button").first.click()
    assert desk.line() == "… Saving"
    desk.settle()
    assert desk.line().startswith("✓ Saved") and "· 1 answer ·" in desk.line()


def test_a_dead_kernel_is_said_once_aloud_and_its_buttons_are_off(desk):
    journal = desk.open()
    desk.talk()
    journal.write("a", 1)
    live = desk.page.locator(".kit-keeper > .kit-hidden")
    assert live.text_content() == ""
    desk.page.evaluate("models[0]['comm_live_update']()")
    assert live.text_content().startswith("This notebook’s kernel is gone. What you saved until")
    for name in ("Erase everything now", "Load this line", "Bring my work back"):
        [off] = [
            b for b in desk.page.locator(".kit-keeper button").all() if b.text_content() == name
        ]
        assert off.is_disabled()
    desk.page.mouse.move(5, 5)
    desk.page.clock.run_for(300_000)
    assert desk.page.evaluate("sent") == []


def test_a_sign_of_life_only_while_somebody_is_there_and_every_two_minutes(desk):
    desk.open()
    desk.talk()
    signs = "sent.filter(([, message]) => message.kind === 'alive').length"
    desk.page.clock.pause_at(desk.page.evaluate("Date.now() + 1000"))
    desk.page.clock.run_for(300_000)
    assert desk.page.evaluate("sent") == []  # nobody moved
    moves = [
        lambda step: desk.page.mouse.move(100 + step, 300),
        lambda step: desk.page.keyboard.press("ArrowDown"),
        lambda step: desk.page.mouse.wheel(0, 5),
    ]
    after = []
    for step in range(12):
        moves[step % 3](step)
        desk.page.clock.run_for(50_000)
        after.append(desk.page.evaluate(signs))
    assert after == [1 + 50 * (step + 1) // 120 for step in range(12)]
    desk.page.clock.run_for(600_000)
    assert desk.page.evaluate(signs) <= after[-1] + 1  # for the last movement, and then none


def test_a_browser_that_cannot_compress_says_what_to_do(desk):
    desk.open().write("a", 1)
    desk.talk()
    desk.page.evaluate("() => { delete window.CompressionStream; }")
    desk.press("Copy as one long line")
    assert desk.told() == "This browser cannot make the line. Use Download my work instead."


def test_a_code_made_by_the_page_is_read_by_the_kernel(desk):
    journal = desk.open()
    desk.talk()
    for number in range(300):
        journal.write(f"n/{number}", "ü" * number)
    desk.press("Copy as one long line")
    code = desk.page.locator("textarea[readonly]")
    desk.page.wait_for_function("document.querySelector('textarea[readonly]').value")
    lines = journal.lines()
    journal.erase()
    desk.kernels[0]._handle_custom_msg({"kind": "load", "page": "", "text": code.input_value()}, [])
    assert journal.lines() == lines


def test_a_file_that_is_far_too_large_never_travels(desk):
    desk.open()
    desk.talk()
    paste = "() => { document.querySelectorAll('textarea')[1].value = 'x'.repeat(9_000_000); }"
    desk.page.evaluate(paste)
    desk.press("Load this line")
    assert desk.told() == "This is too large to be a copy of your work."
