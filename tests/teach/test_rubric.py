"""Levels for written answers: whose count, which wait, how markers agree; whatever lies there."""

import csv
import time

import pytest

from kit import data, exercises
from teach.grading import rubric
from teach.grading.marks import WrittenAnswer, written_answers
from teach.grading.rubric import RubricError, agreement, fingerprint, rubric_marks, settled
from tests.made_up_forms import EXERCISES, case_with
from tests.teach.made_up_marks import agreed, marked

WHY = EXERCISES[EXERCISES.index('id = "say"') :].partition("\n\n")[0].replace('"say"', '"why"')
LEARNERS = {f"otter-{n}": {"say": f"Words {n}", "why": f"Reason {n}"} for n in range(9)}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The small case with two written exercises: say, why."""
    folder = tmp_path_factory.mktemp("cases") / "small"
    return case_with(folder, f"{EXERCISES}\n[[exercise]]\n{WHY}")


def give(folder, marker, levels, exercise="say", text="It."):
    """Let a marker give {code: level} to a text, later than all that was given before."""
    time.sleep(0.002)  # times are kept in milliseconds
    journal = rubric.journal(folder, marker)
    for code, level in levels.items():
        value = {"level": level, "note": "", "text": fingerprint(text)}
        journal.write(f"{code}/{exercise}", value)


# Which level counts


def test_an_answer_has_the_level_that_all_who_marked_it_gave(tmp_path):
    assert agreed(tmp_path) == {}
    give(tmp_path, "ada", {"one": 3, "two": 0, "three": 4})
    give(tmp_path, "ben", {"one": 3, "two": 1})
    assert agreed(tmp_path) == {("one", "say"): 3, ("three", "say"): 4}


def test_what_is_settled_goes_before_what_markers_gave(tmp_path):
    give(tmp_path, "ada", {"one": 3, "two": 2})
    give(tmp_path, "ben", {"one": 1, "two": 2})
    give(tmp_path, "agreed", {"one": 2, "two": 4})
    give(tmp_path, "ben", {"one": 3, "two": 3})
    assert agreed(tmp_path) == {("one", "say"): 2, ("two", "say"): 4}


def test_the_newest_level_counts_and_one_taken_back_does_not(tmp_path):
    give(tmp_path, "ada", {"one": 3, "two": 3, "three": 3})
    give(tmp_path, "ada", {"one": 2})
    journal = rubric.journal(tmp_path, "ada")
    journal.write("two/say", None)
    journal.write("three/say", {"level": None, "note": "Hm."})
    assert agreed(tmp_path) == {("one", "say"): 2}


def test_levels_of_an_earlier_text_are_passed_over(tmp_path):
    give(tmp_path, "ada", {"one": 3, "two": 3}, text="First")
    give(tmp_path, "agreed", {"two": 1}, text="First")
    give(tmp_path, "ben", {"one": 1, "two": 4}, text="Second")
    assert agreed(tmp_path) == {("one", "say"): 1, ("two", "say"): 4}
    mark = settled(rubric_marks(tmp_path).marks)["one"]["say"]
    assert mark.fits(fingerprint("Second")) and not mark.fits(fingerprint("First"))
    assert agreement(rubric_marks(tmp_path).marks) == {}


def test_a_level_without_a_fingerprint_fits_any_text(tmp_path):
    rubric.journal(tmp_path, "ada").write("one/say", {"level": 2, "note": ""})
    assert agreed(tmp_path) == {("one", "say"): 2}
    give(tmp_path, "ben", {"one": 2})
    assert agreed(tmp_path) == {("one", "say"): 2}
    assert agreement(rubric_marks(tmp_path).marks)["say"].same == 1


@pytest.mark.parametrize("value", [3, "3", [3], {}, {"level": "3"}, {"level": 5}, {"level": -1},
                                   {"level": True}, {"level": 2.0}, {"note": "3"}])  # fmt: skip
def test_what_is_no_level_leaves_an_answer_waiting(value, tmp_path):
    give(tmp_path, "ada", {"one": 3})
    rubric.journal(tmp_path, "ada").write("one/say", value)
    assert agreed(tmp_path) == {}


def test_ids_of_other_shapes_are_no_answers(tmp_path):
    journal = rubric.journal(tmp_path, "ada")
    for id in ("one", "one/say/level"):
        journal.write(id, {"level": 3})
    assert agreed(tmp_path) == {}


def test_a_code_may_begin_with_a_hyphen(tmp_path):
    give(tmp_path, "ada", {"-7": 3})
    assert agreed(tmp_path) == {("-7", "say"): 3}


def test_damaged_lines_are_skipped_and_named(tmp_path):
    give(tmp_path, "ada", {"one": 3})
    with (tmp_path / "rubric" / "ada.jsonl").open("ab") as file:
        file.write(b"\xff\x00 torn\n")
    give(tmp_path, "ada", {"two": 1})
    with (tmp_path / "rubric" / "ada.jsonl").open("ab") as file:
        file.write(b'{"v":1,"time":"2026')
    (tmp_path / "rubric" / "ben.jsonl").mkdir()
    found = rubric_marks(tmp_path)
    assert {code for code, _ in found.marks} == {"one", "two"}
    assert found.problems == [
        "Line 2 of ada.jsonl could not be read and was skipped.",
        "The last line of ada.jsonl is not complete and was skipped.",
        "ben.jsonl cannot be read because a folder has that name.",
    ]
    assert agreed(tmp_path) == {("one", "say"): 3, ("two", "say"): 1}


@pytest.mark.parametrize("marker", ["", "a", "Ada", "../ada", "a b", "-ada", "a" * 21, None, 7])
def test_a_marker_is_a_short_code(marker, tmp_path):
    with pytest.raises(RubricError, match="Choose a marker code of 2 to 20"):
        rubric.journal(tmp_path, marker)


def test_a_folder_that_takes_no_marks_is_named(tmp_path):
    (tmp_path / "rubric").write_text("")
    with pytest.raises(RubricError, match=r"Marks cannot be kept in .*rubric because"):
        rubric.journal(tmp_path, "ada")


# How markers agree


def test_agreement_counts_answers_marked_twice_and_gives_an_interval(tmp_path):
    give(tmp_path, "ada", {f"c{n}": n % 5 for n in range(20)})
    give(tmp_path, "ben", {f"c{n}": n % 5 if n > 3 else 4 - n for n in range(15)})
    give(tmp_path, "agreed", {"c0": 2})
    found = agreement(rubric_marks(tmp_path).marks)["say"]
    assert (found.answers, found.same, found.open) == (15, 12, 2)  # c2 is 2 both ways
    assert found.alpha.n_units == 15 and found.alpha.n_raters == 2
    assert found.alpha.low <= found.alpha.alpha <= found.alpha.high < 1.01
    assert agreement(rubric_marks(tmp_path).marks)["say"] == found


def test_agreement_is_that_of_ordered_levels(tmp_path):
    near, far = tmp_path / "near", tmp_path / "far"
    for folder, other in ((near, 3), (far, 0)):
        folder.mkdir()
        give(folder, "ada", {f"c{n}": n % 5 for n in range(20)})
        give(folder, "ben", {f"c{n}": n % 5 if n % 5 < 4 else other for n in range(20)})
    alphas = [agreement(rubric_marks(folder).marks)["say"].alpha.alpha for folder in (near, far)]
    assert alphas[0] > alphas[1] + 0.2


def test_few_answers_give_words_and_no_number(tmp_path):
    give(tmp_path, "ada", {"one": 3, "two": 1})
    assert agreement(rubric_marks(tmp_path).marks) == {}
    give(tmp_path, "ben", {"one": 3})
    found = agreement(rubric_marks(tmp_path).marks)["say"]
    assert (found.answers, found.same, found.open, found.alpha.alpha) == (1, 1, 0, None)
    assert found.alpha.note.startswith("undefined: ")


def test_what_was_settled_is_no_third_marker(tmp_path):
    give(tmp_path, "ada", {"one": 3, "two": 2})
    give(tmp_path, "agreed", {"one": 2, "two": 2})
    assert agreement(rubric_marks(tmp_path).marks) == {}


# The texts


def test_every_written_answer_that_counts_is_there_once_in_an_order_of_its_own(case, tmp_path):
    marks = marked(tmp_path, case, LEARNERS | {"empty": {"say": "  "}, "odd": {"say": [1]}})
    found = written_answers(marks, case)
    assert {(text.code, text.exercise): text.text for text in found} == {
        (code, id): text for code, answers in LEARNERS.items() for id, text in answers.items()
    }
    assert [text.exercise for text in found] == ["say"] * 9 + ["why"] * 9
    codes = [text.code for text in found]
    assert codes[:9] != sorted(codes[:9]) and codes[:9] != codes[9:]
    assert written_answers(marks, case) == found


def test_of_several_hand_ins_the_one_that_counts_is_read(case, tmp_path):
    marked(tmp_path, case, {"Otter": {"say": "Late"}}, time="2026-03-06T09:30:00.000Z")
    marks = marked(tmp_path, case, {"otter": {"say": "Early"}})
    assert written_answers(marks, case) == [WrittenAnswer("otter", "say", "Late")]


def test_a_mark_reaches_marks_csv_on_the_next_run_and_stays(case, tmp_path):
    marks = marked(tmp_path, case, {"Otter": {"say": "It."}, "-7": {"say": "It."}})
    assert [row["say"] for row in rows(marks)] == ["", ""]
    for text, level in zip(written_answers(marks, case), (3, 2), strict=True):
        give(marks, "ada", {text.code: level})
    for _ in range(2):
        marked(tmp_path, case, {})
        found = {row["code"]: (row["say"], row["waiting"]) for row in rows(marks)}
        assert sorted(found.values()) == [("2", "0"), ("3", "0")]
    give(marks, "ben", {"otter": 0})
    marked(tmp_path, case, {})
    assert {row["code"]: row["waiting"] for row in rows(marks)} == {"-7": "0", "Otter": "1"}


def test_a_level_does_not_pass_to_another_text_of_the_same_learner(case, tmp_path):
    marks = marked(tmp_path, case, {"otter": {"say": "It."}})
    give(marks, "ada", {"otter": 3})
    marked(tmp_path, case, {"otter": {"say": "Not it."}}, time="2026-03-07T09:30:00.000Z")
    assert [(row["say"], row["waiting"]) for row in rows(marks)] == [("", "1")]
    give(marks, "ada", {"otter": 1}, text="Not it.")
    marked(tmp_path, case, {})
    assert [(row["say"], row["waiting"]) for row in rows(marks)] == [("1", "0")]


def rows(marks):
    with (marks / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_without_marks_says_what_to_run(case, tmp_path):
    for folder in (tmp_path / "nowhere", tmp_path, str(tmp_path)):
        with pytest.raises(RubricError, match=r"no marks in .*: run `python -m teach grade"):
            written_answers(folder, case)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("marking.sqlite", b""),
        ("marking.sqlite", b"no database"),
        ("marks.csv", b"code,receipt\r\notter-1,0123456789\r\n"),
        ("marks.csv", b"code,receipt\r\notter-1\r\n"),
        ("marks.csv", b"kode;receipt\r\notter-1;0\r\n"),
        ("marks.csv", b"code,receipt\r\n\xff,\r\n"),
        ("marks.csv", b"code,receipt\r\n" + b"x" * 200_000),
    ],
)
def test_files_that_do_not_fit_together_are_one_sentence(name, raw, case, tmp_path):
    marks = marked(tmp_path, case, LEARNERS)
    (marks / name).write_bytes(raw)
    with pytest.raises(RubricError, match="cannot be read") as caught:
        written_answers(marks, case)
    assert str(caught.value).endswith("then run `python -m teach grade` again.")


def test_reading_the_texts_changes_nothing(case, tmp_path):
    marks = marked(tmp_path, case, LEARNERS)
    before = {path: path.read_bytes() for path in marks.iterdir() if path.is_file()}
    written_answers(marks, case)
    agreed(marks)
    assert {path: path.read_bytes() for path in marks.iterdir() if path.is_file()} == before
    assert not (marks / "rubric").exists()


def test_a_fingerprint_is_had_of_any_text():
    assert len({fingerprint(text) for text in ("", "a", "\ud800", "Ä", "A\u0308")}) == 5


def test_every_rubric_of_the_course_has_the_levels_that_are_kept():
    known = exercises.load(data.load()).values()
    written = [exercise for exercise in known if exercise.kind == "written"]
    assert {len(exercise.rubric) for exercise in written} == {rubric.HIGHEST + 1}
    assert {len(exercise.samples) for exercise in written} == {rubric.HIGHEST + 1}


# Files of others, and notes

COPIES = ["marker-2 (1).jsonl", "Agreed.jsonl", "marker_2.jsonl", "levels.csv", "ada.jsonl.txt"]


def test_any_file_that_is_not_read_is_named(tmp_path, case):
    marks = marked(tmp_path, case, LEARNERS)
    give(marks, "ada", {"otter-1": 3})
    for name in COPIES:
        (marks / "rubric" / name).write_bytes((marks / "rubric" / "ada.jsonl").read_bytes())
    (marks / "rubric" / "older").mkdir()
    (marks / "rubric" / ".DS_Store").touch()
    problems = rubric_marks(marks).problems
    told = " was not read, and no level in it counts: "
    assert [problem.partition(told)[0] for problem in problems] == sorted([*COPIES, "older"])
    assert all(told in problem for problem in problems)
    marked(tmp_path, case, {})
    with (marks / "needs_a_person.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [row["reason"] for row in csv.DictReader(file) if row["what"] == "marker's file"]
    assert sorted(listed) == sorted(problems)
    assert rubric.markers(marks) == ["ada"]


def note(folder, marker, level, text, **how):
    time.sleep(0.002)
    value = {"level": level, "note": text, "text": fingerprint("Words 1"), **how}
    rubric.journal(folder, marker).write("otter-1/say", value)


def page(folder, case):
    """The learner's page, written anew."""
    marks = marked(folder, case, {})
    return (marks / "feedback" / "otter-1.html").read_text(encoding="utf-8")


def test_notes_reach_the_learners_page_once_the_level_is_settled_and_not_before(tmp_path, case):
    marks = marked(tmp_path, case, LEARNERS)
    note(marks, "ada", 3, "Cites <b>well</b>.", to="learner")
    assert "Written for you: “Cites &lt;b&gt;well&lt;/b&gt;.”" in page(tmp_path, case)
    note(marks, "ben", 1, "Cites nothing.", to="learner")
    assert "Written for you" not in page(tmp_path, case)
    note(marks, "agreed", 3, "We agree.", to="learner")
    assert "Written for you: “Cites &lt;b&gt;well&lt;/b&gt;.” “We agree.”" in page(tmp_path, case)
    assert "Cites nothing" not in page(tmp_path, case)  # it goes with another level


def test_a_note_for_markers_alone_reaches_no_learner(tmp_path, case):
    marks = marked(tmp_path, case, LEARNERS)
    note(marks, "ada", 3, "Ask him where he copied it.")
    assert "level 3 of 4" in page(tmp_path, case) and "copied" not in page(tmp_path, case)
