"""The widgets without a browser: set a control, read the journal, build it again."""

import asyncio
import json
import shutil
from pathlib import Path

import ipywidgets
import pandas as pd
import pytest

from kit import data, exercises, widgets, work
from kit.widgets import entries, example, fields, records
from kit.widgets.page import style

SMALL = Path(__file__).parent / "cases" / "small"
EXERCISES = """
[[exercise]]
id = "tick"
notebook = "01_bridge"
kind = "several"
points = 1
title = "Tick"
prompt = "Which?"
options = [{ id = "a", text = "A <b>" }, { id = "b", text = "B" }, { id = "c", text = "C" }]

[[exercise]]
id = "attach"
notebook = "01_bridge"
kind = "several"
points = 1
title = "Attach"
prompt = "Which records?"
rows = [{ id = "C1", text = "They asked" }, { id = "C2", text = "They were turned away" }]

[[exercise]]
id = "told"
notebook = "01_bridge"
kind = "date"
points = 1
title = "When told"
prompt = "When?"

[[exercise]]
id = "grid"
notebook = "01_bridge"
kind = "matrix"
points = 1
title = "Grid"
prompt = "Fill it."
options = [{ id = "yes", text = "Yes" }, { id = "no", text = "No" }]
rows = [{ id = "P1", text = "Asked & answered" }, { id = "P2", text = "Refused" }]
columns = [{ id = "gazette", text = "Gazette" }, { id = "notice", text = "Notice" }]

[[exercise]]
id = "say"
notebook = "01_bridge"
kind = "written"
points = 4
title = "Say"
prompt = "Say it."
limit = 5
rubric = ["0", "1", "2", "3", "4"]
samples = [["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]

[[exercise]]
id = "counts"
notebook = "01_bridge"
kind = "table"
points = 1
title = "Counts"
prompt = "Make a table."

[[exercise]]
id = "ratings"
notebook = "01_bridge"
kind = "rating"
points = 1
title = "Rate"
prompt = "Rate."
evidence = true
rows = [{ id = "gazette", text = "Gazette" }, { id = "notice", text = "Notice" }]
columns = [
  { id = "source", text = "Source", values = ["A", "C", "F"], words = ["good", "fair", "unknown"] },
  { id = "authorship", text = "Authorship", values = [0, 1, 2, 3, 4] },
  { id = "dating", text = "Dating", values = [0, 1, 2, 3, 4] },
]

[[exercise]]
id = "trust"
notebook = "01_bridge"
kind = "rating"
points = 1
title = "Trust"
prompt = "How far?"
rows = [{ id = "gazette", text = "Gazette" }]
columns = [{ id = "level", text = "Trust", range = [0, 10] }]
"""
QUIZ = "".join(
    f'\n[[quiz]]\nid = "{form.lower()}{n}"\nform = "{form}"\ntext = "Statement {n}"\n'
    for form in "AB"
    for n in (1, 2, 3, 4)
)
TRUTH = "\n[quiz]\n" + "".join(
    f"{form}{n} = {str(n < 3).lower()}\n" for form in "ab" for n in (1, 2, 3, 4)
)


@pytest.fixture(scope="session")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases") / "small"
    shutil.copytree(SMALL, folder)
    with (folder / "exercises.toml").open("a", encoding="utf-8") as file:
        file.write(EXERCISES + QUIZ)
    with (folder / "key" / "answers.toml").open("a", encoding="utf-8") as file:
        file.write(TRUTH)
    return data.load(folder)


@pytest.fixture
def journal(tmp_path, monkeypatch):
    monkeypatch.setattr(fields, "_live", fields.WeakSet())
    return work.open(tmp_path / "my_work.jsonl")


@pytest.fixture(autouse=True)
def _fresh(journal):
    return journal


def lines(journal):
    """What was written, as (id, value) in order."""
    if not journal.path.exists():
        return []
    found = map(json.loads, journal.path.read_text(encoding="utf-8").splitlines())
    return [(line["id"], line["value"]) for line in found]


