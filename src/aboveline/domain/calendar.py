"""Working days: every day but Saturdays, Sundays and bank holidays, within the years whose bank holidays are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from aboveline.domain import calendar_problems as p
from aboveline.domain.framework import Source
from aboveline.domain.problems import Problem, ProblemsFound

_SATURDAY = 5
_DAY = timedelta(days=1)


class Standing(StrEnum):
    """Whether a year's bank holidays can still change: past or proclaimed, or only listed in advance."""

    SETTLED = "settled"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The bank holidays of one year by day, with where they come from. Raises ValueError on a day of another year."""

    year: int
    holidays: Mapping[date, str]
    standing: Standing
    source: Source

    def __post_init__(self) -> None:
        stray = [day.isoformat() for day in self.holidays if day.year != self.year]
        if stray:
            raise ValueError(f"bank holidays of {self.year} name days of another year: {stray}")


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of one part of the country. Each question about a year without data raises ProblemsFound."""

    id: str
    version: int
    title: str
    years: tuple[CalendarYear, ...]

    @cached_property
    def _by_year(self) -> Mapping[int, CalendarYear]:
        return {known.year: known for known in self.years}

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self._year(day).holidays

    def holiday_name(self, day: date) -> str | None:
        return self._year(day).holidays.get(day)

    def next_working_day(self, day: date) -> date:
        """The day itself where it is a working day, or the first one after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add(self, day: date, working_days: int) -> date:
        """The working day so many after `day`, or before it where negative; 0 is `next_working_day`."""
        if not working_days:
            return self.next_working_day(day)
        step = _DAY if working_days > 0 else -_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def count(self, after: date, to: date) -> int:
        """How many working days follow `after` up to and with `to`; negative where `to` is the earlier."""
        if to < after:
            return -self.count(to, after)
        return len(self.between(after + _DAY, to))

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The working days from `first` to `last`, both included."""
        self._year(first), self._year(last)
        days = (first + _DAY * number for number in range((last - first).days + 1))
        return tuple(day for day in days if self.is_working_day(day))

    def provisional(self, days: Iterable[date]) -> tuple[Problem, ...]:
        """A warning for each provisional year that these days fall in."""
        years = sorted({day.year for day in days})
        return tuple(
            p.PROVISIONAL.at(year=y) for y in years if self._year(date(y, 1, 1)).standing is Standing.PROVISIONAL
        )

    def _year(self, day: date) -> CalendarYear:
        known = self._by_year.get(day.year)
        if known is None:
            first, last = date(min(self._by_year), 1, 1), date(max(self._by_year), 12, 31)
            raise ProblemsFound([p.OUTSIDE.at(day=day, year=day.year, first=first, last=last)])
        return known
