"""Another question in one folder: an invented case as `data/`, and the whole course runs with it.

No file of the kit and no code cell is changed. What the real case alone could have told (a name, a
country) must then be nowhere in what the course shows, marks or reports: that finds what is baked
into the code.
"""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from editions.worked import build as build_worked
from kit import data, exercises, journal, submission
from teach.cli import main
from teach.grading import rubric
from teach.report.invented_class import example_class, right_chart
from tests.pace import PACE

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kit", "teach")
CASE = data.load(ROOT / "tests" / "cases" / "biscuits")
REAL = data.load()
EXERCISES = exercises.load(CASE)
CODE = "plum-scone-7"
WRITTEN = (
    "Raised: yes, on the radio (R25). Asked: told in 2021 (R54). Offered: by Pemberton (R29). "
    "Applied: no tin was handed in (R46)."
)
DRAW_AS_TEXT = (
    'c.InlineBackend.figure_formats = {"svg"}\n'  # a comment in an SVG says what is drawn
)


def right(exercise):
    """The answer that gets full points, as the journal keeps it."""
    if exercise.kind == "written":
        return WRITTEN
    if exercise.kind == "rating":
        return {
            row.id: {c.id: rated(c, exercise) for c in exercise.columns} for row in exercise.rows
        }
    answer = exercises.answer_of(exercise, CASE).value
    return right_chart(answer) if exercise.kind in ("chart", "marks") else answer


def rated(column, exercise):
    value = column.values[0] if column.values else column.range[0]
    return {"value": value, "evidence": 1 if exercise.evidence else None}


RIGHT = {id: right(exercise) for id, exercise in EXERCISES.items()}
QUIZ = {
    f"quiz_{form}": {
        each.id: {"answer": CASE.key.answers["quiz"][each.id], "confidence": 90}
        for each in exercises.quiz(CASE, form)
    }
    for form in "AB"
}


# The course with the folder in place of its own data


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The packages and the notebooks as they are, and the invented case as `data/`."""
    folder = tmp_path_factory.mktemp("another") / "course"
    cache = shutil.ignore_patterns("__pycache__")
    for package in (*PACKAGES, "editions"):
        shutil.copytree(ROOT / package, folder / package, ignore=cache)
    shutil.copytree(CASE.path, folder / "data")
    shutil.copy(ROOT / "LICENSE", folder)
    (folder / "notebooks").mkdir()
    for notebook in notebooks(ROOT):
        shutil.copy(notebook, folder / "notebooks")
    return folder


def notebooks(root):
    return sorted((root / "notebooks").glob("*.ipynb"))


def sources(root):
    """{name: the source of its code cells} of the six notebooks."""
    pages = {path.name: nbformat.read(path, as_version=4) for path in notebooks(root)}
    return {
        name: [cell.source for cell in page.cells if cell.cell_type == "code"]
        for name, page in pages.items()
    }


def python(course, *arguments, code=0):
    """Run Python with the kit of that course; return its output, if its exit code is this one."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def answered(course):
    """A journal in which everything is answered."""
    path = course / "answered.jsonl"
    given = {**RIGHT, **QUIZ, "committed": {"ratings": True}}
    path.write_text(build_worked.journal(given), encoding="utf-8")
    return journal.Journal(path)


@pytest.fixture(scope="module")
def ran(course, answered):
    """All code cells, run with no answer given and once more with all: (cells, widgets).

    One kernel for all saves time; between two notebooks it forgets what the first one named.
    """
    again = f"%env KIT_WORK={answered.path}"
    whole = [cell for code in sources(course).values() for cell in ("%reset -f", *code)]
    cells = [nbformat.v4.new_code_cell(source) for source in [*whole, again, *whole]]
    page = nbformat.v4.new_notebook(cells=cells)
    profile = course / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(DRAW_AS_TEXT, encoding="utf-8")
    client = NotebookClient(
        page,
        timeout=60 * PACE,
        kernel_name="python3",
        resources={"metadata": {"path": str(course / "notebooks")}},
        store_widget_state=True,
    )
    places = {"PYTHONPATH": course, "IPYTHONDIR": course / "ipython", "KIT_WORK": course / "none"}
    client.execute(env={**os.environ, **{name: str(path) for name, path in places.items()}})
    return page.cells, page.metadata.widgets


