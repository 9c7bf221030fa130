import errno
import json
import os
from types import SimpleNamespace
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kit
from kit import exercises, submission
from kit.journal import Journal, JournalError

CASE = SimpleNamespace(title="An invented case")


def made_up(kind, title, **asks):
    return exercises.Exercise("", "", kind, 1, title, "", **asks)


ROWS = {
    "rows": (exercises.Choice("forum", "Forum"),),
    "columns": (exercises.Choice("title", "Title"), exercises.Choice("author", "Author")),
}
EXERCISES = {
    "printed": made_up("matrix", "What is printed", **ROWS),
    "members": made_up("number", "Members"),
    "report": made_up("written", "Your report"),
    "final": made_up("written", "Your answer"),
}


@pytest.fixture(autouse=True)
def invented_exercises(monkeypatch):
    monkeypatch.setattr(exercises, "load", lambda case: EXERCISES)


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "my_work.jsonl")
    journal.write("printed/forum/title", "printed")
    journal.write("printed/forum/title", "missing")
    journal.write("printed/forum/author", "printed")
    journal.write("report", "Two texts … “raised”, half an emoji \ud83d")
    journal.write("members", 0)
    return journal


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    journal = Journal(tmp_path_factory.mktemp("packed") / "my_work.jsonl")
    journal.write("members", 14)
    return submission.pack(journal, CASE, "otter")


def still_open(parts):
    return [exercise.title for exercise, given, asked in parts if given < asked]


def test_summary_counts_and_names_what_is_open(journal):
    found = submission.summary(journal, CASE)
    assert submission.counted(found) == "2 of 2 answered; 1 of 2 written"
    assert still_open(found) == ["Your answer"]
    journal.write("final", "   ")
    assert still_open(submission.summary(journal, CASE)) == ["Your answer"]
    journal.write("final", "Raised, yes <b>.")
    found = submission.summary(journal, CASE)
    assert submission.counted(found) == "2 of 2 answered; 2 of 2 written"
    assert still_open(found) == []


def test_summary_of_an_empty_journal(tmp_path):
    found = submission.summary(Journal(tmp_path / "none.jsonl"), CASE)
    assert len(found) == 4 and not any(part.given for part in found)
    assert submission.counted(found) == "0 of 2 answered; 0 of 2 written"


def test_a_half_filled_grid_is_begun_and_not_answered(tmp_path):
    journal = Journal(tmp_path / "my_work.jsonl")
    journal.write("printed/forum/title", "printed")
    found = submission.summary(journal, CASE)
    assert [part[1:] for part in found if part.given] == [(1, 2)]
    assert submission.counted(found) == "0 of 2 answered; 1 begun; 0 of 2 written"
    assert still_open(found)[0] == "What is printed"


def test_the_last_hand_in_is_found_again_and_knows_whether_answers_changed(journal):
    assert submission.last(journal, "otter") is None
    receipt = submission.pack(journal, CASE, "otter")
    journal.write("hints/members", 1)
    assert submission.last(journal, "otter") == (receipt, True)
    journal.write("members", 15)
    assert submission.last(journal, "otter") == (receipt, False)
    receipt.path.write_text("{}")
    assert submission.last(journal, "otter") is None


def test_summary_of_the_course(tmp_path, monkeypatch):
    monkeypatch.undo()
    found = submission.summary(Journal(tmp_path / "none.jsonl"), kit.data.load())
    assert len(found) == len(still_open(found)) > 0


def test_pack_holds_the_answers_and_how_often_they_changed(journal, tmp_path):
    receipt = submission.pack(journal, CASE, "otter-7")
    assert receipt.path == tmp_path / "handin-otter-7.json"
    content = json.loads(receipt.path.read_text())
    assert content["answers"] == {
        "printed": {"answer": {"forum": {"title": "missing", "author": "printed"}}, "attempts": 3},
        "report": {"answer": "Two texts … “raised”, half an emoji \ud83d", "attempts": 1},
        "members": {"answer": 0, "attempts": 1},
    }
    assert (content["case"], content["kit"]) == ("An invented case", kit.__version__)
    assert (content["code"], content["time"]) == ("otter-7", receipt.time)
    assert content["hash"].startswith(receipt.hash) and len(receipt.hash) == 10
    assert submission.receipt_of(submission.load(receipt.path), receipt.path) == receipt


def test_pack_holds_nothing_personal(journal):
    text = submission.pack(journal, CASE, "otter-7").path.read_text()
    assert str(journal.path.parent) not in text and journal.path.name not in text
    assert set(json.loads(text)) == {"v", "kit", "case", "code", "time", "answers", "hash"}


