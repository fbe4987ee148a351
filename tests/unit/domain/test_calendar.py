"""Working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain import calendar_problems as p
from aboveline.domain.calendar import CalendarYear, Standing, WorkingCalendar
from aboveline.domain.problems import ProblemsFound
from tests.builders import OWN

EASTER = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
CALENDAR = WorkingCalendar(
    "test",
    1,
    "Test",
    (
        CalendarYear(2026, EASTER | {date(2026, 12, 25): "Christmas Day"}, Standing.SETTLED, OWN),
        CalendarYear(2027, {date(2027, 1, 1): "New Year’s Day"}, Standing.PROVISIONAL, OWN),
    ),
)
days = st.dates(date(2026, 2, 1), date(2027, 11, 30))
few = st.integers(-15, 15)


@pytest.mark.parametrize(
    ("day", "added", "expected"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 4, 4), 1, date(2026, 4, 7)),
        (date(2026, 4, 5), -1, date(2026, 4, 2)),
        (date(2026, 4, 3), 0, date(2026, 4, 7)),
        (date(2026, 4, 2), 0, date(2026, 4, 2)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 30), 4, date(2026, 12, 4)),
    ],
)
def test_counting_goes_over_weekends_and_holidays(day: date, added: int, expected: date) -> None:
    assert CALENDAR.add(day, added) == expected


@given(days, few)
def test_adding_and_counting_agree(day: date, working_days: int) -> None:
    there = CALENDAR.add(day, working_days)
    assert CALENDAR.is_working_day(there)
    if CALENDAR.is_working_day(day):
        assert CALENDAR.count(day, there) == working_days
        assert CALENDAR.add(there, -working_days) == day


@given(days, days, days)
def test_counts_add_up(first: date, second: date, third: date) -> None:
    assert CALENDAR.count(first, second) + CALENDAR.count(second, third) == CALENDAR.count(first, third)


@given(days)
def test_the_next_working_day_skips_only_closed_days(day: date) -> None:
    found = CALENDAR.next_working_day(day)
    skipped = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(CALENDAR.is_working_day(closed) for closed in skipped)
    assert len(skipped) <= 4


def test_a_holiday_is_closed_in_its_own_year_only() -> None:
    assert not CALENDAR.is_working_day(date(2026, 4, 3))
    assert CALENDAR.holiday_name(date(2026, 4, 3)) == "Good Friday"
    assert CALENDAR.is_working_day(date(2027, 4, 5))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CALENDAR.is_working_day(date(2025, 12, 31)),
        lambda: CALENDAR.add(date(2027, 12, 31), 1),
        lambda: CALENDAR.add(date(2026, 1, 1), -1),
        lambda: CALENDAR.count(date(2026, 12, 1), date(2028, 1, 2)),
        lambda: CALENDAR.between(date(2028, 1, 3), date(2026, 1, 1)),
        lambda: CALENDAR.provisional([date(2028, 1, 1)]),
    ],
)
def test_a_year_without_data_is_refused_plainly(ask) -> None:
    with pytest.raises(ProblemsFound) as caught:
        ask()
    (problem,) = caught.value.problems
    assert problem.code == p.OUTSIDE.code
    assert problem.remedy.startswith("Use a day from 1 January 2026 to 31 December 2027")


def test_dates_in_a_year_not_yet_proclaimed_are_marked() -> None:
    found = CALENDAR.provisional([date(2027, 3, 1), date(2026, 3, 2), date(2027, 5, 4)])
    assert [(problem.code, problem.severity) for problem in found] == [(p.PROVISIONAL.code, "warning")]
    assert "2027" in found[0].message
    assert CALENDAR.provisional([date(2026, 3, 2)]) == ()


def test_a_year_holds_its_own_days_only() -> None:
    with pytest.raises(ValueError, match="2026-04-03"):
        CalendarYear(2027, EASTER, Standing.SETTLED, OWN)
