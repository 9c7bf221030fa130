"""Each field answers with the sentence of check-data: the same checks, cell by cell."""

import shutil
from pathlib import Path

import pytest

from kit import data
from kit.data import DataError
from teach.check_data import claim_faults
from teach.workshop.draft import draft_of
from teach.workshop.field_answers import answers
from teach.workshop.field_notes import note

BISCUITS = Path(__file__).resolve().parents[2] / "cases" / "biscuits"
TEXT = "She asked. In 2000 she asked again."
WHOLE = {
    "texts/blog/text": TEXT,
    "propositions/P1/proposition": "She asked",
    "propositions/P1/about": "approach",
    "record/R01/event_date": "2000-05",
    "record/R01/told_date": "2001",
    "record/R01/who": "Ann",
    "record/R01/what_happened": "She asks.",
    "record/R01/kind": "recollection",
    "record/R01/source_title": "A page",
    "record/R01/verification": "verified",
    "record/R01/seen_as": "whole page",
    "claims/C01/text_id": "blog",
    "claims/C01/quote": "In 2000 she asked again",
    "claims/C01/normalised_claim": "She asked twice",
    "claims/C01/proposition_id": "P1",
    "claims/C01/verdict": "supported",
    "claims/C01/record_ids": "R01",
    "claims/C01/reason": "R01 shows it.",
    "stances/P1/blog": "asserts",
}


def told(members=(), **cells):
    changed = {id.replace("__", "/"): value for id, value in cells.items()}
    return answers(draft_of(WHOLE | changed), list(members))


def test_what_holds_has_no_answer():
    assert told() == {}


SAID = """
record/R01/event_date | May 199 | “May 199” is not a date; write one like 2000, 2000-03, \
2000-03-05, 2000~, 1999/2000, 2000/.. or ../2000.
record/R01/event_date | 2002 | 2002 is later than the told_date 2001; correct one of the two dates.
record/R01/who | | The cell is empty; fill it in.
record/R01/kind | gossip | “gossip” is not an allowed value; use one of primary document, \
contemporaneous report, archive, recollection, later statement.
record/R01/short_quote | one two three four five six seven eight nine ten eleven twelve thirteen \
fourteen 15 16 17 18 19 20 21 22 23 24 25 26 | 26 words are too many here; keep 25 at most.
record/R01/source_url | www.x.org | “www.x.org” does not have the form asked for; write it like \
https://example.org/page.
claims/C01/quote | In 2000 he | The quote is not there in the text blog; copy the quote from the \
text, letter by letter.
claims/C01/quote | | The cell is empty; fill it in.
claims/C01/proposition_id | P2 | “P2” is not in propositions.csv; use a proposition_id that is \
there, or add its row there.
claims/C01/record_ids | R01;R09 | “R09” is not in record.csv; use a record_id that is there, or \
add its row there.
claims/C01/reason | R02 shows it. | The reason names R02, which is not among its record_ids; add \
it there, or name another.
claims/C01/text_id | forum | “forum” is not in sources.csv; use a text_id that is there, or add \
its row there.
stances/P1/blog | likes | “likes” is not an allowed value; use one of asserts, denies, hedges, \
silent.
ratings/blog/dating_score | 5 | “5” is not an allowed number; write a whole number, 0 to 4.
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_a_cell_answers_with_the_sentence_of_check_data(line):
    id, value, sentence = (part.strip() for part in line.split("|"))
    assert answers(draft_of(WHOLE | {id: value}), [])[id] == sentence


def test_an_unverified_record_alone_carries_no_verdict():
    cells = told(record__R01__verification="unverified")
    assert cells == {
        "claims/C01/record_ids": "'supported' rests on R01, which is unverified; add a verified "
        "record, or write 'unresolvable'."
    }


def test_a_member_answers_under_its_own_row():
    cells = told(["2", "5"], enlargement__2__country="A", enlargement__2__accession_date="1949",
                 enlargement__5__country="A")  # fmt: skip
    assert cells["enlargement/5/country"] == "“A” already stands in row 2; give each row its own."
    assert cells["enlargement/5/accession_date"] == "The cell is empty; fill it in."


def damaged(folder, table, row, column, value):
    """The biscuit case with one cell changed; return what check-data says of it."""
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{row},"))
    cells = lines[at].split(",")
    cells[head.index(column)] = value
    lines[at] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        data.load(folder)
    return str(error.value).replace("biscuits/", "")


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("record", "R22", "event_date", "1999-99"),
        ("record", "R22", "told_date", "1998"),
        ("record", "R22", "verification", "seen"),
        ("record", "R22", "seen_as", ""),
        ("claims", "C13", "proposition_id", "P99"),
    ],
)
def test_it_is_the_sentence_that_the_loader_says_of_a_file(tmp_path, table, row, column, value):
    folder = Path(shutil.copytree(BISCUITS, tmp_path / "biscuits"))
    said = damaged(folder, table, row, column, value)
    key, rows = f"{table.removesuffix('s')}_id", data.load(BISCUITS).rows(table)
    cells = {f"{table}/{r[key]}/{name}": cell for r in rows for name, cell in r.items()}
    found = answers(draft_of(cells | {f"{table}/{row}/{column}": value}), [])
    place = "event_date" if column == "told_date" else column  # it is later than its telling
    sentence = found[f"{table}/{row}/{place}"].replace("“", '"').replace("”", '"')
    where, _, what = said.partition(f"column {place}: ")
    assert f"{what[0].upper()}{what[1:]}" == sentence, where


def test_the_faults_of_claims_are_those_that_check_data_finds():
    case = data.load(BISCUITS)
    assert list(claim_faults(case)) == []
    case.key.rows("claims")[0]["record_ids"] = "R14"
    [(claim, column, what, _)] = claim_faults(case)
    assert (claim, column, what) == (
        "C01", "record_ids", "'contradicted' rests on R14, which is unverified",
    )  # fmt: skip


def test_a_field_that_holds_says_how_it_was_understood(desk):
    for id, value in WHOLE.items():
        desk.journal.write(id, value)
    desk.journal.write("record/R01/short_quote", "Shall I ask?")
    said = {id: note(desk, id) for id in desk.state}
    assert said["record/R01/event_date"] == "Understood as May 2000 (month)."
    assert said["record/R01/short_quote"] == "3 words of at most 25."
    assert said["claims/C01/quote"] == "Found in Blog, sentence 2 (characters 11 to 34)."
    assert said["claims/C01/record_ids"] == "R01: May 2000 (month) · Ann."
    assert said["texts/blog/text"] == "7 words in 2 sentences."
    assert said["record/R01/who"] == "Holds."
    assert note(desk, "record/R01/notes") == ""
