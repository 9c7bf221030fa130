"""The exercises of notebook 02: unanswered, wrong in every likely way, and right."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from kit import data, exercises
from kit.measures.witnesses import distinct_witnesses, effective_witnesses
from tests.solutions.answers import ANSWERS

CASE = data.load()
EXERCISES = exercises.load(CASE)
IDS = ("sentence_types", "stances", "four_verbs", "witness_count", "claims_table")
MATRICES = ("sentence_types", "stances", "four_verbs")
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_compare_the_claims.ipynb"
TEXTS = ("forum", "blog", "article", "news", "factcheck")
RECORD = {row["record_id"]: row for row in CASE.rows("record")}
QUOTED = {(row["proposition_id"], row["text_id"]) for row in CASE.rows("claims")}
KEYS = {id: exercises.answer_of(EXERCISES[id], CASE) for id in MATRICES}
CLAIMS = CASE.claims.merge(CASE.propositions)


def check(id, answer):
    return exercises.check(id, answer, CASE)


def right_answer(id):
    if id == "claims_table":
        return pd.crosstab(CLAIMS["text_id"], CLAIMS["about"])
    return json.loads(json.dumps(ANSWERS[id]))


def allowed(id, row, column):
    """The key's value of a cell and what is accepted beside it."""
    more = dict(KEYS[id].accept or {}).get(row, ())
    more = more.get(column, ()) if isinstance(more, dict) else more
    return [KEYS[id].value[row][column], *more]


def cells(id):
    return [(row, column) for row, columns in KEYS[id].value.items() for column in columns]


def wrong_cells(id):
    """Every cell with every answer that is not allowed there."""
    options = [option.id for option in EXERCISES[id].options]
    return [
        (id, row, column, answer)
        for row, column in cells(id)
        for answer in options
        if answer not in allowed(id, row, column)
    ]


WRONG = [wrong for id in MATRICES for wrong in wrong_cells(id)]
ACCEPTED = [
    (id, row, column, answer)
    for id in MATRICES
    for row, column in cells(id)
    for answer in allowed(id, row, column)
]


def test_the_notebook_has_its_five_exercises_and_twenty_points():
    mine = [e for e in EXERCISES.values() if e.notebook == "02_compare_the_claims"]
    assert [e.id for e in mine] == list(IDS)
    assert sum(e.points for e in mine) == 20
    assert all(2 <= len(e.hints) <= 3 for e in mine)


@pytest.mark.parametrize("id", IDS)
def test_the_worked_answer_is_right(id):
    assert check(id, right_answer(id))[:4] == ("correct", EXERCISES[id].right, 1.0, ())


# the matrices ------------------------------------------------------------------------------


@pytest.mark.parametrize(("id", "row", "column", "answer"), WRONG)
def test_one_wrong_cell_gets_a_reason_that_names_it_and_hides_the_key(id, row, column, answer):
    given = right_answer(id)
    given[row][column] = answer
    feedback, total = check(id, given), len(cells(id))
    assert feedback.state == "not yet"
    counts = f"{total - 1} of {total} boxes agree with the evidence. "
    assert feedback.message.startswith(counts)
    reason = feedback.message.removeprefix(counts)
    assert reason != EXERCISES[id].otherwise
    assert re.match(r"(Forum|Blog|Article|News|Fact-check|P\d+|R\d+)\b", reason)
    words = {option.id: option.text for option in EXERCISES[id].options}
    plain = re.sub(r"“[^”]*”", "", reason)
    assert not re.search(rf"\b{words[KEYS[id].value[row][column]]}\b", plain)


@pytest.mark.parametrize(("id", "row", "column", "answer"), ACCEPTED)
def test_a_second_reading_counts_in_its_own_cell(id, row, column, answer):
    given = right_answer(id)
    given[row][column] = answer
    assert check(id, given).state == "correct"


@pytest.mark.parametrize("id", MATRICES)
def test_no_listed_wrong_answer_is_one_that_counts(id):
    for entry in EXERCISES[id].wrong:
        column = entry.get("column") or (None if id == "stances" else cells(id)[0][1])
        if column:
            assert entry["answer"] not in allowed(id, entry["row"], column)


