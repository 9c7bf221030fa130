"""Filling the platforms' files. Every person in these exports is invented."""

import csv
import io
import os
import re
import unicodedata
from decimal import Decimal
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit import exercises
from kit.errors import KitError
from teach import cli, grading, lms
from teach.cli import main
from teach.grading.marks import TotalMark
from teach.lms import OUT_OF, Filling, Learners, check_filled, matched, planned
from teach.lms.platforms import PLATFORMS, recognised
from teach.lms.sheet import Sheet

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (77),Final Score
    Points Possible,,,,,100,(read only)
"O'Neill, Zoë",101,s1,zo,A,,55
"Kim ""Jo"", Eva",102,s2,jo,A,12.5,
=Ann Lee,103,s3,ann,"A
B",EX,
Ünal Ö.,104,s4,un,A,N/A,
李 小龙,105,s5,li,A,-,
"Student, Test",106,,test,A,,
"""
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Online text,Last modified (grade),Feedback comments\n"
    'Participant 11,"Kim, Jo",jo@example.org,Submitted,,100.00,Yes,"1 May 2026, 10:00","a\nb",-,\n'
    "Participant 12,Ann Lee,ann@example.org,Submitted,40.00,100.00,No,-,,-,\n"
    "Participant 13,Zoë O,zoe@example.org,No submission,,100.00,Yes,-,,-,\n"
)
GRADESCOPE = """\
First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status,Submission ID,Submission \
Time,Lateness (H:M:S),View Count,Submission Count
Jo,Kim,201,jo@example.org,A,,100.0,Missing,,,,,
Ann,Lee,202,ann@example.org,A,70.0,100.0,Graded,9,2026-05-01,00:00:00,1,1
Ann,Li,203,,A,,100.0,Missing,,,,,
"""
BRIGHTSPACE = """\
OrgDefinedId,Username,Essay Points Grade,End-of-Line Indicator
#301,#jo,,#
#302,#ann,40,#
"""
MARKS = {"otter": "80", "heron": "62.25", "lynx": "", "crane": "91.5", "moth": "12.5"}
HEAD = "code,time,receipt,hand_ins,points,waiting,members_1954\r\n"


def marks_file(marks, waiting=()):
    lines = [
        f"{code},2026-05-01T09:00:00.000Z,0123456789,1,{points},{int(code in waiting)},\r\n"
        for code, points in sorted(marks.items())
    ]
    return (HEAD + "".join(lines)).encode("utf-8-sig")


class Desk:
    """A teacher's folder with the three files, and what came of filling."""

    def __init__(self, folder):
        self.folder = folder
        self.out, self.report = folder / "filled.csv", folder / "filled.report.csv"

    def put(self, export, learners, marks=MARKS, waiting=()):
        for name, content in {
            "export.csv": export,
            "learners.csv": learners,
            "marks.csv": marks_file(marks, waiting) if isinstance(marks, dict) else marks,
        }.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (self.folder / name).write_bytes(raw)

    def fill(self, export, learners, marks=MARKS, waiting=(), replace=True, **ways):
        """Most tests write over what is there; those of marks changed on the platform do not."""
        self.put(export, learners, marks, waiting)
        paths = [self.folder / name for name in ("export.csv", "marks.csv", "learners.csv")]
        self.filled = lms.fill(*paths, self.out, replace=replace, **ways)
        return self.out.read_bytes()

    def refused(self, *arguments, **ways):
        with pytest.raises(KitError) as error:
            self.fill(*arguments, **ways)
        left = {path.name for path in self.folder.iterdir()}
        assert left <= {"export.csv", "marks.csv", "learners.csv", "marks.platform.csv"}
        assert str(error.value).count("\n") == 0
        return str(error.value)

    def told(self):
        rows = csv.reader(io.StringIO(self.report.read_text(encoding="utf-8-sig"), newline=""))
        return {row[0] or f"line {row[1]}": row[2:] for row in list(rows)[1:]}


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def table(head, **rows):
    """The teacher's own table: `code` and the given columns."""
    lines = [f"{code},{cells}" for code, cells in rows.items()]
    return "\n".join([f"code,{head}", *lines, ""])


# Canvas

BY_ID = table("ID", otter="101", heron="102", lynx="105")


