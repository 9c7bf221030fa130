"""The forms of the workshop: what is entered is kept at once, answered, deleted, brought back."""

import re
from datetime import datetime

import pytest

from kit.journal import Journal
from teach.workshop import form as workshop
from teach.workshop.case_form import NameForm
from teach.workshop.claims_form import ClaimsForm
from teach.workshop.desk import Desk, desk_at
from teach.workshop.form import PropositionsForm
from teach.workshop.judgement_forms import RatingsForm, StancesForm
from teach.workshop.moments_form import MembersForm, MomentsForm
from teach.workshop.texts_form import FULL, TextsForm

TEXT = "A title\nShe asked. In 2000 she asked again.\n"


def told(form):
    return re.sub(r"<[^>]*>", "", form.status.value).strip()


def beneath(form, id):
    """What stands beneath a field: its mark and its note."""
    _, mark, said = form.told[id]
    return re.sub(r"<[^>]*>", "", mark.value), said.value


def enter(form, id, value):
    form.fields[id].control.value = value


def file(name, content):
    about = {"name": name, "type": "", "size": len(content), "last_modified": datetime.now()}
    return about | {"content": memoryview(content)}


@pytest.fixture
def filled(desk):
    """A desk with a text and a proposition."""
    desk.add("texts", "blog", name="Blog", text=TEXT)
    desk.add("propositions", "P1", proposition="She asked", about="approach")
    return desk


def test_the_case_is_named_and_kept_at_once(desk):
    form = NameForm(desk)
    assert told(form) == "○ Nothing entered yet."
    enter(form, "case/-/title", "A Tin")
    enter(form, "case/-/size", "small")
    assert told(form) == "Saved. Size: Holds."
    assert Journal(desk.journal.path).answer("case") == {"-": {"title": "A Tin", "size": "small"}}
    again = NameForm(Desk(desk.journal.path))
    assert again.fields["case/-/title"].control.value == "A Tin"
    assert told(again) == "Kept from before."


def test_a_moment_answers_field_by_field(desk):
    form = MomentsForm(desk)
    assert told(form) == "○ No moment yet."
    form._add()
    assert told(form) == "Saved. R01 is new; its form is here."
    assert beneath(form, "record/R01/who") == ("", "The cell is empty; fill it in.")
    enter(form, "record/R01/event_date", "May 1990")
    assert desk.cell("record/R01/event_date") == "1990-05"
    assert beneath(form, "record/R01/event_date") == ("", "Understood as May 1990 (month).")
    assert told(form) == (
        "Saved. When it happened: Understood as May 1990 (month). 0 of 1 moments hold."
    )
    enter(form, "record/R01/told_date", "3/5/1990")
    mark, note = beneath(form, "record/R01/told_date")
    assert (mark[:33], note) == ("↻ Not yet. “3/5/1990” is not a da", "")
    assert desk.cell("record/R01/told_date") == "3/5/1990"  # kept as it was typed
    enter(form, "record/R01/told_date", "1989")
    assert beneath(form, "record/R01/event_date")[0] == (
        "↻ Not yet. 1990-05 is later than the told_date 1989; correct one of the two dates."
    )


def test_a_mark_describes_its_control(desk):
    form = MomentsForm(desk)
    form._add()
    control, (_, mark, _) = form.fields["record/R01/who"].control, form.told["record/R01/who"]
    [pair] = [name for name in mark._dom_classes if name.startswith("kit-pair-")]
    assert pair in control._dom_classes


def test_the_list_says_what_is_left_and_a_number_can_be_given(desk):
    form = MomentsForm(desk)
    form.number.value = "R07"
    form._add()
    assert form.list.options == (("R07 · new (8 to fill or mend)", "R07"),)
    enter(form, "record/R07/who", "Ann")
    assert form.list.options == (("R07 · Ann (7 to fill or mend)", "R07"),)
    form.number.value = "R7"
    form._add()
    assert told(form) == "! Not added. “R7” does not have the form asked for; write it like R01."
    form.number.value = "R07"
    form._add()
    assert told(form) == "! Not added. “R07” is there already; give each its own."
    form.number.value = ""
    form._add()
    assert form.row == "R08"


