"""Record, key, exercises and feedback that do not agree are refused in one sentence each."""

import shutil
from pathlib import Path

import pytest

from kit import data, exercises
from teach.check_data import faults, named
from teach.cli import main
from tests import consistency

CASES = Path(__file__).resolve().parents[1] / "cases"


@pytest.fixture
def biscuits(tmp_path):
    return Path(shutil.copytree(CASES / "biscuits", tmp_path / "biscuits"))


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "folder", [None, CASES / "biscuits", CASES / "small", CASES / "first_flight"]
)
def test_the_course_and_the_invented_cases_agree_with_themselves(folder):
    case = data.load(folder)
    assert list(faults(case, exercises.Checker(case))) == []
    assert list(consistency.faults(case)) == []


KEY, ASKED = "key/answers.toml", "exercises.toml"
RESTING_ON_NOTHING = [
    (
        "key/claims.csv",
        "C17,unsupported,R63",
        "C17,unsupported,R14",
        "C17: 'unsupported' rests on R14",
    ),
    ("record.csv", "r20,verified", "r20,unverified", "C11: 'contradicted' rests on R20"),
    ("record.csv", "r31,verified", "r31,unverified", "'four_verbs' rests on R31 alone"),
    (KEY, 'record = "R61"', 'record = "R14"', "'recollection_lag' rests on R14 alone"),
    (
        KEY,
        "[attached_records.bearing]",
        'deciding = { C08 = ["R03", "R14"] }\n[attached_records.bearing]',
        "'attached_records' rests on R14 alone",
    ),
]
UNKNOWN = [
    (
        "key/claims.csv",
        "There is a transcript.",
        "See R99.",
        "claims.csv, C07: there is no record 'R99'",
    ),
    (
        "key/ratings.csv",
        "that day (R54)",
        "that day (R99)",
        "ratings.csv, blog: there is no record",
    ),
    ("record.csv", "(compare R61)", "(compare R99)", "record.csv, R29: there is no record 'R99'"),
    (
        KEY,
        "told it in 2021 (R54)",
        "told it in 2021 (R99)",
        "[quiz_reasons]: there is no record 'R99'",
    ),
    (ASKED, "in Wobbleton (R63)", "in Wobbleton (R99)", "'slips', right: there is no record 'R99'"),
    (ASKED, "the year with R41.", "the year with R99.", "'slips', wrong: there is no record"),
]
UNFIT = [
    (
        "key/claims.csv",
        "contradicted,R03,",
        "contradicted,R03;R41,",
        "C08: R41 shares no year and no name",
    ),
    (KEY, "so on the radio (R39)", "so on the radio (R44)", "b3: R44 shares no year and no name"),
    (ASKED, "R43 is an invitation.", "R43 is not R50.", "wrong 'R43' for C13: R50 shares no"),
    (
        ASKED,
        "speaks of the very point.",
        "speaks of it (R49).",
        "'attached_records', right: R49 shares",
    ),
]
AT_ODDS = [
    (
        "key/claims.csv",
        "She did, on the radio.",
        "She did (R31).",
        "C04: the reason names R31, which",
    ),
    (
        KEY,
        "[attached_records.bearing]",
        'deciding = { C08 = ["R41"] }\n[attached_records.bearing]',
        "'attached_records', C08: R41 settles the claim there, but is not among",
    ),
    (
        ASKED,
        'row = "C13", answer = "R43"',
        'row = "C13", answer = "R44"',
        "'R44', row C13: this answer",
    ),
    (
        ASKED,
        'row = "C13", answer = "R43"',
        'row = "C12", answer = "R43"',
        "row C12: the exercise has no",
    ),
    (
        ASKED,
        'row = "C05", answer = "supported"',
        'row = "C05", answer = "partly"',
        "row C05: this answer",
    ),
    (
        ASKED,
        'row = "R54", answer = "applied"',
        'row = "R03", answer = "asked"',
        "row R03: this answer",
    ),
    (
        ASKED,
        'column = "forum", answer = "denies"',
        'column = "forum", answer = "hedges"',
        "P1, column forum: this",
    ),
    (ASKED, 'answer = "2014-03-18"', 'answer = "2009-04"', "wrong '2009-04': this answer counts"),
    (
        ASKED,
        'answer = "cut_a", reason',
        'answer = "cut_b", reason',
        "wrong 'cut_b': this answer counts",
    ),
    (
        ASKED,
        'answer = "museum", reason',
        'answer = "tea", reason',
        "wrong 'tea': this answer counts",
    ),
    (ASKED, "answer = 7, reason", "answer = 3, reason", "wrong 3: this answer counts"),
    (ASKED, "answer = 60, reason", "answer = 75.04, reason", "wrong 75.04: this answer counts"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"), [*RESTING_ON_NOTHING, *UNKNOWN, *AT_ODDS]
)
def test_what_does_not_agree_is_refused_in_one_sentence(biscuits, capsys, file, old, new, sentence):
    edit(biscuits / file, old, new)
    assert main(["check-data", str(biscuits)]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1 and said.endswith(".\n") and ";" in said


@pytest.mark.parametrize(("file", "old", "new", "sentence"), UNFIT)
def test_a_record_that_does_not_bear_on_what_is_said_is_named(biscuits, file, old, new, sentence):
    edit(biscuits / file, old, new)
    assert sentence in next(consistency.faults(data.load(biscuits)))


@pytest.mark.parametrize(
    ("id", "row", "column", "value", "sentence"),
    [
        ("verdicts", "C05", "verdict", "opinion", "C05, accepts opinion, but the key's claims"),
        ("stances", "P1", "blog", "denies", "P1 blog, is 'denies', but the key's stances.csv has"),
    ],
)
def test_a_typed_answer_must_be_what_the_tables_hold(biscuits, id, row, column, value, sentence):
    case = data.load(biscuits)
    matrix = exercises.answer_of(exercises.load(case)[id], case).value
    for changed in (False, True):
        if changed:
            matrix[row][column] = value
        case.key.answers[id] = {"answer": matrix}
        found = list(faults(case, exercises.Checker(case)))
        assert [sentence in each for each in found] == [True] * changed, found


def test_an_unverified_record_may_stand_beside_a_verified_one(biscuits):
    edit(biscuits / "key" / "claims.csv", "C09,supported,R10", "C09,supported,R10;R14")
    edit(biscuits / KEY, 'C08 = ["R63"]', 'C08 = ["R14"]')
    case = data.load(biscuits)
    assert list(faults(case, exercises.Checker(case))) == []


def test_a_reason_for_a_record_that_settles_nothing_alone_stays(biscuits):
    old = 'row = "C13", answer = "R43", reason = "C13: R43 is an invitation.'
    edit(biscuits / ASKED, old, 'row = "C08", answer = "R63", reason = "C08: that was told later.')
    case = data.load(biscuits)
    assert case.key.answers["attached_records"]["bearing"]["C08"] == ["R63"]
    assert list(faults(case, exercises.Checker(case))) == []


def test_the_note_beside_a_stance_names_only_what_bears_on_it(tmp_path):
    folder = Path(shutil.copytree(CASES / "small", tmp_path / "small"))
    edit(folder / "key" / "stances.csv", "In the charter.", "In the charter (R02).")
    case = data.load(folder)
    [found] = consistency.faults(case)
    assert "stances.csv, P2 gazette: R02 shares no year" in found


def test_a_case_without_a_key_is_still_asked_which_records_it_names(biscuits, capsys):
    shutil.rmtree(biscuits / "key")
    assert main(["check-data", str(biscuits)]) == 0
    edit(biscuits / ASKED, "in Wobbleton (R63)", "in Wobbleton (R99)")
    assert main(["check-data", str(biscuits)]) == 1
    assert "'slips', right: there is no record 'R99'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("record", "text", "bears"),
    [
        ("R18", "Primakov was against it", True),  # a surname
        ("R18", "Yevgeny was against it", False),  # a forename
        ("R18", "in the autumn of 1996", True),  # its year
        ("R18", "in the 1990s", True),
        ("R18", "in the 1980s", False),
        ("R51", "told in 2017", True),  # the year of the telling
        ("R63", "the note of 1954", True),  # a year of which it speaks
        ("R36", "Putin spoke", True),  # a person counts, however often named
        ("R40", "NATO and Russia", False),  # named in too many records
        ("R20", "the Soviet Union", False),
        ("R25", "on a day in June", False),  # a month is no name
        ("R13", "the Partnership for Peace", True),  # a name of a thing
        ("R99", "Putin in 2000", False),
    ],
)
def test_a_record_bears_on_what_shares_its_year_or_a_name(record, text, bears):
    assert consistency.Ties(data.load()).bears(record, text) is bears


def test_an_address_names_no_record():
    assert named("See https://example.org/R98 and R07.", {"R01"}) == ["R07"]
