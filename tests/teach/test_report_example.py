"""The invented class: the same each time, in the form of real hand-ins, and as its numbers say."""

import math
import shutil
from collections import Counter
from itertools import islice
from statistics import NormalDist, mean, stdev

import numpy as np
import pytest

from kit import data, submission
from kit.data import drawn_order
from kit.exercises import Checker, score_quiz
from kit.measures import discrimination
from teach.grading.marks import Scorer
from teach.measures.class_effects import order_effect
from teach.report import invented_class as example
from teach.report.gather import gather
from teach.report.invented_class import example_class
from tests.made_up_forms import EXERCISES, SMALL, case_with
from tests.teach.handed_in import CASE, raw

FEW, MANY = 300, 2000  # learners of the course, and of its two tests alone, who are made faster
ERRORS = 4  # standard errors: one in 16,000 such numbers is farther off, and the seed is fixed
CHECKER = Checker(CASE)
TRUTH = CASE.key.answers["quiz"]
NORMAL = NormalDist()
HALF_A_KEY = """
[tick]
answer = ["b"]
[counts]
answer = [{ n = 1 }]
[grid]
answer = { P1 = { gazette = "yes", notice = "no" } }
accept = { P1 = { gazette = ["no"] } }
"""


@pytest.fixture(scope="module")
def some():
    """A few learners of the course."""
    return list(example_class(CASE, FEW))


@pytest.fixture(scope="module")
def tested(tmp_path_factory):
    """Many learners of a case that has hardly more than the two tests of the course."""
    asked = CASE.exercises_path.read_text(encoding="utf-8")
    statements = asked[asked.index("[[quiz]]") :]
    truth = "[quiz]\n" + "".join(f"{id} = {str(true).lower()}\n" for id, true in TRUTH.items())
    folder = tmp_path_factory.mktemp("tested") / "small"
    return list(example_class(case_with(folder, statements, truth), MANY))


def given(contents, id):
    """The answers to one exercise of all who gave one."""
    return [each["answers"][id]["answer"] for each in contents if id in each["answers"]]


def exercises_of(contents):
    return {id for each in contents for id in each["answers"]}


def near(found, expected, error):
    return found == pytest.approx(expected, abs=ERRORS * error)


def near_share(found, share, number):
    """Is a share found among so many as near to the expected one as chance lets it be?"""
    return near(found, share, math.sqrt(share * (1 - share) / number))


# Always the same


def test_the_same_seed_gives_the_same_class_and_another_seed_another():
    first = list(example_class(CASE, 3))
    assert list(example_class(CASE, 3)) == first
    others = list(example_class(CASE, 3, seed=1))
    assert all(one["answers"] != other["answers"] for one, other in zip(first, others, strict=True))


def test_a_learner_is_the_same_in_a_class_of_any_size(some):
    assert list(example_class(CASE, 5)) == some[:5]


def test_the_class_has_as_many_learners_as_its_sentence_says():
    class_ = list(example_class(CASE))
    assert f" {len(class_)} learners" in example.INVENTED
    assert [each["code"] for each in class_] == [f"invented-{n}" for n in range(1, 61)]


# In the form of a hand-in


def test_every_content_is_read_as_a_hand_in_unharmed(some):
    for content in some:
        assert submission.read(raw(content)) == content


def test_every_answer_has_the_form_its_exercise_asks_for(some):
    for content in some:
        for id, kept in content["answers"].items():
            if id in CHECKER.exercises:
                assert CHECKER.value(id, kept["answer"]) == kept["answer"]


def test_every_exercise_and_both_tests_are_answered_by_many(some):
    counts = Counter(id for content in some for id in content["answers"])
    assert set(counts) == {*CHECKER.exercises, "quiz_A", "quiz_B", "handin", "hints", "together"}
    assert min(counts.values()) > FEW / 2


def test_every_cell_holds_an_option_or_a_value_of_its_column(some):
    for id, exercise in CHECKER.exercises.items():
        for answer in given(some, id) if exercise.columns else []:
            for cells in answer.values():
                assert list(cells) == [column.id for column in exercise.columns]
                assert all(map(fits, [exercise] * len(cells), exercise.columns, cells.values()))


def fits(exercise, column, cell):
    if exercise.kind == "matrix":
        return cell in [option.id for option in exercise.options]
    low, high = column.range or (0, -1)
    return cell["value"] in (column.values or range(low, high + 1))


def test_a_rating_cites_a_sentence_of_its_text(some):
    for answer in given(some, "ratings"):
        for text, cells in answer.items():
            numbers = range(1, len(CASE.sentences_of(text)) + 1)
            assert all(cell["evidence"] in numbers for cell in cells.values())


