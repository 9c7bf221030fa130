"""Weights, experts, and the ratings as tables."""

import ipywidgets
import pytest

from kit import data, exercises, widgets
from kit.exercises import ExerciseError
from kit.exercises.kinds.rating import invented_ratings
from tests.made_up_forms import control, inside, lines, press

pytestmark = pytest.mark.usefixtures("journal")


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
    assert "Compared with equal weights: Notice rose from 1 to 1" not in ranks.value
    assert "Compared with equal weights: Gazette fell from 1 to 2." in ranks.value
    assert "Saved. 1 Notice, 2 Gazette." in form.status.value
    control(form, "weights/authorship").value = 0
    assert "no text can come first" in ranks.value
    assert control(widgets.weights(case=case), "weights/dating").value == 0
    press(form, "Back to equal weights")
    assert "Every text has the rank that equal weights give." in ranks.value
    assert journal.answer("weights") is None


def test_a_text_that_hardly_ever_comes_first_is_not_said_to_do_so_in_0_percent(journal):
    criteria = [column.id for column in exercises.load(data.load())["ratings"].columns][2:]
    rate(journal, "news", **dict.fromkeys(criteria, 3))
    rate(journal, "forum", **dict.fromkeys(criteria, 0) | {criteria[0]: 4})
    told = [w.value for w in inside(widgets.weights(), ipywidgets.HTML)]
    assert any("come first: Forum in under 1 %, News in over 99 %." in each for each in told)


def test_experts_come_only_after_committing(case, journal):
    assert "First decide" in repr(widgets.experts(case=case))
    form = widgets.commit(case=case)
    press(form, "These are my ratings")
    assert "Rate at least one text completely." in form.status.value
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
    assert "have decided" in widgets.commit(case=case).status.value


def test_the_example_class_is_the_same_for_all_and_stays_on_the_scale():
    course = data.load()
    exercise = exercises.load(course)["ratings"]
    rated = {
        "forum": {"source": "F", "information": "5", "authorship": "0", "balance": "2"},
        "news": {"source": "D", "information": "", "authorship": "1", "balance": "nine"},
    }
    found = invented_ratings(exercise, rated)
    assert found == invented_ratings(exercise, rated)
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
    assert widgets.my_ratings(case=case).shape == (2, 4)
    rate(journal, "gazette", source="C", authorship=1, dating=0)
    rate(journal, "notice", source="A")
    own = widgets.my_ratings(case=case).set_index("text_id")
    assert own.loc["gazette"].to_list() == ["C", 1, 0]
    assert own.loc["notice"].isna().to_list() == [False, True, True]
    assert widgets.expert_ratings(case=case).empty
    journal.write("committed/ratings", True)
    shown = widgets.expert_ratings(case=case)
    assert (list(shown), list(shown["text_id"])) == (["text_id", *own], ["gazette"])
    monkeypatch.setattr(case, "key", None)
    assert widgets.expert_ratings(case=case).empty


def test_ratings_are_numbers_to_count_with_also_where_none_is_given(case, journal):
    scores = ["authorship_score", "dating_score"]
    assert widgets.my_ratings(case=case)[scores].mean(axis=1).isna().all()
    rate(journal, "gazette", source="C", authorship=1, dating=4)
    journal.write("committed/ratings", True)
    assert widgets.my_ratings(case=case)[scores].mean(axis=1).iloc[0] == 2.5
    assert widgets.expert_ratings(case=case)[scores].sum(axis=1).to_list() == [4]


def test_stances_as_a_table_have_a_row_for_each_cell(journal):
    journal.write("stances/P3/factcheck", "hedges")
    table = widgets.my_stances()
    exercise, texts = exercises.load(data.load())["stances"], list(data.load().texts)
    assert [*zip(table["proposition_id"], table["text_id"], strict=True)] == [
        (row.id, text) for row in exercise.rows for text in texts
    ]
    assert table["stance"].count() == 1
    given = table.dropna(subset="stance").iloc[0]
    assert list(given[["proposition_id", "text_id", "stance"]]) == ["P3", "factcheck", "hedges"]
    assert given["proposition"].startswith("The USSR")


def test_experts_without_a_key_say_so(case, journal, monkeypatch):
    monkeypatch.setattr(case, "key", None)
    journal.write("committed/ratings", True)
    assert "no key" in repr(widgets.experts(case=case))


def test_an_unknown_exercise_is_one_sentence_for_the_tables_too(case):
    for table in (widgets.my_ratings, widgets.expert_ratings, widgets.my_stances):
        with pytest.raises(ExerciseError, match="no exercise called “nothing”"):
            table("nothing", case)


def test_the_button_says_what_it_will_do(case):
    told = inside(widgets.commit(case=case), ipywidgets.HTML)[1].value
    assert "After that, the cells below show the editors' ratings" in told


def test_my_verdicts_lay_every_scale_on_one_line(journal):
    before = widgets.my_verdicts()
    assert list(before) == ["scale", "step", "place", "mine"]
    assert not before["mine"].any()
    assert before.groupby("scale", sort=False)["place"].agg(list).to_list() == [
        [0, 50, 100],
        [0, 33, 67, 100],
        [0, 20, 40, 60, 80, 100],
        [0, 100],
    ]
    for scale, value in {"three": "partly true", "six": "half true", "hundred": 63}.items():
        journal.write(f"verdict_scales/claim/{scale}", {"value": value, "evidence": None})
    mine = widgets.my_verdicts().query("mine")
    assert mine[["step", "place"]].values.tolist() == [
        ["partly true", 50],
        ["half true", 60],
        [63, 63],
    ]


def test_an_end_of_a_scale_in_numbers_is_there_once(journal):
    journal.write("verdict_scales/claim/hundred", {"value": 0, "evidence": None})
    assert widgets.my_verdicts().query("mine")["place"].to_list() == [0]
    assert len(widgets.my_verdicts()) == 15
