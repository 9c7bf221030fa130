"""The panel on the order of the texts: what it says follows from the ratings, and it hides few."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

import kit
from kit import data, exercises, submission, widgets
from kit.data import drawn_order
from kit.errors import KitError
from teach import charts
from teach.measures.class_effects import order_effect
from teach.report import build
from teach.report.gather import gather
from teach.report.sensitivity import order as order_panel
from tests.made_up_forms import EXERCISES, SMALL, case_with
from tests.teach.handed_in import CASE

TEXTS = list(CASE.texts)
SCORES = [column.id for column in exercises.load(CASE)["ratings"].columns[2:]]
LEVEL = dict(zip(TEXTS, (3, 7, 5, 6, 4), strict=True))


def learner(number, slope=0, **others):
    """One learner's answers: trust moved by the place, and now and then a point more or less."""
    order = drawn_order(TEXTS, f"owl-{number}")
    rng = np.random.default_rng(number)
    trust = {
        id: round(LEVEL[id] + slope * (place - 2) + rng.normal(0, 0.7))
        for place, id in enumerate(order)
    }
    answers = {"prediction": {id: {"trust": trust[id]} for id in TEXTS}, **others}
    return {**noted(order), **{id: {"answer": answer} for id, answer in answers.items()}}


def noted(order):
    """What a hand-in holds of the order, as kit.widgets.order has it noted."""
    return {"handin": {"answer": {"code": "owl", "order": order}, "attempts": 2}}


def class_of(numbers, slope=0, **others):
    return [learner(number, slope, **others) for number in range(numbers)]


def without_order(answers):
    return {id: kept for id, kept in answers.items() if id != "handin"}


def panel(everybody, k=10, case=CASE):
    return order_panel(gather(everybody, case), k)


def said(found):
    return " ".join(found.sentences)


# What is gathered


def test_the_place_of_each_text_is_gathered_in_the_order_of_the_case():
    orders = [TEXTS, TEXTS[::-1], ["news", "blog", "forum", "factcheck", "article"]]
    found = gather(map(noted, orders), CASE)
    assert TEXTS == ["forum", "blog", "article", "news", "factcheck"]
    assert found.places.tolist() == [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 1, 4, 0, 3]]
    assert found.places.dtype == np.int8


STRANGE = [None, [], {}, "forum", 7, True, TEXTS[:4], [*TEXTS, "forum"], [TEXTS[0]] * 5, [[]] * 5]


@pytest.mark.parametrize("answer", STRANGE, ids=repr)
def test_what_is_no_order_counts_as_none(answer):
    strange = [noted(answer), {"handin": {"answer": answer}}, {}, {"handin": None}]
    found = gather(strange, CASE)
    assert (found.places == -1).all() and found.places.shape == (4, 5)


def test_the_order_that_a_learner_met_is_gathered_from_the_hand_in(tmp_path):
    journal = kit.journal.open(tmp_path / "my_work.jsonl")
    journal.write("handin/code", "blue-tiger-7")
    met = widgets.order(CASE)
    content = submission.load(submission.pack(journal, CASE, "blue-tiger-7").path)
    [places] = gather([content["answers"]], CASE).places
    assert met == [TEXTS[n] for n in np.argsort(places)] == drawn_order(TEXTS, "blue-tiger-7")


def test_nobody_has_no_places():
    assert gather([], CASE).places.shape == (0, 5)


# What is said


@pytest.mark.parametrize(
    ("slope", "words"),
    [
        (-0.8, "texts met earlier were rated higher"),
        (0.8, "texts met earlier were rated lower"),
        (0, "no effect of the order can be told"),
    ],
)
def test_the_verdict_follows_from_the_interval(slope, words):
    told = said(panel(class_of(40, slope)))
    assert told.startswith(f"Predict before you read (0 to 10): {words}.")
    assert "It rests on 40 learners." in told
    found = [float(n.replace("−", "-")) for n in re.findall(r"[+−]\d\.\d\d", told)]
    assert found[0] == pytest.approx(slope, abs=0.1) and found[1] < slope < found[2]


def test_the_numbers_are_those_of_the_measure():
    class_ = gather(class_of(40, -0.8), CASE)
    effect = order_effect(class_.cells["prediction"][:, :, 0], class_.places)
    shown = order_panel(class_, 10)
    words = f"changes by {effect.slope.value:+.2f} points (95 % interval from "
    assert words.replace("-", "−") in said(shown)
    assert shown.table["place"].to_list() == [1, 2, 3, 4, 5]
    means = [each.value for each in effect.places]
    assert shown.table["points above or below"].to_list() == pytest.approx(means, abs=0.006)
    assert means == sorted(means, reverse=True)


def test_scores_with_evidence_are_taken_as_their_mean_and_only_where_all_are_given():
    """Scores fall by one from place to place, and one learner left a score out of each text."""

    def rated(number, left_out=()):
        order, jitter = drawn_order(TEXTS, f"owl-{number}"), number % 2
        scores = [name for name in SCORES if name not in left_out]
        return {
            id: {name: {"value": 4 - place if place else 4 - jitter} for name in scores}
            for place, id in enumerate(order)
        }

    everybody = [without_prediction(learner(n, ratings=rated(n))) for n in range(30)]
    more = [without_prediction(learner(n, ratings=rated(n, ("dating",)))) for n in range(30, 45)]
    found = panel([*everybody, *more])
    [told] = found.sentences
    assert told.startswith("Rate the texts (0 to 4): texts met earlier were rated higher")
    assert "30 learners" in told
    assert found.table["points above or below"].iloc[0] == pytest.approx(1.6, abs=0.05)


