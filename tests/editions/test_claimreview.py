"""Exports: each verdict as ClaimReview, held against what the format defines."""

import copy
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions import claimreview
from editions.claimreview import main
from kit import data, submission
from kit.journal import Journal
from tests.solutions.answers import ANSWERS

CASE = data.load()
IDS = ("verdicts", "attached_records", "verdict_scales", "final_answer")
QUOTES = {row["claim_id"]: CASE.texts[row["text_id"]] for row in CASE.rows("claims")}

# The definitions, as their own pages give them.

# https://schema.org/ClaimReview, /Claim, /Rating, /Person, /CreativeWork, /Thing: which type is
# which, and for each property the types it stands on and the types it may hold.
ABOVE = {
    "ClaimReview": "Review",
    "Review": "CreativeWork",
    "Claim": "CreativeWork",
    "CreativeWork": "Thing",
    "Rating": "Thing",
    "Person": "Thing",
}
PROPERTIES = {
    "claimReviewed": ("ClaimReview", {"Text"}),
    "itemReviewed": ("Review", {"Thing"}),
    "reviewRating": ("Review", {"Rating"}),
    "reviewBody": ("Review", {"Text"}),
    "author": ("CreativeWork", {"Person"}),
    "dateCreated": ("CreativeWork", {"Date", "DateTime"}),
    "datePublished": ("CreativeWork", {"Date", "DateTime"}),
    "citation": ("CreativeWork", {"CreativeWork", "Text"}),
    "text": ("CreativeWork", {"Text"}),
    "appearance": ("Claim", {"CreativeWork"}),
    "ratingValue": ("Rating", {"Number", "Text"}),
    "bestRating": ("Rating", {"Number", "Text"}),
    "worstRating": ("Rating", {"Number", "Text"}),
    "alternateName": ("Thing", {"Text"}),
    "description": ("Thing", {"Text"}),
    "identifier": ("Thing", {"Text", "URL"}),
    "name": ("Thing", {"Text"}),
    "subjectOf": ("Thing", {"CreativeWork"}),
    "url": ("Thing", {"URL"}),
    "additionalProperty": ("Product", {"PropertyValue"}),
    # Our extension: http://rs.tdwg.org/dwc/terms/eventDate, a date in ISO 8601.
    "eventDate": ("CreativeWork", {"Date"}),
}
EXTENSION = {"eventDate": "http://rs.tdwg.org/dwc/terms/eventDate"}
PARTIAL = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
LITERALS = {
    "Text": lambda value: isinstance(value, str) and value != "",
    "URL": lambda value: isinstance(value, str) and re.fullmatch(r"https?://\S+", value),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Date": lambda value: isinstance(value, str) and re.fullmatch(PARTIAL, value),
    "DateTime": lambda value: (
        isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value)
    ),
}
# https://developers.google.com/search/docs/appearance/structured-data/factcheck, without `url`:
# a hand-in is not published.
REQUIRED = {"ClaimReview": ("claimReviewed", "reviewRating"), "Rating": ("alternateName",)}


def kinds_of(value):
    """Return every type a value has: of a node its own and those above; of text and numbers all."""
    if not isinstance(value, dict):
        return {name for name, fits in LITERALS.items() if fits(value)}
    kinds = [value.get("@type")]
    while kinds[-1] in ABOVE:
        kinds.append(ABOVE[kinds[-1]])
    return set(kinds)


def faults(node):
    """Yield what in a node, and in those within it, schema.org or the search engine forbids."""
    kinds = kinds_of(node)
    for type in kinds & set(REQUIRED):
        yield from (f"{type} lacks {name}" for name in REQUIRED[type] if name not in node)
    for name, value in node.items():
        if name.startswith("@"):
            continue
        on, expected = PROPERTIES.get(name, ("nothing", set()))
        if on not in kinds:
            yield f"{name} does not belong on {node.get('@type')}"
        for each in value if isinstance(value, list) else [value]:
            if not kinds_of(each) & expected:
                yield f"{name} holds {each!r}"
            if isinstance(each, dict):
                yield from faults(each)


def content(**answers):
    kept = {id: {"answer": answer, "attempts": 1} for id, answer in answers.items()}
    return {"code": "blue-tiger-7", "time": "2026-03-05T09:30:00.000Z", "answers": kept}


def reviewed(case=CASE, **answers):
    """Return {claim id: ClaimReview} and what is left out."""
    verdicts, left_out = claimreview.verdicts_in(content(**answers), case)
    return {verdict.id: claimreview.claim_review(verdict) for verdict in verdicts}, left_out


