"""The timeline in a real page: by mouse, keys and touch, with a kernel, without one, in a file."""

import re

import nbformat
import pandas as pd
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

import kit
from kit import charts, measures
from kit.charts import style
from kit.charts.explore import COLUMNS, explorer
from kit.charts.figure import figure as still

CASE = kit.data.load()
TEXTS = measures.tellings(CASE)
WITNESSES = measures.recollections(CASE)
CELLS = [
    "import kit\ncase = kit.data.load()",
    "kit.charts.explore(kit.measures.tellings(case), case.enlargement)",
    "kit.charts.explore(kit.measures.recollections(case), case.enlargement)",
]
C08 = next(row["quote"] for row in CASE.rows("claims") if row["claim_id"] == "C08")
R54 = next(row["short_quote"] for row in CASE.rows("record") if row["record_id"] == "R54")
STILL = still(charts.enlargement, CASE.enlargement)
HOSTILE = "</script><img src=x onerror=alert(1)>“x” <!-- & &amp;"


def notebook(*tables):
    """A notebook as it is saved after a run, that nobody has trusted."""
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    made = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    for table in tables:
        data = {"text/html": explorer(table, CASE.enlargement), "text/plain": "HTML"}
        shown = nbformat.v4.new_output("display_data", data=data)
        made.cells.append(nbformat.v4.new_code_cell("kit.charts.explore(…)", outputs=[shown]))
    return made


@pytest.fixture
def page(browser, tmp_path):
    """A page saved by nbconvert and opened from its file, with touch; it must not complain."""
    context = browser.new_context(has_touch=True, offline=True)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))

    def open_file(*tables, width=1280):
        html = HTMLExporter(template_name="lab").from_notebook_node(notebook(*tables))[0]
        # What nbconvert itself would load from elsewhere is no part of the timeline.
        html = re.sub(r'<script[^>]* src="https?:[^>]*>\s*</script>', "", html)
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((tmp_path / "page.html").as_uri())
        return page

    page.open_file = open_file
    yield page
    context.close()
    assert complaints == []


def mark(figure, name):
    return figure.get_by_role("button", name=name)


def button(figure, name):
    return figure.get_by_role("button", name=name, exact=True)


def panel(figure):
    return figure.locator(".panel")


def title(figure):
    return panel(figure).locator(".title")


def answers_to_the_mouse(figure):
    mark(figure, "Blog, 2000. Event: 2000 (year)").hover()
    expect(panel(figure)).to_contain_text(C08)
    for words in ("Blog, C08", "no earlier than 24 February 2022", "21 years or more"):
        expect(panel(figure)).to_contain_text(words)
    mark(figure, "Forum, 2000").hover()
    expect(title(figure)).to_have_text("Forum, 2000")
    mark(figure, "Article, 1954").click()
    mark(figure, "Fact-check, 2021").hover()  # so far away that no panel lies over it
    expect(title(figure)).to_have_text("Article, 1954")
    button(figure, "Close").click()
    expect(title(figure)).to_have_count(0)
    expect(mark(figure, "Article, 1954")).to_be_focused()


def answers_to_the_keys(figure, press):
    """Left and right in time, up and down between lanes, one Tab stop, Escape lets go."""
    mark(figure, "Article, 1954").focus()
    for key, arrived in [
        ("ArrowRight", "Fact-check, 1954"),
        ("ArrowRight", "Article, 1990"),
        ("ArrowDown", "News, 1991"),
        ("ArrowUp", "Article, 1991"),
        ("End", "Fact-check, 2021"),
        ("ArrowRight", "Fact-check, 2021"),
        ("Home", "Article, 1954"),
        ("ArrowLeft", "Article, 1954"),
    ]:
        press(key)
        expect(mark(figure, f"{arrived}. Event")).to_be_focused()
        expect(title(figure)).to_have_text(arrived)
    assert figure.locator(".mark[tabindex='0']").count() == 1
    press("Tab")
    expect(button(figure, "← Earlier")).to_be_focused()
    press("Shift+Tab")
    press("Escape")
    expect(title(figure)).to_have_count(0)


