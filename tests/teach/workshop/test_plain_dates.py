"""A date is understood in the one way it can be, or left as it was typed."""

import pytest

from kit.data import span
from kit.data.spans import MONTHS
from teach.workshop.plain_dates import as_edtf, understood

PLAIN = {
    "1990": "1990",
    " 1990 ": "1990",
    "May 1990": "1990-05",
    "sept. 1990": "1990-09",
    "25 May 1990": "1990-05-25",
    "1st May 1990": "1990-05-01",
    "May 25, 1990": "1990-05-25",
    "about 1990": "1990~",
    "c. 1990": "1990~",
    "ca. May 1990": "1990-05~",
    "around 25 May 1990": "1990-05-25~",
    "perhaps 1990": "1990?",
    "maybe 1990": "1990?",
    "perhaps about 1990": "1990%",
    "the 1990s": "199X",
    "about the 1990s": "199X~",
    "1990 to 1992": "1990/1992",
    "1990-1992": "1990/1992",
    "1990–1992": "1990/1992",
    "between May 1990 and about 1992": "1990-05/1992~",
    "no earlier than May 1990": "1990-05/..",
    "since 1990": "1990/..",
    "1990 or later": "1990/..",
    "by 1990": "../1990",
    "no later than 25 May 1990": "../1990-05-25",
    "199x": "199X",
}


@pytest.mark.parametrize("typed", PLAIN)
def test_a_plain_date_is_written_as_edtf(typed):
    assert as_edtf(typed) == PLAIN[typed]
    assert understood(as_edtf(typed)).startswith("Understood as ")


@pytest.mark.parametrize(
    "edtf",
    ["1955", "1955-05", "1955-05-25", "199X", "1955~", "1955?", "1955%", "1991/1992", "1991/..",
     "../1955", "1955-05~/1956?"],
)  # fmt: skip
def test_edtf_stays_as_it_is_and_its_words_lead_back_to_it(edtf):
    assert as_edtf(edtf) == edtf
    assert as_edtf(str(span(edtf))) == edtf


@pytest.mark.parametrize(
    "typed",
    ["3/5/1990", "before 1990", "after 1990", "spring 1990", "31 February 1990", "May", "about",
     "1992 to 1990", "May 90", "25 Mai 1990", "about about 1990", "", "x" * 5000],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_none_stays_as_it_was_typed(typed):
    assert as_edtf(typed) == typed
    assert understood(typed) == ""


def test_every_month_is_known_whole_and_short():
    for number, name in enumerate(MONTHS, 1):
        for word in (name, name[:3], f"{name[:3]}.", name.upper()):
            assert as_edtf(f"{word} 1990") == f"1990-{number:02}"
