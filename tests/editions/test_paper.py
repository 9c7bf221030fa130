"""The course on paper and back: sheets without the key, typed answers that count like others."""

import csv
import html
import json
import random
import re
from pathlib import Path

import pytest

from editions.paper import before, rendering
from editions.paper.build import build, to_fill
from editions.paper.hand import MATERIALS
from kit import data, exercises, submission
from kit.data import texts as case_texts
from kit.errors import KitError
from teach import grading
from teach import typed as typed_in
from teach.cli import main
from teach.grading.marks import Scorer
from teach.typed import sheets
from tests.solutions.answers import ANSWERS
from tests.teach.handed_in import CASE, EXERCISES, RIGHT, content

FIELDS = sheets.fields(CASE)
QUIZZES = ["quiz_A", "quiz_B"]
AT_A_COMPUTER = {id for id, exercise in EXERCISES.items() if exercise.kind == "marks"}
BY_HAND = {id: answer for id, answer in RIGHT.items() if id not in AT_A_COMPUTER}
SMALL = Path(__file__).parents[1] / "cases" / "small"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of all sheets, and {id: text} of each."""
    folder = tmp_path_factory.mktemp("paper")
    listed = build(CASE, folder)
    texts = {
        each.file.partition("_")[2].removesuffix(".html"): (folder / each.file).read_text("utf-8")
        for each in listed
    }
    return folder, texts


# What a learner would write, and somebody type


def written(answers):
    """{field id: text} for answers as the journal keeps them, in the signs of the sheets."""
    typed = {}
    for id, answer in answers.items():
        if id in QUIZZES:
            for item, given in answer.items():
                typed[f"{id}/{item}"] = f"{'t' if given['answer'] else 'f'} {given['confidence']}"
        elif id in EXERCISES:
            typed |= WRITE[EXERCISES[id].kind](EXERCISES[id], answer)
    return typed


def letter(value, options):
    return next(each.sign for each in sheets.of_options(options) if each.value == value)


def _plain(exercise, answer):
    return {exercise.id: str(answer)}


def _choice(exercise, answer):
    return {exercise.id: letter(answer, exercise.options)}


def _several(exercise, answer):
    if exercise.rows:
        return {f"{exercise.id}/{row}": " ".join(ids) for row, ids in answer.items()}
    return {exercise.id: " ".join(letter(each, exercise.options) for each in answer)}


def _matrix(exercise, answer):
    if len(exercise.columns) == 1:
        cells = [answer[row.id][exercise.columns[0].id] for row in exercise.rows]
        return {exercise.id: _grid(cells, exercise)}
    return {
        f"{exercise.id}/{row.id}": _grid([answer[row.id][c.id] for c in exercise.columns], exercise)
        for row in exercise.rows
    }


def _grid(cells, exercise):
    return " ".join(f"{n}{letter(each, exercise.options)}" for n, each in enumerate(cells, 1))


def _rating(exercise, answer):
    columns = {column.id: sheets.of_values(column) for column in exercise.columns}
    typed = {}
    for row, cells in answer.items():
        for column, cell in cells.items():
            sign = next(s.sign for s in columns[column] if s.value == cell["value"])
            sentence = f" {cell['evidence']}" if cell["evidence"] else ""
            typed[f"{exercise.id}/{row}/{column}"] = sign + sentence
    return typed


def _table(exercise, answer):
    corner, *columns = answer[0]
    return {
        f"{exercise.id}/{row[corner]}": " ".join(str(row[column]) for column in columns)
        for row in answer
    }


def _chart(exercise, answer):
    [line] = answer["lines"]
    points = zip(line["x"], line["y"], strict=True)
    words = {f"{exercise.id}/{part}": answer[part] for part in ("title", "xlabel", "ylabel")}
    return words | {f"{exercise.id}/jumps": "; ".join(f"{x} {y}" for x, y in points)}


WRITE = dict.fromkeys(("number", "date", "written"), _plain) | {
    "choice": _choice,
    "several": _several,
    "matrix": _matrix,
    "rating": _rating,
    "table": _table,
    "chart": _chart,
}


def type_in(path, rows, heads=typed_in.HEADS, encoding="utf-8", **how):
    """Write rows (code, field, answer) as the file that somebody typed; return its path."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, **how).writerows([heads, *rows])
    return str(path)


def rows_of(code, typed):
    return [(code, id, text) for id, text in typed.items()]


