"""The record finder: searching, and attaching records to claims."""

import asyncio

import ipywidgets
import pytest

from kit import data, widgets
from kit.widgets.base import LiveRegion
from kit.widgets.finder import count_words, finder, names, record_html, search, wanted_words, years
from tests.made_up_forms import control, inside, lines, press

pytestmark = pytest.mark.usefixtures("journal")


def ids(rows):
    return [row["record_id"] for row in rows]


def test_search_wants_every_word_and_the_years(case):
    rows = case.rows("record")
    assert ids(search(rows, "WEIRBANK minutes")) == ["R02"]
    assert search(rows, "nonsense") == []
    assert ids(search(rows, "", "1921", "1921")) == ["R02", "R03", "R04"]
    assert len(search(rows)) == len(rows)


@pytest.mark.parametrize(
    "words", ["Weirbank, minutes.", "“minutes” Weirbank", "'minutes' (weirbank)", "- minutes"]
)
def test_search_ignores_marks_around_words(case, words):
    assert "R02" in ids(search(case.rows("record"), words))


def test_search_finds_what_a_record_shows():
    rows = widgets.base.default_case().rows("record")
    assert "R29" in ids(search(rows, "Clinton, June 2000"))
    assert "R54" in ids(search(rows, "recollection Robertson"))
    assert ids(search(rows, "don't")) == ids(search(rows, "don’t"))
    assert ids(search(rows, "“ ”")) == ids(rows)


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
    assert "Unverified: we saw no page that says so and can be linked" in page
    assert "How much was seen: " in page
    assert "1921 (year)" in page
    assert form.slots[1].box.layout.display == "none"
    assert "1 of 4 records." in form.note.value
    assert not inside(form.slots[0].box, ipywidgets.Button)


DOUBTFUL = (("R1", "../1955", "2009-04/.."), ("R2", "1991/1995", "1999~"))


def test_an_open_or_unsure_date_is_found_under_its_years_and_shown_in_words(case):
    like = case.rows("record")[0]
    rows = [
        like | {"record_id": id, "event_date": event, "told_date": told}
        for id, event, told in DOUBTFUL
    ]
    asked = ("", "1900"), ("1956", "2008"), ("1992", "1993"), ("1996", "1998"), ("2020", "")
    assert [ids(search(rows, "", *given)) for given in asked] == [
        ["R1"],
        ["R2"],
        ["R2"],
        [],
        ["R1"],
    ]
    first, second = map(record_html, rows)
    assert "R1 · no later than 1955<" in first
    assert "Told: no earlier than April 2009." in first
    assert "R2 · 1991 to 1995<" in second and "Told: about 1999 (year)." in second
    assert ids(search(rows, "no earlier than april")) == ["R1"]
    assert years(rows) == ("1955", "2009") and years([]) == ("", "")


def test_a_half_typed_year_does_not_count(case):
    form = widgets.finder(case=case)
    form.first.value = "19x"
    assert "four digits" in form.note.value
    assert "4 of 4 records" in form.note.value


def test_records_are_attached_to_the_chosen_claim(case, journal):
    form = widgets.ask("attach", case)
    press(form, "Show all 4 records")
    assert all(slot.button.disabled for slot in form.slots if slot.row)
    form.claim.value = "C1"
    press(form, "Attach R03")
    press(form, "Attach R01")
    assert journal.answer("attach") == {"C1": ["R03", "R01"]}
    assert "1 of 2 answered." in form.status.value
    press(form, "Remove R03")
    assert lines(journal)[-1] == ("attach/C1", ["R01"])
    again = widgets.ask("attach", case)
    again.claim.value = "C1"
    assert not any(slot.row for slot in again.slots)
    assert control(again, "attach/C1").value == ("R01",)
    press(again, "Remove R01")
    assert journal.answer("attach/C1") is None


