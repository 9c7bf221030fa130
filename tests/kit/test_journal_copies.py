"""Copies of a learner's work: two journals become one, a code travels, all is erased."""

import base64
import contextlib
import errno
import tempfile
import zlib
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.journal import Journal, JournalError, copies, read_copy
from kit.journal.lines import Line, fold, leaves
from tests.kit.journal_checks import attempts, code_of

IDS = ["a", "b", "c", "c/x", "c/y", "d/x", "d/x/p", "d/x/q", "hints/a"]
VALUES = st.none() | st.integers(0, 3) | st.just({"x": 1, "y": 2}) | st.text(max_size=3)


def at(second):
    return f"2026-03-05T09:{second // 60:02}:{second % 60:02}.000Z"


@st.composite
def two_copies(draw):
    """Two copies of one work that went apart: lines with times of their own, some in both."""
    made = draw(
        st.lists(st.tuples(st.sampled_from(IDS), VALUES, st.sampled_from("123")), max_size=14)
    )
    lines = [(Line(at(second), id, value), where) for second, (id, value, where) in enumerate(made)]
    return [line for line, where in lines if where in "13"], [
        line for line, where in lines if where in "23"
    ]


@contextlib.contextmanager
def journals(*copies):
    """Give a journal on a file of its own for each list of lines; no waiting for the disk."""
    with tempfile.TemporaryDirectory() as folder, mock.patch("os.fsync"):
        made = [Journal(Path(folder) / f"{number}.jsonl") for number in range(len(copies))]
        for journal, lines in zip(made, copies, strict=True):
            journal.path.write_bytes(b"".join(line.encoded for line in lines))
        yield made


def answers(lines):
    return dict(leaves(fold(lines)))


# -- two copies become one ---------------------------------------------------------------------


@settings(max_examples=200)
@given(two_copies())
def test_merging_either_way_gives_the_same_and_loses_nothing(both):
    one, other = both
    with journals(one, other) as (here, there):
        before = here.lines()
        new = here.merge(there.lines())
        there.merge(before)
        assert new == len([line for line in other if line not in one])
        assert here.state() == there.state() == answers(_united(one, other))
        for line in one + other:
            assert line in here.lines() and line in there.lines()
        for reader in (here, Journal(here.path)):
            assert reader.state() == there.state()
            assert reader.report().problems == []


def _united(one, other):
    """All lines in order of time, as if there had never been two copies."""
    return sorted(one + [line for line in other if line not in one], key=lambda line: line.time)


@settings(max_examples=60)
@given(two_copies())
def test_merging_again_changes_nothing(both):
    with journals(*both) as (here, there):
        here.merge(there.lines())
        content, state = here.path.read_bytes(), here.state()
        assert here.merge(there.lines()) == here.merge(here.lines()) == 0
        assert (here.path.read_bytes(), here.state()) == (content, state)


@settings(max_examples=60)
@given(two_copies(), st.sampled_from(IDS))
def test_what_is_answered_after_a_merge_counts(both, id):
    with journals(*both) as (here, there):
        here.merge(there.lines())
        here.write(id, "last")
        assert here.answer(id) == Journal(here.path).answer(id) == "last"


@settings(max_examples=60)
@given(two_copies())
def test_an_id_is_lost_only_when_a_newer_line_erased_or_replaced_it(both):
    with journals(*both) as (here, there):
        here.merge(there.lines())
        for line in here.lines():
            related = [
                other
                for other in here.lines()
                if other.time > line.time and _touch(other.id, line.id)
            ]
            if not related and line.value is not None:
                assert here.answer(line.id) is not None


def _touch(one, other):
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def test_an_older_copy_overwrites_nothing_and_its_attempts_stay(journal):
    journal.merge([Line(at(10), "a", "newer")])
    assert journal.merge([Line(at(5), "a", "older"), Line(at(6), "b", "only there")]) == 2
    assert journal.state() == {"a": "newer", "b": "only there"}
    assert [value for _, value in attempts(journal, "a")] == ["older", "newer"]


def test_a_newer_copy_brings_its_answers_and_what_it_erased(journal):
    journal.merge([Line(at(1), "a", 1), Line(at(2), "c/x", 1), Line(at(3), "c/y", 1)])
    journal.merge([Line(at(4), "a", 2), Line(at(5), "c", None), Line(at(6), "c/x", 3)])
    assert journal.state() == {"a": 2, "c/x": 3}


