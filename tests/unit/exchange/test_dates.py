from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.exchange.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2009-06-03", "2009-6-3", "03/06/2009", "3/6/2009", "03.06.2009", "3-6-2009", "3 June 2009", "3 Jun 2009",
        "3rd june 2009", "03-Jun-2009", "2009-06-03 00:00:00", "2009-06-03T00:00",
    ],
)  # fmt: skip
def test_iso_and_uk_dates_are_read(text):
    assert read_date(text) == date(2009, 6, 3)


@pytest.mark.parametrize(
    "text",
    ["", "03/06/09", "06/25/2009", "2009-02-29", "31/4/2009", "40000", "June 2009",
     "3 Juin 2009", "2009-06-03 09:30", "soon"],
)  # fmt: skip
def test_anything_else_is_not_a_date(text):
    assert read_date(text) is None


@given(st.dates())
def test_every_date_survives_both_ways_of_writing_it(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month}/{day.year:04d}") == day
