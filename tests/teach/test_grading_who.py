"""Who handed in, and when: nobody's hand-in takes the place of another's, and no name is kept."""

import csv
import io
import re
import sqlite3
import zipfile

import pytest

from teach.cli import main
from teach.grading import arrivals
from teach.grading.selection import FAULTS
from teach.grading.sources import source_files
from tests.teach.handed_in import EXERCISES, RIGHT, content, raw

EARLY, LATER = "2026-03-05T09:30:00.000Z", "2026-03-05T09:45:00.000Z"
FUTURE = "2062-01-01T08:00:00.000Z"
CHECKED = {id: RIGHT[id] for id, each in EXERCISES.items() if each.kind != "written"}
GOOD = content("owl-3", CHECKED, time=EARLY)  # 80 points
BAD = content("owl-3", {}, time=LATER)  # 0 points
NAMES = re.compile(rb"(?i)quxina|dovrak|pozzuk|yorgvel|smitzky|jonezky")


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(files, root="in"):
    """Write {path: content or bytes} below a folder, or into a zip if `root` ends so."""
    from pathlib import Path

    members = {name: raw(x) if isinstance(x, dict) else x for name, x in files.items()}
    if root.endswith(".zip"):
        return zip_of(root, [(name, bytes_, None) for name, bytes_ in members.items()])
    for name, bytes_ in members.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes_)
    return root


