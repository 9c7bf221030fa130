"""The marker's form: one answer at a time, nobody's name, kept at once; settling; agreement."""

import dataclasses
import re
import shutil

import ipywidgets
import pytest

from teach.grading import rubric
from teach.grading.marks import written_answers
from teach.marking_form.rubric_form import (
    AGAIN,
    OTHER_TEXT,
    SETTLED,
    MarkForm,
    agreement,
    marker,
)
from tests.made_up_forms import EXERCISES, case_with, inside, lines, press
from tests.teach.made_up_marks import agreed, marked

SAY = EXERCISES[EXERCISES.index('id = "say"') :].partition("\n\n")[0]
WHY = SAY.replace('"say"', '"why"').replace('"Say"', '"Why"') + '\ncites = "record"'
CODES = ["Blue-Otter", "-x7q", "red-fox", "grey-owl", "tiny-newt"]
LEARNERS = {code: {"say": f"Say {n}.", "why": f"Why {n}?"} for n, code in enumerate(CODES)}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The small case with two written exercises: say, and why, which cites the record."""
    folder = tmp_path_factory.mktemp("cases") / "small"
    return case_with(folder, f"{EXERCISES}\n[[exercise]]\n{WHY}\n")


@pytest.fixture
def marks(case, tmp_path):
    return marked(tmp_path, case, LEARNERS)


def judged(form):
    return form.shown[-1]


def shown(form):
    """The text of the answer on the page."""
    return re.search(r'label="The answer">(.*?)</blockquote>', form.answer.value, re.DOTALL)[1]


def kept(folder, name):
    """What a marker's journal holds, {id: level}."""
    state = rubric.journal(folder, name).state()
    return {id: value["level"] for id, value in state.items()}


def give(form, level, then="Next →"):
    judged(form).level.value = level
    press(form, then)


def give_all(folder, name, level_of, case):
    """Let a marker give each answer to "say" a level, by what its text is."""
    form = marker(folder, name, case)
    for _ in range(len(form.pile)):
        give(form, level_of(shown(form)))


def everything(form):
    """All that the page gets of a form, as one text."""
    return "\n".join(str(widget.get_state()) for widget in inside(form, ipywidgets.Widget))


def test_a_level_is_kept_at_once_with_its_note_and_its_text(marks, case):
    form = marker(marks, "ada", case)
    first = form.pile[0]
    judged(form).level.value = 3
    judged(form).note.value = "Well put. "
    value = {"level": 3, "note": "", "text": first.fingerprint, "to": "learner"}
    assert lines(form.journal) == [(first.id, value), (first.id, value | {"note": "Well put."})]
    assert "Saved. 1 of 5 marked in this question, 1 of 10 in all." in form.status.value
    assert agreed(marks) == {(first.code, "say"): 3}


def test_level_0_is_a_level_and_what_is_taken_back_is_none(marks, case):
    form = marker(marks, "ada", case)
    judged(form).level.value = 0
    assert agreed(marks) == {(form.pile[0].code, "say"): 0}
    assert "1 of 5 marked" in form.status.value
    judged(form).level.value = None
    assert form.journal.state() == {}
    judged(form).note.value = "Hm."
    assert agreed(marks) == {} and "0 of 5 marked" in form.status.value


def test_everything_is_there_again_when_the_cell_is_run_again(marks, case):
    form = marker(marks, "ada", case)
    judged(form).note.value = "First"
    give(form, 2)
    form = marker(marks, "ada", case)
    assert "Kept from before. 1 of 5 marked" in form.status.value
    assert "Answer 2 of 5." in form.where.value and judged(form).level.value is None
    press(form, "← Back")
    assert (judged(form).level.value, judged(form).note.value) == (2, "First")


def test_the_buttons_walk_through_a_question_and_stay_at_its_ends(marks, case):
    form = marker(marks, "ada", case)
    press(form, "← Back")
    assert "This is the first answer" in form.status.value and form.at == 0
    walked = [shown(form)]
    for _ in range(4):
        press(form, "Next →")
        walked.append(shown(form))
    assert sorted(walked) == [f"Say {n}." for n in range(5)]
    press(form, "Next →")
    assert "This is the last answer" in form.status.value and shown(form) == walked[-1]


def test_the_next_not_marked_is_found_before_and_in_other_questions(marks, case):
    form = marker(marks, "ada", case)
    for place in (4, 1):
        form._show(place)
        judged(form).level.value = 1
    press(form, "Next not marked yet")
    assert form.at == 2
    give(form, 1, "Next not marked yet")
    assert form.at == 3
    give(form, 1, "Next not marked yet")
    assert (form.at, form.question.value) == (0, "say")
    give(form, 1, "Next not marked yet")
    assert (form.at, form.question.value) == (0, "why")
    for _ in range(5):
        give(form, 1, "Next not marked yet")
    assert "Every answer is marked." in form.status.value
    assert len(kept(marks, "ada")) == 10


