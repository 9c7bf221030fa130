"""The panels that set a class beside the experts: their numbers by hand, and nobody exposed."""

import csv
import re
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from kit import data, exercises
from kit.charts import style
from kit.errors import KitError
from teach import charts
from teach.report import answer_counts, gather, validity
from teach.report.build import invented_class
from teach.report.page import page
from tests.teach.handed_in import CASE, RIGHT

ROOT = Path(__file__).parents[2]
TEXTS = [row.id for row in exercises.load(CASE)["ratings"].rows]
SCORES = ["authorship", "dating", "citation", "verifiability", "balance", "corroboration"]
SHEETS = {row["text_id"]: row for row in CASE.key.rows("ratings")}
PANELS = (validity.valid, validity.experts, answer_counts.differing)
EACH = pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.__name__)


def expert(text, score):
    return int(SHEETS[text][f"{score}_score"])


def rater(score=None, texts=TEXTS):
    """One learner's ratings: as the experts', or what `score` (a function of both ids) says."""
    score = score or expert
    rows = {text: {name: {"value": score(text, name)} for name in SCORES} for text in texts}
    return {"ratings": {"answer": rows}}


def steps(by):
    """Ratings that are the experts' moved by some steps, within 0 to 4."""
    return rater(lambda text, name: min(4, max(0, expert(text, name) + by)))


def of(panel, class_, k=10):
    return panel(gather.gather(class_, CASE), k)


def said(panel):
    return " ".join(panel.sentences)


def stance(answer, place=("P1", "news")):
    row, column = place
    return {"stances": {"answer": {row: {column: answer}}}}


# Reliable and valid


def test_a_correlation_is_pearsons_over_the_texts():
    given = np.array([[0, 1, 4, 3], [2, 1, 2, np.nan]] * 5)
    marked = np.array([0, 2, 3, 4])
    found = validity.correlation(given, marked, 5)
    assert found.r == pytest.approx(np.corrcoef([1, 1, 3, 3], marked)[0, 1])
    assert found.texts == 4 and found.low < found.r <= found.high
    left_out = validity.correlation(given, marked, 6)
    assert left_out.texts == 3, "five learners scored the fourth text"
    assert left_out.r == pytest.approx(np.corrcoef([1, 1, 3], marked[:3])[0, 1])


def test_the_interval_is_that_of_drawing_learners_one_by_one():
    rng = np.random.default_rng(5)
    marked = np.array([0, 1, 2, 3, 4])
    given = np.clip(marked + rng.integers(-3, 4, (40, 5)), 0, 4).astype(float)
    given[rng.random(given.shape) < 0.2] = np.nan
    drawn = [np.nanmean(given[rng.integers(40, size=40)], axis=0) for _ in range(2000)]
    low, high = np.quantile([np.corrcoef(means, marked)[0, 1] for means in drawn], [0.025, 0.975])
    found = validity.correlation(given, marked, 10)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)


def test_learners_dealt_into_groups_give_an_interval_as_wide(monkeypatch):
    rng = np.random.default_rng(6)
    marked = np.array([2, 1, 2, 3, 2])
    given = np.clip(marked + rng.integers(-4, 5, (900, 5)), 0, 4).astype(float)
    one_by_one = validity.correlation(given, marked, 10)
    monkeypatch.setattr(validity, "GROUPS", 300)
    dealt = validity.correlation(given, marked, 10)
    assert dealt.r == one_by_one.r
    width = (dealt.high - dealt.low) / (one_by_one.high - one_by_one.low)
    assert 0.8 < width < 1.25


@pytest.mark.parametrize(
    ("given", "marked", "told"),
    [
        ([[0, 1], [1, 2]], [0, 1], "fewer than 3 texts have the scores of 10 learners"),
        ([[0, 1, 2], [1, 2, 2]], [0, 1, np.nan], "fewer than 3 texts"),
        ([[0, 1, 2], [1, 2, 2]], [3, 3, 3], "the experts' score is 3 for every text"),
        ([[0, 1, 2], [2, 1, 0]], [0, 1, 2], "the class's mean score is 1 for every text"),
        ([[0, 1, 3], [0, 1, 3]], [0, 1, 2], "every learner rated alike"),
    ],
)
def test_a_correlation_that_cannot_be_is_undefined_in_words(given, marked, told):
    given = np.array(given * 10, dtype=float)
    found = validity.correlation(given, np.array(marked, dtype=float), 10)
    assert found[:3] == (None, None, None) and told in found.note