def test_canvas_is_filled_and_every_other_byte_is_as_it_was(desk):
    filled = desk.fill(CANVAS, BY_ID)
    expected = CANVAS.replace("zo,A,,55", "zo,A,80,55").replace("jo,A,12.5,", "jo,A,62.25,")
    assert filled.decode() == expected
    told = desk.told()
    assert told["otter"] == ["80", "filled"]
    assert told["heron"] == ["62.25", "filled in place of 12.5"]
    assert told["lynx"] == ["", "nothing marked: left as it was"]
    assert told["crane"] == ["", "no such code in learners.csv"]


def test_missing_is_not_zero_and_nought_is(desk):
    marks = {"otter": "", "heron": "0"}
    assert desk.fill(CANVAS, BY_ID, marks).decode() == CANVAS.replace("A,12.5,", "A,0,")


def test_excused_and_not_given_stay_and_a_person_hears_of_it(desk):
    learners = table("ID", otter="103", heron="104", crane="105")
    assert desk.fill(CANVAS, learners).decode() == CANVAS.replace("A,-,", "A,91.5,")
    assert desk.told()["otter"] == ["", "EX, excused: left as it was"]
    assert desk.told()["heron"] == ["", "N/A, not given to this learner: left as it was"]
    assert {each.code for each in desk.filled.needs_a_person} >= {"otter", "heron"}


def test_a_mark_equal_at_two_decimals_is_left_as_it_is_written(desk):
    export = CANVAS.replace("12.5,", "12.50,")
    assert desk.fill(export, BY_ID, {"heron": "12.5"}).decode() == export
    export = CANVAS.replace("12.5,", "12.504,")
    assert desk.fill(export, BY_ID, {"heron": "12.5"}).decode() == export
    assert desk.told()["heron"] == ["", "the same mark was there already"]


@pytest.mark.parametrize("cell", ["5. Mar", "1,234.50", "=1+1", "12 %"])
def test_what_is_no_number_is_left_for_a_person(desk, cell):
    export = CANVAS.replace("A,12.5,", f'A,"{cell}",')
    assert desk.fill(export, BY_ID, {"heron": "12.5"}).decode() == export
    assert desk.told()["heron"] == ["", "the cell holds something else than a number: left"]


def test_canvas_rows_that_are_no_learners_are_never_filled(desk):
    posting = "    Manual Posting,,,,,,Manual Posting\n"
    export = CANVAS.replace("    Points", posting + "    Points")
    learners = table('"Student"', otter="    Points Possible", heron='"Student, Test"')
    learners += 'crane,    Manual Posting\nmoth,"O\'Neill, Zoë"\n'
    assert desk.fill(export, learners).decode() == export.replace("zo,A,,", "zo,A,12.5,")
    assert desk.told()["heron"] == ["", "no row has this “Student”"]


def test_canvas_with_first_and_last_names_apart(desk):
    export = "LastName,FirstName,ID,Section,Essay (77)\nKim,Jo,1,A,\nStudent,Test,2,A,\n"
    learners = "LastName;code;FirstName\nkim;otter;JO\nStudent;heron;Test\n"
    filled = desk.fill(export, learners).decode()
    assert filled == export.replace("1,A,", "1,A,80")


def test_a_computed_column_of_canvas_is_refused(desk):
    for export in (
        CANVAS.replace("Final Score", "Final Score (read only)"),
        CANVAS.replace("Final Score", "Final Score (78)"),
        CANVAS.replace("Final Score", "Final (read only) (78)").replace(",(read", ",(not"),
    ):
        head = export.splitlines()[0].rpartition(",")[2]
        said = desk.refused(export, BY_ID, column=head)
        assert said == (
            f"There is no column “{head}” to be filled in export.csv; there is “Essay (77)”."
        )


def test_a_title_that_is_not_in_the_file_is_refused_since_canvas_would_make_a_new_one(desk):
    assert "no column “Essay”" in desk.refused(CANVAS, BY_ID, column="Essay")
    none = CANVAS.replace("Essay (77)", "Essay")
    assert "There is no column to be filled in export.csv" in desk.refused(none, BY_ID)


