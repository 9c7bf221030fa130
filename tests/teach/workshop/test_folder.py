"""From a draft to a folder that holds, and back; what lay in its place stays."""

import re

import pytest

import kit
from editions.course.build import notebooks
from editions.course.words import read_words
from kit import data, journal
from kit.errors import KitError
from kit.exercises import Checker
from kit.exercises import load as load_exercises
from kit.journal.lines import checked as line
from teach import check_data, cli
from teach.workshop.draft import draft_of, read_draft
from teach.workshop.folder import make_folder
from teach.workshop.rules import MOMENTS, SIZES, TEXTS
from tests.teach.workshop.made_up_draft import state
from tests.teach.workshop.reopen import state_of

BISCUITS = data.load("tests/cases/biscuits")
COURSE = data.load()
CASES = {"biscuits": BISCUITS, "course": COURSE}


def file_of(cells, folder):
    """Write a state into a journal, as the form does, and return its file."""
    kept = journal.Journal(folder / "my_case.jsonl")
    kept.merge(line(id, value) for id, value in cells.items())
    return kept.path


def cut_down(case, size):
    """Return the state of a case with as many texts and moments as a size is meant for.

    A remark that names a moment which is not there goes as well.
    """
    cells = {id: v for id, v in state_of(case).items() if not id.startswith("notebooks/")}
    texts = [*case.texts][: TEXTS[size]]
    claims = [row["claim_id"] for row in case.rows("claims") if row["text_id"] in texts]
    verdicts = [row for row in case.key.rows("claims") if row["claim_id"] in claims]
    behind = [id for row in verdicts for id in row["record_ids"].split(";") if id]
    alone = [  # told without naming another one
        row["record_id"]
        for row in case.rows("record")
        if not check_data.named(row["what_happened"], case.record_ids)
    ]
    ranked = [id for id in dict.fromkeys([*behind, *alone]) if id in alone]
    moments = ranked[: MOMENTS[size]]
    kept = {"texts": texts, "ratings": texts, "claims": claims, "record": moments}
    return {
        id: value
        for id, value in cells.items()
        if (parts := id.split("/"))[1] in kept.get(parts[0], [parts[1]])
        and (parts[0] != "stances" or parts[2] in texts)
        and (
            parts[-1] == "record_ids" or set(check_data.named(value, case.record_ids)) <= {*moments}
        )
    } | {"case/-/size": size}


# To a folder and back


