"""Alike hand-ins: what is shared beyond chance is listed, the rest is not; no word accuses."""

import csv
import json
import re
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from kit.data import load
from teach.cli import main
from teach.measures.shared_text import alike_texts, own_shingles, shingles
from teach.measures.similarity import alike_pairs
from teach.report.alike import ALIKE, COLUMNS, NOTE, REASONS, alike, wrong_answers
from teach.report.own_eyes import WARNING
from tests.teach.handed_in import CASE, CHECKER, EXERCISES, RIGHT
from tests.teach.made_up_marks import marked

NOTHING = np.empty(0, np.uint64)
MINE = (
    "I hold that the note of that spring was meant in earnest, because whoever only wants to annoy "
    "somebody does not spend three weeks in a ministry on the words of a draft that might be used."
)
OTHER = (
    "To my mind nobody there expected a yes, since every paper that went round before shows people "
    "weighing what a refusal would be worth to them, and how it would look in newspapers abroad."
)


def found(tmp_path, learners):
    return alike(marked(tmp_path, CASE, learners), CASE)


# Texts


def words(rng, number):
    """A text as nobody else writes it: words as often used as Zipf has it."""
    shares = 1 / np.arange(1, 3001)
    drawn = rng.choice(3000, number, p=shares / shares.sum())
    return " ".join(f"{'abcdefghij'[n % 10]}{'aeiou'[n // 10 % 5]}{'x' * (n // 50)}" for n in drawn)


def test_the_same_long_text_is_alike_whatever_its_case_spaces_and_signs(tmp_path):
    shouted = re.sub(r"[,.]", "", MINE).upper().replace(" ", "\n  ")
    texts = {"ann-1": MINE, "ben-2": shouted, "cy-3": OTHER}
    [row] = found(tmp_path, {code: {"final_answer": text} for code, text in texts.items()})
    assert (row.codes, row.what, row.exercises) == (["ann-1", "ben-2"], "text", ["final_answer"])
    assert row.shared == row.of and row.by_chance < 0.05


def test_a_text_with_every_tenth_word_changed_is_alike_and_half_a_text_too(tmp_path):
    given = MINE.split()
    given[9::10] = ["thing"] * len(given[9::10])
    texts = {"ann-1": MINE, "ben-2": " ".join(given), "cy-3": OTHER}
    texts |= {f"owl-{n}": words(np.random.default_rng(n), 60) for n in range(8)}
    rows = found(tmp_path, {code: {"final_answer": text} for code, text in texts.items()})
    assert [row.codes for row in rows] == [["ann-1", "ben-2"]]


def test_quoting_the_same_texts_and_records_is_not_alike(tmp_path):
    quoted = [CASE.texts["news"][:600], CASE.rows("record")[40]["what_happened"]]
    quoted += [EXERCISES["final_answer"].prompt, CASE.rows("claims")[3]["quote"]]
    texts = {
        code: f"{said}: {' '.join(quoted)}" for code, said in (("a-1", "See"), ("b-2", "I read"))
    }
    assert found(tmp_path, {code: {"final_answer": text} for code, text in texts.items()}) == []


def test_short_texts_lists_of_records_and_no_texts_are_not_alike(tmp_path):
    ids = " ".join(row["record_id"] for row in CASE.rows("record"))
    answers = {"final_answer": "It was no application.", "slip_report": ids, "explain_rating": " "}
    assert found(tmp_path, {"ann-1": answers, "ben-2": answers}) == []


def test_thirty_with_one_text_are_one_row(tmp_path):
    [row] = found(tmp_path, {f"owl-{n}": {"final_answer": MINE} for n in range(30)})
    assert len(row.codes) == 30


def test_the_same_words_under_other_questions_are_not_compared(tmp_path):
    learners = {"ann-1": {"final_answer": MINE}, "ben-2": {"what_would_change": MINE}}
    assert found(tmp_path, learners) == []


def test_one_group_under_one_code_is_not_alike(tmp_path):
    """Each of them uploaded the one hand-in of their group."""
    marked(tmp_path, CASE, {"team-1": {"final_answer": MINE}})
    [given] = [path for path in (tmp_path / "given").rglob("*.json") if "team-1" in path.name]
    (given.parent / "copy.json").write_bytes(given.read_bytes())
    folder = marked(tmp_path, CASE, {"cy-3": {"final_answer": OTHER}})
    assert alike(folder, CASE) == []


def test_writers_who_know_nothing_of_each_other_are_not_alike():
    """40 classes of 40: at most one in twenty may have a pair by chance; here none has."""
    rng = np.random.default_rng(0)
    classes = [[own_shingles(words(rng, 80), NOTHING) for _ in range(40)] for _ in range(40)]
    assert sum(bool(alike_texts(texts)) for texts in classes) <= 2


