"""Each platform's gradebook: filled in the cells that take marks, or refused with what to do.

The files in platform_files/ are ours, in the layout that each platform writes; the people in them
are invented. docs/platforms.md says what each layout rests on.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import KitError
from teach import lms
from teach.cli import main
from teach.grading.marks import TotalMark
from teach.lms.platforms import PLATFORMS, recognised
from teach.spreadsheet import BOMS
from tests.teach.test_lms import CANVAS, Desk, marks_file, table
from tests.test_house import ROOT

BY_ID = table("ID", otter="101", heron="102")
FILES = Path(__file__).parent / "platform_files"
LEARNERS = FILES / "learners.csv"
CODES = ["heron-5", "otter-2", "lynx-7", "moth-9"]

FILLED = {  # file: (platform, column, its maximum as the file says it)
    "blackboard.csv": ("blackboard", "Essay [Total Pts: 100 Score] |5501", 100),
    "blackboard.xls": ("blackboard", "Essay [Total Pts: 100 Score] |5501", 100),
    "brightspace.csv": (
        "brightspace",
        "Essay Points Grade <Numeric MaxPoints:100 Weight:20 Category:Essays CategoryWeight:40>",
        100,
    ),
    "canvas.csv": ("canvas", "Essay (61)", 100),
    "classroom.csv": ("classroom", "Essay", 100),
    "gradescope.csv": ("gradescope", "Total Score", 100),
    "moodle_gradebook.csv": ("moodle", "Assignment: Essay (Real)", None),
    "moodle_worksheet.csv": ("moodle", "Grade", 100),
    "plain.csv": ("plain", "points", None),
    "sakai_assignment.csv": ("sakai", "grade", None),
    "sakai_gradebook.csv": ("sakai", "Essay [100]", 100),
    "schoology.csv": ("schoology", "Essay", 100),
    "teams.csv": ("teams", "Essay", 100),
}
REFUSED = {  # file: (what is said, how each maximum would be written)
    "canvas_translated.csv": "with its first line translated, which Canvas does not take back; "
    "export it again",
    "moodle_worksheet_scale.csv": "“Grade” in moodle_worksheet_scale.csv is marked on a scale",
    "moodle_worksheet_german_scale.csv": "“Bewertung” in moodle_worksheet_german_scale.csv is "
    "marked on a scale",
}
MAXIMA = {  # file: what stands there of its maximum of 100, and what a maximum of 20 would be
    "blackboard.csv": ("Total Pts: 100 Score", "Total Pts: 20 Score"),
    "blackboard.xls": ("Total Pts: 100 Score", "Total Pts: 20 Score"),
    "brightspace.csv": ("MaxPoints:100", "MaxPoints:20"),
    "canvas.csv": (",100.00,", ",20.00,"),
    "classroom.csv": ("Points,,,100,", "Points,,,20,"),
    "gradescope.csv": (",100.0,", ",20.0,"),
    "moodle_worksheet.csv": (",100.00,", ",20.00,"),
    "sakai_gradebook.csv": ("[100]", "[20]"),
    "schoology.csv": (",,,100", ",,,20"),
    "teams.csv": (",100,", ",20,"),
}


def fill(folder, export, marks, **ways):
    (folder / "marks.csv").write_bytes(marks_file(marks))
    out = folder / "filled.csv"
    return lms.fill(export, folder / "marks.csv", LEARNERS, out, **ways), out.read_bytes()


def decoded(raw):
    bom, encoding = next((pair for pair in BOMS.items() if raw.startswith(pair[0])), (b"", "utf-8"))
    return raw[len(bom) :].decode(encoding)


def with_maximum_of_20(folder, name):
    raw = (FILES / name).read_bytes()
    bom, encoding = next((pair for pair in BOMS.items() if raw.startswith(pair[0])), (b"", "utf-8"))
    before, after = MAXIMA[name]
    assert before in decoded(raw)
    export = folder / name
    export.write_bytes(bom + decoded(raw).replace(before, after).encode(encoding))
    return export


def test_every_file_of_a_platform_is_tried():
    names = {path.name for path in FILES.iterdir()}
    assert names == {*FILLED, *REFUSED, "learners.csv"}
    assert {platform for platform, *_ in FILLED.values()} == {name for name, *_ in PLATFORMS}
    assert set(MAXIMA) == {name for name, (*_, most) in FILLED.items() if most is not None}


@pytest.mark.parametrize("name", FILLED)
def test_each_platform_is_recognised_with_its_column_and_maximum(name):
    platform, column, most = FILLED[name]
    export = recognised((FILES / name).read_bytes(), name)
    place = export.chosen()
    assert (export.platform, export.heads[place], export.columns[place]) == (platform, column, most)
    assert len(export.learners) == len(CODES)
    assert recognised((FILES / name).read_bytes(), name, platform) == export


@pytest.mark.parametrize("name", FILLED)
@settings(max_examples=12)
@given(marks=st.dictionaries(st.sampled_from(CODES), st.integers(1, 98), min_size=1))
def test_a_filled_file_differs_from_the_export_only_in_the_cells_to_fill(
    tmp_path_factory, name, marks
):
    """Each mark stands once, in its learner's line; without the marks every byte is as before."""
    folder = tmp_path_factory.mktemp("desk")
    raw = (FILES / name).read_bytes()
    marks = {code: f"{mark}.{number + 1}7" for number, (code, mark) in enumerate(marks.items())}
    filled, after = fill(folder, FILES / name, marks)
    assert filled.needs_a_person == []
    before, text = decoded(raw), decoded(after)
    lines = text.splitlines()[-len(CODES) - (name == "canvas.csv") :]
    for code, mark in marks.items():
        written = mark.replace(".", ",") if name == "plain.csv" else mark
        [line] = [n for n, line in enumerate(lines) if written in line]
        assert CODES[line] == code
        blank = {"moodle_gradebook.csv": "-"}.get(name, "")
        if name == "blackboard.csv" and code == "otter-2":
            blank = "Needs Grading"
        text = text.replace(written, blank)
    assert text == before
    assert after[:3] == raw[:3] or not raw.startswith(tuple(BOMS))