def control(form, id):
    return form.fields[id].control


def inside(widget, kind):
    """All widgets of a kind in a form, in the order of the page."""
    found = [widget] if isinstance(widget, kind) else []
    return found + [w for child in getattr(widget, "children", ()) for w in inside(child, kind)]


def press(form, label):
    button = next(b for b in inside(form, ipywidgets.Button) if b.description == label)
    assert not button.disabled, label
    button.click()


# one control, one answer

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
        "ratings/notice/dating",
        {"value": 0, "evidence": 2},
        {"value": 0, "evidence": 2},
    ),
    (
        "ratings",
        "ratings/notice/source",
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
    assert again.fields[id].kept() == kept
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


def test_every_control_has_a_name(case):
    for exercise in ASKED:
        form = widgets.ask(exercise, case)
        for widget in inside(form, (ipywidgets.Dropdown, ipywidgets.Text, ipywidgets.Textarea)):
            assert widget.description, (exercise, widget)
    first = inside(widgets.ask("grid", case), ipywidgets.Dropdown)[0]
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
        raise work.WorkError("The disk is full; delete something and answer once more.")

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
    assert count.value.startswith("6 of at most 5 words. <strong>That is 1 too many.")
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
    assert entries.read_number(text) == number


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
    assert entries.read_date(text) == date


@pytest.mark.parametrize(
    "text", ["soon", "6/2/1950", "31 February 1950", "1950-13", "May", "1 2 1950"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="not a date I can read"):
        entries.read_date(text)


def test_the_date_form_repeats_what_it_understood(case):
    form = widgets.ask("told", case)
    control(form, "told").value = "February 1950"
    assert "Understood as February 1950, exact to the month." in form.status.value


def test_an_entry_that_cannot_be_read_is_never_checked_as_the_one_before(case):
    form = widgets.ask("told", case)
    for typed in ("soon", "1950", "soon"):
        control(form, "told").value = typed
    told = widgets.check("told", case=case)
    assert told.state == "not answered" and "“soon” is not a date I can read" in told.message
    control(form, "told").value = "1950"
    assert "not kept" not in widgets.check("told", case=case).message


def test_several_reasons_are_shown_as_a_list():
    feedback = exercises.Feedback("not yet", "Look here first:\n• One & two.\n• Three.", 0.0)
    assert "<li>One &amp; two.</li><li>Three.</li></ul>" in feedback._repr_html_()
    assert "<ul" not in exercises.Feedback("not yet", "One reason.", 0.0)._repr_html_()


def test_a_misspelt_exercise_is_answered_with_the_nearest_name(case):
    assert "Did you mean told?" in widgets.hint("tolt", case).text
    assert "There are: " in widgets.hint("zzzz", case).text


def test_a_form_without_its_kernel_does_not_go_on_saying_saved():
    css = style()
    assert ".kit.jupyter-widgets-disconnected > :last-child { display: none; }" in css
    assert "nothing entered now is kept" in css


# progress


def test_the_grid_counts_its_cells(case):
    form = widgets.ask("grid", case)
    control(form, "grid/P1/gazette").value = "yes"
    assert "1 of 4 cells filled." in form.status.value


def test_a_rating_counts_only_with_its_sentence(case):
    form = widgets.ask("ratings", case)
    control(form, "ratings/gazette/source").value = {"value": "C"}
    assert "Gazette: 0 of 3 ratings have their evidence." in form.status.value
    assert "counts only with its sentence" in form.status.value
    control(form, "ratings/gazette/source").value = {"value": "C", "evidence": 1}
    assert "Gazette: 1 of 3 ratings have their evidence." in form.status.value


def test_one_text_is_rated_at_a_time(case):
    form = widgets.ask("ratings", case)
    chooser = inside(form, ipywidgets.Dropdown)[0]
    assert len(inside(form, ipywidgets.Dropdown)) == 1 + 2 * 3
    chooser.value = "notice"
    assert (
        inside(form, ipywidgets.Dropdown)[1]
        is control(form, "ratings/notice/source").parts["value"]
    )


def test_evidence_lists_the_numbered_sentences(case):
    form = widgets.ask("ratings", case)
    listed = control(form, "ratings/gazette/source").parts["evidence"].options
    assert [number for _, number in listed[1:]] == [s.number for s in case.sentences("gazette")]
    assert listed[1][0].startswith("1 · ")
    assert max(len(text) for text, _ in listed) <= 86


def test_a_value_is_shown_with_its_words(case):
    options = control(widgets.ask("ratings", case), "ratings/gazette/source").parts["value"].options
    assert options[0] == ("– choose –", "")
    assert options[1:] == (("A – good", "A"), ("C – fair", "C"), ("F – unknown", "F"))
    options = control(widgets.ask("ratings", case), "ratings/gazette/dating").parts["value"].options
    assert options[1] == ("0", 0)


# check and hint


def test_check_reads_the_journal(case, journal):
    journal.write("who_recalls", "secretary")
    assert widgets.check("who_recalls", case=case).state == "not yet"
    journal.write("who_recalls", "mayor")
    assert widgets.check("who_recalls", case=case).state == "correct"


def test_check_keeps_a_code_answer_once(case, journal):
    for _ in range(2):
        assert widgets.check("members_1921", 3, case=case).state == "correct"
    assert lines(journal) == [("members_1921", 3)]
    assert widgets.check("members_1921", ..., case=case).state == "not answered"
    assert widgets.check("members_1921", "three", case=case).state == "not yet"
    assert lines(journal) == [("members_1921", 3)]


def test_check_keeps_a_table_as_records(case, journal):
    table = pd.DataFrame({"text": ["gazette"], "n": [2]})
    assert widgets.check("counts", table, case=case).state == "recorded"
    assert lines(journal) == [("counts", [{"text": "gazette", "n": 2}])]


def test_check_answers_even_when_nothing_can_be_written(case, journal, capsys):
    journal.path.mkdir()
    assert widgets.check("members_1921", 3, case=case).state == "correct"
    assert "not saved in my_work.jsonl yet" in capsys.readouterr().out
    journal.path.rmdir()
    widgets.check("members_1921", 3, case=case)
    assert set(lines(journal)) == {("members_1921", 3)}


def test_hints_go_one_step_at_a_time(case, journal):
    told = [repr(widgets.hint("who_recalls", case)) for _ in range(3)]
    assert told[0].startswith("Hint 1 of 2")
    assert told[1] == told[2] != told[0]
    assert lines(journal) == [("hints/who_recalls", 1), ("hints/who_recalls", 2)]


def test_an_unknown_name_gives_a_sentence(case):
    for page in (
        widgets.ask("nothing", case),
        widgets.check("nothing", case=case),
        widgets.hint("nothing", case),
        widgets.card("nothing", case),
        widgets.reader("nothing", case),
        widgets.weights("nothing", case),
        widgets.finder("nothing", case),
        widgets.commit_ratings("nothing", case),
        widgets.experts("nothing", case),
    ):
        assert "“nothing”" in repr(page)
        assert "“nothing”" in page._repr_html_()
    assert "use A or B" in repr(widgets.quiz("C", case))
    assert "answered in code" in repr(widgets.ask("counts", case))


# card and reader


def test_the_card_says_what_is_not_printed(case):
    page = widgets.card("notice", case)._repr_html_()
    assert "<dd>Did Weirbank ask?</dd>" in page
    assert page.count("not printed") == 3


def test_the_reader_shows_every_sentence_once(case):
    for text_id, text in case.texts.items():
        page = widgets.reader(text_id, case).html
        numbers = [f">{s.number}</sup>" for s in case.sentences(text_id)]
        assert all(page.count(number) == 1 for number in numbers)
        assert page.count("<p") == sum(bool(line.strip()) for line in text.split("\n"))
        assert widgets.reader(text_id, case).html == page


def test_the_reader_keeps_every_word_of_the_course():
    case = data.load()
    for text_id in case.texts:
        page = widgets.reader(text_id).html
        assert all(fields.escape(s.text) in page for s in case.sentences(text_id))
        assert "Where it was found" in page


def test_a_text_cannot_smuggle_a_script(case, monkeypatch):
    text = "A heading\nHe said <script>alert(1)</script> & left. “Why?”"
    monkeypatch.setitem(case.texts, "notice", text)
    row = next(row for row in case.rows("sources") if row["text_id"] == "notice")
    monkeypatch.setitem(row, "author_as_printed", "<script>alert(2)</script>")
    for page in (widgets.reader("notice", case), widgets.card("notice", case)):
        assert "<script" not in page._repr_html_()
        assert "&lt;script&gt;" in page._repr_html_()


# the tests before and after


def fill_quiz(journal, letter, answers, confidence=80):
    for number, answer in enumerate(answers, start=1):
        value = {"answer": answer, "confidence": confidence}
        journal.write(f"quiz_{letter}/{letter.lower()}{number}", value)


def test_the_quiz_keeps_answer_and_confidence_together(case, journal):
    form = widgets.quiz("A", case)
    item = control(form, "quiz_A/a1")
    assert item.value == {"answer": None, "confidence": ""}
    item.parts["answer"].value = False
    assert lines(journal) == [("quiz_A/a1", {"answer": False, "confidence": None})]
    assert "0 of 4 answered." in form.status.value
    item.parts["confidence"].value = 70
    assert journal.answer("quiz_A/a1") == {"answer": False, "confidence": 70}
    assert "1 of 4 answered." in form.status.value
    assert control(widgets.quiz("A", case), "quiz_A/a1").value == item.value


def test_the_result_waits_for_both_tests(case, journal):
    fill_quiz(journal, "A", [True, True, False, False])
    told = repr(widgets.quiz_result(case))
    assert "The second test has 0 of 4 answers." in told
    assert "first" not in told


def test_the_result_keeps_sharpness_apart_from_leaning(case, journal):
    fill_quiz(journal, "A", [True, False, True, False])
    fill_quiz(journal, "B", [False, False, False, False])
    told = repr(widgets.quiz_result(case))
    assert "(d′): 0.00 before, 0.00 after" in told
    assert 'not sharper; leans more to "false"' in told
    assert "Each test has few statements" in told


def test_the_result_without_a_key_says_so(case, journal, monkeypatch):
    for letter in "AB":
        fill_quiz(journal, letter, [True] * 4)
    monkeypatch.setattr(case, "key", None)
    assert "no key" in repr(widgets.quiz_result(case))


# the finder


def ids(rows):
    return [row["record_id"] for row in rows]


def test_search_wants_every_word_and_the_years(case):
    rows = case.rows("record")
    assert ids(records.search(rows, "WEIRBANK minutes")) == ["R02"]
    assert records.search(rows, "weirbank nonsense") == []
    assert ids(records.search(rows, "", "1921", "1921")) == ["R02", "R03", "R04"]
    assert len(records.search(rows)) == len(rows)


@pytest.mark.parametrize(
    "words", ["Weirbank, minutes.", "“minutes” Weirbank", "'minutes' (weirbank)", "- minutes"]
)
def test_search_ignores_marks_around_words(case, words):
    assert "R02" in ids(records.search(case.rows("record"), words))


def test_search_finds_what_a_record_shows():
    rows = widgets.page.default_case().rows("record")
    assert "R29" in ids(records.search(rows, "Clinton, June 2000"))
    assert "R54" in ids(records.search(rows, "recollection Robertson"))
    assert ids(records.search(rows, "don't")) == ids(records.search(rows, "don’t"))
    assert ids(records.search(rows, "“ ”")) == ids(rows)


def test_the_finder_says_why_nothing_is_found(case):
    form = widgets.finder(case=case)
    form.words.value = "xyzzy"
    assert "Try fewer or shorter words." in form.note.value
    form.first.value, form.last.value = "1990", "1980"
    assert "The first year is later than the last." in form.note.value
    form.last.value = "1999"
    assert "or other years" in form.note.value


def test_the_finder_says_that_a_claim_comes_first(case):
    form = widgets.ask("attach", case)
    assert "Choose a claim above" in form.note.value
    form.claim.value = "C1"
    assert "Choose a claim" not in form.note.value


def test_the_finder_shows_verification_in_words(case):
    form = widgets.finder(case=case)
    form.words.value = "mayor"
    page = form.slots[0].text.value
    assert "Unverified: no page that can be linked was seen to state this" in page
    assert "How much was seen: " in page
    assert "1921 (year)" in page
    assert form.slots[1].box.layout.display == "none"
    assert "1 of 4 records." in form.note.value
    assert not inside(form.slots[0].box, ipywidgets.Button)


def test_a_half_typed_year_does_not_count(case):
    form = widgets.finder(case=case)
    form.first.value = "19x"
    assert "four digits" in form.note.value
    assert "4 of 4 records" in form.note.value


def test_records_are_attached_to_the_chosen_claim(case, journal):
    form = widgets.ask("attach", case)
    assert all(slot.button.disabled for slot in form.slots if slot.row)
    form.claim.value = "C1"
    press(form, "Attach R03")
    press(form, "Attach R01")
    assert journal.answer("attach") == {"C1": ["R03", "R01"]}
    assert "1 of 2 claims have a record." in form.status.value
    press(form, "Remove R03")
    assert lines(journal)[-1] == ("attach/C1", ["R01"])
    again = widgets.ask("attach", case)
    again.claim.value = "C1"
    assert control(again, "attach/C1").value == ("R01",)
    press(again, "Remove R01")
    assert journal.answer("attach/C1") is None


def test_results_come_in_pages():
    form = widgets.finder()
    assert form.back.disabled
    press(form, "More results")
    assert form.slots[0].row["record_id"] == "R07"
    assert "66 of 66 records. Shown: 7 to 12." in form.note.value
    form.words.value = "primakov"
    assert "Shown" not in form.note.value or "Shown: 1 to" in form.note.value
    assert form.back.disabled


# weights and experts


def rate(journal, text, **values):
    for column, value in values.items():
        journal.write(f"ratings/{text}/{column}", {"value": value, "evidence": 1})


def test_weights_say_which_ratings_are_missing(case, journal):
    rate(journal, "gazette", source="C", authorship=1, dating=3)
    rate(journal, "notice", authorship=4)
    assert "Still missing: Notice (Dating)." in repr(widgets.weights(case=case))


def test_weights_reorder_the_texts(case, journal):
    rate(journal, "gazette", authorship=1, dating=3)
    rate(journal, "notice", authorship=4, dating=0)
    form = widgets.weights(case=case)
    ranks = next(w for w in inside(form, ipywidgets.HTML) if '<div class="kit-bar' in w.value)
    assert "1. Gazette" in ranks.value
    assert "1. Notice" in ranks.value
    control(form, "weights/dating").value = 0
    assert ranks.value.index("1. Notice") < ranks.value.index("2. Gazette")
    assert "4.00 of 4" in ranks.value
    assert lines(journal)[-1] == ("weights/dating", 0)
    control(form, "weights/authorship").value = 0
    assert "nothing to rank by" in ranks.value
    assert control(widgets.weights(case=case), "weights/dating").value == 0


def test_experts_come_only_after_committing(case, journal):
    assert "First commit" in repr(widgets.experts(case=case))
    form = widgets.commit_ratings(case=case)
    press(form, "These are my ratings")
    assert "Rate at least one text whole." in form.status.value
    assert journal.answer("committed/ratings") is None
    rate(journal, "gazette", source="B", authorship=1, dating=0)
    press(form, "These are my ratings")
    press(form, "These are my ratings")
    assert lines(journal).count(("committed/ratings", True)) == 1
    page = widgets.experts(case=case)._repr_html_()
    assert "<caption>Gazette</caption>" in page
    assert "<td>B</td><td>C</td>" in page
    assert "<caption>Notice</caption>" not in page
    assert "Invented class" in page and "made up: 25 raters" in page
    assert "committed" in widgets.commit_ratings(case=case).status.value


def test_the_example_class_is_the_same_for_all_and_stays_on_the_scale():
    course = data.load()
    exercise = exercises.load(course)["ratings"]
    rated = {
        "forum": {"source": "F", "information": "5", "authorship": "0", "balance": "2"},
        "news": {"source": "D", "information": "", "authorship": "1", "balance": "nine"},
    }
    found = example.example_class(exercise, rated)
    assert found == example.example_class(exercise, rated)
    assert {row: list(cells) for row, cells in found.items()} == {
        "forum": ["source", "information", "authorship", "balance"],
        "news": ["source", "authorship"],
    }
    values = {column.id: column.values for column in exercise.columns}
    for column, ratings in [pair for cells in found.values() for pair in cells.items()]:
        assert len(ratings) == 25 and set(ratings) <= set(values[column])
        assert len(set(ratings)) > 1
    assert found["forum"]["source"].count("F") > 10
    assert "F" not in found["news"]["source"] and 6 not in found["forum"]["information"]


def test_ratings_as_tables_stay_empty_where_nothing_may_be_shown(case, journal, monkeypatch):
    assert widgets.own_ratings(case=case).shape == (2, 4)
    rate(journal, "gazette", source="C", authorship=1, dating=0)
    rate(journal, "notice", source="A")
    own = widgets.own_ratings(case=case).set_index("text_id")
    assert own.loc["gazette"].to_list() == ["C", 1, 0]
    assert own.loc["notice"].isna().to_list() == [False, True, True]
    assert widgets.expert_ratings(case=case).empty
    journal.write("committed/ratings", True)
    shown = widgets.expert_ratings(case=case)
    assert (list(shown), list(shown["text_id"])) == (["text_id", *own], ["gazette"])
    monkeypatch.setattr(case, "key", None)
    assert widgets.expert_ratings(case=case).empty


def test_experts_without_a_key_say_so(case, journal, monkeypatch):
    monkeypatch.setattr(case, "key", None)
    journal.write("committed/ratings", True)
    assert "no key" in repr(widgets.experts(case=case))


# the hand-in


def test_the_hand_in_is_written_with_a_receipt(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    receipt = inside(form, ipywidgets.HTML)[-2]
    press(form, "Write my hand-in file")
    assert "Choose a code" in receipt.value
    control(form, "handin/code").value = "blue-tiger-7"
    press(form, "Write my hand-in file")
    assert "Receipt" in receipt.value
    assert f"in the folder {journal.path.parent}" in receipt.value
    assert (journal.path.parent / "handin-blue-tiger-7.json").exists()
    assert control(widgets.handin(case), "handin/code").value == "blue-tiger-7"


def test_the_hand_in_says_what_is_so_now(case, journal, monkeypatch):
    monkeypatch.chdir(journal.path.parent)
    form = widgets.handin(case)
    told = inside(form, ipywidgets.HTML)[1]
    before = told.value
    journal.write("who_recalls", "mayor")
    control(form, "handin/code").value = "blue-tiger-7"
    assert told.value != before
    assert "the button writes the file" in form.status.value
    press(form, "Write my hand-in file")
    assert "beside this notebook. Nothing was sent" in inside(form, ipywidgets.HTML)[-2].value


def test_the_hand_in_lists_what_is_open_by_notebook(case, journal):
    told = inside(widgets.handin(case), ipywidgets.HTML)[1].value
    for exercise in exercises.load(case).values():
        assert f"<li>{exercise.notebook}: “" in told


# the course itself


def test_every_exercise_of_the_course_has_its_form(journal):
    for id, exercise in exercises.load(data.load()).items():
        form = widgets.ask(id)
        if exercise.kind in ("table", "chart"):
            assert "answered in code" in repr(form)
        else:
            assert repr(form).startswith(f"kit.ask('{id}')")
            assert all(name.split("/")[0] == id for name in form.fields)
    assert lines(journal) == []