def test_a_class_close_to_the_experts_is_valid_and_one_turned_round_is_not():
    close = [steps(0)] * 8 + [rater(lambda text, name: min(4, expert(text, name) + 1))] * 4
    told = said(of(validity.valid, close))
    assert told.count("; valid (with the experts): ") == 2 and "not valid" not in told
    assert "Not reliable; valid (with the experts): Authorship, Dating." in told
    turned = [rater(lambda text, name, by=by: 4 - max(0, expert(text, name) - by)) for by in (0, 1)]
    told = said(of(validity.valid, turned * 6))
    assert "valid (with" not in told and "not valid (against the experts)" in told


def test_a_class_that_guesses_is_neither_and_one_that_learned_a_wrong_rule_is_reliable():
    rng = np.random.default_rng(2)
    guess = [rater(lambda *_: int(rng.integers(5))) for _ in range(40)]
    panel = of(validity.valid, guess)
    assert "Reliable; " not in said(panel) and "Not reliable; one cannot tell" in said(panel)
    rule = dict(zip(TEXTS, (4, 0, 2, 3, 1), strict=True))
    same = [rater(lambda text, _: rule[text])] * 11 + [rater(lambda text, _: abs(rule[text] - 1))]
    assert re.search(
        r"Reliable; not valid \(against the experts\):.* Corrob", said(of(validity.valid, same))
    )


def test_it_is_said_that_few_texts_may_correlate_by_chance():
    told = said(validity.valid(invented_class(CASE), 10))
    assert "over 5 texts" in told and "by chance" in told and "more learners do not cure" in told


def test_the_published_indicators_are_those_of_the_table():
    assert len(validity.published()) == 11
    path = ROOT / "teach" / "report" / "indicators.csv"
    rows = {row["indicator"]: row for row in csv.DictReader(path.open(encoding="utf-8"))}
    assert (rows["claims justified"]["irr"], rows["claims justified"]["r"]) == ("-0.093", "0.690")
    table = validity.valid(invented_class(CASE), 10).table.set_index("criterion")
    assert tuple(table.loc["cites studies"][1:3]) == ("0.763", "0.107")
    assert (table["asked of"] == "published").sum() == 11


# Class and experts


def test_the_median_stands_beside_the_experts_score():
    def half(text, name):
        return 4 if (text, name) == ("forum", "authorship") else expert(text, name)

    panel = of(validity.experts, [rater(half)] * 7 + [steps(0)] * 5)
    cell = panel.table.set_index(["criterion", "text"]).loc[("Authorship", "Forum")]
    assert tuple(cell) == (4, 0, "+4")
    assert panel.sentences[0].startswith("In 29 of 30 places")
    assert "by 4 steps, for Authorship of Forum (class 4, experts 0)." in said(panel)
    assert "above the experts in 1, below in 0." in said(panel)
    even = of(validity.experts, [rater(half)] * 6 + [steps(0)] * 6)
    cell = even.table.set_index(["criterion", "text"]).loc[("Authorship", "Forum")]
    assert tuple(cell) == (2, 0, "+2")


def test_a_class_that_says_what_the_experts_say_is_told_so():
    assert "It is the same in all of them." in said(of(validity.experts, [steps(0)] * 10))


def test_places_that_are_off_alike_are_named_and_the_rest_counted():
    told = said(of(validity.experts, [steps(-1)] * 10))
    lower = sum(expert(text, name) > 0 for text, name in product(TEXTS, SCORES))
    assert told.startswith("In 30 of 30") and "farthest off, by 1 step, for" in told
    assert f" and {lower - validity.MOST_NAMED} more." in told


def test_steps_are_the_values_of_the_scale_and_not_their_places():
    known = exercises.load(CASE)["ratings"]
    place = next(n for n, column in enumerate(known.columns) if column.id == "dating")
    columns = [*known.columns]
    columns[place] = columns[place]._replace(values=(0, 2, 4, 6, 8), words=())
    cells = np.full((1, 5, 8), 1, dtype=np.int8)
    made = gather.scores(replace(known, columns=tuple(columns)), cells, SHEETS)
    [place] = (n for n, column in enumerate(made.columns) if column.id == "dating")
    assert made.given[..., place].tolist() == [[2, 2, 2, 2, 2]]


# Where experts would differ


def test_a_question_with_two_right_answers_is_named_and_its_split_told():
    class_ = [stance("asserts")] * 20 + [stance("hedges")] * 15 + [{}] * 10
    panel = of(answer_counts.differing, class_)
    assert "“Who says what?” P1 News" in said(
        panel
    ) and "“Eight verdicts” C05, C08, C16, C20, C36" in said(panel)
    assert "“Two lists, two sets of years”; “Fact claim" in said(panel)
    assert "P1 News (20 “asserts”, 15 “hedges”, of 45 who handed in)" in said(panel)
    rows = panel.table[panel.table["learners"].notna()]
    assert rows[["in the key", "learners", "share, %"]].to_numpy().tolist() == [
        ["given", 20, 44],
        ["accepted", 15, 33],
    ]


