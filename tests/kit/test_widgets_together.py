"""Deciding alone, the line, the own class beside oneself, and the wall."""

import html
import random

import ipywidgets
import pytest

import kit
from kit import data, exercises, submission, widgets
from kit.submission.class_line import FEWEST, ClassLine, class_lines_in
from kit.submission.short_line import Judgement, as_line, lines_in
from kit.widgets.handin import HandinOutput
from tests.kit.test_short_line import judgement
from tests.made_up_forms import inside, lines, press

pytestmark = pytest.mark.usefixtures("journal")
CASE = data.load()


def rate(journal, text="blog", value=2, **more):
    for column in exercises.find("ratings", CASE).columns:
        given = more.get(column.id, "B" if column.id == "source" else value)
        journal.write(f"ratings/{text}/{column.id}", {"value": given, "evidence": 1})


def line_in(form):
    return inside(form, HandinOutput)[0].code


def held(form):
    [found] = lines_in(line_in(form), CASE)
    return found


def told(form):
    return html.unescape(form.status.value)


def class_of(id="ratings", size=24, number=1, seed=1):
    rng = random.Random(f"{id}/{seed}")
    return [judgement(rng, id, share=1, number=number) for _ in range(size)]


def pasted(wall, judgements):
    wall.box.value = "\n".join(as_line(each, CASE) for each in judgements)
    wall.save()
    return wall


def back(judgements, id="ratings"):
    """The class's line that a wall gives for these judgements."""
    wall = pasted(widgets.wall(id), judgements)
    press(wall, "Make the line for the class")
    return wall.output.code


# The learner


def test_there_is_no_line_before_somebody_decided(journal):
    form = widgets.commit()
    assert line_in(form) == "" and form.place.layout.display == "none"
    press(form, "These are my ratings")
    assert "Rate at least one text completely." in form.status.value
    assert line_in(form) == "" and journal.answer("together") is None


def test_deciding_gives_a_short_line_with_what_counts_and_no_pen_name(journal):
    journal.write("handin/code", "amber-owl-55")
    journal.write("handin/order", ["news", "blog", "forum", "article", "factcheck"])
    rate(journal)
    journal.write("ratings/news/source", {"value": "A", "evidence": 2})  # not whole
    form = widgets.commit()
    press(form, "These are my ratings")
    found = held(form)
    assert (found.exercise, found.number, found.first) == ("ratings", 1, "news")
    assert list(found.answer) == ["blog"] and found.answer["blog"]["source"] == "B"
    assert "amber" not in line_in(form) and len(line_in(form)) <= 200
    assert journal.answer("committed/ratings") is True
    assert line_in(widgets.commit()) == line_in(form)


def test_a_second_judgement_stays_beside_the_first_and_a_third_is_none(journal):
    rate(journal)
    form = widgets.commit()
    press(form, "These are my ratings")
    press(form, "These are my ratings")
    assert held(form).number == 1
    first = held(form)
    rate(journal, dating=4)
    press(form, "These are my ratings")
    assert (held(form).number, held(form).token) == (2, first.token)
    assert held(form).answer["blog"]["dating"] == 4
    kept = journal.answer("together/ratings")
    assert (kept["1"]["blog"]["dating"], kept["2"]["blog"]["dating"]) == (2, 4)
    rate(journal, dating=0)
    press(form, "These are my ratings")
    assert held(form).answer["blog"]["dating"] == 4
    assert "You have judged twice" in form.about.value


@pytest.mark.parametrize(
    ("id", "place", "value"),
    [
        ("stances", "stances/P1/blog", "asserts"),
        ("verdict_scales", "verdict_scales/claim/three", {"value": "true", "evidence": None}),
    ],
)
def test_stances_and_verdicts_are_decided_in_the_same_way(journal, id, place, value):
    form = widgets.commit(id)
    press(form, "I have decided")
    assert "Answer first." in form.status.value
    journal.write(place, value)
    press(form, "I have decided")
    assert held(form).exercise == id and len(line_in(form)) <= 200
    assert "Saved. You have decided." in form.status.value


def test_the_token_never_leaves_with_a_hand_in(journal):
    rate(journal)
    form = widgets.commit()
    press(form, "These are my ratings")
    answers = submission.answers_of(journal)
    assert "wall" not in answers and "together" in answers
    assert held(form).token not in str(answers)


