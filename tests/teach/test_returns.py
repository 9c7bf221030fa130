"""Giving pages back: to whom, to whom not, and where each platform finds them."""

import csv
import re
import zipfile

import pytest

from teach.cli import main
from tests.teach.handed_in import content, raw

MOODLE = "{}_assignsubmission_file/handin.json"
LATER = "2026-03-06T10:00:00.000Z"


class Desk:
    """A teacher's folder: a download that is marked, and what is given back."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys

    def put(self, *files, name="in.zip"):
        """Put a download there; files: (path, code) or (path, bytes)."""
        with zipfile.ZipFile(self.folder / name, "w") as archive:
            for path, code in files:
                archive.writestr(path, raw(content(code)) if isinstance(code, str) else code)

    def grade(self, name="in.zip"):
        assert main(["grade", name, "--out", "marks"]) in (0, 3)
        self.capsys.readouterr()

    def give(self, *more, name="in.zip"):
        """Return (exit code, what was said, {name in the zip: text})."""
        done = main(["return", "marks", "--submissions", name, "--out", "back.zip", *more])
        said = self.capsys.readouterr()
        if not (self.folder / "back.zip").exists():
            return done, said.out + said.err, {}
        with zipfile.ZipFile(self.folder / "back.zip") as archive:
            back = {name: archive.read(name).decode() for name in archive.namelist()}
        return done, said.out + said.err, back


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("Jo Kim_101_assignsubmission_file_/handin-owl-1.json",
         "Jo Kim_101_assignfeedback_file_feedback-owl-1.html"),
        ("Jo Kim_101_assignsubmission_file/week 1/handin-owl-1.json",
         "Jo Kim_101_assignfeedback_file_feedback-owl-1.html"),
        ("Jo Kim_101_assignsubmission_file_handin-owl-1.json",
         "Jo Kim_101_assignfeedback_file_feedback-owl-1.html"),
        ("unzipped/Jo Kim_101_assignsubmission_onlinetext/onlinetext.html",
         "Jo Kim_101_assignfeedback_file_feedback-owl-1.html"),
        ("kimjo_4711_880_handin-owl-1.json", "kimjo_4711_880_feedback-owl-1.html"),
        ("kimjo_LATE_4711_880_my_hand_in-2.json", "kimjo_LATE_4711_880_feedback-owl-1.html"),
        ("van_kimjo_4711_880_handin-owl-1.json", "van_kimjo_4711_880_feedback-owl-1.html"),
        ("anon_Ab3xY_880_handin-owl-1.json", "anon_Ab3xY_880_feedback-owl-1.html"),
        ("7-9 - Jo Kim - Mar 5, 2026 1030 AM/handin-owl-1.json",
         "7-9 - Jo Kim - Mar 5, 2026 1030 AM/feedback-owl-1.html"),
    ],
)  # fmt: skip
def test_each_platform_finds_the_page_by_the_name_it_reads(desk, path, back):
    desk.put((path, "owl-1"))
    desk.grade()
    assert list(desk.give()[2]) == [back]


def test_canvas_shows_a_page_as_the_learners_own_file_so_that_it_says_what_to_do(desk):
    desk.put(("kimjo_4711_880_handin-owl-1.json", "owl-1"))
    desk.grade()
    _, said, back = desk.give()
    assert re.match(r"<!-- .*ends in \.html", *back.values())
    assert "Tell your class: save it, give it a name that ends in .html" in said


def test_brightspaces_own_list_of_the_folders_goes_back_with_them(desk):
    folder = "7-9 - Jo Kim - Mar 5, 2026 1030 AM"
    desk.put(("index.html", b"<p>Jo Kim</p>"), (f"{folder}/handin-owl-1.json", "owl-1"))
    desk.grade()
    back = desk.give()[2]
    assert back.pop("index.html") == "<p>Jo Kim</p>"
    assert list(back) == [f"{folder}/feedback-owl-1.html"]


def test_a_page_goes_to_nobody_where_it_is_not_clear_whose_it_is(desk):
    good = (MOODLE.format("Good_100"), "good-1")
    desk.put(good, (MOODLE.format("A_101"), "owl-1"))
    desk.grade()
    desk.put(good, (MOODLE.format("A_101"), "owl-1"), (MOODLE.format("B_102"), "owl-1"))
    done, said, back = desk.give()
    assert (done, len(back)) == (3, 1)
    assert "owl-1: more than one learner handed in with this code" in said
    desk.put(good, (MOODLE.format("A_101"), "owl-1"), (f"A_101{MOODLE[2:-5]}2.json", "fox-2"))
    assert "owl-1: its learner handed in with another code as well" in desk.give()[1]
    desk.put(good)
    assert "owl-1: no hand-in with this code in this download" in desk.give()[1]
    later = raw(content("owl-1", time=LATER))
    desk.put(good, (MOODLE.format("A_101"), later))
    assert "owl-1: what was marked is not in this download" in desk.give()[1]
    desk.put(good, (MOODLE.format("A_101"), "owl-1"))
    assert len(desk.give()[2]) == 2


def test_who_is_listed_for_a_person_gets_no_page_yet(desk):
    desk.put((MOODLE.format("Good_100"), "good-1"), (MOODLE.format("A_101"), "owl-1"))
    desk.grade()
    path = desk.folder / "marks" / "needs_a_person.csv"
    row = ["strange answer", "elsewhere/in.zip/Moodle 101/handin.json", "why", "what"]
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(row)
    done, said, back = desk.give()
    assert (done, list(back)) == (3, ["Good_100_assignfeedback_file_feedback-good-1.html"])
    assert "Not given back: 1\n  owl-1: listed in needs_a_person.csv" in said


def test_a_code_pasted_into_canvas_gets_no_file_back_and_is_named(desk):
    pasted = raw(content("fox-2"))
    desk.put(("kimjo_4711_880_handin-owl-1.json", "owl-1"), ("leeann_4712_text.html", pasted))
    desk.grade()
    done, said, back = desk.give()
    assert (done, list(back)) == (3, ["kimjo_4711_880_feedback-owl-1.html"])
    assert "fox-2: handed in as text" in said


def test_the_same_class_gives_the_same_zip(desk):
    desk.put((MOODLE.format("A_101"), "owl-1"), (MOODLE.format("B_102"), "fox-2"))
    desk.grade()
    desk.give()
    first = (desk.folder / "back.zip").read_bytes()
    desk.put((MOODLE.format("B_102"), "fox-2"), (MOODLE.format("A_101"), "owl-1"))
    desk.give()
    assert (desk.folder / "back.zip").read_bytes() == first
    with zipfile.ZipFile(desk.folder / "back.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["marks"], "Name the download with --submissions"),
        (["marks", "--submissions", "in.zip", "--worksheet", "w.csv"], "Name the download with"),
        (["marks", "--worksheet", "w.csv"], "Name your own table of codes with --learners."),
        (["nothing", "--submissions", "in.zip"], "There is no file marks.csv in the folder"),
        (["marks", "--submissions", "no.zip"], "There is no no.zip"),
        (["marks", "--submissions", "other.zip"], "other.zip is no download of Canvas, Moodle or"),
        (["marks", "--submissions", "strangers.zip"], "No page in marks belongs to a hand-in in"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(desk, arguments, said):
    desk.put((MOODLE.format("A_101"), "owl-1"))
    desk.put(("folder/handin.json", "owl-1"), name="other.zip")
    desk.put((MOODLE.format("A_101"), "somebody"), name="strangers.zip")
    desk.grade()
    assert main(["return", *arguments, "--out", "back.zip"]) == 1
    assert said in desk.capsys.readouterr().err
    assert not (desk.folder / "back.zip").exists()


def test_the_download_is_never_written_over(desk):
    desk.put((MOODLE.format("A_101"), "owl-1"))
    desk.grade()
    before = (desk.folder / "in.zip").read_bytes()
    assert main(["return", "marks", "--submissions", "in.zip", "--out", "in.zip"]) == 1
    assert (desk.folder / "in.zip").read_bytes() == before