def test_only_answers_that_the_key_gives_or_accepts_are_listed():
    panel = answer_counts.differing(invented_class(CASE), 10)
    listed = panel.table["answer"]
    assert not listed.str.contains("P4 ").any() and not listed.str.contains("C60").any()
    assert sum("P12 " in each and "News: " in each for each in listed) == 2
    assert not listed.str.endswith(": ").any()


def test_the_question_that_divided_most_comes_first():
    places = ("P1", "factcheck"), ("P12", "news")
    answers = ("asserts", "hedges"), ("hedges", "asserts")
    most = [
        {"stances": {"answer": {row: {column: words[n < 12 + 8 * later]}}}}
        for later, ((row, column), words) in enumerate(zip(places, answers, strict=True))
        for n in range(40)
    ]
    told = said(of(answer_counts.differing, [*most, *[{}] * 20]))
    assert told.index("P12 News (20 “hedges”, 20") < told.index("P1 Fact-check (28 “asserts”, 12")


# Nothing to show, and nobody exposed


@EACH
@pytest.mark.parametrize(
    "class_",
    [[], [{}] * 30, [steps(0) | stance("asserts")], [steps(0) | stance("asserts")] * 9],
    ids=["nobody", "no answers", "one learner", "too few"],
)
def test_where_there_is_nothing_to_show_one_sentence_says_why(panel, class_):
    found = of(panel, class_)
    assert len(found.sentences) == 1 and found.picture is None and found.table is None


@EACH
def test_a_course_without_a_key_or_without_such_exercises_says_so(panel, tmp_path):
    small = data.load(ROOT / "tests" / "cases" / "small")
    without = replace(CASE, key=None)
    for case in (small, without):
        found = panel(gather.gather([RIGHT_ANSWERS] * 12, case), 10)
        assert len(found.sentences) == 1 and found.table is None


RIGHT_ANSWERS = {id: {"answer": answer} for id, answer in RIGHT.items()}


def test_another_course_is_compared_with_its_own_experts(case):
    rows = {text: {"authorship": {"value": 1}, "dating": {"value": 3}} for text in case.texts}
    found = gather.gather([{"ratings": {"answer": rows}}] * 10, case)
    table = validity.experts(found, 10).table
    assert table["difference"].tolist() == ["0", "+1", "0", "+3"]
    assert "fewer than 3 texts" in said(validity.valid(found, 10))


@pytest.mark.parametrize(
    "class_",
    [
        [RIGHT_ANSWERS] * 30,
        [rater(lambda *_: 3)] * 30,
        [steps(0)] * 12 + [rater(lambda *_: 0, ["forum"])] * 30,
        [rater(texts=["forum", "blog"])] * 12 + [rater(texts=["news"])] * 9,
    ],
    ids=["all right", "all the same", "one text by many", "one text by few"],
)
def test_no_page_says_nan_or_none(class_):
    found = gather.gather(class_, CASE)
    panels = [panel(found, 10) for panel in PANELS]
    html = re.sub(r"<svg.*?</svg>", "", page("Report", panels), flags=re.S)
    words = re.sub(r"<[^>]*>", " ", html) + " ".join(panel.alt for panel in panels)
    assert not re.search(r"\bnan\b|\binf\b|None|NaN", words)


def test_a_score_of_few_learners_is_shown_nowhere():
    odd = rater(lambda *_: 4, ["news"])
    panel = of(validity.experts, [rater(texts=["forum", "blog", "article"])] * 12 + [odd] * 9)
    by_text = panel.table.set_index("text")
    assert by_text.loc["News", "class, median"].isna().all()
    assert by_text.loc["News", "difference"].isna().all()
    assert by_text.loc["Forum", "class, median"].notna().all()
    assert "News" not in said(panel) and "18 places" in said(panel)
    assert "12 cells cannot be compared" in panel.alt and "News" not in panel.alt
    table = of(validity.valid, [rater(texts=["forum", "blog"])] * 12 + [odd] * 9).table
    assert set(table[table["asked of"] == "this class"]["correlation"]) == {"undefined"}


@pytest.mark.parametrize("seed", range(8))
def test_no_count_of_few_learners_can_be_had_by_subtraction(seed):
    rng, k = np.random.default_rng(seed), 10
    learners = 25 + 12 * seed
    words = rng.choice(["asserts", "hedges", "denies"], learners, p=[0.5, 0.3, 0.2])
    class_ = [stance(str(word)) if rng.random() < 0.8 else {} for word in words]
    panel = of(answer_counts.differing, class_, k)
    counts = [] if panel.table is None else panel.table["learners"].dropna().astype(int).tolist()
    told = [int(n) for n in re.findall(r"(\d+) “", said(panel).partition("Most divided")[2])]
    rests = [learners - n for n in [*counts, *told, sum(counts)]]
    assert all(n >= k or n == 0 for n in [*counts, *told, *rests])