@pytest.fixture(scope="module")
def marked(course, answered):
    """A folder of marks: our learner's, with the levels of a person, and an invented class's."""
    incoming, out = course / "incoming", course / "marks"
    incoming.mkdir()
    submission.pack(answered, CASE, CODE, incoming)
    for content in example_class(CASE, 30):
        path = incoming / f"handin-{content['code']}.json"
        path.write_text(submission.as_file(content), encoding="ascii")
    mark = ("-m", "teach", "grade", incoming, "--out", out, "--solutions")
    python(course, *mark, code=3)  # written answers of the class wait
    for id in [id for id, exercise in EXERCISES.items() if exercise.kind == "written"]:
        level = {"level": 4, "note": "", "text": rubric.fingerprint(WRITTEN)}
        rubric.journal(out, "ada").write(f"{CODE}/{id}", level)
    python(course, *mark, code=3)  # written answers of the class wait
    return out


def test_the_folder_holds_and_its_own_key_is_used(course):
    told = python(course, "-m", "teach", "check-data")
    assert told.startswith("A Tin at the Door: the data hold.")
    assert "key: stances 60, claims 24, ratings 5" in told
    assert "exercises: 27, 100 points; the key answers 20" in told


def test_without_a_key_of_its_own_it_has_none_and_answers_are_recorded(course, tmp_path):
    for package in PACKAGES:
        shutil.copytree(course / package, tmp_path / package)
    shutil.copytree(CASE.path, tmp_path / "data", ignore=shutil.ignore_patterns("key"))
    assert "key: none" in python(tmp_path, "-m", "teach", "check-data")
    state = "import kit; print(kit.exercises.check('members_1954', 12, kit.data.load()).state)"
    assert python(tmp_path, "-c", state) == "recorded\n"