@settings(max_examples=200)
@given(
    st.sampled_from([*FILLED, *REFUSED]),
    st.lists(st.tuples(st.integers(0), st.binary(max_size=3)), min_size=1, max_size=4),
)
def test_a_damaged_file_of_a_platform_is_filled_with_nothing_else_changed_or_refused(name, damage):
    raw = bytearray((FILES / name).read_bytes())
    for place, new in damage:
        place %= len(raw)
        raw[place : place + len(new)] = new
    try:
        export, learners = recognised(bytes(raw), name), lms.read_learners(LEARNERS)
        filling = lms.Filling(export.chosen(), None, {}, replace=False)
        marks = {code: TotalMark(code, "0123456789", "1", Decimal(80), 0) for code in CODES}
        matches = lms.matched(export, learners)
        plan = lms.planned(export, marks, matches, learners, filling)
    except KitError as error:
        assert name in str(error)
        return
    lms.check_filled(export.sheet.filled(plan.values), export, plan.values)


@pytest.mark.parametrize("name", MAXIMA)
def test_a_mark_above_the_maximum_is_refused_and_scaled_where_asked(tmp_path, name):
    export = with_maximum_of_20(tmp_path, name)
    with pytest.raises(KitError) as error:
        fill(tmp_path, export, {"heron-5": "20", "lynx-7": "70", "moth-9": "20.01"})
    assert (
        "takes at most 20 points, and 2 marks are higher (up to 70): add --scale to make full "
        "marks 20, or set a higher maximum in the platform and export again."
    ) in str(error.value)
    assert {path.name for path in tmp_path.iterdir()} == {name, "marks.csv"}
    filled, after = fill(tmp_path, export, {"heron-5": "100", "lynx-7": "70"}, scale=True)
    assert decoded(after).count("14") == decoded(export.read_bytes()).count("14") + 1
    assert "Points were scaled from 100 to 20." in repr(filled)


