"""Each rule against a draft that was checked by hand, and what it does where nothing is decided."""

import pytest

from teach.workshop.complete import complete
from teach.workshop.draft import draft_of
from teach.workshop.floor import floors
from teach.workshop.rules import PLACES, POINTS, RULES, SIZES, exercises
from teach.workshop.rules.exercise import words
from tests.teach.workshop.made_up_draft import MOMENTS, state


def ready(cells=None):
    """Return the complete draft of a state."""
    return complete(draft_of(cells or state())).draft


DRAFT = ready()


def made(id, draft=DRAFT):
    return RULES[id](draft)


def ids(choices):
    return [choice["id"] for choice in choices]


def wrong(rule):
    """Return the reason for each wrong answer: the first of several."""
    return {each.answer: each.reason for each in reversed(rule.wrong)}


def test_there_is_a_rule_and_a_place_for_each_exercise_that_has_words():
    assert sorted(RULES) == sorted(words()) == sorted(PLACES)


# What the texts print


def test_what_is_printed():
    rule = made("printed")
    pairs = {(each.row, each.column): each.answer for each in rule.wrong}
    assert pairs == {
        ("leaflet", "byline"): "no", ("leaflet", "site"): "yes",
        ("leaflet", "references"): "yes", ("leaflet", "people"): "yes",
        ("notice", "byline"): "yes", ("notice", "site"): "no",
        ("notice", "references"): "no", ("notice", "people"): "no",
    }  # fmt: skip


def test_notes_are_references_but_no_and_markers_are_none():
    for cell, answer in {"no": "yes", "markers [1]": "yes", "": "yes", "notes": "no"}.items():
        rule = made("printed", ready(state(texts_leaflet_cites_sources=cell)))
        [found] = [w for w in rule.wrong if (w.row, w.column) == ("leaflet", "references")]
        assert found.answer == answer, cell


def test_which_texts_print_a_day():
    assert wrong(made("dated_texts")) == {"leaflet": "undated", "none": "none"}
    none = ready(state(texts_notice_text="In 1903 he never asked.", claims_C06=None))
    assert wrong(made("dated_texts", none)) == {"leaflet": "undated", "notice": "undated"}


def test_a_text_is_no_older_than_what_it_mentions():
    found = floors(DRAFT)
    assert {id: (f.date, f.record_id) for id, f in found.items()} == {
        "leaflet": ("1905-09-12", "R04"),  # by the record that bears the claim out
        "notice": ("1931", ""),  # told of by R05, but that is about 1903
    }


@pytest.mark.parametrize(
    ("changes", "floor"),
    [
        ({"claims_C03_verdict": "contradicted"}, "1905-09"),  # then the record says nothing
        ({"claims_C03_verdict": "opinion"}, "1903"),
        ({"claims_C03_about_date": "2031"}, "1903"),  # nobody has told of that yet
        ({"claims_C03_about_date": "../1930"}, "1903"),
        ({"claims_C03_about_date": "190X", "claims_C03_record_ids": "R01"}, "1903"),
    ],
)
def test_a_floor_claims_no_more_than_the_evidence(changes, floor):
    assert floors(ready(state(**changes)))["leaflet"].date == floor


def test_the_floor_of_a_text_without_a_date():
    rule = made("floor")
    assert rule.answer == {"computed": "not_before", "text": "leaflet"}
    assert wrong(rule) == {
        "1903": "goes_on", "1903-06": "earlier_record", "1904": "earlier_record",
        "1905-01-01": "first_day",
    }  # fmt: skip
    assert made("floor", ready(state(texts_leaflet_date_as_printed="1910"))) is None


def test_what_the_editors_say_of_a_floor_comes_first():
    rule = made("floor", ready(state(ratings_leaflet_no_earlier_than="1950")))
    assert rule.values["date"] == "1950"
    assert wrong(rule)["1905-09-12"] == "earlier_record"


# Claims