def test_results_come_in_pages():
    form = widgets.finder()
    every = len(widgets.base.default_case().rows("record"))
    assert not any(slot.row for slot in form.slots)
    assert f"{every} records. Type a word, choose who, or give years." in form.note.value
    press(form, f"Show all {every} records")
    assert form.back.disabled
    press(form, "More results")
    assert form.slots[0].row["record_id"] == "R07"
    assert f"{every} of {every} records. Shown: 7 to 12." in form.note.value
    form.words.value = "primakov"
    assert "Shown" not in form.note.value or "Shown: 1 to" in form.note.value
    assert form.back.disabled


def test_a_person_is_chosen_from_the_names_in_the_record():
    rows = widgets.base.default_case().rows("record")
    listed = dict(names(rows))
    assert {"Vladimir Putin", "George Robertson", "Boris Yeltsin", "Yevgeny Primakov"} <= set(
        listed
    )
    assert not any("," in name for name in listed)
    form = widgets.finder()
    form.who.value = "Yevgeny Primakov"
    assert ids(form._found()) == ids(search(rows, who="Yevgeny Primakov"))
    assert len(form._found()) == listed["Yevgeny Primakov"]
    form.words.value = "nonsense"
    assert "or other people." in form.note.value


def test_years_look_at_the_event_and_at_the_telling(case):
    rows = case.rows("record")
    assert "R02" in ids(search(rows, "", "1948", "1948"))
    form = widgets.finder(case=case)
    form.first.value = form.last.value = "1948"
    assert "Found by the date it was told" in form.slots[0].text.value
    form.first.value = form.last.value = "1921"
    assert "Found by" not in form.slots[0].text.value


def test_what_is_attached_says_so_and_what_is_removed_can_be_put_back(case, journal):
    form = widgets.ask("attach", case)
    form.claim.value = "C1"
    form.words.value = "minutes"
    press(form, "Attach R02")
    assert "✓ Attached to this claim." in form.slots[0].text.value
    press(form, "Remove R02")
    assert "✓ Attached" not in form.slots[0].text.value
    press(form, "Put R02 back")
    assert journal.answer("attach") == {"C1": ["R02"]}


def test_the_number_of_results_is_heard_once_typing_rests(case, monkeypatch):
    monkeypatch.setattr(LiveRegion, "MOMENT", 0.05)

    async def type_and_rest():
        form = widgets.finder(case=case)
        for typed in ("m", "mi", "minutes"):
            form.words.value = typed
        assert form.live.value == ""
        assert "1 of 4 records." in form.note.value
        await asyncio.sleep(0.15)
        assert form.live.value.startswith("1 of 4 records.")

    asyncio.run(type_and_rest())


def test_a_word_for_verification_that_is_not_known_is_shown_as_it_is(case):
    row = dict(case.rows("record")[0], verification="pending <i>")
    assert "Pending &lt;i&gt;." in record_html(row)


COURSE = data.load()
RECORD = COURSE.rows("record")


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Cold War", "R04"),  # the record says Soviet or USSR
        ("the early years of the Cold War", "R02"),
        ("Primakov's remarks", "R20"),
        ("Robertson asking", "R26"),
        ("expansions", "R06"),  # the record says enlargement
        ("American", "R04"),  # the record says US
        ("Clinton, June 2000", "R29"),
    ],
)
def test_words_are_found_by_their_stem_and_by_words_that_stand_for_them(words, id):
    assert id in ids(search(RECORD, words, alike=COURSE.alike))


def test_where_no_record_has_every_word_those_with_the_most_are_shown_and_it_is_said():
    form = finder(case=COURSE)
    form.words.value = "Primakov zebra"
    found = ids(search(RECORD, "Primakov zebra"))
    assert found == ids(search(RECORD, "Primakov")) != []
    assert "None has all of your words" in form.note.value
    form.words.value = "Primakov"
    assert "None has all" not in form.note.value


def test_records_that_share_words_with_the_claim_come_first():
    form = finder("attached_records", COURSE)
    for row in form.exercise.rows:
        form.claim.value = row.id
        form._all_wanted()
        wanted = wanted_words(row.text, COURSE.alike)
        counts = [count_words(record, wanted) for record in form._found()]
        assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]
