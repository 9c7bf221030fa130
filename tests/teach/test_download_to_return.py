"""From a platform's download to the zip it takes back, with the commands of the docs as they stand.

Classes of six, all invented: one handed in late, one twice, one not at all. The zip is then read
as the platform's own source reads it.
"""

import csv
import io
import re
import shlex
import zipfile
from pathlib import Path

import pytest

from teach.cli import main
from teach.grading import rubric
from tests.teach.handed_in import EXERCISES, content, raw, some_answers

DOCS = Path(__file__).resolve().parents[2] / "docs" / "download_to_return.md"
LATER = "2026-03-06T10:00:00.000Z"
# (first name, last name, code, the number a platform gives), in the order of the gradebook
CLASS = [
    ("Anna", "O'Brien", "owl-1", 4711),
    ("Björn", "Müller-Lüdenscheidt", "fox-2", 4712),
    ("李", "小龙", "elk-3", 4713),
    ("Sam", "Lee", "bee-4", 4714),
    ("Zoë", "van der Berg", "cat-5", 4715),
    ("Kim", "Kim", "", 4716),
]
LATE, TWICE = "fox-2", "bee-4"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Asked to Join (77)\n    Points Possible,,,,,100\n"
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Asked to Join Points Grade "
    "<Numeric MaxPoints:100>,End-of-Line Indicator\n"
)


def commands(platform):
    """Return the commands that the docs give for a platform, as lists of arguments."""
    part = DOCS.read_text(encoding="utf-8").split(f"## {platform}\n")[1].split("\n## ")[0]
    lines = re.search("```\n(.*?)```", part, re.DOTALL)[1].splitlines()
    assert all(line.startswith("python -m teach ") for line in lines)
    return [shlex.split(line)[3:] for line in lines]


def letters(*names):
    return "".join(filter(str.isalnum, "".join(names).lower()))


def canvas_download():
    for first, last, code, number in CLASS:
        late = "LATE_" if code == LATE else ""
        start = f"{letters(last, first)}_{late}{number}_{number + 4000}"
        if code == TWICE:
            yield f"{start}_handin-{code}-1.json", code, LATER
        elif code:
            yield f"{start}_handin-{code}.json", code, None


def moodle_download():
    for first, last, code, number in CLASS:
        folder = f"{first} {last.replace(chr(39), '')}_{number}_assignsubmission_file"
        if code:
            yield f"{folder}/handin-{code}.json", code, None
        if code == TWICE:
            yield f"{folder}/handin-{code} (1).json", code, LATER


def brightspace_download():
    yield "index.html", "", None
    for first, last, code, number in CLASS:
        times = ["Mar 5, 2026 1030 AM"] if code else []
        times += ["Mar 6, 2026 1100 AM"] if code == TWICE else []
        for time in times:
            folder = f"{number}-9001 - {first} {last} - {time}"
            yield f"{folder}/handin-{code}.json", code, LATER if time.startswith("Mar 6") else None


def zipped(download):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for n, (name, code, time) in enumerate(download):
            fields = {"time": time} if time else {}
            archive.writestr(name, raw(content(code, some_answers(n), **fields)) if code else b"")
    return file.getvalue()


def quoted(*cells):
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def rows_of(row):
    """Return the lines of an export; row: gives the cells of one of the class."""
    return "".join(quoted(*row(first, last, number)) for first, last, _, number in CLASS)


def canvas_row(first, last, number):
    return f"{last}, {first}", number, f"S{number}", f"u{number}", "A", ""


def moodle_row(first, last, number):
    about = (f"Participant {number}", f"{first} {last}", f"u{number}@example.org", "Submitted")
    return *about, "", "100.00", "Yes", "Friday, 6 March 2026, 10:00 AM", "-", "-"


def brightspace_row(first, last, number):
    return f"#{number}0", f"#u{number}", last, first, "", "#"


EXPORTS = {
    "Canvas": ("Gradebook.csv", canvas_download, CANVAS + rows_of(canvas_row)),
    "Moodle": ("Grades.csv", moodle_download, MOODLE + rows_of(moodle_row)),
    "Brightspace": ("Grades.csv", brightspace_download, BRIGHTSPACE + rows_of(brightspace_row)),
}


class School:
    """A teacher's folder and what was typed in it."""

    def __init__(self, folder, platform, capsys):
        self.folder, self.platform, self.capsys = folder, platform, capsys
        roster, download, export = EXPORTS[platform]
        (folder / "submissions.zip").write_bytes(zipped(download()))
        (folder / roster).write_text(export, encoding="utf-8-sig")

    def type(self):
        """Type what the docs say; return {command: (exit code, what was said)}."""
        said = {}
        for arguments in commands(self.platform):
            code = main(arguments)
            out = self.capsys.readouterr()
            name = "comments" if "--worksheet" in arguments else arguments[0]
            said[name] = (code, out.out + out.err)
        return said

    def mark_written_answers(self):
        for _, _, code, _ in filter(lambda learner: learner[2], CLASS):
            answers = self.answers(code)
            for id in EXERCISES:
                if EXERCISES[id].kind == "written" and id in answers:
                    level = {"level": 3, "note": "", "text": rubric.fingerprint(answers[id])}
                    rubric.journal("marks", "ada").write(f"{code}/{id}", level)

    def answers(self, code):
        _, download, _ = EXPORTS[self.platform]
        at = [n for n, (_, each, _) in enumerate(download()) if each == code]
        return some_answers(at[-1])

    def table(self, name):
        text = (self.folder / name).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def back(self):
        """Return what lies in the zip: {name: text}."""
        with zipfile.ZipFile(self.folder / "feedback.zip") as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def school(tmp_path, monkeypatch, capsys, request):
    monkeypatch.chdir(tmp_path)
    return School(tmp_path, request.param, capsys)