def test_who_says_what():
    rule = made("stances")
    assert ids(rule.fields["rows"]) == ["P1", "P2", "P3"]
    assert len(rule.wrong) == 18 and ("P1", "leaflet", "asserts") not in {
        (each.row, each.column, each.answer) for each in rule.wrong
    }
    near = rule.fields["sentences"]["P1"]
    assert 3 in near["leaflet"] and {len(numbers) for numbers in near.values()} == {2}


def test_a_proposition_counts_once_it_has_a_stance_for_each_text():
    rule = made("stances", ready(state(stances_P1_notice=None)))
    assert ids(rule.fields["rows"]) == ["P2", "P3"]


def test_who_says_nothing():
    assert made("silent_texts").answer == {"answer": ["notice"]}
    assert made("silent_texts", ready(state(stances_P3=None, stances_P2=None))) is None


def test_a_table_of_claims_needs_two_subjects():
    assert made("claims_table").answer == {"computed": "claims_by_subject"}
    same = {f"propositions_{id}_about": "approach" for id in ("P1", "P2", "P3")}
    assert made("claims_table", ready(state(**same))) is None


def test_what_sentences_do_is_asked_only_where_the_author_said_so():
    rule = made("sentence_types")
    assert rule.answer == {
        "answer": {"leaflet_3": {"type": "fact"}, "leaflet_6": {"type": "opinion"}}
    }
    assert made("sentence_types", ready(state(claims_C04_type=None))) is None


def test_verdicts():
    rule = made("verdicts")
    assert rule.answer["claims"] == ["C01", "C02", "C03", "C04", "C05", "C06"]
    assert len(rule.wrong) == 6 * 5
    also = made("verdicts", ready(state(claims_C01_also_defensible="unsupported")))
    assert len(also.wrong) == 6 * 5 - 1


def test_no_verdict_is_asked_that_rests_on_an_unverified_record_alone():
    rule = made("verdicts", ready(state(claims_C02_record_ids="R08")))
    assert "C02" not in rule.answer["claims"]


def test_which_records_settle_a_claim():
    rule = made("attached_records")
    assert rule.answer["claims"] == ["C01", "C02", "C03", "C05"]  # C06 rests on the same as C01
    assert rule.answer["bearing"] == {"C01": ["R06"], "C02": ["R05"]}
    astray = [each.answer for each in rule.wrong if each.row == "C01"]
    assert astray == ["R02", "R03"]  # near in time, and about something else


def test_a_record_that_shares_two_rare_words_with_a_claim_may_stand_beside():
    told = ready(state(record_R07_what_happened="Nobody wrote a word of it."))
    assert made("attached_records", told).answer["bearing"]["C02"] == ["R05", "R07"]


def test_an_unverified_record_may_stand_beside_one_that_settles():
    rule = made("attached_records", ready(state(claims_C02_record_ids=["R08", "R02"])))
    assert rule.answer["deciding"] == {"C02": ["R02"]}


def test_which_of_four_settles_a_claim():
    rule = made("settling_record")
    assert rule.answer == {"answer": "R05"}
    assert sorted(ids(rule.fields["options"])) == ["R01", "R02", "R03", "R05"]


# Dates


def test_witnesses():
    rule = made("witness_count")
    assert rule.answer == {"computed": "witnesses", "records": ["R05", "R06", "R07"]}
    assert wrong(rule) == {3: "tellings", 1: "too_few"}
    nobody = {f"record_{id}_witness": None for id in ("R05", "R06", "R07")}
    assert made("witness_count", ready(state(**nobody))) is None
    assert made("lag_chart", ready(state(**nobody))) is None


def test_how_long_the_latest_telling_waited():
    rule = made("recollection_lag")
    assert rule.answer == {"computed": "lag_years", "record": "R07", "accept": [45]}
    assert wrong(rule) == {
        46: "too_many", 43: "too_few", 0: "too_few", 26: "other", 27: "other", 42: "other"
    }  # fmt: skip