def test_copy_is_that_of_the_hand_in_and_shows_no_link(journal):
    rate(journal)
    form = widgets.commit()
    press(form, "These are my ratings")
    [output] = inside(form, HandinOutput)
    assert (output.file, output.label) == ("", "Your line for the class")


def test_on_a_hub_one_button_drops_the_line_into_the_folder_and_one_reads_them(
    journal, tmp_path, monkeypatch
):
    assert not [b for b in inside(widgets.commit(), ipywidgets.Button) if "folder" in b.description]
    monkeypatch.setenv("KIT_SHARED", str(tmp_path / "class"))
    rate(journal)
    form = widgets.commit()
    press(form, "These are my ratings")
    press(form, "Put it into the class's folder")
    assert "is not in the class's folder because its folder is not there" in told(form)
    (tmp_path / "class").mkdir()
    press(form, "Put it into the class's folder")
    press(form, "Put it into the class's folder")
    [path] = (tmp_path / "class").iterdir()
    assert path.read_text() == line_in(form) and "amber" not in path.name
    wall = widgets.wall()
    press(wall, "Take what lies in the class's folder")
    wall.save()
    assert "1 learner decided." in wall.count.value


# The learner's own class


def test_the_own_class_takes_the_invented_ones_place_only_for_what_was_decided(journal):
    rate(journal)
    press(widgets.commit(), "These are my ratings")
    table = kit.my_class()
    assert table.attrs["kit:whose"] == "The invented class" and set(table["text_id"]) == {"blog"}
    assert "Invented class" in widgets.experts().html
    line = back(class_of())
    form = widgets.commit()
    form.fields["wall/class/ratings"].control.value = f"Here: “{line}” (Ms B.)"
    form.save()
    assert "24 learners, first judgement." in form.status.value and "<figure" in form.picture.value
    table = kit.my_class()
    assert table.attrs["kit:whose"] == "Your class, 24 learners"
    assert set(table["text_id"]) == {"blog"} and table["middle"].notna().all()
    assert table["mine"].notna().all() and table["editors"].notna().any()
    page = widgets.experts().html
    assert "Invented class" not in page and "Your class: 24 learners." in page
    assert journal.answer("wall/class/ratings") == line  # and nothing that stood around it


def test_without_an_own_judgement_nothing_of_the_class_is_shown(journal):
    line = back(class_of("stances"), "stances")
    form = widgets.commit("stances")
    form.fields["wall/class/stances"].control.value = line
    form.save()
    assert "Decide on your own first" in form.status.value and form.picture.value == ""
    assert not kit.my_class("stances")["share"].notna().any()
    journal.write("stances/P1/blog", "silent")
    press(widgets.commit("stances"), "I have decided")
    shown = kit.my_class("stances")
    assert set(shown["proposition_id"]) == {"P1"}
    assert shown.dropna(subset="stance")["text_id"].tolist() in (["blog"], [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", "There is no class's line here"),
        ("kit-class:1-asked", "did not arrive whole"),
        ("kit-line:1-asked:end-of-line", "There is no class's line here"),
    ],
)
def test_a_damaged_class_line_is_named_in_one_sentence(journal, text, why):
    form = widgets.commit()
    form.fields["wall/class/ratings"].control.value = text
    form.save()
    assert why in told(form) and form.status.value.count("kit-failed") == 1
    assert journal.answer("wall/class/ratings") is None


def test_the_line_of_another_task_is_named(journal):
    line = back(class_of("stances"), "stances")
    form = widgets.commit()
    form.fields["wall/class/ratings"].control.value = line
    form.save()
    assert "one of another task: look for the one of “Rate the texts”" in form.status.value


def test_beside_a_class_that_judged_twice_stands_the_second_own_judgement(journal):
    rate(journal)
    press(widgets.commit(), "These are my ratings")
    rate(journal, dating=4)
    press(widgets.commit(), "These are my ratings")
    first = class_of()
    again = [each._replace(number=2) for each in first]
    for judged, dating in ((first, 2), ([*first, *again], 4)):
        form = widgets.commit()
        form.fields["wall/class/ratings"].control.value = back(judged)
        form.save()
        table = kit.my_class().set_index("criterion")
        assert table.loc["Dating", "mine"] == dating


