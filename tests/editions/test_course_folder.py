"""`make case`: a case folder becomes a course of its own, from which the real case has gone."""

import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from editions.course import folder as course_folder
from editions.course.__main__ import main
from kit import data, exercises
from kit.errors import KitError
from tests.editions.test_course import NAMES, STANDARD
from tests.made_up_case import two_texts, uncounted
from tests.notebooks.lint_notebooks import LINK, read
from tests.notebooks.runs import run_notebooks
from tests.test_house import ROOT

BISCUITS = ROOT / "tests" / "cases" / "biscuits"
TOLD = {
    "biscuits": "exercises: 27, 100 points; the key answers 20",
    "bridge-league": "exercises: 6, 12 points; the key answers 3",
}


@pytest.fixture(
    scope="module", params=[pytest.param("biscuits", marks=pytest.mark.weekly), "bridge-league"]
)
def course(request, tmp_path_factory):
    """The course of five texts that counts members, and one of two texts that counts nothing."""
    place = tmp_path_factory.mktemp("case")
    folder = BISCUITS if request.param == "biscuits" else two_texts(place / "mine")
    return course_folder.build(folder, place)


def python(course, *command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=course, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def texts(course, *ends):
    return {path: path.read_text("utf-8") for path in course.rglob("*") if path.suffix in ends}


def test_its_data_hold_by_its_own_kit(course):
    assert TOLD[course.name] in python(course, "teach", "check-data")
    case = data.load(course / "data", course / "kit" / "key")
    assert not (course / "data" / "key").exists()
    whole = re.search(r", (\d+) points;", TOLD[course.name])[1]
    assert f"The course has {whole} points." in (course / "docs" / "points.md").read_text("utf-8")
    assert case.dictionary["name"] == course.name


def test_its_notebooks_run_unanswered(course, tmp_path):
    places = {path: tmp_path / path.stem for path in sorted(course.glob("notebooks/0*.ipynb"))}
    for place in places.values():
        place.mkdir()
    ran = run_notebooks(places, before=f"import os; os.chdir({str(course)!r})\n")
    assert len(ran) == 6
    assert {path.stem: (run.code, run.stderr) for path, run in ran.items()} == {
        path.stem: (0, "") for path in places
    }


def test_its_notebooks_have_every_exercise_and_can_be_built_there_again(course):
    cells = [cell for path in course.glob("notebooks/0*.ipynb") for cell in read(path).cells]
    tags = [tag for cell in cells for tag in cell.metadata.get("tags", []) if "exercise:" in tag]
    ids = set(exercises.load(data.load(course / "data")))
    assert {tag.removeprefix("exercise:") for tag in tags} == ids
    known = json.loads((course / "kit" / "notebooks.json").read_text("utf-8"))
    assert {id for each in known.values() for id in each["tasks"]} == ids
    assert "as built" in python(course, "editions.course", "--check")


def test_nothing_of_the_real_case_is_in_it(course):
    shown = texts(course, ".md", ".ipynb", ".cff", ".csv", ".toml", ".txt", ".svg", ".json")
    own = " ".join(texts(course / "data", ".csv", ".toml", ".txt", ".json", ".md").values())
    tells = NAMES - capitals(own) - {"State"}  # the page on hubs speaks of a state of the server
    assert {"NATO", "Putin", "Russia", "Poland"} <= tells
    for path, text in shown.items():
        for sentence in STANDARD:
            text = text.replace(sentence, "")
        assert capitals(text) & tells == set(), path


def capitals(text):
    return set(re.findall(r"\b[A-Z]\w+", text))


def test_its_own_pages_name_it_and_have_sound_links(course):
    case = data.load(course / "data")
    readme = (course / "README.md").read_text("utf-8")
    assert readme.startswith(f"# {case.title}\n\n**{case.question}**")
    assert "mybinder.org/v2/gh/YOUR-ACCOUNT/" + course.name + "/v" in readme
    cited = yaml.safe_load((course / "CITATION.cff").read_text("utf-8"))
    assert cited["title"] == case.title and cited["url"].endswith(f"/{course.name}/")
    licence = (course / "LICENSE").read_text("utf-8")
    assert f"({case.title})" in licence and "The five texts" not in licence
    lite = (course / "editions" / "lite" / "README.md").read_text("utf-8")
    assert lite.startswith(f"# {case.title} in the browser alone") and "show-p18" not in lite
    for id, described in case.described.items():
        assert f"texts/{id}.txt: {described['licenses'][0]['title']}" in licence
    log = (course / "docs" / "errors_found.md").read_text("utf-8")
    assert "| found | in release |" in log and not re.search(r"^\| 20", log, re.MULTILINE)
    for path, text in texts(course, ".md").items():
        for _, _, target in LINK.findall(text):
            place = target.partition("#")[0]
            assert target.startswith(("http", "#")) or (path.parent / place).exists(), target


def test_it_can_be_published_under_its_own_name(course, tmp_path):
    copy = shutil.copytree(course, tmp_path / "copy")
    told = python(copy, "editions.publish", "our-school")
    assert f"https://github.com/our-school/{course.name}/settings/pages" in told
    for page in ("README.md", "CITATION.cff", "docs/hub.md"):
        text = (copy / page).read_text("utf-8")
        assert f"our-school/{course.name}" in text or f"our-school%2F{course.name}" in text
        assert "asked-to-join" not in text


def test_it_has_what_binder_a_hub_and_paper_need(course):
    for path in ("binder/postBuild", "docs/hub/jupyter_server_config.py", "editions/lite/build.py"):
        assert (course / path).exists()
    for path in ("tests", "benchmarks", "CHANGELOG.md", "notebooks/instructor/lesson_plans.md"):
        assert not (course / path).exists()
    python(course, "editions.paper")
    made = (course / "build" / "paper" / "members.html").exists()
    assert made == (course.name == "biscuits")


# What is refused


def test_a_case_that_does_not_hold_is_refused_with_the_sentence_of_check_data(tmp_path, capsys):
    folder = uncounted(tmp_path / "mine")
    path = folder / "record.csv"
    path.write_text(path.read_text("utf-8").replace("1921-06-12", "1921-06-31"), encoding="utf-8")
    assert main([str(folder)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("mine/record.csv, row 4, column told_date:") and told.count("\n") == 1


REFUSED = {
    "words.toml, [03_rate_reliability], records: there is no 'R99'": (
        "words.toml", "[03_rate_reliability]\nrecords = ['R01', 'R99']",
    ),
    "words.toml, bodi: no notebook asks for it. Did you mean body?": ("words.toml", "bodi = 'x'"),
    "words.toml is not valid TOML": ("words.toml", "body ="),
    "[01_meet_the_sources.floor]: 'records' is missing; add it, or take the": (
        "words.toml", "[01_meet_the_sources.floor]\ntext = 'notice'",
    ),
    "[04_chart_the_dates], day: \"June\" is not a date": (
        "words.toml", "[04_chart_the_dates]\nday = 'June'",
    ),
    "[02_compare_the_claims.example], nearest: notice has the sentences 1 to": (
        "words.toml",
        "[02_compare_the_claims.example]\nproposition = 'P1'\nin_short = 'x'\nreading = 'x'\n"
        "nearest = { notice = 99 }",
    ),
    "[texts]: there is no 'notise' among gazette, notice": ("words.toml", "texts.notise = 'x'"),
    "[[verbs]]: write `verb` and `means`": ("words.toml", "[[verbs]]\nverb = 'asked'"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", REFUSED)
def test_wrong_words_are_one_sentence_and_nothing_is_built(sentence, tmp_path):
    folder = two_texts(tmp_path / "mine")
    name, text = REFUSED[sentence]
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(KitError, match=re.escape(sentence)) as caught:
        course_folder.build(folder, tmp_path)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "bridge-league").exists()


def test_an_exercise_of_no_notebook_is_one_sentence(tmp_path):
    folder = uncounted(tmp_path / "mine")
    with pytest.raises(KitError, match=r"exercise 'who_recalls'.*'01_bridge', which is none of"):
        course_folder.build(folder, tmp_path)


@pytest.mark.parametrize("kept", [".git", "notebooks/my_work.jsonl"])
def test_a_course_in_which_somebody_has_worked_stays_as_it_is(kept, tmp_path):
    place = tmp_path / "bridge-league" / kept
    place.parent.mkdir(parents=True)
    place.write_text("work", encoding="utf-8")
    with pytest.raises(KitError, match="somebody has worked"):
        course_folder.build(two_texts(tmp_path / "mine"), tmp_path)
    assert place.read_text("utf-8") == "work"