def points(whole):
    return {mark.id: mark.points for mark in Scorer(CASE).scores(whole, {})}


def read(folder, code):
    return submission.load(folder / f"handin-{code}.json")


# The sheets


@pytest.mark.parametrize("id", [*EXERCISES, *QUIZZES, "code"])
def test_every_activity_has_a_sheet_with_a_place_for_the_code_and_its_fields(built, id):
    text = built[1][id]
    assert "Pen name: " in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!https?:)', text)
    for how in {field.how for field in FIELDS.values() if field.sheet == id}:
        assert html.escape(how) in text
    if id in EXERCISES:
        assert html.escape(EXERCISES[id].title) in text
        assert "About " in text


def test_every_sheet_is_listed_and_every_file_that_is_linked_is_there(built):
    folder, texts = built
    linked = re.findall(r'<a href="([^"]+)"', (folder / "index.html").read_text("utf-8"))
    assert len(texts) == len(EXERCISES) + len(QUIZZES) + 1
    assert {*linked, "index.html"} == {path.name for path in folder.glob("*.html")}
    index = (folder / "index.html").read_text("utf-8")
    assert index.count(rendering.AT_A_COMPUTER) == len(AT_A_COMPUTER)


def beside(text):
    """{letter or number: the words that stand beside it} on a sheet."""
    found = re.findall(r"<b>([a-z]|\d+)</b>(?:<span>|&nbsp;| )([^<]+)", text)
    return {sign: html.unescape(words).strip() for sign, words in found}


@pytest.mark.parametrize("id", [e.id for e in EXERCISES.values() if e.options and not e.rows])
def test_a_letter_is_read_as_the_option_that_stands_beside_it(built, id):
    shown = beside(built[1][id])
    assert list(shown.values()) == [option.text for option in EXERCISES[id].options]
    for sign, option in zip(shown, EXERCISES[id].options, strict=True):
        assert FIELDS[id].read(sign)[id] in (option.id, [option.id])


@pytest.mark.parametrize("id", [e.id for e in EXERCISES.values() if e.options and e.rows])
def test_a_cell_of_a_grid_is_read_as_what_stands_beside_its_number_and_its_letter(built, id):
    shown, exercise = beside(built[1][id]), EXERCISES[id]
    across = exercise.rows if len(exercise.columns) == 1 else exercise.columns
    field = next(field for field in FIELDS.values() if field.sheet == id)
    numbers = {sign: words for sign, words in shown.items() if sign.isdigit()}
    assert list(numbers.values()) == [each.text for each in across]
    for number, place in zip(numbers, across, strict=True):
        for option in exercise.options:
            [sign] = [sign for sign, words in shown.items() if words == option.text]
            [(kept, value)] = field.read(number + sign).items()
            assert place.id in kept.split("/")
            assert value == option.id


def test_the_values_of_a_rating_stand_on_the_sheet_with_their_words(built):
    for exercise in EXERCISES.values():
        for column in exercise.columns if exercise.kind == "rating" else ():
            for each in sheets.of_values(column) if column.values else ():
                beside = f"<b>{each.sign}</b>&nbsp;{html.escape(each.words)}"
                assert beside in built[1][exercise.id]


def test_a_sheet_is_the_same_whatever_the_key_says(built, tmp_path):
    """Only the heads of a table to fill in come from the key, and no number stands under them."""
    key, CASE.key = CASE.key, None
    try:
        build(CASE, tmp_path)
        for path in tmp_path.glob("*.html"):
            exercise = EXERCISES.get(path.stem.partition("_")[2])
            if exercise and exercise.kind == "table":
                assert rendering.AT_A_COMPUTER in path.read_text("utf-8")
            elif path.name != "index.html":
                assert path.read_text("utf-8") == (built[0] / path.name).read_text("utf-8")
    finally:
        CASE.key = key
    for exercise in EXERCISES.values():
        if exercise.kind == "table":
            assert re.findall(r"<td>([^<]+)</td>", built[1][exercise.id]) == []


def test_what_is_left_out_of_the_prose_says_nothing_about_the_evidence():
    kept = []
    for exercise in EXERCISES.values():
        path = CASE.path.parent / "notebooks" / f"{exercise.notebook}.ipynb"
        cells = json.loads(path.read_text("utf-8"))["cells"]
        kept += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        kept.append(exercise.prompt)
    gone = {
        each.text
        for text in kept
        for each in case_texts.split(text)
        if before.SCREEN.search(each.text) and not re.search(r"cell|finder|`|\*\*\+", each.text)
    }
    assert gone
    assert [text for text in gone if re.search(r"\bR\d\d\b|Putin|Clinton|Yeltsin", text)] == []


