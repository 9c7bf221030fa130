"""Dates with a doubt: the forms of EDTF that are read, their bounds, their words and back again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit import exercises, measures
from kit.data import span
from kit.exercises.kinds.date import DateKind, read_date


def understood(text):
    """What the form says of a date that was typed; no exercise changes it."""
    return DateKind().understood(None, text)


# The examples are those of the EDTF specification (Library of Congress, 4 February 2019), levels 0
# and 1. The bounds are what the package edtf 5.0.2 (MIT) gives for them: lower_strict() and
# upper_strict(), and minus and plus infinity for an open end.
BOUNDS = [
    ("1985-04-12", "1985-04-12", "1985-04-12"),
    ("1984?", "1984-01-01", "1984-12-31"),
    ("2004-06~", "2004-06-01", "2004-06-30"),
    ("2004-06-11%", "2004-06-11", "2004-06-11"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30"),
    ("1985-04-12/..", "1985-04-12", str(date.max)),
    ("1985/..", "1985-01-01", str(date.max)),
    ("../1985-04-12", str(date.min), "1985-04-12"),
    ("../1985-04", str(date.min), "1985-04-30"),
]
OUTSIDE = (
    *("../..", "/", "1955/", "/1955", "1955/../..", "1955/56", "1955~~", "~1955", "19XX"),
    *("2000-XX", "-1955", "Y170000002", "2001-21", "1990-00", "1990-05-00", "06/1990", " 1990"),
    "\uff11\uff19\uff19\uff10",  # digits, but not 0 to 9
)
TWO_WAYS_OR_NONE = (
    *("before 1955", "after 1955", "since 1955", "1991-1992", "06/2000", "4 to 6 May 1991"),
    *("1992 to 1991", "1990 to 1991 to 1992", "about", "or later"),
)
YEARS = st.integers(1000, 2999).map(str)
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str)
PLAIN = st.builds(
    str.__add__,
    st.one_of(YEARS, DAYS, DAYS.map(lambda day: day[:7]), YEARS.map(lambda year: f"{year[:3]}X")),
    st.sampled_from(["", "~", "?", "%"]),
)
FORMS = st.one_of(
    PLAIN,
    PLAIN.map("{}/..".format),
    PLAIN.map("../{}".format),
    st.tuples(PLAIN, PLAIN)
    .filter(lambda ends: span(ends[0]).start <= span(ends[1]).end)
    .map("/".join),
)


def test_a_plain_date_is_told_with_how_exact_it_is_and_another_without():
    assert understood("2009-04") == "Understood as April 2009, exact to the month."
    assert understood("2009-04/..") == "Understood as: no earlier than April 2009."


@pytest.mark.parametrize(("text", "start", "end"), BOUNDS)
def test_the_examples_of_the_standard_have_their_bounds(text, start, end):
    found = span(text)
    assert (str(found.start), str(found.end), found.text) == (start, end, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-11-04/..", "no earlier than 4 November 2021"),
        ("../1955", "no later than 1955"),
        ("1991/1992", "1991 to 1992"),
        ("1955~", "about 1955"),
        ("1955-05?", "perhaps May 1955"),
        ("1955%", "perhaps about 1955"),
        ("199X", "the 1990s"),
        ("1984~/2004-06", "about 1984 to June 2004"),
    ],
)
def test_a_date_in_words(text, words):
    assert str(span(text)) == words


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_is_outside_the_subset_is_refused_with_forms_that_work(text):
    with pytest.raises(ValueError, match=r"is not a date; write one like .* or \.\./2000$"):
        span(text)


def test_an_interval_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match='"1992/1991" is not a date, as it ends before it begins'):
        span("1992/1991")


@given(FORMS)
def test_words_say_what_was_written_and_are_read_again(text):
    found = span(text)
    assert found.start <= found.end
    assert read_date(str(found)) == read_date(f" {text} ") == text
    assert str(found) in understood(text) and str(found) in found.full
    assert found.start <= found.known.start <= found.known.end <= found.end
    assert found.is_sure == (not set("~?%") & set(text))


@given(FORMS, FORMS)
def test_a_lag_holds_the_lag_of_every_day_that_may_be_meant(event, told):
    first, second = span(event), span(told)
    if second.end < first.start:
        with pytest.raises(ValueError, match="nothing can be told before it happens"):
            measures.lag(event, told)
        return
    found = measures.lag(event, told)
    assert (found.high is None) == (first.is_open[0] or second.is_open[1])
    for one in (first.known.start, first.known.end):
        for other in (second.known.start, second.known.end):
            if one <= other:
                true = measures.lag(str(one), str(other))
                assert found.low <= true.low and found.low_years <= true.low_years
                assert found.high is None or true.high <= found.high


@pytest.mark.parametrize(
    ("event", "told", "words"),
    [
        ("../1955", "2011", "55 years or more"),
        ("1990/..", "2011-06-03", "under 22 years"),
        ("1952-02", "../1955", "under 4 years"),
        ("1990/..", "1985/..", "same day or later"),
        ("1991/1992", "2000", "7 to 9 years"),
    ],
)
def test_a_lag_with_open_ends_in_words(event, told, words):
    assert measures.lag(event, told).years == words


def test_members_on_a_date_with_an_open_end():
    members = kit.data.load().enlargement
    assert str(measures.members_on(members, "2020-06/..")) == "30 or more"
    assert measures.members_on(members, "../1953") == (0, 14)
    assert str(measures.members_on(members, "1953/1956")) == "14 to 15"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("No earlier than April 2009", "2009-04/.."),
        ("not before 2009", "2009/.."),
        ("4 April 2009 or later", "2009-04-04/.."),
        ("April 2009 / ..", "2009-04/.."),
        ("no later than 1955", "../1955"),
        ("not after May 1955", "../1955-05"),
        ("1955 or earlier", "../1955"),
        ("c. 1955", "1955~"),
        ("around May 1955", "1955-05~"),
        ("possibly 1955", "1955?"),
        ("1991–1992", "1991/1992"),
        ("between 1991 and May 1992", "1991/1992-05"),
        ("from 1991 to 1992", "1991/1992"),
        ("1990s", "199X"),
    ],
)
def test_plain_words_are_read(text, kept):
    assert read_date(text) == kept


@pytest.mark.parametrize("text", TWO_WAYS_OR_NONE)
def test_what_can_be_read_in_two_ways_or_in_none_is_refused(text):
    with pytest.raises(exercises.AnswerError, match="is not a date I can read"):
        read_date(text)


def test_a_very_long_entry_is_refused_like_any_other():
    with pytest.raises(exercises.AnswerError, match="is not a date I can read"):
        read_date("not before " * 2000)


@pytest.mark.parametrize("text", ["2009-04/..", "2009-04-01/..", "2009-04", "2009-04-01"])
def test_a_floor_is_right_in_either_form(text):
    assert exercises.check("date_article", text).state == "correct"


@pytest.mark.parametrize("entry", exercises.load(kit.data.load())["date_article"].wrong)
def test_a_wrong_floor_gets_the_reason_of_its_date(entry):
    plain, floor = (
        exercises.check("date_article", text) for text in (entry["answer"], f"{entry['answer']}/..")
    )
    assert plain.message == f"{entry['reason']}\n{understood(entry['answer'])}"
    assert floor == plain._replace(
        message=f"{entry['reason']}\nUnderstood as: no earlier than {span(entry['answer'])}."
    )


@pytest.mark.parametrize(
    ("text", "earned", "told"),
    [
        ("2009/..", 0.5, "allows a more exact date"),
        ("2009-04-15/..", 0.5, "more exact than the evidence allows"),
        ("2009-04~", 0.5, "you write that it is unsure"),
        ("../2009-04", 0, "only the earliest date is asked for"),
        ("2009-04/2010", 0, "only the earliest date is asked for"),
        ("1985/..", 0, "Understood as: no earlier than 1985."),
    ],
)
def test_a_floor_that_is_not_right_is_told_why(text, earned, told):
    found = exercises.check("date_article", text)
    assert (found.state, found.earned) == ("not yet", earned) and told in found.message


@pytest.mark.parametrize(
    ("key", "text", "state"),
    [
        ("2009-04", "2009-04/2009-04", "correct"),
        ("2009-04", "2009-04/..", "not yet"),
        ("1955~", "1955~", "correct"),
        ("1955~", "1955", "correct"),
        ("1991/1992", "1991/1992", "correct"),
        ("1991/1992", "1991", "not yet"),
        ("../1955", "1955", "correct"),
        ("../1955", "../1955-12-31", "not yet"),
        ("../1955", "1955/..", "not yet"),
    ],
)
def test_another_key_may_hold_any_form(monkeypatch, key, text, state):
    monkeypatch.setattr(exercises.checker, "answer_of", lambda *_: exercises.Answer(key))
    assert exercises.check("date_article", text).state == state
