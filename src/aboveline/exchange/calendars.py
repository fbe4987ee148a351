"""Reads the calendars of bank holidays that come with the product."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from aboveline.domain.calendar import CalendarYear, Standing, WorkingCalendar
from aboveline.domain.framework import Certainty, Source
from aboveline.exchange.yaml_reader import read_yaml

#: the calendar of every service the product knows
ENGLAND_AND_WALES = "england-and-wales"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SourceShape(_Shape):
    text: str
    certainty: Certainty


class _YearShape(_Shape):
    year: int
    source: str
    standing: Standing
    holidays: dict[date, str]


class _CalendarShape(_Shape):
    id: str
    version: int
    title: str
    sources: dict[str, _SourceShape]
    years: list[_YearShape]


@lru_cache(maxsize=4)
def load_calendar(id: str = ENGLAND_AND_WALES) -> WorkingCalendar:
    """Return a calendar. Raises FileNotFoundError for an unknown one, and as `read_calendar` where it is broken."""
    file = resources.files("aboveline") / "data" / "calendars" / f"{id}.yaml"
    return read_calendar(file.read_bytes(), file=file.name)


def read_calendar(data: bytes, *, file: str) -> WorkingCalendar:
    """Return the calendar in `data`. Raises ProblemsFound, pydantic's ValidationError or ValueError where broken."""
    read = _CalendarShape.model_validate(read_yaml(data, file=file).expect().tree)
    sources = {name: Source(given.text, given.certainty) for name, given in read.sources.items()}
    unknown = [str(y.year) for y in read.years if y.source not in sources]
    if unknown:
        raise ValueError(f"{file}: no source is given for {', '.join(unknown)}")
    return WorkingCalendar(read.id, read.version, read.title, tuple(_year(y, sources) for y in read.years))


def _year(read: _YearShape, sources: Mapping[str, Source]) -> CalendarYear:
    return CalendarYear(read.year, read.holidays, read.standing, sources[read.source])
