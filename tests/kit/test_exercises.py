"""The exercise engine on a small made-up set: every kind, every state, every way to be wrong."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import pandas as pd
import pytest

from kit import data, exercises
from kit.errors import KitError
from teach.cli import main

matplotlib.use("Agg")
from matplotlib.figure import Figure

TOML = """
[[exercise]]
id = "pick"
notebook = "n"
kind = "choice"
points = 2
title = "Pick"
prompt = "Which?"
hints = ["Look.", "Look again."]
right = "Yes, because."
otherwise = "Read it again."
options = [{id = "a", text = "A"}, {id = "b", text = "B"}, {id = "c", text = "C"}]
wrong = [{answer = "b", reason = "B mixes two things up."}]

[[exercise]]
id = "tick"
notebook = "n"
kind = "several"
points = 2
title = "Tick"
prompt = "Which ones?"
right = "Both."
options = [{id = "a", text = "A"}, {id = "b", text = "B"}, {id = "c", text = "C"}]
wrong = [{answer = "c", reason = "C was never said."}]

[[exercise]]
id = "attach"
notebook = "n"
kind = "several"
points = 2
title = "Attach"
prompt = "Which records?"
right = "They settle it."
rows = [{id = "C1", text = "one"}, {id = "C2", text = "two"}]
wrong = [
    {answer = "R9", row = "C1", reason = "R9 is about another year."},
    {answer = "R4", row = "C2", reason = "R4 only repeats it."},
]

[[exercise]]
id = "count"
notebook = "n"
kind = "number"
points = 2
title = "Count"
prompt = "How many?"
right = "Counted."
otherwise = "Count the days too."
wrong = [{answer = 12, reason = "Twelve founded it; two had joined since."}]

[[exercise]]
id = "when"
notebook = "n"
kind = "date"
points = 2
title = "When"
prompt = "When?"
right = "Dated."
otherwise = "Look for the latest thing it names."
wrong = [{answer = "2004-03", reason = "Something later is named."}]

[[exercise]]
id = "grid"
notebook = "n"
kind = "matrix"
points = 4
title = "Grid"
prompt = "Fill it."
right = "All of it."
otherwise = "Look for who says it."
options = [{id = "yes", text = "yes"}, {id = "no", text = "no"}, {id = "open", text = "open"}]
rows = [{id = "r1", text = "one"}, {id = "r2", text = "two"}]
columns = [{id = "x", text = "X"}, {id = "y", text = "Y"}]
wrong = [
  {answer = "open", reason = "It is said plainly."},
  {answer = "open", row = "r2", column = "y", reason = "Line three says it."},
]

[[exercise]]
id = "table"
notebook = "n"
kind = "table"
points = 2
title = "Table"
prompt = "Make it."
right = "That is the table."
wrong = [
  {answer = "columns", reason = "A column is missing."},
  {answer = "rows", reason = "Wrong number of rows."},
  {answer = "values", reason = "A count is off."},
]

[[exercise]]
id = "chart"
notebook = "n"
kind = "chart"
points = 5
title = "Chart"
prompt = "Draw it."
right = "A reader can use it."