def test_no_code_is_changed(course):
    assert sources(course) == sources(ROOT)
    for path in [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]:
        assert (course / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_the_notebooks_run_answered_or_not(ran):
    cells, _ = ran
    checks, forms = (
        [json.dumps(cell.outputs) for cell in cells if f"kit.{name}(" in cell.source]
        for name in ("check", "ask")
    )
    assert len(checks) + len(forms) == 2 * len(EXERCISES)
    assert all("Not answered" in shown for shown in checks)
    assert all("Asleep. Your answers are kept." in shown for shown in forms)


def test_every_answer_is_right_by_the_invented_key():
    checker = exercises.Checker(CASE)
    states = {id: checker.check(id, answer).state for id, answer in RIGHT.items()}
    judged = {id for id, each in EXERCISES.items() if each.kind not in ("rating", "written")}
    assert {id for id, state in states.items() if state == "correct"} == judged
    assert {id for id, state in states.items() if state == "recorded"} == states.keys() - judged


def test_whoever_answers_all_gets_all_points(marked):
    lines = (marked / "marks.csv").read_text(encoding="utf-8-sig").splitlines()
    head, mine = lines[0].split(","), next(line for line in lines if line.startswith(CODE))
    assert dict(zip(head, mine.split(","), strict=True))["points"] == "100"


FAULTS = {
    'record = "R61"': ('record = "R99"', "'recollection_lag': the rule 'lag_years' cannot be"),
    'claims = ["C03"': ('claims = ["C99"', "'verdicts': the rule 'verdicts' cannot be followed"),
    'on = "1954-03-31"': ('at = "1954-03-31"', "'members_1954': the rule 'members' cannot be"),
    'news_9 = ["fact"]': ('news_9 = ["facts"]', "'sentence_types' has 'facts', which is none of"),
    'answer = "acts"': ('answer = "act"', "'two_clocks' has 'act', which is none of the options"),
    'R54 = { verb = "asked" }': ('R55 = { verb = "asked" }', "'R54' is only in one of the two"),
    "blog_7 = { type": ("blog_7 = { kind", "The columns of 'sentence_types' are type, but"),
    'answer = ["fair", "tea", "gingerham"]': ("answer = []", "'slips': no answer stands there"),
    'computed = "lag_years"': ('computed = ["lag_years"]', "there is no rule ['lag_years']"),
    'answer = "cut_b"': ('answer = ["cut_b"]', "The key's answer to 'letter_cut' cannot be given"),
    "[letter_cut]": ("[letter_cuts]", "there is no exercise 'letter_cuts' in exercises.toml"),
    "a3 = true": ('a3 = "yes"', "[quiz]: write true or false for each of a1, a2"),
    "b4 = false": ("b4 = false\nb5 = true", "b3, b4 and for nothing else"),
}


@pytest.mark.parametrize("right", FAULTS)
def test_a_fault_in_the_key_is_one_sentence_before_any_learner_meets_it(right, tmp_path, capsys):
    folder = Path(shutil.copytree(CASE.path, tmp_path / "mine"))
    wrong, sentence = FAULTS[right]
    path = folder / "key" / "answers.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    assert main(["check-data", str(folder)]) == 1
    told = capsys.readouterr().err
    assert sentence in told and told.count("\n") == 1


# Nothing of the real case is left


def words(*texts):
    """The words with a capital letter, such as names, in any texts."""
    return {word for text in texts for word in re.findall(r"\b[A-Z]\w+", text)}


def everything(case):
    return [p.read_text("utf-8") for p in case.path.rglob("*") if p.suffix in (".csv", ".toml")]


PLAIN = {"Baker", "Dates", "Other", "Person", "State"}  # the kit's own; Baker (1968) is a study
NAMES = (
    words(
        *(row["who"] for row in REAL.rows("record")),
        *(row["witness"] for row in REAL.rows("record")),
        *(row["names_people"] for row in REAL.rows("sources")),
        *(row["proposition"] for row in REAL.rows("propositions")),
        *(row["country"] for row in REAL.rows("enlargement")),
        REAL.question,
    )
    - words(*everything(CASE), CASE.question)
    - PLAIN
)


def said(shown):
    """What an output (str) says, pictures included: they hold their words as comments."""
    svg = re.compile(r"data:image/svg\+xml;base64,([\w+/=]+)")
    png = re.compile(r'(?<="image/png": ")[\w+/=]+')
    shown = svg.sub(lambda found: base64.b64decode(found[1]).decode(), shown)
    return png.sub(lambda found: " ".join(png_texts(base64.b64decode(found[0]))), shown)


def png_texts(data):
    with Image.open(io.BytesIO(data)) as image:
        return image.text.values()


def test_there_are_names_to_look_for():
    assert {"NATO", "Putin", "Russia", "Robertson", "Clinton", "Primakov", "Poland"} <= NAMES
    assert "Title: NATO grew" and words(said("<!-- NATO grew -->")) & NAMES == {"NATO"}


def test_no_output_of_a_code_cell_names_the_real_case(ran):
    cells, widgets = ran
    for cell in cells:
        shown = said(json.dumps(cell.outputs, ensure_ascii=False))
        assert words(shown) & NAMES - words(cell.source) == set(), cell.source
    assert words(json.dumps(widgets, ensure_ascii=False)) & NAMES == set()


def test_no_mark_feedback_or_hand_in_names_the_real_case(course, marked):
    paths = [*marked.rglob("*.csv"), *marked.rglob("*.html"), *(course / "incoming").iterdir()]
    assert len(paths) > 60
    for path in paths:
        assert words(path.read_text(encoding="utf-8")) & NAMES == set(), path.name


def test_the_report_names_the_real_case_nowhere(course, marked):
    page = course / "report.html"
    python(course, "-m", "teach", "report", marked, "--out", page)
    text = page.read_text(encoding="utf-8")
    assert "A Tin at the Door: Did Mayor Quibble" in text
    assert words(text) & NAMES == set()


def test_the_autograder_takes_the_invented_case_and_its_key_and_no_other(course):
    python(course, "-m", "teach", "autograder", "--out", "autograder.zip")
    with zipfile.ZipFile(io.BytesIO((course / "autograder.zip").read_bytes())) as packed:
        names = packed.namelist()
        texts = [packed.read(name).decode() for name in names if name.startswith("data/")]
    assert "data/key/answers.toml" in names
    assert not [name for name in names if name.startswith("kit/key/")]
    assert words(*texts) & NAMES == set()


def test_an_export_names_the_real_case_nowhere(course, marked):
    path = f"incoming/handin-{CODE}.json"
    told = python(course, "-m", "editions.claimreview", path, "--out", "exports")
    texts = [path.read_text(encoding="utf-8") for path in (course / "exports").iterdir()]
    assert len(texts) == 1
    assert words(told, *texts) & NAMES == set()
