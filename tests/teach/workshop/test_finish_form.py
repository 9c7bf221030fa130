"""The exercises' words are edited; what is missing is counted; the folder is written."""

import re
from pathlib import Path

import pytest

from kit import data
from kit.journal.lines import checked
from teach.workshop.desk import Desk
from teach.workshop.exercises_form import ExercisesForm, made_of
from teach.workshop.finish_form import FinishForm, in_the_way, missing, place
from teach.workshop.rules import SIZES
from tests.teach.workshop.reopen import state_of

BISCUITS = Path(__file__).resolve().parents[2] / "cases" / "biscuits"


@pytest.fixture
def whole(tmp_path):
    """The desk of the biscuit case, as its author would have left it."""
    desk = Desk(tmp_path / "my_case.jsonl")
    desk.journal.merge([checked(*pair) for pair in state_of(data.load(BISCUITS)).items()])
    return desk


def words(html):
    return re.sub(r"<[^>]*>", " ", html).split()


def test_nothing_is_there_at_first_and_a_sentence_says_what_to_do(desk):
    assert missing(desk) == [
        "Small: 2 texts, 8 moments and 6 exercises are missing.",
        "Middle: 3 texts, 15 moments and 12 exercises are missing.",
        "Full: 5 texts, 25 moments and 25 exercises are missing.",
    ]
    assert in_the_way(desk) == (
        "The case has no question yet; write the one that its texts dispute."
    )
    form = ExercisesForm(desk)
    assert "The case has no question yet" in form.why.value and form.rows() == []


def test_of_a_whole_case_nothing_is_missing(whole):
    assert missing(whole) == ["Small: all there.", "Middle: all there.", "Full: all there."]
    assert in_the_way(whole) == "All holds: the folder can be written."
    whole.delete("record", "R20")
    whole.delete("record", "R48")
    whole.delete("record", "R49")
    assert missing(whole)[2] == "Full: 1 moment is missing."


def test_what_is_wrong_is_named_with_its_field(whole):
    whole.write({"record/R31/told_date": "3/5/2019"})
    assert in_the_way(whole).startswith("R31, When it was told: “3/5/2019” is not a date;")
    form = FinishForm(whole)
    assert "1 field to fill or mend" in form.waits.value
    assert "R31, When it was told: “3/5/2019” is not a date" in form.waits.value


@pytest.mark.parametrize("size", SIZES)
def test_a_size_has_its_number_of_exercises(whole, size):
    whole.write({"case/-/size": size})
    assert len(ExercisesForm(whole).rows()) == SIZES[size]


def test_the_form_follows_a_case_that_becomes_whole(whole):
    question = whole.cell("case/-/question")
    whole.write({"case/-/question": ""})
    form = ExercisesForm(whole)
    assert "No exercise yet." in form.status.value
    whole.write({"case/-/question": question})
    form._again()  # what comes by itself when nothing has changed for a moment
    assert "No exercise yet." not in form.status.value
    assert f"{len(form.rows())} exercises." in form.status.value


def test_the_words_of_an_exercise_are_edited_and_given_back(whole):
    form = ExercisesForm(whole)
    row = "prediction"
    form.list.value = row
    title = form.fields[f"words/{row}/title"].control
    ours = title.value
    title.value = "What do you expect?"
    assert whole.cell(f"words/{row}/title") == "What do you expect?"
    assert "What do you expect?" in {id: name for name, id in form.list.options}[row]
    again = ExercisesForm(Desk(whole.journal.path))
    again.list.value = row
    assert again.fields[f"words/{row}/title"].control.value == "What do you expect?"
    assert made_of(again.desk).exercises[0]["title"] == ours  # the rule's own words stay at hand
    again.fields[f"words/{row}/title"].control.value = "  "
    assert f"words/{row}/title" not in again.desk.state


def test_the_folder_is_written_and_holds(whole, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    form = FinishForm(whole)
    form.fields["case/-/folder"].control.value = "no/where"
    form._write()
    assert "Name the folder with letters" in form.status.value
    form.fields["case/-/folder"].control.value = "tin"
    form._write()
    assert "The folder tin is written." in form.status.value
    assert "make case CASE=tin" in form.written.value and "the data hold" in form.written.value
    case = data.load(tmp_path / "tin")
    for table in ("record", "propositions", "claims", "enlargement"):
        theirs = data.load(BISCUITS).rows(table)
        assert [
            {name: row.get(name, "") for name in theirs[0]} for row in case.rows(table)
        ] == theirs
    whole.write({"record/R01/notes": "Seen again."})
    form._write()
    assert "is kept in" in form.written.value


def test_without_a_question_the_button_says_why(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    form = FinishForm(desk)
    form._write()
    assert words(form.status.value)[:4] == ["!", "Not", "written.", "The"]
    assert list(tmp_path.iterdir()) == []


def test_the_folder_lies_where_make_is_called(tmp_path, monkeypatch):
    notebooks = tmp_path / "notebooks" / "instructor"
    notebooks.mkdir(parents=True)
    monkeypatch.chdir(notebooks)
    assert place() == notebooks
    (tmp_path / "Makefile").touch()
    assert place() == tmp_path
