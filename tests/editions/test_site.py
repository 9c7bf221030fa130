"""The static site: built once, then read as files; and a second time, where there is no key."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from editions.site import build
from editions.site.pages import record_page
from editions.site.run import run
from editions.site.still import SiteError, still
from editions.site.words import in_html
from kit import data, exercises

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CASE = data.load()
EXERCISES = exercises.load(CASE)
TOLD = re.compile(  # what shows the editors' dates of the texts: a table and two charts
    r"kit\.charts\.explore\(tellings.*?</figure>|tellings\[\[&quot;lane.*?</table>"
    r"|arrowprops=.*?<img[^>]*>",
    flags=re.DOTALL,
)
EMPTY = {"br", "hr", "img", "input", "link", "meta"}  # elements without an end


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as `make site` builds it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    build(folder)
    return folder


@pytest.fixture(scope="module")
def pages(site):
    """From the name of each page to what stands in it."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
    return {name: BeautifulSoup(text, "html.parser") for name, text in texts.items()}


def text_of(soup):
    return " ".join(soup.get_text().split())


def page_of(exercise):
    return f"{exercise.notebook}.html"


def test_there_is_a_page_for_each_notebook_one_for_the_record_and_a_first_one(site, pages):
    expected = {f"{path.stem}.html" for path in NOTEBOOKS} | {"index.html", "record.html"}
    assert pages.keys() == expected
    assert {path.name for path in site.iterdir()} - expected == {"paper", "site.css"}


# Sound pages


class Nesting(HTMLParser):
    """Notes each end that does not fit its beginning."""

    def __init__(self):
        super().__init__()
        self.open, self.faults = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass  # <img />

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append((tag, self.getpos()))


def test_what_opens_on_a_page_is_closed_there(site):
    for path in site.glob("*.html"):
        nesting = Nesting()
        nesting.feed(path.read_text(encoding="utf-8"))
        assert (path.name, nesting.faults, nesting.open) == (path.name, [], [])


def test_every_page_has_a_language_a_title_of_its_own_and_landmarks(pages):
    titles = {page.title.string for page in pages.values()}
    assert len(titles) == len(pages)
    for page in pages.values():
        assert page.html["lang"] == "en"
        assert all(len(page.select(f"body > {each}")) == 1 for each in ("header", "main", "footer"))
        assert page.body.find("a")["href"] == "#main"
        names = [nav["aria-label"] for nav in page.select("nav")]
        assert len(set(names)) == len(names)


def test_headings_come_in_order(pages):
    for name, page in pages.items():
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile(r"h[1-6]"))]
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(lower - upper <= 1 for upper, lower in pairwise(levels)), name


def test_every_link_arrives_and_no_id_stands_twice(site, pages):
    ids = {name: [tag["id"] for tag in page.select("[id]")] for name, page in pages.items()}
    assert all(len(set(found)) == len(found) for found in ids.values())
    for name, page in pages.items():
        for link in page.select("a[href]"):
            file, _, place = link["href"].partition("#")
            if not file.startswith(("http://", "https://")):
                assert (site / (file or name)).is_file(), (name, link)
                assert not place or place in ids[file or name], (name, link)


def test_a_page_leads_to_the_one_before_and_the_one_after(pages):
    names = [f"{path.stem}.html" for path in NOTEBOOKS]
    for kind, one, other in (("next", names, names[1:]), ("prev", names[1:], names)):
        for here, there in zip(one, other, strict=False):
            assert pages[here].select_one(f"a[rel={kind}]")["href"] == there


def test_a_page_loads_nothing_from_elsewhere_and_nothing_by_a_path_from_the_root(site, pages):
    for name, page in pages.items():
        loaded = [tag["src"] for tag in page.select("[src]")]
        loaded += [tag["href"] for tag in page.select("link[href]")]
        for address in loaded:
            assert address.startswith("data:") or (site / address).is_file(), (name, address)
        assert page.select("script[src], iframe, object, form, input, style[src]") == []
    css = (site / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"@import|url\(", css) == []