def test_a_third_copy_is_judged_by_its_own_times(journal):
    journal.merge([Line(at(20), "b", 2)])
    journal.merge([Line(at(5), "a", 1)])
    journal.merge([Line(at(15), "a", 7)])
    journal.merge([Line(at(10), "a", 3)])
    assert journal.answer("a") == 7


def test_a_clock_set_back_makes_no_answer_older(journal):
    journal.merge([Line("2099-01-01T00:00:00.000Z", "a", "from a wrong clock")])
    for value in (1, 2, 3):
        journal.write("a", value)
        assert journal.answer("a") == Journal(journal.path).answer("a") == value


def test_a_time_that_is_no_time_is_older_than_all(journal, path):
    path.write_bytes(b'{"v":1,"time":"zzz","id":"a","value":1}\n')
    assert journal.answer("a") == 1
    journal.merge([Line(at(1), "a", 2), Line("later", "a", 3)])
    assert journal.answer("a") == 2
    journal.write("a", 4)
    assert journal.answer("a") == 4 and journal.lines()[-1].time < "2999"


def test_another_open_journal_sees_the_merge(journal, path):
    other = Journal(path)
    other.write("a", "new")
    assert other.answer("a") == "new"
    journal.merge([Line(at(1), "a", "old"), Line(at(2), "b", 1)])
    assert other.state() == {"a": "new", "b": 1}


def test_merging_many_lines_syncs_a_few_times_only(journal):
    with mock.patch("os.fsync") as synced:
        journal.merge([Line(at(n), f"n/{n}", n) for n in range(1000)])
    assert synced.call_count < 10
    assert len(Journal(journal.path).state()) == 1000


def test_a_full_disk_is_told_and_the_lines_are_kept(journal, path):
    path.symlink_to("/dev/full")
    with pytest.raises(JournalError, match=r"the disk is full"):
        journal.merge([Line(at(2), "a", 2), Line(at(1), "a", 1)])
    assert journal.state() == {"a": 2}
    assert len(journal.unsaved) == 2
    path.unlink()
    journal.write("b", 1)
    assert Journal(path).state() == {"a": 2, "b": 1}


# -- lines and listeners -----------------------------------------------------------------------


def test_lines_are_those_of_the_file_then_those_not_saved(journal, path):
    journal.write("a", 1)
    with (
        mock.patch("os.open", side_effect=OSError(errno.ENOSPC, "")),
        pytest.raises(JournalError),
    ):
        journal.write("b", 2)
    Journal(path).write("c", 3)
    assert [line.id for line in journal.lines()] == ["a", "c", "b"]


def test_a_list_given_out_is_a_copy(journal):
    journal.write("a", 1)
    journal.lines().clear()
    assert len(journal.lines()) == 1


def test_listeners_hear_every_change_after_it_happened(journal):
    heard = []
    journal.on_change(lambda: heard.append((journal.state(), len(journal.unsaved))))
    journal.write("a", 1)
    journal.merge([Line(at(1), "b", 2)])
    with (
        mock.patch("os.open", side_effect=OSError(errno.ENOSPC, "")),
        pytest.raises(JournalError),
    ):
        journal.write("c", 3)
    journal.erase()
    assert heard == [({"a": 1}, 0), ({"a": 1, "b": 2}, 0), ({"a": 1, "b": 2, "c": 3}, 1), ({}, 0)]


def test_marks_and_tags_are_no_answers(journal):
    journal.write("marks/blog", {"3": "marked"})
    journal.write("tags/blog", {"3": "hedge"})
    assert journal.report().answers == 0
    journal.write("a", 1)
    assert journal.report().answers == 1


# -- erasing -----------------------------------------------------------------------------------


def test_erasing_empties_file_and_memory(journal, path):
    journal.write("a", "a secret")
    with (
        mock.patch("os.open", side_effect=OSError(errno.ENOSPC, "")),
        pytest.raises(JournalError),
    ):
        journal.write("b", 2)
    journal.erase()
    assert path.read_bytes() == b""
    assert (journal.state(), journal.lines(), journal.unsaved) == ({}, [], [])
    assert attempts(journal, "a") == [] and journal.report().problems == []
    journal.write("c", 3)
    assert Journal(path).state() == journal.state() == {"c": 3}
    assert journal.report().problems == []


