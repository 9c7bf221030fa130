"""A thousand drafts in any state: each gives a folder that loads, or one sentence; nothing else."""

import random

from kit import data
from kit.errors import KitError
from kit.exercises.schema import load as load_exercises
from teach.workshop.draft import draft_of
from teach.workshop.folder import make_folder
from tests.conftest import WEEKLY
from tests.teach.workshop.made_up_draft import state

DRAFTS = 1000 if WEEKLY else 200
ODD = [
    *("", " ", "?", "x" * 5000, "a\nb", "a\r\nb", 'say "no"', "“no”", "{question}", "{0}", "}{"),
    *("\x7f\x00\x1f", "\ud800", "é\u2028ü", "日本", "../../etc", "C01", "R99", "P9", "R01;R99"),
    *("1903-13", "1903-02-30", "June 1903", "190X", "../1903", "1903/..", "1950/1903", "1903~"),
    *("0001", "9999-12-31", "10000", "-1", "99999", "1e9", "٣", "true", "opinion", "silent", "A"),
    *(0, -7, 3.5, float("1e300"), True, False, [], ["R01", 5, None], {}, {"who": "me"}, None),
]  # fmt: skip
TABLES = ("case", "texts", "propositions", "claims", "stances", "record", "enlargement", "ratings")


def any_state(chance):
    """Return the state of a draft in which a few things, or many, are lost, moved or odd."""
    cells = state()
    if chance.random() < 0.02:
        cells = {}
    for _ in range(chance.choice([0, 1, 1, 2, 3, 8, 40])):
        change = chance.choice([lose_cell, lose_row, put_odd, put_odd, swap, add])
        change(cells, chance)
    return cells


def lose_cell(cells, chance):
    cells.pop(chance.choice([*cells, ""]), None)


def lose_row(cells, chance):
    row = chance.choice([*cells, "x/y/z"]).rpartition("/")[0]
    for id in [id for id in cells if id.startswith(f"{row}/")]:
        del cells[id]


def put_odd(cells, chance):
    cells[chance.choice([*cells, "case/-/title"])] = chance.choice(ODD)


def swap(cells, chance):
    one, other = (chance.choice([*cells, "case/-/title"]) for _ in range(2))
    cells[one], cells[other] = cells.get(other, ""), cells.get(one, "")


def add(cells, chance):
    """Add a cell that no form would: another row, another column, another depth."""
    table = chance.choice([*TABLES, "words", "notebooks", "nothing"])
    row = chance.choice(["C07", "R100", "R5", "P1", "printed", "a1", "-", "Ünsinn", "leaflet", "9"])
    column = chance.choice(["start", "type", "title", "hints", "who", "size", "tier", "end", "z"])
    cells["/".join([table, row, column][: chance.choice([1, 2, 3, 3, 3])])] = chance.choice(ODD)


def outcome(cells, folder):
    """Return "a case" where check-data says that it holds, or the one sentence said instead."""
    try:
        made = make_folder(draft_of(cells), folder)
    except KitError as error:
        return str(error)
    assert "the data hold." in made.says
    return "a case"


def test_random_drafts_give_a_case_or_one_sentence_each(tmp_path):
    outcomes = []
    for seed in range(DRAFTS):
        cells = any_state(random.Random(seed))
        outcomes.append(outcome(cells, tmp_path / f"case{seed}"))
        if seed % 20 == 0 and outcomes[-1] == "a case":
            assert load_exercises(data.load(tmp_path / f"case{seed}"))
    said = [sentence for sentence in outcomes if sentence != "a case"]
    assert [text for text in said if "\n" in text.strip() or not text.endswith((".", "?"))] == []
    ours = ("cannot be followed", "counts as right", "The key's answer")  # nobody could mend these
    assert [text for text in said if any(words in text for words in ours)] == []
    assert min(len(said), outcomes.count("a case")) > DRAFTS / 5
    assert len(set(said)) > DRAFTS / 20  # of many kinds