def test_several_assignments_need_a_choice(desk):
    export = CANVAS.replace("Essay (77),Final Score", 'Essay (77),"Quiz, part 1 (78)"')
    export = export.replace("(read only)", "100")
    said = desk.refused(export, BY_ID)
    assert "name one with --column: “Essay (77)”, “Quiz, part 1 (78)”." in said
    filled = desk.fill(export, BY_ID, column="Quiz, part 1 (78)").decode()
    assert filled == export.replace("A,,55", "A,,80").replace("12.5,\n", "12.5,62.25\n")
    twice = export.replace('"Quiz, part 1 (78)"', "Essay (77)")
    desk.out.unlink(), desk.report.unlink()
    assert "“Essay (77)” stands twice" in desk.refused(twice, BY_ID, column="Essay (77)")


def test_canvas_knows_a_learner_by_id_else_login_else_name(desk):
    export = CANVAS.replace("103,s3,ann", "103,,")
    learners = "code,ID,SIS Login ID,Student\notter,,JO,somebody\nheron,,,=Ann Lee\nmoth,101,,\n"
    export = export.replace(",EX,", ",,")
    filled = desk.fill(export, learners).decode()
    expected = export.replace("jo,A,12.5,", "jo,A,80,").replace('B",,', 'B",62.25,')
    assert filled == expected.replace("zo,A,,", "zo,A,12.5,")


def test_a_name_is_the_same_however_its_accents_are_stored(desk):
    export = CANVAS.replace("N/A", "")
    learners = unicodedata.normalize("NFD", table("Student", otter="Ünal Ö."))
    assert desk.fill(export, learners).decode() == export.replace("un,A,,", "un,A,80,")


def test_columns_that_contradict_each_other_give_no_mark(desk):
    learners = "code,ID,SIS Login ID\notter,101,jo\nheron,105,li\n"
    assert desk.fill(CANVAS, learners).decode() == CANVAS.replace("li,A,-,", "li,A,62.25,")
    assert desk.told()["otter"] == ["", "“ID” and “SIS Login ID” lead to different rows"]


def test_an_id_that_is_not_there_is_not_replaced_by_a_name(desk):
    learners = 'code,ID,Student\notter,999,"O\'Neill, Zoë"\nheron,105,\n'
    desk.fill(CANVAS, learners)
    assert desk.told()["otter"] == ["", "no row has this “ID”"]


# Two learners with one name, learners not on the list

TWINS = CANVAS.replace("Ünal Ö.,104", "李 小龙,104").replace("N/A", "")


def test_two_learners_with_one_name_are_told_apart_by_an_id_only(desk):
    learners = 'code,Student\notter,李 小龙\nheron,"o\'neill, zoë"\n'
    assert desk.fill(TWINS, learners).decode() == TWINS.replace("zo,A,,", "zo,A,62.25,")
    assert desk.told()["otter"] == ["", "2 rows have the same “Student”; tell them apart by an id"]
    filled = desk.fill(TWINS, "code,Student,ID\notter,李 小龙,105\nheron,李 小龙,104\n").decode()
    assert filled == TWINS.replace("li,A,-,", "li,A,80,").replace("un,A,,", "un,A,62.25,")


def test_one_name_for_two_codes_gives_neither_a_mark(desk):
    learners = "code,Student\notter,李 小龙\nheron,李 小龙\nmoth,Ünal Ö.\n"
    export = CANVAS.replace("N/A", "")
    assert desk.fill(export, learners).decode() == export.replace("un,A,,", "un,A,12.5,")
    said = "another code has the same “Student”; tell them apart by an id"
    assert [desk.told()[code] for code in ("otter", "heron")] == [["", said]] * 2


def test_two_codes_for_one_learner_give_neither_a_mark(desk):
    learners = "code,ID,SIS Login ID\notter,101,\nheron,,zo\n"
    assert desk.fill(CANVAS, learners).decode() == CANVAS
    said = "another code of learners.csv belongs to the same learner"
    assert [desk.told()[code] for code in ("otter", "heron")] == [["", said]] * 2


def test_a_first_name_alone_says_nobody(desk):
    said = desk.refused(GRADESCOPE, table("First Name", otter="Jo"))
    assert said.endswith("one of “SID”, “Email”, “First Name” and “Last Name”.")
    learners = "code,First Name,Last Name\notter,Ann,Li\n"
    assert desk.fill(GRADESCOPE, learners).decode() == GRADESCOPE.replace("203,,A,", "203,,A,80")