def test_no_sheet_speaks_of_the_screen(built):
    for id, text in built[1].items():
        body = re.sub(r"<(style|footer).*?</\1>", "", text, flags=re.DOTALL)
        said = re.search(
            r"(?i)\bclick|kit\.|answer cell|the next cell|\brun the|finder|slider", body
        )
        assert not said, (id, said)


def test_the_sentences_stand_beside_the_place_for_the_letter(built):
    stances = EXERCISES["stances"]
    place = r"<td>\s*(<small>.*?)</td>\s*<td></td>"
    lines = re.findall(place, built[1]["stances"], flags=re.DOTALL)
    cells = [(row.id, column.id) for row in stances.rows for column in stances.columns]
    for (row, column), line in zip(cells, lines, strict=True):
        for each in exercises.nearest(stances, CASE, row, column):
            assert f"{each.number}</small>&nbsp;{html.escape(each.text)}" in line


def test_the_materials_hold_all_of_the_texts_the_record_and_the_claims(built):
    whole = {name: (built[0] / f"{name}.html").read_text("utf-8") for name in MATERIALS}
    for text_id in CASE.texts:
        for each in CASE.sentences_of(text_id):
            assert html.escape(each.text) in whole["texts"]
    assert whole["texts"].count("Where it was found") == len(CASE.texts)
    assert "<details" not in whole["texts"]
    for row in CASE.rows("record"):
        assert html.escape(row["what_happened"]) in whole["record"]
    for row in CASE.rows("claims"):
        assert html.escape(row["quote"]) in whole["claims"]
    for row in CASE.rows("enlargement"):
        assert row["country"] in whole["members"]


def test_hints_stand_on_the_teachers_page_alone_and_reasons_and_samples_nowhere(built):
    hints = (built[0] / "hints.html").read_text("utf-8")
    for exercise in EXERCISES.values():
        told = [exercise.right, exercise.otherwise, *(each["reason"] for each in exercise.wrong)]
        told += [text for pair in exercise.samples for text in pair] + [*exercise.rubric]
        assert not [each for each in told if each and html.escape(each) in hints]
        for each in map(html.escape, filter(None, [*exercise.hints, *told])):
            assert not any(each in text for text in built[1].values())
        assert all(html.escape(hint) in hints for hint in exercise.hints)


def test_a_table_that_somebody_began_to_fill_in_is_left_as_it_is(tmp_path):
    (tmp_path / "typed.csv").write_text("code,field,answer\r\nowl,slips,a\r\n")
    build(CASE, tmp_path)
    assert "owl" in (tmp_path / "typed.csv").read_text()


def test_the_small_case_has_sheets_as_well_and_reads_its_answers(tmp_path):
    small = data.load(SMALL)
    listed = build(small, tmp_path)
    assert [each.title for each in listed] == [
        "Your pen name",
        "Who recalls it",
        "Members in May 1921",
    ]
    assert list(sheets.fields(small)) == list(exercises.load(small))
    typed = type_in(tmp_path / "t.csv", [("owl", "who_recalls", "a"), ("owl", "members_1921", "3")])
    typed_in.hand_in(typed, tmp_path, small)
    assert read(tmp_path, "owl")["answers"]["who_recalls"]["answer"] == "mayor"


# Back from paper


def test_answers_from_paper_earn_what_the_same_answers_earn_in_the_notebooks(tmp_path):
    answers = BY_HAND | {id: ANSWERS[id] for id in QUIZZES}
    path = type_in(tmp_path / "typed.csv", rows_of("owl-1", written(answers)))
    done = typed_in.hand_in(path, tmp_path / "in", CASE)
    assert done == (["owl-1"], [], [], [])
    whole = read(tmp_path / "in", "owl-1")
    given = {id: kept["answer"] for id, kept in whole["answers"].items()}
    assert given.pop("handin") == {"code": "owl-1", "typed": "from paper"}
    assert given.keys() == answers.keys() & {*EXERCISES, *QUIZZES}
    assert points(whole) == points(content("owl-1", BY_HAND))
    assert sum(filter(None, points(whole).values())) == 72
    for form in "AB":
        told = given[f"quiz_{form}"], ANSWERS[f"quiz_{form}"]
        assert exercises.score_quiz(CASE, form, told[0]) == exercises.score_quiz(
            CASE, form, told[1]
        )


