"""The reader, in a page: marks by mouse and by keys, tags, selecting, and everything back again."""

import pytest

OPEN = "import kit\n\nkit.journal.open()"
SELECTED = "() => getSelection().toString()"
FOCUSED = (
    "() => document.activeElement.getAttribute('aria-label') || document.activeElement.tagName"
)
STOPS = (
    "(root) => [...root.querySelectorAll('.kit-number, .kit-tag')].filter(b => !b.tabIndex).length"
)
TOO_WIDE = """(root) => [root, ...root.querySelectorAll('.kit, .kit *')].filter((node) =>
  node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible'
).map((node) => node.className)"""


@pytest.fixture
def forum(room):
    """A reader of the forum post, just opened."""
    return shown(room, "kit.widgets.reader('forum')")


def shown(room, code):
    room.write("reading.ipynb", [OPEN, code])
    room.open("reading.ipynb")
    return again(room)


def again(room):
    room.run_all()
    output = room.output(1)
    output.locator(".kit-marks").wait_for()
    return output


def number(output, n):
    return output.get_by_role("button", name=f"Sentence {n}", exact=True)


def words(output, n):
    return output.locator(f"[data-id='{n}'] .kit-words, [data-id='forum/{n}'] .kit-words")


def keys(room, *pressed):
    for key in pressed:
        room.page.keyboard.press(key)


def test_a_click_marks_and_the_next_takes_it_away(room, forum):
    words(forum, 9).click(position={"x": 60, "y": 8})
    number(forum, 7).click()
    assert forum.get_by_text("2 of 30 sentences marked: 7, 9.").is_visible()
    assert number(forum, 9).get_attribute("aria-pressed") == "true"
    room.wait_for("marks/forum", {"7": "marked", "9": "marked"})
    number(forum, 7).click(delay=20)
    room.wait_for("marks/forum", {"9": "marked"})
    forum.get_by_text("Saved.").wait_for()


def test_marks_by_keys_alone(room, forum):
    number(forum, 1).focus()
    assert forum.evaluate(STOPS) == 1
    keys(room, "ArrowDown", "ArrowRight", "Space", "End", "Enter", "Home", "ArrowDown")
    room.wait_for("marks/forum", {"3": "marked", "30": "marked"})
    assert room.page.evaluate(FOCUSED) == "Sentence 2"
    keys(room, "Tab")
    assert room.page.evaluate(FOCUSED) == "SUMMARY"
    keys(room, "Shift+Tab", "ArrowUp", "ArrowUp")
    assert room.page.evaluate(FOCUSED) == "Sentence 1"
    keys(room, "Escape")
    assert not forum.evaluate("(root) => root.contains(document.activeElement)")


def test_selecting_to_copy_never_marks(room, forum):
    words(forum, 9).scroll_into_view_if_needed()
    place = words(forum, 9).bounding_box()
    room.page.mouse.move(place["x"] + 100, place["y"] + 10)
    room.page.mouse.down()
    room.page.mouse.move(place["x"] + 260, place["y"] + 10, steps=4)
    room.page.mouse.up()
    assert room.page.evaluate(SELECTED).strip()
    assert forum.get_by_text("None of 30 sentences marked.").is_visible()
    number(forum, 2).click()
    room.wait_for("marks/forum", {"2": "marked"})


@pytest.mark.needs("double click")
def test_a_word_selected_by_a_double_click_is_not_marked(room, forum):
    words(forum, 9).dblclick(position={"x": 80, "y": 8})
    assert len(room.page.evaluate(SELECTED).split()) == 1
    assert forum.get_by_text("None of 30 sentences marked.").is_visible()
    number(forum, 2).click()
    room.wait_for("marks/forum", {"2": "marked"})


def test_after_a_killed_kernel_every_mark_is_back(room, forum):
    for n in (5, 12):
        number(forum, n).click()
    room.wait_for("marks/forum", {"5": "marked", "12": "marked"})
    room.kill_kernel()
    room.restart_kernel()
    back = again(room)
    assert back.get_by_text("2 of 30 sentences marked: 5, 12.").is_visible()
    assert back.get_by_text("Kept from before.").is_visible()


def test_a_reader_without_its_kernel_takes_no_marks(room, forum):
    room.kill_kernel()
    room.restart_kernel()
    forum.locator("[data-kit-lost]").wait_for()
    words(forum, 9).click(force=True)
    assert forum.get_by_text("None of 30 sentences marked.").is_visible()
    assert room.journal() == {}


def test_tags_by_mouse_and_by_keys(room):
    forum = shown(room, "kit.widgets.reader('forum', tag=True)")
    words(forum, 9).click(position={"x": 60, "y": 8})
    forum.get_by_role("button", name="hedge").click()
    assert room.page.evaluate(FOCUSED) == "Sentence 9, hedge"
    keys(room, "ArrowDown", "1", "ArrowDown", "Enter", "Tab", "ArrowRight", "Enter")
    room.wait_for("tags/forum", {"9": "hedge", "10": "fact", "11": "opinion"})
    counted = "fact claim 1 · opinion 1 · hedge 1 · untagged 27"
    assert forum.get_by_text(counted).is_visible()
    keys(room, "0", "ArrowUp", "Backspace")
    room.wait_for("tags/forum", {"9": "hedge"})
    keys(room, "Enter", "Escape")
    assert room.page.evaluate(FOCUSED) == "Sentence 10, untagged"
    keys(room, "Escape")
    assert not forum.evaluate("(root) => root.contains(document.activeElement)")


def test_the_sentences_of_the_exercise_are_tagged_in_their_place(room):
    asked = shown(room, "kit.ask('sentence_types')")
    first = asked.get_by_role("group", name="Forum 9.")
    first.get_by_role("button", name="opinion").click()
    first.get_by_role("button", name="hedge").click()
    assert asked.evaluate(STOPS) == 1
    keys(room, "ArrowDown", "2", "ArrowDown", "ArrowRight", "ArrowRight", "Space")
    room.wait_for(
        "sentence_types",
        {
            "forum_9": {"type": "hedge"},
            "forum_19": {"type": "opinion"},
            "forum_30": {"type": "hedge"},
        },
    )
    words(asked, "blog_7").click()
    assert asked.get_by_text("fact claim 0 · opinion 1 · hedge 2 · untagged 7").is_visible()
    room.kill_kernel()
    room.restart_kernel()
    pressed = again(room).get_by_role("button", name="hedge", pressed=True)
    assert pressed.count() == 2


@pytest.mark.parametrize(
    "code",
    ["kit.widgets.reader('news', tag=True)", "kit.ask('sentence_types')"],
    ids=["text", "ask"],
)
def test_nothing_scrolls_sideways_on_a_narrow_page(room, code):
    room.theme = "dark"
    output = shown(room, code)
    room.width(320)
    output = room.output(1)
    assert output.evaluate(TOO_WIDE) == []