# Pictures


def many_medians():
    rng, T = np.random.default_rng(1), ("Forum", "Blog", "Article", "News", "Fact-check")
    rows = [(name.title(), text, *rng.integers(0, 9, 2) / 2) for name in SCORES for text in T]
    table = pd.DataFrame(rows, columns=charts.medians.columns[0])
    return table.assign(median=table["median"].where(table.index != 6))


def two_axes_of_the_invented_class():
    criteria = validity._criteria(invented_class(CASE))
    rows = [validity._row(*criterion, 10) for criterion in criteria]
    return pd.DataFrame([*rows, *validity.published()])


DRAWN = [(charts.medians, many_medians), (charts.two_axes, two_axes_of_the_invented_class)]


def visible(ax):
    return [t for t in ax.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]


@pytest.mark.parametrize("size", [(10, 6), (7, 4.5)], ids=["10x6", "7x4.5"])
@pytest.mark.parametrize(("chart", "made"), DRAWN, ids=["medians", "two_axes"])
def test_no_label_stands_on_another_and_none_is_cut(chart, made, size):
    with style.look():
        _, ax = plt.subplots(figsize=size)
    chart(made(), ax=ax)
    ax.figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in visible(ax)]
    assert len(boxes) > 25
    assert [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.overlaps(two)] == []
    edge = ax.figure.bbox.padded(1)
    assert [t for t, box in boxes if not (edge.x0 <= box.x0 and box.x1 <= edge.x1)] == []
    assert [t for t, box in boxes if not (edge.y0 <= box.y0 and box.y1 <= edge.y1)] == []
    assert min(text.get_size() for text in visible(ax)) >= style.SMALL


def test_a_dot_stands_at_its_two_numbers_under_its_name():
    rows = [("Dating", "class", 0.7, -0.5, -0.8, 0.1), ("bait", "published", 0.2, 0.4, None, None)]
    ax = charts.two_axes(pd.DataFrame(rows, columns=charts.two_axes.columns[0]))
    marks = {line.get_gid(): line.get_xydata().tolist() for line in ax.lines}
    assert marks["class-Dating"] == [[0.7, -0.5]] and marks["published-bait"] == [[0.2, 0.4]]
    assert [[0.7, -0.8], [0.7, 0.1]] in [line.get_xydata().tolist() for line in ax.lines]
    (name,) = [text for text in ax.texts if text.get_text() == "Dating"]
    assert name.get_position()[0] == 0.7
    assert "Dating 0.70 and −0.50 (−0.80 to 0.10)" in charts.two_axes.describe(
        pd.DataFrame(rows, columns=charts.two_axes.columns[0])
    )


def test_a_cell_that_is_far_off_has_an_arrow_and_an_edge():
    rows = [("Dating", "Blog", 3, 1), ("Dating", "News", 1, 3.5), ("Balance", "Blog", 2, 1)]
    table = pd.DataFrame(rows, columns=charts.medians.columns[0])
    ax = charts.medians(table)
    words = {text.get_text(): text.get_position() for text in ax.texts}
    assert words["▲ class 3\nexperts 1"] == (0, 0) and words["▼ class 1\nexperts 3.5"] == (1, 0)
    assert words["class 2\nexperts 1"] == (0, 1)
    assert [patch.get_linewidth() > 2 for patch in ax.patches] == [True, True, False]
    assert charts.medians.describe(table).endswith(
        "apart: Dating, Blog: class 3, experts 1; Dating, News: class 1, experts 3.5."
    )


@pytest.mark.parametrize(("chart", "made"), DRAWN, ids=["medians", "two_axes"])
def test_an_empty_table_and_a_missing_column_are_one_sentence(chart, made):
    table = made()
    for blank in (table.head(0), table.assign(median=None, agreement=None)):
        words = chart(blank).texts[-1].get_text().replace("\n", " ")
        assert re.match(r"No chart: [a-z].*\.$", words)
        assert chart.describe(blank).startswith("Empty ")
    for act in (chart, chart.describe):
        with pytest.raises(KitError, match=rf"^The {chart.__name__} chart needs .* has no "):
            act(table.drop(columns=table.columns[0]))


def test_another_group_is_one_sentence():
    table = pd.DataFrame([("x", "ours", 0.1, 0.1, None, None)], columns=charts.two_axes.columns[0])
    with pytest.raises(KitError, match="cannot draw 'ours' in column group"):
        charts.two_axes(table)
