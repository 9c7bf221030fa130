"""Panels of the class report on ranks, on letter and number, and on who repeats whom."""

import re
import shutil
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from kit import data, exercises, measures
from kit.charts import style
from kit.errors import KitError
from teach import charts
from teach.charts.repeats import NOBODY
from teach.report import build
from teach.report.answer_counts import repeats
from teach.report.gather import gather
from teach.report.sensitivity import halo, ranks
from tests.kit.chart_checks import drawn, texts_of
from tests.made_up_forms import SMALL, case_with
from tests.teach.handed_in import CASE

KNOWN = exercises.load(CASE)
TEXTS = [row.id for row in KNOWN["ratings"].rows]
CRITERIA = [column.id for column in KNOWN["ratings"].columns[2:]]
CLASS = build.invented_class(CASE)


def learner(**answers):
    return {id: {"answer": answer} for id, answer in answers.items()}


def scored(**scores):
    """A learner who gives some texts six scores, and every other text 0 for all."""
    rows = {text: scores.get(text, [0] * 6) for text in TEXTS}
    return learner(ratings={t: dict(zip(CRITERIA, six, strict=True)) for t, six in rows.items()})


def of(panel, class_, k=10, case=CASE):
    return panel(gather(class_, case), k)


def said(panel):
    return " ".join(panel.sentences)


def cells(panel):
    """The grid of the halo panel as {"B2": learners}, hidden ones left out."""
    return {
        f"{a}{n}": count
        for (a, n), count in charts.pairs.read(*charts.pairs.rows(panel.table)).items()
        if count
    }


# Ranks


def test_with_two_criteria_the_shares_are_those_worked_out_by_hand(case):
    """Means 4, 0 and 3, 3: the first text is ahead where its first weight is above 3/4."""
    given = {"gazette": {"authorship": 4, "dating": 0}, "notice": {"authorship": 3, "dating": 3}}
    panel = of(ranks, [learner(ratings=given)] * 12, case=case)
    assert panel.table["text"].to_list() == ["Notice", "Gazette"]
    assert panel.table["rank"].to_list() == [1, 2]
    assert panel.table["mean score"].to_list() == [3, 2]
    assert panel.table["first"].to_list() == pytest.approx([75, 25], abs=1)
    assert panel.table["keeps its rank"].to_list() == pytest.approx([75, 75], abs=1)
    assert panel.table["first by the experts"].to_list() == [0, 100], "the key has 0, 0 and 1, 3"
    assert "it is not the same: Gazette comes first" in said(panel)


def test_the_scores_of_the_class_are_means_of_those_who_gave_one(case):
    given = {"gazette": {"authorship": 4, "dating": 2}, "notice": {"authorship": 1, "dating": 1}}
    others = {"gazette": {"authorship": 1}, "notice": {"dating": 3}}
    class_ = [learner(ratings=given)] * 10 + [learner(ratings=others)] * 10
    panel = of(ranks, class_, case=case)
    assert panel.table["mean score"].to_list() == [2.25, 1.5], "(4+1)/2 and 2; 1 and (1+3)/2"


@pytest.mark.parametrize(
    ("forum", "first", "share", "words"),
    [
        ([0] * 6, "News", 1, "the first place does not hang on the weights"),
        ([4, 0, 0, 0, 0, 0], "News", 1 - 0.75**5, "hangs on the weights only in part"),
        ([4, 4, 0, 0, 0, 0], "Forum", 0.75**5 + 5 * 0.25 * 0.75**4, "whoever sets the weights"),
    ],
    ids=["firm", "in part", "loose"],
)
def test_what_it_says_follows_the_share_of_weightings(forum, first, share, words):
    """Forum beats six ones where its weights add up to more than 1/4 (closed form)."""
    panel = of(ranks, [scored(forum=forum, news=[1] * 6)] * 12)
    assert f"{first} comes first under equal weights" in said(panel) and words in said(panel)
    found = panel.table.set_index("text").loc[first]
    assert found["rank"] == 1 and found["first"] == pytest.approx(100 * share, abs=1.1)
    assert f"in {100 * share:.0f} % of all weightings" in said(panel)


def test_how_sure_is_as_often_as_learners_drawn_anew_say_so():
    """Two camps of ten: a draw puts Blog first if at least ten of its twenty are for it: 59 %."""
    camps = [scored(blog=[4] * 6)] * 10 + [scored(news=[4] * 6)] * 10
    panel = of(ranks, camps)
    assert "Blog and News come first together" in said(panel)
    assert 53 <= int(re.search(r"in (\d+) % of 400 classes", said(panel))[1]) <= 65
    assert "another text could well come first" in said(panel)
    sure = said(of(ranks, [scored(blog=[4] * 6)] * 19 + [scored(news=[4] * 6)]))
    assert "in 100 % of 400 classes" in sure and "would very likely put it first" in sure