WHOLE, LEFT_OUT = reviewed(**{id: ANSWERS[id] for id in IDS})


# Against the definition


@pytest.mark.parametrize("id", WHOLE)
def test_a_claim_review_keeps_to_schema_org(id):
    review = WHOLE[id]
    assert review["@context"] == ["https://schema.org", EXTENSION]
    assert review["@type"] == "ClaimReview"
    assert list(faults(review)) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda review: review.pop("claimReviewed"),
        lambda review: review["reviewRating"].pop("alternateName"),
        lambda review: review.update(claimReviewed=7),
        lambda review: review.update(appearance=review["itemReviewed"]["appearance"]),
        lambda review: review.update(author="blue-tiger-7"),
        lambda review: review["reviewRating"].update(ratingValue=True),
        lambda review: review["itemReviewed"].update(ratingValue=1),
        lambda review: review["itemReviewed"].update(eventDate="March 1954"),
        lambda review: review["itemReviewed"].update(eventDate=""),
        lambda review: review["itemReviewed"].update(additionalProperty="1954"),
        lambda review: review["itemReviewed"]["appearance"].update(url="the forum"),
        lambda review: review["citation"][1].update({"@type": "Rating"}),
    ],
)
def test_the_definition_of_schema_org_finds_what_is_wrong(damage):
    review = copy.deepcopy(WHOLE["C16"])
    assert list(faults(review)) == []
    damage(review)
    assert list(faults(review))


# What is said, and what is not


def test_every_verdict_is_exported_in_the_order_of_the_course():
    assert list(WHOLE) == [*ANSWERS["verdicts"], "verdict_scales"]
    words = {
        id: review["reviewRating"]["alternateName"] for id, review in WHOLE.items() if id[0] == "C"
    }
    assert words == {id: given["verdict"] for id, given in ANSWERS["verdicts"].items()}


def test_the_claim_is_quoted_exactly_and_its_page_is_named():
    for id, review in WHOLE.items():
        if id in QUOTES:
            assert review["itemReviewed"]["text"] in QUOTES[id]
    blog = WHOLE["C08"]["itemReviewed"]["appearance"]
    assert blog["url"] == "https://theeducationwire.com/does-putin-want-to-join-nato/"
    question = WHOLE["verdict_scales"]["itemReviewed"]
    assert question["text"] == "Putin, or Russia, asked to join NATO"
    assert "appearance" not in question


def test_no_date_of_the_page_is_guessed_and_one_that_is_printed_is_kept():
    assert all("datePublished" not in review["itemReviewed"] for review in WHOLE.values())
    case = data.load()
    for row in case.rows("sources"):
        row["date_as_printed"] = {"blog": "2022-03", "news": "this week"}.get(row["text_id"], "")
    given = {"C08": {"verdict": "partly"}, "C36": {"verdict": "supported"}}
    reviews, _ = reviewed(case, verdicts=given)
    assert reviews["C08"]["itemReviewed"]["datePublished"] == "2022-03"
    assert "datePublished" not in reviews["C36"]["itemReviewed"]


def test_a_page_without_an_address_on_the_web_has_none():
    case = data.load()
    described = {each["name"]: each for each in case.dictionary["resources"]}
    described["blog"]["sources"] = [{"title": "A folder", "path": "saved/blog.html"}]
    del described["news"]["sources"]
    given = {"C08": {"verdict": "partly"}, "C36": {"verdict": "supported"}}
    reviews, _ = reviewed(case, verdicts=given)
    for review in reviews.values():
        assert set(review["itemReviewed"]["appearance"]) == {"@type", "name"}
        assert list(faults(review)) == []


def test_dates_of_events_are_as_exact_as_they_are_known():
    dates = {id: review["itemReviewed"].get("eventDate") for id, review in WHOLE.items()}
    assert dates == {
        "C05": None,
        "C08": "2000",
        "C16": "1954",
        "C20": "1996",
        "C36": "1990-02-09",
        "C40": "2025-10",
        "C48": "2021",
        "C60": None,
        "verdict_scales": None,
    }