@pytest.mark.parametrize("id", MATRICES)
def test_a_matrix_half_filled_says_how_much_is_empty(id):
    rows = list(KEYS[id].value)
    given = {row: right_answer(id)[row] for row in rows[1:]}
    empty, total = len(KEYS[id].value[rows[0]]), len(cells(id))
    message = check(id, given).message
    assert message.startswith(f"{empty} of {total} boxes are still empty.")


@pytest.mark.parametrize("id", MATRICES)
def test_one_answer_everywhere_does_not_pass(id):
    for option in EXERCISES[id].options:
        given = {row: dict.fromkeys(columns, option.id) for row, columns in KEYS[id].value.items()}
        feedback = check(id, given)
        assert feedback.state == "not yet" and feedback.earned < 0.7


def test_every_sentence_is_quoted_word_for_word_with_its_number():
    names = {column.id: column.text for column in EXERCISES["stances"].columns}
    for row in EXERCISES["sentence_types"].rows:
        text, number = row.id.split("_")
        sentence = CASE.sentences_of(text)[int(number) - 1]
        assert row.text == f"{names[text]} {number}: “{sentence.text}”"
    assert {row.id.split("_")[0] for row in EXERCISES["sentence_types"].rows} == set(TEXTS)


def test_the_stances_are_the_editors_and_silence_is_where_no_claim_was_found():
    words = {row["proposition_id"]: row["proposition"] for row in CASE.rows("propositions")}
    for row in EXERCISES["stances"].rows:
        assert row.text == f"{row.id} {words[row.id]}"
    assert len(cells("stances")) == 40
    for row, column in cells("stances"):
        silent = KEYS["stances"].value[row][column] == "silent"
        assert silent == ((row, column) not in QUOTED)


def beside(row, column):
    """The sentences that stand beside a cell of the stances."""
    return exercises.nearest(EXERCISES["stances"], CASE, row, column)


def test_beside_a_cell_stand_one_to_three_sentences_in_the_order_of_the_text():
    for cell in cells("stances"):
        numbers = [each.number for each in beside(*cell)]
        assert 1 <= len(numbers) <= 3
        assert numbers == sorted(set(numbers))


def test_whatever_a_text_claims_of_a_proposition_stands_beside_its_cell():
    asked = {row.id for row in EXERCISES["stances"].rows}
    for claim in CASE.rows("claims"):
        if claim["proposition_id"] in asked:
            shown = " ".join(s.text for s in beside(claim["proposition_id"], claim["text_id"]))
            assert claim["quote"] in shown, claim["claim_id"]


def guessed_right(tell):
    """The most cells that are right for somebody who knows of each only what `tell` returns."""
    groups = {}
    for row, column in cells("stances"):
        groups.setdefault(tell(row, column), []).append(allowed("stances", row, column))
    options = [option.id for option in EXERCISES["stances"].options]
    return sum(max(sum(o in each for each in g) for o in options) for g in groups.values())


def length(row, column):
    return sum(len(each.text.split()) for each in beside(row, column))


def test_neither_the_number_of_sentences_nor_their_length_tells_the_stance():
    commonest = guessed_right(lambda *_: "the same everywhere")
    numbers = guessed_right(lambda *cell: len(beside(*cell)))
    cuts = {length(*cell) for cell in cells("stances")}
    lengths = max(guessed_right(lambda *cell, cut=cut: length(*cell) <= cut) for cut in cuts)
    assert (commonest, numbers, lengths) == (25, 25, 28)
    gaps = guessed_right(lambda *cell: cell in QUOTED)  # what a list of claims alone gives away
    assert gaps == 33


def test_every_record_row_says_what_the_record_says():
    for row in EXERCISES["four_verbs"].rows:
        record = RECORD[row.id]
        assert record["verification"] != "unverified"
        assert ("Verified in part" in row.text) == (record["verification"] == "in part")
        assert record["what_happened"] in row.text
        told = row.text.startswith(f"{row.id}, told on ")
        date = data.span(record["told_date" if told else "event_date"])
        assert f" {date}. " in row.text[:40]
        quotations = re.findall(r"“([^”]+)”", row.text)
        assert quotations in ([], [record["short_quote"]])