def zip_of(path, members):
    """Write a zip of (name, bytes, date_time or None); return its path."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, bytes_, when in members:
            info = zipfile.ZipInfo(name, when or (2026, 3, 19, 12, 0, 0))
            archive.writestr(info, bytes_)
    return path


def grade(*paths, out="marks"):
    """Run the command; return (exit code, {code: points}, [(what, where)], the rows)."""
    code = main(["grade", *map(str, paths), "--out", out])
    marks = {row["code"]: row["points"] for row in table(f"{out}/marks.csv")}
    rows = table(f"{out}/needs_a_person.csv")
    return code, marks, [(row["what"], row["where"]) for row in rows], rows


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(out):
    """Return every byte that was written: files, and all text in the database."""
    files = [path for path in out.rglob("*") if path.is_file()]
    with sqlite3.connect(out / "marking.sqlite") as db:
        dump = "\n".join(db.iterdump()).encode("utf-8", "replace")
    return b"\n".join([*(path.read_bytes() for path in files), dump])


def where(rows):
    return {row["where"] for row in rows}


# Case 1: one download, two learners, one code

MEMBER = "handin-owl-3.json"
TWO = {
    "Moodle up to 4.0": (
        f"Quxina Dovrak_101_assignsubmission_file_/{MEMBER}",
        f"Yorgvel Pozzuk_102_assignsubmission_file_/{MEMBER}",
    ),
    "Moodle from 4.1": (
        f"Quxina Dovrak_101_assignsubmission_file/{MEMBER}",
        f"Yorgvel Pozzuk_102_assignsubmission_file/{MEMBER}",
    ),
    "Moodle, same name": (
        f"Quxina Dovrak_101_assignsubmission_file/{MEMBER}",
        f"Quxina Dovrak_102_assignsubmission_file/{MEMBER}",
    ),
    "Moodle, no folders": (
        f"Quxina Dovrak_101_assignsubmission_file_{MEMBER}",
        f"Yorgvel Pozzuk_102_assignsubmission_file_{MEMBER}",
    ),
    "Moodle, hidden names": (
        f"Participant_101_assignsubmission_file/{MEMBER}",
        f"Participant_102_assignsubmission_file/{MEMBER}",
    ),
    "Moodle, groups": (
        f"Team Dovrak_7_assignsubmission_file/{MEMBER}",
        f"Team Pozzuk_8_assignsubmission_file/{MEMBER}",
    ),
    "Moodle, no group": (
        f"Standardgruppe Dovrak_assignsubmission_file/{MEMBER}",
        f"Team Pozzuk_8_assignsubmission_file/{MEMBER}",
    ),
    "Moodle, online text": (
        "Quxina Dovrak_101_assignsubmission_onlinetext/onlinetext.html",
        "Yorgvel Pozzuk_102_assignsubmission_onlinetext/onlinetext.html",
    ),
    "Canvas": (f"dovrakquxina_4711_880_{MEMBER}", f"pozzukyorgvel_4712_881_{MEMBER}"),
    "Canvas, late": (f"dovrakquxina_4711_880_{MEMBER}", f"pozzukyorgvel_LATE_4712_881_{MEMBER}"),
    "Canvas, resubmitted": (
        f"dovrakquxina_4711_880_{MEMBER}",
        "pozzukyorgvel_4712_881_handin-owl-3-1.json",
    ),
    "Canvas, underscore": (
        f"van_dovrakquxina_4711_880_{MEMBER}",
        f"van_pozzukyorgvel_4712_881_{MEMBER}",
    ),
    "Canvas, text": ("dovrakquxina_4711_text.html", "pozzukyorgvel_LATE_4712_text.html"),
    "Canvas, anonymous": (f"anon_Ab3xY_880_{MEMBER}", f"LATE_anon_Zz9qQ_881_{MEMBER}"),
    "Blackboard": (
        f"Week 1_jdovrak_attempt_2026-03-05-10-30-00_{MEMBER}",
        f"Week 1_epozzuk_attempt_2026-03-05-10-45-00_{MEMBER}",
    ),
    "Blackboard, underscore": (
        f"Week_1_j_dovrak_attempt_2026-03-05-10-30-00_{MEMBER}",
        f"Week_1_k_dovrak_attempt_2026-03-05-10-45-00_{MEMBER}",
    ),
    "Blackboard, text": (
        "Week 1_jdovrak_attempt_2026-03-05-10-30-00.txt",
        "Week 1_epozzuk_attempt_2026-03-05-10-45-00.txt",
    ),
    "Brightspace": (
        f"397063-2557369 - Ann-Quxina Dovrak - Mar 5, 2026 1030 AM/{MEMBER}",
        f"397063-2557369 - Yorgvel Pozzuk - Mar 5, 2026 1045 AM/{MEMBER}",
    ),
    "Brightspace, files": (
        f"397063-2557369 - Quxina Dovrak- Mar 5, 2026 1030 AM - {MEMBER}",
        f"397063-2557369 - Yorgvel Pozzuk- Mar 5, 2026 1045 AM - {MEMBER}",
    ),
    "Brightspace, another language": (
        f"397063-2557369 - Quxina Dovrak - 5 mars 2026 10 h 30/{MEMBER}",
        f"397063-2557369 - Yorgvel Pozzuk - 5 mars 2026 10 h 45/{MEMBER}",
    ),
    "Gradescope": (
        f"assignment_9_export/submission_1/{MEMBER}",
        f"assignment_9_export/submission_2/{MEMBER}",
    ),
    "Sakai": (
        f"Week 1/Dovrak, Quxina(jdovrak)/Submission attachment(s)/{MEMBER}",
        f"Week 1/Pozzuk, Yorgvel(epozzuk)/Submission attachment(s)/{MEMBER}",
    ),
    "Teams": (
        f"Submitted files/Quxina Dovrak/Week 1/Version 1/{MEMBER}",
        f"Submitted files/Yorgvel Pozzuk/Week 1/Version 1/{MEMBER}",
    ),
    "Classroom": (f"Quxina Dovrak/{MEMBER}", f"Yorgvel Pozzuk/{MEMBER}"),
    "Classroom, files": (f"Quxina Dovrak - {MEMBER}", f"Yorgvel Pozzuk - {MEMBER}"),
    "any prefixes": (f"smitzky_{MEMBER}", f"jonezky_{MEMBER}"),
    "one prefix": (MEMBER, f"jonezky_{MEMBER}"),
    "numbers": (f"101_{MEMBER}", f"102_{MEMBER}"),
    "numbers of students": ("s1234567.json", "s7654321.json"),
    "a date for a number": ("smitzky_2026_11_28.json", "jonezky_2026_11_28.json"),
    "a date and a name": (f"smitzky_2026_11_28_{MEMBER}", f"jonezky_2026_11_28_{MEMBER}"),
    "sections": (f"section A/{MEMBER}", f"section B/{MEMBER}"),
    "learners' own zips": ("Quxina Dovrak.zip", "Yorgvel Pozzuk.zip"),
}


def as_file(name, whole):
    from kit import submission

    if name.endswith((".html", ".txt")):
        return f"<p>{submission.as_code(whole)}</p>".encode()
    if name.endswith(".zip"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(MEMBER, raw(whole))
        return file.getvalue()
    return raw(whole)


@pytest.mark.parametrize("root", ["in", "all.zip"])
@pytest.mark.parametrize("names", TWO.values(), ids=TWO)
def test_two_learners_with_one_code_are_both_listed_and_nobody_is_marked(room, names, root):
    files = {name: as_file(name, whole) for name, whole in zip(names, (GOOD, BAD), strict=True)}
    put({**files, "handin-fox.json": content("fox", CHECKED)}, root)
    code, marks, things, rows = grade(root)
    assert (code, list(marks)) == (3, ["fox"])
    assert [what for what, _ in things] == ["one code, two learners"] * 2
    assert len(where(rows)) == 2
    assert not NAMES.search(written(room / "marks"))


@pytest.mark.parametrize("names", TWO.values(), ids=TWO)
def test_names_of_learners_stand_nowhere_when_their_files_are_damaged(room, names):
    files = {name: as_file(name, GOOD)[:-60] for name in names}
    code, marks, things, _ = grade(put(files, "all.zip"))
    assert (code, marks, len(things)) == (3, {}, 2)
    assert not NAMES.search(written(room / "marks"))


@pytest.mark.parametrize("names", TWO.values(), ids=TWO)
def test_a_shell_that_lists_every_file_makes_nobody_one_learner(room, names):
    files = {name: as_file(name, whole) for name, whole in zip(names, (GOOD, BAD), strict=True)}
    root = put(files)
    code, marks, things, _ = grade(*sorted(f"{root}/{name}" for name in names))
    assert (code, marks, len(things)) == (3, {}, 2)
    assert not NAMES.search(written(room / "marks"))


ONE = {
    "Moodle, twice": (
        "Quxina Dovrak_101_assignsubmission_file",
        "Quxina Dovrak_101_assignsubmission_file_",
    ),
    "Moodle, two assignments": (
        "Quxina Dovrak_101_assignsubmission_file",
        "Quxina Dovrak_207_assignsubmission_file",
    ),
    "Canvas": ("dovrakquxina_4711_880_", "dovrakquxina_LATE_4711_990_"),
    "Blackboard": (
        "Week 1_jdovrak_attempt_2026-03-05-10-30-00_",
        "Week 2_jdovrak_attempt_2026-03-12-10-30-00_",
    ),
    "Brightspace": (
        "397063-2557369 - Quxina Dovrak - Mar 5, 2026 1030 AM",
        "397063-2557399 - Quxina Dovrak - Mar 12, 2026 1030 AM",
    ),
    "Sakai": ("Week 1/Dovrak, Quxina(jdovrak)", "Week 2/Dovrak, Quxina(jdovrak)"),
    "Classroom": ("Quxina Dovrak", "Quxina Dovrak"),
    "prefixes": ("dovrak_", "dovrak_"),
}


@pytest.mark.parametrize("names", ONE.values(), ids=ONE)
def test_one_learner_of_a_download_each_week_stays_one_learner(room, names):
    for week, (name, whole) in enumerate(zip(names, (BAD, GOOD), strict=True)):
        time = f"2026-03-{5 + 7 * week:02}T09:30:00.000Z"
        file = name + MEMBER if name.endswith("_") and "assign" not in name else f"{name}/{MEMBER}"
        answers = {id: given["answer"] for id, given in whole["answers"].items()}
        anothers = file.replace("Quxina", "Yorgvel").replace("dovrak", "pozzuk")
        anothers = anothers.replace("101", "102").replace("207", "208").replace("4711", "4712")
        anothers = anothers.replace("owl-3", "fox")
        files = {
            file: content("owl-3", answers, time=time),
            anothers: content("fox", {}, time=time),
        }
        put(files, f"{week}.zip")
    assert grade("0.zip", "1.zip")[:3] == (0, {"fox": "0", "owl-3": "80"}, [])


@pytest.mark.parametrize("folder", ["Dovraks homework", "Participant_{}_assignsubmission_file"])
def test_a_name_that_several_learners_of_a_download_have_shows_nobody_in_another(room, folder):
    for week, (whole, other) in enumerate(((GOOD, "fox"), (BAD, "cat"))):
        mine, others = folder.format(10 * week + 1), folder.format(10 * week + 2)
        put({f"{mine}/{MEMBER}": whole, f"{others}/a.json": content(other, {})}, f"{week}.zip")
    code, marks, things, _ = grade("0.zip", "1.zip")
    assert (code, marks) == (3, {"cat": "0", "fox": "0"})
    assert [what for what, _ in things] == ["one code, two learners"] * 2


@pytest.mark.parametrize(
    "names",
    [
        (MEMBER, "handin-owl-3 (1).json", "handin-owl-3 - Kopie.json"),
        (
            f"Quxina Dovrak/{MEMBER}",
            "Quxina Dovrak/handin-owl-3 (1).json",
            "Quxina Dovrak/06.ipynb.json",
        ),
        (f"Quxina/Version 1/{MEMBER}", f"Quxina/Version 2/{MEMBER}", "Quxina/my_work (1).json"),
    ],
)
def test_files_of_one_learner_in_one_folder_are_one_learners(room, names):
    times = [EARLY, LATER, "2026-03-06T09:30:00.000Z"]
    put({n: content("owl-3", {}, time=t) for n, t in zip(names, times, strict=True)})
    assert grade("in")[:3] == (0, {"owl-3": "0"}, [])
    assert table("marks/marks.csv")[0]["hand_ins"] == "3"


def test_one_file_collected_twice_is_one_hand_in(room):
    put({MEMBER: GOOD}, "first.zip")
    put({MEMBER: GOOD}, "second.zip")
    put({f"Quxina Dovrak_101_assignsubmission_file/{MEMBER}": GOOD}, "moodle.zip")
    code, marks, things, _ = grade("first.zip", "second.zip", "moodle.zip")
    assert (code, marks, things) == (0, {"owl-3": "80"}, [])


def test_plain_files_of_two_downloads_are_two_learners_until_a_person_says_otherwise(room):
    put({MEMBER: BAD}, "first")
    put({MEMBER: content("owl-3", CHECKED, time="2026-03-06T09:30:00.000Z")}, "second")
    code, marks, things, rows = grade("first", "second")
    assert (code, marks, len(things)) == (3, {}, 2)
    assert "name the later file" in rows[0]["what_to_do"]
    assert grade("first", f"second/{MEMBER}")[:3] == (0, {"owl-3": "80"}, [])
    assert grade("first", "second", f"second/{MEMBER}")[:3] == (0, {"owl-3": "80"}, [])


def test_a_late_file_by_mail_is_named_and_counts_beside_a_platforms_download(room):
    put({f"dovrakquxina_4711_880_{MEMBER}": BAD}, "canvas.zip")
    late = content("owl-3", CHECKED, time="2026-03-06T09:30:00.000Z")
    put({MEMBER: late}, "late")
    assert grade("canvas.zip", f"late/{MEMBER}")[:3] == (0, {"owl-3": "80"}, [])


def test_a_file_named_for_one_code_that_holds_another_is_said_and_marked(room):
    names = [
        "handin-owl-3.json",
        "dovrakquxina_4711_880_handin-owl-3-1.json",
        "handin-OWL-3 (2).json",
    ]
    put({names[0]: GOOD, "handin-bob-2.json": content("ann-1", CHECKED)})
    code, marks, things, rows = grade("in")
    assert (code, marks) == (3, {"ann-1": "80", "owl-3": "80"})
    assert things == [("another name", "in/handin-bob-2.json")]
    assert "the code bob-2 and holds a hand-in of ann-1" in rows[0]["reason"]
    for n, name in enumerate(names):
        root = put({name: GOOD}, f"alone-{n}")
        assert grade(root, out=f"out-{n}")[:3] == (0, {"owl-3": "80"}, [])


def test_the_platforms_own_files_need_nobody(room):
    told = "submission_1:\n  :submitters:\n  - :name: Quxina Dovrak\n    :sid: '9'\n"
    files = {
        f"assignment_9_export/submission_1/{MEMBER}": GOOD,
        "assignment_9_export/submission_metadata.yml": told.encode(),
        "Week 1/grades.csv": b"Quxina,Dovrak",
        "Week 1/Pozzuk, Yorgvel(epozzuk)/timestamp.txt": b"20260305103000123",
        "Week 1/Pozzuk, Yorgvel(epozzuk)/Submission attachment(s)/handin-fox.json": content(
            "fox", CHECKED
        ),
        "index.html": b"<p>Quxina Dovrak</p>",
        "Week 1_jdovrak_attempt_2026-03-05-10-30-00.txt": b"Name: Quxina (jdovrak)\n",
        "Week 1_jdovrak_attempt_2026-03-05-10-30-00_handin-cat.json": content("cat", CHECKED),
    }
    for root in ("in", "all.zip"):
        marks = {"cat": "80", "fox": "80", "owl-3": "80"}
        assert grade(put(files, root), out=f"marks-{root}")[:3] == (0, marks, [])
        assert not NAMES.search(written(room / f"marks-{root}"))


# Case 4: whose clock


def arrival(name, files=None, when=None):
    """Return the Arrival of one file in a zip, with others beside it."""
    members = [(name, raw(GOOD), when), *((n, b, when) for n, b in (files or {}).items())]
    path = zip_of("one.zip", members)
    return next(each.arrival for each in source_files([path], "", "salt"))


METADATA = b"""\
submission_1:
  :submitters:
  - :name: Quxina Dovrak
    :sid: '9'
    :email: quxina@dovrak.example
  :created_at: 2026-03-05 02:30:00.123456000 -08:00
  :history:
  - :created_at: 2026-03-01 02:30:00.000000000 Z