def test_who_is_on_one_list_only_is_listed_without_a_name(desk):
    desk.fill(CANVAS, BY_ID + "newt,999\n" + ",104\n", MARKS | {"newt": "5"})
    told = desk.told()
    assert told["newt"] == ["", "no row has this “ID”"]
    assert told["line 5"] == ["", "nobody in learners.csv: left as it was"]
    assert desk.report.read_bytes().startswith(b"\xef\xbb\xbfcode,line,mark,what\r\n")
    for text in (desk.report.read_text(encoding="utf-8"), repr(desk.filled)):
        assert not re.search("Neill|Kim|Lee|Ünal|李|999|104", text)


def test_a_table_of_other_learners_is_refused(desk):
    assert "No learner of learners.csv stands in export.csv" in desk.refused(
        CANVAS, table("ID", otter="9", heron="8")
    )
    assert "needs, beside “code”, a column as export.csv has it" in desk.refused(
        CANVAS, table("Phone", otter="9")
    )


def test_the_teacher_may_say_which_column_to_go_by(desk):
    learners = "code,ID,Section\notter,school-7,\nheron,,b\n"
    export = CANVAS.replace("李 小龙,105,s5,li,A", "李 小龙,105,s5,li,B")
    assert desk.fill(export, learners, by="Section").decode() == export.replace("-,", "62.25,")
    desk.out.unlink(), desk.report.unlink()
    assert "The column “Phone” does not stand once in" in desk.refused(CANVAS, learners, by="Phone")


def test_codes_are_the_same_whatever_their_capitals(desk):
    marks = {"Blue-Tiger-7": "80"}
    filled = desk.fill(CANVAS, "code,ID\nblue-tiger-7 ,101\nHERON,102\n", marks).decode()
    assert filled == CANVAS.replace("zo,A,,", "zo,A,80,")
    assert desk.filled.needs_a_person == []


# Moodle

BY_EMAIL = table("Email address", otter="JO@example.org", heron="ann@example.org")


def test_moodle_is_filled_but_for_a_mark_it_has_locked(desk):
    assert desk.fill(MOODLE, BY_EMAIL).decode() == MOODLE.replace("Submitted,,", "Submitted,80,")
    assert desk.told()["heron"] == ["", "the platform has locked this mark: left as it was"]


@pytest.mark.parametrize("word", ["Teilnehmer/in ", "Участник ", "参加者 ", "参加者", "Ο/Η 2ος "])
def test_moodle_in_another_language_is_found_by_what_it_holds(desk, word):
    heads = "ID,Name,Mail,Stand,Note,Höchstnote,Änderbar,Abgabe,Text,Bewertet,Feedback"
    export = "\n".join([heads, *MOODLE.replace("Participant ", word).split("\n")[1:]])
    learners = table("ID", otter=f"{word}11", heron=f"{word}13")
    expected = export.replace("Submitted,,", "Submitted,80,")
    assert desk.fill(export, learners).decode() == expected.replace("ion,,", "ion,62.25,")
    assert "cannot tell which grades Moodle has locked" in repr(desk.filled)


def test_moodle_in_another_language_knows_learners_by_address_and_name_too(desk):
    export = "ID,Name,Mail,Stand,Note,Max\nTN 1,Jo,jo@example.org,,,50\n"
    for learners in (table("Mail", otter="jo@example.org"), table("Name", otter="Jo")):
        filled = desk.fill(export, learners, {"otter": "40"}).decode()
        assert filled == export.replace(",,,50", ",,40,50")
    assert "maximum in export.csv is 50" in repr(desk.filled)


def test_moodle_asks_where_two_columns_may_be_the_grade(desk):
    export = "ID,Stand,A,B,C,Ende\nTN 1,x,,10,10,x\nTN 2,x,,10,10,x\n"
    learners = table("ID", otter="TN 1", heron="TN 2")
    assert "has several columns; name one with --column: “A”, “B”" in desk.refused(export, learners)
    filled = desk.fill(export, learners, column="A", scale=True).decode()
    assert filled == export.replace("1,x,,", "1,x,8,").replace("2,x,,", "2,x,6.23,")
    desk.out.unlink(), desk.report.unlink()
    none = export.replace("10", "x")
    assert "There is no column to be filled in export.csv" in desk.refused(none, learners)