def answers_to_the_filter(figure):
    blog = button(figure, "Blog")
    blog.press("Space")
    expect(blog).to_have_attribute("aria-pressed", "false")
    expect(figure.get_by_role("status")).to_have_text("Shown: 12 of 13 accounts")
    expect(mark(figure, "Blog, 2000")).to_have_count(0)
    button(figure, "None").click()
    expect(figure.get_by_role("status")).to_have_text("Shown: 0 of 13 accounts")
    blog.click()
    expect(figure.get_by_role("status")).to_have_text("Shown: 1 of 13 accounts")
    expect(mark(figure, "Blog, 2000")).to_have_attribute("tabindex", "0")
    button(figure, "All").click()
    expect(figure.get_by_role("status")).to_have_text("Shown: 13 of 13 accounts")


def ids_clash(page):
    return page.evaluate(
        "() => { const ids = [...document.querySelectorAll('svg [id]')].map((one) => one.id);"
        " return ids.length - new Set(ids).size; }"
    )


# A page saved as a file


def test_a_saved_page_answers_to_mouse_keys_and_filter(page):
    page.open_file(TEXTS)
    figure = page.locator("figure")
    answers_to_the_mouse(figure)
    answers_to_the_keys(figure, page.keyboard.press)
    answers_to_the_filter(figure)


@pytest.mark.needs("touch")
def test_a_tap_shows_the_account_and_the_buttons_step_on(page):
    page.open_file(WITNESSES, width=320)
    figure = page.locator("figure")
    mark(figure, "George Robertson, R54").tap()
    expect(panel(figure)).to_contain_text(R54)
    button(figure, "Later →").tap()
    expect(title(figure)).to_have_text("Vladimir Putin, R66")
    button(figure, "← Earlier").tap()
    expect(title(figure)).to_have_text("George Robertson, R54")
    for part in (".panel", ".choice"):
        box = figure.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320
    for one in figure.locator(".steps button").all():
        assert min(one.bounding_box()["width"], one.bounding_box()["height"]) >= 24


def test_every_mark_can_be_hit_within_24_pixels(page):
    page.open_file(TEXTS, width=320)
    for reach in page.locator(".reach").all():
        box = reach.bounding_box()
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("width", [1280, pytest.param(1024, marks=pytest.mark.weekly), 390])
def test_what_a_mark_says_stands_beside_it_inside_the_page(page, width):
    page.open_file(TEXTS, width=width)
    page.set_viewport_size({"width": width, "height": 600})
    figure = page.locator("figure")
    for one in figure.locator(".mark").all():
        one.focus()
        said, at = panel(figure).bounding_box(), one.locator(".ring").bounding_box()
        assert said["y"] >= -1 and said["y"] + said["height"] <= 601
        assert said["x"] >= 0 and said["x"] + said["width"] <= width
        above, below = at["y"] - said["y"] - said["height"], said["y"] - at["y"] - at["height"]
        assert 0 <= max(above, below) <= 8, "beside the mark, and not on it"


def test_what_the_pointer_has_left_goes_and_what_is_chosen_stays(page):
    page.open_file(TEXTS)
    figure = page.locator("figure")
    mark(figure, "Forum, 2000").hover()
    panel(figure).hover()
    page.wait_for_timeout(500)
    expect(title(figure)).to_have_text("Forum, 2000")
    page.mouse.move(1270, 790)
    expect(panel(figure)).to_be_hidden()
    mark(figure, "Forum, 2000").click()
    page.mouse.move(1270, 790)
    page.wait_for_timeout(500)
    expect(title(figure)).to_have_text("Forum, 2000")


def test_a_page_shows_the_drawing_that_it_has_room_for(page):
    """Still or answering, at the size it was drawn for or above, and never wider than its place."""
    page.open_file(TEXTS)
    page.evaluate("html => document.body.insertAdjacentHTML('afterbegin', html)", STILL)
    for room, shown in ((1000, "wide"), (600, "narrow"), (390, "narrow")):
        boxes = page.locator(".kit-chart")
        boxes.evaluate_all(
            "(boxes, room) => boxes.forEach(box => (box.style.width = `${room}px`))", room
        )
        for box in boxes.all():
            drawing = box.locator("> :is(img, svg):visible").first
            least = 96 * (style.WIDE if shown == "wide" else style.NARROW) - 1
            expect(drawing).to_have_css("display", "block")
            assert drawing.bounding_box()["width"] >= least
            assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
            assert box.locator("img:visible").count() + box.locator("svg:visible").count() // 2 == 1


