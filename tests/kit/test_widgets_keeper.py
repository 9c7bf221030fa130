"""The keeper without a browser: a few lines play the page and send what keeper.js sends."""

import json
import subprocess
import sys
import zlib
from unittest import mock

import pytest

import kit
from kit import data, widgets
from kit.journal import Journal, JournalError, read_copy
from kit.journal.lines import Line, now
from kit.widgets import fields, keeper, steps
from tests.kit.journal_checks import code_of

TITLE = "A course"
MAY = "2026-05-05T09:30:00.000Z"
LATER = "2999-05-05T09:30:00.000Z"


class Browser:
    """What keeper.js does with its messages, without a page: it keeps a copy, and answers."""

    def __init__(self, kernel, mirror=(), name="page"):
        self.kernel, self.mirror, self.name = kernel, list(mirror), name
        self.settled, self.offer, self.told = False, None, None
        self.heard = []
        kernel.send = mock.Mock(side_effect=self.hear)

    def say(self, kind, **more):
        self.kernel._handle_custom_msg({"kind": kind, "page": self.name, **more}, [])

    def hello(self):
        total = zlib.adler32("".join(self.mirror).encode())
        self.say("hello", count=len(self.mirror), sum=total, settled=self.settled)
        return self

    def hear(self, message):
        self.heard.append(message)
        kind, ours = message["kind"], message["to"] == self.name
        if kind == "lines" and ((message.get("settled") and ours) or self.settled):
            self.settled, self.offer = True, None
            start, lines = message["start"], message["lines"]
            rest = [line for line in self.mirror[start:] if line not in lines]
            self.mirror = [*self.mirror[:start], *lines, *rest]
        elif kind == "show":
            self.say("mirror", text="".join(self.mirror), settled=self.settled)
        elif kind == "offer":
            self.offer = message["answers"], message["newest"]
        elif kind == "erased":
            self.mirror, self.settled, self.offer = [], True, None
        elif kind == "told" and not self.settled:
            self.hello()
        self.told = message.get("sentence", self.told)


@pytest.fixture
def kernel(journal):
    return keeper.Keeper(journal, TITLE)


def texts(journal):
    return [line.encoded.decode() for line in journal.lines()]


def line(id, value, time=MAY):
    return Line(time, id, value).encoded.decode()


# -- the copy in the browser follows the journal -----------------------------------------------


def test_an_empty_browser_gets_all_lines_and_every_new_one(journal, kernel):
    journal.write("a", 1)
    browser = Browser(kernel).hello()
    assert browser.settled and browser.mirror == texts(journal)
    journal.write("b", "x")
    journal.write("a", None)
    assert browser.mirror == texts(journal)
    assert len(browser.heard[-1]["lines"]) == 1  # only what is new travels
    assert not [message for message in browser.heard if message["kind"] == "show"]


def test_the_page_gets_the_line_that_was_written_without_a_second_encoding(journal, kernel):
    journal.write("a", 1)
    browser = Browser(kernel).hello()
    with mock.patch("kit.journal.lines.json.dumps", side_effect=json.dumps) as dumps:
        line = journal.write("a", 2)
    assert browser.heard[-1]["lines"] == [line.encoded.decode()]
    assert dumps.call_count == 1


def test_a_browser_that_has_a_part_gets_the_rest(journal, kernel):
    for number in range(5):
        journal.write(f"n/{number}", number)
    browser = Browser(kernel, texts(journal)[:3]).hello()
    assert browser.mirror == texts(journal)
    assert len(browser.heard[0]["lines"]) == 2


def test_what_is_told_is_true(journal, kernel):
    browser = Browser(kernel).hello()
    assert browser.heard[-1]["saved"] == "" and browser.heard[-1]["answers"] == 0
    journal.write("a", 1)
    journal.write("hints/a", 1)
    told = browser.heard[-1]
    assert (told["answers"], told["unsaved"], told["problems"]) == (1, 0, [])
    assert told["saved"] == journal.lines()[-1].time <= told["now"] <= now()


def test_a_message_that_comes_twice_changes_nothing(journal, kernel):
    journal.write("a", 1)
    browser = Browser(kernel).hello()
    before = list(browser.mirror)
    for message in list(browser.heard):
        browser.hear(message)
    assert browser.mirror == before