def test_the_confidence_is_one_of_the_six_steps(tested):
    for form in "AB":
        sure = {
            each["confidence"] for test in given(tested, f"quiz_{form}") for each in test.values()
        }
        assert sure == {50, 60, 70, 80, 90, 100}


def test_the_marking_marks_them_and_finds_no_answer_strange(some):
    scorer = Scorer(CASE)
    for content in some[:60]:
        marks = scorer.scores(content, {})
        assert not any(mark.is_strange for mark in marks)
        assert sum(mark.points or 0 for mark in marks) > 0


# As the numbers say


@pytest.mark.parametrize("form", "AB")
def test_sharpness_and_criterion_of_all_answers_are_those_of_the_constants(tested, form):
    spread = math.hypot(1, example.CRITERION_SD, example.SHARPNESS_SD / 2)
    found, errors = pooled(tested, form)
    assert near(found.d_prime, example.SHARPNESS[form] / spread, errors.d_prime)
    assert near(found.criterion, example.CRITERION[form] / spread, errors.criterion)
    assert errors.d_prime < 0.04 and errors.criterion < 0.02


def pooled(contents, form):
    """Discrimination of all answers to one test, and its standard errors (delta method)."""
    scores = [score_quiz(CASE, form, test)[:4] for test in given(contents, f"quiz_{form}")]
    hits = influences([score[:2] for score in scores])
    alarms = influences([score[2:] for score in scores])
    root = math.sqrt(len(scores))
    d_prime = stdev(h - f for h, f in zip(hits, alarms, strict=True)) / root
    criterion = stdev((h + f) / 2 for h, f in zip(hits, alarms, strict=True)) / root
    found = discrimination(*map(sum, zip(*scores, strict=True)))
    return found, found._replace(d_prime=d_prime, criterion=criterion)


def influences(counts):
    """What each learner's (called true, called false) adds to z of the share called true."""
    said, asked = sum(yes for yes, _ in counts), sum(map(sum, counts))
    share, each = said / asked, asked / len(counts)
    slope = NORMAL.pdf(NORMAL.inv_cdf(share))
    return [(yes - share * (yes + no)) / each / slope for yes, no in counts]


def test_the_class_is_a_bit_too_sure_and_surer_where_it_is_right(tested):
    for form in "AB":
        told = {True: [], False: []}
        for test in given(tested, f"quiz_{form}"):
            for id, each in test.items():
                told[each["answer"] == TRUTH[id]].append(each["confidence"])
        right = 100 * len(told[True]) / (len(told[True]) + len(told[False]))
        assert right < mean(told[True] + told[False]) < right + 10
        assert mean(told[True]) > mean(told[False])


@pytest.mark.parametrize("form", "AB")
def test_some_leave_a_test_out_and_some_a_statement_open(tested, form):
    tests = given(tested, f"quiz_{form}")
    asked, answered = 8 * len(tests), sum(map(len, tests))
    assert near_share(1 - len(tests) / MANY, example.NO_TEST[form], MANY)
    assert near_share(1 - answered / asked, example.LEFT_OPEN, asked)


def test_a_third_rates_only_two_or_three_of_the_texts(some):
    counts = Counter(map(len, given(some, "ratings")))
    assert set(counts) == {2, 3, 5}
    assert near_share(1 - counts[5] / FEW, example.FEW_TEXTS, FEW)


def test_ratings_lie_around_those_of_the_experts(some):
    answers = given(some, "ratings")
    experts = {row["text_id"]: row for row in CASE.key.rows("ratings")}
    for text, row in experts.items():
        rated = Counter(each[text]["source"]["value"] for each in answers if text in each)
        assert rated.most_common(1)[0][0] == row["admiralty_source"]
        scores = [each[text]["authorship"]["value"] for each in answers if text in each]
        assert abs(mean(scores) - int(row["authorship_score"])) < 0.6


def test_the_number_follows_the_letter_more_often_than_in_the_experts_ratings(some):
    letters = "ABCDEF"
    pairs = [
        (letters.index(cells["source"]["value"]) + 1, cells["information"]["value"])
        for answer in given(some, "ratings")
        for cells in answer.values()
    ]
    alike = mean(letter == number for letter, number in pairs)
    assert example.HALO < alike < example.HALO + 0.2