def test_every_picture_has_its_words(pages):
    pictures = [image for page in pages.values() for image in page.select("img")]
    assert len(pictures) >= 5
    assert all(len(image.get("alt", "")) > 40 for image in pictures)
    third_step = "Chart “NATO members, 1949 to 1982”. Across: date. Up: members. Line with steps"
    minutes = "Chart “Minutes to read, at 150 words a minute”. Across: minutes. Bars: blog 2.63, "
    for words in (third_step, minutes):
        assert any(image["alt"].startswith(words) for image in pictures)


# All that the notebooks hold


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_words_of_every_markdown_cell_are_on_the_page(path, pages):
    text = text_of(pages[f"{path.stem}.html"].main)
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for block in BeautifulSoup(in_html(cell.source), "html.parser").select(
                "h1, h2, h3, p, li, td"
            ):
                assert text_of(block) in text, cell.id


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.id)
def test_every_exercise_is_there_with_its_choices_and_hints(exercise, pages):
    text = text_of(pages[page_of(exercise)].main)
    prompt = BeautifulSoup(in_html(exercise.prompt), "html.parser")
    asked = [text_of(block) for block in prompt.select("p, li")]
    asked += [text_of(BeautifulSoup(in_html(hint), "html.parser")) for hint in exercise.hints]
    asked += [option.text for option in exercise.options]
    if len(exercise.columns) > 1:
        asked += [column.text for column in exercise.columns]
    if exercise.in_reader:  # its rows say where a sentence stands
        places = [exercises.place(row.id) for row in exercise.rows]
        asked += [CASE.sentences_of(text_id)[number - 1].text for text_id, number in places]
    else:
        asked += [row.text for row in exercise.rows]
    for row, cells in exercise.sentences.items():
        for column in cells:
            nearest = exercises.nearest(exercise, CASE, row, column)
            asked += [f"{each.number} {each.text}" for each in nearest]
    for each in asked:
        assert " ".join(each.split()) in text, each


def test_the_statements_of_both_tests_the_texts_and_the_record_are_there(pages):
    first, last = (text_of(pages[f"{path.stem}.html"]) for path in (NOTEBOOKS[0], NOTEBOOKS[-1]))
    for letter, text in (("A", first), ("B", last)):
        assert all(statement.text in text for statement in exercises.quiz(CASE, letter))
    for text_id in CASE.texts:
        assert all(" ".join(s.text.split()) in first for s in CASE.sentences_of(text_id))
    records = pages["record.html"].select(".kit-record")
    assert {record["id"] for record in records} == CASE.record_ids
    texts = {record["id"]: text_of(record) for record in records}
    assert all(row["what_happened"] in texts[row["record_id"]] for row in CASE.rows("record"))


def test_a_record_with_an_open_date_stands_in_the_decade_it_names():
    like = CASE.rows("record")[0]
    dates = "../1955", "1948", "1991/.."
    page = record_page([like | {"event_date": date} for date in dates], [], "Course")
    assert re.findall(r'<h2 id="(\w+)"', page) == ["1940s", "1950s", "1990s"]


def test_every_text_says_whose_it_is_and_where_it_was_found(pages):
    quoted = [article for page in pages.values() for article in page.select("article.kit-text")]
    assert len(quoted) >= len(CASE.texts)
    for article in quoted:
        assert "A text by a third party, quoted in full for study" in text_of(article)
        assert article.footer.select("a[href^=http]")


def test_the_first_page_says_what_one_will_be_able_to_do_and_how_long_it_takes(pages):
    items = pages["index.html"].select(".leaves > li")
    for path, item in zip(NOTEBOOKS, items, strict=True):
        opening, goals, *_ = nbformat.read(path, as_version=4).cells
        assert item.h3.string == opening.source.splitlines()[0].removeprefix("# ")
        minutes = re.search(r"\*\*Time:\*\* .*?\d+ minutes", goals.source)[0]
        assert minutes.replace("*", "") in text_of(item)
        points = BeautifulSoup(in_html(goals.source), "html.parser").select("li")
        assert [text_of(li) for li in item.select("li")] == [text_of(point) for point in points]


