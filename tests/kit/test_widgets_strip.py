"""Check and Hint inside a form: what is told, where it is marked, and when it is stale."""

import re

import ipywidgets
import pytest

from kit import data, exercises, widgets
from kit.widgets import fields
from tests.made_up_forms import control, inside, lines, press

pytestmark = pytest.mark.usefixtures("journal")


def told(form):
    return " ".join(re.sub(r"<[^>]+>", "", form.strip.told.value).split())


def marks(form):
    """What stands beside controls, in the order of the page."""
    shown = [w for w in inside(form, ipywidgets.HTML) if "kit-mark" in w._dom_classes and w.value]
    return [" ".join(re.sub(r"<[^>]+>", "", mark.value).split()) for mark in shown]


def is_wrong(form, id):
    return id in form.strip.marks and bool(form.strip.marks[id].text.value)


def printed(**cells):
    """The form of `printed`, with some of its cells set."""
    form = widgets.ask("printed")
    for place, value in cells.items():
        control(form, f"printed/{place.replace('_', '/')}").value = value
    return form


def test_check_answers_under_the_form_and_notes_that_it_did(case, journal):
    form = widgets.ask("who_recalls", case)
    assert told(form) == ""
    control(form, "who_recalls").value = "mayor"
    press(form, "Check")
    assert told(form).startswith("✓ Correct.")
    [(id, note)] = lines(journal)[1:]
    assert (id, note["state"]) == ("checks/who_recalls", "correct")
    assert journal.report().answers == 1  # a check is no answer


def test_nothing_entered_is_told_apart_from_wrong(case):
    form = widgets.ask("who_recalls", case)
    press(form, "Check")
    assert told(form).startswith("○ Not answered.")
    control(form, "who_recalls").value = "secretary"
    press(form, "Check")
    assert told(form).startswith("↻ Not yet.")
    assert marks(form) == ["↻ Not yet."]  # the reason stands just below


def test_a_result_is_stale_as_soon_as_the_answer_changes_and_true_again_with_it(case):
    form = widgets.ask("who_recalls", case)
    control(form, "who_recalls").value = "mayor"
    press(form, "Check")
    control(form, "who_recalls").value = "secretary"
    assert told(form) == "Changed since you checked: press Check again."
    control(form, "who_recalls").value = "mayor"
    assert told(form).startswith("✓ Correct.")


def test_typing_makes_it_stale_before_it_is_saved(case, monkeypatch):
    form = widgets.ask("members_1921", case)
    control(form, "members_1921").value = "3"
    press(form, "Check")
    assert told(form).startswith("✓ Correct.")
    monkeypatch.setattr("kit.widgets.fields.later", lambda *_: None)  # the pause never ends
    control(form, "members_1921").value = "4"
    assert told(form) == "Changed since you checked: press Check again."
    press(form, "Check")  # what was typed is saved first
    assert told(form).startswith("↻ Not yet.")


def test_an_entry_that_cannot_be_read_is_not_judged_as_the_one_before(case):
    form = widgets.ask("members_1921", case)
    control(form, "members_1921").value = "3"
    control(form, "members_1921").value = "three"
    press(form, "Check")
    assert told(form).startswith("○ Not answered. Your last entry is not kept.")


def test_every_wrong_cell_is_marked_where_it_stands():
    form = printed(forum_byline="no", blog_byline="yes", article_byline="yes", news_site="no")
    press(form, "Check")
    assert told(form).removesuffix("Go to the first mark") == (
        "↻ Not yet. 1 of 20 agree with the evidence. 16 not answered yet. "
        "Marked above, each with its reason: Forum – Byline, Blog – Byline, News – Site."
    )
    assert [mark.partition(":")[0] for mark in marks(form)] == [
        "↻ Not yet. Forum, byline",
        "↻ Not yet. Blog, byline",
        "↻ Not yet. News, site",
    ]
    assert is_wrong(form, "printed/blog/byline") and not is_wrong(form, "printed/article/byline")
    [wrong] = inside(form, ipywidgets.GridBox)[2].children[-1:]  # at the end of the blog's row
    assert "Blog, byline" in wrong.value
    assert {*wrong._dom_classes} & {*control(form, "printed/blog/byline")._dom_classes}


def test_more_than_three_wrong_cells_are_all_told():
    form = widgets.ask("printed")
    for field in form.fields.values():
        field.control.value = "yes"
    press(form, "Check")
    assert len(marks(form)) == 12
    assert told(form).count(" – ") == 12