[[exercise]]
id = "write"
notebook = "n"
kind = "written"
points = 4
title = "Write"
prompt = "Explain."
limit = 5
rubric = ["0", "1", "2", "3", "4"]
samples = [["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]

[[exercise]]
id = "rate"
notebook = "n"
kind = "rating"
points = 2
title = "Rate"
prompt = "Rate."
evidence = true
rows = [{id = "forum", text = "Forum"}]
columns = [{id = "letter", text = "L", values = ["A", "F"]}, {id = "n", text = "N", range = [0, 4]}]

[[quiz]]
id = "a1"
form = "A"
text = "True one."

[[quiz]]
id = "a2"
form = "A"
text = "False one."
"""

KEY = {
    "pick": {"answer": "a", "accept": ["c"]},
    "tick": {"answer": ["a", "b"]},
    "attach": {"answer": {"C1": ["R1", "R2"], "C2": ["R3"]}, "accept": {"C2": ["R4", "R5"]}},
    "count": {"computed": "members", "on": "1954-03-31"},
    "when": {"answer": "2009-04", "accept": ["2009-04-01"]},
    "grid": {
        "answer": {"r1": {"x": "yes", "y": "no"}, "r2": {"x": "no", "y": "yes"}},
        "accept": {"r1": ["open"]},
    },
    "table": {"answer": [{"t": "a", "n": 1}, {"t": "b", "n": 2}]},
    "chart": {"computed": "member_steps"},
    "quiz": {"a1": True, "a2": False},
}
MEMBERS = ["1949-04-04"] * 12 + ["1952-02-18"] * 2 + ["1955-05-06"]


def make_case(folder, text=TOML, answers=KEY):
    path = folder / "exercises.toml"
    path.write_text(text, encoding="utf-8")
    tables = {
        "enlargement": [{"accession_date": day} for day in MEMBERS],
        "record": [{"record_id": "R01"}, {"record_id": "R25"}],
    }
    key = SimpleNamespace(answers=answers) if answers is not None else None
    record_ids = frozenset(row["record_id"] for row in tables["record"])
    return SimpleNamespace(
        exercises_path=path, key=key, rows=tables.__getitem__, record_ids=record_ids, texts={}
    )


@pytest.fixture
def case(tmp_path):
    return make_case(tmp_path)


RIGHT = {
    "pick": "a",
    "tick": ["b", "a"],
    "attach": {"C1": ["R2"], "C2": ["R3"]},
    "count": 14,
    "when": "2009-04",
    "grid": {"r1": {"x": "yes", "y": "no"}, "r2": {"x": "no", "y": "yes"}},
    "table": [{"t": "b", "n": 2}, {"t": "a", "n": 1}],
}


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_answer_is_correct_and_earns_all(case, name):
    assert exercises.check(name, RIGHT[name], case)[:3:2] == ("correct", 1.0)


@pytest.mark.parametrize("name", [*RIGHT, "chart", "write", "rate"])
@pytest.mark.parametrize("blank", [None, ..., "", " \n", [], {}])
def test_unanswered_is_told_from_wrong(case, name, blank):
    assert exercises.check(name, blank, case).state == "not answered"


COURSE = data.load()


@pytest.mark.parametrize("name", exercises.load(COURSE))
@pytest.mark.parametrize("blank", [None, ..., "", [], {}])
def test_every_exercise_of_the_course_tells_unanswered_from_wrong(name, blank):
    assert exercises.check(name, blank, COURSE).state == "not answered"


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("pick", "b", "B mixes two things up."),
        ("tick", ["a", "c"], "C was never said."),
        ("tick", ["a"], "something is still missing"),
        ("attach", {"C1": ["R9"], "C2": ["R3"]}, "R9 is about another year."),
        ("attach", {"C1": ["R1"]}, "Still empty: C2."),
        ("attach", {"C1": ["R1"], "C2": ["R7"]}, "C2: R7 does not settle this claim."),
        ("attach", {"C1": ["R1"], "C2": ["R4"]}, "R4 only repeats it."),
        ("attach", {"C1": ["R1"], "C2": ["R5"]}, "C2: what you gave fits, but more is needed."),
        ("attach", {"C1": ["R1"], "C2": ["R3", "R4", "R7"]}, "C2: R7 does not"),
        ("count", 12, "Twelve founded it"),
        ("count", 13, "Count the days too."),
        ("count", "many", "is not a number"),
        ("count", True, "not True or False"),
        ("count", [14, 15], "you gave a list"),
        ("count", float("nan"), "ordinary number"),
        ("when", "2004-03", "Something later is named."),
        ("when", "2009", "more exact date"),
        ("when", "2009-04-02", "more exact than the evidence"),
        ("when", "1990", "Look for the latest thing"),
        ("when", "April", "April"),
        ("grid", {"r1": {"x": "yes"}}, "3 of 4 boxes are still empty"),
        ("table", [{"t": "a"}], "A column is missing."),
        ("table", [{"t": "a", "n": 1}], "Wrong number of rows."),
        ("table", [{"t": "a", "n": 1}, {"t": "b", "n": 3}], "A count is off."),
        ("table", 5, "wants a pandas table"),
        ("chart", 5, "wants the chart's Axes"),
    ],
)
def test_a_wrong_answer_gets_its_reason(case, name, answer, reason):
    feedback = exercises.check(name, answer, case)
    assert feedback.state == "not yet"
    assert reason in feedback.message
    assert feedback.earned < 1


OTHER_KEY = {
    "pick": {"answer": "c"},
    "tick": {"answer": ["b"]},
    "attach": {"answer": {"C1": ["R6"], "C2": ["R8"]}, "accept": {"C2": ["R5"]}},
    "count": {"answer": 15},
    "when": {"answer": "2010-05"},
    "grid": {"answer": {"r1": {"x": "no", "y": "yes"}, "r2": {"x": "yes", "y": "no"}}},
    "table": {"answer": [{"t": "a", "n": 7}, {"t": "b", "n": 8}]},
}
BOTH_WRONG = {
    "pick": "b",
    "tick": ["c"],
    "attach": {"C1": ["R9"], "C2": ["R5"]},
    "count": 12,
    "when": "1990",
    "grid": {"r1": {"y": "open"}, "r2": {"x": "open"}},
    "table": [{"t": "a", "n": 3}, {"t": "b", "n": 4}],
}


@pytest.mark.parametrize("name", BOTH_WRONG)
def test_what_is_said_of_a_wrong_answer_holds_nothing_of_the_key(tmp_path, name):
    keys = ({**KEY, "grid": {"answer": KEY["grid"]["answer"]}}, KEY | OTHER_KEY)
    told = [exercises.check(name, BOTH_WRONG[name], make_case(tmp_path, answers=k)) for k in keys]
    assert told[0] == told[1] and told[0].state == "not yet"


@pytest.mark.parametrize(
    ("ticked", "earned"), [(["a"], 0.5), (["a", "b", "c"], 0.5), (["a", "c"], 0), (["c"], 0)]
)
def test_a_tick_too_many_costs_what_a_right_one_earns(case, ticked, earned):
    assert exercises.check("tick", ticked, case).earned == earned


@pytest.mark.parametrize(("given", "state"), [(13.5, "correct"), (14.6, "not yet")])
def test_a_number_may_be_off_by_its_tolerance(tmp_path, given, state):
    text = TOML.replace('right = "Counted."', 'right = "Counted."\ntolerance = 0.5')
    assert exercises.check("count", given, make_case(tmp_path, text)).state == state


def test_a_matrix_counts_cells_and_prefers_the_exactly_placed_reason(case):
    given = {"r1": {"x": "no", "y": "no"}, "r2": {"x": "no", "y": "open"}}
    feedback = exercises.check("grid", given, case)
    assert feedback.message == ("2 of 4 boxes agree with the evidence. Line three says it.")
    assert feedback.earned == 0.5


def test_a_defensible_neighbour_is_accepted(case):
    given = {"r1": {"x": "open", "y": "no"}, "r2": {"x": "no", "y": "yes"}}
    assert exercises.check("grid", given, case).state == "correct"
    assert exercises.check("pick", "c", case).state == "correct"
    assert exercises.check("when", "2009-04-01", case).state == "correct"


def test_a_record_that_bears_on_a_claim_may_stand_beside_the_one_that_settles_it(case):
    given = {"C1": ["R1"], "C2": ["R4", "R3"]}
    assert exercises.check("attach", given, case).state == "correct"
    assert exercises.check("attach", {**given, "C2": ["R4"]}, case).earned == 0.5


def test_a_table_and_an_indexed_table_become_records(case):
    frame = pd.DataFrame({"t": ["a", "b"], "n": [1, 2]})
    assert exercises.check("table", frame, case).state == "correct"
    assert exercises.check("table", frame.set_index("t"), case).state == "correct"
    assert exercises.check("table", frame.set_index("t")["n"], case).state == "correct"
    assert exercises.normalise("table", pd.DataFrame({"n": [float("nan")]})) == [{"n": None}]


def draw(steps="steps-post", title="Members", x="Year", y="Members", counts=(12, 14, 15)):
    axes = Figure().subplots()
    days = pd.to_datetime(["1949-04-04", "1952-02-18", "1955-05-06"])
    axes.plot(days, list(counts), drawstyle=steps)
    axes.set(title=title, xlabel=x, ylabel=y)
    return axes


def test_a_chart_is_read_from_what_is_drawn(case):
    assert exercises.check("chart", draw(), case).state == "correct"
    assert exercises.check("chart", draw().figure, case).state == "correct"


def test_a_chart_drawn_row_by_row_is_right_too(case):
    axes = Figure().subplots()
    axes.step(pd.to_datetime(MEMBERS), range(1, 16), where="post")
    axes.set(title="Members", xlabel="Year", ylabel="Members")
    assert exercises.check("chart", axes, case).state == "correct"


@pytest.mark.parametrize(("members", "state"), [(15, "correct"), (40, "not yet")])
def test_a_line_may_run_on_but_not_change_after_the_last_round(case, members, state):
    drawn = exercises.normalise("chart", draw())
    [line] = drawn["lines"]
    line["x"].append("2020-01-01")
    line["y"].append(members)
    assert exercises.check("chart", drawn, case).state == state


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"title": ""}, "no title"),
        ({"x": ""}, "horizontal axis"),
        ({"y": " "}, "vertical axis"),
        ({"steps": "default"}, "slopes"),
        ({"steps": "steps-pre"}, "slopes"),
        ({"counts": (12, 13, 15)}, "does not show the members"),
    ],
)
def test_a_chart_says_what_a_reader_would_miss(case, fault, said):
    assert said in exercises.check("chart", draw(**fault), case).message


def test_an_empty_chart_earns_nothing(case):
    feedback = exercises.check("chart", Figure().subplots(), case)
    assert feedback.state == "not yet" and feedback.earned == 0
    assert "Nothing is drawn" in feedback.message


def test_written_work_is_recorded_and_never_passed(case):
    feedback = exercises.check("write", "One two r25 four five R99", case)
    assert feedback.state == "recorded" and feedback.earned is None
    assert "6 words, 1 over the limit of 5" in feedback.message
    assert "cites R25, R99" in feedback.message and "Not in the record: R99" in feedback.message
    for word in ("correct", "passed", "good", "well done"):
        assert word not in feedback.message.lower()


def test_a_rating_counts_only_with_its_sentence(case):
    half = {"forum": {"letter": {"value": "F", "evidence": 3}, "n": {"value": 0}}}
    feedback = exercises.check("rate", half, case)
    assert feedback.state == "recorded" and feedback.earned == 0.5
    assert "2 of 2 ratings are given, 1 of them" in feedback.message
    assert exercises.check("rate", {"forum": {"n": {"value": None}}}, case) == (
        exercises.check("rate", None, case)
    )


def test_without_a_key_answers_are_recorded(tmp_path):
    case = make_case(tmp_path, answers=None)
    for name, answer in RIGHT.items():
        assert exercises.check(name, answer, case).state == "recorded"
    assert exercises.score_quiz(case, "A", {"a1": {"answer": True, "confidence": 80}}) is None


def test_the_quiz_counts_and_turns_confidence_into_probability(case):
    answers = {
        "a1": {"answer": False, "confidence": 80},
        "a2": {"answer": True, "confidence": None},
    }
    score = exercises.score_quiz(case, "A", answers)
    assert score == (0, 1, 1, 0, (0.2, 0.5), (1, 0))
    assert exercises.score_quiz(case, "A", None) is None
    with pytest.raises(exercises.ExerciseError, match="no quiz form 'C'"):
        exercises.quiz(case, "C")


def test_feedback_shows_its_state_in_words_and_escapes(case):
    feedback = exercises.check("count", "<b>x</b>", case)
    assert "Not yet." in feedback._repr_html_() and "<b>x" not in feedback._repr_html_()
    assert repr(exercises.check("count", 14, case)) == "✓ Correct. Counted."


def test_an_unknown_exercise_is_named(case):
    with pytest.raises(KitError, match=r"“nope”\. There are: pick, tick, "):
        exercises.check("nope", 1, case)
    with pytest.raises(KitError, match=r"“wen”\. Did you mean when\?"):
        exercises.check("wen", 1, case)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('kind = "choice"', 'kind = "guess"'), "kind 'guess' is none of"),
        (('id = "tick"', 'id = "pick"'), "exercise 'pick': this id stands twice"),
        (("points = 2", "point = 2"), "'points' is missing"),
        (("right =", "rihgt ="), "'rihgt' is not a known field"),
        (('{answer = "b"', '{answer = "z"'), "'z' is not an option"),
        (('kind = "choice"', 'kind = "written"'), "needs 'rubric'"),
        (("[[exercise]]", "[[exercise"), "not valid TOML"),
        ((', reason = "B mixes two things up."', ""), "needs 'answer' and 'reason'"),
        (('answer = "b"', 'answer = ["b"]'), "['b'] is not an option"),
        (('id = "pick"', 'id = "pick one"'), "'id' must be one word of letters"),
        (("points = 2", 'points = "two"'), "'points' must be a whole number, 0 or more, not 'two'"),
        (("points = 2", "points = true"), "'points' must be a whole number, 0 or more, not True"),
        (('["Look.", "Look again."]', '"Look."'), "'hints' must be a list of texts, not 'Look.'"),
        (('id = "a", text', "text"), "'options' must be {id = "),
        (('"B"}, ', "3}, "), "'options' must be {id = "),
        (('id = "b", text', 'id = "a", text'), "the id 'a' stands twice in 'options'"),
        (('text = "B"}', 'text = "B", txt = "C"}'), "'txt' is not a known part of 'options'"),
        (("wrong = [", "wrong = [3, "), "'wrong' must be {answer = …, reason = …}"),
        (("points = 2", "points = 2\ntolerance = nan"), "'tolerance' must be a number, 0 or more"),
        (("range = [0, 4]", "range = [0]"), "'columns' must be {id = "),
        ((", range = [0, 4]", ""), "nothing can be given; add 'values' or a 'range'"),
        (("points = 2", "points = 2\nsentences = 3"), "'sentences' must be {text = [numbers], …}"),
        (("points = 2", "points = 2\nsentences = {}"), "'sentences' stand beside the cells of a m"),
    ],
)
def test_a_broken_file_is_named_in_one_sentence(tmp_path, change, said):
    assert change[0] in TOML
    case = make_case(tmp_path, TOML.replace(*change, 1))
    with pytest.raises(exercises.ExerciseError, match="toml") as caught:
        exercises.load(case)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("r2", "said"),
    [
        ("r2 = {x = [1], y = [4]}\nr3 = {x = [1]}", "'r3', which is none of the rows r1, r2; mend"),
        ("r2 = {x = [1], z = [4]}", "of r2 has 'z', which is none of the columns x, y; mend it"),
        ("r2 = {x = [1]}", "of r2, y: write one to three numbers, as in [9, 10]"),
        ("", "of r2, x: write one to three numbers"),
        ("r2 = {x = [1], y = []}", "of r2, y: write one to three numbers"),
        ("r2 = {x = [1], y = [1, 2, 3, 4]}", "of r2, y: write one to three numbers"),
        ("r2 = {x = [1], y = [2, 2]}", "of r2, y: write one to three numbers"),
        ("r2 = {x = [0], y = [1]}", "of r2, x: write one to three numbers"),
        ('r2 = {x = ["1"], y = [1]}', "of r2, x: write one to three numbers"),
        ("r2 = {x = 1, y = [1]}", "of r2, x: write one to three numbers"),
        ("r2 = 1", "'sentences' must be {text = [numbers], …} for each row"),
    ],
)
def test_sentences_that_do_not_fit_their_matrix_are_named_in_one_sentence(tmp_path, r2, said):
    table = '[[exercise]]\nid = "table"'
    given = f"[exercise.sentences]\nr1 = {{x = [1], y = [2, 3]}}\n{r2}\n\n{table}"
    assert table in TOML
    with pytest.raises(exercises.ExerciseError, match=r"toml, exercise 'grid'") as caught:
        exercises.load(make_case(tmp_path, TOML.replace(table, given)))
    assert said in str(caught.value)


def test_a_sentence_or_a_text_that_is_not_there_is_named():
    stances = exercises.load(COURSE)["stances"]
    for cells, said in (
        ({"forum": [9, 99]}, "P1, forum: there is no sentence 99, the last one is 30; mend it."),
        ({"letter": [1]}, "P1, letter: the texts are forum, blog, article, news, factcheck; give"),
    ):
        broken = replace(stances, sentences={"P1": cells})
        with pytest.raises(exercises.ExerciseError, match=r"toml, exercise 'stances'") as caught:
            exercises.nearest(broken, COURSE, "P1", next(iter(cells)))
        assert said in str(caught.value)


def test_the_check_of_the_data_looks_for_the_sentences(tmp_path, capsys):
    folder = Path(shutil.copytree(COURSE.path, tmp_path / "mine"))
    path = folder / "exercises.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("forum = [9, 10]", "forum = [9, 99]"), encoding="utf-8")
    assert main(["check-data", str(folder)]) == 1
    assert "there is no sentence 99" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('id = "a1"\n', ""), "statement 'without id': 'id' is missing"),
        (('form = "A"', 'form = "C"'), "'form' must be \"A\" or \"B\", not 'C'"),
        (('text = "True one."', "text = 1"), "'text' must be a text, not 1"),
        (('id = "a2"', 'id = "a1"'), "statement 'a1': this id stands twice"),
    ],
)
def test_a_broken_statement_is_named_in_one_sentence(tmp_path, change, said):
    assert change[0] in TOML
    case = make_case(tmp_path, TOML.replace(*change, 1))
    with pytest.raises(exercises.ExerciseError, match=r"exercises\.toml") as caught:
        exercises.quiz(case, "B")
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["[exercise]\nid = 1", "exercise = [1]", 'exercise = "x"'])
def test_exercises_that_are_no_list_of_tables_are_told(tmp_path, text):
    with pytest.raises(exercises.ExerciseError, match=r"write \[\[exercise\]\], in two brackets"):
        exercises.load(make_case(tmp_path, text))


def test_a_notebook_shows_the_sentence_and_no_traceback(case):
    case.exercises_path.unlink()
    with pytest.raises(exercises.ExerciseError) as caught:
        exercises.load(case)
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_a_lag_counts_the_years_that_have_surely_passed(tmp_path):
    """R51: an event of June 2000 told on 3 June 2017, so 16 full years or 17."""
    answers = {"count": {"computed": "lag_years", "record": "R51"}}
    case = make_case(tmp_path, answers=answers)
    case.rows = data.load().rows
    assert exercises.check("count", 16, case).state == "correct"


def test_a_missing_file_is_named_and_a_changed_one_read_again(case):
    assert exercises.load(case)["pick"].title == "Pick"
    text = case.exercises_path.read_text(encoding="utf-8").replace('"Pick"', '"Choose"')
    case.exercises_path.write_text(text.replace("True one.", "Another."), encoding="utf-8")
    os.utime(case.exercises_path, ns=(1, 1))
    assert exercises.load(case)["pick"].title == "Choose"
    assert exercises.quiz(case, "A")[0].text == "Another."
    case.exercises_path.unlink()
    with pytest.raises(exercises.ExerciseError, match=r"There is no exercises\.toml"):
        exercises.load(case)


def test_an_unknown_rule_is_named(tmp_path):
    case = make_case(tmp_path, answers={"count": {"computed": "magic"}})
    with pytest.raises(exercises.ExerciseError, match="no rule 'magic'"):
        exercises.check("count", 3, case)
