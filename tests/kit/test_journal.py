import contextlib
import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

import numpy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kit
from kit.journal import Journal, JournalError
from kit.journal.lines import checked
from tests.kit.journal_checks import attempts

KILLER = """
import os, random, signal, sys, time
from kit.journal import Journal

def write_until_killed(pipe, name):
    journal, number = Journal(sys.argv[1]), 0
    while True:
        number += 1
        journal.write(f"{name}/{number}", "x" * 40_000 if number % 3 == 0 else number)
        os.write(pipe, b"%s %d\\n" % (name.encode(), number))

chance = random.Random(7)
for round in range(60):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        write_until_killed(writer, f"round{round}")
    os.close(writer)
    with open(reader, "rb") as acknowledged:
        output = acknowledged.readline()
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        output += acknowledged.read()
    os.waitpid(child, 0)
    sys.stdout.write(output.decode())
"""

WRITER = """
import sys
import tempfile
from kit.journal import Journal
journal, name = Journal(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(200):
    journal.write(f"{name}/{number}", number)
"""

FILLER = """
import json, resource, sys
from kit.journal import Journal, JournalError
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
journal, acknowledged, refused = Journal(sys.argv[1]), [], []
for number in range(20):
    try:
        journal.write(f"n/{number}", number)
        acknowledged.append(number)
    except JournalError as error:
        refused.append(str(error))
in_memory = journal.answer("n")
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
journal.write("n/20", 20)
print(json.dumps([acknowledged, refused, in_memory, len(journal.unsaved)]))
"""


@pytest.fixture
def journal(path):
    return Journal(path)


@pytest.fixture(autouse=True)
def no_current_journal(monkeypatch):
    monkeypatch.setattr(kit.journal, "_current", None)
    monkeypatch.delenv("KIT_WORK", raising=False)


# -- nothing acknowledged is lost --------------------------------------------------------------


def test_kill_at_random_moments_loses_nothing_acknowledged(path):
    run = subprocess.run([sys.executable, "-c", KILLER, path], capture_output=True, check=True)
    acknowledged = [line.split() for line in run.stdout.decode().splitlines()]
    assert len({name for name, _ in acknowledged}) == 60
    kept = Journal(path).answer
    for name, number in acknowledged:
        expected = "x" * 40_000 if int(number) % 3 == 0 else int(number)
        assert kept(f"{name}/{number}") == expected


def test_six_writers_at_once_lose_and_tear_nothing(path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, path, f"writer{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for number in range(6)
    ]
    for process in processes:
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    journal = Journal(path)
    expected = {f"writer{w}/{number}": number for w in range(6) for number in range(200)}
    assert journal.state() == expected
    assert journal.report().problems == []


def test_full_disk_tears_a_line_but_keeps_every_answer(path):
    run = subprocess.run([sys.executable, "-c", FILLER, str(path)], capture_output=True, check=True)
    acknowledged, refused, in_memory, unsaved = json.loads(run.stdout)
    assert acknowledged and refused
    assert acknowledged == list(range(len(acknowledged)))
    assert "the disk is full" in refused[0] and "not lost" in refused[0]
    assert in_memory == {str(number): number for number in range(20)}
    assert unsaved == 0
    journal = Journal(path)
    assert list(journal.answer("n").items()) == [(str(number), number) for number in range(21)]
    assert len(journal.report().problems) == 1  # the torn line is named


def test_full_device_keeps_answers_until_there_is_room(path, journal):
    path.symlink_to("/dev/full")
    for number in (1, 2):
        with pytest.raises(JournalError, match=r"the disk is full.* not lost .*delete files"):
            journal.write("a", number)
    assert journal.answer("a") == 2
    assert journal.report().problems == [
        "2 answers are not saved yet because the disk is full; "
        "keep this notebook open until they are."
    ]
    path.unlink()
    journal.write("b", 3)
    assert journal.unsaved == [] and journal.report().problems == []
    assert [json.loads(line)["value"] for line in path.read_text().splitlines()] == [1, 2, 3]


