"""The forms without a browser: set a control, read the journal, build it again."""

import asyncio

import ipywidgets
import pytest

from kit import data, exercises, widgets
from kit.errors import KitError
from kit.exercises.kinds.date import read_date
from kit.exercises.kinds.number import read_number
from kit.journal import JournalError
from kit.widgets import fields
from tests.made_up_forms import control, inside, lines

pytestmark = pytest.mark.usefixtures("journal")

SET_AND_KEPT = [
    ("who_recalls", "who_recalls", "mayor", "mayor"),
    ("members_1921", "members_1921", "3 members", 3),
    ("members_1921", "members_1921", "1 234", 1234),
    ("told", "told", "February 1950", "1950-02"),
    ("tick", "tick", {"a": False, "b": True, "c": True}, ["b", "c"]),
    ("grid", "grid/P1/notice", "no", "no"),
    ("say", "say", "Nobody wrote.", "Nobody wrote."),
    (
        "ratings",
        "ratings/gazette/dating",
        {"value": 0, "evidence": "2"},
        {"value": 0, "evidence": 2},
    ),
    (
        "ratings",
        "ratings/gazette/source",
        {"value": "F", "evidence": ""},
        {"value": "F", "evidence": None},
    ),
    ("trust", "trust/gazette/level", {"value": 0}, {"value": 0, "evidence": None}),
    ("attach", "attach/C2", ("R03", "R04"), ["R03", "R04"]),
]


@pytest.mark.parametrize(("exercise", "id", "entered", "kept"), SET_AND_KEPT)
def test_a_change_is_one_line_and_comes_back(case, journal, exercise, id, entered, kept):
    form = widgets.ask(exercise, case)
    assert lines(journal) == []
    control(form, id).value = entered
    assert lines(journal) == [(id, kept)]
    assert "Saved." in form.status.value
    again = widgets.ask(exercise, case)
    assert journal.answer(id) == kept
    assert again.fields[id].is_filled
    assert "Kept from before." in again.status.value
    assert lines(journal) == [(id, kept)]


ASKED = ["who_recalls", "members_1921", "told", "tick", "grid", "say", "ratings", "trust", "attach"]


@pytest.mark.parametrize("exercise", ASKED)
def test_nothing_is_chosen_for_the_learner(case, journal, exercise):
    form = widgets.ask(exercise, case)
    assert not any(field.is_filled for field in form.fields.values())
    assert "Nothing entered yet." in form.status.value
    assert lines(journal) == []
    assert widgets.check(exercise, case=case).state == "not answered"


@pytest.mark.parametrize(("exercise", "id", "entered", "kept"), SET_AND_KEPT)
def test_blank_again_erases(case, journal, exercise, id, entered, kept):
    form = widgets.ask(exercise, case)
    field = form.fields[id]
    field.control.value = entered
    field.control.value = field.blank
    assert lines(journal)[-1] == (id, None)
    assert journal.answer(id) is None


NAMED = (ipywidgets.Dropdown, ipywidgets.RadioButtons, ipywidgets.Text, ipywidgets.Textarea)


def test_every_control_has_a_name(case):
    for exercise in ASKED:
        form = widgets.ask(exercise, case)
        for widget in inside(form, NAMED):
            assert widget.description, (exercise, widget)
    first = inside(widgets.ask("grid", case), ipywidgets.RadioButtons)[0]
    assert first.description == '<span class="kit-hidden">Asked &amp; answered: </span>Gazette'


def test_two_forms_of_one_exercise_follow_each_other(case, journal):
    first, second = widgets.ask("tick", case), widgets.ask("tick", case)
    control(first, "tick").value = {"a": True}
    control(second, "tick").value = {**control(second, "tick").value, "b": True}
    assert journal.answer("tick") == ["a", "b"]
    assert control(first, "tick").value == {"a": True, "b": True, "c": False}
    assert lines(journal) == [("tick", ["a"]), ("tick", ["a", "b"])]


def test_an_answer_kept_under_an_older_question_leaves_the_control_blank(case, journal):
    journal.write("who_recalls", "an option of long ago")
    journal.write("grid/P1/gazette", ["not", "text"])
    journal.write("trust/gazette/level", "high")
    for exercise in ("who_recalls", "grid", "trust"):
        form = widgets.ask(exercise, case)
        assert not any(field.is_filled for field in form.fields.values())
    assert len(lines(journal)) == 3


def test_a_full_disk_is_said_and_the_value_stays(case, journal, monkeypatch):
    form = widgets.ask("who_recalls", case)

    def full(id, value):
        raise JournalError("The disk is full; delete something and answer once more.")

    with monkeypatch.context() as broken:
        broken.setattr(journal, "write", full)
        control(form, "who_recalls").value = "mayor"
    assert "Not saved. The disk is full" in form.status.value
    assert control(form, "who_recalls").value == "mayor"
    fields.save_waiting()
    assert lines(journal) == [("who_recalls", "mayor")]
    assert "Saved." in form.status.value


def test_an_unsaved_line_is_written_with_the_next_try(case, journal):
    form = widgets.ask("who_recalls", case)
    journal.path.mkdir()
    control(form, "who_recalls").value = "mayor"
    assert "Not saved." in form.status.value
    journal.path.rmdir()
    widgets.check("who_recalls", case=case)
    assert set(lines(journal)) == {("who_recalls", "mayor")}


# typing


