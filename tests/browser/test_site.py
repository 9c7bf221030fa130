"""The static site in a real page: opened from its files and from a server, with no kernel."""

import functools
import http.server
import threading

import pytest
from playwright.sync_api import expect

from editions.site import build
from tests.browser.axe import COLOURS, against
from tests.browser.test_timeline import (
    answers_to_the_filter,
    answers_to_the_keys,
    answers_to_the_mouse,
)
from tests.browser.watch import Watch

pytestmark = pytest.mark.weekly  # building takes longest; the pages are read on every change
UNFOLD = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
WIDTH = "() => document.documentElement.scrollWidth"
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((each) => each.getBoundingClientRect().right > 320 && !each.closest("[role=group]"))
  .map((each) => each.outerHTML.slice(0, 100))"""
ALL = {"preload": False}  # it would ask for the style sheet, which a page from a file may not
CONTRAST = {**ALL, **COLOURS}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "site"
    build(folder)
    return folder


@pytest.fixture
def context(browser, site):
    """A browser context that may read the site's files and nothing else, and must not complain."""
    context = browser.new_context(has_touch=True, offline=True)
    watch = Watch(context, site.as_uri())
    yield context
    watch.stop()
    context.close()
    assert watch.complaints == []


@pytest.fixture
def figure(context, site):
    """The first timeline of notebook 4."""
    page = context.new_page()
    page.goto((site / "04_chart_the_dates.html").as_uri())
    return page.locator("figure.kit-timeline").first


def test_the_timeline_answers_to_mouse_keys_and_filter(figure):
    answers_to_the_mouse(figure)
    answers_to_the_keys(figure, figure.page.keyboard.press)
    answers_to_the_filter(figure)


@pytest.mark.needs("touch")
def test_the_timeline_answers_to_a_tap_on_a_phone(figure):
    figure.page.set_viewport_size({"width": 360, "height": 740})
    figure.get_by_role("button", name="Article, 1954. Event").tap()
    expect(figure.locator(".panel .title")).to_have_text("Article, 1954")
    expect(figure.locator(".panel blockquote").first).to_be_in_viewport()


@pytest.mark.needs("media")
def test_axe_finds_nothing_in_light_or_dark_with_all_that_is_folded_open(context, site):
    page = context.new_page()
    for path in sorted(site.glob("*.html")):
        page.emulate_media(color_scheme="light")
        page.goto(path.as_uri())
        page.evaluate(UNFOLD)
        assert (path.name, against(page, **ALL)) == (path.name, [])
        page.emulate_media(color_scheme="dark")
        assert (path.name, against(page, **CONTRAST)) == (path.name, [])


@pytest.mark.needs("media")
def test_axe_would_find_what_is_pale(context, site):
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto((site / "index.html").as_uri())
    page.add_style_tag(content=".time { color: #333 !important; }")
    assert len(against(page, **CONTRAST)) == 6


def test_no_page_scrolls_sideways_on_the_narrowest_screen(context, site):
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in sorted(site.glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate(UNFOLD)
        found = path.name, page.evaluate(WIDTH), page.evaluate(TOO_WIDE)
        assert found == (path.name, 320, [])


def test_the_first_tab_leads_past_the_navigation(context, site):
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Begin with the first notebook")).to_be_focused()


def test_a_reader_walks_through_the_course_below_any_address(browser, site):
    files = functools.partial(Quiet, directory=site.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        address = f"http://127.0.0.1:{server.server_port}/site/"
        watch, page = Watch(context, address), context.new_page()
        page.goto(address)
        page.get_by_role("link", name="Begin with the first notebook").click()
        titles = [page.locator("h1").inner_text()]
        while page.locator("a[rel=next]").count():
            page.locator("a[rel=next]").click()
            page.wait_for_load_state()
            titles.append(page.locator("h1").inner_text())
        context.close()
        server.shutdown()
    assert (len(titles), len(set(titles))) == (6, 6)
    assert watch.complaints == []


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_what):
        pass