def test_moodle_takes_no_column_for_the_maximum_that_differs_from_row_to_row(desk):
    export = "ID,Name,Alter,Versuch,Note,Max\nTN 1,A,20,1,,10\nTN 2,B,21,2,,10\n"
    filled = desk.fill(export, table("ID", otter="TN 1", heron="TN 2"), {"otter": "8"}).decode()
    assert filled == export.replace("20,1,,", "20,1,8,")


@pytest.mark.parametrize(
    "cells",
    ["Participant,Participant 12", "Participant 11,Teilnehmer 12", "11,12", "u1,u2", "A 1,"],
)
def test_what_no_platform_exports_is_not_taken_for_moodle(desk, cells):
    first, second = cells.split(",")
    export = f"Name,Class,Mark,Max,More,Ends\n{first},x,,10,,\n{second},x,,10,,\n"
    said = desk.refused(export, table("Name", otter=first))
    assert said.startswith("export.csv is no gradebook as Canvas, Moodle (its")


# Gradescope and Brightspace


def test_gradescope_takes_points_in_total_score(desk):
    learners = "code,SID\notter,201\nheron,202\n"
    expected = GRADESCOPE.replace("jo@example.org,A,,", "jo@example.org,A,80,")
    assert desk.fill(GRADESCOPE, learners).decode() == expected.replace("70.0", "62.25")


def test_brightspace_ids_may_lack_their_sign(desk):
    for learners in (table("OrgDefinedId", otter="301"), table("username", otter="#Jo")):
        filled = desk.fill(BRIGHTSPACE, learners).decode()
        assert filled == BRIGHTSPACE.replace("#jo,,", "#jo,80,")
    assert "does not say its maximum: see that it is 100 on the" in repr(desk.filled)


def test_brightspace_rows_must_end_as_they_should(desk):
    said = desk.refused(BRIGHTSPACE.replace("40,#", "40,"), table("Username", otter="jo"))
    assert said == "export.csv, line 3: the last cell is not #; export the file again."


# Encodings, line ends, decimals


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_stay(desk, encoding, end):
    export = CANVAS.replace("\n", end) + end + end
    filled = desk.fill(export.encode(encoding), BY_ID.encode("utf-16"))
    expected = export.replace("zo,A,,", "zo,A,80,").replace("A,12.5,", "A,62.25,")
    assert filled == expected.encode(encoding)


def test_an_old_encoding_and_mixed_line_ends_stay(desk):
    export = CANVAS.replace("李 小龙", "Žižek").replace("(read only)\n", "(read only)\r\n")
    raw = export.encode("cp1252")
    filled = desk.fill(raw, 'code,Student\notter,"O\'Neill, Zoë"\nheron,Žižek\n'.encode("cp1252"))
    assert filled == raw.replace(b"zo,A,,", b"zo,A,80,").replace(b"A,-,", b"A,62.25,")
    assert filled.rstrip(b"\n") == desk.fill(raw.rstrip(b"\n"), BY_ID, {}).replace(
        b"zo,A,,", b"zo,A,80,"
    ).replace(b"A,-,", b"A,62.25,")


BLANK = CANVAS.replace("12.5", "")


@pytest.mark.parametrize(
    ("export", "before", "after"),
    [
        (CANVAS.replace("12.5", '"12,5"'), 'jo,A,"12,5",', 'jo,A,"62,25",'),  # the cells themselves
        (CANVAS.replace(",", ";"), "jo;A;12.5;", "jo;A;62.25;"),
        (CANVAS.replace(",", ";").replace("55", "5,5"), "jo;A;12.5;", "jo;A;62.25;"),
        (BLANK.replace("55", '"5,5"'), "jo,A,,", 'jo,A,"62,25",'),  # other marks of the file
        (BLANK.replace("55", "5.5"), "jo,A,,", "jo,A,62.25,"),
        (BLANK.replace(",", ";"), "jo;A;;", "jo;A;62,25;"),  # the delimiter
        (BLANK.replace(",", "\t"), "jo\tA\t\t", "jo\tA\t62.25\t"),
        (BLANK.replace(",100,", ',"100,00",'), "jo,A,,", 'jo,A,"62,25",'),  # the maximum
    ],
)
def test_decimals_are_written_as_the_file_writes_them(desk, export, before, after):
    filled = desk.fill(export, BY_ID, {"heron": "62.25"}).decode()
    assert export.count(before) == 1
    assert filled == export.replace(before, after)