# The wall


def test_the_wall_counts_and_shows_nothing_before_the_tenth(journal):
    judged = class_of(size=9)
    wall = pasted(widgets.wall(), judged)
    assert "9 learners decided." in wall.count.value and "<figure" not in wall.picture.value
    press(wall, "Make the line for the class")
    assert wall.output.code == "" and "10 learners or more" in wall.told.value
    wall = pasted(wall, [*judged, *judged, *class_of(size=1, seed=2)])
    assert "10 learners decided." in wall.count.value and "<figure" in wall.picture.value


@pytest.mark.parametrize("id", ["ratings", "stances", "verdict_scales"])
def test_what_the_wall_draws_is_what_the_line_tells(journal, id):
    wall = pasted(widgets.wall(id), class_of(id))
    press(wall, "Make the line for the class")
    [line] = class_lines_in(wall.output.code, CASE)
    assert isinstance(line, ClassLine) and line.learners == 24
    assert "First judgement, 24 learners" in wall.picture.value
    assert wall.picture.value.count("<figure") == 1


def test_the_wall_keeps_the_lines_and_no_names(journal):
    line = as_line(class_of(size=1)[0], CASE)
    wall = widgets.wall()
    wall.box.value = f"Anna Miller, 10:32: {line} 👍\nBen: kit-line:1-broken\n{line}"
    wall.save()
    assert journal.answer("wall/lines") == line
    assert "did not arrive whole" in wall.problems.value
    assert widgets.wall().box.value == line
    wall.box.value = "Anna: hi"
    wall.save()
    assert "There is no whole line in this text." in wall.status.value


def test_editors_stay_hidden_until_a_press(journal):
    wall = pasted(widgets.wall(), class_of())
    assert ", editors " not in wall.picture.value
    press(wall, "Show the editors' marks")
    assert ", editors " in wall.picture.value
    press(wall, "Hide the editors' marks")
    assert ", editors " not in wall.picture.value


def test_a_wall_gives_no_line_that_differs_by_few(journal):
    judged = class_of(size=40)
    wall = pasted(widgets.wall(), judged[:20])
    press(wall, "Make the line for the class")
    first = wall.output.code
    for again in (wall, widgets.wall()):  # and not after a restart either
        pasted(again, judged[:23])
        press(again, "Make the line for the class")
        assert again.output.code == first and "3 learners stand outside" in again.told.value
    pasted(wall, judged[: 20 + FEWEST])
    press(wall, "Make the line for the class")
    assert wall.output.code != first


def test_the_second_picture_and_line_come_with_ten_second_judgements(journal):
    first = class_of()
    again = [each._replace(number=2) for each in class_of(seed=2)]
    again = [b._replace(token=a.token) for a, b in zip(first, again, strict=True)]
    wall = pasted(widgets.wall(), [*first, *again[:9]])
    assert "9 of them twice" in wall.count.value and wall.picture.value.count("<figure") == 1
    pasted(wall, [*first, *again])
    assert wall.picture.value.count("<figure") == 2
    press(wall, "Make the line for the class")
    assert class_lines_in(wall.output.code, CASE)[0].number == 2


def test_lines_of_other_tasks_are_kept_for_their_own_wall(journal):
    both = [*class_of(size=12), *class_of("stances", size=11)]
    assert "12 learners" in pasted(widgets.wall(), both).count.value
    assert "11 learners" in widgets.wall("stances").count.value


def test_a_wall_of_a_case_without_key_has_no_editors(case, monkeypatch):
    monkeypatch.setattr(case, "key", None)
    wall = widgets.wall("ratings", case)
    assert not [b for b in inside(wall, ipywidgets.Button) if "editors" in b.description]
    rng = random.Random(1)
    judged = [judgement(rng, "ratings", case, 1) for _ in range(11)]
    wall.box.value = "\n".join(as_line(each, case) for each in judged)
    wall.save()
    assert "<figure" in wall.picture.value
    assert isinstance(judged[0], Judgement) and lines(kit.journal.current())


def test_what_a_form_hides_is_its_own(journal):
    beside = widgets.base.html("A note")
    kit.widgets.commit("stances")
    assert beside.layout.display is None