def test_nothing_on_the_page_tells_whose_answer_it_is(marks, case):
    form = marker(marks, "ada", case)
    for _ in range(5):
        give(form, 1)
    page = (everything(form) + repr(form)).casefold()
    assert shown(form).casefold() in page
    assert [code for code in CODES if code.casefold() in page] == []


def test_learners_words_are_escaped_and_very_long_ones_are_cut(case, tmp_path):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    marks = marked(tmp_path, case, {"a1": {"say": hostile}, "b2": {"say": "x" * 50_000}})
    form = marker(marks, "ada", case)
    pages = [form.answer.value]
    press(form, "Next →")
    pages.append(form.answer.value)
    assert not any(re.search(r"<script|<img", page) for page in pages)
    assert any("&lt;script&gt;" in page for page in pages)
    assert any("30,000 more characters are not shown" in page for page in pages)


def test_the_question_the_rubric_and_the_samples_stand_beside_as_they_are(marks, case, tmp_path):
    form = marker(marks, "ada", case)
    assert judged(form).level.options == (("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4", 4))
    assert "The question: Say (4 points)" in form.prompt.value and "Say it." in form.prompt.value
    assert form.samples.value.count("<details>") == 5
    assert "Sample answers of level 4" in form.samples.value
    assert "2 of at most 5 words.</p>" in form.answer.value
    assert "cited" not in form.answer.value.casefold()  # this question asks for no records


def test_words_beyond_the_limit_are_counted(case, tmp_path):
    marks = marked(tmp_path, case, {"a1": {"say": "One two three four five six."}})
    told = marker(marks, "ada", case).answer.value
    assert "6 of at most 5 words. That is 1 too many." in told


def test_the_records_that_a_text_cites_can_be_read(case, tmp_path):
    marks = marked(tmp_path, case, {"a1": {"why": "So R02 and r99 say."}})
    form = marker(marks, "ada", case)
    row = next(row for row in case.rows("record") if row["record_id"] == "R02")
    assert "Cited: R02, R99 (not in the record)" in form.answer.value
    assert row["what_happened"] in form.answer.value
    marks = marked(tmp_path / "marks", case, {"a1": {"why": "So."}})
    assert "No record is cited." in marker(marks, "ada", case).answer.value


def test_another_question_has_its_own_answers(marks, case):
    form = marker(marks, "ada", case)
    assert form.question.options == (("Say", "say"), ("Why", "why"))
    press(form, "Next →")
    form.question.value = "why"
    assert "Answer 1 of 5." in form.where.value and shown(form).startswith("Why")
    judged(form).level.value = 4
    assert list(kept(marks, "ada")) == [f"{form.pile[0].code}/why"]


def test_what_comes_late_from_the_page_counts_for_the_answer_it_was_meant_for(marks, case):
    form = marker(marks, "ada", case)
    first, late = form.pile[0], judged(form)
    press(form, "Next →")
    late.level.value = 2
    late.note.value = "Late"
    assert kept(marks, "ada") == {first.id: 2}
    press(form, "← Back")
    assert (judged(form).level.value, judged(form).note.value) == (2, "Late")
    assert judged(form) is not late


def test_a_note_that_waits_for_its_pause_is_kept_when_the_form_goes_on(marks, case, monkeypatch):
    class Waits:
        def cancel(self):
            pass

    monkeypatch.setattr("teach.marking_form.rubric_form.later", lambda *_: Waits())
    form = marker(marks, "ada", case)
    judged(form).note.value = "Typed"
    assert form.journal.state() == {} and "Typing" in form.status.value
    press(form, "Next →")
    assert [value["note"] for _, value in lines(form.journal)] == ["Typed"]


def test_few_controls_stay_open_however_many_answers_were_marked(marks, case):
    form = marker(marks, "ada", case)
    closed = []
    for _ in range(8):
        closed += [judged(form)]
        press(form, "Next not marked yet")
    open_ones = [each for each in closed if each.level.comm is not None]
    assert len(open_ones) <= 3 and all(isinstance(each, MarkForm) for each in form.shown)


def test_a_level_of_an_earlier_text_is_not_shown_as_that_of_the_new_one(case, tmp_path):
    marks = marked(tmp_path, case, {"a1": {"say": "Old."}})
    give(marker(marks, "ada", case), 4)
    give(marker(marks, "ben", case), 0)
    later = "2026-03-07T09:30:00.000Z"
    marked(tmp_path, case, {"a1": {"say": "New."}}, time=later)
    form = marker(marks, "ada", case)
    assert shown(form) == "New." and judged(form).level.value is None
    assert OTHER_TEXT in form.where.value and "0 of 1 marked" in form.status.value
    judged(form).level.value = 1
    form = marker(marks, "ada", case)
    assert OTHER_TEXT not in form.where.value and judged(form).level.value == 1
    assert AGAIN not in form.where.value  # ben's level was for the old text