@pytest.mark.parametrize("name", REFUSED)
def test_what_takes_no_points_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(KitError) as error:
        fill(tmp_path, FILES / name, {"heron-5": "70"})
    assert REFUSED[name] in str(error.value)
    assert "export" in str(error.value)
    assert {path.name for path in tmp_path.iterdir()} == {"marks.csv"}


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("blackboard.xls", "100 Score", "100 Letter", "is shown as Letter, not as Score"),
        ("brightspace.csv", "Points Grade", "Grade Symbol", "with “Points grade” ticked"),
        ("moodle_gradebook.csv", "Essay (Real)", "Essay (Letter)", "“Real” as the display type"),
        ("sakai_assignment.csv", "SCORE_", "LETTER_", "is graded as LETTER_GRADE_TYPE"),
        ("canvas.csv", ",A,,50.00", ",A,B+,50.00", "is marked in words or letters"),
        ("moodle_worksheet.csv", "grading,,", "grading,Good,", "is marked in words or letters"),
    ],
)
def test_points_never_go_into_a_scale(tmp_path, name, before, after, said):
    raw = (FILES / name).read_bytes()
    encoding = "utf-16" if name.endswith("xls") else "utf-8"
    (tmp_path / name).write_bytes(raw.decode(encoding).replace(before, after).encode(encoding))
    with pytest.raises(KitError) as error:
        fill(tmp_path, tmp_path / name, {"heron-5": "70"})
    assert said in str(error.value)
    assert {path.name for path in tmp_path.iterdir()} == {name, "marks.csv"}


def test_a_scale_in_another_language_is_no_column_to_name():
    name = "moodle_worksheet_german_scale.csv"
    export = recognised((FILES / name).read_bytes(), name)
    with pytest.raises(KitError, match=r"“Bewertung” in .* is marked on a scale"):
        export.chosen("Bewertung")


def test_what_blackboard_says_of_an_attempt_is_left_for_a_person(tmp_path):
    raw = (FILES / "blackboard.csv").read_bytes()
    for words in (b"In Progress", b"In Progress(40.00)", b"Needs Grading(40.00)"):
        export = tmp_path / "export.csv"
        export.write_bytes(raw.replace(b"Needs Grading", words))
        filled, after = fill(tmp_path, export, {"otter-2": "70"})
        assert after == export.read_bytes()
        assert [line.code for line in filled.needs_a_person] == ["otter-2"]


@pytest.mark.parametrize("name", ["classroom.csv", "teams.csv"])
def test_a_platform_that_takes_no_file_back_says_so(tmp_path, name):
    filled, _ = fill(tmp_path, FILES / name, {"heron-5": "70"})
    assert "takes no file of marks back: type them in from this one" in repr(filled)
    assert filled.waits


def test_a_workbook_is_named_as_one(tmp_path):
    for first in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1"):
        (tmp_path / "book.xlsx").write_bytes(first + b"\0\0")
        with pytest.raises(KitError, match=r"book\.xlsx is a workbook .* save it as CSV"):
            fill(tmp_path, tmp_path / "book.xlsx", {"heron-5": "70"})


def test_a_table_of_no_platform_is_told_what_there_is(tmp_path):
    (tmp_path / "list.csv").write_text("Name,A,B,C,D,E\nu1,1,2,10,x,y\nu2,1,2,10,x,y\n")
    with pytest.raises(KitError, match="name a table with the columns “code” and “points”"):
        fill(tmp_path, tmp_path / "list.csv", {"heron-5": "70"})


def test_points_are_scaled_from_what_could_be_had(desk):
    """The column `of` of marks.csv: less where not all was taught, or somebody was excused."""
    marks = (
        b"code,time,receipt,hand_ins,points,of,waiting\r\n"
        b"otter,t,0123456789,1,30,40,0\r\nheron,t,0123456789,1,15,30,0\r\n"
    )
    filled = desk.fill(CANVAS, BY_ID, marks, scale=True).decode()
    assert filled == CANVAS.replace("zo,A,,", "zo,A,75,").replace("12.5,", "50,")
    assert "Points were scaled from 30 and 40 to 100." in repr(desk.filled)
    desk.fill(CANVAS, BY_ID, marks)
    assert "is 100 and points are out of 30 and 40: they were written" in repr(desk.filled)
    assert desk.filled.waits
    desk.fill(CANVAS.replace(",100,", ",40,"), BY_ID, marks.replace(b"15,30", b"15,40"))
    assert not desk.filled.waits