def test_write_returns_only_after_sync(path, journal):
    calls = []

    def noting(name, function):
        return lambda *args: (calls.append((name, args[0])), function(*args))[1]

    with (
        mock.patch("os.write", noting("write", os.write)),
        mock.patch("os.fsync", noting("fsync", os.fsync)),
    ):
        journal.write("a", 1)
        first, calls[:] = calls[:], []
        journal.write("a", 2)
    assert [name for name, _ in first] == ["write", "fsync", "fsync"]  # file, then its folder
    assert [name for name, _ in calls] == ["write", "fsync"]
    assert calls[0][1] == calls[1][1]


def test_failed_sync_is_not_acknowledged_and_counts_once(journal):
    with (
        mock.patch("os.fsync", side_effect=OSError(errno.EIO, "Input/output error")),
        pytest.raises(JournalError, match="the system says “Input/output error”"),
    ):
        journal.write("a", 1)
    journal.write("b", 2)
    assert journal.state() == {"a": 1, "b": 2}
    assert [value for _, value in attempts(journal, "a")] == [1]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "the file or its folder is read-only"),
        (errno.EACCES, "you have no permission"),
        (errno.ENOENT, "its folder is not there"),
        (errno.EDQUOT, "the disk is full"),
    ],
)
def test_refused_file_is_one_sentence_and_keeps_the_answer(journal, code, words):
    with (
        mock.patch("os.open", side_effect=OSError(code, os.strerror(code))),
        pytest.raises(JournalError) as raised,
    ):
        journal.write("a", 1)
    assert words in str(raised.value)
    assert str(raised.value).count(".") == 2  # the end of the sentence and of my_work.jsonl
    assert raised.value._render_traceback_() == [str(raised.value)]
    assert journal.answer("a") == 1
    assert [line.id for line in journal.unsaved] == ["a"]


def test_folder_in_place_of_the_file(path, journal):
    path.mkdir()
    with pytest.raises(JournalError, match=r"a folder has that name.*rename that folder"):
        journal.write("a", 1)
    assert (
        journal.report().problems[0]
        == "my_work.jsonl cannot be read because a folder has that name."
    )


def test_folder_that_is_not_there(tmp_path):
    journal = kit.journal.open(tmp_path / "gone" / "my_work.jsonl")
    assert journal.report().problems == [
        "my_work.jsonl cannot be written because its folder is not there; put the folder back."
    ]


def test_read_only_folder_says_so_on_opening(path, journal):
    with mock.patch("os.access", return_value=False):
        assert journal.report().problems == [
            "my_work.jsonl cannot be written because the file or its folder is read-only; "
            "copy the whole kit to a folder of your own."
        ]


@pytest.fixture
def nobody():
    """Root may write everywhere: be somebody else while the test runs."""
    root = os.geteuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    yield
    if root:
        os.setresuid(0, 0, 0)


def test_read_only_folder_for_real(nobody):
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "my_work.jsonl")
        os.chmod(folder, 0o500)
        assert len(journal.report().problems) == 1
        with pytest.raises(JournalError, match="no permission"):
            journal.write("a", 1)
        os.chmod(folder, 0o700)
        journal.write("b", 2)
        assert journal.state() == {"a": 1, "b": 2}


def test_opening_again_keeps_what_is_not_saved(path):
    path.symlink_to("/dev/full")
    with pytest.raises(JournalError):
        kit.journal.open(path).write("a", 1)
    assert kit.journal.open(path).answer("a") == 1


# -- what is in the file -----------------------------------------------------------------------


def raw(id, value):
    return checked(id, value).encoded