@pytest.mark.parametrize("id", [*BY_HAND, *QUIZZES])
def test_what_is_kept_is_what_a_notebook_keeps(tmp_path, id):
    answer = (RIGHT | ANSWERS)[id] if id in QUIZZES else RIGHT[id]
    path = type_in(tmp_path / "typed.csv", rows_of("owl-1", written({id: answer})))
    typed_in.hand_in(path, tmp_path, CASE)
    kept = read(tmp_path, "owl-1")["answers"][id]["answer"]
    if isinstance(answer, list):
        assert sorted(map(str, kept)) == sorted(map(str, answer))
    elif id in EXERCISES and EXERCISES[id].kind == "several":
        assert {row: set(ids) for row, ids in kept.items()} == {
            r: set(i) for r, i in answer.items()
        }
    else:
        assert kept == answer


def test_grading_takes_a_folder_of_them_as_any_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [row for n in range(3) for row in rows_of(f"owl-{n}", written(BY_HAND))]
    assert main(["paper", type_in(tmp_path / "typed.csv", rows), "--out", "in"]) == 0
    done = grading.grade(["in"], "marks", CASE)
    assert (done.marked, done.files, done.persons) == (3, 3, 0)


RAISED_AND_NONE = {"R03": {"verb": "raised"}, "R21": {"verb": "none"}}
QUOTED = "“Why not?”, he said; (R25).\nYes = no"


def verdict(column, value):
    return {"claim": {column: {"value": value, "evidence": None}}}


@pytest.mark.parametrize(
    ("id", "text", "kept"),
    [
        ("f2_or_e4", "E", "may_serve"),
        ("f2_or_e4", " (b). ", "balance"),
        ("f2_or_e4", "may_serve", "may_serve"),
        ("f2_or_e4", "F2 is the worse report: F comes after E.", "f_worse"),
        ("dated_texts", "None of the five", ["none"]),
        ("dated_texts", "C, a;B", ["forum", "blog", "article"]),
        ("date_article", "April 2009", "2009-04"),
        ("date_article", "'2009-04-01", "2009-04-01"),
        ("date_article", "'2009-04/..", "2009-04/.."),
        ("date_article", "no earlier than April 2009", "2009-04/.."),
        ("halo_share", "75 %", 75),
        ("halo_share", "66,7", 66.7),
        ("four_verbs", "1A 3.C", {"R03": {"verb": "raised"}, "R24": {"verb": "offered"}}),
        ("four_verbs", "1 raised, 2: none of these", RAISED_AND_NONE),
        ("four_verbs", "1a2e", RAISED_AND_NONE),
        ("attached_records/C16", "r03,R05", {"C16": ["R03", "R05"]}),
        ("ratings/forum/source", "f, 2", {"forum": {"source": {"value": "F", "evidence": 2}}}),
        ("ratings/forum/dating", "1", {"forum": {"dating": {"value": 1, "evidence": None}}}),
        ("verdict_scales/claim/three", "Partly True", verdict("three", "partly true")),
        ("verdict_scales/claim/six", "B", verdict("six", "false")),
        ("verdict_scales/claim/hundred", "45", verdict("hundred", 45)),
        ("quiz_A/a1", "TRUE", {"a1": {"answer": True, "confidence": None}}),
        ("quiz_A/a1", "f 75%", {"a1": {"answer": False, "confidence": 75}}),
        ("final_answer", QUOTED, QUOTED),
    ],
)  # fmt: skip
def test_an_answer_may_be_typed_in_many_ways(tmp_path, id, text, kept):
    typed_in.hand_in(type_in(tmp_path / "typed.csv", [("owl", id, text)]), tmp_path, CASE)
    assert read(tmp_path, "owl")["answers"][id.partition("/")[0]]["answer"] == kept