def test_two_notebooks_share_the_copy_and_neither_loses_a_line(journal, kernel):
    other = Journal(journal.path)
    second = keeper.Keeper(other, TITLE)
    one, two = Browser(kernel).hello(), Browser(second, name="other").hello()
    for number in range(4):
        journal.write(f"one/{number}", number)
        two.mirror = list(one.mirror)
        other.write(f"two/{number}", number)
        one.mirror = list(two.mirror)
    assert one.mirror == texts(journal) == texts(other)


def test_what_a_full_disk_refuses_is_in_the_browser(journal, kernel):
    browser = Browser(kernel).hello()
    journal.path.symlink_to("/dev/full")
    with pytest.raises(JournalError):
        journal.write("a", "precious")
    told = browser.heard[-1]
    assert "precious" in browser.mirror[-1]
    assert told["unsaved"] == 1 and "the disk is full" in " ".join(told["problems"])
    journal.path.unlink()
    browser.say("alive")
    assert journal.unsaved == [] and browser.heard[-1]["unsaved"] == 0
    assert Journal(journal.path).answer("a") == "precious"


# -- the question whether the copy is brought back ---------------------------------------------

COPY = [line("a", "old"), line("b", "only in the browser"), line("hints/a", 1)]


def test_an_empty_disk_is_offered_the_copy_and_nothing_is_written_before(journal, kernel):
    browser = Browser(kernel, COPY).hello()
    assert browser.offer == (2, MAY)
    assert not browser.settled and browser.mirror == COPY
    journal.write("a", "new")
    assert browser.mirror == COPY and not journal.answer("b")


def test_bringing_it_back_fills_disk_and_forms_and_keeps_newer_answers(journal, kernel):
    journal.write("a", "new")
    browser = Browser(kernel, COPY).hello()
    with mock.patch("kit.widgets.keeper.show_again") as again:
        browser.say("load", text="".join(browser.mirror))
    assert again.called
    assert journal.state() == {"a": "new", "b": "only in the browser", "hints/a": 1}
    assert browser.settled and browser.offer is None
    assert set(browser.mirror) == set(texts(journal)) >= set(COPY)
    assert "You now have 2 answers" in browser.told


def test_not_mine_leaves_the_disk_as_it_is(journal, kernel):
    journal.write("c", 1)
    browser = Browser(kernel, COPY).hello()
    browser.mirror, browser.settled = [], True
    browser.hello()
    assert browser.mirror == texts(journal) and journal.state() == {"c": 1}


def test_a_copy_that_holds_nothing_new_is_no_question(journal, kernel):
    journal.merge(read_copy("".join(COPY)))
    journal.write("d", 1)
    browser = Browser(kernel, COPY[::-1]).hello()
    assert browser.offer is None and browser.mirror == texts(journal)


def test_a_settled_page_is_not_asked_again(journal, kernel):
    browser = Browser(kernel).hello()
    browser.mirror = [*COPY, *browser.mirror]
    browser.hello()
    assert browser.offer is None and set(COPY) <= set(browser.mirror)


def test_only_the_page_that_asked_is_answered(journal, kernel):
    asking = Browser(kernel, COPY).hello()
    asking.heard.clear()
    kernel._handle_custom_msg(
        {"kind": "hello", "page": "x", "count": 0, "sum": 1, "settled": False}, []
    )
    assert [message["to"] for message in asking.heard] == ["x"]
    assert not asking.settled and asking.mirror == COPY


def test_a_copy_in_the_browser_that_holds_more_than_the_file_is_still_offered(journal, kernel):
    browser = Browser(kernel, COPY).hello()
    browser.say("load", text=COPY[0])
    assert journal.state() == {"a": "old"} and browser.mirror == COPY
    assert browser.offer == (2, MAY) and not browser.settled
    browser.say("load", text="".join(COPY))
    assert browser.settled and browser.offer is None and browser.mirror == texts(journal)


# -- loading -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [str, code_of], ids=["file", "code"])
def test_loading_brings_the_lines_of_a_copy(journal, kernel, form):
    browser = Browser(kernel).hello()
    browser.say("load", text=form("".join(COPY)))
    assert journal.answer("b") == "only in the browser"
    assert browser.mirror == texts(journal)
    assert browser.told.startswith("Taken in. You now have 2 answers")
    browser.say("load", text=form("".join(COPY)))
    assert "here already" in browser.told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (code_of("".join(COPY))[:-30], "cut off"),
        (code_of("".join(COPY))[30:], "cut off"),
        (code_of("".join(COPY)).replace("eJ", "eK"), "changed on the way"),
        ("hello", "no copy of this course's work"),
        ("", "no copy of this course's work"),
    ],
)
def test_what_cannot_be_loaded_is_said_and_changes_nothing(journal, kernel, text, words):
    journal.write("a", 1)
    browser = Browser(kernel).hello()
    browser.say("load", text=text)
    assert words in browser.told and browser.heard[-1]["tone"] == "bad"
    assert journal.state() == {"a": 1}