"""


@pytest.mark.parametrize(
    ("name", "files", "time", "late"),
    [
        (TWO["Blackboard"][0], {}, "2026-03-05T10:30:00", 0),
        (TWO["Brightspace"][0], {}, "2026-03-05T10:30:00", 0),
        ("1-2 - Quxina Dovrak - Mar 5, 2026 110 PM/x.json", {}, "2026-03-05T13:10:00", 0),
        ("1-2 - Quxina Dovrak - Mar 5, 2026 1205 AM/x.json", {}, "2026-03-05T00:05:00", 0),
        (TWO["Brightspace, another language"][0], {}, "", 0),
        (
            TWO["Gradescope"][0],
            {"assignment_9_export/submission_metadata.yml": METADATA},
            "2026-03-05T10:30:00Z",
            0,
        ),
        (
            TWO["Sakai"][0],
            {"Week 1/Dovrak, Quxina(jdovrak)/timestamp.txt": b"20260305103000123\n"},
            "2026-03-05T10:30:00Z",
            0,
        ),
        (TWO["Canvas, late"][1], {}, "", 1),
        (TWO["Canvas, anonymous"][1], {}, "", 1),
        (TWO["Canvas"][0], {}, "", 0),
        (TWO["Moodle from 4.1"][0], {}, "", 0),
    ],
)
def test_the_platforms_time_and_its_mark_for_late_are_read(room, name, files, time, late):
    seen = arrival(name, files)
    assert (seen.handed_in, seen.late) == (time, late)


def test_a_resubmission_on_gradescope_is_the_same_persons(room):
    again = METADATA.replace(b"submission_1", b"submission_7")
    one = arrival("e/submission_1/a.json", {"e/submission_metadata.yml": METADATA})
    other = arrival("e/submission_7/a.json", {"e/submission_metadata.yml": again})
    assert one.learner == other.learner
    assert one.learner != arrival("e/submission_1/a.json").learner


def test_a_submission_shows_the_platforms_time_and_mark_for_late(room):
    from teach.grading.store import SubmissionStore

    put({TWO["Canvas, late"][1]: GOOD, TWO["Blackboard"][0]: content("fox", CHECKED)})
    grade("in")
    store = SubmissionStore(room / "marks" / "marking.sqlite")
    assert {each.who: (each.handed_in, each.late) for each in store.submissions()} == {
        "owl-3": ("", 1),
        "fox": ("2026-03-05T10:30:00", 0),
    }
    store.close()


FIRST = content("owl-3", {}, time=FUTURE)  # the clock at 2062, 0 points
SECOND = content("owl-3", CHECKED, time=LATER)  # the right clock, 80 points


@pytest.mark.parametrize(
    "names",
    [
        (MEMBER, "handin-owl-3 (1).json"),
        ("Dovrak_1_assignsubmission_file/a.json", "Dovrak_1_assignsubmission_file/b.json"),
        (f"dovrakquxina_4711_880_{MEMBER}", f"dovrakquxina_4711_881_{MEMBER}"),
    ],
)
@pytest.mark.parametrize("root", ["in", "all.zip"])
def test_a_hand_in_from_the_future_is_listed_and_does_not_win(room, names, root):
    code, marks, things, rows = grade(put(dict(zip(names, (FIRST, SECOND), strict=True)), root))
    assert (code, marks) == (3, {"owl-3": "80"})
    assert [what for what, _ in things] == ["clock ahead"]
    assert "2062-01-01" in rows[0]["reason"]


def test_a_hand_in_from_the_future_counts_if_it_is_the_only_one(room):
    code, marks, things, _ = grade(put({MEMBER: content("owl-3", CHECKED, time=FUTURE)}))
    assert (code, marks, [what for what, _ in things]) == (3, {"owl-3": "80"}, ["clock ahead"])


def test_a_clock_a_day_ahead_of_its_zip_does_not_win(room):
    ahead = content("owl-3", {}, time="2026-03-10T09:30:00.000Z")
    members = [(MEMBER, raw(ahead), (2026, 3, 5, 9, 0, 0))]
    members += [("handin-owl-3 (1).json", raw(SECOND), (2026, 3, 5, 9, 45, 0))]
    code, marks, things, _ = grade(zip_of("all.zip", members))
    assert (code, marks, [what for what, _ in things]) == (3, {"owl-3": "80"}, ["clock ahead"])


CLOCKS = [content("owl-3", {}, time=LATER), content("owl-3", CHECKED, time=EARLY)]  # slow by a day


@pytest.mark.parametrize(
    "names",
    [
        (f"dovrakquxina_4711_880_{MEMBER}", f"dovrakquxina_4711_881_{MEMBER}"),
        (f"dovrakquxina_4711_880_{MEMBER}", "dovrakquxina_4711_880_handin-owl-3-1.json"),
        (
            f"Week 1_jdovrak_attempt_2026-03-05-10-30-00_{MEMBER}",
            f"Week 1_jdovrak_attempt_2026-03-06-10-30-00_{MEMBER}",
        ),
        (
            f"1-2 - Quxina Dovrak - Mar 5, 2026 1130 AM/{MEMBER}",
            f"1-2 - Quxina Dovrak - Mar 5, 2026 110 PM/{MEMBER}",
        ),
    ],
)
def test_the_platforms_time_and_number_count_before_the_learners_clock(room, names):
    put(dict(zip(names, CLOCKS, strict=True)))
    assert grade("in")[:3] == (0, {"owl-3": "80"}, [])


def test_the_times_in_a_zip_count_before_the_learners_clock_if_they_are_of_its_files(room):
    names = ("Dovrak_1_assignsubmission_file/a.json", "Dovrak_1_assignsubmission_file/b.json")
    days = ((2026, 3, 6, 9, 0, 0), (2026, 3, 7, 9, 0, 0))
    members = [(n, raw(w), d) for n, w, d in zip(names, CLOCKS, days, strict=True)]
    assert grade(zip_of("all.zip", members))[:3] == (0, {"owl-3": "80"}, [])
    seconds = ((2026, 3, 9, 9, 0, 0), (2026, 3, 9, 9, 0, 2))
    members = [(n, raw(w), d) for n, w, d in zip(names, CLOCKS, seconds, strict=True)]
    assert grade(zip_of("one_go.zip", members), out="other")[:3] == (0, {"owl-3": "0"}, [])


def test_a_file_without_a_platforms_time_is_compared_by_the_learners_clock(room):
    put({f"Week 1_jdovrak_attempt_2026-03-05-10-30-00_{MEMBER}": BAD})
    put({MEMBER: content("owl-3", CHECKED, time="2026-03-06T09:30:00.000Z")}, "mail")
    assert grade("in", f"mail/{MEMBER}")[:3] == (0, {"owl-3": "80"}, [])


def test_a_later_hand_in_of_another_user_replaces_nothing(room):
    put({f"dovrakquxina_4711_880_{MEMBER}": GOOD}, "week-1.zip")
    put({f"pozzukyorgvel_4712_990_{MEMBER}": BAD}, "week-2.zip")
    assert grade("week-1.zip")[1] == {"owl-3": "80"}
    for paths in (["week-1.zip", "week-2.zip"], ["week-2.zip"]):
        code, marks, things, _ = grade(*paths)
        assert (code, marks) == (3, {"owl-3": "80"})
        assert [what for what, _ in things] == ["code of another"] * 2
    again = content("owl-3", {"members_1954": 14}, time="2026-03-19T09:30:00.000Z")
    put({f"dovrakquxina_4711_999_{MEMBER}": again}, "week-3.zip")
    assert grade("week-3.zip")[1] == {"owl-3": "3"}  # the first learner's own later one
    assert grade("week-1.zip", "week-2.zip", out="other")[1] == {}


def test_every_kind_of_fault_says_what_to_do():
    for what in ("clock ahead", "another name", "journal", "one code, two learners"):
        assert FAULTS[what].endswith(".")


# What is shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["in.zip", "D Q_123456_assignsubmission_file", "week", "a.json"], "Moodle 123456/a.json"),
        (["in.zip", "dovrakquxina_LATE_4711_8812_a-1.json"], "Canvas 4711_8812/a-1.json"),
        (["in.zip", "dovrakquxina_4711_8812_Quxina Dovrak.docx"], "Canvas 4711_8812/….docx"),
        (["in.zip", "anon_Ab3xY_8812_a.json"], "Canvas anon_Ab3xY_8812/a.json"),
        (["in.zip", "Quxina Dovrak", "handin-owl-3.json"], "no. 4 by name/handin-owl-3.json"),
        (["in.zip", "Quxina Dovrak.JSON"], "no. 4 by name.json"),
        (["in.zip", "W_d_attempt_2026-03-05-10-30-00_a.json"], "Blackboard no. 4 by name/a.json"),
        (["in.zip", "submission_3", "06_answer_the_question.ipynb"],
         "Gradescope 3/06_answer_the_question.ipynb"),
        (["in.zip", "week 1", "my_work (1).jsonl"], "week 1/my_work (1).jsonl"),
        (["in.zip", "李.json"], "no. 4 by name.json"),
    ],
)  # fmt: skip
def test_of_a_place_only_what_is_nobodys_name_is_shown(names, shown):
    place = arrivals.Place()
    for name in names:
        place = place.below(name, 4)
    assert place.text == f"in.zip/{shown}"


def test_places_are_counted_by_name_and_follow_when_a_file_comes_before_them(room):
    put({"Quxina.json": b"{", "Pozzuk.json": b"{"})
    assert sorted(grade("in")[2]) == [
        ("unreadable", "in/no. 1 by name.json"), ("unreadable", "in/no. 2 by name.json"),
    ]  # fmt: skip
    put({"Aaadrak.txt": b"x"})
    assert sorted(grade("in")[2]) == [
        ("no hand-in", "in/no. 1 by name.txt"),
        ("unreadable", "in/no. 2 by name.json"), ("unreadable", "in/no. 3 by name.json"),
    ]  # fmt: skip


def test_the_database_salts_its_hashes(room):
    put({"Quxina Dovrak/handin-owl-3.json": GOOD})
    learners = set()
    for out in ("one", "two"):
        grade("in", out=out)
        with sqlite3.connect(room / out / "marking.sqlite") as db:
            learners |= set(db.execute("SELECT learner, key FROM found"))
    assert len({learner for learner, _ in learners}) == len({key for _, key in learners}) == 2
