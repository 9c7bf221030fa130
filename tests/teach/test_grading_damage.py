"""Damaged hand-ins: each is marked exactly as the sound one or listed; nobody else's mark moves."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import submission
from teach.grading.arrivals import Arrival
from teach.grading.extract import extract
from teach.grading.selection import FAULTS
from teach.grading.sources import Refused, SourceFile
from tests.conftest import WEEKLY
from tests.teach import damage
from tests.teach.handed_in import content, notebook, raw

EACH = 26
UNHARMED = {
    "other_line_ends_and_spaces",
    "saved_in_characters",
    "notebook_of_two_learners",
    "code_sent_by_mail",
    "notebook_saved_again",
    "notebook_with_cells_twice",
    "packed_with_gzip",
    "in_base64",
    "two_in_one_file",
}
SOMETIMES = {
    "encoded_again",  # in an encoding of JSON
    "a_part_twice",  # where the part is whole fields: they say the same twice
    "a_part_taken_out",  # where the part is white space
    "under_another_name",  # where such files are opened
    "notebook_cut",  # behind the code
}


@pytest.fixture(scope="module")
def tried():
    return damage.tried(EACH)


def test_a_thousand_damaged_hand_ins_are_marked_exactly_or_listed(tried):
    outcome = tried[0]
    assert len(outcome) >= 20
    assert sum(map(sum, outcome.values())) >= 1_000
    assert {kind: counts for kind, counts in outcome.items() if counts[2]} == {}


def test_no_mark_of_another_learner_changes(tried):
    assert tried[1] == set()


def test_harmless_changes_are_marked_and_harmful_ones_listed(tried):
    outcome = tried[0]
    assert {kind for kind, counts in outcome.items() if not counts[1]} == UNHARMED
    assert {kind for kind, counts in outcome.items() if counts[0]} - SOMETIMES == UNHARMED


def test_the_proof_would_see_a_mark_that_moved(monkeypatch):
    """Without the look at the hash, changed answers count, and others' marks are lost."""
    hashed = submission.content._hashed

    def believed(content):
        text, hash = hashed(content)
        return text, content.get("hash", hash)

    monkeypatch.setattr(submission.content, "_hashed", believed)
    outcome, changed, _ = damage.tried(3)
    assert outcome["an_answer_taken_out"][2]
    assert outcome["merged_from_two"][2]
    assert changed


def test_the_same_seed_makes_the_same_damage():
    assert list(damage.damaged(2)) == list(damage.damaged(2))
    assert list(damage.damaged(2)) != list(damage.damaged(2, seed=5))


SOUND = [
    ("a.json", raw(content("owl"))),
    ("a.ipynb", notebook(submission.as_code(content("owl")))),
    ("a.txt", submission.as_code(content("owl")).encode()),
    ("a.html", f"<p>{submission.as_code(content('owl'))}</p>".encode()),
    ("a.csv", json.dumps(content("owl")).encode()),
]


def found(name, bytes_):
    return extract(SourceFile(f"in/{name}", name, Arrival(), "", lambda: bytes_))


@settings(max_examples=2_000 if WEEKLY else 400, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SOUND), st.integers(0, 10**9), st.binary(max_size=30), st.integers(0, 40))
def test_whatever_is_written_into_a_file_it_holds_the_hand_in_or_a_fault(sound, seed, new, length):
    name, bytes_ = sound
    place = random.Random(seed).randrange(len(bytes_))
    things = found(name, bytes_[:place] + new + bytes_[place + length :])
    assert things
    for each in things:
        assert each.content == content("owl") or (not each.content and each.what in FAULTS)
        assert each.content or each.reason.endswith(".")


@settings(max_examples=1_000)
@given(st.sampled_from([name for name, _ in SOUND]), st.binary(max_size=300))
def test_any_bytes_are_a_fault(name, bytes_):
    assert [each.content for each in found(name, bytes_)] == [None]


@pytest.mark.parametrize("what", ["too big", "unreadable"])
def test_a_file_that_cannot_be_read_is_a_fault(what):
    def read():
        raise Refused(what, "It cannot.")

    assert extract(SourceFile("a.json", "a.json", Arrival(), "", read)) == [
        (None, what, "It cannot.")
    ]