TORN = raw("torn", "cut off here")[:-12]
FOREIGN = [
    b"not json\n",
    b'"text"\n',
    b"[1, 2]\n",
    b"{}\n",
    b'{"v":1,"time":"t","id":"a"}\n',
    b'{"v":1,"time":"t","id":7,"value":1}\n',
    b'{"v":1,"time":7,"id":"a","value":1}\n',
    b'{"v":true,"time":"t","id":"a","value":1}\n',
    b'{"v":0,"time":"t","id":"a","value":1}\n',
    b'{"v":"2","time":"t","id":"a","value":1}\n',
    b'{"v":1,"time":"t","id":"a//b","value":1}\n',
    b'{"v":1,"time":"t","id":"a","value":NaN}\n',
    b'{"v":1,"time":"t","id":"a","value":1e999}\n',
    b'{"v":1,"time":"t","id":"a","value":"\xff"}\n',
    b'{"v":1,"time":"t","id":"a","value":"\x00"}\n',
    b'{"v":1,"time":"t","id":"a","value":' + b"9" * 5000 + b"}\n",
    b'{"v":1,"time":"t","id":"a","value":' + b"[" * 30 + b"]" * 30 + b"}\n",
    b'{"v":1,"time":"t","id":"a","value":' + b"[" * 100_000 + b"\n",
    b'{"v":1,"time":"t","id":"a","value":"' + b"x" * 1_500_000 + b'"}\n',
    b"\x00" * 4096 + b"\n",
    TORN + b"\n",
]


@pytest.mark.parametrize("line", FOREIGN, ids=lambda line: line[:20].decode("latin-1"))
def test_foreign_line_is_skipped_and_named(path, journal, line):
    path.write_bytes(raw("before", 1) + line + raw("after", 2))
    assert journal.state() == {"before": 1, "after": 2}
    assert journal.report().problems == [
        "Line 2 of my_work.jsonl could not be read and was skipped."
    ]


def test_many_foreign_lines_are_one_sentence(path, journal):
    path.write_bytes(b"x\n" * 12 + raw("a", 1))
    assert journal.report().problems == [
        "Lines 1, 2, 3, 4, 5 and 7 more of my_work.jsonl could not be read and were skipped."
    ]


def test_torn_last_line_never_eats_the_next(path, journal):
    path.write_bytes(raw("a", 1) + TORN)
    assert journal.state() == {"a": 1}
    assert journal.report().problems == [
        "The last line of my_work.jsonl is not complete and was skipped."
    ]
    journal.write("b", 2)
    assert path.read_bytes().count(b"\n") == 3
    assert journal.state() == {"a": 1, "b": 2}
    assert journal.report().problems == [
        "Line 2 of my_work.jsonl could not be read and was skipped."
    ]


def test_line_glued_to_a_torn_one_is_found(path, journal):
    path.write_bytes(TORN + raw("a", 1) + raw("b", 2)[:-1] + raw("c", 3))
    assert journal.state() == {"a": 1, "b": 2, "c": 3}
    assert journal.report().problems == [
        "Line 1 of my_work.jsonl could not be read and was skipped."
    ]


def test_line_still_being_written_is_read_when_it_is_whole(path, journal):
    whole = raw("a", "text")
    path.write_bytes(whole[:20])
    assert journal.state() == {} and journal.report().problems
    path.write_bytes(whole[:-1])
    assert journal.state() == {"a": "text"} and journal.report().problems == []
    path.write_bytes(whole + raw("b", 1))
    assert journal.state() == {"a": "text", "b": 1} and journal.report().problems == []
    assert len(attempts(journal, "a")) == 1


def test_lines_of_a_newer_version_are_kept_and_named(path, journal):
    newer = b'{"v":2,"time":"t","id":"a","value":{"new":1}}\n'
    path.write_bytes(raw("a", 1) + newer * 3)
    assert journal.answer("a") == 1
    assert journal.report().problems == [
        "3 lines were written by a newer version of the kit; update the kit to see them."
    ]
    journal.write("a", 2)
    assert journal.answer("a") == 2
    assert path.read_bytes().count(newer) == 3


def test_windows_line_ends_byte_order_mark_and_blank_lines(path, journal):
    line = '{"v": 1, "time": "t", "id": "note", "value": "Лавров’s é"}'
    path.write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n\r\n" + raw("b", 1))
    assert journal.state() == {"note": "Лавров’s é", "b": 1}
    assert journal.report().problems == []


