"""The table of learners from a download: who is who, what stays, what a person has to look at."""

import csv
import io
import zipfile

import pytest

from teach.cli import main
from tests.teach.handed_in import content, raw

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Essay (77)
    Points Possible,,,,,100
"O'Neill, Zoë",101,s1,zo,A,
"Kim, Jo",102,s2,jo,A,
"Kim, Jo",103,101,jk,A,
"Student, Test",106,,test,A,
"""
MOODLE = """Identifier,Full name,Email address,Status,Group,Grade,Maximum Grade,\
Grade can be changed,Last modified (submission),Last modified (grade)
Participant 11,Jo Kim,jo@example.org,Submitted,Red team,,100.00,Yes,-,-
Participant 12,Ann Lee,ann@example.org,Submitted,Red team,,100.00,Yes,-,-
Participant 13,Zoë O'Neill,zoe@example.org,Submitted,Blue_team,,100.00,Yes,-,-
"""
SINGLE = MOODLE.replace("Group,", "").replace("Red team,", "").replace("Blue_team,", "")
BLIND = """Identifier,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade)
Participant 11,Submitted,,100.00,Yes,-,-
Participant 12,Submitted,,100.00,Yes,-,-
"""
FILE = "_assignsubmission_file/handin.json"


class Desk:
    """A teacher's folder: the download, the export and the table that comes of them."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys

    def put(self, export, **files):
        """Put the export there, and a download; files: {code: path}, "_" for no hand-in."""
        (self.folder / "export.csv").write_text(export, encoding="utf-8")
        with zipfile.ZipFile(self.folder / "in.zip", "w") as archive:
            for name, path in files.items():
                code = name.split("__")[0].replace("_", "-")
                for each in [path] if isinstance(path, str) else path:
                    archive.writestr(each, b"?" if code == "-" else raw(content(code)))

    def list(self, export=None, **files):
        """Return (exit code, what was said, {first column but the code's: code})."""
        if export:
            self.put(export, **files)
        done = main(["learners", "in.zip", "--roster", "export.csv", "--out", "learners.csv"])
        out = self.capsys.readouterr()
        return done, out.out + out.err, self.table()

    def table(self):
        path = self.folder / "learners.csv"
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def codes(table, head):
    return {row[head]: row["code"] for row in table}


def test_canvas_goes_by_its_number_and_by_no_other_that_looks_like_it(desk):
    done, said, table = desk.list(
        CANVAS, owl_1="oneillzo_101_900_handin.json", fox_2="kimjo_LATE_103_901_handin.json"
    )
    assert done == 3
    assert codes(table, "ID") == {"101": "owl-1", "102": "", "103": "fox-2"}
    assert list(table[0]) == ["code", "ID", "SIS User ID", "SIS Login ID", "Student"]
    assert said == "learners.csv: 2 new codes.\nNot handed in: 1\n  Kim, Jo\n"


def test_when_all_handed_in_and_nothing_is_unclear_nothing_waits(desk):
    files = {"owl_1": "a_101_900_h.json", "fox_2": "b_102_901_h.json", "elk_3": "c_103_902_h.json"}
    done, said, _ = desk.list(CANVAS, **files)
    assert (done, said) == (0, "learners.csv: 3 new codes.\n")


def test_one_code_of_two_learners_and_two_codes_of_one_are_nobodys_yet(desk):
    done, said, table = desk.list(
        CANVAS,
        owl_1=["a_101_900_h.json", "b_102_901_h.json"],
        elk_3=["c_103_902_h.json"],
        elk_4=["c_103_903_h.json"],
    )
    assert done == 3
    assert set(codes(table, "ID").values()) == {""}
    assert "a (101), code owl-1: somebody else handed in with it as well." in said
    assert "c (103): handed in with the codes elk-3, elk-4; ask which one is theirs." in said
    assert "Not handed in" not in said


def test_who_handed_in_nothing_readable_is_not_said_to_have_handed_in_nothing(desk):
    _, said, _ = desk.list(CANVAS, _="a_101_900_h.json", fox_2="b_102_901_h.json")
    assert "Not handed in: 1\n  Kim, Jo\n" in said
    assert "a (101): nothing that can be read; teach grade says why." in said


def test_moodles_number_has_to_agree_with_the_name(desk):
    _, said, table = desk.list(
        SINGLE, owl_1=f"Jo Kim_11{FILE}", fox_2=f"Ann Lee_13{FILE}", elk_3=f"Zoë ONeill_13{FILE}"
    )
    assert codes(table, "Identifier") == {
        "Participant 11": "owl-1", "Participant 12": "", "Participant 13": "elk-3",
    }  # fmt: skip
    assert "Ann Lee (13), code fox-2: in export.csv this number is somebody else's" in said


