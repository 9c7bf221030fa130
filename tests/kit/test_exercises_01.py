"""The exercises of notebook 01: unanswered, wrong in every likely way, and right."""

import json
import re
from pathlib import Path

import pytest

from kit import data, exercises
from tests.solutions.answers import ANSWERS

CASE = data.load()
EXERCISES = exercises.load(CASE)
IDS = ("prediction", "printed", "dated_texts", "date_article")
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_meet_the_sources.ipynb"
TEXTS = ("forum", "blog", "article", "news", "factcheck")


def check(id, answer):
    return exercises.check(id, answer, CASE)


def cells_of(id):
    return [(entry.get("row"), entry.get("column"), entry) for entry in EXERCISES[id].wrong]


def test_the_notebook_has_its_four_exercises_and_fifteen_points():
    mine = [e for e in EXERCISES.values() if e.notebook == "01_meet_the_sources"]
    assert [e.id for e in mine] == list(IDS)
    assert sum(e.points for e in mine) == 15


@pytest.mark.parametrize("id", IDS)
def test_the_worked_answer_is_right(id):
    feedback = check(id, ANSWERS[id])
    assert feedback.state == ("recorded" if id == "prediction" else "correct")
    assert feedback.earned == 1


@pytest.mark.parametrize("id", IDS)
def test_hints_come_in_steps_and_keep_the_answer_back(id):
    hints = EXERCISES[id].hints
    assert len(hints) >= 2 and hints[0] != hints[1]
    assert not re.search(r"2009|April", " ".join(hints))


# printed -----------------------------------------------------------------------------------


def test_every_cell_of_printed_has_its_own_reason():
    placed = {(row, column) for row, column, _ in cells_of("printed")}
    columns = [column.id for column in EXERCISES["printed"].columns]
    assert placed == {(text, column) for text in TEXTS for column in columns}


@pytest.mark.parametrize(("row", "column", "entry"), cells_of("printed"))
def test_one_wrong_cell_of_printed_gets_its_reason_alone(row, column, entry):
    answer = json.loads(json.dumps(ANSWERS["printed"]))
    assert answer[row][column] != entry["answer"], "listed as wrong, but it is the key's"
    answer[row][column] = entry["answer"]
    feedback = check("printed", answer)
    assert (feedback.state, feedback.earned) == ("not yet", 0.95)
    assert feedback.message == f"19 of 20 boxes agree with the evidence. {entry['reason']}"
    assert not re.search(r"\b(not printed|yes|is printed)\b", entry["reason"])


def test_printed_half_filled_says_how_much_is_empty():
    feedback = check("printed", {"forum": ANSWERS["printed"]["forum"]})
    assert feedback.state == "not yet"
    assert "16 of 20 boxes are still empty" in feedback.message


def test_all_yes_and_all_no_do_not_pass():
    for answer, right in (("yes", 8), ("no", 12)):
        given = {text: dict.fromkeys(ANSWERS["printed"][text], answer) for text in TEXTS}
        feedback = check("printed", given)
        assert feedback.message.startswith(f"{right} of 20 boxes agree")


def test_the_key_of_printed_follows_the_pages():
    key = exercises.answer_of(EXERCISES["printed"], CASE).value
    sources = {row["text_id"]: row for row in CASE.rows("sources")}
    for text in TEXTS:
        for column, field in (("byline", "author_as_printed"), ("site", "site_as_printed")):
            assert key[text][column] == ("yes" if sources[text][field] else "no")
            assert sources[text][field] in CASE.texts[text]
    assert {key[text]["references"] for text in TEXTS} == {"no"}
    assert not any("http" in CASE.texts[text] for text in TEXTS)
    for text, name in (("article", "Primakov"), ("news", "Sachs"), ("factcheck", "Robertson")):
        assert key[text]["people"] == "yes" and name in CASE.texts[text]


# dated_texts -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_each_text_ticked_as_dated_gets_its_reason(text):
    reason = next(e["reason"] for e in EXERCISES["dated_texts"].wrong if e["answer"] == text)
    for answer in ([text], [text, "none"]):
        feedback = check("dated_texts", answer)
        assert feedback.state == "not yet" and reason in feedback.message
        assert "none" not in feedback.message.lower()


def test_ticking_everything_earns_nothing():
    assert check("dated_texts", [*TEXTS, "none"]).earned == 0


# date_article ------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", EXERCISES["date_article"].wrong, ids=lambda e: e["answer"])
def test_each_likely_wrong_date_gets_its_reason(entry):
    feedback = check("date_article", entry["answer"])
    reason, said = feedback.message.split("\n")
    assert (feedback.state, reason) == ("not yet", entry["reason"])
    assert said.startswith("Understood as") and not re.search(r"2009|R44", reason)


@pytest.mark.parametrize(
    ("answer", "state", "told"),
    [
        ("2009-04-01", "correct", "R44"),
        ("2009", "not yet", "more exact"),
        ("2009-04-15", "not yet", "more exact than the evidence"),
        ("1954", "not yet", "youngest event"),
        ("2031-01-01", "not yet", "youngest event"),
        ("April 2009?", "not yet", "is not a date"),
        ("2009-13", "not yet", "is not a date"),
    ],
)
def test_other_dates(answer, state, told):
    feedback = check("date_article", answer)
    assert feedback.state == state and told in feedback.message


# prediction --------------------------------------------------------------------------------


def test_a_prediction_counts_text_by_text_and_zero_is_a_number():
    given = {"blog": {"trust": {"value": 0, "evidence": None}}}
    feedback = check("prediction", given)
    assert (feedback.state, feedback.earned) == ("recorded", 0.2)
    assert "1 of 5 ratings" in feedback.message


# the prose ---------------------------------------------------------------------------------


def prose():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    notebook = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    told = [f"{e.prompt} {e.right} {' '.join(e.hints)}" for e in map(EXERCISES.get, IDS)]
    reasons = [entry["reason"] for id in IDS for entry in EXERCISES[id].wrong]
    return "\n".join([notebook, *told, *reasons])


def test_every_quotation_is_found_in_a_text():
    said = " ".join(CASE.texts.values()).casefold()
    quotations = re.findall(r"“([^”]+)”", prose())
    assert len(quotations) > 10
    assert [quotation for quotation in quotations if quotation.casefold() not in said] == []


def test_numbers_and_dates_of_the_prose_are_those_of_the_data():
    words = sum(int(row["word_count"]) for row in CASE.rows("sources"))
    told = {row["record_id"]: row for row in CASE.rows("record")}
    fast, slow = words // 238, round(words / 150)
    assert f"all {words:,} words takes {fast} to {slow} minutes more" in prose()
    assert f"The report that we found is of {data.span(told['R54']['told_date'])} (R54)" in prose()
    assert f"annexation of Crimea on {data.span(told['R48']['event_date'])}" in prose()
    assert f"puts it on {data.span(told['R44']['event_date'])}" in prose()
    sentence = CASE.sentences_of("factcheck")[8]
    assert sentence.number == 9 and "a claim reported in 2021" in sentence.text