def test_a_phrase_that_many_use_makes_nobody_alike():
    rng = np.random.default_rng(1)
    phrase = "as far as anybody can tell from what has been handed down to us until this day"
    texts = [own_shingles(f"{words(rng, 40)} {phrase}", NOTHING) for _ in range(80)]
    assert alike_texts(texts) == []


def test_many_texts_are_not_compared_pair_by_pair():
    """3,000 long texts of five words each unlike the others: no pair is ever looked at."""
    texts = [np.arange(n * 200, n * 200 + 150, dtype=np.uint64) for n in range(3_000)]
    assert alike_texts([*texts, texts[7]])[0].members == (7, 3_000)
    assert len(shingles("one two three four")) == 0


# Wrong answers


def class_of(rng, learners, misunderstandings=0):
    """Which wrong answer each gave to 80 questions (-1: none), nobody knowing of another.

    misunderstandings: of a quarter of the class each, each behind ten of the answers.
    """
    skill = rng.uniform(0.5, 0.9, (learners, 1))
    likely = rng.dirichlet([0.7] * 4, 80)
    drawn = (rng.random((learners, 80, 1)) > likely.cumsum(axis=1)).sum(axis=2).clip(0, 3)
    wrong = np.where(rng.random((learners, 80)) > skill, drawn, -1)
    for _ in range(misunderstandings):
        who, where = rng.random(learners) < 0.25, rng.choice(80, 10, replace=False)
        given = rng.integers(4, size=10)
        holds = who[:, None] & (rng.random((learners, 10)) < 0.85)
        wrong[:, where] = np.where(holds, given, wrong[:, where])
    return wrong


@pytest.mark.parametrize("misunderstandings", [0, 3])
@pytest.mark.parametrize("learners", [12, 30, 100])
def test_a_class_is_called_alike_by_chance_at_most_once_in_twenty(learners, misunderstandings):
    """50 classes of learners who know nothing of each other: at most 2 or 3 may be called alike.

    A misunderstanding that several share is no false alarm either.
    """
    rng = np.random.default_rng(2026)
    classes = (class_of(rng, learners, misunderstandings) for _ in range(50))
    assert sum(bool(alike_pairs(wrong)) for wrong in classes) <= 2


def test_who_takes_over_all_wrong_answers_is_found():
    rng, hits = np.random.default_rng(7), 0
    for _ in range(40):
        wrong = class_of(rng, 60)
        wrong[1] = wrong[0]
        hits += any(pair[:2] == (0, 1) for pair in alike_pairs(wrong))
    assert hits >= 30


def test_what_everybody_gets_wrong_makes_nobody_alike():
    assert alike_pairs(np.zeros((40, 30), int)) == []


def test_of_few_learners_nothing_is_said():
    wrong = np.arange(9)[:, None] * np.ones(30, int)
    wrong[1] = wrong[0]
    assert alike_pairs(wrong) == []
    more = np.vstack([wrong, np.full((1, 30), 9)])
    assert [pair[:2] for pair in alike_pairs(more)] == [(0, 1)]


def test_blocks_of_a_large_class_find_the_same(monkeypatch):
    wrong = class_of(np.random.default_rng(3), 60)
    wrong[[7, 41]] = wrong[[41, 41]]
    whole = alike_pairs(wrong)
    monkeypatch.setattr("teach.measures.similarity.BLOCK", 7)
    assert alike_pairs(wrong) == whole and whole[0][:2] == (7, 41)


def test_wrong_is_what_the_key_does_not_accept_part_by_part():
    stances = {"P1": {"news": "denies", "factcheck": "hedges"}, "P2": {"news": "asserts"}}
    answers = {"stances": stances, "members_1954": 12, "two_clocks": RIGHT["two_clocks"]}
    wrong = wrong_answers(CHECKER, answers)
    assert ("members_1954", ()) in wrong and ("stances", ("P1", "news")) in wrong
    assert ("stances", ("P1", "factcheck")) not in wrong and ("two_clocks", ()) not in wrong
    assert wrong_answers(CHECKER, {"stances": 7, "members_1954": "a", "ratings": {}}) == {}


def test_one_answer_for_every_cell_tells_nothing():
    every = {row: dict.fromkeys(cells, "silent") for row, cells in RIGHT["stances"].items()}
    assert wrong_answers(CHECKER, {"stances": every}) == {}


def answers_of(rng):
    """Answers of a learner who gets many closed questions wrong, in a way of one's own."""
    options = [option.id for option in EXERCISES["stances"].options]
    stances = {
        row: {
            text: str(rng.choice(options)) if rng.random() < 0.4 else cell
            for text, cell in cells.items()
        }
        for row, cells in RIGHT["stances"].items()
    }
    numbers = {
        id: int(rng.integers(1, 40)) for id in ("members_1954", "witness_count", "halo_share")
    }
    return {"stances": stances, **numbers, "recollection_lag": int(rng.integers(1, 30))}


