"""Members on a day, lags and the tables of the main chart."""

import subprocess
import sys
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import kit.data
from kit.data import span
from kit.errors import KitError
from kit.measures.dates import Range, days, lag, members_on, recollections, steps, tellings

GROWTH = {
    "1949-04-04": 12,
    "1952-02-18": 14,
    "1955-05-06": 15,
    "1982-05-30": 16,
    "1999-03-12": 19,
    "2004-03-29": 26,
    "2009-04-01": 28,
    "2017-06-05": 29,
    "2020-03-27": 30,
    "2023-04-04": 31,
    "2024-03-07": 32,
}
DAYS = st.dates(date(1900, 3, 1), date(2099, 12, 31))


@pytest.fixture(scope="module")
def case():
    return kit.data.load()


@pytest.mark.parametrize(("day", "members"), GROWTH.items())
def test_members_on_the_day_itself_and_the_day_before(case, day, members):
    before = members_on(case.enlargement, str(date.fromisoformat(day) - timedelta(days=1)))
    assert members_on(case.enlargement, day) == Range(members, members)
    assert before.high < members


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("1949-04-03", (0, 0)),
        ("1948", (0, 0)),
        ("1949", (0, 12)),
        ("1949-04", (0, 12)),
        ("1952", (12, 14)),
        ("1952-02", (12, 14)),
        ("1952-01", (12, 12)),
        ("1953", (14, 14)),
        ("1954-03-31", (14, 14)),
        ("2000-06", (19, 19)),
        ("2026", (32, 32)),
    ],
)
def test_members_in_a_partial_date_are_a_range(case, when, expected):
    assert members_on(case.rows("enlargement"), when) == expected


def test_frame_and_rows_give_the_same(case):
    assert members_on(case.enlargement, "2004") == members_on(case.rows("enlargement"), "2004")
    pd.testing.assert_frame_equal(steps(case.enlargement), steps(case.rows("enlargement")))


def test_range_in_words():
    assert f"{Range(12, 14)} members" == "12 to 14 members"
    assert str(Range(14, 14)) == "14"


@pytest.mark.parametrize("bad", ["", "soon", "2000-13", "2000-02-30", "01/06/2000"])
def test_bad_dates_are_named(case, bad):
    for call in (lambda: members_on(case.enlargement, bad), lambda: lag("2000", bad)):
        with pytest.raises(KitError, match="is not a date"):
            call()


@pytest.mark.parametrize(
    ("event", "told", "days", "words"),
    [
        ("1954-03-31", "1954-03-31", (0, 0), "same day"),
        ("1954-03-31", "1954-04-01", (1, 1), "1 day"),
        ("2000-03-05", "2000-03", (0, 26), "0 to 26 days"),
        ("2000-03", "2000-03", (0, 30), "0 to 30 days"),
        ("2000", "2000", (0, 365), "under a year"),
        ("2000", "2001", (1, 730), "under 2 years"),
        ("1990", "2009", (6576, 7304), "18 to 19 years"),
        ("2000-06", "2017-05", (6149, 6208), "16 years"),
        ("2000-02-29", "2001-02-28", (365, 365), "under a year"),
        ("2000-06-03", "2017-06-03", (6209, 6209), "17 years"),
        ("2000-06-03", "2017-06-01", (6207, 6207), "16 years"),
        ("2000-06", "2017-06-03", (6182, 6211), "16 to 17 years"),
        ("1999-03-12", "2000-03-12", (366, 366), "1 year"),
        ("1954-03-26", "2011", (20735, 21099), "56 to 57 years"),
    ],
)
def test_lag(event, told, days, words):
    found = lag(event, told)
    assert (found.low, found.high) == days
    assert found.years == words


@pytest.mark.parametrize(
    ("event", "told", "words"),
    [
        ("1990-06-01", "1990-05", "told May 1990, but the event is dated 1 June 1990"),
        ("2017-06-03", "2000-06", "told June 2000, but the event is dated 3 June 2017"),
    ],
)
def test_a_telling_before_the_event_is_refused_in_a_sentence(event, told, words):
    with pytest.raises(KitError, match=rf"^{words}: .* or they are swapped; check both\.$"):
        lag(event, told)


def test_a_date_may_be_given_as_it_is_written_or_as_it_was_read():
    assert lag(span("2000-06"), span("2017-06-03")) == lag("2000-06", "2017-06-03")
    members = [{"country": "Greece", "accession_date": span("1952-02-18")}]
    assert members_on(members, span("1952")) == (0, 1)
    assert steps(members)["date"].dt.strftime("%Y-%m-%d").to_list() == ["1952-02-18"]


@given(DAYS, DAYS)
def test_a_true_day_lies_inside_every_less_exact_lag(one, other):
    event, told = sorted([one, other])
    true = lag(str(event), str(told))
    for cut_event in (4, 7, 10):
        for cut_told in (4, 7, 10):
            found = lag(str(event)[:cut_event], str(told)[:cut_told])
            assert found.low <= true.low == true.high <= found.high


@given(DAYS, st.integers(1, 120))
def test_every_anniversary_completes_its_year(day, years):
    assume((day.month, day.day) != (2, 29))
    anniversary = day.replace(year=day.year + years)
    assert lag(str(day), str(anniversary)).low_years == years
    assert lag(str(day), str(anniversary - timedelta(days=1))).high_years == years - 1


@pytest.mark.parametrize(
    ("event", "told", "words"),
    [
        ("2021-11-04", "2021-11-04", "same day or later"),
        ("2021-11-04", "2021-11-05", "1 day or more"),
        ("2021-11-04", "2022-02-24", "112 days or more"),
        ("2000", "2015-09", "14 years or more"),
        ("2000-06-01", "2001-06", "1 year or more"),
    ],
)
def test_lag_to_a_telling_known_only_as_no_earlier_than(event, told, words):
    assert lag(event, f"{told}/..").years == words


