"""What has been published about areas: results of inspections, printed comparison tables, and conflicting sources."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from aboveline.domain.sentences import Sentence

_MONTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

MONTHS = (
    Sentence.of("January"),
    Sentence.of("February"),
    Sentence.of("March"),
    Sentence.of("April"),
    Sentence.of("May"),
    Sentence.of("June"),
    Sentence.of("July"),
    Sentence.of("August"),
    Sentence.of("September"),
    Sentence.of("October"),
    Sentence.of("November"),
    Sentence.of("December"),
)

#: kinds of inspection that a result can come from
KINDS = ("core", "reinspection", "local_audit")


class Status(StrEnum):
    PUBLISHED = "published"
    WITHHELD = "withheld"
    WORDS_ONLY = "words_only"


class Measure(StrEnum):
    """What a printed table gives of each theme."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    AVERAGE = "average"


def counts_from(printed: str) -> date | None:
    """Return the day from which something dated `printed` counts; None where it has no date.

    A day is itself, a month its first day, a bare year its 31 December, a range ("2010-12 / 2011-01") what its first
    part is. Raises ValueError for anything else.
    """
    first = printed.split("/")[0].strip()
    if not first:
        return None
    match = _MONTH.fullmatch(first)
    if not match:
        raise ValueError(f"“{printed}” is not a date")
    year, month, day = match.groups()
    if month is None:
        return date(int(year), 12, 31)
    return date(int(year), int(month), int(day or 1))


def words_for(printed: str) -> str:
    """Return a printed date as a person reads it: "2010-11" is "November 2010"."""
    parts = [part.strip() for part in printed.split("/")]
    if not printed.strip():
        return Sentence.of("no date known")
    if len(parts) == 2:
        return Sentence.of("{first} to {last}", first=_words(parts[0]), last=_words(parts[1]))
    return _words(parts[0])


def _words(part: str) -> str:
    year, _, rest = part.partition("-")
    month, _, day = rest.partition("-")
    name = MONTHS[int(month) - 1] if month else ""
    return Sentence.joined([day.lstrip("0"), name, year])


@dataclass(frozen=True)
class PublishedResult:
    """One published inspection. `percents` hold the themes whose figure is known; `words` the improvement required."""

    area: str
    region: str
    kind: str
    published: str
    status: Status
    percents: Mapping[str, int]
    words: Mapping[str, str]
    source: str
    cases: int | None = None
    inspected: str = ""
    date_basis: str = ""
    verdict: str = ""
    note: str = ""

    @cached_property
    def counts_from(self) -> date | None:
        return counts_from(self.published)


@dataclass(frozen=True)
class PrintedTable:
    """One printed table. `cells` holds whole percents by (theme, measure), as far as it could be read."""

    printed: str
    report: str
    cells: Mapping[tuple[str, Measure], int]
    source: str
    note: str = ""

    @cached_property
    def counts_from(self) -> date:
        day = counts_from(self.printed)
        if day is None:
            raise ValueError("a printed table needs a date")
        return day


@dataclass(frozen=True)
class Conflict:
    """Two sources disagree on a figure: which is used, what the other says, and how that is read."""

    area: str
    published: str
    theme: str
    used: int
    used_source: str
    other: int
    other_source: str
    reading: str


@dataclass(frozen=True)
class PublishedData:
    """Everything published under one framework, in the order of its files."""

    results: tuple[PublishedResult, ...]
    tables: tuple[PrintedTable, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class PublishedRating:
    """One rating of a standard, or (standard blank) of a whole service, under a framework of 2018 or later."""

    service: str
    published: str
    framework_version: str
    standard: str
    rating: str
    overall_rating: str
    source: str
    note: str = ""