def test_the_evidence_is_what_the_learner_chose_with_both_its_dates():
    [raised, discussed, refused] = WHOLE["C16"]["citation"]
    assert [raised["identifier"], discussed["identifier"], refused["identifier"]] == [
        "R03",
        "R04",
        "R05",
    ]
    assert (discussed["eventDate"], discussed["datePublished"]) == ("1954-04-07", "1983")
    assert discussed["subjectOf"]["name"].startswith("Foreign Relations of the United States")
    rows = {row["record_id"]: row for row in CASE.rows("record")}
    assert raised["subjectOf"]["url"] == rows["R03"]["source_url"]
    for account in (raised, discussed, refused):
        row = rows[account["identifier"]]
        dates = (account["eventDate"], account["datePublished"])
        assert dates == (row["event_date"], row["told_date"])
        assert account["subjectOf"]["name"] == row["source_title"]
    cited = [each["identifier"] for each in WHOLE["verdict_scales"]["citation"]]
    assert cited == ["R25", "R36", "R54", "R51", "R29", "R30", "R38", "R46", "R03", "R05"]


def test_an_unverified_record_says_so_and_one_without_an_address_has_none():
    unverified = WHOLE["C20"]["citation"][2]
    assert unverified["identifier"] == "R17"
    assert "Unverified: " in unverified["description"]
    assert "url" not in unverified["subjectOf"]


def test_a_word_gets_a_number_only_on_a_scale_with_an_order():
    numbers = ("worstRating", "ratingValue", "bestRating")

    def numbered(id):
        return [WHOLE[id]["reviewRating"].get(name) for name in numbers]

    assert numbered("C36") == [1, 3, 3]
    assert numbered("C08") == [1, 2, 3]
    assert numbered("C16") == [1, 1, 3]
    assert numbered("C05") == numbered("C40") == numbered("C60") == [None, None, None]
    placed = WHOLE["verdict_scales"]["reviewRating"]
    assert [[rating[name] for name in numbers] for rating in placed] == [
        [1, 2, 3],
        [1, 2, 4],
        [1, 4, 6],
        [0, 45, 100],
    ]
    assert [rating["alternateName"] for rating in placed] == [
        "partly true",
        "mostly false",
        "half true",
        "45",
    ]


def test_the_reasons_go_with_the_question_and_nothing_is_invented_for_a_claim():
    assert WHOLE["verdict_scales"]["reviewBody"] == ANSWERS["final_answer"]
    assert "reviewBody" not in WHOLE["C08"]


def test_the_author_is_the_code_and_the_time_that_of_the_hand_in():
    for review in WHOLE.values():
        assert review["author"] == {"@type": "Person", "name": "blue-tiger-7"}
        assert review["dateCreated"] == "2026-03-05T09:30:00.000Z"


# What is left open or is of another kind


def test_of_a_whole_hand_in_only_what_has_no_verdict_is_left_out():
    asked = "the course asks for no verdict on it, only records."
    assert [line.partition(": ") for line in LEFT_OUT] == [
        (id, ": ", asked) for id in ("C23", "C29", "C52")
    ]


def test_what_is_left_open_is_named_and_not_exported():
    reviews, left_out = reviewed(
        verdicts={"C08": {"verdict": "partly"}},
        verdict_scales={"claim": {"four": {"value": "true"}}},
    )
    assert list(reviews) == ["C08", "verdict_scales"]
    assert reviews["verdict_scales"]["reviewRating"]["alternateName"] == "true"
    assert "citation" not in reviews["C08"]
    none = [
        f"{id}: no verdict is given." for id in ("C05", "C16", "C20", "C36", "C40", "C48", "C60")
    ]
    no_records = [f"{id}: no record is attached." for id in ("C16", "C20", "C23", "C29", "C52")]
    scales = ["Three steps", "Six steps", "101 steps (0 wholly false, 100 wholly true)"]
    rest = [f"“{scale}”: no verdict is given." for scale in scales]
    assert sorted(left_out) == sorted(
        [*none, *no_records, *rest, "“Your answer”: nothing is written."]
    )


def test_reasons_without_a_verdict_are_not_exported():
    reviews, left_out = reviewed(final_answer="Raised, yes (R25).")
    assert reviews == {}
    assert "“Your answer”: no verdict goes with it, so it is not exported." in left_out


NO_VERDICT = "C05: what is kept is none of the course's verdicts."
NO_LIST = "C16: what is kept as records is no list of records."
NO_STEP = "“Three steps”: what is kept is no step of this scale."