def test_deleting_asks_and_is_undone(desk):
    form = MomentsForm(desk)
    form._add()
    enter(form, "record/R01/who", "Ann")
    enter(form, "record/R01/event_date", "1990")
    form._ask()
    assert "Delete R01 · 1990 · Ann" in form.question.value and desk.rows("record") == ["R01"]
    form._keep()
    assert form.choice.layout.display == "none" and desk.rows("record") == ["R01"]
    form._ask()
    form._delete()
    assert (form.rows(), form.place.children, form.undo.description) == ([], (), "Bring back R01")
    assert form.undoing.layout.display == ""
    again = MomentsForm(Desk(desk.journal.path))  # also after the kernel was started anew
    again._bring_back()
    assert again.fields["record/R01/who"].control.value == "Ann"
    assert again.desk.cell("record/R01/event_date") == "1990"
    assert again.undoing.layout.display == "none"


def test_two_that_were_deleted_come_back_one_after_the_other(desk):
    form = PropositionsForm(desk)
    for _ in range(3):
        form._add()
    for row in ("P1", "P3"):
        form.list.value = row
        form._delete()
    assert [desk.bring_back("propositions") for _ in range(3)] == ["P3", "P1", ""]


def test_texts_come_from_a_name_or_from_files(desk):
    form = TextsForm(desk)
    form._add()
    assert told(form) == "! Not added. Type what you call the text, such as Forum."
    form.number.value = "Fact-check"
    form._add()
    form.load.value = (
        file("forum.txt", TEXT.encode()),
        file("news page.html", b"<title>T</title><p>So.</p><script>x</script>"),
    )
    assert form.rows() == ["factcheck", "forum", "newspage"]
    assert desk.cell("texts/forum/text") == TEXT
    assert desk.cell("texts/newspage/title_as_printed") == "T"
    assert "news page.html: 1 script was taken out; 1 word stay" in form.loaded.value
    assert desk.draft.names == {
        "factcheck": "Fact-check",
        "forum": "Forum",
        "newspage": "News page",
    }
    for _ in range(6):
        form.number.value = "Forum"
        form._add()
    assert form.rows()[3:] == ["forum2", "forum3", "forum4", "forum5", "forum6"]
    assert told(form) == f"! Not added. {FULL}"
    form.load.value = (file("ninth.txt", b"So."),)
    assert form.loaded.value == f"<p>ninth.txt: {FULL}</p>" and len(form.rows()) == 8


def test_a_click_makes_a_claim_and_a_second_one_shows_it(filled):
    form = ClaimsForm(filled)
    form.choose("blog/3")
    assert filled.draft.claims[0] | {"tier": ""} == {
        "claim_id": "C01", "text_id": "blog", "start": "19", "end": "43",
        "quote": "In 2000 she asked again.", "normalised_claim": "", "about_date": "",
        "proposition_id": "", "tier": "",
    }  # fmt: skip
    assert told(form) == "Saved. C01 is made of sentence 3 of Blog; its form is beside."
    assert form.text.evidence == {"blog/3": ["C01"]} and form.text.value == {"blog/3": "marked"}
    form.choose("blog/2")
    form.choose("blog/3")
    assert (form.row, len(form.rows())) == ("C01", 2)
    form._another()
    assert form.text.evidence == {"blog/3": ["C01", "C03"], "blog/2": ["C02"]}
    for odd in ("", "blog", "blog/99", "zzz/1", "blog/x"):
        form.choose(odd)
    assert len(form.rows()) == 3


def test_a_narrower_quote_is_found_in_its_own_sentence(filled):
    form = ClaimsForm(filled)
    form.choose("blog/3")
    enter(form, "claims/C01/quote", "she asked again")
    [claim] = filled.draft.claims
    assert TEXT[int(claim["start"]) : int(claim["end"])] == "she asked again"
    enter(form, "claims/C01/quote", "asked")  # stands in the sentence before as well
    assert filled.draft.claims[0]["start"] == str(TEXT.rindex("asked"))
    assert told(form).startswith("Saved. The words of the text: Found in Blog, sentence 3")
    enter(form, "claims/C01/quote", "she begged")
    assert "letter by letter" in beneath(form, "claims/C01/quote")[0]


def test_a_claim_chooses_among_the_propositions_there_are_now(filled):
    form, propositions = ClaimsForm(filled), PropositionsForm(filled)
    form.choose("blog/2")
    enter(form, "claims/C01/proposition_id", "P1")
    propositions._add()
    choice = form.fields["claims/C01/proposition_id"].control
    assert [value for _, value in choice.options] == ["", "P1", "P2"] and choice.value == "P1"
    propositions.list.value = "P1"
    propositions._delete()
    assert "“P1” is not in propositions.csv" in beneath(form, "claims/C01/proposition_id")[0]
    assert filled.cell("claims/C01/proposition_id") == "P1"  # nothing is lost


