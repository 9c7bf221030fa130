"""The page that says how points are given: as the command writes it, as the checks give."""

import re

import pytest

from editions import points
from kit.exercises import KINDS
from tests.kit.test_points import CHECKER, RIGHT, earned

ROWS = dict(re.findall(r"^\| `(\w+)` \| `\w+` \| \d+ \| (.+) \|$", points.page(), re.MULTILINE))


def test_the_page_is_as_the_command_writes_it():
    assert points.PAGE.read_text(encoding="utf-8") == points.page(), "python -m editions.points"


def test_it_has_a_row_for_each_exercise_and_each_kind_says_its_rule():
    assert list(ROWS) == list(CHECKER.exercises)
    assert all(kind.rule.endswith(".") and "`" not in kind.rule for kind in KINDS.values())


@pytest.mark.parametrize("id", [id for id, row in ROWS.items() if " parts" in row])
def test_a_part_left_out_costs_what_the_page_says(id):
    share = float(re.search(r"parts, ([\d.]+) each", ROWS[id])[1])
    (row, *column), answer = CHECKER.exercises[id].places[0], dict(RIGHT[id])
    answer[row] = {**answer[row], column[0]: None} if column else []
    lost = CHECKER.exercises[id].points - earned(id, answer)
    assert lost == pytest.approx(share, abs=0.001)


@pytest.mark.parametrize("id", ["enlargement_chart", "claims_chart", "lag_chart"])
@pytest.mark.parametrize("label", ["title", "xlabel", "ylabel"])
def test_a_word_left_out_of_a_chart_costs_what_the_page_says(id, label):
    share = float(re.search(rf"{label}(?:, ylabel)?(?:, xlabel, ylabel)? ([\d.]+)", ROWS[id])[1])
    lost = CHECKER.exercises[id].points - earned(id, {**RIGHT[id], label: ""})
    clock = share if (id, label) == ("claims_chart", "xlabel") else 0  # it stood there alone
    assert lost == pytest.approx(share, abs=0.001) or lost == pytest.approx(
        share + clock, abs=0.001
    )


def test_the_page_tells_nothing_of_the_key():
    told = points.page()
    assert not re.search(r"\b[RC]\d\d\b", told)
    assert {ROWS[id] for id in ("dated_texts", "slips")} == {"see the rule"}