def without_prediction(answers):
    return {id: kept for id, kept in answers.items() if id != "prediction"}


def test_the_letters_of_the_admiralty_axes_are_no_scores():
    letters = {id: {"source": {"value": "A"}, "information": {"value": 1}} for id in TEXTS}
    found = panel([without_prediction(learner(n, ratings=letters)) for n in range(30)])
    assert found.picture is None and "Fewer than 10 learners" in said(found)


# Nothing to say


@pytest.mark.parametrize(
    "class_",
    [
        *([], class_of(1), class_of(9)),
        [without_order(each) for each in class_of(30)],
        [without_prediction(each) for each in class_of(30)],
    ],
    ids=["nobody", "one", "few", "no order", "no rating"],
)
def test_too_few_with_order_and_ratings_are_told_so_and_why(class_):
    found = panel(class_)
    assert len(found.sentences) == 1 and found.picture is None and found.table is None
    assert "Fewer than 10 learners" in said(found) and "drawn from their code" in said(found)


def test_one_order_for_all_and_one_answer_for_all_are_told_in_words():
    same = [{**each, **noted(TEXTS)} for each in class_of(30)]
    assert "all met the texts in one order" in said(panel(same))
    flat = {id: {"trust": 5} for id in TEXTS}
    alike = panel([learner(n, prediction=flat) for n in range(30)])
    assert "no rating strays" in said(alike)
    assert alike.picture is None and alike.table is None and "None" not in said(alike)


def test_a_course_without_ratings_of_texts_says_so():
    small = data.load(SMALL)
    found = panel([noted(list(small.texts))] * 30, case=small)
    assert found.sentences == ("This course has no exercise in which its texts are scored.",)


def test_another_course_has_the_panel_whatever_the_order_of_its_rows(tmp_path):
    first, last = '{ id = "gazette", text = "Gazette" }', '{ id = "notice", text = "Notice" }'
    turned = EXERCISES.replace(f"rows = [{first}, {last}]", f"rows = [{last}, {first}]")
    assert turned != EXERCISES
    case = case_with(tmp_path / "small", turned)
    orders = [drawn_order(case.texts, f"owl-{n}") for n in range(40)]
    answers = [
        {**noted(order), "ratings": {"answer": both(order, n)}} for n, order in enumerate(orders)
    ]
    told = said(panel(answers, case=case))
    assert told.startswith("Rate (0 to 4): texts met earlier were rated higher.")


def both(order, number):
    values = {order[0]: 3 + number % 2, order[1]: 1 + number // 2 % 2}
    return {id: dict.fromkeys(("authorship", "dating"), value) for id, value in values.items()}


# Privacy


def test_a_place_with_few_ratings_is_left_out():
    class_ = class_of(40, -0.8)
    for answers in class_[9:]:
        del answers["prediction"]["answer"][answers["handin"]["answer"]["order"][4]]
    assert panel(class_).table["place"].to_list() == [1, 2, 3, 4]


def test_those_who_rated_without_an_order_cannot_be_counted():
    class_ = class_of(40)
    few = [*map(without_order, class_[:6]), *class_[6:]]
    assert "more than 30 learners" in said(panel(few))
    among_others = [*few, *[{}] * 20]
    assert "more than 30 learners" in said(panel(among_others))  # 40 rated, as other panels say
    hidden = [*few, *[{}] * 3]  # that 40 of 43 rated is hidden, and stays so
    assert "more than 33 learners" in said(panel(hidden))
    many = [*map(without_order, class_[:12]), *class_[12:]]
    assert "on 28 learners" in said(panel(many))


# The chart


def test_the_chart_has_a_dot_for_each_place_and_words_for_all():
    found = panel(class_of(40, -0.8))
    ax = found.picture()
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == [1, 2, 3, 4, 5]
    heights = found.table["points above or below"].to_list()
    assert [dot.get_ydata()[0] for dot in dots] == heights
    assert f"place 1 +{heights[0]:.2f}" in found.alt and "at 4 of 5 places" in found.alt


def test_the_chart_of_nothing_says_so_and_another_table_is_refused():
    table = panel(class_of(40)).table.set_axis(charts.places.columns[0], axis=1)
    assert "no place" in charts.places(table[:0]).texts[0].get_text()
    assert charts.places.describe(table[:0]).startswith("Empty")
    with pytest.raises(KitError, match="has no place"):
        charts.places(table.drop(columns="place"))


@pytest.mark.parametrize("size", [(10, 6), (7, 4.5)])
def test_no_label_of_the_chart_is_cut_or_covers_another(size):
    table = panel(class_of(40, -0.8)).table.set_axis(charts.places.columns[0], axis=1)
    figure, ax = plt.subplots(figsize=size, layout="constrained")
    charts.places(table, ax)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    boxes += [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(figure.bbox.padded(1).containsx(box.x1) for box in boxes)
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


# The invented class


def test_the_invented_class_shows_the_effect_it_was_given():
    found = order_panel(build.invented_class(CASE), build.FEWEST)
    assert "texts met earlier were rated higher" in found.sentences[0]
    assert "no effect of the order can be told" in found.sentences[1]
    assert found.picture and len(found.table) == 10