# -- several notebooks, one file ---------------------------------------------------------------


def test_notebooks_see_each_other_on_the_next_look(path):
    one, other = Journal(path), Journal(path)
    one.write("a", 1)
    assert other.answer("a") == 1
    other.write("a", 2)
    assert one.answer("a") == 2
    assert [value for _, value in attempts(one, "a")] == [1, 2]


def test_only_new_lines_are_read(path, journal):
    for number in range(50):
        journal.write("a", number)
    assert journal.answer("a") == 49
    with mock.patch("kit.journal.file.decoded", side_effect=list) as decoded:
        journal.answer("a")
        assert decoded.call_count == 0
        with path.open("ab") as file:
            file.write(b"\n")
        journal.answer("a")
    assert decoded.call_count == 2  # the blank line, and the nothing after it


def test_write_returns_the_line_as_it_stands_in_the_file(path, journal):
    first, second = journal.write("a", 1), journal.write("a/b", {"c": [True, None]})
    assert path.read_bytes() == first.encoded + second.encoded
    assert journal.lines() == [first, second] == Journal(path).lines()
    assert (first.id, first.value) == ("a", 1)


def test_an_answer_whose_keys_json_changes_is_encoded_as_it_is_read_back(path, journal):
    line = journal.write("a", {1: "lost", "1": "kept"})
    assert line.value == {"1": "kept"} and path.read_bytes() == line.encoded
    assert line.encoded.endswith(b'"value":{"1":"kept"}}\n')


def test_a_line_of_ones_own_is_encoded_once_and_not_read_again(path, journal):
    journal.write("a", 1)
    assert journal.answer("a") == 1
    with (
        mock.patch("kit.journal.lines.json.dumps", side_effect=json.dumps) as dumps,
        mock.patch("kit.journal.file.decoded") as decoded,
    ):
        journal.write("a", 2)
        assert journal.answer("a") == 2
        assert journal.lines()[-1].encoded in path.read_bytes()
    assert (dumps.call_count, decoded.call_count) == (1, 0)
    assert Journal(path).state() == journal.state()


@pytest.mark.parametrize("moment", ["os.open", "os.fsync"])
def test_another_notebook_that_writes_at_the_same_moment_is_taken_in(path, journal, moment):
    other = Journal(path)
    journal.write("a", 1)
    assert journal.answer("a") == other.answer("a") == 1
    real = getattr(os, moment.partition(".")[2])

    def late(*args, **more):
        patched.stop()
        other.write("b", "theirs")
        return real(*args, **more)

    patched = mock.patch(moment, late)
    patched.start()
    journal.write("a", 2)
    assert journal.state() == other.state() == {"a": 2, "b": "theirs"}
    assert b"".join(line.encoded for line in journal.lines()) == path.read_bytes()
    assert journal.report().problems == []


def replaced_by_rename(path, content):
    path.with_suffix(".new").write_bytes(content)
    os.replace(path.with_suffix(".new"), path)


@pytest.mark.parametrize("replace", [Path.write_bytes, replaced_by_rename])
@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_replaced_file_is_read_again(path, journal, replace, count):
    journal.write("a", 1)
    journal.write("b", 2)
    assert len(journal.state()) == 2
    replace(path, b"".join(raw(f"new/{number}", number) for number in range(count)))
    assert journal.state() == {f"new/{number}": number for number in range(count)}
    assert journal.report().problems == [
        "my_work.jsonl was replaced or removed, so it was read again from its first line."
    ]
    journal.write("c", 3)
    assert Journal(path).answer("c") == 3


def test_another_file_with_the_same_end_is_read_again(path, journal):
    ending = raw("b", "x" * 300)
    path.write_bytes(raw("a", 1) + ending)
    assert journal.answer("a") == 1
    replaced_by_rename(path, raw("a", 2) + ending)
    assert journal.answer("a") == 2