def as_canvas(names):
    """Return {user number: name} as Canvas's infer_comment_context_from_filename reads names."""
    found = {}
    for name in names:
        parts = [part for part in name.split("_") if part != "LATE"]
        user, file = [part for part in parts if re.fullmatch("[0-9]+", part)][:2]
        assert int(file) == int(user) + 4000
        assert not parts[-1].startswith("link")
        found[int(user)] = name
    return found


def as_moodle(names):
    """Return {participant: name} as Moodle's is_valid_filename_for_import reads names."""
    found = {}
    for name in names:
        _, number, subtype, plugin, rest = name.split("_", 4)
        assert (subtype, plugin) == ("assignfeedback", "file")
        assert "/" not in rest
        assert not rest.startswith((".", "~"))
        found[int(number)] = name
    return found


def as_brightspace(names):
    """Return {number: name}, and see that every folder is one of the download."""
    folders = {name.split("/")[0] for name, *_ in brightspace_download()}
    assert {name.split("/")[0] for name in names} <= folders
    return {int(name.split("-")[0]): name for name in names if name != "index.html"}


READ = {"Canvas": as_canvas, "Moodle": as_moodle, "Brightspace": as_brightspace}


@pytest.mark.parametrize("school", EXPORTS, indirect=True)
def test_what_the_docs_say_to_type_gives_each_learner_mark_and_page(school):
    said = school.type()
    assert {code for name, (code, _) in said.items() if name != "grade"} == {3}
    assert "5 new codes." in said["learners"][1]
    assert "Not handed in: 1\n  Kim" in said["learners"][1]
    assert "For a person" not in said["learners"][1]
    assert "Not final yet: 5, as written answers wait for a marker" in said["return"][1]
    school.mark_written_answers()
    said = school.type()
    assert "0 new codes, 5 there already." in said["learners"][1]
    assert (said["return"][0], "5 pages." in said["return"][1]) == (0, True)

    codes = {row["code"]: row for row in school.table("learners.csv")}
    marks = {row["code"]: row for row in school.table("marks/marks.csv")}
    back = school.back()
    found = READ[school.platform](back)
    assert found.keys() == {number for _, _, code, number in CLASS if code}
    for first, last, code, number in CLASS:
        row = codes[code]
        assert {f"{last}, {first}", f"{first} {last}", last} & set(row.values())
        if code:
            page = back[found[number]]
            assert f"<h1>Feedback for {code}</h1>" in page
            assert marks[code]["receipt"] in page
            assert f"<strong>{marks[code]['points']} of 100 points</strong>.</p>" in page
    # Canvas's download holds the last hand-in alone.
    assert marks[TWICE]["hand_ins"] == ("1" if school.platform == "Canvas" else "2")
    assert marks[TWICE]["time"] == LATER

    column = {"Canvas": "Asked to Join (77)", "Moodle": "Grade"}.get(school.platform)
    filled = school.table("filled.csv")
    column = column or next(head for head in filled[0] if "Points Grade" in head)
    filled = filled[1:] if school.platform == "Canvas" else filled
    assert [row[column] for row in filled] == [
        marks[code]["points"] if code else "" for _, _, code, _ in CLASS
    ]


@pytest.mark.parametrize("school", EXPORTS, indirect=True)
def test_no_name_of_a_learner_stands_in_the_folder_of_marks(school):
    school.type()
    for path in (school.folder / "marks").rglob("*"):
        text = path.read_bytes().decode("utf-8", "ignore").lower() if path.is_file() else ""
        for word in ("brien", "lüdenscheidt", "小龙", "van der", "example.org"):
            assert word not in text, path.name
            assert word not in path.name.lower()


@pytest.mark.parametrize("school", ["Moodle"], indirect=True)
def test_moodles_comments_say_the_points_and_leave_the_teachers_own(school):
    school.type()
    own = "Well argued."
    text = (school.folder / "filled.csv").read_text(encoding="utf-8-sig")
    lines = text.splitlines(keepends=True)
    lines[1] = lines[1].replace('"-"\n', f'"{own}"\n')
    (school.folder / "filled.csv").write_text("".join(lines), encoding="utf-8-sig")
    code = main(commands("Moodle")[-1])
    assert code == 3
    assert "owl-1: there is a comment already" in school.capsys.readouterr().out
    marks = {row["code"]: row for row in school.table("marks/marks.csv")}
    rows = school.table("worksheet.csv")
    assert [row["Feedback comments"] for row in (rows[0], rows[5])] == [own, "-"]
    fox = marks["fox-2"]
    assert rows[1]["Feedback comments"].startswith(f"{fox['points']} of 100 points")
    assert fox["receipt"] in rows[1]["Feedback comments"]
    for row in rows:
        assert not set(row["Feedback comments"]) & set("<>&")