def test_how_many_were_told_late_and_how_many_soon():
    assert made("told_late").answer == {"answer": 5}
    assert wrong(made("told_late")) == {8: "all", 3: "others", 0: "none"}
    assert made("told_soon").answer == {"answer": 3}
    vague = ready(state(record_R01_told_date="1901/1912"))
    assert made("told_late", vague).answer == {"answer": 5, "accept": [6]}
    assert made("told_soon", vague).answer == {"answer": 2, "accept": [3]}


def test_what_could_be_known_on_a_day():
    rule = made("known_on")
    assert rule.values == {"day": "12 September 1905"}
    assert rule.answer == {"answer": ["R01", "R02", "R04"]}
    assert wrong(rule) == {"R03": "later", "R05": "later", "R06": "later"}


def test_where_all_was_told_at_once_nothing_is_asked_about_waiting():
    at_once = {f"record_{id}_told_date": row[0] for id, row in MOMENTS.items()}
    draft = ready(state(**at_once))
    late = ("recollection_lag", "told_late", "told_soon", "known_on")
    assert [id for id in late if made(id, draft)] == []


def test_what_is_remembered_and_what_was_checked_in_part():
    assert made("only_remembered").answer == {"answer": ["R05", "R06"]}
    assert wrong(made("only_remembered")) == dict.fromkeys(("R01", "R02", "R03"), "at_the_time")
    assert made("checked_in_part").answer == {"answer": ["R03"]}
    assert made("checked_in_part", ready(state(record_R03_verification="verified"))) is None


def test_of_which_moment_only_the_year_is_known():
    assert made("date_precision").answer == {"answer": "R03"}
    assert wrong(made("date_precision")) == {"R01": "exact", "R04": "exact"}


def test_moments_are_put_in_order_where_the_tellings_had_another():
    rule = made("order_of_moments")
    asked = rule.answer["answer"].split("_")
    events = [MOMENTS[id][0] for id in asked]
    tellings = [MOMENTS[id][1] for id in asked]
    assert events == sorted(events) and tellings != sorted(tellings)
    assert "as_told" in wrong(rule).values() and len(rule.wrong) == 3
    few = {f"record_{id}": None for id in ("R01", "R02", "R03", "R04")}
    assert made("order_of_moments", ready(state(**few))) is None


# Members


def test_members_on_the_day_of_a_moment():
    rule = made("members")
    assert rule.answer == {"computed": "members", "on": "1905-09-12"}
    assert wrong(rule) == {3: "founders", 5: "all", 1: "after"}
    assert rule.values["body"] == "Bridge Society"
    called = ready(state() | {"notebooks/-/body": "the Bridge Society"})
    assert made("members", called).values["body"] == "the Bridge Society"


def test_a_day_before_the_first_member_is_not_asked_for():
    assert made("members", ready(state(record_R04=None))) is None


@pytest.mark.parametrize(
    "changes", [{"enlargement": None}, {"enlargement_4_accession_date": "1904"}]
)
def test_without_a_counted_thing_or_its_days_nothing_is_asked_about_members(changes):
    draft = ready(state(**changes))
    assert [made(id, draft) for id in ("members", "enlargement_chart", "claims_chart")] == [
        None
    ] * 3


def test_claims_are_drawn_on_members_where_it_is_said_what_a_date_means():
    rule = made("claims_chart")
    assert rule.values["count"] == 2 and "penny" in rule.answer["clock"]
    assert made("claims_chart", ready(state(**{"case_-_date/means": None}))) is not None
    draft = ready({k: v for k, v in state().items() if k != "case/-/date_means"})
    assert made("claims_chart", draft) is None


# All of them together