def test_erasing_what_is_not_there(journal, path):
    journal.erase()
    assert not path.exists() and journal.state() == {}


@pytest.mark.parametrize("count", [0, 1, 3, 9])
def test_another_open_journal_sees_that_all_was_erased(journal, path, count):
    other = Journal(path)
    for number in range(3):
        journal.write(f"old/{number}", "x" * 30)
    assert len(other.state()) == 3
    journal.erase()
    for number in range(count):
        journal.write(f"new/{number}", number)
    assert other.state() == {f"new/{number}": number for number in range(count)}
    assert attempts(other, "old/1") == []
    other.write("b", 1)
    assert journal.answer("b") == 1


def test_erasing_that_fails_is_one_sentence_and_erases_nothing(journal, path):
    journal.write("a", 1)
    with (
        mock.patch("kit.journal.file.JournalFile.empty", side_effect=OSError(errno.EROFS, "")),
        pytest.raises(JournalError, match=r"^Nothing was erased from my_work.jsonl because .*\.$"),
    ):
        journal.erase()
    assert journal.state() == {"a": 1}


# -- a copy as text and as code ----------------------------------------------------------------


@pytest.fixture
def text(journal, path):
    for number in range(30):
        journal.write(f"n/{number}", f"Лавров’s answer {number}")
    return path.read_text()


def test_a_file_and_a_code_give_the_same_lines(journal, text):
    assert read_copy(text) == read_copy(code_of(text)) == journal.lines()
    assert copies.damaged(text) == copies.damaged(code_of(text)) == 0


def test_a_code_may_be_wrapped_and_stand_in_a_letter(journal, text):
    code = code_of(text)
    wrapped = "\r\n".join(code[n : n + 7] for n in range(0, len(code), 7))
    assert read_copy(f"Hello me,\n\n{wrapped}\n\nBye") == journal.lines()


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_code_cut_off_is_named_as_such(text, share):
    code = code_of(text)
    for cut in (code[: int(len(code) * share)], code[-int(len(code) * share) :]):
        if len(cut) > 12:
            with pytest.raises(JournalError, match=r"^The line is cut off: copy all of it, "):
                read_copy(cut)


def test_a_code_changed_anywhere_is_named_as_such(text):
    code = code_of(text)
    for place in range(len("kit-work:"), len(code) - len(":end-of-work")):
        changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        try:
            assert read_copy(changed) == read_copy(code)  # a bit that carries nothing
        except JournalError as error:
            assert "changed on the way" in str(error)


@pytest.mark.parametrize("without", [1, 2, 40])
def test_a_code_without_its_middle_is_named_as_such(text, without):
    code = code_of(text)
    with pytest.raises(JournalError, match=r"changed on the way"):
        read_copy(code[:50] + code[50 + without :])


@pytest.mark.parametrize("foreign", ["", "hello", "{}", "[1]", "\x00", "[[" * 9999, "a,b\n1,2\n"])
def test_what_is_no_copy_is_named_as_such(foreign):
    for text in (foreign, code_of(foreign)):
        with pytest.raises(JournalError, match=r"^This is no copy of this course's work: "):
            read_copy(text)


def test_a_code_that_would_fill_the_memory_is_refused():
    bomb = base64.b64encode(zlib.compress(b"x" * 300_000_000, 9)).decode()
    with pytest.raises(JournalError, match=r"more than 20,000,000 characters"):
        read_copy(f"kit-work:{bomb}:end-of-work")


def test_damaged_lines_are_skipped_and_counted(journal, text):
    cut = text[:-20]
    assert read_copy(cut) == journal.lines()[:-1]
    assert copies.damaged(cut) == 1


def test_an_answer_that_quotes_a_code_is_an_answer(journal):
    journal.write("a", code_of("x"))
    assert read_copy(journal.path.read_text()) == journal.lines()


def test_windows_line_ends_and_a_byte_order_mark(journal, text):
    assert read_copy("\ufeff" + text.replace("\n", "\r\n")) == journal.lines()