def test_a_damaged_line_in_a_copy_is_told(journal, kernel):
    browser = Browser(kernel).hello()
    browser.say("load", text="".join(COPY) + "torn")
    assert browser.told.endswith("1 line could not be read.")


def test_typing_that_waits_for_its_pause_is_saved_before_a_copy_is_loaded(journal, kernel):
    form = fields.Form()
    control = form.keep("typed", fields.ipywidgets.Text(), pause=60)
    form.lay_out(control)
    browser = Browser(kernel).hello()
    with mock.patch.object(fields, "later"):
        control.value = "typed last"
    assert journal.answer("typed") is None
    browser.say("load", text=line("typed", "older") + line("b", 1))
    assert journal.answer("typed") == control.value == "typed last"


def test_a_full_disk_while_loading_is_said(journal, kernel):
    journal.path.symlink_to("/dev/full")
    browser = Browser(kernel).hello()
    browser.say("load", text="".join(COPY))
    assert "the disk is full" in browser.told and journal.answer("b") == "only in the browser"


# -- erasing -----------------------------------------------------------------------------------


def test_erasing_blanks_disk_forms_and_browser(journal, kernel):
    form = fields.Form()
    control = form.keep("typed", fields.ipywidgets.Text())
    form.lay_out(control)
    browser = Browser(kernel).hello()
    control.value = "a secret"
    assert journal.answer("typed") == "a secret" and "a secret" in "".join(browser.mirror)
    browser.say("erase")
    assert (control.value, browser.mirror, journal.path.read_bytes()) == ("", [], b"")
    assert "hand" in browser.told and "still there" in browser.told
    control.value = "new"
    assert browser.mirror == texts(journal) and len(browser.mirror) == 1


def test_the_forms_of_another_notebook_are_blank_too(journal, kernel):
    other = Journal(journal.path)
    journal.write("typed", "a secret")
    form = fields.Form()
    control = form.keep("typed", fields.ipywidgets.Text())
    form.lay_out(control)
    browser = Browser(kernel).hello()
    other.erase()
    browser.mirror = []  # the page heard it from the other notebook's page
    browser.hello()
    assert control.value == "" and browser.mirror == []


def typed_and_not_saved(monkeypatch, words):
    """Return a form in which somebody has typed words just now, so that they wait for a pause."""
    monkeypatch.setattr(fields, "later", mock.Mock())
    form = fields.Form()
    control = form.keep("typed", fields.ipywidgets.Text(), pause=fields.PAUSE)
    form.lay_out(control)
    control.value = words
    return form


def test_words_that_somebody_types_stay_where_another_notebook_erases(journal, kernel, monkeypatch):
    journal.write("a", 1)
    browser = Browser(kernel).hello()
    form = typed_and_not_saved(monkeypatch, "half a sent")
    Journal(journal.path).erase()
    browser.hello()
    [field] = form.fields.values()
    assert field.control.value == "half a sent" and "Typing" in form.status.value
    [pause] = fields.later.call_args_list
    pause.args[1]()
    assert journal.state() == {"typed": "half a sent"}


def test_erasing_here_takes_also_what_waits_to_be_saved(journal, kernel, monkeypatch):
    form = typed_and_not_saved(monkeypatch, "half a secret")
    Browser(kernel).hello().say("erase")
    [field] = form.fields.values()
    fields.later.return_value.cancel.assert_called_once_with()
    fields.save_waiting()
    assert (field.control.value, journal.state()) == ("", {})


def test_erasing_that_fails_is_said_and_nothing_is_lost(journal, kernel):
    journal.write("a", 1)
    browser = Browser(kernel).hello()
    with mock.patch("kit.journal.file.JournalFile.empty", side_effect=PermissionError(13, "")):
        browser.say("erase")
    assert browser.told.startswith("Nothing was erased") and browser.mirror == texts(journal)


# -- kit.start ---------------------------------------------------------------------------------


