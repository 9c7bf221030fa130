"""A learner's page of feedback on a phone: whole, nothing scrolls sideways, whatever was typed."""

import pytest

from teach.grading import grade
from tests.browser.axe import against
from tests.browser.test_paper import BEYOND
from tests.teach.handed_in import CASE, RIGHT, content, raw

HEBREW = "טקסט בעברית עם R25 באמצע.\nAn English line.\nושוב בעברית."
TYPED = ["w" * 2_000, "Long words and short ones. " * 400, HEBREW, "\u202eabc"]


@pytest.mark.parametrize("with_solutions", [pytest.param(False, marks=pytest.mark.weekly), True])
def test_a_page_is_as_wide_as_the_window(browser, tmp_path, with_solutions):
    (tmp_path / "in").mkdir()
    written = ("final_answer", "what_would_change", "slip_report", "explain_rating")
    for n, typed in enumerate(TYPED):
        answers = {**RIGHT, **dict.fromkeys(written, typed), "attached_records": {"C16": [typed]}}
        (tmp_path / "in" / f"{n}.json").write_bytes(raw(content(f"owl-{n}", answers)))
    grade([tmp_path / "in"], tmp_path / "marks", CASE, with_solutions=with_solutions)
    page = browser.new_page()
    for path in (tmp_path / "marks" / "feedback").iterdir():
        page.goto(path.as_uri())
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.evaluate(BEYOND) == []
            assert against(page) == []
    page.close()