def test_without_a_script_a_typed_number_makes_a_claim(filled):
    form = ClaimsForm(filled)
    form.text.value = {"blog/1": "marked"}
    assert filled.draft.claims[0]["quote"] == "A title"


def test_a_score_is_chosen_by_what_it_means(filled):
    form = RatingsForm(filled)
    authorship, verifiability = (
        [words for words, _ in form.fields[f"ratings/blog/{name}_score"].control.options]
        for name in ("authorship", "verifiability")
    )
    assert authorship[1:3] == ["0: none, or a role", "1: a pen name or an organisation"]
    assert verifiability[1:] == ["0", "1", "2", "3", "4"]


def test_stances_and_ratings_stand_under_their_texts(filled):
    filled.add("claims", "C01", text_id="blog", quote="She asked.", proposition_id="P1")
    stances, ratings = StancesForm(filled), RatingsForm(filled)
    assert "She asked." in stances.built["P1"].children[2].children[0].value
    assert "<strong>Blog</strong>" in stances.built["P1"].children[2].children[0].value
    stances._rest_is_silent()
    assert filled.draft.stances[0]["stance"] == "silent"
    assert told(stances) == "Saved. 1 of 1 stances given."
    assert ratings.list.options == (("Blog (not rated)", "blog"),)
    enter(ratings, "ratings/blog/dating_score", "2")
    assert filled.draft.ratings[0]["dating_score"] == "2"
    assert ratings.list.options == (("Blog (7 to fill or mend)", "blog"),)


def test_the_timeline_grows_with_each_moment_that_holds(desk):
    form = MomentsForm(desk)
    assert "begins with the first moment" in form.picture.value
    for dates in (("1990", "1999"), ("2000-05", "about 2001"), ("2003", "2001")):
        form._add()
        for column, date in zip(("event_date", "told_date"), dates, strict=True):
            enter(form, f"record/{form.row}/{column}", date)
    assert "2 accounts in all" in form.picture.value and 'alt="Timeline' in form.picture.value
    assert "R02" in form.picture.value and "R03" not in form.picture.value


def test_a_member_without_its_day_is_named_beneath_the_timeline(desk):
    moments, members = MomentsForm(desk), MembersForm(desk)
    desk.add("record", "R01", event_date="1990", told_date="1990")
    members._add()
    enter(members, "enlargement/1/country", "Shortcombe")
    enter(members, "enlargement/1/accession_date", "1949")
    moments._draw()
    moments._drawn = None
    moments._draw()
    assert "Shortcombe is dated 1949, which is no sure day" in moments.picture.value


def test_a_disk_that_refuses_is_told_in_a_sentence(desk):
    form = PropositionsForm(desk)
    desk.journal.path.mkdir()
    form._add()
    assert told(form).startswith("! Not saved. Your answer is not saved in my_case.jsonl yet")


def test_a_journal_that_was_put_in_its_place_is_read_anew(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    workshop.propositions()._add()
    other = Desk(tmp_path / "other.jsonl")
    other.add("propositions", "P7", proposition="She asked")
    other.journal.path.replace(tmp_path / "my_case.jsonl")
    assert workshop.propositions().rows() == ["P7"]


def test_each_step_of_the_notebook_is_one_call_on_one_desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    steps = (workshop.name, workshop.texts, workshop.propositions, workshop.claims,
             workshop.moments, workshop.members, workshop.stances, workshop.ratings)  # fmt: skip
    assert {step().desk for step in steps} == {desk_at(tmp_path / "my_case.jsonl")}
    assert list(tmp_path.iterdir()) == []  # to look at a form writes nothing


def test_a_moment_behind_a_verdict_is_chosen_or_typed(filled):
    form = ClaimsForm(filled)
    form.choose("blog/2")
    for row in ("R01", "R02"):
        filled.add("record", row, event_date="1990", who="Ann")
    *_, adder = next(
        shown.children for shown in form.built["C01"].children[1:]
        if shown.children[0] is form.fields["claims/C01/record_ids"].control
    )  # fmt: skip
    assert adder.options[1] == ("R01: 1990 · Ann", "R01")
    adder.value = "R02"
    adder.value = "R01"
    assert (filled.cell("claims/C01/record_ids"), adder.value) == ("R02; R01", "")
    assert (
        beneath(form, "claims/C01/record_ids")[1]
        == "R02: 1990 (year) · Ann; R01: 1990 (year) · Ann."
    )
