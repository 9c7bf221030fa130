"""The answer editor: words counted, records cited."""

import re

import ipywidgets
import pytest

from kit import widgets
from kit.exercises import schema
from tests.made_up_forms import control, inside

pytestmark = pytest.mark.usefixtures("journal")


def told(form):
    return next(w.value for w in inside(form, ipywidgets.HTML) if "kit-count" in w._dom_classes)


def listed(form):
    """The list of records to insert."""
    return next(w for w in inside(form, ipywidgets.HTML) if 'class="kit-note"' in w.value).value


def to_insert(form):
    return re.findall(r'data-kit-insert="\((R\d+)\)"', listed(form))


def test_the_ids_in_a_text_are_counted_and_unknown_ones_named():
    form = widgets.ask("final_answer")
    assert told(form) == "0 of at most 150 words. No record cited yet."
    control(form, "final_answer").value = "He said so (R25), again (R36; R25), and (R99)."
    assert "2 records cited: R25, R36." in told(form)
    assert "R99 is not in the record." in told(form)
    control(form, "final_answer").value = "r25"  # as the check reads it
    assert told(form).endswith("1 record cited: R25.")
    control(form, "final_answer").value = "R25"
    assert told(form).endswith("1 record cited: R25.")


def test_what_the_learner_attached_is_offered_first(journal):
    assert "Type a word to see records." in listed(widgets.ask("final_answer"))
    journal.write("attached_records/C16", ["R03", "R02"])
    assert to_insert(widgets.ask("final_answer")) == ["R02", "R03"]


def test_a_word_finds_records_to_insert():
    form = widgets.ask("final_answer")
    words = inside(form, ipywidgets.Text)[0]
    words.value = "molotov note"
    assert "R03" in to_insert(form)
    words.value = "nato"
    assert "The first 8 are shown." in listed(form) and len(to_insert(form)) == 8
    words.value = "xyzzy"
    assert "No record fits" in listed(form)


def test_only_an_exercise_that_cites_offers_records(case):
    assert not inside(widgets.ask("say", case), ipywidgets.Text)
    assert not inside(widgets.ask("explain_rating"), ipywidgets.Text)


def test_cites_is_checked_when_the_exercises_are_read(tmp_path):
    path = tmp_path / "exercises.toml"
    needed = 'notebook = "01"\npoints = 1\ntitle = "N"\nprompt = "N"\nkind = "number"'
    path.write_text(f'[[exercise]]\nid = "n"\ncites = "record"\n{needed}\n')
    [fault] = schema.faults(path)
    assert 'only "record" can be cited' in fault
