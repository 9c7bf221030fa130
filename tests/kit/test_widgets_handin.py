"""The hand-in form: what is open, a question, a receipt that stays, a notebook to be marked."""

import json

import ipywidgets
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from kit import exercises, submission, widgets
from tests.made_up_forms import control, inside, press
from tests.pace import PACE

pytestmark = pytest.mark.usefixtures("journal")


def hand_in(form, code="blue-tiger-7"):
    control(form, "handin/code").value = code
    press(form, "Hand in my work")
    press(form, "Yes, hand in")


def is_asking(form):
    shown = form.choice.layout.display != "none"
    assert shown == bool(form.question.value)
    return shown


def test_the_hand_in_is_written_with_a_receipt(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    press(form, "Hand in my work")
    assert "! Not handed in. Choose a pen name" in form.receipt.value
    assert not is_asking(form)
    hand_in(form)
    path = journal.path.parent / "handin-blue-tiger-7.json"
    assert repr(submission.receipt_of(submission.load(path), path)) in form.receipt.value
    assert f"in the folder {path.parent}" in form.receipt.value
    assert control(widgets.handin(case), "handin/code").value == "blue-tiger-7"


def test_nothing_is_written_before_the_learner_says_yes(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    control(form, "handin/code").value = "blue-tiger-7"
    press(form, "Hand in my work")
    assert is_asking(form)
    press(form, "Not yet")
    assert not is_asking(form)
    assert list(journal.path.parent.glob("handin-*")) == []
    press(form, "Hand in my work")
    press(form, "Yes, hand in")
    assert not is_asking(form)
    assert [path.name for path in journal.path.parent.glob("handin-*")] == [
        "handin-blue-tiger-7.json"
    ]


def test_the_question_says_what_is_handed_in_and_what_is_open(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    control(form, "handin/code").value = "otter"
    press(form, "Hand in my work")
    found = submission.summary(journal, case)
    assert "Hand in as otter?" in form.question.value
    assert submission.counted(found) in form.question.value
    titles = [exercise.title for exercise, given, asked in found if given < asked]
    assert titles and all(title in form.question.value for title in titles)
    control(form, "handin/code").value = "blue-otter"
    assert "Hand in as blue-otter?" in form.question.value


def test_the_question_is_asked_once_also_when_nothing_is_open(case, journal, monkeypatch):
    monkeypatch.setattr(exercises, "load", lambda case: {})
    form = widgets.handin(case)
    control(form, "handin/code").value = "otter"
    press(form, "Hand in my work")
    assert is_asking(form) and "Nothing is open." in form.question.value


def test_the_error_of_an_earlier_press_goes_when_the_question_comes(case):
    form = widgets.handin(case)
    press(form, "Hand in my work")
    assert "Not handed in" in form.receipt.value
    control(form, "handin/code").value = "otter"
    press(form, "Hand in my work")
    assert form.receipt.value == ""


def test_what_was_handed_in_before_is_gone_while_it_is_packed_and_back_if_that_fails(
    case, journal, monkeypatch
):
    form = widgets.handin(case)
    hand_in(form)
    earlier, offered = form.output.code, []
    real = submission.pack
    monkeypatch.setattr(
        submission, "pack", lambda *given: offered.append(form.output.code) or real(*given)
    )
    journal.write("who_recalls", "mayor")
    hand_in(form)
    assert offered == [""] and form.output.code not in ("", earlier)
    later = form.output.code
    monkeypatch.setattr(submission, "pack", refuse)
    hand_in(form)
    assert form.output.code == later
    assert "! Not handed in. The disk is full." in form.receipt.value


def refuse(*_):
    raise submission.SubmissionError("The disk is full.")


def test_the_keys_go_back_to_the_button_when_the_question_goes(case, monkeypatch):
    form = widgets.handin(case)
    said = []
    monkeypatch.setattr(form.start, "send", said.append)
    hand_in(form)
    assert said == [{"do": "focus"}]


def test_a_full_disk_is_said_and_the_question_goes(case, journal, monkeypatch):
    form = widgets.handin(case)
    control(form, "handin/code").value = "otter"
    press(form, "Hand in my work")
    (journal.path.parent / "handin-otter.json").mkdir()
    press(form, "Yes, hand in")
    assert "! Not handed in. handin-otter.json was not written because" in form.receipt.value
    assert form.output.code == ""


def test_file_and_code_can_be_taken_along(case, journal):
    journal.write("say", "Two texts … </textarea><script>")
    form = widgets.handin(case)
    assert (form.output.name, form.output.file, form.output.code) == ("", "", "")
    hand_in(form)
    content = submission.load(journal.path.parent / "handin-blue-tiger-7.json")
    assert form.output.name == "handin-blue-tiger-7.json"
    assert form.output.file == (journal.path.parent / form.output.name).read_text()
    assert submission.codes_in(form.output.code) == [content]
    again = widgets.handin(case).output
    assert (again.name, again.file, again.code) == (
        form.output.name,
        form.output.file,
        form.output.code,
    )


def test_the_hand_in_says_what_is_so_now(case, journal, monkeypatch):
    monkeypatch.chdir(journal.path.parent)
    form = widgets.handin(case)
    told = inside(form, ipywidgets.HTML)[1]
    before = told.value
    journal.write("who_recalls", "mayor")
    control(form, "handin/code").value = "blue-tiger-7"
    assert told.value != before
    assert "To hand in, press “Hand in my work”" in form.status.value
    hand_in(form)
    assert "beside this notebook. Nothing was sent" in form.receipt.value


def test_the_hand_in_lists_what_is_open_by_notebook(case, journal):
    told = inside(widgets.handin(case), ipywidgets.HTML)[1].value
    assert {exercise.notebook for exercise in exercises.load(case).values()} == {"01_bridge"}
    assert "<li>Notebook 1 bridge: “" in told


def test_the_receipt_is_there_again_and_says_when_answers_changed(case, journal):
    journal.write("who_recalls", "mayor")
    form = widgets.handin(case)
    assert form.receipt.value == ""
    hand_in(form)
    again = widgets.handin(case).receipt.value
    assert "Receipt" in again and "changed since then" not in again
    journal.write("who_recalls", "secretary")
    assert "Your answers have changed since then." in widgets.handin(case).receipt.value


def test_what_is_begun_is_not_called_answered(case, journal):
    journal.write("grid/P1/gazette", "yes")
    form = widgets.handin(case)
    assert "0 of " in form.answered.value and " 1 begun;" in form.answered.value
    assert "“Grid” (begun: 1 of 4)" in form.answered.value


def test_without_jupyter_the_form_works_and_shows_nothing(case, capsys):
    assert not InteractiveShell.initialized()
    form = widgets.handin(case)
    hand_in(form)
    assert "Receipt" in form.receipt.value
    assert capsys.readouterr().out == ""


# The code in the saved notebook

SHOW = "import kit\nform = kit.widgets.handin()\nform"
HAND_IN = """
import asyncio
form.fields["handin/code"].control.value = "blue-tiger-7"
form.start.click()
await asyncio.sleep(1)
form.choice.children[0].click()
await asyncio.sleep(1)
"""


def saved_and_read(cells, folder, monkeypatch):
    """Run a notebook of these cells in `folder`; return it as it is read after it was saved."""
    monkeypatch.setenv("KIT_WORK", str(folder / "my_work.jsonl"))
    nb = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(nb, timeout=60 * PACE, kernel_name="python3", resources=place).execute()
    return nbformat.reads(nbformat.writes(nb), as_version=4)


def shown(cell, kind):
    return [output.data[kind] for output in cell.outputs if kind in output.get("data", {})]


def test_a_notebook_saved_after_handing_in_holds_the_hand_in(tmp_path, monkeypatch):
    nb = saved_and_read([SHOW, HAND_IN, SHOW], tmp_path, monkeypatch)
    content = json.loads((tmp_path / "handin-blue-tiger-7.json").read_text())
    for cell in (nb.cells[0], nb.cells[2]):
        assert len(cell.outputs) == 2, "the form, and what is saved, beneath it"
        for kind in ("text/plain", "text/html"):
            text = "\n".join(shown(cell, kind))
            assert submission.codes_in(text) == [content]
            assert repr(submission.receipt_of(content)) in text
    assert shown(nb.cells[1], "text/plain") == []


def test_a_notebook_saved_before_handing_in_holds_no_code(tmp_path, monkeypatch):
    [cell] = saved_and_read([SHOW], tmp_path, monkeypatch).cells
    told = shown(cell, "text/plain")
    assert told[0].startswith("Asleep.") and "Nothing is handed in yet" in told[1]
    assert submission.codes_in("\n".join(told)) == []


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_WORK", str(tmp_path / "my_work.jsonl"))
    manager, client = start_new_kernel(cwd=str(tmp_path))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_press_on_the_page_changes_the_output_of_the_cell_that_ran_before(kernel, tmp_path):
    seen = []
    kernel.execute_interactive(SHOW, output_hook=seen.append, timeout=60 * PACE)
    named = [message["content"].get("transient") for message in seen]
    [place] = [transient for transient in named if transient]
    seen.clear()
    ids = "import asyncio; print(form.start.comm.comm_id, form.choice.children[0].comm.comm_id)"
    code = 'form.fields["handin/code"].control.value = "otter"\n' + ids
    kernel.execute_interactive(code, output_hook=seen.append, timeout=60 * PACE)
    told = [m["content"]["text"] for m in seen if m["msg_type"] == "stream"]
    for button in "".join(told).split():
        click = {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}}
        kernel.shell_channel.send(kernel.session.msg("comm_msg", click))
        # The form waits a moment for the last keys; the kernel takes one message after the other.
        rest = "await asyncio.sleep(1)"
        kernel.execute_interactive(rest, output_hook=seen.append, timeout=60 * PACE)
    message = next(m for m in seen if m["msg_type"] == "update_display_data")
    content = submission.load(tmp_path / "handin-otter.json")
    assert message["content"]["transient"] == place
    assert submission.codes_in(message["content"]["data"]["text/plain"]) == [content]