def test_a_column_with_both_kinds_of_decimals_is_refused(desk):
    export = CANVAS.replace("12.5", '"12,5"').replace("A,-", "A,2.5")
    assert "a decimal point and with a decimal comma" in desk.refused(export, BY_ID)


# Points


def test_points_are_never_scaled_unless_asked(desk):
    export = CANVAS.replace(",100,", ",200,")
    filled = desk.fill(export, BY_ID, {"otter": "62.5"})
    assert filled.decode() == export.replace("A,,5", "A,62.5,5")
    assert "run again with --scale" in repr(desk.filled) and desk.filled.waits
    export = CANVAS.replace(",100,", ",20,")
    filled = desk.fill(export, BY_ID, {"otter": "62.5"}, scale=True)
    assert filled.decode() == export.replace("A,,5", "A,12.5,5")
    assert "Points were scaled from 100 to 20." in repr(desk.filled)


def test_what_cannot_be_scaled_is_not(desk):
    said = desk.refused(BRIGHTSPACE, table("Username", otter="jo"), scale=True)
    assert said == "export.csv does not say how many points there are; leave out --scale."
    several = GRADESCOPE.replace("100.0,Missing,,,,,\nAnn,Lee", "50.0,Missing,,,,,\nAnn,Lee")
    assert "names several maximum points" in desk.refused(several, table("SID", otter="201"))


def test_the_course_has_the_points_we_scale_from():
    found = exercises.load(kit.data.load())
    assert Decimal(sum(exercise.points for exercise in found.values())) == OUT_OF


def test_written_answers_that_wait_for_a_marker_are_named(desk):
    desk.fill(CANVAS, BY_ID, waiting=["otter"])
    assert desk.told()["otter"] == ["80", "filled; 1 written answer waits for a marker"]
    assert "otter: filled; 1 written answer waits" in repr(desk.filled)


# Refused


def test_a_code_in_several_rows_is_a_group_and_each_of_it_gets_the_mark(desk):
    filled = desk.fill(CANVAS, "code,ID\notter,101\n\nOtter,105\nheron,102\n").decode()
    marks = {row[1]: row[5] for row in csv.reader(io.StringIO(filled, newline=""))}
    assert (marks["101"], marks["105"], marks["102"]) == ("80", "80", "62.25")
    assert "otter stands in 2 rows: a group." in desk.filled.notes