def test_nine_of_ten_met_the_texts_in_an_order_drawn_from_their_code(some):
    kept = {each["code"]: each["answers"].get("handin") for each in some}
    noted = {code: found["answer"] for code, found in kept.items() if found}
    assert len(noted) == FEW - FEW / example.NO_ORDER
    for code, found in noted.items():
        assert found == {"code": code, "order": drawn_order(CASE.texts, code)}


def test_each_place_later_costs_trust_before_reading_and_nothing_else(some):
    class_ = gather((each["answers"] for each in some), CASE)
    trust, scores = class_.cells["prediction"][:, :, 0], class_.cells["ratings"][:, :, 2:]
    slope = order_effect(trust, class_.places).slope
    assert 10 * example.LATER < slope.value < slope.high < 10 * example.LATER / 2
    slope = order_effect(np.where(scores < 0, np.nan, scores).mean(axis=2), class_.places).slope
    assert slope.low < 0 < slope.high


def test_about_as_many_answers_are_right_as_the_learners_are_able(some):
    answers, (low, high) = given(some, "witness_count"), example.SKILL
    share = mean(answer == right("witness_count") for answer in answers)
    assert near_share(share, (low + high) / 2, FEW)


@pytest.mark.parametrize("id", ["f2_or_e4", "witness_count", "date_article"])
def test_the_wrong_answer_listed_first_is_the_most_common(some, id):
    counts = Counter(given(some, id))
    first = CHECKER.exercises[id].wrong[0]["answer"]
    assert [answer for answer, _ in counts.most_common(2)] == [right(id), first]


def right(id):
    return CHECKER.key(id).value


def test_a_wrong_cell_is_never_one_that_the_key_accepts(some):
    key = CHECKER.key("stances")
    for row, columns in key.accept.items():
        for column, accepted in columns.items():
            found = {answer[row][column] for answer in given(some, "stances")}
            assert key.value[row][column] in found
            assert not found & set(accepted)


@pytest.mark.parametrize("scale", ["three", "four", "six"])
def test_whoever_stands_higher_on_a_hundred_steps_stands_no_lower_on_a_few(some, scale):
    [steps] = (c.values for c in CHECKER.exercises["verdict_scales"].columns if c.id == scale)
    claims = [answer["claim"] for answer in given(some, "verdict_scales")]
    pairs = sorted((each["hundred"]["value"], steps.index(each[scale]["value"])) for each in claims)
    few = [step for _, step in pairs]
    assert few == sorted(few)
    assert set(few) == set(range(len(steps)))


def test_written_answers_say_that_they_are_invented(some):
    assert set(given(some, "final_answer")) == {"This answer is invented."}


# In other cases


def test_the_small_case_has_an_example_class_too():
    small = data.load(SMALL)
    found = list(example_class(small, 50))
    assert exercises_of(found) == {"who_recalls", "members_1921", "handin", "hints"}
    assert set(given(found, "members_1921")) == {3, 2, 4}
    assert all(submission.read(raw(each)) == each for each in found)


def test_what_half_a_key_lacks_is_left_out(tmp_path):
    case = case_with(tmp_path / "small", EXERCISES, HALF_A_KEY)
    found = list(example_class(case, 100))
    assert exercises_of(found) == {"handin", "hints", "together", *Checker(case).exercises} - {
        "attach",
        "told",
    }
    assert {tuple(each) for each in given(found, "tick")} == {("a",), ("b",), ("c",)}


def test_a_cell_in_which_nothing_is_wrong_is_right_or_left_open(tmp_path):
    case = case_with(tmp_path / "small", EXERCISES, HALF_A_KEY)
    cells = [each["P1"] for each in given(example_class(case, 100), "grid")]
    assert {cell.get("gazette") for cell in cells} == {"yes", None}
    assert {cell["notice"] for cell in cells} == {"yes", "no"}


def test_without_a_key_ratings_are_any_values_and_only_texts_are_written_besides(tmp_path):
    case_with(tmp_path / "small", EXERCISES)
    shutil.rmtree(tmp_path / "small" / "key")
    case = data.load(tmp_path / "small")
    found = list(example_class(case, 400))
    assert exercises_of(found) == {"ratings", "trust", "say", "handin", "hints", "together"}
    letters = Counter(each["gazette"]["source"]["value"] for each in given(found, "ratings"))
    assert set(letters) == {"A", "C", "F"}
    assert all(near_share(count / 400, 1 / 3, 400) for count in letters.values())
    levels = {each["gazette"]["level"]["value"] for each in given(found, "trust")}
    assert levels == set(range(11))


def test_a_class_is_made_one_learner_at_a_time():
    assert len(list(islice(example_class(CASE, 10**9), 2))) == 2
