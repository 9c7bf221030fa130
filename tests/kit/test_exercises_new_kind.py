"""A tenth kind of exercise is one file: here it is, and it goes through every door of the course.

Nothing else knows of it: not the widgets, the site, the sheets, the typed answers or the marks.
"""

import pytest

from editions.paper.sheet import exercise_sheet
from editions.site.forms import form
from editions.worked.answers_in_words import in_words as in_markdown
from kit import exercises, submission, widgets
from kit.exercises import KINDS, AnswerError, Kind
from kit.exercises.model import are_all, texts
from teach import typed as typed_in
from teach.check_data import checked
from teach.grading import feedback
from teach.grading.marks import Scorer
from tests.made_up_forms import case_with, control

EXERCISE = """
[[exercise]]
id = "tellings"
notebook = "01_bridge"
kind = "ordering"
points = 4
title = "In order of telling"
prompt = "Which came first?"
right = "Each leans on the one before it."
otherwise = "Look at the dates once more."
options = [{ id = "gazette", text = "Gazette" }, { id = "notice", text = "Notice" },
    { id = "diary", text = "Diary" }]
wrong = [{ answer = "notice", reason = "The notice quotes somebody." }]
"""
KEY = '\n[tellings]\nanswer = ["diary", "notice", "gazette"]\n'


class OrderingKind(Kind):
    """The answer is the ids of all options (list of str) in order."""

    name = "ordering"
    needs = ("options",)

    def input_at(self, place, prompt, exercise):
        how = f"the order of {', '.join(texts(exercise.options))}"
        return super().input_at(place, prompt, exercise)._replace(answer=how, example="a, b, c")

    def parse(self, exercise, text):
        ids = text.replace(",", " ").casefold().split()
        if sorted(ids) != sorted(texts(exercise.options)):
            raise AnswerError(f"“{text}” does not name each once; write them with commas between.")
        return ids

    def as_text(self, exercise, value):
        return ", ".join(value)

    def understood(self, exercise, value):
        return f"First {value[0]}, last {value[-1]}."

    def fits(self, exercise, value):
        return are_all(str, value)

    def compare(self, exercise, value, key):
        wrong = [id for id, right in zip(value, key.value, strict=False) if id != right]
        if not wrong and len(value) == len(key.value):
            return exercise.correct()
        share = 1 - len(wrong) / len(key.value)
        return exercise.not_yet([exercise.reason(id) for id in wrong], share)

    def words(self, exercise, value):
        options = texts(exercise.options)
        return [((), ", then ".join(options[id] for id in value))]

    def also(self, exercise, value, key):
        return {}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(KINDS, "ordering", OrderingKind())
        yield case_with(tmp_path_factory.mktemp("cases") / "small", EXERCISE, KEY)


@pytest.fixture
def exercise(course):
    return exercises.load(course)["tellings"]


RIGHT, WRONG = ["diary", "notice", "gazette"], ["notice", "diary", "gazette"]


def test_it_is_read_held_to_its_form_and_to_its_key(course, tmp_path):
    assert checked(course).splitlines()[-1].startswith("exercises: 3, ")
    without = EXERCISE.replace("options", "rows")
    broken = case_with(tmp_path / "small", without)
    with pytest.raises(exercises.ExerciseError, match="a ordering exercise needs 'options'"):
        exercises.load(broken)


@pytest.mark.parametrize(
    ("answer", "state", "earned", "reasons"),
    [
        (RIGHT, "correct", 1.0, ()),
        (WRONG, "not yet", 0.3333, ("The notice quotes somebody.",)),
        ([], "not answered", None, ()),
        ("diary", "not yet", 0.0, ()),
    ],
)
def test_it_is_checked(course, answer, state, earned, reasons):
    given = exercises.check("tellings", answer, course)
    assert (given.state, given.earned, given.reasons) == (state, earned, reasons)


def test_it_is_asked_in_a_line_kept_and_shown_again(course, journal):
    box = control(widgets.ask("tellings", course), "tellings")
    assert box.placeholder == "a, b, c"
    box.value = "diary, diary"
    assert journal.answer("tellings") is None
    box.value = "Diary, notice gazette"
    assert journal.answer("tellings") == RIGHT
    again = widgets.ask("tellings", course)
    assert control(again, "tellings").value == "diary, notice, gazette"
    assert "First diary, last gazette." in again.status.value
    assert widgets.check("tellings", case=course).state == "correct"
    assert submission.counted(submission.summary(journal, course)).startswith("1 of 3 answered")


def test_it_reads_in_words(exercise, course):
    key = exercises.answer_of(exercise, course)
    assert feedback.in_words(exercise, WRONG, key) == "Notice, then Diary, then Gazette"
    assert in_markdown(exercise, RIGHT, key) == "**Answer**\n\ndiary, notice, gazette"


def test_it_stands_on_the_site_and_on_paper(exercise, course):
    assert "The answer is the order of gazette, notice, diary." in form("ask", "tellings", course)
    assert "Your answer:" in exercise_sheet(exercise, course, [])


def test_it_comes_back_from_paper_and_is_marked(exercise, course, tmp_path):
    path = tmp_path / "typed.csv"
    path.write_text('code,field,answer\nowl,tellings,"notice, diary, gazette"\nfox,tellings,x\n')
    done = typed_in.hand_in(path, tmp_path / "in", course)
    assert done.written == ["owl"]
    assert "line 3: “x” does not name each once" in done.problems[0]
    content = submission.load(tmp_path / "in" / "handin-owl.json")
    scorer = Scorer(course)
    [mark] = [mark for mark in scorer.scores(content, {}) if mark.id == "tellings"]
    assert (mark.points, mark.reasons) == (1.33, ("The notice quotes somebody.",))
    section = feedback._section("", mark, content, scorer, with_solutions=True)
    assert "Notice, then Diary" in section and "Diary, then Notice" in section