def test_timelines_on_one_page_do_not_disturb_each_other(page):
    page.open_file(TEXTS, WITNESSES, TEXTS)
    first, second, third = (page.locator("figure").nth(n) for n in range(3))
    assert ids_clash(page) == 0
    button(first, "Blog").click()
    mark(first, "News, 2001").click()
    expect(title(first)).to_have_text("News, 2001")
    mark(second, "Bill Clinton, R58").click()
    expect(title(first)).to_have_count(0)
    expect(title(second)).to_have_text("Bill Clinton, R58")
    expect(third.get_by_role("status")).to_have_text("Shown: 13 of 13 accounts")
    expect(title(third)).to_have_count(0)
    expect(first.get_by_role("status")).to_have_text("Shown: 12 of 13 accounts")
    button(second, "None").click()
    expect(mark(first, "News, 2001")).to_have_count(1)


def test_a_hostile_quote_is_shown_and_not_obeyed(page):
    row = [HOSTILE, HOSTILE, "2000", "2001", HOSTILE, HOSTILE]
    page.open_file(pd.DataFrame([row], columns=COLUMNS))
    figure = page.locator("figure")
    figure.locator(".mark").click()
    expect(panel(figure).locator("blockquote p")).to_have_text(HOSTILE)
    assert page.locator("img").count() == 0


# In JupyterLab and Notebook


@pytest.mark.stacks("lab", weekly=("binder", "notebook7"))
def test_it_answers_in_the_notebook(room):
    room.write("timelines.ipynb", CELLS)
    room.open("timelines.ipynb")
    room.run_all()
    room.run_all()
    second = room.output(2).locator("figure")
    mark(second, "George Robertson, R54").click()
    expect(panel(second)).to_contain_text(R54)
    first = room.output(1).locator("figure")
    press = room.page.keyboard.press
    answers_to_the_mouse(first)
    answers_to_the_keys(first, press)
    answers_to_the_filter(first)
    assert ids_clash(room.page) == 0
    assert room.page.locator(".jp-Cell").count() == len(CELLS)


def test_it_answers_when_kernel_and_server_are_gone(room):
    room.write("timelines.ipynb", CELLS[:2])
    room.open("timelines.ipynb")
    room.run_all()
    room.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    room.kill_kernel()
    room.restart_kernel()
    figure = room.output(1).locator("figure")
    answers_to_the_keys(figure, room.page.keyboard.press)
    room.open("timelines.ipynb")  # trusted, because it ran here; nothing has run in this kernel
    figure = room.output(1).locator("figure")
    answers_to_the_mouse(figure)
    answers_to_the_keys(figure, room.page.keyboard.press)
    room.kill_server()
    # Jupyter says so in a dialog, which the room closes; a click just as it opens would be lost.
    room.page.wait_for_function("document.querySelector('dialog, .jp-Dialog') !== null")
    expect(room.page.get_by_role("dialog")).to_have_count(0)
    answers_to_the_filter(figure)


def test_without_trust_picture_and_table_stand(room):
    nbformat.write(notebook(TEXTS), room.lab.notebooks / "untrusted.ipynb")
    room.open("untrusted.ipynb")
    output = room.output(0)
    expect(output.get_by_role("img")).to_be_visible()
    assert output.get_by_role("img").evaluate("image => image.naturalWidth") > 600
    output.get_by_text("Table behind this chart").click()
    expect(output.get_by_role("cell", name=C08)).to_be_visible()
    shown = output.inner_text()
    assert [word for word in ("function", "kit-timeline", "{", '"lanes"') if word in shown] == []
    assert output.get_by_role("button").count() == 0