# witness_count -----------------------------------------------------------------------------


@pytest.mark.parametrize("entry", EXERCISES["witness_count"].wrong, ids=lambda e: e["answer"])
def test_each_likely_miscount_gets_its_reason(entry):
    feedback = check("witness_count", entry["answer"])
    assert (feedback.state, feedback.message) == ("not yet", entry["reason"])
    assert not re.search(r"\b(3|three)\b", feedback.message)


@pytest.mark.parametrize(
    ("answer", "told"),
    [(0, "Count names"), (-3, "Count names"), ("three", "is not a number"), (True, "a number")],
)
def test_other_counts(answer, told):
    feedback = check("witness_count", answer)
    assert feedback.state == "not yet" and told in feedback.message


def test_the_witnesses_are_counted_from_the_record():
    entry = CASE.key.answers["witness_count"]
    witnesses = [RECORD[id]["witness"] for id in entry["records"]]
    assert all(witnesses)
    assert distinct_witnesses(witnesses) == ANSWERS["witness_count"] == 3
    assert round(effective_witnesses(witnesses), 2) == 2.33
    shown = re.search(r"ids = (\[.*\])", sources("code")).group(1)
    assert json.loads(shown) == entry["records"]


# claims_table ------------------------------------------------------------------------------


def tables():
    by = CLAIMS["text_id"], CLAIMS["about"]
    core = CLAIMS[CLAIMS["tier"] == "core"]
    return {
        "the example once more": (pd.crosstab(by[0], CLAIMS["tier"]), "columns"),
        "one column": (by[0].value_counts(), "columns"),
        "with totals": (pd.crosstab(*by, margins=True), "rows"),
        "one text": (pd.crosstab(*by).loc[["blog"]], "rows"),
        "core only": (pd.crosstab(core["text_id"], core["about"]), "values"),
        "shares": (pd.crosstab(*by, normalize="index"), "values"),
    }


@pytest.mark.parametrize("name", tables())
def test_each_likely_wrong_table_gets_its_reason(name):
    table, fault = tables()[name]
    reason = next(e["reason"] for e in EXERCISES["claims_table"].wrong if e["answer"] == fault)
    feedback = check("claims_table", table)
    assert (feedback.state, feedback.reasons) == ("not yet", (reason,))


def test_the_order_of_rows_is_free_and_a_list_of_texts_is_no_table():
    table = right_answer("claims_table").sort_index(ascending=False)
    assert check("claims_table", table).state == "correct"
    assert "pandas table" in check("claims_table", 60).message


OTHER_WAYS = {  # to the same table
    "pivot_table": lambda claims: claims.pivot_table(
        index="text_id", columns="about", values="claim_id", aggfunc="count"
    ),
    "pivot_table of a list": lambda claims: claims.pivot_table(
        index="text_id", columns="about", values=["claim_id"], aggfunc="count"
    ),
    "groupby and unstack": lambda claims: claims.groupby(["text_id", "about"]).size().unstack(),
    "one index more": lambda claims: (
        pd.crosstab(claims["text_id"], claims["about"]).reset_index().reset_index()
    ),
    "other capitals": lambda claims: pd.crosstab(claims["text_id"], claims["about"]).rename(
        columns=str.upper
    ),
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_another_way_to_the_right_table_is_right(way):
    assert check("claims_table", OTHER_WAYS[way](CLAIMS)).state == "correct"


@pytest.mark.parametrize(
    ("table", "step"),
    [
        (lambda c: pd.crosstab(c["text_id"], c["about"]).T, ".T at the end"),
        (lambda c: c.groupby(["text_id", "about"]).size(), ".unstack(fill_value=0)"),
        (lambda c: c.groupby(["text_id", "about"]), "add .size() or .sum()"),
        (lambda c: pd.crosstab(c["text_id"], c["about"]).head, "add () at the end"),
    ],
)
def test_a_table_on_its_way_is_told_the_next_step(table, step):
    feedback = check("claims_table", table(CLAIMS))
    assert feedback.state == "not yet" and step in feedback.message


# the prose ---------------------------------------------------------------------------------


def sources(kind):
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in found if cell["cell_type"] == kind)