@pytest.mark.parametrize("size", SIZES)
def test_a_size_has_its_exercises_in_every_notebook_and_100_points(size):
    cells = state() | {"case/-/size": size}
    case = exercises(ready(cells))
    assert (case.size, len(case.exercises)) == (size, SIZES[size])
    assert sum(entry["points"] for entry in case.exercises) == POINTS
    assert len({entry["notebook"] for entry in case.exercises}) == 6
    assert [entry["notebook"] for entry in case.exercises] == sorted(
        entry["notebook"] for entry in case.exercises
    )


def test_the_size_follows_from_what_there_is_unless_it_was_chosen():
    assert exercises(DRAFT).size == "small"


def test_each_notebook_has_one_before_any_has_two():
    at_once = {f"record_{id}_told_date": row[0] for id, row in MOMENTS.items()}
    case = exercises(ready(state(**at_once)))
    assert len({entry["notebook"] for entry in case.exercises}) == len(case.exercises) == 6


def test_of_several_reasons_for_one_answer_the_first_is_told():
    case = exercises(ready(state() | {"case/-/size": "full"}))
    [entry] = [each for each in case.exercises if each["id"] == "members"]
    told = {each["answer"]: each["reason"] for each in entry["wrong"]}
    assert len(told) == len(entry["wrong"]) and "on the first day" in told[3]


def test_an_author_s_own_words_come_first():
    own = {
        "words/printed/title": "What stands there?",
        "words/printed/hints": "Look up.\nLook down.",
        "words/printed/wrong.leaflet.byline.no": "Who is Tom?",
        "words/printed/right": " ",
        "words/a1/text": "The council talked of a bridge in 1901.",
    }
    case = exercises(ready(state() | own))
    [entry] = [each for each in case.exercises if each["id"] == "printed"]
    assert entry["title"] == "What stands there?" and entry["hints"] == ["Look up.", "Look down."]
    assert entry["wrong"][0]["reason"] == "Who is Tom?" and entry["right"].startswith("Yes, all 8")
    assert case.quiz[0]["text"] == "The council talked of a bridge in 1901."


# The two short tests


def test_statements_are_half_true_and_half_false_in_each_form():
    case = exercises(ready(state(**WRITTEN)))
    truth = case.answers["quiz"]
    assert truth == {"a1": True, "b1": True, "a2": False, "b2": False}
    assert [each["form"] for each in case.quiz] == ["A", "A", "B", "B"]
    said = {each["id"]: each["text"] for each in case.quiz}
    assert said["a1"] == "This happened on 4 May 1901 (The council): It talks about a bridge."
    assert said["a2"] == "This happened on 1 February 1904 (The council): The bridge is opened."
    told = case.answers["quiz_reasons"]
    assert told["a2"] == "By the record it happened on 12 September 1905 (R04)."


WRITTEN = {"record_R08_verification": "verified", "record_R08_what_happened": "A letter."}


def test_of_a_memory_only_the_telling_is_true_or_false():
    case = exercises(DRAFT)  # three moments were written down at the time, and that is too few
    said = {each["id"]: each["text"] for each in case.quiz}
    assert said["a1"].startswith("This was first told in public on 5 May 1901 (The council): ")
    assert said["a2"].startswith("This was first told in public in 1903 (Ada Mill): ")
    assert case.answers["quiz"] == {"a1": True, "b1": True, "a2": False, "b2": False}
    assert "on 1 February 1931 (R05)" in case.answers["quiz_reasons"]["a2"]


def test_a_false_date_is_a_year_off_and_no_statement_gives_its_own_away():
    named = state(record_R04_what_happened="The bridge of 1905 is opened.", **WRITTEN)
    assert "R04" not in str(exercises(ready(named)).answers["quiz_reasons"])
    close = {f"record_{id}_event_date": f"1903-0{n}" for n, id in enumerate(MOMENTS, 1)}
    at_once = {f"record_{id}_told_date": f"1903-0{n}" for n, id in enumerate(MOMENTS, 1)}
    case = exercises(ready(state(**close, **at_once)))
    assert case.quiz == [] and "quiz" not in case.answers