@pytest.mark.parametrize(
    ("id", "answer", "sentence"),
    [
        ("verdicts", "supported", NO_VERDICT),
        ("verdicts", {"C05": "supported"}, NO_VERDICT),
        ("verdicts", {"C05": {"verdict": "true"}}, NO_VERDICT),
        ("verdicts", {"C05": {"verdict": ["partly"]}}, NO_VERDICT),
        ("verdicts", {"C99": {"verdict": "partly"}}, "verdicts: 1 given under an unknown id."),
        ("attached_records", {"C16": "R03"}, NO_LIST),
        ("attached_records", {"C16": False}, NO_LIST),
        ("attached_records", ["R03"], NO_LIST),
        (
            "attached_records",
            {"C16": [["R03"], 4]},
            "C16: 2 of 2 attached not found in the record.",
        ),
        ("verdict_scales", {"claim": {"three": {"value": "half"}}}, NO_STEP),
        ("verdict_scales", {"claim": {"three": "true"}}, NO_STEP),
        ("verdict_scales", [], NO_STEP),
        ("final_answer", ["Yes."], "“Your answer”: what is kept is no text."),
        ("final_answer", " \n", "“Your answer”: nothing is written."),
    ],
)
def test_what_is_of_another_kind_is_left_out_with_a_sentence(id, answer, sentence):
    reviews, left_out = reviewed(**{id: answer})
    assert reviews == {}
    assert sentence in left_out


def test_the_ends_of_a_scale_belong_to_it():
    for value in (0, 100):
        reviews, _ = reviewed(verdict_scales={"claim": {"hundred": {"value": value}}})
        assert reviews["verdict_scales"]["reviewRating"]["ratingValue"] == value


@pytest.mark.parametrize("value", [-1, 101, 45.5, True, "45", 10**300])
def test_a_number_off_the_scale_is_left_out(value):
    reviews, left_out = reviewed(verdict_scales={"claim": {"hundred": {"value": value}}})
    assert reviews == {}
    assert any("101 steps" in line and "no step of this scale" in line for line in left_out)


def test_a_record_attached_twice_or_unknown_is_no_evidence():
    reviews, left_out = reviewed(
        verdicts={"C16": {"verdict": "contradicted"}},
        attached_records={"C16": ["R03", "R03", "R99"]},
        verdict_scales={"claim": {"three": {"value": "true"}}},
        final_answer="Yes (R25, R99).",
    )
    assert [each["identifier"] for each in reviews["C16"]["citation"]] == ["R03"]
    assert [each["identifier"] for each in reviews["verdict_scales"]["citation"]] == ["R25"]
    assert "C16: 1 of 3 attached not found in the record." in left_out
    assert "“Your answer”: 1 of 2 cited not found in the record." in left_out


CLAIMS = st.sampled_from([*ANSWERS["verdicts"], "C23", "C99", "claim"])
WORDS = st.sampled_from(
    ["supported", "partly", "opinion", "true", "half true", "R03", "R99", "</script>"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS | st.text(st.characters(), max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
        CLAIMS | st.sampled_from(["verdict", "value", "three", "hundred"]), inside, max_size=3
    ),
    max_leaves=8,
)  # fmt: skip
TABLES = st.dictionaries(CLAIMS, st.fixed_dictionaries({"verdict": WORDS | JUNK}) | JUNK)
LISTS = st.dictionaries(CLAIMS, st.lists(WORDS | JUNK, max_size=4) | JUNK)
STEPS = st.fixed_dictionaries({"value": WORDS | JUNK | st.integers(-2, 102)}) | JUNK
SCALES = st.fixed_dictionaries(
    {"claim": st.dictionaries(st.sampled_from(["three", "four", "six", "hundred"]), STEPS) | JUNK}
)


GIVEN = (TABLES | JUNK, LISTS | JUNK, SCALES | JUNK, st.text(st.characters(), max_size=20) | JUNK)
ANSWERS_OF_ANY_KIND = st.fixed_dictionaries({}, optional=dict(zip(IDS, GIVEN, strict=True)))


@settings(max_examples=300)
@given(ANSWERS_OF_ANY_KIND)
def test_whatever_was_handed_in_what_goes_out_keeps_to_the_definition(answers):
    reviews, left_out = reviewed(**answers)
    assert all(line.endswith(".") and "\n" not in line for line in left_out)
    for review in reviews.values():
        assert list(faults(review)) == []
    text = claimreview.as_text(list(reviews.values()))
    assert "<" not in text
    assert len(json.loads(text.encode("utf-8"))) == len(reviews)


# The file and the command


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "my_work.jsonl")


