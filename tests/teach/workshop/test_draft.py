"""The draft: what an author entered, as plain tables, however far it has come."""

import pytest

from kit import journal
from kit.errors import KitError
from teach.workshop.draft import draft_of, next_id, read_draft

BLOG = "He asked in June.\r\nLater he asked again."


def test_lines_become_rows_and_what_follows_from_them_is_worked_out():
    draft = draft_of(
        {
            "case/-/title": " The Bridge ",
            "texts/blog/text": BLOG,
            "texts/blog/name": "Blog",
            "claims/C01/text_id": "blog",
            "claims/C01/quote": "he asked again",
            "claims/C01/record_ids": ["R01", "R02"],
            "record/R01/event_date": "1955~",
        }
    )
    assert draft.case["title"] == "The Bridge"
    assert draft.texts[0]["text"] == BLOG
    [source] = draft.sources
    assert (source["file"], source["word_count"]) == ("texts/blog.txt", "8")
    [claim] = draft.claims
    assert BLOG[int(claim["start"]) : int(claim["end"])] == "he asked again"
    assert draft.verdicts[0]["record_ids"] == "R01;R02"
    assert draft.record[0]["event_date"] == "1955~" and draft.record[0]["who"] == ""


@pytest.mark.parametrize(
    ("clicked", "start"), [("0", "3"), ("30", "28"), ("", "3"), ("-4", "3"), ("²", "3")]
)
def test_an_offset_is_that_of_the_words_nearest_to_the_click(clicked, start):
    state = {"texts/blog/text": BLOG, "claims/C01/text_id": "blog", "claims/C01/quote": "asked"}
    [claim] = draft_of(state | {"claims/C01/start": clicked}).claims
    assert (claim["start"], BLOG[int(claim["start"]) :][:5]) == (start, "asked")


def test_a_quote_that_is_not_in_the_text_has_no_place():
    state = {"texts/blog/text": BLOG, "claims/C01/text_id": "blog", "claims/C01/quote": "refused"}
    assert draft_of(state).claims[0]["start"] == draft_of(state).claims[0]["end"] == ""


def test_stances_stand_proposition_by_proposition_and_only_where_given():
    state = {
        "texts/a/text": "A", "texts/b/text": "B",
        "propositions/P2/about": "rules", "propositions/P1/about": "approach",
        "stances/P1": {"b": "denies", "a": "silent"}, "stances/P2/a": "hedges",
        "stances/P9/a": "asserts",
    }  # fmt: skip
    rows = [tuple(row.values())[:3] for row in draft_of(state).stances]
    assert rows == [("P2", "a", "hedges"), ("P1", "a", "silent"), ("P1", "b", "denies")]


def test_what_has_another_form_is_passed_over():
    odd = {"case": 1, "record/R01": "a row", "x/y/z/a": 2, "": 3, "record//who": "nobody"}
    assert draft_of(odd).record == [] and draft_of(odd).case["title"] == ""
    assert draft_of({"record/R01/who": {"a": 1}}).record[0]["who"] == ""


def test_new_rows_get_the_next_number():
    state = {"claims/C09/quote": "a", "claims/C11/quote": "b", "claims/mine/quote": "c"}
    assert next_id(state, "claims") == "C12"
    assert [next_id({}, table) for table in ("record", "propositions", "enlargement")] == [
        "R01",
        "P1",
        "1",
    ]


def test_a_draft_is_read_from_a_journal_where_a_row_can_be_erased(tmp_path):
    file = journal.Journal(tmp_path / "my_case.jsonl")
    file.write("record/R01/who", "A mayor")
    file.write("record/R02/who", "A clerk")
    file.write("record/R01", None)
    assert [row["record_id"] for row in read_draft(file.path).record] == ["R02"]
    with pytest.raises(KitError, match=r"no file other\.jsonl with a draft"):
        read_draft(tmp_path / "other.jsonl")