def test_removed_file_is_made_again(path, journal):
    journal.write("a", 1)
    assert journal.answer("a") == 1
    path.unlink()
    assert journal.state() == {}
    journal.write("b", 2)
    assert journal.state() == {"b": 2}


# -- the fold ----------------------------------------------------------------------------------

LEAVES = ["a", "b", "c/x", "c/y", "d/x/p", "d/x/q"]
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)
WRITES = st.tuples(st.sampled_from(LEAVES), VALUES) | st.tuples(
    st.sampled_from([*LEAVES, "c", "d", "d/x", "e"]), st.none()
)


@contextlib.contextmanager
def quick_journal():
    """Give a journal that does not wait for the disk, for tests that write very often."""
    with tempfile.TemporaryDirectory() as folder, mock.patch("os.fsync"):
        yield Journal(Path(folder) / "my_work.jsonl")


@settings(max_examples=60)
@given(writes=st.lists(WRITES, max_size=12))
def test_fold_equals_a_dict(writes):
    model = {}
    with quick_journal() as journal:
        for id, value in writes:
            journal.write(id, value)
            if value is None:
                model = {k: v for k, v in model.items() if not f"{k}/".startswith(f"{id}/")}
            else:
                model[id] = value
        for reader in (journal, Journal(journal.path)):
            assert reader.state() == model
            assert {id: reader.answer(id) for id in model} == model
            often = {id: len(attempts(reader, id)) for id, _ in writes}
            assert reader.changes() == {id: count for id, count in often.items() if count}
            assert reader.report().problems == []


LINES = [raw(f"line/{number}", f"value {number}") for number in range(8)]


@settings(max_examples=150)
@given(
    at=st.integers(0, len(b"".join(LINES)) - 1),
    lost=st.integers(0, 90),
    put=st.binary(max_size=20),
)
@example(at=len(LINES[0]) - 1, lost=1, put=b"")
@example(at=len(b"".join(LINES)) - 1, lost=1, put=b"")
def test_damage_costs_no_more_than_the_lines_it_touches(at, lost, put):
    whole = b"".join(LINES)
    with quick_journal() as journal:
        journal.path.write_bytes(whole[:at] + put + whole[at + lost :])
        end, safe = 0, []
        for number, line in enumerate(LINES):
            first, end = end, end + len(line)
            only_the_line_end = at == end - 1 and lost <= 1 and not put
            if at + lost <= first or at >= end or only_the_line_end:
                safe.append(number)
        journal.write("next", "written after the damage")
        for number in safe:
            values = [value for _, value in attempts(journal, f"line/{number}")]
            assert f"value {number}" in values
        assert journal.answer("next") == "written after the damage"
        assert len(journal.report().problems) <= 3


def test_parts_open_up_and_replace_a_whole_answer(journal):
    journal.write("a", {"x": {"p": 1}, "y": 2})
    journal.write("a/x/p", 3)
    assert journal.answer("a") == {"x": {"p": 3}, "y": 2}
    journal.write("a/y", None)
    assert journal.answer("a") == {"x": {"p": 3}}
    journal.write("a", "text")
    assert journal.state() == {"a": "text"}
    journal.write("a/x", None)
    assert journal.state() == {"a": "text"}
    journal.write("a/x", 1)
    assert journal.answer("a") == {"x": 1}


def test_an_answer_that_is_a_dict_stays_one_answer(journal):
    journal.write("chart", {"title": "Members", "lines": [[1, 2]]})
    assert journal.state() == {"chart": {"title": "Members", "lines": [[1, 2]]}}
    assert journal.answer("chart/title") == "Members"


def test_what_is_given_out_is_a_copy(journal):
    value = ["a"]
    journal.write("several", value)
    value.append("b")
    journal.answer("several").append("c")
    journal.state()["several"].append("d")
    assert journal.answer("several") == ["a"]


def test_only_what_changes_an_answer_is_counted(journal):
    for value in (1, 1, True, None, None, 2):
        journal.write("a/b", value)
    journal.write("a", None)
    assert [value for _, value in attempts(journal, "a/b")] == [1, True, None, 2, None]
    assert all(time.endswith("Z") for time, _ in attempts(journal, "a/b"))
    assert journal.changes() == {"a/b": 5}