def test_start_opens_the_default_journal_and_shows_one_keeper(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_WORK", str(tmp_path / "mine.jsonl"))
    shown = widgets.start()
    assert shown is widgets.start() and shown.title == data.load().title
    assert (
        kit.journal.current() is shown.journal
        and shown.journal.path.name == shown.file == "mine.jsonl"
    )
    assert not shown.journal.path.exists()


def test_a_version_that_loses_answers_is_named(monkeypatch):
    assert keeper.too_old() == ""
    monkeypatch.setattr(keeper, "version", {"anywidget": "0.9.9", "ipykernel": "7.4.0"}.get)
    assert keeper.too_old() == "anywidget 0.9.9 may lose answers: install 0.9.13 or newer first."


def test_without_widgets_one_sentence_is_shown(kernel, journal):
    bundle, _ = kernel._repr_mimebundle_()
    assert bundle["text/plain"] == repr(kernel) == repr(journal)


def test_a_message_of_another_kind_is_left_alone(kernel):
    kernel._handle_custom_msg({"kind": "dance"}, [])
    kernel._handle_custom_msg({}, [])


def test_starting_loads_no_pandas_and_no_matplotlib():
    code = (
        "import sys, kit; kit.start(); print(*{'pandas', 'numpy', 'matplotlib'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# -- the work of somebody else -------------------------------------------------------------------

NAME, LATE = "handin/code", "2999-05-05T09:30:00.000Z"
THEIRS = [line(NAME, "red-fox", LATE), line("a", "theirs", LATE), line("b", "new", LATE)]


def test_a_classmates_copy_is_asked_about_and_says_what_it_would_change(journal, kernel):
    journal.write(NAME, "blue-tiger")
    journal.write("a", "mine")
    browser = Browser(kernel).hello()
    browser.say("load", text="".join(THEIRS))
    asked = browser.heard[-1]
    assert asked["kind"] == "doubt"
    assert "the work of red-fox, and here blue-tiger is at work" in asked["doubt"]
    assert "1 answer will be new, 1 answer will change" in asked["doubt"]
    assert journal.state() == {NAME: "blue-tiger", "a": "mine"}


def test_what_was_taken_in_can_be_undone_and_stays_undone(journal, kernel):
    journal.write(NAME, "blue-tiger")
    journal.write("a", "mine")
    before = journal.state()
    browser = Browser(kernel).hello()
    browser.say("load", text="".join(THEIRS), sure=True)
    assert journal.answer("a") == "theirs" and browser.heard[-1]["may_undo"]
    browser.say("undo")
    assert journal.state() == Journal(journal.path).state() == before
    assert browser.told == "Undone. Your answers are as they were before."
    assert not browser.heard[-1]["may_undo"]
    assert browser.mirror == texts(journal)


def test_an_undo_leaves_alone_what_was_answered_since(journal, kernel):
    journal.write("a", "mine")
    browser = Browser(kernel).hello()
    browser.say("load", text="".join(THEIRS), sure=True)
    journal.write("b", "since then")
    browser.say("undo")
    assert journal.state() == {"a": "mine", "b": "since then"}


@pytest.mark.parametrize("own", [{}, {NAME: "red-fox", "a": "older"}])
def test_ones_own_copy_is_taken_in_at_once(journal, kernel, own):
    for id, value in own.items():
        journal.write(id, value)
    browser = Browser(kernel).hello()
    browser.say("load", text="".join(THEIRS))
    assert browser.heard[-1]["kind"] == "told" and journal.answer("a") == "theirs"


# -- which notebook this is ----------------------------------------------------------------------


def test_a_lost_cell_of_the_course_is_named_with_its_place(journal, case):
    kernel = keeper.Keeper(journal, TITLE, steps.Progress(journal, case))
    browser = Browser(kernel)
    cells = [cell["id"] for cell in steps.notebooks()["02_compare_the_claims"]["cells"]]
    cells.remove("goals")
    browser.say("hello", count=0, sum=1, settled=False, cells=["own", *cells], file="mine.ipynb")
    place = browser.heard[-1]
    assert place["kind"] == "place"
    assert [(lost["after"], lost["cell"]["id"]) for lost in place["missing"]] == [
        ("title", "goals")
    ]
    browser.say("hello", count=0, sum=1, settled=False, cells=["own"], file="own.ipynb")
    assert browser.heard[-1] is not place and browser.heard[-1]["kind"] != "place"