def test_a_learner_is_drawn_whole():
    """Each learner puts Blog a step above News, though they score far apart: that is sure."""
    class_ = [scored(blog=[high + 1] * 6, news=[high] * 6) for high in (0, 3)] * 10
    assert "in 100 % of 400 classes" in said(of(ranks, class_))


def test_the_experts_shares_stand_beside_the_classes():
    marks = CASE.key.ratings.set_index("text_id")[[f"{name}_score" for name in CRITERIA]]
    shares = measures.rank_stability(marks.astype(float)).set_index("text")["first_share"]
    panel = ranks(CLASS, 10)
    names = {row.text: row.id for row in KNOWN["ratings"].rows}
    found = dict(zip(panel.table["text"], panel.table["first by the experts"], strict=True))
    assert found == {name: round(100 * shares[id], 1) for name, id in names.items()}
    assert "By the experts' scores, too, Fact-check comes first" in said(panel)


def test_without_a_key_there_is_no_word_of_experts(tmp_path):
    found = CLASS._replace(case=data.load(case_without_key(tmp_path)))
    panel = ranks(found, 10)
    assert panel.table["first"].notna().all() and "expert" not in said(panel) + str(panel.table)
    assert said(repeats(found, 10)) == NOT_ASKED


NOT_ASKED = "This course does not ask on whose word tellings rest."


def case_without_key(folder):
    shutil.copytree(CASE.path, folder / "case", ignore=shutil.ignore_patterns("key"))
    return folder / "case"


def test_no_mean_of_fewer_than_k_is_used():
    one_less = scored(news=[1] * 6)
    del one_less["ratings"]["answer"]["blog"]["balance"]
    class_ = [scored(news=[1] * 6)] * 9
    assert of(ranks, [*class_, one_less]).picture is None
    assert "Fewer than 10 learners scored" in said(of(ranks, [*class_, one_less]))
    assert of(ranks, [*class_, scored(news=[1] * 6)]).picture


@pytest.mark.parametrize("class_", [[], [learner()] * 30, [scored(news=[1] * 6)]])
def test_too_few_scores_are_told(class_):
    assert of(ranks, class_).sentences[0].startswith("Fewer than 10 learners")


def test_texts_that_all_score_the_same_are_not_ranked():
    assert "nothing to rank" in said(of(ranks, [scored()] * 30))


# Letter and number


def judged(**codes):
    """A learner who gives texts pairs such as "B2"."""
    return learner(
        ratings={text: {"source": c[0], "information": int(c[1])} for text, c in codes.items()}
    )


def test_each_pair_is_counted_once_a_learner():
    class_ = [judged(forum="B2", blog="B2", news="F6")] * 12 + [judged(forum="C3", news="F6")] * 18
    panel = of(halo, class_)
    assert cells(panel) == {"B2": 12, "C3": 18, "F6": 30}
    assert panel.sentences[0].startswith("100 % of the ratings of 30 learners")
    assert panel.table.loc[2, "3"] == 18 and panel.table.loc[2, "source"] == "C"
    assert panel.table[list("123456")].notna().sum().sum() == 3


@pytest.mark.parametrize(("users", "told"), [(9, False), (10, True), (20, True), (21, False)])
def test_neither_few_nor_all_but_few_are_shown(users, told):
    class_ = [judged(news="A1", blog="B2")] * users + [judged(blog="B2")] * (30 - users)
    assert cells(of(halo, class_)) == {"B2": 30} | ({"A1": users} if told else {})


def test_all_but_few_of_those_said_to_have_judged_are_not_shown():
    """28 of 40 judged, and the sentence says so: 25 would say that three of them did otherwise."""
    class_ = [judged(news="A1")] * 25 + [judged(news="B2")] * 3 + [learner()] * 12
    panel = of(halo, class_)
    assert "28 learners" in said(panel) and panel.table is None and panel.picture is None
    assert panel.sentences[-1].startswith("No pair was used by 10 learners")