def test_where_moodle_marks_blindly_the_number_is_enough(desk):
    _, _, table = desk.list(BLIND, owl_1=f"Participant_11{FILE}")
    assert codes(table, "Identifier")["Participant 11"] == "owl-1"


def test_a_group_of_moodles_has_one_code_in_the_row_of_each_and_all_get_the_mark(desk):
    done, said, table = desk.list(
        MOODLE, red_1=f"Red team_501{FILE}", blue_1=f"Blue team_502{FILE}"
    )
    assert (done, "2 new codes" in said or "3 new codes" in said) == (0, True)
    assert [row["code"] for row in table] == ["red-1", "red-1", "blue-1"]
    assert main(["grade", "in.zip", "--out", "marks", "--codes", "learners.csv"]) in (0, 3)
    paths = ["export.csv", "--marks", "marks/marks.csv", "--learners", "learners.csv"]
    main(["lms", *paths, "--out", "filled.csv"])
    filled = list(csv.DictReader((desk.folder / "filled.csv").open(encoding="utf-8")))
    assert {row["Grade"] for row in filled} == {"80"}


def test_a_name_that_two_learners_have_leads_to_neither(desk):
    export = (
        "OrgDefinedId,Username,Last Name,First Name,Essay Points Grade,End-of-Line Indicator\n"
        "#1,#jo,Kim,Jo,,#\n#2,#jk,Kim,Jo,,#\n#3,#zo,O'Neill,Zoë,,#\n"
    )
    when = "Mar 5, 2026 1030 AM"
    _, said, table = desk.list(
        export,
        owl_1=f"7-9 - Jo Kim - {when}/h.json",
        elk_3=f"7-9 - Zoë O'Neill - {when}/h.json",
        bee_4=f"7-9 - Nobody Known - {when}/h.json",
    )
    assert codes(table, "Username") == {"jo": "", "jk": "", "zo": "elk-3"}
    assert "Jo Kim, code owl-1: in export.csv this name is there more than once." in said
    assert "Nobody Known, code bee-4: in export.csv is no such learner." in said


OWN = """Name;Code;ID
Zoë;OWL-1;101
Jo (the tall one);fox-9;102
Guest;guest-1;
"""


def test_the_table_that_is_there_is_added_to_and_what_it_says_stays(desk):
    (desk.folder / "learners.csv").write_text(OWN, encoding="utf-8")
    _, said, table = desk.list(
        CANVAS, owl_1="a_101_900_h.json", fox_2="b_102_901_h.json", guest_1="c_103_902_h.json"
    )
    rows = {row["Name"]: row for row in table}
    assert list(table[0])[:3] == ["Name", "Code", "ID"]
    assert (rows["Zoë"]["Code"], rows["Zoë"]["Student"]) == ("OWL-1", "O'Neill, Zoë")
    assert rows["Jo (the tall one)"]["Code"] == "fox-9"
    assert rows["Guest"]["Code"] == "guest-1"
    assert [row["Code"] for row in table if row["ID"] == "103"] == [""]
    assert "0 new codes, 1 there already" in said
    assert "Kim, Jo handed in with fox-2 and has fox-9 in the table: left as it was." in said
    assert "Kim, Jo handed in with guest-1, another learner's in the table" in said


def test_the_same_command_twice_changes_nothing(desk):
    desk.list(CANVAS, owl_1="a_101_900_h.json")
    before = (desk.folder / "learners.csv").read_bytes()
    _, said, _ = desk.list()
    assert (desk.folder / "learners.csv").read_bytes() == before
    assert "0 new codes, 1 there already." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.zip", "--roster", "export.csv", "--out", "a.csv"], "There is no no.zip"),
        (["in.zip", "--roster", "no.csv", "--out", "a.csv"], "There is no file no.csv"),
        (["in.zip", "--roster", "export.csv", "--out", "export.csv"], "choose another name"),
        (["in.zip", "--roster", "in.zip", "--out", "a.csv"], "in.zip"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(desk, arguments, said):
    desk.put(CANVAS, owl_1="a_101_900_h.json")
    before = {path.name: path.read_bytes() for path in desk.folder.iterdir()}
    assert main(["learners", *arguments]) == 1
    assert said in desk.capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in desk.folder.iterdir()} == before
