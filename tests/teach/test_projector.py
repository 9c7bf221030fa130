"""The wall of a teacher: the report's own numbers, of judgements that came as lines."""

import random

import numpy as np
import pytest

import teach
from kit import data, exercises
from kit.submission.short_line import Judgement, as_line
from teach.projector import answers_of, first_text
from teach.report.build import invented_class
from teach.report.gather import gather
from teach.report.judged_again import moved
from tests.kit.test_short_line import judgement
from tests.made_up_forms import press

CASE = data.load()
RATINGS = exercises.find("ratings", CASE)


@pytest.fixture(autouse=True)
def own_journal(tmp_path):
    import kit

    kit.journal.open(tmp_path / "my_work.jsonl")


def class_of(size=24, id="ratings", again=0, seed=1):
    rng = random.Random(f"{id}/{size}/{seed}")
    first = [judgement(rng, id, share=1) for _ in range(size)]
    return first + [each._replace(number=2) for each in first[:again]]


def pasted(wall, judgements):
    wall.box.value = "\n".join(as_line(each, CASE) for each in judgements)
    wall.save()
    return wall


def test_the_report_reads_the_same_answers_from_lines_as_from_hand_ins():
    judged = class_of()
    whole = answers_of(RATINGS, CASE, judged)
    handed_in = [
        {
            "ratings": {
                "answer": {
                    r: {c: {"value": v} for c, v in row.items()} for r, row in each.answer.items()
                }
            }
        }
        for each in judged
    ]
    assert (whole.cells["ratings"] == gather(handed_in, CASE).cells["ratings"]).all()
    assert whole.learners == 24
    texts = list(CASE.texts)
    for row, each in zip(whole.places, judged, strict=True):
        assert row.tolist() == [int(t != each.first) if each.first else -1 for t in texts]


def test_the_wall_of_ratings_has_the_axes_and_the_first_text_beneath():
    wall = pasted(teach.wall(), class_of())
    shown = wall.picture.value
    assert "of the ratings of" in shown and "which text they met first" in shown
    assert "Did talking change" not in shown
    pasted(wall, class_of(again=12))
    assert "Did talking change" in wall.picture.value
    assert wall.picture.value.count("judged twice") == 1


def test_under_ten_nothing_is_shown_here_either():
    wall = pasted(teach.wall(), class_of(9))
    assert "The picture comes with line 10" in wall.picture.value
    assert "rating" not in wall.picture.value
    pasted(wall, class_of(24, again=9))
    assert "Fewer than 10 learners judged the same thing twice" in wall.picture.value


def test_a_wall_of_stances_or_verdicts_has_no_axes():
    for id in ("stances", "verdict_scales"):
        wall = pasted(teach.wall(id), class_of(id=id))
        assert "<figure" in wall.picture.value and "met first" not in wall.picture.value
        press(wall, "Make the line for the class")
        assert wall.output.code.startswith("kit-class:1-")


def planted(effect, size=300):
    """A class in which the text met first has so many points more than later."""
    rng, scores = random.Random(5), [c.id for c in RATINGS.columns[2:]]
    for n in range(size):
        first = rng.choice(list(CASE.texts))
        answer = {
            text: {id: min(4, rng.choice([0, 1, 2]) + effect * (text == first)) for id in scores}
            for text in CASE.texts
        }
        yield Judgement("ratings", f"t{n:05}", 1, answer, first)


@pytest.mark.parametrize("effect", [0, 1])
def test_the_effect_of_the_first_text_is_found_where_there_is_one(effect):
    told = first_text(answers_of(RATINGS, CASE, list(planted(effect))))
    number = float(told.split(" points ")[0].rpartition(" ")[2])
    assert number == pytest.approx(effect, abs=0.15)
    assert ("no effect can be told" in told) == (not effect)
    assert ("higher" in told) or not effect
    assert "Fewer than 10" in first_text(answers_of(RATINGS, CASE, class_of(9)))


# What the report says of the change


def judged_twice(first, second, size=12):
    cells = {"1": {"P1": {"blog": first}}, "2": {"P1": {"blog": second}}}
    return [{"together": {"answer": {"stances": cells}}} for _ in range(size)]


def test_the_report_tells_how_far_a_class_moved():
    apart = judged_twice("asserts", "denies", 12) + judged_twice("denies", "denies", 12)
    panel = moved(gather(apart, CASE), 10)
    assert "24 learners judged twice. They changed 50 % of their marks." in panel.sentences[0]
    assert "Before, 50 %" in panel.sentences[0] and "100 %: closer together" in panel.sentences[0]
    assert panel.table["learners"].tolist() == ["24"]
    back = [each | {} for each in judged_twice("denies", "denies", 24)]
    assert "as far apart as before" in moved(gather(back, CASE), 10).sentences[0]


def test_of_few_who_judged_twice_nothing_is_said():
    assert moved(gather([{}] * 30, CASE), 10).sentences == ("Nobody gave a second judgement.",)
    few = judged_twice("asserts", "denies", 9) + [{}] * 30
    assert moved(gather(few, CASE), 10).sentences[0].startswith("Fewer than 10 learners")
    many = judged_twice("asserts", "denies", 35) + [{}] * 5
    told = moved(gather(many, CASE), 10)
    assert "more than 30 learners judged twice" in told.sentences[0]  # 35 would tell of the other 5


@pytest.mark.parametrize("together", [None, 7, "x", [], {"stances": 3}, {"stances": {"1": "x"}}])
def test_a_strange_second_judgement_is_none(together):
    answers = gather([{"together": {"answer": together}}] * 12, CASE)
    assert (answers.again["stances"] == -1).all()


def test_the_invented_class_judged_twice():
    found = invented_class(CASE).again["stances"]
    assert ((found[:, 0] >= 0) == (found[:, 1] >= 0)).all()
    assert 0 < np.mean(found[:, 0] != found[:, 1]) < 0.2


def test_teach_has_one_thing_for_notebooks():
    with pytest.raises(AttributeError, match="`wall` is the one"):
        teach.wal  # noqa: B018
