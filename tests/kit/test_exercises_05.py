"""The exercises of notebook 05: records attached, verdicts, slips, and one slip reported."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from kit import data, exercises
from kit.widgets.finder import search
from tests.solutions.answers import ANSWERS

CASE = data.load()
EXERCISES = exercises.load(CASE)
IDS = ("attached_records", "verdicts", "slips", "slip_report")
CHECKED = IDS[:3]
RECORD = {row["record_id"]: row for row in CASE.rows("record")}
CLAIMS = {row["claim_id"]: row for row in CASE.rows("claims")}
EXPERTS = {row["claim_id"]: row for row in CASE.key.rows("claims")}
KEY = {id: exercises.answer_of(EXERCISES[id], CASE) for id in CHECKED}
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05_check_the_record.ipynb"
SAMPLES = [
    (level, text) for level, pair in enumerate(EXERCISES["slip_report"].samples) for text in pair
]


def check(id, answer):
    return exercises.check(id, answer, CASE)


def wrong(id):
    return [pytest.param(e, id=f"{e.get('row', '')}-{e['answer']}") for e in EXERCISES[id].wrong]


def ids_in(text):
    return re.findall(r"\bR\d+\b", text)


def quotations(text):
    """What stands between “ and ”; a quotation that quotes counts with what is inside it."""
    return re.findall(r"“((?:[^“”]|“[^“”]*”)+)”", text)


def test_the_notebook_has_its_five_exercises_and_sixteen_points():
    mine = [e for e in EXERCISES.values() if e.notebook == "05_check_the_record"]
    assert [(e.id, e.kind, e.points) for e in mine] == [
        ("attached_records", "several", 4),
        ("verdicts", "matrix", 4),
        ("slips", "several", 2),
        ("letter_cut", "choice", 2),
        ("slip_report", "written", 4),
    ]


@pytest.mark.parametrize("id", CHECKED)
def test_the_worked_answer_is_right(id):
    feedback = check(id, ANSWERS[id])
    assert (feedback.state, feedback.earned) == ("correct", 1)


@pytest.mark.parametrize("id", IDS)
def test_hints_come_in_steps_and_keep_the_answer_back(id):
    hints = EXERCISES[id].hints
    assert 2 <= len(hints) <= 3
    assert not re.search(r"\b[RC]\d\d\b|Sochi|Clinton|Albania", " ".join(hints))


@pytest.mark.parametrize("id", IDS)
def test_records_named_to_learners_exist(id):
    exercise = EXERCISES[id]
    told = [
        exercise.prompt,
        exercise.right,
        *exercise.rubric,
        *(e["reason"] for e in exercise.wrong),
    ]
    assert set(ids_in(" ".join(told))) <= set(RECORD)


@pytest.mark.parametrize("id", ["attached_records", "verdicts"])
def test_a_claim_is_shown_word_for_word_and_with_its_text(id):
    names = {"factcheck": "fact-check"}
    for row in EXERCISES[id].rows:
        claim = CLAIMS[row.id]
        text = names.get(claim["text_id"], claim["text_id"])
        assert row.text.startswith(f"{row.id}, {text}") and claim["quote"] in row.text


# attached_records --------------------------------------------------------------------------


def attached(claim, records):
    return check("attached_records", {**ANSWERS["attached_records"], claim: records})


def allowed(claim):
    return {*KEY["attached_records"].value[claim], *KEY["attached_records"].accept[claim]}


@pytest.mark.parametrize("entry", wrong("attached_records"))
def test_a_record_that_does_not_settle_a_claim_gets_its_reason(entry):
    claim, record = entry["row"], entry["answer"]
    feedback = attached(claim, [record])
    assert (feedback.state, feedback.earned) == ("not yet", 0.8)
    assert feedback.message == f"4 of 5 are settled. {entry['reason']}"
    assert entry["reason"].startswith(f"{claim}: ")
    named = set(ids_in(feedback.message)) - {record}
    assert not named & set(KEY["attached_records"].value[claim])


@pytest.mark.parametrize("claim", KEY["attached_records"].value)
def test_each_record_that_settles_a_claim_is_enough_alone_and_beside_all_that_bear(claim):
    for record in KEY["attached_records"].value[claim]:
        assert attached(claim, [record]).state == "correct"
    assert attached(claim, sorted(allowed(claim))).state == "correct"


@pytest.mark.parametrize("claim", KEY["attached_records"].value)
def test_no_record_behind_the_experts_verdict_counts_as_stray(claim):
    assert set(EXPERTS[claim]["record_ids"].split(";")) <= allowed(claim)


@pytest.mark.parametrize("claim", KEY["attached_records"].value)
def test_a_claim_that_carries_every_record_is_not_settled(claim):
    assert attached(claim, list(RECORD)).earned == 0.8


@pytest.mark.parametrize("claim", KEY["attached_records"].value)
def test_no_unverified_record_settles_a_claim(claim):
    settling = {RECORD[record]["verification"] for record in KEY["attached_records"].value[claim]}
    assert "unverified" not in settling


def test_other_records_are_turned_away_by_name_and_unknown_ones_do_no_harm():
    assert "C29: R22 does not settle this claim." in attached("C29", ["R22"]).message
    assert "C29: R99 does not settle this claim." in attached("C29", ["R63", "R99"]).message
    assert "C52: what you gave fits" in attached("C52", ["R27"]).message


def test_a_record_that_only_bears_on_the_claim_is_welcome_beside_one_that_settles_it():
    assert "C29: R31 shows that he spoke to Bush" in attached("C29", ["R31"]).message
    assert attached("C29", ["R31", "R63"]).state == "correct"
    assert attached("C23", ["R41"]).state == attached("C23", ["R44"]).state == "correct"


def test_empty_claims_are_named():
    feedback = check("attached_records", {"C29": ["R63"]})
    assert feedback.message == "1 of 5 are settled. Still empty: C16, C20, C23, C52."
    assert feedback.earned == 0.2


@pytest.mark.parametrize(
    ("words", "first", "last", "claim"),
    [
        ("", "1949", "1960", "C16"),
        ("primakov", "", "", "C20"),
        ("", "2009", "2009", "C23"),
        ("twice", "", "", "C29"),
        ("sochi", "", "", "C29"),
        ("", "1954", "1954", "C52"),
        ("clinton", "2000", "2000", "C52"),
    ],
)
def test_a_likely_search_finds_what_settles_the_claim(words, first, last, claim):
    found = {row["record_id"] for row in search(CASE.rows("record"), words, first, last)}
    assert found & set(KEY["attached_records"].value[claim])


# verdicts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", wrong("verdicts"))
def test_a_wrong_verdict_gets_its_reason_without_the_key(entry):
    claim = entry["row"]
    answer = json.loads(json.dumps(ANSWERS["verdicts"]))
    answer[claim]["verdict"] = entry["answer"]
    feedback = check("verdicts", answer)
    assert (feedback.state, feedback.earned) == ("not yet", 0.875)
    assert feedback.message == f"7 of 8 boxes agree with the evidence. {entry['reason']}"
    keyed = [KEY["verdicts"].value[claim]["verdict"], *KEY["verdicts"].accept[claim]]
    assert not [word for word in keyed if word and re.search(rf"\b{word}\b", entry["reason"])]


def test_every_wrong_cell_of_verdicts_has_its_own_reason():
    placed = {(entry["row"], entry["answer"]) for entry in EXERCISES["verdicts"].wrong}
    options = {option.id for option in EXERCISES["verdicts"].options}
    for claim, key in KEY["verdicts"].value.items():
        right = {key["verdict"], *KEY["verdicts"].accept[claim]}
        assert {answer for row, answer in placed if row == claim} == options - right


def test_all_six_verdicts_and_all_five_texts_occur():
    assert {cell["verdict"] for cell in KEY["verdicts"].value.values()} == {
        option.id for option in EXERCISES["verdicts"].options
    }
    assert {CLAIMS[claim]["text_id"] for claim in KEY["verdicts"].value} == set(CASE.texts)


def test_a_defensible_neighbour_is_accepted():
    neighbours = {c: v for c, v in KEY["verdicts"].accept.items() if any(v)}
    assert neighbours == {
        "C05": ["unsupported"],
        "C08": ["unresolvable"],
        "C16": ["partly"],
        "C20": ["partly", "unsupported", "unresolvable"],
        "C36": ["partly"],
    }
    for claim, verdicts in neighbours.items():
        for verdict in verdicts:
            answer = {**ANSWERS["verdicts"], claim: {"verdict": verdict}}
            assert check("verdicts", answer).state == "correct"
    assert "For five of the eight claims the editors accept more than one verdict" in prose()


@pytest.mark.parametrize("option", [o.id for o in EXERCISES["verdicts"].options])
def test_one_verdict_for_all_does_not_pass(option):
    """What can be argued counts, so one word is right for up to half of the claims, no more."""
    answer = {claim: {"verdict": option} for claim in KEY["verdicts"].value}
    most = {"partly": 0.5, "unsupported": 0.375, "unresolvable": 0.375}.get(option, 0.25)
    assert check("verdicts", answer).earned <= most


def test_verdicts_half_filled_say_how_much_is_empty():
    feedback = check("verdicts", {"C05": ANSWERS["verdicts"]["C05"], "unknown": {"verdict": "x"}})
    assert "7 of 8 boxes are still empty" in feedback.message


# slips -------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", wrong("slips"))
def test_a_statement_that_holds_gets_its_reason_when_ticked(entry):
    feedback = check("slips", [*KEY["slips"].value, entry["answer"]])
    assert (feedback.state, feedback.message) == ("not yet", entry["reason"])
    assert feedback.earned == 0.6667


def test_every_statement_that_holds_has_its_reason():
    holds = {option.id for option in EXERCISES["slips"].options} - set(KEY["slips"].value)
    assert {entry["answer"] for entry in EXERCISES["slips"].wrong} == holds


@pytest.mark.parametrize("slip", KEY["slips"].value)
def test_a_slip_left_out_is_missed_but_not_named(slip):
    feedback = check("slips", [other for other in KEY["slips"].value if other != slip])
    assert feedback.earned == 0.6667
    assert feedback.message == "What you chose belongs there, but something is still missing."


def test_ticking_everything_earns_little():
    assert check("slips", [option.id for option in EXERCISES["slips"].options]).earned == 0


def test_the_statements_stand_in_the_texts_and_in_the_records_that_they_name():
    options = {option.id: option.text for option in EXERCISES["slips"].options}
    story, memory = options.pop("first_said"), options.pop("never_raised")
    assert "as R56 reports him" in story and "something never said publicly before" in story
    assert "something never said publicly before" in RECORD["R56"]["what_happened"]
    assert "as R53 reports him" in memory
    assert quotations(memory) == [RECORD["R53"]["short_quote"]]
    for text in options.values():
        assert quotations(text)[0] in CASE.texts[text.split(":")[0].lower().replace("-", "")]


def test_the_slips_are_one_of_a_text_one_of_a_russian_and_one_of_a_western_witness():
    options = {option.id: option.text for option in EXERCISES["slips"].options}
    speakers = [options[slip].split()[0] for slip in KEY["slips"].value]
    assert speakers == ["News:", "Putin", "Robertson"]


def test_each_slip_is_shown_by_a_record_that_is_no_memory():
    """R63 names his two times; R51 is five years older than R56; R75 and R76 are of 2002."""
    assert "He names 1954, and 2000" in RECORD["R63"]["what_happened"]
    assert RECORD["R51"]["told_date"] < RECORD["R56"]["told_date"]
    for record in ("R75", "R76"):
        row = RECORD[record]
        assert row["event_date"] == row["told_date"] and "enlargement" in row["what_happened"]


# slip_report -------------------------------------------------------------------------------


def test_the_rubric_has_five_named_levels_and_two_samples_each():
    names = ["No effort", "Reactive", "Inquisitive", "Investigative", "Competent"]
    starts = [f"{level} {name}. " for level, name in enumerate(names)]
    assert all(map(str.startswith, EXERCISES["slip_report"].rubric, starts))
    assert [len(pair) for pair in EXERCISES["slip_report"].samples] == [2] * 5


@pytest.mark.parametrize(("level", "text"), SAMPLES)
def test_a_sample_keeps_the_limit_and_cites_what_its_level_says(level, text):
    cited = ids_in(text)
    assert len(text.split()) <= EXERCISES["slip_report"].limit
    assert {RECORD[record]["verification"] for record in cited} <= {"verified", "in part"}
    assert bool(cited) == (level >= 3)
    assert bool(quotations(text)) == (level >= 2)
    assert ("sure" in text) == (level == 4)


@pytest.mark.parametrize("text", [*(text for _, text in SAMPLES), ANSWERS["slip_report"]])
def test_a_report_quotes_what_a_text_prints(text):
    printed = " ".join(CASE.texts.values())
    assert [words for words in quotations(text) if words not in printed] == []


def test_a_report_is_recorded_with_a_count_and_never_passed():
    feedback = check("slip_report", ANSWERS["slip_report"])
    assert feedback.state == "recorded" and feedback.earned is None
    assert "over the limit" not in feedback.message and "A person reads" in feedback.message
    assert "1 over the limit of 80" in check("slip_report", "word " * 81).message
    assert "Not in the record: R99." in check("slip_report", "See R99.").message


# three cuts in one letter ------------------------------------------------------------------------


def test_every_cut_uses_only_words_of_the_letter_in_their_order():
    letter, cuts = RECORD["R10"]["short_quote"], EXERCISES["letter_cut"]
    assert letter in cuts.prompt
    for cut in [one.text for one in cuts.options if one.id.startswith("cut_")]:
        pieces = [piece.strip() for piece in cut.strip("“”").split("…") if piece.strip()]
        assert all(piece in letter for piece in pieces)


@pytest.mark.parametrize("entry", EXERCISES["letter_cut"].wrong, ids=lambda e: e["answer"])
def test_each_wrong_cut_has_its_own_reason_and_every_option_is_one_of_them_or_right(entry):
    feedback = check("letter_cut", entry["answer"])
    assert (feedback.state, feedback.reasons) == ("not yet", (entry["reason"],))
    options = {option.id for option in EXERCISES["letter_cut"].options}
    wrong = {each["answer"] for each in EXERCISES["letter_cut"].wrong}
    assert options - wrong == {"cut_b"} and check("letter_cut", "cut_b").state == "correct"


# the prose ---------------------------------------------------------------------------------


def prose():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def test_every_quotation_is_found_in_a_text_or_a_record():
    rows = [f"{row['short_quote']} {row['what_happened']}" for row in RECORD.values()]
    said = " ".join([*CASE.texts.values(), *rows])
    scare = {"perhaps", "asked", "twice"}
    found = [words for words in quotations(prose()) if words not in scare]
    assert len(found) >= 7
    assert [words for words in found if words.casefold() not in said.casefold()] == []


def test_every_record_named_in_the_prose_is_in_the_record():
    assert set(ids_in(prose())) <= set(RECORD)


def test_dates_and_numbers_of_the_prose_are_those_of_the_data():
    told = prose()
    assert f"On {data.span(RECORD['R32']['event_date'])} Putin told reporters" in told
    assert f"until {data.span(RECORD['R31']['told_date'][:7])}" in told
    assert f"On the next day, {data.span(RECORD['R33']['event_date'])}" in told
    assert RECORD["R29"]["event_date"] == "2000-06-04" and "3 June" in RECORD["R29"]["notes"]
    assert "the working dinner in the Kremlin on 3 June, Clinton's words on membership on 4" in told
    days = [date.fromisoformat(RECORD[record]["event_date"]) for record in ("R38", "R39")]
    assert (days[1] - days[0]).days == 10 and "a transcript of ten days later" in told


def test_the_searches_of_the_worked_example_bring_what_is_told():
    rows = CASE.rows("record")
    assert [row["record_id"] for row in search(rows, "queue")] == ["R17", "R38"]
    assert [row["record_id"] for row in search(rows, "stand in line")] == ["R39", "R54"]


def test_what_is_called_unverified_is_all_that_is():
    unverified = [id for id, row in RECORD.items() if row["verification"] == "unverified"]
    assert unverified == ["R08", "R12", "R17"] and "R08, R12 and R17 would matter" in prose()