def test_what_is_left_of_all_answers_is_no_few_either():
    """All give A1, B2, C3, D4; of the fifth pairs 13, 14 and 3: without the 3, the 13 go, too."""
    four = dict(zip(TEXTS, ["A1", "B2", "C3", "D4"], strict=False))
    fifth = ["E5"] * 13 + ["E4"] * 14 + ["E3"] * 3
    panel = of(halo, [judged(**four, **{TEXTS[4]: code}) for code in fifth])
    assert cells(panel) == {"A1": 30, "B2": 30, "C3": 30, "D4": 30, "E4": 14}


@pytest.mark.parametrize("seed", range(4))
def test_no_cell_of_a_random_class_tells_of_few(seed):
    rng = np.random.default_rng(seed)
    codes = [f"{a}{n}" for a in "ABF" for n in (1, 2, 6)]
    chosen = rng.choice(codes, (40, 5), p=[0.4, 0.2, 0.1, *[0.05] * 6])
    left = rng.random((40, 5)) < 0.4
    class_ = [
        judged(**{t: c for t, c, out in zip(TEXTS, row, gone, strict=True) if not out})
        for row, gone in zip(chosen, left, strict=True)
    ]
    used = Counter(
        code for row, out in zip(chosen, left, strict=True) for code in set(row[~out].tolist())
    )
    shown = cells(of(halo, class_))
    assert shown and all(used[code] == n and 10 <= n <= 30 for code, n in shown.items())


@pytest.mark.parametrize("class_", [[], [judged(news="A1")], [judged(news="F6")] * 30])
def test_no_panel_of_pairs_where_few_judged(class_):
    panel = of(halo, class_)
    assert said(panel).startswith("Fewer than 10 learners judged") and panel.table is None


# Who repeats whom


def counted(*answers):
    return of(repeats, [learner(witness_count=n) for n in answers] + [learner()] * 10)


def test_the_record_is_counted_and_weighed():
    panel = repeats(CLASS, 10)
    assert "In the course's record these 7 tellings rest on the word of 3 people." in said(panel)
    assert f"as much as {7**2 / (4**2 + 2**2 + 1):.1f} independent" in said(panel)
    assert panel.table["record"].to_list() == ["R51", "R54", "R56", "R58", "R61", "R63", "R65"]
    assert panel.table["told"][0] == "3 June 2017"


def test_what_the_class_counted_is_told():
    told = said(counted(*[3] * 20, *[7] * 15, *[2] * 10, *[6] * 9))
    assert "Of the class, 31 % counted 3, as the key does." in told
    assert "other counts that may be shown: 7 (23 %), 2 (16 %)." in told


@pytest.mark.parametrize("few", [9, 0])
def test_a_hidden_count_is_said_to_be_hidden(few):
    told = said(counted(*[3] * few, *[7] * 20))
    assert "How many of the class counted 3, as the key does, is hidden" in told
    assert "7 (" in told and "% counted" not in told


def test_a_class_of_one_mind_is_not_exposed():
    told = said(of(repeats, [learner(witness_count=3)] * 30))
    assert "hidden" in told and "No other count" in told and "%" not in told


@pytest.mark.parametrize("class_", [[], [learner()] * 30, [learner(witness_count=3)] * 9])
def test_too_few_counts_are_told(class_):
    panel = of(repeats, class_)
    assert "Fewer than 10 learners counted" in said(panel) and panel.picture is None


MORE = """
[[exercise]]
id = "how_many"
notebook = "01_bridge"
kind = "number"
points = 1
title = "How many"
prompt = "How many?"
right = "Yes."
otherwise = "No."
"""
KEY = '\n[how_many]\ncomputed = "witnesses"\nrecords = ["R04", "R02", "R03"]\n'


def test_another_course_has_its_tellings_too(tmp_path):
    case = case_with(tmp_path / "case", MORE, KEY)
    panel = of(repeats, [learner(how_many=3)] * 15 + [learner()] * 15, case=case)
    assert "these 3 tellings rest on the word of 3 people. Nobody repeats anybody" in said(panel)
    assert "50 % counted 3" in said(panel)
    assert panel.table["record"].to_list() == ["R03", "R02", "R04"], "as told: 1921, 1948, 1950"
    assert panel.table["witness"].to_list() == [*[NOBODY] * 2, "Ottoline Brack"]
    assert panel.alt.count(NOBODY) == 2
    assert not re.search("nan|None", panel.alt + str(panel.table))


def test_a_course_without_these_exercises_says_so():
    small = build.invented_class(data.load(SMALL))
    assert "no exercise that scores" in said(ranks(small, 10))
    assert "Fewer than 10 learners" in said(halo(small, 10))
    assert said(repeats(small, 10)) == NOT_ASKED