def test_a_line_that_slopes_is_kept_as_one_and_earns_less(tmp_path):
    typed = written({"enlargement_chart": RIGHT["enlargement_chart"]})
    typed["enlargement_chart/slopes"] = typed.pop("enlargement_chart/jumps")
    typed_in.hand_in(type_in(tmp_path / "typed.csv", rows_of("owl", typed)), tmp_path, CASE)
    whole = read(tmp_path, "owl")
    assert whole["answers"]["enlargement_chart"]["answer"]["lines"][0]["steps"] == "default"
    assert 0 < points(whole)["enlargement_chart"] < EXERCISES["enlargement_chart"].points


BAD = [
    ("f2_or_e4", "g", "“g” is none of a to e; look at the sheet again."),
    ("dated_texts", "a z", "“z” is none of a to f; look at the sheet again."),
    ("date_article", "Apr-09", "“Apr-09” is not a date I can read"),
    ("halo_share", "three", "“three” is not a number I can read"),
    ("four_verbs", "a b c", "write the number and the letter of each"),
    ("four_verbs", "8a", "There is no number 8 here; it goes from 1 to 7."),
    ("four_verbs", "1a 1b", "Number 1 has two answers here; leave one."),
    ("stances/P1", "1a 2x", "“x” is none of a to d"),
    ("attached_records/C16", "R99", "“R99” is none of R01 to R82"),
    ("ratings/forum/source", "G 2", "“G” is none of A to F"),
    ("ratings/forum/source", "F 99", "There is no sentence 99; the last one is 30."),
    ("prediction/forum/trust", "11", "“11” is none of 0 to 10"),
    ("quiz_A/a1", "t 40", "40 % is not from 50 to 100"),
    ("quiz_A/a1", "perhaps", "“perhaps” is none of t to f"),
    ("claims_table/forum", "1 2", "has 2 numbers and the sheet has 9 columns"),
    ("enlargement_chart/jumps", "1949 12", "“1949” is not a day"),
    ("enlargement_chart/jumps", "12", "is not a date I can read"),
    ("enlargement_chart/jumps", "1949-04-04~ 12", "is not a day"),
    ("enlargement_chart/jumps", ";", "There is no point"),
    ("nothing", "a", "There is no field “nothing”; take it from the sheet."),
    ("final_answer", "x" * 1_000_001, "cannot be kept"),
    ("two_clocks", "a\nb" * 1_000, "…” is none of a to e"),
]


@pytest.mark.parametrize(
    ("id", "text", "told"), BAD, ids=[f"{id}-{text[:9]}" for id, text, _ in BAD]
)
def test_a_bad_row_is_one_sentence_and_the_good_codes_are_written(tmp_path, capsys, id, text, told):
    rows = [("good", "slips", "b d"), ("bad", "slips", "b"), ("bad", id, text)]
    path = type_in(tmp_path / "typed.csv", rows)
    assert main(["paper", path, "--out", str(tmp_path / "in")]) == 3
    said = capsys.readouterr()
    [problem] = said.err.splitlines()
    assert said.out.endswith("Left out until that is mended: bad.\n")
    assert problem.startswith("typed.csv, line 4: ")
    assert told in problem
    assert problem.endswith(".")
    assert len(problem) < 300
    assert [each.name for each in (tmp_path / "in").iterdir()] == ["handin-good.json"]


