"""Points exercise by exercise: the published numbers, what is undefined, and nobody exposed."""

import numpy as np
import pytest

from teach.grading.marks import Scorer
from teach.measures.item_rest import item_rest
from teach.report import build, items
from teach.report.gather import MISSING, gather
from tests.teach.handed_in import CASE, RIGHT
from tests.teach.made_up_marks import marked
from tests.teach.test_report import a_class, by_id, learner, said

# Section 6 of the Law School Admission Test, 1,000 learners (Bock and Lieberman, Psychometrika 35,
# 1970): how many had each pattern of right answers to five questions, from 00000 to 11111.
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15]
LSAT6 += [10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298]
# total.r_if_rm of these data in the manual of the R package mirt (Chalmers, itemstats, LSAT6):
PUBLISHED = [0.113, 0.153, 0.173, 0.144, 0.122]
NAN = float("nan")


def lsat6():
    patterns = [[int(digit) for digit in f"{n:05b}"] for n in range(32)]
    return np.repeat(np.array(patterns, float), LSAT6, axis=0)


# The correlation


def test_the_published_item_rest_correlations_come_out():
    found = item_rest(lsat6(), np.ones(5))
    assert [round(each.r, 3) for each in found] == PUBLISHED
    assert lsat6().mean(axis=0).tolist() == [0.924, 0.709, 0.553, 0.763, 0.87]


def test_the_interval_is_that_of_fisher():
    """In a class of 1,000 both have the same width, near enough; here one learner is one row."""
    for each in item_rest(lsat6(), np.ones(5)):
        z, half = np.arctanh(each.r), 1.96 / np.sqrt(997)
        assert each.low == pytest.approx(np.tanh(z - half), abs=0.015)
        assert each.high == pytest.approx(np.tanh(z + half), abs=0.015)


def test_points_weigh_and_what_is_left_out_is_no_part_of_the_rest():
    shares = np.array([[1, 1, 0], [0, 0, 1], [1, 1, NAN], [0, NAN, 0]])
    first = item_rest(shares, np.array([1, 4, 2]))[0]
    rest = [4 / 6, 2 / 6, 1, 0]
    assert first.r == pytest.approx(np.corrcoef([1, 0, 1, 0], rest)[0, 1])


@pytest.mark.parametrize(
    ("shares", "why"),
    [
        (np.ones((20, 3)), "earned the same"),
        (np.array([[1, 0.5]] * 10 + [[0, 0.5]] * 10), "earned the same elsewhere"),
        (np.array([[1.0, 0.0]]), "too few"),
        (np.full((20, 3), NAN), "too few"),
        (np.empty((0, 3)), "too few"),
    ],
    ids=["no variation", "none elsewhere", "one learner", "nothing answered", "nobody"],
)
def test_what_is_undefined_is_told_in_words(shares, why):
    found = item_rest(shares, np.ones(shares.shape[1]))[0]
    assert found[:3] == (None, None, None) and why in found.note


# The panel


def panel_of(class_, points=None, k=10):
    """The panel of learners; points: what each earned, by default what the key gives."""
    scorer, class_ = Scorer(CASE), list(class_)
    points = points or [
        [score.points for score in scorer.scores({"answers": answers}, {})] for answers in class_
    ]
    answers = gather(class_, CASE, points=points)
    return by_id(build.panels(answers, k))["items"], answers


def rows_of(panel):
    return panel.table.set_index("exercise")


def test_an_exercise_is_as_hard_as_the_share_of_its_points():
    class_ = [learner(members_1954=14)] * 12 + [learner(members_1954=12)] * 18 + [learner()] * 10
    row = rows_of(panel_of(class_)[0]).loc["Members on the day of the note"]
    assert (row["share of points"], row["with points"]) == ("30 %", "30")
    assert row["middle half, %"] == "0 to 100"


def test_what_waits_or_is_excused_does_not_count():
    id = [each.id for each in Scorer(CASE).exercises.values()].index("final_answer")
    points = [[NAN] * 27 for _ in range(40)]
    for n in range(20):
        points[n][id] = 8 * (n % 2)
    waits, nothing = learner(final_answer="Mine."), learner()
    panel, _ = panel_of([waits] * 30 + [nothing] * 10, points)
    assert rows_of(panel)["share of points"].to_dict() == {"Your answer": "33 %"}