def test_the_biscuits_come_back_from_a_draft_as_they_were(tmp_path):
    draft = read_draft(file_of(state_of(BISCUITS), tmp_path))
    made = make_folder(draft, tmp_path / "biscuits")
    again = data.load(made.path)
    assert {name: again.rows(name) for name in again.table_names} == {
        name: BISCUITS.rows(name) for name in BISCUITS.table_names
    }
    assert {name: again.key.rows(name) for name in again.key.table_names} == {
        name: BISCUITS.key.rows(name) for name in BISCUITS.key.table_names
    }
    assert again.texts == BISCUITS.texts and again.question == BISCUITS.question
    for id in BISCUITS.texts:
        path = f"texts/{id}.txt"
        assert (made.path / path).read_bytes() == (BISCUITS.path / path).read_bytes()
    assert state_of(again) == state_of(BISCUITS) | {"case/-/size": "full"} | {
        f"texts/{id}/name": n for id, n in again.names.items()
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_a_case_of_each_size_holds(name, size, tmp_path):
    made = make_folder(draft_of(cut_down(CASES[name], size)), tmp_path / name)
    case = data.load(made.path)
    assert check_data.checked(case) == made.says
    assert f"exercises: {SIZES[size]}, 100 points" in made.says
    checker = Checker(case)
    assert len(case.texts) == TEXTS[size] and len(case.rows("record")) == MOMENTS[size]
    for id in checker.exercises:
        key = checker.key(id)
        if key and checker.exercises[id].kind not in ("chart", "marks"):
            assert checker.check(id, key.value).state == "correct", id


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", SIZES)
def test_the_notebooks_are_made_of_it_and_its_exercises_asked(name, size, tmp_path, monkeypatch):
    made = make_folder(draft_of(cut_down(CASES[name], size)), tmp_path / name)
    case = data.load(made.path)
    assert read_words(case) and len(notebooks(case)) == 6
    monkeypatch.setattr(journal, "_current", journal.Journal(tmp_path / "my_work.jsonl"))
    for id, exercise in load_exercises(case).items():
        assert kit.ask(id, case), id
        assert all(exercise.hints) and exercise.prompt.strip(), id
    assert kit.quiz("A", case) and kit.quiz("B", case)


def test_a_case_without_a_counted_thing_holds(tmp_path):
    made = make_folder(draft_of(state(enlargement=None) | {"case/-/size": "full"}), tmp_path / "b")
    case = data.load(made.path)
    assert not (made.path / "enlargement.csv").exists()
    assert "enlargement" not in case.table_names and len(notebooks(case)) == 6
    assert not {"members", "enlargement_chart", "claims_chart"} & {*load_exercises(case)}


@pytest.mark.parametrize("name", CASES)
def test_no_reason_prints_the_key(name, tmp_path):
    made = make_folder(draft_of(cut_down(CASES[name], "full")), tmp_path / name)
    checker = Checker(data.load(made.path))
    told = 0
    for id, exercise in checker.exercises.items():
        key = checker.key(id)
        if exercise.kind not in ("number", "date", "choice") or not key:
            continue
        value = str(key.value).removesuffix("/..")
        for text in [*exercise.hints, exercise.otherwise, *(w["reason"] for w in exercise.wrong)]:
            told += 1
            assert not re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", text), (id, text)
    assert told > 40


def test_a_case_can_be_gone_on_with(tmp_path):
    first = make_folder(draft_of(state()), tmp_path / "bridge")
    cells = state_of(data.load(first.path)) | {"record/R01/who": "The mayor"}
    second = make_folder(draft_of(cells), tmp_path / "bridge")
    assert data.load(second.path).rows("record")[0]["who"] == "The mayor"


def test_columns_that_nobody_filled_are_left_out_but_for_those_that_rules_read(tmp_path):
    bare = state(
        texts_notice_cites_sources="", texts_leaflet_cites_sources="", texts_notice_names_people=""
    )
    made = make_folder(draft_of(bare | {"case/-/size": "full"}), tmp_path / "bridge")
    columns = [*data.load(made.path).rows("sources")[0]]
    assert "genre" not in columns and {"cites_sources", "names_people"} <= {*columns}


def test_an_author_s_words_come_back_from_the_folder(tmp_path):
    own = {
        "words/printed/title": "What stands there?",
        "words/printed/hints": "Look up.\nLook down.",
        "words/printed/wrong.leaflet.byline.no": "Who is Tom?",
        "words/a1/text": "A council met.",
        "words/a1/reason": "It did (R01).",
        "notebooks/-/member": "house",
        "notebooks/02_compare_the_claims/on_paper": "Nothing was.",
    }
    made = make_folder(draft_of(state() | own), tmp_path / "bridge")
    back = state_of(data.load(made.path))
    assert {id: v for id, v in back.items() if id.split("/")[0] in ("words", "notebooks")} == own
    assert back["case/-/size"] == "small"


def test_a_folder_whose_words_cannot_be_read_gives_its_tables_back(tmp_path):
    made = make_folder(draft_of(state()), tmp_path / "bridge")
    (made.path / "words.toml").write_text("body = ")
    assert state_of(data.load(made.path))["record/R01/who"] == "The council"


# What waits, and what is wrong


def test_rows_that_lack_something_wait_and_are_named(tmp_path):
    half = state(
        record_R03_source_title=None, claims_C05_quote="he ever asked", propositions_P2_about=""
    )
    made = make_folder(draft_of(half), tmp_path / "bridge")
    waits = [sentence for sentence in made.is_open if "waits for" in sentence]
    assert waits == [
        "The record R03 waits for source_title.",
        "The proposition P2 waits for about.",
        "The claim C02 waits for a complete proposition P2.",
        "The claim C05 waits for words that stand in the text notice, letter by letter.",
        "The claim C06 waits for a complete proposition P2.",
    ]
    page = (made.path / "README.md").read_text(encoding="utf-8")
    assert all(f"- {sentence}" in page for sentence in made.is_open)
    assert "R03" not in data.load(made.path).record_ids


def test_a_verdict_without_its_record_waits(tmp_path):
    made = make_folder(draft_of(state(record_R02=None, claims_C03_record_ids="")), tmp_path / "b")
    assert "The verdict on C02 waits for a complete record R02." in made.is_open
    assert "The verdict on C03 waits for a record behind it." in made.is_open


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"case": None}, "The case has no question yet; write the one that its texts dispute."),
        ({"texts_notice": None}, "The case has 1 text; give it 2 to 8, each with its words."),
        ({"record": None}, "The case has no complete moment yet; fill one in."),
        ({"claims": None}, "The case has no complete claim yet; fill one in."),
        (
            {"record_R02_event_date": "June 1903"},
            'bridge/record.csv, row 3, column event_date: "June 1903" is not a date; ',
        ),
        (
            {"record_R02_told_date": "1902"},
            "bridge/record.csv, row 3, column event_date: 1903-06 is later than the told_date 1902;"
            " correct one of the two dates.",
        ),
        (
            {"claims_C01_verdict": "true"},
            'key/claims.csv, row 2, column verdict: "true" is not an allowed value; use one of ',
        ),
        (
            {"claims_C01_record_ids": "R08"},
            "The key's claims.csv, C01: 'partly' rests on R08, which is unverified; ",
        ),
        (
            {"ratings_notice_admiralty_source": "Z"},
            'key/ratings.csv, row 3, column admiralty_source: "Z" is not an allowed value; ',
        ),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(changes, sentence, tmp_path):
    with pytest.raises(KitError) as error:
        make_folder(draft_of(state(**changes)), tmp_path / "bridge")
    assert str(error.value).startswith(sentence) and "\n" not in str(error.value)
    assert [*tmp_path.iterdir()] == []