def test_whatever_is_typed_is_kept_or_refused_in_a_sentence():
    chance = random.Random(20261123)
    pieces = [*"aAtfRx019", "R03", "1a", "2c", "50", "%", "2009-04", " ", ",", ";", "\n", "-", "'"]
    for field in FIELDS.values():
        for _ in range(40):
            text = "".join(chance.choices(pieces, k=chance.randint(1, 5))).strip() or "?"
            try:
                kept = field.read(text)
            except KitError as error:
                assert re.fullmatch(r"(?s)[“\dA-Z].*[ ;:?,].*\.", str(error)), (
                    field.id,
                    text,
                    error,
                )
            else:
                assert all(id.partition("/")[0] == field.sheet for id in kept)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("", "slips", "a")], "line 2: There is an answer and no code"),
        ([("o", "slips", "a")], "line 2: the column “code” holds something else"),
        ([("owl 1", "slips", "a")], "line 2: the column “code” holds something else"),
        ([("owl", "slips", "a"), ("OWL", "slips", "b")], "Line 2 has another answer of this code"),
        ([("owl", "final_answer", "Yes", " he did")], "line 2: 4 cells where the first line has 3"),
        (
            [("owl", f"enlargement_chart/{way}", "1949-04-04 12") for way in ("jumps", "slopes")],
            "line 3: The chart's line is typed twice",
        ),
    ],
)
def test_where_nothing_can_be_written_it_says_so(tmp_path, capsys, rows, told):
    path = type_in(tmp_path / "typed.csv", rows)
    assert main(["paper", path, "--out", str(tmp_path / "in")]) == 1
    assert told in capsys.readouterr().err
    assert list((tmp_path / "in").iterdir()) == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (None, "There is no file typed.csv"),
        (b"", "looked for, which are code, field, answer; give"),
        (b"code,answer\nowl,a\n", "looked for, which are code, field, answer; give"),
        (b'code,field,answer\nowl,slips,"a\n', "is opened and never closed"),
        (b"code,field,answer\n,slips,\n", "typed.csv holds no answer yet"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path, capsys, raw, told):
    path = tmp_path / "typed.csv"
    if raw is not None:
        path.write_bytes(raw)
    assert main(["paper", str(path), "--out", str(tmp_path / "in")]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert not (tmp_path / "in").exists()


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t")],
)
def test_whatever_a_spreadsheet_saves_is_read(tmp_path, encoding, delimiter):
    rows = [("owl", "final_answer", "“Größe”, he said; yes"), ("owl", "slips", "B\td")]
    heads = ("Code", " field", "ANSWER")
    path = type_in(tmp_path / "typed.csv", rows, heads, encoding, delimiter=delimiter)
    assert typed_in.hand_in(path, tmp_path, CASE).problems == []
    answers = read(tmp_path, "owl")["answers"]
    assert answers["final_answer"]["answer"] == "“Größe”, he said; yes"
    assert answers["slips"]["answer"] == ["consent", "partnership"]


def test_the_prepared_table_is_read_back_with_answers_in_some_of_its_rows(built, tmp_path):
    text = (built[0] / "typed.csv").read_text("utf-8-sig")
    prepared = list(csv.reader(text.splitlines()))
    assert prepared[1:] == [["", id, ""] for id in FIELDS]
    assert to_fill(FIELDS).splitlines()[0].decode("utf-8-sig") == "code,field,answer"
    typed = written(BY_HAND)
    filled = [("owl", id, typed.get(id, "")) for _, id, _ in prepared[1:]]
    random.Random(7).shuffle(filled)
    path = type_in(tmp_path / "typed.csv", filled)
    assert typed_in.hand_in(path, tmp_path, CASE).problems == []
    assert points(read(tmp_path, "owl")) == points(content("owl", BY_HAND))


def test_a_hand_in_that_lies_there_is_never_overwritten(tmp_path, capsys):
    path = type_in(tmp_path / "typed.csv", [("owl", "slips", "b")])
    run = ["paper", path, "--out", str(tmp_path)]
    assert main(run) == 0
    before = (tmp_path / "handin-owl.json").read_bytes()
    assert main(run) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told == f"Hand-ins written to {tmp_path}: 0. There already, the same: 1."
    type_in(tmp_path / "typed.csv", [("OWL", "slips", "c"), ("fox", "slips", "c")])
    assert main(run) == 3
    assert "handin-owl.json" in capsys.readouterr().err
    assert (tmp_path / "handin-owl.json").read_bytes() == before
    assert read(tmp_path, "fox")
    (tmp_path / "handin-owl.json").write_bytes(b"{}")
    assert main(run) == 3


def test_it_claims_no_order_and_no_other_time_than_its_own(tmp_path):
    typed_in.hand_in(type_in(tmp_path / "typed.csv", [("owl", "slips", "b")]), tmp_path, CASE)
    whole = read(tmp_path, "owl")
    assert "order" not in whole["answers"]["handin"]["answer"]
    assert whole["answers"]["slips"] == {"answer": ["consent"], "attempts": 1}


def test_letters_stay_when_an_option_is_added_at_the_end():
    for exercise in EXERCISES.values():
        options = exercise.options
        more = sheets.of_options([*options, exercises.Choice("new", "New")])
        assert more[: len(options)] == sheets.of_options(options)
        assert len({each.sign for each in more}) == len(more)


def test_every_form_of_a_question_has_its_fields_and_its_place():
    forms = {kind.form for kind in exercises.KINDS.values()}
    assert set(sheets.FORMS) == rendering.forms() == forms


def test_the_command_that_is_not_understood(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["paper", "typed.csv"])
    assert stopped.value.code == 2
    assert "--out" in capsys.readouterr().err
