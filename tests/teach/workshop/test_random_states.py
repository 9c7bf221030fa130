"""A thousand random states of the form: one sentence each, never a traceback, the timeline too.

Half of them come of random journals, as a file edited by hand could be; half of random work in the
forms themselves. Both are drawn from a seed, so a failure comes again.
"""

import random
import re
from pathlib import Path

import pytest

from kit import data
from kit.charts import figure
from kit.data.texts import split
from teach.workshop.answered_form import asked
from teach.workshop.case_form import NameForm
from teach.workshop.claims_form import ClaimsForm
from teach.workshop.desk import Desk
from teach.workshop.exercises_form import ExercisesForm
from teach.workshop.field_notes import note
from teach.workshop.finish_form import FinishForm, in_the_way, missing
from teach.workshop.form import PropositionsForm
from teach.workshop.judgement_forms import RatingsForm, StancesForm
from teach.workshop.moments_form import MembersForm, MomentsForm, timeline_of
from teach.workshop.texts_form import TextsForm
from tests.conftest import WEEKLY
from tests.teach.workshop.reopen import state_of

STATES = 500 if WEEKLY else 100  # of each of the two kinds
LAID_OUT, DRAWN = 10, 40  # one picture of so many is laid out, and written as a file
TEXTS = ("", "One.", "She asked. In 2000 she asked again.\nNobody “answered”. 5 > 4 & 3 < 4?",
         "Ещё один текст. И всё!", "\x00\ud800 odd", "word " * 3000,
         "<script>x</script>")  # fmt: skip
DATES = ("1949", "1990-05", "1990~", "199X", "1990/..", "2000-03-05", "1999/2000?", "2021", "..")
VALUES = (
    "", " ", "May 1990", "about 1990", "1990~", "199X", "1990/..", "../1955", "1992/1990", "0000",
    "9999-12-31", "May 199", "3/5/1990", "Ann", "R01", "R01;R02", "R09, R1", "C01", "P1", "P99",
    "approach", "verified", "unverified", "supported", "opinion", "yes", "asserts", "A", "6", "-1",
    "https://x.org/a", "www.x.org", "word " * 30, "“So.”", "a\nb", "<b>&amp;", "{curly}", "%s",
    "🫖", *TEXTS,
)  # fmt: skip
ODD = (None, True, 0, 7, 1.5, -3, [], ["R01", "R02"], {}, {"who": "Ann", "deep": {"a": []}})
BISCUITS = state_of(data.load(Path(__file__).resolve().parents[2] / "cases" / "biscuits"))
ROWS = {"texts": ("blog", "forum", "x_1", "Ä", "a" * 80), "claims": ("C01", "C02", "C1"),
        "propositions": ("P1", "P2", "Q"), "record": ("R01", "R02", "R03", "R1", "x"),
        "enlargement": ("1", "2", "x"), "ratings": ("blog", "zzz"), "stances": ("P1", "P9"),
        "case": ("-",), "words": ("prediction",), "nonsense": ("a",)}  # fmt: skip


@pytest.fixture
def few_are_drawn(monkeypatch):
    """Let one picture of DRAWN be written, and one of LAID_OUT be laid out; the rest is read."""
    whole, calls = figure.svg, []

    def svg(chart, *tables):
        calls.append(chart)
        if len(calls) % DRAWN == 1:
            return whole(chart, *tables)
        if len(calls) % LAID_OUT == 1:
            figure.plt.close(figure.figure_of(chart(*tables)))
        return "<svg/>"

    monkeypatch.setattr(figure, "svg", svg)
    return calls


def is_one_sentence(text):
    """What stands in a line of a form: plain words with an end, on one line."""
    return bool(re.fullmatch(r"[^\n]*[.:?”]", text)) and "Traceback" not in text


def value(rng, table, row, column):
    """A value for a cell: mostly one that may stand there, sometimes an odd one."""
    if rng.random() < 0.03:
        return rng.choice(ODD)
    if column.endswith(("_date", "than")) and rng.random() < 0.9:
        return rng.choice(DATES)
    if column == "text":
        return rng.choice(TEXTS)
    if column in ("quote", "short_quote"):
        return rng.choice([s.text for t in TEXTS for s in split(t)][:12])
    return rng.choice(VALUES)


def random_state(rng):
    """A journal's state as it could be."""
    state = {}
    for table, rows in ROWS.items():
        columns = [each["id"] for each in asked().get(table, {}).get("fields", [])]
        columns += ["blog", "made", "text_id", "start", "end", "members_of"]
        for row in rng.sample(rows, rng.randint(0, len(rows))):
            for column in rng.sample(columns, rng.randint(0, len(columns))):
                id = f"{table}/{row}/{column}" if rng.random() < 0.98 else f"{table}/{row}"
                state[id] = value(rng, table, row, column)
    return state