def prose():
    told = [f"{e.prompt} {e.right} {' '.join(e.hints)}" for e in map(EXERCISES.get, IDS)]
    reasons = [entry["reason"] for id in IDS for entry in EXERCISES[id].wrong]
    return "\n".join([sources("markdown"), *told, *reasons])


def test_every_quotation_is_found_in_a_text_or_in_the_record():
    said = [*CASE.texts.values()]
    said += [row[column] for row in RECORD.values() for column in ("short_quote", "what_happened")]
    said = " ".join(said).casefold()
    prose_without_nested = re.sub(r"“(When are you going[^”]*)””", r"“\1”", prose())
    quotations = re.findall(r"“([^“”]+)”", prose_without_nested)
    assert len(quotations) > 50
    ours = {"fact claim", "is said to", "it is unclear whether"}
    ours |= {option.text for option in EXERCISES["stances"].options}
    assert {quotation for quotation in quotations if quotation.casefold() not in said} == ours


def test_a_quotation_in_a_reason_stands_in_the_row_it_speaks_of():
    for entry in EXERCISES["stances"].wrong:
        shown = entry["answer"]
        if "column" in entry:
            shown = " ".join(each.text for each in beside(entry["row"], entry["column"]))
        for quotation in re.findall(r"“([^”]+)”", entry["reason"]):
            assert quotation in shown
    for id in ("sentence_types", "four_verbs"):
        rows = {row.id: row.text for row in EXERCISES[id].rows}
        for entry in EXERCISES[id].wrong:
            for quotation in re.findall(r"“([^”]+)”", entry["reason"]):
                assert quotation in rows[entry["row"]]


def test_numbers_and_dates_of_the_prose_are_those_of_the_data():
    told = data.span(RECORD["R54"]["told_date"])
    assert f"the earliest telling that we have seen is of {told} (R54)" in prose()
    for text, number in (("blog", 7), ("factcheck", 9)):
        assert f"(sentence {number})" in prose()
        assert CASE.sentences_of(text)[number - 1].number == number
    assert "reportedly" in CASE.sentences_of("news")[17].text
    lengths = {row["text_id"]: int(row["word_count"]) for row in CASE.rows("sources")}
    assert min(lengths, key=lengths.get) == "blog"  # "the shortest text"


def test_what_is_said_of_the_counts_is_what_the_cells_count():
    texts = {(id, s.number): s.text for id in TEXTS for s in CASE.sentences_of(id)}
    words = re.search(r'contains\("(said.*?)"\)', sources("code"))[1]
    hits = {at: set(re.findall(words, text)) for at, text in texts.items() if "“" in text}
    assert hits["blog", 7] == {"asked"} and not hits["blog", 8]
    assert {at: found for at, found in hits.items() if at[0] == "factcheck"} == {
        ("factcheck", 7): {"asked"},
        ("factcheck", 30): {"asked"},
    }
    assert all("“Putin asked" in texts[at] for at in hits if at[0] == "factcheck")
    assert "[1]" in CASE.text("factcheck") and not re.search(r"\[\d\]", CASE.text("blog"))
    assert "with a source*, because of the word *asked*" in prose()


def test_no_sentence_says_who_or_what_wrote_one_of_the_texts():
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    told = next("".join(cell["source"]) for cell in found if cell["id"] == "own-stances")
    answer = told[: told.index("## Your own matrix")].lower()
    assert "machine" in answer and not re.search("forum|blog|article|news|fact-check", answer)


def test_the_example_of_a_stance_quotes_the_sentences_that_its_cell_prints():
    nearest = json.loads(re.search(r"nearest = (\{.*?\})", sources("code")).group(1))
    printed = " ".join(CASE.sentences_of(text)[n - 1].text for text, n in nearest.items())
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    told = next("".join(cell["source"]) for cell in found if cell["id"] == "read-p18")
    quotations = re.findall(r"“([^”]+)”", told)
    assert set(nearest) == set(TEXTS) and len(quotations) > 4
    assert [each for each in quotations if each.casefold() not in printed.casefold()] == []
