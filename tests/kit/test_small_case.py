"""Another course through the same doors: the invented case, from its folder to the page."""

from pathlib import Path

import pytest

import kit
from kit import charts, exercises, measures, widgets
from kit.errors import KitError


@pytest.fixture(scope="module")
def case():
    return kit.data.load(Path(__file__).parents[1] / "cases" / "small")


@pytest.fixture(autouse=True)
def journal(tmp_path):
    return kit.journal.open(tmp_path / "my_work.jsonl")


def test_its_exercises_are_checked_against_its_own_key(case):
    assert list(exercises.load(case)) == ["who_recalls", "members_1921"]
    assert kit.check("who_recalls", "mayor", case=case).state == "correct"
    assert kit.check("members_1921", 4, case=case).message == "Tollmere joined in 1934."
    assert "Count the towns" in exercises.load(case)["members_1921"].hints[0]


def test_its_members_are_counted_and_its_tellings_dated(case):
    assert measures.members_on(case.enlargement, "1920") == (2, 3)
    dated = measures.tellings(case).drop(columns=["quote", "source"])
    assert dated.to_dict("tight")["data"] == [
        ["gazette", "1921", "1921", "1950-02-06/.."],
        ["notice", "1921", "1921", "1921/.."],
    ]
    assert measures.recollections(case)["label"].to_list() == ["R04"]


def test_its_ratings_are_measured(case):
    axes = case.key.ratings[["admiralty_source", "admiralty_information"]]
    assert measures.halo(*axes.to_numpy().T)[1:4] == (0, 1, 1)


def test_its_charts_are_drawn_and_described(case):
    shown = {
        charts.enlargement: (case.enlargement,),
        charts.timeline: (measures.tellings(case), case.enlargement),
        charts.profiles: (case.key.ratings,),
        charts.halo: (case.key.ratings,),
        charts.stances: (case.key.stances.merge(case.propositions),),
    }
    for chart, tables in shown.items():
        assert charts.svg(chart, *tables).endswith("</svg>\n")
        assert not chart.describe(*tables).startswith("Empty")


def test_its_texts_and_record_stand_on_the_page(case):
    assert "Byline: not printed; Date: 7 February 1950" in widgets.card("gazette", case).text
    assert "The Weirbank Gazette" in widgets.card("gazette", case).html
    page = widgets.reader("notice", case=case).html
    assert len(case.sentences_of("notice")) == page.count("data-id")
    assert ">4 records. " in widgets.finder(case=case).note.value


def test_an_answer_given_in_its_form_is_kept_and_handed_in(case, journal):
    form = widgets.ask("who_recalls", case)
    form.fields["who_recalls"].control.value = "mayor"
    assert journal.answer("who_recalls") == "mayor"
    counted = kit.submission.counted(kit.submission.summary(journal, case))
    assert counted == "1 of 2 answered; 0 of 0 written"


def test_the_status_never_runs_ahead_of_the_journal(case, journal):
    form = widgets.ask("who_recalls", case)
    seen = []
    form.status.observe(lambda _: seen.append(journal.answer("who_recalls")), "value")
    form.fields["who_recalls"].control.value = "mayor"
    assert set(seen) == {"mayor"}


def test_what_it_has_not_got_is_said_in_a_sentence(case):
    with pytest.raises(KitError, match="There is no exercise called “ratings”"):
        widgets.weights(case=case)
    for door in (lambda: widgets.quiz("A", case), lambda: widgets.ask("forum", case)):
        with pytest.raises(KitError, match=r"\.$"):
            door()