def test_steps_follow_the_published_growth(case):
    table = steps(case.enlargement)
    assert dict(zip(table["date"].dt.strftime("%Y-%m-%d"), table["members"], strict=True)) == GROWTH
    assert table["joined"].iloc[1] == "Greece, Türkiye"
    assert pd.api.types.is_datetime64_any_dtype(table["date"])


def test_steps_of_nobody():
    assert steps([]).empty
    assert list(steps([])) == ["date", "members", "joined"]


def test_tellings_hold_each_text_and_date_of_an_approach_once(case):
    table = tellings(case)
    columns = ["lane", "label", "event_date", "told_date", "quote", "source"]
    assert list(table) == columns
    assert not table.duplicated(["lane", "event_date"]).any()
    assert list(dict.fromkeys(table["lane"])) == [t for t in case.texts if t in set(table["lane"])]
    claims = case.claims.merge(case.propositions, on="proposition_id")
    wanted = claims[(claims["about"] == "approach") & (claims["about_date"] != "")]
    pairs = set(zip(wanted["text_id"], wanted["about_date"], strict=True))
    assert pairs == set(zip(table["lane"], table["event_date"], strict=True))
    earliest = {row["text_id"]: row["no_earlier_than"] for row in case.key.rows("ratings")}
    for row in table.itertuples():
        assert row.told_date == f"{earliest[row.lane]}/.."
        assert lag(row.event_date, row.told_date).low >= 0


def test_tellings_without_a_key_say_nothing_of_the_telling(case):
    class Keyless:
        texts, names, rows, key = case.texts, case.names, case.rows, None

    table = tellings(Keyless)
    assert set(table["told_date"]) == {""}
    assert list(table["event_date"]) == list(tellings(case)["event_date"])


def test_recollections_are_the_records_with_a_witness(case):
    table = recollections(case)
    wanted = {row["record_id"] for row in case.rows("record") if row["witness"]}
    assert set(table["label"]) == wanted
    order = list(dict.fromkeys(table["lane"]))
    assert list(table["lane"]) == sorted(table["lane"], key=order.index)


def test_every_quote_is_what_the_text_says_to_the_letter(case):
    claims = {row["claim_id"]: row for row in case.rows("claims")}
    quoted = []
    for row in tellings(case).itertuples():
        for words, source in zip(row.quote.split("\n"), row.source.split("\n"), strict=True):
            text, claim_id = source.split(", ")
            claim = claims[claim_id]
            assert (text, claim["about_date"]) == (case.names[row.lane], row.event_date)
            assert words == case.texts[row.lane][int(claim["start"]) : int(claim["end"])]
            quoted.append(claim_id)
    about = {row["proposition_id"]: row["about"] for row in case.rows("propositions")}
    wanted = [
        claim_id
        for claim_id, claim in claims.items()
        if claim["about_date"] and about[claim["proposition_id"]] == "approach"
    ]
    assert sorted(quoted) == wanted


def test_every_short_quote_is_as_the_record_has_it(case):
    rows = {row["record_id"]: row for row in case.rows("record")}
    for row in recollections(case).itertuples():
        assert row.quote == rows[row.label]["short_quote"]
        assert row.source == f"{row.label}: {rows[row.label]['source_title']}"


def test_a_quote_stays_on_its_line_and_an_unverified_row_says_so(case):
    class Other:
        texts, key = case.texts, None

        def rows(self, name):
            rows = [dict(row) for row in case.rows(name)]
            for row in rows if name == "record" else []:
                row.update(short_quote="one\ntwo", verification="unverified")
            return rows

    table = recollections(Other())
    assert set(table["quote"]) == {"one two"}
    assert all(source.endswith(" (unverified)") for source in table["source"])


def test_dates_load_neither_pandas_nor_numpy():
    code = "import sys, kit.measures.dates; print({'pandas', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("when", "words"), [("1952-02", "February 1952"), ("1952-02-18~", "about 18 February 1952")]
)
def test_a_step_is_never_drawn_on_a_day_nobody_gave(when, words):
    members = [{"country": "Greece", "iso3": "GRC", "accession_date": when}]
    with pytest.raises(KitError, match=f"Greece is dated {words}, which is no sure day"):
        steps(members)


def test_days_are_the_first_and_the_last_that_a_date_can_mean():
    dates = pd.Series(
        ["2000", "2000-06", "1991-12-20", "", "2009-04/..", "../1955"], list("abcdef")
    )
    table = days(dates)
    assert list(table.index) == list("abcdef") and list(table) == ["first", "last"]
    written = table.map(lambda day: "" if pd.isna(day) else f"{day:%Y-%m-%d}")
    assert written.loc["a"].to_list() == ["2000-01-01", "2000-12-31"]
    assert written.loc["b"].to_list() == ["2000-06-01", "2000-06-30"]
    assert written.loc["c"].to_list() == ["1991-12-20", "1991-12-20"]
    assert written.loc["d"].to_list() == ["", ""]
    assert written.loc["e"].to_list() == ["2009-04-01", ""]
    assert written.loc["f"].to_list() == ["", "1955-12-31"]
    with pytest.raises(KitError, match='"last year" is not a date'):
        days(pd.Series(["last year"]))


def test_a_claim_can_be_laid_beside_the_steps_by_its_first_day(case):
    claims = tellings(case)
    claims[["first", "last"]] = days(claims["event_date"])
    laid = pd.merge_asof(
        claims.sort_values("first"), steps(case.enlargement), left_on="first", right_on="date"
    )
    for row in laid.itertuples():
        low, high = members_on(case.enlargement, row.event_date)
        assert low <= row.members <= high
