"""A case that counts nothing: without the table of members the dates stand alone, and all works."""

import shutil

import pytest

import kit
from editions.paper.materials import materials
from kit import charts, measures
from kit.charts.explore import explorer
from kit.charts.figure import figure
from kit.errors import KitError
from teach.cli import main
from tests.made_up_case import SMALL, uncounted


@pytest.fixture
def folder(tmp_path):
    return uncounted(tmp_path / "small")


@pytest.fixture
def case(folder):
    return kit.data.load(folder)


def test_it_loads_and_checks_without_the_table(folder, case, capsys):
    assert "enlargement" not in case.table_names
    assert main(["check-data", str(folder)]) == 0
    assert "enlargement" not in capsys.readouterr().out


def test_whoever_asks_for_the_members_is_told_in_one_sentence(case):
    with pytest.raises(KitError, match=r"There is no table called “enlargement”\. There are: sour"):
        _ = case.enlargement


def test_a_table_that_the_dictionary_names_must_still_be_there(folder):
    shutil.copy(SMALL / "datapackage.json", folder)
    with pytest.raises(KitError, match=r"small/enlargement.csv is missing; put the file back"):
        kit.data.load(folder)


def test_every_other_table_is_still_asked_for(folder):
    path = folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"claims"', '"claim"'), encoding="utf-8")
    with pytest.raises(KitError, match="describes no column claim_id of claims; add it there"):
        kit.data.load(folder)


def test_a_rule_that_counts_members_is_one_sentence(folder, capsys):
    for name in ("exercises.toml", "key/answers.toml"):
        shutil.copy(SMALL / name, folder / name)
    path = folder / "key" / "answers.toml"
    rule = 'computed = "members"\non = "1921-05"'
    path.write_text(path.read_text("utf-8").replace("answer = 3", rule), encoding="utf-8")
    assert main(["check-data", str(folder)]) == 1
    told = capsys.readouterr().err
    assert "'members_1921': the rule 'members' cannot be followed" in told
    assert told.count("\n") == 1


def test_the_timeline_shows_the_dates_alone(case):
    tellings = measures.tellings(case)
    whole = kit.data.load(SMALL)
    alt = charts.timeline.describe(tellings)
    assert "members" not in alt and alt.startswith("Timeline with one lane for each of 2 sources")
    assert "Grey steps above show" in charts.timeline.describe(tellings, whole.enlargement)
    ax, full = charts.timeline(tellings), charts.timeline(tellings, whole.enlargement)
    words = [text.get_text() for text in (*ax.texts, *ax.figure.texts)]
    assert not any("members" in text or "enlargement" in text for text in words)
    assert "members" in [line.get_gid() for line in full.lines]
    assert "members" not in [line.get_gid() for line in ax.lines]
    assert ax.get_ylim()[1] > full.get_ylim()[1]  # no strip is kept free for them


def test_its_page_has_one_table_and_answers_as_ever(case):
    tellings = measures.tellings(case)
    html = explorer(tellings)
    assert html.count("<table") == 1 == figure(charts.timeline, tellings).count("<table")
    assert "accession date" not in html and '"accounts"' in html


def test_on_paper_it_has_no_table_of_members(case):
    assert list(materials(case)) == ["cards", "texts", "record", "claims"]
    assert "members" in materials(kit.data.load(SMALL))