def handed_in(journal, case=CASE, **answers):
    for id, answer in answers.items():
        journal.write(id, answer)
    return submission.pack(journal, case, "blue-tiger-7").path


def test_the_command_writes_the_file_and_says_what_is_left_out(journal, tmp_path, capsys):
    path = handed_in(journal, **{id: ANSWERS[id] for id in IDS})
    assert main([str(path), "--out", str(tmp_path / "out" / "new")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["claimreview.jsonld: 9 verdicts.", "Left out:"]
    assert told[2:] == [f"- {sentence}" for sentence in LEFT_OUT]
    folder = tmp_path / "out" / "new"
    assert [path.name for path in folder.iterdir()] == ["claimreview.jsonld"]
    reviews = json.loads((folder / "claimreview.jsonld").read_bytes())
    assert [each["itemReviewed"] for each in reviews] == [
        review["itemReviewed"] for review in WHOLE.values()
    ]


def test_the_same_hand_in_gives_the_same_bytes(journal, tmp_path):
    path = handed_in(journal, **{id: ANSWERS[id] for id in IDS})
    turned = json.loads(path.read_text(encoding="utf-8"))
    turned["answers"] = dict(reversed(turned["answers"].items()))
    other = tmp_path / "turned.json"
    other.write_text(json.dumps(dict(reversed(turned.items()))), encoding="utf-8")
    for source, folder in ((path, "a"), (path, "b"), (other, "c")):
        claimreview.export(source, tmp_path / folder, CASE)
    first, *others = [(tmp_path / folder / "claimreview.jsonld").read_bytes() for folder in "abc"]
    assert others == [first, first]


def test_text_cannot_end_the_script_it_stands_in_and_comes_back_unchanged():
    hostile = '</script><script>alert(1)</script><!-- “ä” \u2028 \\u003c " 🐯'
    text = claimreview.as_text([hostile])
    assert "<" not in text
    assert "ä" in text
    assert json.loads(text) == [hostile]


def test_half_an_emoji_is_replaced_and_nothing_beside_it():
    text = claimreview.as_text(["\ud83d", "a \ude00 b", "\ud83d\ude00"])
    assert json.loads(text.encode("utf-8")) == ["�", "a � b", "😀"]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda path: path.write_text("{"), "handin-blue-tiger-7.json did not arrive whole"),
        (
            lambda path: path.write_text(path.read_text().replace("partly", "opinion")),
            "is whole but changed",
        ),
        (lambda path: path.unlink(), "handin-blue-tiger-7.json cannot be read because"),
    ],
)
def test_a_damaged_hand_in_is_one_sentence(journal, tmp_path, capsys, damage, sentence):
    path = handed_in(journal, verdicts={"C08": {"verdict": "partly"}})
    damage(path)
    assert main([str(path), "--out", str(tmp_path / "out")]) == 1
    assert_one_sentence(capsys.readouterr(), sentence)
    assert not (tmp_path / "out").exists()


def assert_one_sentence(told, sentence):
    assert told.out == ""
    assert sentence in told.err
    assert told.err.count("\n") == 1


def test_a_hand_in_without_a_verdict_or_of_another_course_is_one_sentence(
    journal, tmp_path, capsys
):
    path = handed_in(journal, members_1954=14)
    assert main([str(path), "--out", str(tmp_path / "out")]) == 1
    assert_one_sentence(capsys.readouterr(), "holds no verdict yet, so nothing was written.")
    small = data.load("tests/cases/small")
    path = handed_in(journal, case=small, verdicts={"C08": {"verdict": "partly"}})
    assert main([str(path), "--out", str(tmp_path / "out")]) == 1
    assert_one_sentence(capsys.readouterr(), "was handed in for another course")
    assert claimreview.verdicts_in(content(verdicts={"C08": {"verdict": "partly"}}), small)[0] == []
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(journal, tmp_path, capsys):
    path = handed_in(journal, verdicts={"C08": {"verdict": "partly"}})
    (tmp_path / "out").write_text("a file")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 1
    assert_one_sentence(capsys.readouterr(), "claimreview.jsonld was not written because")


def test_help_shows_an_example_and_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    assert done.value.code == 0
    told = capsys.readouterr().out
    assert "python -m editions.claimreview handin-blue-tiger-7.json --out" in told
    assert "exit codes:" in told
    with pytest.raises(SystemExit) as done:
        main(["handin.json"])
    assert done.value.code == 2