def test_the_first_page_starts_the_course_as_the_readme_does(pages):
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    lines = [line for code in pages["index.html"].select("pre") for line in code.text.splitlines()]
    assert lines[0] == "make lab" and len(lines) > 3
    assert all(any(known.startswith(line) for known in readme) for line in lines)


# Nothing that the learner is to find


def test_no_page_gives_a_reason_or_a_sample_away(pages):
    for exercise in EXERCISES.values():
        text = text_of(pages[page_of(exercise)])
        kept = [exercise.right, *(entry["reason"] for entry in exercise.wrong)]
        kept += [part for sample in exercise.samples for part in sample]
        assert [each for each in kept if len(each) > 20 and each in text] == []


@pytest.mark.weekly
def test_a_second_build_without_the_key_writes_the_same_bytes(site, tmp_path):
    """What is not there cannot be given away; and a build does not hang on the moment.

    Notebook 4 says of itself that one of its charts shows what the editors found.
    """
    for folder in ("kit", "teach", "data", "notebooks", "editions"):
        unwanted = shutil.ignore_patterns("key", "instructor", "__pycache__", "my_work.jsonl")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unwanted)
    shutil.copy(ROOT / "README.md", tmp_path)
    assert not (tmp_path / "kit" / "key").exists()
    done = subprocess.run(
        [sys.executable, "-m", "editions.site"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Built build/site: open build/site/index.html\n"
    built = tmp_path / "build" / "site"
    texts = [read_without(TOLD, folder) for folder in (site, built)]
    assert texts[0].keys() == texts[1].keys()
    assert [name for name, text in texts[0].items() if texts[1][name] != text] == []


def read_without(left_out, folder):
    """From the name of each file of the site's own to its text, but for what is to be left out."""
    paths = [path for path in folder.iterdir() if path.is_file()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    assert sum(len(left_out.findall(text)) for text in texts.values()) == 3
    return {name: left_out.sub("", text) for name, text in texts.items()}


# The parts


def test_what_a_cell_prints_is_one_output_however_slow_the_machine(tmp_path):
    """The kernel sends what is printed several times a second; two parts would be two boxes."""
    cell = new_code_cell("for n in (1, 2):\n    print(n, flush=True)")
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "prints.ipynb")
    [notebook] = run([tmp_path / "prints.ipynb"])
    assert [output.text for output in notebook.cells[0].outputs] == ["1\n2\n"]


def as_they_are(paths):
    return [nbformat.read(path, as_version=4) for path in paths]


def test_every_page_leads_to_the_sheets_and_what_an_earlier_build_left_is_gone(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(sys.modules[build.__module__], "run", as_they_are)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.html").write_text("of an earlier build", encoding="utf-8")
    build(tmp_path / "site")
    assert (tmp_path / "site" / "paper" / "index.html").exists()
    assert not (tmp_path / "site" / "old.html").exists()
    for page in (tmp_path / "site").glob("*.html"):
        assert 'href="paper/index.html"' in page.read_text(encoding="utf-8")


def test_a_form_that_no_page_can_show_is_one_sentence():
    shown = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "new"}
    output = new_output("execute_result", data=shown)
    cell = new_code_cell("kit.widgets.new()", outputs=[output], id="a-cell")
    with pytest.raises(SiteError, match=r"^cell a-cell shows a form .* editions/site/forms.py\.$"):
        still(new_notebook(cells=[cell]), CASE)


def test_the_steps_of_the_course_stay_away_from_the_pages(pages):
    assert not any(
        page.select(".kit-steps") or "kit.progress" in str(page) for page in pages.values()
    )