def test_sakai_goes_by_place_whatever_the_heads_say(tmp_path):
    raw = (FILES / "sakai_assignment.csv").read_bytes()
    export = tmp_path / "grades.csv"
    export.write_bytes(raw.replace(b"Display ID", b"Kennung").replace(b'"grade"', b'"Note"'))
    filled, after = fill(tmp_path, export, {"heron-5": "70"})
    assert filled.column == "Note" and after.count(b'"70"') == 1
    export.write_bytes(b"\r\n".join(raw.splitlines()[:2]))
    with pytest.raises(KitError, match="is no gradebook as Canvas"):
        fill(tmp_path, export, {"heron-5": "70"})


@pytest.mark.parametrize("head", ["Maximum grade", "MAXIMUM GRADE"])
def test_moodle_may_write_its_maximum_in_other_capitals(tmp_path, head):
    name = "moodle_worksheet.csv"
    raw = (FILES / name).read_bytes().replace(b"Maximum Grade", head.encode())
    assert list(recognised(raw, name).columns.values()) == [100]


# A mark that somebody changed on the platform

KEPT = "12.5 on the platform was kept, ours is 62.25: add --replace to write ours"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_mark_changed_on_the_platform_is_kept_and_named_with_both_numbers(desk):
    marks = {"otter": "80", "heron": "62.25"}
    filled = desk.fill(CANVAS, BY_ID, marks, replace=False).decode()
    assert filled == CANVAS.replace("zo,A,,55", "zo,A,80,55")
    assert desk.told()["heron"] == ["", KEPT]
    assert [line.code for line in desk.filled.needs_a_person] == ["heron"]
    filled = desk.fill(CANVAS, BY_ID, marks, replace=True).decode()
    assert "jo,A,62.25," in filled
    assert desk.told()["heron"] == ["62.25", "filled in place of 12.5"]


def test_our_own_mark_of_last_week_is_replaced_and_a_changed_one_is_not(desk):
    week_1 = desk.fill(CANVAS, BY_ID, {"otter": "80", "heron": "12.5"}, replace=False)
    marks = {"otter": "81", "heron": "13"}
    week_2 = desk.fill(week_1, BY_ID, marks, replace=False).decode()
    assert week_2 == CANVAS.replace("zo,A,,55", "zo,A,81,55").replace("12.5,", "13,")
    assert desk.told()["otter"] == ["81", "filled in place of 80"]
    changed = week_2.replace("zo,A,81", "zo,A,95").encode()
    assert desk.fill(changed, BY_ID, {"otter": "82", "heron": "14"}, replace=False).decode() == (
        changed.decode().replace("jo,A,13,", "jo,A,14,")
    )
    assert "95 on the platform was kept, ours is 82" in desk.told()["otter"][1]
    again = desk.fill(changed, BY_ID, {"otter": "83"}, replace=False)
    assert again == changed, "what was kept once is not taken for ours the next time"