def test_packing_again_replaces_the_file_and_leaves_nothing_else(journal, tmp_path):
    first = submission.pack(journal, CASE, "otter", folder=tmp_path)
    journal.write("members", 14)
    second = submission.pack(journal, CASE, "otter", folder=tmp_path)
    assert second.path == first.path and second.hash != first.hash
    assert sorted(os.listdir(tmp_path)) == ["handin-otter.json", "my_work.jsonl"]


def test_answers_not_saved_yet_are_handed_in(journal, tmp_path):
    with (
        mock.patch("os.open", side_effect=OSError(errno.EROFS, "Read-only file system")),
        pytest.raises(JournalError),
    ):
        journal.write("final", "kept in memory")
    content = json.loads(submission.pack(journal, CASE, "otter").path.read_text())
    assert content["answers"]["final"] == {"answer": "kept in memory", "attempts": 1}


@pytest.mark.parametrize(
    "code", ["", "a", "a" * 21, "../up", "a/b", "a b", "a.b", "naïve", "a\n", "ab\0", None, 42]
)
def test_unsafe_code_is_refused(journal, tmp_path, code):
    with pytest.raises(
        submission.SubmissionError, match=r"^Choose a pen name of 2 to 20 letters .*spaces\.$"
    ):
        submission.pack(journal, CASE, code)
    assert os.listdir(tmp_path) == ["my_work.jsonl"]


@pytest.mark.parametrize(
    ("name", "number"), [("os.replace", errno.EACCES), ("os.fsync", errno.ENOSPC)]
)
def test_failed_pack_keeps_the_earlier_file(journal, tmp_path, name, number):
    first = submission.pack(journal, CASE, "otter")
    journal.write("members", 14)
    with (
        mock.patch(name, side_effect=OSError(number, os.strerror(number))),
        pytest.raises(
            submission.SubmissionError, match=r"not written because .* your answers are safe"
        ),
    ):
        submission.pack(journal, CASE, "otter")
    assert submission.receipt_of(submission.load(first.path), first.path) == first
    assert sorted(os.listdir(tmp_path)) == ["handin-otter.json", "my_work.jsonl"]


def test_what_was_written_is_read_back(journal):
    submission.pack(journal, CASE, "otter")
    journal.write("members", 14)
    with (
        mock.patch("os.replace"),  # the disk says yes and keeps the earlier file
        pytest.raises(
            submission.SubmissionError, match=r"does not hold what was handed in; hand in again"
        ),
    ):
        submission.pack(journal, CASE, "otter")


def test_pack_into_a_folder_that_is_not_there(journal, tmp_path):
    with pytest.raises(submission.SubmissionError, match="its folder is not there"):
        submission.pack(journal, CASE, "otter", folder=tmp_path / "gone")


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"7", b"null", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"hash":"0"}', b"\x00" * 99],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_no_hand_in_is_one_sentence(tmp_path, content):
    path = tmp_path / "handin-x1.json"
    path.write_bytes(content)
    with pytest.raises(
        submission.SubmissionError, match=r"^handin-x1.json did not arrive whole"
    ) as told:
        submission.receipt_of(submission.load(path), path)
    assert told.value.reason == "unreadable"


def test_missing_hand_in_is_one_sentence(tmp_path):
    with pytest.raises(submission.SubmissionError, match=r"^none.json cannot be read because "):
        submission.load(tmp_path / "none.json")


def test_windows_copy_is_still_sound(journal):
    receipt = submission.pack(journal, CASE, "otter")
    text = receipt.path.read_bytes()
    receipt.path.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert submission.receipt_of(submission.load(receipt.path), receipt.path) == receipt


@settings(max_examples=200)
@given(at=st.integers(0), byte=st.integers(0, 255))
@example(at=1, byte=ord(" "))  # a line end less, which changes no answer
def test_no_changed_byte_changes_an_answer_unseen(packed, at, byte):
    whole = packed.path.read_bytes()
    at %= len(whole)
    changed = packed.path.with_name("handin-changed.json")
    changed.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    try:
        assert submission.receipt_of(submission.load(changed), changed).hash == packed.hash
        assert json.loads(changed.read_bytes()) == json.loads(whole)
    except submission.SubmissionError as error:
        assert str(error).startswith("handin-changed.json ") and error.reason


def test_receipt_shows_no_folder(journal):
    receipt = submission.pack(journal, CASE, "otter")
    when = receipt.time[:16].replace("T", " ")
    told = f"Handed in as handin-otter.json. Receipt {receipt.hash}, {when} UTC."
    assert repr(receipt) == told