# What lies there already


def test_what_else_lies_there_stays(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(KitError, match=r"lies something else than this case; name another folder"):
        make_folder(draft_of(state()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_way_stays(tmp_path):
    (tmp_path / "bridge").write_text("mine")
    with pytest.raises(KitError, match="lies something else"):
        make_folder(draft_of(state()), tmp_path / "bridge")


def test_the_case_that_was_there_is_kept_unless_it_is_the_same(tmp_path):
    path = tmp_path / "bridge"
    path.mkdir()
    assert make_folder(draft_of(state()), path).kept is None
    assert make_folder(draft_of(state()), path).kept is None
    (path / "record.csv").write_text("changed by hand")
    made = make_folder(draft_of(state()), path)
    assert made.kept == tmp_path / "bridge-before-1"
    assert (made.kept / "record.csv").read_text() == "changed by hand"
    assert "is kept in" in str(made) and sorted(p.name for p in tmp_path.iterdir()) == [
        "bridge",
        "bridge-before-1",
    ]


def test_the_command_says_what_it_made_and_what_is_open(tmp_path, capsys):
    path = file_of(state(), tmp_path)
    assert cli.main(["case-from", str(path), str(tmp_path / "bridge")]) == 3
    said = capsys.readouterr().out
    assert "The Bridge at Weir: the data hold." in said
    assert "No licence is given for Leaflet, Notice: find out whether you may share it." in said
    page = (tmp_path / "bridge" / "README.md").read_text(encoding="utf-8")
    assert "- in part: R03\n- unverified: R08\n" in page
    whole = file_of(state_of(BISCUITS), tmp_path / "bridge")
    assert cli.main(["case-from", str(whole), str(tmp_path / "biscuits")]) == 0
    assert cli.main(["check-data", str(tmp_path / "bridge")]) == 0
    assert cli.main(["case-from", "nowhere.jsonl", str(tmp_path / "x")]) == 1
    assert (
        capsys.readouterr().err
        == "There is no file nowhere.jsonl with a draft; look where you saved it.\n"
    )