def test_typing_is_saved_after_a_pause_and_at_once_when_checked(case, journal, monkeypatch):
    monkeypatch.setattr(fields, "PAUSE", 0.05)

    async def type_and_wait():
        form = widgets.ask("say", case)
        form.fields["say"].pause = 0.05
        for text in ("N", "No", "Nob"):
            control(form, "say").value = text
        assert lines(journal) == []
        assert "Saved as soon as you pause" in form.status.value
        await asyncio.sleep(0.15)
        assert lines(journal) == [("say", "Nob")]
        control(form, "say").value = "Nobody."
        assert widgets.check("say", case=case).state == "recorded"
        assert lines(journal)[-1] == ("say", "Nobody.")
        await asyncio.sleep(0.15)
        assert len(lines(journal)) == 2

    asyncio.run(type_and_wait())


def test_enter_saves_at_once(case, journal):
    async def type_and_enter():
        form = widgets.ask("members_1921", case)
        box = control(form, "members_1921")
        box.value = "3"
        assert lines(journal) == []
        box._handle_custom_msg({"event": "submit"}, [])
        assert lines(journal) == [("members_1921", 3)]
        assert "Your answer: 3 members." in form.status.value

    asyncio.run(type_and_enter())


def test_words_are_counted_as_the_exercise_counts_them(case):
    form = widgets.ask("say", case)
    count = next(w for w in inside(form, ipywidgets.HTML) if "of at most" in w.value)
    assert count.value == "0 of at most 5 words."
    control(form, "say").value = "Nobody ever wrote a single letter."
    assert count.value.startswith('6 of at most 5 words. <span class="kit-bad">That is 1 too many.')
    assert "6 words, 1 over" in widgets.check("say", case=case).message


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", 12.5),
        ("12.50", 12.5),
        (" 1\u00a0234 ", 1234),
        ("−3", -3),
        ("007", 7),
        ("1.234", 1.234),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["many", "nan", "inf", "1e5", "1,234", "1,234,567", "12-13", "3 <b>"]
)
def test_what_is_no_number_is_refused_kindly(case, journal, text):
    form = widgets.ask("members_1921", case)
    control(form, "members_1921").value = text
    assert lines(journal) == []
    assert "Not saved yet." in form.status.value
    assert "<b>" not in form.status.value
    assert control(form, "members_1921").value == text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1950", "1950"),
        ("1950-02", "1950-02"),
        ("6 February 1950", "1950-02-06"),
        ("Feb. 6, 1950", "1950-02-06"),
        ("may 1921", "1921-05"),
    ],
)
def test_dates_as_people_write_them(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize(
    "text", ["soon", "6/2/1950", "31 February 1950", "1950-13", "May", "1 2 1950"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(KitError, match="not a date I can read"):
        read_date(text)


def test_the_date_form_repeats_what_it_understood(case):
    form = widgets.ask("told", case)
    control(form, "told").value = "February 1950"
    assert "Understood as February 1950, exact to the month." in form.status.value


def test_the_date_form_repeats_a_floor_in_words(case, journal):
    form = widgets.ask("told", case)
    control(form, "told").value = "no earlier than 1 April 2009"
    assert "Understood as: no earlier than 1 April 2009." in form.status.value
    assert journal.answer("told") == "2009-04-01/.."


def test_an_entry_that_cannot_be_read_is_never_checked_as_the_one_before(case):
    form = widgets.ask("told", case)
    for typed in ("soon", "1950", "soon"):
        control(form, "told").value = typed
    told = widgets.check("told", case=case)
    assert told.state == "not answered" and "“soon” is not a date I can read" in told.message
    control(form, "told").value = "1950"
    assert "not kept" not in widgets.check("told", case=case).message


def test_several_reasons_are_shown_as_a_list():
    pick = exercises.load(data.load())["f2_or_e4"]
    feedback = pick.not_yet(["One & two.", "Three.", "One & two.", ""])
    assert feedback.reasons == ("One & two.", "Three.")
    assert feedback.message == "Look here first:\n• One & two.\n• Three."
    assert "first:<ul" in feedback._repr_html_()
    assert "<li>One &amp; two.</li><li>Three.</li></ul>" in feedback._repr_html_()
    assert "<ul" not in pick.not_yet(["One reason."])._repr_html_()


def test_a_bullet_that_a_learner_typed_makes_no_list():
    feedback = exercises.Feedback("not yet", "“a\n• b” is no date.", 0.0)
    assert "<li>" not in feedback._repr_html_()


def test_a_misspelt_exercise_is_answered_with_the_nearest_name(case):
    for door in (widgets.ask, lambda id, case: widgets.check(id, case=case)):
        with pytest.raises(KitError, match=r"“tolt”\. Did you mean told\?"):
            door("tolt", case)
        with pytest.raises(KitError, match="There are: who_recalls, "):
            door("zzzz", case)


def test_the_grid_counts_its_cells(case):
    form = widgets.ask("grid", case)
    control(form, "grid/P1/gazette").value = "yes"
    assert "1 of 4 answered." in form.status.value


def test_every_exercise_of_the_course_has_its_form(journal):
    for id, exercise in exercises.load(data.load()).items():
        form = widgets.ask(id)
        if exercise.kind in ("table", "chart", "marks"):
            assert "answered in code" in repr(form)
        else:
            assert all(name.split("/")[0] == id for name in form.fields)
    assert lines(journal) == []