def test_a_level_that_a_shorter_rubric_does_not_have_is_not_shown(marks, case):
    form = marker(marks, "ada", case)
    short = dataclasses.replace(form.exercises["say"], rubric=("0 No", "1 Yes"))
    for level, seen in ((1, 1), (3, None)):
        made = MarkForm(form.pile[0], short, {"level": level}, print, form.status)
        assert made.level.value == seen


# Who marks


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder of somebody who has never marked here."""
    monkeypatch.setattr("teach.marking_form.marker_name.Path.home", lambda: tmp_path / "home")
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def named(desk, name):
    desk.name.value = name
    press(desk, "Begin")
    return desk.form.marker


def test_a_marker_is_asked_for_a_name_once(marks, case, home):
    desk = marker(marks, case=case)
    name = named(desk, " Ada ")
    assert re.fullmatch("ada-[0-9a-f]{4}", name) and f"<strong>{name}</strong>" in everything(desk)
    give(desk.form, 3)
    assert list(kept(marks, name).values()) == [3]
    assert marker(marks, case=case).form.marker == name


def test_two_copies_of_notebook_and_marks_never_have_one_marker(marks, case, home, tmp_path):
    mine = named(marker(marks, case=case), "ada")
    shutil.copytree(marks, tmp_path / "copy")
    (home / ".asked-to-join-marker").unlink()  # a colleague's machine
    desk = marker(tmp_path / "copy", case=case)
    assert not hasattr(desk.form, "marker")
    assert named(desk, "ada") != mine


def test_somebody_else_or_from_another_machine_can_go_on(marks, case, home):
    give(marker(marks, "marker-1", case), 2)
    give(marker(marks, "agreed-0", case), 2)
    desk = marker(marks, case=case)
    press(desk, "I am marker-1")
    assert desk.form.marker == "marker-1" and "1 of 10 in all" in desk.form.status.value
    press(desk, "Somebody else marks now")
    assert named(desk, "ben").startswith("ben-")
    assert marker(marks, case=case).form.marker.startswith("ben-")


@pytest.mark.parametrize("name", ["", "a", "Frau Ä", "x" * 16, "../ada"])
def test_a_name_that_is_no_name_is_told_and_nothing_is_kept(marks, case, home, name):
    desk = marker(marks, case=case)
    desk.name.value = name
    press(desk, "Begin")
    assert "Type 2 to 15 letters" in desk.form.status.value and list(home.iterdir()) == []


def test_without_a_home_that_can_be_written_marking_goes_on(marks, case, home):
    home.rmdir()
    assert named(marker(marks, case=case), "ada").startswith("ada-")
    assert not hasattr(marker(marks, case=case).form, "marker")  # it asks again


def test_a_remembered_name_that_is_none_is_asked_for_again(marks, case, home):
    (home / ".asked-to-join-marker").write_bytes(b"\xff../x")
    assert not hasattr(marker(marks, case=case).form, "marker")


def test_what_a_note_is_for_is_said_and_files_not_read_are_named_in_the_form(marks, case):
    form = marker(marks, "ada", case)
    assert "to the learner" in judged(form).note.description
    (marks / "rubric" / "Agreed.jsonl").touch()
    assert "Agreed.jsonl was not read, and no level" in everything(marker(marks, "ada", case))


# Two markers


def by_number(text):
    return int(text[4])


def test_answers_on_which_markers_differ_come_first_but_not_what_the_other_gave(marks, case):
    give_all(marks, "ada", by_number, case)
    give_all(marks, "ben", lambda text: 2 if text == "Say 4." else by_number(text), case)
    form = marker(marks, "ada", case)
    assert shown(form) == "Say 4." and AGAIN in form.where.value
    assert "level 2" not in form.where.value and "ben" not in everything(form)
    press(form, "Next →")
    assert AGAIN not in form.where.value
    press(form, "← Back")
    judged(form).level.value = 2
    assert AGAIN not in marker(marks, "ada", case).where.value


def test_what_is_to_be_looked_at_again_is_shown_before_what_is_not_marked(marks, case):
    give_all(marks, "ben", lambda _: 1, case)
    form = marker(marks, "ada", case)
    form._show(2)
    judged(form).level.value = 3
    odd = shown(form)
    form = marker(marks, "ada", case)
    assert shown(form) == odd and "Answer 1 of 5." in form.where.value


def test_a_marker_is_not_told_of_others_before_giving_a_level(marks, case):
    give_all(marks, "ada", lambda _: 4, case)
    give_all(marks, "ben", lambda _: 1, case)
    form = marker(marks, "cleo", case)
    for _ in range(5):
        assert AGAIN not in form.where.value and "evel" not in form.where.value
        press(form, "Next →")
    assert judged(form).level.value is None


def test_agreed_sees_all_levels_and_notes_and_only_where_they_differ(marks, case):
    told = marker(marks, "agreed", case)
    assert repr(told) == "No answer has two different levels, so there is nothing to settle."
    give_all(marks, "ada", by_number, case)
    form = marker(marks, "ben", case)
    judged(form).note.value = "<b>Too short"
    odd = shown(form)
    give(form, (by_number(odd) + 1) % 5)
    form = marker(marks, "agreed", case)
    assert [text.text for text in form.texts] == [odd]
    given = f"Given: ada: level {by_number(odd)}; ben: level {(by_number(odd) + 1) % 5}, “&lt;b&gt;"
    assert given in form.where.value
    judged(form).level.value = 0
    assert "1 of 1 settled" in form.status.value
    assert agreed(marks)[form.pile[0].code, "say"] == 0
    again = marker(marks, "agreed", case)
    assert judged(again).level.value == 0 and given in again.where.value
    back = marker(marks, "ada", case)
    wheres = []
    for place in range(5):
        back._show(place)
        wheres.append(back.where.value)
    assert sum(SETTLED in where for where in wheres) == 1
    assert not any(AGAIN in where for where in wheres)


def test_what_is_not_settled_comes_before_what_is(marks, case):
    give_all(marks, "ada", lambda _: 4, case)
    give_all(marks, "ben", lambda _: 1, case)
    form = marker(marks, "agreed", case)
    first = shown(form)
    give(form, 2)
    form = marker(marks, "agreed", case)
    assert len(form.pile) == 5 and form.pile[-1].text == first and shown(form) != first


def test_agreement_is_told_in_words_with_n_and_interval(marks, case):
    nothing = repr(agreement(marks, case))
    assert (
        nothing == f"No answer in {marks} was marked by two people yet, so nothing can be compared."
    )
    give_all(marks, "ada", by_number, case)
    give_all(marks, "ben", lambda text: 2 if text == "Say 4." else by_number(text), case)
    told = repr(agreement(marks, case))
    assert told.startswith("Say: 5 marked by two or more, 4 given one level, 1 still to settle;")
    assert re.search(r"agreement 0\.\d\d \(-?0\.\d\d to 1\.00\); only 5 units: too few", told)
    page = agreement(marks, case)._repr_html_()
    assert '<th scope="row">Say</th><td>5</td><td>4</td><td>1</td>' in page and "Why" not in page


def test_too_few_or_all_the_same_give_a_sentence_for_a_number(marks, case):
    give_all(marks, "ada", lambda _: 3, case)
    give(marker(marks, "ben", case), 3)
    assert "agreement undefined: " in repr(agreement(marks, case))


# What keeps it from opening


def test_a_folder_without_marks_is_a_sentence(case, tmp_path):
    told = repr(marker(tmp_path / "marks", "ada", case))
    assert told.startswith("There are no marks in ") and "python -m teach grade" in told
    assert not (tmp_path / "marks").exists()


def test_a_class_that_wrote_nothing_is_a_sentence(case, tmp_path):
    marks = marked(tmp_path, case, {"a1": {"who_recalls": "mayor"}})
    assert repr(marker(marks, "ada", case)) == f"No hand-in in {marks} has a written answer yet."


def test_a_marker_without_a_code_is_a_sentence(marks, case):
    for name in ("Frau Ä", None):
        assert repr(marker(marks, name, case)).startswith("Choose a marker code")


def test_a_full_disk_is_told_and_the_level_is_kept_with_the_next(marks, case, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    form = marker(marks, "ada", case)
    with monkeypatch.context() as full:
        full.setattr("kit.journal.file.JournalFile.add", refuse)
        judged(form).level.value = 3
    assert "Not saved." in form.status.value and "the disk is full" in form.status.value
    press(form, "Next →")
    judged(form).level.value = 1
    assert sorted(kept(marks, "ada").values()) == [1, 3]


def test_damage_in_a_journal_is_named_on_the_page(marks, case):
    give_all(marks, "ada", by_number, case)
    with (marks / "rubric" / "ada.jsonl").open("ab") as file:
        file.write(b"torn\n")
    sentence = "Line 6 of ada.jsonl could not be read and was skipped."
    assert sentence in everything(marker(marks, "ben", case))
    assert sentence in repr(agreement(marks, case))


def test_the_whole_way_from_text_to_marks(marks, case, tmp_path):
    give_all(marks, "ada", by_number, case)
    marked(tmp_path, case, {})
    expected = {
        (text.code, text.exercise): by_number(text.text) for text in written_answers(marks, case)
    }
    assert agreed(marks) == {key: n for key, n in expected.items() if key[1] == "say"}