def test_nothing_answered(journal):
    assert journal.answer("a") is None and journal.answer("a/b") is None
    assert journal.state() == {}
    journal.write("a/b", 1)
    journal.write("a/b", None)
    assert journal.answer("a") is None and journal.state() == {}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (numpy.int64(3), 3),
        (numpy.float32(0.5), 0.5),
        (numpy.bool_(True), True),
        ({"a": (numpy.int8(1), 2)}, {"a": [1, 2]}),
        ("half an emoji \ud83d", "half an emoji \ud83d"),
        ("line\nbreak\u2028", "line\nbreak\u2028"),
    ],
)
def test_values_kept(journal, value, kept):
    journal.write("a", value)
    assert journal.answer("a") == kept
    assert type(journal.answer("a")) is type(kept)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        [float("inf")],
        numpy.float64("nan"),
        numpy.array([1, 2]),
        {1, 2},
        ...,
        object(),
        10**5000,
        "x" * 1_000_000,
        json.loads("[" * 25 + "]" * 25),
    ],
    ids=lambda value: str(type(value)),
)
def test_values_refused_with_a_sentence(path, journal, value):
    with pytest.raises(JournalError, match=r"^Your answer to a/b cannot be kept; .*in all.$"):
        journal.write("a/b", value)
    assert not path.exists() and journal.unsaved == []


@pytest.mark.parametrize("id", ["", "a/", "/a", "a b", "a\nb", 7, None, "/".join("abcdefghi")])
def test_ids_refused_with_a_sentence(journal, id):
    with pytest.raises(JournalError, match=r"^The id .* cannot be kept; "):
        journal.write(id, 1)


# -- opening and showing -----------------------------------------------------------------------


def test_open_makes_no_file_and_sets_the_current_journal(path):
    journal = kit.journal.open(path)
    assert kit.journal.current() is journal is kit.journal.open(path)
    assert not path.exists()


def test_default_is_beside_the_package_or_where_the_environment_says(path, monkeypatch):
    assert (
        kit.journal.current().path
        == Path(kit.journal.__file__).parents[2] / "notebooks" / "my_work.jsonl"
    )
    monkeypatch.setenv("KIT_WORK", str(path))
    assert kit.journal.open().path == path


def test_copy_is_worked_on_and_goes_away(path, monkeypatch):
    Journal(path).write("a", 1)
    before = path.read_bytes()
    monkeypatch.setattr(kit.journal, "_notebooks", lambda: path.parent)
    journal = kit.journal.open(copy_of="my_work.jsonl")
    journal.write("b", 2)
    assert journal.state() == {"a": 1, "b": 2}
    assert path.read_bytes() == before
    assert repr(journal) == (
        "You are working on a copy of my_work.jsonl; your own work stays as it is. "
        "2 answers so far."
    )
    folder = journal.path.parent
    kit.journal._current = None
    del journal
    assert not folder.exists()


def test_copy_of_nothing_is_one_sentence():
    with pytest.raises(JournalError, match=r"^There is no none.jsonl to copy; "):
        kit.journal.open(copy_of="none.jsonl")


def test_display_is_one_calm_line(path, journal):
    assert repr(journal) == "Your work is kept in my_work.jsonl. No answers so far."
    path.write_bytes(raw("a", 1) + b"<b>\n")
    shown = journal._repr_html_()
    assert shown.startswith('<p role="status">Your work is kept in my_work.jsonl. 1 answer so far.')
    assert shown.endswith("Line 2 of my_work.jsonl could not be read and was skipped.</p>")
    assert str(path.parent) not in shown


def test_what_the_kit_notes_down_is_no_answer(journal):
    journal.write("hints/members_1954", 1)
    journal.write("committed/ratings", True)
    assert repr(journal) == "Your work is kept in my_work.jsonl. No answers so far."
    assert journal.answer("hints/members_1954") == 1
