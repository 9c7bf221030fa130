"""What mail and platforms do to a hand-in: read where it can be, said without blame where not."""

import json
import re
from pathlib import Path

import pytest

from kit import journal, submission
from teach import grading
from teach.grading.arrivals import Arrival
from teach.grading.extract import extract
from teach.grading.sources import SourceFile
from tests.teach import damage, mail_damage
from tests.teach.handed_in import CASE, RIGHT, content, notebook, raw

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
EACH = 14
BLAME = re.compile(r"(?i)chang|cheat|tamper|edited|manipulat|forg|on purpose|cannot count")


@pytest.fixture(scope="module")
def tried():
    return damage.tried(EACH, seed=8, kinds=[*mail_damage.READ, *mail_damage.LOST])


def test_hundreds_of_damaged_files_are_marked_exactly_or_listed(tried):
    outcome, changed, _ = tried
    assert sum(map(sum, outcome.values())) >= 500
    assert {kind: counts for kind, counts in outcome.items() if counts[2]} == {}
    assert changed == set()


@pytest.mark.parametrize("kind", mail_damage.READ, ids=lambda kind: kind.__name__)
def test_what_can_be_read_is_read(tried, kind):
    assert tried[0][kind.__name__] == [EACH, 0, 0]


@pytest.mark.parametrize("kind", mail_damage.LOST, ids=lambda kind: kind.__name__)
def test_what_did_not_arrive_whole_is_listed_with_a_sentence_that_blames_nobody(tried, kind):
    assert tried[0][kind.__name__] == [0, EACH, 0]
    place = [*mail_damage.READ, *mail_damage.LOST].index(kind)
    said = [
        text for name, texts in tried[2].items() if name.startswith(f"d{place}-") for text in texts
    ]
    assert len(said) >= EACH
    for sentence in said:
        assert "arrive whole" in sentence or "cut off" in sentence or "no pen name" in sentence
        assert not BLAME.search(sentence)


def found(name, bytes_):
    return extract(SourceFile(f"in/{name}", name, Arrival(), "", lambda: bytes_))


def test_only_whole_content_with_another_hash_is_said_to_be_changed():
    whole = {**content("owl"), "time": "2026-03-07T09:30:00.000Z"}
    assert [each.what for each in found("a.json", raw(whole))] == ["changed"]
    assert [each.what for each in found("a.txt", submission.as_code(whole).encode())] == ["changed"]
    for cut in (raw(whole)[:-9], submission.as_code(whole)[:-40].encode()):
        assert {each.what for each in found("a.txt", cut)} == {"unreadable"}


@pytest.fixture
def work(tmp_path):
    """Return a journal with answers and a code, as notebooks write it."""
    work = journal.Journal(tmp_path / "my_work.jsonl")
    for id in ("members_1954", "final_answer", "members_1954"):
        work.write(id, 99 if work.answer(id) is None and id == "members_1954" else RIGHT[id])
    work.write("handin/code", "owl-3")
    return work


def test_a_journal_holds_the_answers_that_would_have_been_packed(work):
    packed = submission.load(submission.pack(work, CASE, "owl-3").path)
    [one] = found("my_work.jsonl", work.path.read_bytes())
    assert one.content["answers"] == packed["answers"]
    assert (one.content["code"], one.content["time"]) == ("owl-3", work.report().saved)


def marked(folder, out):
    grading.grade([folder], out, CASE)
    return damage._table(out / "marks.csv"), damage._table(out / "needs_a_person.csv")


def test_a_journal_is_marked_and_listed_until_there_is_a_hand_in(work, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "my_work.jsonl").write_bytes(work.path.read_bytes())
    [row], [person] = marked(folder, tmp_path / "out")
    assert (row["code"], row["members_1954"], person["what"]) == ("owl-3", "3", "journal")
    assert "handin-<code>.json" in person["what_to_do"]
    (folder / "handin-owl-3.json").write_bytes(raw(content("owl-3")))
    [row], persons = marked(folder, tmp_path / "out")
    assert (row["points"], persons) == ("80", [])


def test_the_line_of_a_journal_made_for_pasting_is_read_and_a_cut_one_is_listed(work):
    from kit.journal.copies import END, START, compressed

    line = f"{START}{compressed(work.path.read_text())}{END}"
    assert [each.content["code"] for each in found("a.txt", f"Hi!\n{line}\nBye".encode())] == [
        "owl-3"
    ]
    [one] = found("a.txt", line[:-40].encode())
    assert (one.what, "arrive whole" in one.reason) == ("journal", True)


def test_a_journal_without_a_pen_name_says_what_to_ask_for(work):
    lines = work.path.read_bytes().splitlines(keepends=True)
    [one] = found("my_work.jsonl", b"".join(lines[:-1]))
    assert one.what == "journal"
    assert "notebook 06" in one.reason and "handin-<code>.json" in one.reason


def test_of_a_notebook_that_is_cut_off_what_is_whole_counts_and_it_is_said():
    book = notebook(submission.as_code(content("owl")), "x" * 500)
    one, other = found("06.ipynb", book[:-300])
    assert one.content == content("owl")
    assert (other.what, other.reason) == (
        "unreadable", "This notebook did not arrive whole: it is cut off or damaged."
    )  # fmt: skip


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.rglob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_of_the_course_without_a_hand_in_holds_none_and_no_fault(path):
    assert [each.what for each in found(path.name, path.read_bytes())] == ["no hand-in"]


def test_prose_about_answers_is_no_damaged_hand_in():
    prose = 'Your "answers" {all of them}, and how many attempts: three.'
    assert [each.what for each in found("a.txt", prose.encode())] == ["no hand-in"]


def test_several_hand_ins_in_one_mail_are_all_read():
    text = f"{raw(content('owl')).decode()}\n---\n{json.dumps(content('fox'))}\nBye {{x}}"
    assert [each.content["code"] for each in found("mail.txt", text.encode())] == ["owl", "fox"]


@pytest.mark.parametrize(
    "bytes_",
    [
        b"{" * 300_000,
        b'{"answers":' * 30_000,
        b"<a" * 300_000,
        b"kit-handin:" * 100_000,
        (b"A" * 70 + b" " * 400_000 + b"!"),
        b"=\n" * 200_000 + b"answers",
        b" " * 400_000 + b"kit-handin:" + b"-" * 100_000 + b"end-of-handin",
        b"From: x\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 2_000,
        b"&amp;" * 100_000 + b"answers {",
        b"\x1f\x8b" + bytes(100),
    ],
    ids=lambda bytes_: repr(bytes_[:12]),
)
def test_text_made_to_break_a_reader_is_listed(bytes_):
    assert [each.content for each in found("a.txt", bytes_)][:1] == [None]
