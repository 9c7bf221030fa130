"""Forty slips that beginners make in a cell, and what the page says of each.

Collected from where learners and their teachers write them down: the first chapter of Python for
Everybody on what can go wrong, Software Carpentry's lessons on plotting and tables, questions with
many readers on Stack Overflow (no. 26690480, x and y of different lengths; no. 36921951, the truth
value of a Series), and what learners of this course typed.
"""

import re

import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell

from kit.mistakes import explain_errors

SETUP = """
import kit
import pandas as pd
import matplotlib.pyplot as plt
case = kit.data.load()
claims = case.claims.merge(case.propositions)
joined = pd.to_datetime(case.enlargement["accession_date"])
steps = kit.measures.dates.steps(case.enlargement)
fig, ax = plt.subplots()
waiting = ...
"""
# A cell, and words that its one sentence must hold
SLIPS = {
    "kitt.start()": "Did you mean kit?",
    "primt('members')": "Did you mean print?",
    "print 'members'": "`print` needs brackets",
    "claims.set_index('claim_id').loc[C10]": '"C10"',
    "members = true": "capital letter",
    "sum(joined <= 1954-03-31)": 'quotation marks, such as "1954-03-31"',
    "sum(joined <= 1954-12-31)": 'quotation marks, such as "1954-03-31"',
    'sum(joined <= "1954-03-31)': "a quotation mark is missing",
    'sum(joined <= "1954-03-31"': "opened but never closed",
    'sum(joined <= "1954-03-31"))': "one ) too many",
    'claims["tier")': "Close each bracket with its own partner",
    "claims[“tier”]": "straight quotation marks",
    "5texts = 3": "cannot begin with a digit",
    "members 1954 = 14": "cannot read this line",
    "if members = 14: pass": "write == with two signs",
    "sum(joined) = 14": "write == with two signs",
    "for row in [1]\n    row": "a colon : is missing",
    "for row in [1]:\nrow": "four spaces",
    "steps\n    steps": "left edge",
    'claims["About"]': "Did you mean about?",
    'claims[["text_id", "Tier"]]': "Did you mean tier?",
    'claims.groupby("tire").size()': "Did you mean tier?",
    'pd.crosstab(claims["text_id"], claims["subject"])': "There are: claim_id, text_id",
    'steps.plot(x="date", y="member")': "Did you mean members?",
    'claims.set_index("claim_id").loc["C999"]': "no row called “C999”",
    'claims.set_index("claim_id")["C10", "C11"]': "no column called",
    "claims.abuot": "Did you mean about or",
    "pd.crosstb(claims)": "Did you mean crosstab?",
    'claims("tier")': "square brackets",
    "claims.head[3]": "round brackets",
    'claims[claims["tier"] == "T1" and claims["text_id"] == "forum"]': "write & for and",
    "chart = plt.plot([1, 2], [3, 4])\nchart.set_title('NATO')": "fig, ax = plt.subplots()",
    "plt.set_title('NATO')": "ax.set_title",
    "ax.xlabel('date')": "ax.set_xlabel",
    "ax.title('NATO')": "ax.set_title",
    "fig.plot([1, 2], [3, 4])": "write ax where fig stands",
    'ax.plot(steps["date"].head(3), steps["members"])': "3 values for x but 11 for y",
    'ax.plot([1, 2], [3, 4], drawstyles="steps-post")': "no setting called `drawstyles`",
    'ax.plot([1, 2], [3, 4], drawstyle="step-post")': "letter by letter",
    'ax.set(titel="NATO")': "no setting called `titel`",
    "waiting.set_title('NATO')": "the three dots are still there",
    "waiting + 1": "the three dots are still there",
    'steps["lag"] = [1, 2]': "2 values, but the table has 11 rows",
    'case.enlargement["accession_date"].dt.year': "pd.to_datetime",
    'steps["joined"] - steps["joined"]': "pd.to_datetime",
    'steps["joined"] + 1': "a text and a number",
    'pd.to_datetime(claims["about_date"])': "no plain date",
    "plt.show().set_title('NATO')": "gave nothing back",
    "import panda": "no package called `panda`",
    'pd.read_csv("record.csv")': "case.record",
    "[1, 2][5]": "counts from 0",
    "1 / (sum(joined > '2030'))": "divided by zero",
    "print = 'members'\nprint(14)": "Choose another name",
    "raise RuntimeError('x')": "Python stopped at line 1",
}


@pytest.fixture(scope="module")
def shell():
    shell = InteractiveShell()
    shell.run_cell(SETUP)
    yield shell
    plt.close("all")


@pytest.fixture
def shown(shell, monkeypatch):
    """What a notebook shows of a cell's error: the lines, and what is folded beneath them."""
    errors, beneath = [], []
    monkeypatch.setattr(shell, "_showtraceback", lambda kind, error, lines: errors.append(lines))
    monkeypatch.setattr("IPython.display.display", beneath.append)
    explain_errors(shell)
    yield errors, beneath
    vars(shell).pop("kit_shows")
    shell.user_ns.pop("print", None)


@pytest.mark.parametrize("cell", SLIPS)
def test_a_slip_is_one_sentence_that_says_what_to_do(shell, shown, cell):
    assert not shell.run_cell(cell).success
    [[sentence]], [beneath] = shown
    assert SLIPS[cell] in sentence
    assert "\n" not in sentence and "Traceback" not in sentence and len(sentence) < 330
    assert not re.search(r"\{|None\b(?!\))", sentence)
    assert beneath.data.startswith("<details><summary>What Python says itself</summary>")
    assert "Error" in beneath.data and "\x1b" not in beneath.data


def test_the_line_is_the_learners_own(shell, shown):
    shell.run_cell('x = 1\n\nclaims["About"]')
    assert shown[0][0][0].startswith("Line 3: ")


def test_a_sentence_of_the_kit_stays_as_it_is(shell, shown):
    shell.run_cell('kit.ask("nope")')
    [[sentence]], beneath = shown
    assert sentence.startswith("There is no exercise called “nope”.") and not beneath


def test_called_twice_it_says_each_thing_once(shell, shown):
    explain_errors(shell)
    shell.run_cell("1 / 0")
    assert len(shown[0]) == len(shown[1]) == 1