def mended_badly(rng, state):
    """A whole case in which some cells are others, or some rows are gone."""
    for id in rng.sample(list(state), rng.randint(1, 12)):
        row = "/".join(id.split("/")[:2])
        if rng.random() < 0.15:
            state = {other: each for other, each in state.items() if not other.startswith(row)}
        else:
            state = state | {id: value(rng, *id.split("/"))}
    return state


@pytest.mark.filterwarnings("error")
def test_a_random_journal_answers_in_sentences_and_draws(tmp_path, few_are_drawn):
    for seed in range(STATES):
        rng = random.Random(seed)
        desk = Desk(tmp_path / f"{seed}.jsonl")
        state = mended_badly(rng, BISCUITS) if seed % 5 == 0 else random_state(rng)
        desk.state = {id: each for id, each in state.items() if each is not None}
        for sentence in (in_the_way(desk), *missing(desk)):
            assert is_one_sentence(sentence), (seed, sentence)
        for id, sentence in desk.answers.items():
            assert is_one_sentence(sentence), (seed, id, sentence)
        for id in desk.state:
            if id not in desk.answers and id.count("/") == 2:
                assert "Traceback" not in note(desk, id), (seed, id)
        assert "<" in timeline_of(desk), seed
    assert len(few_are_drawn) > STATES / 2


def test_every_form_opens_on_a_random_journal(tmp_path, few_are_drawn):
    for seed in range(0, STATES, 50):
        desk = Desk(tmp_path / f"{seed}.jsonl")
        for id, each in random_state(random.Random(seed)).items():
            try:
                desk.journal.write(id, each)
            except Exception as error:
                assert "cannot be kept" in str(error)
        for form in forms(desk):
            assert is_one_sentence(told(form)), (seed, told(form))
            for row in getattr(form, "rows", list)():
                form.show(row)


def forms(desk):
    kinds = (NameForm, TextsForm, PropositionsForm, ClaimsForm, MomentsForm, MembersForm,
             StancesForm, RatingsForm, ExercisesForm, FinishForm)  # fmt: skip
    return [kind(desk) for kind in kinds]


def told(form):
    """The words of a form's status line."""
    return re.sub(r"<[^>]*>", "", form.status.value).strip()


def act(rng, form):
    """Do one thing that an author can do in a form."""
    fields = [id for id in form.fields if id in form.told]
    do = rng.choice(["type"] * 6 + ["add", "add", "choose", "delete", "undo", "click"])
    if do == "type" and fields:
        id = rng.choice(fields)
        control = form.fields[id].control
        options = getattr(control, "options", None)
        typed = str(value(rng, *id.split("/")) or "")
        control.value = rng.choice(options)[1] if options else typed
    elif isinstance(form, NameForm | FinishForm):
        next(iter(form.fields.values())).control.value = rng.choice(VALUES)
    elif do == "add" and not isinstance(
        form, StancesForm | RatingsForm | ClaimsForm | ExercisesForm
    ):
        form.number.value = rng.choice(["", "", "R07", "P1", "Blog", "odd one", "Ä"])
        form._add()
    elif do == "choose" and form.list.options:
        form.list.value = rng.choice(form.list.options)[1]
    elif do == "delete" and rng.random() < 0.3:
        if not isinstance(form, StancesForm | RatingsForm | ExercisesForm) and form.row:
            form._ask()
            form._delete()
    elif do == "undo":
        form._bring_back()
    elif isinstance(form, ClaimsForm) and do in ("add", "click"):
        form.choose(rng.choice(["blog/1", "blog/2", "news/1", "news/9", "", "x"]))
        if do == "add":
            form._another()
    elif isinstance(form, StancesForm):
        form._rest_is_silent()


@pytest.mark.filterwarnings("error")
def test_random_work_in_the_forms_is_told_in_one_sentence_and_kept(desk, few_are_drawn):
    rng = random.Random(24)
    desk.add("texts", "blog", name="Blog", text=TEXTS[2])
    desk.add("texts", "news", name="News", text=TEXTS[3])
    mine = forms(desk)
    for step in range(500):
        form = rng.choice(mine)
        act(rng, form)
        assert is_one_sentence(told(form)), (step, told(form))
        for sentence in desk.answers.values():
            assert is_one_sentence(sentence), (step, sentence)
    assert len(desk.draft.record) > 3 and len(desk.draft.claims) > 3
    again = Desk(desk.journal.path)
    assert (again.draft, again.answers) == (desk.draft, desk.answers)