def test_changes_and_hints_are_told():
    answers = learner(members_1954=14)
    answers["members_1954"]["attempts"] = 3
    answers["hints"] = {"answer": {"members_1954": 2}, "attempts": 2}
    wrong = learner(members_1954=12)
    row = rows_of(panel_of([answers] * 15 + [wrong] * 14)[0]).iloc[0]
    assert (row["changes"], row["took a hint"]) == ("3", "15")


def test_an_exercise_that_goes_against_the_rest_sends_to_its_key():
    good = learner(**RIGHT | {"witness_count": 7})
    weak = learner(
        **dict.fromkeys(("members_1954", "halo_share"), 1), witness_count=RIGHT["witness_count"]
    )
    others = [learner(**RIGHT), learner(witness_count=7, members_1954=1, halo_share=1)] * 3
    told = said(panel_of([good, weak] * 15 + others)[0])
    assert "did worse in “Seven tellings, how many witnesses?”. Look at its key" in told


def test_a_class_without_marks_has_no_points():
    assert "There are no points to show" in said(
        by_id(build.panels(gather([learner(**RIGHT)] * 30, CASE), 10))["items"]
    )


# Nobody exposed


@pytest.mark.parametrize(("right", "told"), [(35, "over 71 %"), (3, "under 29 %"), (20, "57 %")])
def test_a_share_that_tells_of_a_few_is_a_bound(right, told):
    class_ = [learner(members_1954=14)] * right + [learner(members_1954=12)] * (35 - right)
    assert rows_of(panel_of(class_)[0])["share of points"].iloc[0] == told


def test_a_bound_is_not_held_against_a_mean():
    """The easiest exercise has “over 58 %” in the table, the hardest a mean of 50 %."""
    right = learner(members_1954=14, halo_share=RIGHT["halo_share"])
    class_ = [right] * 6 + [learner(members_1954=12, halo_share=RIGHT["halo_share"])] * 6
    panel, _ = panel_of(class_, k=5)
    assert (
        "The hardest exercise was “Members on the day of the note” (50 % on average), the easiest "
        "“What share lies on the diagonal?” (fewer than 5 learners missed any of its points)."
    ) in said(panel)


def given_away(seed, k=10):
    """Numbers of few learners that the panel tells of beside what the page tells of answers."""
    learners, few = 25 + 9 * seed, []
    panel, answers = panel_of(a_class(seed, learners), k=k)
    if panel.table is None:
        return few
    told = items._told_wrong(answers, k)
    for item in items._items(answers, k):
        if item.exercise.title in rows_of(panel).index:
            row = rows_of(panel).loc[item.exercise.title]
            right, wrong = int((item.shares == 1).sum()), told.get(item.exercise.id, 0)
            one_answer = item.exercise.kind in items.ONE_ANSWER
            if str(row["share of points"])[0].isdigit():
                few += [right, learners - right] + [learners - right - wrong] * one_answer
            if str(row["with points"]).isdigit():
                few += [learners - item.answered] + [item.answered - right - wrong] * one_answer
            if str(row["took a hint"]).isdigit():
                few += [item.hinted, learners - item.hinted]
    return [number for number in few if 0 < number < k]


@pytest.mark.parametrize("seed", range(12))
def test_no_points_tell_of_few_learners_not_even_with_the_answers(seed):
    assert given_away(seed) == []


def test_the_attack_finds_what_nobody_hides(monkeypatch):
    monkeypatch.setattr(items, "_few", lambda *_: False)
    assert any(given_away(seed) for seed in range(12))


# From a folder of marks


def test_points_come_from_the_marks_whatever_stands_beside_them(tmp_path):
    right = {f"owl-{n}": {"members_1954": 14} for n in range(12)}
    folder = marked(tmp_path, CASE, right | {f"elk-{n}": {"members_1954": 12} for n in range(12)})
    rows = (folder / "marks.csv").read_text(encoding="utf-8-sig").splitlines()
    place = rows[0].split(",").index("members_1954")
    changed = [row.split(",") for row in rows]
    for row in changed[1:3]:
        row[place] = "excused"
    text = "\n".join(",".join(row) for row in changed)
    (folder / "marks.csv").write_text(text, encoding="utf-8-sig")
    answers = build.class_of(folder, CASE)
    earned = answers.points[:, list(Scorer(CASE).exercises).index("members_1954")]
    assert (earned == MISSING).sum() == 2 and earned[earned != MISSING].sum() == 36
    [item] = items._items(answers, 10)
    assert (len(item.shares), item.answered) == (22, 22)
