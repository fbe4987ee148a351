"""The bank holidays that come with the product."""

from datetime import date

import pytest

from aboveline.domain.calendar import Standing
from aboveline.domain.framework import Certainty
from aboveline.exchange.calendars import load_calendar, read_calendar

ONE_YEAR = """
id: test
version: 1
title: Test
sources: {list: {text: a list, certainty: own}}
years: [{year: 2026, source: %s, standing: settled, holidays: {%s: A holiday}}]
"""


def test_every_year_from_2009_to_2028_is_there_once() -> None:
    assert [known.year for known in load_calendar().years] == list(range(2009, 2029))


@pytest.mark.parametrize("known", load_calendar().years, ids=lambda known: known.year)
def test_a_year_has_the_eight_days_and_no_weekend(known) -> None:
    names = [name.removesuffix(" (substitute day)") for name in known.holidays.values()]
    assert len(names) == len(set(names)) >= 8
    assert {"New Year’s Day", "Good Friday", "Easter Monday", "Christmas Day", "Boxing Day"} <= set(names)
    assert [day for day in known.holidays if day.weekday() >= 5] == []
    assert list(known.holidays) == sorted(known.holidays)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule, worked out apart from the data."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    remainder = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + remainder - 7 * ((a + 11 * h + 22 * remainder) // 451) + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("known", load_calendar().years, ids=lambda known: known.year)
def test_easter_is_where_the_rule_puts_it(known) -> None:
    days = {name: day for day, name in known.holidays.items()}
    assert (days["Good Friday"] - easter(known.year)).days == -2
    assert (days["Easter Monday"] - easter(known.year)).days == 1


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2009, 12, 28), "Boxing Day (substitute day)"),
        (date(2010, 12, 27), "Christmas Day (substitute day)"),
        (date(2011, 4, 29), "Bank holiday for the royal wedding"),
        (date(2012, 6, 5), "Queen’s Diamond Jubilee"),
        (date(2020, 5, 8), "Early May bank holiday (VE day)"),
        (date(2022, 9, 19), "Bank holiday for the State Funeral of Queen Elizabeth II"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2020, 5, 4), None),
    ],
)
def test_days_that_no_rule_foretells(day: date, name: str | None) -> None:
    assert load_calendar().holiday_name(day) == name


def test_years_that_nobody_has_read_are_graded_so_and_years_to_come_marked() -> None:
    by_year = {known.year: known for known in load_calendar().years}
    inferred = [year for year, known in by_year.items() if known.source.certainty is Certainty.INFERRED]
    assert inferred == [2009, 2010, 2011]
    assert all(known.source.certainty is Certainty.SEEN for year, known in by_year.items() if year > 2011)
    assert [year for year, known in by_year.items() if known.standing is Standing.PROVISIONAL] == [2027, 2028]


def test_a_year_without_its_source_is_refused() -> None:
    with pytest.raises(ValueError, match="no source is given for 2026"):
        read_calendar((ONE_YEAR % ("elsewhere", "2026-01-01")).encode(), file="test.yaml")


def test_a_day_of_another_year_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-01-01"):
        read_calendar((ONE_YEAR % ("list", "2025-01-01")).encode(), file="test.yaml")