def test_what_is_remembered_is_that_of_its_column_and_holds_no_name(desk):
    two = CANVAS.replace("Essay (77),Final Score", "Essay (77),Quiz (78)").replace(
        "(read only)", ""
    )
    desk.fill(two, BY_ID, {"otter": "80"}, column="Essay (77)")
    memory = desk.folder / "marks.platform.csv"
    rows = list(csv.reader(memory.read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ["code", "platform", "column", "mark"], ["otter", "canvas", "Essay (77)", "80"]
    ]  # fmt: skip
    there = two.replace("zo,A,,55", "zo,A,,80")
    desk.fill(there, BY_ID, {"otter": "70"}, column="Quiz (78)", replace=False)
    assert "80 on the platform was kept" in desk.told()["otter"][1]
    desk.fill(there, BY_ID, {"otter": "70"}, column="Quiz (78)", replace=True)
    assert len(memory.read_text(encoding="utf-8-sig").splitlines()) == 3


def test_a_memory_that_cannot_be_written_stops_nothing(desk, monkeypatch):
    real = lms.replacing

    def replacing(*paths):
        if paths[0].name == "marks.platform.csv":
            raise PermissionError(13, "read-only", str(paths[0]))
        return real(*paths)

    monkeypatch.setattr(lms, "replacing", replacing)
    assert b"zo,A,80" in desk.fill(CANVAS, BY_ID)
    assert "Next time, marks on the platform that differ will be kept." in repr(desk.filled)


def test_the_memory_is_no_place_for_the_filled_file(desk):
    desk.fill(CANVAS, BY_ID)
    desk.out = desk.folder / "marks.platform.csv"
    with pytest.raises(KitError, match=r"marks\.platform\.csv is a file to read"):
        desk.fill(CANVAS, BY_ID)


def test_the_command_tells_by_its_exit_code(desk, capsys):
    """Nothing waits: 0. Refused: 1. A mark kept, marks to type in, or another maximum: 3."""
    marks, out = desk.folder / "marks.csv", desk.folder / "filled.csv"
    marks.write_bytes(marks_file({"heron-5": "12"}))
    common = ["--marks", str(marks), "--learners", str(LEARNERS), "--out", str(out)]

    def code(export, *more):
        return main(["lms", str(export), *common, *more])

    assert code(FILES / "canvas.csv") == 0
    marks.write_bytes(marks_file({"heron-5": "70"}))
    small = with_maximum_of_20(desk.folder, "brightspace.csv")
    assert code(small) == 1
    assert "add --scale" in capsys.readouterr().err
    assert code(small, "--scale") == 0
    assert code(FILES / "teams.csv") == 3
    changed = (FILES / "canvas.csv").read_bytes().replace(b",A,,50.00", b",A,33,50.00")
    (desk.folder / "export.csv").write_bytes(changed)
    assert code(desk.folder / "export.csv") == 3
    assert "heron-5: 33 on the platform was kept, ours is 70" in capsys.readouterr().out
    assert code(desk.folder / "export.csv", "--replace") == 0
    marks.write_bytes(marks_file({"heron-5": "12"}))
    assert code(small) == 3
    assert (
        "The maximum in brightspace.csv is 20 and points are out of 100" in capsys.readouterr().out
    )


# Any other platform: a plain table


def test_without_an_export_a_plain_table_is_written(tmp_path, capsys):
    (tmp_path / "marks.csv").write_bytes(marks_file({"Otter": "80", "heron": "", "1-2": "62.25"}))
    out = tmp_path / "points.csv"
    assert main(["lms", "--marks", str(tmp_path / "marks.csv"), "--out", str(out)]) == 0
    assert out.read_bytes().decode("utf-8-sig") == (
        "code,points\r\n'1-2,62.25\r\nOtter,80\r\nheron,\r\n"
    ), "guarded as in every table of ours, or a spreadsheet makes a date of 1-2"
    assert "2 marks written" in capsys.readouterr().out


def test_a_table_with_code_and_points_needs_no_learners(desk):
    desk.put("Gruppe;Code;Points\nA;OTTER;\nB;heron;\n", BY_ID, {"otter": "80", "heron": "62.25"})
    lms.fill(desk.folder / "export.csv", desk.folder / "marks.csv", None, desk.out)
    assert desk.out.read_text() == "Gruppe;Code;Points\nA;OTTER;80\nB;heron;62,25\n"


def test_a_platforms_export_needs_learners(desk):
    desk.put(CANVAS, BY_ID)
    with pytest.raises(KitError, match="name your own table of codes with --learners"):
        lms.fill(desk.folder / "export.csv", desk.folder / "marks.csv", None, desk.out)
    assert not desk.out.exists()


def test_a_whole_name_is_the_same_whichever_comes_first(desk):
    raw = (FILES / "schoology.csv").read_bytes()
    for name in ("de la Cruz, Ana, Maria", "maria DE LA CRUZ, ANA"):
        learners = f'code,name\nlynx-7,"{name}"\n'
        filled = desk.fill(raw, learners, {"lynx-7": "70"})
        assert filled == raw.replace(b'"de la Cruz, Ana",', b'"de la Cruz, Ana",70')


def test_the_page_on_platforms_names_each_of_them():
    page = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8").casefold()
    assert [name for name, *_ in PLATFORMS if name not in page] == []