# Charts


TOLD = [["R1", "2017", ""], ["R2", "2016-05", "Ann"], ["R3", "2019", ""], ["R4", "2018", "Ann"]]
TABLES = {
    "ranks": (
        charts.ranks,
        pd.DataFrame(
            [["Fact-check of a newspaper with a long name", 1, 1, 1], ["Blog", 2, 0.996, 0.001]],
            columns=charts.ranks.columns[0],
        ),
    ),
    "pairs": (
        charts.pairs,
        pd.DataFrame(
            [[a, *[1000 * n for n in range(1, 6)], None] for a in "ABCDEF"],
            columns=charts.pairs.columns[0],
        ),
    ),
    "repeats": (charts.repeats, pd.DataFrame(TOLD, columns=charts.repeats.columns[0])),
}


def of_the_invented_class():
    """The charts' tables as the panels make them."""
    shares = ranks(CLASS, 10).table.set_axis(["name", "rank", "mean", *"abcd"], axis=1)
    shares = shares.assign(first_share=shares["a"] / 100, same_rank_share=shares["b"] / 100)
    told = CASE.record[CASE.record["record_id"].isin(repeats(CLASS, 10).table["record"])]
    yield charts.ranks, shares
    yield charts.pairs, halo(CLASS, 10).table
    yield charts.repeats, told


@pytest.mark.parametrize("size", [(10, 6), (7, 4.5)], ids=["10x6", "7x4.5"])
def test_no_label_stands_on_another_and_none_is_cut(size):
    for chart, table in [*TABLES.values(), *of_the_invented_class()]:
        ax = drawn(chart, table, size=size)
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(ax)]
        assert len(boxes) > 5
        touching = [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.overlaps(two)]
        assert touching == []
        edge = ax.figure.bbox.padded(1)
        inside = [edge.contains(*corner) for _, box in boxes for corner in (box.min, box.max)]
        assert all(inside)
        assert min(text.get_size() for text in texts_of(ax)) >= style.SMALL


@pytest.mark.parametrize("panel", [ranks, halo, repeats])
def test_a_picture_fits_on_paper_and_has_its_words(panel):
    found = panel(CLASS, 10)
    assert found.picture().figure.get_figwidth() <= 7.5
    assert len(re.findall(r"\.(?: |$)", found.alt)) >= 2 and not found.alt.startswith("Empty")


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_is_told_and_a_wrong_one_refused(name):
    chart, table = TABLES[name]
    assert "No chart" in drawn(chart, table.iloc[:0]).texts[0].get_text()
    assert chart.describe(table.iloc[:0]).startswith("Empty ")
    with pytest.raises(KitError, match=f"The {name} chart needs"):
        chart(table.drop(columns=table.columns[-1]))


def test_bars_are_as_long_as_their_shares():
    ax = drawn(*TABLES["ranks"])
    assert [round(bar.get_width(), 1) for bar in ax.patches] == [100, 100, 99.6, 0.1]
    assert [bar.get_hatch() for bar in ax.patches] == [None, "////"] * 2
    words = [text.get_text() for text in ax.texts]
    assert "comes first: over 99 %" in words and "keeps its rank: under 1 %" in words


def test_a_count_stands_in_the_cell_of_its_pair():
    grid = halo(CLASS, 10).table
    places = {text.get_position(): text.get_text() for text in drawn(charts.pairs, grid).texts}
    for row, letter in enumerate("ABCDEF"):
        for column, number in enumerate("123456"):
            count = grid.loc[row, number]
            assert grid.loc[row, "source"] == letter
            assert places[column, row] == ("hidden" if count is pd.NA else str(count))


def test_lines_lead_from_each_telling_to_its_witness():
    ax = drawn(*TABLES["repeats"])
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "R2 · 2016", "R1 · 2017", "R4 · 2018", "R3 · 2019"
    ]  # fmt: skip
    names = {text.xy[1]: text.get_text() for text in ax.texts if isinstance(text.xy[1], float)}
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2]
    ends = {line.get_ydata()[0]: names[line.get_ydata()[1]] for line in lines}
    assert {place: words.split(":")[0] for place, words in ends.items()} == {
        0: "Ann", 1: NOBODY, 2: "Ann", 3: NOBODY
    }  # fmt: skip
    kinds = {line.get_ydata()[0]: (line.get_linestyle(), line.get_color()) for line in lines}
    assert kinds[0] == kinds[2] and len(set(kinds.values())) == 3
    assert ax.get_title() == "4 tellings, 3 witnesses"
