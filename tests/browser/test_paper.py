"""The sheets as they come out of a printer: on few pages, nothing cut, no barrier."""

import re
from pathlib import Path

import pytest

from editions.paper.build import build
from kit import data, exercises
from tests.browser.axe import against

pytestmark = pytest.mark.weekly  # the sheets themselves are read on every change
SMALL = Path(__file__).parents[1] / "cases" / "small"
PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
MARGIN = 15  # mm, left and right, as in paper.css
PAGE = re.compile(rb"/Type\s*/Page\b")  # a page object; Chromium writes them uncompressed
# Whatever reaches beyond the right edge of what is printed, on a page as wide as the paper.
BEYOND = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder with everything that `make paper` writes."""
    folder = tmp_path_factory.mktemp("paper")
    build(data.load(), folder)
    return folder


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def printed(page, paper):
    """Return how many pages the open page has on paper."""
    return len(PAGE.findall(page.pdf(format=paper)))


def sheets(folder):
    return sorted(folder.glob("[0-9][0-9]_*.html"))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sheet_has_two_pages_or_four_at_most_and_nothing_is_cut(folder, page, paper):
    width, height = PAPERS[paper]
    inside = {"width": round((width - 2 * MARGIN) / 25.4 * 96), "height": round(height / 25.4 * 96)}
    page.set_viewport_size(inside)
    page.emulate_media(media="print")
    for path in [*sheets(folder), *(folder / f"{name}.html" for name in ("members", "claims"))]:
        page.goto(path.as_uri())
        assert page.evaluate(BEYOND) == [], path.name
        if path in sheets(folder):
            most = 4 if path.name.endswith("_stances.html") else 2  # sentences beside the choice
            assert 1 <= printed(page, paper) <= most, path.name


def test_a_sheet_that_is_too_long_would_be_seen(folder, page):
    page.goto(sheets(folder)[-1].as_uri())
    page.evaluate("() => { document.body.innerHTML += document.body.innerHTML.repeat(9); }")
    assert printed(page, "A4") > 2
    page.evaluate("() => { document.body.firstElementChild.style.width = '300mm'; }")
    assert page.evaluate(BEYOND) != []


def test_the_sheets_of_another_case_are_printed_as_well(page, tmp_path):
    build(data.load(SMALL), tmp_path)
    for path in sheets(tmp_path):
        page.goto(path.as_uri())
        assert printed(page, "A4") == 1


def test_axe_has_nothing_against_a_sheet_of_each_kind_the_list_and_the_texts(folder, page):
    kinds = {exercise.kind: id for id, exercise in exercises.load(data.load()).items()}
    wanted = ("00_code", "quiz_A", *kinds.values())
    shown = [path for path in sheets(folder) if path.stem.endswith(wanted)]
    assert len(shown) == len(wanted)
    for path in [*shown, folder / "index.html", folder / "texts.html"]:
        page.goto(path.as_uri())
        assert (path.name, against(page)) == (path.name, [])