@pytest.mark.parametrize(
    ("export", "learners", "marks", "said"),
    [
        (CANVAS.replace('"O\'Neill, Zoë"', "O'Neill, Zoë"), BY_ID, MARKS,
         "export.csv, line 3: 8 cells where the first line has 7; perhaps a name"),
        ("Name,Mark\n", BY_ID, MARKS, "export.csv is no gradebook as Canvas, Moodle (its"),
        (CANVAS, "codes,ID\n", MARKS, "The first line of learners.csv does not hold"),
        (CANVAS, "code,ID,id\n", MARKS, "learners.csv has two columns “id”"),
        (CANVAS, "code,ID\nZoë O,101\n", MARKS, "learners.csv, line 2: the column “code” holds"),
        (CANVAS, "code,Student\notter,Kim, Jo\n", MARKS,
         "learners.csv, line 2: 3 cells where the first line has 2"),
        (CANVAS, BY_ID, b"code,points\n", "The first line of marks.csv does not hold"),
        (CANVAS, BY_ID, b"", "The first line of marks.csv does not hold"),
        (CANVAS, BY_ID, b"\xff\xfe", "The first line of marks.csv does not hold"),
        (CANVAS, BY_ID, {"otter": "=1"}, "marks.csv, line 2: points or waiting is no plain number"),
        (CANVAS, BY_ID, {"otter": "1e9"}, "marks.csv, line 2: points or waiting is no plain"),
        (CANVAS, BY_ID, {"otter": "-5"}, "marks.csv, line 2: points or waiting is no plain"),
        (CANVAS, BY_ID, marks_file({"otter": "1"}) + b"otter,,,1,2,0,\r\n",
         "marks.csv, line 3: the code otter stands there twice"),
        (CANVAS, BY_ID, marks_file({"otter": "1"}) + b"heron\r\n", "marks.csv, line 3: points or"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_written(
    desk, export, learners, marks, said
):
    assert desk.refused(export, learners, marks).startswith(said)


def test_a_file_that_is_missing_is_named_without_its_path(desk):
    desk.put(CANVAS, BY_ID)
    (desk.folder / "marks.csv").unlink()
    paths = [desk.folder / name for name in ("export.csv", "marks.csv", "learners.csv")]
    with pytest.raises(KitError, match=r"^There is no file marks.csv in the folder"):
        lms.fill(*paths, desk.out)


@pytest.mark.parametrize("name", ["export.csv", "marks.csv", "learners.csv"])
def test_no_file_that_is_read_is_written_over(desk, name):
    desk.out = desk.folder / name
    before = CANVAS, BY_ID
    with pytest.raises(KitError, match=f"{name} is a file to read"):
        desk.fill(*before)
    assert (desk.folder / "export.csv").read_text(encoding="utf-8") == CANVAS
    os.link(desk.folder / name, desk.folder / "other.csv")
    desk.out = desk.folder / "other.csv"
    with pytest.raises(KitError, match=r"other\.csv is a file to read"):
        desk.fill(*before)


def test_a_full_disk_or_a_file_in_use_leaves_nothing_behind(desk):
    desk.put(CANVAS, BY_ID)
    with mock.patch.object(os, "fsync", side_effect=OSError(28, "No space left")):
        assert "the disk is full" in desk.refused(CANVAS, BY_ID)
    real = os.replace

    def replace(draft, path):
        if path == desk.report:
            raise PermissionError(13, "in use", str(draft), None, str(path))
        real(draft, path)

    with mock.patch.object(os, "replace", replace):
        assert "filled.report.csv was not written because" in desk.refused(CANVAS, BY_ID)


def test_a_filled_file_that_is_not_as_it_was_is_never_written(desk):
    right = Sheet.filled
    for wrong in (
        lambda sheet, values: right(sheet, values).replace(b"Ann Lee", b"Ann  Lee"),
        lambda sheet, values: right(sheet, values).replace(b"\n", b"\r\n"),
        lambda sheet, values: right(sheet, values).replace(b'"A\nB"', b"A B"),
        lambda sheet, values: right(sheet, values).replace(b"zo,A,80", b"zo,A,81"),
        lambda sheet, values: right(sheet, values).replace(b"106,,test,A,,\n", b""),
        lambda sheet, values: right(sheet, values)[:-30].rpartition(b"\n")[0],
        lambda sheet, values: b"\xef\xbb\xbf" + right(sheet, values),
        lambda sheet, values: right(sheet, {}),
    ):
        with mock.patch.object(Sheet, "filled", wrong):
            assert "nothing was written" in desk.refused(CANVAS, BY_ID)


def test_filling_again_gives_the_same_bytes(desk):
    first = desk.fill(CANVAS, BY_ID)
    report = desk.report.read_bytes()
    assert (desk.fill(CANVAS, BY_ID), desk.report.read_bytes()) == (first, report)
    assert desk.fill(first, BY_ID) == first


NAMES = st.text(
    st.sampled_from(",;\"\n=#'") | st.characters(codec="utf-8", exclude_characters="\0\r"),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40)
@given(st.data())
def test_for_any_names_a_mark_goes_to_its_learner_and_to_nobody_else(tmp_path_factory, data):
    names = data.draw(st.lists(NAMES, min_size=1, max_size=6))
    marked = data.draw(st.lists(st.sampled_from(range(len(names))), unique=True))
    ends = data.draw(st.sampled_from(["\n", "\r\n"]))
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator=ends)
    rows.writerow(["Student", "ID", "Section", "Essay (77)"])
    rows.writerows([name, number, "A", ""] for number, name in enumerate(names))
    desk = Desk(tmp_path_factory.mktemp("desk"))
    learners = table("ID", **{f"code-{number}": number for number in range(len(names))})
    marks = {f"code-{number}": str(number + 0.5) for number in marked}
    filled = desk.fill(file.getvalue(), learners, marks).decode()
    read = list(csv.reader(io.StringIO(filled, newline="")))[1:]
    assert [row[0] for row in read] == names
    assert {int(row[1]): row[3] for row in read if row[3]} == {n: f"{n}.5" for n in marked}


EXPORTS = [CANVAS, MOODLE, GRADESCOPE, BRIGHTSPACE, MOODLE.replace("Identifier", "Kennung")]
OTTER = Learners("learners.csv", ["id", "username", "sid", "kennung", "identifier"], {
    ("otter", 0): {
        "id": "101", "username": "jo", "sid": "201",
        "kennung": "Participant 11", "identifier": "Participant 11",
    }
}, {"otter": "otter"})  # fmt: skip


@settings(max_examples=400)
@given(
    st.sampled_from(EXPORTS), st.lists(st.tuples(st.integers(0), st.binary(max_size=3)), max_size=4)
)
def test_a_damaged_export_is_filled_with_nothing_else_changed_or_refused(export, damage):
    raw = bytearray(export.encode())
    for place, new in damage:
        place %= len(raw)
        raw[place : place + len(new)] = new
    try:
        found = recognised(bytes(raw), "export.csv")
        marks = {"otter": TotalMark("otter", "0123456789", "1", Decimal(80), 0)}
        filling = Filling(found.chosen(), None, {}, replace=True)
        plan = planned(found, marks, matched(found, OTTER), OTTER, filling)
    except KitError as error:
        assert "export.csv" in str(error)
        return
    assert len(plan.values) <= 1
    check_filled(found.sheet.filled(plan.values), found, plan.values)


# The command


def command(desk, *more):
    files = {"--marks": "marks.csv", "--learners": "learners.csv", "--out": "filled.csv"}
    paths = [part for flag, name in files.items() for part in (flag, str(desk.folder / name))]
    return main(["lms", str(desk.folder / "export.csv"), *paths, *more])


def test_the_command_says_what_it_did(desk, capsys):
    desk.put(CANVAS, BY_ID, {"otter": "80"})
    assert command(desk) == 0
    assert capsys.readouterr().out == (
        "filled.csv: column “Essay (77)”, 1 mark written, 0 there already; "
        "every other byte is as it was.\n"
        "filled.report.csv says for every code what was done.\n"
    )
    desk.put(CANVAS, BY_ID)
    options = ["--column", "Essay (77)", "--id", "ID", "--platform", "canvas", "--replace"]
    assert command(desk, *options) == 3
    assert "For a person to look at: 2\n  crane: no such code" in capsys.readouterr().out


def test_what_kit_mark_writes_is_what_kit_lms_reads(desk):
    case = kit.data.load()
    for code, answer in {"otter": 14, "heron": 12}.items():
        journal = kit.journal.Journal(desk.folder / f"{code}.jsonl")
        journal.write("members_1954", answer)
        journal.write("slip_report", "Moscow, not Sochi (R25).")
        (desk.folder / "in").mkdir(exist_ok=True)
        kit.submission.pack(journal, case, code, desk.folder / "in")
    grading.grade([desk.folder / "in"], desk.folder / "marks", case)
    marks = (desk.folder / "marks" / "marks.csv").read_bytes()
    assert desk.fill(CANVAS, BY_ID, marks).decode() == (
        CANVAS.replace("zo,A,,", "zo,A,3,").replace("A,12.5,", "A,0,")
    )
    assert desk.told()["otter"] == ["3", "filled; 1 written answer waits for a marker"]


def test_the_command_refuses_in_one_sentence(desk, capsys):
    desk.put(CANVAS, BY_ID)
    assert command(desk, "--platform", "moodle", "--scale") == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    with pytest.raises(SystemExit) as stop:
        command(desk, "--platform", "webct")
    assert stop.value.code == 2
    assert set(cli.PLATFORMS) == {name for name, *_ in PLATFORMS}
