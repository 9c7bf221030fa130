"""The teacher's own decisions, late hand-ins, and the notebooks that were taught."""

import html
import json
from datetime import datetime
from pathlib import Path

import pytest

from kit.errors import KitError
from teach import grading
from teach.cli import main
from teach.grading.arrivals import Place
from teach.grading.late import Lateness, lateness, points_off
from teach.grading.marks import read_marks, written_answers
from teach.grading.settings import Settings
from tests.teach.handed_in import CASE, EXERCISES, RIGHT, TIME, content, raw
from tests.teach.test_grading import put, table

DUE = "2026-03-06T18:00:00+01:00"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Three learners' hand-ins, where the tests run."""
    monkeypatch.chdir(tmp_path)
    for code in ("ann-1", "ben-2", "cat-3"):
        put(tmp_path, f"in/handin-{code}.json", raw(content(code)))
    return tmp_path


def grade(*paths, **given):
    """Grade into m; return ({code: row of marks.csv}, rows for a person)."""
    grading.grade(paths or ["in"], "m", CASE, given=given)
    rows = {row["code"]: row for row in table(Path("m/marks.csv"))}
    return rows, table(Path("m/needs_a_person.csv"))


def decide(*lines, head="code,exercise,decision,reason"):
    Path("m").mkdir(exist_ok=True)
    Path("m/decisions.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def page(code="ann-1"):
    return html.unescape(Path("m", "feedback", f"{code}.html").read_text(encoding="utf-8"))


# decisions.csv


def test_points_stand_in_place_of_what_was_earned_and_nothing_waits_for_them():
    decide("ANN-1,final_answer,6,oral exam", "ann-1,two_clocks,0.5,")
    row = grade()[0]["ann-1"]
    assert (row["final_answer"], row["two_clocks"], row["waiting"]) == ("6", "0.5", "3")
    assert float(row["points"]) == 80 + 6 + 0.5 - EXERCISES["two_clocks"].points
    assert "Your teacher gave 6 points (oral exam)." in page()
    assert "Your teacher" not in page("ben-2")


def test_what_is_excused_counts_neither_for_nor_against():
    decide("ann-1,stances,excused,was ill")
    rows, _ = grade()
    most = EXERCISES["stances"].points
    assert (rows["ann-1"]["points"], rows["ann-1"]["of"]) == (f"{80 - most}", f"{100 - most}")
    assert (rows["ann-1"]["stances"], rows["ben-2"]["of"]) == ("excused", "100")
    assert "Your teacher excused you from this (was ill)." in page()
    assert f"{80 - most} of {100 - most} points" in page()


def test_extra_points_come_on_top_of_an_exercise_or_of_all():
    decide("ann-1,all,extra 2,helped others", "ann-1,all,extra 1,", "ann-1,stances,extra 0.5,")
    row = grade()[0]["ann-1"]
    assert (row["points"], row["of"], row["extra"]) == ("83.5", "100", "3")
    assert row["stances"] == f"{EXERCISES['stances'].points + 0.5}"
    assert "Your teacher added 2 points in all (helped others)." in page()


def test_all_can_be_decided_or_excused():
    decide("ann-1,all,70,oral exam", "ben-2,all,excused,long ill")
    rows, _ = grade()
    assert [rows["ann-1"][head] for head in ("points", "of", "waiting")] == ["70", "100", "0"]
    assert [rows["ben-2"][head] for head in ("points", "of", "waiting")] == ["", "0", "0"]
    assert "70 of 100 points" in page()
    assert "Your teacher excused you from all (long ill)." in page("ben-2")


def test_decisions_hold_for_every_run_and_the_file_is_never_written(here):
    decide("ann-1,two_clocks,0,told by a neighbour")
    before = Path("m/decisions.csv").read_bytes()
    first = grade()[0]["ann-1"]
    put(
        here,
        "late/handin-ann-1.json",
        raw(content("ann-1", RIGHT, time="2026-03-07T09:30:00.000Z")),
    )
    second = grade("late/handin-ann-1.json")[0]["ann-1"]
    assert first["two_clocks"] == second["two_clocks"] == "0"
    assert Path("m/decisions.csv").read_bytes() == before


def test_a_file_that_a_spreadsheet_saved_is_read_and_capitals_do_not_count():
    decide("ANN-1;two_clocks;1,5;weiß", "", head="Code;Exercise;Decision;Reason")
    assert grade()[0]["ann-1"]["two_clocks"] == "1.5"


def test_a_decision_on_nobody_is_listed_and_waits_for_the_hand_in(here):
    decide("fox-9,all,extra 2,")
    _, persons = grade()
    assert [(row["what"], row["where"]) for row in persons] == [
        ("decision", "decisions.csv, line 2")
    ]
    put(here, "late/handin-fox-9.json", raw(content("fox-9")))
    rows, persons = grade("late")
    assert (rows["fox-9"]["points"], persons) == ("82", [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ann-1,stanzas,5,", "there is no exercise “stanzas” that counts. Did you mean stances"),
        ("ann-1,stances,five,", "“five” is no decision on stances; write points"),
        ("ann-1,stances,-1,", "“-1” is no decision"),
        ("ann-1,stances,,", "“” is no decision"),
        ("ann-1,stances,60,", "stances has 6 points, not 60; write “extra”"),
        ("ann-1,all,101,", "all has 100 points, not 101"),
        ("ann-1,late,extra 2,", "“extra 2” is no decision on late"),
        ("Ann Smith,stances,5,", "the column “code” holds something else"),
        ("ann-1,two_clocks,2,again", "line 2 decides on two_clocks for the same code"),
        (",stances,5,", "the column “code” holds something else"),
    ],
)
def test_a_line_that_is_no_decision_is_named_and_nothing_is_changed(capsys, line, told):
    grade()
    before = Path("m/marks.csv").read_bytes()
    decide("ann-1,two_clocks,1,", line)
    assert main(["grade", "in", "--out", "m"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("decisions.csv, line 3: ")
    assert told in err
    assert Path("m/marks.csv").read_bytes() == before


def test_a_table_without_the_columns_is_refused():
    decide("ann-1,5", head="code,points")
    with pytest.raises(KitError, match="does not hold the column heads looked for"):
        grade()


# Late


@pytest.fixture
def arrived(monkeypatch):
    """Let the platform say when each file came: {code: Arrival's fields}; else nothing."""
    told, real = {}, Place.arrival

    def arrival(place, *arguments):
        code = place.own_name.removeprefix("handin-").removesuffix(".json")
        return real(place, *arguments)._replace(**told.get(code, {}))

    monkeypatch.setattr(Place, "arrival", arrival)
    return told


def test_each_day_begun_costs_per_cent_of_all_points_by_the_platforms_time(arrived):
    arrived["ann-1"] = {"handed_in": "2026-03-07T18:00:01"}
    arrived["ben-2"] = {"handed_in": "2026-03-06T18:59:00"}
    arrived["cat-3"] = {"handed_in": "2026-04-05T00:00:00"}
    rows, persons = grade(due=DUE, late="10", grace="60")
    assert [(row["points"], row["late"]) for row in rows.values()] == [
        ("60", "20"), ("80", ""), ("0", "80"),
    ]  # fmt: skip
    assert persons == []
    assert "It was due 2026-03-06 18:00 and came 2026-03-07 18:00: 2 days late" in page()
    assert "2 × 10 % of 100 points = 20 points: 80 − 20 = 60 points." in page()
    told = "30 × 10 % of 100 points = 300 points, and no more than you earned is taken off: 80 − 80"
    assert told in page("cat-3")
    assert "It was due" not in page("ben-2")


@pytest.mark.parametrize(
    ("handed_in", "days"),
    [
        ("2026-03-06T18:00:00", 0),
        ("2026-03-06T17:30:00Z", 0),
        ("2026-03-06T18:30:00Z", 1),
        ("2026-03-06T19:00:00", 0),
        ("2026-03-06T19:00:01", 1),
        ("2026-03-07T18:00:00", 1),
        ("2026-03-07T18:00:01", 2),
    ],
)
def test_a_time_without_a_zone_is_in_the_zone_of_due(handed_in, days):
    settings = Settings((), DUE, 10, 60)
    assert lateness(settings, arrival(handed_in), []).days == days


def arrival(handed_in="", late=0, time=TIME):
    """Return what `lateness` reads of a Submission."""
    return type("Arrived", (), {"handed_in": handed_in, "late": late, "time": time})


def test_the_learners_clock_alone_takes_nothing_off_and_is_listed_if_it_looks_late(arrived):
    rows, persons = grade(due="2026-03-01T18:00:00Z", late="10")
    assert {row["points"] for row in rows.values()} == {"80"}
    assert [row["what"] for row in persons] == ["late"] * 3
    assert "By the learner's clock it is late" in persons[0]["reason"]
    assert grade(due="2026-03-09T18:00:00Z")[1] == []


def test_the_platforms_mark_without_a_time_is_listed(arrived):
    arrived["ann-1"] = {"late": 1}
    arrived["ben-2"] = {"late": 1, "handed_in": "2026-03-06T10:00:00"}
    rows, persons = grade(due="2026-03-09T18:00:00Z", late="10")
    assert {row["points"] for row in rows.values()} == {"80"}
    assert ["does not say when" in row["reason"] for row in persons] == [True, False]


def test_lateness_can_be_decided(arrived):
    arrived["ann-1"] = {"handed_in": "2026-03-08T10:00:00"}
    arrived["cat-3"] = {"handed_in": "2026-03-06T10:00:00"}
    decide("ann-1,late,excused,train strike", "ben-2,late,1,came by mail on the 2nd")
    rows, persons = grade(due=DUE, late="10")
    assert [row["points"] for row in rows.values()] == ["80", "70", "80"]
    assert persons == []
    assert "Your teacher counts this hand-in as on time (train strike)." in page()
    assert "as 1 day late (came by mail on the 2nd)." in page("ben-2")


def test_never_more_is_taken_off_than_was_earned():
    assert points_off(Lateness(3), Settings(late=12.5), 90, 80) == 33.75
    assert points_off(Lateness(300), Settings(late=10), 90, 80) == 80
    assert points_off(Lateness(3), Settings(late=10), 90, 0) == 0


# What was taught, and what a forgotten option cannot change


def test_only_what_was_taught_counts_and_is_said(here):
    rows, _ = grade(notebooks="1,3,4")
    taught = [id for id, each in EXERCISES.items() if each.notebook[:2] in ("01", "03", "04")]
    most = sum(EXERCISES[id].points for id in taught)
    assert {row["of"] for row in rows.values()} == {f"{most}"}
    assert [head for head in rows["ann-1"] if head in EXERCISES] == taught
    assert read_marks(Path("m/marks.csv"))["ann-1"].most == most
    assert f" of {most} points" in page()
    assert "These are the points of notebooks 1, 3, 4." in page()
    assert EXERCISES["stances"].title not in page()
    assert {answer.exercise for answer in written_answers("m", CASE)} == {"explain_rating"}


def test_a_forgotten_option_changes_nothing_and_a_new_one_is_said(here, capsys):
    options = ["--notebooks", "1,3", "--due", "2026-03-10T18:00+01:00", "--late", "10"]
    main(["grade", "in", "--out", "m", *options])
    first = Path("m/marks.csv").read_bytes()
    capsys.readouterr()
    main(["grade", "in", "--out", "m"])
    assert Path("m/marks.csv").read_bytes() == first
    assert capsys.readouterr().out.splitlines()[0] == (
        "Marked by settings.json: notebooks 1, 3; due 2026-03-10 18:00+01:00, each day late costs "
        "10 %."
    )
    main(["grade", "in", "--out", "m", "--notebooks", "all", "--late", "0"])
    out = capsys.readouterr().out
    assert "Changed: before this run, marks were by notebooks 1, 3; due 2026-03-10" in out
    assert "new 0, changed 3" in out
    assert {row["of"] for row in table(Path("m/marks.csv"))} == {"100"}


def test_a_due_day_lasts_until_its_end_and_a_bare_time_is_of_this_machine():
    grade(due="2026-03-10", late="10")
    due = datetime.fromisoformat(json.loads(Path("m/settings.json").read_bytes())["due"])
    assert (due.hour, due.minute, due.tzinfo is not None) == (23, 59, True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"notebooks": "1,9"}, "--notebooks 1,9 is not understood; give “all”, or numbers"),
        ({"notebooks": "one"}, "--notebooks one is not understood"),
        ({"late": "10"}, "--late needs --due"),
        ({"due": "2026-03-10"}, "--due needs --late"),
        ({"due": "Friday", "late": "10"}, "--due Friday is no time"),
        ({"due": "2026-03-10", "late": "-5"}, "--late -5 is not understood"),
        ({"due": "2026-03-10", "late": "200"}, "--late 200 is not understood"),
        ({"due": "2026-03-10", "late": "5", "grace": "1h"}, "--grace 1h is not understood"),
    ],
)
def test_a_setting_that_is_not_understood_is_one_sentence(given, told):
    with pytest.raises(KitError, match=told):
        grade(**given)
    assert not Path("m/marks.csv").exists()


@pytest.mark.parametrize("bytes_", [b"{", b"[]", b'{"notebooks": [1]}', b'{"due": 3}', b"\xff"])
def test_damaged_settings_change_no_mark(bytes_):
    grade(notebooks="1")
    before = Path("m/marks.csv").read_bytes()
    Path("m/settings.json").write_bytes(bytes_)
    with pytest.raises(KitError, match=r"settings\.json is damaged"):
        grade()
    assert Path("m/marks.csv").read_bytes() == before