def test_the_same_rare_wrong_answers_are_listed_with_their_exercises(tmp_path):
    rng = np.random.default_rng(5)
    learners = {f"owl-{n}": answers_of(rng) for n in range(40)}
    learners["copy-1"] = learners["owl-3"]
    [row] = found(tmp_path, learners)
    assert (sorted(row.codes), row.what) == (["copy-1", "owl-3"], "wrong answers")
    assert {"stances", "members_1954"} <= set(row.exercises) and row.by_chance < 0.05


# Where it stands


def test_it_stands_in_a_file_of_the_marks_and_on_the_page_for_ones_own_eyes(tmp_path, capsys):
    folder = marked(tmp_path, CASE, {c: {"final_answer": MINE} for c in ("ann-1", "ben-2")})
    before, out = (folder / "marks.csv").read_bytes(), tmp_path / "report.html"
    assert main(["report", str(folder), "--out", str(out)]) == 0
    assert not (folder / ALIKE).exists() and "like?" not in out.read_text(encoding="utf-8")
    assert "Add --codes for a page" in capsys.readouterr().err
    assert main(["report", str(folder), "--codes", "--out", str(out)]) == 0
    [heads, row] = csv.reader((folder / ALIKE).read_text(encoding="utf-8-sig").splitlines())
    assert tuple(heads) == COLUMNS and row[0] == "ann-1 ben-2" and row[-1] == NOTE
    page = out.read_text(encoding="utf-8")
    assert "Which hand-ins are alike?" in page and REASONS in page and WARNING in page
    assert (folder / "marks.csv").read_bytes() == before


def test_no_word_of_it_accuses(tmp_path):
    page = f"{REASONS} {NOTE} {' '.join(COLUMNS)}"
    assert not re.search(r"cheat|plagiar|dishonest|suspect|guilt|fraud|offen[cs]e", page, re.I)
    assert "not copied" in page and "decides nothing" in page


def test_a_class_with_nothing_shared_gets_a_table_without_rows(tmp_path):
    folder = marked(tmp_path, CASE, {"ann-1": {"final_answer": MINE}})
    assert main(["report", str(folder), "--codes", "--out", str(tmp_path / "r.html")]) == 0
    assert len((folder / ALIKE).read_text(encoding="utf-8-sig").splitlines()) == 1
    assert "No two hand-ins share more" in (tmp_path / "r.html").read_text(encoding="utf-8")


# The page of a small class


def test_a_small_class_gets_points_wrong_answers_and_what_waits(tmp_path):
    learners = {
        "ann-1": {"members_1954": 12, "final_answer": MINE},
        "ben-2": {"members_1954": 12, "stances": {"P1": {"news": "denies"}}},
        "cy-3": {"members_1954": 14},
    }
    folder, out = marked(tmp_path, CASE, learners), tmp_path / "r.html"
    assert main(["report", str(folder), "--codes", "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("<section") == 3 and "for your own eyes</h1>" in page
    assert "@top-center" in page and "do not hand it round" in page
    flat = re.sub(r"<[^>]+>", "|", page)
    assert "|Members on the day of the note||3||0||0||3|" in flat.replace("\n", "")
    assert "|Your answer||8||waits||–||–|" in flat.replace("\n", "")
    assert "wait for you to read them: ann-1 (1)" in page
    assert "|Members on the day of the note: 12||2||ann-1, ben-2|" in flat.replace("\n", "")
    assert re.search(r"Who says what\? · .* · [^|]*: [^|]*\|\|1\|\|ben-2", flat.replace("\n", ""))


def test_ten_learners_get_the_report_and_the_list(tmp_path):
    folder = marked(tmp_path, CASE, {f"owl-{n}": {"members_1954": 12} for n in range(10)})
    assert main(["report", str(folder), "--codes", "--out", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "How did each exercise go?" in page and "Whose points are they?" in page


def test_a_database_that_does_not_fit_is_one_sentence(tmp_path, capsys):
    folder = marked(tmp_path, CASE, {"ann-1": {"members_1954": 12}})
    with closing(sqlite3.connect(folder / "marking.sqlite")) as db, db:
        db.execute("UPDATE found SET content = ?", (json.dumps([]),))
    assert main(["report", str(folder), "--codes", "--out", str(tmp_path / "r.html")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_another_case_is_compared_too(tmp_path):
    small = load("tests/cases/small")
    folder = marked(tmp_path, small, {"ann-1": {}, "ben-2": {}})
    assert alike(folder, small) == []