def test_a_changed_cell_loses_its_mark_and_the_others_keep_theirs():
    form = printed(forum_byline="no", blog_byline="yes")
    press(form, "Check")
    control(form, "printed/forum/byline").value = "yes"
    assert [mark[:20] for mark in marks(form)] == ["↻ Not yet. Blog, byl"]
    assert not is_wrong(form, "printed/forum/byline")
    assert told(form).startswith("Changed since")
    control(form, "printed/forum/byline").value = "no"
    assert len(marks(form)) == 2


def test_work_that_is_erased_takes_marks_and_result_along(journal):
    form = printed(forum_byline="no")
    press(form, "Check")
    journal.erase()
    fields.show_again()
    assert told(form) == "" and marks(form) == []


def test_the_same_result_is_heard_again(case):
    form, heard = widgets.ask("who_recalls", case), []
    form.strip.told.observe(lambda change: heard.append(change["new"]), "value")
    press(form, "Check")
    press(form, "Check")
    assert [bool(value) for value in heard] == [True, False, True]


def test_nothing_but_words_changes_while_somebody_is_in_the_control():
    form = printed(forum_byline="no")
    press(form, "Check")
    byline, changed = control(form, "printed/forum/byline"), []
    byline.observe(lambda change: changed.append(change["name"]))
    byline.value = "yes"
    assert marks(form) == []
    assert set(changed) <= {"value", "index", "label"}


def test_a_wrong_tick_is_marked_at_its_box():
    form = widgets.ask("dated_texts")
    control(form, "dated_texts").value = {"news": True, "none": True}
    press(form, "Check")
    [mark] = marks(form)
    assert mark.startswith("↻ Not yet. News: “this week”")
    assert is_wrong(form, "dated_texts/news") and not is_wrong(form, "dated_texts/none")


def test_a_wrong_tag_is_marked_in_the_text():
    form = widgets.ask("sentence_types")
    text = control(form, "sentence_types/blog_7/type").text
    text.value = {"blog_7": "opinion", "forum_9": "hedge"}
    press(form, "Check")
    assert text.wrong.keys() == {"blog_7"}
    assert "Marked above, each with its reason: Blog 7." in told(form)
    text.value = {"blog_7": "fact", "forum_9": "hedge"}
    assert text.wrong == {}


def test_records_that_do_not_settle_a_claim_are_marked_when_it_is_chosen():
    form = widgets.ask("attached_records")
    control(form, "attached_records/C16").value = ("R63",)
    press(form, "Check")
    assert "C16" in told(form) and marks(form) == []
    form.claim.value = "C16"
    assert marks(form)[0].startswith("↻ Not yet.")
    form.claim.value = "C20"
    assert marks(form) == []


def test_written_work_is_never_said_to_have_passed():
    form = widgets.ask("final_answer")
    control(form, "final_answer").value = "Open (R25)."
    form.save()
    press(form, "Check")
    assert told(form).removesuffix("Go to the first mark") == (
        "● Recorded. Your text is kept: 2 words of 150. It cites R25. A person reads and marks it."
    )


def test_what_was_told_is_told_again_when_the_cell_is_run_again():
    press(printed(forum_byline="no"), "Check")
    again = widgets.ask("printed")
    assert told(again).startswith("↻ Not yet. 0 of 20")
    assert len(marks(again)) == 1
    control(again, "printed/forum/byline").value = "yes"
    assert told(widgets.ask("printed")).startswith("Changed since")


def test_hints_are_pressed_one_by_one_and_stay(journal):
    form = widgets.ask("printed")
    for number in (1, 2, 3):
        press(form, f"Hint ({number} of 3)")
        assert form.strip.taken.value.count("<p>") == number
    press(form, "All 3 hints are shown")
    assert lines(journal) == [("hints/printed", n) for n in (1, 2, 3)]
    again = widgets.ask("printed")
    assert again.strip.taken.value == form.strip.taken.value
    assert "Hint 3 of 3: For another person" in again.strip.taken.value


def test_a_form_that_is_no_exercise_has_nothing_to_check(case):
    for form in (widgets.quiz("A", case), widgets.reader("gazette", case=case), widgets.finder()):
        assert form.strip is None
    for id, exercise in exercises.load(data.load()).items():
        if exercise.kind not in ("table", "chart", "marks"):
            form = widgets.ask(id)
            assert form.children[-1] is form.strip


def test_a_disk_that_is_full_is_said_and_the_answer_is_judged_all_the_same(case, journal):
    form = widgets.ask("who_recalls", case)
    control(form, "who_recalls").value = "mayor"
    journal.path.unlink()
    journal.path.mkdir()
    press(form, "Check")
    assert told(form).startswith("✓ Correct.")
    assert "Not saved." in form.status.value
